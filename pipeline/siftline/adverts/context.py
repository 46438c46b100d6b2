"""What the lines around a line say of it: an advert that somebody put into a document shares hardly a word with the
rest of it, and has no place in its lists.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cached_property
from operator import add

import numpy as np
import numpy.typing as npt

from ..late import late

STRANGE, KIN, HALF = -0.8, 2.5, 0.5
"""How much surer an advert must be of which no word stands in the rest of the document, and one of which half the
words do, or more. Of lines of articles that look like offers the middle one shares .8 of its words in English and .25
in Chinese, of adverts none: nine in ten of them share less than a third."""
_LEAST_REST = 200
"""Characters of the rest of a document from which it says something that a word is not in it."""
_HAN = late(re.compile, r"[\u3400-\u9fff]{2,}")
_WORD = late(re.compile, r"[^\W\d_\u3400-\u9fff]{5,}")
_STEM = 6
_NUMBER = re.compile(r"\W{0,3}(\d{1,3})[.、．)）:：]")
_BULLET = re.compile(r"[-*•·+]\s|\|")
_CODE = re.compile(r"\t|^(?:[@#>{<]|\$\s)|<https?:|[(){}\[\]=]{2}|@v?\d+\.|\w\(\d|=>")
_FIGURES = re.compile(r"\W*\d(?:\W*\d){20,}\W*")
IN_QUOTES = re.compile(r"[“„«「][^”“»」]{6,}[”“»」]|\"[^\"]{12,}\"")
_LINK = r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?:[/:?#][^\s,]*)?"
_BARE_LINK = re.compile(rf"[\s•·*>-]*(?:[^\s:：]{{1,14}}[:：]\s*)?{_LINK}(?:,?\s+{_LINK})*", re.ASCII)


class Context:
    """The document that lines stand in, without those that could be adverts themselves."""

    def __init__(self, lines: Sequence[str], without: Collection[int]) -> None:
        """Take the lines of a document, and the indices of those that say nothing of the others."""
        self.lines = lines
        self.without = without

    @cached_property
    def rest(self) -> str:
        """What stands in the other lines, in small letters."""
        return "\n".join([line for at, line in enumerate(self.lines) if at not in self.without]).lower()

    @cached_property
    def _known(self) -> npt.NDArray[np.uint32]:
        """All pairs of neighbouring characters in the rest, as numbers in ascending order."""
        codes = np.frombuffer(self.rest.encode("utf-16-le", "surrogatepass"), "<u2")
        return np.sort(np.ndarray((max(0, codes.size - 1),), "<u4", codes, strides=(codes.itemsize,)))

    def _shared(self, pairs: Collection[str], own: str = "") -> int:
        """Return how many pairs of Chinese characters stand in the rest more often than in `own`: a hundred are looked
        up in less time than one is searched for.
        """
        if not pairs:
            return 0
        wanted = np.frombuffer("".join(pairs).encode("utf-16-le"), "<u4")
        count = self._known.searchsorted(wanted, "right") - self._known.searchsorted(wanted)
        return int(np.count_nonzero(count > ([own.count(pair) for pair in pairs] if own else 0)))

    def surer(self, text: str) -> float:
        """Return by how much surer it must be that a text is an advert, negative where less will do.

        >>> bread = Context(["Rye bread wants a long night in a cold kitchen.", "Bake it hot."] * 5, ())
        >>> bread.surer("Get rye bread and a kitchen today") > 0 > bread.surer("Cheap loans today")
        True
        """
        known, count = self.known(text)
        if not count or (not known and len(self.rest) < _LEAST_REST):
            return 0.0
        share = known / count
        return STRANGE + min(share, HALF) / HALF * (KIN - STRANGE)

    def known(self, text: str, own: str = "") -> tuple[int, int]:
        """Return how many of a text's words, of Chinese its pairs of characters, stand in the rest, and how many there
        are; `own`, in small letters, is what the text has in the rest itself.
        """
        stems, pairs = _words(text)
        known = sum([self.has(stem, own) for stem in stems]) + self._shared(pairs, own)
        return known, len(stems) + len(pairs)

    def has(self, word: str, own: str = "") -> bool:
        """Return whether a word stands in the rest more often than in `own`."""
        return word in self.rest if word not in own else self.rest.count(word) > own.count(word)

    def in_a_list(self, at: int) -> bool:
        """Return whether a line goes on with the list in which the line above or below it stands.

        >>> Context(["2. Salt", "3. Sign up today", "Dear all,"], ()).in_a_list(1)
        True
        """
        number, bullet = _NUMBER.match(self.lines[at]), _BULLET.match(self.lines[at].lstrip())
        if not number and not bullet:
            return False
        above, below = self._next(at, -1), self._next(at, 1)
        if number:
            return _numbered(above, int(number[1]) - 1) or _numbered(below, int(number[1]) + 1)
        mark = self.lines[at].lstrip()[0]
        return above.lstrip()[:1] == mark or below.lstrip()[:1] == mark

    def _next(self, at: int, step: int) -> str:
        at += step
        while 0 <= at < len(self.lines) and not self.lines[at].strip():
            at += step
        return self.lines[at] if 0 <= at < len(self.lines) else ""


def _numbered(line: str, number: int) -> bool:
    found = _NUMBER.match(line)
    return bool(found) and int(found[1]) == number  # type: ignore[index]


def words_in(text: str) -> int:
    """Return how many words, of Chinese pairs of characters, `Context.known` asks for."""
    return sum(map(len, _words(text)))


def _words(text: str) -> tuple[set[str], set[str]]:
    """Return the beginnings of a text's words, and of Chinese all pairs of characters."""
    text = text.lower()
    pairs: set[str] = set()
    for run in _HAN.findall(text):
        pairs.update(map(add, run, run[1:]))
    return {word[:_STEM] for word in _WORD.findall(text)}, pairs


def is_bare(text: str) -> bool:
    """Return whether a line is code, a row of a table or of many figures, or nothing but links."""
    return bool(_CODE.search(text) or _BARE_LINK.fullmatch(text) or _FIGURES.fullmatch(text))
