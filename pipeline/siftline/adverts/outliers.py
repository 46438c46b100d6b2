"""How lines stand in their document: what somebody put into it says nothing of what the rest says, ends in other marks,
and offers something where nothing else does. A line that is not sure enough by itself goes where it stands out so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from ..late import late
from ..layout.gate import median
from ..prose import width
from . import cues
from .context import IN_QUOTES, Context, is_bare, words_in
from .folding import all_folded
from .screen import Screened

if TYPE_CHECKING:
    from .model import Model

SHORTEST, LONGEST = 4, 250
"""Characters of a line that can stand out."""
FEWEST, MOST = 5, 100
"""Lines, empty ones not counted, of a document that says what stands out of it: of a long one much does."""
MARKED, UNMARKED = -1.5, -1.0
"""The log odds at a glance from which a line is looked at, with and without something in it that adverts have."""
POSSIBLE, _LIKELY = -1.5, -0.5
"""The log odds at a close look from which a line can stand out, and from which it says nothing of the rest."""
REPEATED = 4
"""How many lines that differ in figures alone make a list."""
_STOPS = frozenset('.。!！?？…:：”»"」)）;；')
_WORD = late(re.compile, r"[^\W\d_]{3,}")
_STEM = 5
_RANKS = (0.5, 0.75, 0.9)
Floats = npt.NDArray[np.float32]
_UNKNOWN = -1.0
_NONE = -5.0
"""The log odds of a line that is not there."""
NAMES = (
    "leads somewhere", "odds", "odds at a glance", "is marked", "words known", "stems known", "words",
    "words in quotes", "ends as prose does", "width by the others",
    "likeliest other", "likelier neighbour", "adverts beside",
    "adverts in the document", "middle of the document", "upper quarter of the document", "upper tenth of the document",
    "share of the document that ends as prose does", "share of the document that is marked",
    "share of the document with contacts", "lines of the document", "size of the rest of the document",
)  # fmt: skip
"""What is measured of a line beside what a close look sees."""
COMPARED = ("words known", "stems known")
"""What of that takes long, in the same order."""
_COMPARED = [NAMES.index(name) for name in COMPARED]
_PLACED = [at for at in range(len(NAMES)) if at not in _COMPARED]


class Standing(NamedTuple):
    """Lines that could stand out of their document."""

    lines: list[int]
    """Their indices."""
    table: Floats
    """The measures of `NAMES`, and below them what a close look sees, (measures, lines)."""


class Asked(NamedTuple):
    """A document, and which of its lines are known as adverts."""

    lines: Sequence[str]
    screened: Screened
    adverts: Collection[int]


def standing(asked: Sequence[Asked], weights: Model, least: float | None = None) -> list[Standing]:
    """Return how those lines stand in their documents that could be adverts, but for those known as adverts; with
    `least` only those that could reach such log odds by that. To look at several documents takes less time than one by
    one.
    """
    around = [_Around([line.strip() for line in of.lines], of.screened, of.adverts) for of in asked]
    places = [(one, at) for one in around if FEWEST <= len(one.full) <= MOST for at in one.brief]
    if places:
        places, table = _possible(places, weights)
    if places:
        places, table = _standing(places, table, weights, least)
    own: dict[int, list[int]] = {id(one): [] for one in around}
    for which, (one, _) in enumerate(places):
        own[id(one)].append(which)
    return [Standing([places[at][1] for at in of], table[:, of]) if of else _NOTHING for of in own.values()]


def _possible(places: list[_Place], weights: Model) -> tuple[list[_Place], Floats]:
    """Return the lines that could stand out, and a table with what is known of them by themselves."""
    seen = weights.at_a_glance([around.texts[at] for around, at in places])
    marked = np.array([around.screened.marked[at] for around, at in places])
    near = np.flatnonzero(seen.odds > np.where(marked, MARKED, UNMARKED))
    for (around, at), odds in zip(places, seen.odds.tolist(), strict=True):
        around.glanced[at] = odds
    places = [places[which] for which in near.tolist()]
    measured = cues.table([around.texts[at] for around, at in places])
    table = np.concatenate([seen.table[:, near], measured])
    for (around, at), odds in zip(places, weights.odds(table).tolist(), strict=True):
        around.close[at] = odds
    asked = [which for which, (around, at) in enumerate(places) if around.asks_for(at)]
    found = np.zeros((len(NAMES) + len(table), len(asked)), np.float32)
    found[0], found[len(NAMES) :] = cues.leads(measured)[asked], table[:, asked]
    return [places[which] for which in asked], found


def _standing(places: list[_Place], table: Floats, weights: Model, least: float | None) -> tuple[list[_Place], Floats]:
    """Return those lines that could reach `least`, and their table, given with what is known of them by themselves.
    What takes long is measured only of them.
    """
    table[_PLACED[1:]] = np.array([[*around.placed(at)] for around, at in places], np.float32).T
    if least is not None:
        could = np.flatnonzero(weights.last_at_most(table) >= least).tolist()
        places, table = [places[at] for at in could], table[:, could]
    if places:
        table[_COMPARED] = np.array([around.shared(at) for around, at in places], np.float32).T
    return places, table


_NOTHING = Standing([], np.zeros((0, 0), np.float32))


@dataclass
class _Around:
    """The document that lines stand in."""

    texts: Sequence[str]
    screened: Screened
    adverts: Collection[int]
    glanced: dict[int, float] = field(default_factory=dict)
    """The log odds at a glance of the brief lines."""
    close: dict[int, float] = field(default_factory=dict)
    """Those at a close look of what could be an advert."""

    @cached_property
    def full(self) -> list[int]:
        """The lines that are not empty, and those of which an advert has gone."""
        return [at for at, text in enumerate(self.texts) if text or at in self.adverts]

    @cached_property
    def brief(self) -> list[int]:
        """The lines of the size of adverts."""
        return [at for at in self.full if SHORTEST <= len(self.texts[at]) <= LONGEST]

    def asks_for(self, at: int) -> bool:
        """Return whether a line could stand out: no known advert, nor code, a link, an item of a list, or one of many
        lines that differ in figures alone.
        """
        if self.close[at] <= POSSIBLE or at in self.adverts or is_bare(self.texts[at]):
            return False
        return not self._rest.in_a_list(at) and self._alike[self._folded[at]] < REPEATED

    def placed(self, at: int) -> Iterator[float]:
        """Yield what is measured of a line quickly, but for the first: where it stands in its document, and what is
        around it.
        """
        text, odds = self.texts[at], self.close[at]
        which = self._place[at]
        beside = {*self.full[max(0, which - 1) : which], *self.full[which + 1 : which + 2]}
        yield from (odds, self.glanced[at], self.screened.marked[at], words_in(text), bool(IN_QUOTES.search(text)))
        yield from (text[-1] in _STOPS, np.log(max(1, width(text)) / self._middling))
        yield self._likeliest[odds == self._likeliest[0]]
        yield max([self.close[other] for other in beside if other in self.close], default=_NONE)
        yield from (len(beside.intersection(self.adverts)), len(self.adverts), *self._whole)
        yield float(np.log1p(len(self._rest.rest) - (0 if at in self._likely else len(text.lower()))))

    def shared(self, at: int) -> tuple[float, float]:
        """Return which shares of a line's words, and of their beginnings, stand in the rest of the document."""
        text = self.texts[at].lower()
        own = "" if at in self._likely else text
        known, count = self._rest.known(text, own)
        stems = {word[:_STEM] for word in _WORD.findall(text)}
        met = sum([self._rest.has(stem, own) for stem in stems])
        return known / count if count else _UNKNOWN, met / len(stems) if stems else _UNKNOWN

    @cached_property
    def _place(self) -> dict[int, int]:
        return {at: which for which, at in enumerate(self.full)}

    @cached_property
    def _alike(self) -> Counter[str]:
        return Counter(self._folded.values())

    @cached_property
    def _folded(self) -> dict[int, str]:
        return dict(zip(self.close, all_folded([self.texts[at] for at in self.close]), strict=True))

    @cached_property
    def _others(self) -> list[int]:
        """The lines that are not known as adverts."""
        return [at for at in self.full if at not in self.adverts]

    @cached_property
    def _middling(self) -> float:
        return float(median(np.array([max(1, width(self.texts[at])) for at in self._others])))

    @cached_property
    def _whole(self) -> tuple[float, ...]:
        """What is measured of the document."""
        odds = np.sort([odds for at, odds in self.glanced.items() if at not in self.adverts])
        ranks = [float(odds[int(rank * (odds.size - 1))]) for rank in _RANKS]
        prose = sum([self.texts[at][-1] in _STOPS for at in self._others]) / len(self._others)
        marked, contact = (float(found[self._others].mean()) for found in self.screened[:2])
        return *ranks, prose, marked, contact, len(self.full)

    @cached_property
    def _likeliest(self) -> list[float]:
        """The log odds of the likeliest two."""
        return [*sorted(self.close.values(), reverse=True), _NONE][:2]

    @cached_property
    def _likely(self) -> set[int]:
        return {*self.adverts, *(at for at, odds in self.close.items() if odds > _LIKELY)}

    @cached_property
    def _rest(self) -> Context:
        return Context(self.texts, self._likely)


_Place = tuple[_Around, int]
"""A line, and what is around it."""
