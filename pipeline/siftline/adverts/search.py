"""Which lines of a document are adverts, and which paragraphs have one between their sentences."""

from __future__ import annotations

import re
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
from .context import IN_QUOTES, STRANGE, Context, is_bare
from .cues import NAMES as CUES
from .cues import serves
from .folding import folded
from .inside import Least, inside
from .model import GLANCE, Score
from .outliers import standing
from .parts import MOST, Found, Judge, all_odds, within, without
from .screen import Screened, screen
from .spans import SENTENCE_END, Span, sentences, states, windows

SHORTEST, LONGEST = 8, 250
"""Characters of a line that is looked at whatever stands in it. Adverts are short; a longer line is looked at where
there is a contact at its end."""
CONTACT = 0.7
"""By how much less sure it need be where a contact stands at the end: of lines that look like offers and are article
few have one."""
CONTACTLESS = 1.0
"""By how much surer it must be where none stands: two of three lines of real articles that would go have none, and one
advert of a hundred."""
QUOTED = 1.0
"""By how much surer besides where words stand in quotation marks, as an advert does in what is written about it."""
REPORTED = 1.0
"""The same for a line that says more than once who said it, or what came of it, as reports about adverts do."""
SERVICE = 2.0
"""The same for a sentence with its stop that serves the public: where to call, when the doors are open."""
REPEATED, USUAL = 4, 2.0
"""From how many lines on that differ in figures alone, as those of a shop's list, and by how much surer it must be of
them, and of code."""
PARAGRAPH, _SHORTEST_PARAGRAPH = 2.0, 200
"""By how much surer it must be of a line that makes a quarter of a text, and how wide such a line is at least."""
SENTENCES, _FEWEST_SENTENCES = 1.0, 2
"""The same for lines of so many whole sentences without a contact."""
BETWEEN = 0.6
"""The same for sentences of a paragraph: so much surer that of 40,000 sentences of articles one goes."""
AMID, BRIEF = 3.0, 60
"""The same for what looks like an advert by itself, amid brief sentences that state something, and how many characters
these have at most: of so brief a paragraph the forest has seen none."""
ALONGSIDE, NEXT, ALONE = 0.7, 1.2, 3.0
"""By how much less sure it need be of a line in a document in which there is another advert; of one right above or
below an advert; and of one there that is a contact and hardly more."""
_FULL = 1.0
"""How far `least` is raised at most by what other lines look like for a document in which more is looked for."""
UNMARKED = 0.8
"""By how much surer it must be of one there that has no contact and no word that offers use."""
CLOSER, LED = -2.0, -1.3
"""The log odds at a glance below which a line of such a document, and one with a contact elsewhere, is not looked at
again."""
_NARROW, _NOTHING_ELSE = 40, 20
"""How wide a line is at most that is a contact and hardly more, and one that is nothing else: it need be no less sure
for its contact, unless there is an advert above or below it."""
FEWEST, _ENOUGH = 4, 150
"""How many lines, at least and about, say what kind of document it is."""
_MIDDLE, _RISE = -2.0, 1.0
"""The log odds at a glance of the middle line of nearly every article, and by how much `least` rises for each by which
they are higher."""
SUSPECT, STANDING = 0.0, -0.2
"""The log odds of a line from which it is asked what stands out of a document without an advert, and by how much surer
it must be of what does."""
_SPOKEN = re.compile(r"[。！？.!?][”」』»].")
"""Speech that something follows: there a sentence need not end."""
_PRESS = re.compile(
    r"\W*(?:(?:media|press|pr) )?(?:contacts?|enquir(?:y|ies)|inquir(?:y|ies))\s?:[^@]{0,80}\w@\w"
    r"|\W*(?:媒体|新闻|媒體|新聞)(?:联系|聯絡|联络|发言)(?:人|方式)?\s?[:：][^@]{0,80}\w@\w"
    r"|\W*(?:контакт(?:ы|ное лицо)?|пресс-(?:служба|центр))(?: для (?:сми|прессы|журналистов))?\s?:[^@]{0,80}\w@\w",
    re.IGNORECASE,
)
"""Whom the press may write to, above or below a press release."""
_OFFICE = re.compile(r"[^\W\d_][\w .,'’&()-]{0,40}[,:]\s*\+\s?\d{1,3}(?:[\s().-]{1,2}\d{1,4}){2,5}")
"""A place or an office, and its telephone number as it is dialled from abroad."""
_ROUNDS = 3
"""How often a document with an advert in it is looked through again, for those next to what was found."""
MOSTLY, SURELY = -1.5, -3.6
"""The log odds from which what stands around an advert goes with it if the line as a whole looks like one, and those at
a glance below which a sentence is prose: of a line that holds one it must be as sure as ever."""


class _Piece(NamedTuple):
    """A line that is looked at."""

    line: int
    text: str


def search(lines: Sequence[str], judge: Judge, gone: Collection[int] = ()) -> list[Found]:
    """Return the adverts among the lines of a document, in order. A line that is gone already is empty here; `gone` has
    the indices of those that went as adverts.

    Whatever stands in a document full of offers is less likely put there by somebody else, so what its other lines
    look like raises the odds that are asked for. Where one advert is, there are often more: then lines are looked at
    that have nothing of an advert in them, and less is asked. At last it is asked what stands out of the document.
    """
    screened = screen(lines)
    pieces, contacts = _pieces(lines, screened)
    looking = _Looking(lines, judge, marked={piece.line for piece in pieces}, contacts=contacts)
    found = looking.inside(np.flatnonzero(screened.marked).tolist(), screened)
    found |= looking.among([piece for piece in pieces if piece.line not in found])
    if (found or gone) and looking.indulgence(found) <= _FULL:
        found |= looking.inside(np.flatnonzero(~screened.marked).tolist(), screened)
        looking.possible += looking.unmarked()
        for _ in range(_ROUNDS):
            looking.beside = _beside(lines, {*gone, *(at for at in found if found[at].whole)})
            looking.others = {*gone, *found}
            more = looking.among(list(looking.again()))
            found |= more
            if not more:
                break
    suspected = found or gone or any(score.odds > SUSPECT for score in looking.scores.values())
    if suspected and judge.model.last.names:  # which weights lack that are still being trained
        found |= _standing_out(lines, judge, screened, {*gone, *found})
    found = looking.rather_whole | found
    return [found[at] for at in sorted(found)]


def _standing_out(lines: Sequence[str], judge: Judge, screened: Screened, adverts: Collection[int]) -> dict[int, Found]:
    """Return what stands out of a document of which some lines are known as adverts, by its line; no line in which
    there could be prose beside an advert.
    """
    least = judge.least + STANDING
    stands = standing(lines, screened, adverts, judge.model, least)
    if not stands.lines:
        return {}
    scores = judge.model.standing_out(stands.table, judge.why)
    public = serves(stands.table[-len(CUES) :]).tolist()
    return {
        at: Found(at, 0, len(lines[at]), score, True)
        for at, score, serving in zip(stands.lines, scores, public, strict=True)
        if score.odds >= least and not (serving or _may_belong(lines[at]))
    }


def _may_belong(line: str) -> bool:
    """Whether there could be prose beside an advert in a line, or it names an office and its number."""
    return bool(windows(line) or _SPOKEN.search(line) or _OFFICE.fullmatch(line.strip()))


@dataclass
class _Looking:
    """A look through the lines of a document, and what is known of it by now."""

    lines: Sequence[str]
    judge: Judge
    others: Collection[int] = field(default=())
    """The lines that are adverts, once there are any; less is asked then."""
    beside: Collection[int] = field(default=())
    """The lines above and below one."""
    scores: dict[str, Score] = field(default_factory=dict)
    """What was found at a close look by now."""
    marked: Collection[int] = field(default=())
    """The lines in which there is something that adverts have."""
    contacts: Collection[int] = field(default=())
    """The lines in which there is a contact."""
    rather_whole: dict[int, Found] = field(default_factory=dict)
    """The sentences that stand out of lines whose rest looks like an advert too: they go if the line does not."""
    possible: list[_Piece] = field(default_factory=list)
    """What could be an advert where there is another one."""

    def unmarked(self) -> Iterator[_Piece]:
        """Yield the lines that look like adverts at a glance with nothing in them that adverts have; of a text that is
        not long, since there they stand near.
        """
        at, odds = self._looks
        if len(self.lines) <= _ENOUGH:
            for number in at[odds > GLANCE].tolist():
                if number not in self.marked:
                    yield _Piece(number, self.lines[number].strip())

    def inside(self, asked: Sequence[int], screened: Screened) -> dict[int, Found]:
        """Return the sentences that stand out of their paragraphs, by the line, of each the surest."""
        model = self.judge.model
        if not model.inside.names:  # which weights lack that are still being trained
            return {}
        least = Least(self.judge.least + BETWEEN, self.judge.least + AMID)
        between = inside(self.lines, asked, screened, model, least)
        if not between.spans:
            return {}
        scores = model.standing_inside(between.table, self.judge.why)
        surer = np.where(serves(between.table[-len(CUES) :]), SERVICE, 0.0).tolist()
        found: dict[int, Found] = {}
        for span, score, more, own in zip(between.spans, scores, surer, between.table[1].tolist(), strict=True):
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

    def again(self) -> Iterator[_Piece]:
        """Yield what is looked at once more where there is another advert: what could be one, and the lines beside."""
        left = [piece for piece in self.possible if piece.line not in self.others]
        yield from left
        for at in sorted({*self.beside} - {piece.line for piece in left}):
            if SHORTEST <= len(text := self.lines[at].strip()) <= LONGEST:
                yield _Piece(at, text)

    def among(self, pieces: Sequence[_Piece]) -> dict[int, Found]:
        """Return which pieces of text are adverts, by their lines."""
        if not pieces:
            return {}
        texts = [piece.text for piece in pieces]
        scores = self._scores(pieces, texts)
        near = {
            at: score
            for at, score in scores.items()
            if score.odds >= self.judge.least - CONTACT - self._ease(pieces[at], score)
        }
        if not near:
            return {}
        context = Context(self.lines, {*self.others, *(pieces[at].line for at in near)})
        folds = {at: folded(texts[at]) for at in (scores if len(scores) >= REPEATED else near)}
        met = Counter(folds.values())
        spares: dict[Found, float] = {}  # the log odds that it has over those it must have
        for at, score in near.items():
            plain = folds[at]
            spare = self._spare(pieces[at], score, context, (plain, met[plain]))
            if spare >= 0:
                line = pieces[at].line
                spares[Found(line, 0, len(self.lines[line]), score, True)] = spare
        return self._chosen(spares, context)

    def _scores(self, pieces: Sequence[_Piece], texts: Sequence[str]) -> dict[int, Score]:
        """Return the scores of those pieces that are worth a close look, by their indices."""
        seen = self.judge.model.at_a_glance(texts)
        doubtful = list(range(len(pieces)))
        if not self.others:
            glanced = list(zip(doubtful, pieces, seen.odds.tolist(), strict=True))
            self.possible = [piece for _, piece, odds in glanced if odds > CLOSER]
            doubtful = [at for at, piece, odds in glanced if odds > self._least_at_a_glance(piece)]
        new = [at for at in doubtful if texts[at] not in self.scores]
        found = self.judge.model.closely(texts, seen, np.array(new, np.intp), self.judge.why)
        self.scores |= {texts[at]: score for at, score in zip(new, found, strict=True)}
        return {at: self.scores[texts[at]] for at in doubtful}

    def _least_at_a_glance(self, piece: _Piece) -> float:
        return LED if piece.line in self.contacts else GLANCE

    def _spare(self, piece: _Piece, score: Score, context: Context, folds: tuple[str, int]) -> float:
        """Return by how many log odds a piece of text is more of an advert than it must be, negative if it is none;
        `folds` is the text folded, and how many pieces read so.
        """
        plain, met = folds
        talk = score.talks or is_talk(plain)
        surer = _surer(piece, context, score.leads and not talk, met) + (REPORTED if score.reports else 0.0)
        surer += SERVICE if score.serves and piece.text[-1] in "。." else 0.0
        over = score.odds - self.judge.least + self._ease(piece, score)
        strange = 0.0 if talk else STRANGE
        if over < max(-CONTACT, surer + strange):  # then the rest of the document need not be asked
            return -1.0
        return over - max(-CONTACT, surer + max(strange, context.surer(piece.text)))

    def _ease(self, piece: _Piece, score: Score) -> float:
        """Return by how much less sure it need be of a text for the adverts found by now, negative for surer."""
        if not self.others or (not score.leads and piece.line in self.marked and piece.text[-1] in "。."):
            return 0.0  # a sentence that leads nowhere may be the article's
        if windows(piece.text) and self._holds_prose(piece.text):
            return 0.0
        unmarked = UNMARKED if piece.line not in self.marked and not score.leads else 0.0
        if piece.line in self.beside:
            alone = score.leads and width(piece.text) <= _NARROW and not is_bare(piece.text)
            return ALONE if alone else NEXT - unmarked
        return ALONGSIDE - unmarked

    def _holds_prose(self, text: str) -> bool:
        """Return whether a sentence of a text looks nothing like an advert."""
        texts = [text[start:end].strip() for start, end in sentences(text)]
        return bool((self.judge.model.at_a_glance(texts).odds < SURELY).any())

    def _chosen(self, spares: dict[Found, float], context: Context) -> dict[int, Found]:
        """Return what goes of each line, of all that could."""
        more = self.indulgence() if spares else 0.0
        chosen: dict[int, Found] = {}
        for one, spare in spares.items():
            if spare >= more:
                taken = within(self.lines[one.line], one.line, self.judge, context) or one
                if taken is not one or spare - more >= _surer_of_prose(one, self.lines):
                    chosen[one.line] = taken
        return chosen

    def indulgence(self, found: Collection[int] = ()) -> float:
        """Return by how much `least` rises for what the lines of the document, but for those found, look like in the
        middle.
        """
        at, odds = self._looks
        others = odds if not found else odds[~np.isin(at, list(found))]
        return max(0.0, float(median(others)) - _MIDDLE) * _RISE if others.size >= FEWEST else 0.0

    @cached_property
    def _looks(self) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.float32]]:
        """The indices of lines that say what kind of document it is, and their log odds at a glance."""
        texts = [(at, text) for at, line in enumerate(self.lines) if SHORTEST <= len(text := line.strip()) <= LONGEST]
        texts = texts[:: 1 + len(texts) // (_ENOUGH + 1)]
        at = np.array([number for number, _ in texts], np.intp)
        return at, self.judge.model.at_a_glance([text for _, text in texts]).odds if texts else np.zeros(0, np.float32)


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


def _surer(piece: _Piece, context: Context, contact: bool, met: int) -> float:
    """Return by how much surer than usual it must be that a piece of text is an advert, negative for less, whatever
    the rest of the document says.
    """
    if is_bare(piece.text) or met >= REPEATED or context.in_a_list(piece.line):
        return USUAL
    if _PRESS.match(piece.text):
        return USUAL
    if _OFFICE.fullmatch(piece.text):
        return 2 * USUAL
    if contact:
        return 0.0 if width(piece.text) <= _NOTHING_ELSE else -CONTACT
    return CONTACTLESS + (QUOTED if IN_QUOTES.search(piece.text) else 0.0)


def _surer_of_prose(found: Found, lines: Sequence[str]) -> float:
    """Return by how much surer it must be of a whole line that is a paragraph."""
    text = lines[found.line].strip()
    if (wide := width(text)) > _SHORTEST_PARAGRAPH and wide > width("".join(lines)) / 4:
        return PARAGRAPH
    count = len(SENTENCE_END.findall(text[:-1])) + 1
    return SENTENCES if not found.score.leads and text[-1:] in "。.！!" and count >= _FEWEST_SENTENCES else 0.0


def _pieces(lines: Sequence[str], screened: Screened) -> tuple[list[_Piece], set[int]]:
    """Return the lines that can be adverts, and which lines have a contact."""
    marked, contact, at_end = screened
    ends = set(np.flatnonzero(at_end).tolist())
    whole = [
        _Piece(at, text)
        for at in np.flatnonzero(marked).tolist()
        if SHORTEST <= len(text := lines[at].strip()) <= LONGEST or (LONGEST < len(text) <= MOST and at in ends)
    ]
    return whole, set(np.flatnonzero(contact).tolist())
