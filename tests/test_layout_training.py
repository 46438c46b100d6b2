"""How the layout models are trained: on pages of a folder and of more folders named beside it."""

from __future__ import annotations

import gzip
import json
import runpy
from pathlib import Path

import pytest

from siftline.training.corpus import Corpus
from siftline.training.examples import read, read_html
from siftline.training.written import marked, pages

STORY = [
    "The ferry came back on Monday, after a winter in the yard, and half the village stood on the pier.",
    "Nobody had expected the old boat to sail again, since the engine had been taken out in November.",
]
LINES = ["Harbour gossip of the week", *STORY, "A lighthouse will be painted"]


def listed(folder: Path, **page: str) -> Path:
    folder.mkdir(parents=True)
    with gzip.open(folder / "pages.jsonl.gz", "wt", encoding="utf-8") as out:
        out.write(json.dumps({"id": folder.name, "site": "example.com", "gold": "\n".join(STORY)} | page) + "\n")
    return folder


def test_more_pages_are_read_from_other_folders_and_labelled_by_their_article(tmp_path):
    text = "\n".join(LINES)
    corpus = listed(tmp_path / "corpus", text=text, labels="0110", set="aeb", lang="en")
    more = listed(tmp_path / "more", text=text)
    bare = listed(tmp_path / "bare")
    found = list(read(corpus, more, bare))
    assert [(one.id, one.kind) for one in found] == [("corpus", "page"), ("corpus", "gold"), ("more", "silver")]
    assert found[2].labels.tolist() == found[0].labels.tolist() == [0, 1, 1, 0]


def test_a_page_with_its_markup_needs_no_text(tmp_path):
    bare = listed(tmp_path / "bare")
    body = "".join(f"<p>{line}</p>" for line in LINES)
    (bare / "bare.html.gz").write_bytes(gzip.compress(f"<html><body>{body}</body></html>".encode()))
    (found,) = read_html(tmp_path / "none", bare)
    assert found.hints is not None
    assert [line.text for line, label in zip(found.lines, found.labels, strict=True) if label] == STORY


def test_a_labelled_page_counts_as_one_of_the_large_set_with_all_its_lines(tmp_path):
    sets = {"labelled": 1.0, "silver": 1.5, "wcxb-dev": 1.0, "aeb": 3.0}
    folders = [listed(tmp_path / name, set=name, lang="en") for name in sets]
    body = "".join(f"<p>{line}</p>" for line in LINES * 20)
    for folder in folders:
        (folder / f"{folder.name}.html.gz").write_bytes(gzip.compress(f"<html><body>{body}</body></html>".encode()))
    corpus = Corpus(list(read_html(tmp_path / "none", *folders)))
    for number, (name, weight) in enumerate(sets.items()):
        lines = slice(corpus.bounds[number], corpus.bounds[number + 1])
        assert corpus.weight[lines].sum() == pytest.approx(weight)
        assert corpus.chosen[lines].all() == (name != "wcxb-dev")


def test_written_pages_are_read_with_their_marks_and_a_line_without_one_is_named(tmp_path):
    path = tmp_path / "ru-forum-1.txt"
    path.write_text("-\tПоиск\n+\tУ меня так же.\n=====\n+\tСпасибо!\n\n-\tОтветить\n", encoding="utf-8")
    first, second = pages(tmp_path)
    assert [first.lang, first.genre, first.labels.tolist()] == ["ru", "forum", [0, 1]]
    assert [line.text for line in second.lines] == ["Спасибо!", "Ответить"]
    path.write_text("+\tСпасибо!\nОтветить\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"ru-forum-1\.txt, page 1: .* 'Ответить'"):
        list(pages(tmp_path))


def test_russian_pages_that_nothing_was_fitted_to_come_out_as_their_articles(root):
    found = runpy.run_path(str(root / "bench" / "written.py"))["measured"]()
    _, kept, whole = found["all"]
    assert kept > max(0.82, whole + 0.1)
    assert found["article"][1] > 0.9


def test_no_article_of_the_written_pages_that_are_measured_is_trained_on(root):
    trained, measured = (
        {line for page in marked(root / folder) for line, mark in zip(page.lines, page.marks, strict=True) if mark}
        for folder in ("training/layout", "bench/layout")
    )
    trained, measured = ({line for line in lines if len(line) > 30} for lines in (trained, measured))
    assert len(trained) > 3_000
    assert len(measured) > 400
    assert not trained & measured
