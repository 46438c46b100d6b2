"""Whether a place asks for an adjective, an adverb, or a word that opens a clause."""

from __future__ import annotations

from ..entries import Entry
from . import inflection
from . import words as w
from .place import PAUSE, Place

_BEFORE_NOUNS = w.VERBS | w.PREPOSITIONS | w.HAVE | {"a", "an", "no"}


def opens(place: Place) -> bool:
    """Whether the word begins a sentence or a clause, or stands between commas."""
    return place.last() in ("", PAUSE) and place.next() not in ("of", "and", "or")


def grades(place: Place) -> bool:
    """Whether the next word is an adjective whose degree the word before it tells."""
    following = place.next()
    if following in w.CLOSED or place.noun_follows == "yes" or place.last() in w.DEGREES:
        return False
    behind_article = place.last() in ("a", "an") and place.next(1) not in w.CLOSED
    return behind_article or place.is_adjective(following) or place.last() in w.LINKING


def adjective(place: Place, entry: Entry) -> str:
    """Return an adjective before a noun or behind a form of `be`, or its adverb with a verb; "" where neither fits."""
    if entry.adverb and is_with_verb(place):
        return entry.adverb
    graded = place.last() in w.DEGREES and inflection.is_short(entry.translation)  # more big: bigger
    if graded or (entry.translation in w.UNGRADED and place.last() in w.LINKING - w.BE):
        return ""
    fits = _is_predicate(place, entry) if place.next() in w.CLOSED else _is_attribute(place, entry)
    return entry.translation if fits else ""


def _is_predicate(place: Place, entry: Entry) -> bool:
    """Whether the word stands behind `be`, with no noun behind it."""
    linked = place.last() in w.LINKING or (place.last() == "not" and place.last(2) in w.LINKING)
    return linked and not (entry.adverb and place.next() not in ("", "and"))


def _is_attribute(place: Place, entry: Entry) -> bool:
    """Whether the next word is a noun that the word describes."""
    last = place.last()
    if entry.verb and last not in w.DETERMINERS | w.LINKING | w.HAVE | w.VERBS and not place.describes(last):
        return False
    if last in w.MODALS or last in w.HELPING:
        return False
    return _is_of_noun(place) if entry.adverb else _not_before_verb(place)


def _not_before_verb(place: Place) -> bool:
    """Whether nothing says that the next word is a verb."""
    following = place.next()
    if following.endswith(("ing", "ed")) and following not in w.NOUNS and place.next(1) in w.CLOSED:
        return False  # the difficulties facing us
    return place.last() in _BEFORE_NOUNS or place.noun_follows != "no"


def _is_of_noun(place: Place) -> bool:
    """Whether the word before says that the next one is a noun with its adjective, not a verb with its adverb."""
    last, follows = place.last(), place.noun_follows
    if place.next().endswith(("ed", "ing", "ly")) or (last == "to" and place.last(2) not in w.NOT_INFINITIVE):
        return False
    takes = last in _BEFORE_NOUNS | w.LINKING or last in place.book.verbs or place.describes(last)
    return last in w.DETERMINERS - {"that"} or follows == "yes" or (follows == "open" and takes)


def is_with_verb(place: Place) -> bool:
    """Whether a place is that of an adverb: with a verb that stands next to it."""
    following = place.next()
    if following in ("be", "have") or following not in w.CLOSED:
        return place.last() in w.MODALS or _is_before_verb(place) or place.last() in w.PRONOUNS
    grown = place.last(2) in w.HAVE and w.PARTICIPLE.search(place.last()) is not None and place.last() != "been"
    return grown and (following in w.PREPOSITIONS or not following)


def _is_before_verb(place: Place) -> bool:
    """Whether the next word is a verb, in a form that the word before asks for."""
    last, following, then = place.last(), place.next(), place.next(1)
    verb = (following in place.book.verbs or following in w.VERBS) and following not in place.book.nouns
    if last == "to":
        return verb or (place.last(2) in w.INFINITIVE and not following.endswith(("s", "ed", "ing")))
    if last in w.HAVE | w.BE_FORMS and w.PARTICIPLE.search(following):
        return True
    if following.endswith("ing"):  # the gradual opening of: a noun
        return last in w.BE | {"by", "been", "be"} or (last in w.DETERMINERS and then not in w.CLOSED)
    return verb and (last in ("and", "or") or (following[-1:] == "s" and then in w.OBJECT))
