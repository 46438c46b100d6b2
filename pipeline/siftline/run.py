"""Cleaning many documents: in worker processes, with a time limit for each, results in the order of the input.

A worker that dies or takes too long costs one document, which becomes a reject; the others go on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from . import categories, files, pool
from .cleaner import Article, Cleaner
from .files import Item, ItemError
from .stages.decode import DecodeError
from .stages.extract import ExtractError

if TYPE_CHECKING:
    from .repeats import Repeats

TIME_LIMIT = 60.0
"""Seconds that one document may take before it is rejected."""


@dataclass(frozen=True)
class Job:
    """How documents are cleaned: the cleaner, and whether the ledger goes into the result."""

    cleaner: Cleaner
    ledger: bool = True
    repeats: Repeats | None = None
    """What `learn` found out about the corpus, if anything."""
    counted: bool = True
    """Whether changes are counted for the table of the run."""


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
    return job.cleaner.clean(item.read(), html=item.html, url=item.url, charset=item.charset)


def rejected(name: str, kind: str, message: str) -> dict[str, Any]:
    """Return the record of a document that could not be cleaned."""
    return {"id": name, "error": {"kind": kind, "message": message}}


def clean_all(job: Job, items: Iterable[Item], jobs: int, limit: float = TIME_LIMIT) -> Iterator[Outcome]:
    """Yield the outcome of each item, in order, from `jobs` worker processes."""
    for item, found in pool.results(partial(_outcome_of, job), items, jobs, limit):
        yield _outcome(rejected(item.id, *found)) if isinstance(found, pool.Failure) else found


def learn(job: Job, items: Iterable[Item], jobs: int, limit: float = TIME_LIMIT) -> Job:
    """Return the job with what repeats over the pages of each site. A document that cannot be read counts nowhere."""
    from .repeats import Census, keys_of  # noqa: PLC0415 - most runs read everything once

    census = Census()
    for _, found in pool.results(partial(keys_of, job.cleaner), items, jobs, limit):
        if not isinstance(found, pool.Failure):
            census.add(*found)
    return replace(job, repeats=census.repeats())


def _outcome_of(job: Job, item: Item) -> Outcome:
    """Clean in the worker and make the line there too, so that the record is never copied between processes."""
    return _outcome(clean_item(job, item), job.counted)


def _outcome(record: dict[str, Any], counted: bool = True) -> Outcome:
    if "error" in record:
        return Outcome(record["id"], files.json_line(record), True, Counter(documents=1, rejected=1))
    counts = Counter(documents=1, paragraphs=sum(map(len, record["body"].values())))
    counts.update(f"  in {lang}" for lang in record["languages"])
    if counted:
        counts.update(categories.counted(record.get("changes", ())))
    return Outcome(record["id"], files.json_line(record), False, counts)
