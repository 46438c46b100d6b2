"""The marks of list items: a hyphen, or the number that a page shows before it."""

from __future__ import annotations

import re
from typing import Any

HYPHEN = "- "
_OWN_NUMBER = re.compile(
    r"[(（]?(?:\d{1,3}|[a-z]|[一二三四五六七八九十]{1,3})[)）]|(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:[、．]|\.(?!\d))|[①-⑳]"
)
"""How an item begins whose text brings its number along."""
_OWN_BULLET = re.compile(r"[•·▪●○■◆►▸‣◦∙][\s\ufe0e\ufe0f]*(?=[^\s•·▪●○■◆►▸‣◦∙])")
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LETTERS, _MOST_ROMAN, _LARGEST = "abcdefghijklmnopqrstuvwxyz", 39, 1_000_000


class Numbering:
    """The numbers of one ordered list, as its attributes and those of its items say.

    >>> from selectolax.lexbor import LexborHTMLParser
    >>> page = LexborHTMLParser("<ol start=3><li>a<li value=9>b<li>c</ol>")
    >>> numbering = Numbering(page.css_first("ol"))
    >>> [numbering.mark(item) for item in page.css("li")]
    ['3. ', '9. ', '10. ']
    """

    def __init__(self, node: Any) -> None:
        attributes = node.attributes
        self._step = -1 if "reversed" in attributes else 1
        self._type = attributes.get("type") or "1"
        start = _number(attributes.get("start"))
        if start is None:
            start = sum(child.tag == "li" for child in node.iter()) if self._step < 0 else 1
        self._next = start

    def mark(self, item: Any) -> str:
        """Return the mark of the next item."""
        given = _number(item.attributes.get("value"))
        number = self._next if given is None else given
        self._next = number + self._step
        return f"{_shown(number, self._type)}. "


def marked(mark: str, text: str, plain: bool) -> str:
    """Return the line of an item behind its mark, with one number or bullet where its text has its own. A `plain` item
    gets no number.

    >>> marked("1. ", "1) Boil it.", False), marked("  - ", "• salt", False), marked("2. ", "Home", True)
    ('1) Boil it.', '  - salt', '- Home')
    """
    indent = " " * (len(mark) - len(mark.lstrip()))
    if _OWN_NUMBER.match(text):
        return indent + (HYPHEN if plain else "") + text
    if mark.endswith(HYPHEN):
        return mark + _OWN_BULLET.sub("", text, count=1) if _OWN_BULLET.match(text) else mark + text
    return indent + HYPHEN + text if plain else mark + text


def _number(value: str | None) -> int | None:
    try:
        number = int(value or "")
    except ValueError:
        return None
    return number if abs(number) < _LARGEST else None


def _shown(number: int, kind: str) -> str:
    """Return a number as a list of a kind shows it."""
    if kind in ("a", "A") and 1 <= number <= len(_LETTERS):
        text = _LETTERS[number - 1]
    elif kind in ("i", "I") and 1 <= number <= _MOST_ROMAN:
        text, left = "", number
        for value, letters in _ROMAN:
            text += letters * (left // value)
            left %= value
    else:
        return str(number)
    return text.upper() if kind.isupper() else text
