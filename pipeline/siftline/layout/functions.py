"""What a line is there for: `functions.toml` lists words by their function on a page, in many languages.

Words of one function count as one, so that what was learnt from pages in one language holds for pages in another.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ..document import Line
from .features import Floats, Table, Windows, distances
from .sheet import kinds, sheet
from .words import BITS, Words, joined, runs, words

LONGEST = 4
"""Words of a term at most."""
_BITS = 20
_SHIFT = np.uint32(32 - _BITS)
_LONGER = 128
"""Added to the entry of a pair of words with which longer terms begin."""
MARKS = {
    "talk": ("comment", "forum"), "related": ("related", "more"), "bylines": ("byline", "date"),
    "imprint": ("copyright", "consent", "contact"), "navigation": ("navigation", "sections", "account"),
    "greetings": ("courtesy", "first-person"),
    "prose": ("reporting", "connectives", "hedges", "narration", "organisations"),
}  # fmt: skip
"""Functions whose lines divide a page: how far the next such line is, and how many there are, says what part it is."""
ROLES = {
    "talk": ("comment", "reply", "participation", "forum"), "related": ("related", "popular", "also", "list", "read"),
    "bylines": ("date", "source", "author"), "imprint": ("copyright", "rights", "icp", "footer", "cookie", "consent"),
    "navigation": ("menu", "column", "account", "login"),
}  # fmt: skip
"""How roles begin, behind `chrome/`, that rules gave to such lines."""
_SHARE, _LONGEST_MARK = 0.15, 24
"""A mark has at least such a share of words of its functions, and at most so many words."""
_TEXT_SHARE, _TEXT_LEAST = 0.04, [[1], [2]]
"""The share, and the least number, for the last two kinds of mark, which may be long."""
_FAR = 60
"""How far the next mark can be, in lines."""
_MARK_NAMES = [
    [form.format(mark) for mark in MARKS] for form in ("lines to {} above", "lines to {} below", "{} above", "{} below")
]
_SPANS = [(-1, 1), (-3, 3), (-8, 8), (-24, 24)]
_SCORE_NAMES = ["functions", "functions of the document", *(f"functions within {last}" for _, last in _SPANS)]


class Lexicon(NamedTuple):
    """The terms of `functions.toml` by their hashes."""

    names: tuple[str, ...]
    """The functions."""
    table: npt.NDArray[np.uint8]
    """For each hash, cut to _BITS, the number of the function whose term has it, counted from 1, or 0."""
    known: npt.NDArray[np.bool_]
    """For each number of a word whether a term may begin with it; the second row is of pairs. Small, so that most
    words are done with at once.
    """
    asked: npt.NDArray[np.float32]
    """What a term of each function counts for a line's score, and then for each kind of mark."""


def terms() -> dict[str, Any]:
    """Return what `functions.toml` says: for each function its weight, and for each language a list of terms."""
    return tomllib.loads(files(__package__).joinpath("functions.toml").read_text(encoding="utf-8"))


@cache
def lexicon() -> Lexicon:
    """Return the terms, ready to be looked up. Where two have one hash, the function that is named first has it."""
    listed = terms()
    table, known = np.zeros(1 << _BITS, np.uint8), np.zeros((2, 1 << BITS), np.bool_)
    for number, function in reversed(list(enumerate(listed.values(), 1))):
        laid = sheet([term for found in function.values() if isinstance(found, list) for term in found])
        of = words(laid, kinds(laid.codes))
        sizes = np.minimum(of.last - of.first, LONGEST)
        for size, found in enumerate(runs(of, LONGEST), 1):
            at = of.first[sizes == size]
            table[found[at] >> _SHIFT] = table[found[at] >> _SHIFT] & _LONGER | number
        longer = of.first[sizes > 2]
        table[of.hashed_pairs[longer] >> _SHIFT] |= _LONGER
        known[0, of.alone[of.first[sizes == 1]]] = True
        known[1, of.pairs[of.first[sizes > 1]]] = True
    weights = [function["weight"] for function in listed.values()]
    marks = [[name in of for name in listed] for of in MARKS.values()]
    return Lexicon(tuple(listed), table, known, np.array([weights, *marks], np.float32))


def counts(of: Words) -> Floats:
    """Return how many terms of each function each line has, (functions, lines).

    >>> laid = sheet(["Home | Log in", "So the ferry left."])
    >>> found = counts(words(laid, kinds(laid.codes)))
    >>> [int(found[lexicon().names.index(name)][0]) for name in ("navigation", "account", "reporting")]
    [1, 1, 0]
    """
    size, lines = len(lexicon().names) + 1, of.first.size
    owner = np.repeat(np.arange(0, lines * size, size, dtype=np.int32), of.last - of.first + 1)
    at, number = _hits(of)
    found = np.bincount(owner.take(at - 1, mode="clip") + number, minlength=lines * size)
    return np.ascontiguousarray(found.reshape(lines, size).T[1:], np.float32)


def _hits(of: Words) -> tuple[npt.NDArray[np.intp], npt.NDArray[Any]]:
    """Return the words with which terms begin, and the numbers of the terms' functions, some of them 0."""
    _, table, known, _ = lexicon()
    alone, pairs = np.flatnonzero(known[0].take(of.alone)), np.flatnonzero(known[1].take(of.pairs))
    found = of.hashed_pairs.take(pairs)
    places, numbers = [alone, pairs], [table.take(of.hashes.take(alone) >> _SHIFT), table.take(found >> _SHIFT)]
    longer = numbers[1] >= _LONGER
    begin, found = pairs[longer], found[longer]
    for far in range(2, LONGEST):
        found = joined(found, of.hashes.take(begin + far, mode="clip"))
        places.append(begin)
        numbers.append(table.take(found >> _SHIFT))
    return np.concatenate(places), np.concatenate(numbers) & (_LONGER - 1)


class _Kinds(dict[str, int]):
    """The number of the kind of mark that each role stands for, counted from 1, or 0."""

    def __missing__(self, role: str) -> int:
        begin = role.removeprefix("chrome/").partition("-")[0]
        found = [kind for kind, mark in enumerate(MARKS, 1) if begin in ROLES.get(mark, ())]
        self[role] = number = found[0] if found else 0
        return number


_KINDS, _ROLE = _Kinds(), itemgetter(Line._fields.index("role"))


def function_features(table: Table, of: Words, lines: Sequence[Line]) -> None:
    """Add what the words of each line, and of those around it, say of its function."""
    size = (of.last - of.first).astype(np.float32)
    found = lexicon().asked @ counts(of)
    rows = table.room(_SCORE_NAMES)
    np.divide(found[0], np.sqrt(size + 1), out=rows[0])
    rows[1] = rows[0].sum() / size.size
    Windows(rows[:1]).means(_SPANS, rows[2:, None])
    is_mark = found[1:] >= np.maximum(_SHARE * size, 1)
    is_mark &= size <= _LONGEST_MARK
    is_mark[-2:] = found[-2:] >= np.maximum(_TEXT_SHARE * size, _TEXT_LEAST)
    told = np.frombuffer(bytes(map(_KINDS.__getitem__, map(_ROLE, lines))), np.uint8)
    at = np.flatnonzero(told)
    is_mark[told[at] - 1, at] = True
    _marks(table, is_mark)


def _marks(table: Table, is_mark: npt.NDArray[np.bool_]) -> None:
    """Add how far the marks of each kind are, and how many there are, above and below each line."""
    above, below = distances(is_mark, _FAR)
    running = np.cumsum(is_mark, axis=1, dtype=np.float32)
    earlier, later = np.log1p(running - is_mark), np.log1p(running[:, -1:] - running)
    for names, rows in zip(_MARK_NAMES, (above, below, earlier, later), strict=True):
        table.extend(names, rows)
