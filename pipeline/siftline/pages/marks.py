"""What the tag and the attributes of one element say, whatever page it stands in: flags, and words as numbers."""

from __future__ import annotations

import re
from functools import lru_cache
from operator import add
from struct import Struct
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
UNSHOWN = 1 << len(FLAGS)
"""A flag of elements that are nothing to read: numbers of lines of code, the second drawing of a formula, the button
that edits a section, letters that a script makes icons of."""
QUOTATION = 2 << len(FLAGS)
"""A flag of elements that forums put around what a post quotes."""
DRAWN = 4 << len(FLAGS)
"""A flag of elements that MathJax draws a formula in."""
CAPTION = 8 << len(FLAGS)
"""A flag of what sites say stands below a picture."""
STANDFIRST = 16 << len(FLAGS)
"""A flag of what they say stands below the headline and sums the article up."""
BLOCK = 32 << len(FLAGS)
"""A flag of elements that a style of their own makes a block."""
COMMENTS = 64 << len(FLAGS)
"""A flag of what sites call comments, and never the posts of a thread."""
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
_TAG_FLAGS["figcaption"] |= CAPTION
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
_NAME_FLAGS |= dict.fromkeys(
    (
        "mweditsection", "citebacklink", "katexhtml", "linenos", "lineno", "linenodiv", "lnnumbers", "rougegutter",
        "materialicons", "materialsymbols", "jammer",
    ),
    UNSHOWN,
)  # fmt: skip
_NAME_FLAGS |= dict.fromkeys(("bbcodequote", "quotemain"), QUOTATION) | {"mathjax": DRAWN}
_NAME_FLAGS |= dict.fromkeys(("caption", "figcaption"), CAPTION)
_NAME_FLAGS |= dict.fromkeys(
    ("subtitle", "dek", "deck", "standfirst", "subheadline", "lede", "alternativeheadline"), STANDFIRST
)
_COMMENTS = (
    "comment", "comments", "respond", "disqus", "livefyre", "spotim", "viafoura", "talkback", "pinglun", "commentlist",
    "commentslist", "commentcontent", "commentbody", "commenttext", "commentarea", "commentbox", "commentsection",
    "ucomments", "jcomments", "postcomments", "topcomments",
)  # fmt: skip
_NAME_FLAGS |= {word: _NAME_FLAGS.get(word, 0) | COMMENTS for word in _COMMENTS}
"""Flags of names in class, id and itemprop: of single words of them, or of two side by side, in lower case."""
_FLAGS_OF = {word.encode(): flags for word, flags in _NAME_FLAGS.items()}
_BEGINNINGS = frozenset(word[:end] for word in _FLAGS_OF for end in range(1, len(word) + 1))
"""Where no word of a name is one of these, neither it nor it with the next one is a name with flags."""
_HIDDEN = BIT["hidden"]
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_AS_BLOCK = re.compile(r"(?<![\w-])display\s*:\s*(?:block|flex|grid|table|list-item)\s*(?:;|!|$)", re.I)
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]{2,}|[^\W\d_A-Za-z]{2,}")
_DIGITS = bytes.maketrans(b"123456789", b"000000000")
_LETTERS = bytes(code if chr(code).isalpha() else 32 for code in range(128)).ljust(256)
"""Blanks for all that is no letter."""
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
    words: list[bytes]
    """The numbers of the words, each in two bytes and as often as it was found: the tag, names in class and id and
    their parts, role, itemprop.
    """
    packed: bytes
    """The same joined, each once: those of a page are then joined in no time."""


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
    more = _HIDDEN if "hidden" in attributes and get("hidden") != "until-found" else 0
    style = get("style")
    if style and "i" in style:  # every one of these words has one
        more |= _styled(style[:_LONGEST])
    rest = (get("id"), get("role"), get("itemprop"))
    return _marked(mark, rest, more) if more or any(rest) else mark


@lru_cache(2**10)
def _styled(style: str) -> int:
    """Return the flags of a style."""
    return _HIDDEN * bool(_UNSEEN.search(style)) | BLOCK * bool(_AS_BLOCK.search(style))


@lru_cache(2**14)
def _classed(tag: str, classes: str) -> Mark:
    """Return the mark of an element that has a class and no more."""
    flags, tag_number, word, seed = _tag(tag)
    classes = classes[:_LONGEST]
    words = [word]
    for name in classes.split():
        more, found = _name(name)
        flags |= more
        words += found
    kind = crc32(classes.encode("utf-8", "replace"), seed) >> 1
    return _new(Mark, (flags, tag_number, kind, len(words) > 1, words, b"".join(dict.fromkeys(words))))


@lru_cache(2**10)
def _tag(tag: str) -> tuple[int, int, bytes, int]:
    """Return the flags of a tag, its number, its word, and the checksum that those of its classes go on from."""
    seed = crc32(f"{tag} ".encode("utf-8", "replace"))
    return _TAG_FLAGS.get(tag, 0), TAG_NUMBERS.get(tag, 0), _bytes(f"<{tag}"), seed


def _marked(mark: Mark, values: tuple[str | None, str | None, str | None], more: int) -> Mark:
    """Return the mark of a class with what id, role and itemprop add."""
    flags, words = mark.flags | more, list(mark.words)
    names, roles, props = values
    if names:
        for one in names[:_LONGEST].split():
            name_flags, found = _name(one)
            flags |= name_flags
            words += found
    if roles:
        role_flags, found = _roles(roles)
        flags |= role_flags
        words += found
    if props:
        for one in props[:_LONGEST].lower().split():
            flags |= _name(one)[0]
            words.append(_bytes(f"prop={one}"))
    named = mark.named or len(words) > len(mark.words)
    packed = b"".join(dict.fromkeys(words))
    return _new(Mark, (flags, mark.tag, mark.kind, named, words, packed))


@lru_cache(2**10)
def _roles(value: str) -> tuple[int, list[bytes]]:
    """Return the flags and words of a role."""
    flags, words = 0, []
    for one in value[:_LONGEST].lower().split():
        flags |= _ROLE_FLAGS.get(one, 0)
        words.append(_bytes(f"role={one}"))
    return flags, words


@lru_cache(2**14)
def _name(name: str) -> tuple[int, list[bytes]]:
    """Return the flags and words of one name: the whole of it, and the words that it is made of."""
    lower = name.lower()
    data, flags = lower.encode("utf-8", "replace"), 0
    if lower == name and lower.isascii():
        if data.isalpha():
            return _FLAGS_OF.get(data, 0), [_two(crc32(data) % WORDS)]
        parts = data.translate(_LETTERS).split()
    else:
        parts = [part.lower().encode() for part in _PARTS.findall(name)]
    if not _BEGINNINGS.isdisjoint(parts):
        for word in (*parts, *map(add, parts, parts[1:])):
            flags |= _FLAGS_OF.get(word, 0)
    return flags, [_two(crc32(data.translate(_DIGITS)) % WORDS), *map(_part, parts)]


@lru_cache(2**13)
def _part(word: bytes) -> bytes:
    return _two(crc32(word) % WORDS)


def number(word: str) -> int:
    """Return the number of a word, below WORDS."""
    return crc32(word.encode("utf-8", "replace")) % WORDS


@lru_cache(2**10)
def _bytes(word: str) -> bytes:
    return _two(number(word))


_two, _new = Struct("<H").pack, tuple.__new__
