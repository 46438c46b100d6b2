"""The two sets of rules of a review, and how they differ.

Only the rules come from a side; the engine is the installed one. A rule's fingerprint is taken of what it does, so
that a change of its reason or its examples is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from ..cache import digest
from ..cleaner import Cleaner
from ..library import Library
from ..matching import Matcher
from ..prefilter import Needs
from ..rules import Rule, RuleBook

FEW_NEW = 8
"""Patterns that may be tried on every line, so that no automata need be made."""
_SAYS_NOTHING = frozenset({"path", "why", "hits", "misses", "was"})
"""Fields that do not alter what a rule does."""


def behaviour(rule: Rule) -> dict[str, Any]:
    """Return the fields of a rule that say what it does, from which it can be made again."""
    return {field.name: getattr(rule, field.name) for field in fields(rule) if field.name not in _SAYS_NOTHING}


def made_again(entry: dict[str, Any]) -> Rule:
    """Return the rule that `behaviour` described, without reason and examples.

    Raises TypeError for what is no such description.
    """
    return Rule(path="", why="", hits=(), misses=(), **entry)


@cache
def fingerprint(rule: Rule) -> str:
    """Return 12 hexadecimal digits that change with what the rule does, its id included."""
    return digest(repr(sorted(behaviour(rule).items())))[:12]


def revision(rule: Rule) -> str:
    """Return 8 hexadecimal digits that change with what the rule does, whatever it is called and wherever it stands."""
    entry = {key: value for key, value in behaviour(rule).items() if key not in ("id", "status")}
    return digest(repr(sorted(entry.items())))[:8]


@dataclass(frozen=True)
class Side:
    """One set of rules: what it is called, and the library that the stages use."""

    name: str
    library: Library

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All rules in their order, those in shadow too."""
        return self.library.book.rules

    @cached_property
    def shadows(self) -> tuple[Rule, ...]:
        """The rules that are reported and not applied."""
        return tuple(rule for rule in self.rules if rule.status == "shadow")

    @cached_property
    def cleaner(self) -> Cleaner:
        """A cleaner with all stages and these rules."""
        cleaner = Cleaner(self.library.folder)
        cleaner.library = self.library
        return cleaner

    @cached_property
    def shadow_matcher(self) -> Matcher:
        """The rules in shadow alone."""
        return Matcher(self.shadows, self.library.derived)

    @cached_property
    def full_matcher(self) -> Matcher:
        """All rules, as if those in shadow were applied."""
        return Matcher(self.rules, self.library.derived)

    @cached_property
    def by_id(self) -> dict[str, Rule]:
        """All rules by their id."""
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def glossaries(self) -> str:
        """The digest of the glossaries."""
        return digest(repr(sorted(self.library.glossaries.items())))

    @cached_property
    def prints(self) -> tuple[str, ...]:
        """The fingerprints of the rules."""
        return tuple(map(fingerprint, self.rules))

    @cached_property
    def digest(self) -> str:
        """The digest of all that can alter a result."""
        return digest(self.glossaries, *self.prints)

    def __getstate__(self) -> dict[str, Any]:
        return {"name": self.name, "library": self.library}


def side(name: str, folder: Path) -> Side:
    """Read one side and prove its rules. Raises RuleError where they are not right.

    The automata are made when a document is cleaned: to find that none need be takes less.
    """
    library = Library(folder)
    library.book, library.glossaries  # noqa: B018
    return Side(name, library)


def lend(like: Library, library: Library) -> None:
    """Let a library find lines with the automata of another, since new ones take half a second to compile: of a few
    patterns that the other has not each is tried on every line, and those that it has alone are searched for in vain.
    """
    rules = library.book.active
    if len({rule.match for rule in rules} - like.derived.keys()) > FEW_NEW:
        return
    derived = {pattern: like.derived.get(pattern, Needs()) for pattern in library.derived} | dict(like.derived)
    own = {(rule.match, rule.lang, rule.squeeze) for rule in rules}
    idle = [rule for rule in like.book.active if (rule.match, rule.lang, rule.squeeze) not in own]
    vars(library)["lines"] = Matcher(rules, derived, idle=idle)


def library_of(rules: Sequence[Rule], like: Library) -> Library:
    """Return a library that holds these rules instead, with the glossaries of `like`. Patterns that `like` does not
    know are tried on every line.
    """
    derived = {rule.match: like.derived.get(rule.match, Needs()) for rule in rules}
    library = Library(like.folder)
    vars(library).update(_proved=(RuleBook(tuple(rules)), derived), glossaries=like.glossaries)
    share_model(like, library)
    return library


def share_model(first: Library, second: Library) -> None:
    """Let two libraries have one model, which is the engine's and not of a side."""
    vars(second)["text_model"] = first.text_model


@dataclass(frozen=True)
class Difference:
    """What differs between two sets of rules: the old and new forms of rules, and whether the glossaries do."""

    rules: tuple[Rule, ...]
    glossaries: bool
    patterns_alone: frozenset[str] = frozenset()
    """Ids of rules that drop lines, of which only the pattern or what vetoes it differs: where both forms hit the same
    spans, nothing else can."""

    def __bool__(self) -> bool:
        return bool(self.rules) or self.glossaries


def difference(old: Iterable[Rule], new: Iterable[Rule], glossaries: bool = False) -> Difference:
    """Return the rules of either list that the other lacks, or has in another order.

    Rules are tried in the order of their files, so a rule that changed its place may act where another did.
    """
    old, new = list(old), list(new)
    before, after = [fingerprint(rule) for rule in old], [fingerprint(rule) for rule in new]
    same = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    kept_old = {at for block in same for at in range(block.a, block.a + block.size)}
    kept_new = {at for block in same for at in range(block.b, block.b + block.size)}
    changed = [rule for at, rule in enumerate(old) if at not in kept_old]
    changed += [rule for at, rule in enumerate(new) if at not in kept_new]
    return Difference(tuple(dict.fromkeys(changed)), glossaries, _patterns_alone(old, new))


def _patterns_alone(old: Sequence[Rule], new: Sequence[Rule]) -> frozenset[str]:
    if [rule.id for rule in old] != [rule.id for rule in new]:
        return frozenset()  # a rule came or went, so that others may have another place
    return frozenset(
        a.id
        for a, b in zip(old, new, strict=True)
        if a.action in ("drop", "drop-rest") and _beside_pattern(a) == _beside_pattern(b)
    )


def _beside_pattern(rule: Rule) -> dict[str, Any]:
    return {key: value for key, value in behaviour(rule).items() if key not in ("match", "unless")}


def renamed(base: Side, head: Side) -> dict[str, str]:
    """Return the new id of each rule of `base` that has another in `head`.

    A rule says so with `was`; without that, a rule that went and one that came are the same where they do the same.
    """
    names = {old: rule.id for rule in head.rules for old in rule.was if old not in head.by_id}
    found = {old: new for old, new in names.items() if old in base.by_id}
    gone = [rule for rule in base.rules if rule.id not in head.by_id and rule.id not in found]
    came = {revision(r): r.id for r in head.rules if r.id not in base.by_id and r.id not in names.values()}
    for rule in gone:
        if revision(rule) in came:
            found[rule.id] = came.pop(revision(rule))
    return found
