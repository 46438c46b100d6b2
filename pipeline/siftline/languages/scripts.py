"""Which script each character belongs to, counted line by line over a whole document at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

NAMES = (
    "none", "latin", "han", "kana", "hangul", "cyrillic", "greek", "arabic", "hebrew", "thai", "devanagari",
    "armenian", "georgian", "bengali", "tamil", "bopomofo", "other",
)  # fmt: skip
"""The scripts told apart; the index of a name is its code. `none` is what is no letter."""
CODE = {name: code for code, name in enumerate(NAMES)}
LONGEST_LINE = 24_000
"""Of a longer line only its start, middle and end are read, in characters: enough to know its language."""
_CHUNK = 1 << 20  # characters counted at once: bounds the memory to some 20 MB

# From Scripts.txt of Unicode 15.1, letters alone. U+30FB and U+30FC are left out of kana, since Chinese uses them
# in foreign names and as a dash.
_RANGES = {
    "latin": (
        (0x41, 0x5A), (0x61, 0x7A), (0xAA, 0xAA), (0xBA, 0xBA), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x2AF),
        (0x1E00, 0x1EFF), (0xFB00, 0xFB06), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A),
    ),
    "han": (
        (0x3005, 0x3007), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2FA1F),
        (0x30000, 0x323AF),
    ),
    "kana": (
        (0x3041, 0x3096), (0x309D, 0x309F), (0x30A1, 0x30FA), (0x30FD, 0x30FF), (0x31F0, 0x31FF), (0xFF66, 0xFF9D),
    ),
    "hangul": ((0x1100, 0x11FF), (0x3131, 0x318E), (0xA960, 0xA97C), (0xAC00, 0xD7A3), (0xD7B0, 0xD7FB)),
    "cyrillic": ((0x400, 0x481), (0x48A, 0x52F), (0x1C80, 0x1C88), (0x2DE0, 0x2DFF), (0xA640, 0xA66E)),
    "greek": ((0x370, 0x373), (0x376, 0x377), (0x386, 0x386), (0x388, 0x3FF), (0x1F00, 0x1FFC)),
    "arabic": ((0x620, 0x64A), (0x66E, 0x6D3), (0x6FA, 0x6FF), (0x750, 0x77F), (0xFB50, 0xFDFB), (0xFE70, 0xFEFC)),
    "hebrew": ((0x5D0, 0x5EA), (0xFB1D, 0xFB4F)),
    "thai": ((0xE01, 0xE3A), (0xE40, 0xE4E)),
    "devanagari": ((0x900, 0x963), (0x970, 0x97F)),
    "armenian": ((0x531, 0x556), (0x561, 0x587)),
    "georgian": ((0x10A0, 0x10FF), (0x1C90, 0x1CBF)),
    "bengali": ((0x980, 0x9E3),),
    "tamil": ((0xB82, 0xBD7),),
    "bopomofo": ((0x3105, 0x312F), (0x31A0, 0x31BF)),
    "other": ((0x710, 0x74A), (0x780, 0x7B1), (0xA05, 0xB71), (0xC05, 0xDC6), (0xE81, 0xFBC), (0x1000, 0x109F),
              (0x1200, 0x13F5), (0x1780, 0x17B3), (0x1820, 0x18AA)),
}  # fmt: skip


def holds_han(text: str) -> bool:
    """Whether a text has a Chinese character of the first plane.

    >>> holds_han("an “é”"), holds_han("the 成果")
    (False, True)
    """
    if text.isascii():
        return False
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2")
    found = ((units >= 0x3400) & (units < 0xA000)) | ((units >= 0xF900) & (units < 0xFB00)) | (units == 0x3005)
    return bool(found.any())


@cache
def table() -> npt.NDArray[np.uint8]:
    """Return the script code of every code point."""
    codes = np.zeros(0x110000, dtype=np.uint8)
    for name, ranges in _RANGES.items():
        for first, last in ranges:
            codes[first : last + 1] = CODE[name]
    return codes


def codes(text: str) -> npt.NDArray[np.uint8]:
    """Return the script code of each character.

    >>> [NAMES[code] for code in codes("a中1я")]
    ['latin', 'han', 'none', 'cyrillic']
    """
    data = text.encode("utf-16-le", "surrogatepass")
    if len(data) > 2 * len(text):  # a character beyond the first plane takes two units
        return np.take(table(), np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4"))
    return np.take(table(), np.frombuffer(data, "<u2"))


def sample(text: str) -> str:
    """Return the text, or where it is longer than LONGEST_LINE a third of that from its start, middle and end."""
    if len(text) <= LONGEST_LINE:
        return text
    part, middle = LONGEST_LINE // 3, len(text) // 2
    return text[:part] + " " + text[middle : middle + part] + " " + text[-part:]


def count(texts: Sequence[str]) -> npt.NDArray[np.int64]:
    """Return for each text how many letters it has of each script: a row a text, a column a code.

    >>> count(["ab 中", ""])[:, 1:3].tolist()
    [[2, 1], [0, 0]]
    """
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    if lengths.size and int(lengths.max()) > LONGEST_LINE:
        texts = [sample(text) for text in texts]
        lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    if int(lengths.sum()) <= _CHUNK:
        return _count_chunk(texts, lengths)
    bounds = [0, *np.flatnonzero(np.diff(np.cumsum(lengths) // _CHUNK)).tolist(), len(texts)]
    return np.concatenate([_count_chunk(texts[a:b], lengths[a:b]) for a, b in pairwise(bounds) if a < b])


def _count_chunk(texts: Sequence[str], lengths: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    owners = np.repeat(np.arange(len(texts), dtype=np.int64) * len(NAMES), lengths)
    owners += codes("".join(texts))
    return np.bincount(owners, minlength=len(texts) * len(NAMES)).reshape(len(texts), len(NAMES))
