"""Undoing wrong readings: which stretches of a text are mojibake, and what they said.

Each stretch that can have been read wrongly is read again, and the reading that is the shortest to write down
wins, if it is much shorter than what stands there (`plausible.cost`). A line is decided by itself first; what most
of a document's damage turns out to be then helps to decide its short lines. See docs/repair.md.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from .plausible import cost
from .readings import (
    LOSSY_UTF8,
    LOST,
    MULTIBYTE,
    NO_BYTE,
    Reading,
    as_bytes,
    decode_stretch,
    readings,
    wide_units,
)

SHORTEST = 3
"""A string of fewer characters is no evidence of anything."""
WORST = 15.5
"""Bits a character that what comes out may cost at most, ASCII aside: about those of a rare Han character."""
RATIO = 0.8
"""Share of the cost of what stands there that what comes out may cost at most."""
SLACK, SLACK_RATIO = 5, 0.88
"""Bits to save, and share, where the rest of the document was read wrongly in the same way."""
DEPTH = 3
"""Wrong readings that are undone on top of each other."""
_ENOUGH = 60
"""Bits that a reading must save in a document before it helps to decide other lines."""
_ASCII = re.compile(r"[\x00-\x7f]+")
_GATES = (
    ("cp1252", re.compile("[\x80-\xff]")),
    ("cp1251", re.compile("[\u0402-\u040f\u0410-\u045f\u0490\u0491]")),
    ("koi8-r", re.compile("[\u0410-\u044f\u2550-\u256c]")),
    ("gb18030", re.compile("[\u3041-\u9fff\ue000-\ue864\ufffd]")),
    ("big5", re.compile("[\u4e00-\u9fff]")),
)
"""What a text holds at least that was read in a codec."""


class Edit(NamedTuple):
    """A stretch of a line that is to be replaced."""

    start: int
    before: str
    after: str
    name: str
    """The rule's id without its first part, e.g. ``mojibake/utf8-as-cp1252``."""


def is_suspect(text: str) -> bool:
    """Whether a text has a trace of any wrong reading; clean text seldom has one."""
    return any(True for _ in _traces(text))


def undo_readings(lines: Sequence[str]) -> dict[int, list[Edit]]:
    r"""Return, by the index of its line, what one step of undoing changes; nothing where all is well.

    >>> undo_readings(["don't", "Сегодня".encode().decode("cp1251")])[1][0].after
    'Сегодня'
    """
    suspects = _suspects(lines)
    best = {at: _best(lines[at], found) for at, found in suspects.items()}
    favourite = _favourite(best.values())
    if favourite is not None:
        for at, line in enumerate(lines):
            if not line.isascii():
                best[at] = _prefer(line, favourite, best.get(at, _NOTHING))
    return {at: list(found.edits) for at, found in sorted(best.items()) if found.edits}


class _Found(NamedTuple):
    saved: int
    edits: tuple[Edit, ...]
    reading: Reading | None


_NOTHING = _Found(0, (), None)


def _traces(text: str) -> Iterator[tuple[Reading, int]]:
    if text.isascii():
        return
    open_codecs = {codec for codec, gate in _GATES if gate.search(text)}
    for reading in readings():
        if reading.false in open_codecs:
            for match in reading.trace.finditer(text):
                yield reading, match.start()


def _suspects(lines: Sequence[str]) -> dict[int, list[Reading]]:
    """Return for each line with traces the readings whose traces they are."""
    found: dict[int, list[Reading]] = {}
    ends = list(accumulate(len(line) + 1 for line in lines))
    for reading, start in _traces("\n".join(lines)):
        known = found.setdefault(bisect_right(ends, start), [])
        if reading not in known[-1:]:
            known.append(reading)
    return found


def _best(line: str, candidates: Iterable[Reading], depth: int = 1) -> _Found:
    best = _NOTHING
    if len(line) >= SHORTEST:
        for reading in candidates:
            found = _attempt(line, reading, depth)
            if found.saved > best.saved:
                best = found
    return best


def _favourite(found: Iterable[_Found]) -> Reading | None:
    """Return the reading that explains most of a document's damage, where one explains more than half of it."""
    saved: Counter[Reading] = Counter()
    for one in found:
        if one.reading:
            saved[one.reading] += one.saved
    top = saved.most_common(1)
    return top[0][0] if top and top[0][1] >= max(_ENOUGH, saved.total() / 2) else None


def _prefer(line: str, favourite: Reading, best: _Found) -> _Found:
    """Return what the favourite makes of a line, unless the line's own best is much better."""
    if best.reading is favourite:
        return best
    found = _attempt(line, favourite, 1, slack=True)
    return found if found.saved * 4 >= best.saved * 3 else best


def _attempt(line: str, reading: Reading, depth: int, slack: bool = False) -> _Found:
    """Read a line again: whole stretches first, then those parts of a refused stretch that hold no ASCII."""
    edits: list[Edit] = []
    saved = 0
    for start, end, raw in _stretches(line, reading):
        found = _judged(line[start:end], raw, reading, depth, slack)
        if found is None and not raw.isascii():
            for lo, hi in _pieces(line[start:end], raw, reading):
                ...
        if found:
            saved += found[0]
            edits += [edit._replace(start=edit.start + start) for edit in found[1]]
    return _Found(saved, tuple(edits), reading) if saved else _NOTHING
