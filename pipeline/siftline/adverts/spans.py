"""Sentences of a paragraph that can be an advert put into it: those with a contact in them, and those around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from ..late import late
from .screen import screen

SHORTEST, LONGEST, SHORTEST_REST = 12, 250, 30
"""Characters that such sentences have at least and at most, and the paragraph around them at least, unless that states
something."""
_AROUND = ((0, 0), (1, 0), (0, 1), (2, 0))
"""How many sentences before and behind the one with the contact can belong to it."""
_WINDOW = 3
"""How many sentences a window has at most."""
_MOST = 40
"""Sentences of one paragraph that are looked at, from its end on."""
SENTENCE_END = late(
    re.compile,
    r"(?<=[。！？])(?![”」』）\"'])|(?<=[。！？][”」』])(?![，。！？、；：”」』）])"
    r"|(?<=[.!?…])(?<!\s\.)[\"”»]?\s+(?=[^\Wa-zа-я_]|[^\w\s]|\d)",
)
"""Not behind a dot that stands apart, as those do that break up the names in adverts."""
_STATEMENT = late(
    re.compile,
    r"\s*(?:[“「『«]?[\u3400-\u9fff](?:[^\d@#:：/！？!?]|：[“「『])+[^\W\d_]。[”」』]?\s*"
    r"|[“«\"]?[A-ZА-ЯЁ][^\d@#:：/！？!?]*[^\W\d_]\s[^\d@#:：/！？!?]*[^\W\d_]{2}\.[”»\"]?(?:\s+|$))+",
)
"""Sentences that end with a full stop, of two words or three characters or more, with no figure, question or contact:
adverts seldom begin or end with one, stories do."""
_CONTACT_END = late(re.compile, r"(?<=[\dmt\u20e3])(?:(?=[\u3400-\u9fff])|\s+(?=[A-ZА-ЯЁ“«\"]))")
"""Where an account or a number can end, and what goes on begins like a sentence of its own."""
_CONTACT = late(re.compile, r"(?:\d{3}|[a-z_]\d\d|\u20e3|[.。点 ]com|_bot)$")
_LONGEST_END = 5


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
    cuts = {match.end() for match in SENTENCE_END.finditer(line)}
    for match in _CONTACT_END.finditer(line):
        if _CONTACT.search(line[max(0, match.start() - _LONGEST_END) : match.start()]):
            cuts.add(match.end())
    places = [0, *sorted(cuts - {0, len(line)}), len(line)]
    return list(pairwise(places))


def spans(lines: Sequence[str], at: Sequence[int]) -> Iterator[Span]:
    """Yield what can be an advert in the paragraphs whose indices are given: the sentence with the contact, that and
    the one before or behind it, or two before it.
    """
    split = {line: sentences(lines[line])[-_MOST:] for line in at if len(lines[line]) > SHORTEST}
    parts = [(line, number) for line, places in split.items() for number in range(len(places)) if len(places) > 1]
    texts = [lines[line][slice(*split[line][number])] for line, number in parts]
    with_contact = np.flatnonzero(screen(texts).contact).tolist() if texts else []
    met: set[Span] = set()
    for line, number in (parts[which] for which in with_contact):
        places = split[line]
        for before, behind in _AROUND:
            if number >= before and number + behind < len(places):
                span = Span(line, places[number - before][0], places[number + behind][1])
                if span not in met and _fits(lines[line], span.start, span.end):
                    met.add(span)
                    yield span


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
