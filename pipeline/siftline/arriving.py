"""Lines of a stream as they arrive, so that whoever waits for an answer before the next question gets it."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Iterator
from typing import IO

from .files import LARGEST

_BLOCK = 1 << 16
_REST = 0.05
"""Seconds that the rest of a line is waited for: who writes many lines at once is in the midst of one, and lines that
are cleaned together take less time. Who asks and waits for the answer has written a whole line."""


def lines(stream: IO[bytes]) -> Iterator[bytes | None]:
    """Yield the lines of a file or a pipe, each with its line feed, and None where there is none for now: nothing, or
    the beginning of one whose rest does not come at once. Of one that is longer than a document may be, only the
    beginning is kept.

    Where a pipe cannot be asked whether anything is in it, which is so on Windows, None never comes.
    """
    begun: list[bytes] = []
    size = 0
    number = stream.fileno()
    while True:
        if not _has_more(number, _REST if any(begun) else 0.0):
            yield None
        block = os.read(number, _BLOCK)
        if not block:
            break
        whole = block.split(b"\n")
        for line in whole[:-1]:
            yield b"".join([*begun, line, b"\n"])
            begun, size = [], 0
        if size <= LARGEST:
            begun.append(whole[-1])
            size += len(whole[-1])
    if rest := b"".join(begun):
        yield rest


def _has_more(number: int, seconds: float) -> bool:
    return sys.platform == "win32" or bool(select.select([number], [], [], seconds)[0])
