"""Which lines are worth searching with which patterns, since to search each line with each pattern is too slow.

A pattern is tried on a line that holds as many of its literals as `patterns.needed` names, or, where the pattern
says how a line begins, on one that begins so. The literals are looked for in the whole document at once, with an
Aho-Corasick automaton.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate
from math import inf
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from . import patterns
from .rules import Rule

_KEY = 2  # characters of an opening by which rules are looked up


class Needs(NamedTuple):
    """What a line must have for a pattern to match it, as far as that can be told beforehand (see patterns.py)."""

    literals: patterns.Needed | None = None
    leading: frozenset[str] | None = None
    longest: int | None = None


Derived = Mapping[str, Needs]
"""What `proofs.prove` derived for each pattern."""


class View(NamedTuple):
    """The lines of a document as the rules of one kind see them."""

    lines: Sequence[str]
    openings: list[str]
    folded: str
    """All lines with their case folded, a newline between."""
    ends: list[int]
    """Where each line ends in `folded`."""

    @classmethod
    def of(cls, lines: Sequence[str], opened: bool = True) -> View:
        """Return the view of lines, folding them once for all rules that look at it.

        Without `opened` the openings are left empty: for rules that do not ask for them.
        """
        text = "\n".join(lines)
        folded, of_lines = patterns.fold(text), lines
        if len(folded) != len(text):
            of_lines = [patterns.fold(line) for line in lines]
            folded = "\n".join(of_lines)
        ends = list(accumulate([len(line) + 1 for line in of_lines]))
        openings = [patterns.opening(line) for line in lines] if opened else [""] * len(lines)
        return cls(lines, openings, folded, ends)


class Test(NamedTuple):
    """One rule as the prefilter knows it."""

    number: int
    search: Callable[[str], object]
    times: int
    """How many of its literals a line must hold."""
    longest: float
    leading: dict[str, tuple[str, ...]] | None
    """Leading strings by their first character."""


class Prefilter:
    """Finds the lines that rules match, and searches as few as it can."""

    def __init__(self, rules: Iterable[tuple[int, Rule]], derived: Derived) -> None:
        self._always: list[Test] = []
        self._opened: dict[str, list[Test]] = defaultdict(list)
        self._tests: dict[int, Test] = {}
        owners: dict[str, list[int]] = defaultdict(list)
        for number, rule in rules:
            needs = derived.get(rule.match, Needs())
            times = needs.literals.times if needs.literals else 0
            test = Test(number, rule.pattern.search, times, needs.longest or inf, _by_first(needs.leading))
            self._tests[number] = test
            if needs.leading and min(map(len, needs.leading)) >= _KEY:
                for key in {string[:_KEY] for string in needs.leading}:
                    self._opened[key].append(test)
            elif needs.literals is None:
                self._always.append(test)
            else:
                for literal in needs.literals.strings:
                    owners[literal].append(number)
        self._owners = list(owners.values())
        self.opened = any(test.leading for test in self._tests.values())
        """Whether any rule asks how a line opens."""
        self._automaton = AhoCorasick(list(owners), store_patterns=False) if owners else None

    def matches(self, view: View) -> list[tuple[int, int]]:
        """Return (index of the line, number of the rule) where a rule's pattern matches, in no order that matters."""
        found: list[tuple[int, int]] = []
        tests, opened = self._tests, self._opened
        most = max((test.longest for test in self._always), default=0)
        candidates = self._candidates(view)
        for at, (line, start) in enumerate(zip(view.lines, view.openings, strict=True)):
            if opened and (early := opened.get(start[:_KEY])):
                _try(early, at, (line, start), found)
            if counts := candidates.get(at):
                worth = [test for number, times in counts.items() if times >= (test := tests[number]).times]
                _try(worth, at, (line, start), found)
            if len(line) <= most:
                _try(self._always, at, (line, start), found)
        return found

    def _candidates(self, view: View) -> dict[int, dict[int, int]]:
        """Return for each line how many literals it holds of which rule."""
        found: dict[int, dict[int, int]] = {}
        if self._automaton is None:
            return found
        owners, ends = self._owners, view.ends
        for literal, start, _ in self._automaton.find_matches_as_indexes(view.folded, overlapping=True):
            at = bisect_right(ends, start)
            counts = found.get(at)
            if counts is None:
                counts = found[at] = {}
            for number in owners[literal]:
                counts[number] = counts.get(number, 0) + 1
        return found


def _by_first(leading: frozenset[str] | None) -> dict[str, tuple[str, ...]] | None:
    if not leading:
        return None
    groups: dict[str, list[str]] = defaultdict(list)
    for string in sorted(leading):
        groups[string[0]].append(string)
    return {first: tuple(strings) for first, strings in groups.items()}


def _try(tests: Iterable[Test], at: int, text: tuple[str, str], found: list[tuple[int, int]]) -> None:
    """Search a line, given with its opening, with each test that could match it, and note those that do."""
    line, start = text
    size = len(line)
    for number, search, _, longest, leading in tests:
        if size > longest:
            continue
        if leading:
            strings = leading.get(start[:1])
            if not strings or not start.startswith(strings):
                continue
        if search(line):
            found.append((at, number))
