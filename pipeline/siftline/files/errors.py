"""What can be wrong with a source, and with one document in it."""

from __future__ import annotations

import zlib

import zstandard

LARGEST = 256 * 2**20
"""Bytes that one document may have when unpacked; a larger one is rejected."""


class PackingError(Exception):
    """A packed file is broken: the message is the library's."""


UNREADABLE = (OSError, EOFError, PackingError)
"""What reading and unpacking a file can raise."""


class SourceError(ValueError):
    """A SRC on the command line is not usable: the message says which and why, in one line."""


class ItemError(ValueError):
    """One document cannot be read. `kind` is a word for the rejects file."""

    def __init__(self, kind: str, message: str) -> None:
        self.kind = kind
        super().__init__(message)


def reason(error: BaseException) -> str:
    """Return what an error says, in one line.

    >>> reason(FileNotFoundError(2, "No such file", "a.txt"))
    'No such file'
    """
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    said = " ".join(str(error).split()) or type(error).__name__
    return f"cannot be unpacked: {said}" if isinstance(error, (PackingError, zlib.error, zstandard.ZstdError)) else said


def too_large() -> ItemError:
    """Return the error of a document that has more than LARGEST bytes."""
    return ItemError("too-large", f"over {LARGEST // 2**20} MB unpacked; split it")
