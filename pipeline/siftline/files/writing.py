"""What all writers share: a file takes its place when it is whole, so that a crash leaves no half file."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import IO

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""What is said of a disk, or of one's share of it, that can take no more. It names no file: `replacing` does."""


@contextmanager
def replacing(target: Path) -> Iterator[IO[bytes]]:
    """Open a file for writing that takes the place of `target` when the block ends without an error; what a link
    leads to is replaced, and not the link. Raises OSError, with the name of the file, where it cannot be written, or
    where a folder or a device is in its place.
    """
    if target.is_symlink():
        target = Path(os.path.realpath(target))  # Path.resolve raises where links lead in a circle
    if target.exists() and not target.is_file():
        raise FileExistsError(errno.EEXIST, "is no file: name another place", str(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.parent / f".{target.name[:40]}.{token_hex(4)}"
    try:
        with draft.open("xb") as file:
            yield file
        draft.replace(target)
    except BaseException as error:
        draft.unlink(missing_ok=True)
        if isinstance(error, OSError) and (error.filename == str(draft) or error.errno in FULL):
            error.filename = str(target)
        raise


def one_line(paragraph: str) -> str:
    r"""Return a paragraph in one line, without tabs and line separators, and with the marks of a quotation only once.

    >>> one_line("> | a | b |\n> | 1 | 2 |")
    '> | a | b | | 1 | 2 |'
    """
    if paragraph.startswith(">"):
        paragraph = re.sub(r"\n(?:> ?)+", "\n", paragraph)
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
