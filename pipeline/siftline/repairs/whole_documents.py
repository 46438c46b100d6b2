"""Documents that one wrong reading explains from end to end: the codec of a web page is seldom wrong in places only.

A few lines say which reading it is, decided as all others are (`whole_lines`, `mojibake`); then the text is read again
at once, and each line is taken whose bits say that it became text. What is left goes the long way, line by line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

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
    return bool(_traced_lines(text))


def read_again(text: Census, lines: Sequence[str], decide: Decide, depth: int = whole_lines.DEPTH) -> dict[int, Whole]:
    """Return, by the index of its line, the lines that are explained as a whole by the reading that explains a sample
    of them; nothing where the sample does not agree.
    """
    places = _traced_lines(text)
    sample = [lines[at] for at in places[:: max(1, len(places) // SAMPLE)][:SAMPLE]]
    decided = decide(sample, Census("\n".join(sample))) if sample else {}
    kinds = {(whole.reading, whole.nested) for whole in decided.values()}
    if len(decided) < len(sample) or len(kinds) != 1:
        return {}
    reading, nested = kinds.pop()
    read = whole_lines.read_text(text.text, reading)
    if read is None:
        return {}
    texts = read.split("\n")
    if nested:
        return _below(lines, texts, reading, (decide, depth - 1)) if depth > 1 else {}
    saved = _saved(text.text, read, reading)
    return {
        at: Whole(saved[at], whole_lines.edits_of(lines[at], texts[at], reading), reading)
        for at in np.flatnonzero(saved).tolist()
        if not reading.swaps_characters or swapped.is_varied(texts[at])
    }


def _traced_lines(text: Census) -> list[int]:
    """Return the indices of the lines that may have a trace of the reading that nearly all of them may have."""
    if text.ascii:
        return []
    least = max(FEWEST, SHARE * len(text.lines_with(census.BEYOND_ASCII)))
    found = (traces.likely_lines(text, reading) for reading in traces.possible(text))
    return max((places for places in found if len(places) >= least), key=len, default=[])


def _below(
    lines: Sequence[str], texts: Sequence[str], reading: Reading, trial: tuple[Decide, int]
) -> dict[int, Whole]:
    """Return the lines that become text when what they became is read again."""
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
