"""How a line is worded: a linear model over hashed character n-grams, as in fastText (Joulin et al. 2017)."""

from __future__ import annotations

import unicodedata
from functools import cache

import numpy as np
import numpy.typing as npt

from .sheet import Sheet

BITS = 17
"""Weights are kept for 2 ** BITS hash values."""
ORDERS = (1, 2, 3, 5)
"""Lengths of the n-grams, in characters; the line feed before and behind a line counts as one."""
TOPICS = ("article", "forum", "story")
"""What weights speak for: a line of the article, a page of a forum, a page with one article."""
LANE = 21
"""Bits of a topic's sum: a line has at most some 600 n-grams of all orders, each with a weight of 8 bits."""
_OFFSET = 128
SCALE = np.float32(1 / 64)
"""What a sum of weights, which are whole numbers, is multiplied by."""
_SEEDS = {1: 0x9E3779B1, 2: 0x85EBCA77, 3: 0xC2B2AE3D, 5: 0x27D4EB2F}
_STEP = np.uint32(0x01000193)


@cache
def _folds() -> npt.NDArray[np.uint32]:
    """Return what each character of the first plane counts as: its lower case and usual width, 0 for a digit."""
    table = np.arange(0x10000, dtype=np.uint32)
    for code in [*range(0x2000), *range(0xFF01, 0xFF5F)]:
        char = chr(code)
        plain = unicodedata.normalize("NFKC", char).lower() if code >= 0xFF01 else char.lower()
        table[code] = ord("0") if char.isdigit() else ord(plain[0])
    table[[0x09, 0x20, 0xA0, 0x3000, *range(0x2000, 0x200C)]] = ord(" ")
    return table


def fold(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """Return the characters with case, width and digits folded."""
    table = _folds()
    if codes.size and int(codes.max()) >= 0x10000:
        return np.where(codes < 0x10000, table[np.minimum(codes, 0xFFFF)], codes)
    return table[codes]


def hashes(folded: npt.NDArray[np.uint32], order: int) -> npt.NDArray[np.uint32]:
    """Return the hash, below 2 ** BITS, of the n-gram that begins at each place; the last places have none."""
    size = max(0, folded.size - order + 1)
    value, seed = folded[:size] * _STEP, np.uint32(_SEEDS[order])
    high = np.empty_like(value)
    for offset in range(1, order):
        np.right_shift(value, np.uint32(15), out=high)
        value ^= high
        value *= seed
        value += folded[offset : offset + size]
    np.right_shift(value, np.uint32(13), out=high)
    value ^= high
    value *= seed
    value >>= np.uint32(32 - BITS)
    return value


def spans(laid: Sheet, order: int) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return for each line where its n-grams of one order begin, from and to, boundaries counted in."""
    first = laid.starts - 1
    return first, np.maximum(laid.ends + 2 - order, first)


def packed(weights: npt.NDArray[np.int8]) -> npt.NDArray[np.uint64]:
    """Return the weights of each hash value, (hash values, topics), as one number with LANE bits for each topic.

    Sums of such numbers are the topics' sums side by side, so that one running sum serves them all.
    """
    lanes = weights.astype(np.int64) + _OFFSET
    steps = LANE * np.arange(len(TOPICS))
    out: npt.NDArray[np.uint64] = (lanes << steps).sum(axis=1).astype(np.uint64)
    return out


def scores(laid: Sheet, folded: npt.NDArray[np.uint32], weights: npt.NDArray[np.uint64]) -> npt.NDArray[np.float32]:
    """Return the scores of each line, (topics, lines): the sums of its n-grams' weights, as `packed` gives them, over
    the root of their number. Sums are of whole numbers, so that they are the same everywhere.
    """
    size, after = folded.size, laid.ends + 1
    sums, found = np.zeros(size + 1, np.uint64), np.zeros(size, np.uint64)
    beyond = np.zeros(laid.starts.size, np.uint64)
    count = np.zeros(laid.starts.size, np.int64)
    for order in ORDERS:
        all_of = max(0, size - order + 1)
        np.take(weights, hashes(folded, order), out=found[:all_of], mode="clip")
        found[all_of:] = 0
        sums[1:] += found
        first, last = spans(laid, order)
        count += last - first
        if order > 1:  # n-grams that begin in the line and end in the next one
            at = after - np.arange(1, order)[:, None]
            beyond += (found[at] * (at >= last)).sum(axis=0)
    np.cumsum(sums, out=sums)
    total = sums[after] - sums[first] - beyond
    lanes = [(total >> np.uint64(LANE * topic)) & np.uint64((1 << LANE) - 1) for topic in range(len(TOPICS))]
    plain = np.stack(lanes).astype(np.int64) - _OFFSET * count
    out: npt.NDArray[np.float32] = (plain / np.sqrt(count + 1.0)).astype(np.float32) * SCALE
    return out
