"""Adverts that a text reports: who says so stands outside the quotation marks, and what was offered between them; and
what it tells those to do who fell for one.
"""

from __future__ import annotations

import re

from ..prose import width

_QUOTED = re.compile('“[^“”]{8,}”|«[^«»]{8,}»|「[^「」]{8,}」|"[^"]{8,}"')
_OPENING = ("“", "«", "「", '"')
_WHOLE = re.compile(r'[\s>—–-]{0,4}(?:“[^“”]{20,}”|«[^«»]{20,}»|「[^「」]{20,}」|"[^"]{20,}")[.。]?\s*')
_ADVICE = re.compile(
    r"\b(?:tell|call|contact|ring|phone|alert|notify|inform)\s(?:your\s(?:own\s)?bank|your\scard\s(?:issuer|company|provider))\b"
    r"|\b(?:позвоните|обратитесь|сообщите)\s(?:[^\W\d_]{2,12}\s){0,2}(?:в|к)\s(?:свой\s|ваш\s)?(?:банк|полици[юи])\b",
    re.IGNORECASE,
)
_LEAST = 20
"""Half-width characters that somebody needs at least to say who said what follows."""


def narration(text: str) -> str:
    """Return what a line says in its own words, without what it quotes at length; "" where it quotes nothing, or next
    to nothing is left.

    >>> narration("Police read from the message: “Earn 400 a day from your phone.”")
    'Police read from the message: '
    >>> narration("Anna: “I earn 400 a day from my phone.”"), narration("He said “yes” and left the room at once.")
    ('', '')
    """
    own, count = _QUOTED.subn("", text)
    return own if count and width(own.strip()) >= _LEAST else ""


def opening_quotation(text: str) -> str:
    """Return what a line quotes at its beginning where it says more in its own words behind it, else "".

    >>> opening_quotation("«Продолжая, вы соглашаетесь с этим» — эту фразу видели все, кто был в сети.")
    'Продолжая, вы соглашаетесь с этим'
    """
    text = text.strip()
    found = _QUOTED.match(text) if text[:1] in _OPENING else None
    return found[0][1:-1] if found and narration(text) else ""


def is_quotation(text: str) -> bool:
    """Whether a line is one quotation and nothing else, as a report quotes others in a paragraph of its own.

    >>> is_quotation('"Invest 500 and get 5,000 in a week."'), is_quotation('"Invest" 500 and get "5,000 in a week"')
    (True, False)
    """
    return _WHOLE.fullmatch(text) is not None


def is_advice(text: str) -> bool:
    """Whether a line sends those who were cheated to their bank, which no advert does.

    >>> is_advice("If you have paid, tell your bank today, and then call us."), is_advice("Bank on us today.")
    (True, False)
    """
    return _ADVICE.search(text) is not None
