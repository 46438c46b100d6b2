"""Reading the values of markup: texts of meta tags, of JSON-LD and of elements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

PUBLISHERS = (
    "contentsource",
    "og:site_name",
    "publisher",
    "dc.publisher",
    "dcterms.publisher",
    "mediaid",
    "application-name",
    "source",
)
_PERMALINK = re.compile("\\s[¶#§🔗\\u200b\\ue000-\\uf8ff]\\s*$")
"""The sign behind a heading that links to it."""
MARKUP = re.compile(r"<[^<>]*>")
"""A tag in a text."""
_NO_LETTERS = re.compile(r"[\W_]+")
MOST_NODES = 20
"""How many elements of one kind are looked at."""

Metas = dict[str, list[str]]
"""The values of the meta tags of a page, by name in lower case."""


def texts_of(value: Any) -> list[str]:
    """Return the texts of a value of JSON-LD: a text, an object with a name, or a list of them."""
    if isinstance(value, str):
        return [value.strip()] if value.strip() else []
    if isinstance(value, dict):
        return texts_of(value.get("name") or value.get("@value") or "")
    if isinstance(value, list):
        return [text for one in value for text in (texts_of(one) if not isinstance(one, list) else [])]
    return []


def site_names(metas: Metas) -> list[str]:
    """Return what the meta tags call the site and the source, the surest first."""
    return [value for name in PUBLISHERS for value in metas.get(name, [])]


def key_of(text: str) -> str:
    """Return the letters and digits of a text, to compare it by.

    >>> key_of("“Ferries” are back!")
    'ferriesareback'
    """
    return _NO_LETTERS.sub("", text.casefold())


def texts_in(nodes: Sequence[Any]) -> Iterator[str]:
    """Yield the texts of the first elements, without the sign that links a heading to itself."""
    texts = (_PERMALINK.sub("", node.text(separator=" ")).strip() for node in nodes[:MOST_NODES])
    return (text for text in texts if text)
