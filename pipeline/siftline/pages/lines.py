"""The lines of a page as they are collected: text taken piece by piece, and ended where a browser begins a new line."""

from __future__ import annotations

import re

from ..repairs import glued
from . import lists
from .marks import BIT, Mark

FLOWING, PRE, HEADING, CELLS = range(4)
"""How text is taken: flowing; as it stands; flowing in one line; flowing in one line as the cells of a table's row."""
Span = tuple[int, int]
"""Where a piece of a line begins and ends, in characters."""
_SPACE = re.compile(r"[ \t\n\r\f\xa0]+")
_NEW_LINE = re.compile(r"\r\n|\r|\n")
_NO_NUMBERS = (
    BIT["nav"] | BIT["header"] | BIT["footer"] | BIT["aside"] | BIT["form"] | BIT["comment-mark"] | BIT["hidden"]
)
"""Where the items of ordered lists have numbers that no page shows."""


Now = tuple[int, int, int, bool, bool, int]
"""What holds at the place that the walk has come to: flags, element, block, whether in a link and in bold, and how
text is taken. A plain tuple: a page has a thousand of them, and one with names takes twice as long.
"""
MODE = 5

ROW = ("tag", "element", "chars", "link_chars", "bold_chars", "links", "tags", "depth", "flags", "gap")
"""What is counted for one line; see `siftline.pages.dom.Page.hints`."""
ELEMENT = ("parent", "start", "depth", "block", "kind")
"""Where an element begins: the number of the block around it, its first line, its depth, whether it is a block, and
the kind of its mark.
"""
_SIZE, _DEPTH = len(ELEMENT), ELEMENT.index("depth")


class Lines:
    """The lines of a page, with a `ROW` for each, and all `ELEMENT`s in document order, with their marks and the lines
    that they end before; `inline` has the number of each that is inside a line, and the characters of its text: figures
    one behind the other, of which arrays are made in half the time that tuples of them take; `numbered` the characters
    of the number before an item, by the number of the line; `quoted` how many quotations a line stands in, and `code`
    where it holds code, both without marks.
    """

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.rows: list[int] = []
        self.elements: list[int] = []
        self.marks: list[Mark] = []
        self.ends: list[int] = []
        self.inline: list[int] = []
        self.numbered: dict[int, int] = {}
        self.quoted: dict[int, int] = {}
        self.code: dict[int, list[Span]] = {}
        self._quotations = 0
        self._held = ""
        self._now: Now = (0, -1, -1, False, False, FLOWING)
        self._mark = ""
        self._tags = self._breaks = self._fence = 0
        self._begin_line()

    def _begin_line(self) -> None:
        self._parts: list[str] = []
        self._filled = False
        self._flags = self._chars = self._link_chars = self._bold_chars = self._links = 0
        self._link_end = -1
        self._code: list[Span] = []  # of the parts

    def _text(self, text: str) -> None:
        mode = self._now[MODE]
        if mode == PRE:
            first, *others = _NEW_LINE.split(text)
            self._take(first)
            for other in others:
                self._flush()
                self._take(other)
        else:
            self._take(text.replace("|", "\\|") if mode == CELLS else text)

    def _take(self, text: str) -> None:
        self._parts.append(text)
        size = len(text.strip())
        if size:
            flags, _, _, link, bold, _ = self._now
            self._filled = True
            self._flags |= flags
            self._chars += size
            if link:
                self._link_chars += size
            if bold:
                self._bold_chars += size

    def _flush(self) -> None:
        """End the line. One without text is none, but inside code."""
        pre = self._now[MODE] == PRE
        if self._filled:
            text = "".join(self._parts)
            text = text.rstrip() if pre else _single_spaced(text)
            code = self._code and not pre
            for paragraph in glued.paragraphs(text) if not pre and glued.is_suspect(text) else (text,):
                self._put(paragraph)
            if code and self.lines[-1].endswith(text):
                self._put_code(text)
        elif pre and self._fence and self.lines[-1] and self._fence < len(self.lines):
            self._put("")
        self._begin_line()

    def _put(self, text: str) -> None:
        """Add a line behind its mark, with what was counted for it."""
        flags, _, block, _, _, _ = self._now
        # the root is an element, so there always is one
        tag, depth = self.marks[block].tag, self.elements[block * _SIZE + _DEPTH]
        flags, gap = self._flags | flags, min(self._breaks, 2)
        chars, linked, heavy = self._chars, self._link_chars, self._bold_chars
        mark = self._mark
        if mark and mark[-2] in "-.":
            if not self._held and text.rstrip(".)").lstrip("0") == mark.strip(" ."):
                self._held = text  # the number of a step, which the mark shows
                return
            plain = linked >= chars or flags & _NO_NUMBERS > 0
            line = lists.marked(mark, text, plain)
            if mark[-2] == "." and line.startswith(mark):
                self.numbered[len(self.lines)] = len(mark.lstrip())
            self.lines.append(line)
        else:
            self.lines.append(mark + text)
        if self._quotations:
            self.quoted[len(self.lines) - 1] = self._quotations
        self.rows += (tag, block, chars, linked, heavy, self._links, self._tags, depth, flags, gap)
        self._mark = self._held = ""
        self._tags = self._breaks = 0

    def _put_held(self) -> None:
        """Put the number of a step where no text of the item follows it."""
        if self._held:
            self._put(self._held)

    def _put_code(self, text: str) -> None:
        """Note where the line that was put last, which ends with a text of these parts, holds code."""
        behind = len(self.lines[-1]) - len(text)
        found: list[Span] = []
        for begin, end in self._code:
            before, upto = "".join(self._parts[:begin]), "".join(self._parts[:end]).rstrip()
            inner = upto[len(before) :]
            start = behind + len(_SPACE.sub(" ", before + inner[: len(inner) - len(inner.lstrip())]).lstrip())
            stop = behind + len(_SPACE.sub(" ", upto).lstrip())
            if found and found[-1][1] == start:
                start = found.pop()[0]  # keys side by side
            if start < stop:
                found.append((start, stop))
        self.code[len(self.lines) - 1] = found

    def _set_mode(self, mode: int) -> None:
        flags, at, block, link, bold, _ = self._now
        self._now = (flags, at, block, link, bold, mode)

    def _drop_line(self) -> None:
        self.lines.pop()
        del self.rows[-len(ROW) :]
        self.quoted.pop(len(self.lines), None)


def _single_spaced(text: str) -> str:
    """Return a line with single spaces; most have no others, as two quick looks show: no blank but " " is printable."""
    text = text.strip()
    return _SPACE.sub(" ", text) if "  " in text or not text.isprintable() else text
