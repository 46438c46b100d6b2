"""Both sides of a review over a corpus: what an earlier review knows is taken over, the rest runs in worker processes.

Documents come and go in batches, so that a corpus of any size fits into memory. Workers first look at a batch: which
results are known, or are those of rules that differ from these but do not touch the document (see touch.py)? The
other documents are then run a few at a time, and one by one where that takes longer than one document may.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import islice
from typing import Any, NamedTuple

from ..files import Item, ItemError
from ..pool import Failure, Pool, Worker, sound
from ..pool import Task as PoolTask
from ..run import TIME_LIMIT
from . import cache, workers
from .compare import Both, DocumentChange
from .gold import Labels
from .measure import Measured
from .sides import Side, difference
from .snapshot import Keeper, Row, Snapshot
from .suspicion import Weight
from .tables import Totals
from .touch import Touch

BATCH = 64
"""Documents that are looked at together."""
TOGETHER = 8
"""Documents that a worker runs at a time: to hand over one by one leaves it waiting on a busy machine."""
_AHEAD = 2
"""Batches that each worker has before it."""


@dataclass(frozen=True)
class Task:
    """What is to be measured: two sides over some documents."""

    base: Side
    head: Side
    items: Iterable[Item]
    jobs: int = 1
    limit: float = TIME_LIMIT
    """Seconds that one document may take."""
    remember: bool = True
    """Whether results are looked for in the cache, and kept there."""
    labels: Labels | None = None
    """What gold says of each line."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """New ids of rules."""


class Result(NamedTuple):
    """One document under both sides."""

    item: Item
    base: Row
    head: Row
    labels: str
    change: DocumentChange | None
    weights: Sequence[Weight] = ()
    """What is said of each line of `change`."""

    @property
    def both(self) -> Both:
        """The same with what was measured as it was."""
        return workers.both_of(self.item, self.base, self.head)


class _Running(NamedTuple):
    """A document that is being run: with others, of which it has a place in the result, or alone."""

    task: PoolTask
    place: int
    base: Row | None
    alone: bool


class Run:
    """A task under way: yields what both sides do to each document, in the order of the documents. A context manager;
    what is found is kept for later when its block ends without an error.
    """

    def __init__(self, task: Task) -> None:
        self.task = task
        self.totals = Totals()
        """What was counted so far."""
        self._stack = ExitStack()
        sides = task.base, task.head
        first, second = (cache.known(side) if task.remember else None for side in sides)
        self._known = first, second
        self._near = self._nearest(0), self._nearest(1)
        derived = {**task.base.library.derived, **task.head.library.derived}
        near = [Touch(one.unlike(side), derived) if one else None for one, side in zip(self._near, sides, strict=True)]
        unlike = difference(task.base.rules, task.head.rules, task.base.glossaries != task.head.glossaries)
        self._state = workers.State(task.base, task.head, task.renamed, Touch(unlike, derived), (near[0], near[1]))
        for touch in (near[0], near[1] or self._state.unlike):
            if touch:
                touch.load()  # before the workers start
        made = [Keeper(cache.name(side), side, one) for side, one in zip(sides, self._known, strict=True)]
        self._keepers = made if task.remember else []

    def __enter__(self) -> Run:
        for keeper in self._keepers:
            self._stack.enter_context(keeper)
        return self

    def __exit__(self, *error: Any) -> None:
        self._stack.__exit__(*error)

    def _nearest(self, number: int) -> Snapshot | None:
        """Return the results of rules that differ less from a side than the other side does."""
        task = self.task
        if not task.remember or self._known[number]:
            return None
        side, other = (task.base, task.head)[:: -1 if number else 1]
        found = cache.nearest(side, [other])
        apart = len({*side.prints} ^ {*other.prints})
        return found if found and (not number or len(found.prints ^ {*side.prints}) < apart) else None

    @cached_property
    def _pool(self) -> Pool:
        """The workers, started when they are first needed, with what is loaded by then."""
        pool = Pool([Worker(partial(workers.answer, self._state), self.task.limit) for _ in range(self.task.jobs)])
        self._stack.callback(pool.end)
        return pool

    def __iter__(self) -> Iterator[Result]:
        batches = self._batches()
        waiting: deque[tuple[list[workers.Open], PoolTask | None]] = deque()
        running: deque[list[tuple[workers.Open, Any]]] = deque()
        most = _AHEAD * self.task.jobs
        while True:
            for rows in islice(batches, most - len(waiting)):
                waiting.append((rows, self._look(rows)))
            if waiting and len(running) < most:
                running.append(list(self._run(*waiting.popleft())))
            elif running:
                yield from self._kept(running.popleft())
            else:
                return

    def _batches(self) -> Iterator[list[workers.Open]]:
        items = iter(self.task.items)
        while batch := [self._open(item) for item in islice(items, BATCH)]:
            yield batch

    def _open(self, item: Item) -> workers.Open:
        key = _key(item)
        known, near = ([one.get(key) if one else None for one in pair] for pair in (self._known, self._near))
        labels = self.task.labels
        said = labels.get(item.id, key) if labels else ""
        truth = labels.truth(item.id) if labels and said is None else None
        return workers.Open(item, key, (known[0], known[1]), (near[0], near[1]), said, truth)

    def _look(self, rows: list[workers.Open]) -> PoolTask | None:
        """Let a worker look at a batch, or do it here where there is one batch or one worker."""
        if self.task.jobs < 2 or len(rows) < BATCH:
            return None
        return self._pool.begin((workers.looked, rows), len(rows))

    def _run(self, rows: list[workers.Open], task: PoolTask | None) -> Iterator[tuple[workers.Open, Any]]:
        """Yield each document of a batch with its result, or with the task of one that must be run."""
        result = sound(self._pool.wait(task)) if task else workers.looked(rows, self._state)
        found, totals = workers.nothing(rows) if isinstance(result, Failure) else result
        self.totals.add(totals)
        missing = [(row, one.base) for row, one in zip(rows, found, strict=True) if isinstance(one, workers.Missing)]
        size = min(TOGETHER, -(-len(missing) // (2 * self.task.jobs)))
        parts = [missing[at : at + size] for at in range(0, len(missing), size or 1)]
        tasks = [self._pool.begin((workers.run, part)) for part in parts]
        running = (
            _Running(begun, place, base, len(part) == 1)
            for part, begun in zip(parts, tasks, strict=True)
            for place, (_, base) in enumerate(part)
        )
        for row, one in zip(rows, found, strict=True):
            yield row, next(running) if isinstance(one, workers.Missing) else one

    def _kept(self, pairs: Iterable[tuple[workers.Open, Any]]) -> Iterator[Result]:
        for row, one in pairs:
            found = one if isinstance(one, workers.Found) else self._waited(row, one)
            base, head = row.full(found.base), row.full(found.head)
            result = Result(row.item, base, head, found.labels, found.change, found.weights)
            for keeper, new, old in zip(self._keepers, (result.base, result.head), row.rows, strict=False):
                keeper.add(row.key, new, new == old)
            if self.task.labels and row.labels is None:
                self.task.labels.add(row.item.id, row.key, result.labels)
            yield result

    def _waited(self, row: workers.Open, running: _Running) -> workers.Found:
        """Return what a worker found. Where it was ended, the document is run again by itself; where that was so, the
        head is to blame if the base is known to be well.
        """
        result = sound(self._pool.wait(running.task))
        if not isinstance(result, Failure):
            found, totals = result[running.place]
        elif running.alone:
            failed = Row(cache.to_line(Measured(error=result.kind)))
            totals = Totals()
            found = workers.finished(row, running.base or failed, failed, (self._state, totals))
        else:
            again = self._pool.begin((workers.run, [(row, running.base)]))
            return self._waited(row, _Running(again, 0, running.base, True))
        self.totals.add(totals)
        kept: workers.Found = found
        return kept


def measured(task: Task) -> Iterator[Both]:
    """Yield what both sides of a task do to each document, as it was measured."""
    with Run(task) as run:
        for found in run:
            yield found.both


def _key(item: Item) -> str:
    try:
        return cache.document_key(item)
    except ItemError as error:
        return f"error-{error.kind}"
