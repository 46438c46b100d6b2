"""Glossaries of rules/leftovers/: a word of one language, and what stands for it in another.

A glossary is data like the rules: the loader refuses an entry that is wrong about its own example.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ..late import late
from ..rules import RuleError, parsed
from .entries import Entry, Glossary
from .insertion import mended

POS = ("noun", "name", "verb", "adjective", "adverb", "degree", "connective")
"""Parts of speech: a name has no plural, a degree stands before adjectives."""
_FORMS = ("plural", "verb", "modifier", "noun", "adverb", "past", "participle")
_TEXTS = ("word", "pos", "translation", *_FORMS, "example", "becomes")
_FLAGS = ("mass", "single", "abstract", "intransitive", "unsure")
_NEEDED = ("word", "pos", "translation", "example", "becomes")
_KEYS = (*_TEXTS, *_FLAGS, "also")
_BELONGS = {
    "noun": ("verb",),
    "intransitive": ("verb",),
    "adverb": ("adjective",),
    "single": ("noun",),
    "abstract": ("noun",),
    "unsure": ("noun",),
}
"""Keys that only some parts of speech have."""
_NAME = late(re.compile, r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HAN = late(re.compile, "[\u3400-\u9fff]+")


def load_all(folder: Path) -> dict[str, Glossary]:
    """Return the glossaries of a rules folder by pair of languages, `zh-en`. Raises RuleError."""
    return {path.stem: read(path) for path in sorted((folder / "leftovers").glob("*.toml"))}


def read(path: Path) -> Glossary:
    """Read one glossary and try each entry on its example. Raises RuleError."""
    entries: dict[str, Entry] = {}
    for name, fields in parsed(path).items():
        entry = _entry(path, name, fields)
        if entry.word in entries:
            raise RuleError(path, name, f"{entry.word} is already in {entries[entry.word].id}: remove one")
        entries[entry.word] = entry
    glossary = Glossary(entries, path.stem.rpartition("-")[2])
    if glossary.lang == "en":  # forms of Russian take an extra, and half a second: the tests try them
        _try_examples(path, glossary)
    return glossary


def _entry(path: Path, name: str, fields: Any) -> Entry:
    def check(ok: object, problem: str) -> None:
        if not ok:
            raise RuleError(path, name, problem)

    check(isinstance(fields, dict), f"is no entry: write it as a table, [{name}]")
    check(_NAME.fullmatch(name), "a name has small letters, digits and hyphens")
    _check_fields(fields, check)
    check(fields["pos"] in POS, f"unknown part of speech `{fields['pos']}`; known are {', '.join(POS)}")
    check(fields["pos"] != "name" or not fields.get("plural"), "a name has no plural: remove it")
    for key, parts in _BELONGS.items():
        check(key not in fields or fields["pos"] in parts, f"`{key}` is of use for {' and '.join(parts)} alone")
    check(_HAN.fullmatch(fields["word"]), "`word` must be Chinese characters alone")
    check(fields["word"] in fields["example"], "`example` does not hold the word")
    also = tuple(fields.get("also", ()))
    return Entry(id=f"leftovers/{path.stem}/{name}", also=also, **{k: v for k, v in fields.items() if k != "also"})


def _check_fields(fields: Mapping[str, Any], check: Callable[[object, str], None]) -> None:
    for key, value in fields.items():
        check(key in _KEYS, f"unknown key `{key}`; known are {', '.join(_KEYS)}")
        if key in _TEXTS:
            check(isinstance(value, str) and value.strip(), f"`{key}` must be a text that is not empty")
        elif key in _FLAGS:
            check(isinstance(value, bool), f"`{key}` must be true or false")
        else:
            good = isinstance(value, list) and value and all(isinstance(v, str) and v.strip() for v in value)
            check(good, f"`{key}` must be a list of texts that are not empty")
    for key in _NEEDED:
        check(key in fields, f"has no `{key}`")


def _try_examples(path: Path, glossary: Glossary) -> None:
    for entry in glossary.entries.values():
        got = mended(entry.example, glossary)
        if got != entry.becomes:
            raise RuleError(path, entry.id.rpartition("/")[2], f"`example` becomes {got!r}, not {entry.becomes!r}")
