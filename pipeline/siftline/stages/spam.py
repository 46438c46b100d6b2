"""Adverts put among the article's lines, also with names broken up to slip past filters.

What no rule names is scored by its wording and by what adverts have in common (see adverts/): such a line, or such
sentences at the end of a paragraph, leave in the name of `spam/score`.
"""

from __future__ import annotations

from ..adverts.search import search
from ..document import Change, Document
from ..library import STRICTNESS, Library
from ..matching import Page, run

SCORE = "spam/score"
LEAST = 2.5
"""Log odds from which a line is an advert, at the usual strictness."""
CONTEXT = frozenset({"harvest"})
"""Stages whose rules want a line, which is then no advert."""


def spam(doc: Document, library: Library) -> Document:
    """Take out of the article what rules/spam names, and what scores as an advert."""
    changes, facts = run(doc, library.lines, "spam")
    return _scored(doc.apply(changes).with_facts(facts), library)


def _scored(doc: Document, library: Library) -> Document:
    if not library.strictness:
        return doc
    page = Page.of(doc, library.lines)
    texts = ["" if CONTEXT & page.hits.get(at, {}).keys() else text for at, text in enumerate(page.texts)]
    changes = []
    for at, start, score in search(texts, library.adverts, LEAST * STRICTNESS / library.strictness):
        why = f"{score.chance:.2f}"
        if library.reasons:
            why += f": {', '.join(score.reasons())}"
        text = page.texts[at]
        changes.append(Change(SCORE, at, start, text[start:], "" if start else None, None if start else SCORE, why))
    return doc.apply(changes)
