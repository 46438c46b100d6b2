"""LangChain: documents transformed, blobs parsed, and files loaded."""

from __future__ import annotations

import asyncio
import gzip
import json

import pytest

pytest.importorskip("langchain_core", reason="the extra langchain is not installed", exc_type=ImportError)

from langchain_core.documents import Document
from langchain_core.documents.base import Blob

from adapter_help import DOCUMENTS, PAGE, PROSE, ZH, examples, piped, restored
from siftline.adapters.langchain import SiftlineLoader, SiftlineParser, SiftlineTransformer

URL = "https://www.example.com/ferry"


@pytest.fixture(scope="module")
def given():
    return [Document(text, id=f"d{at}", metadata={"n": at, "title": "old"}) for at, text in enumerate(DOCUMENTS)]


def test_documents_come_out_as_from_the_pipe(given):
    out = SiftlineTransformer(html=False, ledger=True).transform_documents(given)
    records = piped(DOCUMENTS)
    assert [doc.page_content for doc in out] == [record["text"] for record in records]
    assert [doc.metadata["languages"] for doc in out] == [", ".join(record["languages"]) for record in records]
    assert [restored(doc.metadata["ledger"]) for doc in out] == DOCUMENTS
    assert [(doc.id, doc.metadata["n"], doc.metadata["title"]) for doc in out] == [
        (d.id, d.metadata["n"], "old") for d in given
    ]
    assert [doc.page_content for doc in given] == DOCUMENTS, "what was given stays as it was"


def test_pages_get_their_front_matter_in_plain_values():
    (out,) = SiftlineTransformer(prefix="article_").transform_documents([Document(PAGE, metadata={"source": URL})])
    assert out.page_content == "\n\n".join([PROSE] * 3)
    assert out.metadata == {
        "source": URL,
        "article_languages": "en",
        "article_title": "The ferry is back",
        "article_date": "2024-03-05T08:00:00",
        "article_author": "Ann Example",
    }


def test_what_cannot_be_cleaned_is_empty_or_left_out():
    pages = [Document(PAGE), Document("<html></html>"), Document("京ICP备00000000号-1\n")]
    out = SiftlineTransformer().transform_documents(pages)
    assert [bool(doc.page_content) for doc in out] == [True, False, False]
    assert json.loads(out[1].metadata["error"])["kind"] == "no-text"
    assert [doc.metadata.get("title") for doc in SiftlineTransformer(drop=True).transform_documents(pages)] == [
        "The ferry is back"
    ]


def test_it_works_where_there_is_a_loop(given):
    transformer = SiftlineTransformer(html=False)

    async def both():
        return await asyncio.gather(
            transformer.atransform_documents(given), transformer.atransform_documents(given[:3])
        )

    first, second = asyncio.run(both())
    assert first == transformer.transform_documents(given)
    assert second == first[:3]


def test_blobs_are_read_whatever_their_encoding(tmp_path):
    parser = SiftlineParser(ledger=True)
    raw = f"{ZH}\n\n京ICP备00000000号-1\n".encode("gb18030")
    (doc,) = parser.parse(Blob.from_data(raw, mime_type="text/plain", metadata={"n": 1}))
    assert (doc.page_content, doc.metadata["n"], restored(doc.metadata["ledger"])) == (ZH, 1, raw)
    path = tmp_path / "page.html"
    path.write_bytes(PAGE.encode("utf-16"))
    (doc,) = parser.lazy_parse(Blob.from_path(path))
    assert (doc.metadata["source"], doc.metadata["title"]) == (str(path), "The ferry is back")
    (doc,) = parser.parse(Blob.from_path(tmp_path / "none.html"))
    assert json.loads(doc.metadata["error"])["kind"] == "unreadable"
    (text,) = SiftlineParser(html=False).parse(Blob.from_data(f"<p>{PROSE}</p>", mime_type="text/html"))
    assert PROSE in text.page_content


def test_the_loader_loads_what_the_command_line_reads(tmp_path):
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    (tmp_path / "b.txt").write_text(f"{ZH}\n\n京ICP备00000000号-1\n", encoding="utf-8")
    (tmp_path / "c.jsonl").write_text(json.dumps({"id": "x", "html": PAGE, "url": URL}) + "\n[]\n")
    documents = list(SiftlineLoader(str(tmp_path)).lazy_load())
    assert [(doc.id, doc.metadata["source"]) for doc in documents] == [
        ("a", str(tmp_path / "a.html.gz")),
        ("b", str(tmp_path / "b.txt")),
        ("x", URL),
        ("c-2", "c-2"),
    ]
    assert documents[1].page_content == ZH
    assert documents[2].metadata["author"] == "Ann Example"
    assert json.loads(documents[3].metadata["error"])["kind"] == "bad-record"
    assert [doc.id for doc in SiftlineLoader(str(tmp_path), drop=True).load()] == ["a", "b", "x"]


def test_the_example_runs(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "crawl").mkdir()
    (tmp_path / "more").mkdir()
    (tmp_path / "crawl" / "a.html").write_text(PAGE)
    (tmp_path / "more" / "b.warc.gz").write_bytes(gzip.compress(b""))
    (code,) = examples("LangChain")
    exec(compile(code, "example", "exec"), {})
    assert capsys.readouterr().out == "The ferry came back on Monday. en\n"
