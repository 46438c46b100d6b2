"""Lines in disguise: hidden characters stand inside their words, or letters of two alphabets or two widths are mixed.

No reader sees it, so it is there for filters; it is an advert's where the other lines of the document have none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence

import numpy as np

from ..document import Change, Document
from ..squeeze import TWINS
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
HABIT = 3
"""Up to so many Latin letters are a habit where each always stands for its Cyrillic twin: people whose keyboards or
programs lacked a letter wrote so, and many texts of the nineties have every `р` as `p`."""
SHARE = 3
"""One of so many lines at most is in disguise: where more are, it is the document's own way."""
_BOTH = re.compile(r"\w*(?:[a-zA-Z][а-яёА-ЯЁ]|[а-яёА-ЯЁ][a-zA-Z])\w*")
_LATIN = re.compile(r"[a-zA-Z]")
_TWINS = {latin: twin for latin, twin in TWINS.items() if "а" <= twin.lower() <= "я"} | {"k": "к"}


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
    mixed = [at for at in np.flatnonzero(screened.mixed >= MIXED).tolist() if not _is_habit(lines[at])]
    found = frozenset([*hidden, *mixed])
    return found if found and SHARE * len(found) <= sum(map(bool, lines)) else frozenset()


def _is_habit(line: str) -> bool:
    """Whether all Latin letters in words with Cyrillic ones are a few that stand for their twins throughout the line.

    >>> _is_habit("Hовый пpогpаммист пpоснулся pано"), _is_habit("Зaрaбoток oт дoмa бeз влoжeний, рaбoта")
    (True, False)
    """
    used = {letter for word in _BOTH.findall(line) for letter in _LATIN.findall(word)}
    return 0 < len(used) <= HABIT and not any(_TWINS.get(letter, letter) in line for letter in used)
