"""Training of the forest that is asked how sentences stand in their paragraph.

It learns from paragraphs of articles that the other weights have not seen, and from adverts, and prose about them, put
between their sentences or behind them. One window is right for each advert, the one that holds it and nothing else: one
with a sentence of the article in it, or with a part of the advert, is wrong, and so is any of a paragraph that is an
advert as a whole.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ..adverts.inside import Asked, inside
from ..adverts.model import INSIDE, Model
from ..adverts.screen import screen
from ..adverts.spans import Span, sentences
from .adverts import LANGUAGES, SEED, Sample
from .forest import Recipe
from .standing import Standings, joined
from .unseen import LARGEST, Unseen

RECIPE = Recipe(trees=400, depth=6, rate=0.08, ridge=10.0, borders=64, seeds=(1, 2))
_MOST = 700
"""Adverts, and other lines, of a language and a fold that are put into articles at most."""
_TOGETHER, _LAST, _ALONE = 3, 0.3, 0.2
"""How many of them go into one article at most, how often one stands behind all sentences of its paragraph at least,
and how often in the place of a paragraph."""
_SHORTEST, _LONGEST = 12, 400
"""Characters of an advert at least and at most."""
_PARAGRAPH = 42
"""Characters of a paragraph that something is put into at least; it ends like one."""
_STOPS = frozenset(".!?…。！？”")
_JOINED = 4
"""Of how many lines a paragraph is made at most where those of a document are single sentences."""
_PROSE, _PART, _WHOLE, _RUSSIAN = 2.0, 0.3, 1.0, 3.0
"""What a window counts with prose about adverts, with a part of an advert, of a paragraph that is one, and of Russian,
of which there are few articles; others count once."""


class _Put(NamedTuple):
    """What was put into a paragraph, and from which character to which."""

    sample: Sample
    start: int
    end: int
    alone: bool
    """Whether it stands in the place of the paragraph."""


@dataclass(frozen=True)
class _Document:
    lines: list[str]
    put: dict[int, _Put]


_Row = tuple[npt.NDArray[np.float32], bool, float]


def in_paragraphs(folds: Sequence[Unseen]) -> Standings:
    """Return sentences of articles, and others put between them, as they stand in their paragraphs."""
    rows, sizes = list[_Row](), list[int]()
    for number, fold in enumerate(folds):
        rng, before = random.Random(f"{SEED} inside {number}"), len(rows)
        articles = {lang: [_in_paragraphs(lines, lang, rng) for lines in fold.articles[lang]] for lang in LANGUAGES}
        for lang, of_lang in articles.items():
            weight = _RUSSIAN if lang == "ru" else 1.0
            rows += [(row, False, weight) for lines in of_lang for _, row in _windows(lines, fold.model)]
        for lang, of_lang in articles.items():
            for is_advert in (True, False):
                documents = _documents(fold.put(lang, is_advert), of_lang, lang, rng)
                rows += [row for document in documents for row in _rows(document, fold.model)]
        sizes.append(len(rows) - before)
    return joined(rows, sizes, INSIDE, RECIPE)


def _windows(lines: Sequence[str], model: Model) -> Iterator[tuple[Span, npt.NDArray[np.float32]]]:
    [found] = inside([Asked(lines, range(len(lines)), screen(lines))], model)
    yield from zip(found.spans, found.table.T, strict=True)


def _rows(document: _Document, model: Model) -> Iterator[_Row]:
    """Yield the windows of the paragraphs that something was put into."""
    for span, row in _windows(document.lines, model):
        if put := document.put.get(span.line):
            text = document.lines[span.line][span.start : span.end]
            start = span.start + len(text) - len(text.lstrip())
            yield row, *_truth(put, start, start + len(text.strip()))


def _truth(put: _Put, start: int, end: int) -> tuple[bool, float]:
    """Return whether a window is right, and what it counts.

    >>> put = _Put(Sample("advert", "en", "loans", True), 10, 16, False)
    >>> _truth(put, 10, 16), _truth(put, 0, 16), _truth(put, 12, 16)
    ((True, 1.0), (False, 1.0), (False, 0.3))
    """
    if put.alone:
        return False, _WHOLE
    if not put.sample.is_advert:
        return False, _PROSE
    if (start, end) == (put.start, put.end):
        return True, 1.0
    return False, _PART if start >= put.start and end <= put.end else 1.0


def _documents(
    samples: Sequence[Sample], articles: Sequence[list[str]], lang: str, rng: random.Random
) -> Iterator[_Document]:
    """Yield articles with some of the samples put into their paragraphs."""
    fitting = [lines for lines in articles if sum(map(bool, lines)) <= LARGEST and sum(map(_ends, lines)) > 1]
    usable = [one for one in samples if _SHORTEST <= len(one.text) <= _LONGEST]
    waiting = iter(rng.sample(usable, min(_MOST, len(usable))))
    while some := list(islice(waiting, rng.randint(1, _TOGETHER))):
        document = _Document(list(rng.choice(fitting)), {})
        places = [at for at, line in enumerate(document.lines) if _ends(line)]
        for sample, at in zip(some, rng.sample(places, min(len(some), len(places))), strict=False):
            document.lines[at], document.put[at] = _put_into(document.lines[at].strip(), sample, lang, rng)
        yield document


def _put_into(paragraph: str, sample: Sample, lang: str, rng: random.Random) -> tuple[str, _Put]:
    """Return a paragraph with something between its sentences, or behind them, or in its place.

    >>> _put_into("It rained. It blew.", Sample("Call 000", "en", "loans", True), "en", random.Random(2))[0]
    'It rained. Call 000 It blew.'
    """
    text = " ".join(sample.text.split("\n")).strip()
    if rng.random() < _ALONE:
        return text, _Put(sample, 0, len(text), True)
    cut = len(paragraph) if rng.random() < _LAST else rng.choice([end for _, end in sentences(paragraph)])
    gap = "" if lang == "zh" else " "
    before, behind = paragraph[:cut].strip(), paragraph[cut:].strip()
    start = len(before + gap)
    return gap.join(part for part in (before, text, behind) if part), _Put(sample, start, start + len(text), False)


def _in_paragraphs(lines: list[str], lang: str, rng: random.Random) -> list[str]:
    """Return the lines of a document, joined where they are single sentences."""
    if sum(_ends(line) and len(sentences(line)) > 1 for line in lines) > 1:
        return lines
    left, found = [line.strip() for line in lines if line.strip()], list[str]()
    while left:
        count = rng.randint(1, _JOINED)
        found.append(("" if lang == "zh" else " ").join(left[:count]))
        left = left[count:]
    return found


def _ends(line: str) -> bool:
    return len(line) >= _PARAGRAPH and line.rstrip()[-1:] in _STOPS
