"""The lines of a document as the automata search them: folded, in UTF-8, a line feed between.

To fold case costs more than to search, so it is done through a table of code points, and together with what a rule
squeezes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, cached_property

import numpy as np
import numpy.typing as npt

from . import patterns
from .squeeze import GONE, Squeeze

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
        text = "\n".join(lines) if text is None else text
        self.folded = _folded(text, squeeze)
        """All of them, squeezed and with their case folded, in UTF-8, a line feed between."""

    def line(self, at: int) -> str:
        """Return a line as it is searched."""
        line = self.originals[at]
        return self._squeeze(line) if self._squeeze else line

    @cached_property
    def ends(self) -> npt.NDArray[np.int64]:
        """Where each line but the last ends in `folded`."""
        return np.flatnonzero(np.frombuffer(self.folded, dtype=np.uint8) == ord("\n"))


def _folded(text: str, squeeze: Squeeze | None) -> bytes:
    if squeeze is None and text.isascii():
        return text.lower().encode()
    codes = _table(squeeze)[np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")]
    if (codes == _SEVERAL).any():
        return patterns.fold(squeeze(text) if squeeze else text).encode("utf-8", "surrogatepass")
    if squeeze:
        codes = codes[codes != GONE]
    data: bytes = codes.tobytes()
    return data.decode("utf-32-le", "surrogatepass").encode("utf-8", "surrogatepass")


@cache
def _table(squeeze: Squeeze | None) -> _Codes:
    """Return what becomes of each code point; `_SEVERAL` for those that fold to more than one."""
    table = np.arange(0x110000, dtype="<u4")
    for code, folded in _changed():
        table[code] = ord(folded) if len(folded) == 1 else _SEVERAL
    if squeeze is None:
        return table
    codes = squeeze.codes
    return np.where(codes == GONE, GONE, table[np.where(codes == GONE, 0, codes)]).astype("<u4")


def _changed() -> Iterator[tuple[int, str]]:
    """Return the code points that folding changes, with what they become; scripts without case are not looked at."""
    for starts in _CASED:
        for start in starts:
            block = "".join(map(chr, range(start, start + _BLOCK)))
            if patterns.fold(block) != block:
                yield from ((ord(char), patterns.fold(char)) for char in block if patterns.fold(char) != char)
