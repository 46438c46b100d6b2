"""What kinds of characters a text holds, found in one pass over it, so that clean text need not be looked at again.

Each sign is a bit. A table gives the signs of a character; the table is numpy's, so that a text costs some
milliseconds a megabyte, whatever is asked of it later.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from ..tables import kept
from . import signs as wrong

HIGH, LATIN, CYRILLIC, SMALL, CAPITAL, HAN, KOI_TAIL, CP1251_TAIL, GB_LEAD, BIG5_LEAD, BIG5_IN_GB, ODD, SURROGATE = (
    1 << bit for bit in range(13)
)
"""Signs: byte 80 to FF read as Windows-1252 · a letter or sign of A1 to FF · Cyrillic · its small letters · its
capitals · Chinese · what a continuation byte of UTF-8 is in KOI8-R · in Windows-1251 · what UTF-8 begins with in
GB18030 · in Big5 · what Big5 has in GB18030 and Chinese text seldom · characters that `characters` is about · halves
of characters."""
MOJIBAKE, RESIDUE, FORM, WIDE, GB_IN_BIG5, WIDE_MARK, BEFORE_MARK = (1 << bit for bit in range(13, 20))
"""What ftfy's mojibake holds · residue of lost text · characters that stand for others · full-width letters, digits ·
what GB18030 has in Big5 and Chinese text seldom · wide punctuation that may be folded · what stands before it."""
FOLDED_MARK, _LINE_FEED, BEYOND_ASCII, TRADITIONAL, SIMPLIFIED = (1 << bit for bit in range(20, 25))
"""What wide punctuation is folded to · the end of a line · all that is not ASCII · common Chinese characters that Big5
has and GB2312 has not · the reverse."""


def _classes() -> dict[int, str]:
    """Return the class of characters of each sign, as a pattern."""
    from . import characters, forms, punctuation, residue, second_opinion  # noqa: PLC0415 - they import this module

    return {
        HIGH: f"[{wrong.singles(0x80, 0xFF, 'cp1252')[1:-1]}\ufffd]",
        LATIN: "[\xa1-\xff]",
        CYRILLIC: "[\u0401-\u0491]",
        SMALL: "[а-яё]",
        CAPITAL: "[А-ЯЁЈј]",
        HAN: "[\u3400-\u9fff\uf900-\ufaff]",
        KOI_TAIL: wrong.koi8_continuation(),
        CP1251_TAIL: f"{wrong.CYRILLIC_CONTINUATION[:-1]}\xa0]",
        GB_LEAD: wrong.first_of_utf8_in("gb18030"),
        BIG5_LEAD: wrong.first_of_utf8_in("big5"),
        BIG5_IN_GB: wrong.BIG5_IN_GB,
        ODD: characters.SUSPECT,
        SURROGATE: "[\ud800-\udfff]",
        MOJIBAKE: second_opinion.signs(),
        RESIDUE: residue.SIGNS,
        FORM: forms.SIGNS,
        WIDE: forms.WIDE,
        GB_IN_BIG5: wrong.gb_in_big5(),
        WIDE_MARK: punctuation.WIDE,
        BEFORE_MARK: punctuation.BEFORE,
        TRADITIONAL: wrong.traditional(),
        SIMPLIFIED: wrong.simplified(),
    }


_CONTROLS = re.sub(rb"[\t\n\r -~]", b"", bytes(range(0x80)))
"""Control characters of ASCII, but for those that are white space."""

_ASTRAL = 0x10000
"""Where the table has what holds for all characters above U+FFFF."""


@kept
def _table() -> npt.NDArray[np.uint32]:
    table = np.zeros(_ASTRAL + 1, dtype=np.uint32)
    every = "".join(map(chr, range(0x10000)))
    for sign, characters in _classes().items():
        for run in re.finditer(f"{characters}+", every):
            table[run.start() : run.end()] |= sign
    table[_ASTRAL] = HAN | FORM | ODD
    table |= BEYOND_ASCII
    table[:0x80] = 0
    table[list(_CONTROLS)] = ODD
    table[[ord(mark) for mark in ",:;!?"]] = FOLDED_MARK
    table[0x0A] = _LINE_FEED
    return table


class Census:
    """A text and the signs in it.

    >>> Census("café").has(LATIN), Census("cafe").has(LATIN), Census("naÃ¯ve").pair(LATIN, HIGH)
    (True, False, True)
    """

    __slots__ = ("_counts", "_found", "_lines", "_of_lines", "ascii", "marks", "signs", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.ascii = text.isascii()
        self.marks: npt.NDArray[np.uint32] | None = None
        self.signs = 0
        self._lines: Sequence[str] | None = None
        self._of_lines: npt.NDArray[np.uint32] | None = None
        self._found: dict[tuple[int, int], list[int]] = {}
        self._counts: dict[int, int] = {}
        if not self.ascii or _has_controls(text):
            points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
            self.marks = _table().take(points, mode="clip")
            self.signs = int(np.bitwise_or.reduce(self.marks))

    @property
    def lines(self) -> Sequence[str]:
        """The lines of the text; split once."""
        if self._lines is None:
            self._lines = self.text.split("\n")
        return self._lines

    def has(self, *signs: int) -> bool:
        """Whether each of the signs is somewhere in the text."""
        for sign in signs:  # noqa: SIM110 - five times as quick
            if not self.signs & sign:
                return False
        return True

    def pair(self, first: int, second: int) -> bool:
        """Whether a character with one sign stands right before one with another."""
        return self.count_pairs(first, second) > 0

    def count_pairs(self, first: int, second: int) -> int:
        """Return how often a character with one sign stands right before one with another."""
        if self.marks is None or not self.has(first, second):
            return 0
        places = (self.marks & second).nonzero()[0]
        return int(np.count_nonzero(self.marks.take(places[places > 0] - 1) & first))

    def lines_with(self, sign: int, least: int = 1) -> list[int]:
        r"""Return the indices of the lines of the text with so many characters of a sign.

        >>> Census("a\nb é\nc").lines_with(LATIN)
        [1]
        """
        found = self._found.get((sign, least))
        if found is None:
            found = self._found[sign, least] = self._lines_with(sign, least)
        return found

    def _lines_with(self, sign: int, least: int) -> list[int]:
        if self.marks is None or not self.signs & sign:
            return []
        if least > 1:
            feeds = (self.marks & _LINE_FEED).nonzero()[0]
            counts = np.bincount(feeds.searchsorted((self.marks & sign).nonzero()[0]))
            return (counts >= least).nonzero()[0].tolist()
        return (self._signs_of_lines() & sign).nonzero()[0].tolist()

    def lines_with_both(self, first: int, second: int) -> list[int]:
        r"""Return the indices of the lines of the text with characters of each of two signs.

        >>> Census("国\n國\n国國").lines_with_both(SIMPLIFIED, TRADITIONAL)
        [2]
        """
        if not self.has(first, second):
            return []
        both = first | second
        found: list[int] = ((self._signs_of_lines() & both) == both).nonzero()[0].tolist()
        return found

    def _signs_of_lines(self) -> npt.NDArray[np.uint32]:
        assert self.marks is not None, "a text with signs has marks"
        if self._of_lines is None:
            starts = np.concatenate(([0], (self.marks & _LINE_FEED).nonzero()[0] + 1))
            self._of_lines = np.bitwise_or.reduceat(self.marks, starts[: len(starts) - self.text.endswith("\n")])
        return self._of_lines

    def count(self, sign: int) -> int:
        """Return how many characters have a sign."""
        if self.marks is None or not self.signs & sign:
            return 0
        if sign not in self._counts:
            self._counts[sign] = int(np.count_nonzero(self.marks & sign))
        return self._counts[sign]

    def characters(self, sign: int) -> str:
        """Return the characters with a sign, in their order.

        >>> Census("naïve café").characters(LATIN)
        'ïé'
        """
        if self.marks is None or not self.signs & sign:
            return ""
        return "".join([self.text[at] for at in np.flatnonzero(self.marks & sign)])


def _has_controls(text: str) -> bool:
    """Whether a text of ASCII has a control character that is no white space; `bytes` finds them quickest."""
    raw = text.encode()
    return len(raw.translate(None, _CONTROLS)) < len(raw)


@lru_cache(maxsize=2)
def of(text: str) -> Census:
    """Return the census of a text; that of the last two texts is known."""
    return Census(text)


def lines_with(sign: int, lines: Sequence[str]) -> list[int]:
    """Return the indices of the lines that hold a character of a sign."""
    return of("\n".join(lines)).lines_with(sign)
