"""Which documents a change of rules can touch: what is told from a document's text and from one side's result.

A document that none of the changed rules hits, in its old form or its new one, has the same result under both sides
(see `Touch.__call__`), so it is not run again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from .. import automata, proofs
from ..files import Item, parse_line
from ..matching import SCRIPT_OF, Matcher, scripts_of, span_of
from ..prefilter import Derived, Needs
from ..rules import Rule
from ..squeeze import Squeeze
from ..views import View
from .measure import ERROR, HOST, seen_lines
from .sides import Difference

MANY = 2
"""Places found, for each line of a document, from which every line is looked at: to note a place takes time too."""
_NOT_OF_RULES = ("timeout", "crash", "defect")
"""Errors of which nobody knows whether other rules would have met them."""


class Touch:
    """Says of a document, with its result under one set of rules, whether another set may do otherwise."""

    def __init__(self, unlike: Difference, derived: Derived | None = None) -> None:
        """Take how the sets differ, and what is derived from their patterns as far as that is known."""
        self._unlike = unlike
        self._derived = derived or {}
        self._matcher = Matcher(unlike.rules)

    def __reduce__(self) -> tuple[type[Touch], tuple[Difference]]:
        return Touch, (self._unlike,)  # what is compiled stays behind

    def load(self) -> None:
        """Compile what is searched for."""
        self._scans  # noqa: B018

    def __bool__(self) -> bool:
        """Whether the sets differ at all."""
        return bool(self._unlike)

    def __call__(self, item: Item, line: bytes) -> bool:
        """Return whether the result, given as a line of JSON, may be another.

        It is not where no changed rule hits a text that the document had while it was cleaned, and where those that
        differ in their pattern alone hit the same spans of all of them: all hits are then the same in every stage,
        one stage after the other, and stages see rules through their hits alone. Raises ValueError, TypeError or
        IndexError for what is no result.
        """
        if not self:
            return False
        record = parse_line(line)
        if record[ERROR]:
            return record[ERROR] in _NOT_OF_RULES
        if self._unlike.glossaries:
            return True
        lines = seen_lines(item, record)
        scripts = scripts_of(lines)
        found = self._candidates(lines, scripts)
        return bool(found) and self._hits_otherwise([lines[at] for at in found], record[HOST], scripts)

    def _candidates(self, lines: Sequence[str], scripts: str) -> Sequence[int]:
        """Return the indices of the lines that a changed rule may hit; of all of them where those are many."""
        found: set[int] = set()
        views: dict[Squeeze | None, View] = {}
        for script, squeeze, scan in self._scans:
            if script not in scripts:
                continue
            if squeeze not in views:
                views[squeeze] = View(lines, squeeze)
            view = views[squeeze]
            for one in scan or ():
                ends = one.ends(view.folded, MANY * len(lines))
                if ends is None:
                    return range(len(lines))
                found.update(np.searchsorted(view.ends, ends).tolist())
            if scan is None:
                return range(len(lines))
        return sorted(found)

    def _hits_otherwise(self, lines: Sequence[str], host: str, scripts: str) -> bool:
        alone = self._unlike.patterns_alone
        for at, by_stage in self._matcher.hits(lines, host, scripts).items():
            spans: dict[str, list[tuple[int, int] | None]] = {}
            for hit in (hit for hits in by_stage.values() for hit in hits):
                spans.setdefault(hit.rule.id, []).append(span_of(hit.rule, lines[at], host))
            for rule, both in spans.items():
                if rule not in alone or len(both) != 2 or both[0] != both[1]:
                    return True
        return False

    @cached_property
    def _scans(self) -> list[_Scan]:
        groups: dict[tuple[str, Squeeze | None], list[Rule]] = defaultdict(list)
        for rule in self._unlike.rules:
            groups[SCRIPT_OF.get(rule.lang, ""), rule.squeeze].append(rule)
        return [(*group, _automata([self._needs(rule) for rule in rules])) for group, rules in groups.items()]

    def _needs(self, rule: Rule) -> Needs:
        return self._derived.get(rule.match) or proofs.derive(rule.match)


_Scan = tuple[str, Squeeze | None, list[automata.Automaton] | None]
"""Rules that see lines alike: their script, how lines are folded, and what to search for; None for any line."""


def _automata(needs: Sequence[Needs]) -> list[automata.Automaton] | None:
    """Return what finds every line that one of the patterns may match, or None where nothing does."""
    if not all(need.expressions for need in needs):
        return None
    found, refused = automata.build({number: need.expressions[0] for number, need in enumerate(needs)})
    return None if refused else found
