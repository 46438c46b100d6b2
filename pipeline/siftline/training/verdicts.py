"""What the gate is trained on: for each document, whether it gets better by what the model would drop."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ..layout.features import Floats
from ..layout.gate import gate_features
from ..layout.model import Judgement, Measured, Stage
from ..library import STRICTNESS
from .examples import Example
from .forest import Lines, Recipe, grow_stage

RECIPE = Recipe(trees=60, depth=4, rate=0.1, ridge=10.0, borders=32)
_MOST, _LEAST = 0.3, 0.02
_ARTICLES = 4.0
"""Weight of an article as it is: it must come out whole."""


class Verdict(NamedTuple):
    """The gate's features of a document, their names, and by how much its F1 rises by what would be dropped."""

    features: Floats
    names: Sequence[str]
    gain: float
    weight: float


def verdict(example: Example, measured: Measured, chance: Floats) -> Verdict:
    """Return what dropping would do to an example, judged by a stage that has not seen its site."""
    inside = np.array([line.in_article for line in example.lines])
    size = example.tokens * inside.astype(np.float32)
    table = gate_features(measured.rows, chance)
    judged = Judgement(chance, table, Stage.empty().trees)
    kept = inside & (chance >= judged.cut(size, STRICTNESS))
    gain = _f1(example, kept) - _f1(example, inside)
    weight = min(abs(gain), _MOST) + _LEAST
    return Verdict(table.array, table.names, gain, weight * (_ARTICLES if example.kind == "gold" else 1.0))


def grow_gate(verdicts: Sequence[Verdict]) -> Stage:
    """Grow the gate."""
    return grow_stage(
        Lines(
            np.concatenate([one.features for one in verdicts], axis=1),
            verdicts[0].names,
            np.array([one.gain > 0 for one in verdicts], np.uint8),
            np.array([one.weight for one in verdicts]),
        ),
        RECIPE,
    )


def _f1(example: Example, kept: npt.NDArray[np.bool_]) -> float:
    """Return F1 in tokens against the lines that are article."""
    want, have = example.labels == 1, kept
    right = float(example.tokens[want & have].sum())
    return 2 * right / max(1.0, float(example.tokens[want].sum() + example.tokens[have].sum()))
