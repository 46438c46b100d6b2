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
from collections.abc import Iterable
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .blocks import Blocks, Element, Row
from .marks import TAG_NUMBERS

Arrays = dict[str, NDArray[Any]]
BOXES = 6
_NEAR = 15
_PAIRS, _NEW_LINE = 2**16, 10
_LONGEST_TITLE, _LONGEST_DESCRIPTION = 300, 1000


def arrays(blocks: Blocks, title: str, description: str) -> tuple[Arrays, Arrays, Arrays]:
    """Return `hints`, `elements` and `words`; see the module for what is in them."""
    table = _table(chain.from_iterable(blocks.rows), len(blocks.rows), len(Row._fields))
    found: Arrays = dict(zip(Row._fields, table, strict=True))
    block = found.pop("element")
    found |= _repeats(blocks.elements, block)
    elements, innermost = _containers(blocks.elements)
    found |= _boxes(elements, innermost[block] if len(block) else block, len(block))
    models = title[:_LONGEST_TITLE], description[:_LONGEST_DESCRIPTION]
    found["title_like"], found["description_like"] = _likeness(blocks.lines, models)
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
    names = ("start", "end", "parent", "tag", "depth", "flags")
    table = _table(chain.from_iterable(rows), len(rows), len(names))
    return dict(zip(names, table, strict=True)), np.array(inner, dtype=np.int32)


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


def _likeness(lines: list[str], models: tuple[str, str]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return how alike each line is to two texts: Dice's coefficient over pairs of neighbouring characters.

    A pair counts as often as it stands in the line, but no more often in all than the model has pairs.
    """
    codes = _codes("\n".join(lines))
    breaks = np.flatnonzero(codes == _NEW_LINE)
    pairs = _pairs(codes)
    starts, ends = np.concatenate(([0], breaks + 1)), np.append(breaks, len(codes))
    sizes = np.maximum(1, ends - starts - 1)
    found = []
    for model in models:
        known = np.zeros(_PAIRS, dtype=np.int32)
        wanted = np.unique(_pairs(_codes(model)))
        known[wanted] = 1
        known = np.concatenate(([0], np.cumsum(known[pairs])))
        hits = np.minimum(known[np.maximum(starts, ends - 1)] - known[starts], len(wanted))
        found.append((2 * hits / (sizes + max(1, len(wanted)))).astype(np.float32)[: len(lines)])
    return found[0], found[1]


def _codes(text: str) -> NDArray[Any]:
    return np.frombuffer(text.lower().encode("utf-32-le", "replace"), dtype=np.uint32)


def _pairs(codes: NDArray[Any]) -> NDArray[Any]:
    """Return the pairs of neighbouring characters as numbers below _PAIRS; collisions are rare enough."""
    return (codes[:-1] * np.uint32(31_337) + codes[1:]) % np.uint32(_PAIRS)


def _words(blocks: Blocks, block: NDArray[Any]) -> Arrays:
    """Return the words; those of an element inside a line count where it makes up half of the line."""
    elements = blocks.elements
    fields = chain.from_iterable((e.start, e.end, e.depth, e.block, e.chars, len(e.mark.words)) for e in elements)
    start, end, depth, is_block, chars, words = _table(fields, len(elements), 6)
    inside = np.minimum(start, max(0, len(block) - 1))
    line_chars = np.array([row.chars for row in blocks.rows], dtype=np.int32)
    kept = end > start
    if len(block):
        kept &= (is_block == 1) | (end - start > 1) | (2 * chars >= line_chars[inside])
    near = np.clip(depth[block][inside] - depth, 0, _NEAR) * is_block if len(block) else depth
    flat = chain.from_iterable(e.mark.words for e, keep in zip(elements, kept.tolist(), strict=True) if keep)
    times = words[kept]
    found = {name: np.repeat(column[kept], times) for name, column in (("start", start), ("end", end), ("near", near))}
    return found | {"hash": np.fromiter(flat, np.int32, int(times.sum()))}


def _table(values: Iterable[int], rows: int, columns: int) -> NDArray[Any]:
    """Return numbers that come row by row as an array of columns."""
    return np.fromiter(values, np.int32, rows * columns).reshape(rows, columns).T
