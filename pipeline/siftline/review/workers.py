"""Work on many documents at once: a function over the documents, in worker processes.

What else the function needs is handed to the workers when they start, which costs nothing where they are forked.
"""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from pebble import ProcessPool

from ..pool import process_context

CHUNK = 32
"""Documents that a worker takes at a time."""
_AHEAD = 2
"""Chunks that each worker has before it."""
State = TypeVar("State")
Thing = TypeVar("Thing")
Result = TypeVar("Result")
_job: tuple[Callable[[Any, Any], Any], Any] | None = None


def spread(
    work: Callable[[State, Thing], Result], state: State, things: Iterable[Thing], jobs: int
) -> Iterator[Result]:
    """Yield what `work` makes of each thing, in their order; only a few are held at a time."""
    if jobs < 2:
        yield from (work(state, thing) for thing in things)
        return
    chunks = iter(things)
    waiting: deque[Any] = deque()
    with ProcessPool(jobs, initializer=_start, initargs=((work, state),), context=process_context()) as pool:
        while chunk := list(islice(chunks, CHUNK)):
            waiting.append(pool.schedule(_run, args=(chunk,)))
            if len(waiting) > _AHEAD * jobs:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _start(job: tuple[Callable[[Any, Any], Any], Any]) -> None:
    global _job  # noqa: PLW0603 - a pool passes nothing else from its initializer to its tasks
    _job = job
    gc.enable()


def _run(things: Sequence[Any]) -> list[Any]:
    assert _job is not None, "the pool's initializer ran"
    work, state = _job
    return [work(state, thing) for thing in things]
