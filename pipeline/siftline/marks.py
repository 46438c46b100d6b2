"""What the tag and the attributes of one element say, whatever page it stands in: flags, and words as numbers."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

TAGS = (
    "other", "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "tr", "dt", "dd", "blockquote", "pre",
    "figcaption", "caption", "section", "article", "main", "header", "footer", "nav", "aside", "form", "button",
    "address", "summary", "legend", "center", "body", "fieldset", "details", "ul", "ol", "dl", "table", "figure",
)  # fmt: skip
"""Kinds of block elements that are told apart; a line's `tag` is the index of its nearest one."""
TAG_NUMBERS = {name: at for at, name in enumerate(TAGS)}
FLAGS = (
    "nav", "header", "footer", "aside", "form", "article", "main", "list", "table", "quote", "figure", "button",
    "code", "hidden", "body-mark", "meta-mark", "time", "dialog", "comment-mark", "image", "details", "heading",
)  # fmt: skip
"""What a line stands in, bit by bit of its `flags`."""
BIT = {name: 1 << at for at, name in enumerate(FLAGS)}
WORDS = 2**15
"""How many numbers the words of attributes are hashed to."""
_TAG_FLAGS = {
    "nav": "nav", "header": "header", "footer": "footer", "aside": "aside", "form": "form", "article": "article",
    "main": "main", "li": "list", "table": "table", "blockquote": "quote", "figure": "figure", "figcaption": "figure",
    "button": "button", "pre": "code", "code": "code", "time": "time", "dialog": "dialog", "details": "details",
    "address": "meta-mark", **{f"h{level}": "heading" for level in range(1, 7)},
}  # fmt: skip
_ROLE_FLAGS = {
    "navigation": "nav", "menu": "nav", "menubar": "nav", "tablist": "nav", "banner": "header",
    "contentinfo": "footer", "complementary": "aside", "main": "main", "article": "article", "search": "form",
    "form": "form", "button": "button", "dialog": "dialog", "alertdialog": "dialog", "heading": "heading",
}  # fmt: skip
_NAMED = {
    "body-mark": r"(?<![a-z])(?:article-?body|review-?body|e-content|entry-content|blogposting|newsarticle|post-?body|article-?content)(?![a-z])",
    "meta-mark": r"(?<![a-z])(?:author|byline|date-?published|date-?modified|headline|publisher|dateline|p-author|dt-published)(?![a-z])",
    "comment-mark": r"(?<![a-z])(?:comments?|user-?comments|respond|comment-?list|disqus)(?![a-z])",
    "hidden": r"(?<![a-z-])(?:sr-only|visually-?hidden|screen-reader-text|visuallyhidden|element-invisible)(?![a-z-])",
}  # fmt: skip
_NAMES = [(BIT[flag], re.compile(pattern, re.I)) for flag, pattern in _NAMED.items()]
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_CASES = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PARTS = re.compile(r"[^\W\d_]{2,}")
_DIGITS = re.compile(r"\d+")
_LONGEST = 300
"""Characters of an attribute that are looked at."""


class Mark(NamedTuple):
    """What an element's tag and attributes say."""

    flags: int
    """Bits of `FLAGS`."""
    words: tuple[int, ...]
    """Hashed words, ascending: the tag, names in class and id and their parts, role, itemprop."""
    kind: int
    """Hash of the tag and the class: siblings of one kind are alike."""


def mark_of(tag: str, attributes: dict[str, str | None]) -> Mark:
    """Return the mark of an element with these attributes.

    >>> mark = mark_of("div", {"class": "entry-content", "hidden": None})
    >>> [name for name in FLAGS if mark.flags & BIT[name]]
    ['hidden', 'body-mark']
    """
    if not attributes:
        return _plain(tag)
    get = attributes.get
    names = (get("class") or "")[:_LONGEST], (get("id") or "")[:_LONGEST]
    roles = (get("role") or "")[:_LONGEST], (get("itemprop") or "")[:_LONGEST]
    unseen = "hidden" in attributes and get("hidden") != "until-found"
    style = get("style")
    if style and _UNSEEN.search(style[:_LONGEST]):
        unseen = True
    return _marked(tag, names, roles, unseen)


@lru_cache(2**10)
def _plain(tag: str) -> Mark:
    return _marked(tag, ("", ""), ("", ""), False)


@lru_cache(2**15)
def _marked(tag: str, names: tuple[str, str], roles: tuple[str, str], unseen: bool) -> Mark:
    flags = BIT[_TAG_FLAGS[tag]] if tag in _TAG_FLAGS else 0
    flags |= BIT["hidden"] * unseen
    for role in roles[0].lower().split():
        flags |= BIT.get(_ROLE_FLAGS.get(role, ""), 0)
    text = " ".join((*names, roles[1]))
    for bit, pattern in _NAMES:
        if pattern.search(text):
            flags |= bit
    return Mark(flags, _words(tag, names, roles), crc32(f"{tag} {names[0]}".encode("utf-8", "replace")))


def _words(tag: str, names: tuple[str, str], roles: tuple[str, str]) -> tuple[int, ...]:
    found = {f"<{tag}"}
    for name in " ".join(names).split():
        found.add(_DIGITS.sub("0", name.lower()))
        found.update(part.lower() for part in _PARTS.findall(_CASES.sub(" ", name)))
    found.update(f"role={part}" for part in roles[0].lower().split())
    found.update(f"prop={part}" for part in roles[1].lower().split())
    return tuple(sorted({crc32(word.encode("utf-8", "replace")) % WORDS for word in found}))
