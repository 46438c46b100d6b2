"""leftovers (placeholder until written)."""

from __future__ import annotations

from ..document import Document
from ..library import Library


def leftovers(doc: Document, library: Library) -> Document:
    """Leave the document as it is."""
    return doc
