"""What is known to be right: the text of articles, and the lines that a reviewer decided about.

A gold file has JSON lines. `{"id", "gold"}` gives the article of a document; `{"id", "text", "keep"}` says of one line
whether it belongs to the article, and wins over the former. The `gold` of the corpus's own records counts too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from .. import files
from .cache import engine, pack, unpacked

UNKNOWN, NOT_ARTICLE, ARTICLE = "-", "0", "1"
LEAST_PIECE = 6
"""Letters that a piece of a line has at least to be looked for inside the gold; a shorter one may stand there by
chance. A shorter line counts where it is a whole line of the gold."""
_PIECES = re.compile(r"[^\w\s]+\s*|\s{2,}")


class Gold:
    """The gold of a corpus by document: the article, and single lines decided by hand. Read on first use."""

    def __init__(self, sources: Sequence[str]) -> None:
        self._sources = tuple(dict.fromkeys(sources))  # the corpus may be named as gold too

    @cached_property
    def digest(self) -> str:
        """Changes with what the sources hold."""
        return files.digest(self._sources)[:24]

    @cached_property
    def articles(self) -> dict[str, str]:
        """The article of each document."""
        return {name: record["gold"] for name, record in self._records if isinstance(record.get("gold"), str)}

    @cached_property
    def lines(self) -> dict[str, dict[str, bool]]:
        """For each document whether a line, given by its key, belongs to the article."""
        found: dict[str, dict[str, bool]] = {}
        for name, record in self._records:
            if isinstance(record.get("text"), str) and isinstance(record.get("keep"), bool):
                found.setdefault(name, {})[key(record["text"])] = record["keep"]
        return found

    @cached_property
    def _records(self) -> list[tuple[str, dict[str, Any]]]:
        records = files.gold_records(self._sources)
        return [(files.safe_id(str(record.get("id", ""))), record) for record in records]

    def truth(self, name: str) -> Truth | None:
        """Return what is known of a document, or None."""
        article, decided = self.articles.get(name), self.lines.get(name)
        return Truth(article, decided or {}) if article is not None or decided else None


class Truth(NamedTuple):
    """What gold says of one document."""

    article: str | None
    decided: Mapping[str, bool]
    """For the key of a line whether it belongs to the article."""


def labels_of(truth: Truth | None, lines: Sequence[str]) -> str:
    """Return a character for each line of a document; nothing where gold has nothing of it."""
    if truth is None:
        return ""
    found = labels(lines, truth.article) if truth.article is not None else UNKNOWN * len(lines)
    said = (truth.decided.get(key(line)) for line in lines)
    return "".join(old if new is None else str(int(new)) for old, new in zip(found, said, strict=True))


def key(text: str) -> str:
    """Return a text without its spaces, and its case folded.

    >>> key(" 湖 边，Two!")
    '湖边，two!'
    """
    return "".join(text.split()).casefold()


def labels(lines: Iterable[str], article: str) -> str:
    """Say of each line whether it is in the article: a character each, ARTICLE or NOT_ARTICLE, UNKNOWN for blank ones.

    A line is in it where at least half of its letters, in pieces between punctuation, stand there too.

    >>> labels(["Home", "The ferry is back, says the mayor.", ""], "The ferry is back, says the mayor")
    '01-'
    """
    whole, single = key(article), {key(line) for line in article.split("\n")}
    return "".join(_label(line, whole, single) for line in lines)


def _label(line: str, whole: str, single: set[str]) -> str:
    squeezed = key(line)
    if not any(map(str.isalnum, squeezed)):
        return UNKNOWN
    if squeezed in single:
        return ARTICLE
    if len(squeezed) < 2 * LEAST_PIECE:
        return NOT_ARTICLE
    if squeezed in whole:
        return ARTICLE
    pieces = [key(piece) for piece in _PIECES.split(line)]
    found = sum(len(piece) for piece in pieces if _is_in(piece, whole))
    return ARTICLE if 2 * found >= sum(map(len, pieces)) else NOT_ARTICLE


def _is_in(piece: str, whole: str) -> bool:
    return len(piece) >= LEAST_PIECE and piece in whole


class Labels:
    """The labels of documents' lines, remembered between reviews: to find them takes seconds for a large corpus."""

    def __init__(self, gold: Gold, remember: bool = True) -> None:
        self.truth = gold.truth
        self._name = f"{engine()}-{gold.digest}.gold"
        self._remember = remember
        raw = unpacked(self._name) if remember else None
        rows = (row.partition(b" ") for row in (raw or b"").split(b"\n") if row)
        self._known = {name.decode(): value.decode() for name, _, value in rows}
        self._fresh = False

    def get(self, name: str, document: str) -> str | None:
        """Return what is known of a document, given its id and the key of its content."""
        return self._known.get(f"{document}/{name}")

    def add(self, name: str, document: str, labels: str) -> None:
        """Note the labels of a document."""
        self._known[f"{document}/{name}"] = labels
        self._fresh = True

    def save(self) -> None:
        """Keep what was found out."""
        if self._fresh and self._remember:
            pack(self._name, "\n".join(f"{name} {value}" for name, value in self._known.items()).encode())
