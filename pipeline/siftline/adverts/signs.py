"""How many characters of each kind a line has, for all lines at once: what can be told of an advert at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

_MARKS = {
    "digit": "0123456789０１２３４５６７８９", "exclamation": "!！", "percent": "%％", "money": "$€£¥₽￥",
    "at": "@＠", "slash": "/\\", "colon": ":：", "stop": ".。", "question": "?？", "comma": ",，、;；",
    "quote": "“”\"«»「」『』'’", "plus": "+＋➕|~～", "hidden": "\u200b\u200c\u200d\u2060\u00ad\ufeff",
    "bracket": "()（）【】[]", "space": " \u00a0\u3000", "dash": "-–—·•_*", "cut": "…",
}  # fmt: skip
_RANGES = {
    "upper": ((0x41, 0x5A), (0x410, 0x42F)), "Han": ((0x3400, 0x9FFF),), "Cyrillic": ((0x430, 0x44F),),
    "full width": ((0xFF21, 0xFF3A), (0xFF41, 0xFF5A)), "symbol": ((0x2500, 0x27BF), (0xD83C, 0xD83E)),
}  # fmt: skip
KINDS = ("other", *_MARKS, *_RANGES)
"""Kinds of characters; what has no kind of its own is `other`."""
_LAST = ("digit", "exclamation", "stop", "cut", "Han", "other")
NAMES = (
    *(f"number of {kind}" for kind in KINDS[1:]), *(f"share of {kind}" for kind in KINDS[1:]),
    *(f"ends with {kind}" for kind in _LAST), "size", "short",
)  # fmt: skip
"""What `signs` measures."""


@cache
def _table() -> npt.NDArray[np.uint8]:
    table = np.zeros(0x10000, np.uint8)
    for name, spans in _RANGES.items():
        for first, last in spans:
            table[first : last + 1] = KINDS.index(name)
    for name, chars in _MARKS.items():
        table[[ord(char) for char in chars]] = KINDS.index(name)
    return table


@cache
def _ends() -> npt.NDArray[np.float32]:
    """Return for each kind of character what a line ends with that it ends."""
    return np.array([[kind == last for last in _LAST] for kind in KINDS], np.float32)


def signs(lines: Sequence[str]) -> npt.NDArray[np.float32]:
    """Return the measures of lines without line feeds in them and without blanks around them, (measures, lines).

    >>> dict(zip(NAMES, signs(["Win 20 now!"])[:, 0].tolist(), strict=True))["ends with exclamation"]
    1.0
    """
    codes = np.frombuffer(("\n".join(lines) + "\n").encode("utf-16-le", "surrogatepass"), np.dtype("<u2"))
    kinds = _table().take(codes)
    feeds = (codes == ord("\n")).nonzero()[0]
    room = feeds + 1  # of a line with its line feed
    room[1:] -= room[:-1].copy()
    cells = np.arange(0, feeds.size * len(KINDS), len(KINDS)).repeat(room)
    cells += kinds
    count = np.bincount(cells, minlength=feeds.size * len(KINDS)).reshape(feeds.size, len(KINDS))
    size = np.maximum(room - 1, 1).astype(np.float32)
    table = np.empty((len(NAMES), feeds.size), np.float32)
    numbers, shares, ends = (
        table[: len(KINDS) - 1],
        table[len(KINDS) - 1 : 2 * len(KINDS) - 2],
        table[-2 - len(_LAST) : -2],
    )
    numbers[:] = count.T[1:]
    np.divide(numbers, size, out=shares)
    shares *= 5
    np.minimum(numbers, 4, out=numbers)
    numbers /= 2
    ends[:] = _ends()[kinds[feeds - 1]].T  # of an empty line this is a line feed
    np.log(size / 40, out=table[-2])
    table[-1] = size < 20
    return table
