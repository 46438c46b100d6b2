"""The documents that the layout model is trained on: pages, what other extractors returned for them, and articles.

A folder of examples holds `pages.jsonl.gz` (a page a line: id, site, lang, set, text, labels, gold; `labels` has a
character for each line of `text`, 1 where it is article), and may hold `extracted.jsonl.gz` (id, extractor, text),
`html/<id>.html.gz`, and `silver/` with pages whose article was not cut out by a person. More folders like `silver/` may
be named beside it; pages there may lack `text`, `lang` and `labels`, and be of the set `labelled`.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ..document import Document, Line
from ..layout.markup import Hints
from ..library import Library
from ..stages import STAGES
from ..stages.decode import decode
from ..stages.extract import ExtractError, extract
from ..stages.layout import with_hyphens
from .labels import labels, tokens

FOLDS = 5
BEFORE = ("repair", "markup", "language", "chrome", "spam", "harvest")
"""The stages that a document has gone through when its layout is judged."""
_GENRES = {"magic-forum": "forum", "magic-article": "article", "cwced": "article", "aeb": "article"}
_SILVER = {"set": "silver", "lang": "zh"}
LARGE, ARTICLES = "wcxb-dev", 3
"""The set that has most pages, and of how many of its articles as they are one is taken."""
MOST_LINES = 6000
"""A longer document is left out."""


@dataclass(frozen=True)
class Example:
    """One document as the layout model gets it, with the truth about its lines."""

    id: str
    kind: str
    """`page`, `silver`, `gold`, or the name of the extractor."""
    set: str
    lang: str
    fold: int
    """Fold of the site, crc32 modulo FOLDS."""
    genre: str
    """`article`, `forum`, or another kind of page."""
    lines: list[Line]
    labels: npt.NDArray[np.uint8]
    tokens: npt.NDArray[np.int32]
    """Tokens of each line, which is what a line weighs."""
    hints: Hints | None = None
    """For HTML what the markup says of the lines."""


def fold_of(site: str) -> int:
    """Return the fold of a site.

    >>> fold_of("example.com") in range(FOLDS)
    True
    """
    return zlib.crc32(site.encode()) % FOLDS


def read(folder: Path, *more: Path) -> Iterator[Example]:
    """Yield the examples of a folder, and of more silver ones, for text."""
    reader = Reader()
    pages = {page["id"]: page for page in records(folder)}
    for page in pages.values():
        yield from reader.of_text(page, "page", page["text"], list(map(int, page["labels"])))
        if page["set"] != LARGE or zlib.crc32(page["id"].encode()) % ARTICLES == 0:
            yield from reader.of_text(page, "gold", page["gold"], None)
    for got in records(folder, "extracted"):
        page = pages[got["id"]]
        truth = labels(got["text"].split("\n"), page["gold"])
        yield from reader.of_text(page, got["extractor"], got["text"], truth)
    for silver in (folder / "silver", *more):
        for page in records(silver):
            if text := page.get("text"):
                truth = list(map(int, page.get("labels") or labels(text.split("\n"), page["gold"])))
                yield from reader.of_text(_SILVER | page, "silver", text, truth)


def read_html(folder: Path, *more: Path) -> Iterator[Example]:
    """Yield the examples of a folder, and of more silver ones, for pages with their markup."""
    reader = Reader()
    silver = [("silver", base, base) for base in (folder / "silver", *more)]
    for kind, listed, base in (("page", folder, folder / "html"), *silver):
        for page in records(listed):
            path = base / f"{page['id']}.html.gz"
            if path.exists():
                yield from reader.of_html(_SILVER | page, kind, path)


def records(folder: Path, name: str = "pages") -> Iterator[dict[str, Any]]:
    """Yield the records that a folder holds under a name, if any."""
    path = folder / f"{name}.jsonl.gz"
    if path.exists():
        with gzip.open(path, "rt", encoding="utf-8", errors="surrogatepass", newline="\n") as lines:
            yield from map(json.loads, lines)


class Reader:
    """Makes examples; a document without lines, or with too many, gives none."""

    def __init__(self) -> None:
        self.library = Library()

    def of_html(self, page: dict[str, Any], kind: str, path: Path) -> Iterator[Example]:
        """Yield the example of a page in a file, labelled by its article."""
        text, _ = decode(gzip.decompress(path.read_bytes()))
        with suppress(ExtractError):
            doc = extract(text, extractor="dom")
            yield from self.of(doc, page, kind, labels([line.text for line in doc.lines], page["gold"]))

    def of_text(self, page: dict[str, Any], kind: str, text: str, truth: list[int] | None) -> Iterator[Example]:
        """Yield the example of one text; without `truth` all of it is article."""
        if truth is not None and "\r" in text:  # truth is by line feeds, a document's lines end at returns too
            marked = zip(text.split("\n"), truth, strict=True)
            truth = [mark for line, mark in marked for _ in Document.of(line + "\n").lines]
        yield from self.of(Document.of(text), page, kind, truth)

    def of(self, doc: Document, page: dict[str, Any], kind: str, truth: list[int] | None) -> Iterator[Example]:
        """Yield the example of a document; `truth` has a mark for each of its lines."""
        for name in BEFORE:
            doc = STAGES[name](doc, self.library)
        filled = np.array([at for at, line in enumerate(doc.lines) if line.text.strip()], np.intp)
        if 0 < len(filled) <= MOST_LINES:
            lines = [doc.lines[at] for at in filled]
            yield Example(
                page["id"],
                kind,
                page["set"],
                page["lang"],
                fold_of(page["site"]),
                page.get("page_type") or _GENRES.get(page["set"], ""),
                list(with_hyphens(lines, filled.tolist(), doc.page.numbered)) if doc.page else lines,
                np.array([1 if truth is None else truth[at] for at in filled], np.uint8),
                np.array([len(tokens(doc.lines[at].text)) for at in filled], np.int32),
                Hints.of(doc.page, filled) if doc.page else None,
            )


def lines_of(examples: Iterable[Example]) -> npt.NDArray[np.intp]:
    """Return where the lines of each example begin among all lines, and at last how many there are."""
    return np.cumsum([0, *(len(example.lines) for example in examples)])
