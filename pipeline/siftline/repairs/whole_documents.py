"""Documents that one wrong reading explains from end to end: the codec of a web page is seldom wrong in places only.

A few lines say which reading it is, decided as all others are (`whole_lines`, `mojibake`); then the text is read again
at once, and each line is taken whose bits say that it became text. What is left goes the long way, line by line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from . import census, pairs, plausible, swapped, traces, whole_lines
from .census import Census
from .readings import MULTIBYTE, Reading
from .whole_lines import MOST_BITS, RATIO, SLACK, SLACK_RATIO, Whole, may_be_utf8

SAMPLE = 5
"""Lines that say which reading it is."""
RUSSIAN = ("cp1251", "koi8-r")
"""Codecs of which the wrong one never gives text that costs as little as Russian."""
LEAST, MANY = 4, 10
"""Characters, ASCII aside, that are enough in a line where so many others say how it was read."""
SHARE = 0.8
"""Share of those that may have the trace of the reading, as far as the kinds of characters say."""
LEAST_SHARE = 0.15
"""Share of all characters, ASCII aside, that are of the kind that the trace needs: of text read wrongly a third and
more, of Chinese as it should be hardly one in fourteen."""
VALID = 3
"""Bits that speak for each character of UTF-8 in a line of nothing else: one pair of other bytes in eight is one."""


def is_suspect(text: Census) -> bool:
    """Whether nearly all lines of a text may have been read wrongly in one way, for all that a quick look says."""
    return bool(_likely(text))


def read_again(text: Census, lines: Sequence[str]) -> dict[int, Whole]:
    """Return, by the index of its line, the lines that are explained as a whole by the reading that explains nearly
    all of a sample of them, or by several on top of each other; nothing where there is none.
    """
    likely = _likely(text)
    if not likely:
        return {}
    places = max(likely.values(), key=len)
    sample = [lines[at] for at in places[:: max(1, len(places) // SAMPLE)][:SAMPLE]]
    chain = _chain("\n".join(sample), likely)
    return _undone(text.text, lines, chain) if chain else {}


@lru_cache(maxsize=2)
def _likely(text: Census) -> dict[Reading, list[int]]:
    """Return the readings that nearly all lines of a text may have a trace of, and these lines."""
    if text.ascii:
        return {}
    enough = LEAST_SHARE * text.count(census.BEYOND_ASCII)
    often = [reading for reading in traces.possible(text) if text.count(traces.sign_of(reading)) >= enough]
    if not often:
        return {}
    found = {reading: traces.likely_lines(text, reading) for reading in often}
    least = max(1, SHARE * len(text.lines_with(census.BEYOND_ASCII)))
    return {reading: places for reading, places in found.items() if len(places) >= least}


def _chain(sample: str, likely: Iterable[Reading], depth: int = whole_lines.DEPTH) -> tuple[Reading, ...]:
    """Return the readings, the last one first, that are to be undone to make text of a sample; none where none are."""
    reading = _explaining(sample, likely)
    if reading is not None:
        return (reading,)
    for outer in likely:
        below = _read(sample, outer) if depth > 1 and outer.true == "utf-8" else ""
        inner = _chain(below, traces.possible(Census(below)), depth - 1) if all(below.split("\n")) else ()
        if inner:
            return (outer, *inner)
    return ()


def _explaining(sample: str, likely: Iterable[Reading]) -> Reading | None:
    """Return the reading that saves most in a sample, of those that explain nearly all of it; UTF-8 where it does, and
    one of Russian that explains all: no other makes Russian of that.
    """
    best: tuple[int, Reading | None] = 0, None
    seen: set[str] = set()
    lines = sample.split("\n")
    for reading in sorted(likely, key=lambda reading: reading.true in MULTIBYTE):
        if reading.true != "utf-8" and best[1] is not None and best[1].true == "utf-8":
            break
        if sum([reading.trace.search(line) is not None for line in lines]) < SHARE * len(lines):
            continue
        read = _read(sample, reading)
        if not read.strip() or read in seen:
            continue
        seen.add(read)  # there are two kinds of Big5
        saved = _saved(sample, read, reading)
        if np.count_nonzero(saved) >= SHARE * len(lines) and saved.sum() > best[0]:
            best = int(saved.sum()), reading
            if reading.true in RUSSIAN and saved.all():
                break
        elif reading.true == "utf-8" and whole_lines.read_text(sample, reading) == read:
            break  # nothing else is UTF-8 from end to end: another reading lies below
    return best[1]


def _undone(text: str, lines: Sequence[str], chain: Sequence[Reading]) -> dict[int, Whole]:
    """Return the lines that a chain of readings makes text of."""
    texts, levels = [text], [lines]
    for reading in chain:
        texts.append(_read(texts[-1], reading))
        levels.append(texts[-1].split("\n"))
    last = chain[-1]
    saved = _saved(texts[-2], texts[-1], last)
    if last.true == "utf-8" and len(chain) == 1:
        saved = _with_others(saved, lines, levels[1], last)
    if len(chain) > 1:
        had, has = _costs(text, chain[0].false), _costs(texts[-1], last.true)
        saved = np.where((saved > 0) & (had - has >= chain[0].margin) & (has <= RATIO * had), had - has, 0)
    done, nested, sure = {}, len(chain) > 1, _sure(last)
    for at, bits in enumerate(saved.tolist()):
        if bits and sure(levels[-2][at], levels[-1][at]):
            edits = whole_lines.edits_of(lines[at], levels[1][at], chain[0])
            for n, reading in enumerate(chain[1:], 1):
                edits += whole_lines.edits_of(levels[n][at], levels[n + 1][at], reading)
            done[at] = Whole(bits, edits, chain[0], nested)
    return done


def _with_others(
    saved: npt.NDArray[np.int64], lines: Sequence[str], read: Sequence[str], reading: Reading
) -> npt.NDArray[np.int64]:
    """Return the bits with those of lines that save too little, or have too rare letters, to be taken alone, and all of
    whose bytes are UTF-8, as hardly a line is by chance.
    """
    some = [at for at in (saved == 0).nonzero()[0].tolist() if read[at] and read[at] != lines[at]]
    if some:
        saved = saved.copy()  # `_saved` keeps its own
        before, after = "\n".join([lines[at] for at in some]), "\n".join([read[at] for at in some])
        had, has = _costs_of_both(before, after, reading)
        had = had + _in_words(before) * (reading.false in MULTIBYTE) + VALID * _letters(after)
        enough = (had - has >= SLACK) & (has <= SLACK_RATIO * had)
        for at, bits in zip(some, ((had - has) * enough).tolist(), strict=True):
            saved[at] = bits if bits and may_be_utf8(lines[at], reading) else 0
    return saved


def _sure(reading: Reading) -> Callable[[str, str], object]:
    """Return what says whether a line has the trace of a reading, or where sums say more, whether what comes out is
    varied enough to be text.
    """
    if reading.swaps_characters:
        return swapped.may_be_damage
    if reading.true == "utf-8":
        return lambda *_: True
    search = reading.trace.search
    return lambda before, _: search(before)


@lru_cache(maxsize=4)
def _read(text: str, reading: Reading) -> str:
    """Return what the lines of a text say in the true codec, nothing in the place of those that say nothing."""
    read = whole_lines.read_text(text, reading)
    if read is not None:
        return read
    return "\n".join([one or "" for one in whole_lines.read_lines(text.split("\n"), reading)])


@lru_cache(maxsize=4)  # of a short text all lines are the sample
def _saved(before: str, after: str, reading: Reading) -> npt.NDArray[np.int64]:
    """Return for each line the bits that a reading saves, 0 where what comes out is no text beyond doubt."""
    had, has = _costs_of_both(before, after, reading)
    if reading.true == "utf-8" and reading.false in MULTIBYTE:
        had = had + _in_words(before)
    letters, least = _letters(after), whole_lines.least_of(reading)
    least = least if len(had) < MANY else min(LEAST, least)
    saved: npt.NDArray[np.int64] = had - has
    saved *= (saved >= reading.margin) & (has <= RATIO * had) & (letters >= least)
    dear = (saved > 0) & (has > MOST_BITS[reading.true] * letters)
    if dear.any():
        lines = after.split("\n")
        for at in dear.nonzero()[0].tolist():
            if not whole_lines.is_rare(lines[at], has[at] / letters[at], reading):
                saved[at] = 0
    return saved


def _in_words(text: str) -> npt.NDArray[np.int64]:
    return np.array([whole_lines.in_words(line) for line in text.split("\n")])


def _costs_of_both(before: str, after: str, reading: Reading) -> npt.NDArray[np.int64]:
    """Return the costs of the lines of two texts, of one as it stands and of what it says when it is read again."""
    if (reading.false in MULTIBYTE) != (reading.true in MULTIBYTE):
        return np.array((_costs(before, reading.false), _costs(after, reading.true)))
    return _costs(f"{before}\n{after}", reading.false).reshape(2, -1)  # half the calls


def _costs(text: str, codec: str) -> npt.NDArray[np.int64]:
    return pairs.costs_of_lines(text) if codec in MULTIBYTE else plausible.line_costs(text)


def _letters(text: str) -> npt.NDArray[np.int64]:
    """Return how many characters of each line are not of ASCII."""
    points = pairs.points_of(f"\n{text}")
    return np.add.reduceat(points > 0x7F, (points == 0x0A).nonzero()[0], dtype=np.int64)
