"""Which form of a noun a place asks for: one or many, or that before another noun."""

from __future__ import annotations

from collections.abc import Sequence

from ..entries import Entry
from . import words as w
from .place import PAUSE, Place


def fitted(place: Place, entry: Entry) -> str:
    """Return the form of a noun or name, "" where it may be something else."""
    if entry.pos == "verb":
        fits = place.next() in w.CLOSED - w.OBJECT and _is_nominal(place)
        return counted(place, entry.as_noun()) if fits else ""
    if entry.verb and not _is_nominal(place):
        return ""
    follows = place.noun_follows
    if follows == "yes":
        return entry.modifier or entry.translation
    form = _name(place, entry) if entry.pos == "name" else counted(place, entry)
    is_open = follows == "open" and form != (entry.modifier or entry.translation)  # noun or verb behind it?
    return "" if is_open else form


def _name(place: Place, entry: Entry) -> str:
    return entry.translation.removeprefix("the ") if place.last() == "the" else entry.translation


def _is_nominal(place: Place) -> bool:
    """Whether a word that may be a verb is a noun here: behind a determiner, an adjective or a preposition."""
    last, following = place.last(), place.next()
    if last in w.DETERMINERS - {"that"} or last.endswith("'s"):
        return True
    if last in w.PREPOSITIONS and following not in w.OBJECT:
        return True
    if last == "to":
        return place.last(2) in w.NOT_INFINITIVE and following in w.CLOSED - w.OBJECT
    if not last:
        return following in w.AGREEING | w.MODALS | w.PREPOSITIONS
    return place.describes(last) or following in w.AGREEING | {"of"}


def counted(place: Place, entry: Entry) -> str:
    """Return the singular or plural of a noun, as the words around it ask; "" where they ask for what it lacks."""
    phrase = phrase_before(place)
    number = _number(place, phrase)
    one = {"a", "an", "each", "every", "another"}.intersection(phrase)
    if not entry.plural or entry.plural == entry.translation:
        many = number == "plural" and not w.OFTEN_PLURAL.intersection(phrase) and not entry.plural
        return "" if many or (one and not entry.mass) else entry.translation
    number = number or _agreement(place, phrase)
    if number:
        return entry.plural if number == "plural" else entry.translation
    if w.ARTICLES.intersection(phrase):
        return entry.translation if entry.mass or (entry.single and not {"their", "our"}.intersection(phrase)) else ""
    if entry.mass:
        return entry.translation
    bare = entry.abstract and (place.last() in w.PREPOSITIONS or not place.last())
    return "" if bare else entry.plural  # under threat, under threats


def _agreement(place: Place, phrase: Sequence[str]) -> str:
    """Tell what the verb behind a subject says of its number."""
    if place.last(len(phrase) + 1) in w.PREPOSITIONS:
        return ""  # one of the brothers is; the head of the brothers was
    following = place.next()
    if following in w.PREPOSITIONS and place.last(len(phrase) + 1) in ("", PAUSE):
        following = _verb_of_subject(place.after)
    if following in w.BE_SINGULAR or place.owns:
        return "singular" if w.ARTICLES.intersection(phrase) else ""
    return "plural" if following in w.BE_PLURAL else ""


def _verb_of_subject(after: Sequence[str]) -> str:
    """Return the form of `be` or `have` to which a subject with its prepositions leads, "" where none is near."""
    for word in after[1:7]:
        if word in w.AGREEING:
            return word
        if word in w.BREAKS - w.PREPOSITIONS:
            return ""
    return ""


def phrase_before(place: Place) -> list[str]:
    """Return the words of the noun phrase before the noun, the nearest first: back to a preposition or a verb."""
    out: list[str] = []
    described = False
    for word in reversed(place.before[-4:]):
        if word == "that" and (w.OFTEN_PLURAL.intersection(out) or place.last(len(out) + 2) in w.BEFORE_THAT):
            break  # it opens a clause
        if word in w.DETERMINERS:
            return [*out, word]
        noun = word in place.book.nouns
        verb = word in w.VERBS and not noun
        if word == PAUSE or word in w.BREAKS or verb or w.PLURALISH.search(word) or (described and noun):
            break
        described = described or place.describes(word)
        out.append(word)
    return out


def _number(place: Place, phrase: Sequence[str]) -> str:
    """Tell what the determiner of the noun phrase says: `plural`, `singular`, or nothing."""
    some = w.ARTICLES.intersection(phrase) and place.last(len(phrase) + 1) == "of"  # one of the
    if some and place.last(len(phrase) + 2) in w.PLURAL | {"one", "many", "each"}:
        return "plural"
    if place.last() == "of" and place.last(2) in ("number", "series", "range", "variety", "lot", "set"):
        return "plural"
    for word in phrase:
        if word in w.PLURAL or (word[0].isdigit() and word != "1" and not w.YEAR.fullmatch(word)):
            return "plural"
        if word in w.SINGULAR:
            return "singular"
    if w.ARTICLES.intersection(phrase) and w.ORDINALS.intersection(phrase):
        return "singular"
    return "plural" if w.OFTEN_PLURAL.intersection(phrase) and not w.ARTICLES.intersection(phrase) else ""
