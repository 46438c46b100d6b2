"""Cleaning many documents: in worker processes, with a time limit for each, results in the order of the input.

A worker that dies or takes too long costs one document, which becomes a reject; the others go on.
"""

from __future__ import annotations

import gc
import multiprocessing
import sys
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from pebble import ProcessExpired, ProcessPool

from . import files
from .cleaner import Article, Cleaner
from .files import Item, ItemError
from .repeats import Census, Repeats, keys_of
from .report_document import category
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
    repeats: Repeats | None = None
    """What `learn` found out about the corpus, if anything."""


class Outcome(NamedTuple):
    """What became of one document: its record as a line of JSON, and what the table of the run counts."""

    id: str
    line: bytes
    error: bool
    counts: Counter[str]

    def record(self) -> dict[str, Any]:
        """Return the record."""
        record: dict[str, Any] = files.parse_line(self.line)
        return record


def clean_item(job: Job, item: Item) -> dict[str, Any]:
    """Return the result record of one document, or {"id", "error"} where it cannot be cleaned."""
    try:
        return _article(job, item).record(item.id, job.ledger)
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


def _article(job: Job, item: Item) -> Article:
    if job.repeats:
        return job.repeats.clean(job.cleaner, item)
    return job.cleaner.clean(item.read(), html=item.html, url=item.url)


def rejected(name: str, kind: str, message: str) -> dict[str, Any]:
    """Return the record of a document that could not be cleaned."""
    return {"id": name, "error": {"kind": kind, "message": message}}


def clean_all(job: Job, items: Iterable[Item], jobs: int, limit: float = TIME_LIMIT) -> Iterator[Outcome]:
    """Yield the outcome of each item, in order, from `jobs` worker processes.

    Memory is bounded: only a few documents for each worker are under way at a time.
    """
    for item, future in _in_workers(job, items, jobs, limit, _work):
        yield _result(item, future, limit)


def learn(job: Job, items: Iterable[Item], jobs: int, limit: float = TIME_LIMIT) -> Job:
    """Return the job with what repeats over the pages of each site. A document that cannot be read counts nowhere."""
    census = Census()
    for _, future in _in_workers(job, items, jobs, limit, _keys):
        if future.exception() is None:
            census.add(*future.result())
    return replace(job, repeats=census.repeats())


def _in_workers(
    job: Job, items: Iterable[Item], jobs: int, limit: float, work: Callable[[Item], Any]
) -> Iterator[tuple[Item, Any]]:
    """Yield each item with the future of its work, in order, as soon as its turn has come."""
    waiting: deque[tuple[Item, Any]] = deque()
    with ProcessPool(max_workers=jobs, context=process_context(), initializer=_start, initargs=(job,)) as pool:
        try:
            for item in items:
                waiting.append((item, pool.schedule(work, args=(item,), timeout=limit)))
                if len(waiting) > jobs * _AHEAD:
                    yield waiting.popleft()
            while waiting:
                yield waiting.popleft()
        except BaseException:
            pool.stop()
            raise


def process_context() -> Any:
    """Fork where that is safe: the first workers start before the pool has threads, with the rules loaded.

    A fork server would be as quick, but then nobody who times this process sees what its workers used.
    """
    method = "fork" if sys.platform.startswith("linux") else "spawn"
    return multiprocessing.get_context(method)


_job: Job | None = None


def _start(job: Job) -> None:
    global _job  # noqa: PLW0603 - a pool passes nothing else from its initializer to its tasks
    _job = job
    gc.freeze()  # the rules stay; what a document leaves behind is freed without the collector
    gc.set_threshold(50_000, 20, 20)


def _work(item: Item) -> Outcome:
    """Clean in the worker and make the line there too, so that the record is never copied between processes."""
    assert _job is not None, "the pool's initializer ran"
    return _outcome(clean_item(_job, item))


def _keys(item: Item) -> tuple[str, tuple[int, ...]]:
    assert _job is not None, "the pool's initializer ran"
    return keys_of(_job.cleaner, item)


def _outcome(record: dict[str, Any]) -> Outcome:
    if "error" in record:
        return Outcome(record["id"], files.json_line(record), True, Counter(documents=1, rejected=1))
    counts = Counter(documents=1, paragraphs=sum(map(len, record["body"].values())))
    counts.update(f"  in {lang}" for lang in record["languages"])
    counts.update(category(change) for change in record.get("changes", ()))
    return Outcome(record["id"], files.json_line(record), False, counts)


def _result(item: Item, future: Any, limit: float) -> Outcome:
    try:
        outcome: Outcome = future.result()
    except FutureTimeout:
        return _outcome(rejected(item.id, "timeout", f"took over {limit:g} s"))
    except ProcessExpired as error:
        return _outcome(rejected(item.id, "crash", f"the worker process ended with status {error.exitcode}"))
    except Exception as error:  # noqa: BLE001 - a defect of ours: it may cost this document, and no other
        return _outcome(rejected(item.id, "defect", f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"))
    return outcome
