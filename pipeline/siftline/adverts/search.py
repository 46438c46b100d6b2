"""Which lines of a document are adverts, and which paragraphs have one glued to their end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from .folding import folded
from .model import GLANCE, Model, Score
from .screen import screen

SHORTEST, LONGEST = 8, 250
"""Characters of a line that is looked at whatever stands in it. Adverts are short; a longer line is looked at where
there is a contact at its end."""
MOST = 1200
"""Characters above which no line is an advert as a whole."""
_TAILS, _SHORTEST_TAIL, _SHORTEST_REST = 3, 12, 30
"""How many sentences from the end an advert glued to a paragraph has at most, and the characters that it, and the
paragraph before it, have at least."""
CONTACT = 0.7
"""By how much less sure it need be where a contact stands at the end: of lines that look like offers and are article
few have one."""
CONTACTLESS = 1.0
"""By how much surer it must be where none stands: two of three lines of real articles that would go have none, and one
advert of a hundred."""
REPEATED, USUAL = 4, 2.0
"""From how many lines on that differ in figures alone, as those of a shop's list, and by how much surer it must be of
them, and of code."""
GLUED = 1.5
"""By how much surer it must be that sentences at the end of a paragraph are an advert, if the paragraph as a whole is
none."""
PROSE = -2.3
"""The log odds below which what stands above them is prose: 19 of 20 paragraphs lie below, and a quarter of the
beginnings of adverts."""
FEWEST, _ENOUGH = 4, 300
"""How many lines, at least and at most, say what kind of document it is."""
_MIDDLE, _RISE = -2.0, 1.0
"""The log odds at a glance of the middle line of nearly every article, and by how much `least` rises for each by which
they are higher."""
_CODE = re.compile(r"^(?:[@#>{<]|\$\s)|<https?:|[(){}\[\]=]{2}|@v?\d+\.|\w\(\d|=>")
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
    marked, contact = screen(lines)
    pieces = [_Piece(at, 0, lines[at].strip()) for at in np.flatnonzero(marked).tolist()]
    pieces = [piece for piece in pieces if SHORTEST <= len(piece.text) <= (MOST if contact[piece.line] else LONGEST)]
    pieces += [tail for at in np.flatnonzero(contact).tolist() for tail in _tails(at, lines[at])]
    if not pieces:
        return []
    texts = [piece.text for piece in pieces]
    seen = model.at_a_glance(texts)
    doubtful = np.flatnonzero(seen.odds > GLANCE)
    scores = model.closely(texts, seen, doubtful, why)
    if not any(score.odds >= least - CONTACT for score in scores):
        return []
    met = Counter(folded(texts[at]) for at in doubtful.tolist())
    found: list[tuple[Found, float]] = []  # with the log odds that its line must have
    for at, score in zip(doubtful.tolist(), scores, strict=True):
        line, start, text = pieces[at]
        usual = bool(_CODE.search(text)) or met[folded(text)] >= REPEATED
        wanted = least + (USUAL if usual else -CONTACT if contact[line] else CONTACTLESS)
        if score.odds >= wanted:
            found.append((Found(line, start, score), wanted))
    if not found:
        return []
    more = _indulgence(lines, model)
    likely: dict[int, list[Found]] = {}
    for one, wanted in found:
        if one.score.odds >= wanted + more:
            likely.setdefault(one.line, []).append(one)
    chosen = (_choose(likely[at], lines[at], model, least + more) for at in sorted(likely))
    return [one for one in chosen if one]


def _choose(found: Sequence[Found], line: str, model: Model, least: float) -> Found | None:
    """Return what goes of a line that is an advert as a whole, or in its last sentences, or both: those sentences
    alone where what stands above them is prose.
    """
    whole = next((one for one in found if not one.start), None)
    for tail in sorted((one for one in found if one.start), reverse=True):
        rest = line[: tail.start].strip()
        [score] = model.closely([rest], model.at_a_glance([rest]), np.zeros(1, np.intp))
        if score.odds < PROSE and (whole or tail.score.odds >= least + GLUED):
            return tail
    return whole


def _tails(at: int, line: str) -> Iterator[_Piece]:
    """Yield the last sentence of a paragraph, the last two, and so on, where a contact is at the end."""
    text = line.rstrip()
    ends = [match.end() for match in _SENTENCE_END.finditer(text, _SHORTEST_REST) if match.end() < len(text)]
    for start in reversed(ends[-_TAILS:]):
        if _SHORTEST_TAIL <= len(text) - start <= LONGEST:
            yield _Piece(at, start, text[start:])


def _indulgence(lines: Sequence[str], model: Model) -> float:
    """Return by how much `least` rises for what the lines of a document look like in the middle."""
    texts = [text for line in lines if SHORTEST <= len(text := line.strip()) <= LONGEST][:_ENOUGH]
    if len(texts) < FEWEST:
        return 0.0
    return max(0.0, float(np.median(model.at_a_glance(texts).odds)) - _MIDDLE) * _RISE
