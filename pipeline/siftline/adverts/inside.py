"""Adverts between the sentences of a paragraph: one to five of them that stand out of it.

What somebody put into a paragraph shares hardly a word with it, speaks to the reader where the other sentences tell of
somebody, and looks like an offer where they don't. A forest is asked how such sentences stand in their paragraph.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from ..late import late
from ..layout.gate import median
from ..prose import wide_characters
from . import cues
from .context import Context, is_bare
from .phrases import words_of
from .screen import Screened, screen
from .spans import Span, split

if TYPE_CHECKING:
    from .model import Model

SHORTEST, LONGEST, SHORTEST_REST = 8, 400, 10
"""Characters of such sentences at least and at most, and of what stands around them at least."""
_PARAGRAPH = 70
"""Bytes of UTF-8 of both at least: 24 Han, or 70 Latin letters."""
MOST, _SENTENCES = 5, 40
"""Of how many sentences an advert is at most, and how many of a paragraph are looked at, from its end on."""
GLANCE, MARKED, LED, WORST, CLOSE = -0.6, -1.0, -2.2, -3.0, 0.0
"""The log odds at a glance from which sentences are looked at closely; those of a line with something in it that
adverts have, and with a contact, from which those around it are tried; those of the least of them; and those at a close
look from which it is asked how they stand."""
_NEXT = late(re.compile, r"\s(?=[“«\"]?[A-ZА-ЯЁ][^\s.]*[\s,])(?<![.!?…。！？,;:—-]\s)")
"""Where a sentence can begin behind one without an end mark."""
_SENTENCE = late(re.compile, r"[“«\"]?[A-ZА-ЯЁ].{18,}[.!?…][\"”»]?$", re.S)
"""What stands there then."""
_UNFINISHED = frozenset(words_of("""
    a|an|the|of|in|on|at|to|for|with|and|or|but|from|by|as|is|was|were|are|be|you|i|we|he|she|they|it|that|this|his|her
    |their|my|your|our|its|who|which|some|no|not|if|than|mr|mrs|dr|said|says
    |и|в|на|с|у|к|о|от|до|за|по|для|не|что|как|но|или|а|из|это|его|её|их|мой|твой|ваш|наш
"""))  # fmt: skip
"""Words with which nothing ends."""
_JOINTS = frozenset(",，、;；(（")
_CELLS = 4
"""Upright strokes from which a line is a row of a table."""
_STOP = re.compile(r"[.。!！?？…][”»\"」』)）]?$")
_BEGINNING = re.compile(r"\W*[A-ZА-ЯЁ\d\u3400-\u9fff]")
_WORD = late(re.compile, r"[^\W\d_]{3,}")
_LATIN = late(re.compile, r"[a-zA-Z]")
_Quotes = Sequence[tuple[str, str]]
_QUOTES: _Quotes = (("“", "”"), ("«", "»"), ("「", "」"), ("『", "』"))
_STEM = 5
_UNKNOWN, _NONE = -1.0, -6.0
"""What is measured where there are no words, and the log odds of a sentence that is not there."""
NAMES = (
    "leads somewhere", "odds", "odds at a glance", "odds beside", "odds of the paragraph",
    "is marked", "is marked beside", "sentences inside", "least of them", "likeliest of them",
    "sentence before", "sentence behind", "likeliest beside", "mean beside", "middle beside", "is first", "is last",
    "ends before a capital", "size of what that leaves", "ends as prose does", "begins as prose does",
    "words known beside", "stems known beside", "words known around", "words",
    "width beside", "width by what is beside", "Latin beside",
    "likeliest elsewhere",
    "lines of the document",
)  # fmt: skip
"""What is measured of sentences beside what a close look sees: of themselves, of those beside them in their paragraph,
and of what is around it."""
COMPARED = (
    "odds beside", "odds of the paragraph", "is marked", "is marked beside",
    "words known beside", "stems known beside", "words known around",
)  # fmt: skip
"""What of that takes long, in the same order."""
_COMPARED = [NAMES.index(name) for name in COMPARED]
_PLACED = [at for at in range(3, len(NAMES)) if at not in _COMPARED]
Floats = npt.NDArray[np.float32]


class Least(NamedTuple):
    """Log odds of which one must be reached: those by how sentences stand in their paragraph, and by themselves."""

    standing: float
    alone: float


class Inside(NamedTuple):
    """Sentences that could be adverts between others."""

    spans: list[Span]
    table: Floats
    """The measures of `NAMES`, and below them what a close look sees, (measures, spans)."""


_EMPTY = np.zeros((0, 0), np.float32)


class Asked(NamedTuple):
    """A document, and the lines between whose sentences adverts are looked for."""

    lines: Sequence[str]
    at: Sequence[int]
    screened: Screened


class _Paragraph(NamedTuple):
    document: int
    line: int
    text: str
    places: list[tuple[int, int]]
    """From where to where its sentences go."""
    odds: Floats
    """Their log odds at a glance."""
    likely: list[bool]
    """Which of them could be of an advert."""


class _Window(NamedTuple):
    of: _Paragraph
    start: int
    end: int
    first: int
    """The number of its first sentence."""
    last: int
    left: str = ""
    """What is left of the last one, where the window ends before it does."""

    @property
    def text(self) -> str:
        return self.of.text[self.start : self.end].strip()

    @property
    def rest(self) -> str:
        """What stands beside it in its paragraph."""
        return f"{self.of.text[: self.start].strip()} {self.of.text[self.end :].strip()}".strip()


def inside(asked: Sequence[Asked], weights: Model, least: Least | None = None) -> list[Inside]:
    """Return the sentences of documents that could be adverts between others, and how they stand in their paragraph;
    with `least` only those that could reach it. To look at several documents takes less time than one by one.
    """
    windows = [window for paragraph in _paragraphs(asked, weights) for window in _windows(paragraph)]
    found, table = _possible(windows, weights)
    if found:
        found, table = _standing(found, [of.lines for of in asked], table, weights, least)
    spans = [Span(window.of.line, window.start, window.end) for window in found]
    cuts = np.searchsorted([window.of.document for window in found], range(len(asked) + 1)).tolist()
    return [Inside(spans[start:end], table[:, start:end]) for start, end in pairwise(cuts)]


def _possible(windows: Sequence[_Window], weights: Model) -> tuple[list[_Window], Floats]:
    """Return the windows that look like adverts by themselves, and a table with what is known of them by that."""
    if not windows:
        return [], _EMPTY
    texts = [window.text for window in windows]
    seen = weights.at_a_glance(texts)
    near = np.flatnonzero(seen.odds > GLANCE)
    measured = cues.table([texts[at] for at in near.tolist()])
    close = weights.odds(np.concatenate([seen.table[:, near], measured]))
    kept = [at for at in np.flatnonzero(close > CLOSE).tolist() if not is_bare(texts[near[at]])]
    of = near[kept]
    table = np.zeros((len(NAMES) + len(seen.table) + len(measured), len(kept)), np.float32)
    table[:3] = cues.leads(measured)[kept], close[kept], seen.odds[of]
    table[len(NAMES) :] = np.concatenate([seen.table[:, of], measured[:, kept]])
    return [windows[at] for at in of.tolist()], table


def _standing(
    windows: list[_Window], documents: Sequence[Sequence[str]], table: Floats, weights: Model, least: Least | None
) -> tuple[list[_Window], Floats]:
    """Return those windows that could reach `least`, and their table, given with what is known of them by themselves.
    What takes long is measured only of them.
    """
    close: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for window, odds in zip(windows, table[1].tolist(), strict=True):
        close[window.of.document].append((window.of.line, odds))
    around = {number: _Around(documents[number], of) for number, of in close.items()}
    table[_PLACED] = np.array([[*around[window.of.document].placed(window)] for window in windows], np.float32).T
    if least is not None:
        could = np.flatnonzero((weights.inside_at_most(table) >= least.standing) | (table[1] >= least.alone)).tolist()
        windows, table = [windows[at] for at in could], table[:, could]
    if windows:
        table[_COMPARED] = _compared(windows, around, weights)
    return windows, table


def _compared(windows: Sequence[_Window], around: Mapping[int, _Around], weights: Model) -> Floats:
    """Return the measures of `COMPARED`, (measures, windows)."""
    rests, whole = [window.rest for window in windows], [window.of.text.strip() for window in windows]
    known = [*dict.fromkeys([*rests, *whole])]  # windows share their paragraph, and often what is left of it
    of = dict(zip(known, weights.at_a_glance(known).odds, strict=True))
    odds = np.array([[of[text] for text in rests], [of[text] for text in whole]])
    marked = screen([*(window.text for window in windows), *rests]).marked.reshape(2, -1)
    shares = np.array([[*around[window.of.document].shared(window)] for window in windows], np.float32)
    return np.concatenate([odds, marked, shares.T], dtype=np.float32)


def _paragraphs(asked: Sequence[Asked], weights: Model) -> Iterator[_Paragraph]:
    """Yield the paragraphs of which a sentence could be of an advert."""
    long = [(number, at, of.lines[at]) for number, of in enumerate(asked) for at in of.at if _is_long(of.lines[at])]
    split_up = zip(long, split([text for *_, text in long]), strict=True)
    several = [(number, at, text, of[-_SENTENCES:]) for (number, at, text), of in split_up if len(of) > 1]
    if not several:
        return
    texts = [text[start:end].strip() for *_, text, places in several for start, end in places]
    ends = [*accumulate((len(places) for *_, places in several), initial=0)]
    odds = weights.at_a_glance(texts).odds
    least = np.array([_least(asked[number].screened, at) for number, at, *_ in several], np.float32)
    likely = odds > least.repeat(np.diff(ends))
    for which in dict.fromkeys(np.searchsorted(ends, np.flatnonzero(likely), "right").tolist()):
        number, at, text, places = several[which - 1]
        own = slice(ends[which - 1], ends[which])
        yield _Paragraph(number, at, text, places, odds[own], likely[own].tolist())


def _is_long(line: str) -> bool:
    if 4 * len(line) < _PARAGRAPH or line.count(" | ") >= _CELLS:
        return False
    return len(line) >= _PARAGRAPH or len(line.encode("utf-8", "surrogatepass")) >= _PARAGRAPH


def _least(screened: Screened, at: int) -> float:
    """Return the log odds at a glance from which sentences of a line could be of an advert."""
    if screened.contact[at]:
        return LED
    return MARKED if screened.marked[at] else GLANCE


def _windows(of: _Paragraph) -> Iterator[_Window]:
    """Yield the windows with a sentence in them that looks like an advert at a glance."""
    size = len(of.text.strip())
    prose = (of.odds < WORST).tolist()
    opened = _quotations(of)
    could_end = of.likely if _NEXT.search(of.text) else [False] * len(of.likely)  # inside a sentence
    for first, (start, _) in enumerate(of.places):
        if True not in of.likely[first : first + MOST] or opened[first] >= 0:
            continue
        for last in range(first, min(first + MOST, len(of.places))):
            if prose[last] and not of.likely[last]:
                break
            wide = of.places[last][1] - start
            fits = SHORTEST <= wide <= LONGEST and size - wide >= SHORTEST_REST
            if not (fits or could_end[last]) or True not in of.likely[first : last + 1]:
                continue
            if opened[last + 1] < start and not _goes_on(of.text[start : start + wide]):
                if fits:
                    yield _Window(of, start, start + wide, first, last)
                if could_end[last]:
                    yield from _cut_short(of, start, first, last)


def _quotations(of: _Paragraph) -> list[int]:
    """Return where the quotation begins that is open before each sentence, and behind the last; -1 where none is."""
    bounds = [of.places[0][0], *(end for _, end in of.places)]
    quotes = [pair for pair in _QUOTES if pair[0] in of.text]
    return [_opened(of.text, at, quotes) for at in bounds] if quotes else [-1] * len(bounds)


def _cut_short(of: _Paragraph, start: int, first: int, last: int) -> Iterator[_Window]:
    """Yield the windows that end inside their last sentence, where a sentence can begin."""
    begins, end = of.places[last]
    for cut in _NEXT.finditer(of.text, begins + SHORTEST, end):
        left = of.text[cut.end() : end].strip()
        if cut.end() - start > LONGEST or not _SENTENCE.match(left) or _opened(of.text, cut.start()) >= start:
            continue
        if not _goes_on(of.text[start : cut.start()]):
            yield _Window(of, start, cut.end(), first, last, left)


def _goes_on(text: str) -> bool:
    """Return whether what stands behind a text belongs to its last word or mark."""
    end = text.rstrip()
    return end[-1:] in _JOINTS or end[end.rfind(" ") + 1 :].lower() in _UNFINISHED


def _opened(text: str, end: int, quotes: _Quotes = _QUOTES) -> int:
    """Return where the quotation begins that is open at a place of a text, and -1 where none is.

    >>> _opened("He read: “Call now.", 19), _opened("“Call now,” he read.", 20)
    (9, -1)
    """
    last = [(text.rfind(opening, 0, end), text.rfind(closing, 0, end)) for opening, closing in quotes]
    return max([begins for begins, ends in last if begins > ends], default=-1)


@dataclass
class _Around:
    """The document that the windows stand in."""

    lines: Sequence[str]
    close: Sequence[tuple[int, float]]
    """The lines of the windows, and their log odds at a close look."""

    def placed(self, window: _Window) -> Iterator[float]:
        """Yield what is measured of a window quickly: where it stands in its paragraph, and how wide both are."""
        text, rest, odds = window.text, window.rest, window.of.odds.tolist()
        before, own, behind = odds[: window.first], odds[window.first : window.last + 1], odds[window.last + 1 :]
        yield from (len(own), min(own), max(own))
        yield before[-1] if before else _NONE
        yield behind[0] if behind else _NONE
        yield from _likely(before + behind)
        yield from (not before, not behind, bool(window.left), len(window.left) / 40)
        yield from (bool(_STOP.search(text[-2:])), bool(_BEGINNING.match(text)), len(_stems(text)))
        han, latin = _letters(text)
        others = [whole - own for whole, own in zip(_letters(window.of.text), (han, latin), strict=True)]
        wide = max(1, len(rest) + others[0])
        yield from (np.log(wide), np.log(max(1, len(text) + han) / wide))
        yield latin / len(text) - others[1] / max(1, len(rest))
        yield max([odds for at, odds in self.close if at != window.of.line], default=_NONE)
        yield self._size

    def shared(self, window: _Window) -> Iterator[float]:
        """Yield which shares of a window's words, and of their beginnings, stand beside it, and which share of the
        words around its paragraph.
        """
        text, stems, beside = window.text, _stems(window.text), Context([window.rest], ())
        yield _share(beside.known(text))
        yield sum([beside.has(stem) for stem in stems]) / len(stems) if stems else _UNKNOWN
        yield _share(self._document.known(text, window.of.text.lower()))

    @cached_property
    def _document(self) -> Context:
        return Context(self.lines, ())

    @cached_property
    def _size(self) -> int:
        return len([line for line in self.lines if line and not line.isspace()])


@lru_cache(256)
def _letters(text: str) -> tuple[int, int]:
    """Return how many wide characters a text has, and how many Latin letters; windows share their paragraph."""
    return wide_characters(text), len(_LATIN.findall(text))


def _likely(odds: list[float]) -> tuple[float, float, float]:
    """Return the greatest, the mean and the middle of some log odds."""
    if not odds:
        return _NONE, _NONE, _NONE
    array = np.array(odds, np.float32)
    return max(odds), float(np.add.reduce(array) / array.size), float(median(array))


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(text.lower())}


def _share(known: tuple[int, int]) -> float:
    return known[0] / known[1] if known[1] else _UNKNOWN
