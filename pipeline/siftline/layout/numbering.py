"""Headings that count: where one number of a row stays, the next one does too if the article goes on below it."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import regex

from ..bilingual.numerals import han
from ..late import late
from ..prose import is_sentence, width

LONGEST = 60
"""Width of the longest heading."""
_NUMBERED = late(
    regex.compile,
    r"[^\p{L}\p{N}]{0,4}+(?<before>top|no\.?|part|chapter|step|lesson|day|round|第|глава|часть|шаг|урок|день)?+\s*+"
    r"(?<number>\d{1,2}|[一二三四五六七八九十]{1,2})(?![:：.]?\d)(?<behind>[.、:：)）．,]|[章节部分集回步天课]|)(?=\s|\p{L}|$)",
    regex.V1 | regex.IGNORECASE,
)
_NUMBER = re.compile(r"[\d一二三四五六七八九十]")
_NO_HEADING = frozenset(string.ascii_letters) - frozenset("cdlnprstCDLNPRST")
"""Letters with which no word begins that stands before a number: most lines need not be matched."""


def headings(texts: Sequence[str]) -> Iterator[tuple[int, tuple[str, str, bool], int]]:
    """Yield the lines that can be numbered headings: their index, the kind of their number, and the number.

    >>> [(at, number) for at, _, number in headings(["TOP 7. Long Sands", "It was built in 1874.", "第十二章 风"])]
    [(0, 7), (2, 12)]
    """
    match = _NUMBERED.match
    for at, text in enumerate(texts):
        if len(text) > LONGEST or text.lstrip()[:1] in _NO_HEADING or not _NUMBER.search(text):
            continue
        if (found := match(text)) and width(text) <= LONGEST and not is_sentence(text):
            number = found["number"]
            if not (found["before"] or found["behind"] or number[0] == "0"):
                continue  # a counter, a vote, how long ago
            kind = found["before"] or "", found["behind"], number.isdecimal()
            yield at, (kind[0].casefold(), *kind[1:]), int(number) if number.isdecimal() else han(number)


def keep_numbered(kept: npt.NDArray[Any], texts: Sequence[str]) -> None:
    """Let a numbered heading stay that a sentence of the article follows, where the one before or after it stays."""
    gone = np.flatnonzero(~kept).tolist()
    found = [(gone[nth], kind, number) for nth, kind, number in headings([texts[at] for at in gone])]
    if not found:
        return
    left = [texts[at] for at in np.flatnonzero(kept).tolist()]
    staying = {(kind, number) for _, kind, number in headings(left)}
    for at, kind, number in found:
        if not kept[at] and {(kind, number - 1), (kind, number + 1)} & staying:
            text = _text_below(kept, texts, at)
            kept[at:text] = True


def _text_below(kept: npt.NDArray[Any], texts: Sequence[str], at: int) -> int:
    """Return the first line of the article below a heading that a line with its words can part from its number, or the
    heading itself where none follows.
    """
    words = any(map(str.isalpha, _NUMBERED.sub("", texts[at], count=1)))
    below = at + 1 if words else at + 2
    if below >= len(texts) or not kept[below] or not is_sentence(texts[below]):
        return at
    return below if words or width(texts[at + 1]) <= LONGEST else at
