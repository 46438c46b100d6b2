"""Threads, comments and articles written for training (training/spam/talk/), of which the spam score takes no line.

A file is named after its language, as `zh-boards-1.txt`, and holds documents, parted by a line `=====`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from .examples import fold_of

_BETWEEN = "\n=====\n"


class Talk(NamedTuple):
    """A document."""

    lang: str
    fold: int
    lines: list[str]
    """Its lines, without empty ones."""


def talk(folder: Path) -> Iterator[Talk]:
    """Yield the documents of a folder."""
    for path in sorted(folder.glob("*.txt")):
        for number, text in enumerate(path.read_text(encoding="utf-8").split(_BETWEEN)):
            lines = [line.strip() for line in text.split("\n") if line.strip()]
            if lines:
                yield Talk(path.stem[:2], fold_of(f"{path.stem} {number}"), lines)
