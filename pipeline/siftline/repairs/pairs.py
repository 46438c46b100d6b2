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
    rows: npt.NDArray[np.uint32]  # by code point, the last of all above the BMP: its row; of all others one
    single: npt.NDArray[np.int16]  # by code point: bits of the character where no word goes on to it
    ends: npt.NDArray[np.int16]  # by code point: bits that say that a word ends there
    keys: npt.NDArray[np.uint32]  # of pairs, in order: row of the first times the number of rows, and row of the second
    gains: npt.NDArray[np.int16]  # of pairs: bits, and 0 at the end
    height: np.uint32  # how many rows there are


def costs(before: Points, after: Points) -> npt.NDArray[np.int16]:
    """Return for each character of `after` the bits that it costs behind that of `before`.

    >>> two = np.array([ord("今"), ord("天")], dtype=np.uint32)
    >>> bool(costs(two[:1], two[1:])[0] < costs(two[1:], two[:1])[0])
    True
    """
    model = _model()
    wanted = model.rows.take(before, mode="clip")
    wanted *= model.height
    wanted += model.rows.take(after, mode="clip")
    found = model.keys.searchsorted(wanted)
    found[model.keys.take(found, mode="clip") != wanted] = len(model.keys)
    bits = model.single.take(after, mode="clip")
    bits += model.ends.take(before, mode="clip")
    bits -= model.gains.take(found)
    return np.maximum(bits, 1, out=bits)


def points_of(text: str) -> Points:
    """Return the code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint32)


def running(points: Points) -> npt.NDArray[np.int16]:
    """Return what each character costs behind the one before it; nothing for the first."""
    out = np.zeros(len(points), dtype=np.int16)
    out[1:] = costs(points[:-1], points[1:])
    return out


def line_costs(lines: Sequence[str]) -> list[int]:
    """Return the cost of each line, but for what is ASCII. Costs of the last lines are known.

    >>> good, bad = line_costs(["今天天气", "気天天今"])
    >>> good < bad
    True
    """
    new = [line for line in dict.fromkeys(lines) if line not in _known]
    if new:
        if sum(map(len, _known)) > MOST_KNOWN:
            _known.clear()
            new = [*dict.fromkeys(lines)]
        points = points_of("\n".join(("", *new)))
        found = np.add.reduceat(running(points) * (points > 0x7F), np.flatnonzero(points == 0x0A), dtype=np.int64)
        _known.update(zip(new, found.tolist(), strict=True))
    return [_known[line] for line in lines]


MOST_KNOWN = 20_000
"""Characters of lines whose cost is kept."""
_known: dict[str, int] = {}


@cache
def _model() -> _Model:
    with (resources.files("siftline") / "models" / "pairs.npz").open("rb") as file, np.load(file) as arrays:
        characters, starts, ends, counts, seconds, gains = (arrays[name] for name in ARRAYS)
    other = len(characters) + len(_KINDS)
    rows = np.full(0x10001, other, dtype=np.uint32)
    single = np.append(plausible.bits_alone(), _OTHER_BITS).astype(np.int16)
    single[:0x80], single[0x2500:0x2580] = _ASCII_BITS, _FRAME_BITS
    single[0x3400:0xA000] = RARE
    for row, (first, last) in enumerate(_KINDS, len(characters)):
        rows[first : last + 1], single[first : last + 1] = row, _ALONE
    rows[characters], single[characters] = np.arange(len(characters)), starts
    after = np.zeros(0x10001, dtype=np.int16)
    after[characters] = ends
    pairs = np.repeat(np.arange(len(characters)), counts) * (other + 1) + seconds
    kinds = np.arange(len(characters), other) * (other + 2)  # each beside itself
    worth = np.concatenate((gains, np.full(len(kinds), _ALONE - _SAME), [0])).astype(np.int16)
    return _Model(rows, single, after, np.concatenate((pairs, kinds)).astype(np.uint32), worth, np.uint32(other + 1))


ARRAYS = ("characters", "starts", "ends", "counts", "seconds", "gains")
"""What the file holds: for each character its code point, the bits that begin and end a word with it, and how many
pairs begin with it; for each pair, in order, the row of the second character, and the bits that the pair gains."""
