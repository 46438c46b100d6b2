"""How a line is worded: a linear model over hashed character n-grams of its folded text, as in fastText
(Joulin et al. 2017).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .folding import folded_codes

BITS = 17
"""Weights are kept for 2 ** BITS hash values."""
ORDERS = (2, 4)
"""Lengths of the n-grams, in UTF-16 units; the line feed before and behind a line counts as one. These two lengths are
read from memory as one number of 32 or 64 bits each."""
_PRIMES = {2: np.uint32(0x9E3779B1), 4: np.uint64(0x9E3779B97F4A7C15)}  # the golden ratio, as in Fibonacci hashing


class Folded(NamedTuple):
    """The folded characters of some lines, a line feed before, between and behind them."""

    codes: npt.NDArray[np.uint16]
    feeds: npt.NDArray[np.intp]
    """Where the line feeds stand, one more than there are lines."""

    @classmethod
    def of(cls, lines: Sequence[str]) -> Folded:
        r"""Fold lines, in which no line feed stands.

        >>> Folded.of(["a b", ""]).feeds.tolist()
        [0, 3, 4]
        """
        codes = folded_codes("\n" + "\n".join(lines) + "\n")
        return cls(codes, (codes == ord("\n")).nonzero()[0])


def hashes(codes: npt.NDArray[np.uint16], order: int) -> npt.NDArray[np.unsignedinteger]:
    """Return the hash, below 2 ** BITS, of the n-gram that begins at each place; the last places have none."""
    size, width = max(0, codes.size - order + 1), order * codes.itemsize
    kind = np.dtype(f"<u{width}")
    values: npt.NDArray[np.unsignedinteger] = (
        np.ndarray((size,), kind, codes, strides=(codes.itemsize,)) * _PRIMES[order]
    )
    values >>= kind.type(8 * width - BITS)
    return values


def spans(lines: Folded, order: int) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return for each line where its n-grams of one order begin, from and to, the line feeds counted in."""
    first = lines.feeds[:-1]
    return first, np.maximum(lines.feeds[1:] + 2 - order, first)


def scores(lines: Folded, weights: npt.NDArray[np.int8]) -> npt.NDArray[np.float64]:
    """Return for each line the sum of its n-grams' weights over the root of their number. The sums are of whole
    numbers, so that they are the same everywhere.
    """
    codes, feeds = lines
    pairs, fours = (weights.take(hashes(codes, order)) for order in ORDERS)
    known = np.zeros(codes.size, np.int16)
    known[: fours.size] = fours
    for place in (1, 2):  # the four characters that begin there reach beyond the end of the line
        known[feeds[1:] - place] = 0
    known[: pairs.size] += pairs
    room = feeds[1:] - feeds[:-1]
    count = room + np.maximum(room - 2, 0)
    out: npt.NDArray[np.float64] = np.add.reduceat(known[:-1], feeds[:-1], dtype=np.int64) / np.sqrt(count + 1.0)
    return out
