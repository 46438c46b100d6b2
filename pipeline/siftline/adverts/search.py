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
_USUAL, _USUAL_HAN, _RISE = -12.0, -5.0, 0.3
"""The log odds at a glance of the middle line of nearly every article, of an alphabet and in Chinese, and by how much
`least` rises for each by which they are higher."""
_HAN = re.compile("[\u3400-\u9fff]")
_CONTACT = re.compile(
    r"@|https?:|www\.|\.(?:com|net|org|ru|cn)\b|t\.me|[+(]?\d[\d ()–-]{5,}\d|whats|telegr|телег|ват?сап|微信|[vV]信|QQ|加[vVＶ我微薇+]"
    r"|[薇威]信|扫码|私信|电话|电報|電話|line|賴|личк|директ|\bdm\b|inbox",
    re.IGNORECASE,
)
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


def search(lines: Sequence[str], model: Model, least: float) -> list[Found]:
    """Return the adverts among the lines of a document, in order; `least` is the log odds from which a line is one.

    A line that is gone already is empty here. Whatever stands in a document full of offers is less likely put there
    by somebody else, so the wording of its other lines raises `least`.
    """
    pieces = [_Piece(at, 0, text) for at, line in enumerate(lines) if (text := line.strip()) and _is_looked_at(text)]
    tails = [tail for at, line in enumerate(lines) for tail in _tails(at, line)]
    odds, worded = model.at_a_glance([piece.text for piece in (*pieces, *tails)])
    least += _indulgence(pieces, odds[: len(pieces)])
    found: dict[int, Found] = {}
    for at in np.flatnonzero(odds > GLANCE).tolist():
        piece, is_tail = (pieces[at], False) if at < len(pieces) else (tails[at - len(pieces)], True)
        if piece.line in found and not found[piece.line].start:
            continue
        score = model.closely(piece.text, float(worded[at]))
        if score.odds < least + (GLUED if is_tail else 0):
            continue
        if piece.line not in found or score.odds > found[piece.line].score.odds:
            found[piece.line] = Found(piece.line, piece.start, score)
    return [found[at] for at in sorted(found)]


def _is_looked_at(text: str) -> bool:
    size = len(text)
    return size >= SHORTEST and (size <= LONGEST or (size <= MOST and bool(_CONTACT.search(text, size - _END))))


def _tails(at: int, line: str) -> Iterator[_Piece]:
    """Yield the last sentence of a paragraph, the last two, and so on, where a contact is at the end."""
    text = line.rstrip()
    if len(text) < _SHORTEST_REST + _SHORTEST_TAIL or not _CONTACT.search(text, len(text) - _END):
        return
    ends = [match.end() for match in _SENTENCE_END.finditer(text, _SHORTEST_REST) if match.end() < len(text)]
    for start in reversed(ends[-_TAILS:]):
        if _SHORTEST_TAIL <= len(text) - start <= LONGEST:
            yield _Piece(at, start, text[start:])


def _indulgence(lines: Sequence[_Piece], odds: Floats) -> float:
    """Return by how much `least` rises for what the lines of a document look like in the middle."""
    if odds.size < FEWEST:
        return 0.0
    usual = _USUAL_HAN if any(_HAN.search(line.text) for line in lines[:10]) else _USUAL
    return max(0.0, float(np.median(odds)) - usual) * _RISE
