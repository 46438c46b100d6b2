"""Finding the documents of the sources on a command line: which files there are, and which reader each has."""

from __future__ import annotations

import hashlib
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

from . import json_lines, parquet, warc
from .errors import LARGEST, UNREADABLE, SourceError, reason, too_large
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
LINKS = "  links to folders"
SPECIAL = "  pipes and devices"
RESULTS = "  files where results go"
PASSED_OVER = (UNKNOWN, LINKS, SPECIAL, RESULTS)
"""What is counted of a folder that is not read."""
_ENDINGS = f"known are {' '.join(KNOWN)}, each also {' '.join(PACKED)}"


class Found(NamedTuple):
    """A file among the sources, and the folder below which its path is its name; both None for standard input."""

    path: Path | None
    base: Path | None
    error: str = ""
    """Why it cannot be read: it is a folder."""


def items(sources: Iterable[str], skipped: Counter[str] | None = None, target: Path | None = None) -> Iterator[Item]:
    """Yield the documents of files, folders, globs and `-`, in a stable order, with ids that are safe file names.

    What a folder or an archive holds besides documents is counted in `skipped`; what lies in `target`, the file or
    folder that results go to, is passed over. Raises SourceError, before anything is read, for a source that does not
    exist, whose kind is unknown, or whose result would take its place.
    """
    counts: Counter[str] = Counter() if skipped is None else skipped
    found = [one for source in sources for one in _expand(source, counts, target)]
    if not found:
        raise SourceError(f"no documents found: {_ENDINGS}")
    if table := next((path for path, _, _ in found if path and _kind(path) in TABLES), None):
        parquet.require(f"reading {table.name}")
    return _numbered(found, counts)


def standard_input() -> IO[bytes]:
    """Return the standard input. Raises SourceError where it is closed."""
    if sys.stdin is None:
        raise SourceError("standard input is closed: name a file with <")
    return sys.stdin.buffer


def count(sources: Iterable[str], target: Path | None = None) -> int | None:
    """Return the number of documents, or None where a file holds many and would have to be read. Raises SourceError."""
    found = [one.path for source in sources for one in _expand(source, Counter(), target)]
    return None if any(path and _kind(path) in MANY for path in found) else len(found)


def _expand(source: str, skipped: Counter[str], target: Path | None = None) -> Iterable[Found]:
    try:
        return list(_found(source, skipped, target))
    except OSError as error:
        raise SourceError(f"{source}: {reason(error)}") from error


def _found(source: str, skipped: Counter[str], target: Path | None) -> Iterator[Found]:
    if not source:
        raise SourceError("a source is empty: name a file, a folder, a glob or -")
    if source == "-":
        yield Found(None, None)
        return
    path = Path(source)
    if path.is_dir():
        if target and _real(path) == _real(target):
            raise SourceError(f"{source}: results would stand among the sources: name another folder with -o")
        yield from sorted(_below(path, skipped, target))
    elif path.exists():
        if not _kind(path):
            raise SourceError(f"{source}: unknown ending; {_ENDINGS}")
        yield _named(path, target)
    else:
        matched = (
            sorted(Path(path.anchor or ".").glob(str(path.relative_to(path.anchor))))
            if any(c in source for c in "*?[")
            else []
        )
        if not matched:
            raise SourceError(f"{source}: no such file or folder")
        yield from (_named(file, target) for file in matched if file.is_file() and _kind(file))


def _named(path: Path, target: Path | None) -> Found:
    """Return a file that was named on its own. Raises SourceError where its result would take its place."""
    if target and (_real(path) == _real(target) or (path.suffix == ".md" and _real(path.parent) == _real(target))):
        raise SourceError(f"{path}: its result would take its place: name another place with -o")
    return Found(path, path.parent)


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))  # Path.resolve raises where links lead in a circle


def _below(folder: Path, skipped: Counter[str], target: Path | None) -> Iterator[Found]:
    """Yield the files below a folder, and the folders that cannot be read; count what is passed over."""
    unreadable: list[OSError] = []
    results = {_real(target), _real(rejects_of(target))} if target else set()
    for here, folders, names in os.walk(folder, onerror=unreadable.append):
        place = _real(Path(here))
        skipped[LINKS] += sum(Path(here, name).is_symlink() for name in folders)
        within = not results.isdisjoint((place, *place.parents))
        for name in names:
            path = Path(here, name)
            why = _passed_over(path, within or place / name in results)
            if not why:
                yield Found(path, folder)
            elif why != UNKNOWN or not any(part.startswith(".") for part in path.relative_to(folder).parts):
                skipped[why] += 1
    yield from (Found(Path(error.filename), folder, reason(error)) for error in unreadable)


def _passed_over(path: Path, result: bool) -> str:
    """Return why a file of a folder is not read, as a word to count by. A link that leads nowhere is, and fails."""
    if not _kind(path):
        return UNKNOWN
    if result:
        return RESULTS
    try:
        return "" if path.is_file() or not path.exists() else SPECIAL
    except OSError:  # it may not be looked at: to read it says so
        return ""


def rejects_of(target: Path) -> Path:
    """Return the file of the rejects of a run that writes one file."""
    return target.with_name(target.name + ".rejects.jsonl")


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
    for path, base, error in found:
        if path is None or base is None:
            # Read here: a worker process has no standard input.
            yield _whole(standard_input(), ids.free("stdin"))
        elif error:
            name = path.relative_to(base).as_posix()
            yield Item(ids.free(name), error=("unreadable", error), place=str(path))
        elif (kind := _kind(path)) in RECORDS:
            yield from json_lines.documents(path, ids)
        elif kind in TABLES:
            yield from parquet.documents(path, ids)
        elif kind in ARCHIVES:
            yield from warc.documents(path, ids, skipped)
        else:
            html = True if kind in PAGES else None
            yield Item(ids.free(_stem(path, base), path.relative_to(base).as_posix()), path, html=html)


def _whole(stream: IO[bytes], id: str) -> Item:
    """Return the document that a stream holds."""
    content = stream.read(LARGEST + 1)
    error = too_large() if len(content) > LARGEST else None
    return Item(id, error=(error.kind, str(error))) if error else Item(id, content=content)


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
    except ValueError:
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
    return (path for source in sources for path, _, _ in _expand(source, Counter()) if path and _kind(path) in RECORDS)
