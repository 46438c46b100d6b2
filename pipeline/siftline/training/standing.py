"""Training of the spam score's last forest, which is asked how a line stands in its document.

It learns from lines that the other weights have not seen: articles of a fold of sites, scored by weights trained
without that fold, and adverts of families that those weights do not know, and prose about them, put into these
articles. Only lines count that the search would leave, since the forest is asked for no others.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt

from ..adverts.model import LAST, Model
from ..adverts.outliers import Asked, standing
from ..adverts.parts import Judge
from ..adverts.screen import screen
from ..adverts.search import search
from ..layout.model import Stage
from .adverts import LANGUAGES, SEED, Sample
from .forest import Lines, Recipe, grow_stage
from .unseen import LARGEST, Unseen

RECIPE = Recipe(trees=200, depth=6, rate=0.08, ridge=10.0, borders=64, seeds=(1, 2, 3))
_LEAST = 0.35
"""The log odds from which the search takes a line: a little more than it asks for at work, so that it leaves more."""
_MOST = 500
"""Adverts, and other lines, of a language and a fold that are put into articles at most."""
_TOGETHER, _MIXED = 3, 0.25
"""How many of them go into one article at most, and how often one of the other kind goes with them."""
_STAYS, _BESIDE = 2.0, 0.6
"""What a line about adverts counts, and a line of an article that an advert was put into; others count once."""


_Row = tuple[npt.NDArray[np.float32], bool, float]
"""The measures of a line, whether it is an advert, and what it counts."""


@dataclass(frozen=True)
class Standings:
    """Lines, or sentences, as they stand in documents."""

    lines: Lines
    folds: npt.NDArray[np.intp]
    recipe: Recipe

    def forest(self, without: Collection[int] = ()) -> Stage:
        """Return the forest, grown without some folds."""
        return grow_stage(self.lines.some(~np.isin(self.folds, list(without))), self.recipe)


def joined(rows: Sequence[_Row], sizes: Sequence[int], names: Sequence[str], recipe: Recipe) -> Standings:
    """Return rows of one fold after another, of which there are as many as `sizes` says."""
    measures, truth, weight = zip(*rows, strict=True)
    lines = Lines(np.array(measures, np.float32).T.copy(), names, np.array(truth, np.uint8), np.array(weight))
    return Standings(lines, np.arange(len(sizes)).repeat(sizes), recipe)


def in_documents(folds: Sequence[Unseen]) -> Standings:
    """Return the lines of articles, and others put into these, as they stand in documents."""
    rows, sizes = list[_Row](), list[int]()
    for fold in folds:
        before = len(rows)
        rows += (
            row for of_lang in fold.articles.values() for lines in of_lang for row in _rows(lines, {}, fold.model, 1.0)
        )
        rows += _put(fold)
        sizes.append(len(rows) - before)
    return joined(rows, sizes, LAST, RECIPE)


def _rows(lines: Sequence[str], put: dict[int, Sample], model: Model, others: float) -> Iterator[_Row]:
    """Yield how the lines of a document stand that the search leaves; `others` is the weight of its own lines, `put`
    says which are not.
    """
    known = {found.line for found in search(lines, Judge(model, _LEAST))}
    [stands] = standing([Asked(lines, screen(lines), known)], model)
    for at, measures in zip(stands.lines, stands.table.T, strict=True):
        if at in put:
            yield measures, put[at].is_advert, 1.0 if put[at].is_advert else _STAYS
        elif others:
            yield measures, False, others


def _put(fold: Unseen) -> Iterator[_Row]:
    """Yield how lines stand that were put into articles, and the lines of those articles."""
    rng = random.Random(SEED)
    for lang in LANGUAGES:
        small = [lines for lines in fold.articles[lang] if sum(map(bool, lines)) <= LARGEST]
        kinds = {truth: fold.put(lang, truth) for truth in (True, False)}
        for truth, samples in kinds.items():
            waiting = iter(rng.sample(samples, min(_MOST, len(samples))))
            while some := list(islice(waiting, rng.randint(1, _TOGETHER))):
                if rng.random() < _MIXED:
                    some.append(rng.choice(kinds[not truth]))
                yield from _rows(*_with(some, rng.choice(small), rng), fold.model, _BESIDE if truth else 0.0)


def _with(some: Sequence[Sample], article: Sequence[str], rng: random.Random) -> tuple[list[str], dict[int, Sample]]:
    """Return an article with some lines put into it, and where they stand.

    >>> lines, put = _with([Sample("advert", "en", "loans", True)], ["title"], random.Random(0))
    >>> lines, list(put)
    (['title', 'advert'], [1])
    """
    document: list[str | Sample] = list(article)
    for sample in some:
        document.insert(rng.randint(1, len(document)), sample)
    put = {at: one for at, one in enumerate(document) if isinstance(one, Sample)}
    return [one if isinstance(one, str) else " ".join(one.text.split("\n")).strip() for one in document], put
