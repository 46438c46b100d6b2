"""A page's visible text as lines, with what its markup says of each: `read`.

The parser is lexbor, through selectolax. Everything that is visible becomes a line; which of them are the article
is not decided here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from selectolax.lexbor import LexborHTMLParser

from . import hints, metadata, scripted
from .blocks import Blocks
from .lines import Span
from .metadata import Head

Array = NDArray[Any]
_SURROGATES = re.compile("[\ud800-\udfff]")
DEEPEST = 1000
"""Elements inside each other beyond which tags are left out, as browsers do beyond 512: a deeper tree takes a time
that grows with the square of its depth.
"""
_MANY_TAGS = 20_000
_ENDED = re.compile(r"<([a-z][a-z0-9]*)\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*/>", re.I)
"""An element that XHTML begins and ends in one tag, and HTML only begins: a script then swallows the page."""
_VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
})  # fmt: skip
NEXT_TO_NOTHING = 300
"""Characters of text below which a page is taken to be filled by a script."""
_PARAGRAPH, _TOLD = 80, 2_000
"""Characters of a paragraph at least, and of the paragraphs of a page that tells what it has to tell."""
_TEMPLATE = re.compile(r"<(/?)template\b", re.I)
_TAG = re.compile(
    r"<(/?)(?:div|ul|ol|dl|table|section|article|aside|nav|main|header|footer|center|fieldset|figure|blockquote|details"
    r"|dir|menu|form|address)\b[^<>]*>",
    re.I,
)
"""Tags of elements that are in each other until they are ended; `<p>`, `<li>` and the like end by themselves."""


@dataclass(frozen=True, eq=False)
class Page:
    """The lines of a page, with arrays that have an entry for each line, element or word."""

    lines: list[str]
    """Never blank but inside code; headings, list items, tables and code as Markdown."""
    head: Head
    """What the markup says of the article: its front matter, and now and then its text."""
    hints: dict[str, Array]
    """What the markup says of each line; see hints.py for the names."""
    elements: dict[str, Array]
    """The containers: elements around two lines or more, each with another range of lines than its parent."""
    words: dict[str, Array]
    """The words of tags and attributes, as numbers, each with the range of lines that it holds for."""
    numbered: dict[int, int]
    """The characters of the numbers before items of ordered lists, by the numbers of the lines."""
    permalinks: dict[int, str]
    """The signs in headings that link to them, by the numbers of the lines: no reader means them as text."""
    quoted: dict[int, int]
    """How many quotations a line stands in, by its number."""
    code: dict[int, list[Span]]
    """Where a line holds code, by its number."""


def read(html: str, url: str = "", data: bytes | None = None) -> Page:
    """Return the visible lines of a page with what its markup says of them. A page without text has no lines. `data`
    is the same page in UTF-8, where that is at hand.

    >>> page = read("<title>Ferries</title><h1>Ferries are back</h1><ul><li>one<li>two</ul>")
    >>> page.lines
    ['# Ferries are back', '- one', '- two']
    >>> [round(like, 1) for like in page.hints["title_like"].tolist()]
    [0.9, 0.0, 0.0]
    """
    tree = parse(html, data)
    blocks = _blocks(tree, html)
    head = metadata.read(tree, url)
    found = hints.arrays(blocks, head)
    return Page(blocks.lines, head, *found, blocks.numbered, blocks.permalinks, blocks.quoted, blocks.code)


def parse(html: str, data: bytes | None = None) -> LexborHTMLParser:
    """Return the tree of a page, whatever is wrong with it; `data` as `read` has it."""
    if html.startswith("<?xml", 0, 100):
        html, data = _ENDED.sub(_with_end, html), None
    data = data or _bytes(html)
    return LexborHTMLParser(data if _tags_in(data) <= _MANY_TAGS else _bytes(_shallow(html)))


def _tags_in(data: bytes) -> int:
    """Return how many `<` there are, in a quarter of the time that `bytes.count` takes for so frequent a sign."""
    return int(np.count_nonzero(np.frombuffer(data, np.uint8) == ord("<")))


def _with_end(match: re.Match[str]) -> str:
    return match[0] if match[1].lower() in _VOID else f"{match[0][:-2]}></{match[1]}>"


def _bytes(html: str) -> bytes:
    try:
        return html.encode()
    except UnicodeEncodeError:  # bytes that were no text in the codec of the page
        return _SURROGATES.sub("\ufffd", html).encode()


def _blocks(tree: LexborHTMLParser, html: str) -> Blocks:
    """Return the blocks of what is shown; where that is next to nothing, of what is shown without scripts, in shadow
    trees, or of the data for a script, where they are much more.
    """
    shown = _walked(tree)
    size = _size(shown)
    if size >= NEXT_TO_NOTHING:
        return _walked(tree, unscripted=True) if _is_told_unscripted(tree, shown.lines) else shown
    others = []
    if tree.css_first("noscript,noframes") is not None:
        frames = tree.css_first("noframes")
        others.append(_walked(parse(frames.text()) if frames else tree, unscripted=True))
    if tree.css_first("script") is not None and (given := scripted.article(tree)):
        others.append(_walked(parse(given)))
    if "shadowrootmode" in html:
        others.append(_walked(parse(_TEMPLATE.sub(r"<\1shadow-root", html))))
    best = max(others, key=_size, default=shown)
    return best if _size(best) > 2 * size else shown


def _is_told_unscripted(tree: LexborHTMLParser, shown: list[str]) -> bool:
    """Whether what a page has to tell is shown where scripts are off: more than twice as much text as where they are
    on, in paragraphs.
    """
    own = _in_paragraphs(shown)
    if own >= _TOLD:
        return False
    told = _in_paragraphs([" ".join(node.text().split()) for node in tree.css("noscript p")])
    return told > max(NEXT_TO_NOTHING, 2 * own)


def _in_paragraphs(texts: list[str]) -> int:
    return sum([len(text) for text in texts if len(text) >= _PARAGRAPH])


def _walked(tree: LexborHTMLParser, unscripted: bool = False) -> Blocks:
    blocks = Blocks(unscripted)
    blocks.walk(tree.root)
    return blocks


def _size(blocks: Blocks) -> int:
    return sum(map(len, blocks.lines))


def _shallow(html: str) -> str:
    """Return a page with line breaks for the tags of elements that stand deeper than any that was meant to."""
    depth = 0

    def kept(match: re.Match[str]) -> str:
        nonlocal depth
        if match[1]:
            depth = max(0, depth - 1)
            return match[0] if depth < DEEPEST else "<br>"
        depth += 1
        return match[0] if depth <= DEEPEST else "<br>"

    return _TAG.sub(kept, html)
