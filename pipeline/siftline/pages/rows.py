"""Tables of data: a line for each row, with the cells that take several columns or rows in their places."""

from __future__ import annotations

from typing import Any

from .lines import CELLS, FLOWING, MODE, Lines, Now
from .shapes import cell_spans, holds_data


class Rows(Lines):
    """Lines that may be rows of tables."""

    def __init__(self) -> None:
        super().__init__()
        self._data: list[bool] = []
        self._header = False
        self._cells = 0
        self._span = (1, 1)
        self._taken: dict[int, int] = {}

    def _begin_table(self, node: Any) -> None:
        self._data.append(self._now[MODE] == FLOWING and holds_data(node))
        self._header = True
        self._taken.clear()

    def _end_table(self, outer: Now) -> None:
        self._data.pop()

    def _begin_row(self, node: Any) -> None:
        if self._now[MODE] == FLOWING and self._data and self._data[-1]:
            self._put_held()
            self._mark, self._cells = "| ", 0
            self._set_mode(CELLS)

    def _end_row(self, outer: Now) -> None:
        if outer[MODE] == FLOWING and self._now[MODE] == CELLS:
            self._skip_taken()
            header = self._header and self._filled
            self._flush()
            if header:
                self._put("|" + " --- |" * self._cells)
                self._header = False
            self._mark = ""

    def _begin_cell(self, node: Any) -> None:
        if self._now[MODE] == CELLS:
            self._skip_taken()
            self._span = cell_spans(node)

    def _end_cell(self, outer: Now) -> None:
        if self._now[MODE] == CELLS:
            wide, high = self._span
            self._parts.append(" | " * wide)
            if high > 1:
                self._taken.update(dict.fromkeys(range(self._cells, self._cells + wide), high - 1))
            self._cells += wide

    def _skip_taken(self) -> None:
        """Leave the places empty that cells of rows above take."""
        while self._taken.get(self._cells, 0):
            self._taken[self._cells] -= 1
            self._parts.append(" | ")
            self._cells += 1
