"""Damage in which each character stands for another: text of one Chinese codec, read in another one.

Right text can be read again as well as damaged text then, and both give Chinese characters. So a line is taken for a
way through two states, in which a character stands as it was written or is to be read again; each character costs what
it costs behind the one before it (`pairs.costs`), and each change of state some bits. The cheapest way is found by
dynamic programming (A. Viterbi, "Error bounds for convolutional codes", 1967).
"""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ..tables import kept
from . import double_bytes, pairs, residue
from .pairs import Points, points_of
from .readings import Reading

SWITCH = 9
"""Bits of a change between what is right and what is to be read again."""
_NEVER = 1 << 30
"""Bits of what cannot be read again."""
NO_SWITCH = 3
"""The same at the ends of a line, where the rest of the document is damaged likewise."""
DEAR = 13
"""Bits a character that text costs more than; Chinese costs 8 to 10."""
LEAST_VARIED = 4
"""Different characters that a run has at least."""
FOREIGN = 6
"""Bits that a character costs more which the codec of the text around it has not."""


@lru_cache(maxsize=2)  # a document is gone over twice at least, and what nothing mends is the same
def promising(lines: tuple[str, ...], some: tuple[Reading, ...]) -> npt.NDArray[np.bool_]:
    """Return for each reading, and each line, whether the line may have a run in it that is to be read again: where its
    characters hardly go together, whatever they are read as, or where its best run saves two SWITCH. That one has the
    largest sum of neighbours (J. Bentley, "Programming pearls: algorithm design techniques", 1984), for all at once.

    >>> from .readings import readings
    >>> swapped = next(reading for reading in readings() if reading.swaps_characters)
    >>> promising(("天氣預報", "天氣預報".encode("big5").decode("gb18030")), (swapped,)).tolist()
    [[False, True]]
    """
    if not lines:
        return np.zeros((len(some), 0), dtype=np.bool_)
    stands = points_of("\n".join(("", *lines, "")))
    reads = np.concatenate([stands, *(_table(reading).take(stands, mode="clip") for reading in some)])
    costs = _running(reads).reshape(1 + len(some), len(stands))
    saved = costs[0] - np.where(reads.reshape(costs.shape)[1:] == 0, _NEVER, costs[1:])
    ends = (stands == 0x0A).nonzero()[0]
    saved[:, ends] = -_NEVER  # no run goes on behind a line
    sums = np.cumsum(saved, axis=1)
    sums[:, 1:] -= np.minimum.accumulate(sums, axis=1)[:, :-1]
    sums[:, ends] = 0
    other = stands > 0x7F
    had, letters = (np.add.reduceat(of, ends[:-1], dtype=np.int64) for of in (costs[0] * other, other))
    return (had > DEAR * letters) | (np.maximum.reduceat(sums, ends[:-1], axis=1) >= 2 * SWITCH)


@lru_cache(maxsize=4)
def most_savings(lines: tuple[str, ...], reading: Reading) -> list[int]:
    """Return for each line bits that none of its `runs` saves more of, for all lines at once: as if each character
    could be the first of a run.

    >>> from .readings import readings
    >>> swapped = next(reading for reading in readings() if reading.swaps_characters)
    >>> wrong = "今天" + "天氣預報".encode("big5").decode("gb18030")
    >>> most_savings((wrong,), swapped)[0] >= runs(wrong, swapped)[0][2] > 0
    True
    """
    costs = _Costs.of("\n".join(lines), reading)
    sums = np.cumsum(costs.right - np.minimum(costs.begin, costs.again))
    before = np.concatenate(([0], sums[:-1]))
    best = before - np.minimum.accumulate(before) + costs.right - costs.end
    starts = np.cumsum([0, *(len(line) + 1 for line in lines[:-1])])
    most: list[int] = np.maximum.reduceat(best, starts).tolist()
    return most


class _Costs(NamedTuple):
    """What each character of a text costs, the end of the text and of each line included: one that stands behind one
    that stands, is read again behind one that stands, is read again behind one that is, and stands behind one that is.
    """

    right: npt.NDArray[np.int64]
    begin: npt.NDArray[np.int64]
    again: npt.NDArray[np.int64]
    end: npt.NDArray[np.int64]

    @classmethod
    def of(cls, text: str, reading: Reading) -> _Costs:
        stands = points_of(f"\n{text}\n")
        reads = _table(reading).take(stands, mode="clip")
        foreign = _foreign(reading.true).take(stands[1:], mode="clip")
        never = (reads[1:] == 0) | (stands[1:] == 0x0A)  # what is behind a line is right
        return cls(
            _running(stands)[1:] + foreign,
            np.where(never, _NEVER, _costs(stands[:-1], reads[1:])),
            np.where(never, _NEVER, _running(reads)[1:]),
            _costs(reads[:-1], stands[1:]) + foreign,
        )


def is_varied(text: str) -> bool:
    """Whether a text has characters enough to be text, and not what is left of lost bytes, such as 嚙踝蕭嚙踝蕭.

    >>> is_varied("嚙踝蕭嚙踝蕭"), is_varied("釭え鼠侗ㄩ")
    (False, True)
    """
    return len(set(text[:8])) >= LEAST_VARIED or len(set(text)) >= LEAST_VARIED


def is_repeated(text: str) -> bool:
    """Whether a text has one character fewer than that, and none of those that are left of lost bytes.

    >>> is_repeated("毞毞砃奻"), is_repeated("嚙踝蕭嚙踝蕭")
    (True, False)
    """
    return len(set(text)) == LEAST_VARIED - 1 and _RESIDUE.isdisjoint(text)


def may_be_damage(before: str, after: str) -> bool:
    """Whether a line that reads better again is not right for all that: see `is_varied` and `is_other`."""
    return is_varied(after) and not is_other(before)


def is_other(text: str) -> bool:
    """Whether a text is right that costs as much as damage does: signs or Russian abbreviations alone, or mostly the
    phonetic letters of Chinese with their marks of tone, which damage has only where it had full-width signs.

    >>> is_other("ㄩㄢˊ ㄇㄨˋ"), is_other("а/я, б/у, в/ч"), is_other("釭え鼠侗ㄩ")
    (True, True, False)
    """
    if not any(map(str.isalpha, _CYRILLIC.sub("", text))):
        return True
    return 2 * len(_PHONETIC.findall(text)) > len(text) - text.count(" ")


_CYRILLIC = re.compile("[\u0400-\u04ff]+")
_PHONETIC = re.compile("[\u3105-\u312f\u31a0-\u31bf\u02c7\u02c9-\u02cb\u02d9]")
_RESIDUE = frozenset("".join(residue.IN_PAIRS))


def runs(line: str, reading: Reading, at_ends: int = SWITCH) -> list[tuple[int, int, int]]:
    """Return the beginning and end of each run that is better read again, and the bits that this saves. `at_ends` is
    what SWITCH is at the ends of the line.
    """
    right, begin, again, end = _Costs.of(line, reading)
    begin[0] += at_ends - SWITCH
    end[-1] += at_ends - SWITCH
    states = _cheapest(right.tolist(), begin.tolist(), again.tolist(), end.tolist())
    edges = np.flatnonzero(np.diff(np.array([0, *states, 0], dtype=np.int8)))
    had, has = np.concatenate(([0], np.cumsum(right))), np.concatenate(([0], np.cumsum(again)))
    out = []
    for first, last in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        cost = begin[first] + has[last] - has[first + 1] + end[last]
        out.append((first, last, int(had[last + 1] - had[first] - cost)))
    return out


def with_lost_bytes(line: str, reading: Reading) -> str | None:
    r"""Return what a line says in the true codec of which each U+FFFD stands for a byte, or two, that are lost; U+FFFD
    in the place of each character that is not whole. None where its other bytes say nothing.

    >>> from .readings import readings
    >>> swapped = next(reading for reading in readings() if reading.name == "gb18030-as-big5")
    >>> with_lost_bytes("人口普查很全面".encode("gb18030").decode("big5", "replace"), swapped)
    '\ufffd口普查很全\ufffd'
    """
    raw = b"".join(_bytes_or_lost(char, reading.false) for char in line)
    read = []
    for lost in (raw, _LOST_PAIR.sub(b"\xff\xff", raw)):
        whole = _LOST_UNIT.sub(lambda match: match[1] or _GONE, lost)
        with suppress(UnicodeDecodeError):
            read.append(whole.decode(reading.true))
    return min(read, key=lambda text: int(_running(points_of(f"\n{text}\n")).sum()), default=None)


_LOST_UNIT = re.compile(
    rb"([\x00-\x7f]|[\x81-\xfe][0-9][\x81-\xfe][0-9]|[\x81-\xfe][@-~\x80-\xfe])|[\x81-\xfe]\xff|\xff[\x80-\xff]?"
)
_TWICE = {"十": b"\xa2\xcc", "卅": b"\xa2\xce", "／": b"\xa1\xfe"}
"""Characters that Big5 has twice: here they come of the bytes that GB18030 has."""


def _bytes_or_lost(char: str, codec: str) -> bytes:
    return _TWICE.get(char) or char.encode(codec, "ignore") or char.encode("cp950", "ignore") or b"\xff"


_LOST_PAIR = re.compile(rb"\xff(?=[\x80-\xff])")
_GONE = "\ufffd".encode("gb18030")


def _cheapest(right: list[int], begin: list[int], again: list[int], end: list[int]) -> list[bool]:
    """Return for each character whether it is read again on the cheapest way, by the costs of `_Costs`."""
    stands, reads = 0, _NEVER
    came_stands, came_reads = [], []
    for at in range(len(right)):
        stay, leave = stands + right[at], reads + end[at] + SWITCH
        enter, go_on = stands + begin[at] + SWITCH, reads + again[at]
        came_stands.append(leave < stay)
        came_reads.append(go_on <= enter)
        stands, reads = min(stay, leave), min(enter, go_on)
    states, read = [], False
    for at in range(len(right) - 1, -1, -1):
        states.append(read)
        read = came_reads[at] if read else came_stands[at]
    return states[::-1]


@cache
def _table(reading: Reading) -> Points:
    """Return for each code point, one for all others included, the one that its bytes are in the true codec; 0 where
    they are none.
    """
    table = np.zeros(double_bytes.LAST + 2, dtype=np.uint32)
    table[:0x80] = np.arange(0x80)
    here, there = double_bytes.characters_of(reading.false), double_bytes.characters_of(reading.true)
    both = (here != double_bytes.NONE) & (there != double_bytes.NONE)
    table[here[both]] = there[both]
    return table


@kept
def _foreign(codec: str) -> npt.NDArray[np.int64]:
    """Return FOREIGN for each code point of the BMP that is Chinese and that a codec has not, else 0."""
    found = np.zeros(0x10001, dtype=np.int64)
    chinese = "\n".join(map(chr, range(0x4E00, 0xA000))).encode(codec, "ignore").split(b"\n")
    found[0x4E00:0xA000] = [FOREIGN * (not raw) for raw in chinese]
    return found


def _costs(before: Points, after: Points) -> npt.NDArray[np.int64]:
    """Return `pairs.costs` in numbers that _NEVER can be added to."""
    return pairs.costs(before, after).astype(np.int64)


def _running(points: Points) -> npt.NDArray[np.int64]:
    return pairs.running(points).astype(np.int64)
