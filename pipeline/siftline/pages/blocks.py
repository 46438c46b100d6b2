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
_READING = "（）"
"""Around how a word is read (`<rt>`), as browsers without `<ruby>` show it; a page's own (`<rp>`) are left out."""


Now = tuple[int, int, int, bool, bool, int, int]
"""What holds at the place that the walk has come to: flags, element, block, whether in a link and in bold, lists around
it, and how text is taken. A plain tuple: a page has a thousand of them, and one with names takes twice as long.
"""
Opener = Callable[["Blocks", Any], None]
Closer = Callable[["Blocks", Now], None]
_LISTED, _MODE = 5, 6


Row = tuple[int, ...]
"""What is counted for one line; see `siftline.pages.dom.Page.hints`."""
ROW = ("tag", "element", "chars", "link_chars", "bold_chars", "links", "tags", "depth", "flags", "gap")
Element = tuple[int, int, int, bool, int]
"""Where an element begins: the number of the block around it, its first line, its depth, whether it is a block, and
the kind of its mark.
"""
ELEMENT = ("parent", "start", "depth", "block", "kind")
_DEPTH = 2


class Blocks:
    """The lines of a page as they are collected, with a `Row` for each, and all `Element`s in document order, with
    their marks and the lines that they end before; `inline` has the number of each that is inside a line, and the
    characters of its text.

    `unscripted` also reads what is shown only where scripts or frames are not.
    """

    def __init__(self, unscripted: bool = False) -> None:
        self.lines: list[str] = []
        self.rows: list[Row] = []
        self.elements: list[Element] = []
        self.marks: list[Mark] = []
        self.ends: list[int] = []
        self.inline: list[tuple[int, int]] = []
        self._traits = _WITHOUT_SCRIPTS if unscripted else _TRAITS
        self._now: Now = (0, -1, -1, False, False, 0, _FLOW)
        self._outer: list[tuple[Closer | None, bool, int, int, Now] | None] = []
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
            elif (text := node.text_content) and (self._filled or self._now[_MODE] == _PRE or not text.isspace()):
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
        trait = self._traits[tag]
        if trait.empty:
            if trait.opener:
                trait.opener(self, node)
            return None
        child = node.first_child
        self._tags += 1
        if child is None and not trait.block and trait.opener is None:
            return None  # an icon, or what a script fills
        mark = mark_of(tag, node.attributes)
        if trait is _PLAIN and not mark.named and not mark.flags:
            self._outer.append(None)  # it says nothing of the text in it
        elif mark.flags & _HIDDEN and not trait.block:
            return None
        else:
            self._open(node, mark, trait)
        if child is None:
            self._leave()
        return child

    def _open(self, node: Any, mark: Mark, trait: _Trait) -> None:
        block, link, bold, lists, opener, closer, _ = trait
        outer = self._now
        flags, at, inner, linked, heavy, listed, mode = outer
        if block:
            if mode >= _HEADING:
                self._parts.append(" ")
                block = False
            else:
                if self._parts or self._flags:
                    self._flush()
                self._breaks = 0
        named = -1
        if block or mark.named:
            at = named = len(self.marks)
            self.marks.append(mark)
            self.ends.append(0)
            self.elements.append((inner, len(self.lines), len(self._outer) + 1, block, mark.kind))
            if block:
                inner = at
        self._outer.append((closer, block, named, self._chars, outer))
        self._now = (flags | mark.flags, at, inner, linked or link, heavy or bold, listed + lists, mode)
        if opener:
            opener(self, node)

    def _leave(self) -> None:
        opened = self._outer.pop()
        if opened is None:
            return
        closer, block, named, chars, outer = opened
        if closer:
            closer(self, outer)
        if block:
            if self._parts or self._flags:
                self._flush()
            self._breaks = 0
        if named >= 0:
            self.ends[named] = len(self.lines) + self._filled
            if not block:
                self.inline.append((named, self._chars - chars))
        self._now = outer

    def _image(self, node: Any) -> None:
        self._flags |= BIT["image"]

    def _text(self, text: str) -> None:
        mode = self._now[_MODE]
        if mode == _PRE:
            first, *others = _NEW_LINE.split(text)
            self._take(first)
            for other in others:
                self._flush()
                self._take(other)
        else:
            self._take(text.replace("|", "\\|") if mode == _ROW else text)

    def _take(self, text: str) -> None:
        self._parts.append(text)
        size = len(text.strip())
        if size:
            flags, _, _, link, bold, _, _ = self._now
            self._filled = True
            self._flags |= flags
            self._chars += size
            if link:
                self._link_chars += size
            if bold:
                self._bold_chars += size

    def _break(self, node: Any) -> None:
        if self._now[_MODE] >= _HEADING:
            self._parts.append(" ")
        else:
            self._flush()
            self._breaks += 1

    def _flush(self) -> None:
        """End the line. One without text is none, but inside code."""
        pre = self._now[_MODE] == _PRE
        if self._filled:
            text = "".join(self._parts)
            text = text.rstrip() if pre else _single_spaced(text)
            for paragraph in glued.paragraphs(text) if not pre and glued.is_suspect(text) else (text,):
                self._put(paragraph)
        elif pre and self._fence and self.lines[-1] and self._fence < len(self.lines):
            self._put("")
        self._begin_line()

    def _put(self, text: str) -> None:
        """Add a line behind its mark, with what was counted for it."""
        flags, _, block, _, _, _, _ = self._now
        # the root is an element, so there always is one
        tag, depth = self.marks[block].tag, self.elements[block][_DEPTH]
        flags, gap = self._flags | flags, min(self._breaks, 2)
        chars, linked, heavy = self._chars, self._link_chars, self._bold_chars
        self.lines.append(self._mark + text)
        self.rows.append((tag, block, chars, linked, heavy, self._links, self._tags, depth, flags, gap))
        self._mark = ""
        self._tags = self._breaks = 0

    def _set_mode(self, mode: int) -> None:
        flags, at, block, link, bold, lists, _ = self._now
        self._now = (flags, at, block, link, bold, lists, mode)

    # What single tags do as they begin and end

    def _begin_link(self, node: Any) -> None:
        self._links += 1
        # links side by side look apart without a space between them; a line with a link in it has begun
        self._parts.append(" " if self._link_end == len(self._parts) else "")

    def _end_link(self, outer: Now) -> None:
        self._link_end = len(self._parts)

    def _begin_item(self, node: Any) -> None:
        if self._now[_MODE] == _FLOW:
            self._mark = "  " * min(_DEEPEST_LIST, max(0, self._now[_LISTED] - 1)) + "- "

    def _end_marked(self, outer: Now) -> None:
        if outer[_MODE] == _FLOW:
            self._flush()
            self._mark = ""

    def _begin_heading(self, node: Any) -> None:
        if self._now[_MODE] == _FLOW:
            self._mark = _HEADINGS[node.tag]
            self._set_mode(_HEADING)

    def _begin_pre(self, node: Any) -> None:
        if self._now[_MODE] == _FLOW:
            self._set_mode(_PRE)
            if is_code(node):
                self._put("```")
                self._fence = len(self.lines)

    def _end_pre(self, outer: Now) -> None:
        self._flush()
        if outer[_MODE] == _FLOW and self._fence:
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
        self._data.append(self._now[_MODE] == _FLOW and holds_data(node))
        self._header = True

    def _end_table(self, outer: Now) -> None:
        self._data.pop()

    def _begin_row(self, node: Any) -> None:
        if self._now[_MODE] == _FLOW and self._data and self._data[-1]:
            self._mark, self._cells = "| ", 0
            self._set_mode(_ROW)

    def _end_row(self, outer: Now) -> None:
        if outer[_MODE] == _FLOW and self._now[_MODE] == _ROW:
            header = self._header and self._filled
            self._flush()
            if header:
                self._put("|" + " --- |" * self._cells)
                self._header = False
            self._mark = ""

    def _end_cell(self, outer: Now) -> None:
        if self._now[_MODE] == _ROW:
            self._parts.append(" | ")
            self._cells += 1

    def _begin_reading(self, node: Any) -> None:
        self._parts.append(_READING[0])

    def _end_reading(self, outer: Now) -> None:
        if self._parts[-1:] == [_READING[0]]:
            self._parts.pop()
        else:
            self._parts.append(_READING[1])


_VOID: dict[str, Opener] = {"br": Blocks._break, "img": Blocks._image}
_OPENERS: dict[str, Opener] = {
    "a": Blocks._begin_link,
    "li": Blocks._begin_item,
    "pre": Blocks._begin_pre,
    "rt": Blocks._begin_reading,
    "table": Blocks._begin_table,
    "tr": Blocks._begin_row,
    **dict.fromkeys(_HEADINGS, Blocks._begin_heading),
}
_CLOSERS: dict[str, Closer] = {
    "a": Blocks._end_link,
    "li": Blocks._end_marked,
    "pre": Blocks._end_pre,
    "rt": Blocks._end_reading,
    "table": Blocks._end_table,
    "tr": Blocks._end_row,
    "td": Blocks._end_cell,
    "th": Blocks._end_cell,
    **dict.fromkeys(_HEADINGS, Blocks._end_marked),
}


def _single_spaced(text: str) -> str:
    """Return a line with single spaces; most have no others, as two quick looks show: no blank but " " is printable."""
    if "  " in text or not text.isprintable():
        text = _SPACE.sub(" ", text)
    return text.strip()


class _Trait(NamedTuple):
    """What a tag does, whatever its attributes."""

    block: bool = False
    link: bool = False
    bold: bool = False
    lists: bool = False
    opener: Opener | None = None
    closer: Closer | None = None
    empty: bool = False
    """Nothing below it is read."""


class _Traits(dict[str, _Trait]):
    """What tags do. One that is not listed is plain, one that a site has made up a block; no element of a page has a
    name that begins with a hyphen: that is a comment.
    """

    def __missing__(self, tag: str) -> _Trait:
        if not tag or tag[0] == "-":
            return _IGNORED
        return _OTHER_BLOCK if "-" in tag else _PLAIN


_PLAIN, _OTHER_BLOCK, _IGNORED = _Trait(), _Trait(block=True), _Trait(empty=True)
_WITHOUT_SCRIPTS = _Traits({
    tag: _Trait(tag in _BLOCK, tag == "a", tag in _BOLD, tag in _LISTS, _OPENERS.get(tag), _CLOSERS.get(tag))
    for tag in (*_BLOCK, *_BOLD, *_LISTS, *_OPENERS, *_CLOSERS)
})  # fmt: skip
_WITHOUT_SCRIPTS |= {tag: _Trait(opener=opener, empty=True) for tag, opener in _VOID.items()}
_WITHOUT_SCRIPTS |= dict.fromkeys(_SKIPPED, _IGNORED)
_TRAITS = _Traits(_WITHOUT_SCRIPTS | dict.fromkeys(_UNSCRIPTED, _IGNORED))
