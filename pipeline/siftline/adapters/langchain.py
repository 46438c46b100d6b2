"""LangChain: a transformer of documents, a parser of blobs, and a loader of all that siftline reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

try:
    from langchain_core.document_loaders import BaseBlobParser, BaseLoader, Blob
    from langchain_core.documents import BaseDocumentTransformer, Document
except ImportError as error:
    from .common import missing

    raise missing("langchain", error) from error

from pathlib import Path

from .. import files
from ..files import Item
from ..service import Service
from .common import article, as_json, item

BATCH = 64
"""Documents that are cleaned at a time."""


class _Articles:
    """What the three share. `html` says that texts are pages; with None they are told by how they begin. `ledger` adds
    what restores the input. `prefix` stands before the names of what is added. With `drop`, documents without an
    article are left out. `options` are those of `siftline.Cleaner`, and `timeout` (60 seconds a document) and `jobs`
    (1 process).
    """

    def __init__(
        self, *, html: bool | None = None, ledger: bool = False, prefix: str = "", drop: bool = False, **options: Any
    ) -> None:
        self.html, self.ledger, self.prefix, self.drop = html, ledger, prefix, drop
        self.service = Service(ledger, **options)

    def _made(self, items: Sequence[Item], given: Sequence[Document]) -> Iterator[Document]:
        """Yield the articles of items, with the ids and metadata of the documents given."""
        for record, old in zip(self.service.records(items), given, strict=True):
            result = article(record, self.ledger)
            text = result.pop("text") or ""
            if text or not self.drop:
                new = {self.prefix + key: _scalar(value) for key, value in result.items()}
                yield Document(text, id=old.id, metadata={**new, **old.metadata})


class SiftlineTransformer(_Articles, BaseDocumentTransformer):
    """Makes `page_content` the article. The metadata is kept, and `title`, `date`, `author` and `languages` are added
    where it has no such entry, or `error`. The page's address is read from the metadata's `source`.
    """

    def transform_documents(self, documents: Sequence[Document], **kwargs: Any) -> Sequence[Document]:
        """Return the documents, in order."""
        items = [item("", doc.page_content, self.html, address(doc.metadata.get("source"))) for doc in documents]
        return list(self._made(items, documents))


class SiftlineParser(_Articles, BaseBlobParser):
    """Makes a document of a blob: a text or a page, as bytes, as text or in a file, packed too (.gz, .zst). Its type
    says whether it is a page; `html` outdoes it.
    """

    def lazy_parse(self, blob: Blob) -> Iterator[Document]:
        """Yield the document of a blob."""
        source = blob.source
        html = "html" in blob.mimetype if self.html is None and blob.mimetype else self.html
        given = {**({"source": source} if source else {}), **blob.metadata}
        if blob.data is None and blob.path:
            read = Item("", path=Path(blob.path), html=html, url=address(source))
        else:
            read = item("", blob.data, html, address(source))
        yield from self._made([read], [Document("", id=blob.id, metadata=given)])


class SiftlineLoader(_Articles, BaseLoader):
    """Loads what `siftline clean` reads: files, folders and globs of texts, pages, JSON lines, tables and archives. The
    metadata's `source` is the page's address or the file; the id is that of `siftline clean`.
    """

    def __init__(self, *sources: str, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.sources = list(sources)

    def lazy_load(self) -> Iterator[Document]:
        """Yield the documents, in order. Raises siftline.files.SourceError for a source that there is not."""
        found = files.items(self.sources)
        while batch := list(islice(found, BATCH)):
            places = [one.url or str(one.path or one.id) for one in batch]
            given = [Document("", id=one.id, metadata={"source": s}) for one, s in zip(batch, places, strict=True)]
            yield from self._made(batch, given)


def address(source: Any) -> str:
    """Return a source where it is the address of a page.

    >>> address("https://example.com/a"), address("/tmp/a.html"), address(None)
    ('https://example.com/a', '', '')
    """
    return source if isinstance(source, str) and source.startswith(("http://", "https://")) else ""


def _scalar(value: Any) -> Any:
    """Return what stores of vectors take as metadata: names in one text, what is nested as JSON."""
    if isinstance(value, dict):
        return as_json(value)
    return ", ".join(value) if isinstance(value, list) else value
