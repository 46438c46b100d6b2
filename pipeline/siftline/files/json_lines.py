"""JSON lines: records to clean, and the results."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

import orjson

from .errors import LARGEST, UNREADABLE, reason, too_large
from .ids import Ids
from .item import Item
from .unpacking import opened


def documents(path: Path, ids: Ids) -> Iterator[Item]:
    """Yield the records of a JSON lines file; a bad line is a reject of its own."""
    number = 0
    base = path.name.split(".")[0]
    try:
        with opened(path) as file:
            for number, raw in enumerate(_lines(file), 1):
                if raw.strip():
                    item = item_of(raw, f"{base}-{number}")
                    yield replace(item, id=ids.free(item.id), place=f"{path.name}, line {number}")
    except UNREADABLE as error:
        place = f"{path.name}, line {number + 1}"
        yield Item(ids.free(f"{base}-{number + 1}"), error=("unreadable", reason(error)), place=place)


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the lines of a file; of one that is longer than a document may be, only the beginning."""
    while line := file.readline(LARGEST + 1):
        yield line
        while len(line) > LARGEST and not line.endswith(b"\n"):
            line = file.readline(LARGEST + 1)


def item_of(raw: bytes, fallback: str) -> Item:
    """Return the document of one JSON line: an object with `id` and one of `text` and `html`."""
    if len(raw) > LARGEST:
        error = too_large()
        return Item(fallback, error=(error.kind, str(error)))
    try:
        record = parse_line(raw)
    except ValueError as error:
        return Item(fallback, error=("bad-json", f"not a JSON line: {_why(error)}"))
    if not isinstance(record, dict):
        return Item(fallback, error=("bad-record", 'not a JSON object: give {"id": …, "text": …}'))
    name = _name(record.get("id"), fallback)
    given = [key for key in ("text", "html") if isinstance(record.get(key), str)]
    if not given:
        return Item(name, error=("bad-record", "has neither a `text` nor an `html` that is a string"))
    url = record.get("url")
    return Item(name, content=record[given[0]], html=given[0] == "html", url=url if isinstance(url, str) else "")


def _name(value: Any, fallback: str) -> str:
    """Return an id as a string; the fallback where there is none, or one that is nested too deeply to be written."""
    if value is None or isinstance(value, str):
        return fallback if value is None else value
    try:
        return json.dumps(value)
    except RecursionError:
        return fallback


def _why(error: ValueError) -> str:
    """Return what is wrong with a line, and where in it: the line's own number is known to whoever reads the file.

    >>> try: parse_line(b'{"id": "a", "text": "b')
    ... except ValueError as error: print(_why(error))
    Unterminated string starting at column 21
    """
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg.removesuffix(' at')} at column {error.pos + 1}"
    if isinstance(error, UnicodeDecodeError):
        return f"byte {error.start + 1} of it is no UTF-8"
    return str(error)


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
    """Return what a line of JSON holds, perhaps behind a byte order mark. Raises ValueError."""
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:  # the standard library reads more, surrogates for one, and says what is wrong
        text = line.decode("utf-8", "surrogatepass").removeprefix("\ufeff").rstrip("\r\n")
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
