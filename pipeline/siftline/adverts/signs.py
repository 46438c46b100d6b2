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


def signs(lines: Sequence[str]) -> npt.NDArray[np.float32]:
    """Return the measures of lines without line feeds in them and without blanks around them, (measures, lines).

    >>> dict(zip(NAMES, signs(["Win 20 now!"])[:, 0].tolist(), strict=True))["ends with exclamation"]
    1.0
    """
    text = "\n".join(lines) + "\n"
    codes = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.dtype("<u2"))
    found = np.take(_table(), codes)
    feeds = np.flatnonzero(codes == ord("\n"))
    sizes = np.diff(feeds, prepend=-1) - 1
    special = np.flatnonzero(found)
    line = np.searchsorted(feeds, special)
    count = np.bincount(line * len(KINDS) + found[special], minlength=feeds.size * len(KINDS))
    numbers = count.reshape(feeds.size, len(KINDS)).T[1:].astype(np.float32)
    size = np.maximum(sizes, 1).astype(np.float32)
    last = found[np.maximum(feeds - 1, 0)]
    ends = np.stack([last == KINDS.index(kind) for kind in _LAST]).astype(np.float32)
    whole = np.stack([np.log(size / 40), (size < 20).astype(np.float32)])
    return np.concatenate([np.minimum(numbers, 4) / 2, numbers / size * 5, ends, whole]).astype(np.float32)
