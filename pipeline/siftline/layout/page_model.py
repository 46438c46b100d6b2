"""The model for pages with their markup, above the one for text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ..document import Line
from .features import Floats
from .markup import Hints, judged_containers, markup_features
from .model import Judgement, Measured, Model, Stage, arrays_of, stage


@dataclass(frozen=True)
class PageModel:
    """Weights for pages: of the names in attributes, and of the trees of both stages; and the model for text."""

    text: Model
    words: npt.NDArray[np.int8]
    first: Stage
    second: Stage

    def judge(self, lines: Sequence[Line], hints: Hints) -> Judgement:
        """Judge the lines of one page, none of them blank."""
        measured = Measured.of(lines, self.text.packed)
        add_markup(measured, self.text.first.judge(measured.table).chances, hints, self.words)
        add_containers(measured, self.first.judge(measured.table).chances, hints)
        return self.second.judge(measured.table)

    def save(self, path: Path) -> None:
        """Write the weights, but for those of the model for text; `load` reads them."""
        np.savez_compressed(
            path, words=self.words, **arrays_of("first", self.first), **arrays_of("second", self.second)
        )


def add_markup(measured: Measured, chance: Floats, hints: Hints, words: npt.NDArray[np.int8]) -> None:
    """Add what the model for text thinks of the lines, and what the markup says of them."""
    measured.table.add("judgement of the text alone", chance)
    markup_features(measured.table, hints, measured.rows, words)
    judged_containers(measured.table, chance, measured.rows[12], hints, "text alone ")


def add_containers(measured: Measured, chance: Floats, hints: Hints) -> None:
    """Add what the first stage thinks of the lines and of what is around them."""
    measured.add_judgement(chance)
    judged_containers(measured.table, chance, measured.rows[12], hints)


def load(path: Path, text: Model) -> PageModel:
    """Read weights. Raises OSError where there are none, ValueError or KeyError where the file holds others."""
    with np.load(path, allow_pickle=False) as arrays:
        return PageModel(text, arrays["words"], stage(arrays, "first"), stage(arrays, "second"))
