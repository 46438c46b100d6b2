"""Weights of hashed words and pairs, and of hashed words of the markup: logistic regression, by L-BFGS."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from ..layout import words
from ..layout.markup import Hints
from ..layout.sheet import kinds, sheet
from .examples import Example

_RIDGE = 1e-5
_ROUNDS, _MANY = 30, 1000  # rounds for many columns; few are given ten times as many
_LARGEST = 0.9995  # quantile of the weights that becomes 127


def gram_rows(examples: Sequence[Example]) -> Any:
    """Return the words and pairs of all lines, each row divided by the root of their number as in `words.scores`."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - of the extra "train", which the tests lack

    columns, counts = [], []
    for example in examples:
        laid = sheet([line.text for line in example.lines])
        of = words.words(laid, kinds(laid.codes))
        found = [(of.alone[a:b], of.pairs[a - 1 : b]) for a, b in zip(of.first.tolist(), of.last.tolist(), strict=True)]
        columns += [part for line in found for part in line]
        counts.append(2 * (of.last - of.first) + 1)
    count = np.concatenate(counts)
    values = np.repeat((1 / np.sqrt(count + 1.0)).astype(np.float32), count)
    starts = np.concatenate(([0], np.cumsum(count)))
    return csr_matrix((values, np.concatenate(columns).astype(np.int32), starts), (count.size, 1 << words.BITS))


def word_rows(hints: Sequence[Hints], size: int) -> Any:
    """Return the words of all lines, each row divided by the root of their number as in `Hints.word_scores`."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - see gram_rows

    columns, owners, base = [], [], 0
    for found in hints:
        first, last = found.spans
        count = last - first
        place = np.repeat(first - np.cumsum(count) + count, count) + np.arange(count.sum())
        columns.append(np.repeat(found.words, count))
        owners.append(place + base)
        base += found.lines["tag"].size
    owner = np.concatenate(owners)
    number = np.bincount(owner, minlength=base)
    values = (1 / np.sqrt(number + 1.0)).astype(np.float32)[owner]
    return csr_matrix((values, (owner, np.concatenate(columns))), (base, size))


def fit(rows: Any, truth: npt.NDArray[np.uint8], weight: npt.NDArray[np.float64]) -> npt.NDArray[np.int8]:
    """Return whole-numbered weights, from -127 to 127, that tell article lines (1) from others (0)."""
    theta = regression(rows, truth, weight, np.full(rows.shape[1], _RIDGE))[:-1]
    scale = 127 / np.quantile(np.abs(theta), _LARGEST)
    out: npt.NDArray[np.int8] = np.clip(np.round(theta * scale), -127, 127).astype(np.int8)
    return out


def regression(
    rows: Any, truth: npt.NDArray[np.uint8], weight: npt.NDArray[np.float64], ridge: npt.NDArray[np.float64]
) -> Any:
    """Return the weight of each column and, last, the bias, of a logistic regression with a ridge for each column."""
    from scipy.optimize import minimize  # noqa: PLC0415 - see gram_rows

    weight = weight / weight.sum()
    columns = rows.T.tocsr()
    sign = np.where(truth > 0, 1.0, -1.0).astype(np.float32)

    def loss(theta: Any) -> tuple[float, Any]:
        margin = (rows @ theta[:-1].astype(np.float32) + theta[-1]) * sign
        slope = (-sign * weight / (1 + np.exp(np.clip(margin, -50, 50)))).astype(np.float32)
        value = (weight * np.logaddexp(0, -margin)).sum() + 0.5 * (ridge * theta[:-1] ** 2).sum()
        return value, np.concatenate([columns @ slope + ridge * theta[:-1], [slope.sum()]])

    start = np.zeros(rows.shape[1] + 1)
    rounds = _ROUNDS if rows.shape[1] > _MANY else 10 * _ROUNDS
    return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": rounds, "maxcor": 8}).x
