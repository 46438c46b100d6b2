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
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ..tables import kept
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
    pairs: Points  # by slot, what `hashed` keeps of each pair
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
    bits = model.single.take(after, mode="clip")
    bits += model.ends.take(before, mode="clip")
    for half in (0, 1):
        bits -= gains_of(model.pairs, wanted, half)
    return np.maximum(bits, 1, out=bits)


_SLOT_BITS = 17
_SHIFT, _REST = np.uint32(32 - _SLOT_BITS), np.uint32(_SLOT_BITS)
_FACTORS = (np.uint32(0x9E3779B1), np.uint32(0x85EBCA77))
"""Odd numbers, large primes, by which keys are multiplied (D. Knuth, "The art of computer programming", 6.4)."""
_MOST_GAIN = np.uint32(1 << _SLOT_BITS)


def gains_of(table: Points, keys: Points, half: int) -> npt.NDArray[np.int16]:
    """Return the bits that each key gains by one of the halves of the table: in one of the two it is, or nowhere
    (R. Pagh and F. Rodler, "Cuckoo hashing", 2001). A search in order would take some 17 steps, none of which is
    foreseeable.
    """
    hashes = keys * _FACTORS[half]
    slots = hashes >> _SHIFT
    slots += np.uint32(half << _SLOT_BITS)
    gains = table.take(slots, mode="clip")
    hashes <<= _REST
    gains ^= hashes
    gains *= gains < _MOST_GAIN  # of another key, or of none
    return gains.astype(np.int16)


def hashed(keys: Points, gains: npt.NDArray[np.int16]) -> Points:
    """Return gains by slot, and above them what a hash has beside its slot: factors are odd, so both together are the
    key (J. Cleary, "Compact hash tables using bidirectional linear probing", 1984), and one look into memory finds all.
    Keys that want a slot that is taken push out who is there to the other half.
    """
    places = np.full(2 << _SLOT_BITS, len(keys), dtype=np.intp)
    left, half = np.arange(len(keys)), 0
    while len(left):
        slots = (keys[left] * _FACTORS[half] >> _SHIFT) + (half << _SLOT_BITS)
        before = places[slots]
        places[slots] = left
        won = places[slots] == left
        out = before[won]
        left, half = np.concatenate((left[~won], out[out < len(keys)])), 1 - half
    factors = np.repeat(_FACTORS, 1 << _SLOT_BITS)
    return (np.append(keys, np.uint32(0))[places] * factors << _REST) | np.append(gains, 0)[places].astype(np.uint32)


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
        _known.update(zip(new, costs_of_lines("\n".join(new)).tolist(), strict=True))
    return [_known[line] for line in lines]


def costs_of_lines(text: str) -> npt.NDArray[np.int64]:
    """Return the cost of each line of a text, but for what is ASCII."""
    points = points_of(f"\n{text}")
    return np.add.reduceat(running(points) * (points > 0x7F), (points == 0x0A).nonzero()[0], dtype=np.int64)


MOST_KNOWN = 20_000
"""Characters of lines whose cost is kept."""
_known: dict[str, int] = {}


@cache
def _model() -> _Model:
    *arrays, height = _arrays()
    return _Model._make((*arrays, np.uint32(height)))


@kept
def _arrays() -> tuple[Any, ...]:
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
    worth = np.concatenate((gains, np.full(len(kinds), _ALONE - _SAME))).astype(np.int16)
    table = hashed(np.concatenate((pairs, kinds)).astype(np.uint32), worth)
    return rows, single, after, table, other + 1


ARRAYS = ("characters", "starts", "ends", "counts", "seconds", "gains")
"""What the file holds: for each character its code point, the bits that begin and end a word with it, and how many
pairs begin with it; for each pair, in order, the row of the second character, and the bits that the pair gains."""
