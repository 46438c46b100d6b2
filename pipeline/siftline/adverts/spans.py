"""The sentences of a line, and those of them that can be an advert put into it."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from ..late import late

SHORTEST, LONGEST, SHORTEST_REST = 12, 250, 30
"""Characters that such sentences have at least and at most, and the paragraph around them at least."""
_WINDOW = 3
"""How many sentences a window has at most."""
_MOST = 40
"""Sentences of one paragraph that are looked at, from its end on."""
_HAN = r"[\u3400-\u9fff]"
SENTENCE_END = late(
    re.compile,
    r"[。！？.!?…~～](?:(?<=[。！？])(?:(?![。！？”」』）\"'])|[”」](?!$))"
    r"|(?<=[.!?…])[\"”»]?\s+(?:(?=[^\Wa-zа-яё_]|[^\w\s]|\d)|(?<=[^\W\d_A-ZА-ЯЁ]{4}[.!?…] ))"
    rf"|(?:(?<=[!?…~～])|(?<=\.\.\.))(?={_HAN}))",
)
"""A full stop, in Chinese also one behind which a quotation ends; in other languages what begins like a sentence must
follow, or a whole word stand before it; or an ASCII mark before Han."""
_CONTACT_END = late(re.compile, rf"{_HAN}(?<=[a-zA-Z\d\u20e3/)）].)|\s(?<=[\d\u20e3mt]\s)\s*(?=[A-ZА-ЯЁ“«\"])")
"""Where an account or a number can end, and what goes on begins like a sentence of its own."""
_CONTACT = late(
    re.compile,
    r"(?:\d{3}|[a-z_]\d\d|\u20e3|_bot|@\w{3,}|[.。点 ](?:com|net|org|cn|ru|top|vip)(?:/[!-'*-~]*)?"
    r"|(?:https?:|www\.|t\.me)[!-'*-~]{3,})[)）]?$",
    re.I | re.A,
)
_LONGEST_END = 60
_SAID = re.compile(r"[：:，,\w]$")


class Span(NamedTuple):
    """Some sentences of a line."""

    line: int
    start: int
    end: int


def sentences(line: str) -> list[tuple[int, int]]:
    """Return from where to where each sentence of a line goes, the blanks behind it counted in.

    >>> sentences("It rained. Add @example_00 The boat left.")
    [(0, 11), (11, 27), (27, 41)]
    """
    cuts = {match.end() for match in SENTENCE_END.finditer(line) if match[0][-1] not in "”」" or _is_told(line, match)}
    for match in _CONTACT_END.finditer(line):
        if _CONTACT.search(line[max(0, match.start() - _LONGEST_END) : match.start()]):
            cuts.add(match.end() if match[0].isspace() else match.start())
    places = [0, *sorted(cuts - {0, len(line)}), len(line)]
    return list(pairwise(places))


def _is_told(line: str, end: re.Match[str]) -> bool:
    """Return whether a quotation that ends in Chinese comes after who says it: what follows is no more of it."""
    begins = line.rfind("“" if end[0][-1] == "”" else "「", 0, end.start())
    return begins > 0 and _SAID.search(line[:begins]) is not None


def windows(line: str) -> list[tuple[int, int, int]]:
    """Return from where to where one to three sentences of a line go that could be an advert in it, and their number.

    >>> windows("The ferry came late again. Loans for all, call now! Nobody on the quay had a loan.")
    [(0, 27, 1), (0, 52, 2), (27, 52, 1), (52, 82, 1)]
    """
    places = sentences(line)[-_MOST:]
    found = [
        (places[first][0], places[last][1], last - first + 1)
        for first in range(len(places))
        for last in range(first, min(first + _WINDOW, len(places)))
    ]
    return [window for window in found if _fits(window[1] - window[0], line)]


def _fits(size: int, line: str) -> bool:
    return SHORTEST <= size <= LONGEST and len(line) - size >= SHORTEST_REST
