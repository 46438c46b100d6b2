r"""How the lines begin that a pattern matches, so that most lines need not be searched for it.

Most rules are tied to the start of the line and name what stands there, behind bullets and the like. So the words of
a rule are told from its parse tree, and the first letters of each line from one pass over the document. What is
neither a letter nor a digit in front of them counts for nothing, on both sides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from . import approximation
from .late import late
from .patterns import core, fold, parse

LENGTH = 4
"""Characters that are looked at, from the first letter or digit on; a line feed stands for the end of the line."""
_SHIFT = np.uint32(15)
_SLOTS = 1 << 17  # where two beginnings share one, more lines are searched, and none is lost
_FACTOR = np.uint32(0x9E3779B1)  # Knuth's multiplicative hashing, The Art of Computer Programming 6.4
_BREAK = ord("\n")
_WINDOW = 8  # characters of a line that are looked at at once
_Places = npt.NDArray[np.int64]
_ENDLESS = 0x7FFF  # a length that no line is said to be over
_MOST = 3_000  # beginnings of one pattern while they are put together; beyond, they are left as short as they are
_TIMES = 4  # repeats that are followed
# Letters and ASCII digits: no other character folds to one of these, and no class that `_is_passed` takes for
# punctuation has one. What is missing here is passed over, which costs a little and loses nothing.
KEPT = (
    "0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017f\u02bc\u0400-\u0481\u048a-\u052f\u1c80-\u1c87\u1e00-\u1eff\u212a\u212b"
    "\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\ufb00-\ufb06"
)
_KEPT = late(re.compile, f"[{KEPT}]")


@cache
def _is_kept() -> npt.NDArray[np.bool_]:
    """Return for each code point whether it is KEPT."""
    kept = np.zeros(0x110000, dtype=bool)
    for first, last in re.findall("(.)(?:-(.))?", KEPT):
        kept[ord(first) : ord(last or first) + 1] = True
    return kept


def _value(pattern: str) -> Any:
    return approximation.unwrapped(parse(pattern))[0].value


_WORD, _SPACE, _LETTER = _value(r"\w"), _value(r"\s"), _value(r"\p{L}")
_DIGITS = (_value(r"\d"), _value(r"\p{Nd}"), _value(r"\p{N}"))

_Begun = frozenset[tuple[str, bool]]
"""What a match may begin with so far: characters, and whether it is known what follows them."""


def hashed(codes: npt.NDArray[Any]) -> npt.NDArray[np.uint32]:
    """Return for the folded code points of a text what its lines begin with, as numbers of slots of a `Lookup`: a row
    for one character, for two, up to LENGTH, with a column for each line.
    """
    padded = np.concatenate((codes, np.full(_WINDOW, _BREAK, dtype=codes.dtype)))
    breaks = np.flatnonzero(codes == _BREAK)
    first = _first_kept(padded, np.concatenate(([0], breaks + 1)), np.append(breaks, len(codes)))
    rows, sums = [], np.zeros(len(first), dtype=np.uint32)
    for nth in range(LENGTH):
        sums = _mixed(sums, padded[first + nth].astype(np.uint32))
        rows.append(sums >> _SHIFT)
    return np.array(rows)


def _first_kept(codes: npt.NDArray[Any], starts: _Places, ends: _Places) -> _Places:
    """Return the place of the first character of each line that is KEPT, or of the line's end."""
    rest = np.flatnonzero(starts < ends)
    first = starts.copy()
    while len(rest):
        kept = _is_kept()[codes[first[rest, None] + np.arange(_WINDOW)]]
        found = kept.any(axis=1)
        first[rest] += np.where(found, kept.argmax(axis=1), _WINDOW)
        rest = rest[~found & (first[rest] < ends[rest])]
    return np.minimum(first, ends)


def _mixed(sums: npt.NDArray[np.uint32], codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """Return checksums with one more character taken in."""
    return (sums ^ codes) * _FACTOR + _FACTOR


def _slots(texts: Sequence[str]) -> npt.NDArray[np.uint32]:
    """Return the slots of beginnings, as `hashed` does for those of lines."""
    lengths = np.fromiter(map(len, texts), dtype=np.intp, count=len(texts))
    codes = np.array(texts, dtype=f"<U{LENGTH}").view("<u4").reshape(len(texts), LENGTH)
    sums = np.zeros(len(texts), dtype=np.uint32)
    for nth, column in enumerate(codes.T):
        sums = np.where(nth < lengths, _mixed(sums, column), sums)
    return sums >> _SHIFT


def beginnings(pattern: str) -> tuple[str, ...]:
    r"""Return what a line begins with that the pattern matches, folded; nothing where it may be anything.

    >>> beginnings(r"^\W*+(?:About|Contact)\b.*+$"), beginnings(r"^.*about$")
    (('abou', 'cont'), ())
    """
    items = approximation.unwrapped(parse(pattern))
    begun: _Begun = frozenset({("", isinstance(items[0], approximation.STARTS))})
    for item in items:
        begun = _behind(begun, item)
    found = {text for text, _ in begun}
    return (
        ()
        if "" in found or _is_common(found)
        else tuple(sorted(t for t in found if not any(t[:n] in found for n in range(1, len(t)))))
    )


class Lookup:
    """For what a line begins with, the most characters that it has where one of some patterns matches it."""

    def __init__(self, longest: Iterable[tuple[tuple[str, ...], int | None]]) -> None:
        """Take for each pattern its beginnings, and the length of its longest match or None."""
        self._longest = np.full(_SLOTS, -1, dtype=np.int16)
        most: dict[str, int] = {}
        for texts, length in longest:
            for text in texts:
                most[text] = max(most.get(text, 0), min(length or _ENDLESS, _ENDLESS))
        np.maximum.at(self._longest, _slots([*most]), np.fromiter(most.values(), dtype=np.int16, count=len(most)))

    def lines(self, slots: npt.NDArray[np.uint32], sizes: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Return the lines that may be matched, given what `hashed` says of them, and their characters."""
        return np.flatnonzero(self._longest[slots].max(axis=0) >= np.minimum(sizes, _ENDLESS))


def _is_common(texts: set[str]) -> bool:
    """Whether a tenth of all lines or more begin so: with one of two letters, or more."""
    return sum(len(text) == 1 and text.isascii() and text.isalpha() for text in texts) > 1


def _behind(begun: _Begun, node: Any) -> _Begun:  # noqa: PLR0911 - one for each kind of node
    """Return what a match may begin with, the node included."""
    going = frozenset(one for one in begun if one[1])
    if not going or isinstance(node, (*approximation.STARTS, core.LookAround)):
        return begun
    if isinstance(node, approximation.ENDS):
        return _with(begun, "\n")
    if isinstance(node, core.ZeroWidthBase):
        return begun
    if isinstance(node, approximation.WRAPPERS):
        return _behind(begun, node.subpattern)
    if isinstance(node, core.Sequence):
        for item in node.items:
            begun = _behind(begun, item)
        return begun
    if isinstance(node, core.Branch):
        return _limited((begun - going).union(*(_behind(going, branch) for branch in node.branches)))
    if isinstance(node, approximation.REPEATS):
        return _limited((begun - going) | _repeated(going, node))
    return _limited((begun - going).union(*(_one(begun_so, node) for begun_so, _ in going)))


def _repeated(going: _Begun, node: Any) -> _Begun:
    inner = approximation.unwrapped(node.subpattern)
    if len(inner) == 1 and _is_passed(inner[0]):
        return frozenset((text, not text) for text, _ in going)
    least, most = int(node.min_count), node.max_count
    out = going if not least else frozenset()
    for count in range(1, min(_TIMES, most or _TIMES) + 1):
        going = _behind(going, node.subpattern)
        out |= going if count >= least else frozenset()
    return out | (frozenset((text, False) for text, _ in going) if most is None or most > _TIMES else frozenset())


def _one(text: str, node: Any) -> _Begun:
    """Return what becomes of a beginning behind a character, a class or a string."""
    if isinstance(node, core.String):
        return _with(frozenset({(text, True)}), "".join(map(chr, node.characters)))
    if (chars := approximation.characters(node)) is not None:
        return frozenset().union(*(_with(frozenset({(text, True)}), char) for char in chars))
    if not text and _is_passed(node):
        return frozenset({("", True)})
    if not text and _is_digit(node):  # one that is not ASCII is passed over
        return frozenset({("", True), *((digit, False) for digit in "0123456789")})
    return frozenset({(text, False)})


def _with(begun: _Begun, more: str) -> _Begun:
    out: set[tuple[str, bool]] = set()
    for text, goes_on in begun:
        if not goes_on:
            out.add((text, False))
            continue
        whole = text + fold(more)
        if not text and more != "\n":
            first = _KEPT.search(whole)
            whole = whole[first.start() :] if first else ""
        out.add((whole[:LENGTH], len(whole) < LENGTH and not whole.endswith("\n")))
    return frozenset(out)


def _limited(begun: _Begun) -> _Begun:
    return begun if len(begun) <= _MOST else frozenset((text, False) for text, _ in begun)


def _is_passed(node: Any) -> bool:
    """Whether none of the characters that a class may match is KEPT."""
    if (chars := approximation.characters(node)) is not None:
        return not any(_KEPT.match(fold(char)) for char in chars)
    if isinstance(node, core.Property):
        return bool(node.value == _SPACE if node.positive else node.value == _WORD)
    if isinstance(node, core.SetUnion) and node.positive:
        return all(map(_is_passed, node.items))
    if isinstance(node, core.SetUnion):
        taken = {item.value for item in node.items if isinstance(item, core.Property) and item.positive}
        return _WORD in taken or (_LETTER in taken and not taken.isdisjoint(_DIGITS))
    return False


def _is_digit(node: Any) -> bool:
    if isinstance(node, core.Range):
        return bool(node.positive and ord("0") <= node.lower <= node.upper <= ord("9"))
    return isinstance(node, core.Property) and node.positive and node.value in _DIGITS[:2]
