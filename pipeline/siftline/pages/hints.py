"""What the markup says of each line, as arrays.

`hints`, an entry a line: `tag` (index in marks.TAGS) · `flags` (bits of marks.FLAGS) · `chars`, `link_chars`,
`bold_chars` (characters of text, of links, in bold) · `links` · `tags` (elements begun since the line before) ·
`depth` · `gap` (0: first of its block; 1: after a `<br>`; 2: after several) · `title_like`, `description_like`
(0 to 1) · `body_like` (share of its pieces of eight characters that stand in the text of a schema.org object; -1 where
there is no such text) · `declared` (whether it is one of the items that the page says it is about, see declared.py;
only where it names some) · `repeat` (siblings of its block with the same tag and class), `repeat_up` (the most of any
block around that) · `alike` (lines of the page whose blocks and whose blocks' parents have the same tags and classes) ·
`box1` to `box6` (the numbers of the nearest containers, from inside out; -1 where there is none).

`elements`, an entry a container: `start`, `end`, `parent`.

`words`, an entry for each word of an element: `start`, `end`, `hash`, `near` (levels above the block of its first
line, at most 15).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from itertools import compress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .blocks import Blocks
from .declared import lines_declared
from .lines import ELEMENT, ROW
from .marks import Mark
from .metadata import Head

Arrays = dict[str, NDArray[Any]]
BOXES = 6
_NEAR = 15
_KINDS, _NEW_LINE = 2**18 - 5, 10
_PIECE, _SHORTEST_BODY = 8, 200
_LONGEST_TITLE, _LONGEST_DESCRIPTION, _LONGEST_LIKE = 300, 1000, 3000


def arrays(blocks: Blocks, head: Head) -> tuple[Arrays, Arrays, Arrays]:
    """Return `hints`, `elements` and `words`; see the module for what is in them."""
    found, elements = _columns(blocks.rows, ROW), _elements(blocks)
    block = found.pop("element")
    found |= _repeats(elements, block)
    containers, innermost = _containers(elements)
    found |= _boxes(containers["parent"], innermost[block])
    found |= _likeness(blocks.lines, head)
    if head.items:
        found["declared"] = lines_declared(blocks.lines, head.items)
    return found, containers, _words(blocks.marks, elements, block, found["chars"])


def _columns(rows: Sequence[int], names: Sequence[str]) -> Arrays:
    """Return rows of numbers, one behind the other, as an array for each column."""
    table = _numbers(rows).reshape(-1, len(names))
    return dict(zip(names, table.T, strict=True))


def _numbers(values: Sequence[int]) -> NDArray[Any]:
    """Return numbers as an array, in half the time that np.array takes."""
    return np.frombuffer(struct.pack(f"{len(values)}i", *values), np.int32)


def _elements(blocks: Blocks) -> Arrays:
    """Return an array for each field of the elements, and for where they end, their characters and kinds."""
    found = _columns(blocks.elements, ELEMENT)
    found["end"] = _numbers(blocks.ends)
    found["chars"] = np.zeros(len(blocks.ends), np.int32)
    inline = _columns(blocks.inline, ("element", "chars"))
    found["chars"][inline["element"]] = inline["chars"]
    return found


def _repeats(elements: Arrays, block: NDArray[Any]) -> Arrays:
    """Count how often the blocks of the lines, and those around them, repeat."""
    parent, kind = elements["parent"], np.append(elements["kind"], 0).astype(np.int64)
    blocks = np.flatnonzero(elements["block"])
    own = np.zeros(kind.size, np.int32)  # the last is for what stands around all
    own[blocks] = _times(parent[blocks].astype(np.int64) << 32 | kind[blocks])
    most, above = own, np.append(parent, -1)
    while above.max(initial=-1) >= 0:  # twice as many levels each time
        most = np.maximum(most, most[above])
        above = above[above]
    group, alike = _groups(kind[block] << 32 | kind[parent[block]])
    return {"repeat": own[block], "repeat_up": most[parent[block]], "alike": alike, "group": group}


def _times(values: NDArray[Any]) -> NDArray[Any]:
    """Return for each value how often it is among them."""
    return _groups(values)[1]


def _groups(values: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return for each value a number from 0 that equal ones share, and how often it is among them."""
    _, place, number = np.unique(values, return_inverse=True, return_counts=True)
    return place.astype(np.int32), number[place].astype(np.int32)


def _containers(elements: Arrays) -> tuple[Arrays, NDArray[Any]]:
    """Return the containers, and for each block, with one entry more for none, the innermost container."""
    names = ("parent", "start", "end", "block", "kind")
    parent, start, end, block, kind = (np.append(elements[name], 0) for name in names)
    parent[-1] = none = parent.size - 1
    # a range lies within that of the parent, so one that differs from it differs from those of all around
    apart = (parent < 0) | (start != start[parent]) | (end != end[parent])
    kept = np.flatnonzero((block > 0) & (end - start > 1) & apart)
    number = np.full(parent.size, -1, np.int32)
    number[kept] = np.arange(kept.size)
    at = np.where(parent < 0, none, parent)
    outer = at[kept]
    at[kept] = kept
    while not np.array_equal(at, above := at[at]):
        at = above
    group = _groups(kind[kept].astype(np.int64) << 32 | kind[parent[kept]])[0]
    found = {"start": start[kept], "end": end[kept], "group": group, "parent": number[at[outer]]}
    return found, number[at]


def _boxes(parent: NDArray[Any], container: NDArray[Any]) -> Arrays:
    """Return the nearest containers of each line."""
    parent, found = np.append(parent, np.int32(-1)), {}
    for level in range(1, BOXES + 1):
        found[f"box{level}"] = container
        container = parent[container]
    return found


def _likeness(lines: list[str], head: Head) -> Arrays:
    """Return how alike each line is to what the head says. Looked at are the first 3000 characters of a line."""
    codes = _codes("\n".join([line[:_LONGEST_LIKE] for line in lines]))
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
    known[_pieces(_codes(model), size)] = 1
    sums = np.concatenate(([0], np.cumsum(known.take(pieces), dtype=np.int32)))
    first = np.minimum(spans[0], len(pieces))
    last = np.clip(spans[1] - size + 1, first, len(pieces))
    return sums[last] - sums[first], int(np.count_nonzero(known))


def _codes(text: str) -> NDArray[Any]:
    return np.frombuffer(text.lower().encode("utf-32-le", "replace"), dtype=np.uint32)


def _pieces(codes: NDArray[Any], size: int) -> NDArray[Any]:
    """Return the pieces of so many characters, a power of 2, as numbers below _KINDS; collisions are rare enough."""
    count = max(0, len(codes) - size + 1)
    pieces, length = codes, 1
    while length < size and count:
        pieces = pieces[:-length] * np.uint32(pow(31_337, length, 1 << 32)) + pieces[length:]
        length *= 2
    return pieces[:count] % np.uint32(_KINDS)


def _words(marks: Sequence[Mark], elements: Arrays, block: NDArray[Any], line_chars: NDArray[Any]) -> Arrays:
    """Return the words; those of an element inside a line count where it makes up half of the line."""
    start, end, depth = elements["start"], elements["end"], elements["depth"]
    inside = np.minimum(start, max(0, len(block) - 1))
    kept, near = end > start, depth
    if len(block):
        kept &= (elements["block"] == 1) | (end - start > 1) | (2 * elements["chars"] >= line_chars[inside])
        near = np.clip(depth[block][inside] - depth, 0, _NEAR) * elements["block"]
    words = [mark.packed for mark in compress(marks, kept.tolist())]
    number = np.frombuffer(b"".join(words), "<i2")
    owner = np.repeat(np.flatnonzero(kept), np.fromiter(map(len, words), np.intp, len(words)) // number.itemsize)
    return {"start": start[owner], "end": end[owner], "near": near[owner], "hash": number}
