"""How the layout models are trained: on pages of a folder and of more folders named beside it, as means of forests."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np

from siftline.layout.trees import Trees
from siftline.training import forest
from siftline.training.examples import read, read_html

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


def test_several_forests_judge_by_the_mean_of_what_they_say(monkeypatch):
    rng = np.random.default_rng(3)

    def grown(lines, recipe, seed):
        features, borders = rng.integers(0, 5, (2, seed)).astype(np.int16), rng.normal(size=(2, seed))
        return made.setdefault(seed, Trees(features, borders, rng.normal(size=(seed, 4)), float(seed)))

    made: dict[int, Trees] = {}
    monkeypatch.setattr(forest, "_forest", grown)
    table = rng.normal(size=(5, 20))
    together = forest.grow(None, forest.Recipe(forests=3)).raw(table)
    assert np.allclose(together, np.mean([one.raw(table) for one in made.values()], axis=0), atol=1e-5)
    assert len(made) == 3
