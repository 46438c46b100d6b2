"""Both stages of a model, trained so that each sees of the one below it what it will see in use.

Scores of words and chances of the first stage come, for every line, from weights that have not seen its site:
otherwise the trees above would trust them too much (stacking, Wolpert 1992).
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from ..document import Line
from ..layout.features import Floats
from ..layout.model import Measured, Model, Stage
from ..layout.page_model import PageModel, add_markup
from .corpus import Corpus
from .examples import FOLDS, Example
from .forest import Lines, Recipe, grow_stage
from .verdicts import Verdict, grow_gate, verdict

FIRST, SECOND = Recipe(trees=50, rate=0.3, seeds=(1, 2)), Recipe(trees=35, rate=0.4, seeds=(1, 2, 3, 4))
PAGES = Recipe(trees=20, rate=0.5, seeds=tuple(range(1, 9)))
FOREIGN = 6
"""One in so many examples is shown without its wording, so that pages in other languages are judged by the rest."""
Folds = frozenset[int]


@dataclass(frozen=True)
class Trained:
    """A model, and for each fold that it has seen its first stage grown without that fold."""

    model: Model
    inner: dict[int, Stage]

    def first(self, fold: int) -> Stage:
        """Return the first stage that has not seen a fold."""
        return self.inner.get(fold, self.model.first)


def train_text(corpus: Corpus, without: Folds = frozenset()) -> Trained:
    """Train a model for text on all sites but those of the folds `without`."""
    measured = [Measured.of(shown(example), corpus.wording(without | {example.fold})) for example in corpus.examples]
    seen: dict[int, Verdict] = {}

    def add(at: int, chance: Floats) -> None:
        seen[at] = verdict(corpus.examples[at], measured[at], chance)
        measured[at].add_judgement(chance)

    first, inner, second = _two_stages(corpus, measured, without, add)
    known = [seen[at] for at, example in enumerate(corpus.examples) if example.fold not in without]
    return Trained(Model(corpus.grams(without), first, second, grow_gate(known)), inner)


def train_pages(corpus: Corpus, texts: Corpus, below: Trained, without: Folds = frozenset()) -> PageModel:
    """Train a model for pages with their markup, above a model for text trained on `texts`; its trees for pages with
    little prose where there are labelled pages to learn from.
    """
    measured = []
    for example in corpus.examples:
        unseen = without | {example.fold}
        one = Measured.of(shown(example), texts.wording(unseen))
        chance = below.first(example.fold).judge(one.table).chances
        assert example.hints is not None, "pages have hints"
        add_markup(one, chance, example.hints, corpus.words(unseen))
        measured.append(one)
    table, names = _joined(measured)
    lines, used = Lines(table, names, corpus.truth, corpus.weight), corpus.used(without)
    trees = grow_stage(lines.some(used & ~corpus.labelled), PAGES)
    brief = grow_stage(lines.some(used), PAGES) if corpus.labelled.any() else Stage.empty()
    return PageModel(below.model, corpus.words(without), trees, brief)


def shown(example: Example) -> list[Line]:
    """Return the lines of an example, of some without what is known of their language."""
    if zlib.crc32(example.id.encode()) % FOREIGN:
        return example.lines
    return [line._replace(lang="und", role="body") for line in example.lines]


def _two_stages(
    corpus: Corpus, measured: Sequence[Measured], without: Folds, add: Callable[[int, Floats], None]
) -> tuple[Stage, dict[int, Stage], Stage]:
    """Grow the first stage, for each fold a first stage without it, and the second stage above these."""
    table, names = _joined(measured)
    lines = Lines(table, names, corpus.truth, corpus.weight)
    first = _stage(lines, corpus.used(without), FIRST)
    inner = {fold: _stage(lines, corpus.used(without | {fold}), FIRST) for fold in set(range(FOLDS)) - without}
    for at, (one, example) in enumerate(zip(measured, corpus.examples, strict=True)):
        add(at, inner.get(example.fold, first).judge(one.table).chances)
    table, names = _joined(measured)
    second = _stage(replace(lines, table=table, names=names), corpus.used(without), SECOND)
    return first, inner, second


def _joined(measured: Sequence[Measured]) -> tuple[Floats, tuple[str, ...]]:
    return np.concatenate([one.table.array for one in measured], axis=1), tuple(measured[0].table.names)


def _stage(lines: Lines, used: npt.NDArray[np.bool_], recipe: Recipe) -> Stage:
    return grow_stage(lines.some(used), recipe)
