"""Adverts between the sentences of a paragraph: which of these they are confined to, so that the others stay."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ..prose import width
from .context import Context
from .model import Model, Score
from .spans import is_statement, sentences, states, windows

MOST = 1200
"""Characters above which no line is an advert as a whole."""
PROSE, _AT_HOME, _SURELY_PROSE = -1.4, -0.4, 100
"""The log odds below which what stands around them is prose: 9 of 10 paragraphs lie below in Chinese, 49 of 50 in
English, and a fifth of the beginnings of adverts. So some words of it must stand in the rest of the document too, or it
must be so wide."""
ANOTHER = 1.5
"""By how much each sentence more must widen the gap between an advert and what stands around it."""
LIKELY = -2.0
"""The log odds at a glance of sentences that are tried: the line as a whole looks like an advert already."""
_TRIED = 6
"""How many of the sentences that look most like an advert are tried."""


class Judge(NamedTuple):
    """What adverts are told by."""

    model: Model
    least: float
    """Log odds from which a line is one."""
    why: bool = False
    """Whether the reasons are wanted."""


class Found(NamedTuple):
    """An advert: the line, and from which character to which."""

    line: int
    start: int
    end: int
    score: Score
    whole: bool
    """Whether it is the line as a whole."""


def within(line: str, at: int, judge: Judge, context: Context) -> Found | None:
    """Return the sentences to which the advert is confined that makes a line, whose index is given, look like one as a
    whole; None where no prose stands around them.
    """
    places = windows(line)
    if not places:
        return None
    texts = [line[start:end].strip() for start, end, _ in places]
    seen = judge.model.at_a_glance(texts)
    likely = np.flatnonzero(seen.odds > LIKELY)
    scores = zip(likely.tolist(), judge.model.closely(texts, seen, likely, judge.why), strict=True)
    found = [(Found(at, *places[one][:2], score, False), places[one][2]) for one, score in scores]
    found = sorted([one for one in found if one[0].score.odds >= judge.least], key=_surest, reverse=True)[:_TRIED]
    rests = [without(line, part.start, part.end) for part, _ in found]
    best: tuple[float, Found] | None = None  # with by how much more of an advert it is than what stands around it
    for (part, count), rest, around in zip(found, rests, all_odds(rests, judge.model), strict=True):
        gap = part.score.odds - around - ANOTHER * (count - 1)
        at_home = width(rest) >= _SURELY_PROSE or is_statement(rest) or _is_between_statements(line, part)
        at_home = at_home or context.surer(rest) > _AT_HOME
        if at_home and around < PROSE and (best is None or gap > best[0]):
            best = gap, part
    return _trimmed(best[1], line, judge) if best else None


def _is_between_statements(line: str, part: Found) -> bool:
    """Whether sentences that state something stand before a part of a line and behind it."""
    return states(line[: part.start]) and states(line[part.end :])


def _trimmed(part: Found, line: str, judge: Judge) -> Found:
    """Return a part of a line without the sentences at its ends that state something, and are worded as prose is."""
    places = [(part.start + start, part.start + end) for start, end in sentences(line[part.start : part.end])]
    while len(places) > 1:
        ends = [places[0], places[-1]]
        found = all_odds([line[start:end] for start, end in ends], judge.model)
        own = [end for end, odd in zip(ends, found, strict=True) if odd < PROSE and states(line[slice(*end)])]
        if not own:
            break
        places.remove(own[0])
    return part._replace(start=places[0][0], end=places[-1][1])


def odds(text: str, model: Model) -> float:
    """Return the log odds that a text, taken for itself, is an advert."""
    return all_odds([text], model)[0]


def all_odds(texts: Sequence[str], model: Model) -> list[float]:
    """Return the log odds of some texts, 0 for an empty one."""
    full = [text.strip()[:MOST] or "-" for text in texts]
    if not full:
        return []
    scores = model.closely(full, model.at_a_glance(full), np.arange(len(full)))
    return [score.odds if text != "-" else 0.0 for text, score in zip(full, scores, strict=True)]


def without(line: str, start: int, end: int) -> str:
    """Return what is left of a line without a stretch of it."""
    return f"{line[:start].strip()} {line[end:].strip()}".strip()


def _surest(found: tuple[Found, int]) -> tuple[float, int]:
    """Return what sorts parts of a line, those last that are surer adverts, and of these the longer ones."""
    return found[0].score.odds, found[0].end - found[0].start
