"""Documents that one wrong reading explains from end to end: the codec of a web page is seldom wrong in places only.

A few lines say which reading it is, decided as all others are (`whole_lines`, `mojibake`); then the text is read again
at once, and each line is taken whose bits say that it became text. What is left goes the long way, line by line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from . import census, pairs, plausible, swapped, traces, whole_lines
from .census import Census
from .edits import apply
from .readings import MULTIBYTE, Reading
from .whole_lines import MOST_BITS, RATIO, Whole

SAMPLE = 5
"""Lines that say which reading it is."""
FEWEST = 10
"""Lines beside those in ASCII of which a document has at least so many; with fewer, a sample is not worth its while."""
SHARE = 0.8
"""Share of those that may have the trace of the reading, as far as the kinds of characters say."""
Decide = Callable[[Sequence[str], Census], Mapping[int, Whole]]
"""Returns, by the index of its line, the lines that are explained as a whole."""


def is_suspect(text: Census) -> bool:
    """Whether nearly all lines of a text may have been read wrongly in one way, for all that a quick look says."""
    return bool(_likely(text))


def read_again(text: Census, lines: Sequence[str], decide: Decide, depth: int = whole_lines.DEPTH) -> dict[int, Whole]:
    """Return, by the index of its line, the lines that are explained as a whole by the reading that explains nearly
    all of a sample of them; nothing where none does.
    """
    likely = _likely(text)
    if not likely:
        return {}
    places = max(likely.values(), key=len)
    sample = [lines[at] for at in places[:: max(1, len(places) // SAMPLE)][:SAMPLE]]
    reading = _explaining("\n".join(sample), likely)
    if reading is not None:
        return _above(text.text, lines, reading)
    decided = decide(sample, Census("\n".join(sample))) if depth > 1 else {}
    nested = {whole.reading for whole in decided.values() if whole.nested}
    if len(decided) < len(sample) or len(nested) != 1:
        return {}
    return _below(text.text, lines, nested.pop(), (decide, depth - 1))


def _likely(text: Census) -> dict[Reading, list[int]]:
    """Return the readings that nearly all lines of a text may have a trace of, and these lines."""
    if text.ascii:
        return {}
    least = max(FEWEST, SHARE * len(text.lines_with(census.BEYOND_ASCII)))
    found = {reading: traces.likely_lines(text, reading) for reading in traces.possible(text)}
    return {reading: places for reading, places in found.items() if len(places) >= least}


def _explaining(sample: str, likely: Iterable[Reading]) -> Reading | None:
    """Return the reading that saves most in a sample, of those that explain nearly all of it; UTF-8 where it does."""
    best: tuple[int, Reading | None] = 0, None
    for reading in likely:
        if reading.true != "utf-8" and best[1] is not None and best[1].true == "utf-8":
            break
        read = whole_lines.read_text(sample, reading)
        saved = _saved(sample, read, reading) if read is not None else np.zeros(1, dtype=np.int64)
        if np.count_nonzero(saved) > SHARE * len(saved) - 1e-6 and saved.sum() > best[0]:
            best = int(saved.sum()), reading
    return best[1]


def _above(text: str, lines: Sequence[str], reading: Reading) -> dict[int, Whole]:
    """Return the lines that a reading makes text of."""
    read = whole_lines.read_text(text, reading)
    if read is None:
        read = "\n".join([one if one is not None else "" for one in whole_lines.read_lines(lines, reading)])
    saved, texts = _saved(text, read, reading).tolist(), read.split("\n")
    return {
        at: Whole(bits, whole_lines.edits_of(lines[at], texts[at], reading), reading)
        for at, bits in enumerate(saved)
        if bits and (not reading.swaps_characters or swapped.is_varied(texts[at]))
    }


def _below(text: str, lines: Sequence[str], reading: Reading, trial: tuple[Decide, int]) -> dict[int, Whole]:
    """Return the lines that become text when what a reading makes of them is read again."""
    read = whole_lines.read_text(text, reading)
    if read is None:
        return {}
    texts = read.split("\n")
    inner = read_again(Census("\n".join(texts)), texts, *trial)
    places = list(inner)
    edits = [(*whole_lines.edits_of(lines[at], texts[at], reading), *inner[at].edits) for at in places]
    finals = [apply(texts[at], inner[at].edits) for at in places]
    had, has = _costs("\n".join(lines[at] for at in places), reading.false), _costs("\n".join(finals), reading.true)
    fits = (had - has >= reading.margin) & (has <= RATIO * had)
    return {
        at: Whole(int(had[n] - has[n]), edits[n], reading, nested=True) for n, at in enumerate(places) if fits[n]
    }


def _saved(before: str, after: str, reading: Reading) -> npt.NDArray[np.int64]:
    """Return for each line the bits that a reading saves, 0 where what comes out is no text beyond doubt."""
    had, has = _costs(before, reading.false), _costs(after, reading.true)
    points = pairs.points_of(f"\n{after}")
    letters = np.add.reduceat(points > 0x7F, np.flatnonzero(points == 0x0A), dtype=np.int64)
    fits = (had - has >= reading.margin) & (has <= RATIO * had) & (has <= MOST_BITS[reading.true] * letters)
    return np.where(fits & (letters >= whole_lines.least_of(reading)), had - has, 0)


def _costs(text: str, codec: str) -> npt.NDArray[np.int64]:
    return pairs.costs_of_lines(text) if codec in MULTIBYTE else plausible.line_costs(text)
