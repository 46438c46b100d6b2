"""Remembering that a rules folder was tried, since trying some hundred rules takes seconds and a run often less.

What is kept is, for each rule, its compiled patterns and what the prefilter derives from them. It is stored under
the digest of the rule and of the versions that read it, so it can only ever be found for the very same rule;
without a cache folder that can be written, everything is tried anew.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import platformdirs
import regex

from . import examples, patterns
from .prefilter import Derived, Needs
from .rules import Rule, RuleBook, check_pattern

_CONSIDERED, _KEPT = 3, 12
"""How many books' proofs are looked through for single rules, and how many are kept."""
_MAY_LOAD = {
    ("_regex", "compile"),
    ("regex._regex", "compile"),
    ("siftline.prefilter", "Needs"),
    ("siftline.patterns", "Needed"),
    ("builtins", "frozenset"),
}


Proof = tuple[Any, Any, Needs]
"""The compiled `match` and `unless` of a rule, and what the prefilter derives."""


def prove(book: RuleBook) -> Derived:
    """Check every pattern and example of a book, or find that this was done. Raises RuleError.

    Returns for each pattern what the prefilter needs to know of it; the rules are compiled afterwards. Of a book
    that was not seen before only the rules are tried that no other book had.
    """
    keys = _keys(book)
    place = _place(book, keys)
    proved = _load(place)
    fresh = proved is None or not proved.keys() >= set(keys)
    if proved is None or fresh:
        known = _known(place.parent)
        proved = {key: known.get(key) or _try(rule) for key, rule in zip(keys, book.rules, strict=True)}
        untried = {rule.id for key, rule in zip(keys, book.rules, strict=True) if key not in known}
    for key, rule in zip(keys, book.rules, strict=True):
        pattern, veto, _ = proved[key]
        vars(rule).update(pattern=pattern, veto=veto)
    if fresh:
        examples.check(book, untried)
        _store(place, proved)
    return {rule.match: proved[key][2] for key, rule in zip(keys, book.rules, strict=True)}


def _try(rule: Rule) -> Proof:
    check_pattern(rule)
    return rule.pattern, rule.veto, derive(rule.match)


def derive(pattern: str) -> Needs:
    """Return what the prefilter needs to know of a pattern."""
    longest = patterns.longest_match(pattern) if patterns.is_anchored(pattern) else None
    return Needs(patterns.needed(pattern), patterns.leading(pattern), longest)


class _Unpickler(pickle.Unpickler):
    """Loads compiled patterns and what is derived from them; whatever else stands in the file is refused."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _MAY_LOAD:
            raise pickle.UnpicklingError(f"{module}.{name} has no place in a cache of patterns")
        return super().find_class(module, name)


def _keys(book: RuleBook) -> list[str]:
    """Return for each rule the digest of all that its proof rests on: itself, and the rule that it needs."""
    versions = f"{regex.__version__} {patterns.VERSION}"
    shown = {rule.id: repr(replace(rule, path="")) for rule in book.rules}
    texts = (f"{versions}\0{shown[rule.id]}\0{shown.get(rule.needs)}" for rule in book.rules)
    return [hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32] for text in texts]


def _place(book: RuleBook, keys: Sequence[str]) -> Path:
    whole = "\0".join([*keys, repr(book.prose)])
    digest = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
    return Path(platformdirs.user_cache_dir("siftline", appauthor=False)) / f"rules-{digest[:32]}.pickle"


def _recent(folder: Path) -> list[Path]:
    """Return the stored proofs, the latest first."""
    try:
        return sorted(folder.glob("rules-*.pickle"), key=lambda path: (-path.stat().st_mtime_ns, path.name))
    except OSError:
        return []


def _known(folder: Path) -> dict[str, Proof]:
    """Return what the latest proofs of other books hold."""
    found: dict[str, Proof] = {}
    for path in _recent(folder)[:_CONSIDERED]:
        found |= _load(path) or {}
    return found


def _load(place: Path) -> dict[str, Proof] | None:
    try:
        with place.open("rb") as file:
            proved = _Unpickler(file).load()
        return proved if isinstance(proved, dict) and all(map(_is_proof, proved.values())) else None
    except (
        OSError,
        pickle.UnpicklingError,
        EOFError,
        ValueError,
        TypeError,
        AttributeError,
        ImportError,
        IndexError,
        RuntimeError,
    ):
        return None  # whatever is wrong with the file, the rules can be tried again


def _is_proof(entry: object) -> bool:
    return isinstance(entry, tuple) and len(entry) == 3 and isinstance(entry[2], Needs)


def _store(place: Path, proved: dict[str, Proof]) -> None:
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=place.parent)
        with os.fdopen(handle, "wb") as file:
            pickle.dump(proved, file, protocol=5)
        Path(name).replace(place)
        for old in _recent(place.parent)[_KEPT:]:
            old.unlink(missing_ok=True)
    except OSError:
        return  # no cache, no harm: the next run tries the rules again
