"""The figures of a review: what each rule did before and after, and precision and recall against gold."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import NamedTuple

import orjson

from ..document import META_ROLES
from .gold import ARTICLE, NOT_ARTICLE, UNKNOWN
from .measure import Measured, lines_languages
from .sides import Side, revision

GROWTH = 5
"""A rule that acts on over so many times as many lines as before is stopped."""
_Z = 1.959964  # of the 95 % interval


def wilson(right: int, tried: int) -> tuple[float, float]:
    """Return the 95 % interval of a share of which `right` in `tried` were seen (E. B. Wilson, 1927).

    >>> tuple(round(bound, 3) for bound in wilson(9, 10))
    (0.596, 0.982)
    """
    if not tried:
        return 0.0, 1.0
    share, square = right / tried, _Z * _Z / tried
    middle = share + square / 2
    spread = _Z * sqrt((share * (1 - share) + square / 4) / tried)
    return max(0.0, (middle - spread) / (1 + square)), min(1.0, (middle + spread) / (1 + square))


@dataclass(slots=True)
class RuleTally:
    """What one rule did to a corpus."""

    documents: int = 0
    lines: int = 0
    alone: int = 0
    """Lines that no other rule would have taken."""
    right: int = 0
    judged: int = 0
    """Lines taken out of which gold says something, and those of them that it leaves out."""
    shadow: int = 0
    """Lines on which it would act, were it not in shadow."""
    languages: dict[str, int] = field(default_factory=dict)
    """Lines by language."""

    def add(self, other: RuleTally) -> None:
        """Count what another tally counted."""
        self.documents += other.documents
        self.lines += other.lines
        self.alone += other.alone
        self.right += other.right
        self.judged += other.judged
        self.shadow += other.shadow
        for lang, count in other.languages.items():
            self.languages[lang] = self.languages.get(lang, 0) + count


class Kept(NamedTuple):
    """Characters of whole lines: kept and in gold, kept and not in it, and in gold but dropped."""

    right: int = 0
    wrong: int = 0
    lost: int = 0

    def plus(self, other: Kept) -> Kept:
        """Return the sum."""
        return Kept(self.right + other.right, self.wrong + other.wrong, self.lost + other.lost)

    @property
    def precision(self) -> float:
        """Share of what is kept that gold keeps."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of what gold keeps that is kept."""
        return self.right / (self.right + self.lost) if self.right + self.lost else 1.0


@dataclass
class Tally:
    """What one side did to a corpus."""

    rules: dict[str, RuleTally] = field(default_factory=dict)
    kept: Kept = field(default_factory=Kept)

    def add(self, other: Tally) -> None:
        """Count what another tally counted."""
        for name, tally in other.rules.items():
            self.rules.setdefault(name, RuleTally()).add(tally)
        self.kept = self.kept.plus(other.kept)

    def line(self, labels: str) -> bytes:
        """Return the tally of a document as a line of JSON, with a digest of the labels that it rests on."""
        rows = {name: [getattr(rule, one) for one in RuleTally.__slots__] for name, rule in self.rules.items()}
        return orjson.dumps([_labels_digest(labels), list(self.kept), rows])

    @classmethod
    def of(cls, line: bytes, labels: str) -> Tally | None:
        """Return what `line` gave; None for another document's, other labels', or anything else."""
        try:
            known, kept, rows = orjson.loads(line)
            if known != _labels_digest(labels):
                return None
            return cls({name: RuleTally(*row) for name, row in rows.items()}, Kept(*kept))
        except (ValueError, TypeError, AttributeError):
            return None


def _labels_digest(labels: str) -> int:
    return zlib.crc32(labels.encode(), len(labels))


@dataclass
class Totals:
    """What both sides did to a corpus; what they do alike is counted once."""

    alike: Tally = field(default_factory=Tally)
    before: Tally = field(default_factory=Tally)
    after: Tally = field(default_factory=Tally)

    def count(self, before: Tally, after: Tally) -> None:
        """Count a document."""
        if before is after:
            self.alike.add(before)
        else:
            self.before.add(before)
            self.after.add(after)

    def add(self, other: Totals) -> None:
        """Count what others counted."""
        self.alike.add(other.alike)
        self.before.add(other.before)
        self.after.add(other.after)

    @property
    def sides(self) -> tuple[Tally, Tally]:
        """What each side did."""
        first, second = Tally(), Tally()
        for whole, part in ((first, self.before), (second, self.after)):
            whole.add(self.alike)
            whole.add(part)
        return first, second


def tally_of(found: Measured, lines: Sequence[str], labels: str) -> Tally:
    """Count one document, given its lines and a character of gold.py for each, or none."""
    if found.error or len(labels) != len(lines):
        labels = UNKNOWN * len(lines)
    rules: dict[str, RuleTally] = {}
    langs = lines_languages(found)
    seen: set[tuple[str, int]] = set()
    for change in found.changes:
        rule = rules.get(change.rule)
        if rule is None:
            rule = rules[change.rule] = RuleTally(documents=1)
        if (change.rule, change.line) in seen:
            continue
        seen.add((change.rule, change.line))
        rule.lines += 1
        lang = langs[change.line]
        rule.languages[lang] = rule.languages.get(lang, 0) + 1
        if change.after is None and change.role not in META_ROLES:
            rule.alone += change.alone
            rule.judged += labels[change.line] in (ARTICLE, NOT_ARTICLE)
            rule.right += labels[change.line] == NOT_ARTICLE
    for name, *_ in found.shadow:
        rules.setdefault(name, RuleTally()).shadow += 1
    return Tally(rules, _kept(found, [len(line) for line in lines], labels))


def _kept(found: Measured, sizes: Sequence[int], labels: str) -> Kept:
    """Weigh lines by their length; one that went to the front matter counts for nothing."""
    if ARTICLE not in labels and NOT_ARTICLE not in labels:
        return Kept()
    right = sum(size for size, label in zip(sizes, labels, strict=True) if label == ARTICLE)
    wrong = sum(size for size, label in zip(sizes, labels, strict=True) if label == NOT_ARTICLE)
    lost = 0
    for change in found.changes:
        if change.after is None:
            label, size = labels[change.line], sizes[change.line]
            right -= size * (label == ARTICLE)
            wrong -= size * (label == NOT_ARTICLE)
            lost += size * (label == ARTICLE and change.role not in META_ROLES)
    return Kept(right, wrong, lost)


class RuleRow(NamedTuple):
    """One rule under both sides."""

    id: str
    was: str
    """Its id in the base, where that was another."""
    state: str
    """`same`, `changed`, `added`, `removed`, or `engine` for what is no rule of the rules folder."""
    status: str
    """`active`, `shadow`, or nothing."""
    revisions: tuple[str, str]
    before: RuleTally
    after: RuleTally

    @property
    def grew(self) -> bool:
        """Whether a rule that both sides have acts on over GROWTH times as many lines."""
        return self.state in ("same", "changed") and self.after.lines > GROWTH * max(1, self.before.lines)

    @property
    def differs(self) -> bool:
        """Whether the rule, its id or what it does is another."""
        return self.state not in ("same", "engine") or bool(self.was) or self.before != self.after

    @property
    def precision(self) -> tuple[float, float, float] | None:
        """Share of the lines taken out that gold leaves out, with its interval; None where gold says nothing."""
        tally = self.after if self.after.judged else self.before
        return (tally.right / tally.judged, *wilson(tally.right, tally.judged)) if tally.judged else None


def rule_rows(base: Side, head: Side, tallies: tuple[Tally, Tally], renamed: Mapping[str, str]) -> list[RuleRow]:
    """Return a row for each rule of either side, and for whatever else changed documents, by id."""
    old_names = {new: old for old, new in renamed.items()}
    before, after = tallies
    names = {renamed.get(rule.id, rule.id) for rule in base.rules} | head.by_id.keys()
    names |= {renamed.get(name, name) for name in before.rules} | after.rules.keys()
    return [_row(name, old_names.get(name, name), (base, head), (before, after)) for name in sorted(names)]


def _row(name: str, old: str, sides: tuple[Side, Side], tallies: tuple[Tally, Tally]) -> RuleRow:
    rules = sides[0].by_id.get(old), sides[1].by_id.get(name)
    first, second = (revision(rule) if rule else "" for rule in rules)
    if rules == (None, None):
        state = "engine"
    elif rules[0] is None:
        state = "added"
    elif rules[1] is None:
        state = "removed"
    else:
        state = "same" if (first, rules[0].status) == (second, rules[1].status) else "changed"
    status = next((rule.status for rule in reversed(rules) if rule), "")
    counts = tallies[0].rules.get(old, RuleTally()), tallies[1].rules.get(name, RuleTally())
    return RuleRow(name, old if old != name else "", state, status, (first, second), *counts)
