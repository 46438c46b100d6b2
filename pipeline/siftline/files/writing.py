"""What all writers share: a file takes its place when it is whole, so that a crash leaves no half file."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


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
