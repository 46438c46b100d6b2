"""What the second stage sees besides: what the first one thought of the lines around, and of the document."""

from __future__ import annotations

import numpy as np

from .features import Floats, Table, Windows, shifted
from .words import Words

FIRST = "first judgement"
"""The feature that is the first stage's chance of the line itself."""
_OFFSETS = (-5, -4, -3, -2, -1, 1, 2, 3, 4, 5)
_RADII, _SIDES = (1, 2, 5, 12, 30), (4, 12, 40)
_OVER = [(-far, far) for far in _RADII] + [side for far in _SIDES for side in ((-far, -1), (1, far))]
_WINDOWS = [f"within {far}" for far in _RADII] + [f"in {far} {side}" for far in _SIDES for side in ("above", "below")]
_NEAR_NAMES = [f"judgement {by:+d}" for by in _OFFSETS]
_WINDOW_NAMES = [f"judgement {window}" for window in _WINDOWS]
_TEXT_NAMES = [f"judgement of text {window}" for window in _WINDOWS]
_FAR = 60


def judged_features(table: Table, chance: Floats, rows: Floats, words: Words) -> None:
    """Add the first stage's chances (0 to 1), near each line, over windows, and over the document."""
    text = rows[12]
    table.add(FIRST, chance)
    table.extend(_NEAR_NAMES, shifted(chance[None], _OFFSETS)[:, 0])
    windows = Windows(np.stack([chance, chance * text, text]))
    means = np.empty((len(_OVER), 3, chance.size), np.float32)
    windows.means(_OVER, means)
    table.extend(_WINDOW_NAMES, means[:, 0])
    np.divide(means[:, 1], means[:, 2] + 1, out=table.room(_TEXT_NAMES))
    _mass(table, chance, text, windows.running[1])
    _stretch(table, chance, text)
    table.add("shares words with the article", _topic(chance, words))


_MASS = ("article above", "article text above", "article text below")
_FIGURES = (
    "article text", "article share of lines", "article share of text", "best judgement", "judgement of article text",
    "sure lines",
)  # fmt: skip


def _mass(table: Table, chance: Floats, text: Floats, mass: Floats) -> None:
    """Add how much article there is above and below each line, where `mass` is up to it, and in all."""
    article, size = chance * text, chance.size
    whole, best = float(mass[-1]) + 1e-3, float(chance.max())
    above, text_above, text_below = table.room(_MASS)
    np.divide(mass, whole, out=above, casting="same_kind")
    text_above[:] = np.log1p(mass - article)
    text_below[:] = np.log1p(np.maximum(whole - mass, 0))
    figures = (
        np.log1p(whole), float(chance.sum() / size), whole / (float(text.sum()) + 1), best,
        float((chance * article).sum()) / whole, np.count_nonzero(chance > 0.8) / size,
    )  # fmt: skip
    table.extend(_FIGURES, np.array(figures)[:, None])
    table.add("judgement beside the best", chance / (best + 1e-6))


_STRETCH = (
    "lines above the best stretch", "lines below the best stretch", "within the best stretch",
    "share of the best stretch",
)  # fmt: skip


def _stretch(table: Table, chance: Floats, text: Floats) -> None:
    """Find the stretch of lines with most article in it (Kadane 1984), and say how each line lies to it."""
    first, last = best_stretch((chance - np.float32(0.4)) * np.sqrt(text))
    at = np.arange(chance.size)
    above, below, within, share = table.room(_STRETCH)
    above[:] = np.minimum(np.maximum(first - at, -_FAR), _FAR)
    below[:] = np.minimum(np.maximum(at - last, -_FAR), _FAR)
    within[:] = 0
    within[first : last + 1] = 1
    share[:] = (last - first + 1) / chance.size


def best_stretch(gains: Floats) -> tuple[int, int]:
    """Return first and last index of the stretch whose gains add up to most.

    >>> best_stretch(np.array([-1, 2, -1, 3, -5, 1], np.float32))
    (1, 3)
    """
    sums = np.concatenate(([0.0], np.cumsum(gains, dtype=np.float64)))
    rise = sums[1:] - np.minimum.accumulate(sums)[:-1]
    last = int(rise.argmax())
    return int(sums[: last + 1].argmin()), last


def _topic(chance: Floats, words: Words) -> Floats:
    """Return the share of a line's pairs of words that stand in likely article lines too, the line itself left out."""
    size = words.last - words.first + 1
    weight = np.repeat(chance, size)
    heard = np.bincount(words.pairs, weights=weight).take(words.pairs)
    others: Floats = np.add.reduceat(heard - weight > 0.5, words.first - 1, dtype=np.intp) / size
    return others.astype(np.float32)
