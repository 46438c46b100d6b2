"""The sentences of a line, and those of them that can be an advert put into it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..late import late

SHORTEST, LONGEST, SHORTEST_REST = 12, 250, 30
"""Characters that such sentences have at least and at most, and the paragraph around them at least, unless that states
something."""
_WINDOW = 3
"""How many sentences a window has at most."""
_MOST = 40
"""Sentences of one paragraph that are looked at, from its end on."""
_HAN = r"[\u3400-\u9fff]"
SENTENCE_END = late(
    re.compile,
    r"[。！？.!?…~～](?:(?<=[。！？])(?:(?![。！？”」』）\"'])|[”」](?=.))"
    r"|(?<=[.!?…])(?<!\s\.)[\"”»]?[^\S\n]+(?:(?=[^\Wa-zа-яё_]|[^\w\s]|\d)|(?<=[^\W\d_A-ZА-ЯЁ]{4}[.!?…] ))"
    rf"|(?:(?<=[!?…~～])|(?<=\.\.\.))(?={_HAN}))",
)
"""A full stop, in Chinese also one behind which a quotation ends; in other languages what begins like a sentence must
follow, or a whole word stand before it; or an ASCII mark before Han. A dot that stands apart breaks up a name."""
_STATEMENT = late(
    re.compile,
    r"\s*(?:[“「『«]?[\u3400-\u9fff](?:[^\d@#:：/！？!?]|：[“「『])+[^\W\d_]。[”」』]?\s*"
    r"|[“«\"]?[A-ZА-ЯЁ][^\d@#:：/！？!?]*[^\W\d_]\s[^\d@#:：/！？!?]*[^\W\d_]{2}\.[”»\"]?(?:\s+|$))+",
)
"""Sentences that end with a full stop, of two words or three characters or more, with no figure, question or contact:
adverts seldom begin or end with one, stories do."""
_ANY_HAN = late(re.compile, _HAN)
_BEHIND_CONTACT = late(
    re.compile,
    rf"[a-zA-Z\d\u20e3/)）](?={_HAN})"
    r"(?:(?<=[!-~]{3})|(?<=[!-~]{2}）)|(?<=[.。点 ][a-zA-Z]{2})|(?<=\u20e3)|(?<=\u20e3[)）]))",
)
_BEFORE_CAPITAL = late(re.compile, r"(?<=[\dmt\u20e3])\s+(?=[A-ZА-ЯЁ“«\"])")
"""Where an account or a number can end, and what goes on begins like a sentence of its own."""
_CONTACT = late(
    re.compile,
    r"(?:\d{3}|[a-z_]\d\d|\u20e3|_bot|@\w{3,}|[.。点 ](?:com|net|org|cn|ru|top|vip)(?:/[!-'*-~]*)?"
    r"|(?:https?:|www\.|t\.me)[!-'*-~]{3,})[)）]?$",
    re.I | re.A,
)
_LONGEST_END = 60
_SAID = re.compile(r"[：:，,\w]")


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
    numbers = [match.end() for match in _BEFORE_CAPITAL.finditer(line) if _is_contact(line, match.start())]
    return list(pairwise([0, *sorted({*_ends(line), *numbers} - {0, len(line)}), len(line)]))


def split(lines: Sequence[str]) -> list[list[tuple[int, int]]]:
    """Return the same for all lines at once, but for contacts before a capital letter.

    >>> split(["It rained. It blew.", "添加 t.me/example昨天下雨了。"])
    [[(0, 11), (11, 19)], [(0, 15), (15, 21)]]
    """
    ends = iter([*sorted({*_ends("\n".join(lines))}), sum(map(len, lines)) + len(lines)])
    found, start, cut = [], 0, next(ends)
    for line in lines:
        places = [0]
        while cut < start + len(line):
            if cut > start:
                places.append(cut - start)
            cut = next(ends)
        found.append(list(pairwise([*places, len(line)])))
        start += len(line) + 1
    return found


def _ends(text: str) -> Iterator[int]:
    """Yield where sentences end."""
    for match in SENTENCE_END.finditer(text):
        if match[0][-1] not in "”」" or _is_told(text, match):
            yield match.end()
    if _ANY_HAN.search(text):
        for match in _BEHIND_CONTACT.finditer(text):
            if _is_contact(text, match.end()):
                yield match.end()


def _is_contact(text: str, end: int) -> bool:
    last = text[max(0, end - 3) : end]
    if len(last) == 3 and last.isdigit() and last.isascii():  # most often a year
        return True
    return _CONTACT.search(text, max(0, end - _LONGEST_END), end) is not None


def _is_told(line: str, end: re.Match[str]) -> bool:
    """Return whether a quotation that ends in Chinese comes after who says it: what follows is no more of it."""
    begins = line.rfind("“" if end[0][-1] == "”" else "「", 0, end.start())
    return begins > 0 and _SAID.match(line[begins - 1]) is not None


def windows(line: str) -> list[tuple[int, int, int]]:
    """Return from where to where one to three sentences of a line go that could be an advert in it, and their number.

    >>> windows("The ferry came late again. Loans for all, call now! Nobody on the quay had a loan.")
    [(0, 27, 1), (0, 52, 2), (27, 52, 1), (27, 82, 2), (52, 82, 1)]
    """
    places = sentences(line)[-_MOST:]
    found = [
        (places[first][0], places[last][1], last - first + 1)
        for first in range(len(places))
        for last in range(first, min(first + _WINDOW, len(places)))
    ]
    return [window for window in found if _fits(line, window[0], window[1])]


def _fits(line: str, start: int, end: int) -> bool:
    if not SHORTEST <= end - start <= LONGEST:
        return False
    return len(line) - (end - start) >= SHORTEST_REST or is_statement(line[:start] + line[end:])


def states(text: str) -> bool:
    """Whether a text states something in whole sentences, as stories do and what draws buyers does not."""
    return _STATEMENT.fullmatch(text) is not None


def is_statement(text: str) -> bool:
    """Whether a text states something, and is brief.

    >>> is_statement("The clock ticked."), is_statement("Bad knees? "), is_statement("Mrs. "), is_statement("雨停了。")
    (True, False, False, True)
    """
    return len(text) < SHORTEST_REST and states(text)
