"""What is known to be right: the text of articles, and the lines that a reviewer decided about.

A gold file has JSON lines. `{"id", "gold"}` gives the article of a document; `{"id", "text", "keep"}` says of one line
whether it belongs to the article, and wins over the former. Without a gold file the `gold` of the corpus's own records
is taken.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from .. import files, store
from .cache import engine
from .sides import digest

UNKNOWN, NOT_ARTICLE, ARTICLE = "-", "0", "1"
LEAST_PIECE = 6
"""Letters that a piece of a line has at least to be looked for inside the gold; a shorter one may stand there by
chance. A shorter line counts where it is a whole line of the gold."""
_NO_LETTERS = re.compile(r"[\W_]+")
_NO_LETTERS_BUT_LINES = re.compile(r"(?:[^\w\n]|_)+")
_PIECES = re.compile(r"[^\w\s]+\s*|\s{2,}")


class Gold(NamedTuple):
    """The gold of a corpus by document: the article, and single lines decided by hand."""

    articles: Mapping[str, str]
    lines: Mapping[str, Mapping[str, bool]]
    digest: str

    def __bool__(self) -> bool:
        return bool(self.articles or self.lines)


def read(records: Iterable[Mapping[str, Any]]) -> Gold:
    """Read gold records; those that hold none are passed over."""
    articles: dict[str, str] = {}
    lines: dict[str, dict[str, bool]] = {}
    for record in records:
        name = files.safe_id(str(record.get("id", "")))
        if isinstance(record.get("gold"), str):
            articles[name] = record["gold"]
        elif isinstance(record.get("text"), str) and isinstance(record.get("keep"), bool):
            lines.setdefault(name, {})[key(record["text"])] = record["keep"]
    content = json.dumps([sorted(articles.items()), sorted((n, sorted(v.items())) for n, v in lines.items())])
    return Gold(articles, lines, digest(content)[:24])


def key(text: str) -> str:
    """Return the letters and digits of a text with their case folded.

    >>> key(" 湖 边，Two!") == key("湖边 two")
    True
    """
    return _NO_LETTERS.sub("", text).casefold()


def labels(lines: Iterable[str], article: str) -> str:
    """Say of each line whether it is in the article: a character each, ARTICLE or NOT_ARTICLE, UNKNOWN for blank ones.

    A line is in it where at least half of its letters, in pieces between punctuation, stand there too.

    >>> labels(["Home", "The ferry is back, says the mayor.", ""], "The ferry is back, says the mayor")
    '01-'
    """
    lines = list(lines)
    whole, single = key(article), set(_keys(article.split("\n")))
    return "".join(_label(*pair, whole, single) for pair in zip(lines, _keys(lines), strict=True))


def _keys(lines: list[str]) -> list[str]:
    """Return the key of each line, all at once, which is quicker."""
    return _NO_LETTERS_BUT_LINES.sub("", "\n".join(lines)).casefold().split("\n") if lines else []


def _label(line: str, squeezed: str, whole: str, single: set[str]) -> str:
    if not squeezed:
        return UNKNOWN
    if squeezed in single:
        return ARTICLE
    if len(squeezed) < 2 * LEAST_PIECE:
        return NOT_ARTICLE
    if squeezed in whole:
        return ARTICLE
    found = sum(len(piece) for part in _PIECES.split(line) if _is_in(piece := key(part), whole))
    return ARTICLE if 2 * found >= len(squeezed) else NOT_ARTICLE


def _is_in(piece: str, whole: str) -> bool:
    return len(piece) >= LEAST_PIECE and piece in whole


class Labels:
    """The labels of documents' lines, remembered between reviews."""

    def __init__(self, gold: Gold, remember: bool = True) -> None:
        self._gold = gold
        self._remember = remember
        self._name = f"{engine()}-{gold.digest}.gold.zst"
        raw = store.load(self._name) if remember and gold else None
        rows = (row.partition(b" ") for row in (raw or b"").split(b"\n"))
        self._known = {name.decode(): value.decode() for name, _, value in rows}
        self._fresh = False

    def of(self, name: str, document: str, lines: list[str]) -> str:
        """Return a character for each line of a document, given its id and the key of its content."""
        if name not in self._gold.articles and name not in self._gold.lines:
            return UNKNOWN * len(lines)
        known = self._known.get(f"{document}/{name}")
        if known is None or len(known) != len(lines):
            known = self._made(name, lines)
            self._known[f"{document}/{name}"] = known
            self._fresh = True
        return known

    def save(self) -> None:
        """Keep what was found out."""
        if self._fresh and self._remember:
            rows = (f"{name} {value}".encode() for name, value in self._known.items() if name)
            store.save(self._name, b"\n".join(rows))

    def _made(self, name: str, lines: list[str]) -> str:
        article, decided = self._gold.articles.get(name), self._gold.lines.get(name, {})
        found = labels(lines, article) if article is not None else UNKNOWN * len(lines)
        if not decided:
            return found
        said = (decided.get(key(line)) for line in lines)
        return "".join(old if new is None else str(int(new)) for old, new in zip(found, said, strict=True))
