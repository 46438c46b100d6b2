"""Rules folders that were read before: found again by the bytes of their files, and of all code that may have a say in
what is made of them, so that nothing goes stale.

To parse and try a folder takes a tenth of a second even where its proofs are kept, and every run begins with it.
"""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import NamedTuple

import regex

from . import cache
from .bilingual.entries import Glossary
from .prefilter import Derived
from .rules import RuleBook

_MAY_LOAD = cache.PATTERNS | {
    ("siftline.prefilter", "Needs"),
    ("siftline.rules", "Rule"),
    ("siftline.rules", "RuleBook"),
    ("siftline.shelf", "Contents"),
    ("siftline.bilingual.entries", "Entry"),
    ("siftline.bilingual.entries", "Glossary"),
}


class Contents(NamedTuple):
    """What is in a rules folder."""

    book: RuleBook
    """Every rule, proved on its own examples."""
    derived: Derived
    """What the prefilter needs to know of each pattern."""
    glossaries: bytes
    """The glossaries of leftovers/, packed: hardly a run needs them, and to unpack them takes longer than the rules."""


def read(folder: Path) -> Contents:
    """Return what is in a rules folder. Raises RuleError where a file is not right."""
    name = _name(folder)
    stored = cache.load(name) if name else None
    found = cache.unpickled(stored, _MAY_LOAD) if stored else None
    if isinstance(found, Contents):
        return found
    from . import proofs, rules  # noqa: PLC0415 - a folder that is known need not be tried
    from .bilingual import glossary  # noqa: PLC0415

    book = rules.read(folder)
    contents = Contents(book, proofs.prove(book), pickle.dumps(glossary.load_all(folder), protocol=5))
    if name:
        for rule in book.rules:
            rule.pack()
        cache.store(name, pickle.dumps(contents, protocol=5))
    return contents


def glossaries(packed: bytes, folder: Path) -> dict[str, Glossary]:
    """Return the glossaries by pair of languages, `zh-en`; those of the folder where what was packed is broken."""
    found: dict[str, Glossary] | None = cache.unpickled(packed, _MAY_LOAD)
    if found is None:
        from .bilingual import glossary  # noqa: PLC0415

        found = glossary.load_all(folder)
    return found


def _name(folder: Path) -> str:
    """Return the name under which a folder as it is now is kept; none where it cannot be read."""
    try:
        code = cache.code()
        files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
        parts = [part for path in files for part in (str(path), path.read_bytes())]
    except OSError:
        return ""
    return cache.key(regex.__version__, str(folder), code, *parts) + ".shelf"
