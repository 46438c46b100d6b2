"""Remembering that a rules folder was tried, since trying some hundred rules takes seconds and a run often less.

What is kept is, for each rule, its compiled patterns and what the prefilter derives from them. It is stored under
the digest of all rules and of the versions that read them, so it can only ever be found for the very same rules;
without a cache folder that can be written, everything is tried anew.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import tempfile
from pathlib import Path
from typing import Any

import platformdirs
import regex

from . import examples, patterns
from .prefilter import Derived, Needs
from .rules import RuleBook, check_pattern

_MAY_LOAD = {
    ("_regex", "compile"),
    ("regex._regex", "compile"),
    ("siftline.prefilter", "Needs"),
    ("siftline.patterns", "Needed"),
    ("builtins", "frozenset"),
}


def prove(book: RuleBook) -> Derived:
    """Check every pattern and example of a book, or find that this was done. Raises RuleError.

    Returns for each pattern what the prefilter needs to know of it; the rules are compiled afterwards.
    """
    place = _place(book)
    entries = _load(place, len(book.rules))
    if entries is None:
        for rule in book.rules:
            check_pattern(rule)
        examples.check(book)
        entries = [(rule.pattern, rule.veto, derive(rule.match)) for rule in book.rules]
        _store(place, entries)
    for rule, (pattern, veto, _) in zip(book.rules, entries, strict=True):
        vars(rule).update(pattern=pattern, veto=veto)
    return {rule.match: entry[2] for rule, entry in zip(book.rules, entries, strict=True)}


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


def _place(book: RuleBook) -> Path:
    parts = [regex.__version__, patterns.VERSION, repr(book)]
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return Path(platformdirs.user_cache_dir("siftline", appauthor=False)) / f"rules-{digest[:32]}.pickle"


def _load(place: Path, count: int) -> list[Any] | None:
    try:
        with place.open("rb") as file:
            entries = _Unpickler(file).load()
        return entries if isinstance(entries, list) and len(entries) == count else None
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


def _store(place: Path, entries: list[Any]) -> None:
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=place.parent)
        with os.fdopen(handle, "wb") as file:
            pickle.dump(entries, file, protocol=5)
        Path(name).replace(place)
    except OSError:
        return  # no cache, no harm: the next run tries the rules again
