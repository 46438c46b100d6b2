"""Which form of a verb a place asks for."""

from __future__ import annotations

from ..entries import Entry
from . import inflection
from . import words as w
from .place import PAUSE, Place

_BEFORE_GERUNDS = w.PREPOSITIONS - {"between", "among", "per", "despite", "during", "into", "under", "over", "along"}
_BEHIND_PASSIVES = frozenset(["", "in", "at", "on", "from", "into", "through", "during", "before", "after"])
_AUXILIARIES = w.HAVE | w.BE | {"been"} | w.PREPOSITIONS
_BETWEEN = frozenset(["also", "already", "since", "long", "not"])


def fitted(place: Place, entry: Entry) -> str:
    """Return the form of the verb that the word before it asks for, "" where it asks for none."""
    verb = entry.translation if entry.pos == "verb" else entry.verb
    if not verb:
        return ""
    if is_infinitive(place, strict=entry.pos != "verb") and not _lacks_object(place, entry):
        return verb
    last = _governing(place)
    if _is_passive(place, entry, last) or (last in w.HAVE and _has_object(place, entry)):
        return inflection.participle(verb, entry.past, entry.participle)
    return inflection.gerund(verb, entry.past) if _is_gerund(place, entry, last) else ""


def _governing(place: Place) -> str:
    """Return the word before the verb, without an adverb between them."""
    last, second = place.last(), place.last(2)
    skipped = (last.endswith("ly") and second in _AUXILIARIES) or (last in _BETWEEN and second in w.HAVE | w.BE)
    return second if skipped else last


def _is_passive(place: Place, entry: Entry, last: str) -> bool:
    """Whether `be` stands before the verb and no object behind it."""
    if last not in w.BE_FORMS or entry.intransitive:
        return False
    following = place.next()
    return following == "by" or (entry.pos == "verb" and following in _BEHIND_PASSIVES and last != "been")


def _is_gerund(place: Place, entry: Entry, last: str) -> bool:
    """Whether a form of `be` or a preposition stands before the verb, and its object behind it."""
    if not _has_object(place, entry):
        return False
    if place.next() in w.OBJECT:
        return last in w.BE | {"been"} | _BEFORE_GERUNDS
    nominal = bool(entry.noun or entry.modifier)  # of training staff
    return last in ("is", "are", "by", "without") or (last in _BEFORE_GERUNDS and not nominal)


def _lacks_object(place: Place, entry: Entry) -> bool:
    """Whether a verb that takes an object has none here: it would have to be passive, or another verb."""
    following = place.next()
    timed = following in ("next", "last", "this", "every") and place.next(1) in w.TIMES
    closed = following in w.CLOSED - w.OBJECT - {"and", "or", "which", "who", "where"}
    return entry.pos == "verb" and not entry.intransitive and (closed or timed)


def _has_object(place: Place, entry: Entry) -> bool:
    """Whether what follows may be what a verb acts on; of a word that is a noun as well, only where that is sure."""
    following = place.next()
    if following in w.OBJECT:
        return True
    if entry.pos != "verb" or entry.intransitive or following in w.CLOSED or following.endswith(("ed", "ly")):
        return False
    return place.describes(following) or not w.BEARERS.intersection(place.after[:3])


def is_infinitive(place: Place, strict: bool) -> bool:
    """Whether the words before say that a verb follows in its plain form. `strict`: the word is a noun as well."""
    last, following = place.last(), place.next()
    if last in w.BEFORE_VERBS or (last.endswith("ly") and last not in w.LIKE_ADVERBS):
        second = place.last(2)
        behind = second in w.MODALS or (second == "to" and place.last(3) not in w.NOT_INFINITIVE)
        return behind or (last == "not" and second in w.DO)
    if last in w.MODALS:
        return following not in w.AGREEING | w.MODALS | {"be"}
    if last in w.HELPING:
        return following in w.OBJECT or (not strict and following not in w.CLOSED)
    return last == "to" and _follows_to(place, strict)


def _follows_to(place: Place, strict: bool) -> bool:
    """Whether `to` before the word is the one of verbs."""
    second, following = place.last(2), place.next()
    if second in w.NOT_INFINITIVE:
        return False
    if following in w.OBJECT:
        return True
    if following in w.CLOSED or "from" in place.before[-6:]:
        return False  # from planning to building
    if second in w.INFINITIVE or second == PAUSE or (not second and not strict):
        return following not in w.BEARERS
    return not strict and not w.BEARERS.intersection(place.after[:3])
