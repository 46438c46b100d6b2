"""Whether a place asks for an adjective, an adverb, or a word that opens a clause."""

from __future__ import annotations

from .. import inflection
from ..entries import Entry
from .place import PAUSE, Place
from .words import (
    ADJECTIVES,
    ADJECTIVISH,
    BE,
    CLOSED,
    DEGREES,
    DETERMINERS,
    HAVE,
    HELPING,
    INFINITIVE,
    LINKING,
    MODALS,
    NOT_INFINITIVE,
    NOUNS,
    OBJECT,
    PARTICIPLE,
    PREPOSITIONS,
    PRONOUNS,
    UNGRADED,
    VERBS,
)

_BEFORE_NOUNS = VERBS | PREPOSITIONS | HAVE | {"a", "an", "no"}


def opens(place: Place) -> bool:
    """Whether the word begins a sentence or a clause, or stands between commas."""
    return place.last() in ("", PAUSE) and place.next() not in ("of", "and", "or")


def grades(place: Place) -> bool:
    """Whether the next word is an adjective whose degree the word before it tells."""
    following = place.next()
    if following in CLOSED or place.heads == "yes" or place.last() in DEGREES:
        return False
    known = following in place.book.adjectives or following in ADJECTIVES or ADJECTIVISH.search(following) is not None
    return known or place.last() in LINKING or (place.last() in ("a", "an") and place.next(1) not in CLOSED)


def adjective(place: Place, entry: Entry) -> str:
    """Return an adjective before a noun or behind a form of `be`, or its adverb with a verb; "" where neither fits."""
    if entry.adverb and is_with_verb(place):
        return entry.adverb
    graded = place.last() in DEGREES and inflection.is_short(entry.translation)  # more big: bigger
    if graded or (entry.translation in UNGRADED and place.last() in LINKING - BE):
        return ""
    fits = _is_predicate(place, entry) if place.next() in CLOSED else _is_attribute(place, entry)
    return entry.translation if fits else ""


def _is_predicate(place: Place, entry: Entry) -> bool:
    """Whether the word stands behind `be`, with no noun behind it."""
    linked = place.last() in LINKING or (place.last() == "not" and place.last(2) in LINKING)
    return linked and not (entry.adverb and place.next() not in ("", "and"))


def _is_attribute(place: Place, entry: Entry) -> bool:
    """Whether the next word is a noun that the word describes."""
    last = place.last()
    if entry.verb and last not in DETERMINERS | LINKING | HAVE | VERBS - HELPING and not place.describes(last):
        return False
    if last in MODALS or last in HELPING:
        return False
    return _before_noun(place) if entry.adverb else _not_before_verb(place)


def _not_before_verb(place: Place) -> bool:
    """Whether nothing says that the next word is a verb."""
    following = place.next()
    if following.endswith(("ing", "ed")) and following not in NOUNS and place.next(1) in CLOSED:
        return False  # the difficulties facing us
    return place.last() in _BEFORE_NOUNS or place.heads != "no"


def _before_noun(place: Place) -> bool:
    """Whether the word before says that the next one is a noun with its adjective, not a verb with its adverb."""
    last, heads = place.last(), place.heads
    if place.next().endswith(("ed", "ing", "ly")) or (last == "to" and place.last(2) not in NOT_INFINITIVE):
        return False
    takes = last in _BEFORE_NOUNS | LINKING or last in place.book.verbs or place.describes(last)
    return last in DETERMINERS - {"that"} or heads == "yes" or (heads == "open" and takes)


def is_with_verb(place: Place) -> bool:
    """Whether a place is that of an adverb: with a verb that stands next to it."""
    following = place.next()
    if following in ("be", "have") or following not in CLOSED:
        return place.last() in MODALS or _is_before_verb(place) or place.last() in PRONOUNS
    grown = place.last(2) in HAVE and PARTICIPLE.search(place.last()) is not None and place.last() != "been"
    return grown and (following in PREPOSITIONS or not following)


def _is_before_verb(place: Place) -> bool:
    """Whether the next word is a verb, in a form that the word before asks for."""
    last, following, then = place.last(), place.next(), place.next(1)
    verb = (following in place.book.verbs or following in VERBS) and following not in place.book.nouns
    if last == "to":
        return verb or (place.last(2) in INFINITIVE and not following.endswith(("s", "ed", "ing")))
    if last in HAVE | BE | {"been", "be", "being"} and PARTICIPLE.search(following):
        return True
    if following.endswith("ing"):  # the gradual opening of: a noun
        return last in BE | {"by", "been", "be"} or (last in DETERMINERS and then not in CLOSED)
    return verb and (last in ("and", "or") or (following[-1:] == "s" and then in OBJECT))
