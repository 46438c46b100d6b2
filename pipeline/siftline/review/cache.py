"""What earlier reviews measured, by the digest of the engine, of the rules and of each document.

A snapshot holds the results of one set of rules, and the rules, so that a later review with other rules can tell
which of the documents the difference touches. A result is found for the same bytes alone, so nothing goes stale.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from importlib import metadata
from pathlib import Path

import regex
import zstandard

from .. import cache
from ..cache import digest
from ..files import LARGEST, Item, parse_line
from .measure import Measured
from .sides import Side
from .snapshot import Snapshot, opened

_ENDING = ".review"
_CONSIDERED = 6
"""Snapshots of other rules that are looked at for one that differs little."""
_KEPT = ("measure.py", "touch.py", "tables.py", "gold.py", "snapshot.py", "sides.py")
"""Files of this package that say what is kept, and when it is taken over."""
_PACKAGES = ("ftfy", "langdetect", "lxml", "numpy", "selectolax", "trafilatura")


@lru_cache(maxsize=1)
def engine() -> str:
    """Return the digest of what runs: the package's own files, and whatever else can alter a result."""
    whole = hashlib.sha256()
    root = Path(__file__).resolve().parents[1]
    for path in sorted(root.rglob("*")):
        local = path.relative_to(root).parts
        shown = local[0] == "review" and local[-1] not in _KEPT  # made of results, not part of them
        if path.is_file() and "__pycache__" not in local and local[0] != "data" and not shown:
            whole.update("/".join(local).encode() + path.read_bytes())
    versions = [sys.version, unicodedata.unidata_version, regex.__version__, platform.machine()]
    versions += [f"{name} {metadata.version(name)}" for name in _PACKAGES]
    model = os.environ.get("SIFTLINE_MODEL", "")
    for path in sorted(Path(model).glob("*")) if model else ():
        whole.update(path.name.encode() + path.read_bytes())
    return digest(whole.hexdigest(), model, *versions)[:16]


def document_key(item: Item) -> str:
    """Return the digest of a document, of what it is said to be, and of where it is from. Raises files.ItemError."""
    raw = item.read()
    data = raw if isinstance(raw, bytes) else raw.encode("utf-8", "surrogatepass")
    head = f"{type(raw).__name__} {item.html} {item.url} {item.charset}\n".encode("utf-8", "surrogatepass")
    return hashlib.sha256(head + data).hexdigest()[:32]


def to_line(found: Measured) -> bytes:
    """Return a result as a line of JSON."""
    return json.dumps(found.record(), ensure_ascii=True, separators=(",", ":")).encode()


def from_line(line: bytes) -> Measured | None:
    """Return the result that a line holds, or None where it cannot be read."""
    try:
        return Measured.of(parse_line(line))
    except (ValueError, TypeError, RecursionError):
        return None


def known(side: Side) -> Snapshot | None:
    """Return what is known of just these rules."""
    return opened(name(side))


def nearest(side: Side, but: Iterable[Side] = ()) -> Snapshot | None:
    """Return what is known of the rules that differ least from these, those of `but` left out."""
    skipped = {name(other) for other in (side, *but)}
    others = [other for other in cache.names(_ENDING) if other.startswith(engine()) and other not in skipped]
    found = [snapshot for other in others[:_CONSIDERED] if (snapshot := opened(other))]
    return min(found, key=lambda snapshot: len(snapshot.prints ^ set(side.prints)), default=None)


def name(side: Side) -> str:
    """Return the name under which the results of a side are kept."""
    return f"{engine()}-{side.digest[:24]}{_ENDING}"


def pack(name: str, content: bytes) -> None:
    """Keep some bytes under a name."""
    cache.store(name, zstandard.ZstdCompressor(level=1, write_checksum=True).compress(content))


def unpacked(name: str) -> bytes | None:
    """Return what `pack` was given, or None where it is not there or not whole."""
    packed = cache.load(name)
    try:
        return zstandard.ZstdDecompressor().decompress(packed, max_output_size=LARGEST) if packed else None
    except (zstandard.ZstdError, MemoryError):
        return None
