"""What the front matter wants of the lines that the layout stage takes out: headline, standfirst, date and author, and
what stands below the pictures of a page.

`harvest` takes what it is sure of before. Here it is known where the article begins, and that the lines are lost
otherwise, so that less will do.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import chain, takewhile

import numpy as np

from . import bylines, fields, headlines
from .document import ARTICLE_ROLES, Change, Document, Fact, Line, article_languages
from .pages.marks import BIT, CAPTION, STANDFIRST
from .prose import is_sentence, width
from .stages.harvest import beside, byline, filled_lines

_ABOVE, _LONGEST = 10, 100
"""Lines with text above the article in which its date and author stand, and characters of such a line."""
_BELOW = 4
"""Lines with text below the headline among which its standfirst is."""
_WIDTHS = range(30, 400)
"""How wide a standfirst is."""
_ALIKE, _DESCRIBED, _LINKED = 0.8, 0.6, 0.5
"""How like the headline its line is, how like the page's description a standfirst that ends no sentence, and the share
of links from which a line is none."""
_FEWEST_WORDS = 6
"""Words of a heading that is a standfirst without being a sentence; a person with his degrees has fewer."""
_BYLINES = frozenset({"date", "author", "source", "credit"})
_POST_HEAD = "chrome/forum-post-head"
"""The role of the line above a post that says when it was written."""
_PICTURE = BIT["figure"] | BIT["image"]
_CAPTION = re.compile(
    r"\b(?:photos?|images?|credits?|courtesy|getty|captions?|pictured|above:|reprinted)\b|©|https?://", re.I
)
"""What stands in the words below a picture, and hardly ever in a standfirst."""
_BRIEFEST = 10
"""Width of what stands below a picture, at least: what is briefer says who took it, or is a button."""
_RULES = {
    "title": "layout/headline", "subtitle": "layout/standfirst", "date": "layout/byline", "author": "layout/byline",
    "captions": "layout/caption",
}  # fmt: skip
_ROLES = {"captions": "caption"}


def keep_front_matter(doc: Document, changes: Sequence[Change]) -> Document:
    """Return the document after the changes of the layout stage, but that what they take goes to the front matter where
    it is the headline, the standfirst below it, a dated line or an author right above the article, and none is known,
    or what stands below a picture.
    """
    if not changes:
        return doc
    after = doc.apply(changes)
    first = _first_sentence(after)
    titles = _titles(after)
    beside_titles = chain.from_iterable(beside(after, fact.line or 0) for fact in titles)
    near = list(dict.fromkeys((*beside_titles, *_above_the_article(after, first))))
    dated = byline(after, near)
    facts = [*titles, *dated]
    used = {fact.line for fact in facts}
    facts += _authors(after.with_facts(facts), [at for at in near if at not in used])
    facts += _standfirst(after.with_facts(facts), first, {fact.line for fact in facts})
    facts += _captions(after, {fact.line for fact in facts})
    if not facts:
        return after
    roles = {fact.line: fact.field for fact in reversed(facts) if fact.field in _RULES}
    kept = [
        change._replace(rule=_RULES[field], role=_ROLES.get(field, field))
        if (field := roles.get(change.line))
        else change
        for change in changes
    ]
    return doc.apply(kept).with_facts(facts)


def _titles(doc: Document) -> list[Fact]:
    """Return the headline that was taken, for each language that has none."""
    titled = {fact.lang if fact.line is not None else "" for fact in doc.facts if fact.field == "title"}
    if "" in titled:
        return []
    langs = sorted({*article_languages(doc.lines)} - titled)
    found = [(lang, headlines.find_leaving(doc, lang)) for lang in langs]
    return [Fact("title", fields.headline(doc.lines[at].text), lang, at) for lang, at in found if at is not None]


def _above_the_article(doc: Document, first: int) -> list[int]:
    """Return the brief lines that were taken right above the first sentence that stays, and the head of its post, the
    nearest first.
    """
    above = filled_lines(doc, range(first - 1, -1, -1), _ABOVE)
    lines = doc.lines
    return [at for at in above if lines[at].role in ("layout", _POST_HEAD) and len(lines[at].text) <= _LONGEST]


def _authors(doc: Document, near: Iterable[int]) -> list[Fact]:
    """Return the authors whom one of some lines names, if none is known: behind a `by`, or else by nothing but a name
    beside a line with a date.
    """
    if any(fact.field == "author" for fact in doc.facts):
        return []
    taken = [at for at in near if doc.lines[at].role == "layout"]
    named = ((at, bylines.authors(doc.lines[at].text)) for at in taken)
    alone = ((at, [name]) for at in taken if (name := bylines.person(doc.lines[at].text)) and _beside_a_date(doc, at))
    at, names = next((one for one in chain(named, alone) if one[1]), (0, []))
    return [Fact("author", name, doc.lines[at].lang, at) for name in names]


def _standfirst(doc: Document, first: int, used: Collection[int | None]) -> list[Fact]:
    """Return what stands between the headline and the first sentence that stays and sums it up, if no subtitle is
    known.
    """
    titles = [fact.value for fact in doc.facts if fact.field == "title"]
    if not titles or any(fact.field == "subtitle" for fact in doc.facts):
        return []
    head = next((at for at in range(first - 1, -1, -1) if _is_headline(doc.lines[at].text, titles)), None)
    below = () if head is None else filled_lines(doc, range(head + 1, first), _BELOW)
    above_the_byline = takewhile(lambda at: at not in used and not _is_byline(doc.lines[at]), below)
    found = next((at for at in above_the_byline if _sums_up(doc, at)), None)
    if found is None:
        return []
    return [Fact("subtitle", fields.headline(doc.lines[found].text), doc.lines[found].lang, found)]


def _captions(doc: Document, used: Collection[int | None]) -> list[Fact]:
    """Return what the markup says stands below pictures, between lines that stay, of the lines that were taken."""
    if doc.page is None:
        return []
    lines, marked = doc.lines, np.flatnonzero(doc.page.hints["flags"] & CAPTION).tolist()
    taken = [at for at in marked if lines[at].role == "layout" and at not in used]
    left = [at for at, line in enumerate(lines) if line.in_article and line.text] if taken else []
    texts = ((at, lines[at].text.lstrip("# ").strip()) for at in taken if left and left[0] < at < left[-1])
    return [Fact("captions", text, lines[at].lang, at) for at, text in texts if width(text) >= _BRIEFEST]


def _is_byline(line: Line) -> bool:
    return line.role in _BYLINES or bool(bylines.read(line.text.strip()))


def _is_headline(text: str, titles: Iterable[str]) -> bool:
    return headlines.may_be(text) and any(headlines.likeness(text, title) >= _ALIKE for title in titles)


def _sums_up(doc: Document, at: int) -> bool:
    """Whether a line that was taken is a sentence or a heading as long as one, or what the page says of itself or calls
    a standfirst; and no caption.
    """
    text, _, role, _ = doc.lines[at]
    if role != "layout" or width(text) not in _WIDTHS or _CAPTION.search(text):
        return False
    if doc.page is None:
        return is_sentence(text)
    hints = {name: float(doc.page.hints[name][at]) for name in ("link_chars", "chars", "description_like")}
    flags = int(doc.page.hints["flags"][at])
    if hints["link_chars"] >= _LINKED * max(1.0, hints["chars"]) or flags & _PICTURE:
        return False
    heading = text.startswith("#") and len(text.split()) > _FEWEST_WORDS
    named = bool(flags & STANDFIRST)
    return named or heading or is_sentence(text) or hints["description_like"] >= _DESCRIBED


def _first_sentence(doc: Document) -> int:
    """Return the first line of the article that is a sentence, 0 where none is."""
    lines = enumerate(doc.lines)
    return next((at for at, line in lines if line[2] in ARTICLE_ROLES and is_sentence(line[0])), 0)


def _beside_a_date(doc: Document, at: int) -> bool:
    """Whether one of the two lines with text beside a line has a date."""
    around = (range(at - 1, -1, -1), range(at + 1, len(doc.lines)))
    lines = (doc.lines[n].text for span in around for n in filled_lines(doc, span, 1))
    return any(len(text) <= bylines.LONGEST and fields.iso_date(text) is not None for text in lines)
