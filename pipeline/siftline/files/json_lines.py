"""JSON lines: records to clean, and the results."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson

from .errors import UNREADABLE, reason
from .ids import Ids
from .item import Item
from .unpacking import opened


def documents(path: Path, ids: Ids) -> Iterator[Item]:
    """Yield the records of a JSON lines file; a bad line is a reject of its own."""
    number = 0
    base = path.name.split(".")[0]
    try:
        with opened(path) as file:
            for number, raw in enumerate(file, 1):
                if raw.strip():
                    item = item_of(raw, f"{base}-{number}")
                    yield replace(item, id=ids.free(item.id))
    except UNREADABLE as error:
        message = f"{path.name}, line {number + 1}: {reason(error)}"
        yield Item(ids.free(f"{base}-{number + 1}"), error=("unreadable", message))


def item_of(raw: bytes, fallback: str) -> Item:
    """Return the document of one JSON line: an object with `id` and one of `text` and `html`."""
    try:
        record = parse_line(raw)
    except (ValueError, RecursionError) as error:
        return Item(fallback, error=("bad-json", f"not a JSON line: {error}"))
    if not isinstance(record, dict):
        return Item(fallback, error=("bad-record", 'not a JSON object: give {"id": …, "text": …}'))
    name = record.get("id", fallback)
    name = name if isinstance(name, str) else json.dumps(name)
    given = [key for key in ("text", "html") if isinstance(record.get(key), str)]
    if not given:
        return Item(name, error=("bad-record", "has neither a `text` nor an `html` that is a string"))
    url = record.get("url")
    return Item(name, content=record[given[0]], html=given[0] == "html", url=url if isinstance(url, str) else "")


def json_line(record: dict[str, Any]) -> bytes:
    r"""Return a record as one line of JSON in UTF-8; a lone surrogate stands in it as ``\udXXX``."""
    try:
        return orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)
    except TypeError:  # a surrogate, which it refuses
        line = json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"
        return line.encode("utf-8", "backslashreplace")


def without_surrogates(text: str) -> str:
    r"""Return a text with U+FFFD for each lone surrogate, which has no place in a string of a table.

    >>> without_surrogates("a\udc80") == "a\ufffd"
    True
    """
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def parse_line(line: bytes) -> Any:
    """Return what a line of JSON holds. Raises ValueError or RecursionError."""
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:  # the standard library reads more, surrogates for one, and says what is wrong
        return json.loads(line.decode("utf-8", "surrogatepass"))
