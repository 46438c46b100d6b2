"""Where a word stands in an English sentence, and what the words around it are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..entries import Glossary
from . import words as w

PAUSE = ","
"""Stands among the words for a comma, a dash or a bracket."""
_DIRECT = w.OBJECT - {"this", "each", "every", "that"}


class Place(NamedTuple):
    """Where a word stands: the words around it, in small letters."""

    before: Sequence[str]
    """Those before it in the sentence, the nearest last, with pauses among them."""
    after: Sequence[str]
    """Those behind it up to the next pause, the nearest first."""
    suffix: str
    """An ending that was put to the Chinese word: `s`, `ed`, `ing`."""
    book: Glossary
    owns: bool = False
    """Whether 's stands behind it."""

    def last(self, back: int = 1) -> str:
        """Return the word so many places before, "" where there is none."""
        return self.before[-back] if len(self.before) >= back else ""

    def next(self, ahead: int = 0) -> str:
        """Return the word so many places behind the next, "" where there is none."""
        return self.after[ahead] if len(self.after) > ahead else ""

    def is_adjective(self, word: str) -> bool:
        """Whether a word is known to be an adjective, or looks like one."""
        return word in self.book.adjectives or word in w.ADJECTIVES or w.ADJECTIVISH.search(word) is not None

    def describes(self, word: str) -> bool:
        """Whether a word is an adjective and nothing else, so that a noun follows it."""
        return word not in w.CLOSED - {"more", "such"} and word not in self.book.nouns and self.is_adjective(word)

    @property
    def noun_follows(self) -> str:
        """Whether the next word is the noun to which this one belongs: `yes`, `no`, or `open`."""
        following, then = self.next(), self.next(1)
        if following in w.CLOSED:
            return "no"
        verb = following in w.VERBS or following in self.book.verbs
        noun = following in self.book.nouns or following in w.NOUNS or w.NOUNISH.search(following) is not None
        if noun and (then in _DIRECT or (verb and (then in w.OBJECT or then == "to"))):
            return "no"
        if verb and noun:
            return "yes" if then in ("of", "is", "was", "") else "open"
        if verb or noun:
            return "yes" if noun else "no"
        return _by_ending(following, then)


def _by_ending(following: str, then: str) -> str:
    """Tell by its ending whether an unknown word is a noun."""
    if len(following) < 5 and not w.PLURALISH.search(following):
        return "open"
    if following.endswith(("ed", "ly")):
        return "no"
    if w.PLURALISH.search(following) and len(following) > 3:
        return "no" if then in w.OBJECT else "yes"
    return "open"
