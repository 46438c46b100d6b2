"""Which form of a noun a place asks for: one or many, or that before another noun."""

from __future__ import annotations

from collections.abc import Sequence

from ..entries import Entry
from .place import PAUSE, Place
from .words import (
    ARTICLES,
    BE_PLURAL,
    BE_SINGULAR,
    BEFORE_THAT,
    BREAKS,
    CLOSED,
    DETERMINERS,
    MODALS,
    NOT_INFINITIVE,
    OBJECT,
    OFTEN_PLURAL,
    ORDINALS,
    PLURAL,
    PLURALISH,
    PREPOSITIONS,
    SINGULAR,
    VERBS,
)


def fitted(place: Place, entry: Entry) -> str:
    """Return the form of a noun or name, "" where it may be something else."""
    if entry.pos == "verb":
        noun = entry.as_noun()
        fits = noun.translation and place.next() in CLOSED - OBJECT and _is_nominal(place)
        return counted(place, noun) if fits else ""
    if entry.verb and not _is_nominal(place):
        return ""
    heads = place.heads
    if heads == "yes":
        return entry.modifier or entry.translation
    form = _name(place, entry) if entry.pos == "name" else counted(place, entry)
    return "" if heads == "open" and form != (entry.modifier or entry.translation) else form  # noun or verb behind it?


def _name(place: Place, entry: Entry) -> str:
    return entry.translation.removeprefix("the ") if place.last() == "the" else entry.translation


def _is_nominal(place: Place) -> bool:
    """Whether a word that may be a verb is a noun here: behind a determiner, an adjective or a preposition."""
    last, following = place.last(), place.next()
    if last in DETERMINERS - {"that"} or last.endswith("'s") or (last in PREPOSITIONS and following not in OBJECT):
        return True
    if last == "to":
        return place.last(2) in NOT_INFINITIVE and following in CLOSED - OBJECT
    if not last:
        return following in BE_PLURAL | BE_SINGULAR | MODALS | PREPOSITIONS
    return place.describes(last) or following == "of" or following in BE_PLURAL | BE_SINGULAR


def counted(place: Place, entry: Entry) -> str:
    """Return the singular or plural of a noun, as the words around it ask; "" where they ask for what it lacks."""
    phrase = phrase_before(place)
    number = _number(place, phrase)
    one = {"a", "an", "each", "every", "another"}.intersection(phrase)
    if not entry.plural or entry.plural == entry.translation:
        many = number == "plural" and not OFTEN_PLURAL.intersection(phrase) and not entry.plural
        return "" if many or (one and not entry.mass) else entry.translation
    number = number or _agreement(place, phrase)
    if number:
        return entry.plural if number == "plural" else entry.translation
    if ARTICLES.intersection(phrase):
        return entry.translation if entry.mass or (entry.single and not {"their", "our"}.intersection(phrase)) else ""
    if entry.mass:
        return entry.translation
    bare = entry.abstract and not phrase and (place.last() in PREPOSITIONS or not place.last())
    return "" if bare else entry.plural  # under threat, under threats


def _agreement(place: Place, phrase: Sequence[str]) -> str:
    """Tell what the verb behind a subject says of its number."""
    if place.last(len(phrase) + 1) in PREPOSITIONS:
        return ""  # one of the brothers is; the head of the brothers was
    following = place.next()
    if following in PREPOSITIONS and place.last(len(phrase) + 1) in ("", PAUSE):
        following = _verb_of_subject(place.after)
    if following in BE_SINGULAR or place.owns:
        return "singular" if phrase and ARTICLES.intersection(phrase) else ""
    return "plural" if following in BE_PLURAL else ""


def _verb_of_subject(after: Sequence[str]) -> str:
    """Return the form of `be` or `have` to which a subject with its prepositions leads, "" where none is near."""
    for word in after[1:7]:
        if word in BE_SINGULAR | BE_PLURAL:
            return word
        if word in BREAKS - PREPOSITIONS:
            return ""
    return ""


def phrase_before(place: Place) -> list[str]:
    """Return the words of the noun phrase before the noun, the nearest first: back to a preposition or a verb."""
    out: list[str] = []
    described = False
    for word in reversed(place.before[-4:]):
        if word == "that" and (OFTEN_PLURAL.intersection(out) or place.last(len(out) + 2) in BEFORE_THAT):
            break  # it opens a clause
        known = word in DETERMINERS or word.endswith("'s")
        stops = word in BREAKS - {"that"} or word == PAUSE or (word in VERBS and word not in place.book.nouns)
        if stops or (not known and (PLURALISH.search(word) or (described and word in place.book.nouns))):
            break
        described = described or place.describes(word)
        out.append(word)
        if word in DETERMINERS:
            break
    return out


def _number(place: Place, phrase: Sequence[str]) -> str:
    """Tell what the determiner of the noun phrase says: `plural`, `singular`, or nothing."""
    some = ARTICLES.intersection(phrase) and place.last(len(phrase) + 1) == "of"  # one of the
    if some and place.last(len(phrase) + 2) in PLURAL | {"one", "many", "each"}:
        return "plural"
    if place.last() == "of" and place.last(2) in ("number", "series", "range", "variety", "lot", "set"):
        return "plural"
    for word in phrase:
        if word in PLURAL or (word[0].isdigit() and word != "1" and not _is_year(word)):
            return "plural"
        if word in SINGULAR:
            return "singular"
    if ARTICLES.intersection(phrase) and ORDINALS.intersection(phrase):
        return "singular"
    return "plural" if OFTEN_PLURAL.intersection(phrase) and not ARTICLES.intersection(phrase) else ""


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and word[:2] in ("19", "20")
