"""Damaged runs inside text that is right: where a wrong reading begins and ends.

A stretch is cut into atoms, the smallest parts that can be read again alone. Of all runs of atoms the one that saves
the most bits is taken (J. Bentley, "Programming pearls: algorithm design techniques", 1984: the maximum-sum
subarray), then what is left and right of it is looked at likewise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from .plausible import cost, costs_in_chinese
from .readings import MULTIBYTE, ByteView, Reading, Span, decode_stretch

_NO_GAIN = -1000
"""Stands for what cannot be read again."""
MOST_RUNS = 60
"""Runs that are looked for in a stretch."""
_KANA = re.compile("[\u3041-\u30fe]")
_FOREIGN = 8
"""Bits that a character is worth less which the codec of the text around it has not."""
_KANA_BITS = 8
"""Bits against kana: no reading here is of Japanese, and Chinese in the wrong codec is full of it."""
_COMMON_WORDS = re.compile(
    r"\b(?:на|не|что|по|как|это|но|из|за|то|для|до|от|так|он|мы|вы|они|она|или|при|бы|же|ли|его|все|под|без|об|со|во|уже)\b"
)
_LITTLE, _LITTLE_OF_SWAPPED = 15, 6
"""Bits that a whole stretch may lose to its best run: a rare character or two, and no right text; less where each
character stands for another."""
_TYPOGRAPHIC = "“”‘’…—–·"
_TYPOGRAPHIC_TEXT = re.compile(f"[{_TYPOGRAPHIC}\x00-\x7f]*")
_LEADING, _TRAILING = re.compile(f"[{_TYPOGRAPHIC}]{{1,2}}"), re.compile(f"[{_TYPOGRAPHIC}]{{1,2}}$")


def runs(text: ByteView, line: str, stretch: Span, trial: tuple[Reading, int]) -> Iterator[tuple[Span, int]]:
    """Yield the parts of a stretch that are best read again, each with the bits that this saves, in no order; those
    alone that save as many bits as `trial` has beside the reading.
    """
    reading, least = trial
    atoms = text.atoms(stretch, reading)
    gains = _gains(text, line, atoms, reading)
    open_parts = [(0, len(atoms))]
    for _ in range(MOST_RUNS):
        if not open_parts:
            return
        first, last = open_parts.pop()
        saved, start, end = _best_run(gains, first, last)
        if saved >= least:
            start, end = _widened(gains, (first, start, end, last))
            if reading.swaps_characters:
                start, end = _over_foreign(line[atoms[0].start :], gains, (first, start, end, last), reading.true)
            yield narrowed(text, line, atoms[start:end], reading), saved
            open_parts += [(first, start), (end, last)]


def best_savings(text: str, ends: Sequence[int], reading: Reading) -> npt.NDArray[np.int64]:
    r"""Return for each line of a text, which end at `ends`, the bits that its best run saves, where characters stand
    for characters (`Reading.swaps_characters`): `runs` in one go over all lines, for those that need no second look.

    >>> from .readings import readings
    >>> swapped = next(reading for reading in readings() if reading.swaps_characters)
    >>> wrong = "天氣預報".encode("big5").decode("gb18030")
    >>> right, damaged = best_savings(f"天氣預報\n{wrong}", [5, 6 + len(wrong)], swapped).tolist()
    >>> right < swapped.margin <= damaged
    True
    """
    points = np.frombuffer(f"{text}\n".encode("utf-32-le", "surrogatepass"), dtype="<u4")[: ends[-1]]
    gains = _gains_of_characters(reading).take(points, mode="clip").astype(np.int64)
    last = np.asarray(ends, dtype=np.int64) - 1
    gains[last] = -(64 * len(points))  # no run goes on behind a line
    sums = np.cumsum(gains)
    before = np.concatenate(([0], sums[:-1]))
    best = sums - np.minimum.accumulate(before)
    best[last] = 0
    return np.maximum.reduceat(best, np.concatenate(([0], last[:-1] + 1)))


@cache
def _gains_of_characters(reading: Reading) -> npt.NDArray[np.int16]:
    """Return `_gain` of every character of the BMP, and of all others as the last, where characters stand for
    characters.
    """
    gains = np.full(0x10001, _NO_GAIN, dtype=np.int16)
    gains[:0x80] = 0
    stood, reads = _swapped_characters(reading.false, reading.true)
    gains[stood] = _weights_in_chinese(stood) - _weights_in_chinese(reads)
    return gains


def _swapped_characters(false: str, true: str) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    """Return the code points of all characters of two bytes in the codec `false` whose bytes are one of `true`, and
    the code points of those.
    """
    here, there = _characters_of_pairs(false), _characters_of_pairs(true)
    both = (here != _NO_PAIR) & (there != _NO_PAIR)
    return here[both], there[both]


_NO_PAIR = 0xFFFD


def _characters_of_pairs(codec: str) -> npt.NDArray[np.uint32]:
    """Return the code point in the BMP of each pair of bytes of 81 to FE and 40 to FE, or _NO_PAIR."""
    pairs = np.full((126, 191, 3), 0x0A, dtype=np.uint8)
    pairs[:, :, 0], pairs[:, :, 1] = np.arange(0x81, 0xFF)[:, np.newaxis], np.arange(0x40, 0xFF)
    points = np.frombuffer(pairs.tobytes().decode(codec, "replace").encode("utf-32-le"), dtype="<u4")
    ends = np.flatnonzero(points == 0x0A)
    known = (np.diff(ends, prepend=-1) == 2) & (points[ends - 1] < 0x10000)  # one character in a line
    return np.where(known, points[ends - 1], _NO_PAIR).astype(np.uint32)


def _weights_in_chinese(points: npt.NDArray[np.uint32]) -> npt.NDArray[np.int64]:
    kana = (points >= 0x3041) & (points <= 0x30FE)
    return costs_in_chinese(points) + _KANA_BITS * kana


def has_common_words(span: Span, reading: Reading) -> bool:
    """Whether the most frequent Russian words come out of a span, as they do of nearly any phrase."""
    return bool(_COMMON_WORDS.search(decode_stretch(span.raw, reading.true) or ""))


def is_all_damage(text: ByteView, line: str, stretch: Span, reading: Reading) -> bool:
    """Whether a stretch that can be read again as a whole holds no more than a character or two of right text."""
    gains = _gains(text, line, text.atoms(stretch, reading), reading)
    return sum(gains) >= _best_run(gains, 0, len(gains))[0] - (
        _LITTLE_OF_SWAPPED if reading.swaps_characters else _LITTLE
    )


def narrowed(text: ByteView, line: str, atoms: Sequence[Span], reading: Reading) -> Span:
    """Return the span of some atoms without those at its ends that are better left as they stand."""
    first, last = 0, len(atoms) - 1
    while first < last and _is_right(line, atoms[last], atoms[last - 1], reading):
        last -= 1
    while first < last and _is_right(line, atoms[first], atoms[first + 1], reading):
        first += 1
    return text.cut(atoms[first].start, atoms[last].end)


def _is_right(line: str, edge: Span, inner: Span, reading: Reading) -> bool:
    """Whether an atom at an end goes better with its neighbours as it stands than when it is read again."""
    here, there = line[edge.start : edge.end], decode_stretch(edge.raw, reading.true)
    if there is None:
        return True
    if reading.swaps_characters and not _is_in(here, reading.true):
        return False
    beside = decode_stretch(inner.raw, reading.true) or ""
    if edge.start < inner.start:
        before = line[max(0, edge.start - 1) : edge.start]
        return _weight(before + here + beside) < _weight(before + there + beside)
    after = line[edge.end : edge.end + 1]
    return _weight(beside + here + after) < _weight(beside + there + after)


def _weight(text: str) -> int:
    return cost(text) + _KANA_BITS * len(_KANA.findall(text))


def _cost_in_chinese(part: str, text: ByteView) -> int:
    """Return the cost of a part of a text; where that was read in a codec of Chinese, as a part of Chinese."""
    if text.starts is None:
        return cost(part)
    return _weight(f"的{part}的" if len(part) == 1 else part)


def is_typographic(text: str) -> bool:
    """Whether a text holds nothing but quotation marks, dashes and what ASCII has: a dash of two is two bytes too.

    >>> is_typographic("——"), is_typographic("“ÄÐ”")
    (True, False)
    """
    return _TYPOGRAPHIC_TEXT.fullmatch(text) is not None


def trimmed(text: ByteView, line: str, stretch: Span, reading: Reading) -> Span:
    """Return a stretch without the quotation marks and dashes at its ends that are right as they are: in Windows-1252
    they are bytes too, and one of them shifts all pairs of bytes behind it.
    """
    if reading.true not in MULTIBYTE or text.starts is not None:
        return stretch
    lead, trail = _LEADING.match(line, stretch.start, stretch.end), _TRAILING.search(line[stretch.start : stretch.end])
    spans = [
        text.cut(stretch.start + left, stretch.end - right)
        for left in range(len(lead[0]) + 1 if lead else 1)
        for right in range(-1 if lead else 0, len(trail[0]) + 1 if trail else 1)
        if stretch.end - right - stretch.start - left > 1 and stretch.end - right <= len(line)
    ]
    return min(spans, key=lambda span: _cost_with(line, span, stretch, reading)) if len(spans) > 1 else stretch


def _cost_with(line: str, span: Span, stretch: Span, reading: Reading) -> int:
    after = decode_stretch(span.raw, reading.true)
    whole = line[stretch.start : span.start] + (after or span.raw * 2) + line[span.end : stretch.end]
    return cost(whole)


def _gains(text: ByteView, line: str, atoms: Sequence[Span], reading: Reading) -> list[int]:
    """Return for each atom the bits that reading it again saves."""
    if reading.swaps_characters and atoms:
        points = np.array([ord(char) for char in line[atoms[0].start : atoms[-1].end]])
        return _gains_of_characters(reading).take(points, mode="clip").tolist()  # type: ignore[no-any-return]
    return [_gain(text, line, atom, reading) for atom in atoms]


def _gain(text: ByteView, line: str, atom: Span, reading: Reading) -> int:
    """Return the bits that reading an atom again saves; far below 0 where it cannot be."""
    if atom.raw.isascii():
        return 0
    after = decode_stretch(atom.raw, reading.true)
    if after is None:
        return _NO_GAIN
    return _cost_in_chinese(line[atom.start : atom.end], text) - _cost_in_chinese(after, text)


def _widened(gains: Sequence[int], bounds: tuple[int, int, int, int]) -> tuple[int, int]:
    """Return the ends of a run with neighbours that are as good read again: right text seldom is."""
    first, start, end, last = bounds
    while start > first and gains[start - 1] == 0:
        start -= 1
    while end < last and gains[end] == 0:
        end += 1
    return start, end


def _over_foreign(line: str, gains: Sequence[int], bounds: tuple[int, int, int, int], codec: str) -> tuple[int, int]:
    """Return the ends of a run with neighbours that a text written in `codec` cannot have held as they stand, if next
    to nothing is lost by reading them again.
    """
    first, start, end, last = bounds
    while start > first and gains[start - 1] > -_FOREIGN and not _is_in(line[start - 1], codec):
        start -= 1
    while end < last and gains[end] > -_FOREIGN and not _is_in(line[end], codec):
        end += 1
    return start, end


def _is_in(text: str, codec: str) -> bool:
    return bool(text.encode(codec, "ignore"))


def _best_run(gains: Sequence[int], first: int, last: int) -> tuple[int, int, int]:
    """Return the largest sum of neighbouring gains between two places, and where its run begins and ends."""
    best = (0, first, first)
    total, start = 0, first
    for at in range(first, last):
        if total <= 0:
            total, start = 0, at
        total += gains[at]
        if total > best[0]:
            best = (total, start, at + 1)
    return best
