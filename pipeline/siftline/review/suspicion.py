"""Which changes a reviewer should look at first, and which are the same line over and over."""

from __future__ import annotations

import heapq
import zlib
from collections.abc import Iterator
from typing import NamedTuple

import regex

from ..prose import FULL_STOPS, ends_in_stop, reads_like_article, with_numbers_alike
from .compare import ALTERED, FILED, KEPT, MOVED, REMOVED, LineChange
from .gold import ARTICLE, NOT_ARTICLE

LONG = 80
"""Width of a line, a Chinese character counting for two, from which it is long."""
SHINGLE, SKETCH = 5, 4
"""Letters of a shingle, and how many of the smallest hashes must agree in lines that are nearly the same."""
_WIDE = regex.compile(r"[\p{Han}\p{Kana}\p{Hangul}]", regex.V1)
_NO_LETTERS = regex.compile(r"[^\p{L}\d]+", regex.V1)
_CHECKED = (REMOVED, FILED, ALTERED)


class Suspicion(NamedTuple):
    """How likely a change is wrong: points, and what they were given for."""

    points: int
    reasons: tuple[str, ...]


class Group(NamedTuple):
    """Changes of one kind by one rule whose lines are nearly the same; the first stands for all."""

    kind: str
    rule: str
    suspicion: Suspicion
    changes: tuple[LineChange, ...]
    """Those that are listed."""
    size: int
    """How many there are."""

    @property
    def first(self) -> LineChange:
        """The change that is shown."""
        return self.changes[0]


class Weight(NamedTuple):
    """What is said of a change by itself."""

    suspicion: Suspicion
    sketch: tuple[int, ...]


def weight(change: LineChange) -> Weight:
    """Return the suspicion of a change, and the sketch of its line."""
    return Weight(suspicion(change), sketch(change.text))


def suspicion(change: LineChange) -> Suspicion:
    """Weigh a change. A line that went is suspicious where it looks like article, one that came where it does not.

    Points of a line that went: gold keeps it 12; inside the article 3; reads like an article's sentence 3, or else
    long 1 and with a sentence's end 1. Of one that came: gold leaves it out 4; outside the article 2; no sentence 2.
    A move changes no output and has none.
    """
    if change.kind == MOVED:
        return Suspicion(0, ())
    weighed = _of_removed(change) if change.kind in _CHECKED else _of_kept(change)
    found = [(points, reason) for points, holds, reason in weighed if holds]
    return Suspicion(sum(points for points, _ in found), tuple(reason for _, reason in found))


def _of_removed(change: LineChange) -> Iterator[tuple[int, bool, str]]:
    text = change.text
    sentence = reads_like_article(text)
    yield 12, change.gold == ARTICLE and change.kind == REMOVED, "gold keeps it"
    yield 3, change.inside, "inside the article"
    yield 3, sentence, "reads like a sentence of an article"
    yield 1, not sentence and _width(text) >= LONG, "long"
    yield 1, not sentence and ends_in_stop(text.rstrip(), FULL_STOPS), "ends like a sentence"


def _of_kept(change: LineChange) -> Iterator[tuple[int, bool, str]]:
    sentence = reads_like_article(change.text)
    yield 4, change.gold == NOT_ARTICLE and change.kind == KEPT, "gold leaves it out"
    yield 2, not change.inside, "outside the article"
    yield 2, not sentence and not ends_in_stop(change.text.rstrip(), FULL_STOPS), "no sentence"


def _width(text: str) -> int:
    return len(text) + len(_WIDE.findall(text))


def sketch(text: str) -> tuple[int, ...]:
    """Return what lines that are nearly the same have in common: the smallest hashes of their shingles.

    That is a bottom-k sketch (A. Broder, "On the resemblance and containment of documents", 1997), over letters with
    every number alike; lines too short for shingles are the same where their letters are.

    >>> sketch("Read 120 comments") == sketch("read 7 comments!")
    True
    """
    letters = _NO_LETTERS.sub("", with_numbers_alike(text.casefold()))
    raw = letters.encode("utf-32-le", "surrogatepass")  # four bytes a letter, so that shingles can be cut from it
    if len(letters) < 4 * SHINGLE:
        return (zlib.crc32(raw), len(letters))
    shingles = {raw[at : at + 4 * SHINGLE] for at in range(0, len(raw) - 4 * SHINGLE + 1, 4)}
    return tuple(heapq.nsmallest(SKETCH, map(zlib.crc32, shingles)))
