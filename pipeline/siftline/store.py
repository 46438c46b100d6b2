"""The user's cache folder: bytes under a name, bounded, and never needed. What is lost or spoilt is made again."""

from __future__ import annotations

import os
import zlib
from pathlib import Path

import platformdirs
import zstandard

from . import files

LARGEST = 400 * 2**20
"""Bytes that the review cache may take; beyond it what was not used for longest goes first."""


def folder(part: str = "") -> Path:
    """Return the cache folder, or a part of it."""
    return Path(platformdirs.user_cache_dir("siftline", appauthor=False)) / part


def load(name: str) -> bytes | None:
    """Return what `save` was given under this name, or None where it is not there or not whole."""
    path = folder("review") / name
    try:
        packed = path.read_bytes()
        data = zstandard.ZstdDecompressor().decompress(packed, max_output_size=files.LARGEST)
        os.utime(path)
    except (OSError, zstandard.ZstdError, MemoryError):
        return None
    checksum, _, content = data.partition(b"\n")
    return content if checksum == b"%08x" % zlib.crc32(content) else None


def save(name: str, content: bytes) -> None:
    """Keep some bytes, and drop what is oldest where all together have become too much."""
    data = b"%08x\n" % zlib.crc32(content) + content
    if len(data) > files.LARGEST:
        return
    try:
        with files.replacing(folder("review") / name) as file:
            file.write(zstandard.ZstdCompressor(level=1, threads=0).compress(data))
        _bound()
    except OSError:
        return  # no cache, no harm


def names(ending: str) -> list[str]:
    """Return the names that are kept and end so, those used last first."""
    try:
        found = [path for path in folder("review").iterdir() if path.name.endswith(ending)]
        return [path.name for path in sorted(found, key=lambda path: (-path.stat().st_mtime_ns, path.name))]
    except OSError:
        return []


def _bound() -> None:
    kept = sorted(folder("review").iterdir(), key=lambda path: -path.stat().st_mtime_ns)
    total = 0
    for path in kept:
        total += path.stat().st_size
        if total > LARGEST:
            path.unlink(missing_ok=True)
