"""Link the paragraphs of a document's two languages that are translations of each other.

Unsure is no pair: a wrong one spoils a parallel corpus, a missing one only makes it smaller.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..alignment import Bead, Side, align
from ..document import Document
from ..library import Library
from .language import document_languages, settle

MOST_LINES = 1000
"""A document with more lines in a language is left unpaired: it would take many seconds."""


def pair(doc: Document, library: Library) -> Document:
    """Set the pairs of the document: indices of article lines in its first two languages."""
    doc = doc if doc.finished else settle(doc)
    languages = document_languages(doc)[:2]
    if len(languages) < 2:
        return doc
    first, second = (_side(doc, lang) for lang in languages)
    if max(len(first.texts), len(second.texts)) > MOST_LINES:
        return doc
    # The glossaries go from Chinese, so that is put first; the pairs stay in the document's order.
    if second.lang == "zh":
        links = {
            (a, b) for b, a in _links(align(second, first, library.glossary("zh", first.lang).forms), second, first)
        }
    else:
        links = set(_links(align(first, second, library.glossary(first.lang, second.lang).forms), first, second))
    return replace(doc, pairs=tuple(sorted(links))) if links or doc.pairs else doc


def _side(doc: Document, lang: str) -> Side:
    places = [
        number
        for number, line in enumerate(doc.lines)
        if line.lang == lang and line.in_article and line.text and not line.text.isspace()
    ]
    return Side([doc.lines[place].text.strip() for place in places], places, lang)


def _links(beads: Sequence[Bead], first: Side, second: Side) -> Iterator[tuple[int, int]]:
    for bead in beads:
        for a in range(bead.a0, bead.a1):
            for b in range(bead.b0, bead.b1):
                yield first.places[a], second.places[b]
