"""The lines of a document as the automata search them: folded, in UTF-8, a line feed between.

To fold case costs more than to search, so it is done through a table of code points, and together with what a rule
squeezes.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from . import patterns
from .beginnings import hashed
from .squeeze import GONE, Squeeze
from .tables import kept

_Codes = npt.NDArray[np.uint32]
_SEVERAL = GONE - 1  # folds to more than one character
_BLOCK = 256
_CASED = (range(0, 0x3000, _BLOCK), range(0xA000, 0xAC00, _BLOCK), range(0xF900, 0x1F000, _BLOCK))  # starts of blocks


class View:
    """The lines of a document as the rules of one kind see them: as they stand, or squeezed."""

    def __init__(self, lines: Sequence[str], squeeze: Squeeze | None = None, text: str | None = None) -> None:
        """Take the lines, and their `text` with line feeds between where that is known."""
        self.originals = lines
        """The lines as they stand."""
        self._squeeze = squeeze
        self._codes = _folded("\n".join(lines) if text is None else text, squeeze)
        self.folded = _encoded(self._codes)
        """All of them, squeezed and with their case folded, in UTF-8, a line feed between."""

    def line(self, at: int) -> str:
        """Return a line as it is searched."""
        line = self.originals[at]
        return self._squeeze(line) if self._squeeze else line

    @cached_property
    def beginnings(self) -> npt.NDArray[np.uint32]:
        """What the lines begin with, see beginnings.py."""
        return hashed(self._codes)

    @cached_property
    def sizes(self) -> npt.NDArray[np.int64]:
        """The characters of each line as it stands."""
        return np.fromiter(map(len, self.originals), dtype=np.int64, count=len(self.originals))

    @cached_property
    def pieces(self) -> list[bytes]:
        """The lines of `folded`."""
        return self.folded.split(b"\n")

    @cached_property
    def breaks(self) -> list[int]:
        """`ends` as numbers of Python, which are quicker to look up one by one."""
        breaks: list[int] = self.ends.tolist()
        return breaks

    @cached_property
    def ends(self) -> npt.NDArray[np.int64]:
        """Where each line but the last ends in `folded`."""
        return np.flatnonzero(np.frombuffer(self.folded, dtype=np.uint8) == ord("\n"))


def _folded(text: str, squeeze: Squeeze | None) -> npt.NDArray[Any]:
    """Return the code points of a text squeezed and folded, as bytes where it is all ASCII."""
    if squeeze is None and text.isascii():
        return np.frombuffer(text.lower().encode(), dtype=np.uint8)
    codes = _table(squeeze)[_codes(text)]
    if (codes == _SEVERAL).any():
        return _codes(patterns.fold(squeeze(text) if squeeze else text))
    return codes[codes != GONE] if squeeze else codes


def _codes(text: str) -> _Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def _encoded(codes: npt.NDArray[Any]) -> bytes:
    data: bytes = codes.tobytes()
    if codes.dtype == np.uint8:
        return data
    return data.decode("utf-32-le", "surrogatepass").encode("utf-8", "surrogatepass")


@cache
def _table(squeeze: Squeeze | None) -> _Codes:
    """Return what becomes of each code point; `_SEVERAL` for those that fold to more than one."""
    if squeeze is not None:
        table = _table(None).copy()
        places = np.fromiter(squeeze.table, dtype=np.int64, count=len(squeeze.table))
        squeezed = squeeze.codes[places]
        table[places] = np.where(squeezed == GONE, GONE, table[np.where(squeezed == GONE, 0, squeezed)])
        return table
    table = np.arange(0x110000, dtype="<u4")
    for code, folded in _changed():
        table[code] = ord(folded) if len(folded) == 1 else _SEVERAL
    return table


@kept
def _changed() -> list[tuple[int, str]]:
    """Return the code points that folding changes, with what they become; scripts without case are not looked at."""
    changed = []
    for start in chain(*_CASED):
        block = "".join(map(chr, range(start, start + _BLOCK)))
        if patterns.fold(block) != block:
            changed += [(ord(char), patterns.fold(char)) for char in block if patterns.fold(char) != char]
    return changed
