"""What the tag and the attributes of one element say, whatever page it stands in: flags, and words as numbers."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from functools import lru_cache
from operator import add
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
"""How many numbers the words of attributes are hashed to; they go into 16 bits."""


def _bits(names: dict[str, str]) -> dict[str, int]:
    return {word: BIT[flag] for word, flag in names.items()}


_TAG_FLAGS = _bits({
    "nav": "nav", "header": "header", "footer": "footer", "aside": "aside", "form": "form", "article": "article",
    "main": "main", "li": "list", "table": "table", "blockquote": "quote", "figure": "figure", "figcaption": "figure",
    "button": "button", "pre": "code", "code": "code", "time": "time", "dialog": "dialog", "details": "details",
    "address": "meta-mark", **{f"h{level}": "heading" for level in range(1, 7)},
})  # fmt: skip
_ROLE_FLAGS = _bits({
    "navigation": "nav", "menu": "nav", "menubar": "nav", "tablist": "nav", "banner": "header",
    "contentinfo": "footer", "complementary": "aside", "main": "main", "article": "article", "search": "form",
    "form": "form", "button": "button", "dialog": "dialog", "alertdialog": "dialog", "heading": "heading",
})  # fmt: skip
_NAME_FLAGS = _bits(
    {
        **dict.fromkeys(
            ("articlebody", "reviewbody", "econtent", "entrycontent", "postbody", "articlecontent"), "body-mark"
        ),
        **dict.fromkeys(
            ("storybody", "postcontent", "maincontent", "newstext", "articletext", "entrybody"), "body-mark"
        ),
        **dict.fromkeys(("author", "byline", "datepublished", "datemodified", "headline", "publisher"), "meta-mark"),
        **dict.fromkeys(("dateline", "pauthor", "dtpublished", "postmeta", "entrymeta", "articlemeta"), "meta-mark"),
        **dict.fromkeys(("comment", "comments", "respond", "disqus", "replies"), "comment-mark"),
        **dict.fromkeys(("sronly", "visuallyhidden", "screenreader", "elementinvisible"), "hidden"),
    }
)
"""Flags of names in class, id and itemprop: of single words of them, or of two side by side, in lower case."""
_FLAGGED = frozenset(_NAME_FLAGS)
_HIDDEN = BIT["hidden"]
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]{2,}|[^\W\d_A-Za-z]{2,}")
_DIGITS = bytes.maketrans(b"123456789", b"000000000")
_TELLING = frozenset({"class", "id", "role", "itemprop", "hidden", "style"})
_LONGEST = 300
"""Characters of an attribute that are looked at."""


class Mark(NamedTuple):
    """What an element's tag and attributes say."""

    flags: int
    """Bits of `FLAGS`."""
    tag: int
    """Index in `TAGS`."""
    kind: int
    """Hash of the tag and the class, below 2 ** 31: siblings of one kind are alike."""
    named: bool
    """Whether there is any word but the tag."""
    words: bytes
    """The numbers of the words, each once, ascending, in 16 bits: the tag, names in class and id and their parts, role,
    itemprop. Bytes of many elements are joined in no time.
    """


def mark_of(tag: str, attributes: dict[str, str | None]) -> Mark:
    """Return the mark of an element with these attributes.

    >>> mark = mark_of("div", {"class": "entry-content", "hidden": None})
    >>> [name for name in FLAGS if mark.flags & BIT[name]]
    ['hidden', 'body-mark']
    """
    if not attributes or _TELLING.isdisjoint(attributes):
        return _classed(tag, "")
    get = attributes.get
    mark = _classed(tag, get("class") or "")
    if len(attributes) == 1 and mark.named:
        return mark  # most elements have a class alone
    unseen = "hidden" in attributes and get("hidden") != "until-found"
    style = get("style")
    if style and _UNSEEN.search(style[:_LONGEST]):
        unseen = True
    rest = (get("id"), get("role"), get("itemprop"))
    return _marked(mark, rest, unseen) if unseen or any(rest) else mark


@lru_cache(2**14)
def _classed(tag: str, classes: str) -> Mark:
    """Return the mark of an element that has a class and no more."""
    classes = classes[:_LONGEST]
    names = list(map(_name, classes.split()))
    flags, numbers = _TAG_FLAGS.get(tag, 0), [number(f"<{tag}")]
    for more, words in names:
        flags |= more
        numbers += words
    kind = crc32(f"{tag} {classes}".encode("utf-8", "replace")) >> 1
    return Mark(flags, TAG_NUMBERS.get(tag, 0), kind, bool(names), _packed(numbers))


def _packed(numbers: Iterable[int]) -> bytes:
    return array("h", sorted({*numbers})).tobytes()


def _marked(mark: Mark, values: tuple[str | None, str | None, str | None], unseen: bool) -> Mark:
    """Return the mark of a class with what id, role and itemprop add."""
    flags, of, kind, named, packed = mark
    numbers: list[int] = []
    names, roles, props = values
    if names:
        for one in names[:_LONGEST].split():
            name_flags, words = _name(one)
            flags |= name_flags
            numbers += words
    if roles:
        for one in roles[:_LONGEST].lower().split():
            flags |= _ROLE_FLAGS.get(one, 0)
            numbers.append(number(f"role={one}"))
    if props:
        for one in props[:_LONGEST].lower().split():
            flags |= _name(one)[0]
            numbers.append(number(f"prop={one}"))
    if numbers:
        named, packed = True, _packed([*array("h", packed), *numbers])
    return Mark(flags | _HIDDEN * unseen, of, kind, named, packed)


@lru_cache(2**14)
def _name(name: str) -> tuple[int, tuple[int, ...]]:
    """Return the flags and words of one name: the whole of it, and the words that it is made of."""
    lower, parts, flags = name.lower(), _PARTS.findall(name), 0
    if parts == [name] and name == lower:
        return _NAME_FLAGS.get(name, 0), (number(name),)
    if name != lower:
        parts = [part.lower() for part in parts]
    for words in (parts, list(map(add, parts, parts[1:]))):
        if not _FLAGGED.isdisjoint(words):
            for word in words:
                flags |= _NAME_FLAGS.get(word, 0)
    whole = crc32(lower.encode("utf-8", "replace").translate(_DIGITS)) % WORDS
    return flags, (whole, *map(number, parts))


@lru_cache(2**14)
def number(word: str) -> int:
    """Return the number of a word, below WORDS."""
    return crc32(word.encode("utf-8", "replace")) % WORDS
