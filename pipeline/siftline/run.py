"""Cleaning many documents: in worker processes, with a time limit for each, results in the order of the input.

A worker that dies or takes too long costs one document, which becomes a reject; the others go on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from . import categories, files, pool
from .cleaner import Cleaner
from .document import Document
from .files import Item, ItemError
from .stages.decode import DecodeError
from .stages.extract import ExtractError
from .stages.write import write

if TYPE_CHECKING:
    from .repeats import Repeats

TIME_LIMIT = 60.0
"""Seconds that one document may take before it is rejected."""
TOGETHER, TOGETHER_BYTES = 16, 2**19
"""Documents, and bytes of them, that a worker takes through the stages side by side, see `Cleaner.run_all`."""


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


def clean_items(job: Job, items: Sequence[Item]) -> list[dict[str, Any]]:
    """Return the result record of each document, or {"id", "error"} where it cannot be read or cleaned.

    What goes wrong when they were read is raised for several documents: `clean_all` takes them one by one then.
    """
    try:
        return _records(job, items)
    except (RecursionError, MemoryError) as error:
        if len(items) > 1:
            raise
        too_deep = isinstance(error, RecursionError)
        return [refused(items[0], *(_TOO_DEEP if too_deep else _TOO_LARGE))]


_TOO_DEEP = ("too-deep", "nested too deeply to be read")
_TOO_LARGE = ("too-large", "needs more memory than there is")


def _records(job: Job, items: Sequence[Item]) -> list[dict[str, Any]]:
    read = [_read(job.cleaner, item) for item in items]
    going = [(item, doc) for item, doc in zip(items, read, strict=True) if isinstance(doc, Document)]
    if job.repeats:
        done = job.repeats.run_all(job.cleaner, going)
    else:
        done = job.cleaner.run_all([doc for _, doc in going], job.cleaner.stages)
    for doc in done:
        doc.notes.clear()
    cleaned = (write(doc, item.id, job.ledger) for (item, _), doc in zip(going, done, strict=True))
    return [next(cleaned) if isinstance(found, Document) else found for found in read]


def _read(cleaner: Cleaner, item: Item) -> Document | dict[str, Any]:
    """Return the document of an item, or why there is none."""
    try:
        return cleaner.read(item.read(), html=item.html, url=item.url, charset=item.charset)
    except ItemError as error:
        return refused(item, error.kind, str(error))
    except DecodeError as error:
        return refused(item, "not-text", str(error))
    except ExtractError as error:
        return refused(item, "no-text", str(error))


def refused(item: Item, kind: str, message: str) -> dict[str, Any]:
    """Return the record of an item that could not be cleaned; the message says where it stands."""
    return rejected(item.id, kind, f"{item.where}: {message}" if item.where else message)


def rejected(name: str, kind: str, message: str) -> dict[str, Any]:
    """Return the record of a document that could not be cleaned."""
    return {"id": name, "error": {"kind": kind, "message": message}}


def clean_all(job: Job, items: Iterable[Item | None], jobs: int, limit: float = TIME_LIMIT) -> Iterator[Outcome]:
    """Yield the outcome of each item, in order, from `jobs` worker processes. None among the items says that there are
    no more for now: those before it are not kept waiting.
    """
    return _clean(job, chunks(items), jobs, limit)


def _clean(job: Job, together: Iterable[list[Item] | None], jobs: int, limit: float) -> Iterator[Outcome]:
    """Yield the outcomes of chunks. One that fails is done again, item by item, to see which of them it was."""
    for chunk, found in pool.results(partial(outcomes, job), together, jobs, limit):
        if not isinstance(found, pool.Failure):
            yield from found
        elif len(chunk) > 1:
            yield from _clean(job, [[item] for item in chunk], 1, limit)
        else:
            yield outcome(refused(chunk[0], *found))


def chunks(items: Iterable[Item | None]) -> Iterator[list[Item] | None]:
    """Put items together that are cleaned together; None stays where it is."""
    chunk: list[Item] = []
    size = 0
    for item in items:
        if item is not None:
            chunk.append(item)
            size += item.size
            if len(chunk) < TOGETHER and size < TOGETHER_BYTES:
                continue
        if chunk:
            yield chunk
        if item is None:
            yield None
        chunk, size = [], 0
    if chunk:
        yield chunk


def learn(job: Job, items: Iterable[Item], jobs: int, limit: float = TIME_LIMIT) -> Job:
    """Return the job with what repeats over the pages of each site. A document that cannot be read counts nowhere."""
    from .repeats import Census, keys_of  # noqa: PLC0415 - most runs read everything once

    census = Census()
    for _, found in pool.results(partial(keys_of, job.cleaner), items, jobs, limit):
        if not isinstance(found, pool.Failure):
            census.add(*found)
    return replace(job, repeats=census.repeats())


def outcomes(job: Job, items: Sequence[Item]) -> list[Outcome]:
    """Clean in the worker and make the lines there too, so that no record is copied between processes."""
    return [outcome(record, job.counted) for record in clean_items(job, items)]


def outcome(record: dict[str, Any], counted: bool = True) -> Outcome:
    """Return the outcome that a record is, with its changes counted or not."""
    if "error" in record:
        return Outcome(record["id"], files.json_line(record), True, Counter(documents=1, rejected=1))
    counts = Counter(documents=1, paragraphs=sum(map(len, record["body"].values())))
    counts.update(f"  in {lang}" for lang in record["languages"])
    if counted:
        counts.update(categories.counted(record.get("changes", ())))
    return Outcome(record["id"], files.json_line(record), False, counts)
