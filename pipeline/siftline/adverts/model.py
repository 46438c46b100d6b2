"""The weights, and the score of lines in two steps: a glance at all of them, then a close look at the few that could
be adverts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .. import tables
from ..layout.model import Stage, arrays_of, stage
from ..layout.trees import Trees
from . import cues, inside, outliers, signs, wording

Floats = npt.NDArray[np.float32]
NAMES = ("wording", *signs.NAMES, *cues.NAMES)
"""What the trees of a close look ask for, in the order of the rows of their table."""
LAST = (*outliers.NAMES, *NAMES)
"""The same for the trees that ask how a line stands in its document."""
INSIDE = (*inside.NAMES, *NAMES)
"""The same for those that ask how sentences stand in their paragraph."""
_ALL = (*outliers.NAMES, *INSIDE)
_STAGES = ("glance", "close", "last", "inside")
GLANCE = -1.0
"""The log odds at a glance below which a line is not looked at again: there lies one advert of a hundred, and nearly
all prose."""

_REPORTS = 2
"""Words of a report from which a line is one."""


class Glance(NamedTuple):
    """What is seen of lines at a glance."""

    odds: Floats
    """Log odds that a line is an advert, by its wording and signs."""
    table: Floats
    """The wording, and the signs, (measures, lines)."""


class Score(NamedTuple):
    """What speaks for an advert."""

    odds: float
    """Log odds that the line is an advert."""
    reasons: tuple[str, ...]
    """The measures that spoke most for it."""
    leads: bool = False
    """Whether the line leads to a contact."""
    talks: bool = False
    """Whether it names a messenger and leads nowhere."""
    reports: bool = False
    """Whether it says more than once who said it, or what became of it."""
    serves: bool = False
    """Whether it speaks of a hotline, an office or a museum, and of no messenger, profile or promise."""

    @property
    def chance(self) -> float:
        """The same as a chance, 0 to 1."""
        return float(1 / (1 + np.exp(-self.odds)))


@dataclass(frozen=True)
class Model:
    """Weights: of n-grams, of the signs that a glance sees, and the trees of a close look."""

    grams: npt.NDArray[np.int8]
    scale: float
    """What sums of the n-grams' weights are multiplied by to be log odds."""
    glance: Stage
    """Trees that ask for the wording and the signs."""
    close: Stage
    """Trees that ask for the cues too."""
    last: Stage
    """Trees that also ask how a line stands in its document."""
    inside: Stage
    """Trees that also ask how sentences stand in their paragraph."""

    def at_a_glance(self, lines: Sequence[str]) -> Glance:
        """Look at lines, of which there is at least one; they are stripped and hold no line feed."""
        worded = (wording.scores(wording.Folded.of(lines), self.grams) * self.scale).astype(np.float32)
        table = np.concatenate([worded[None], signs.signs(lines)])
        return Glance(self._placed[0].raw(table), table)

    def closely(self, lines: Sequence[str], seen: Glance, at: npt.NDArray[np.intp], why: bool = False) -> list[Score]:
        """Return the scores of those lines whose indices are given, with `why` also the three strongest reasons."""
        if not at.size:
            return []
        measured = cues.table([lines[number] for number in at.tolist()])
        table = np.concatenate([seen.table[:, at], measured])
        odds, leads = self.odds(table).tolist(), cues.leads(measured)
        talks = (measured[0] > 0) & ~leads
        reports = measured[cues.REPORTS] >= _REPORTS
        told = (row.tolist() for row in (leads, talks, reports, cues.serves(measured)))
        reasons = _strongest(self._placed[1], table, NAMES) if why else [()] * at.size
        return [Score(*of_line) for of_line in zip(odds, reasons, *told, strict=True)]

    def odds(self, table: Floats) -> Floats:
        """Return the log odds that lines are adverts by what a close look sees of them."""
        return self._placed[1].raw(table)

    def standing_out(self, table: Floats, why: bool = False) -> list[Score]:
        """Return the scores of lines by how they stand in their document, by a table of the measures of `LAST`."""
        return _scores(self._last, table, LAST, why)

    def standing_inside(self, table: Floats, why: bool = False) -> list[Score]:
        """Return the scores of sentences by how they stand in their paragraph; see `INSIDE` for the table."""
        return _scores(self._inside, table, INSIDE, why)

    def inside_at_most(self, table: Floats) -> Floats:
        """Return the log odds that sentences reach at most by how they stand in their paragraph, by a table in which
        the measures of `inside.COMPARED` are still to come.
        """
        return self._inside_at_most.raw(table)

    def last_at_most(self, table: Floats) -> Floats:
        """Return the same for lines by how they stand in their document, without those of `outliers.COMPARED`."""
        return self._last_at_most.raw(table)

    @cached_property
    def _placed(self) -> list[Trees]:
        """The trees of both stages with the numbers of the rows of their table."""
        return [_with_rows(of, NAMES) for of in (self.glance, self.close)]

    @cached_property
    def _last(self) -> Trees:
        return _with_rows(self.last, LAST)

    @cached_property
    def _inside(self) -> Trees:
        return _with_rows(self.inside, INSIDE)

    @cached_property
    def _last_at_most(self) -> Trees:
        return self._last.at_most([LAST.index(name) for name in outliers.COMPARED])

    @cached_property
    def _inside_at_most(self) -> Trees:
        return self._inside.at_most([INSIDE.index(name) for name in inside.COMPARED])

    def save(self, path: Path) -> None:
        """Write the weights; `load` reads them."""
        stages = {key: array for name in _STAGES for key, array in arrays_of(name, getattr(self, name)).items()}
        np.savez_compressed(path, grams=self.grams, scale=np.array(self.scale), names=np.array(_ALL), **stages)


def load(path: Path) -> Model:
    """Read weights. Raises OSError where there are none, ValueError or KeyError where the file holds others."""
    arrays = tables.arrays_in(path)
    if tuple(arrays["names"].tolist()) != _ALL:
        raise ValueError(f"{path} holds the weights of other measures")
    return Model(arrays["grams"], float(arrays["scale"]), *(stage(arrays, name) for name in _STAGES))


def _with_rows(of: Stage, names: Sequence[str]) -> Trees:
    """Return the trees of a stage with the numbers of the rows of a table."""
    at = np.array([names.index(name) for name in of.names], np.int16)
    return replace(of.trees, features=at[of.trees.features])


def _scores(trees: Trees, table: Floats, names: Sequence[str], why: bool) -> list[Score]:
    odds = trees.raw(table).tolist()
    reasons = _strongest(trees, table, names) if why else [()] * len(odds)
    return [Score(*of_line) for of_line in zip(odds, reasons, strict=True)]


def _strongest(trees: Trees, table: Floats, names: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the three measures that spoke most for each line of a table."""
    order = np.argsort(-trees.contributions(table), axis=0, kind="stable")[:3]
    return [tuple(names[row] for row in column) for column in order.T]
