"""Patterns of large classes of characters, made small: characters that are in the same classes of a pattern are one
kind, a text is turned into their kinds through a table, and the pattern is searched for in that.

`re` takes some milliseconds to compile a class of thousands of characters; the kinds are kept between processes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from ..tables import kept

_CLASS = re.compile(r"\[[^\]]*\]|[^\x00-\x7f]")
"""A class, or a character that stands alone; there are no others in the patterns that this is for."""
_SYNTAX = re.compile(r"[()?:<=!|{}\d,]*")


def found_in(pattern: str, lines: Sequence[str]) -> list[int]:
    r"""Return the indices of the lines in which a pattern is found. It is made of classes without a bracket in them,
    and never reaches over the end of a line.

    >>> found_in("[а-я](?<=[д-я])[^\\n]?[a-z]", ["где", "д-a", "гa"])
    [1]
    """
    table, small = _kinds(pattern)
    points = np.frombuffer("\n".join(lines).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    feeds = (points == 0x0A).nonzero()[0].tolist()
    kinds = table.take(points, mode="clip").tobytes().decode("latin-1")
    found: list[int] = []
    search = _compiled(small).search
    match = search(kinds)
    while match:
        at = bisect_left(feeds, match.start())
        found.append(at)
        match = search(kinds, feeds[at] + 1) if at < len(feeds) else None
    return found


@cache
def _compiled(small: str) -> re.Pattern[str]:
    return re.compile(small)


@kept
def _kinds(pattern: str) -> tuple[npt.NDArray[np.uint8], str]:
    """Return the kind of each character of the BMP, and one for all others, and the pattern for kinds."""
    if not _SYNTAX.fullmatch(_CLASS.sub("", pattern)):
        raise ValueError(f"a pattern of more than classes: {pattern}")
    every = "".join(map(chr, range(0x10000))) + "\U00010000"
    classes = {text: at for at, text in enumerate(dict.fromkeys(_CLASS.findall(pattern)))}
    member = np.zeros((len(classes), len(every)), dtype=np.bool_)
    for text, at in classes.items():
        for run in re.finditer(f"{text}+", every):
            member[at, run.start() : run.end()] = True
    columns, kinds = np.unique(np.packbits(member, axis=0), axis=1, return_inverse=True)
    if columns.shape[1] > 0x100:
        raise ValueError(f"a pattern of too many classes: {pattern}")
    inside = np.unpackbits(columns, axis=0)

    def small(match: re.Match[str]) -> str:
        return "[" + "".join([rf"\x{kind:02x}" for kind in inside[classes[match[0]]].nonzero()[0]]) + "]"

    return kinds.reshape(-1).astype(np.uint8), _CLASS.sub(small, pattern)
