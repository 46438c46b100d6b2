"""What the front matter wants of the lines that the layout stage takes out: headline, date and author, and of a page
the line below the headline and what stands below pictures.

`harvest` takes what it is sure of before. Here it is known where the article begins, and that the lines are lost
otherwise, so that less will do.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import chain

import numpy as np

from . import bylines, fields, headlines
from .document import ARTICLE_ROLES, Change, Document, Fact
from .pages.marks import CAPTION, SUBTITLE
from .prose import is_sentence, width
from .stages.harvest import beside, byline, filled_lines

_ABOVE, _LONGEST = 10, 100
"""Lines with text above the article in which its date and author stand, and characters of such a line."""
_BRIEFEST = {"subtitle": 20, "captions": 10}
"""Width of such a line, at least: what is briefer names a section or a button."""
_BELOW = 4
"""Lines with text below the headline in which the line is that goes with it."""
_RULES = {
    "title": "layout/headline", "date": "layout/byline", "author": "layout/byline", "subtitle": "layout/subtitle",
    "captions": "layout/caption",
}  # fmt: skip
_ROLES = {"captions": "caption"}
_HEADLINES = frozenset({"title", "duplicate"})


def keep_front_matter(doc: Document, changes: Sequence[Change]) -> Document:
    """Return the document after the changes of the layout stage, but that what they take goes to the front matter where
    it is the headline, a dated line or an author right above the article, and none is known yet.
    """
    if not changes:
        return doc
    after = doc.apply(changes)
    titles = _titles(after)
    beside_titles = chain.from_iterable(beside(after, fact.line or 0) for fact in titles)
    near = list(dict.fromkeys((*beside_titles, *_above_the_article(after))))
    dated = byline(after, near)
    facts = [*titles, *dated]
    used = {fact.line for fact in facts}
    facts += _authors(after.with_facts(facts), [at for at in near if at not in used])
    facts += _marked(after, {fact.line for fact in facts})
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
    langs = [lang for text, _, role, lang in doc.lines if text and role in ARTICLE_ROLES and not text.isspace()]
    found = [] if "" in titled else [(lang, headlines.find_leaving(doc, lang)) for lang in sorted({*langs} - titled)]
    return [Fact("title", fields.headline(doc.lines[at].text), lang, at) for lang, at in found if at is not None]


def _above_the_article(doc: Document) -> list[int]:
    """Return the brief lines that were taken right above the first sentence that stays, the nearest first."""
    lines = doc.lines
    first = next((at for at, line in enumerate(lines) if line[2] in ARTICLE_ROLES and is_sentence(line[0])), 0)
    above = filled_lines(doc, range(first - 1, -1, -1), _ABOVE)
    return [at for at in above if lines[at].role == "layout" and len(lines[at].text) <= _LONGEST]


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


def _marked(doc: Document, used: Collection[int | None]) -> list[Fact]:
    """Return what the markup calls the line below the headline, if none is known, and what stands below pictures
    between lines that stay, of the lines that were taken.
    """
    if doc.page is None:
        return []
    flags, lines = doc.page.hints["flags"], doc.lines
    marked = np.flatnonzero(flags & (SUBTITLE | CAPTION)).tolist()
    taken = [at for at in marked if lines[at].role == "layout" and at not in used]
    left = [at for at, line in enumerate(lines) if line.in_article and line.text] if taken else []
    if not left:
        return []
    titled = [at for at, line in enumerate(lines[: left[0]]) if line.role in _HEADLINES]
    near = {at for title in titled for at in filled_lines(doc, range(title + 1, left[0]), _BELOW)}
    known = any(fact.field == "subtitle" for fact in doc.facts)
    below = [at for at in taken if flags[at] & SUBTITLE and at in near and not known]
    fields_of = dict.fromkeys((at for at in taken if flags[at] & CAPTION and left[0] < at < left[-1]), "captions")
    fields_of |= dict.fromkeys(below[:1], "subtitle")
    texts = ((at, field, lines[at].text.lstrip("# ").strip()) for at, field in sorted(fields_of.items()))
    return [Fact(field, text, lines[at].lang, at) for at, field, text in texts if width(text) >= _BRIEFEST[field]]


def _beside_a_date(doc: Document, at: int) -> bool:
    """Whether one of the two lines with text beside a line has a date."""
    around = (range(at - 1, -1, -1), range(at + 1, len(doc.lines)))
    lines = (doc.lines[n].text for span in around for n in filled_lines(doc, span, 1))
    return any(len(text) <= bylines.LONGEST and fields.iso_date(text) is not None for text in lines)
