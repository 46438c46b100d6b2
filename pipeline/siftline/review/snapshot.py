"""Results of one set of rules over many documents, kept in the cache folder as rows by the key of the document.

A file has its rows in frames of a few hundred, then the rules, then an index of the frames; so one row is read, and all
are written, without holding the others. A frame that is damaged loses its rows and no more.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import IO, NamedTuple

import zstandard

from .. import cache
from ..files import LARGEST
from ..rules import Rule
from .sides import Difference, Side, behaviour, difference, made_again

FRAME = 256
"""Rows in a frame."""
MOST_KEPT = 32_000_000
"""Bytes of a file up to which a new one takes along what it knows of documents that are not in this corpus."""
_TRAILER = struct.Struct("<8sQQQ")  # magic, then where the rules, the index and the trailer begin
_MAGIC = b"siftrev2"
_SPOILT = (OSError, ValueError, TypeError, KeyError, IndexError, MemoryError, struct.error, zstandard.ZstdError)


class Row(NamedTuple):
    """What is kept of a document: its result, and how it counts (see `tables.Tally.line`), both as lines of JSON."""

    result: bytes
    tally: bytes = b""


class Snapshot:
    """A file of results that is open for reading."""

    def __init__(self, path: Path) -> None:
        """Open a file. Raises one of _SPOILT where it is not there or not whole."""
        self.path = path
        with path.open("rb") as file:
            file.seek(-_TRAILER.size, 2)
            magic, head, index, end = _TRAILER.unpack(file.read(_TRAILER.size))
            if magic != _MAGIC or end != file.tell() - _TRAILER.size:
                raise ValueError("another format")
            self._bounds = head, index, end
            self.glossaries, prints, self._entries = json.loads(_part(file, head, index))
        self.prints = frozenset(prints)
        """The fingerprints of the rules."""
        self._frames: dict[int, dict[bytes, Row]] = {}

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules under which the results came about, without reasons and examples."""
        return tuple(made_again(entry) for entry in self._entries)

    def unlike(self, side: Side) -> Difference:
        """Return how these rules differ from those of a side."""
        return difference(self.rules, side.rules, self.glossaries != side.glossaries)

    @cached_property
    def _index(self) -> tuple[list[list[int]], dict[bytes, int]]:
        """Where each frame begins and ends, and the frame of each key."""
        try:
            with self.path.open("rb") as file:
                frames, keys = json.loads(_part(file, self._bounds[1], self._bounds[2]))
            return frames, {key.encode(): number for number, part in enumerate(keys) for key in part.split()}
        except _SPOILT:
            return [], {}

    def __iter__(self) -> Iterator[str]:
        """Yield the key of each document."""
        for key in self._index[1]:
            yield key.decode()

    def get(self, key: str) -> Row | None:
        """Return what is known of a document. Documents are best asked for in the order in which they were kept."""
        name = key.encode()
        number = self._index[1].get(name)
        if number is None:
            return None
        if number not in self._frames:
            if len(self._frames) > 1:
                del self._frames[next(iter(self._frames))]
            self._frames[number] = self._frame(number)
        return self._frames[number].get(name)

    def _frame(self, number: int) -> dict[bytes, Row]:
        try:
            with self.path.open("rb") as file:
                lines = _part(file, *self._index[0][number]).split(b"\n")
            parts = (line.split(b"\t") for line in lines)
            return {key: Row(result, tally) for key, result, tally in parts}
        except _SPOILT:
            return {}


def _part(file: IO[bytes], start: int, end: int) -> bytes:
    file.seek(start)
    data: bytes = zstandard.ZstdDecompressor().decompress(file.read(end - start), max_output_size=LARGEST)
    return data


def opened(name: str) -> Snapshot | None:
    """Return what is stored under a name, or None where it is not there or not whole."""
    with suppress(*_SPOILT):
        path = cache.used(name)
        return Snapshot(path) if path else None
    return None


class Writer:
    """Writes the results of a side as they come, into a file that takes its place in the cache when all is done."""

    def __init__(self, side: Side, out: IO[bytes]) -> None:
        self._side = side
        self._out = out
        self._rows: dict[str, Row] = {}
        self._frames: list[tuple[int, int]] = []
        self._keys: list[str] = []
        self._written: set[str] = set()

    def add(self, key: str, row: Row) -> None:
        """Take the row of a document; of several that are the same bytes the first."""
        if key in self._written:
            return
        self._written.add(key)
        self._rows[key] = row
        if len(self._rows) >= FRAME:
            self._flush()

    def close(self, known: Snapshot | None) -> None:
        """Add what was known of other documents, and write what stands behind the rows."""
        if known and known.path.stat().st_size <= MOST_KEPT:
            for key in known:
                if key not in self._written and (row := known.get(key)):
                    self.add(key, row)
        self._flush()
        rules = self._side.rules
        head = [self._side.glossaries, self._side.prints, [behaviour(rule) for rule in rules]]
        start, index = self._put(json.dumps(head).encode())
        _, end = self._put(json.dumps([self._frames, self._keys]).encode())
        self._out.write(_TRAILER.pack(_MAGIC, start, index, end))

    def _flush(self) -> None:
        if self._rows:
            content = b"\n".join(b"\t".join((key.encode(), *row)) for key, row in self._rows.items())
            self._frames.append(self._put(content))
            self._keys.append(" ".join(self._rows))
            self._rows.clear()

    def _put(self, content: bytes) -> tuple[int, int]:
        start = self._out.tell()
        self._out.write(zstandard.ZstdCompressor(level=1, write_checksum=True).compress(content))
        return start, self._out.tell()


class Keeper:
    """Keeps the results of a side as they come, where they were not all known. A context manager: a block that ends
    in an error keeps nothing, and where nothing can be written, nothing is.
    """

    def __init__(self, name: str, side: Side, known: Snapshot | None) -> None:
        self._name, self._side, self._known = name, side, known
        self._old: list[str] = []
        """The documents before the first that was not known."""
        self._draft: cache.Draft | None = None
        self._writer: Writer | None = None
        self._failed = False

    def __enter__(self) -> Keeper:
        return self

    def add(self, key: str, row: Row, is_known: bool) -> None:
        """Take the row of a document; `is_known` says that it stands in `known` just so."""
        if is_known and not self._writer:
            self._old.append(key)
        elif not self._failed:
            try:
                self._put(key, row)
            except OSError:
                self._failed = True

    def _put(self, key: str, row: Row) -> None:
        if not self._writer:
            self._draft = cache.Draft(self._name)
            self._writer = Writer(self._side, self._draft.file)
            for old in self._old:
                if self._known and (known := self._known.get(old)):
                    self._writer.add(old, known)
        self._writer.add(key, row)

    def __exit__(self, kind: object, *_: object) -> None:
        if not self._draft or not self._writer:
            return
        with suppress(OSError):
            if kind or self._failed:
                self._draft.drop()
            else:
                self._writer.close(self._known)
                self._draft.store()
