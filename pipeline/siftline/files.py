"""Everything that touches a disk: finding and reading the sources, writing the results.

Readers yield `Item`s and never raise for one bad file: what cannot be read becomes an item with an error, which
ends up among the rejects. Writers write beside the target and rename, so that a crash leaves no half file.
"""

from __future__ import annotations

import glob
import gzip
import hashlib
import io
import json
import os
import sys
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import orjson
import regex
import zstandard

from . import article_file
from .late import late

TEXT = (".txt", ".md")
PAGES = (".html", ".htm")
RECORDS = (".jsonl",)
PACKED = (".gz", ".zst")
LARGEST = 256 * 2**20
"""Bytes that one document may have when unpacked; a larger one is rejected."""
_UNSAFE = late(regex.compile, r"[^\p{L}\p{N}\p{M}._@+=-]+", regex.V1)
_OURS = late(regex.compile, r"\.(?:[a-z]{2,3}\.txt|[a-z]{2,3}-[a-z]{2,3}\.tsv)")
_RESERVED = late(regex.compile, r"(?:con|prn|aux|nul|com\d|lpt\d)", regex.V1 | regex.I)


class SourceError(ValueError):
    """A SRC on the command line is not usable: the message says which and why, in one line."""


class ItemError(ValueError):
    """One document cannot be read. `kind` is a word for the rejects file."""

    def __init__(self, kind: str, message: str) -> None:
        self.kind = kind
        super().__init__(message)


@dataclass(frozen=True)
class Item:
    """One document to clean: a file (`path`), or what a record held (`content`), or why it cannot be read."""

    id: str
    path: Path | None = None
    content: str | bytes | None = None
    html: bool | None = None
    url: str = ""
    error: tuple[str, str] | None = None

    @property
    def size(self) -> int:
        """Bytes or characters of the document as it lies there, packed or not; 0 where that cannot be told."""
        if self.content is not None or self.path is None:
            return len(self.content or "")
        with suppress(OSError):
            return self.path.stat().st_size
        return 0

    def read(self) -> str | bytes:
        """Return the document. Raises ItemError where the file cannot be read or unpacked."""
        if self.error:
            raise ItemError(*self.error)
        if self.content is not None:
            return self.content
        assert self.path is not None, "an item has a path, a content or an error"
        return _unpacked(self.path)


def items(sources: Iterable[str]) -> Iterator[Item]:
    """Yield the documents of files, folders, globs and `-`, in a stable order, with ids that are safe file names.

    Raises SourceError, before anything is read, for a source that does not exist or whose kind is unknown.
    """
    found = [(path, base) for source in sources for path, base in _expand(source)]
    if not found:
        raise SourceError(
            "no documents found: known endings are " + " ".join((*TEXT, *PAGES, *RECORDS)) + ", each also .gz and .zst"
        )
    return _numbered(found)


def _expand(source: str) -> Iterator[tuple[Path | None, Path | None]]:
    if source == "-":
        yield None, None
        return
    path = Path(source)
    if path.is_dir():
        yield from ((file, path) for file in sorted(path.rglob("*")) if file.is_file() and _kind(file))
    elif path.exists():
        if not _kind(path):
            raise SourceError(
                f"{source}: unknown ending; known are {' '.join((*TEXT, *PAGES, *RECORDS))}, each also .gz and .zst"
            )
        yield path, path.parent
    else:
        matched = (
            sorted(Path(path.anchor or ".").glob(str(path.relative_to(path.anchor))))
            if any(c in source for c in "*?[")
            else []
        )
        if not matched:
            raise SourceError(f"{source}: no such file or folder")
        yield from ((file, file.parent) for file in matched if file.is_file() and _kind(file))


def _kind(path: Path) -> str:
    """Return the ending that says what a file is, without a packing; empty where it is none of ours."""
    name = path.name.lower()
    for ending in PACKED:
        name = name.removesuffix(ending)
    ending = os.path.splitext(name)[1]  # noqa: PTH122 - Path finds an ending in `..txt`, which is none
    return ending if ending in (*TEXT, *PAGES, *RECORDS) else ""


def _stem(path: Path, base: Path) -> str:
    name = path.relative_to(base).as_posix()
    lower = name.lower()
    for endings in (PACKED, (*TEXT, *PAGES, *RECORDS)):
        for ending in endings:
            if lower.endswith(ending) and len(lower) > len(ending):
                name, lower = name[: -len(ending)], lower[: -len(ending)]
    return name


def _numbered(found: list[tuple[Path | None, Path | None]]) -> Iterator[Item]:
    """Give each document an id of its own: a clash gets the ending back, and then a number."""
    taken: set[str] = set()
    for path, base in found:
        if path is None or base is None:
            # Read here: a worker process has no standard input.
            yield Item(_free("stdin", "", taken), content=sys.stdin.buffer.read())
        elif _kind(path) in RECORDS:
            yield from _records(path, taken)
        else:
            full = path.relative_to(base).as_posix()
            html = True if _kind(path) in PAGES else None
            yield Item(_free(_stem(path, base), full, taken), path, html=html)


def _free(name: str, fuller: str, taken: set[str]) -> str:
    candidates = (safe_id(name), safe_id(fuller))
    chosen = next((c for c in candidates if c and c.casefold() not in taken), None)
    number = 2
    while chosen is None:
        numbered = f"{candidates[0]}-{number}"
        chosen = numbered if numbered.casefold() not in taken else None
        number += 1
    taken.add(chosen.casefold())
    return chosen


def safe_id(name: str) -> str:
    """Return an id as a path below the output folder: no `..`, no root, no character that a file system refuses.

    >>> safe_id("../../etc/passwd"), safe_id("a b/c?.d")
    ('etc/passwd', 'a-b/c-.d')
    """
    parts = []
    for given in name.replace("\\", "/").split("/"):
        part = _UNSAFE.sub("-", given).strip(".-") if given.strip(".") else ""
        if _RESERVED.fullmatch(part):
            part += "_"
        if part:
            parts.append(part.encode("utf-8", "ignore")[:180].decode("utf-8", "ignore"))
    return "/".join(parts) or "document"


def _records(path: Path, taken: set[str]) -> Iterator[Item]:
    """Yield the records of a JSON lines file; a bad line is a reject of its own."""
    number = 0
    base = path.name.split(".")[0]
    try:
        with _opened(path) as file:
            for number, raw in enumerate(file, 1):
                if raw.strip():
                    item = item_of(raw, f"{base}-{number}")
                    yield Item(_free(item.id, "", taken), None, item.content, item.html, item.url, item.error)
    except (OSError, EOFError, zlib.error, zstandard.ZstdError) as error:
        yield Item(
            _free(f"{base}-{number + 1}", "", taken),
            error=("unreadable", f"{path.name}, line {number + 1}: {_reason(error)}"),
        )


def item_of(raw: bytes, fallback: str) -> Item:
    """Return the document of one JSON line: an object with `id` and one of `text` and `html`."""
    try:
        record = parse_line(raw)
    except (ValueError, RecursionError) as error:
        return Item(fallback, error=("bad-json", f"not a JSON line: {error}"))
    if not isinstance(record, dict):
        return Item(fallback, error=("bad-record", 'not a JSON object: give {"id": …, "text": …}'))
    name = record.get("id", fallback)
    name = name if isinstance(name, str) else json.dumps(name)
    given = [key for key in ("text", "html") if isinstance(record.get(key), str)]
    if not given:
        return Item(name, error=("bad-record", "has neither a `text` nor an `html` that is a string"))
    url = record.get("url")
    return Item(name, content=record[given[0]], html=given[0] == "html", url=url if isinstance(url, str) else "")


def gold_records(sources: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Yield the records of the JSON lines files among the sources, whatever they hold; a bad line is passed over."""
    for path in (path for source in sources for path, _ in _expand(source) if path and _kind(path) in RECORDS):
        try:
            with _opened(path) as file:
                yield from filter(lambda record: isinstance(record, dict), map(_parsed, file))
        except (OSError, EOFError, zlib.error, zstandard.ZstdError) as error:
            raise SourceError(f"{path}: {_reason(error)}") from error


def _parsed(raw: bytes) -> Any:
    try:
        return parse_line(raw)
    except (ValueError, RecursionError):
        return None


def digest(sources: Iterable[str]) -> str:
    """Return the SHA-256 of the JSON lines files among the sources, in hexadecimal."""
    whole = hashlib.sha256()
    for path in (path for source in sources for path, _ in _expand(source) if path and _kind(path) in RECORDS):
        try:
            with path.open("rb") as file:
                whole.update(hashlib.file_digest(file, "sha256").digest())
        except OSError as error:
            raise SourceError(f"{path}: {_reason(error)}") from error
    return whole.hexdigest()


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes] | gzip.GzipFile]:
    with path.open("rb") as raw:
        if path.name.lower().endswith(".gz"):
            with gzip.open(raw, "rb") as file:
                yield file
        elif path.name.lower().endswith(".zst"):
            with (
                zstandard.ZstdDecompressor().stream_reader(raw, read_across_frames=True) as stream,
                io.BufferedReader(stream) as file,
            ):
                yield file
        else:
            yield raw


def _unpacked(path: Path) -> bytes:
    try:
        with _opened(path) as file:
            data = file.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error, zstandard.ZstdError) as error:
        raise ItemError("unreadable", f"{path.name}: {_reason(error)}") from error
    if len(data) > LARGEST:
        raise ItemError("too-large", f"{path.name}: over {LARGEST // 2**20} MB unpacked; split it")
    return data


def _reason(error: BaseException) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return " ".join(str(error).split()) or type(error).__name__


# Writing


@contextmanager
def replacing(target: Path) -> Iterator[IO[bytes]]:
    """Open a file for writing that takes the place of `target` when the block ends without an error."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def json_line(record: dict[str, Any]) -> bytes:
    r"""Return a record as one line of JSON in UTF-8; a lone surrogate stands in it as ``\udXXX``."""
    try:
        return orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)
    except TypeError:  # a surrogate, which it refuses
        line = json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"
        return line.encode("utf-8", "backslashreplace")


def parse_line(line: bytes) -> Any:
    """Return what a line of JSON holds. Raises ValueError or RecursionError."""
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:  # the standard library reads more, surrogates for one, and says what is wrong
        return json.loads(line.decode("utf-8", "surrogatepass"))


def write_article(folder: Path, record: dict[str, Any], fmt: str, ledger: bool = True) -> list[Path]:
    """Write the files of one document below `folder`; return them. `fmt` is md or txt."""
    name = safe_id(record["id"])
    written: list[Path] = []

    def put(ending: str, content: str | bytes) -> None:
        target = folder / f"{name}.{ending}"
        with replacing(target) as file:
            file.write(content if isinstance(content, bytes) else content.encode("utf-8", "replace"))
        written.append(target)

    if fmt == "md":
        put("md", article_file.render(record))
    for lang, paragraphs in record["body"].items():
        put(f"{lang}.txt", "".join(f"{one_line(p)}\n" for p in paragraphs))
    if record["pairs"]:
        first, second = list(record["body"])[:2]
        rows = ((record["body"][first][a], record["body"][second][b]) for a, b in record["pairs"])
        put(f"{first}-{second}.tsv", "".join(f"{one_line(a)}\t{one_line(b)}\n" for a, b in rows))
    if ledger:
        put("changes.jsonl", b"".join(json_line(change) for change in record["changes"]))
    _remove_stale(folder / name, written)
    return written


def _remove_stale(stem: Path, written: list[Path]) -> None:
    """Remove what an earlier run wrote of the same document in a language that it no longer has."""
    for path in stem.parent.glob(f"{glob.escape(stem.name)}.*"):
        if _OURS.fullmatch(path.name[len(stem.name) :]) and path not in written:
            path.unlink()


def one_line(paragraph: str) -> str:
    """Return a paragraph in one line, without tabs and line separators."""
    return (
        " ".join(paragraph.split())
        if any(c in paragraph for c in "\t\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
        else paragraph
    )


class Rejects:
    """The rejects file: one JSON line for each document that could not be cleaned; absent when there are none."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.lines: list[bytes] = []

    def add(self, line: bytes) -> None:
        """Note the line of a record that holds an `error`."""
        self.lines.append(line)

    def write(self) -> None:
        """Write the file, or remove the one of an earlier run where nothing was rejected."""
        if not self.lines:
            self.target.unlink(missing_ok=True)
            return
        with replacing(self.target) as file:
            file.writelines(self.lines)
