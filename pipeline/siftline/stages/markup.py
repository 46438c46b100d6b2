"""What is left of markup: comments, stray tags, BBCode, style sheets; prose about markup stays."""

from __future__ import annotations

from ..acting import run
from ..document import Document
from ..library import Library


def markup(doc: Document, library: Library) -> Document:
    """Take out of the article what rules/markup names."""
    changes, facts = run(doc, library.lines, "markup")
    return doc.apply(changes).with_facts(facts)
