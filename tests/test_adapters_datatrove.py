"""datatrove: real pipelines over files of JSON lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("datatrove", reason="the extra datatrove is not installed", exc_type=ImportError)
pytest.importorskip("orjson")

from datatrove.data import Document
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter

from adapter_help import DOCUMENTS, PAGE, PROSE, ZH, examples, piped, restored, run_example
from siftline.adapters.datatrove import SiftlineCleaner

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning"),
]


@pytest.fixture(scope="module")
def expected():
    return piped(DOCUMENTS)


def crawl(folder: Path) -> None:
    """Write the documents into two files, one for each task."""
    folder.mkdir()
    for part in (0, 1):
        with (folder / f"{part}.jsonl").open("w", encoding="utf-8") as file:
            for at, text in list(enumerate(DOCUMENTS))[part::2]:
                file.write(json.dumps({"text": text, "id": str(at), "from": f"part {part}", "title": "old"}) + "\n")


def read(folder: Path) -> list[dict[str, object]]:
    found = [
        record
        for path in sorted(folder.glob("*.jsonl*"))
        for record in JsonlReader(str(path.parent), glob_pattern=path.name)()
    ]
    return [{"id": doc.id, "text": doc.text, **doc.metadata} for doc in found]


def test_the_example_gives_what_the_pipe_gives(tmp_path, monkeypatch, expected):
    monkeypatch.chdir(tmp_path)
    crawl(tmp_path / "crawl")
    (code,) = examples("datatrove")
    run_example(code)
    clean = {one["id"]: one for one in read(tmp_path / "clean")}
    wanted = {record["id"]: record for record in expected if record["text"]}
    assert {name: one["text"] for name, one in clean.items()} == {name: one["text"] for name, one in wanted.items()}
    assert {name: one["languages"] for name, one in clean.items()} == {n: one["languages"] for n, one in wanted.items()}
    assert {restored(one["ledger"]) for one in clean.values()} == {DOCUMENTS[int(name)] for name in wanted}
    assert {one["title"] for one in clean.values()} == {"old"}, "what was there stays"
    rejects = read(tmp_path / "rejects")
    gone = {record["id"]: DOCUMENTS[int(record["id"])] for record in expected if not record["text"]}
    assert {one["id"]: one["text"] for one in rejects} == gone
    assert {one["filter_reason"] for one in rejects} == {"empty"}
    stats = next(part for part in json.loads(Path("logs/stats.json").read_text()) if "siftline" in part["name"])[
        "stats"
    ]
    assert stats["total"] == len(DOCUMENTS)
    order = [int(one["id"]) for one in clean.values()]
    assert order == sorted(order, key=lambda at: (at % 2, at)), "the order of each file is kept"


def run(documents: list[Document], **arguments: object) -> list[Document]:
    """Run the filter as a pipeline of one task does."""
    return list(SiftlineCleaner(**arguments)(iter(documents)))


def test_pages_get_their_front_matter():
    url = "https://www.example.com/ferry"
    (doc,) = run([Document(PAGE, "p", metadata={"url": url, "date": "crawled"})], html=True, prefix="article_")
    assert doc.text == "\n\n".join([PROSE] * 3)
    assert doc.metadata == {
        "url": url,
        "date": "crawled",
        "article_languages": ["en"],
        "article_title": "The ferry is back",
        "article_date": "2024-03-05T08:00:00",
        "article_author": ["Ann Example"],
    }


def test_what_cannot_be_cleaned_costs_itself(tmp_path):
    documents = [Document(ZH, "a"), Document(None, "b"), Document("<html></html>", "c")]
    documents += [Document(PROSE, "d"), Document(b"\x89PNG\x00", "e"), Document(ZH.encode("gb18030"), "f")]
    step = SiftlineCleaner(JsonlWriter(str(tmp_path), compression=None), html=None)
    kept = list(step(iter(documents)))
    assert [(doc.id, doc.text) for doc in kept] == [("a", ZH), ("d", PROSE), ("f", ZH)]
    rejects = {
        line["id"]: line["metadata"] for line in map(json.loads, (tmp_path / "00000.jsonl").read_text().splitlines())
    }
    assert {name: one["filter_reason"] for name, one in rejects.items()} == {
        "b": "bad-record",
        "c": "no-text",
        "e": "not-text",
    }
    assert "no text that can be reached" in rejects["c"]["filter_message"]
    assert rejects["e"]["filter_message"] == "not text: a PNG image"
    assert step.stats["dropped_no-text"].total == 1


def test_a_document_that_takes_too_long_costs_itself(monkeypatch):
    long = "\n".join(f"{PROSE} {ZH} It was berth {number}." for number in range(60_000))
    documents = [Document(ZH, "a"), Document(long, "b"), Document(PROSE, "c")]
    kept = list(SiftlineCleaner(timeout=2.0)(iter(documents)))
    assert [doc.id for doc in kept] == ["a", "c"]
    assert documents[1].metadata["filter_message"] == "took over 2 s"


def test_the_process_ends_with_the_task():
    step = SiftlineCleaner()
    running = step(iter([Document(f"{PROSE} {at}", str(at)) for at in range(200)]))
    next(running)
    process = step.service._started.workers[0].process
    assert process.exitcode is None
    running.close()
    assert process.exitcode is not None
