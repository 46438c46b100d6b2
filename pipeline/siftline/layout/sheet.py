"""The lines of documents as arrays of characters, so that everything about them is computed at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ..tables import kept

HEAD, TAIL = 96, 48
"""Characters that are looked at from the beginning and from the end of a long line."""
KINDS = (
    "symbol", "space", "digit", "lower", "upper", "han", "syllable", "end", "comma", "quote", "separator",
    "letter", "address", "bullet", "colon", "line",
)  # fmt: skip
"""Kinds of character. `syllable` is kana and hangul, `letter` has no case, `address` is @ & % + $ / = and \\."""
KIND = {name: number for number, name in enumerate(KINDS)}
_MARKS = {
    "end": ".!?。！？…．‥", "comma": ",，、;；", "colon": ":：", "quote": "\"'“”‘’「」『』《》〈〉()（）[]【】«»{}",
    "separator": "|｜>·/\\_-–—―=~<〉›‹→←^", "bullet": "•●○■□▪◆◇★☆※#*◦▶►▸✓✔", "address": "@&%+$€£¥￥©®™",
}  # fmt: skip
_RANGES = {
    "han": ((0x3400, 0x9FFF), (0xF900, 0xFAFF)),
    "syllable": ((0x3041, 0x30FF), (0x3105, 0x312F), (0x1100, 0x11FF), (0xAC00, 0xD7AF)),
}
_ALPHABETS = 0x2000  # below it letters are asked one by one


class Sheet(NamedTuple):
    """The characters of all lines in one array, each line between two line feeds."""

    codes: npt.NDArray[np.uint32]
    """The characters, with a line feed before, between and behind the lines."""
    starts: npt.NDArray[np.intp]
    """For each line where its first character stands in `codes`."""
    ends: npt.NDArray[np.intp]
    """For each line where its line feed stands."""
    sizes: npt.NDArray[np.float32]
    """The characters that each line really has, without the space around it."""
    indents: npt.NDArray[np.float32]
    """The blanks before each line."""
    repeats: npt.NDArray[np.float32]
    """The logarithm of how often each line stands in its document."""


def sheet(lines: Sequence[str], documents: Sequence[slice] = (slice(None),)) -> Sheet:
    r"""Lay out the lines of documents, one behind the other; none of them is blank.

    >>> laid = sheet(["ab", " c"])
    >>> laid.codes.tolist() == list(map(ord, "\nab\nc\n")), laid.starts.tolist(), laid.indents.tolist()
    (True, [1, 4], [0.0, 1.0])
    """
    left = list(map(str.lstrip, lines))
    bare = list(map(str.rstrip, left))
    sizes = np.fromiter(map(len, bare), np.intp, len(bare))
    lengths = np.minimum(sizes, HEAD + TAIL)
    short = bare
    long = np.flatnonzero(sizes > HEAD + TAIL).tolist()
    if long:
        short = bare.copy()
        for at in long:
            short[at] = bare[at][:HEAD] + bare[at][-TAIL:]
    joined = "\n" + "\n".join(short) + "\n"
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    ends = np.cumsum(lengths + 1)
    return Sheet(
        codes, ends - lengths, ends, sizes.astype(np.float32), _sizes(lines) - _sizes(left), _repeats(bare, documents)
    )


def _sizes(lines: Sequence[str]) -> npt.NDArray[np.float32]:
    return np.fromiter(map(len, lines), np.float32, len(lines))


def _repeats(bare: list[str], documents: Sequence[slice]) -> npt.NDArray[np.float32]:
    times = np.ones(len(bare), np.float32)
    for document in documents:
        lines = bare[document]
        seen = Counter(lines)
        if len(seen) < len(lines):
            times[document] = list(map(seen.__getitem__, lines))
    return np.log(times, out=times)


@kept
def kind_table() -> npt.NDArray[np.uint8]:
    """Return the kind of each character of the Basic Multilingual Plane, by code."""
    table = np.full(0x10000, KIND["symbol"], np.uint8)
    for code in range(_ALPHABETS):
        char = chr(code)
        if char.isalpha():
            table[code] = KIND["lower" if char.islower() else "upper" if char.isupper() else "letter"]
        elif char.isdigit():
            table[code] = KIND["digit"]
        elif char.isspace():
            table[code] = KIND["space"]
    table[0x2000:0x200C] = table[0x3000] = KIND["space"]
    table[0xFF10:0xFF1A] = KIND["digit"]
    for name, spans in _RANGES.items():
        for first, last in spans:
            table[first : last + 1] = KIND[name]
    for name, chars in _MARKS.items():
        table[[ord(char) for char in chars]] = KIND[name]
    table[ord("\n")] = KIND["line"]
    return table


def kinds(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint8]:
    """Return the kind of each character; what lies beyond the first plane is a symbol, or Han from U+20000.

    >>> [KINDS[kind] for kind in kinds(np.array([ord("a"), ord("中"), ord("。"), 0x1F600], np.uint32))]
    ['lower', 'han', 'end', 'symbol']
    """
    table = kind_table()
    if codes.size == 0 or int(codes.max()) < 0x10000:
        return table.take(codes)
    beyond = codes >= 0x10000
    out = table[np.where(beyond, 0, codes)]
    out[beyond] = KIND["symbol"]
    out[codes >= 0x20000] = KIND["han"]
    return out
