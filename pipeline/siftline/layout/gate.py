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
    width, _, stops, dropped, short = rows[:5]
    text, inside = rows[12], rows[3] == 0
    own = text * inside
    whole, mine = float(text.sum()) + 1, float(own.sum()) + 1
    low, lower = inside & (chance < _LOW), inside & (chance < _LOWER)
    figures = {
        "lines": np.log1p(chance.size), "text": np.log1p(whole), "short lines": short.mean(),
        "prose": float(text[rows[8] > 0].sum()) / whole, "stops": stops.mean(), "rules": dropped.mean(),
        "judgement": float((own * chance).sum()) / mine, "judgement of lines": chance.mean(),
        "doubtful text": float(own[low].sum()) / mine, "bad text": float(own[lower].sum()) / mine,
        "sure text": float(own[chance > _HIGH].sum()) / mine, "best": chance.max(),
        "low lines": (chance < 0.2).mean(), "lowest lines": (chance < 0.1).mean(),
        "doubtful lines": np.log1p(low.sum()), "size of doubtful text": np.log1p(float(own[low].sum())),
        "first lines": chance[:3].mean(), "last lines": chance[-3:].mean(),
        "lines at the end": chance[-8:].mean(),
        "middle judgement": _median(chance), "middle width": _median(width),
        "rules at the beginning": dropped[:10].mean(), "rules at the end": dropped[-10:].mean(),
        "wording": float((rows[1] * text).sum()) / whole, "forum wording": rows[13].mean(),
        "story wording": rows[14].mean(), "repeats": rows[11].mean(),
    }  # fmt: skip
    table = Table(1)
    table.extend(list(figures), np.array([list(figures.values())], np.float32).T)
    return table


def _median(values: Floats) -> Any:
    """Return the median; np.median takes ten times as long for a few hundred values."""
    values = np.sort(values)
    return (values[(values.size - 1) // 2] + values[values.size // 2]) / 2
