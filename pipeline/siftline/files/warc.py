"""Archives of pages, .warc (ISO 28500) and .wet: each answer with a page or a text is a document, and each text of a
WET.

Read here and not by a library: warcio 1.8 and FastWARC 2.0 do not say where a record is cut off, and end at one that is
broken, where many more may follow.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path

from ..stages.extract import looks_like_html
from . import http_response
from .errors import LARGEST, UNREADABLE, ItemError, reason, too_large
from .ids import Ids
from .item import Item
from .unpacking import Members, unpacking

_BLOCK = 1 << 16
_BEGIN = re.compile(rb"\nWARC/\d")
_LONGEST_HEAD = 1 << 20
"""Bytes of the headers of a record beyond which they are none."""
_MOST_TRIES = 1000
"""Places that look like the beginning of something packed and are none, after which the rest of a file is given up: in
noise there is one in 16 MB."""
_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_SNIFFED = 4096
SKIPPED = ("  other records", "  other statuses", "  other media types")
"""Why a record is no document, as the table of a run says it."""

Head = dict[str, str]
"""The headers of a record, by name in lower case."""


class _BrokenError(ValueError):
    """No record can be read here: the message says why."""


def documents(path: Path, ids: Ids, skipped: Counter[str]) -> Iterator[Item]:
    """Yield the documents of an archive, and count in `skipped` the records that are none.

    A record that is broken or cut off gives an item with an error, and reading goes on behind it.
    """
    try:
        with unpacking(path) as raw:
            for number, head, item in _records(_Stream(raw), skipped):
                url = _address(head)
                place = f"{path.name}, record {number}" + (f" ({url})" if url else "")
                name = head.get("warc-record-id", "").strip("<>").removeprefix("urn:uuid:")
                id = ids.of_url(url) if url else ids.free(name or f"{path.name.split('.')[0]}-{number}")
                yield replace(item, id=id, url=url, place=place)
    except UNREADABLE as error:
        yield Item(ids.free(path.name.split(".")[0]), error=("unreadable", reason(error)), place=path.name)


def _records(stream: _Stream, skipped: Counter[str]) -> Iterator[tuple[int, Head, Item]]:
    """Yield for each document its number among the records, its headers, and an item that has no id yet."""
    more = True
    for number in count(1):
        head = Head()
        try:
            head = _head(stream)
            if not head:
                return
            item = _item(head, _block(stream, head), skipped)
        except ItemError as error:
            item = Item("", error=(error.kind, str(error)))
        except (_BrokenError, *UNREADABLE) as error:
            more = stream.to_next_record()
            lost = "" if more or isinstance(error, EOFError) else "; no record was found behind it"
            item = Item("", error=("unreadable", reason(error) + lost))
        if item:
            yield number, head, item
        if not more:
            return


def _address(head: Head) -> str:
    return head.get("warc-target-uri", "").strip("<>")  # some versions of wget write it in brackets


def _head(stream: _Stream) -> Head:
    """Read the headers of the next record; none at the end of the file."""
    line = stream.line()
    while line in (b"\r\n", b"\n"):
        line = stream.line()
    if line and not line.startswith(b"WARC/"):
        raise _BrokenError(f"begins with {line[:40]!r}, which begins no record of an archive")
    lines: list[bytes] = []
    while line.rstrip(b"\r\n"):
        line = stream.line()
        lines.append(line)
        if sum(map(len, lines)) > _LONGEST_HEAD:
            raise _BrokenError("its headers have no end")
    if lines and not line:
        raise EOFError("cut off in its headers: the file is not whole, fetch it again")
    return http_response.headers(b"".join(lines))


def _block(stream: _Stream, head: Head) -> bytes:
    """Read the block of a record, of one that is too large only the beginning."""
    given = head.get("content-length", "")
    if not given.isdecimal():
        raise _BrokenError(f"its Content-Length is no number: {given[:40]!r}")
    length = int(given)
    block = stream.read(min(length, LARGEST))
    if stream.skip(max(0, length - LARGEST)) or len(block) < min(length, LARGEST):
        stream.give_back(block)
        raise EOFError(f"cut off after {len(block):,} of {length:,} bytes: the file is not whole, fetch it again")
    if not b"WARC/".startswith(stream.peek(4).lstrip(b"\r\n")):
        stream.give_back(block)
        raise _BrokenError(f"its Content-Length, {length:,}, does not lead to the end of a record")
    return block


def _item(head: Head, block: bytes, skipped: Counter[str]) -> Item | None:
    """Return the document that a record holds, without id and address; or None, and count it. Raises ItemError."""
    kind = head.get("warc-type", "").lower()
    if kind == "conversion" and head.get("content-type", "text/plain").lower().startswith("text/plain"):
        return Item("", content=_whole(head, block), html=False)
    answer = http_response.parse(block) if kind == "response" else None
    if answer is None:
        if kind == "response" and head.get("content-type", "").lower().startswith("application/http"):
            raise ItemError("unreadable", f"begins with {block[:40]!r}, which begins no answer of HTTP")
        skipped[SKIPPED[0]] += 1
    elif not 200 <= answer.status < 300:
        skipped[SKIPPED[1]] += 1
    elif answer.media_type in _PAGE_TYPES or answer.media_type == "text/plain" or _looks_like_page(answer):
        _whole(head, block)
        page = True if answer.media_type in _PAGE_TYPES else None
        body = answer.body(cut="warc-truncated" in head)
        return Item("", content=body, html=page, charset=answer.charset)
    else:
        skipped[SKIPPED[2]] += 1
    return None


def _whole(head: Head, block: bytes) -> bytes:
    if int(head["content-length"]) > LARGEST:
        raise too_large()
    return block


def _looks_like_page(answer: http_response.Response) -> bool:
    """Whether an answer that names no type begins like a page."""
    return not answer.media_type and looks_like_html(answer.raw[:_SNIFFED].decode("latin-1"))


class _Stream:
    """The bytes of an archive, of which some can be given back; and the way to the next record from a broken one."""

    def __init__(self, raw: io.RawIOBase) -> None:
        self._raw = raw
        self._held, self._at = b"\n", 1  # a byte before the next one is always there, to see whether a line begins

    def _fill(self) -> bool:
        more = self._raw.read(_BLOCK) or b""
        self._held, self._at = self._held[self._at - 1 :] + more, 1
        return bool(more)

    def read(self, size: int) -> bytes:
        """Return the next bytes, fewer only at the end. What was read when an error comes up is still there."""
        parts = [self._take(size)]
        size -= len(parts[0])
        try:
            while size > 0 and self._fill():
                parts.append(self._take(size))
                size -= len(parts[-1])
        except UNREADABLE:
            self.give_back(b"".join(parts))
            raise
        return b"".join(parts)

    def _take(self, size: int) -> bytes:
        taken = self._held[self._at : self._at + size]
        self._at += len(taken)
        return taken

    def line(self) -> bytes:
        """Return the next line with its end; b"" at the end of the file. Raises _BrokenError where it has no end. Where
        the file cannot be read any further, the line that has begun is gone: it would be found as a beginning again.
        """
        while (end := self._held.find(b"\n", self._at)) < 0:
            if len(self._held) - self._at > _LONGEST_HEAD:
                raise _BrokenError("no line of headers ends here")
            try:
                more = self._fill()
            except UNREADABLE:
                self._at = len(self._held)
                raise
            if not more:
                end = len(self._held)
                break
        return self._take(end + 1 - self._at)

    def peek(self, size: int) -> bytes:
        """Return the next bytes without taking them; fewer where the file ends or cannot be read any further."""
        with suppress(*UNREADABLE):
            while len(self._held) - self._at < size and self._fill():
                pass
        return self._held[self._at : self._at + size]

    def skip(self, size: int) -> int:
        """Pass over bytes; return how many of them were not there."""
        while size and (part := self.read(min(size, _BLOCK))):
            size -= len(part)
        return size

    def give_back(self, data: bytes) -> None:
        """Put bytes back that began a line, to be read again."""
        self._held, self._at = b"\n" + data + self._held[self._at :], 1

    def to_next_record(self) -> bool:
        """Go to where a record seems to begin, past what cannot be unpacked; return whether there is one."""
        tries = 0
        while not (found := _BEGIN.search(self._held, self._at - 1)):
            self._at = max(self._at, len(self._held) - len(b"WARC/"))
            try:
                if not self._fill():
                    return False
            except UNREADABLE:
                tries += 1
                if tries > _MOST_TRIES or not (isinstance(self._raw, Members) and self._raw.skip_broken()):
                    return False
                self._held, self._at = b"\n", 1
        self._at = found.start() + 1
        return True
