"""Which line of a text is the headline of its article, where no label and no markup says so.

A headline has its words from the article, stands not far above its prose, often over a date, and is as long as
headlines are. Each line that may be one is weighed against the others, and against there being none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from math import exp, log, log1p
from typing import NamedTuple

import regex

from . import fields
from .document import ARTICLE_ROLES, Document, is_blank
from .late import late
from .prose import ends_with, is_sentence, width

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
_USUAL, _SHORT = range(24, 111), 14
"""Widths of a headline, and of what is too short to be one."""
_FIRST_WIDE = "\u3040"
_BYLINES = frozenset({"date", "source", "author"})
_STOPS, _CLOSING = "。．；;，,、.:：", "”’\"'」』）)"
_LABEL = late(
    regex.compile,
    r"[—–―]|[一二三四五六七八九十]{1,3}[、.．]|第.{1,4}[章节節]|\d{1,2}[.、)]"
    r"|(?i:credit|source|photo|image|updated?|posted|published|by)\b",
    regex.V1,
)
"""What a line of a list, a credit or a date begins with."""
_MARK = late(re.compile, "[>|｜»·•@]|http")
_NAVIGATION = late(regex.compile, r"\s[>|｜»·•]\s|[>»]{1,2}\s*\p{L}|https?://|@\w", regex.V1)
_ASKED = "?？!！"
_INNER_STOP = late(regex.compile, r"[。！？;；]|[.!?]\s", regex.V1)
_LIST = late(regex.compile, r"\s*+[•·*◦▪●○■□-]\s", regex.V1)
_WORD = late(
    regex.compile, r"[\p{Han}\p{Hiragana}\p{Katakana}]++|[^\W_\p{Han}\p{Hiragana}\p{Katakana}]{3,}+|\d++", regex.V1
)
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
    filled: int
    """Lines with text, up to and with this one."""
    sentences: int
    width: int
    """Width of those sentences."""


class _Top(NamedTuple):
    """The top of a document in one language: the lines that may be its headline, and the sentences under them."""

    places: list[_Place]
    texts: list[str]
    """The sentences, in lower case."""
    filled: list[int]
    """Lines with text up to each sentence."""

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
    places = [place for place in top.places if top.gap(place) <= _FARTHEST]
    if not places:
        return None
    context = _Context(doc, top)
    odds = [exp(sum(WEIGHTS[sign] * worth for sign, worth in _signs(place, context))) for place in places]
    best = max(range(len(places)), key=odds.__getitem__)
    sure = odds[best] / (sum(odds) + exp(WEIGHTS["none"]))
    return Headline(places[best].line, sure) if sure >= LIKELY else None


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
        elif prose <= _MOST_PROSE and _may_be_headline(text):
            top.places.append(_Place(at, filled, len(top.texts), prose))
        if prose > _READ:
            break
    return top


def _is_prose(text: str) -> bool:
    """Whether a line is a sentence, and more than one question or exclamation, which a headline may be."""
    text = text.strip()
    return is_sentence(text) and not (text[-1] in _ASKED and not _INNER_STOP.search(text, 0, len(text) - 1))


def _may_be_headline(text: str) -> bool:
    text = text.strip()
    return (
        len(text) <= 160
        and 8 <= width(text) <= 160
        and not ends_with(text, _STOPS, _CLOSING)
        and not _LABEL.match(text)
        and not (_MARK.search(text) and _NAVIGATION.search(text))
        and any(map(str.isalpha, text))
    )


class _Context:
    """What the lines of a document are weighed against."""

    def __init__(self, doc: Document, top: _Top) -> None:
        self.doc, self.top = doc, top
        self.prose = "\n".join(top.texts)
        self.lines = "\n".join([line.text for line in doc.lines if len(line.text) <= _LONGEST_REPEAT]).casefold()
        self.first = next(at for at, line in enumerate(doc.lines) if not is_blank(line.text))
        """The first line with text."""
        self._dated: dict[int, bool] = {}

    def is_dated(self, at: int) -> bool:
        """Whether a date, a byline or a source stands in the three filled lines below one."""
        below = (n for n in range(at + 1, min(at + 10, len(self.doc.lines))) if not is_blank(self.doc.lines[n].text))
        return any(map(self._holds_date, islice(below, 3)))

    def _holds_date(self, at: int) -> bool:
        if at not in self._dated:
            text, _, role, _ = self.doc.lines[at]
            self._dated[at] = role in _BYLINES or (len(text) < _SHORT_DATE and fields.iso_date(text) is not None)
        return self._dated[at]


def _signs(place: _Place, context: _Context) -> Iterator[tuple[str, float]]:
    """Yield the worth of each sign that a line is the headline, by the names of `WEIGHTS`."""
    top, text = context.top, context.doc.lines[place.line].text
    words, wide, gap = _words(text), width(text), top.gap(place)
    following = "\n".join(top.texts[place.sentences : place.sentences + _FOLLOWING])
    if words:
        yield "worded as the article", sum(map(context.prose.__contains__, words)) / len(words)
        yield "worded as what follows", sum(map(following.__contains__, words)) / len(words)
    yield "words", min(len(words), _FULL) / _FULL
    yield "lines to the prose", log1p(gap)
    yield "next to the prose", gap == 0
    yield "lines above", log(place.filled)
    yield "first of all", place.line <= context.first
    yield "prose above", place.width / _MOST_PROSE
    yield "dated", context.is_dated(place.line)
    yield "repeated", context.lines.count(text.strip().casefold()) > 1
    yield "of a headline's length", wide in _USUAL
    yield "very short", wide < _SHORT
    yield "list mark", bool(_LIST.match(text))


def _words(text: str) -> set[str]:
    """Return the words of a line that say something, in lower case; of Chinese and Japanese, pairs of characters."""
    words: set[str] = set()
    for found in _WORD.findall(text.casefold()):
        if found[0] >= _FIRST_WIDE:
            words.update(found[n : n + 2] for n in range(max(1, len(found) - 1)))
        elif found not in _EMPTY_WORDS:
            words.add(found)
    return words
