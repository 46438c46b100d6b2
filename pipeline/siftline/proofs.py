"""Remembering that a rules folder was tried, since trying some hundred rules takes seconds and a run often less.

What is kept is, for each rule, its compiled patterns and what the prefilter derives from them. It is stored under
the digest of all rules and of the versions that read them, so it can only ever be found for the very same rules;
without a cache folder that can be written, everything is tried anew.
"""

from __future__ import annotations

import io
import pickle
from typing import Any

import regex

from . import approximation, cache, examples, patterns
from .prefilter import Derived, Needs
from .rules import RuleBook, check_pattern

_MAY_LOAD = {
    ("_regex", "compile"),
    ("regex._regex", "compile"),
    ("siftline.prefilter", "Needs"),
}


def prove(book: RuleBook) -> Derived:
    """Check every pattern and example of a book, or find that this was done. Raises RuleError.

    Returns for each pattern what the prefilter needs to know of it; the rules are compiled afterwards.
    """
    name = cache.key(regex.__version__, approximation.VERSION, repr(book)) + ".rules"
    entries = _load(cache.load(name), len(book.rules))
    if entries is None:
        for rule in book.rules:
            check_pattern(rule)
        examples.check(book)
        entries = [(rule.pattern, rule.veto, derive(rule.match)) for rule in book.rules]
        cache.store(name, pickle.dumps(entries, protocol=5))
    for rule, (pattern, veto, _) in zip(book.rules, entries, strict=True):
        vars(rule).update(pattern=pattern, veto=veto)
    return {rule.match: entry[2] for rule, entry in zip(book.rules, entries, strict=True)}


def derive(pattern: str) -> Needs:
    """Return what the prefilter needs to know of a pattern."""
    longest = patterns.longest_match(pattern) if patterns.is_anchored(pattern) else None
    return Needs(approximation.approximate(pattern), longest)


class _Unpickler(pickle.Unpickler):
    """Loads compiled patterns and what is derived from them; whatever else stands in the file is refused."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _MAY_LOAD:
            raise pickle.UnpicklingError(f"{module}.{name} has no place in a cache of patterns")
        return super().find_class(module, name)


def _load(stored: bytes | None, count: int) -> list[Any] | None:
    if stored is None:
        return None
    try:
        entries = _Unpickler(io.BytesIO(stored)).load()
    except (pickle.UnpicklingError, EOFError, ValueError, TypeError, AttributeError, ImportError, IndexError):
        return None  # whatever is wrong with it, the rules can be tried again
    except RuntimeError:  # what `regex` says of a pattern that another version of it compiled
        return None
    return entries if isinstance(entries, list) and len(entries) == count else None
