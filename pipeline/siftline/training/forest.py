"""Boosted oblivious trees by CatBoost, as the arrays that layout/trees.py evaluates."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
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
    """How trees are grown."""

    trees: int = 120
    depth: int = 6
    rate: float = 0.15
    ridge: float = 5.0
    borders: int = 48
    seed: int = 1
    forests: int = 1
    """So many are grown, each from a seed of its own, and their mean is taken: what one says hangs on its seed."""


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
        random_seed=recipe.seed,
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
    seeds = range(recipe.seed, recipe.seed + recipe.forests)
    trees = mean([grow(lines, replace(recipe, seed=seed)) for seed in seeds])
    asked, numbers = np.unique(trees.features, return_inverse=True)
    small: npt.NDArray[np.int16] = numbers.reshape(trees.features.shape).astype(np.int16)
    return Stage(Trees(small, trees.borders, trees.leaves, trees.bias), tuple(lines.names[at] for at in asked))


def mean(forests: Sequence[Trees]) -> Trees:
    """Return one forest that says the mean of what some say."""
    return Trees(
        np.hstack([one.features for one in forests]),
        np.hstack([one.borders for one in forests]),
        np.vstack([one.leaves for one in forests]) / np.float32(len(forests)),
        sum(one.bias for one in forests) / len(forests),
    )


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
