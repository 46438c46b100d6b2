"""Rules folders that were read before: found again by the bytes of their files, and of the code that reads them.

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

_READERS = (
    "approximation.py", "examples.py", "matching.py", "patterns.py", "prefilter.py", "proofs.py", "rules.py",
    "squeeze.py", "bilingual/entries.py", "bilingual/glossary.py", "bilingual/insertion.py",
)  # fmt: skip
"""The modules that say what is right in a folder, and what is made of it."""
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
    glossaries: dict[str, Glossary]
    """The glossaries of leftovers/ by pair of languages, `zh-en`."""


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
    contents = Contents(book, proofs.prove(book), glossary.load_all(folder))
    if name:
        for rule in book.rules:
            rule.pack()
        cache.store(name, pickle.dumps(contents, protocol=5))
    return contents


def _name(folder: Path) -> str:
    """Return the name under which a folder as it is now is kept; none where it cannot be read."""
    try:
        code = [(Path(__file__).parent / name).read_bytes() for name in _READERS]
        files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
        parts = [part for path in files for part in (str(path), path.read_bytes())]
    except OSError:
        return ""
    return cache.key(regex.__version__, str(folder), *code, *parts) + ".shelf"
