"""The model: weights from a file, and the judgement of a document's lines in two stages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..document import Line
from . import ngrams
from .features import Floats, Table, role_codes, text_features
from .second import judged_features
from .sheet import sheet
from .trees import Trees

KNOWN_LANGUAGES = frozenset({"zh", "en"})
"""Languages whose n-grams the weights know; of any other the wording says nothing."""


@dataclass(frozen=True)
class Judgement:
    """What the model thinks of each line: the chance that it is article, 0 to 1, and what that rests on."""

    chances: Floats
    table: Floats
    """The features that the second stage's trees ask for, (features, lines)."""
    names: Sequence[str]
    trees: Trees

    def reasons(self, lines: Sequence[int], most: int = 3) -> list[list[str]]:
        """Return for each of these lines the names of the features that spoke most against it."""
        if not len(lines):
            return []
        moved = self.trees.contributions(self.table[:, lines])
        order = np.argsort(moved, axis=0, kind="stable")[:most]
        return [[self.names[row] for row in column] for column in order.T]


@dataclass(frozen=True)
class Stage:
    """One stage's trees, and the names of the features that they number."""

    trees: Trees
    names: tuple[str, ...]

    def chances(self, table: Table) -> tuple[Floats, Floats]:
        """Return the chance for each line, and the rows that were looked at."""
        at = {name: number for number, name in enumerate(table.names)}
        chosen = np.stack([table.rows[at[name]] for name in self.names])
        return logistic(self.trees.raw(chosen)), chosen


@dataclass(frozen=True)
class Model:
    """Weights of one mode: of the n-grams, and of the trees of both stages."""

    grams: Any
    first: Stage
    second: Stage

    def judge(self, lines: Sequence[Line]) -> Judgement:
        """Judge the lines of one document, none of them blank."""
        texts = [line.text for line in lines]
        laid = sheet(texts)
        folded = ngrams.fold(laid.codes)
        scores = ngrams.scores(laid, folded, self.grams) * known(lines)
        table, rows = text_features(laid, scores, role_codes([line.role for line in lines]), texts)
        chance, _ = self.first.chances(table)
        judged_features(table, chance, rows, laid, folded)
        chances, chosen = self.second.chances(table)
        return Judgement(chances, chosen, self.second.names, self.second.trees)

    def save(self, path: Path) -> None:
        """Write the weights; `load` reads them."""
        arrays: dict[str, Any] = {"grams": self.grams}
        for name, stage in (("first", self.first), ("second", self.second)):
            arrays |= {
                f"{name}.names": np.array(stage.names),
                f"{name}.features": stage.trees.features,
                f"{name}.borders": stage.trees.borders,
                f"{name}.leaves": stage.trees.leaves,
                f"{name}.bias": np.float32(stage.trees.bias),
            }
        np.savez_compressed(path, **arrays)


def known(lines: Sequence[Line]) -> Floats:
    """Return 1 for each line in a language whose wording the model knows, 0 for others."""
    return np.array([line.lang in KNOWN_LANGUAGES for line in lines], np.float32)


def load(path: Path) -> Model:
    """Read weights. Raises OSError where there are none, ValueError or KeyError where the file holds others."""
    with np.load(path, allow_pickle=False) as arrays:
        return Model(arrays["grams"], _stage(arrays, "first"), _stage(arrays, "second"))


def _stage(arrays: Mapping[str, Any], name: str) -> Stage:
    trees = Trees(
        arrays[f"{name}.features"], arrays[f"{name}.borders"], arrays[f"{name}.leaves"], float(arrays[f"{name}.bias"])
    )
    return Stage(trees, tuple(arrays[f"{name}.names"].tolist()))


def logistic(value: Floats) -> Floats:
    """Return 1 / (1 + e ** -value).

    >>> logistic(np.zeros(1, np.float32)).tolist()
    [0.5]
    """
    out: Floats = 1 / (1 + np.exp(-value))
    return out
