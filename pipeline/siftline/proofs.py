"""Remembering that a rules folder was tried, since trying some hundred rules takes seconds and a run often less.

What is kept is, for each rule, its compiled patterns and what the prefilter derives from them. It is stored under
the digest of the rule and of the versions that read it, so it can only ever be found for the very same rule;
without a cache folder that can be written, everything is tried anew.
"""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import Any

import regex

from . import approximation, beginnings, cache, examples, patterns
from .prefilter import STOP, Derived, Needs
from .rules import Rule, RuleBook, check_pattern

_ENDING, _CONSIDERED = ".rules", 3
"""How many books' proofs are looked through for single rules."""
_FEW = 3
"""Rules that are proved anew sooner than another book is read."""
_MAY_LOAD = cache.PATTERNS | {("siftline.prefilter", "Needs")}


Proof = tuple[Any, Any, Needs]
"""The compiled `match` and `unless` of a rule, and what the prefilter derives."""
Proved = tuple[dict[str, Proof], frozenset[str]]
"""The proofs of the rules of a book, and the sentences of its prose."""


def prove(book: RuleBook) -> Derived:
    """Check every pattern and example of a book, or find that this was done. Raises RuleError.

    Returns for each pattern what the prefilter needs to know of it; the rules are compiled afterwards. Of a book
    that was not seen before only the rules are tried that no other book had.
    """
    keys = _keys(book)
    sentences = frozenset(sentence for _, sentence in book.prose)
    name = cache.key(*keys, repr(sorted(sentences))) + _ENDING
    loaded = _load(cache.load(name))
    fresh = loaded is None or not loaded[0].keys() >= set(keys)
    proved = loaded[0] if loaded else {}
    others = _others(set(keys)) if fresh else []
    if fresh:
        known = {key: proof for proofs, _ in others for key, proof in proofs.items()}
        proved = {key: known.get(key) or _try(rule) for key, rule in zip(keys, book.rules, strict=True)}
    for key, rule in zip(keys, book.rules, strict=True):
        pattern, veto, _ = proved[key]
        vars(rule).update(pattern=pattern, veto=veto)
    if fresh:
        examples.check(book, {rule.id for key, rule in zip(keys, book.rules, strict=True) if key not in known})
        near, spared = max(others, key=lambda other: len(other[0].keys() & set(keys)), default=({}, frozenset()))
        examples.check_prose(book, {rule.id for key, rule in zip(keys, book.rules, strict=True) if key in near}, spared)
        cache.store(name, pickle.dumps((proved, tuple(sorted(sentences))), protocol=5))
    return {rule.match: proved[key][2] for key, rule in zip(keys, book.rules, strict=True)}


def _try(rule: Rule) -> Proof:
    check_pattern(rule)
    return rule.pattern, rule.veto, derive(rule.match)


def _keys(book: RuleBook) -> list[str]:
    """Return for each rule the digest of all that its proof rests on: itself, and the rule that it needs."""
    shown = {rule.id: repr(replace(rule, path="")) for rule in book.rules}
    versions = (regex.__version__, approximation.VERSION, *Needs._fields)
    return [cache.key(*versions, shown[rule.id], shown.get(rule.needs, "")) for rule in book.rules]


def _others(wanted: set[str]) -> list[Proved]:
    """Return the latest proofs of other books, as long as many are wanted."""
    found: list[Proved] = []
    for name in cache.names(_ENDING)[:_CONSIDERED]:
        if len(wanted) > _FEW and (proved := _load(cache.load(name))):
            found.append(proved)
            wanted = wanted - proved[0].keys()
    return found


def derive(pattern: str) -> Needs:
    """Return what the prefilter needs to know of a pattern."""
    longest = patterns.longest_match(pattern) if patterns.is_anchored(pattern) else None
    unstopped = patterns.is_without(pattern, STOP)
    return Needs(approximation.approximate(pattern), longest, beginnings.beginnings(pattern), unstopped)


def _load(stored: bytes | None) -> Proved | None:
    found = cache.unpickled(stored, _MAY_LOAD) if stored else None
    if not (isinstance(found, tuple) and len(found) == 2):
        return None
    proved, prose = found
    right = isinstance(proved, dict) and all(map(_is_proof, proved.values())) and isinstance(prose, tuple)
    return (proved, frozenset(prose)) if right else None


def _is_proof(entry: object) -> bool:
    return isinstance(entry, tuple) and len(entry) == 3 and isinstance(entry[2], Needs)
