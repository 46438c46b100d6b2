"""Adverts put among the article's lines, also with names broken up to slip past filters.

What no rule names is scored by its wording and by what adverts have in common (see adverts/): such a line, or such
sentences at the end of a paragraph, leave in the name of `spam/score`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..acting import Page, run
from ..adverts.search import search
from ..document import Change, Document
from ..library import STRICTNESS, Library

SCORE = "spam/score"
LEAST = 0.6
"""Log odds from which a line is an advert, at the usual strictness."""
WANTED = frozenset({"harvest"})
"""Stages whose rules want a line, which is then no advert."""


def spam(doc: Document, library: Library) -> Document:
    """Take out of the article what rules/spam names, and what scores as an advert."""
    changes, facts = run(doc, library.lines, "spam")
    if not library.strictness:
        return doc.apply(changes).with_facts(facts)
    doc = doc.apply(_sparing_prose(change, library) for change in changes).with_facts(facts)
    return doc.apply(_scored(doc, library))


def _sparing_prose(change: Change, library: Library) -> Change:
    """Return the drop of a line, or the cut of its end alone where a paragraph stands above the advert."""
    found = search([change.before], library.adverts, LEAST) if change.after is None else []
    if not found or not found[0].start:
        return change
    start = found[0].start
    return Change(change.rule, change.line, start, change.before[start:], "")


def _scored(doc: Document, library: Library) -> Iterator[Change]:
    page = Page.of(doc, library.lines)
    texts = page.texts.copy()
    for at, hits in page.hits.items():
        if not WANTED.isdisjoint(hits):
            texts[at] = ""
    least = LEAST * STRICTNESS / library.strictness
    for at, start, score in search(texts, library.adverts, least, library.reasons):
        why = f"{score.chance:.2f}" + (f": {', '.join(score.reasons)}" if score.reasons else "")
        text = texts[at]
        if start:
            yield Change(SCORE, at, start, text[start:], "", None, why)
        else:
            yield Change(SCORE, at, 0, text, None, SCORE, why)
