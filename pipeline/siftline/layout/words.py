"""How a line is worded: a linear model over hashed words and pairs of neighbouring words, as in fastText (Joulin et
al. 2017). A word is a run of letters or of digits, a Han character, kana or hangul syllable, or a mark.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ..tables import kept
from .sheet import KIND, KINDS, Sheet, kind_table

LANGUAGES = (frozenset({"zh", "en"}), frozenset({"ru"}))
"""Languages whose words share a table of weights. The wording of others says nothing."""
BITS = 16
"""Weights are kept for 2 ** BITS hash values: a table that stays in the processor's cache."""
TOPICS = ("article", "forum", "story")
"""What weights speak for: a line of the article, a page of a forum, a page with one article."""
LANE = 21
"""Bits of a topic's sum: a line has at most some 300 words and pairs, each with a weight of 8 bits."""
_OFFSET = 128
_LANES, _LANE_MASK = LANE * np.arange(len(TOPICS), dtype=np.uint64)[:, None], np.uint64((1 << LANE) - 1)
SCALE = np.float32(1 / 64)
"""What a sum of weights, which are whole numbers, is multiplied by."""
_STEP = 0x01000193
_BACK = pow(_STEP, -1, 1 << 32)
_FIRST, _SECOND = np.uint32(0x85EBCA77), np.uint32(0x9E3779B1)
_ROOM = 1 << 15
_ALONE = 4
_CLASSES = np.full(len(KINDS), _ALONE, np.uint8)
"""0 between words, 1 in a word, 2 in a number, _ALONE for what is a word by itself."""
_CLASSES[[KIND[name] for name in ("lower", "upper", "letter")]] = 1
_CLASSES[KIND["digit"]], _CLASSES[KIND["space"]] = 2, 0


class Words(NamedTuple):
    """The words of documents, as numbers below 2 ** BITS; line feeds are words too.

    A line has the words from `first` to before `last`, and the pairs from `first - 1`.
    """

    alone: npt.NDArray[np.uint32]
    """The words."""
    pairs: npt.NDArray[np.uint32]
    """The pair that each word makes with the next one."""
    first: npt.NDArray[np.intp]
    """For each line its first word; the line feed before it is the word before that."""
    last: npt.NDArray[np.intp]
    """For each line the line feed behind it."""

    def of(self, lines: slice) -> Words:
        """Return the words of some lines that follow on each other."""
        first, last = self.first[lines], self.last[lines]
        begin, end = int(first[0]) - 1, int(last[-1])
        return Words(self.alone[begin : end + 1], self.pairs[begin:end], first - begin, last - begin)


@kept
def _folds() -> npt.NDArray[np.uint32]:
    """Return what each character of the first plane counts as: its lower case and usual width, "0" for a digit, and
    nothing for a blank, so that a word's sum is the same with the blanks behind it.
    """
    table = np.arange(0x10000, dtype=np.uint32)
    for code in [*range(0x2000), *range(0xFF01, 0xFF5F)]:
        char = chr(code)
        plain = unicodedata.normalize("NFKC", char).lower() if code >= 0xFF01 else char.lower()
        table[code] = ord("0") if char.isdigit() else ord(plain[0])
    table[kind_table() == KIND["space"]] = 0
    return table


def fold(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """Return the characters with case, width and digits folded, and 0 for blanks."""
    table = _folds()
    if codes.size and int(codes.max()) >= 0x10000:
        return np.where(codes < 0x10000, table.take(codes, mode="clip"), codes)
    return table.take(codes)


@cache
def _powers(room: int) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    """Return the powers of _STEP and of its inverse modulo 2 ** 32."""
    steps = np.full((2, room), [[_STEP], [_BACK]], np.uint32)
    steps[:, 0] = 1
    up, down = np.cumprod(steps, axis=1, dtype=np.uint32)
    return up, down


def words(laid: Sheet, kind: npt.NDArray[np.uint8]) -> Words:
    """Return the words of the lines; `kind` are the kinds of the sheet's characters.

    A word's hash is a polynomial in its characters: the difference of two running sums, brought back to the power
    zero, so that all of them come out of a few passes over the text (Karp and Rabin 1987).
    """
    folded = fold(laid.codes)
    up, down = _powers(max(_ROOM, 1 << (folded.size - 1).bit_length()))
    sums = np.zeros(folded.size + 1, np.uint32)
    np.cumsum(folded * up[: folded.size], dtype=np.uint32, out=sums[1:])
    classes = _CLASSES.take(kind)
    begins = classes >= _ALONE
    begins[1:] |= classes[1:] != classes[:-1]
    begins &= classes > 0
    at = np.flatnonzero(begins)
    found = sums.take(np.append(at, folded.size))
    hashes = _mixed((found[1:] - found[:-1]) * down.take(at))
    shift = np.uint32(32 - BITS)
    feeds = np.flatnonzero(kind.take(at) == KIND["line"])
    pairs = _mixed(hashes[:-1] * _SECOND + hashes[1:])
    return Words(hashes >> shift, pairs >> shift, feeds[:-1] + 1, feeds[1:])


def _mixed(hashes: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    hashes = (hashes ^ (hashes >> np.uint32(15))) * _FIRST
    return hashes ^ (hashes >> np.uint32(13))


def packed(weights: npt.NDArray[np.int8]) -> npt.NDArray[np.uint64]:
    """Return the weights of each hash value, (hash values, topics), as one number with LANE bits for each topic.

    Sums of such numbers are the topics' sums side by side, so that one running sum serves them all.
    """
    out = np.zeros(len(weights), np.uint64)
    for lane, column in zip(_LANES[:, 0], weights.T, strict=True):
        out |= (column.astype(np.int64) + _OFFSET).astype(np.uint64) << lane
    return out


def scores(of: Words, weights: npt.NDArray[np.uint64]) -> npt.NDArray[np.float32]:
    """Return the scores of each line, (topics, lines): the sums of its words' and pairs' weights, as `packed` gives
    them, over the root of their number. Sums are of whole numbers, so that they are the same everywhere.
    """
    paired = weights.take(of.pairs)
    sums = np.zeros(of.alone.size, np.uint64)
    np.cumsum(weights.take(of.alone[:-1]) + paired, out=sums[1:])
    total = sums.take(of.last) - sums.take(of.first) + paired.take(of.first - 1)
    count = 2 * (of.last - of.first) + 1
    plain = ((total >> _LANES) & _LANE_MASK).astype(np.int64) - _OFFSET * count
    out: npt.NDArray[np.float32] = (plain / np.sqrt(count + 1.0)).astype(np.float32) * SCALE
    return out
