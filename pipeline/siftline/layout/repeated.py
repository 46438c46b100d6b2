"""Lines that stand in a document more than once: signatures, buttons, pleas above the article and below it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..document import Line
from ..prose import is_sentence, width
from .chances import logistic, odds
from .features import Floats

DRAWN = 0.5
"""How far the log odds of such a line are drawn to those of its least likely place. Out of fold, English forums gain
.011 in F1 for text and .003 for pages; no set loses over .002 with .3, .5 or .6."""

SENTENCE, SURE = 60, 1.1
"""Width of a sentence, and its log odds in its likeliest place, from which it is rather one that a page shows twice, in
the article and above it or in a box to share it, and is left as likely there. A plea for support is less sure."""


def agreed(chance: Floats, lines: Sequence[Line]) -> Floats:
    """Return chances (0 to 1), those of lines with the same text nearer to the least of them.

    >>> lines = [Line(text, "", "body", "en") for text in ("Regards, Tim", "So it is.", "Regards, Tim")]
    >>> [f"{chance:.2f}" for chance in agreed(np.array([0.5, 0.8, 0.2], np.float32), lines)]
    ['0.33', '0.80', '0.20']
    """
    texts = [line[0].strip() for line in lines]
    numbers = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    if len(numbers) == len(texts):
        return chance
    of = np.fromiter(map(numbers.__getitem__, texts), np.intp, len(texts))
    least = np.full(len(numbers), np.inf, np.float32)
    every = odds(chance)
    np.minimum.at(least, of, every)
    most = np.full(len(numbers), -np.inf, every.dtype)
    np.maximum.at(most, of, every)
    several = np.bincount(of) > 1
    told, distinct = several & (most > SURE), [*numbers]
    for number in np.flatnonzero(told).tolist():
        told[number] = width(distinct[number]) >= SENTENCE and is_sentence(distinct[number])
    drawn = np.where(told[of] & (every == most[of]), every, every + DRAWN * (least[of] - every))
    out: Floats = np.where(several[of], logistic(drawn), chance).astype(np.float32)
    return out
