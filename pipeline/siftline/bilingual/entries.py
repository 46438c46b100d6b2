"""What a glossary holds: words, and the forms of their translations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class Entry:
    """One word, and the forms of its translation."""

    id: str
    """The address, e.g. ``leftovers/zh-en/achievement``."""
    word: str
    pos: str
    translation: str
    example: str
    becomes: str
    plural: str = ""
    verb: str = ""
    modifier: str = ""
    mass: bool = False
    """Whether it is as often used without a plural."""
    also: tuple[str, ...] = ()
    careful: bool = False
    """Whether it only replaces what stands behind a determiner, and so must be a noun."""

    @cached_property
    def forms(self) -> frozenset[str]:
        """Every single word, in small letters, that may stand for the word in a translation."""
        texts = (self.translation, self.plural, self.verb, self.modifier, *self.also)
        return frozenset(part for text in texts for part in text.lower().split() if part not in ("the", "and"))


@dataclass(frozen=True)
class Glossary:
    """The entries of one file by their word."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
    lang: str = "en"
    """The language of the translations, which says how forms are found."""

    @cached_property
    def nouns(self) -> frozenset[str]:
        """Return the English nouns known here, singular and plural, of one word each."""
        return frozenset(
            form.lower() for entry in self.entries.values() if entry.pos == "noun"
            for form in (entry.translation, entry.plural) if form and " " not in form
        )  # fmt: skip

    @cached_property
    def forms(self) -> dict[str, frozenset[str]]:
        """For each word all that may stand for it in a translation."""
        return {word: entry.forms for word, entry in self.entries.items()}
