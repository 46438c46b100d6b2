"""The marks of list items."""

from __future__ import annotations

import re

HYPHEN = "- "
_OWN_NUMBER = re.compile(
    r"[(（]?(?:\d{1,3}|[a-z]|[一二三四五六七八九十]{1,3})[)）]|(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:[、．]|\.(?!\d))|[①-⑳]"
)
"""How an item begins whose text brings its number along."""
_OWN_BULLET = re.compile(r"[•·▪●○■◆►▸‣◦∙][\s\ufe0e\ufe0f]*(?=[^\s•·▪●○■◆►▸‣◦∙])")


def marked(mark: str, text: str) -> str:
    """Return the line of an item behind its mark, with one number or bullet where its text has its own.

    >>> marked("- ", "1) Boil it."), marked("  - ", "• salt")
    ('1) Boil it.', '  - salt')
    """
    indent = " " * (len(mark) - len(mark.lstrip()))
    if _OWN_NUMBER.match(text):
        return indent + text
    return mark + _OWN_BULLET.sub("", text, count=1) if _OWN_BULLET.match(text) else mark + text
