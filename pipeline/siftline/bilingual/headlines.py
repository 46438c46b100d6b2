"""The headline of a document in two languages, where both stand on one line, or one below the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex

from .. import fields, headlines
from ..document import Change, Document, Fact
from ..late import late
from ..prose import is_sentence

_LETTERS = {"zh": r"\p{Han}", "ru": r"\p{Cyrillic}", "en": r"\p{Latin}"}
_LEAST = {"zh": 4, "ru": 8, "en": 8}
"""Letters of a headline that stands beside one in another language."""
_MARKS = " 　\t|｜/／·—–-:：()（）"
_WORDS = late(regex.compile, r"(?<!\p{L})\p{L}++(?:['’-]\p{L}++)*+", regex.V1)
_LEAST_WORDS = 3
"""Words of a headline in an alphabet; of fewer it may be a name."""


def split(text: str, langs: tuple[str, str]) -> dict[str, str]:
    """Return the two parts of a headline in two languages, or nothing where it is no such thing.

    >>> split("夜市的最后一盏灯 The Last Lamp of the Market", ("zh", "en"))
    {'zh': '夜市的最后一盏灯', 'en': 'The Last Lamp of the Market'}
    >>> split("新款 Lamp Pro Max 上市", ("zh", "en"))
    {}
    """
    first, second = (regex.search(_LETTERS[lang], text) for lang in langs)
    if first is None or second is None:
        return {}
    before, behind = langs if first.start() < second.start() else langs[::-1]
    # Numbers and marks between the two belong to the one before, a quotation mark or bracket to the one behind.
    cut = regex.search(rf"[“\"«「《(（]?{_LETTERS[behind]}", text)
    if cut is None or regex.search(_LETTERS[before], text, pos=cut.start()):
        return {}
    found = {before: text[: cut.start()].strip(_MARKS), behind: text[cut.start() :].strip(_MARKS)}
    return {lang: found[lang] for lang in langs} if all(_is_phrase(part, lang) for lang, part in found.items()) else {}


def _is_phrase(text: str, lang: str) -> bool:
    """Whether a text is long enough for a headline, and no name: a name has no words in small letters."""
    if len(regex.findall(_LETTERS[lang], text)) < _LEAST[lang]:
        return False
    words = _WORDS.findall(text) if lang != "zh" else []
    return lang == "zh" or (len(words) >= _LEAST_WORDS and any(word.islower() and len(word) > 1 for word in words))


def with_both(doc: Document, langs: tuple[str, str]) -> Document:
    """Return a document in two languages with the headline of each, where one line has both, or that of the other
    language stands beside one that is known.
    """
    if not all(lang in _LETTERS for lang in langs):
        return doc
    titles = {fact.lang: fact for fact in doc.facts if fact.field == "title"}
    if len(titles) != 1:
        return doc
    [fact] = titles.values()
    if parts := split(fact.value, langs):
        both = [fact._replace(lang=lang, value=fields.headline(parts[lang])) for lang in langs]
        return _with(doc, fact, both)
    if fact.line is None:  # the markup names it
        return doc
    other = next((lang for lang in langs if lang != fact.lang), "")
    at = next((at for at in _beside(doc, fact.line or 0) if _is_headline(doc, at, other)), None)
    if at is None or fact.lang not in langs:
        return doc
    text = doc.lines[at].text
    doc = doc.apply([Change("harvest/any/headline", at, 0, text, None, "title")])
    return _with(doc, fact, [fact, Fact("title", fields.headline(text), other, at)])


def _with(doc: Document, fact: Fact, both: list[Fact]) -> Document:
    at = doc.facts.index(fact)
    return replace(doc, facts=(*doc.facts[:at], *both, *doc.facts[at + 1 :]))


def _beside(doc: Document, title: int) -> Iterator[int]:
    """Yield the lines with text right below a headline, or right above it."""
    below = (at for at in range(title + 1, len(doc.lines)) if doc.lines[at].text.strip())
    above = (at for at in range(title - 1, -1, -1) if doc.lines[at].text.strip())
    yield from (at for at in (next(below, None), next(above, None)) if at is not None)


def _is_headline(doc: Document, at: int, lang: str) -> bool:
    """Whether a line can be the headline in a language: it is brief, ends no sentence and is mostly in its letters."""
    text = doc.lines[at].text
    if lang not in _LETTERS or not doc.lines[at].in_article or is_sentence(text) or fields.iso_date(text):
        return False
    own = len(regex.findall(_LETTERS[lang], text))
    return headlines.may_be(text) and 2 * own > len(regex.findall(r"\p{L}", text)) and _is_phrase(text, lang)
