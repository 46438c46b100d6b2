"""Scrapy: real crawls of pages that a server on this machine serves."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator

import pytest

pytest.importorskip("scrapy", reason="the extra scrapy is not installed", exc_type=ImportError)

from scrapy.utils.test import get_crawler

from adapter_help import DOCUMENTS, PAGE, PROSE, ZH, examples, piped, restored, run_example
from siftline.adapters.scrapy import SiftlinePipeline

CHINESE = f"<html><head><title>灌溉</title></head><body><p>{ZH}</p><p>京ICP备00000000号-1</p></body></html>"
INDEX = "<html><body><p><a class=story href=/a.html>A</a> <a class=story href=/b.html>B</a> <a class=story href=/c.html>C</a></body></html>"
PAGES = {
    "/": INDEX.encode(),
    "/a.html": PAGE.encode(),
    "/b.html": CHINESE.encode("gb18030"),
    "/c.html": b"<html></html>",
}


class Handler(http.server.BaseHTTPRequestHandler):
    """Serves the pages, without a word on their charset."""

    def do_GET(self) -> None:
        page = PAGES.get(self.path)
        self.send_response(200 if page else 404)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(page or b"")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_the_example_crawls_a_site(site, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (code,) = examples("Scrapy")
    run_example(code.replace("https://www.example.com/", site))
    items = [json.loads(line) for line in (tmp_path / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    found = {item["url"].removeprefix(site): item for item in items}
    assert found.pop("a.html") == {
        "url": f"{site}a.html",
        "title": "The ferry is back",
        "date": "2024-03-05T08:00:00",
        "author": ["Ann Example"],
        "text": "\n\n".join([PROSE] * 3),
    }
    assert found.pop("b.html")["text"] == ZH
    assert "c.html" not in found, "it is dropped"


CRAWL = """
import dataclasses, json
import scrapy
from scrapy.crawler import CrawlerProcess

@dataclasses.dataclass
class Story:
    html: str
    text: str = ""
    title: str = "mine"
    author: list = dataclasses.field(default_factory=list)

class Own(scrapy.Item):
    html = scrapy.Field()
    text = scrapy.Field()
    error = scrapy.Field()

class News(scrapy.Spider):
    name = "news"
    start_urls = [SITE]
    custom_settings = {"ITEM_PIPELINES": {"siftline.adapters.scrapy.SiftlinePipeline": 300}, "LOG_LEVEL": "ERROR", **SETTINGS}

    def parse(self, response):
        yield from make(Story, Own)

items = []
process = CrawlerProcess()
crawler = process.create_crawler(News)
def keep(item):
    items.append(item)
crawler.signals.connect(keep, signal=scrapy.signals.item_scraped)
process.crawl(crawler)
process.start()
plain = [dict(i) if isinstance(i, (dict, scrapy.Item)) else dataclasses.asdict(i) for i in items]
stats = {k: v for k, v in crawler.stats.get_stats().items() if k.startswith(("siftline/", "item_"))}
print(json.dumps({"items": plain, "stats": stats}, default=repr))
"""


@pytest.fixture
def crawl(site, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def run(settings: dict[str, object], make: str) -> dict[str, object]:
        code = f"SITE, SETTINGS, PAGE, ZH = {site!r}, {settings!r}, {PAGE!r}, {ZH!r}\ndef make(Story, Own):\n    {make}\n{CRAWL}"
        return json.loads(run_example(code).splitlines()[-1])

    return run


def test_texts_come_out_as_from_the_pipe(crawl):
    settings = {"SIFTLINE_TEXT": "content", "SIFTLINE_LEDGER": True, "SIFTLINE_PREFIX": "clean_"}
    out = crawl(settings, f"return [{{'id': at, 'content': text}} for at, text in enumerate({DOCUMENTS!r})]")
    items = sorted(out["items"], key=lambda item: item["id"])
    records = piped(DOCUMENTS)
    assert [(item["clean_text"], item["clean_languages"]) for item in items] == [
        (r["text"], r["languages"]) for r in records
    ]
    assert [restored(item["clean_ledger"]) for item in items] == DOCUMENTS
    assert out["stats"]["siftline/empty"] == 1
    assert out["stats"]["siftline/cleaned"] == len(DOCUMENTS) - 1


def test_items_of_all_kinds_get_the_fields_that_they_have(crawl):
    out = crawl(
        {}, "return [Story(PAGE), Own(html=PAGE), Own(html='<html></html>'), {'other': 1}, {'html': 7, 'text': 'old'}]"
    )
    items = {item.get("title") or json.dumps(item.get("html")): item for item in out["items"]}
    assert items["mine"] == {"html": PAGE, "text": "\n\n".join([PROSE] * 3), "title": "mine", "author": ["Ann Example"]}
    assert items[json.dumps(PAGE)] == {"html": PAGE, "text": "\n\n".join([PROSE] * 3)}
    assert items['"<html></html>"']["error"]["kind"] == "no-text"
    assert items["7"] == {
        "html": 7,
        "text": None,
        "error": {"kind": "bad-record", "message": "holds neither text nor bytes"},
    }
    assert {"other": 1} in out["items"]
    wanted = {"siftline/cleaned": 2, "siftline/no-text": 1, "siftline/bad-record": 1, "siftline/skipped": 1}
    assert {key: value for key, value in out["stats"].items() if key.startswith("siftline/")} == wanted


def test_items_are_dropped_if_asked_for(crawl):
    out = crawl({"SIFTLINE_DROP": True}, "return [{'html': PAGE}, {'html': b'\\x89PNG'}, {'html': '<html></html>'}]")
    assert [item["title"] for item in out["items"]] == ["The ferry is back"]
    assert out["stats"]["item_dropped_count"] == 2


def test_what_is_wrong_with_the_settings_is_said():
    with pytest.raises(ValueError, match="no-such"):
        SiftlinePipeline.from_crawler(get_crawler(settings_dict={"SIFTLINE_OPTIONS": {"stages": ["no-such"]}}))
