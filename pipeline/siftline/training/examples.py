"""The documents that the layout model is trained on: pages, what other extractors returned for them, and articles.

A folder of examples holds `pages.jsonl.gz` (a page a line: id, site, lang, set, text, labels, gold; `labels` has a
character for each line of `text`, 1 where it is article), and may hold `extracted.jsonl.gz` (id, extractor, text),
`html/<id>.html.gz`, and `silver/` with pages whose article was not cut out by a person.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
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
from .labels import labels, tokens

FOLDS = 5
BEFORE = ("repair", "markup", "language", "chrome", "spam", "harvest")
"""The stages that a document has gone through when its layout is judged."""
_GENRES = {"magic-forum": "forum", "magic-article": "article", "cwced": "article", "aeb": "article"}
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


def read(folder: Path) -> Iterator[Example]:
    """Yield the examples of a folder, for text."""
    library = Library()
    pages = {page["id"]: page for page in _records(folder / "pages.jsonl.gz")}
    for page in pages.values():
        yield from _example(page, "page", page["text"], list(map(int, page["labels"])), library)
        yield from _example(page, "gold", page["gold"], None, library)
    for got in _records(folder / "extracted.jsonl.gz"):
        page = pages[got["id"]]
        truth = labels(got["text"].split("\n"), page["gold"])
        yield from _example(page, got["extractor"], got["text"], truth, library)
    for page in _records(folder / "silver" / "pages.jsonl.gz"):
        named = {"set": "silver", "lang": "zh", **page}
        yield from _example(named, "silver", page["text"], list(map(int, page["labels"])), library)


def _records(path: Path) -> Iterator[dict[str, Any]]:
    if path.exists():
        with gzip.open(path, "rt", encoding="utf-8", errors="surrogatepass", newline="\n") as lines:
            yield from map(json.loads, lines)


def read_html(folder: Path) -> Iterator[Example]:
    """Yield the examples of a folder, for pages with their markup."""
    library = Library()
    for kind, base in (("page", folder / "html"), ("silver", folder / "silver")):
        listed = folder if kind == "page" else base
        for page in _records(listed / "pages.jsonl.gz"):
            path = base / f"{page['id']}.html.gz"
            if path.exists():
                text, _ = decode(gzip.decompress(path.read_bytes()))
                try:
                    doc = extract(text, extractor="dom")
                except ExtractError:
                    continue
                truth = labels([line.text for line in doc.lines], page["gold"])
                yield from _of(doc, {"set": "silver", "lang": "zh", **page}, kind, truth, library)


def _example(
    page: dict[str, Any], kind: str, text: str, truth: list[int] | None, library: Library
) -> Iterator[Example]:
    """Yield the example of one text, if it has lines and not too many; without `truth` all of it is article."""
    if truth is not None and "\r" in text:  # truth is by line feeds, a document's lines end at returns too
        truth = [
            mark for line, mark in zip(text.split("\n"), truth, strict=True) for _ in Document.of(line + "\n").lines
        ]
    yield from _of(Document.of(text), page, kind, truth, library)


def _of(doc: Document, page: dict[str, Any], kind: str, truth: list[int] | None, library: Library) -> Iterator[Example]:
    for name in BEFORE:
        doc = STAGES[name](doc, library)
    filled = np.array([at for at, line in enumerate(doc.lines) if line.text.strip()], np.intp)
    if 0 < len(filled) <= MOST_LINES:
        yield Example(
            page["id"],
            kind,
            page["set"],
            page["lang"],
            fold_of(page["site"]),
            page.get("page_type") or _GENRES.get(page["set"], ""),
            [doc.lines[at] for at in filled],
            np.array([1 if truth is None else truth[at] for at in filled], np.uint8),
            np.array([len(tokens(doc.lines[at].text)) for at in filled], np.int32),
            Hints.of(doc.page, filled) if doc.page else None,
        )


def lines_of(examples: Iterable[Example]) -> npt.NDArray[np.intp]:
    """Return where the lines of each example begin among all lines, and at last how many there are."""
    return np.cumsum([0, *(len(example.lines) for example in examples)])
