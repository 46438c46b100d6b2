"""Adverts that a text reports: who says so stands outside the quotation marks, and what was offered between them."""

from __future__ import annotations

import re

from ..prose import width

_QUOTED = re.compile('“[^“”]{8,}”|«[^«»]{8,}»|「[^「」]{8,}」|"[^"]{8,}"')
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
