"""What differs between two results of one document, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..files import Item
from .gold import ARTICLE, UNKNOWN
from .measure import Measured, State, lines_languages, source_lines, states

REMOVED, KEPT, ALTERED, FILED, MOVED = "removed", "kept", "altered", "filed", "moved"
KINDS = (REMOVED, KEPT, ALTERED, FILED, MOVED)
"""Newly out of the result, newly in it, in it with another text, between article and front matter; and `moved`:
the same output, but another rule is responsible."""
CONTEXT = 2
"""Lines with text that are shown above and below a change."""


class Both(NamedTuple):
    """One document under both sides."""

    item: Item
    base: Measured
    head: Measured

    @property
    def same(self) -> bool:
        """Whether nothing at all differs."""
        return self.base is self.head or self.base == self.head

    @property
    def lines(self) -> list[str]:
        """The lines of the input."""
        return source_lines(self.item, self.head if self.base.error else self.base)


class LineChange(NamedTuple):
    """One line that came out otherwise."""

    kind: str
    document: str
    line: int
    """Index of the line in the input, from 0."""
    lang: str
    text: str
    """The line as it stood in the input."""
    before: str | None
    """As the base left it; None where it took the line out."""
    after: str | None
    rule: str
    """The rule responsible: of the head, or for a line newly kept the one of the base that took it."""
    other: str
    """The rule that the other side has in its place, or nothing."""
    span: tuple[int, int] | None
    """What the rule matched in `text`; None where it took the line along without matching it."""
    above: tuple[str, ...]
    below: tuple[str, ...]
    gold: str
    """Whether gold has the line: ARTICLE, NOT_ARTICLE or UNKNOWN."""
    inside: bool
    """Whether article lines that both sides keep stand above and below."""

    @property
    def is_lost_gold(self) -> bool:
        """Whether the line went although gold keeps it."""
        return self.kind == REMOVED and self.gold == ARTICLE


class DocumentChange(NamedTuple):
    """One document that came out otherwise."""

    id: str
    host: str
    lost: int
    """Characters newly removed."""
    won: int
    """Characters newly kept."""
    emptied: bool
    headline: tuple[str, str] | None
    """The headline before and after, where it changed."""
    opening: tuple[str, str] | None
    """The first paragraph before and after, where it changed."""
    error: tuple[str, str] | None
    """The reasons for which it could not be cleaned, before and after, where one of them is new."""
    changes: tuple[LineChange, ...]

    @property
    def loses_headline(self) -> bool:
        """Whether it had a headline and has none now."""
        return self.headline is not None and bool(self.headline[0]) and not self.headline[1]


def compare(both: Both, labels: str, renamed: Mapping[str, str]) -> DocumentChange | None:
    """Return what differs in a document, or None where the result is the same and from the same rules.

    `labels` has a character of gold.py for each line; `renamed` gives new ids of rules.
    """
    base, head = both.base, both.head
    if both.same:
        return None
    error = (base.error, head.error) if base.error != head.error else None
    before, after = states(both.item, base), states(both.item, head)
    if error:
        return DocumentChange(both.item.id, head.host, 0, 0, False, None, None, error, ())
    pairs = _Pairs(both, before, after, labels)
    changes = tuple(pairs.changes(renamed))
    headline = _or_none("; ".join(t for _, t in base.title), "; ".join(t for _, t in head.title))
    opening = _or_none(_first(before), _first(after))
    if not changes and base.output == head.output:
        return None
    lost, won = (sum(len(c.text) for c in changes if c.kind == kind) for kind in (REMOVED, KEPT))
    emptied = bool(_first(before)) and not _first(after)
    return DocumentChange(both.item.id, head.host, lost, won, emptied, headline, opening, None, changes)


def _or_none(before: str, after: str) -> tuple[str, str] | None:
    return (before, after) if before != after else None


def _first(lines: Sequence[State]) -> str:
    return next((line.text.strip() for line in lines if line.kept and line.text.strip()), "")


class _Pairs:
    """The lines of one document under both sides."""

    def __init__(self, both: Both, before: Sequence[State], after: Sequence[State], labels: str) -> None:
        self.id = both.item.id
        self.before, self.after = before, after
        self.langs = lines_languages(_longer(both))
        self.labels = labels if len(labels) == len(after) else UNKNOWN * len(after)
        self.filled = [at for at, state in enumerate(before) if state.source.strip()]
        steady = [at for at in self.filled if before[at].kept and after[at].kept]
        self.first, self.last = (steady[0], steady[-1]) if steady else (len(before), -1)

    def changes(self, renamed: Mapping[str, str]) -> Iterator[LineChange]:
        """Yield each line that came out otherwise."""
        for place, at in enumerate(self.filled):
            old, new = self.before[at], self.after[at]
            kind = _kind(old, new, renamed)
            if kind:
                yield self._change(kind, place, at)

    def _change(self, kind: str, place: int, at: int) -> LineChange:
        old, new = self.before[at], self.after[at]
        cause, other = (old, new) if kind == KEPT or not new.rules else (new, old)
        above = self.filled[max(0, place - CONTEXT) : place]
        below = self.filled[place + 1 : place + 1 + CONTEXT]
        return LineChange(
            kind, self.id, at, self.langs[at], old.source,
            old.text if old.kept else None, new.text if new.kept else None,
            cause.rules[-1] if cause.rules else "", other.rules[-1] if other.rules else "",
            cause.span if _is_whole(cause) else None,
            tuple(self.before[n].source for n in above), tuple(self.before[n].source for n in below),
            self.labels[at], self.first < at < self.last,
        )  # fmt: skip


def _longer(both: Both) -> Measured:
    return both.head if both.head.languages else both.base


def _is_whole(state: State) -> bool:
    """Whether the text that a rule saw is the line as it came in, so that its span can be shown there."""
    return state.text == state.source or len(state.rules) == 1


def _kind(old: State, new: State, renamed: Mapping[str, str]) -> str:
    """Return what became of a line, or nothing where it came out the same."""
    if old.shown != new.shown:
        return REMOVED if old.shown else KEPT
    if old.kept != new.kept:
        return FILED
    if old.kept and old.text.strip() != new.text.strip():
        return ALTERED
    if not old.kept and old.shown and old.role != new.role:
        return FILED
    same_rules = tuple(renamed.get(rule, rule) for rule in old.rules) == new.rules
    return "" if same_rules else MOVED


def gold_says_article(label: str) -> bool | None:
    """Return what gold says of a line; None where it says nothing.

    >>> gold_says_article("0"), gold_says_article("-")
    (False, None)
    """
    return None if label == UNKNOWN else label == ARTICLE
