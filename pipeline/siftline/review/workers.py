"""Work on many documents at once: a function over the numbers of the documents, in worker processes.

What the function needs is handed to the workers when they start, which costs nothing where they are forked.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from pebble import ProcessPool

from ..run import process_context

CHUNK = 32
"""Documents that a worker takes at a time."""
_FEW = 2 * CHUNK
State = TypeVar("State")
Result = TypeVar("Result")
_job: tuple[Callable[[Any, int], Any], Any] | None = None


def spread(work: Callable[[State, int], Result], state: State, numbers: Sequence[int], jobs: int) -> list[Result]:
    """Return what `work` makes of each number, in their order."""
    if jobs < 2 or len(numbers) < _FEW:
        return [work(state, number) for number in numbers]
    chunks = [numbers[at : at + CHUNK] for at in range(0, len(numbers), CHUNK)]
    with ProcessPool(jobs, initializer=_start, initargs=((work, state),), context=process_context()) as pool:
        return [result for part in pool.map(_run, chunks).result() for result in part]


def _start(job: tuple[Callable[[Any, int], Any], Any]) -> None:
    global _job  # noqa: PLW0603 - a pool passes nothing else from its initializer to its tasks
    _job = job
    gc.enable()


def _run(numbers: Sequence[int]) -> list[Any]:
    assert _job is not None, "the pool's initializer ran"
    work, state = _job
    return [work(state, number) for number in numbers]
