"""What the second stage sees besides: what the first one thought of the lines around, and of the document."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .features import Floats, Table, Windows, shifted
from .ngrams import hashes
from .sheet import Sheet

_OFFSETS = (-5, -4, -3, -2, -1, 1, 2, 3, 4, 5)
_RADII = (1, 2, 5, 12, 30)
_TOPIC_BITS = 16


def judged_features(table: Table, chance: Floats, rows: Floats, laid: Sheet, folded: npt.NDArray[np.uint32]) -> None:
    """Add the first stage's chances (0 to 1), near each line, over windows, and over the document."""
    text = rows[12]
    table.add("first judgement", chance)
    table.extend(
        [f"judgement {by:+d}" for by in _OFFSETS], np.stack([shifted(chance[None], by, -1.0)[0] for by in _OFFSETS])
    )
    both = Windows(np.stack([chance, chance * text, text]))
    for radius in _RADII:
        mean = both.mean(radius, radius)
        table.add(f"judgement within {radius}", mean[0])
        table.add(f"judgement of text within {radius}", mean[1] / (mean[2] + 1))
    for above, below in ((4, 0), (0, 4), (12, 0), (0, 12), (40, 0), (0, 40)):
        mean = both.beside(above, below)
        table.add(f"judgement in {above or below} {'above' if above else 'below'}", mean[0])
        table.add(f"judgement of text in {above or below} {'above' if above else 'below'}", mean[1] / (mean[2] + 1))
    _mass(table, chance, text)
    _stretch(table, chance, text)
    table.add("shares words with the article", _topic(chance, laid, folded))


def _mass(table: Table, chance: Floats, text: Floats) -> None:
    mass = np.cumsum(chance * text, dtype=np.float64)
    whole = float(mass[-1]) + 1e-3
    table.add("article above", mass / whole)
    table.add("article text above", np.log1p(mass - chance * text))
    table.add("article text below", np.log1p(np.maximum(whole - mass, 0)))
    size = chance.size
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
    table.add("lines above the best stretch", np.clip(first - at, -60, 60))
    table.add("lines below the best stretch", np.clip(at - last, -60, 60))
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


def _topic(chance: Floats, laid: Sheet, folded: npt.NDArray[np.uint32]) -> Floats:
    """Return the share of a line's trigrams that stand in likely article lines too, the line itself left out."""
    found = (hashes(folded, 3) >> np.uint32(1)).astype(np.int64)
    owner = np.repeat(np.arange(laid.starts.size), laid.ends - laid.starts + 1)[: found.size]
    found = found[1:]
    owner = owner[: found.size]
    weight = chance[owner]
    heard = np.bincount(found, weights=weight, minlength=1 << _TOPIC_BITS)
    others = heard[found] - weight > 0.5
    hits = np.bincount(owner, weights=others, minlength=laid.starts.size)
    count = np.bincount(owner, minlength=laid.starts.size)
    return (hits / np.maximum(count, 1)).astype(np.float32)
