"""Which lines are worth searching with which patterns, since to search each line with each pattern is too slow.

A pattern is tried on a line that begins as beginnings.py says, that is not longer than all that the pattern can match,
and where the automata find what approximation.py made of it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain
from math import inf
from typing import NamedTuple

import numpy as np

from . import automata
from .approximation import MOST
from .beginnings import Lookup
from .rules import Rule
from .views import View

STOP = "。"
"""What ends a sentence of Chinese: rules for rows of links often ask for lines without it, and those are few."""
SHORT = 200
"""Characters of the lines that the automata of rules for short lines are made for."""


_STOP = STOP.encode()


class Needs(NamedTuple):
    """What a line must have for a pattern to match it, as far as that can be told beforehand."""

    expressions: tuple[bytes, ...] = ()
    """What Hyperscan searches for, see approximation.py: all of it must be found."""
    longest: int | None = None
    """The most characters that a line has, where the pattern takes all of it."""
    beginnings: tuple[str, ...] = ()
    """What the line begins with, see beginnings.py; nothing where it may be anything."""
    unstopped: bool = False
    """Whether the line has no STOP in it."""


Derived = Mapping[str, Needs]
"""What `proofs.prove` derived for each pattern."""


class Prefilter:
    """Finds the lines that rules may match, as few as it can."""

    def __init__(self, numbered: Iterable[tuple[int, Rule]], derived: Derived, idle: Iterable[Rule] = ()) -> None:
        """Take the rules with the numbers by which they are reported; one that nothing is derived for is tried on
        every line. Rules that are `idle` are searched for and never reported: see `Matcher`.
        """
        rules = dict(numbered)
        self.longest = {number: derived.get(rule.match, Needs()).longest or inf for number, rule in rules.items()}
        """The most characters that a line has which each rule matches."""
        first = max(rules, default=0) + 1
        needs = {number: _needs(rule, derived) for number, rule in chain(rules.items(), enumerate(idle, first))}
        kinds: dict[tuple[bool, bool, bool], dict[int, Needs]] = defaultdict(dict)
        for number, need in needs.items():
            kinds[bool(need.beginnings), (need.longest or inf) <= SHORT, need.unstopped][number] = need
        self._parts = [_Part(kinds[kind]) for kind in sorted(kinds)]

    @property
    def expressions(self) -> list[Mapping[int, bytes]]:
        """What automata are made of, for `automata.compile_ahead`."""
        return [one for part in self._parts for one in (part.first, part.rest)]

    def build(self) -> None:
        """Make the automata, or take them from the cache; to be called once, before the first search."""
        for part in self._parts:
            part.build()
        self._counts = Counter(number for part in self._parts for number in part.searched)
        self._always = [number for number in self.longest if not self._counts[number]]

    def candidates(self, view: View) -> Iterator[tuple[int, Iterable[int]]]:
        """Return the number of each rule whose pattern may match, with the indices of the lines that it may match."""
        every = range(len(view.originals))
        return chain(self._found(view), ((number, every) for number in self._always))

    def _found(self, view: View) -> Iterator[tuple[int, Iterable[int]]]:
        """Return for each rule the indices of the lines where all its expressions are found."""
        found: dict[int, set[int]] = {}
        for part in self._parts:
            part.scan(view, found)
        several: dict[int, list[set[int]]] = defaultdict(list)
        for key, lines in found.items():
            number = key // MOST
            if number not in self.longest:
                continue
            if self._counts[number] == 1:
                yield number, lines
            else:
                several[number].append(lines)
        for number, each in several.items():
            if len(each) == self._counts[number] and (lines := set.intersection(*each)):
                yield number, lines


class _Part:
    """The automata of some patterns that are searched for on the same lines."""

    def __init__(self, needs: Mapping[int, Needs]) -> None:
        keyed = {n * MOST + nth: one for n, need in needs.items() for nth, one in enumerate(need.expressions)}
        self.first = {key: one for key, one in keyed.items() if not key % MOST}
        """The expression of each pattern that tells most, by its key: that is searched for on all lines."""
        self.rest = {key: one for key, one in keyed.items() if key % MOST}
        """The others, which are searched for where the first of the pattern was found."""
        self._longest = max((need.longest or inf for need in needs.values()), default=0)
        self._unstopped = all(need.unstopped for need in needs.values())
        begin = all(need.beginnings for need in needs.values())
        self._lookup = Lookup((one.beginnings, one.longest) for one in needs.values()) if begin else None

    def build(self) -> None:
        self._automata, refused = automata.build(self.first)
        self._others, refused_too = automata.build(self.rest)
        alone = {key // MOST for key in refused}  # of these nothing but the first can say where to look
        keys = (self.first.keys() | self.rest.keys()) - {*refused, *refused_too}
        self.searched = [key // MOST for key in keys if key // MOST not in alone]
        """The number of each pattern, as often as it has expressions."""
        self._leading = {key // MOST * MOST for key in self.rest}

    def scan(self, view: View, found: dict[int, set[int]]) -> None:
        """Enter the lines that something is found in, by the keys of the expressions."""
        if not self._automata:
            return
        chosen = self._chosen(view)
        lines = _Lines(view.folded, view.breaks, None) if chosen is None else _joined(view, chosen)
        for one in self._automata if lines.data else ():
            lines.search(one, found)
        if places := sorted(set().union(*(found[key] for key in found.keys() & self._leading))):
            lines = _joined(view, places)
            for one in self._others:
                lines.search(one, found)

    def _chosen(self, view: View) -> list[int] | None:
        """Return the lines that one of the patterns may match, or None for all."""
        if self._lookup is None and self._longest == inf and not self._unstopped:
            return None
        chosen: list[int] = (
            self._lookup.lines(view.beginnings, view.sizes)
            if self._lookup is not None
            else np.flatnonzero(view.sizes <= self._longest)
        ).tolist()
        return [at for at in chosen if _STOP not in view.pieces[at]] if self._unstopped else chosen


class _Lines(NamedTuple):
    """Lines as they are searched."""

    data: bytes
    breaks: list[int]
    """Where they end in `data`."""
    places: Sequence[int] | None
    """Their indices, or None for all."""

    def search(self, automaton: automata.Automaton, found: dict[int, set[int]]) -> None:
        """Enter the lines that something is found in, by the keys of the expressions."""
        breaks, places = self.breaks, self.places
        pairs = iter(automaton.pairs(self.data))
        for end, key in zip(pairs, pairs, strict=True):
            line = bisect_left(breaks, end)
            found.setdefault(key, set()).add(line if places is None else places[line])


def _joined(view: View, places: Sequence[int]) -> _Lines:
    """Return some lines of a document."""
    pieces = [view.pieces[at] for at in places]
    ends = [end + nth for nth, end in enumerate(accumulate(map(len, pieces)))]
    return _Lines(b"\n".join(pieces), ends, places)


def _needs(rule: Rule, derived: Derived) -> Needs:
    """Return what is derived for a rule, as far as it holds of the lines as they stand."""
    need = derived.get(rule.match, Needs())
    return need._replace(beginnings=(), longest=None, unstopped=False) if rule.squeezed else need
