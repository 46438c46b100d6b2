"""Link the paragraphs of a document's two languages that are translations of each other.

Unsure is no pair: a wrong one spoils a parallel corpus, a missing one only makes it smaller.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..bilingual.alignment import Bead, align
from ..bilingual.sides import Side
from ..document import Document
from ..library import Library
from .language import document_languages, settle

MOST_LINES = 1000
"""A document with more lines in a language is left unpaired: it would take many seconds."""

LEAST_SHARE = 0.4
"""Share of the longer side's length that the shorter one has at least; a menu in another language has less."""
_LETTER = re.compile(r"[^\W\d_]")
"""What a line needs to say anything: the number and the time of a subtitle have none."""
WIDTH = {"zh": 3, "ja": 2.5, "ko": 2}
"""Letters of an alphabet that say as much as one character."""


def pair(doc: Document, library: Library) -> Document:
    """Set the pairs of the document: indices of article lines in its first two languages."""
    doc, languages = (doc, document_languages(doc)) if doc.finished else settle(doc)
    if len(languages) < 2:
        return doc
    first, second = (_side(doc, lang) for lang in languages[:2])
    if max(len(first.texts), len(second.texts)) > MOST_LINES or not _comparable(first, second):
        return doc
    # The glossaries go from Chinese, so that is put first; the pairs stay in the document's order.
    if second.lang == "zh":
        links = {
            (a, b) for b, a in _links(align(second, first, library.glossary("zh", first.lang).forms), second, first)
        }
    else:
        links = set(_links(align(first, second, library.glossary(first.lang, second.lang).forms), first, second))
    return replace(doc, pairs=tuple(sorted(links))) if links or doc.pairs else doc


def _comparable(first: Side, second: Side) -> bool:
    """Whether one side is long enough to be a translation of the other, or of a good part of it."""
    small, large = sorted(sum(WIDTH.get(side.lang, 1) * len(text) for text in side.texts) for side in (first, second))
    return small >= LEAST_SHARE * large


def _side(doc: Document, lang: str) -> Side:
    places = [
        number
        for number, line in enumerate(doc.lines)
        if line.lang == lang and line.in_article and _LETTER.search(line.text)
    ]
    return Side([doc.lines[place].text.strip() for place in places], places, lang)


def _links(beads: Sequence[Bead], first: Side, second: Side) -> Iterator[tuple[int, int]]:
    for bead in beads:
        for a in range(bead.a0, bead.a1):
            for b in range(bead.b0, bead.b1):
                yield first.places[a], second.places[b]
