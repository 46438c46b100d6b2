"""datatrove: a filter that puts the article in the place of the text, and leaves out what has none."""

from __future__ import annotations

from typing import Any

try:
    from datatrove.data import Document, DocumentsPipeline
    from datatrove.pipeline.filters.base_filter import BaseFilter
    from datatrove.pipeline.writers.disk_base import DiskWriter
except ImportError as error:
    from .common import missing

    raise missing("datatrove", error) from error

from ..files import without_surrogates
from ..service import Service
from .common import EMPTY, article, item

BATCH = 64
"""Documents that are cleaned at a time."""


class SiftlineCleaner(BaseFilter):
    """Cleans documents: `text` becomes the article, and `metadata` gets `title`, `date`, `author` and `languages` where
    it has no such entry yet. One that cannot be cleaned, or of which nothing is left, goes to `exclusion_writer` as it
    was, with `filter_reason` and, where there is more to say, `filter_message`.

    `html` says that texts are pages; with None they are told by how they begin. `ledger` adds what restores the text,
    as JSON. `prefix` stands before the names of what is added. `options` are those of `siftline.Cleaner`, and `timeout`
    (60 seconds a document) and `jobs` (1 process). The page's address is read from `metadata["url"]`.
    """

    name = "🧺 siftline"

    def __init__(
        self,
        exclusion_writer: DiskWriter | None = None,
        *,
        html: bool | None = False,
        ledger: bool = False,
        prefix: str = "",
        **options: Any,
    ) -> None:
        super().__init__(exclusion_writer, batch_size=BATCH)
        self.html, self.ledger, self.prefix = html, ledger, prefix
        self.service = Service(ledger, **options)

    def run(self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1) -> DocumentsPipeline:
        """Yield the documents that have an article; the worker process lives as long as this goes on."""
        try:
            yield from super().run(data, rank, world_size)
        finally:
            self.service.end()

    def filter(self, doc: Document) -> bool | tuple[bool, str]:
        """Clean one document: whether it stays, or why not."""
        return self.filter_batch([doc])[0]

    def filter_batch(self, batch: list[Document]) -> list[bool | tuple[bool, str]]:
        """Clean some documents side by side."""
        items = [item(doc.id, doc.text, self.html, doc.metadata.get("url")) for doc in batch]
        return [self._take(doc, record) for doc, record in zip(batch, self.service.records(items), strict=True)]

    def _take(self, doc: Document, record: dict[str, Any]) -> bool | tuple[bool, str]:
        result = article(record, self.ledger)
        if "error" in result:
            doc.text = _writable(doc.text)
            doc.metadata["filter_message"] = result["error"]["message"]
            return False, result["error"]["kind"]
        text = result.pop("text")
        if not text:
            return False, EMPTY
        self.stat_update("doc_len_before", value=len(doc.text), unit="doc")
        self.stat_update(*(f"language_{language}" for language in result["languages"]))
        doc.text = text
        for key, value in result.items():
            doc.metadata.setdefault(self.prefix + key, value)
        return True


def _writable(text: Any) -> str:
    """Return a text that any writer takes; a single one that it does not take would end the job."""
    text = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return without_surrogates(text) if isinstance(text, str) else ""
