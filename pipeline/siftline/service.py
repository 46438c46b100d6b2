"""Cleaning for programs that hand over their documents batch by batch, as frameworks do.

The worker processes start with the first batch and stay. The way is that of the command line: several documents side by
side, each within a time limit, and one that goes wrong costs itself alone.
"""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from .apart import ApartWorker, StartError
from .cleaner import Cleaner
from .files import Item
from .pool import Failure, Pool
from .run import TIME_LIMIT, Job, Outcome, chunks, outcome, outcomes, refused


class Service:
    """Cleans batches of documents in `jobs` processes. Picklable: the processes stay behind. Threads take turns.

    `options` are those of `Cleaner`, `timeout` is in seconds a document. Raises ValueError and TypeError for options
    that are none, and on first use siftline.apart.StartError where the rules are not right or no process can be had.
    """

    _started: Pool | None
    _finish: Any
    _owner: int

    def __init__(self, ledger: bool = True, *, timeout: float = TIME_LIMIT, jobs: int = 1, **options: Any) -> None:
        if timeout <= 0 or jobs < 1:
            raise ValueError(f"timeout and jobs must be above 0, not {timeout:g} and {jobs}")
        Cleaner(**options)  # says what is wrong with them
        self.__setstate__((ledger, timeout, jobs, options))

    @property
    def options(self) -> dict[str, Any]:
        """What the cleaner is made with."""
        options: dict[str, Any] = self._settings[-1]
        return options

    def __repr__(self) -> str:
        return f"Service{self._settings!r}"

    def records(self, items: Sequence[Item]) -> list[dict[str, Any]]:
        """Return the record of each document, in order, as `siftline pipe` would give it."""
        return [found.record() for found in self.clean(items)]

    def clean(self, items: Sequence[Item]) -> list[Outcome]:
        """Return the outcome of each document, in order."""
        with self._lock:
            try:
                return list(self._clean(self._pool(), items))
            except StartError:
                self.end()
                raise

    def _clean(self, pool: Pool, items: Sequence[Item]) -> Iterator[Outcome]:
        found = list(pool.results(chunks(items)))
        again = [[item] for chunk, what in found if isinstance(what, Failure) and len(chunk) > 1 for item in chunk]
        alone = pool.results(again)
        for chunk, what in found:
            parts = [next(alone) for _ in chunk] if isinstance(what, Failure) and len(chunk) > 1 else [(chunk, what)]
            for part, got in parts:
                yield from [outcome(refused(part[0], *got))] if isinstance(got, Failure) else got

    def _pool(self) -> Pool:
        """Return the processes, started where there are none yet, or none of this process but of the one it is a copy
        of.
        """
        if self._started is None or self._owner != os.getpid():
            ledger, timeout, jobs, options = self._settings
            pool = Pool([ApartWorker(Work(options, ledger), timeout) for _ in range(jobs)])
            self._owner = os.getpid()
            self._started = pool
            self._finish = weakref.finalize(self, _end, pool, self._owner)
        return self._started

    def end(self) -> None:
        """End the processes; the next batch starts others."""
        if self._finish:
            self._finish()
        self._started = self._finish = None

    def __getstate__(self) -> tuple[Any, ...]:
        return self._settings

    def __setstate__(self, settings: tuple[bool, float, int, dict[str, Any]]) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._owner = 0
        self._started = self._finish = None


def _end(pool: Pool, owner: int) -> None:
    if owner == os.getpid():
        pool.end()


class Work:
    """What the processes do: they have a cleaner of their own, with the rules that lie where they run."""

    def __init__(self, options: Mapping[str, Any], ledger: bool) -> None:
        self.options, self.ledger = options, ledger

    @cached_property
    def job(self) -> Job:
        """How the documents are cleaned."""
        return Job(Cleaner(**self.options), self.ledger, counted=False)

    def prepare(self) -> None:
        """Load the rules, and the dictionary where there is one."""
        library = self.job.cleaner.library
        library.load()
        library.dictionary  # noqa: B018

    def __call__(self, items: Sequence[Item]) -> list[Outcome]:
        """Return what became of some documents."""
        return outcomes(self.job, items)
