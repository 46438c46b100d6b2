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

from . import hints, metadata
from .blocks import Blocks
from .document import Fact

Array = NDArray[Any]
_SURROGATES = re.compile("[\ud800-\udfff]")
DEEPEST = 2000
"""Elements inside each other beyond which start tags are left out: building such a tree takes quadratic time."""
_MANY_TAGS = 20_000
NEXT_TO_NOTHING = 300
"""Characters of text below which a page is taken to be filled by a script."""
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)[^<>]*>")
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())


@dataclass(frozen=True, eq=False)
class Page:
    """The lines of a page, with arrays that have an entry for each line, element or word."""

    lines: list[str]
    """Never blank but inside code; headings, list items, tables and code as Markdown."""
    facts: list[Fact]
    """What the markup says of headline, authors, date, publisher, address and keywords."""
    title: str
    """The headline; may be empty."""
    description: str
    """What the page's head says that it is about; may be empty."""
    hints: dict[str, Array]
    """What the markup says of each line; see hints.py for the names."""
    elements: dict[str, Array]
    """The containers: elements around two lines or more, each with another range of lines than its parent."""
    words: dict[str, Array]
    """The words of tags and attributes, as numbers, each with the range of lines that it holds for."""


def read(html: str, url: str = "") -> Page:
    """Return the visible lines of a page with what its markup says of them. A page without text has no lines.

    >>> page = read("<title>Ferries</title><h1>Ferries are back</h1><ul><li>one<li>two</ul>")
    >>> page.lines
    ['# Ferries are back', '- one', '- two']
    >>> page.hints["title_like"].round(1).tolist()
    [0.5, 0.0, 0.0]
    """
    tree = parse(html)
    blocks = _blocks(tree)
    facts = metadata.facts(tree, url)
    title = next((fact.value for fact in facts if fact.field == "title"), "")
    description = metadata.description(tree)
    return Page(blocks.lines, facts, title, description, *hints.arrays(blocks, title, description))


def parse(html: str) -> LexborHTMLParser:
    """Return the tree of a page, whatever is wrong with it."""
    if html.count("<") > _MANY_TAGS:
        html = _shallow(html)
    try:
        html.encode()
    except UnicodeEncodeError:  # bytes that were no text in the codec of the page
        html = _SURROGATES.sub("\ufffd", html)
    return LexborHTMLParser(html)


def _blocks(tree: LexborHTMLParser) -> Blocks:
    """Return the blocks of what is shown; where that is next to nothing, with what is shown without scripts."""
    blocks = Blocks()
    blocks.walk(tree.root)
    size = sum(map(len, blocks.lines))
    if size < NEXT_TO_NOTHING and tree.css_first("noscript,noframes") is not None:
        unscripted = Blocks(unscripted=True)
        unscripted.walk(tree.root)
        if sum(map(len, unscripted.lines)) > 2 * size:
            return unscripted
    return blocks


def _shallow(html: str) -> str:
    """Return a page without the tags of elements that stand deeper than any written by hand or by a program."""
    depth = deepest = 0
    for match in _TAG.finditer(html):
        depth += -1 if match[1] else match[2].lower() not in _VOID
        deepest = max(deepest, depth)
    if deepest <= DEEPEST:
        return html
    depth = 0

    def kept(match: re.Match[str]) -> str:
        nonlocal depth
        if match[2].lower() in _VOID:
            return match[0]
        if not match[1]:
            depth += 1
            return match[0] if depth <= DEEPEST else " "
        depth -= 1
        return match[0] if depth < DEEPEST else " "

    return _TAG.sub(kept, html)
