"""What a review holds of its changes: all are counted, and of very many the most suspicious are listed."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from .compare import ALTERED, KINDS, MOVED, Both, DocumentChange, LineChange
from .page import MOST_TEXT
from .suspicion import Group, Suspicion, Weight
from .work import Result

MOST_CHANGES, MOST_ALIKE = 50_000, 1_000
"""Changes that are listed, and those of them that are nearly the same line."""


@dataclass
class Count:
    """Lines, and the characters that changed in them."""

    lines: int = 0
    characters: int = 0


class _Weighed(NamedTuple):
    suspicion: Suspicion
    place: tuple[str, int]
    change: LineChange


@dataclass
class _Alike:
    """Changes whose lines are nearly the same; `count` has those too that are not listed."""

    first: int
    """When the group began: its number."""
    members: list[_Weighed] = field(default_factory=list)
    count: int = 0

    @property
    def rank(self) -> tuple[int, int]:
        """Sorts groups, the worst first."""
        return -self.members[0].suspicion.points, self.first


def _order(one: _Weighed) -> tuple[object, ...]:
    return -one.suspicion.points, one.place


class Collection:
    """The changes of a review, taken as documents come."""

    def __init__(self, most: int = MOST_CHANGES) -> None:
        self.counts = {kind: Count() for kind in KINDS}
        self.lost_gold = 0
        self.touched = 0
        self.documents: list[DocumentChange] = []
        """The documents that changed, without their lines."""
        self._most = most
        self._groups: dict[tuple[object, ...], _Alike] = {}
        self._listed = 0
        self._begun = 0
        self._shown: list[tuple[tuple[int, str], int, Result]] = []
        self._room = MOST_TEXT
        self._beyond: tuple[int, str] | None = None

    def add(self, found: Result) -> None:
        """Take a document that changed."""
        change = found.change
        assert change is not None, "only what changed is collected"
        self.touched += any(one.kind != MOVED for one in change.changes) or not change.changes
        for one, weight in zip(change.changes, found.weights, strict=True):
            count = self.counts[one.kind]
            count.lines += 1
            count.characters += size(one)
            self.lost_gold += one.is_lost_gold
            self._list(one, weight)
        self.documents.append(change._replace(changes=()))
        self._show(worst_first(change), found._replace(change=None, weights=()))

    def _list(self, change: LineChange, weight: Weight) -> None:
        weighed = _Weighed(weight.suspicion, (change.document, change.line), change)
        name = change.kind, change.rule, change.other, *weight.sketch
        group = self._groups.get(name)
        if group is None:
            self._begun += 1
            group = self._groups[name] = _Alike(self._begun)
        group.count += 1
        insort(group.members, weighed, key=_order)
        self._listed += 1
        if len(group.members) > MOST_ALIKE:
            group.members.pop()
            self._listed -= 1
        if self._listed > 2 * self._most:
            self._thin()

    def _thin(self) -> None:
        """List no more than the most suspicious. A group that goes may come again with a later change of more weight,
        without those that went.
        """
        room = self._most
        for name, group in sorted(self._groups.items(), key=lambda pair: pair[1].rank):
            room -= len(group.members)
            if room < 0:
                self._listed -= len(group.members)
                del self._groups[name]

    def _show(self, rank: tuple[int, str], found: Result) -> None:
        """Keep the documents that lose most, as many as a page shows: those before the first that does not fit."""
        if self._beyond and rank > self._beyond:
            return
        text = found.item.content
        chars = len(text) if isinstance(text, str) else sum(map(len, found.both.lines))
        insort(self._shown, (rank, chars, found), key=lambda entry: entry[0])
        self._room -= chars
        while self._room < 0:
            self._beyond, chars, _ = self._shown.pop()
            self._room += chars

    @property
    def shown(self) -> Iterator[Both]:
        """The documents that a page shows, those that lose most first."""
        return (found.both for _, _, found in self._shown)

    def groups(self) -> list[Group]:
        """Return the changes that are listed, in groups of lines that are nearly the same, the worst first."""
        self._thin()
        found = [
            Group(first.kind, first.rule, weight, tuple(one.change for one in group.members), group.count)
            for group in self._groups.values()
            for weight, _, first in group.members[:1]
        ]
        return sorted(found, key=lambda one: (-one.suspicion.points, -one.size, one.first.document, one.first.line))


def worst_first(document: DocumentChange) -> tuple[int, str]:
    """Sort documents by what they lose."""
    return -document.lost, document.id


def size(change: LineChange) -> int:
    """Return the characters that a change concerns: of an altered line those between its like ends."""
    if change.kind != ALTERED:
        return len(change.text)
    before, after = change.before or "", change.after or ""
    start = next((n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), None)
    if start is None:
        return abs(len(before) - len(after))
    before, after = before[start:], after[start:]
    pairs = zip(reversed(before), reversed(after), strict=False)
    end = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(before), len(after)))
    return max(len(before), len(after)) - end
