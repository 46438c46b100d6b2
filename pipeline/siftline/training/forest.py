"""Boosted oblivious trees by CatBoost, as the arrays that layout/trees.py evaluates."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ..layout.model import Stage
from ..layout.trees import Trees

_ALWAYS = {
    "bootstrap_type": "Bernoulli", "subsample": 0.7, "rsm": 0.5, "boosting_type": "Plain",
    "leaf_estimation_iterations": 1, "thread_count": 1, "allow_writing_files": False, "verbose": 0,
}  # fmt: skip
"""One thread: with more, sums differ from run to run."""
COARSE = 8
"""Borders of a feature of the whole document."""


@dataclass(frozen=True)
class Recipe:
    """How trees are grown: a forest from each seed, of which the mean is taken."""

    trees: int = 120
    """Of each seed."""
    depth: int = 6
    rate: float = 0.15
    ridge: float = 5.0
    borders: int = 48
    seeds: tuple[int, ...] = (1,)


@dataclass(frozen=True)
class Lines:
    """What trees are grown on."""

    table: npt.NDArray[np.float32]
    """(features, lines)"""
    names: Sequence[str]
    truth: npt.NDArray[np.uint8]
    weight: npt.NDArray[np.float64]

    def some(self, used: npt.NDArray[np.bool_]) -> Lines:
        """Return some of the lines."""
        return Lines(self.table[:, used], self.names, self.truth[used], self.weight[used])


def grow(lines: Lines, recipe: Recipe) -> Trees:
    """Grow trees that tell lines of truth 1 from those of 0.

    What hangs on a seed alone is averaged out: forests from several seeds, of fewer trees each, cost no more than one
    and are at least as good, and which brief lines they get right is less of a gamble.
    """
    return mean([_grow(lines, recipe, seed) for seed in recipe.seeds])


def mean(forests: Sequence[Trees]) -> Trees:
    """Return all trees of some forests of one depth, so that what they say is the mean of what the forests say.

    >>> leaf = np.array([[0.0, 2.0]], np.float32)
    >>> one, other = (Trees(np.zeros((1, 1), np.int16), np.zeros((1, 1)), leaf * n, n) for n in (1.0, 3.0))
    >>> both = mean([one, other])
    >>> both.raw(np.ones((1, 1), np.float32)).tolist()
    [6.0]
    """
    features, borders = (np.concatenate([getattr(one, name) for one in forests], 1) for name in ("features", "borders"))
    leaves = np.concatenate([one.leaves for one in forests]) / np.float32(len(forests))
    return Trees(features, borders, leaves, sum(one.bias for one in forests) / len(forests))


def _grow(lines: Lines, recipe: Recipe, seed: int) -> Trees:
    """Grow the trees of one seed.

    What is the same for all lines of a document is told apart in few steps only: with many, trees would learn
    documents by heart.
    """
    from catboost import CatBoostClassifier, Pool  # noqa: PLC0415 - of the extra "train", which the tests lack

    coarse = [f"{at}:border_count={COARSE}" for at, name in enumerate(lines.names) if "document" in name]
    grown = CatBoostClassifier(
        iterations=recipe.trees,
        depth=recipe.depth,
        learning_rate=recipe.rate,
        l2_leaf_reg=recipe.ridge,
        border_count=recipe.borders,
        per_float_feature_quantization=coarse,
        random_seed=seed,
        **_ALWAYS,
    )
    weight = lines.weight * (lines.weight.size / lines.weight.sum())
    grown.fit(Pool(lines.table.T, lines.truth, weight=weight))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "trees.json"
        grown.save_model(str(path), format="json")
        return _arrays(json.loads(path.read_text()), recipe.depth)


def grow_stage(lines: Lines, recipe: Recipe) -> Stage:
    """Grow trees; keep only the features that they ask for, and number them anew."""
    trees = grow(lines, recipe)
    asked, numbers = np.unique(trees.features, return_inverse=True)
    small: npt.NDArray[np.int16] = numbers.reshape(trees.features.shape).astype(np.int16)
    return Stage(Trees(small, trees.borders, trees.leaves, trees.bias), tuple(lines.names[at] for at in asked))


def _arrays(model: dict[str, Any], depth: int) -> Trees:
    """Return the trees of CatBoost's JSON; one with less depth is filled up with comparisons nothing passes."""
    names = [feature["flat_feature_index"] for feature in model["features_info"]["float_features"]]
    trees = model["oblivious_trees"]
    features = np.zeros((depth, len(trees)), np.int16)
    borders = np.full((depth, len(trees)), np.inf, np.float32)
    leaves = np.zeros((len(trees), 1 << depth), np.float32)
    scale, bias = model["scale_and_bias"]
    for number, tree in enumerate(trees):
        values = tree["leaf_values"]
        leaves[number] = np.tile(values, (1 << depth) // len(values))
        for level, split in enumerate(tree["splits"]):
            features[level, number] = names[split["float_feature_index"]]
            borders[level, number] = split["border"]
    return Trees(features, borders, leaves * np.float32(scale), float(bias[0]))
