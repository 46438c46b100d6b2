"""The model for pages with their markup, above the first stage of the one for text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from .. import tables
from ..document import Line
from .above import judged_by_what_is_above
from .containers import judged_containers
from .features import Floats
from .markup import Hints, markup_features
from .model import Judgement, Measured, Model, Stage, arrays_of, logistic, stage
from .repeated import agreed, odds
from .together import asked_alone, judged_together

PROSELESS, OF_TEXT = 0.02, 0.3
"""The share of lines of prose below which an English page is one of products or of links, and what the judgement of its
text alone then counts for: of such pages the model for text has seen ten times as many."""


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
        chances = found.chances
        if _is_proseless(measured, lines):
            mixed = (1 - OF_TEXT) * odds(chances) + OF_TEXT * odds(self.text.judge(lines).chances)
            chances = logistic(mixed)
        chances = agreed(judged_together(chances, lines, measured.rows[12], hints), lines)
        chances = judged_by_what_is_above(chances, lines, hints)
        return replace(found, chances=chances, familiar=measured.familiar, alone=asked_alone(hints))

    def save(self, path: Path) -> None:
        """Write the weights, but for those of the model for text; `load` reads them."""
        np.savez_compressed(path, words=self.words, **arrays_of("trees", self.trees))


def _is_proseless(measured: Measured, lines: Sequence[Line]) -> bool:
    """Whether hardly a line of a page is prose, and most of its text is English."""
    share = measured.table.array[measured.table.names.index("prose share of the document"), 0]
    if share >= PROSELESS:
        return False
    return sum(len(text) if lang == "en" else -len(text) for text, _, _, lang in lines) > 0


def add_markup(measured: Measured, chance: Floats, hints: Hints, words: npt.NDArray[np.int8]) -> None:
    """Add what the model for text thinks of the lines, and what the markup says of them."""
    measured.table.add("judgement of the text alone", chance)
    markup_features(measured.table, hints, measured.rows, words)
    judged_containers(measured.table, chance, measured.rows, hints)


def load(path: Path, text: Model) -> PageModel:
    """Read weights. Raises OSError where there are none, ValueError or KeyError where the file holds others."""
    arrays = tables.arrays_in(path)
    return PageModel(text, arrays["words"], stage(arrays, "trees"))
