"""The weights, and the score of lines in two steps: a glance at all of them, then a close look at the few that could
be adverts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from . import cues, signs, wording

Floats = npt.NDArray[np.float64]
GLANCE = -5.0
"""The score at a glance, in log odds, below which a line is not looked at again; see models/README.md for what of the
adverts lies below it.
"""


class Score(NamedTuple):
    """What speaks for an advert."""

    odds: float
    """Log odds that the line is an advert."""
    parts: Floats
    """What each measure adds to them: the wording, then those of cues.NAMES."""

    @property
    def chance(self) -> float:
        """The same as a chance, 0 to 1."""
        return float(1 / (1 + np.exp(-self.odds)))

    def reasons(self, most: int = 3) -> list[str]:
        """Return the names of the measures that spoke most for it."""
        names = ("wording", *cues.NAMES)
        order = np.argsort(-self.parts, kind="stable")[:most]
        return [names[at] for at in order if self.parts[at] > 0]


@dataclass(frozen=True)
class Model:
    """Weights: of n-grams, of the signs that a glance sees, and of the cues of a close look."""

    grams: npt.NDArray[np.int8]
    glance: Floats
    """The wording's weight, those of signs.NAMES, and the bias."""
    close: Floats
    """The wording's weight, those of cues.NAMES, and the bias."""

    def at_a_glance(self, lines: Sequence[str]) -> tuple[Floats, Floats]:
        """Return the log odds at a glance for each line, and its wording. Lines are stripped and hold no line feed."""
        if not lines:
            return np.zeros(0), np.zeros(0)
        worded = wording.scores(wording.Folded.of(lines), self.grams)
        odds = self.glance[1:-1].astype(np.float32) @ signs.signs(lines) + self.glance[0] * worded + self.glance[-1]
        return odds.astype(np.float64), worded

    def closely(self, line: str, worded: float) -> Score:
        """Return the score of one line, given its wording."""
        parts = self.close[:-1] * np.array([worded, *cues.cues(line)])
        return Score(float(parts.sum() + self.close[-1]), parts)

    def save(self, path: Path) -> None:
        """Write the weights; `load` reads them."""
        names = np.array([*signs.NAMES, *cues.NAMES])
        np.savez_compressed(path, grams=self.grams, glance=self.glance, close=self.close, names=names)


def load(path: Path) -> Model:
    """Read weights. Raises OSError where there are none, ValueError where the file holds others."""
    with np.load(path, allow_pickle=False) as arrays:
        if tuple(arrays["names"].tolist()) != (*signs.NAMES, *cues.NAMES):
            raise ValueError(f"{path} holds the weights of other measures")
        return Model(arrays["grams"], arrays["glance"], arrays["close"])
