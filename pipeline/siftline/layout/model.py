"""The models: weights from files, and the judgement of a document's lines in two stages.

`Model` judges by text alone. `PageModel` sees the markup too; what the first stage of `Model` thinks is one of its
features, since that has been trained on many more pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate, chain, pairwise, starmap
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from .. import tables
from ..document import Line
from . import words
from .chances import logistic, odds
from .features import Floats, Table, role_codes, text_features
from .gate import gate_features
from .repeated import agreed
from .second import FIRST, judged_features
from .sheet import kinds, sheet
from .trees import Trees

Wording = tuple[npt.NDArray[np.uint64], ...]
"""Packed weights of words, one table for each of `words.LANGUAGES`."""
ELSEWHERE = "the same line elsewhere"
"""The step that draws lines together which stand more than once."""
ALONE = 0.6
"""What the least chance is multiplied by for a line of text that stands alone between two that stay: a heading, or a
brief sentence."""


@dataclass(frozen=True)
class Judgement:
    """What the model thinks of each line: the chance that it is article, 0 to 1, and what that rests on."""

    chances: Floats
    table: Table
    trees: Trees
    """The trees that judged, which number the table's rows."""
    gain: float = 1.0
    """The chance that the document is better off without the lines that have little of it."""
    languages: int | None = 0
    """The number in `words.LANGUAGES` of the languages of most of the text; None where the model knows none of them."""
    alone: float | Floats = 1.0
    """What the least chance is multiplied by where a line stands alone between two that stay; for all, or for each."""
    declared: bool | npt.NDArray[np.bool_] = False
    """Which lines stay whatever their chance, since the page names them as what it is about."""
    first: tuple[str, Trees] | None = None
    """The name of the feature that is a first stage's judgement of the line, and that stage's trees."""
    steps: tuple[tuple[str, Floats], ...] = ()
    """What was made of the trees' chances, in order: the name of each step, and the chances before it."""

    def then(self, step: str, chances: Floats) -> Judgement:
        """Return the judgement with these chances, after a step that has a name for a reader."""
        if chances is self.chances:
            return self
        return replace(self, chances=chances, steps=(*self.steps, (step, self.chances)))

    def cut(self, size: Floats, strictness: float) -> float:
        """Return the chance below which lines are to go, for lines of these sizes.

        With chances that are right, the choice with the greatest expected F1 takes all lines above half of that F1
        (Lipton et al. 2014); `strictness` is the share to take instead of a half.
        """
        order = np.argsort(-self.chances, kind="stable")
        right = np.cumsum((self.chances * size)[order], dtype=np.float64)
        taken = np.cumsum(size[order], dtype=np.float64)
        return strictness * float((2 * right / (taken + right[-1] + 1e-9)).max(initial=0.0))

    def reasons(self, lines: Sequence[int], most: int = 3) -> list[list[str]]:
        """Return for each of these lines the names of the features, and of the steps after the trees, that spoke most
        against it: that moved its log odds down the farthest.
        """
        if not len(lines):
            return []
        names = [*self.table.names, *(name for name, _ in self.steps)]
        after = [odds(chances[lines]) for chances in (*(before for _, before in self.steps), self.chances)]
        moved = np.vstack([self._moved(self.table.array[:, lines]), *np.diff(after, axis=0)])
        order = np.argsort(moved, axis=0, kind="stable")[:most]
        return [[names[row] for row in column] for column in order.T]

    def _moved(self, table: Floats) -> Floats:
        """Return what each feature moved, (features, columns). What a first stage moved down is shared out among the
        features that spoke against the line there.
        """
        moved = self.trees.contributions(table)
        if self.first:
            name, trees = self.first
            against = np.minimum(trees.contributions(table), 0)
            row = self.table.names.index(name)
            moved += np.minimum(moved[row], 0) * against / np.minimum(against.sum(axis=0), -1e-9)
            moved[row] = np.maximum(moved[row], 0)
        return moved


@dataclass(frozen=True)
class Stage:
    """One stage's trees, and the names of the features that they number."""

    trees: Trees
    names: tuple[str, ...]
    _placed: dict[int, Trees] = field(default_factory=dict, compare=False)
    """The trees with the numbers of a table's rows, by its size: tables of one size are alike."""

    @classmethod
    def empty(cls) -> Stage:
        """Return a stage without trees, for which every chance is a half."""
        none = np.zeros((1, 0))
        return cls(Trees(none.astype(np.int16), none.astype(np.float32), np.zeros((0, 2), np.float32), 0.0), ())

    def judge(self, table: Table) -> Judgement:
        """Return the chance for each line."""
        size = len(table.names)
        if size not in self._placed:
            at = {name: number for number, name in enumerate(table.names)}
            rows = np.array([at[name] for name in self.names], np.int16)
            self._placed[size] = replace(self.trees, features=rows[self.trees.features])
        trees = self._placed[size]
        return Judgement(logistic(trees.raw(table.array)), table, trees)


@dataclass(frozen=True)
class Measured:
    """A document's lines as arrays, and what is measured of their text."""

    words: words.Words
    table: Table
    rows: Floats
    languages: int | None
    """The number in `words.LANGUAGES` of the languages of at least half of the text, if any."""

    @classmethod
    def of(cls, lines: Sequence[Line], wording: Wording) -> Measured:
        """Measure the lines of one document, none of them blank."""
        return cls.together([lines], wording)[1][0]

    @classmethod
    def together(cls, documents: Sequence[Sequence[Line]], wording: Wording) -> tuple[Table, list[Measured]]:
        """Measure the lines of documents, none of them blank; return the table of them all besides. The wording of a
        language that the weights do not know says nothing.
        """
        every = [*chain.from_iterable(documents)]
        places = ranges(documents)
        laid = sheet([line[0] for line in every], places)
        kind = kinds(laid.codes)
        worded = words.words(laid, kind)
        scores = words.scores(worded, wording[0])
        numbers = [_number(every[lines], laid.sizes[lines], len(wording)) for lines in places]
        for lines, number in zip(places, numbers, strict=True):
            if number is None:
                scores[:, lines] = 0
            elif number:
                scores[:, lines] = words.scores(worded.of(lines), wording[number])
        table, parts = text_features(laid, kind, scores, role_codes([line[2] for line in every]), places)
        return table, [
            cls(worded.of(lines), *part, number) for lines, part, number in zip(places, parts, numbers, strict=True)
        ]

    def add_judgement(self, chance: Floats) -> None:
        """Add what a first stage thinks of the lines."""
        judged_features(self.table, chance, self.rows, self.words)


def ranges(parts: Iterable[Sized]) -> list[slice]:
    """Return where parts begin and end that stand one behind the other.

    >>> ranges(["ab", "c"])
    [slice(0, 2, None), slice(2, 3, None)]
    """
    return list(starmap(slice, pairwise(accumulate(map(len, parts), initial=0))))


@dataclass(frozen=True)
class Model:
    """Weights for text: of the words, of the trees of both stages, and of the gate's."""

    grams: npt.NDArray[np.int8]
    """(tables, hash values, topics), see words.py; of weights from before there were several tables only the first"""
    first: Stage
    second: Stage
    gate: Stage

    @cached_property
    def wording(self) -> Wording:
        """The weights of the words."""
        return wording_of(self.grams)

    def judge(self, lines: Sequence[Line]) -> Judgement:
        """Judge the lines of one document, none of them blank."""
        return self.judge_all([lines])[0]

    def judge_all(self, documents: Sequence[Sequence[Line]]) -> list[Judgement]:
        """Judge the lines of several documents, none of them blank. Each, if it has more than one line, is judged as it
        would be alone: side by side they take less time, since many steps take the same for a few lines and for many.
        """
        table, measured = Measured.together(documents, self.wording)
        places = ranges(documents)
        first = self.first.judge(table)
        chances = first.chances
        # one by one, since numpy adds up a single column in another order than one of several
        gates = [gate_features(one.rows, chances[lines]) for one, lines in zip(measured, places, strict=True)]
        gains = [float(self.gate.judge(gate).chances[0]) for gate in gates]
        for one, lines in zip(measured, places, strict=True):
            one.add_judgement(chances[lines])
        table.names = measured[0].table.names.copy()
        found = self.second.judge(table)
        return [
            replace(
                found, chances=found.chances[at], table=one.table, gain=gain, languages=one.languages,
                alone=1.0 if one.languages is None else ALONE, first=(FIRST, first.trees),
            ).then(ELSEWHERE, agreed(found.chances[at], lines))
            for one, lines, at, gain in zip(measured, documents, places, gains, strict=True)
        ]  # fmt: skip

    def save(self, path: Path) -> None:
        """Write the weights; `load` reads them."""
        stages = arrays_of("first", self.first) | arrays_of("second", self.second) | arrays_of("gate", self.gate)
        np.savez_compressed(path, grams=self.grams, **stages)


def wording_of(grams: npt.NDArray[np.int8]) -> Wording:
    """Return weights of words, (tables, hash values, topics), packed."""
    return tuple(map(words.packed, grams))


def _number(lines: Sequence[Line], sizes: Floats, tables: int) -> int | None:
    """Return the number of the table for the languages of at least half of the text."""
    for number, languages in enumerate(words.LANGUAGES[:tables]):
        if 2 * float(sizes @ np.array([line[3] in languages for line in lines])) >= float(sizes.sum()):
            return number
    return None


def load(path: Path) -> Model:
    """Read weights. Raises OSError where there are none, ValueError or KeyError where the file holds others."""
    arrays = tables.arrays_in(path)
    grams = arrays["grams"].reshape(-1, 1 << words.BITS, len(words.TOPICS))
    return Model(grams, *(stage(arrays, name) for name in ("first", "second", "gate")))


def arrays_of(name: str, of: Stage) -> dict[str, Any]:
    """Return the arrays that `stage` reads, under a stage's name."""
    trees = of.trees
    fields = {"features": trees.features, "borders": trees.borders, "leaves": trees.leaves, "bias": trees.bias}
    return {f"{name}.names": np.array(of.names)} | {f"{name}.{key}": value for key, value in fields.items()}


def stage(arrays: Mapping[str, Any], name: str) -> Stage:
    """Return a stage from the arrays of a file."""
    features, borders, leaves, bias = (arrays[f"{name}.{key}"] for key in ("features", "borders", "leaves", "bias"))
    return Stage(Trees(features, borders, leaves, float(bias)), tuple(arrays[f"{name}.names"].tolist()))
