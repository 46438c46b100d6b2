"""Which form of a translation fits where a Chinese word was left standing in an English sentence.

The words around it say what it is there: noun, verb, adjective or adverb; and whether a noun is one or many, a verb
stands behind a modal, `has`, `is` or a preposition. Where they do not say so, no form is chosen.
"""

from __future__ import annotations

from ..entries import Entry
from . import adjectives, inflection, nouns, verbs
from . import words as w
from .place import Place

_ADVERBS = frozenset(["therefore", "thus", "however", "at the same time", "in addition", "meanwhile", "finally"])
_TESTS = {"connective": adjectives.opens, "degree": adjectives.grades, "adverb": adjectives.is_with_verb}


def fitted(place: Place, entry: Entry) -> str:
    """Return the form of the entry's translation that fits, or "" where none is sure."""
    if place.suffix or entry.unsure:
        return "" if entry.unsure else _suffixed(place, entry)
    if entry.careful:
        return _cautious(place, entry)
    if entry.pos == "connective" and entry.translation in _ADVERBS and place.last() in ("and", "but"):
        return entry.translation
    if entry.pos in _TESTS:
        return entry.translation if _TESTS[entry.pos](place) else ""
    rest = adjectives.adjective if entry.pos == "adjective" else nouns.fitted
    return verbs.fitted(place, entry) or rest(place, entry)


def with_particle(place: Place, entry: Entry, particle: str) -> str:
    """Return the form of a word with 的, which makes it an adjective, or with 地, which makes it an adverb."""
    if particle == "地":
        adverb = entry.translation if entry.pos == "adverb" else entry.adverb
        return adverb if adjectives.is_with_verb(place) else ""
    if entry.pos == "adjective":
        return adjectives.adjective(place, entry)
    return entry.modifier if place.next() not in w.CLOSED else ""


def compound(place: Place, first: Entry, second: Entry) -> str:
    """Return the forms of two words in one: an adverb and its verb, or an adjective and its noun."""
    if place.suffix or second.unsure or first.unsure:
        return ""
    adverb = first.translation if first.pos == "adverb" else first.adverb
    if verb := verbs.fitted(place, second):
        return f"{adverb} {verb}" if adverb else ""
    if first.pos != "adjective":
        return ""
    shifted = place._replace(before=[*place.before, first.translation])
    noun = nouns.fitted(shifted, second) if second.pos == "noun" and not second.modifier else ""
    return f"{first.translation} {noun}" if noun else ""


def _suffixed(place: Place, entry: Entry) -> str:
    """Return the form with the ending that the word already has."""
    verb = entry.verb if entry.pos != "verb" else entry.translation
    if place.suffix in ("s", "es"):
        forms = {form for form in (entry.plural, inflection.third(verb)) if form}
        return forms.pop() if len(forms) == 1 else ""
    if not verb:
        return ""
    return inflection.gerund(verb, entry.past) if place.suffix == "ing" else inflection.past(verb, entry.past)


def _cautious(place: Place, entry: Entry) -> str:
    """Return the form of a word of which little is known: a verb behind a modal, a noun behind a determiner."""
    if verbs.is_infinitive(place, strict=True):
        return entry.verb
    is_noun = place.next() in w.CLOSED and w.DETERMINERS.intersection(nouns.phrase_before(place))
    return nouns.counted(place, entry) if is_noun and entry.translation else ""
