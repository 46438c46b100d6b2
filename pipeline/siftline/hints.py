"""What the markup says of each line, as arrays.

`hints`, an entry a line: `tag` (index in marks.TAGS) · `flags` (bits of marks.FLAGS) · `chars`, `link_chars`,
`bold_chars` (characters of text, of links, in bold) · `links` · `tags` (elements begun since the line before) ·
`depth` · `gap` (0: first of its block; 1: after a `<br>`; 2: after several) · `title_like`, `description_like`
(0 to 1) · `repeat` (siblings of its block with the same tag and class), `repeat_up` (the most of any block around
that) · `alike` (lines of the page whose blocks and whose blocks' parents have the same tags and classes) ·
`box1_start`, `box1_end` to `box6_end` (the ranges of lines of the nearest containers, from inside out; the whole
page where there is none).

`elements`, an entry a container: `start`, `end`, `parent`, `tag`, `depth`, `flags`.

`words`, an entry for each word of an element: `start`, `end`, `hash`, `near` (levels above the block of its first
line, at most 15).
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .blocks import Blocks, Element, Row
from .marks import TAG_NUMBERS

Arrays = dict[str, NDArray[Any]]
BOXES = 6
_NEAR = 15
_LONGEST_TITLE, _LONGEST_DESCRIPTION = 300, 1000


def arrays(blocks: Blocks, title: str, description: str) -> tuple[Arrays, Arrays, Arrays]:
    """Return `hints`, `elements` and `words`; see the module for what is in them."""
    table = np.array(blocks.rows, dtype=np.int64).reshape(len(blocks.rows), len(Row._fields))
    found: Arrays = {name: table[:, at].astype(np.int32) for at, name in enumerate(Row._fields)}
    block = found.pop("element")
    found |= _repeats(blocks.elements, block)
    elements, innermost = _containers(blocks.elements)
    found |= _boxes(elements, innermost[block] if len(block) else block, len(block))
    found["title_like"] = _likeness(blocks.lines, title[:_LONGEST_TITLE])
    found["description_like"] = _likeness(blocks.lines, description[:_LONGEST_DESCRIPTION])
    return found, elements, _words(blocks, block)


def _repeats(elements: list[Element], block: NDArray[Any]) -> Arrays:
    """Count how often the blocks of the lines, and those around them, repeat."""
    kinds = [(element.parent, element.mark.kind) for element in elements]
    counts = Counter(kind for kind, element in zip(kinds, elements, strict=True) if element.block)
    own = [counts[kind] for kind in kinds]
    up = [0] * len(elements)
    for at, element in enumerate(elements):
        above = element.parent
        if above >= 0:
            up[at] = max(up[above], own[above])
    alike: list[tuple[int, int]] = []
    for at in block.tolist():
        element = elements[at] if at >= 0 else None
        above = element.parent if element else -1
        alike.append((element.mark.kind if element else 0, elements[above].mark.kind if above >= 0 else 0))
    same = Counter(alike)
    own.append(0)  # for a line in no block, whose block is -1
    up.append(0)
    return {
        "repeat": np.array(own, dtype=np.int32)[block],
        "repeat_up": np.array(up, dtype=np.int32)[block],
        "alike": np.array([same[kind] for kind in alike], dtype=np.int32),
    }


def _containers(elements: list[Element]) -> tuple[Arrays, NDArray[Any]]:
    """Return the containers, and for each element, with one entry more for none, the innermost container."""
    rows: list[tuple[int, int, int, int, int, int]] = []
    inner = [-1] * (len(elements) + 1)
    for at, element in enumerate(elements):
        parent = inner[element.parent]
        inner[at] = parent
        if element.block and element.end - element.start > 1:
            if parent < 0 or rows[parent][:2] != (element.start, element.end):
                inner[at] = len(rows)
                tag = TAG_NUMBERS.get(element.tag, 0)
                rows.append((element.start, element.end, parent, tag, element.depth, element.flags))
    table = np.array(rows, dtype=np.int64).reshape(len(rows), 6)
    names = ("start", "end", "parent", "tag", "depth", "flags")
    return {name: table[:, at].astype(np.int32) for at, name in enumerate(names)}, np.array(inner, dtype=np.int32)


def _boxes(elements: Arrays, container: NDArray[Any], lines: int) -> Arrays:
    """Return the ranges of the nearest containers of each line."""
    start = np.append(elements["start"], 0).astype(np.int32)
    end = np.append(elements["end"], lines).astype(np.int32)
    parent = np.append(elements["parent"], -1)
    found: Arrays = {}
    for level in range(1, BOXES + 1):
        found[f"box{level}_start"], found[f"box{level}_end"] = start[container], end[container]
        container = parent[container]
    return found


def _likeness(lines: list[str], model: str) -> NDArray[Any]:
    """Return how much of each line's pairs of characters the model has, and how much of the model's it has: Dice."""
    found = np.zeros(len(lines), dtype=np.float32)
    wanted = _pairs(model)
    if wanted:
        letters = set(model.casefold())
        for at, line in enumerate(lines):
            if 2 < len(line) <= 4 * len(model) + 20 and not letters.isdisjoint(line[:8].casefold()):
                pairs = _pairs(line)
                found[at] = 2 * len(pairs & wanted) / (len(pairs) + len(wanted))
    return found


def _pairs(text: str) -> set[str]:
    text = text.casefold()
    return {a + b for a, b in zip(text, text[1:], strict=False)}


def _words(blocks: Blocks, block: NDArray[Any]) -> Arrays:
    """Return the words; those of an element inside a line count where it makes up half of the line."""
    depths = [element.depth for element in blocks.elements]
    places = block.tolist()
    rows: list[tuple[int, int, int, int]] = []
    for element in blocks.elements:
        start, end = element.start, element.end
        if end <= start or start >= len(places):
            continue
        near = 0
        if element.block:
            near = min(_NEAR, max(0, depths[places[start]] - element.depth))
        elif end - start == 1 and 2 * element.chars < blocks.rows[start].chars:
            continue
        rows += [(start, end, word, near) for word in element.mark.words]
    table = np.array(rows, dtype=np.int32).reshape(len(rows), 4)
    return {name: table[:, at] for at, name in enumerate(("start", "end", "hash", "near"))}
