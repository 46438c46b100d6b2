"""Which lines of a document are adverts, and which paragraphs have one glued to their end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from .model import GLANCE, Floats, Model, Score

SHORTEST, LONGEST = 8, 250
"""Characters of a line that is looked at whatever stands in it. Adverts are short; a longer line is looked at where
there is a contact at its end."""
MOST = 1200
"""Characters above which no line is an advert as a whole."""
_END = 100
"""Characters from the end in which that contact stands."""
_TAILS, _SHORTEST_TAIL, _SHORTEST_REST = 3, 12, 30
"""How many sentences from the end an advert glued to a paragraph has at most, and the characters that it, and the
paragraph before it, have at least."""
GLUED = 2.0
"""By how much surer it must be that sentences inside a paragraph are an advert than that a line is one."""
FEWEST = 4
"""Lines that say what kind of document it is."""
_USUAL, _RISE = -2.0, 1.0
"""The log odds at a glance of the middle line of nearly every article, and by how much `least` rises for each by which
they are higher."""
_MARKS = (
    "@", "http", "www.", ".com", ".net", ".ru", ".cn", "t.me", "whats", "telegr", "телег", "тсап", "dm me", "微信", "薇信",
    "qq", "加我", "加v", "扫码", "私信", "电话", "電話", "賴", "личк",
)  # fmt: skip
"""What a contact has in it, in lower case."""
_NUMBER = re.compile(r"\d(?:[ ()–-]?\d){6}")
_SENTENCE_END = re.compile(r"(?<=[。！？])(?![”」』）\"'])|(?<=[.!?…])[\"”»]?\s+(?=[^\Wa-zа-я_]|[^\w\s]|\d)")


class Found(NamedTuple):
    """An advert: the line, and from which character on."""

    line: int
    start: int
    score: Score


class _Piece(NamedTuple):
    line: int
    start: int
    text: str


def search(lines: Sequence[str], model: Model, least: float, why: bool = False) -> list[Found]:
    """Return the adverts among the lines of a document, in order, with `why` also the reasons; `least` is the log odds
    from which a line is one. A line that is gone already is empty here.

    Whatever stands in a document full of offers is less likely put there by somebody else, so what its other lines
    look like raises `least`.
    """
    pieces = [_Piece(at, 0, text) for at, line in enumerate(lines) if (text := line.strip()) and _is_looked_at(text)]
    whole = len(pieces)
    pieces += [tail for at, line in enumerate(lines) for tail in _tails(at, line)]
    if not pieces:
        return []
    texts = [piece.text for piece in pieces]
    seen = model.at_a_glance(texts)
    doubtful = np.flatnonzero(seen.odds > GLANCE)
    scores = model.closely(texts, seen, doubtful, why)
    if not any([score.odds >= least for score in scores]):
        return []
    least += _indulgence(seen.odds[:whole])
    found: dict[int, Found] = {}
    for at, score in zip(doubtful.tolist(), scores, strict=True):
        line, start, _ = pieces[at]
        sure = score.odds >= least + (GLUED if at >= whole else 0.0)
        if sure and (line not in found or (found[line].start and score.odds > found[line].score.odds)):
            found[line] = Found(line, start, score)
    return [found[at] for at in sorted(found)]


def _is_looked_at(text: str) -> bool:
    size = len(text)
    return size >= SHORTEST and (size <= LONGEST or (size <= MOST and _has_contact(text[-_END:])))


def _has_contact(text: str) -> bool:
    small = text.lower()
    return any([mark in small for mark in _MARKS]) or bool(_NUMBER.search(small))


def _tails(at: int, line: str) -> Iterator[_Piece]:
    """Yield the last sentence of a paragraph, the last two, and so on, where a contact is at the end."""
    text = line.rstrip()
    if len(text) < _SHORTEST_REST + _SHORTEST_TAIL or not _has_contact(text[-_END:]):
        return
    ends = [match.end() for match in _SENTENCE_END.finditer(text, _SHORTEST_REST) if match.end() < len(text)]
    for start in reversed(ends[-_TAILS:]):
        if _SHORTEST_TAIL <= len(text) - start <= LONGEST:
            yield _Piece(at, start, text[start:])


def _indulgence(odds: Floats) -> float:
    """Return by how much `least` rises for what the lines of a document look like in the middle."""
    return max(0.0, float(np.median(odds)) - _USUAL) * _RISE if odds.size >= FEWEST else 0.0
