"""What is measured of a line, of the lines around it, and of the document: a row is a feature, a column a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from .sheet import KIND, KINDS, Sheet, kinds

Floats = npt.NDArray[Any]
OFFSETS = (-3, -2, -1, 1, 2, 3)
"""Neighbours whose own figures are looked at."""
RADII = (3, 8, 24)
"""Lines on each side of the windows over which figures are averaged."""
SIDE = 12
"""Lines of the windows that lie wholly above or below a line."""
_ROWS = 256
WIDEST = 40
"""Lines on each side that a window reaches at most."""
_SHORT = 12.0  # characters, a wide one counting for two


class Table:
    """Rows of features with their names, a column for each line."""

    def __init__(self, lines: int) -> None:
        self.names: list[str] = []
        self._block = np.empty((_ROWS, lines), np.float32)

    def add(self, name: str, row: npt.ArrayLike) -> Floats:
        """Append a feature, one value a line or one for all lines, and return its row."""
        out: Floats = self.extend((name,), row)[0]
        return out

    def extend(self, names: Sequence[str], rows: npt.ArrayLike) -> Floats:
        """Append the rows of some features and return them."""
        out = self.room(names)
        out[:] = rows
        return out

    def room(self, names: Sequence[str]) -> Floats:
        """Append features whose rows are yet to be written; return the rows, which hold anything."""
        begin, end = len(self.names), len(self.names) + len(names)
        if end > len(self._block):
            self._block = np.concatenate([self._block, np.empty((_ROWS, self._block.shape[1]), np.float32)])
        self.names += names
        return self._block[begin:end]

    @property
    def array(self) -> Floats:
        """All rows, (features, lines)."""
        return self._block[: len(self.names)]


def shifted(rows: Floats, by: int, fill: float = 0.0) -> Floats:
    """Return for each line the figures of the line `by` lines below it (above where negative).

    >>> shifted(np.array([[1, 2, 3]], np.float32), 1, -1).tolist()
    [[2.0, 3.0, -1.0]]
    """
    out = np.empty_like(rows)
    shift(rows, by, fill, out)
    return out


def shift(rows: Floats, by: int, fill: float, out: Floats) -> None:
    """Write what `shifted` returns."""
    size = rows.shape[1]
    far = min(abs(by), size)
    if by > 0:
        out[:, : size - far] = rows[:, far:]
        out[:, size - far :] = fill
    else:
        out[:, far:] = rows[:, : size - far]
        out[:, :far] = fill


class Windows:
    """Averages over stretches of lines, as differences of running sums."""

    def __init__(self, rows: Floats) -> None:
        self.size = rows.shape[1]
        self.sums = np.zeros((rows.shape[0], self.size + 1 + 2 * WIDEST), np.float64)
        np.cumsum(rows, axis=1, dtype=np.float64, out=self.sums[:, WIDEST + 1 : WIDEST + 1 + self.size])
        self.sums[:, WIDEST + 1 + self.size :] = self.sums[:, WIDEST + self.size, None]
        self.at = np.arange(self.size)

    def only(self, rows: int) -> Windows:
        """Return windows over the first of the rows alone."""
        few = object.__new__(Windows)
        few.size, few.at, few.sums = self.size, self.at, self.sums[:rows]
        return few

    def mean(self, above: int, below: int) -> Floats:
        """Return the mean from `above` lines above to `below` lines below each line, both counted in.

        >>> Windows(np.array([[1, 2, 3, 10]], np.float32)).mean(1, 0).tolist()
        [[1.0, 1.5, 2.5, 6.5]]
        """
        count = np.minimum(self.at + below + 1, self.size) - np.maximum(self.at - above, 0)
        return self._between(-above, below + 1) / count.astype(np.float32)

    def beside(self, above: int, below: int) -> Floats:
        """Return the mean of lines strictly above (`above` of them) or strictly below (`below` of them)."""
        if above:
            return self._between(-above, 0) / _clip(self.at, 1, above).astype(np.float32)
        out: Floats = self._between(1, below + 1) / _clip(self.size - 1 - self.at, 1, below).astype(np.float32)
        return out

    def _between(self, first: int, last: int) -> Floats:
        """Return the sums of the lines from `first` to before `last`, counted from each line."""
        sums = self.sums[:, WIDEST + last : WIDEST + last + self.size] - self.sums[:, WIDEST + first :][:, : self.size]
        return sums.astype(np.float32)


def _clip(values: npt.NDArray[np.intp], least: int, most: int) -> npt.NDArray[np.intp]:
    """Do what np.clip does, in a third of the time where there are few values."""
    out: npt.NDArray[np.intp] = np.minimum(np.maximum(values, least), most)
    return out


ROLES = {"body": 0, "heading": 0, "chrome": 1, "spam": 2, "markup": 2, "duplicate": 1, "lost": 2}
"""What a role counts as: 0 for the article, 1 for the site's, 2 for what nobody wants, 3 for front matter."""


def role_codes(roles: Sequence[str]) -> npt.NDArray[np.int8]:
    """Return the code of each role, see `ROLES`."""
    known: Mapping[str, int] = ROLES
    codes = [0 if role == "body" else known.get(role.partition("/")[0], 3) for role in roles]
    return np.array(codes, np.int8)


class Counts:
    """How many characters of each kind a line has, and the kinds at its ends."""

    def __init__(self, laid: Sheet) -> None:
        kind = kinds(laid.codes)
        lines = laid.starts.size
        owner = np.repeat(np.arange(lines, dtype=np.int32) * len(KINDS), laid.ends - laid.starts + 1)
        table = np.bincount(owner + kind[1:], minlength=lines * len(KINDS)).reshape(lines, len(KINDS))
        self.table = np.ascontiguousarray(table.T, np.float32)
        self.seen = (laid.ends - laid.starts).astype(np.float32)
        self.kind = kind
        self.first = kind[laid.starts]
        self.last = kind[laid.ends - 1]
        # behind a closing quote stands what really ends the sentence
        before = kind[np.maximum(laid.ends - 2, laid.starts)]
        self.last = np.where(self.last == KIND["quote"], before, self.last)
        self.hash = laid.codes[laid.starts]

    def of(self, name: str) -> Floats:
        """Return the count of one kind for each line."""
        row: Floats = self.table[KIND[name]]
        return row


def line_features(
    table: Table, laid: Sheet, scores: Floats, roles: npt.NDArray[np.int8], lines: Sequence[str]
) -> Floats:
    """Add what is measured of each line alone; return the rows that windows are made of."""
    counts = Counts(laid)
    wide = counts.of("han") + counts.of("syllable")
    width = laid.sizes * (1 + wide / counts.seen)
    log_width = table.add("width", np.log1p(width))
    score = table.add("wording", scores[0])
    table.add("forum wording", scores[1])
    digits, upper, ends, commas, separators = _character_features(table, counts, wide)
    table.add("indent", np.minimum(laid.indents, 20))
    stops = (counts.last == KIND["end"]).astype(np.float32)
    dropped = table.add("taken by a rule", (roles == 1) | (roles == 2))
    table.add("front matter", roles == 3)
    repeats = table.add("repeats", _repeats(lines))
    text = np.minimum(width, 400)
    prose = table.add("prose", np.log1p(stops * text * (width > 50)))
    short = (width < 2 * _SHORT).astype(np.float32)
    return np.stack(
        [log_width, score, stops, dropped, short, digits, upper, separators, prose, ends, commas, repeats, text,
         scores[1], scores[2]]
    )  # fmt: skip


def _character_features(table: Table, counts: Counts, wide: Floats) -> tuple[Floats, ...]:
    """Add what the characters of each line are; return the rows of those that windows are made of."""
    seen, of = counts.seen, counts.of
    letters = wide + of("lower") + of("upper") + of("letter")
    table.add("wide share", wide / seen)
    digits = table.add("digits", of("digit") / seen)
    upper = table.add("capitals", of("upper") / np.maximum(letters, 1))
    ends = table.add("sentence ends", of("end") / np.sqrt(seen))
    commas = table.add("commas", of("comma") / np.sqrt(seen))
    separators = table.add("separators", of("separator") / seen)
    table.add("quotes", of("quote") / np.sqrt(seen))
    table.add("blanks", of("space") / seen)
    table.add("words", np.log1p(of("space")))
    table.add("address signs", of("address"))
    table.add("symbols", of("symbol") / seen)
    table.add("colons", of("colon"))
    table.add("letters", letters / seen)
    table.add("first character", counts.first)
    table.add("last character", counts.last)
    return digits, upper, ends, commas, separators


WINDOWED = (
    "width", "wording", "stops", "rules", "short lines", "digits", "capitals", "separators", "prose", "sentence ends",
    "commas", "repeats", "text", "forum wording", "story wording",
)  # fmt: skip
_NEAR = 5  # of them are looked at for each single neighbour
_NEAR_NAMES = {by: [f"{name} {by:+d}" for name in WINDOWED[:_NEAR]] for by in OFFSETS}
_WITHIN_NAMES = {radius: [f"{name} within {radius}" for name in WINDOWED] for radius in RADII}
_SIDE_NAMES = [[f"{name} in {SIDE} {side}" for name in WINDOWED[:_NEAR]] for side in ("above", "below")]


def _repeats(lines: Sequence[str]) -> Floats:
    keys = [line.strip() for line in lines]
    seen = Counter(keys)
    if len(seen) == len(keys):
        return np.zeros(len(keys), np.float32)
    return np.log(np.array([seen[key] for key in keys], np.float32))


def neighbour_features(table: Table, rows: Floats, laid: Sheet, roles: npt.NDArray[np.int8]) -> None:
    """Add the figures of the lines near each line, and of windows of several sizes around it."""
    for by in OFFSETS:
        near = _NEAR if abs(by) < 3 else 3
        shift(rows[:near], by, -1.0, table.room(_NEAR_NAMES[by][:near]))
    windows = Windows(rows)
    for radius in RADII:
        table.extend(_WITHIN_NAMES[radius], windows.mean(radius, radius))
    few = windows.only(_NEAR)
    table.extend(_SIDE_NAMES[0], few.beside(SIDE, 0))
    table.extend(_SIDE_NAMES[1], few.beside(0, SIDE))
    for by in (-1, 1):
        table.add(f"indent change {by:+d}", shifted(laid.indents[None], by, 0)[0] - laid.indents)
        table.add(f"width change {by:+d}", np.abs(shifted(rows[:1], by, 0)[0] - rows[0]))


def place_features(table: Table, rows: Floats, roles: npt.NDArray[np.int8]) -> None:
    """Add where a line stands: in lines and in prose, and how far it is from what rules took."""
    size = rows.shape[1]
    at = np.arange(size, dtype=np.float32)
    table.add("lines above", np.log1p(at))
    table.add("lines below", np.log1p(size - 1 - at))
    table.add("share of lines above", at / size)
    for name, row in (("prose", rows[8]), ("text", rows[12])):
        running = np.cumsum(row, dtype=np.float64)
        whole = max(float(running[-1]), 1.0)
        table.add(f"share of {name} above", running / whole)
        table.add(f"{name} above", np.log1p(running - row))
        table.add(f"{name} below", np.log1p(whole - running))
    for name, mark in (("rule", (roles == 1) | (roles == 2)), ("front matter", roles == 3)):
        above, below = distances(mark)
        table.add(f"lines to {name} above", above)
        table.add(f"lines to {name} below", below)
    above, below = distances(rows[4] > 0)
    table.add("run of longer lines above", above)
    table.add("run of longer lines below", below)
    above, below = distances(rows[4] == 0)
    table.add("run of short lines above", above)
    table.add("run of short lines below", below)


def distances(mark: npt.NDArray[np.bool_], most: int = 40) -> tuple[Floats, Floats]:
    """Return how many lines above and below each line the nearest marked line is, itself counted, at most `most`.

    >>> [row.tolist() for row in distances(np.array([False, True, False]))]
    [[40.0, 0.0, 1.0], [1.0, 0.0, 40.0]]
    """
    size = mark.size
    at = np.arange(size)
    above = at - np.maximum.accumulate(np.where(mark, at, -most))
    below = np.minimum.accumulate(np.where(mark, at, size + most)[::-1])[::-1] - at
    return np.minimum(above, most).astype(np.float32), np.minimum(below, most).astype(np.float32)


def document_features(table: Table, rows: Floats, roles: npt.NDArray[np.int8], wide: Floats) -> None:
    """Add figures of the whole document, alike for all its lines."""
    size = rows.shape[1]
    text = max(float(rows[12].sum()), 1.0)
    prose = rows[8] > 0
    mean = rows.mean(axis=1)
    figures = {
        "lines of the document": np.log1p(size),
        "text of the document": np.log1p(text),
        "prose share of the document": float(prose.mean()),
        "long-line text of the document": float(rows[12][prose].sum()) / text,
        "wording of the document": float(mean[1]),
        "forum wording of the document": float(mean[13]),
        "story wording of the document": float(mean[14]),
        "wording of the document's text": float((rows[1] * rows[12]).sum()) / text,
        "rules in the document": float(mean[3]),
        "short lines of the document": float(mean[4]),
        "wide share of the document": float(wide.mean()),
        "repeats in the document": float(mean[11]),
        "front matter in the document": float((roles == 3).mean()),
    }
    table.extend(list(figures), np.array(list(figures.values()))[:, None])


def text_features(
    laid: Sheet, scores: Floats, roles: npt.NDArray[np.int8], lines: Sequence[str]
) -> tuple[Table, Floats]:
    """Return all features that need no markup, and the rows that the second stage makes windows of."""
    table = Table(len(lines))
    rows = line_features(table, laid, scores, roles, lines)
    neighbour_features(table, rows, laid, roles)
    place_features(table, rows, roles)
    document_features(table, rows, roles, table.array[2])
    return table, rows
