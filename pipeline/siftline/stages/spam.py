"""Adverts put among the article's lines, also with names broken up to slip past filters."""

from __future__ import annotations

from ..document import Document
from ..library import Library
from ..matching import run


def spam(doc: Document, library: Library) -> Document:
    """Take out of the article what rules/spam names."""
    changes, facts = run(doc, library.lines, "spam")
    return doc.apply(changes).with_facts(facts)
