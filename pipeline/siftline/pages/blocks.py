"""Walking a parsed page: its visible text as block lines, and for each line and element what the markup says.

A line is what a browser would begin anew: block elements and `<br>` break it, inline elements do not. `Blocks`
collects plain lists; hints.py makes arrays of them. The walk is iterative, so no page is too deep for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from ..repairs import glued
from .marks import BIT, Mark, mark_of
from .shapes import holds_data, is_code

_BLOCK = frozenset({
    "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "tr", "dt", "dd", "blockquote", "pre",
    "figcaption", "caption", "section", "article", "main", "header", "footer", "nav", "aside", "form", "button",
    "address", "summary", "legend", "center", "body", "fieldset", "details", "ul", "ol", "dl", "table", "figure",
    "dir", "frameset", "noframes", "hgroup", "hr", "html", "menu", "search", "tbody", "thead", "tfoot", "noscript",
    "dialog", "optgroup",
})  # fmt: skip
_SKIPPED = frozenset({
    "head", "script", "style", "template", "svg", "iframe", "object", "embed", "applet", "canvas", "audio", "video",
    "map", "select", "datalist", "textarea", "title", "annotation", "annotation-xml", "link", "meta", "rp",
})  # fmt: skip
_UNSCRIPTED = frozenset({"noscript", "noframes", "noembed"})
_HEADINGS = {f"h{level}": "#" * level + " " for level in range(1, 7)}
_HIDDEN = BIT["hidden"]
_BOLD, _LISTS = frozenset({"b", "strong"}), frozenset({"ul", "ol", "menu", "dir"})
_FLOW, _PRE, _HEADING, _ROW = range(4)
"""How text is taken: flowing; as it stands; flowing in one line; flowing in one line as the cells of a table's row."""
_SPACE = re.compile(r"[ \t\n\r\f\xa0]+")
_NEW_LINE = re.compile(r"\r\n|\r|\n")
_DEEPEST_LIST = 8


Opener = Callable[["Blocks", Any], None]
Closer = Callable[["Blocks", "_Now"], None]


class Row(NamedTuple):
    """What is counted for one line; see `siftline.pages.dom.Page.hints`."""

    tag: int
    element: int
    chars: int
    link_chars: int
    bold_chars: int
    links: int
    tags: int
    depth: int
    flags: int
    gap: int


class Element(NamedTuple):
    """Where an element begins: its first line is `start`, `parent` is the block around it."""

    parent: int
    start: int
    depth: int
    block: bool


class _Now(NamedTuple):
    """What holds at the place that the walk has come to; what is outside of it waits on a stack."""

    flags: int = 0
    element: int = -1
    block: int = -1
    link: bool = False
    bold: bool = False
    lists: int = 0
    mode: int = _FLOW


_new = tuple.__new__  # makes a _Now or an Element in half the time


class Blocks:
    """The lines of a page as they are collected, with a `Row` for each, and all `Element`s in document order, with
    their marks, the lines that they end before, and for those inside a line the characters of their text.

    `unscripted` also reads what is shown only where scripts or frames are not.
    """

    def __init__(self, unscripted: bool = False) -> None:
        self.lines: list[str] = []
        self.rows: list[Row] = []
        self.elements: list[Element] = []
        self.marks: list[Mark] = []
        self.ends: list[int] = []
        self.chars: list[int] = []
        self._skipped = _SKIPPED if unscripted else _SKIPPED | _UNSCRIPTED
        self._now = _Now()
        self._outer: list[tuple[Closer | None, bool, _Now] | None] = []
        self._mark = ""
        self._tags = self._breaks = self._cells = self._fence = 0
        self._data: list[bool] = []
        self._header = False
        self._begin_line()

    def _begin_line(self) -> None:
        self._parts: list[str] = []
        self._filled = False
        self._flags = self._chars = self._link_chars = self._bold_chars = self._links = 0
        self._link_end = -1

    def walk(self, root: Any) -> None:
        """Read the tree below a node of selectolax."""
        above: list[Any] = []
        node = root
        while node is not None:
            tag, child = node.tag, None
            if tag != "-text":
                child = self._enter(node, tag)
            elif text := node.text_content:
                self._text(text)
            if child is not None:
                above.append(node)
                node = child
                continue
            follower = node.next
            while follower is None and above:
                follower = above.pop().next
                self._leave()
            node = follower
        self._flush()

    def _enter(self, node: Any, tag: str) -> Any:
        """Take an element in; return its first child where there is something below it to read."""
        if not tag or tag in self._skipped or tag[0] == "-":  # no element of a page has such a name: a comment
            return None
        if tag in _VOID:
            _VOID[tag](self)
            return None
        mark, trait = mark_of(tag, node.attributes), _TRAITS.get(tag) or _trait(tag)
        self._tags += 1
        if trait is _PLAIN and not mark.named and not mark.flags:
            self._outer.append(None)  # it says nothing of the text in it
        elif mark.flags & _HIDDEN and not trait.block:
            return None
        else:
            self._open(node, mark, trait)
        child = node.first_child
        if child is None:
            self._leave()
        return child

    def _open(self, node: Any, mark: Mark, trait: _Trait) -> None:
        block, link, bold, lists, opener, closer = trait
        now = self._now
        if block and now.mode >= _HEADING:
            self._parts.append(" ")
            block = False
        self._outer.append((closer, block, now))
        if block:
            self._end_block()
        flags, at = now.flags | mark.flags, now.element
        if block or mark.named:
            at = len(self.elements)
            self.elements.append(_new(Element, (now.block, len(self.lines), len(self._outer), block)))
            self.marks.append(mark)
            self.ends.append(0)
            self.chars.append(self._chars)
        inner = at if block else now.block
        inside = (flags, at, inner, now.link or link, now.bold or bold, now.lists + lists, now.mode)
        self._now = _new(_Now, inside)
        if opener:
            opener(self, node)

    def _leave(self) -> None:
        opened = self._outer.pop()
        if opened is None:
            return
        closer, block, outer = opened
        if closer:
            closer(self, outer)
        if block:
            self._end_block()
        at = self._now.element
        if at != outer.element:
            self.ends[at] = len(self.lines) + self._filled
            self.chars[at] = self._chars - self.chars[at]
        self._now = outer

    def _end_block(self) -> None:
        if self._parts or self._links or self._flags:
            self._flush()
        self._breaks = 0

    def _image(self) -> None:
        self._flags |= BIT["image"]

    def _text(self, text: str) -> None:
        mode = self._now.mode
        if mode == _PRE:
            first, *others = _NEW_LINE.split(text)
            self._take(first)
            for other in others:
                self._flush()
                self._take(other)
        elif text.isspace():
            if self._filled:
                self._parts.append(text)
        else:
            self._take(text.replace("|", "\\|") if mode == _ROW else text)

    def _take(self, text: str) -> None:
        now = self._now
        self._parts.append(text)
        size = len(text.strip())
        if size:
            self._filled = True
            self._flags |= now.flags
            self._chars += size
            self._link_chars += size * now.link
            self._bold_chars += size * now.bold

    def _break(self) -> None:
        if self._now.mode >= _HEADING:
            self._parts.append(" ")
        else:
            self._flush()
            self._breaks += 1

    def _flush(self) -> None:
        """End the line. One without text is none, but inside code."""
        pre = self._now.mode == _PRE
        if self._filled:
            text = "".join(self._parts)
            text = text.rstrip() if pre else _SPACE.sub(" ", text).strip()
            for paragraph in glued.paragraphs(text) if not pre and glued.is_suspect(text) else (text,):
                self._put(paragraph)
        elif pre and self._fence and self.lines[-1] and self._fence < len(self.lines):
            self._put("")
        self._begin_line()

    def _put(self, text: str) -> None:
        """Add a line behind its mark, with what was counted for it."""
        now, block = self._now, self._now.block
        # the root is an element, so there always is one
        tag, depth = self.marks[block].tag, self.elements[block].depth
        counts = (self._chars, self._link_chars, self._bold_chars, self._links, self._tags)
        self.lines.append(self._mark + text)
        self.rows.append(_new(Row, (tag, block, *counts, depth, self._flags | now.flags, min(self._breaks, 2))))
        self._mark = ""
        self._tags = self._breaks = 0

    def _set_mode(self, mode: int) -> None:
        self._now = self._now._replace(mode=mode)

    # What single tags do as they begin and end

    def _begin_link(self, node: Any) -> None:
        self._links += 1
        if self._link_end == len(self._parts):
            self._parts.append(" ")  # links side by side look apart without a space between them

    def _end_link(self, outer: _Now) -> None:
        self._link_end = len(self._parts)

    def _begin_item(self, node: Any) -> None:
        if self._now.mode == _FLOW:
            self._mark = "  " * min(_DEEPEST_LIST, max(0, self._now.lists - 1)) + "- "

    def _end_marked(self, outer: _Now) -> None:
        if outer.mode == _FLOW:
            self._flush()
            self._mark = ""

    def _begin_heading(self, node: Any) -> None:
        if self._now.mode == _FLOW:
            self._mark = _HEADINGS[node.tag]
            self._set_mode(_HEADING)

    def _begin_pre(self, node: Any) -> None:
        if self._now.mode == _FLOW:
            self._set_mode(_PRE)
            if is_code(node):
                self._put("```")
                self._fence = len(self.lines)

    def _end_pre(self, outer: _Now) -> None:
        self._flush()
        if outer.mode == _FLOW and self._fence:
            while not self.lines[-1]:
                self._drop_line()
            if len(self.lines) > self._fence:
                self._put("```")
            else:
                self._drop_line()
            self._fence = 0

    def _drop_line(self) -> None:
        self.lines.pop()
        self.rows.pop()

    def _begin_table(self, node: Any) -> None:
        self._data.append(self._now.mode == _FLOW and holds_data(node))
        self._header = True

    def _end_table(self, outer: _Now) -> None:
        self._data.pop()

    def _begin_row(self, node: Any) -> None:
        if self._now.mode == _FLOW and self._data and self._data[-1]:
            self._mark, self._cells = "| ", 0
            self._set_mode(_ROW)

    def _end_row(self, outer: _Now) -> None:
        if outer.mode == _FLOW and self._now.mode == _ROW:
            header = self._header and self._filled
            self._flush()
            if header:
                self._put("|" + " --- |" * self._cells)
                self._header = False
            self._mark = ""

    def _end_cell(self, outer: _Now) -> None:
        if self._now.mode == _ROW:
            self._parts.append(" | ")
            self._cells += 1


_VOID: dict[str, Callable[[Blocks], None]] = {"br": Blocks._break, "img": Blocks._image}
_OPENERS: dict[str, Opener] = {
    "a": Blocks._begin_link,
    "li": Blocks._begin_item,
    "pre": Blocks._begin_pre,
    "table": Blocks._begin_table,
    "tr": Blocks._begin_row,
    **dict.fromkeys(_HEADINGS, Blocks._begin_heading),
}
_CLOSERS: dict[str, Closer] = {
    "a": Blocks._end_link,
    "li": Blocks._end_marked,
    "pre": Blocks._end_pre,
    "table": Blocks._end_table,
    "tr": Blocks._end_row,
    "td": Blocks._end_cell,
    "th": Blocks._end_cell,
    **dict.fromkeys(_HEADINGS, Blocks._end_marked),
}


class _Trait(NamedTuple):
    """What a tag does, whatever its attributes."""

    block: bool = False
    link: bool = False
    bold: bool = False
    lists: bool = False
    opener: Opener | None = None
    closer: Closer | None = None


_PLAIN, _OTHER_BLOCK = _Trait(), _Trait(block=True)
_TRAITS = {
    tag: _Trait(tag in _BLOCK, tag == "a", tag in _BOLD, tag in _LISTS, _OPENERS.get(tag), _CLOSERS.get(tag))
    for tag in (*_BLOCK, *_BOLD, *_LISTS, *_OPENERS, *_CLOSERS)
}


def _trait(tag: str) -> _Trait:
    """Return what a tag does that is not listed: one that a site has made up is a block."""
    return _OTHER_BLOCK if "-" in tag else _PLAIN
