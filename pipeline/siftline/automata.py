"""Hyperscan databases: many loosened patterns (see approximation.py) searched for in one pass over a document.

To compile them takes seconds, so a few at a time go into one database, and each database is kept in the cache
folder: where one pattern changes, only its own is compiled again.
"""

from __future__ import annotations

import multiprocessing
import platform
import threading
import zlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from math import log2
from typing import Any

import hyperscan
import numpy as np
import numpy.typing as npt

from . import approximation, cache
from .pool import process_context

TOGETHER = 32
"""Patterns in one database. Fewer are compiled sooner, more are searched for a little faster."""
_WORTH = 4
"""From how many missing databases on a second process compiles too: a rule's own needs one or two."""
_VERSION: str = hyperscan.__version__  # type: ignore[attr-defined]
_FLAGS = hyperscan.HS_FLAG_MULTILINE


class Automaton:
    """Some expressions as one database, which threads may share."""

    def __init__(self, numbers: Sequence[int], expressions: Sequence[bytes]) -> None:
        """Take for each expression the number that it is reported by. Raises hyperscan.HyperscanError for one that
        cannot be searched for, since it is too large or matches nothing at all.
        """
        self._numbers = list(numbers)
        name = _name(expressions)
        stored = cache.load(name)
        database = _read(stored) if stored else None
        if database is None:
            database = hyperscan.Database()
            count = len(self._numbers)
            database.compile(list(expressions), ids=range(count), elements=count, flags=[_FLAGS] * count)
            cache.store(name, hyperscan.dumpb(database))
        self._database = database
        self._memory = threading.local()  # two searches at a time must not share what they work in

    @property
    def _scratch(self) -> Any:
        """What this thread's searches work in."""
        if not hasattr(self._memory, "scratch"):
            self._memory.scratch = hyperscan.Scratch(self._database)
        return self._memory.scratch

    def scan(self, data: bytes) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Return the offsets of the ends of what is found in folded UTF-8, and the numbers of the expressions."""
        found = self.pairs(data)
        pairs = np.fromiter(found, dtype=np.int64, count=len(found))
        return pairs[0::2], pairs[1::2]

    def pairs(self, data: bytes) -> list[int]:
        """Return the same as `scan`, one after the other: for some hundred, arrays take longer than they spare."""
        found: list[int] = []
        self._database.scan(data, _note, 0, (found, self._numbers), self._scratch)
        return found

    def ends(self, data: bytes, most: int) -> npt.NDArray[np.int64] | None:
        """Return the offsets of the ends of what is found, or None where that is over `most`."""
        found: list[int] = []

        def note(_number: int, _start: int, end: int, *_: Any) -> bool:
            found.append(end)
            return len(found) > most

        try:
            self._database.scan(data, note, 0, None, self._scratch)
        except hyperscan.ScanTerminated:
            return None
        return np.array(found, dtype=np.int64)


def compile_ahead(sets: Iterable[Mapping[int, bytes]]) -> None:
    """Put into the cache what `build` will want of it for several sets of expressions: from both ends at once, in this
    process and another one, since threads would wait for each other.
    """
    parts = [[one[number] for number in part] for one in sets for part in _parts(one)]
    missing = [part for part in parts if not cache.has(_name(part))]
    if len(missing) < _WORTH or multiprocessing.current_process().daemon:  # such a process may have no other
        return
    helper = process_context().Process(target=_compile, args=(missing[::-1],), daemon=True)
    helper.start()
    try:
        _compile(missing)
    finally:
        helper.kill()
        helper.join()


def _compile(parts: Iterable[Sequence[bytes]]) -> None:
    for part in parts:
        if not cache.has(_name(part)):
            with suppress(hyperscan.HyperscanError):  # which `build` looks into
                Automaton(range(len(part)), part)
                if not cache.has(_name(part)):
                    return  # there is no cache to put it into


def _name(expressions: Sequence[bytes]) -> str:
    return cache.key(approximation.VERSION, _VERSION, platform.machine(), *expressions) + ".automaton"


def build(expressions: Mapping[int, bytes]) -> tuple[list[Automaton], list[int]]:
    """Return automata for numbered expressions, and the numbers of those that cannot be searched for."""
    automata: list[Automaton] = []
    refused: list[int] = []
    for part in _parts(expressions):
        try:
            automata.append(Automaton(part, [expressions[number] for number in part]))
        except hyperscan.HyperscanError:
            good = [number for number in part if _is_possible(expressions[number])]
            refused += [number for number in part if number not in good]
            automata += [Automaton(good, [expressions[number] for number in good])] if good else []
    return automata, sorted(refused)


def _parts(expressions: Mapping[int, bytes]) -> list[list[int]]:
    """Return the numbers in parts of about TOGETHER, by what the expressions are and not by where they stand: where
    one is added or goes, the other parts stay as they were.
    """
    count = 1 << max(0, round(log2(len(expressions) / TOGETHER))) if expressions else 0
    parts: list[list[int]] = [[] for _ in range(count)]
    for number in sorted(expressions, key=lambda number: (expressions[number], number)):
        parts[zlib.crc32(expressions[number]) % count].append(number)
    return [part for part in parts if part]


def _is_possible(expression: bytes) -> bool:
    try:
        Automaton([0], [expression])
    except hyperscan.HyperscanError:
        return False
    return True


def _read(stored: bytes) -> Any:
    try:
        return hyperscan.loadb(stored, hyperscan.HS_MODE_BLOCK)
    except hyperscan.HyperscanError:  # made on another kind of processor, or broken
        return None


def _note(number: int, _start: int, end: int, _flags: int, context: Any) -> None:
    found, numbers = context
    found += (end, numbers[number])
