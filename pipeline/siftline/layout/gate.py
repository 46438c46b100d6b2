"""Whether a document is a whole page at all: what an extractor returned, or an article as it is, is left alone.

The gate looks at the document and at what the first stage thinks of its lines, and gives the chance that dropping
lines makes it better.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .features import Floats, Table

_LOW, _LOWER, _HIGH = 0.35, 0.15, 0.8


def gate_features(rows: Floats, chance: Floats) -> Table:
    """Return the features of one document, a table with a single column; `rows` are those of text_features."""
    size = chance.size
    means = (rows.sum(axis=1) / size).tolist()
    width, dropped, text, inside = rows[0], rows[3], rows[12], rows[3] == 0
    own = text * inside
    whole, mine = float(text.sum()) + 1, float(own.sum()) + 1
    low, lower = inside & (chance < _LOW), inside & (chance < _LOWER)
    figures = {
        "lines": np.log1p(size), "text": np.log1p(whole), "short lines": means[4],
        "prose": float(text[rows[8] > 0].sum()) / whole, "stops": means[2], "rules": means[3],
        "judgement": float((own * chance).sum()) / mine, "judgement of lines": float(chance.sum()) / size,
        "doubtful text": float(own[low].sum()) / mine, "bad text": float(own[lower].sum()) / mine,
        "sure text": float(own[chance > _HIGH].sum()) / mine, "best": chance.max(),
        "low lines": np.count_nonzero(chance < 0.2) / size, "lowest lines": np.count_nonzero(chance < 0.1) / size,
        "doubtful lines": np.log1p(np.count_nonzero(low)), "size of doubtful text": np.log1p(float(own[low].sum())),
        "first lines": _mean(chance[:3]), "last lines": _mean(chance[-3:]),
        "lines at the end": _mean(chance[-8:]),
        "middle judgement": median(chance), "middle width": median(width),
        "rules at the beginning": _mean(dropped[:10]), "rules at the end": _mean(dropped[-10:]),
        "wording": float((rows[1] * text).sum()) / whole, "forum wording": means[13],
        "story wording": means[14], "repeats": means[11],
    }  # fmt: skip
    table = Table(1)
    table.extend(list(figures), np.array([list(figures.values())], np.float32).T)
    return table


def _mean(values: Floats) -> float:
    return float(values.sum()) / values.size


def median(values: Floats) -> Any:
    """Return the median; np.median takes ten times as long for a few hundred values, and 10 ms for its first use.

    >>> float(median(np.array([3, 1, 2, 9], np.float32)))
    2.5
    """
    values = np.sort(values)
    return (values[(values.size - 1) // 2] + values[values.size // 2]) / 2
