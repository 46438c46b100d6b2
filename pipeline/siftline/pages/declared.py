"""What a page says of itself that it is about, item by item: the ingredients and steps of a recipe, the steps of a
how-to, questions and their answers, as schema.org has them.

Such lines are brief, stand in boxes and columns, and look like a site's lists; but the page has named them.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .values import MARKUP, key_of, texts_of

_MARKED = ("recipeIngredient", "ingredients")
MARKED = ",".join(f"[itemprop={name}]" for name in _MARKED)
"""Elements that are such items, by microdata."""
_LISTS = {
    "Recipe": ("recipeIngredient", "ingredients", "recipeInstructions", "tool"),
    "HowTo": ("step", "supply", "tool"),
    "FAQPage": ("mainEntity",),
}
"""By type, the properties that hold items."""
_INNER = ("name", "text", "itemListElement", "acceptedAnswer", "step", "mainEntity")
"""What of an item is shown, https://schema.org/HowToStep and https://schema.org/Question."""
_MOST, _LONGEST, _LEVELS = 500, 100_000, 12
"""Items that are read at most, characters of them all, and how deep they stand in their object."""
_SHORTEST, _WHOLE, _SHARE = 3, 20, 0.6
"""Letters of an item at least; of one that may stand inside a line, and the share of a line that such ones make up."""
_BEGINNING, _NOTE = 6, 4
"""Letters of an item with which a line begins, at least, and how many times as long that line is at most."""
_FEWEST, _APART = 3, 3
"""Lines that are items near each other, at least, and how far each is from the next at most."""


def declared_items(objects: Iterable[dict[str, Any]]) -> list[str]:
    """Return the items that the schema.org objects of a page hold.

    >>> declared_items([{"@type": "Recipe", "recipeIngredient": ["2 eggs"], "recipeInstructions": [{"text": "Beat."}]}])
    ['2 eggs', 'Beat.']
    """
    found: list[str] = []
    for one in objects:
        for kind in texts_of(one.get("@type")):
            for name in _LISTS.get(kind, ()):
                found += _texts(one.get(name))
    return found[:_MOST]


def marked_items(nodes: Iterable[Any]) -> Iterator[str]:
    """Yield the texts of the elements, of some, that are such items by microdata."""
    for node in nodes:
        if node.attributes.get("itemprop") in _MARKED:
            yield " ".join(node.text(separator=" ").split())


def _texts(value: Any, levels: int = _LEVELS) -> Iterator[str]:
    """Yield the texts of a value: a text, an object that has some, or a list of these, no more levels deep."""
    if not levels:
        return
    if isinstance(value, str):
        yield html.unescape(MARKUP.sub("\n", value))
    elif isinstance(value, list):
        for one in value[:_MOST]:
            yield from _texts(one, levels - 1)
    elif isinstance(value, dict):
        for name in _INNER:
            yield from _texts(value.get(name), levels - 1)


def lines_declared(lines: Sequence[str], items: Iterable[str]) -> NDArray[np.bool_]:
    """Return which lines are such items, parts of one or begin with one: those that have others near. Between two a
    number is, and an item of a list.

    >>> lines_declared(["# Cake", "Shop", "- 2 eggs", "- Flour", "- 1 lemon"], ["2 eggs", "flour", "1 lemon"]).tolist()
    [False, False, True, True, True]
    """
    listed = "\n".join(items)[:_LONGEST].split("\n")
    parts = {part for part in map(key_of, listed) if len(part) >= _SHORTEST}
    long = [part for part in parts if len(part) >= _WHOLE]
    whole, sizes = "\n".join(sorted(parts)), sorted({len(part) for part in parts if len(part) >= _BEGINNING})
    texts = [key_of(line) for line in lines]
    is_one = np.array([_is_one(text, parts, whole, long) or _begins(text, parts, sizes) for text in texts], np.bool_)
    beside = np.array([text.isdecimal() for text in texts], np.bool_)
    beside |= np.array([line.lstrip().startswith("- ") for line in lines], np.bool_)
    at = np.flatnonzero(is_one)
    found = np.zeros(len(lines), np.bool_)
    for run in np.split(at, np.flatnonzero(np.diff(at) > _APART) + 1):
        if run.size >= _FEWEST:
            within = slice(run[0], run[-1] + 1)
            found[within] = is_one[within] | beside[within]
    return found


def _is_one(text: str, parts: set[str], whole: str, long: Sequence[str]) -> bool:
    """Whether a line is an item, a part of one, or mostly made up of some."""
    if len(text) < _SHORTEST:
        return False
    return text in parts or text in whole or sum(len(part) for part in long if part in text) >= _SHARE * len(text)


def _begins(text: str, parts: set[str], sizes: Sequence[int]) -> bool:
    """Whether a line begins with an item, and a note follows."""
    return any(text[:size] in parts for size in sizes if size < len(text) <= _NOTE * size)
