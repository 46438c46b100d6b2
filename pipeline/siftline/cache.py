"""Files in the user's cache folder: what took long to make, found again by what it was made from.

Nothing depends on them. Where there is no folder to write to, or a file is broken, it is made anew.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import tempfile
import time
import zlib
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

import platformdirs

LARGEST = 256_000_000
"""Bytes that the folder may hold; beyond that the files that were longest unused go."""


_FRESH = 3600.0
"""Seconds for which a file that is read counts as used just now: to note each use takes as long as to read it."""

PATTERNS = frozenset({("_regex", "compile"), ("regex._regex", "compile")})
"""What compiled patterns are loaded with, for `unpickled`."""


def digest(*parts: str | bytes) -> str:
    """Return the SHA-256 of some texts or bytes, each with its length before it, in hexadecimal."""
    whole = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()


def key(*parts: str | bytes) -> str:
    """Return a name for what is made from `parts`."""
    return digest(*parts)[:32]


@cache
def code() -> str:
    """Return a digest of this package's code: what it made is made anew where any of it changed."""
    return digest(*[path.read_bytes() for path in sorted(Path(__file__).parent.rglob("*.py"))])


def load(name: str) -> bytes | None:
    """Return what was stored under a name, or None."""
    place = _folder() / name
    try:
        with place.open("rb") as file:
            if time.time() - os.fstat(file.fileno()).st_mtime > _FRESH:
                os.utime(place)  # it was used: the oldest go first
            return file.read()
    except OSError:
        return None


def has(name: str) -> bool:
    """Return whether something is stored under a name."""
    return (_folder() / name).is_file()


def unpickled(stored: bytes, classes: Collection[tuple[str, str]]) -> Any:
    """Return what was pickled, of nothing but plain types and `classes` (module, name), or None where it is broken."""
    try:
        return _Unpickler(stored, classes).load()
    except (pickle.UnpicklingError, EOFError, ValueError, TypeError, AttributeError, ImportError, IndexError):
        return None
    except RuntimeError:  # what `regex` says of a pattern that another version of it compiled
        return None


def recall(name: str, classes: Collection[tuple[str, str]] = ()) -> Any:
    """Return what `keep` stored under a name, of plain types and `classes` (module, name); None where there is nothing,
    or it is broken.
    """
    stored = load(name)
    if not stored or zlib.crc32(memoryview(stored)[4:]).to_bytes(4, "big") != stored[:4]:
        return None
    return unpickled(stored[4:], classes)


def keep(name: str, value: Any) -> None:
    """Store a value under a name, for `recall`; without a folder to write to, do nothing."""
    data = pickle.dumps(value, protocol=5)
    store(name, zlib.crc32(data).to_bytes(4, "big") + data)


class _Unpickler(pickle.Unpickler):
    def __init__(self, stored: bytes, classes: Collection[tuple[str, str]]) -> None:
        super().__init__(io.BytesIO(stored))
        self._classes = classes

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in self._classes:
            raise pickle.UnpicklingError(f"{module}.{name} has no place in the cache")
        return super().find_class(module, name)


def store(name: str, data: bytes) -> None:
    """Store bytes under a name, whole or not at all; without a folder to write to, do nothing."""
    try:
        draft = Draft(name)
        draft.file.write(data)
        draft.store()
    except OSError:
        return  # no cache, no harm


def used(name: str) -> Path | None:
    """Return the file of what is stored under a name, for what is too large to be loaded at once, or None."""
    place = _folder() / name
    try:
        os.utime(place)
    except OSError:
        return None
    return place


class Draft:
    """A file that is written bit by bit, and stored or given up at the end. Raises OSError where there is no folder
    to write to.
    """

    def __init__(self, name: str) -> None:
        folder = _folder()
        folder.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder)
        self.file = os.fdopen(handle, "wb")
        self._temporary, self._target = Path(temporary), folder / name

    def store(self) -> None:
        """Store what was written."""
        self.file.close()
        self._temporary.replace(self._target)
        _make_room(self._target.parent)

    def drop(self) -> None:
        """Give it up."""
        self.file.close()
        self._temporary.unlink(missing_ok=True)


def names(ending: str) -> list[str]:
    """Return the names under which something is stored and that end so, those used last first."""
    try:
        found = [
            (-entry.stat().st_mtime_ns, entry.name) for entry in _folder().iterdir() if entry.name.endswith(ending)
        ]
    except OSError:
        return []
    return [name for _, name in sorted(found)]


def _folder() -> Path:
    return _folder_for(os.environ.get("XDG_CACHE_HOME"), os.environ.get("HOME"))


@cache
def _folder_for(*_: str | None) -> Path:
    """Return the folder for what the environment says of it."""
    return Path(platformdirs.user_cache_dir("siftline", appauthor=False))


def _make_room(folder: Path) -> None:
    files = sorted(((entry.stat(), entry) for entry in folder.iterdir()), key=lambda pair: -pair[0].st_mtime)
    total = 0
    for status, entry in files:
        total += status.st_size
        if total > LARGEST:
            entry.unlink(missing_ok=True)
