"""What belongs to the site and not to the article: navigation, share bars, comment forms, footers."""

from __future__ import annotations

from ..acting import run
from ..document import Document
from ..library import Library


def chrome(doc: Document, library: Library) -> Document:
    """Take out of the article what rules/chrome names."""
    changes, facts = run(doc, library.lines, "chrome")
    return doc.apply(changes).with_facts(facts)
