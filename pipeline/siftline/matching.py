"""Which rules hit which lines.

All rules go through the prefilter of prefilter.py, so that a line is searched with few patterns. What passes is a hit
where the rule's veto and site allow it; acting.py says what becomes of the hits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import regex

from . import automata
from .prefilter import Derived, Prefilter
from .rules import Rule
from .squeeze import Squeeze
from .views import View

REMEMBERED, LONGEST_REMEMBERED = 30_000, 1_000
"""How many lines a matcher remembers the hits of, and how many characters such a line has at most."""
_HAN = ((0x3040, 0x3100), (0x3400, 0xA000), (0xF900, 0xFB00))
_CYRILLIC = ((0x0400, 0x0530),)
SCRIPT_OF = {"zh": "H", "ja": "H", "ru": "C"}
"""The script that a language's rules are tried on, as `scripts_of` calls it; a language without one is tried on all."""
_ALL_SCRIPTS = "CH"
WHOLE = ("drop", "drop-rest")
"""Actions that take a line as a whole."""


class Hit(NamedTuple):
    """A rule matched a line: the span in the line as it stands, and the named groups; both empty where the rule takes
    the whole line.
    """

    rule: Rule
    start: int
    end: int
    groups: Mapping[str, str]


LineHits = dict[str, tuple[Hit, ...]]
"""The hits of one line by stage, in the order of the rules."""
Hits = dict[int, LineHits]
"""For the index of each line that is hit, its hits."""
_NO_HITS: LineHits = {}


class _Found(NamedTuple):
    """What is found while lines are searched."""

    numbers: dict[int, list[int]]
    """For the index of each line that is hit, the numbers of the rules, in any order."""
    parts: dict[tuple[int, int], Hit]
    """The hits of rules that act on a part of the line, by line and rule."""


class Matcher:
    """The rules of some stages, behind their prefilter."""

    def __init__(
        self,
        rules: Sequence[Rule],
        derived: Derived | None = None,
        anywhere: bool = False,
        idle: Iterable[Rule] = (),
    ) -> None:
        """Take what `proofs.prove` returned for the rules as `derived`; without it there is no prefilter. With
        `anywhere` the rules of a language are tried whatever the script, as an example of three words needs it.
        Rules that are `idle` hit nothing: with them the automata are those of a set of rules that is in the cache.
        """
        self.rules = tuple(rules)
        self._anywhere = anywhere
        derived = derived or {}
        twins: dict[tuple[str, str, str, str, Squeeze | None], list[int]] = defaultdict(list)
        for number, rule in enumerate(rules):
            twins[rule.match, rule.unless, rule.host, SCRIPT_OF.get(rule.lang, ""), rule.squeeze].append(number)
        self._twins = {numbers[0]: numbers for numbers in twins.values()}
        self._whole = {number: Hit(rule, 0, 0, {}) for number, rule in enumerate(rules) if rule.action in WHOLE}
        self._combined: dict[tuple[int, ...], LineHits] = {}
        groups: dict[tuple[str, Squeeze | None], list[tuple[int, Rule]]] = defaultdict(list)
        for (*_, script, squeeze), numbers in twins.items():
            groups[script, squeeze].append((numbers[0], rules[numbers[0]]))
        unused: dict[tuple[str, Squeeze | None], list[Rule]] = defaultdict(list)
        for rule in idle:
            unused[SCRIPT_OF.get(rule.lang, ""), rule.squeeze].append(rule)
        self._groups = [(*group, Prefilter(found, derived, unused[group])) for group, found in groups.items()]
        automata.compile_ahead([one for *_, prefilter in self._groups for one in prefilter.expressions])
        for *_, prefilter in self._groups:
            prefilter.build()
        self.needed = frozenset(rule.needs for rule in rules if rule.needs)
        """Ids of the rules that others need nearby."""
        self._sites = frozenset(rule.host for rule in rules if rule.host)
        self._known: dict[tuple[str, str], dict[str, LineHits]] = {}

    def hits(self, lines: Sequence[str], host: str = "", scripts: str | None = None) -> Hits:
        """Return for each index of `lines` that any rule matches its hits by stage, in the order of the rules.

        Rules of a language are tried on documents in whose script it is written: those of `scripts` (see
        `scripts_of`), or of the lines themselves. `zone` and `needs` are not looked at here; `unless` is. What was
        found of a line is remembered, since it stands in many pages of a site.
        """
        scripts = scripts_of(lines) if scripts is None else scripts
        scripts = _ALL_SCRIPTS if self._anywhere else scripts
        host = self.site(host)
        known = self._known.setdefault((host, scripts), {"": _NO_HITS})
        if len(known) > REMEMBERED:
            known.clear()
            known[""] = _NO_HITS
        fresh = [line for line in dict.fromkeys(lines) if line not in known]
        if fresh:
            known.update(dict.fromkeys(fresh, _NO_HITS))
            known.update((fresh[at], found) for at, found in self._search(fresh, host, scripts).items())
        hits = {at: found for at, found in enumerate(map(known.__getitem__, lines)) if found}
        for line in fresh:
            if len(line) > LONGEST_REMEMBERED:
                del known[line]
        return hits

    def site(self, host: str) -> str:
        """Return a host that there are rules for, by itself or by a domain that it is in, and "" for any other: there
        is no difference between those.
        """
        return host if any(host == site or host.endswith("." + site) for site in self._sites) else ""

    def forget(self) -> None:
        """Forget the lines seen so far; nothing that is found depends on them."""
        self._known.clear()

    def _search(self, lines: Sequence[str], host: str, scripts: str) -> Hits:
        found = _Found({}, {})
        views: dict[Squeeze | None, View] = {}
        text = "\n".join(lines)
        for script, squeeze, prefilter in self._groups:
            if script not in scripts:
                continue
            if squeeze not in views:
                views[squeeze] = View(lines, squeeze, text)
            self._search_in(views[squeeze], prefilter, host, found)
        return {at: self._by_stage(at, numbers, found) for at, numbers in found.numbers.items()}

    def _search_in(self, view: View, prefilter: Prefilter, host: str, found: _Found) -> None:
        """Enter the hits of the prefilter's rules into `found`, one rule after the other."""
        for number, places in prefilter.candidates(view):
            rule, twins, longest = self.rules[number], self._twins[number], prefilter.longest[number]
            search, asks = rule.pattern.search, bool(rule.host or rule.unless)
            parts = [twin for twin in twins if twin not in self._whole]
            for at in places:
                line = view.line(at)
                match = search(line) if len(line) <= longest else None
                if match is None or (asks and not _holds(rule, line, host)):
                    continue
                found.numbers.setdefault(at, []).extend(twins)
                for twin in parts:
                    found.parts[at, twin] = _part(self.rules[twin], match, view.originals[at])

    def _by_stage(self, at: int, numbers: list[int], found: _Found) -> LineHits:
        """Return the hits of a line by stage, in the order of the rules. Lines that rules take as a whole share it."""
        key = tuple(sorted(numbers))
        known = self._combined.get(key)
        if known is None:
            known = {}
            for number in key:
                stage = self.rules[number].stage
                known[stage] = (*known.get(stage, ()), self._whole.get(number) or found.parts[at, number])
            if self._whole.keys() >= set(key):
                self._combined[key] = known
        return known


def scripts_of(lines: Iterable[str]) -> str:
    """Return the scripts of a document whose languages have rules of their own, as the letters that stand for them.

    >>> scripts_of(["a", "中文", "по-русски"]), scripts_of(["naïve"])
    ('CH', '')
    """
    text = "".join([line for line in lines if not line.isascii()])
    if not text:
        return ""
    found = int(np.bitwise_or.reduce(_scripts()[np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")]))
    return ("C" if found & 1 else "") + ("H" if found & 2 else "")


@cache
def _scripts() -> npt.NDArray[np.uint8]:
    """Return for each UTF-16 unit 1 where it is Cyrillic, 2 where it is Han or kana, and 0."""
    table = np.zeros(0x10000, dtype=np.uint8)
    for bit, ranges in ((1, _CYRILLIC), (2, _HAN)):
        for first, end in ranges:
            table[first:end] = bit
    return table


def hit_of(rule: Rule, line: str, host: str) -> Hit | None:
    """Return the hit of a rule on a line, if there is one."""
    folded = rule.squeeze(line) if rule.squeeze else line
    match = rule.pattern.search(folded)
    return _part(rule, match, line) if match and _holds(rule, folded, host) else None


def span_of(rule: Rule, line: str, host: str) -> tuple[int, int] | None:
    """Return what a rule matches in a line, if it hits it: a hit of a rule that takes lines as a whole does not say."""
    hit = hit_of(rule, line, host)
    return (hit.start, hit.end) if hit else None


def _holds(rule: Rule, folded: str, host: str) -> bool:
    """Whether the veto and the site of a rule let it act on a line that its pattern matches."""
    if rule.host and host != rule.host and not host.endswith("." + rule.host):
        return False
    return not (rule.veto and rule.veto.search(folded))


def _part(rule: Rule, match: regex.Match[str], line: str) -> Hit:
    """Return the hit of a rule that acts on a part of a line, which is given as it stands."""
    start, end = match.span()
    if rule.squeeze:
        offsets = rule.squeeze.offsets(line)
        start, end = offsets[start], offsets[end - 1] + 1
    groups = {name: value for name, value in match.groupdict().items() if value} if rule.pattern.groups else {}
    return Hit(rule, start, end, groups)
