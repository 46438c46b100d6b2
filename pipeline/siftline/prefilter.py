"""Which lines are worth searching with which patterns, since to search each line with each pattern is too slow.

A pattern is tried on a line where the automata find what approximation.py made of it, and on a line that is not
longer than all that it can match.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import product
from math import inf
from typing import NamedTuple

import numpy as np

from . import automata, patterns
from .approximation import MOST
from .rules import Rule
from .squeeze import Squeeze


class Needs(NamedTuple):
    """What a line must have for a pattern to match it, as far as that can be told beforehand."""

    expressions: tuple[bytes, ...] = ()
    """What Hyperscan searches for, see approximation.py: all of it must be found."""
    longest: int | None = None
    """The most characters that a line has, where the pattern takes all of it."""


Derived = Mapping[str, Needs]
"""What `proofs.prove` derived for each pattern."""


class View:
    """The lines of a document as the rules of one kind see them: as they stand, or squeezed."""

    def __init__(self, lines: Sequence[str], squeeze: Squeeze | None = None) -> None:
        self._lines = lines
        self._squeeze = squeeze

    def __len__(self) -> int:
        return len(self._lines)

    def __getitem__(self, at: int) -> str:
        """Return one line."""
        return self._squeeze(self._lines[at]) if self._squeeze else self._lines[at]

    @cached_property
    def folded(self) -> bytes:
        """All lines with their case folded, in UTF-8, a line feed between."""
        text = "\n".join(self._lines)
        return patterns.fold(self._squeeze(text) if self._squeeze else text).encode("utf-8", "surrogatepass")

    @cached_property
    def ends(self) -> list[int]:
        """Where each line but the last ends in `folded`."""
        ends: list[int] = np.flatnonzero(np.frombuffer(self.folded, dtype=np.uint8) == ord("\n")).tolist()
        return ends


class Prefilter:
    """Finds the lines that rules may match, as few as it can."""

    def __init__(self, numbered: Iterable[tuple[int, Rule]], derived: Derived) -> None:
        """Take the rules with the numbers by which they are reported; one that nothing is derived for is tried on
        every line.
        """
        rules = dict(numbered)
        needs = {number: derived.get(rule.match, Needs()) for number, rule in rules.items()}
        self._longest = {number: need.longest or inf for number, need in needs.items()}
        keys = {n * MOST + part: one for n, need in needs.items() for part, one in enumerate(need.expressions)}
        self._automata, refused = automata.build(keys)
        self._parts = Counter(key // MOST for key in keys if key not in refused)
        self._always = [number for number in rules if not self._parts[number]]

    def candidates(self, view: View) -> Iterator[tuple[int, int, str]]:
        """Yield (index of the line, number of the rule, the line) where a rule's pattern may match."""
        worth = set(product(range(len(view)), self._always)) | self._found(view)
        longest = self._longest
        for at, number in worth:
            line = view[at]
            if len(line) <= longest[number]:
                yield at, number, line

    def _found(self, view: View) -> set[tuple[int, int]]:
        """Return (index of the line, number of the rule) where all expressions of a rule are found."""
        ends, parts = view.ends, self._parts
        found = {(bisect_left(ends, end), key) for one in self._automata for end, key in one.scan(view.folded)}
        counts = Counter((at, key // MOST) for at, key in found)
        return {pair for pair, count in counts.items() if count == parts[pair[1]]}
