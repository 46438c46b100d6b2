"""repair (placeholder until written)."""

from __future__ import annotations

from ..document import Document
from ..library import Library


def repair(doc: Document, library: Library) -> Document:
    """Leave the document as it is."""
    return doc


def repair_text(text: str) -> str:
    return text
