"""A language label for every line: by script, then by function words, and by letter n-grams where neither decides.

A short line seldom says what language it is in: a name in Latin letters inside a Chinese article is Chinese
text. So a language counts for the document only when a line of it reads like a sentence, and any other line
takes the label of its neighbours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from ..document import ARTICLE_ROLES, Document, article_languages, filled
from ..fences import fences, indented
from ..languages import detection, scripts
from ..languages.labels import CJK, OWN, Labels, cjk_languages, counted, inherited
from ..library import Library


def language(doc: Document, library: Library) -> Document:
    """Label each line that is not blank with its language; a blank one keeps `und`."""
    every = [line[0] for line in doc.lines]
    numbers = filled(every)
    texts = every if len(numbers) == len(every) else [every[number] for number in numbers]
    blocks = fences(every) if doc.page else indented(numbers, texts) | fences(every)
    if not blocks:
        return doc.with_languages(numbers, Labels(texts).labels)
    code = {number for begin, end in blocks.items() for number in range(begin, end + 1)}
    prose = [number for number in numbers if number not in code] or numbers
    doc = doc.with_languages(prose, Labels([every[number] for number in prose]).labels)
    return _as_beside(doc, [number for number in numbers if number in code])


def _as_beside(doc: Document, code: Sequence[int]) -> Document:
    """Label code as the line above it, or else as the first one below: it is part of what is said there."""
    labels = [line[3] for line in doc.lines]
    known = next((label for label in labels if label != "und"), "und")
    lines = set(code)
    for number, label in enumerate(labels):
        if number in lines:
            labels[number] = known if label == "und" else label
        elif label != "und":
            known = label
    return doc.with_languages(code, [labels[number] for number in code])


def document_languages(doc: Document) -> tuple[str, ...]:
    r"""Return the languages of the article, in the order in which they first appear in it.

    A language counts when a line of it reads like a sentence; where none does, the one with the most text does.

    >>> from siftline.library import Library
    >>> doc = language(Document.of("今天的会议开得很好，大家都很满意。\n\niPhone 15 Pro\n"), Library())
    >>> document_languages(doc)
    ('zh',)
    """
    return _counted_in(doc, article_languages(doc.lines))


def settle(doc: Document) -> tuple[Document, tuple[str, ...]]:
    """Return the document with no other languages on its article's lines than those of `document_languages`, and these:
    a line of another one takes that of its neighbours.

    For use after lines have left the article: their language may have left with them.
    """
    labels = article_languages(doc.lines)
    languages = _counted_in(doc, labels)
    if not languages or set(labels) <= set(languages):
        return doc, languages
    where, own = zip(*((number, lang if lang in languages else "") for number, _, lang in _article(doc)), strict=True)
    return doc.with_languages(where, inherited(own)), languages


def _counted_in(doc: Document, labels: Iterable[str]) -> tuple[str, ...]:
    """Return the languages that count of those that the lines of a document's article have."""
    known = {*labels} - {"und"}
    if len(known) < 2:  # whether it reads like a sentence or not, there is no other
        return tuple(known)
    return counted(*zip(*((text, lang) for _, text, lang in _article(doc)), strict=True))


def _article(doc: Document) -> Iterator[tuple[int, str, str]]:
    """Yield the lines of the article that are not blank: their indices, texts and languages."""
    for number, (text, _, role, lang) in enumerate(doc.lines):
        if role in ARTICLE_ROLES and text and not text.isspace():
            yield number, text, lang


def runs(text: str) -> list[tuple[int, int, str]]:
    """Split a line into (start, end, language) where its script changes; what is no letter stays with what is
    before it. They cover the line without gaps.

    >>> runs("The word 成果 is Chinese.")
    [(0, 9, 'en'), (9, 12, 'zh'), (12, 23, 'en')]
    """
    codes = scripts.codes(text)
    kinds = np.isin(codes, CJK) * np.uint8(scripts.CODE["han"]) + ~np.isin(codes, CJK) * codes
    cuts, last = [], 0
    for position in np.flatnonzero(kinds):
        if kinds[position] != last:
            cuts.append(int(position))
            last = int(kinds[position])
    if not cuts:
        return [(0, len(text), "und")] if text else []
    bounds = [0, *cuts[1:], len(text)]
    whole = {kind: _run_language(text, codes, kind) for kind in sorted({int(kinds[cut]) for cut in cuts})}
    return [(bounds[i], bounds[i + 1], whole[int(kinds[cut])]) for i, cut in enumerate(cuts)]


def _run_language(text: str, codes: npt.NDArray[np.uint8], kind: int) -> str:
    """Return the language of all letters of one script in a line."""
    name = scripts.NAMES[kind]
    if name == "han":
        return cjk_languages(np.bincount(codes, minlength=len(scripts.NAMES))[None])[0]
    if name in ("latin", "cyrillic"):
        own = "".join(letter if code == kind else " " for letter, code in zip(text, codes.tolist(), strict=True))
        found = detection.weigh(own, name).lang
        return found if found != "und" else {"latin": "en", "cyrillic": "ru"}[name]
    return OWN[name]
