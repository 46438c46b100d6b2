"""What the markup says of each line, as arrays.

`hints`, an entry a line: `tag` (index in marks.TAGS) · `flags` (bits of marks.FLAGS) · `chars`, `link_chars`,
`bold_chars` (characters of text, of links, in bold) · `links` · `tags` (elements begun since the line before) ·
`depth` · `gap` (0: first of its block; 1: after a `<br>`; 2: after several) · `title_like`, `description_like`
(0 to 1) · `body_like` (share of its pieces of eight characters that stand in the text of a schema.org object; -1 where
there is no such text) · `repeat` (siblings of its block with the same tag and class), `repeat_up` (the most of any
block around that) · `alike` (lines of the page whose blocks and whose blocks' parents have the same tags and classes) ·
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
from .metadata import Head

Arrays = dict[str, NDArray[Any]]
BOXES = 6
_NEAR = 15
_KINDS, _NEW_LINE = 2**18 - 5, 10
_PIECE, _SHORTEST_BODY = 8, 200
_LONGEST_TITLE, _LONGEST_DESCRIPTION, _LONGEST_LIKE = 300, 1000, 3000


def arrays(blocks: Blocks, head: Head) -> tuple[Arrays, Arrays, Arrays]:
    """Return `hints`, `elements` and `words`; see the module for what is in them."""
    table = _table(chain.from_iterable(blocks.rows), len(blocks.rows), len(Row._fields))
    found: Arrays = dict(zip(Row._fields, table, strict=True))
    block = found.pop("element")
    found |= _repeats(blocks.elements, block)
    elements, innermost = _containers(blocks.elements)
    found |= _boxes(elements, innermost[block] if len(block) else block, len(block))
    found |= _likeness(blocks.lines, head)
    return found, elements, _words(blocks, block)


def _repeats(elements: list[Element], block: NDArray[Any]) -> Arrays:
    """Count how often the blocks of the lines, and those around them, repeat."""
    kinds = {at: element.parent << 32 | element.mark.kind for at, element in enumerate(elements) if element.block}
    counts = Counter(kinds.values())
    own, up = [0] * len(elements), [0] * len(elements)
    for at, kind in kinds.items():
        own[at] = counts[kind]
        above = elements[at].parent
        if above >= 0:
            up[at] = max(up[above], own[above])
    kind_of = np.array([element.mark.kind for element in elements] + [0], dtype=np.int64)
    parent_of = np.array([element.parent for element in elements], dtype=np.int64)
    alike = kind_of[block] << 32 | kind_of[parent_of[block]]
    _, place, number = np.unique(alike, return_inverse=True, return_counts=True)
    return {
        "repeat": np.array(own, dtype=np.int32)[block],
        "repeat_up": np.array(up, dtype=np.int32)[block],
        "alike": number[place].astype(np.int32),
    }


def _containers(elements: list[Element]) -> tuple[Arrays, NDArray[Any]]:
    """Return the containers, and for each element, with one entry more for none, the innermost container."""
    rows: list[tuple[int, int, int, int, int, int]] = []
    inner = [-1] * (len(elements) + 1)
    for at, element in enumerate(elements):
        parent = inner[element.parent]
        inner[at] = parent
        lines = (element.start, element.end)
        if element.block and element.end - element.start > 1 and (parent < 0 or rows[parent][:2] != lines):
            inner[at] = len(rows)
            rows.append((*lines, parent, element.mark.tag, element.depth, element.flags))
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


def _likeness(lines: list[str], head: Head) -> Arrays:
    """Return how alike each line is to what the head says. Looked at are the first 3000 characters of a line."""
    codes = _codes("\n".join(line[:_LONGEST_LIKE] for line in lines))
    breaks = np.flatnonzero(codes == _NEW_LINE)
    spans = np.stack((np.concatenate(([0], breaks + 1)), np.append(breaks, len(codes))))[:, : len(lines)]
    pairs = _pieces(codes, 2)
    found = {
        "title_like": _dice(pairs, spans, head.title[:_LONGEST_TITLE]),
        "description_like": _dice(pairs, spans, head.description[:_LONGEST_DESCRIPTION]),
        "body_like": np.full(len(lines), -1, dtype=np.float32),
    }
    if len(head.body) > _SHORTEST_BODY:
        hits, _ = _hits(_pieces(codes, _PIECE), spans, head.body, _PIECE)
        found["body_like"] = (hits / np.maximum(1, spans[1] - spans[0] - _PIECE + 1)).astype(np.float32)
    return found


def _dice(pairs: NDArray[Any], spans: NDArray[Any], model: str) -> NDArray[Any]:
    """Return Dice's coefficient of each line and a text over pairs of neighbouring characters.

    Pairs count as often as they stand in the line, but no more often in all than the text has pairs.
    """
    hits, wanted = _hits(pairs, spans, model, 2)
    like: NDArray[Any] = 2 * np.minimum(hits, wanted) / (np.maximum(1, spans[1] - spans[0] - 1) + max(1, wanted))
    return like.astype(np.float32)


def _hits(pieces: NDArray[Any], spans: NDArray[Any], model: str, size: int) -> tuple[NDArray[Any], int]:
    """Return how many pieces of each line the text has, and how many different ones it has itself."""
    known = np.zeros(_KINDS, dtype=np.uint8)
    wanted = np.unique(_pieces(_codes(model), size))
    known[wanted] = 1
    sums = np.concatenate(([0], np.cumsum(known[pieces], dtype=np.int32)))
    first = np.minimum(spans[0], len(pieces))
    last = np.clip(spans[1] - size + 1, first, len(pieces))
    return sums[last] - sums[first], len(wanted)


def _codes(text: str) -> NDArray[Any]:
    return np.frombuffer(text.lower().encode("utf-32-le", "replace"), dtype=np.uint32)


def _pieces(codes: NDArray[Any], size: int) -> NDArray[Any]:
    """Return the pieces of so many characters as numbers below _KINDS; collisions are rare enough."""
    count = max(0, len(codes) - size + 1)
    pieces = np.zeros(count, dtype=np.uint32)
    for at in range(size):
        pieces = pieces * np.uint32(31_337) + codes[at : at + count]
    return pieces % np.uint32(_KINDS)


def _words(blocks: Blocks, block: NDArray[Any]) -> Arrays:
    """Return the words; those of an element inside a line count where it makes up half of the line."""
    elements = blocks.elements
    fields = chain.from_iterable((e.start, e.end, e.depth, e.block, e.chars) for e in elements)
    start, end, depth, is_block, chars = _table(fields, len(elements), 5)
    inside = np.minimum(start, max(0, len(block) - 1))
    line_chars = np.array([row.chars for row in blocks.rows], dtype=np.int32)
    kept = end > start
    if len(block):
        kept &= (is_block == 1) | (end - start > 1) | (2 * chars >= line_chars[inside])
    near = np.clip(depth[block][inside] - depth, 0, _NEAR) * is_block if len(block) else depth
    words = [e.mark.words for e, keep in zip(elements, kept.tolist(), strict=True) if keep]
    times = np.fromiter(map(len, words), np.int32, len(words))
    found = {name: np.repeat(column[kept], times) for name, column in (("start", start), ("end", end), ("near", near))}
    return found | {"hash": np.fromiter(chain.from_iterable(words), np.int32, int(times.sum()))}


def _table(values: Iterable[int], rows: int, columns: int) -> NDArray[Any]:
    """Return numbers that come row by row as an array of columns."""
    table: NDArray[Any] = np.fromiter(values, np.int32, rows * columns).reshape(rows, columns).T
    return table
