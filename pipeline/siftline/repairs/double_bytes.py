"""What the pairs of bytes of a codec say that writes Chinese with two bytes a character, all of them at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ..tables import kept

FIRST, SECOND = range(0x81, 0xFF), range(0x40, 0xFF)
"""First and second bytes of a pair."""
NONE = 0xFFFD
"""Stands for a pair that says nothing, or more than one character."""
LAST = 0x2FFFF
"""The last code point of the planes that codecs with pairs write."""


@kept
def characters_of(codec: str) -> npt.NDArray[np.uint32]:
    """Return the code point of each pair of bytes, by first and second byte from 81 and 40 on, or NONE.

    >>> hex(characters_of("gb18030")[0xD6 - 0x81, 0xD0 - 0x40])  # 中
    '0x4e2d'
    """
    pairs = b"\n".join([bytes((first, second)) for first in FIRST for second in SECOND])  # no codec goes on over \n
    points = np.frombuffer(f"\n{pairs.decode(codec, 'replace')}\n".encode("utf-32-le"), dtype="<u4").astype(np.uint32)
    ends = np.flatnonzero(points == 0x0A)
    found = points[ends[:-1] + 1]
    found[(np.diff(ends) != 2) | (found > LAST)] = NONE
    return found.reshape(len(FIRST), len(SECOND))
