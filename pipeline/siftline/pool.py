"""Worker processes that do one thing at a time, each within a time limit; one that dies or takes too long is replaced.

All is done in the thread that asks for the results, which costs little beside the work.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from time import monotonic
from typing import Any, NamedTuple, Protocol

_AHEAD = 4
"""Items that are read for each worker before the first result is taken."""
_LONGEST_WAIT = 3600.0
"""Seconds after which it is looked again; no system can be asked to wait for weeks."""
_READY = "ready"
ENDING = [signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]
"""Signals that ask a process to end."""


class Failure(NamedTuple):
    """Why there is no result: a `timeout`, a `crash`, or a `defect` of ours, which costs this item and no other."""

    kind: str
    message: str


class Task:
    """An item that may take so many times the limit, and what became of it."""

    def __init__(self, item: Any, times: float) -> None:
        self.item, self.times = item, times
        self.result: Any = None
        self.done = False


def results(
    work: Callable[[Any], Any], items: Iterable[Any], size: int, limit: float
) -> Iterator[tuple[Any, Any | Failure]]:
    """Yield each item with what `work` returned for it, in order, from `size` processes that have `limit` seconds for
    an item. Only a few items for each worker are under way at a time. None is no item: what is under way is waited for
    before the next one is asked for, which may be long in coming.
    """
    pool = Pool([Worker(work, limit) for _ in range(size)])
    try:
        yield from pool.results(items)
    finally:
        pool.end()


class Pool:
    """Processes that stay until `end`, for items that come in batches, or one by one with `begin` and `wait`."""

    def __init__(self, workers: list[Worker]) -> None:
        self.workers = workers
        self._free: deque[Task] = deque()  # tasks that no worker has yet

    def results(self, items: Iterable[Any]) -> Iterator[tuple[Any, Any | Failure]]:
        """Yield each item with its result, as `results` of this module does."""
        self._free.clear()
        for worker in self.workers:
            worker.free()
        tasks: deque[Task] = deque()  # in order, from the first whose result was not taken yet
        for item in items:
            if item is not None:
                tasks.append(self.begin(item))
            while tasks and (item is None or len(tasks) >= _AHEAD * len(self.workers)):
                yield self._first(tasks)
        while tasks:
            yield self._first(tasks)

    def _first(self, tasks: deque[Task]) -> tuple[Any, Any | Failure]:
        task = tasks.popleft()
        return task.item, self.wait(task)

    def begin(self, item: Any, times: float = 1) -> Task:
        """Hand an item to the first worker that is free, which has so many times the limit for it."""
        task = Task(item, times)
        self._free.append(task)
        self._hand_out()
        return task

    def wait(self, task: Task) -> Any | Failure:
        """Return the result of a task. Whichever worker ends one meanwhile gets the next."""
        while not task.done:
            busy: dict[Any, Worker] = {worker.connection: worker for worker in self.workers if worker.task}
            soonest = min(worker.deadline for worker in busy.values())
            for connection in wait(list(busy), min(_LONGEST_WAIT, max(0.0, soonest - monotonic()))):
                busy[connection].take()
            for worker in busy.values():
                worker.end_if_late()
            self._hand_out()
        return task.result

    def _hand_out(self) -> None:
        for worker in self.workers:
            if self._free and not worker.task:
                worker.begin(self._free.popleft())

    def end(self) -> None:
        """End the processes."""
        for worker in self.workers:
            worker.end()


def sound(result: Any | Failure, kinds: Sequence[str] = ("defect",)) -> Any:
    """Return a result; raise RuntimeError for a failure of some kinds, where it is not just what an item costs."""
    if isinstance(result, Failure) and result.kind in kinds:
        raise RuntimeError(result.message)
    return result


class Process(Protocol):
    """What is needed of a process."""

    @property
    def exitcode(self) -> int | None:
        """How it ended; None while it runs."""

    def kill(self) -> None:
        """End it at once."""

    def join(self) -> None:
        """Wait for its end."""


class Worker:
    """A process, and the task that it is at."""

    starts_in = 60.0
    """Seconds that the process may take to start; those for its first item are counted from then."""

    def __init__(self, work: Callable[[Any], Any], limit: float) -> None:
        self.work, self.limit = work, limit
        self._start()

    def _start(self) -> None:
        self.task: Task | None = None
        self.grace = self.starts_in
        self.process, self.connection = self.launch()

    def launch(self) -> tuple[Process, Connection]:
        """Start the process; return it with our end of the line to it."""
        context = process_context()
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(self.work, theirs, ours), daemon=True)
        process.start()
        theirs.close()
        return process, ours

    def free(self) -> None:
        """Give up what the process may still be at, for somebody who did not wait for it, and replace one that died."""
        if self.task or self.process.exitcode is not None:
            self.end()
            self._start()

    def begin(self, task: Task) -> None:
        """Hand a task to the process."""
        self.task, self.deadline = task, monotonic() + self.limit * task.times + self.grace
        try:
            self.connection.send(task.item)
        except OSError:  # it died while it had nothing to do, or does so now
            self._died()

    def take(self) -> None:
        """Take what the process has sent: a result, or that it is there."""
        try:
            result = self.connection.recv()
        except (EOFError, OSError):
            self._died()
            return
        if result == _READY:
            self.grace, self.deadline = 0.0, monotonic() + self.limit * (self.task.times if self.task else 1)
        else:
            self.done(result)

    def end_if_late(self) -> None:
        """End the process if its task has taken too long."""
        if self.task and self.deadline <= monotonic():
            self.replace(Failure("timeout", f"took over {self.limit * self.task.times:g} s"))

    def _died(self) -> None:
        self.process.join()
        self.replace(Failure("crash", f"the worker process {_ended(self.process.exitcode or 0)}"))

    def replace(self, failure: Failure) -> None:
        """End the process and start another one; the task has failed."""
        self.done(failure)
        self.end()
        self._start()

    def done(self, result: Any) -> None:
        """Note the result of the task."""
        if self.task:
            self.task.result, self.task.done = result, True
        self.task = None

    def end(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.join()
        self.connection.close()


def serve(work: Callable[[Any], Any], connection: Connection, theirs: Connection | None = None) -> None:
    """Answer every item that comes in, until the process that sends them ends."""
    if theirs:
        theirs.close()  # a copy of the other end, without which its end is seen here
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in ENDING:
        signal.signal(number, signal.SIG_DFL)
    gc.freeze()  # what is loaded stays; what an item leaves behind is freed without the collector
    gc.set_threshold(200_000, 20, 20)  # more than what documents side by side are made of
    with suppress(EOFError, ConnectionError):
        connection.send(_READY)
        while True:
            connection.send(_result(work, connection.recv()))


def _ended(status: int) -> str:
    """Say how a process ended.

    >>> _ended(3), _ended(-9)
    ('ended with status 3', 'was ended by SIGKILL: perhaps for want of memory')
    """
    if status >= 0 or -status not in {number.value for number in signal.Signals}:
        return f"ended with status {status}"
    name = signal.Signals(-status).name
    return f"was ended by {name}{': perhaps for want of memory' if name == 'SIGKILL' else ''}"


def _result(work: Callable[[Any], Any], item: Any) -> Any:
    try:
        return work(item)
    except Exception as error:  # noqa: BLE001 - it may cost this item, and no other
        return Failure("defect", f"{type(error).__name__}: {' '.join(str(error).split())[:300]}")


def process_context() -> Any:
    """Fork where that is safe: the first workers start while there is one thread, with the rules loaded.

    A fork server would be as quick, but then nobody who times this process sees what its workers used.
    """
    method = "fork" if sys.platform.startswith("linux") else "spawn"
    return multiprocessing.get_context(method)
