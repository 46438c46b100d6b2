"""Which kinds of characters a line has: what most patterns need tells at once that they can't be in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ..tables import kept
from .folding import folded

LATIN, CYRILLIC, HAN, DIGIT, AT, BRACKET, KEY, MONEY, BREAK, POINT, NUMERAL = (1 << bit for bit in range(11))
"""One bit for each kind: letters of both alphabets, also of full width and of other shapes; Han; digits; `@`; opening
brackets; digits as keys, in circles or of full width, and hearts; what stands beside a price; what words are broken
with; a full stop or the character for one; numerals in Han."""
LETTER = LATIN | CYRILLIC
_CHARACTERS = {
    AT: "@＠", BRACKET: "[({", KEY: "⓪①②③④⑤⑥⑦⑧⑨\u20e3〇零❤♥＠０１２３４５６７８９", MONEY: "$€£¥￥₽元块万тТмМ",
    BREAK: " .·•・*_~|-", POINT: ".．点點", NUMERAL: "零一二三四五六七八九",
}  # fmt: skip


@kept
def _table() -> npt.NDArray[np.uint16]:
    """Return the kinds of each character of the first plane: to fold them all takes a tenth of a second."""
    table = np.zeros(0x10000, np.uint16)
    table[0x3400:0xA000] |= HAN
    for code in [*range(0x3000), *range(0xA000, 0xD800), *range(0xE000, 0x10000)]:
        char = chr(code)
        if char.isdecimal():
            table[code] |= DIGIT
        elif char.isalnum() and (plain := folded(char)).isalpha() and plain < "\u0530":
            table[code] |= CYRILLIC if plain >= "\u0400" else LATIN
    table[0x400:0x500] |= CYRILLIC
    table[0xD835] |= LATIN | DIGIT  # the first half of mathematical letters and digits in UTF-16
    for kind, characters in _CHARACTERS.items():
        table[[ord(char) for char in characters]] |= kind
    return table


_PIECE, _END, _BEFORE, _BEHIND = 1, 2, 4, 8
"""What is between pieces of a line, what ends a sentence, and what does so before blanks and quotation marks, which are
`_BEHIND`."""
_MARKS = {_PIECE: ",，、;；|/_✦", _END: "。！？", _BEFORE: ".!?…", _BEHIND: '"”»'}
_LAST_BLANK = 0x3000


@kept
def _marks() -> npt.NDArray[np.uint8]:
    table = np.zeros(0x10000, np.uint8)
    for kind, characters in _MARKS.items():
        table[[*map(ord, characters)]] = kind
    table[[code for code in range(_LAST_BLANK + 1) if chr(code).isspace()]] = _BEHIND
    return table


class Kinds(NamedTuple):
    """What characters lines have."""

    of: list[int]
    """The kinds of characters in each."""
    stops: list[int]
    """How many stops of sentences are in it."""
    pieces: list[int]
    """How many commas, bars and the like."""


def kinds(lines: Sequence[str]) -> Kinds:
    """Return what characters lines have, in which no line feed stands.

    >>> found = kinds(["微信12, a.b. c", "abc", ""])
    >>> [of & (HAN | DIGIT) for of in found.of] == [HAN | DIGIT, 0, 0], found.stops, found.pieces
    (True, [1, 0, 0], [1, 0, 0])
    """
    codes = np.frombuffer(("\n".join(lines) + "\n").encode("utf-16-le", "surrogatepass"), np.dtype("<u2"))
    starts = np.zeros(len(lines), np.intp)
    starts[1:] = (codes == ord("\n")).nonzero()[0][: len(lines) - 1] + 1
    marks = _marks().take(codes)
    ends = marks == _END
    ends[:-1] |= (marks[:-1] == _BEFORE) & (marks[1:] == _BEHIND)
    stops, pieces = (np.add.reduceat(one, starts, dtype=np.intp).tolist() for one in (ends, marks == _PIECE))
    return Kinds(np.bitwise_or.reduceat(_table().take(codes), starts).tolist(), stops, pieces)
