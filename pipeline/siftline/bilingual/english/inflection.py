"""Forms of English words. Of verbs with a particle (`lead to`) the first word changes."""

from __future__ import annotations

import re
from functools import cache

_VOWELS = re.compile("[aeiouy]+")
_PLURALS = (
    (re.compile("(?<=[^aeiou])y$"), "ies"),
    (re.compile("(?<=s|x|z)$|(?<=ch|sh)$"), "es"),
    (re.compile("$"), "s"),
)


def _first(verb: str) -> tuple[str, str]:
    head, _, rest = verb.partition(" ")
    return head, f" {rest}" if rest else ""


@cache
def third(verb: str) -> str:
    """Return the form behind he, she, it.

    >>> third("push"), third("apply"), third("lead to")
    ('pushes', 'applies', 'leads to')
    """
    if not verb:
        return ""
    head, rest = _first(verb)
    if re.search("[^aeiou]y$", head):
        return f"{head[:-1]}ies{rest}"
    return f"{head}{'es' if re.search('(?:s|x|z|ch|sh|o)$', head) else 's'}{rest}"


@cache
def past(verb: str, irregular: str = "") -> str:
    """Return the simple past; `irregular` is the form of the first word where it follows no rule.

    >>> past("promote"), past("apply"), past("lead to", "led"), past("plan", "planned")
    ('promoted', 'applied', 'led to', 'planned')
    """
    head, rest = _first(verb)
    if irregular:
        return irregular + rest
    if head.endswith("e"):
        return f"{head}d{rest}"
    return f"{head[:-1]}ied{rest}" if re.search("[^aeiou]y$", head) else f"{head}ed{rest}"


def participle(verb: str, irregular: str = "", own: str = "") -> str:
    """Return the form behind `has`: that of the past, where it has none of its own.

    >>> participle("promote"), participle("break through", "broke", "broken")
    ('promoted', 'broken through')
    """
    return past(verb, own or irregular)


@cache
def gerund(verb: str, irregular: str = "") -> str:
    """Return the form in -ing; a past that doubles a letter (`planned`) says that this form does.

    >>> gerund("promote"), gerund("plan", "planned"), gerund("lead to", "led"), gerund("see", "saw")
    ('promoting', 'planning', 'leading to', 'seeing')
    """
    head, rest = _first(verb)
    if irregular == f"{head}{head[-1]}ed" or head in ("cut", "set", "put", "win", "run", "get", "let", "begin"):
        return f"{head}{head[-1]}ing{rest}"
    if head.endswith("ie"):
        return f"{head[:-2]}ying{rest}"
    return f"{head[:-1]}ing{rest}" if re.search("[^eoy]e$", head) else f"{head}ing{rest}"


def plural(noun: str) -> str:
    """Return the regular plural of an English noun.

    >>> plural("outcome"), plural("policy"), plural("approach"), plural("day")
    ('outcomes', 'policies', 'approaches', 'days')
    """
    for pattern, ending in _PLURALS:
        if pattern.search(noun):
            return pattern.sub(ending, noun, count=1)
    return noun


def is_short(adjective: str) -> bool:
    """Whether an adjective has one syllable, so that its comparative takes -er.

    >>> is_short("big"), is_short("stable")
    (True, False)
    """
    return len(_VOWELS.findall(adjective.removesuffix("e"))) == 1 and not adjective.endswith("le")
