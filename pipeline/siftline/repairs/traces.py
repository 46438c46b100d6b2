"""Which lines of a text have the traces of which wrong readings; found from the kinds of characters that it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from . import atoms, census
from .census import Census
from .plausible import line_costs
from .readings import MULTIBYTE, Reading, readings

_LEAST_CAPITALS = 8
"""Cyrillic capitals of a line without which it is not read again where a wrong reading swaps small letters and
capitals: it has names and abbreviations."""
_SIGNS = {
    **{(true, "cp1252"): (census.LATIN, 1) for true in ("utf-8", "gb18030", "big5", "cp1251", "koi8-r")},
    ("utf-8", "cp1251"): (census.CP1251_TAIL, 1),
    ("utf-8", "koi8-r"): (census.KOI_TAIL, 1),
    ("utf-8", "gb18030"): (census.GB_LEAD, 1),
    ("utf-8", "big5"): (census.BIG5_LEAD, 1),
    ("big5", "gb18030"): (census.BIG5_IN_GB, 1),
    ("gb18030", "big5"): (census.GB_IN_BIG5, 1),
    ("gb18030", "big5hkscs"): (census.GB_IN_BIG5, 1),
    ("koi8-r", "cp1251"): (census.CAPITAL, _LEAST_CAPITALS),
    ("cp1251", "koi8-r"): (census.CAPITAL, _LEAST_CAPITALS),
}
"""What kind of character, and how many of it, the trace of a reading needs in a line, by true and false codec."""


_SHORT = 600
"""Characters of a text below which its lines are weighed to see whether a reading happened to them twice. In longer
ones the best pairs of `Reading.twice` are looked for, which takes less and is enough: one line tells of the others."""
_DEAR, _LEAST_DEAR = 7.0, 12
"""Bits a small letter that Russian costs less than, and letters of a line. Of 500 lines the dearest cost 6.9 bits a
letter; read wrongly as KOI8-R or Windows-1251, once or twice, the cheapest cost 7.1."""


@lru_cache(maxsize=4)
def possible(text: Census) -> tuple[Reading, ...]:
    """Return the readings that can have been made of a text, for all that the kinds of its characters say."""
    if text.ascii:
        return ()
    return _possible(text.signs if text.pair(census.LATIN, census.HIGH) else text.signs & ~census.LATIN)


@lru_cache(maxsize=256)
def _possible(signs: int) -> tuple[Reading, ...]:
    return tuple([reading for reading, ways in _needs() if any(signs & needed == needed for needed in ways)])


@cache
def _needs() -> list[tuple[Reading, tuple[int, ...]]]:
    """Return the readings, each with the kinds of characters that a text with its trace holds, or else with others."""
    return [(reading, _signs_of(reading)) for reading in readings()]


def sign_of(reading: Reading) -> int:
    """Return the kind of character that the trace of a reading needs."""
    return _SIGNS[reading.true, reading.false][0]


def _signs_of(reading: Reading) -> tuple[int, ...]:
    if reading.swaps_case:
        return (census.CYRILLIC,)
    sign = sign_of(reading)
    mixed = (census.TRADITIONAL | census.SIMPLIFIED,) if sign == census.GB_IN_BIG5 else ()
    return sign | census.HAN * reading.swaps_characters, *mixed


def likely_lines(text: Census, reading: Reading) -> list[int]:
    """Return the indices of the lines of a text whose kinds of characters allow a trace of a reading."""
    return text.lines_with(*_SIGNS[reading.true, reading.false])


def traced(text: Census, reading: Reading) -> list[int]:
    """Return the indices of the lines of a text with a trace of a reading."""
    found, lines = likely_lines(text, reading), text.lines
    if found and reading.true == "utf-8" and reading.false in MULTIBYTE:  # a pattern that takes long to compile
        found = [found[nth] for nth in atoms.found_in(reading.trace.pattern, [lines[at] for at in found])]
    elif sign_of(reading) == census.GB_IN_BIG5:  # which is the whole trace; or a run in a line that is right
        found = sorted({*found, *_mixed_lines(text)})
    else:
        search = reading.trace.search
        found = [at for at in found if search(lines[at])]
    if not reading.twice:
        return found
    known, pairs = set(found), reading.twice
    if len(text.text) < _SHORT:
        return found + [at for at in _dear_lines(text) if at not in known]
    places = text.lines_with(census.CYRILLIC)
    cyrillic = text.text if 2 * len(places) > len(lines) else "\n".join([lines[at] for at in places])
    if any(map(cyrillic.__contains__, pairs[:4])):
        return found + [at for at, line in enumerate(lines) if at not in known and any(map(line.__contains__, pairs))]
    return found


@lru_cache(maxsize=4)
def _mixed_lines(text: Census) -> list[int]:
    """Return the indices of the lines that have traditional characters beside simplified ones, in a simplified text."""
    if text.count(census.TRADITIONAL) >= text.count(census.SIMPLIFIED):
        return []
    return text.lines_with_both(census.TRADITIONAL, census.SIMPLIFIED)


@lru_cache(maxsize=4)
def _dear_lines(text: Census) -> list[int]:
    """Return the indices of the lines whose Cyrillic letters cost more than those of Russian do."""
    places = text.lines_with(census.CYRILLIC, _LEAST_DEAR)
    dear = are_dear([text.lines[at] for at in places])
    return [at for at, much in zip(places, dear, strict=True) if much]


def are_dear(lines: Sequence[str]) -> list[bool]:
    """Return for each line whether its letters, as small ones, cost more than those of Russian do.

    >>> are_dear(["ВСЕ ДОРОГИ В ГОРАХ", "бяе дннпнчх х цнпюу"])
    [False, True]
    """
    bits = line_costs("\n".join(lines).lower()).tolist() if lines else []
    letters = (len(line) - len(line.encode("ascii", "ignore")) for line in lines)
    return [has > _DEAR * count for has, count in zip(bits, letters, strict=True)]


@lru_cache(maxsize=4)
def found_in(text: Census) -> Mapping[int, Sequence[Reading]]:
    """Return for each line of a text with traces the readings whose traces they are."""
    found: dict[int, list[Reading]] = {}
    for reading in possible(text):
        for at in traced(text, reading):
            found.setdefault(at, []).append(reading)
    return found
