"""What a worker of a review makes of documents: it looks which results are known, and runs the others.

A result of rules that differ from these is known where the difference does not touch the document (see touch.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from ..files import Item
from . import cache
from .compare import Both, DocumentChange, compare
from .gold import Truth, labels_of
from .measure import Measured, measure, source_lines
from .sides import Side
from .snapshot import Row
from .suspicion import Weight, weight
from .tables import Tally, Totals, tally_of
from .touch import Touch

_BROKEN = (ValueError, TypeError, IndexError, KeyError, RecursionError)


class Open(NamedTuple):
    """One document as far as it is known."""

    item: Item
    key: str
    rows: tuple[Row | None, Row | None]
    """Under the base and the head."""
    near: tuple[Row | None, Row | None]
    """Under rules that differ a little from either."""
    labels: str | None
    truth: Truth | None

    def light(self, row: Row) -> Row | int:
        """Return a row, or its number among those that are at hand where the document came from."""
        return next((number for number, one in enumerate((*self.rows, *self.near)) if one is row), row)

    def full(self, row: Row | int) -> Row:
        """Return what `light` was given."""
        found = (*self.rows, *self.near)[row] if isinstance(row, int) else row
        assert found is not None, "only what is known has a number"
        return found


class Found(NamedTuple):
    """What a worker says of a document."""

    base: Row | int
    head: Row | int
    labels: str
    change: DocumentChange | None
    weights: Sequence[Weight]


class Missing(NamedTuple):
    """A document that must be run, and its result under the base where that is known."""

    base: Row | None


class State(NamedTuple):
    """What all documents are measured with: both sides, and what may tell that a document need not be run."""

    base: Side
    head: Side
    renamed: Mapping[str, str]
    unlike: Touch
    near: tuple[Touch | None, Touch | None]


Looked = tuple[list[Found | Missing], Totals]


def answer(state: State, asked: tuple[Callable[[Any, State], Any], Any]) -> Any:
    """Do one of the two things that a worker does: `looked` or `run`."""
    work, documents = asked
    return work(documents, state)


def nothing(rows: Sequence[Open]) -> Looked:
    """Return what is said of documents of which nothing is known."""
    return [Missing(None)] * len(rows), Totals()


def looked(rows: Sequence[Open], state: State) -> Looked:
    """Return of each document its result where it is known, or that it must be run."""
    totals = Totals()
    return [_look_at(row, (state, totals)) for row in rows], totals


def _look_at(row: Open, under: tuple[State, Totals]) -> Found | Missing:
    state = under[0]
    base, head = row.rows
    base = base or _taken(row.item, row.near[0], state.near[0])
    if head is None:
        head = _taken(row.item, row.near[1], state.near[1]) if row.near[1] else _taken(row.item, base, state.unlike)
    try:
        return finished(row, base, head, under) if base and head else Missing(base)
    except _BROKEN:  # a row that cannot be read
        return Missing(None)


def _taken(item: Item, row: Row | None, touch: Touch | None) -> Row | None:
    """Return a row of rules that differ, where the difference does not touch the document."""
    try:
        return row if row and touch is not None and not touch(item, row.result) else None
    except _BROKEN:
        return None


def run(part: Sequence[tuple[Open, Row | None]], state: State) -> list[tuple[Found, Totals]]:
    """Run documents, under the base too where its result is not given."""
    return [_measure(row, base, state) for row, base in part]


def _measure(row: Open, base: Row | None, state: State) -> tuple[Found, Totals]:
    """Measure the document under the head, and under the base where that is not known yet."""
    totals = Totals()
    known = _read(base) if base else measure(row.item, state.base)
    first = second = base or Row(cache.to_line(known))
    if base or state.unlike(row.item, first.result):
        shared = known if state.base.glossaries == state.head.glossaries else None
        second = Row(cache.to_line(measure(row.item, state.head, shared)))
    return finished(row, first, second, (state, totals)), totals


def both_of(item: Item, base: Row, head: Row) -> Both:
    """Return what was measured of a document under both sides."""
    first = _read(base)
    return Both(item, first, first if head.result == base.result else _read(head))


def _read(row: Row) -> Measured:
    return cache.from_line(row.result) or Measured(error="defect")


def finished(row: Open, base: Row, head: Row, under: tuple[State, Totals]) -> Found:
    """Say of a document what gold says of its lines, how it counts, and what differs."""
    state, totals = under
    labels, same = row.labels, base.result == head.result
    both = both_of(row.item, base, head) if labels is None or not same else None
    if labels is None:
        labels = labels_of(row.truth, both.lines if both else ())
    first, base = _counted(row.item, base, labels)
    second, head = (first, base) if same else _counted(row.item, head, labels)
    totals.count(first, second)
    change = compare(both, labels, state.renamed) if both else None
    weights = [weight(one) for one in change.changes] if change else ()
    return Found(row.light(base), row.light(head), labels, change, weights)


def _counted(item: Item, row: Row, labels: str) -> tuple[Tally, Row]:
    """Return how a result counts, with its row: as it stands there, or else counted now."""
    tally = Tally.of(row.tally, labels) if row.tally else None
    if tally is None:
        found = _read(row)
        tally = tally_of(found, source_lines(item, found), labels)
        row = Row(row.result, tally.line(labels))
    return tally, row
