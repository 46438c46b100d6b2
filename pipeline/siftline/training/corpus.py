"""All examples with what training asks of them again and again: truths, weights, folds, and linear models."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from ..layout.model import Wording, wording_of
from ..layout.words import BITS, LANGUAGES, TOPICS
from ..pages.marks import WORDS
from . import linear
from .examples import LARGE, Example, lines_of

SHARE = 0.35
"""Share of the lines of the large set that weights are trained on: its sites count, not its many lines."""
LABELLED = "labelled"
"""The set of pages of any kind whose lines no person has marked but a language model."""
WEIGHTS = {LARGE: 1.0, "silver": 1.5, LABELLED: 1.0}
"""Weight of a page by its set."""
OTHERS = 3.0
"""Weight of a page of the other sets, which are small."""
CLEANER = 0.3
"""Weight of what is an article already, or nearly so."""
POWER = 0.6
"""A line counts by its tokens to this power."""
Bytes = npt.NDArray[np.int8]


class Corpus:
    """Examples, and arrays with an entry for each of their lines."""

    def __init__(self, examples: Sequence[Example], written: Sequence[Example] = ()) -> None:
        self.examples = examples
        self.written = written
        """Pages in languages of tables of their own, whose wording alone is learnt."""
        self.bounds = lines_of(examples)
        self.truth = np.concatenate([example.labels for example in examples])
        self.weight = weights(examples)
        self.folds = self.spread([example.fold for example in examples])
        self.labelled = self.spread([example.set == LABELLED for example in examples])
        self.pages = self.spread([example.kind in ("page", "silver") for example in examples])
        small = self.spread([example.set != LARGE for example in examples])
        self.chosen = small | (np.random.default_rng(1).random(small.size) < SHARE)
        self.genres = self.spread([example.genre for example in examples])
        self._known: dict[tuple[str, frozenset[int]], Bytes] = {}
        self._packed: dict[frozenset[int], Wording] = {}

    def spread(self, values: Sequence[Any]) -> npt.NDArray[Any]:
        """Repeat a value of each example for all its lines."""
        return np.repeat(values, np.diff(self.bounds))

    def used(self, without: frozenset[int]) -> npt.NDArray[np.bool_]:
        """Return which lines training may use."""
        return self.chosen & ~np.isin(self.folds, list(without))

    def grams(self, without: frozenset[int]) -> Bytes:
        """Return weights of words and pairs, (tables, hash values, topics), trained without some folds."""
        if ("grams", without) not in self._known:
            used = self.used(without)[self.pages]
            truth, weight, genres = (each[self.pages][used] for each in (self.truth, self.weight, self.genres))
            self._known["grams", without] = np.stack(
                [topics(self._grams[used], truth, weight, genres), *self._other_grams]
            )
        return self._known["grams", without]

    def wording(self, without: frozenset[int]) -> Wording:
        """Return the same, packed."""
        if without not in self._packed:
            self._packed[without] = wording_of(self.grams(without))
        return self._packed[without]

    def words(self, without: frozenset[int]) -> Bytes:
        """Return weights of the words in tags and attributes, (2 * WORDS,), trained without some folds."""
        if ("words", without) not in self._known:
            used = self.used(without) & ~self.labelled
            self._known["words", without] = linear.fit(self._words[used], self.truth[used], self.weight[used])
        return self._known["words", without]

    @cached_property
    def _grams(self) -> Any:
        return linear.gram_rows([example for example in self.examples if example.kind in ("page", "silver")])

    @cached_property
    def _other_grams(self) -> list[Bytes]:
        """The tables of the other languages."""
        groups = [[page for page in self.written if page.lang in languages] for languages in LANGUAGES[1:]]
        return [Corpus(group).grams(frozenset())[0] for group in groups] if self.written else []

    @cached_property
    def _words(self) -> Any:
        return linear.word_rows([example.hints for example in self.examples if example.hints], 2 * WORDS)


def topics(
    rows: Any, truth: npt.NDArray[np.uint8], weight: npt.NDArray[np.float64], genres: npt.NDArray[np.str_]
) -> Bytes:
    """Return weights of words and pairs, (hash values, topics), from lines as `linear.gram_rows` gives them."""
    found = np.zeros((1 << BITS, len(TOPICS)), np.int8)
    found[:, 0] = linear.fit(rows, truth, weight)
    for column, genre in ((1, "forum"), (2, "article")):
        asked = genres != ""
        mark = (genres[asked] == genre).astype(np.uint8)
        found[:, column] = linear.fit(rows[asked], mark, _even(weight[asked], mark))
    return found


def weights(examples: Sequence[Example]) -> npt.NDArray[np.float64]:
    """Return the weight of each line: a document counts as one, and in it a line by its tokens."""
    found = []
    for example in examples:
        size = (example.tokens + 1.0) ** POWER
        raw = 1.0 if example.kind in ("page", "silver") else CLEANER
        found.append(size / size.sum() * raw * WEIGHTS.get(example.set, OTHERS))
    return np.concatenate(found)


def _even(weight: npt.NDArray[np.float64], mark: npt.NDArray[np.uint8]) -> npt.NDArray[np.float64]:
    """Give both classes the same weight in all."""
    out: npt.NDArray[np.float64] = weight * np.where(
        mark == 1, 1 / weight[mark == 1].sum(), 1 / weight[mark == 0].sum()
    )
    return out
