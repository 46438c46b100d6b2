"""Which line of a text is the headline of its article, where no label and no markup says so.

A headline has its words from the article, stands not far above its prose, often over a date, and is as long as
headlines are. Each line that may be one is weighed against the others, and against there being none.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from math import exp, log, log1p
from typing import NamedTuple

import regex

from . import fields
from .document import ARTICLE_ROLES, Document, is_blank
from .prose import is_sentence, width

WEIGHTS = {
    "none": 1.8, "worded as the article": 1.0, "worded as what follows": 1.7, "lines to the prose": -0.7,
    "dated": 1.9, "repeated": 1.0, "prose above": -2.5, "of a headline's length": 0.9, "list mark": -1.6,
    "words": 0.7, "next to the prose": -1.1, "very short": -1.3, "lines above": -0.4, "first of all": 1.3,
}  # fmt: skip
"""What each sign adds to the logarithm of the odds: a conditional logit among the lines of a text.

Fitted to 394 pages whose markup names the headline, to their articles with and without it, and to what extractors
made of them. With sites held out in turn, 82 % of the lines taken from whole pages are the markup's headline (half of
the others are one too, in other words), and 99 % of those taken where it stands on top of the article."""
LIKELY = 0.5
"""Share of the odds that a line needs to be taken."""

_MOST_PROSE = 1200
"""Width of the prose above a line (see prose.width) beyond which it is no headline."""
_READ = 4800
"""Width of the prose that is read for its words."""
_FARTHEST = 40
"""Lines between a headline and its prose."""
_FOLLOWING = 3
_FULL = 12
"""Words of a line at which more say nothing."""
_SHORT_DATE, _LONGEST_REPEAT = 80, 400
_POSSIBLE, _USUAL, _SHORT = range(8, 161), range(24, 111), 14
"""Widths that a headline can have, that most have, and below which there are few."""
_LONGEST, _CLOSERS = 400, 6
_FIRST_WIDE = "\u3040"
_BYLINES = frozenset({"date", "source", "author"})
_CLOSED = regex.compile(r"[。．；;，,、.:：][”’\"'」』）)]*+$", regex.V1)
_NAVIGATION = regex.compile(
    r"^\s*(?:[—–―]|[一二三四五六七八九十]{1,3}[、.．]|第.{1,4}[章节節]|\d{1,2}[.、)])"
    r"|^\s*(?i:credit|source|photo|image|updated?|posted|published|by)\b"
    r"|\s[>|｜»·•]\s|[>»]{1,2}\s*\p{L}|https?://|@\w|^\W*+$",
    regex.V1,
)
_ASKED = "?？!！"
_INNER_STOP = regex.compile(r"[。！？;；]|[.!?]\s", regex.V1)
_LIST = regex.compile(r"\s*+[•·*◦▪●○■□-]\s", regex.V1)
_WORD = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]++|[^\W_\p{Han}\p{Hiragana}\p{Katakana}]{3,}+|\d++", regex.V1)
_EMPTY_WORDS = frozenset({
    "the", "and", "for", "are", "with", "from", "how", "what", "why", "your", "you", "its", "that", "this", "new",
    "was", "not", "has", "have", "but", "что", "как", "для", "это", "или", "der", "die", "das", "und", "les", "des",
    "del", "los", "una", "por", "para",
})  # fmt: skip
"""Words that say nothing of a text's matter."""


class Headline(NamedTuple):
    """A line taken for the headline, and how sure that is, from 0 to 1."""

    line: int
    sure: float


class _Place(NamedTuple):
    """A line that may be the headline, and what stands above it in its language."""

    line: int
    text: str
    filled: int
    """Lines with text, up to and with this one."""
    sentences: int
    width: int
    """Width of those sentences."""
    first: bool
    """Whether nothing stands above it, in any language."""


@dataclass
class _Top:
    """The top of a document in one language: the lines that may be its headline, and the sentences under them."""

    places: list[_Place]
    texts: list[str]
    """The sentences, in lower case."""
    filled: list[int]
    """Lines with text up to each sentence."""

    @cached_property
    def whole(self) -> str:
        """All the sentences."""
        return "\n".join(self.texts)

    def gap(self, place: _Place) -> int:
        """Return how many lines stand between a line and the next sentence."""
        return self.filled[place.sentences] - place.filled - 1 if place.sentences < len(self.filled) else _FARTHEST + 1


def find(doc: Document, lang: str) -> Headline | None:
    r"""Return the line that most likely is the headline of the article in a language, if one is likely enough.

    >>> prose = "The bridge over the bay is made of ice, and every May it melts."
    >>> doc = Document.of("\n".join(["Home", "A bridge made of ice", "2 May 2020", prose]))
    >>> find(doc, "und").line
    1
    """
    top = _survey(doc, lang)
    worths = [(_worth(top, place), place) for place in top.places if top.gap(place) <= _FARTHEST]
    if not worths:
        return None
    least = max(WEIGHTS["none"], max(worths)[0]) - WEIGHTS["dated"] - WEIGHTS["repeated"]
    whole = "\n".join([line.text for line in doc.lines if len(line.text) <= _LONGEST_REPEAT]).casefold()
    odds = [exp(worth + _beside(doc, place, whole) if worth >= least else worth) for worth, place in worths]
    best = max(range(len(odds)), key=odds.__getitem__)
    sure = odds[best] / (sum(odds) + exp(WEIGHTS["none"]))
    return Headline(worths[best][1].line, sure) if sure >= LIKELY else None


def _survey(doc: Document, lang: str) -> _Top:
    top = _Top([], [], [])
    filled = prose = 0
    for at, (text, _, role, own) in enumerate(doc.lines):
        if own != lang or role not in ARTICLE_ROLES or is_blank(text):
            continue
        filled += 1
        if _is_prose(text):
            top.texts.append(text.casefold())
            top.filled.append(filled)
            prose += width(text)
            if prose > _READ:
                break
        elif prose <= _MOST_PROSE and len(text) <= _LONGEST and _may_be_headline(text.strip()):
            first = filled == 1 and not any(line.text.strip() for line in doc.lines[:at])
            top.places.append(_Place(at, text, filled, len(top.texts), prose, first))
    return top


def _is_prose(text: str) -> bool:
    """Whether a line is a sentence, and more than one question or exclamation, which a headline may be."""
    if not is_sentence(text):
        return False
    text = text.strip()
    return text[-1] not in _ASKED or bool(_INNER_STOP.search(text, 0, len(text) - 1))


def _may_be_headline(text: str) -> bool:
    if width(text) not in _POSSIBLE or _CLOSED.search(text, max(0, len(text) - _CLOSERS)):
        return False
    return not _NAVIGATION.search(text) and any(map(str.isalpha, text))


def _worth(top: _Top, place: _Place) -> float:
    """Return what a line's own signs, and its place above the prose, add to the logarithm of its odds."""
    words, wide, gap = _words(place.text), width(place.text), top.gap(place)
    worth = WEIGHTS["words"] * min(len(words), _FULL) / _FULL
    if words:
        following = "\n".join(top.texts[place.sentences : place.sentences + _FOLLOWING])
        worth += WEIGHTS["worded as the article"] * sum([word in top.whole for word in words]) / len(words)
        worth += WEIGHTS["worded as what follows"] * sum([word in following for word in words]) / len(words)
    worth += WEIGHTS["lines to the prose"] * log1p(gap) + WEIGHTS["next to the prose"] * (gap == 0)
    worth += WEIGHTS["lines above"] * log(place.filled) + WEIGHTS["prose above"] * place.width / _MOST_PROSE
    worth += WEIGHTS["of a headline's length"] * (wide in _USUAL) + WEIGHTS["very short"] * (wide < _SHORT)
    return worth + WEIGHTS["list mark"] * bool(_LIST.match(place.text)) + WEIGHTS["first of all"] * place.first


def _beside(doc: Document, place: _Place, whole: str) -> float:
    """Return what the lines around a line add: a date below it, or its text once more."""
    repeated = whole.count(place.text.strip().casefold()) > 1
    return WEIGHTS["dated"] * _is_dated(doc, place.line) + WEIGHTS["repeated"] * repeated


def _words(text: str) -> set[str]:
    """Return the words of a line that say something, in lower case; of Chinese and Japanese, pairs of characters."""
    words: set[str] = set()
    for found in _WORD.findall(text.casefold()):
        if found[0] >= _FIRST_WIDE:
            words.update(found[n : n + 2] for n in range(max(1, len(found) - 1)))
        elif found not in _EMPTY_WORDS:
            words.add(found)
    return words


def _is_dated(doc: Document, at: int) -> bool:
    """Whether a date, a byline or a source stands in the three filled lines below."""
    below = islice((line for line in doc.lines[at + 1 : at + 10] if line.text.strip()), 3)
    return any(line.role in _BYLINES or (len(line.text) < _SHORT_DATE and fields.iso_date(line.text)) for line in below)
