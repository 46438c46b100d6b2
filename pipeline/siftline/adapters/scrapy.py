"""Scrapy: an item pipeline. It waits for the worker process in a thread, so that the crawl goes on meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

try:
    from itemadapter import ItemAdapter
    from scrapy.exceptions import DropItem
    from scrapy.utils.defer import maybe_deferred_to_future
    from twisted.internet.threads import deferToThreadPool
    from twisted.python.threadpool import ThreadPool
except ImportError as error:
    from .common import missing

    raise missing("scrapy", error) from error

from ..service import Service
from .common import EMPTY, article, item

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings

DEFAULTS: dict[str, Any] = {
    "SIFTLINE_TEXT": "",
    "SIFTLINE_HTML": "html",
    "SIFTLINE_URL": "url",
    "SIFTLINE_CHARSET": "charset",
    "SIFTLINE_PREFIX": "",
    "SIFTLINE_LEDGER": False,
    "SIFTLINE_DROP": False,
    "SIFTLINE_TIMEOUT": 60.0,
    "SIFTLINE_JOBS": 1,
    "SIFTLINE_OPTIONS": {},
}
"""The settings and what they are if nothing is said; docs/adapters.md says what they mean."""


class SiftlinePipeline:
    """Adds the article to each item that has the field with the page: `text`, `title`, `date` and so on, or `error`."""

    def __init__(self, crawler: Crawler) -> None:
        read = _read(crawler.settings)
        self.stats = crawler.stats
        self.source, self.html = (read["TEXT"], False) if read["TEXT"] else (read["HTML"], True)
        self.url, self.charset, self.prefix = read["URL"], read["CHARSET"], read["PREFIX"]
        self.ledger, self.drop = read["LEDGER"], read["DROP"]
        self.service = Service(self.ledger, timeout=read["TIMEOUT"], jobs=read["JOBS"], **read["OPTIONS"])
        self.threads = ThreadPool(1, 1, "siftline")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> SiftlinePipeline:
        """Return the pipeline of a crawl."""
        return cls(crawler)

    def open_spider(self) -> None:
        """Start the thread."""
        self.threads.start()

    def close_spider(self) -> None:
        """End the thread and the worker process."""
        self.threads.stop()
        self.service.end()

    async def process_item(self, found: Any) -> Any:
        """Return an item with the article. Raises DropItem where there is none and SIFTLINE_DROP is set."""
        fields = ItemAdapter(found)
        if self.source not in fields:
            self.stats.inc_value("siftline/skipped")
            return found
        from twisted.internet import reactor  # noqa: PLC0415 - the one that Scrapy has installed

        page = item("", fields[self.source], self.html, fields.get(self.url), fields.get(self.charset) or "")
        waiting = deferToThreadPool(reactor, self.threads, self.service.records, [page])
        (record,) = await maybe_deferred_to_future(waiting)
        result = article(record, self.ledger)
        kind = result["error"]["kind"] if "error" in result else "" if result["text"] else EMPTY
        self.stats.inc_value(f"siftline/{kind or 'cleaned'}")
        if kind and self.drop:
            raise DropItem(f"siftline: {result['error']['message'] if 'error' in result else EMPTY}")
        self._put(fields, result)
        return found

    def _put(self, fields: ItemAdapter, result: dict[str, Any]) -> None:
        """Set the fields that the item has; any can be set in a dictionary, and `text` must be there."""
        known = fields.field_names() if not isinstance(fields.item, dict) else [self.prefix + key for key in result]
        for key, value in result.items():
            name = self.prefix + key
            if key == "text" or (name in known and (name == self.source or fields.get(name) in _UNSET)):
                fields[name] = value


_UNSET: tuple[Any, ...] = (None, "", [], ())


def _read(settings: BaseSettings) -> dict[str, Any]:
    read = {name: settings.get(name, default) for name, default in DEFAULTS.items()}
    for name, default in DEFAULTS.items():
        if isinstance(default, bool):
            read[name] = settings.getbool(name)
        elif isinstance(default, dict):
            read[name] = settings.getdict(name)
        elif not isinstance(default, str):
            read[name] = type(default)(read[name])
    return {name.removeprefix("SIFTLINE_"): value for name, value in read.items()}
