"""What the adapters share: a framework's value as a document to clean, and a record as what a framework keeps."""

from __future__ import annotations

from typing import Any

from ..files import LARGEST, Item, json_line, without_surrogates

LEDGER = ("lines", "changes", "source")
"""What `siftline.restore` needs of a record."""

EMPTY = "empty"
"""Why a document has no article though nothing went wrong: nothing of it is left."""


def missing(extra: str, error: ImportError) -> ImportError:
    """Return the error that says which extra to install.

    >>> missing("spark", ImportError("No module named 'pyspark'"))
    ImportError("siftline.adapters.spark: No module named 'pyspark': pip install 'siftline[spark]'")
    """
    return ImportError(f"siftline.adapters.{extra}: {error}: pip install 'siftline[{extra}]'")


def item(name: Any, value: Any, html: bool | None = None, url: Any = "", charset: str = "") -> Item:
    """Return the document of a value: text or bytes. Of anything else it is one that cannot be cleaned, as is one of
    over 256 MB.

    >>> item(7, None).error
    ('bad-record', 'holds neither text nor bytes')
    """
    name = name if isinstance(name, str) else str(name)
    content = bytes(value) if isinstance(value, bytearray | memoryview) else value
    if not isinstance(content, str | bytes):
        return Item(name, error=("bad-record", "holds neither text nor bytes"))
    if len(content) > LARGEST:
        return Item(name, error=("too-large", f"over {LARGEST // 2**20} MB; split it"))
    # What numpy calls a string is one to all but those that ask for the very type.
    content = str(content) if isinstance(content, str) else bytes(content)
    return Item(name, content=content, html=html, url=url if isinstance(url, str) else "", charset=charset)


def front(record: dict[str, Any]) -> dict[str, Any]:
    """Return what most want of the front matter: the headline (of the article's first language that has one), the
    date and the authors. What is not known is missing.

    >>> front({"title": {"zh": "城", "en": "City"}, "meta": {"date": "2025-05-02", "publisher": "Linxi Daily"}})
    {'title': '城', 'date': '2025-05-02'}
    """
    meta = record["meta"]
    authors = [without_surrogates(name) for name in meta.get("author", ())]
    texts = {"title": next(iter(record["title"].values()), ""), "date": meta.get("date", "")}
    found = {key: without_surrogates(text) for key, text in texts.items() if text}
    return {**found, "author": authors} if authors else found


def article(record: dict[str, Any], with_ledger: bool) -> dict[str, Any]:
    """Return what becomes of a document that is one object: `text`, `languages`, `title`, `date`, `author` and perhaps
    `ledger`; or no text, and `error` with `kind` and `message`.
    """
    if "error" in record:
        return {"text": None, "error": record["error"]}
    found = {"text": without_surrogates(record["text"]), "languages": record["languages"], **front(record)}
    return {**found, "ledger": ledger(record)} if with_ledger else found


def ledger(record: dict[str, Any]) -> str:
    """Return what restores the input, as JSON: `siftline.restore(json.loads(...))`."""
    return as_json({key: record[key] for key in LEDGER if key in record})


def as_json(value: Any) -> str:
    """Return a value as JSON in one line, that any string can hold."""
    return json_line(value).decode().rstrip("\n")
