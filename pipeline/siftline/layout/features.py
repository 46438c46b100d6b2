"""What is measured of a line, of the lines around it, and of the document: a row is a feature, a column a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from typing import Any

import numpy as np
import numpy.typing as npt

from .sheet import KIND, KINDS, Sheet

Floats = npt.NDArray[Any]
RADII = (3, 8, 24)
"""Lines on each side of the windows over which figures are averaged."""
SIDE = 12
"""Lines of the windows that lie wholly above or below a line."""
_ROWS = 256
WIDEST = 40
"""Lines on each side that a window reaches at most."""
LINKED = 0.6
"""The share of its characters in links from which a line of a page is one."""
_SHORT = 12.0  # characters, a wide one counting for two


class Table:
    """Rows of features with their names, a column for each line."""

    def __init__(self, lines: int) -> None:
        self.names: list[str] = []
        self._block = np.empty((_ROWS, lines), np.float32)

    def part(self, lines: slice) -> Table:
        """Return a table of some of the lines. It writes into this one, which has room for `_ROWS` features."""
        part = copy(self)
        part.names, part._block = self.names.copy(), self._block[:, lines]
        return part

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

    def levels(self, names: Sequence[str], figures: Sequence[Floats]) -> None:
        """Append figures of which each has several rows, (levels, lines); `names` are those of all their rows."""
        for rows, figure in zip(self.room(names).reshape(len(figures), *figures[0].shape), figures, strict=True):
            rows[:] = figure

    @property
    def widths(self) -> Floats:
        """How wide each line is, in half-width characters."""
        out: Floats = np.rint(np.expm1(self.row("width")))
        return out

    @property
    def array(self) -> Floats:
        """All rows, (features, lines)."""
        return self._block[: len(self.names)]

    def row(self, name: str) -> Floats:
        """Return the row of a feature. Raises ValueError where there is none of that name."""
        out: Floats = self._block[self.names.index(name)]
        return out


def shifted(rows: Floats, offsets: Sequence[int], fill: float = -1.0) -> Floats:
    """Return for each line the figures of the lines so far below it (above where negative), (offsets, rows, lines).

    >>> shifted(np.array([[1, 2, 3]], np.float32), (1, -1)).tolist()
    [[[2.0, 3.0, -1.0]], [[-1.0, 1.0, 2.0]]]
    """
    far, (count, size) = max(map(abs, offsets)), rows.shape
    padded = np.full((count, size + 2 * far), fill, np.float32)
    padded[:, far : far + size] = rows
    return _slid(padded, size)[[by + far for by in offsets]]


def _slid(rows: Floats, size: int) -> Floats:
    """Return the rows seen through a window of `size` columns, for each place of the window; nothing is copied."""
    row, column = rows.strides
    shape = (rows.shape[1] - size + 1, rows.shape[0], size)
    return np.ndarray(shape, rows.dtype, rows, 0, (column, row, column))


class Windows:
    """Averages over stretches of lines, as differences of running sums."""

    def __init__(self, rows: Floats) -> None:
        """Take rows of figures of each line."""
        count, self.size = rows.shape
        self._sums = np.zeros((count, self.size + 1 + 2 * WIDEST))
        self.running = self._sums[:, WIDEST + 1 : WIDEST + 1 + self.size]
        """The sums of each row up to each line, the line itself counted in."""
        np.cumsum(rows, axis=1, dtype=np.float64, out=self.running)
        self._sums[:, WIDEST + 1 + self.size :] = self._sums[:, WIDEST + self.size, None]
        self._lines = np.clip(np.arange(-WIDEST, self.size + 1 + WIDEST, dtype=np.float32), 0, self.size)

    def means(self, spans: Sequence[Span], out: Floats) -> None:
        """Write the means over spans of lines, (spans, rows, lines), of as many of the rows as `out` has room for. A
        span that holds no line of the document has the mean 0.

        >>> out = np.empty((2, 1, 4))
        >>> Windows(np.array([[1, 2, 3, 10]], np.float32)).means(((-1, 0), (1, 2)), out)
        >>> out.tolist()
        [[[1.0, 1.5, 2.5, 6.5]], [[2.5, 6.5, 10.0, 0.0]]]
        """
        sums, lines, size = self._sums[: out.shape[1]], self._lines, self.size
        counts = np.empty((len(spans), 1, size), np.float32)
        for mean, count, (first, last) in zip(out, counts, spans, strict=True):
            low, high = WIDEST + first, WIDEST + 1 + last
            np.subtract(sums[:, high : high + size], sums[:, low : low + size], out=mean, casting="same_kind")
            np.subtract(lines[high : high + size], lines[low : low + size], out=count[0])
        out /= np.maximum(counts, 1, out=counts)


Span = tuple[int, int]
"""The first and the last line of a stretch, counted from each line: -1 is the line above."""


ROLES = {"body": 0, "heading": 0, "chrome": 1, "spam": 2, "markup": 2, "duplicate": 1, "lost": 2}
"""What a role counts as: 0 for the article, 1 for the site's, 2 for what nobody wants, FRONT for front matter."""
FRONT = 3


class _Codes(dict[str, int]):
    """The code of each role that was met."""

    def __missing__(self, role: str) -> int:
        self[role] = code = ROLES.get(role.partition("/")[0], FRONT)
        return code


_CODES = _Codes()


def role_codes(roles: Iterable[str]) -> npt.NDArray[np.int8]:
    """Return the codes of roles, see `ROLES`."""
    return np.frombuffer(bytes(map(_CODES.__getitem__, roles)), np.int8)


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
_NEAR_NAMES = [[f"{name} {by:+d}" for name in WINDOWED[:most]] for by, most in _NEAR.items()]
_WITHIN_NAMES = [f"{name} within {radius}" for radius in RADII for name in WINDOWED]
_WITHIN = [(-radius, radius) for radius in RADII]
_CHANGES = ("width change -1", "width change +1")
_SIDE_NAMES = [f"{name} in {SIDE} {side}" for side in ("above", "below") for name in WINDOWED[:_BESIDE]]
_SIDES = ((-SIDE, -1), (1, SIDE))


def neighbour_features(table: Table, rows: Floats) -> Windows:
    """Add the figures of the next lines, and of windows of several sizes around each line; return those windows."""
    for names, near in zip(_NEAR_NAMES, shifted(rows[:_BESIDE], tuple(_NEAR)), strict=True):
        table.extend(names, near[: len(names)])
    windows = Windows(rows)
    windows.means(_WITHIN, table.room(_WITHIN_NAMES).reshape(len(_WITHIN), *rows.shape))
    windows.means(_SIDES, table.room(_SIDE_NAMES).reshape(len(_SIDES), _BESIDE, -1))
    changes = table.room(_CHANGES)
    changes[:, [0, -1]] = 0
    np.abs(np.diff(rows[0]), out=changes[0, 1:])
    changes[1, :-1] = changes[0, 1:]
    return windows


_SPREAD_NAMES = [f"{name} {place}" for place in ("above", "below") for name in ("prose", "text")]
_RUNS = ("lines to rule", "run of longer lines", "run of short lines")
_DISTANCE_NAMES = [f"{name} {side}" for side in ("above", "below") for name in _RUNS]


_LINES = ("lines above", "lines below", "share of lines above")


def place_features(table: Table, rows: Floats, windows: Windows) -> None:
    """Add where a line stands: in lines, in text and in prose, and how far it is from what rules took."""
    size = rows.shape[1]
    at = np.arange(size, dtype=np.float32)
    above, below, share = table.room(_LINES)
    np.log1p(at, out=above)
    below[:] = above[::-1]
    np.divide(at, size, out=share)
    spread, running = rows[[8, 12]], windows.running[[8, 12]]
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
    at = np.arange(mark.shape[1], dtype=np.float32)
    both = np.where(np.concatenate((mark, mark[:, ::-1])), at, np.float32(-most))
    np.maximum.accumulate(both, axis=1, out=both)
    above = np.minimum(at - both, most)
    return above[: len(mark)], above[len(mark) :, ::-1]


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
    laid: Sheet, kind: npt.NDArray[np.uint8], scores: Floats, roles: npt.NDArray[np.int8], documents: Sequence[slice]
) -> tuple[Table, list[tuple[Table, Floats]]]:
    """Return all features that need no markup, as a table of all lines, and for each of the documents, which are ranges
    of them, its part of the table and the rows that the second stage makes windows of.
    """
    table = Table(roles.size)
    counts = Counts(laid, kind)
    every = line_features(table, laid, counts, scores, roles)
    parts = [(table.part(lines), every[:, lines]) for lines in documents]
    for lines, (part, rows) in zip(documents, parts, strict=True):
        windows = neighbour_features(part, rows)
        place_features(part, rows, windows)
        document_features(part, rows, roles[lines], counts.wide[lines])
    table.names = parts[0][0].names.copy()
    return table, parts
