"""How well characters go together in Chinese, in bits: a character costs what it costs to write down after the one
before it.

The figures were counted on a dictionary of words with their frequencies (models/README.md). In it a character either
goes on a word, or it ends one and another begins: P(b|a) = P(word goes on from a with b) + P(word ends at a) P(word
begins with b). The second part needs a figure for each character alone; where the first makes a pair more probable, the
pair's gain is kept in bits. Two readings that both are Chinese characters can be told apart by that, as single
characters cannot. Backing off from pairs to single characters: S. Katz, "Estimation of probabilities from sparse data"
(1987).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from . import plausible

Points = npt.NDArray[np.uint32]
"""Code points."""
RARE = 20
"""Bits of a Chinese character that the dictionary has not, and the most that one costs."""
_ASCII_BITS, _FRAME_BITS, _OTHER_BITS = 6, 17, 24
_SAME, _ALONE = 8, 17
"""Bits of a letter, or sign, that Chinese has not, beside one of its kind, and alone."""
_KINDS = ((0x3041, 0x30FE), (0x370, 0x3FF), (0x400, 0x52F), (0x2190, 0x24FF), (0x3105, 0x312F))
"""First and last code point: kana · Greek · Cyrillic · arrows and signs · bopomofo."""


class _Model(NamedTuple):
    places: npt.NDArray[np.uint16]  # by code point of the BMP: the character's row below, the last of all others
    single: npt.NDArray[np.uint8]  # by code point: bits of the character where no word goes on to it
    kinds: npt.NDArray[np.uint8]  # by code point: which of _KINDS it is, from 1
    ends: npt.NDArray[np.uint8]  # by row: bits that say that a word ends there
    keys: npt.NDArray[np.uint32]  # of pairs, in order: row of the first times the number of rows, and row of the second
    gains: npt.NDArray[np.uint8]  # of pairs: bits


def costs(before: Points, after: Points) -> npt.NDArray[np.int64]:
    """Return for each character of `after` the bits that it costs behind that of `before`.

    >>> two = np.array([ord("今"), ord("天")], dtype=np.uint32)
    >>> bool(costs(two[:1], two[1:])[0] < costs(two[1:], two[:1])[0])
    True
    """
    model = _model()
    first, second = np.minimum(before, 0x10000), np.minimum(after, 0x10000)
    bits = model.single[second].astype(np.int64)
    kinds = model.kinds[second]
    foreign = kinds > 0
    bits[foreign] = np.where(kinds[foreign] == model.kinds[first[foreign]], _SAME, _ALONE)
    rows = len(model.ends)
    here, there = model.places[first], model.places[second]
    known = np.flatnonzero((here < rows - 1) & (there < rows - 1))
    wanted = here[known].astype(np.uint32) * np.uint32(rows) + there[known]
    found = np.minimum(model.keys.searchsorted(wanted), len(model.keys) - 1)
    gains = np.where(model.keys[found] == wanted, model.gains[found], 0)
    bits[known] = np.maximum(bits[known] + model.ends[here[known]] - gains, 1)
    return bits


def points_of(text: str) -> Points:
    """Return the code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint32)


def running(points: Points) -> npt.NDArray[np.int64]:
    """Return what each character costs behind the one before it; nothing for the first."""
    return np.concatenate(([0], costs(points[:-1], points[1:])))


def line_costs(lines: Sequence[str]) -> npt.NDArray[np.int64]:
    """Return the cost of each line, but for what is ASCII.

    >>> bool(np.diff(line_costs(["今天天气", "気天天今"]))[0] > 0)
    True
    """
    points = points_of("\n".join(("", *lines)))
    return np.add.reduceat(running(points) * (points > 0x7F), np.flatnonzero(points == 0x0A))


@cache
def _model() -> _Model:
    with (resources.files("siftline") / "models" / "pairs.npz").open("rb") as file, np.load(file) as arrays:
        characters, starts, ends, counts, seconds, gains = (arrays[name] for name in ARRAYS)
    rows = len(characters) + 1
    places = np.full(0x10001, rows - 1, dtype=np.uint16)
    places[characters] = np.arange(rows - 1)
    single = plausible.bits_alone().copy()
    single[:0x80], single[0x2500:0x2580] = _ASCII_BITS, _FRAME_BITS
    single[0x3400:0xA000] = RARE
    single[characters] = starts
    kinds = np.zeros(0x10001, dtype=np.uint8)
    for kind, (first, last) in enumerate(_KINDS, 1):
        kinds[first : last + 1] = kind
    keys = np.repeat(np.arange(rows - 1, dtype=np.uint32), counts) * np.uint32(rows) + seconds
    return _Model(places, np.append(single, _OTHER_BITS), kinds, np.append(ends, 0), keys.astype(np.uint32), gains)


ARRAYS = ("characters", "starts", "ends", "counts", "seconds", "gains")
"""What the file holds: for each character its code point, the bits that begin and end a word with it, and how many
pairs begin with it; for each pair, in order, the row of the second character, and the bits that the pair gains."""
