"""The model for pages with their markup, above the first stage of the one for text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from .. import tables
from ..document import Line
from .containers import judged_containers
from .features import Floats
from .markup import Hints, markup_features
from .model import Judgement, Measured, Model, Stage, arrays_of, stage
from .together import asked_alone, judged_together


@dataclass(frozen=True)
class PageModel:
    """Weights for pages: of the names in attributes, and of the trees; and the model for text."""

    text: Model
    words: npt.NDArray[np.int8]
    trees: Stage

    def judge(self, lines: Sequence[Line], hints: Hints) -> Judgement:
        """Judge the lines of one page, none of them blank."""
        measured = Measured.of(lines, self.text.packed)
        add_markup(measured, self.text.first.judge(measured.table).chances, hints, self.words)
        found = self.trees.judge(measured.table)
        chances = judged_together(found.chances, lines, measured.rows[12], hints)
        return replace(found, chances=chances, familiar=measured.familiar, alone=asked_alone(hints))

    def save(self, path: Path) -> None:
        """Write the weights, but for those of the model for text; `load` reads them."""
        np.savez_compressed(path, words=self.words, **arrays_of("trees", self.trees))


def add_markup(measured: Measured, chance: Floats, hints: Hints, words: npt.NDArray[np.int8]) -> None:
    """Add what the model for text thinks of the lines, and what the markup says of them."""
    measured.table.add("judgement of the text alone", chance)
    markup_features(measured.table, hints, measured.rows, words)
    judged_containers(measured.table, chance, measured.rows, hints)


def load(path: Path, text: Model) -> PageModel:
    """Read weights. Raises OSError where there are none, ValueError or KeyError where the file holds others."""
    arrays = tables.arrays_in(path)
    return PageModel(text, arrays["words"], stage(arrays, "trees"))
