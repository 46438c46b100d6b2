"""Cleaning many documents: in worker processes, with a time limit for each, results in the order of the input.

A worker that dies or takes too long costs one document, which becomes a reject; the others go on.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass
from typing import Any

from pebble import ProcessExpired, ProcessPool

from .cleaner import Cleaner
from .files import Item, ItemError
from .stages.decode import DecodeError
from .stages.extract import ExtractError

TIME_LIMIT = 60.0
"""Seconds that one document may take before it is rejected."""
_AHEAD = 4
"""Documents that are handed out for each worker before the first result is taken."""


@dataclass(frozen=True)
class Job:
    """How documents are cleaned: the cleaner, and whether the ledger goes into the result."""

    cleaner: Cleaner
    ledger: bool = True


def clean_item(job: Job, item: Item) -> dict[str, Any]:
    """Return the result record of one document, or {"id", "error"} where it cannot be cleaned."""
    try:
        article = job.cleaner.clean(item.read(), html=item.html, url=item.url)
        return article.record(item.id, job.ledger)
    except ItemError as error:
        return rejected(item.id, error.kind, str(error))
    except DecodeError as error:
        return rejected(item.id, "not-text", str(error))
    except ExtractError as error:
        return rejected(item.id, "no-text", str(error))
    except RecursionError:
        return rejected(item.id, "too-deep", "nested too deeply to be read")
    except MemoryError:
        return rejected(item.id, "too-large", "needs more memory than there is")


def rejected(name: str, kind: str, message: str) -> dict[str, Any]:
    """Return the record of a document that could not be cleaned."""
    return {"id": name, "error": {"kind": kind, "message": message}}


def clean_all(job: Job, items: Iterable[Item], jobs: int, limit: float = TIME_LIMIT) -> Iterator[dict[str, Any]]:
    """Yield the record of each item, in order, from `jobs` worker processes.

    Memory is bounded: only a few documents for each worker are under way at a time.
    """
    waiting: deque[tuple[Item, Any]] = deque()
    with ProcessPool(max_workers=jobs, context=_context(), initializer=_start, initargs=(job,)) as pool:
        try:
            for item in items:
                waiting.append((item, pool.schedule(_work, args=(item,), timeout=limit)))
                if len(waiting) > jobs * _AHEAD:
                    yield _result(*waiting.popleft(), limit)
            while waiting:
                yield _result(*waiting.popleft(), limit)
        except BaseException:
            pool.stop()
            raise


def workers(asked: int | None) -> int:
    """Return how many worker processes to use: as asked, or one for each processor this process may use."""
    if asked:
        return asked
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _context() -> Any:
    """Fork where that is safe: the first workers start before the pool has threads, with the rules loaded.

    A fork server would be as quick, but then nobody who times this process sees what its workers used.
    """
    method = "fork" if sys.platform.startswith("linux") else "spawn"
    return multiprocessing.get_context(method)


_job: Job | None = None


def _start(job: Job) -> None:
    global _job
    _job = job


def _work(item: Item) -> dict[str, Any]:
    assert _job is not None, "the pool's initializer ran"
    return clean_item(_job, item)


def _result(item: Item, future: Any, limit: float) -> dict[str, Any]:
    try:
        return future.result()
    except FutureTimeout:
        return rejected(item.id, "timeout", f"took over {limit:g} s")
    except ProcessExpired as error:
        return rejected(item.id, "crash", f"the worker process ended with status {error.exitcode}")
    except Exception as error:  # noqa: BLE001 - a defect of ours: it may cost this document, and no other
        return rejected(item.id, "defect", f"{type(error).__name__}: {' '.join(str(error).split())[:300]}")
