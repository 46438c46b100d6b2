"""Finding the documents of the sources on a command line: which files there are, and which reader each has."""

from __future__ import annotations

import hashlib
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from . import json_lines, parquet, warc
from .errors import UNREADABLE, SourceError, reason
from .ids import Ids
from .item import Item
from .unpacking import PACKED, opened

TEXT = (".txt", ".md")
PAGES = (".html", ".htm")
RECORDS = (".jsonl",)
TABLES = (".parquet",)
ARCHIVES = (".warc", ".wet")
MANY = (*RECORDS, *TABLES, *ARCHIVES)
"""Endings of files that hold many documents."""
KNOWN = (*TEXT, *PAGES, *MANY)
UNKNOWN = "  files of unknown ending"
"""What a file is counted as whose ending says not what it is."""
_ENDINGS = f"known are {' '.join(KNOWN)}, each also .gz and .zst"


class Found(NamedTuple):
    """A file among the sources, and the folder below which its path is its name; both None for standard input."""

    path: Path | None
    base: Path | None


def items(sources: Iterable[str], skipped: Counter[str] | None = None) -> Iterator[Item]:
    """Yield the documents of files, folders, globs and `-`, in a stable order, with ids that are safe file names.

    What a folder or an archive holds besides documents is counted in `skipped`. Raises SourceError, before anything is
    read, for a source that does not exist or whose kind is unknown.
    """
    sources, counts = list(sources), Counter() if skipped is None else skipped
    found = [one for source in sources for one in _expand(source)]
    if unknown := sum(map(_of_unknown_ending, sources)):
        counts[UNKNOWN] += unknown
    if not found:
        raise SourceError(f"no documents found: {_ENDINGS}")
    if table := next((path for path, _ in found if path and _kind(path) in TABLES), None):
        parquet.require(f"reading {table.name}")
    return _numbered(found, counts)


def count(sources: Iterable[str]) -> int | None:
    """Return the number of documents, or None where a file holds many and would have to be read. Raises SourceError."""
    found = [path for source in sources for path, _ in _expand(source)]
    return None if any(path and _kind(path) in MANY for path in found) else len(found)


def _expand(source: str) -> Iterator[Found]:
    if source == "-":
        yield Found(None, None)
        return
    path = Path(source)
    if path.is_dir():
        yield from (Found(file, path) for file in sorted(path.rglob("*")) if file.is_file() and _kind(file))
    elif path.exists():
        if not _kind(path):
            raise SourceError(f"{source}: unknown ending; {_ENDINGS}")
        yield Found(path, path.parent)
    else:
        matched = (
            sorted(Path(path.anchor or ".").glob(str(path.relative_to(path.anchor))))
            if any(c in source for c in "*?[")
            else []
        )
        if not matched:
            raise SourceError(f"{source}: no such file or folder")
        yield from (Found(file, file.parent) for file in matched if file.is_file() and _kind(file))


def _of_unknown_ending(source: str) -> int:
    """Return how many files of a folder have an ending that says nothing, hidden ones aside."""
    folder = Path(source)
    files = (path for path in folder.rglob("*") if path.is_file() and not _kind(path)) if folder.is_dir() else ()
    return sum(not any(part.startswith(".") for part in path.relative_to(folder).parts) for path in files)


def _kind(path: Path) -> str:
    """Return the ending that says what a file is, without a packing; empty where it is none of ours."""
    name = path.name.lower()
    for ending in PACKED:
        name = name.removesuffix(ending)
    ending = os.path.splitext(name)[1]  # noqa: PTH122 - Path finds an ending in `..txt`, which is none
    return ending if ending in KNOWN else ""


def _stem(path: Path, base: Path) -> str:
    name = path.relative_to(base).as_posix()
    lower = name.lower()
    for endings in (PACKED, KNOWN):
        for ending in endings:
            if lower.endswith(ending) and len(lower) > len(ending):
                name, lower = name[: -len(ending)], lower[: -len(ending)]
    return name


def _numbered(found: list[Found], skipped: Counter[str]) -> Iterator[Item]:
    """Give each document an id of its own: a clash gets the ending back, and then a number."""
    ids = Ids()
    for path, base in found:
        if path is None or base is None:
            # Read here: a worker process has no standard input.
            yield Item(ids.free("stdin"), content=sys.stdin.buffer.read())
        elif (kind := _kind(path)) in RECORDS:
            yield from json_lines.documents(path, ids)
        elif kind in TABLES:
            yield from parquet.documents(path, ids)
        elif kind in ARCHIVES:
            yield from warc.documents(path, ids, skipped)
        else:
            html = True if kind in PAGES else None
            yield Item(ids.free(_stem(path, base), path.relative_to(base).as_posix()), path, html=html)


def result_lines(path: Path) -> Iterator[bytes]:
    """Yield the results in a file that `clean --to jsonl` or `--to parquet` wrote, as lines of JSON.

    Raises SourceError where it cannot be read, or is neither.
    """
    kind = _kind(path)
    if kind not in (*RECORDS, *TABLES):
        raise SourceError(f"{path}: not a file of results: give one that ends in .jsonl or .parquet")
    if kind in TABLES:
        yield from parquet.result_lines(path)
        return
    try:
        with opened(path) as file:
            yield from file
    except UNREADABLE as error:
        raise SourceError(f"{path}: {reason(error)}") from error


def gold_records(sources: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Yield the records of the JSON lines files among the sources, whatever they hold; a bad line is passed over."""
    for path in _record_files(sources):
        try:
            with opened(path) as file:
                yield from filter(lambda record: isinstance(record, dict), map(_parsed, file))
        except UNREADABLE as error:
            raise SourceError(f"{path}: {reason(error)}") from error


def _parsed(raw: bytes) -> Any:
    try:
        return json_lines.parse_line(raw)
    except (ValueError, RecursionError):
        return None


def digest(sources: Iterable[str]) -> str:
    """Return the SHA-256 of the JSON lines files among the sources, in hexadecimal."""
    whole = hashlib.sha256()
    for path in _record_files(sources):
        try:
            with path.open("rb") as file:
                whole.update(hashlib.file_digest(file, "sha256").digest())
        except OSError as error:
            raise SourceError(f"{path}: {reason(error)}") from error
    return whole.hexdigest()


def _record_files(sources: Iterable[str]) -> Iterator[Path]:
    return (path for source in sources for path, _ in _expand(source) if path and _kind(path) in RECORDS)
