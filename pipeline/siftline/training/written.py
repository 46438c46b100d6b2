"""Texts written for training, by language: in a file named as `zh-boards-1.txt`, parted by a line `=====`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from .examples import Example, Reader, fold_of

_BETWEEN = "\n=====\n"
_MARKS = {"+": 1, "-": 0}


class Talk(NamedTuple):
    """A document."""

    lang: str
    fold: int
    lines: list[str]
    """Its lines, without empty ones."""


def talk(folder: Path) -> Iterator[Talk]:
    """Yield the threads, comments and articles of a folder as training/spam/talk/, of which the spam score takes no
    line.
    """
    for path, number, text in _documents(folder):
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        if lines:
            yield Talk(path.stem[:2], fold_of(f"{path.stem} {number}"), lines)


class Marked(NamedTuple):
    """A page."""

    name: str
    lang: str
    genre: str
    lines: list[str]
    marks: list[int]
    """1 for a line of the article, 0 for another."""


def marked(folder: Path) -> Iterator[Marked]:
    """Yield the pages of a folder as training/layout/, whose lines begin with `+` or `-` and a tab, in files named
    after language and genre as `ru-forum-1.txt`. Raises ValueError where a line has no mark.
    """
    for path, number, text in _documents(folder):
        lang, genre, _ = path.stem.split("-")
        lines = [line.partition("\t") for line in text.split("\n") if line.strip()]
        if bad := next((line for line in lines if line[0] not in _MARKS), None):
            raise ValueError(f"{path}, page {number + 1}: neither + nor - and a tab before {bad[0][:40]!r}")
        name = f"{path.stem} {number}"
        yield Marked(name, lang, genre, [line for _, _, line in lines], [_MARKS[mark] for mark, _, _ in lines])


def pages(folder: Path) -> Iterator[Example]:
    """Yield the pages of such a folder as examples."""
    reader = Reader()
    for page in marked(folder):
        of = {"id": page.name, "set": "written", "lang": page.lang, "site": page.name, "page_type": page.genre}
        yield from reader.of_text(of, "page", "\n".join(page.lines), page.marks)


def _documents(folder: Path) -> Iterator[tuple[Path, int, str]]:
    """Yield the texts of a folder, with their files and their numbers there."""
    for path in sorted(folder.glob("*.txt")):
        for number, text in enumerate(path.read_text(encoding="utf-8").split(_BETWEEN)):
            yield path, number, text
