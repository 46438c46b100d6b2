"""The front matter: headline, byline, date, source, credits, captions and keywords, from text alone or from HTML.

rules/harvest says which lines hold a value, fields.py reads it. What no pattern can say is decided here: which
line is the headline, which lines only repeat it, and what stands above the headline or below the article's end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate, islice, takewhile

import regex

from .. import fields
from ..document import ARTICLE_ROLES, META_ROLES, Change, Document, Fact, Line, is_blank
from ..library import Library
from ..matching import run
from ..prose import reads_like_article

ENOUGH = 4
"""Points of evidence that a line needs to be taken as the headline (see `_points`)."""
SURE = 6
"""Points at which what stands above the headline is the site's and not the article's."""
MOST_DATES = 2
"""Lines with a date that an article has above it: when it was published, and when it was updated."""
LEAST_ARTICLE = 400
"""Width of text, a Chinese character counting for two, that an article has before something can be below its end."""
END_WITHIN = 3
"""Lines with text below the last sentence in which the end of the article must show itself."""
_BRIEF, _LINK = 60, 110
_WIDE = regex.compile(r"[\p{Han}\p{Kana}\p{Hangul}]", regex.V1)
_CLOSED = regex.compile(r"[。．；;，,、.:：][”’\"'」』）)]*+$", regex.V1)
_SENTENCE_END = regex.compile(r"[。！？!?.…；;][”’\"'」』）)\]】]*+$", regex.V1)
_NAVIGATION = regex.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}[、.．]|第.{1,4}[章节節]|\d{1,2}[.、)]|(?i:credit|source|photo|image|updated?|posted|published|by)\b)|\s[>|｜»·•]\s|[>»]{1,2}\s*\p{L}|https?://|@\w|^\W*+$",
    regex.V1,
)
_REPEAT_TAIL = regex.compile(r"[\s\d()（）\-_.]{0,6}$", regex.V1)
_NOT_LETTERS = regex.compile(r"[^\p{L}\p{N}\n]+", regex.V1)
_CLOSERS = 12  # characters in which a line's last stop and the quotation marks behind it stand
_LONGEST_REPEAT = 400
_OPENING = 16  # characters in which a line has its first letter
"""Characters of a line that can still be a headline with a site's name or a breadcrumb around it."""
_NO_END = (
    "advert",
    "label",
    "cookie",
    "share",
    "follow",
    "app-",
    "print",
    "forum",
    "post",
    "stamp",
    "number",
    "counter",
)
"""Parts of the names of chrome rules that also stand inside articles and so do not mark the end."""


def harvest(doc: Document, library: Library) -> Document:
    """Move what is worth keeping to the front matter, and drop what frames the article."""
    changes, raw = run(doc, library.lines, "harvest")
    facts = [fact for value in raw for fact in _read(value)]
    useful = {fact.line for fact in facts}
    changes = _first_dates([c for c in changes if c.line in useful or c.role not in META_ROLES])
    taken = {change.line for change in changes}
    facts = [fact for fact in facts if fact.line in taken]
    doc = doc.apply(changes).with_facts(_ordered(facts, doc))
    doc = _take_headlines(doc)
    doc = _drop_repeats(doc)
    return _drop_below_the_end(doc)


def _first_dates(changes: list[Change]) -> list[Change]:
    """Let only the first lines that are nothing but a date leave: further ones belong to posts and lists."""
    dates = [change for change in changes if change.role == "date"]
    later = {change.line for change in dates[MOST_DATES:]}
    return [change for change in changes if change.line not in later]


def _read(fact: Fact) -> list[Fact]:
    """Turn a raw value into facts for the front matter; none where it says nothing."""
    field, value = fact.field, fact.value
    if field in ("credit", "names"):
        pairs = fields.credits(value) or [
            ("出品" if "出品" in value else "credit", [value.strip(" 　|｜丨()（）[]【】.*")])
        ]
        return [fact._replace(field="credits", value=pair) for pair in pairs]
    if field == "date":
        date = fields.iso_date(value)
        return [fact._replace(value=date)] if date else []
    if field == "author":
        return [fact._replace(value=name) for name in fields.names(value)]
    if field == "keywords":
        return [fact._replace(value=word) for word in fields.keywords(value)]
    if field in ("title", "subtitle"):
        return [fact._replace(value=fields.headline(value))]
    names = {"source": "publisher", "url": "source_url", "caption": "captions"}
    value = value.strip(" 　\t|｜")
    return [fact._replace(field=names.get(field, field), value=value)] if value else []


def _ordered(facts: list[Fact], doc: Document) -> Iterator[Fact]:
    """Give a second headline of the same language its place as the subtitle."""
    seen = {(fact.field, fact.lang) for fact in doc.facts}
    for fact in facts:
        key = (fact.field, fact.lang)
        second = fact.field == "title" and key in seen
        seen.add(key)
        yield fact._replace(field="subtitle") if second else fact


# The headline


def _take_headlines(doc: Document) -> Document:
    """Find the headline of each language that has none yet, in the lines above its first prose."""
    titled = {fact.lang for fact in doc.facts if fact.field == "title"}
    anywhere = any(fact.field == "title" and fact.line is None for fact in doc.facts)
    if anywhere:
        return doc
    for lang in dict.fromkeys(
        lang for text, _, role, lang in doc.lines if role in ARTICLE_ROLES and not is_blank(text)
    ):
        if lang not in titled:
            doc = _take_headline(doc, lang)
    return doc


def _take_headline(doc: Document, lang: str) -> Document:
    above = _above_prose(doc, lang)
    likely = [(place, at) for place, at in enumerate(above) if _may_be_headline(doc.lines[at].text)]
    if not likely:
        return doc
    keys = "\n".join([line.text for line in doc.lines if len(line.text) <= _LONGEST_REPEAT]).casefold()
    scored = [(_points(doc, at, above, keys), place, at) for place, at in likely]
    points, _, at = max(scored)
    if points < ENOUGH:
        return doc
    text = doc.lines[at].text
    changes = [Change("harvest/any/headline", at, 0, text, None, "title")]
    facts = [Fact("title", fields.headline(text), lang, at)]
    changes += _byline_below(doc, at, facts)
    if points >= SURE and all(map(_is_brief, doc.lines[:at])):
        changes += _leave(doc, range(at), "harvest/any/above-the-headline", "chrome/above-the-headline")
    return doc.apply(changes).with_facts(facts)


def _above_prose(doc: Document, lang: str) -> list[int]:
    """Return the indices of the lines of a language above its first line of prose, at most 60 of them."""
    above: list[int] = []
    for at, (text, _, role, own) in enumerate(doc.lines):
        if own == lang and role in ARTICLE_ROLES and not is_blank(text):
            if reads_like_article(text):
                return above[-60:]
            above.append(at)
    return []


def _may_be_headline(text: str) -> bool:
    text = text.strip()
    return (
        8 <= _width(text) <= 160
        and not _CLOSED.search(text)
        and not _NAVIGATION.search(text)
        and any(c.isalpha() for c in text)
    )


def _points(doc: Document, at: int, above: list[int], keys: str) -> int:
    """Weigh the evidence that a line is the headline.

    Two points each: the article's first line; nothing but front matter between it and the prose; a byline or
    date below it. Three: it is repeated in a breadcrumb, a page title or a notice. One: a headline's length.
    """
    points = 2 * (at == above[0])
    points += 2 * (at == above[-1])
    points += 2 * (_next_role(doc, at) in ("date", "source", "author"))
    text = doc.lines[at].text.strip()
    points += 3 * (len(text) >= 8 and keys.count(text.casefold()) > 1)
    return points + (14 <= _width(text) <= 110)


def _next_role(doc: Document, at: int) -> str:
    """Return the role of the next line with text, looking past one short line, which may be a name."""
    below = [line for line in doc.lines[at + 1 : at + 8] if not is_blank(line.text)][:2]
    roles = [line.role for line in below]
    if roles and roles[0] == "body" and len(below[0].text.strip()) > 20:
        return ""
    return next((role for role in roles if role in META_ROLES), "")


def _byline_below(doc: Document, at: int, facts: list[Fact]) -> list[Change]:
    """Take a short line between the headline and the date as the author."""
    below = [n for n in range(at + 1, min(at + 8, len(doc.lines))) if doc.lines[n].text.strip()][:2]
    if len(below) < 2 or doc.lines[below[1]].role not in ("date", "source"):
        return []
    line = doc.lines[below[0]]
    name = line.text.strip()
    if not line.in_article or len(name) > 20 or regex.search(r"[\d。，？！?!:：]", name):
        return []
    facts.append(Fact("author", name, line.lang, below[0]))
    return [Change("harvest/any/byline", below[0], 0, line.text, None, "author")]


def _drop_repeats(doc: Document) -> Document:
    """Drop lines that only repeat a headline: the page's own heading, or the text of a picture."""
    titles = {_key(fact.value): fact for fact in doc.facts if fact.field == "title"}
    titles |= {_key(fields.without_site(fact.value)): fact for fact in titles.values()}
    titles.pop("", None)
    changes = []
    shown = {fact.line for fact in doc.facts}
    if not titles:
        return doc
    openings = {key[:1] for key in titles}
    sizes = min(map(len, titles)), min(3 * max(map(len, titles)) + 20, _LONGEST_REPEAT)
    for at, (whole, _, role, _) in enumerate(doc.lines):
        if not sizes[0] <= len(whole) <= sizes[1] or role not in ARTICLE_ROLES or at in shown:
            continue
        text = whole.strip()
        first = text[:1] if text[:1].isalnum() else _key(text[:_OPENING])[:1]
        if first.casefold()[:1] not in openings:
            continue
        if _key(text) in titles or _key(_REPEAT_TAIL.sub("", text)) in titles:
            changes.append(Change("harvest/any/repeated-headline", at, 0, whole, None, "duplicate"))
    return doc.apply(changes)


def _key(text: str) -> str:
    return _NOT_LETTERS.sub("", text).casefold()


# What frames the article


def _drop_below_the_end(doc: Document) -> Document:
    """Drop the brief lines below the last prose, once a line there was the site's or a credit."""
    lines = doc.lines
    last = next((at for at in reversed(range(len(lines))) if lines[at].in_article and _is_sentence(lines[at])), None)
    if last is None:
        return doc
    filled = (at for at in range(last + 1, len(doc.lines)) if doc.lines[at].text.strip())
    mark = next((at for at in islice(filled, END_WITHIN) if _marks_the_end(doc.lines[at])), None)
    if mark is None or not _is_article(lines[: last + 1]):
        return doc
    below = takewhile(lambda at: _is_brief(lines[at], _LINK), range(mark + 1, len(lines)))
    return doc.apply(_leave(doc, below, "harvest/any/below-the-end", "chrome/below-the-end"))


def _is_article(lines: Iterable[Line]) -> bool:
    """Whether the lines hold enough text to be an article that can have an end."""
    widths = accumulate(_width(line.text) for line in lines if line.in_article)
    return any(width >= LEAST_ARTICLE for width in widths)


def _is_brief(line: Line, most: int = _BRIEF) -> bool:
    """Whether a line is too short to be more than a label or a link, or has left the article already."""
    return not line.in_article or _width(line.text) <= most


def _width(text: str) -> int:
    text = text.strip()
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


def _is_sentence(line: Line) -> bool:
    text = line.text.strip()
    width = len(text) if text.isascii() else len(text) + 2 * len(_WIDE.findall(text[:60]))
    return width >= 36 and bool(_SENTENCE_END.search(text, max(0, len(text) - _CLOSERS)))


def _marks_the_end(line: Line) -> bool:
    kind, _, name = line.role.partition("/")
    return kind == "credit" or (kind == "chrome" and not any(part in name for part in _NO_END))


def _leave(doc: Document, span: Iterable[int], rule: str, role: str) -> list[Change]:
    lines = doc.lines
    return [
        Change(rule, at, 0, lines[at].text, None, role)
        for at in span
        if lines[at].in_article and lines[at].text.strip()
    ]
