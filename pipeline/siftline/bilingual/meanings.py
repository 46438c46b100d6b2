"""What a word that was left standing means in its own document: what a gloss says, and what the paragraphs say that
translate those with the same word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from .english.inflection import plural
from .entries import Entry, Glossary

LINES_READ = 2000
"""Lines of a document that are searched for glosses."""
_GLOSS = r"{word}[”」』》]?\s?[（(]\s?([A-Za-z][A-Za-z'’-]+(?:\s[A-Za-z][A-Za-z'’-]*){{0,3}})\s?[)）]"


def with_meanings(
    book: Glossary, words: Iterable[str], lines: Sequence[str], translations: Sequence[tuple[str, str]]
) -> Glossary:
    """Return the glossary with what a document says of some words. `translations` has its paired paragraphs, the
    Chinese one first.

    >>> with_meanings(Glossary(), ["赋能"], ["赋能（empowerment）是关键。"], []).entries["赋能"].translation
    'empowerment'
    """
    found: dict[str, Entry] = {}
    for word in words:
        entry = book.entries.get(word)
        own = _usual(entry, translations) if entry else _glossed(word, lines[:LINES_READ])
        if own:
            found[word] = own
    return replace(book, entries={**book.entries, **found}) if found else book


def _glossed(word: str, lines: Sequence[str]) -> Entry | None:
    """Return what stands in brackets behind a word, if it is always the same."""
    pattern = re.compile(_GLOSS.format(word=re.escape(word)))
    glosses = {match[1] for line in lines if word in line for match in pattern.finditer(line)}
    if len(glosses) != 1:
        return None
    return Entry("leftovers/zh-en/glossed", word, "noun", glosses.pop(), "", "")


def _usual(entry: Entry, translations: Sequence[tuple[str, str]]) -> Entry | None:
    """Return the entry with the one translation that the document has for the word, where that is not the first."""
    texts = [theirs.lower() for ours, theirs in translations if entry.word in ours]
    first = {entry.translation, entry.plural, entry.verb, entry.modifier} - {""}
    if not entry.unsure and any(_has(form, text) for form in first for text in texts):
        return None
    known = (entry.translation, *entry.also) if entry.unsure else entry.also
    used = [other for other in known if any(_has(form, text) for form in (other, plural(other)) for text in texts)]
    if len(used) != 1 or entry.pos != "noun":
        return None
    many = plural(used[0]) if entry.plural else ""
    return replace(entry, translation=used[0], plural=many, modifier="", verb="", unsure=False)


def _has(form: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(form.lower())}\b", text) is not None
