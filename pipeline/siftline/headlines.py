"""Which line of a text is the headline of its article, where no label and no markup says so.

A headline has its words from the article, stands not far above its prose, often over a date, and is as long as
headlines are. Each line that may be one is weighed against the others, and against there being none.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Collection
from functools import cached_property
from itertools import islice
from math import exp, log, log1p
from typing import NamedTuple

import regex

from . import bylines, fields
from .document import ARTICLE_ROLES, Document, Line, is_blank
from .late import late
from .prose import ends_in_stop, is_sentence, wide_characters, width

WEIGHTS = {
    "none": 1.8, "worded as the article": 1.0, "worded as what follows": 1.7, "lines to the prose": -0.7,
    "dated": 1.9, "repeated": 1.0, "prose above": -2.5, "of a headline's length": 0.9, "list mark": -1.6,
    "words": 0.7, "next to the prose": -1.1, "very short": -1.3, "lines above": -0.4, "first of all": 1.3,
}  # fmt: skip
"""What each sign adds to the logarithm of the odds: a conditional logit among the lines of a text.

Fitted to 394 pages whose markup names the headline, to their articles with and without it, and to what extractors
made of them. With sites held out in turn, 82 % of the lines taken from whole pages are the markup's headline (half of
the others are one too, in other words), and 99 % of those taken where it stands on top of the article."""
LIKELY, SURE = 0.5, 0.7
"""Shares of the odds that a line needs to be taken, and for what stands above it to be the site's and not its own."""
LEAVING = 0.3
"""Share that a line needs which the layout model takes out, and which would be lost otherwise. Of 83 that were taken so
from the pages above, with weights of layout trained without their sites, 61 are the markup's headline, and half of the
others one in other words."""
_READ_SIGNS = ("worded as the article", "worded as what follows", "words", "repeated")
"""Signs that take reading a line. They only speak for it, so that its place alone gives its least odds."""
_MOST_READ = exp(sum(WEIGHTS[sign] for sign in _READ_SIGNS))
"""What they multiply its odds by at most."""

_MOST_PROSE = 1200
"""Width of the prose above a line (see prose.width) beyond which it is no headline."""
_READ = 4800
"""Width of the prose that is read for its words."""
_FARTHEST = 40
"""Lines between a headline and its prose."""
_NEAR = 16
"""Lines above the first sentence that are looked at where the layout model has judged: next to all that are taken."""
_FOLLOWING = 3
_FULL = 12
"""Words of a line at which more say nothing."""
_SHORT_DATE, _LONGEST_REPEAT = 80, 400
_WIDTHS, _USUAL, _SHORT = range(8, 161), range(24, 111), 14
"""Widths that a headline may have, those that most have, and what is very short."""
_FIRST_WIDE = "\u3040"
_CANDIDATES = ARTICLE_ROLES | {"layout"}
_BYLINES = frozenset({"date", "source", "author"})
_STOPS = "。．；;，,、.:："
_LABEL = late(
    regex.compile,
    r"[—–―]|[一二三四五六七八九十]{1,3}[、.．]|第.{1,4}[章节節]|\d{1,2}[.、)]"
    r"|(?:\p{Lu}\.\s?){1,2}\p{Lu}[\p{L}-]+(?:,|$)"
    r"|(?i:doi|credit|source|photo(?:graph)?s?|pictures?|images?|updated?|posted|published|by)\b|(?i:\p{L}{3,12} by):",
    regex.V1,
)
"""What a line of a list, of initials and names, a credit or a date begins with."""
_FIRST_OF_LABEL = frozenset("0123456789cdspiubCDSPIUB")
"""What it begins with, of ASCII, where it has no colon and no initial."""
_MARK = re.compile("[>|｜»›·•@/]")
_NAVIGATION = late(
    regex.compile,
    rf"\s(?:[>|｜·•›]|{fields.ARROW})\s|\s/\s[^/]+\s/\s|(?:>|{fields.ARROW}){{1,2}}\s*\p{{L}}|https?://|@\w",
    regex.V1,
)
_ASKED = "?？!！"
_LONGEST_ASKED = 76
"""Characters of a question or an exclamation that may still be a headline."""
_ROW = late(
    regex.compile,
    r"(?:[\p{Han}\p{Katakana}\p{Hiragana}ー]{2,5}(?:[ \u3000]{1,3}+|$)){5,}+$"
    r"|(?:\p{Lu}\p{Cyrillic}++(?:[ \u3000]{1,3}+|$)){5,}+$",
    regex.V1,
)
"""Five brief words and more of a script in which headlines have no blanks, or no capitals: the sections of a site."""
_INNER_STOP = late(regex.compile, r"[。！？;；]|[.!?]\s", regex.V1)
_LIST = late(regex.compile, r"\s*+[•·*◦▪●○■□-]\s", regex.V1)
_WORD = late(
    regex.compile, r"[\p{Han}\p{Hiragana}\p{Katakana}]++|[^\W_\p{Han}\p{Hiragana}\p{Katakana}]{3,}+|\d++", regex.V1
)
_ASCII_WORD = re.compile("[a-z0-9]{3,}|[0-9]+")
_EMPTY_WORDS = frozenset({
    "the", "and", "for", "are", "with", "from", "how", "what", "why", "your", "you", "its", "that", "this", "new",
    "was", "not", "has", "have", "but", "что", "как", "для", "это", "или", "der", "die", "das", "und", "les", "des",
    "del", "los", "una", "por", "para",
})  # fmt: skip
"""Words that say nothing of a text's matter."""


class Headline(NamedTuple):
    """A line taken for the headline, and whether its share of the odds is at least `SURE`."""

    line: int
    sure: bool


class _Place(NamedTuple):
    """A line that may be the headline, and where it stands among the lines with text in its language."""

    line: int
    text: str
    """The line without the blanks around it."""
    wide: int
    """Its width, see prose.width."""
    filled: int
    """Lines with text, up to and with this one."""
    gap: int
    """Lines with text between it and the next sentence."""
    sentences: int
    """Sentences above it."""
    width: int
    """Width of those sentences."""


def find(doc: Document, lang: str) -> Headline | None:
    r"""Return the line that most likely is the headline of the article in a language, if one is likely enough.

    >>> prose = "The bridge over the bay is made of ice, and every May it melts."
    >>> doc = Document.of("\n".join(["Home", "A bridge made of ice", "2 May 2020", prose]))
    >>> find(doc, "und")
    Headline(line=1, sure=True)
    """
    first = next((at for at, line in enumerate(doc.lines) if not is_blank(line.text)), 0)
    if _is_marked(doc, first, lang):
        return Headline(first, True)
    return _likeliest(doc, *_survey(doc, lang), LIKELY)


def _is_marked(doc: Document, first: int, lang: str) -> bool:
    """Whether the first line with text is the one heading of the first level that a text in Markdown has."""
    lines = doc.lines[first:]
    if doc.page is not None or not lines or not lines[0].text.startswith("# ") or lines[0].lang != lang:
        return False
    alone = len(lines) > 1 and is_blank(lines[1].text) and sum(line.text.startswith("# ") for line in lines) == 1
    return alone and lines[0].in_article and len(lines[0].text) <= _WIDTHS[-1]


def find_leaving(doc: Document, lang: str) -> int | None:
    """Return the line above the article's first sentence that most likely is its headline, if the layout model took it
    out of the document.
    """
    found = _likeliest(doc, *_survey(doc, lang, leaving=True), LEAVING)
    return found.line if found and doc.lines[found.line].role == "layout" else None


def may_be(text: str) -> bool:
    """Whether a line may be a headline by itself, wherever it stands.

    >>> may_be("A bridge made of ice"), may_be("A bridge, made of ice,")
    (True, False)
    """
    text = text.strip()
    return _width(text) in _WIDTHS and _may_be_headline(text)


def likeness(first: str, second: str) -> float:
    """Return the share, 0 to 1, of the words of the headline with fewer of them that the other one has too.

    >>> likeness("The ferry is back", "Six years on, the old ferry sails again"), likeness("The old ferry", "Old ferry")
    (0.5, 1.0)
    """
    words = _words(first), _words(second)
    return len(words[0] & words[1]) / max(1, min(map(len, words)))


def _likeliest(doc: Document, places: list[_Place], sentences: list[str], likely: float) -> Headline | None:
    """Return the likeliest of some lines if it has that share of the odds. They are read likeliest first by their
    place, until what is left unread cannot change the answer.
    """
    if not places:
        return None
    reader, dated = _Reader(doc, sentences), _above_dates(doc, places)
    by_place = zip(places, _odds_by_place(doc, places, dated), strict=True)
    unread = [0.0 if place.line in dated and reader.is_author(place) else odds for place, odds in by_place]
    best, top, total, rest = 0, 0.0, exp(WEIGHTS["none"]), sum(unread)
    for n in sorted(range(len(places)), key=unread.__getitem__, reverse=True):
        least, most = top / (total + rest * _MOST_READ), top / (total + rest)
        if least >= SURE or likely <= least <= most < SURE:
            break
        if max(most, unread[n] / (unread[n] + (total + rest - unread[n]) / _MOST_READ)) < likely:
            return None
        odds = unread[n] * reader.odds(places[n])
        rest = max(0.0, rest - unread[n])
        total += odds
        best, top = (n, odds) if odds > top else (best, top)
    share = top / (total + rest * _MOST_READ)
    return Headline(places[best].line, share >= SURE) if share >= likely else None


def _survey(doc: Document, lang: str, leaving: bool = False) -> tuple[list[_Place], list[str]]:
    """Return the lines at the top of a document that may be its headline in a language, and the sentences there. Where
    it is `leaving`, these are the lines above the first sentence alone, with those that the layout model took.
    """
    roles, most = (_CANDIDATES, 0) if leaving else (ARTICLE_ROLES, _MOST_PROSE)
    places: list[_Place] = []
    sentences: list[str] = []
    near: deque[tuple[int, str, int]] = deque(maxlen=_NEAR if leaving else _FARTHEST + 1)  # right above a sentence
    filled = prose = 0
    for at, (text, _, role, own) in enumerate(doc.lines):
        if own != lang or not text or role not in roles or text.isspace():
            continue
        filled += 1
        if role == "layout" or not _is_prose(text):
            near.append((at, text, filled))
            continue
        if prose <= most:
            places += [
                _Place(above, title, wide, nth, filled - nth - 1, len(sentences), prose)
                for above, line, nth in near
                if (wide := _width(title := line.strip())) in _WIDTHS and _may_be_headline(title)
            ]
        near.clear()
        sentences.append(text)
        prose += width(text)
        if prose > _READ or (leaving and not places):
            break
    return places, sentences


def _width(stripped: str) -> int:
    return len(stripped) + wide_characters(stripped)


def _is_prose(text: str) -> bool:
    """Whether a line is a sentence, and more than one brief question or exclamation, which a headline may be."""
    if not is_sentence(text):
        return False
    text = text.strip()
    return text[-1] not in _ASKED or len(text) > _LONGEST_ASKED or _INNER_STOP.search(text, 0, -1) is not None


def _is_labelled(text: str) -> bool:
    first = text[0]
    likely = first in _FIRST_OF_LABEL or not first.isascii() or text[1:2] == "." or ":" in text
    return likely and _LABEL.match(text) is not None


def _may_be_headline(text: str) -> bool:
    """Whether a line of a fit width, given without the blanks around it, may be a headline by itself."""
    return (
        not ends_in_stop(text, _STOPS)
        and not _is_labelled(text)
        and not ((_MARK.search(text) or "http" in text) and _NAVIGATION.search(text))
        and (text[0].isalpha() or any(map(str.isalpha, text)))
        and (text.isascii() or not _ROW.match(text))
    )


def _odds_by_place(doc: Document, places: list[_Place], dated: Collection[int]) -> list[float]:
    """Return the odds of each line as far as they follow from where it stands and how long it is. The lines `dated`
    have a date below them.
    """
    first = next((at for at, line in enumerate(doc.lines) if not is_blank(line.text)), 0)
    weight = WEIGHTS
    return [
        exp(
            weight["lines to the prose"] * log1p(gap)
            + weight["next to the prose"] * (gap == 0)
            + weight["lines above"] * log(filled)
            + weight["first of all"] * (at <= first)
            + weight["prose above"] * above / _MOST_PROSE
            + weight["dated"] * (at in dated)
            + weight["of a headline's length"] * (wide in _USUAL)
            + weight["very short"] * (wide < _SHORT)
            + weight["list mark"] * (_LIST.match(text) is not None)
        )
        for at, text, wide, filled, gap, _, above in places
    ]


def _above_dates(doc: Document, places: list[_Place]) -> set[int]:
    """Return the lines that have a date, a byline or a source in the three filled lines below them."""
    above: set[int] = set()
    lines, first = doc.lines, places[0].line + 1
    for at, (text, _, role, _) in enumerate(lines[first : places[-1].line + 10], first):
        if role in _BYLINES or (len(text) < _SHORT_DATE and fields.iso_date(text) is not None):
            filled = (n for n in range(at - 1, max(-1, at - 10), -1) if not is_blank(lines[n].text))
            above.update(range(next(islice(filled, 2, None), max(0, at - 9)), at))
    return above


class _Reader:
    """Reads the lines of a document that may be its headline for their words."""

    def __init__(self, doc: Document, sentences: list[str]) -> None:
        self.doc, self._sentences = doc, sentences

    @cached_property
    def sentences(self) -> list[str]:
        """The sentences in lower case."""
        return [text.casefold() for text in self._sentences]

    @cached_property
    def article(self) -> str:
        """All the sentences."""
        return "\n".join(self.sentences)

    @cached_property
    def lines(self) -> str:
        """The lines in which a headline may be repeated, in lower case; those in ASCII, where that is quick, first.
        They are noted with the texts that they were made of, since they are asked for before and after layout.
        """
        texts = [line[0] for line in self.doc.lines]
        noted: tuple[list[str], str] = self.doc.notes.get("lower case", ([], ""))
        if noted[0] != texts:
            short = [text for text in texts if len(text) <= _LONGEST_REPEAT]
            kinds = ([text for text in short if text.isascii()], [text for text in short if not text.isascii()])
            noted = self.doc.notes["lower case"] = texts, "\n".join(["\n".join(kind).casefold() for kind in kinds])
        return noted[1]

    def is_author(self, place: _Place) -> bool:
        """Whether a line is a name right above a date, and the article says nothing of who bears it."""
        if not bylines.person(place.text):
            return False
        below = (line for line in self.doc.lines[place.line + 1 : place.line + 5] if not is_blank(line.text))
        text, _, role, _ = next(below, Line(""))
        dated = role in _BYLINES or (len(text) < _SHORT_DATE and fields.iso_date(text) is not None)
        return dated and not any(map(self.article.__contains__, _words(place.text)))

    def odds(self, place: _Place) -> float:
        """Return what the words of a line multiply its odds by: 1 to `_MOST_READ`."""
        words, weight = _words(place.text), WEIGHTS
        sum_ = weight["words"] * min(len(words), _FULL) / _FULL
        sum_ += weight["repeated"] * (self.lines.count(place.text.casefold()) > 1)
        if words:
            below = "\n".join(self.sentences[place.sentences : place.sentences + _FOLLOWING])
            following = [word for word in words if word in below]
            others = sum(map(self.article.__contains__, words.difference(following)))
            sum_ += weight["worded as the article"] * (len(following) + others) / len(words)
            sum_ += weight["worded as what follows"] * len(following) / len(words)
        return exp(sum_)


def _words(text: str) -> set[str]:
    """Return the words of a line that say something, in lower case; of Chinese and Japanese, pairs of characters."""
    text = text.casefold()
    if text.isascii():
        return {*_ASCII_WORD.findall(text)} - _EMPTY_WORDS
    words: set[str] = set()
    for found in _WORD.findall(text):
        if found[0] >= _FIRST_WIDE:
            words.update(found[n : n + 2] for n in range(max(1, len(found) - 1)))
        elif found not in _EMPTY_WORDS:
            words.add(found)
    return words
