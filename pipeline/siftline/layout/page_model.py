"""The model for pages with their markup, above the first stage of the one for text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from .. import tables
from ..document import Line
from .above import judged_by_what_is_above, less_of_navigation
from .below import less_below_article
from .chances import logistic, odds
from .containers import judged_containers
from .features import Floats
from .markup import Hints, markup_features
from .model import ELSEWHERE, Judgement, Measured, Model, Stage, arrays_of, stage
from .repeated import agreed
from .together import asked_alone, declared_lines, judged_together

PROSELESS, OF_TEXT = 0.02, 0.3
"""The share of lines of prose below which an English page is one of products or of links, and what the judgement of its
text alone then counts for: of such pages the model for text has seen ten times as many."""
BRIEF = 0.1
"""The share of lines of prose below which an English or Russian page that is no thread is judged by the trees that have
seen the labelled pages, most of which are like that."""
TEXT = "judgement of the text alone"
"""The feature that is the judgement of the model for text, and the step that adds it once more."""


@dataclass(frozen=True)
class PageModel:
    """Weights for pages: of the names in attributes, and of the trees, which are two sets; and the model for text."""

    text: Model
    words: npt.NDArray[np.int8]
    trees: Stage
    brief: Stage
    """Trees for pages with little prose; may be empty."""

    def judge(self, lines: Sequence[Line], hints: Hints) -> Judgement:
        """Judge the lines of one page, none of them blank."""
        measured = Measured.of(lines, self.text.wording)
        first = self.text.first.judge(measured.table)
        add_markup(measured, first.chances, hints, self.words)
        prose = measured.table.row("prose share of the document")[0]
        is_brief = self.brief.names and not hints.thread and prose < BRIEF and _is_mostly(("en", "ru"), lines)
        found = (self.brief if is_brief else self.trees).judge(measured.table)
        if prose < PROSELESS and _is_mostly(("en",), lines):
            mixed = (1 - OF_TEXT) * odds(found.chances) + OF_TEXT * odds(self.text.judge(lines).chances)
            found = found.then(TEXT, logistic(mixed))
        found = found.then(
            "lines that belong together", judged_together(found.chances, lines, measured.rows[12], hints)
        )
        found = found.then(ELSEWHERE, agreed(found.chances, lines))
        found = found.then("navigation", less_of_navigation(found.chances, hints))
        found = found.then("comments below the article", judged_by_what_is_above(found.chances, lines, hints))
        found = found.then("below the article", less_below_article(found.chances, lines, measured.rows, hints))
        return replace(
            found,
            languages=measured.languages,
            alone=asked_alone(hints),
            declared=declared_lines(hints),
            first=(TEXT, first.trees),
        )

    def save(self, path: Path) -> None:
        """Write the weights, but for those of the model for text; `load` reads them."""
        trees = arrays_of("trees", self.trees) | arrays_of("brief", self.brief)
        np.savez_compressed(path, words=self.words, **trees)


def _is_mostly(langs: Sequence[str], lines: Sequence[Line]) -> bool:
    """Whether most of the text of a page is in some languages."""
    return sum(len(text) if lang in langs else -len(text) for text, _, _, lang in lines) > 0


def add_markup(measured: Measured, chance: Floats, hints: Hints, words: npt.NDArray[np.int8]) -> None:
    """Add what the model for text thinks of the lines, and what the markup says of them."""
    measured.table.add(TEXT, chance)
    markup_features(measured.table, hints, measured.rows, words)
    judged_containers(measured.table, chance, measured.rows, hints)


def load(path: Path, text: Model) -> PageModel:
    """Read weights. Raises OSError where there are none, ValueError or KeyError where the file holds others."""
    arrays = tables.arrays_in(path)
    brief = stage(arrays, "brief") if "brief.names" in arrays else Stage.empty()
    return PageModel(text, arrays["words"], stage(arrays, "trees"), brief)
