"""Both sides of a review over a corpus: what an earlier review knows is taken over, the rest runs in worker processes.

A document that none of the changed rules hits, in its old form or its new one, has the same result under both sides
(`measure.is_touched` says why), so the second side runs on the others alone.
"""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass
from typing import Any, NamedTuple

from pebble import ProcessExpired, ProcessPool

from ..files import Item, ItemError
from ..matching import Matcher
from ..run import TIME_LIMIT, process_context
from . import cache
from .measure import Measured, is_touched, measure
from .sides import Difference, Side, difference
from .workers import spread


@dataclass(frozen=True)
class Task:
    """What is to be measured: two sides over some documents."""

    base: Side
    head: Side
    items: tuple[Item, ...]
    jobs: int = 1
    limit: float = TIME_LIMIT
    """Seconds that one document may take."""
    remember: bool = True
    """Whether results are looked for in the cache, and kept there."""


class Both(NamedTuple):
    """One document under both sides."""

    item: Item
    key: str
    base: Measured
    head: Measured

    @property
    def same(self) -> bool:
        """Whether nothing at all differs."""
        return self.base is self.head or self.base == self.head


@dataclass
class _Open:
    """One document as far as it is known."""

    item: Item
    key: str
    base: bytes | None = None
    head: bytes | None = None


def measure_both(task: Task) -> list[Both]:
    """Return what both sides do to each document, in the order of the documents."""
    rows = [_Open(item, _key(item)) for item in task.items]
    known = [cache.load(side) if task.remember else None for side in (task.base, task.head)]
    unlike = difference(task.base.rules, task.head.rules, task.base.glossaries != task.head.glossaries)
    for row in rows:
        row.base, row.head = (snapshot.lines.get(row.key) if snapshot else None for snapshot in known)
    if task.remember:
        _take_over(task, rows, "base")
    _same_as_base(task, rows, unlike)
    if task.remember:
        _take_over(task, rows, "head")
    for row, (base, head) in _run(task, rows, unlike):
        row.base, row.head = base, head
    if task.remember:
        cache.save(task.base, {row.key: row.base for row in rows if row.base}, known[0])
        cache.save(task.head, {row.key: row.head for row in rows if row.head}, known[1])
    return list(_read(rows))


def _key(item: Item) -> str:
    try:
        return cache.document_key(item)
    except ItemError as error:
        return f"error-{error.kind}"


def _take_over(task: Task, rows: Sequence[_Open], name: str) -> None:
    """Take what is missing of a side from the results of rules that differ a little, where that touches nothing."""
    side: Side = getattr(task, name)
    missing = [row for row in rows if getattr(row, name) is None]
    snapshot = cache.near(side, (task.base.digest, task.head.digest)) if missing else None
    if snapshot is None:
        return
    known = [(row, line) for row in missing if (line := snapshot.lines.get(row.key))]
    for row, line in _untouched(task, known, snapshot.unlike(side)):
        setattr(row, name, line)


def _same_as_base(task: Task, rows: Sequence[_Open], unlike: Difference) -> None:
    known = [(row, row.base) for row in rows if row.head is None and row.base is not None]
    for row, line in _untouched(task, known, unlike):
        row.head = line


def _untouched(task: Task, known: Sequence[tuple[_Open, bytes]], unlike: Difference) -> list[tuple[_Open, bytes]]:
    """Return those documents, each with its result under one set of rules, that have the same under the other."""
    state = (_Untouched(unlike), [(row.item, line) for row, line in known])
    same = spread(_is_untouched, state, range(len(known)), task.jobs)
    return [pair for pair, is_same in zip(known, same, strict=True) if is_same]


def _is_untouched(state: tuple[_Untouched, Sequence[tuple[Item, bytes]]], at: int) -> bool:
    untouched, known = state
    return untouched(*known[at])


class _Untouched:
    """Says of a document, with its result under one set of rules, whether it has the same under the other."""

    def __init__(self, unlike: Difference) -> None:
        self._glossaries = unlike.glossaries
        self._alone = unlike.patterns_alone
        self._matcher = Matcher(unlike.rules, unlike.derived) if unlike.rules else None

    def __call__(self, item: Item, line: bytes) -> bool:
        if not self._matcher and not self._glossaries:
            return True
        found = cache.from_line(line)
        return found is not None and self.holds(item, found)

    def holds(self, item: Item, found: Measured) -> bool:
        """Return the same for a result that is at hand."""
        if found.error:
            return found.error not in ("timeout", "crash", "defect")
        if self._glossaries:
            return False
        return self._matcher is None or not is_touched(item, found, self._matcher, self._alone)


# The workers


class _State(NamedTuple):
    task: Task
    untouched: _Untouched


_state: _State | None = None


def _start(state: _State) -> None:
    global _state  # noqa: PLW0603 - a pool passes nothing else from its initializer to its tasks
    _state = state
    gc.enable()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _work(at: int, base: bytes | None) -> tuple[bytes, bytes]:
    """Measure the document under the head, and under the base where that is not known yet."""
    assert _state is not None, "the pool's initializer ran"
    item, sides = _state.task.items[at], _state.task
    if base is None:
        found = measure(item, sides.base)
        base = cache.to_line(found)
        if _state.untouched.holds(item, found):
            return base, base
    known = cache.from_line(base) if sides.base.glossaries == sides.head.glossaries else None
    return base, cache.to_line(measure(item, sides.head, known))


def _run(task: Task, rows: Sequence[_Open], unlike: Difference) -> Iterator[tuple[_Open, tuple[bytes, bytes]]]:
    todo = [at for at, row in enumerate(rows) if row.base is None or row.head is None]
    if not todo:
        return
    task.base.library.load()
    task.head.library.load()
    state = _State(task, _Untouched(unlike))
    waiting: deque[tuple[int, Any]] = deque()
    with ProcessPool(task.jobs, initializer=_start, initargs=(state,), context=process_context()) as pool:
        for at in todo:
            waiting.append((at, pool.schedule(_work, args=(at, rows[at].base), timeout=task.limit)))
        while waiting:
            at, future = waiting.popleft()
            yield rows[at], _result(future, rows[at])


def _result(future: Any, row: _Open) -> tuple[bytes, bytes]:
    """Return what a worker found; where it had to be ended, the head is to blame if the base is known to be well."""
    try:
        found: tuple[bytes, bytes] = future.result()
    except FutureTimeout:
        failed = cache.to_line(Measured(error="timeout"))
    except ProcessExpired:
        failed = cache.to_line(Measured(error="crash"))
    else:
        return found
    return row.base or failed, failed


def _read(rows: Iterable[_Open]) -> Iterator[Both]:
    for row in rows:
        assert row.base is not None, "every document was measured"
        base = cache.from_line(row.base) or Measured(error="defect")
        same = row.head is row.base or row.head == row.base or row.head is None
        head = base if same or row.head is None else cache.from_line(row.head) or Measured(error="defect")
        yield Both(row.item, row.key, base, head)
