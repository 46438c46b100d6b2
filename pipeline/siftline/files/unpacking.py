"""Files as they were before they were packed with gzip, zstd, bzip2 or xz.

No library's reader is enough: that of zstd says nothing where a file is cut off, and none goes on behind a broken
place, as archives of pages need it.
"""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

import zstandard

from .errors import LARGEST, UNREADABLE, ItemError, PackingError, reason, too_large

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_BLOCK = 1 << 16
_DICTIONARY = b"\x5d\x2a\x4d\x18"
"""How a zstd file begins that brings its dictionary (IIPC, "WARC compression with Zstandard")."""


class _Packing(NamedTuple):
    magic: bytes
    """How each member begins."""
    step: int
    """Bytes that are unpacked at a time: few where they may become very many (zstd: 128 KB of four)."""
    unpacker: Callable[[zstandard.ZstdCompressionDict | None], Any]
    """Returns what unpacks one member."""


_PACKINGS = {
    ".gz": _Packing(b"\x1f\x8b\x08", 1 << 15, lambda _: zlib.decompressobj(16 + zlib.MAX_WBITS)),
    ".zst": _Packing(b"\x28\xb5\x2f\xfd", 1 << 11, lambda of: zstandard.ZstdDecompressor(dict_data=of).decompressobj()),
    ".bz2": _Packing(b"BZh", 1 << 11, lambda _: bz2.BZ2Decompressor()),
    ".xz": _Packing(b"\xfd7zXZ\0", 1 << 11, lambda _: lzma.LZMADecompressor(lzma.FORMAT_XZ)),
}
PACKED = tuple(_PACKINGS)
"""Endings of packed files."""


class Members(io.RawIOBase):
    """The unpacked bytes of a packed file, one member (zstd: frame, bzip2 and xz: stream) after the other.

    Reading raises EOFError where the file is cut off, PackingError where it is broken.
    """

    def __init__(self, raw: IO[bytes], ending: str) -> None:
        """Take a file that can seek, and which of PACKED it is."""
        self._raw, self._packing = raw, _PACKINGS[ending]
        self._dictionary = _dictionary(raw) if ending == ".zst" else None
        self._member: Any = None
        self._begin: int | None = None
        self._packed, self._ready = b"", memoryview(b"")
        self._error: Exception | None = None

    def readable(self) -> bool:
        """Return True: this is what it is for."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill a buffer as far as one step goes; return the number of bytes, 0 at the end."""
        while not self._ready:
            if self._member is None and not self._next_member():
                return 0
            self._step()
        target = memoryview(buffer).cast("B")
        size = min(len(target), len(self._ready))
        target[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size

    def whole(self, most: int) -> bytes:
        """Return all that is left, or where that is more, `most` bytes and some of what comes behind them."""
        parts, size = [self._ready], len(self._ready)
        self._ready = memoryview(b"")
        while size < most and (self._member or self._next_member()):
            self._step()
            parts.append(self._ready)
            size += len(self._ready)
        self._ready = memoryview(b"")
        return b"".join(parts)

    def _step(self) -> None:
        if self._error:
            raise self._error
        packed, self._packed = self._packed or self._raw.read(self._packing.step), b""
        if not packed:
            raise EOFError("cut off: the file is not whole, fetch it again")
        try:
            self._ready = memoryview(self._member.decompress(packed))
        except (zlib.error, zstandard.ZstdError, lzma.LZMAError, OSError) as error:  # the last is what bzip2 raises
            self._error = PackingError(str(error))  # and so for all that is asked until it is skipped
            raise self._error from error
        if self._member.eof:
            self._packed, self._member = self._member.unused_data, None

    def _next_member(self) -> bool:
        first = self._begin is None
        packed = self._packed
        while not packed:
            packed = self._raw.read(self._packing.step)
            if not packed:
                return False
            if not first:
                packed = packed.lstrip(b"\0")  # some tools fill a file up
        self._begin = self._raw.tell() - len(packed)
        self._packed = packed
        self._member = self._packing.unpacker(self._dictionary)
        return True

    def skip_broken(self) -> bool:
        """Go on behind a member that could not be unpacked; return whether anything like a member comes there."""
        self._raw.seek((self._begin or 0) + 1)
        self._packed, self._ready, self._member = b"", memoryview(b""), None
        self._error = None
        seen = b""
        while block := self._raw.read(_BLOCK):
            seen = seen[-len(self._packing.magic) + 1 :] + block
            found = seen.find(self._packing.magic)
            if found >= 0:
                self._raw.seek(found - len(seen), io.SEEK_CUR)
                return True
        return False


def _dictionary(raw: IO[bytes]) -> zstandard.ZstdCompressionDict | None:
    """Return the dictionary that a zstd file begins with, if it does; it may be packed itself."""
    if raw.read(4) != _DICTIONARY:
        raw.seek(0)
        return None
    data = raw.read(int.from_bytes(raw.read(4), "little"))
    if data.startswith(_PACKINGS[".zst"].magic):
        data = zstandard.ZstdDecompressor().decompress(data, max_output_size=LARGEST)
    return zstandard.ZstdCompressionDict(data)


@contextmanager
def unpacking(path: Path) -> Iterator[io.RawIOBase]:
    """Open a file without a buffer, unpacked if its ending says that it is packed."""
    ending = path.suffix.lower()
    if ending in _PACKINGS:
        with path.open("rb") as raw:
            yield Members(raw, ending)
    else:
        with path.open("rb", buffering=0) as file:
            yield file


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a file for reading, unpacked if its ending says that it is packed."""
    with unpacking(path) as raw, io.BufferedReader(raw, _BLOCK) as file:
        yield file


def unpacked(path: Path) -> bytes:
    """Return what a file holds, unpacked. Raises ItemError where it cannot be read, or has over LARGEST bytes."""
    try:
        with unpacking(path) as raw, io.BufferedReader(raw) as file:
            data = raw.whole(LARGEST + 1) if isinstance(raw, Members) else file.read(LARGEST + 1)
    except UNREADABLE as error:
        raise ItemError("unreadable", reason(error)) from error
    if len(data) > LARGEST:
        raise too_large()
    return data
