"""What is measured of a line, of the lines around it, and of the document: a row is a feature, a column a line."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

import numpy as np
import numpy.typing as npt

from ..document import Line
from .sheet import KIND, KINDS, Sheet

Floats = npt.NDArray[Any]
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
        self.lines = np.zeros(self.sums.shape[1], np.float32)
        self.lines[WIDEST : WIDEST + self.size] = np.arange(self.size)
        self.lines[WIDEST + self.size :] = self.size

    def only(self, rows: int) -> Windows:
        """Return windows over the first of the rows alone."""
        few = object.__new__(Windows)
        few.size, few.lines, few.sums = self.size, self.lines, self.sums[:rows]
        return few

    def mean(self, above: int, below: int, out: Floats | None = None) -> Floats:
        """Return the mean from `above` lines above to `below` lines below each line, both counted in.

        >>> Windows(np.array([[1, 2, 3, 10]], np.float32)).mean(1, 0).tolist()
        [[1.0, 1.5, 2.5, 6.5]]
        """
        return self._between(-above, below + 1, out)

    def beside(self, above: int, below: int, out: Floats | None = None) -> Floats:
        """Return the mean of lines strictly above (`above` of them) or strictly below (`below` of them)."""
        return self._between(-above, 0, out) if above else self._between(1, below + 1, out)

    def _between(self, first: int, last: int, out: Floats | None) -> Floats:
        """Return the means of the lines from `first` to before `last`, counted from each line, or 0."""
        if out is None:
            out = np.empty((len(self.sums), self.size), np.float32)
        high, low = slice(WIDEST + last, WIDEST + last + self.size), slice(WIDEST + first, WIDEST + first + self.size)
        np.subtract(self.sums[:, high], self.sums[:, low], out=out, casting="same_kind")
        count = self.lines[high] - self.lines[low]
        out /= np.maximum(count, 1, out=count)
        return out


ROLES = {"body": 0, "heading": 0, "chrome": 1, "spam": 2, "markup": 2, "duplicate": 1, "lost": 2}
"""What a role counts as: 0 for the article, 1 for the site's, 2 for what nobody wants, 3 for front matter."""


class _Codes(dict[str, int]):
    """The code of each role that was met."""

    def __missing__(self, role: str) -> int:
        self[role] = code = ROLES.get(role.partition("/")[0], 3)
        return code


_CODES, _ROLE = _Codes(), itemgetter(Line._fields.index("role"))


def role_codes(lines: Sequence[Line]) -> npt.NDArray[np.int8]:
    """Return the code of each line's role, see `ROLES`."""
    return np.fromiter(map(_CODES.__getitem__, map(_ROLE, lines)), np.int8, len(lines))


class Counts:
    """How many characters of each kind a line has, and the kinds at its ends."""

    def __init__(self, laid: Sheet, kind: npt.NDArray[np.uint8]) -> None:
        lines = laid.starts.size
        owner = np.repeat(np.arange(lines, dtype=np.int32) * len(KINDS), laid.ends - laid.starts + 1)
        table = np.bincount(owner + kind[1:], minlength=lines * len(KINDS)).reshape(lines, len(KINDS))
        self.table = np.ascontiguousarray(table.T, np.float32)
        self.seen = (laid.ends - laid.starts).astype(np.float32)
        self.wide = self.of("han") + self.of("syllable")
        self.first = kind[laid.starts]
        self.last = kind[laid.ends - 1]
        # behind a closing quote stands what really ends the sentence
        before = kind[np.maximum(laid.ends - 2, laid.starts)]
        self.last = np.where(self.last == KIND["quote"], before, self.last)

    def of(self, name: str) -> Floats:
        """Return the count of one kind for each line."""
        row: Floats = self.table[KIND[name]]
        return row


def line_features(table: Table, laid: Sheet, counts: Counts, scores: Floats, roles: npt.NDArray[np.int8]) -> Floats:
    """Add what is measured of each line alone; return the rows that windows are made of, see `WINDOWED`."""
    seen, of, wide = counts.seen, counts.of, counts.wide
    width = laid.sizes * (1 + wide / seen)
    text = np.minimum(width, 400)
    stops = counts.last == KIND["end"]
    root = np.sqrt(seen)
    letters = wide + of("lower") + of("upper") + of("letter")
    rows = np.empty((len(WINDOWED), width.size), np.float32)
    for number, row in enumerate((
        np.log1p(width), scores[0], stops, (roles == 1) | (roles == 2), width < 2 * _SHORT, of("digit") / seen,
        of("upper") / np.maximum(letters, 1), of("separator") / seen, np.log1p(text * (stops & (width > 50))),
        of("end") / root, of("comma") / root, laid.repeats, text, scores[1], scores[2],
    )):  # fmt: skip
        rows[number] = row
    table.extend([WINDOWED[number] for number in _OWN], rows[_OWN])
    blanks = of("space")
    for row, values in zip(table.room(_ALONE), (
        np.minimum(laid.indents, 20), wide / seen, blanks / seen, np.log1p(blanks), counts.first, counts.last,
        letters / seen, of("quote") / root, of("symbol") / seen, of("colon"), roles == 3,
    ), strict=True):  # fmt: skip
        row[:] = values
    return rows


_ALONE = (
    "indent", "wide share", "blanks", "words", "first character", "last character", "letters", "quotes", "symbols",
    "colons", "front matter",
)  # fmt: skip
WINDOWED = (
    "width", "wording", "stops", "rules", "short lines", "digits", "capitals", "separators", "prose", "sentence ends",
    "commas", "repeats", "text", "forum wording", "story wording",
)  # fmt: skip
_OWN = [0, 1, 3, 5, 6, 7, 8, 9, 10, 11, 13]
_BESIDE = 5
"""How many of them are looked at for the next lines, and above and below a line."""
_NEAR = {-3: 3, -2: 5, -1: 5, 1: 5, 2: 5, 3: 3}
"""How many of them are looked at for the line so far below."""
_NEAR_NAMES = {by: [f"{name} {by:+d}" for name in WINDOWED[:most]] for by, most in _NEAR.items()}
_WITHIN_NAMES = {radius: [f"{name} within {radius}" for name in WINDOWED] for radius in RADII}
_CHANGES = ("width change -1", "width change +1")
_SIDE_NAMES = [[f"{name} in {SIDE} {side}" for name in WINDOWED[:_BESIDE]] for side in ("above", "below")]


def neighbour_features(table: Table, rows: Floats) -> None:
    """Add the figures of the next lines, and of windows of several sizes around each line."""
    for by, names in _NEAR_NAMES.items():
        shift(rows[: len(names)], by, -1.0, table.room(names))
    windows = Windows(rows)
    for radius in RADII:
        windows.mean(radius, radius, table.room(_WITHIN_NAMES[radius]))
    few = windows.only(_BESIDE)
    few.beside(SIDE, 0, table.room(_SIDE_NAMES[0]))
    few.beside(0, SIDE, table.room(_SIDE_NAMES[1]))
    changes = table.room(_CHANGES)
    changes[:, [0, -1]] = 0
    np.abs(np.diff(rows[0]), out=changes[0, 1:])
    changes[1, :-1] = changes[0, 1:]


_SPREAD_NAMES = [f"{name} {place}" for place in ("above", "below") for name in ("prose", "text")]
_RUNS = ("lines to rule", "run of longer lines", "run of short lines")
_DISTANCE_NAMES = [f"{name} {side}" for side in ("above", "below") for name in _RUNS]


def place_features(table: Table, rows: Floats) -> None:
    """Add where a line stands: in lines, in text and in prose, and how far it is from what rules took."""
    size = rows.shape[1]
    at = np.arange(size, dtype=np.float32)
    table.add("lines above", np.log1p(at))
    table.add("lines below", np.log1p(size - 1 - at))
    table.add("share of lines above", at / size)
    spread = rows[[8, 12]]
    running = np.cumsum(spread, axis=1, dtype=np.float64)
    whole = np.maximum(running[:, -1:], 1.0)
    table.extend(("share of prose above", "share of text above"), running / whole)
    table.extend(_SPREAD_NAMES, np.log1p(np.concatenate((running - spread, whole - running))))
    short = rows[4] > 0
    table.extend(_DISTANCE_NAMES, np.concatenate(distances(np.stack((rows[3] > 0, short, ~short)))))


def distances(mark: npt.NDArray[np.bool_], most: int = 40) -> tuple[Floats, Floats]:
    """Return how many lines above and below each line the nearest marked line is, itself counted, at most `most`;
    for each row of `mark`.

    >>> [row.tolist() for row in distances(np.array([[False, True, False]]))]
    [[[40.0, 0.0, 1.0]], [[1.0, 0.0, 40.0]]]
    """
    size = mark.shape[1]
    at = np.arange(size)
    above = at - np.maximum.accumulate(np.where(mark, at, -most), axis=1)
    below = np.minimum.accumulate(np.where(mark, at, size + most)[:, ::-1], axis=1)[:, ::-1] - at
    return np.minimum(above, most).astype(np.float32), np.minimum(below, most).astype(np.float32)


def document_features(table: Table, rows: Floats, roles: npt.NDArray[np.int8], wide: Floats) -> None:
    """Add figures of the whole document, alike for all its lines; `wide` counts wide characters."""
    size = rows.shape[1]
    text = max(float(rows[12].sum()), 1.0)
    prose = rows[8] > 0
    mean = rows.sum(axis=1) / size
    figures = {
        "lines of the document": np.log1p(size),
        "text of the document": np.log1p(text),
        "prose share of the document": np.count_nonzero(prose) / size,
        "long-line text of the document": float(rows[12] @ prose) / text,
        "forum wording of the document": float(mean[13]),
        "story wording of the document": float(mean[14]),
        "wording of the document's text": float(rows[1] @ rows[12]) / text,
        "rules in the document": float(mean[3]),
        "short lines of the document": float(mean[4]),
        "wide share of the document": float(wide.sum()) / text,
        "repeats in the document": float(mean[11]),
        "front matter in the document": np.count_nonzero(roles == 3) / size,
    }
    table.extend(list(figures), np.array(list(figures.values()))[:, None])


def text_features(
    laid: Sheet, kind: npt.NDArray[np.uint8], scores: Floats, roles: npt.NDArray[np.int8]
) -> tuple[Table, Floats]:
    """Return all features that need no markup, and the rows that the second stage makes windows of."""
    table = Table(roles.size)
    counts = Counts(laid, kind)
    rows = line_features(table, laid, counts, scores, roles)
    neighbour_features(table, rows)
    place_features(table, rows)
    document_features(table, rows, roles, counts.wide)
    return table, rows
