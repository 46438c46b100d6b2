"""Both stages of the layout model, trained so that each sees of the one below it what it will see in use.

Scores of n-grams and chances of the first stage come, for every line, from weights that have not seen its site:
otherwise the trees above would trust them too much (stacking, Wolpert 1992).
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from ..layout import ngrams
from ..layout.features import Floats, Table, role_codes, text_features
from ..layout.model import Model, Stage, known, logistic
from ..layout.second import judged_features
from ..layout.sheet import Sheet, sheet
from ..layout.trees import Trees
from . import grams
from .examples import FOLDS, Example, lines_of
from .forest import Lines, Recipe, grow

Ints = npt.NDArray[np.int64]
FIRST, SECOND = Recipe(trees=100), Recipe(trees=120)
SHARE_FIRST = 0.5
"""Share of the lines that the first stage's trees are grown on, where they only serve the second's training."""
_WEIGHTS = {"wcxb-dev": 1.0, "silver": 1.5}
_OTHERS = 3.0
"""Weight of a page of the smaller sets."""
_CLEANER = 0.3
"""Weight of what is an article already, or nearly so."""
_POWER = 0.7
_FOREIGN = 6
"""One in so many examples is shown without its wording, so that pages in other languages are judged by the rest."""


def weights(examples: Sequence[Example]) -> npt.NDArray[np.float64]:
    """Return the weight of each line: a document counts as one, and in it a line by its tokens."""
    found = []
    for example in examples:
        size = (example.tokens + 1.0) ** _POWER
        raw = 1.0 if example.kind in ("page", "silver") else _CLEANER
        found.append(size / size.sum() * raw * _WEIGHTS.get(example.set, _OTHERS))
    return np.concatenate(found)


@dataclass
class Corpus:
    """All examples, with what is asked of them again and again."""

    examples: Sequence[Example]
    _grams: dict[frozenset[int], npt.NDArray[np.int8]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Lay out every line once."""
        self.bounds = lines_of(self.examples)
        self.truth = np.concatenate([example.labels for example in self.examples])
        self.weight = weights(self.examples)
        sizes = np.diff(self.bounds)
        self.folds = np.repeat([example.fold for example in self.examples], sizes)
        self.whole_pages = np.repeat([example.kind in ("page", "silver") for example in self.examples], sizes)
        self.laid: list[tuple[Sheet, npt.NDArray[np.uint32]]] = []
        for example in self.examples:
            laid = sheet([line.text for line in example.lines])
            self.laid.append((laid, ngrams.fold(laid.codes)))
        pages = [example for example in self.examples if example.kind in ("page", "silver")]
        self.rows = grams.matrix(pages)
        self.genres = np.repeat([example.genre for example in pages], [len(example.lines) for example in pages])

    def grams(self, without: frozenset[int]) -> npt.NDArray[np.int8]:
        """Return n-gram weights trained without some folds."""
        if without not in self._grams:
            used = ~np.isin(self.folds[self.whole_pages], list(without))
            weight, genres = self.weight[self.whole_pages][used], self.genres[used]
            rows = self.rows[used]
            found = np.zeros((1 << ngrams.BITS, ngrams.COLUMNS), np.int8)
            found[:, 0] = grams.fit(rows, self.truth[self.whole_pages][used], weight)
            for column, genre in ((1, "forum"), (2, "article")):
                asked = genres != ""
                mark = (genres[asked] == genre).astype(np.uint8)
                found[:, column] = grams.fit(rows[asked], mark, _even(weight[asked], mark))
            self._grams[without] = found
        return self._grams[without]


def _even(weight: npt.NDArray[np.float64], mark: npt.NDArray[np.uint8]) -> npt.NDArray[np.float64]:
    """Give both classes the same weight in all."""
    return weight * np.where(mark == 1, 1 / weight[mark == 1].sum(), 1 / weight[mark == 0].sum())


def train(corpus: Corpus, without: frozenset[int] = frozenset()) -> Model:
    """Train a model on all sites but those of the folds `without`."""
    tables, rows = _tables(corpus, without)
    names = tuple(tables[0].names)
    array = np.concatenate([table.array() for table in tables], axis=1)
    chances = _first_chances(corpus, array, names, without)
    for at, table in enumerate(tables):
        span = slice(corpus.bounds[at], corpus.bounds[at + 1])
        table.names, table.rows = list(names), list(array[:, span])
        judged_features(table, chances[span], rows[at], *corpus.laid[at])
    more = np.concatenate([np.stack(table.rows[len(names) :]) for table in tables], axis=1)
    used = np.flatnonzero(~np.isin(corpus.folds, list(without)))
    first = _grow(corpus, array, names, used, FIRST)
    all_names = tuple(tables[0].names)
    second = _grow(corpus, np.concatenate([array, more]), all_names, used, SECOND)
    return Model(corpus.grams(without), _stage(first, names), _stage(second, all_names))


def _tables(corpus: Corpus, without: frozenset[int]) -> tuple[list[Table], list[Floats]]:
    """Measure every document, worded by n-grams that have not seen its site."""
    tables, rows = [], []
    for example, (laid, folded) in zip(corpus.examples, corpus.laid, strict=True):
        scores = ngrams.scores(laid, folded, corpus.grams(without | {example.fold})) * known(example.lines)
        roles = [line.role for line in example.lines]
        if _is_foreign(example):
            scores, roles = np.zeros_like(scores), ["body"] * len(roles)
        table, row = text_features(laid, scores, role_codes(roles), [line.text for line in example.lines])
        tables.append(table)
        rows.append(row)
    return tables, rows


def _is_foreign(example: Example) -> bool:
    """Whether an example is shown as one in a language of which neither n-grams nor rules know anything."""
    return zlib.crc32(example.id.encode()) % _FOREIGN == 0


def _first_chances(corpus: Corpus, array: Floats, names: Sequence[str], without: frozenset[int]) -> Floats:
    """Return for each line the first stage's chance, from trees that have not seen its site."""
    chances = np.zeros(corpus.truth.size, np.float32)
    chosen = np.random.default_rng(1).random(corpus.truth.size) < SHARE_FIRST
    for fold in set(range(FOLDS)) - without:
        used = np.flatnonzero(chosen & ~np.isin(corpus.folds, [fold, *without]))
        asked = corpus.folds == fold
        chances[asked] = logistic(_grow(corpus, array, names, used, FIRST).raw(array[:, asked]))
    return chances


def _grow(corpus: Corpus, array: Floats, names: Sequence[str], used: npt.NDArray[np.intp], recipe: Recipe) -> Trees:
    return grow(Lines(array[:, used], names, corpus.truth[used], corpus.weight[used]), recipe)


def _stage(trees: Trees, names: tuple[str, ...]) -> Stage:
    """Keep only the features that the trees ask for, and number them anew."""
    asked, numbers = np.unique(trees.features, return_inverse=True)
    small = Trees(numbers.reshape(trees.features.shape).astype(np.int16), trees.borders, trees.leaves, trees.bias)
    return Stage(small, tuple(names[at] for at in asked))
