"""Which lines are worth searching with which patterns, since to search each line with each pattern is too slow.

A pattern is tried on a line where the automata find what approximation.py made of it, and on a line that is not
longer than all that it can match.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from math import inf
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from . import automata
from .approximation import MOST
from .rules import Rule
from .views import View


class Needs(NamedTuple):
    """What a line must have for a pattern to match it, as far as that can be told beforehand."""

    expressions: tuple[bytes, ...] = ()
    """What Hyperscan searches for, see approximation.py: all of it must be found."""
    longest: int | None = None
    """The most characters that a line has, where the pattern takes all of it."""


Derived = Mapping[str, Needs]
"""What `proofs.prove` derived for each pattern."""


class Prefilter:
    """Finds the lines that rules may match, as few as it can."""

    def __init__(self, numbered: Iterable[tuple[int, Rule]], derived: Derived, idle: Iterable[Rule] = ()) -> None:
        """Take the rules with the numbers by which they are reported; one that nothing is derived for is tried on
        every line. Rules that are `idle` are searched for and never reported: see `Matcher`.
        """
        rules = dict(numbered)
        needs = {number: derived.get(rule.match, Needs()) for number, rule in rules.items()}
        self.longest = {number: need.longest or inf for number, need in needs.items()}
        """The most characters that a line has which each rule matches."""
        keys = {n * MOST + part: one for n, need in needs.items() for part, one in enumerate(need.expressions)}
        unreported = [one for rule in idle for one in derived.get(rule.match, Needs()).expressions]
        count = max(rules, default=0) + 1
        spare = {(count + n) * MOST: one for n, one in enumerate(unreported)}
        self._automata, refused = automata.build(keys | spare)
        parts = Counter(key // MOST for key in keys if key not in refused)
        self._always = [number for number in rules if not parts[number]]
        self._parts = np.array([parts[number] for number in range(count + len(spare))])
        self._has_parts = bool((self._parts > 1).any())

    def candidates(self, view: View) -> Iterator[tuple[int, Iterable[int]]]:
        """Return the number of each rule whose pattern may match, with the indices of the lines that it may match."""
        every = range(len(view.originals))
        return chain(self._found(view), ((number, every) for number in self._always))

    def _found(self, view: View) -> Iterator[tuple[int, Iterable[int]]]:
        """Return for each rule the indices of the lines where all its expressions are found."""
        if not self._automata:
            return
        found = [one.scan(view.folded) for one in self._automata]
        ends, keys = np.concatenate([ends for ends, _ in found]), np.concatenate([keys for _, keys in found])
        if not len(ends):
            return
        width = len(view.ends) + 1
        seen = _distinct(keys * width + np.searchsorted(view.ends, ends))  # a part of a rule, and a line
        numbers, lines = seen // (MOST * width), seen % width
        if self._has_parts:
            pairs = numbers * width + lines
            pairs.sort()
            starts = _starts(pairs)
            numbers, lines = np.divmod(pairs[starts], width)
            whole = np.diff(starts, append=len(pairs)) == self._parts[numbers]
            numbers, lines = numbers[whole], lines[whole]
        bounds, places = _starts(numbers).tolist(), lines.tolist()
        for start, end in zip(bounds, [*bounds[1:], len(places)], strict=False):
            if (number := int(numbers[start])) in self.longest:
                yield number, places[start:end]


def _distinct(values: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return what `np.unique` does, in a fifth of the time that it takes for a few hundred values."""
    values = np.sort(values)
    return values[_starts(values)]


def _starts(values: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the indices at which another value begins."""
    return np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1]))[: len(values)])
