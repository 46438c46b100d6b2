r"""A pattern of `regex` as one that Hyperscan can scan for, and that finds at least every line the first matches.

Hyperscan searches a whole document for hundreds of patterns at once, but knows no lookaround, no possessive
quantifier and another Unicode. So a pattern is loosened, node by node of the tree that `regex` itself builds: an
assertion becomes nothing, a long bound becomes none, a class becomes the set of bytes that its characters may begin
with. What is found are candidates, which the pattern itself then judges.

The text that is scanned is folded (see patterns.fold), in UTF-8, with a line feed between lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from .patterns import core, fold, parse

VERSION = "13"
"""Changes with what is made of a pattern here or in beginnings.py, so that nothing older is taken from a cache."""
LARGEST = 12_000
"""Bytes of a loosened pattern. Hyperscan refuses one of 16,000 and takes seconds to compile what is near it."""
ANYTHING = rb"[^\n]*"
_NO_BREAK, _REST = rb"[^\n]", rb"[\x80-\xbf]"
MOST = 3
"""Expressions for one pattern."""
_TELLING = 2  # what one of several must tell to be worth searching for, see _telling
_LARGE, _TWICE = 100, 2_800  # bytes of a part that is not repeated without end, and of one that is not even put twice
_SMALL_SET = 24  # characters of a class that are written out as alternatives
_SHORT = 6  # counts up to this stay as they are
REPEATS = (core.GreedyRepeat, core.LazyRepeat, core.PossessiveRepeat)
WRAPPERS = (core.Group, core.Atomic)
_CLASSES = (core.Any, core.Property, core.Range, core.SetBase)
_ASSERTIONS = (core.ZeroWidthBase, core.LookAround)
STARTS = (core.StartOfString,)
ENDS = (core.EndOfString, core.EndOfStringLine)
_OPEN = re.compile(rb"(?<=.)\[[^]]*\]\*$|(?<=\])(?:\+|(\{\d+),\})$")  # how a class at the end is repeated without end
_SPECIAL = frozenset(rb"\^$.[]|()?*+{}#-/&~")

Members = tuple[frozenset[int], frozenset[int]]
"""What a class may match in folded UTF-8: ASCII codes, and bytes that begin a longer character."""
_LEADS = frozenset(range(0xC2, 0xF5))
_BEYOND = frozenset([0xED, *range(0xF0, 0xF5)])  # surrogates and the planes above the first: not told apart
_ALL: Members = (frozenset(range(128)) - {10}, _LEADS)


def approximate(pattern: str) -> tuple[bytes, ...]:
    r"""Return expressions for Hyperscan in multi-line mode, all of which are found in every line that `pattern`
    matches in: one for the pattern itself or for a lookahead of it, or some; none where they would be nothing.

    >>> approximate(r"^(?:by|from):\s{1,80}(?=\p{Lu})")
    (b'^(?:by|from):(?:[\\x09\\x0b-\\x0d\\x20]|[\\xc2\\xe1-\\xe3\\xed\\xf0-\\xf4][\\x80-\\xbf])',)
    >>> approximate(r"^(?=.{0,80}\bloans?\b)(?=.*telegram).+$")
    (b'telegram', b'loan')
    """
    items = unwrapped(parse(pattern))
    looks = [_inside(item.subpattern) for item in items if isinstance(item, core.LookAround) and item.positive]
    parts = [part for part in (items, *looks) if sum(map(_least, part))]
    made = [(_telling(part), *_expression(part)) for part in parts]
    made.sort(key=lambda one: (one[2], one[0]), reverse=True)  # stable: of equals the pattern itself
    most = MOST if len(looks) > 1 else 1  # one lookahead beside a pattern tells little that the pattern does not
    telling = [expression for worth, expression, _ in made if worth >= _TELLING and expression][:most]
    telling.sort(key=lambda one: not one.startswith(b"^"))  # what is tied to the start is found on fewer lines
    return tuple(telling or [expression for _, expression, _ in made[:1] if expression])


class _Piece(NamedTuple):
    """What a part of a pattern is loosened to, and whether it may not be missing."""

    expression: bytes
    needed: bool


def _expression(items: list[Any]) -> tuple[bytes, bool]:
    """Return what the items are loosened to, and whether that is all of them.

    A gap of any width at an end of the line leaves nothing to be said of what stands beyond it. The end itself stays,
    so that a line is reported once.
    """
    pieces, whole = _fitting(_opening(items))
    starts, ends = isinstance(items[0], STARTS), isinstance(items[-1], ENDS) and whole
    needed = [at for at, piece in enumerate(pieces) if piece.needed]
    if not needed:
        return b"", whole
    first, last = needed[0], needed[-1] + 1
    starts = starts and all(piece.expression != ANYTHING for piece in pieces[:first])
    if any(piece.expression == ANYTHING for piece in pieces[last:]):
        pieces[last:] = [_Piece(ANYTHING, False)]
    pieces = pieces[0 if starts else first : len(pieces) if ends else last]
    if not ends:  # what may go on would be reported again for each character
        pieces[-1] = _Piece(_OPEN.sub(_once, pieces[-1].expression), True)
    found = b"".join([piece.expression for piece in pieces])
    return (b"^" if starts else b"") + found + (b"$" if ends else b""), whole


def _once(found: re.Match[bytes]) -> bytes:
    return found[1] + b"}" if found[1] else b""


def _opening(items: Sequence[Any]) -> Iterator[_Piece]:
    r"""Return the pieces of a pattern, the classes that it begins with as one, `\s*` and `\W*` as `\W*`: one loop is
    searched for sooner than two that may both be running.
    """
    members: Members = (frozenset(), frozenset())
    for at, item in enumerate(items):
        inner = unwrapped(item.subpattern) if isinstance(item, REPEATS) and not item.min_count else []
        if len(inner) == 1 and _is_class(inner[0]):
            codes, leads = _members(inner[0])
            members = members[0] | codes, members[1] | leads
        elif not isinstance(item, _ASSERTIONS):
            if any(members):
                yield _Piece(_byte_class(members) + b"*", False)
            yield from _pieces(items[at:])
            return


def _pieces(items: Iterable[Any]) -> Iterator[_Piece]:
    """Return the pieces of items that stand one after the other, those within groups too."""
    for item in items:
        if isinstance(item, (*WRAPPERS, core.Sequence)):
            yield from _pieces(unwrapped(item))
            continue
        expression = _loose(item)
        if isinstance(item, REPEATS) and item.min_count and expression.endswith(ANYTHING):
            for _ in range(_times(item, _loose(item.subpattern))):
                yield from _pieces(unwrapped(item.subpattern))
            yield _Piece(ANYTHING, False)
        elif expression:
            yield _Piece(expression, _least(item) > 0)


def unwrapped(node: Any) -> list[Any]:
    """Return what a node matches one after the other, wrappings taken off."""
    while isinstance(node, WRAPPERS):
        node = node.subpattern
    if not isinstance(node, core.Sequence):
        return [node]
    return unwrapped(node.items[0]) if len(node.items) == 1 else list(node.items)


def _inside(look: Any) -> list[Any]:
    """Return what a lookaround asks for, without how far away it stands."""
    items = unwrapped(look)
    while items and (isinstance(items[-1], ENDS) or _is_gap(items[-1])):
        items = items[:-1]
    while items and _is_gap(items[0]):
        items = items[1:]
    if len(items) == 1 and isinstance(items[0], REPEATS) and items[0].min_count:
        again = unwrapped(items[0].subpattern)
        return _inside(items[0].subpattern) if _is_gap(again[0]) else items  # of several places one must do
    return items


def _is_gap(node: Any) -> bool:
    return isinstance(node, REPEATS) and isinstance(node.subpattern, core.Any)


def _least(node: Any) -> int:
    """Return how many characters a node takes at least."""
    if isinstance(node, core.Sequence):
        return sum(map(_least, node.items))
    if isinstance(node, core.Branch):
        return min(map(_least, node.branches))
    if isinstance(node, REPEATS):
        return int(node.min_count) * _least(node.subpattern)
    if isinstance(node, WRAPPERS):
        return _least(node.subpattern)
    return int(isinstance(node, (*_CLASSES, core.Character, core.String)))


def _fitting(pieces: Iterable[_Piece]) -> tuple[list[_Piece], bool]:
    """Return the pieces up to what is too large, and whether that is all of them."""
    out: list[_Piece] = []
    size = 0
    for piece in pieces:
        size += len(piece.expression)
        if size > LARGEST:
            return out, False
        out.append(piece)
    return out, True


def _telling(node: Any) -> int:  # noqa: PLR0911 - one for each kind of node
    """Return how much of any match is known characters; Han and Cyrillic count more, spaces and digits nothing."""
    if isinstance(node, list):
        return sum(map(_telling, node))
    if isinstance(node, core.Character):
        char = chr(node.value)
        if not node.positive or char.isspace() or char.isdigit():
            return 0
        return 1 if char.isascii() and char != "@" else 3
    if isinstance(node, core.String):
        return 2 * len(node.characters)
    if isinstance(node, core.Sequence):
        return sum(map(_telling, node.items))
    if isinstance(node, core.Branch):
        return min(map(_telling, node.branches))
    if isinstance(node, REPEATS):
        return min(int(node.min_count), 3) * _telling(node.subpattern)
    if isinstance(node, WRAPPERS):
        return _telling(node.subpattern)
    return int(isinstance(node, core.SetUnion) and node.positive and len(node.items) <= _SMALL_SET)


def _loose(node: Any) -> bytes:  # noqa: PLR0911 - one for each kind of node
    if (chars := characters(node)) is not None:
        return _alternatives([_literal(char) for char in chars]) if len(chars) > 1 else _literal(chars[0])
    if isinstance(node, core.String):
        return _literal("".join(map(chr, node.characters)))
    if _is_class(node):
        return _at_least_one(_members(node))
    if isinstance(node, core.Sequence):
        return b"".join(map(_loose, node.items))
    if isinstance(node, core.Branch):
        return _alternatives([_loose(branch) for branch in node.branches])
    if isinstance(node, REPEATS):
        return _repeat(node)
    if isinstance(node, WRAPPERS):
        return b"(?:" + _loose(node.subpattern) + b")"
    return b"" if isinstance(node, _ASSERTIONS) else ANYTHING


def characters(node: Any) -> list[str] | None:
    """Return the characters that a node stands for, where they are few and named one by one."""
    if isinstance(node, core.Character) and node.positive:
        return [chr(node.value)]
    if isinstance(node, core.SetUnion) and node.positive and len(node.items) <= _SMALL_SET:
        each = [characters(item) for item in node.items]
        return [char for chars in each for char in chars or ""] if None not in each else None
    return None


def _literal(text: str) -> bytes:
    return b"".join(
        b"\\x%02x" % byte if byte in _SPECIAL or byte <= 0x20 else bytes([byte])
        for byte in fold(text).encode("utf-8", "surrogatepass")
    )


def _alternatives(parts: Iterable[bytes]) -> bytes:
    return b"(?:" + b"|".join(sorted(set(parts))) + b")"


def _repeat(node: Any) -> bytes:
    least, most = int(node.min_count), node.max_count
    inner = unwrapped(node.subpattern)
    chars = characters(inner[0]) if len(inner) == 1 else None
    if len(inner) == 1 and (_is_class(inner[0]) if chars is None else "".join(chars).isascii()):
        ascii_only = not _members(inner[0])[1]
        part = _byte_class(_members(inner[0]))
        if ascii_only and most is not None and most <= _SHORT:
            return part + b"{%d,%d}" % (least, most)
        if least == 1 and not ascii_only:
            return _at_least_one(_members(inner[0]))
        return part + (b"*", b"+")[least] if least < 2 else part + b"{%d,}" % min(least, _SHORT)
    part = b"(?:" + _loose(node.subpattern) + b")"
    if most == 1:
        return part + (b"" if least else b"?")
    if len(part) > _LARGE:  # a loop over many words takes Hyperscan seconds to compile
        return part * _times(node, part) + ANYTHING
    return part * (min(least, 3) - 1) + part + (b"+" if least else b"*")


def _times(node: Any, part: bytes) -> int:
    """Return how often a large part stands where it is repeated."""
    return min(int(node.min_count), 2 if len(part) <= _TWICE else 1)


def _is_class(node: Any) -> bool:
    return isinstance(node, _CLASSES) or (isinstance(node, core.Character) and not node.positive)


def _members(node: Any) -> Members:
    """Return what a class may match; it may say too much, and never too little."""
    if isinstance(node, core.Any):
        return _ALL
    if isinstance(node, core.Property):
        return _property(node)
    if isinstance(node, core.SetUnion):
        return _union(node.items) if node.positive else _rest(node)
    if isinstance(node, core.Character | core.Range) and node.positive:
        return _span(node.value, node.value) if isinstance(node, core.Character) else _span(node.lower, node.upper)
    return _ALL


def _union(items: Iterable[Any]) -> Members:
    each = [_members(item) for item in items]
    return frozenset().union(*(codes for codes, _ in each)), frozenset().union(*(leads for _, leads in each))


def _rest(node: Any) -> Members:
    """Return what a negated class may match: bytes that no item of it takes for itself."""
    codes = {ord(fold(chr(code))) for code in _ALL[0] if node.matches(code)}
    leads = _LEADS
    for item in node.items:
        if isinstance(item, core.Property):
            leads &= _property(item, not item.positive)[1]
    return frozenset(codes), leads


_known: dict[tuple[int, bool], Members] = {}


def _property(node: Any, positive: bool | None = None) -> Members:
    r"""Return what a property such as \p{L} matches, or does not match."""
    positive = node.positive if positive is None else positive
    key = (node.value, positive)
    if key not in _known:
        wanted = node.positive == positive
        chars = [char for char, code in _first_plane() if node.matches(code) is wanted]
        codes, leads = _folded(chars)
        _known[key] = codes, leads | _BEYOND
    return _known[key]


@lru_cache(maxsize=1024)
def _span(first: int, last: int) -> Members:
    codes, leads = _folded(map(chr, range(first, min(last, 0xFFFF) + 1)))
    return codes, leads | (_BEYOND if last > 0xD7FF else frozenset())


def _folded(chars: Iterable[str]) -> Members:
    data = fold("".join(chars)).encode("utf-8", "surrogatepass")
    seen = set(data)
    return frozenset(byte for byte in seen if byte < 128 and byte != 10), frozenset(seen) & _LEADS


@cache
def _first_plane() -> list[tuple[str, int]]:
    return [(chr(code), code) for code in range(0x10000) if not 0xD800 <= code < 0xE000]


def _at_least_one(members: Members) -> bytes:
    """Return one character of these or several, from the first byte of one on: what may begin in the middle would find
    the end of a bullet to be a digit.
    """
    codes, leads = members
    part = _byte_class(members)
    if not leads or part == _NO_BREAK:
        return part + (b"+" if leads else b"")
    first = _bytes(leads) + _REST
    return (b"(?:" + _bytes(codes) + b"|" + first + b")" if codes else first) + part + b"*"


def _byte_class(members: Members) -> bytes:
    """Return the class of the bytes of these characters, for one byte of a character or several times for all."""
    codes, leads = members
    if codes == _ALL[0] and leads == _LEADS:
        return _NO_BREAK
    return _bytes(codes | (leads and leads | set(range(0x80, 0xC0))))


def _bytes(members: Iterable[int]) -> bytes:
    """Return a class of bytes."""
    wanted = sorted(members)
    out, at = b"", 0
    while at < len(wanted):
        end = at
        while end + 1 < len(wanted) and wanted[end + 1] == wanted[end] + 1 and (wanted[end] != 127):
            end += 1
        first, last = wanted[at], wanted[end]
        out += b"\\x%02x" % first + (b"-\\x%02x" % last if end > at else b"")
        at = end + 1
    return b"[" + out + b"]"
