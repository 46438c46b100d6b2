"""Pieces of a line that show by more than their words what they are: notes, powers, code, who is quoted, quotations and
how a word is read.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from . import formulas
from .lines import FLOWING, MODE, PRE, Now
from .rows import Rows

_LONGEST_RAISED, _LONGEST_NOTE = 6, 3
TO_NOTE = re.compile(r"#.{0,20}?(?:fn|note|ref|cite)", re.I)
"""Where a link leads to that is the number of a note."""
_QUOTES = "“”"
"""Around `<q>`, as browsers show it."""
_READING = "（）"
"""Around how a word is read (`<rt>`), as browsers without `<ruby>` show it; a page's own (`<rp>`) are left out."""


class Pieces(Rows):
    """Lines with such pieces."""

    def __init__(self) -> None:
        super().__init__()
        self._raised: list[tuple[int, int]] = []
        self._began: list[tuple[int, int]] = []
        self._note, self._cited = 0, False

    def _put_note(self, begin: int) -> None:
        """Put the number of a note in brackets where it is glued to the word that the note is on."""
        text = unicodedata.normalize("NFKC", "".join(self._parts[begin:]).strip())
        before = "".join(self._parts[max(0, begin - 2) : begin])[-1:]
        if (
            text.isdecimal()
            and len(text) <= _LONGEST_NOTE
            and self._filled
            and not (before.isspace() or before.isdecimal())
        ):
            self._parts[begin:] = [f"[{text}]"] if before else [text]

    def _begin_raised(self, node: Any) -> None:
        self._raised.append((len(self._parts), self._links))

    def _end_raised(self, outer: Now) -> None:
        """Let a number above the line be one, so that 10² is not 102; where it links to a note, in brackets."""
        begin, links = self._raised.pop()
        text = "".join(self._parts[begin:]).strip()
        if not begin or not self._filled or len(text) > _LONGEST_RAISED:
            return
        shown = formulas.raised(text)
        if shown and self._parts[begin - 1][-1:].strip():
            self._parts[begin:] = [shown if self._links == links else f"[{text}]"]
            self._link_end = -1

    def _begin_code(self, node: Any) -> None:
        self._began.append((len(self.lines), len(self._parts)))

    def _end_code(self, outer: Now) -> None:
        line, begin = self._began.pop()
        if outer[MODE] != PRE and line == len(self.lines) and "".join(self._parts[begin:]).strip():
            while self._code and self._code[-1][0] >= begin:
                self._code.pop()
            self._code.append((begin, len(self._parts)))

    def _begin_cite(self, node: Any) -> None:
        around = node.parent.parent if node.parent.tag == "div" else node.parent
        self._cited = not self._filled and around is not None and around.tag == "blockquote"

    def _end_cite(self, outer: Now) -> None:
        if self._cited and outer[MODE] == FLOWING:
            self._flush()
        self._cited = False

    def _begin_quote(self, node: Any) -> None:
        self._parts.append(_QUOTES[0])

    def _end_quote(self, outer: Now) -> None:
        self._parts.append(_QUOTES[1])

    def _begin_reading(self, node: Any) -> None:
        self._parts.append(_READING[0])

    def _end_reading(self, outer: Now) -> None:
        if self._parts[-1:] == [_READING[0]]:
            self._parts.pop()
        else:
            self._parts.append(_READING[1])
