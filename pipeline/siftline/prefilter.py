"""Which lines are worth searching with which patterns, since to search each line with each pattern is too slow.

A pattern is tried on a line where the automata find what approximation.py made of it, and on a line that is not
longer than all that it can match.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, product
from math import inf
from typing import NamedTuple

import numpy as np

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
        self._longest = {number: need.longest or inf for number, need in needs.items()}
        keys = {n * MOST + part: one for n, need in needs.items() for part, one in enumerate(need.expressions)}
        unreported = [one for rule in idle for one in derived.get(rule.match, Needs()).expressions]
        count = max(rules, default=0) + 1
        spare = {(count + n) * MOST: one for n, one in enumerate(unreported)}
        self._automata, refused = automata.build(keys | spare)
        parts = Counter(key // MOST for key in keys if key not in refused)
        self._always = [number for number in rules if not parts[number]]
        self._parts = np.array([parts[number] for number in range(count + len(spare))])

    def candidates(self, view: View) -> Iterator[tuple[int, int, str]]:
        """Return (index of the line, number of the rule, the line) where a rule's pattern may match."""
        longest = self._longest
        for at, number in chain(self._found(view), product(range(len(view.originals)), self._always)):
            line = view.line(at)
            if len(line) <= longest[number]:
                yield at, number, line

    def _found(self, view: View) -> Iterator[tuple[int, int]]:
        """Return (index of the line, number of the rule) where all expressions of a rule are found."""
        if not self._automata:
            return iter(())
        found = [one.scan(view.folded) for one in self._automata]
        if not found:
            return iter(())
        ends, keys = np.concatenate([ends for ends, _ in found]), np.concatenate([keys for _, keys in found])
        width = len(self._parts) * MOST
        seen = np.unique(np.searchsorted(view.ends, ends) * width + keys) // MOST  # a line and a rule, for each part
        pairs, counts = np.unique(seen, return_counts=True)
        lines, numbers = np.divmod(pairs, len(self._parts))
        whole = counts == self._parts[numbers]
        return zip(lines[whole].tolist(), numbers[whole].tolist(), strict=True)
