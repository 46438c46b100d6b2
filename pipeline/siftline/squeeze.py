"""Folding a line so that a name broken up by dots, spaces or look-alike characters can be matched.

`样 . 例 影 业` and `Ｂｉｔ·ｃоin` (with a Cyrillic о) squeeze to `样例影业` and `Bitcoin`; offsets lead back to
the original, so that what a rule removes is the text as it stood.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import numpy.typing as npt

_SPACES = "".join(
    map(chr, (9, 0x20, 0xA0, 0x1680, *range(0x2000, 0x2010), 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF, 0xAD, 0x180E))
)
_BREAKERS = ".·•・･‧∙⋅。｡．_＿*＊~～^`'’‘|｜-－‐‑–—"
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
GONE = 0xFFFFFFFF
"""What `codes` has for a code point that squeezing takes away."""
_LONG, _PIECE = 200, 1 << 20  # characters from which a table of all code points is quicker, and that it takes at once
TWINS = dict(zip("aceijopsxyABCEHIJKMOPSTXY", "асеіјорѕхуАВСЕНІЈКМОРЅТХУ", strict=True))
"""Letters that look alike in Latin and Cyrillic (Unicode confusables, UTS #39), lower and upper case."""
_GREEK = {
    "ο": "o",
    "Ο": "O",
    "α": "a",
    "Α": "A",
    "Ε": "E",
    "Β": "B",
    "Η": "H",
    "Ι": "I",
    "Κ": "K",
    "Μ": "M",
    "Ν": "N",
    "Ρ": "P",
    "Τ": "T",
    "Χ": "X",
    "ν": "v",
}


@dataclass(frozen=True)
class Squeeze:
    """A table of what is folded; `for_language` gives the one that fits a rule's language."""

    table: dict[int, int | str | None]

    @staticmethod
    def for_language(lang: str) -> Squeeze:
        """Return the table for a rule file's language: look-alikes become Cyrillic for `ru`, Latin elsewhere."""
        return Squeeze._to(cyrillic=lang == "ru")

    @staticmethod
    @cache
    def _to(cyrillic: bool) -> Squeeze:
        table: dict[int, int | str | None] = dict(_FULL_WIDTH)
        if cyrillic:
            table |= {ord(a): b for a, b in TWINS.items()}
        else:
            table |= {ord(b): a for a, b in TWINS.items()}
            table |= {ord(greek): latin for greek, latin in _GREEK.items()}
        for code in range(0x1D400, 0x1D800):  # mathematical letters and digits
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and plain.isascii():
                table[code] = plain
        table |= dict.fromkeys(map(ord, _SPACES + _BREAKERS))
        return Squeeze(table)

    def __call__(self, text: str) -> str:
        r"""Return the folded text; line feeds stay.

        >>> Squeeze.for_language("zh")("微 . 信：Ａ·1\nA. B")
        '微信:A1\nAB'
        """
        return text.translate(self.table) if len(text) < _LONG else "".join(map(self._at_once, _pieces(text)))

    def _at_once(self, text: str) -> str:
        codes = self.codes[np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")]
        kept: bytes = codes[codes != GONE].tobytes()
        return kept.decode("utf-32-le", "surrogatepass")

    @cached_property
    def codes(self) -> npt.NDArray[np.uint32]:
        """What becomes of each code point."""
        codes = np.arange(0x110000, dtype="<u4")
        for code, new in self.table.items():
            codes[code] = GONE if new is None else new if isinstance(new, int) else ord(new)
        return codes

    def offsets(self, text: str) -> list[int]:
        """Return for each character of the folded text its offset in `text`, and at the end the text's length."""
        table = self.table
        out = [at for at, char in enumerate(text) if table.get(ord(char), char) is not None]
        return [*out, len(text)]

    def __hash__(self) -> int:
        return id(self)


def _pieces(text: str) -> Iterator[str]:
    return (text[at : at + _PIECE] for at in range(0, len(text), _PIECE))
