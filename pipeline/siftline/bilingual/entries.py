"""What a glossary holds: words, and the forms of their translations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from .english import inflection

_PARTICLES = frozenset(["the", "and", "to", "of", "on", "in", "out", "up", "for", "with", "a"])


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
    noun: str = ""
    """Of a verb: what its doing is called."""
    adverb: str = ""
    """Of an adjective."""
    past: str = ""
    participle: str = ""
    """Of a verb whose forms follow no rule, those of its first word."""
    intransitive: bool = False
    """Whether a verb takes no object."""
    single: bool = False
    """Whether a noun behind `the` means one, where nothing says otherwise."""
    mass: bool = False
    """Whether it is as often used without a plural, or has none but may stand behind `a`."""
    also: tuple[str, ...] = ()
    abstract: bool = False
    """Whether a noun that is counted stands in phrases without its article (`under threat`)."""
    unsure: bool = False
    """Whether its translations differ so much that it stays, unless the document itself settles it."""
    careful: bool = False
    """Whether it only replaces what stands behind a determiner, and so must be a noun."""

    @cached_property
    def forms(self) -> frozenset[str]:
        """Every single word, in small letters, that may stand for the word in a translation."""
        texts = (self.translation, self.plural, self.verb, self.modifier, self.noun, self.adverb, *self.also)
        return frozenset(part for text in texts for part in text.lower().split() if part not in _PARTICLES)

    def as_noun(self) -> Entry:
        """Return the noun of a verb."""
        return replace(self, pos="noun", translation=self.noun, verb="", mass=True)


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
            form.lower() for entry in self.entries.values() if entry.pos in ("noun", "verb")
            for form in ((entry.translation if entry.pos == "noun" else entry.noun), entry.plural)
            if form and " " not in form
        )  # fmt: skip

    @cached_property
    def adjectives(self) -> frozenset[str]:
        """Return the English adjectives known here."""
        found = {entry.translation for entry in self.entries.values() if entry.pos == "adjective"}
        return frozenset(found | {entry.modifier for entry in self.entries.values()} - {""})

    @cached_property
    def verbs(self) -> frozenset[str]:
        """Return the English verbs known here, of one word each, in all their forms but that in -ing."""
        out: set[str] = set()
        for entry in self.entries.values():
            verb = entry.translation if entry.pos == "verb" else entry.verb
            if verb and " " not in verb:
                own = inflection.participle(verb, entry.past, entry.participle)
                out |= {verb, inflection.third(verb), inflection.past(verb, entry.past), own}
        return frozenset(out)

    @cached_property
    def forms(self) -> dict[str, frozenset[str]]:
        """For each noun and name all that may stand for it in a translation: verbs have too many forms to pair by."""
        return {word: entry.forms for word, entry in self.entries.items() if entry.pos in ("noun", "name")}
