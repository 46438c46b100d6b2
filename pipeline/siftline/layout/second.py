"""What the second stage sees besides: what the first one thought of the lines around, and of the document."""

from __future__ import annotations

import numpy as np

from .features import Floats, Table, Windows, shift
from .words import Words, buckets

_OFFSETS = (-5, -4, -3, -2, -1, 1, 2, 3, 4, 5)
_RADII = (1, 2, 5, 12, 30)
_SIDES = ((4, 0), (0, 4), (12, 0), (0, 12), (40, 0), (0, 40))
_WINDOWS = [f"within {radius}" for radius in _RADII]
_WINDOWS += [f"in {above or below} {'above' if above else 'below'}" for above, below in _SIDES]
_NEAR_NAMES = [f"judgement {by:+d}" for by in _OFFSETS]
_WINDOW_NAMES = [f"judgement {window}" for window in _WINDOWS]
_TEXT_NAMES = [f"judgement of text {window}" for window in _WINDOWS]
_FAR = 60


def judged_features(table: Table, chance: Floats, rows: Floats, words: Words) -> None:
    """Add the first stage's chances (0 to 1), near each line, over windows, and over the document."""
    text = rows[12]
    table.add("first judgement", chance)
    for row, by in zip(table.room(_NEAR_NAMES), _OFFSETS, strict=True):
        shift(chance[None], by, -1.0, row[None])
    windows = Windows(np.stack([chance, chance * text, text]))
    means = [windows.mean(radius, radius) for radius in _RADII]
    means += [windows.beside(above, below) for above, below in _SIDES]
    judged, of_text, all_text = np.stack(means, axis=1)
    table.extend(_WINDOW_NAMES, judged)
    table.extend(_TEXT_NAMES, of_text / (all_text + 1))
    _mass(table, chance, text)
    _stretch(table, chance, text)
    table.add("shares words with the article", _topic(chance, words))


def _mass(table: Table, chance: Floats, text: Floats) -> None:
    mass = np.cumsum(chance * text, dtype=np.float64)
    whole = float(mass[-1]) + 1e-3
    table.add("article above", mass / whole)
    table.add("article text above", np.log1p(mass - chance * text))
    table.add("article text below", np.log1p(np.maximum(whole - mass, 0)))
    for name, value in (
        ("article text", np.log1p(whole)), ("article share of lines", float(chance.mean())),
        ("article share of text", whole / (float(text.sum()) + 1)), ("best judgement", float(chance.max())),
        ("judgement of article text", float((chance * chance * text).sum()) / whole),
        ("sure lines", float((chance > 0.8).mean())),
    ):  # fmt: skip
        table.add(name, value)
    table.add("judgement beside the best", chance / (float(chance.max()) + 1e-6))


def _stretch(table: Table, chance: Floats, text: Floats) -> None:
    """Find the stretch of lines with most article in it (Kadane 1984), and say how each line lies to it."""
    first, last = best_stretch((chance - np.float32(0.4)) * np.sqrt(text))
    size = chance.size
    at = np.arange(size)
    table.add("lines above the best stretch", np.minimum(np.maximum(first - at, -_FAR), _FAR))
    table.add("lines below the best stretch", np.minimum(np.maximum(at - last, -_FAR), _FAR))
    table.add("within the best stretch", (at >= first) & (at <= last))
    table.add("share of the best stretch", (last - first + 1) / size)


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
    pairs = buckets(words)[1]
    size = words.last - words.first + 1
    owner = np.repeat(np.arange(size.size), size)[: pairs.size]
    weight = chance[owner]
    heard = np.bincount(pairs, weights=weight)
    others = heard[pairs] - weight > 0.5
    return (np.bincount(owner, weights=others) / size).astype(np.float32)
