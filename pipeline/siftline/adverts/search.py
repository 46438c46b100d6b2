"""Which lines of a document are adverts, and which paragraphs have one between their sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ..layout.gate import median
from ..prose import width
from .contacts import is_talk
from .context import STRANGE, Context, is_bare
from .cues import NAMES as CUES
from .cues import serves
from .folding import all_folded
from .inside import Asked, Inside, Least, inside
from .masks import REASON, masked
from .model import GLANCE, Score
from .outliers import Asked as Known
from .outliers import standing
from .parts import MOST, Found, Judge, all_odds, within, without
from .screen import Screened, screen_all
from .spans import Span, sentences, states, windows
from .surer import CONTACT, REPEATED, Piece, may_belong, surer, surer_of_prose

SHORTEST, LONGEST = 8, 250
"""Characters of a line that is looked at whatever stands in it. Adverts are short; a longer line is looked at where
there is a contact at its end."""
REPORTED = 1.0
"""By how much surer it must be of a line that says more than once who said it, or what came of it, as reports about
adverts do."""
SERVICE = 2.0
"""The same for a sentence with its stop that serves the public: where to call, when the doors are open."""
BETWEEN = 0.45
"""The same for sentences of a paragraph: so much surer that of 40,000 sentences of articles one goes."""
AMID, BRIEF = 2.85, 60
"""The same for what looks like an advert by itself, amid brief sentences that state something, and how many characters
these have at most: of so brief a paragraph the forest has seen none."""
ALONGSIDE, NEXT, ALONE = 0.7, 1.2, 3.0
"""By how much less sure it need be of a line in a document in which there is another advert; of one right above or
below an advert; and of one there that is a contact and hardly more."""
MASKED = 4.0
"""The same of a line in disguise, see masks.py."""
_FULL = 1.0
"""How far `least` is raised at most by what other lines look like for a document in which more is looked for."""
UNMARKED = 0.8
"""By how much surer it must be of one there that has no contact and no word that offers use."""
CLOSER, LED = -2.0, -1.3
"""The log odds at a glance below which a line of such a document, and one with a contact elsewhere, is not looked at
again."""
_NARROW = 40
"""How wide a line is at most that is a contact and hardly more."""
FEWEST, _ENOUGH = 4, 150
"""How many lines, at least and about, say what kind of document it is."""
_MIDDLE, _RISE = -2.0, 1.0
"""The log odds at a glance of the middle line of nearly every article, and by how much `least` rises for each by which
they are higher."""
SUSPECT, STANDING = 0.0, -0.5
"""The log odds of a line from which it is asked what stands out of a document without an advert, and by how much surer
it must be of what does."""
_ROUNDS = 3
"""How often a document with an advert in it is looked through again, for those next to what was found."""
MOSTLY, SURELY = -0.9, -3.6
"""The log odds from which what stands around an advert goes with it if the line as a whole looks like one, and those at
a glance below which a sentence is prose: of a line that holds one it must be as sure as ever."""


class Subject(NamedTuple):
    """A document in which adverts are looked for."""

    lines: Sequence[str]
    """Its lines; one that is gone already is empty."""
    gone: Collection[int] = ()
    """The indices of those that went as adverts."""
    hidden: Collection[int] = ()
    """Those with hidden characters inside their words, see masks.py."""


def search(lines: Sequence[str], judge: Judge) -> list[Found]:
    """Return the adverts among the lines of a document, in order."""
    return search_all([Subject(lines)], judge)[0]


def search_all(documents: Sequence[Subject], judge: Judge) -> list[list[Found]]:
    """Return the same for several documents: to look at all of them at once takes less time than one by one.

    Whatever stands in a document full of offers is less likely put there by somebody else, so what its other lines
    look like raises the odds that are asked for. Where one advert is, there are often more: then lines are looked at
    that have nothing of an advert in them, and less is asked. At last it is asked what stands out of the document.
    """
    screened = screen_all([of.lines for of in documents])
    looking = [
        _Looking(of.lines, of.gone, judge, seen, masked(of.lines, of.hidden, seen))
        for of, seen in zip(documents, screened, strict=True)
    ]
    _look_inside(looking, judge, marked=True)
    pieces = [one.pieces() for one in looking]
    _look_closely(looking, pieces, judge)
    for one, own in zip(looking, pieces, strict=True):
        one.take(own)
    _look_on([one for one in looking if one.holds_adverts()], judge)
    suspected = [one for one in looking if one.is_suspected()]
    if suspected and judge.model.last.names:  # which weights lack that are still being trained
        _look_around(suspected, judge)
    return [[found[at] for at in sorted(found)] for found in (one.rather_whole | one.found for one in looking)]


def _look_inside(looking: Sequence[_Looking], judge: Judge, *, marked: bool) -> None:
    """Find the sentences that stand out of their paragraphs, in lines with something in them that adverts have, or in
    the others.
    """
    model, least = judge.model, Least(judge.least + BETWEEN, judge.least + AMID)
    if not model.inside.names:  # which weights lack that are still being trained
        return
    at = [np.flatnonzero(one.screened.marked == marked).tolist() for one in looking]
    asked = [Asked(one.lines, of, one.screened) for one, of in zip(looking, at, strict=True)]
    for one, between in zip(looking, inside(asked, model, least), strict=True):
        if between.spans:
            one.found |= one.inside(between, least)


def _look_closely(looking: Sequence[_Looking], asked: Sequence[Sequence[Piece]], judge: Judge) -> None:
    """Find the scores of those pieces that are worth a close look."""
    new = [
        [piece for piece in pieces if piece.text not in one.scores] for one, pieces in zip(looking, asked, strict=True)
    ]
    texts = [piece.text for pieces in new for piece in pieces]
    if not texts:
        return
    seen = judge.model.at_a_glance(texts)
    odds = iter(seen.odds.tolist())
    worth = [one.worth(piece, next(odds)) for one, pieces in zip(looking, new, strict=True) for piece in pieces]
    found = iter(judge.model.closely(texts, seen, np.flatnonzero(worth), judge.why))
    of_all = iter(worth)
    for one, pieces in zip(looking, new, strict=True):
        one.scores |= {piece.text: next(found) for piece in pieces if next(of_all)}


def _look_on(looking: Sequence[_Looking], judge: Judge) -> None:
    """Look through documents with an advert in them again, for what is next to it."""
    _look_inside(looking, judge, marked=False)
    for one in looking:
        one.possible += one.unmarked()
    for _ in range(_ROUNDS):
        asked = [list(one.again()) for one in looking]
        _look_closely(looking, asked, judge)
        _look_for_prose(looking, asked, judge)
        looking = [one for one, pieces in zip(looking, asked, strict=True) if one.take(pieces)]


def _look_for_prose(looking: Sequence[_Looking], asked: Sequence[Sequence[Piece]], judge: Judge) -> None:
    """Find in which of those pieces that are of several sentences one looks nothing like an advert."""
    parts = [
        (one, piece.text, piece.text[start:end].strip())
        for one, pieces in zip(looking, asked, strict=True)
        for piece in pieces
        if not one.is_own(piece)
        for start, end in _several_sentences(piece.text)
    ]
    if parts:
        odds = judge.model.at_a_glance([part for *_, part in parts]).odds.tolist()
        for (one, text, _), own in zip(parts, odds, strict=True):
            if own < SURELY:
                one.prose.add(text)


def _several_sentences(text: str) -> list[tuple[int, int]]:
    """Return the sentences of a text of which one could be an advert between the others."""
    places = sentences(text)
    return places if len(places) > 1 and windows(text) else []


def _look_around(looking: Sequence[_Looking], judge: Judge) -> None:
    """Find what stands out of documents, but no line in which there could be prose beside an advert."""
    least = judge.least + STANDING
    asked = [Known(one.lines, one.screened, {*one.gone, *one.found}) for one in looking]
    for one, stands in zip(looking, standing(asked, judge.model, least), strict=True):
        scores = judge.model.standing_out(stands.table, judge.why) if stands.lines else []
        public = serves(stands.table[-len(CUES) :]).tolist() if stands.lines else []
        for at, score, serving in zip(stands.lines, scores, public, strict=True):
            if score.odds >= least and not (serving or may_belong(one.lines[at])):
                one.found[at] = Found(at, 0, len(one.lines[at]), score, True)


@dataclass
class _Looking:
    """A look through the lines of a document, and what is known of it by now."""

    lines: Sequence[str]
    gone: Collection[int]
    judge: Judge
    screened: Screened
    masked: frozenset[int]
    """The lines in disguise."""
    found: dict[int, Found] = field(default_factory=dict)
    """The adverts that were found by now, by their lines."""
    others: Collection[int] = field(default=())
    """The lines that are adverts, once there are any; less is asked then."""
    beside: Collection[int] = field(default=())
    """The lines above and below one."""
    scores: dict[str, Score] = field(default_factory=dict)
    """What was found at a close look by now."""
    rather_whole: dict[int, Found] = field(default_factory=dict)
    """The sentences that stand out of lines whose rest looks like an advert too: they go if the line does not."""
    possible: list[Piece] = field(default_factory=list)
    """What could be an advert where there is another one."""
    prose: set[str] = field(default_factory=set)
    """The texts of which a sentence looks nothing like an advert."""

    def pieces(self) -> list[Piece]:
        """Return the lines that can be adverts, but for those in which one was found."""
        return [piece for piece in self._pieces if piece.line not in self.found]

    def take(self, pieces: Sequence[Piece]) -> bool:
        """Find which pieces are adverts, and return whether any is."""
        more = self.among(pieces)
        self.found |= more
        return bool(more)

    def holds_adverts(self) -> bool:
        """Whether there is an advert in the document, and it is not full of offers: then there may be more."""
        return bool(self.found or self.gone) and self.indulgence(self.found) <= _FULL

    def is_suspected(self) -> bool:
        """Whether there is an advert in the document, or something that looks like one."""
        return bool(self.found or self.gone) or any(score.odds > SUSPECT for score in self.scores.values())

    @cached_property
    def _pieces(self) -> list[Piece]:
        ends = {*self.masked, *np.flatnonzero(self.screened.at_end).tolist()}
        marked = sorted({*self.masked, *np.flatnonzero(self.screened.marked).tolist()})
        return [
            Piece(at, text)
            for at in marked
            if SHORTEST <= len(text := self.lines[at].strip()) <= LONGEST
            or (LONGEST < len(text) <= MOST and at in ends)
        ]

    @cached_property
    def _marked(self) -> set[int]:
        """The lines in which there is something that adverts have."""
        return {piece.line for piece in self._pieces}

    def unmarked(self) -> Iterator[Piece]:
        """Yield the lines that look like adverts at a glance with nothing in them that adverts have; of a text that is
        not long, since there they stand near.
        """
        at, odds = self._looks
        if len(self.lines) <= _ENOUGH:
            for number, of_line in zip(at, odds.tolist(), strict=True):
                if of_line > GLANCE and number not in self._marked:
                    yield Piece(number, self.lines[number].strip())

    def inside(self, between: Inside, least: Least) -> dict[int, Found]:
        """Return the sentences that stand out of their paragraphs, by the line, of each the surest."""
        model = self.judge.model
        scores = model.standing_inside(between.table, self.judge.why)
        public = np.where(serves(between.table[-len(CUES) :]), SERVICE, 0.0).tolist()
        found: dict[int, Found] = {}
        for span, score, more, own in zip(between.spans, scores, public, between.table[1].tolist(), strict=True):
            amid = own >= least.alone + more and self._is_amid_statements(span)
            if amid or score.odds >= least.standing + more:
                one = Found(*span, score, False)
                found[span.line] = max(found.get(span.line, one), one, key=lambda of: of.score.odds)
        rests = all_odds([without(self.lines[at], *found[at][1:3]) for at in found], model)
        whole = {at for at, rest in zip(found, rests, strict=True) if rest >= MOSTLY}
        self.rather_whole |= {at: found[at] for at in whole}
        return {at: one for at, one in found.items() if at not in whole}

    def _is_amid_statements(self, span: Span) -> bool:
        """Whether sentences that state something stand before a part of a line and behind it, and little besides."""
        line = self.lines[span.line]
        before, behind = line[: span.start], line[span.end :]
        return len(before) + len(behind) <= BRIEF and states(before) and states(behind)

    def again(self) -> Iterator[Piece]:
        """Yield what is looked at once more where there is another advert: what could be one, and the lines beside."""
        self.beside = _beside(self.lines, {*self.gone, *(at for at, one in self.found.items() if one.whole)})
        self.others = {*self.gone, *self.found}
        left = [piece for piece in self.possible if piece.line not in self.others]
        yield from left
        for at in sorted({*self.beside} - {piece.line for piece in left}):
            if SHORTEST <= len(text := self.lines[at].strip()) <= LONGEST:
                yield Piece(at, text)

    def among(self, pieces: Sequence[Piece]) -> dict[int, Found]:
        """Return which pieces of text are adverts, by their lines; those worth a close look have their scores."""
        scores = {at: self.scores[piece.text] for at, piece in enumerate(pieces) if piece.text in self.scores}
        near = {
            at: score
            for at, score in scores.items()
            if score.odds >= self.judge.least - CONTACT - self._ease(pieces[at], score)
        }
        if not near:
            return {}
        context = Context(self.lines, {*self.others, *(pieces[at].line for at in near)})
        alike = scores if len(scores) >= REPEATED else near
        folds = dict(zip(alike, all_folded([pieces[at].text for at in alike]), strict=True))
        met = Counter(folds.values())
        spares: dict[Found, float] = {}  # the log odds that it has over those it must have
        for at, score in near.items():
            plain = folds[at]
            spare = self._spare(pieces[at], score, context, (plain, met[plain]))
            if spare >= 0:
                line = pieces[at].line
                reasons = (REASON, *score.reasons[:-1]) if score.reasons and line in self.masked else score.reasons
                whole = Found(line, 0, len(self.lines[line]), score._replace(reasons=reasons), True)
                spares[whole] = spare
        return self._chosen(spares, context)

    def worth(self, piece: Piece, odds: float) -> bool:
        """Whether a piece with such log odds at a glance is worth a close look."""
        if self.others or piece.line in self.masked:
            return True
        if odds > CLOSER:
            self.possible.append(piece)
        return odds > (LED if self.screened.contact[piece.line] else GLANCE)

    def _spare(self, piece: Piece, score: Score, context: Context, folds: tuple[str, int]) -> float:
        """Return by how many log odds a piece of text is more of an advert than it must be, negative if it is none;
        `folds` is the text folded, and how many pieces read so.
        """
        plain, met = folds
        talk = score.talks or is_talk(plain)
        more = surer(piece, context, score.leads and not talk, met) + (REPORTED if score.reports else 0.0)
        more += SERVICE if score.serves and piece.text[-1] in "。." else 0.0
        over = score.odds - self.judge.least + self._ease(piece, score)
        strange = 0.0 if talk else STRANGE
        if over < max(-CONTACT, more + strange):  # then the rest of the document need not be asked
            return -1.0
        return over - max(-CONTACT, more + max(strange, context.surer(piece.text)))

    def _ease(self, piece: Piece, score: Score) -> float:
        """Return by how much less sure it need be of a text for its disguise, or for the adverts found by now."""
        if piece.line in self.masked:
            return MASKED
        if not self.others or self.is_own(piece) or piece.text in self.prose:
            return 0.0
        unmarked = UNMARKED if piece.line not in self._marked and not score.leads else 0.0
        if piece.line in self.beside:
            alone = score.leads and width(piece.text) <= _NARROW and not is_bare(piece.text)
            return ALONE if alone else NEXT - unmarked
        return ALONGSIDE - unmarked

    def is_own(self, piece: Piece) -> bool:
        """Whether a piece may be the article's: a sentence that leads nowhere."""
        return not self.scores[piece.text].leads and piece.line in self._marked and piece.text[-1] in "。."

    def _chosen(self, spares: dict[Found, float], context: Context) -> dict[int, Found]:
        """Return what goes of each line, of all that could."""
        more = self.indulgence() if spares else 0.0
        chosen: dict[int, Found] = {}
        for one, spare in spares.items():
            if spare >= more:
                taken = within(self.lines[one.line], one.line, self.judge, context) or one
                if taken is not one or spare - more >= surer_of_prose(one, self.lines):
                    chosen[one.line] = taken
        return chosen

    def indulgence(self, found: Collection[int] = ()) -> float:
        """Return by how much `least` rises for what the lines of the document, but for those found, look like in the
        middle.
        """
        at, odds = self._looks
        others = odds[[which for which, number in enumerate(at) if number not in found]] if found else odds
        return max(0.0, float(median(others)) - _MIDDLE) * _RISE if others.size >= FEWEST else 0.0

    @cached_property
    def _looks(self) -> tuple[list[int], npt.NDArray[np.float32]]:
        """The indices of lines that say what kind of document it is, and their log odds at a glance."""
        texts = [(at, text) for at, line in enumerate(self.lines) if SHORTEST <= len(text := line.strip()) <= LONGEST]
        texts = texts[:: 1 + len(texts) // (_ENOUGH + 1)]
        if not texts:
            return [], np.zeros(0, np.float32)
        return [at for at, _ in texts], self.judge.model.at_a_glance([text for _, text in texts]).odds


def _beside(lines: Sequence[str], at: Collection[int]) -> set[int]:
    """Return the lines right above and below others, past empty ones.

    >>> sorted(_beside(["a", "", "advert", "b"], {2}))
    [0, 3]
    """
    full = [number for number, line in enumerate(lines) if line.strip() or number in at]
    place = {number: which for which, number in enumerate(full)}
    around = {
        full[which] for number in at for which in (place[number] - 1, place[number] + 1) if 0 <= which < len(full)
    }
    return around - set(at)
