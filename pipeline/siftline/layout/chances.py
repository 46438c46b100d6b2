"""Chances and their log odds, in which signs add up."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .features import Floats

Mask = npt.NDArray[np.bool_]
STAYS = 0.45
"""The chance from which a line is taken to stay, where that is asked before the stage has decided."""


def odds(chance: Floats) -> Floats:
    """Return log odds, of chances that are next to 0 or 1 as if they were a little farther off."""
    chance = np.clip(chance, 1e-4, 1 - 1e-4)
    out: Floats = np.log(chance / (1 - chance))
    return out


def logistic(value: Floats) -> Floats:
    """Return 1 / (1 + e ** -value).

    >>> logistic(np.zeros(1, np.float32)).tolist()
    [0.5]
    """
    out: Floats = 1 / (1 + np.exp(-value))
    return out


def lessened(chance: Floats, where: Mask, by: float) -> Floats:
    """Return chances (0 to 1), some of them less likely by so many log odds.

    >>> [round(one, 3) for one in lessened(np.array([0.5, 0.5]), np.array([True, False]), 1.0).tolist()]
    [0.269, 0.5]
    """
    out: Floats = np.where(where, logistic(odds(chance) - by), chance).astype(np.float32)
    return out
