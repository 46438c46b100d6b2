"""Lines in disguise: hidden characters stand inside their words, or letters of two alphabets or two widths are mixed.

No reader sees it, so it is there for filters; it is an advert's where the other lines of the document have none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

import numpy as np

from ..document import Change, Document
from .screen import Screened

HIDDEN = "repair/any/zero-width"
"""The rule by which hidden characters have left the line when adverts are looked for."""
FEWEST = 4
"""From how many hidden characters inside words on a line is in disguise. Between a small letter and a capital there is
no inside: there cells that were glued together end, and the parts of a name in code."""
REASON = "in disguise"
MIXED = 6
"""The same for places where letters of two alphabets meet, or words of two widths: a word typed with letters that look
alike has two to four."""
SHARE = 3
"""One of so many lines at most is in disguise: where more are, it is the document's own way."""


def hidden(doc: Document) -> set[int]:
    """Return the lines from whose words hidden characters were taken, FEWEST or more."""
    taken: dict[int, list[Change]] = defaultdict(list)
    for change in doc.changes:
        if change.rule == HIDDEN:
            taken[change.line].append(change)
    return {at for at, of in taken.items() if _inside_words(doc.lines[at].text, of) >= FEWEST}


def _inside_words(text: str, taken: Sequence[Change]) -> int:
    """Return how many of the changes, the last of a line first, took something from between two letters."""
    found, left = 0, 0
    for change in reversed(taken):
        at = change.start - left
        left += len(change.before)
        if 0 < at < len(text) and text[at - 1 : at + 1].isalpha():
            found += not (text[at].isupper() and text[at - 1].islower())
    return found


def masked(lines: Sequence[str], hidden: Collection[int], screened: Screened) -> frozenset[int]:
    """Return the lines of a document that are in disguise while the others are not."""
    found = frozenset([*hidden, *np.flatnonzero(screened.mixed >= MIXED).tolist()])
    return found if found and SHARE * len(found) <= sum(map(bool, lines)) else frozenset()
