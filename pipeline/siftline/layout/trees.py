"""Boosted oblivious trees, evaluated over arrays: all nodes of one depth ask the same, so a leaf is a binary number.

Prokhorenkova et al. 2018 describe them; they are trained elsewhere (see siftline.training) and need only numpy here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[Any]
_AT_ONCE = 192
"""Columns whose features lie side by side in the processor's cache."""


@dataclass(frozen=True)
class Trees:
    """An ensemble: for tree t and depth d the feature `features[d, t]` is compared with `borders[d, t]`."""

    features: npt.NDArray[np.int16]
    borders: Floats
    leaves: Floats
    """Value of each leaf, (trees, 2 ** depth); bit d of a leaf's number says whether the border d is passed."""
    bias: float

    def raw(self, table: Floats) -> Floats:
        """Return the log-odds of each column of `table`, whose rows are features; whatever other columns there are."""
        size = table.shape[1]
        if size == 1:  # numpy adds up a single column in another order than several, here and in the parts below
            return self.raw(table.repeat(2, axis=1))[:1]
        bounds = [*range(0, max(1, size - 1), _AT_ONCE), size]
        sums = [
            self.leaves.ravel().take(self._leaf(table[:, begin:end])).sum(axis=0, dtype=np.float32)
            for begin, end in pairwise(bounds)
        ]
        out: Floats = np.concatenate(sums) + np.float32(self.bias)
        return out

    def _leaf(self, table: Floats) -> npt.NDArray[np.int32]:
        """Return the number of each tree's leaf among all leaves, (trees, columns)."""
        depth, trees = self.features.shape
        asked = table.take(self.features.ravel(), axis=0)
        passed = (asked > self.borders.reshape(-1, 1)).view(np.uint8).reshape(depth, trees, -1)
        number = np.zeros_like(passed[0]) if not depth else passed[depth - 1]
        for level in range(depth - 2, -1, -1):
            number += number
            number |= passed[level]
        out: npt.NDArray[np.int32] = number + (np.arange(trees, dtype=np.int32) << depth)[:, None]
        return out

    def at_most(self, free: Sequence[int]) -> Trees:
        """Return trees that say which log-odds a column reaches at most whatever it has in the rows that are `free`: of
        the leaves that only those decide between, each has the value of the best. Sums are rounded alike, so that
        `raw` of these trees is never below that of the others.
        """
        number, leaves = np.arange(self.leaves.shape[1]), self.leaves.copy()
        for level, asked in enumerate(np.isin(self.features, free)):
            leaves[asked] = np.maximum(leaves[asked], leaves[asked][:, number ^ (1 << level)])
        return replace(self, leaves=leaves)

    def contributions(self, table: Floats) -> Floats:
        """Return what each feature moved, (features, columns): a tree's expected value before and after each
        comparison, as in Saabas 2014, with every leaf taken as equally likely.
        """
        steps, order, starts = self._steps
        leaf = self._leaf(table)
        moved = np.concatenate([steps[level].take(leaf) for level in range(len(steps))])
        out = np.zeros(table.shape, np.float32)
        out[self.features.ravel()[order[starts]]] = np.add.reduceat(moved[order], starts, axis=0)
        return out

    @cached_property
    def _steps(self) -> tuple[Floats, npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """Return what each comparison moves on the way to each leaf, (depth, trees * leaves), the order that brings
        comparisons of one feature together, and where in it the features begin.
        """
        depth, trees = self.features.shape
        steps = np.zeros((depth, trees, 1 << depth), np.float32)
        number = np.arange(1 << depth)
        before = np.repeat(self.leaves.mean(axis=1)[:, None], 1 << depth, axis=1)
        for level in range(depth):
            after = self.leaves.reshape(trees, -1, 2 << level).mean(axis=1)[:, number & ((2 << level) - 1)]
            steps[level] = after - before
            before = after
        features = self.features.ravel()
        order = np.argsort(features, kind="stable")
        starts = np.flatnonzero(np.diff(features[order], prepend=-1))
        return steps.reshape(depth, -1), order, starts
