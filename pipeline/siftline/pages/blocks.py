"""Walking a parsed page: its visible text as block lines, and for each line and element what the markup says.

A line is what a browser would begin anew: block elements and `<br>` break it, inline elements do not. `Blocks`
collects plain lists; hints.py makes arrays of them. The walk is iterative, so no page is too deep for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from . import formulas, lists
from .lines import FLOWING, HEADING, MODE, PRE, Now
from .marks import BIT, BLOCK, DRAWN, QUOTATION, UNSHOWN, Mark, mark_of
from .pieces import TO_NOTE, Pieces
from .shapes import holds_page, is_code, is_label, number_of

_BLOCK = frozenset({
    "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "tr", "dt", "dd", "blockquote", "pre",
    "figcaption", "caption", "section", "article", "main", "header", "footer", "nav", "aside", "form", "button",
    "address", "summary", "legend", "center", "body", "fieldset", "details", "ul", "ol", "dl", "table", "figure",
    "dir", "frameset", "noframes", "hgroup", "hr", "html", "menu", "search", "tbody", "thead", "tfoot", "noscript",
    "dialog", "optgroup", "marquee",
})  # fmt: skip
_SKIPPED = frozenset({
    "head", "style", "template", "svg", "iframe", "object", "embed", "applet", "canvas", "audio", "video",
    "map", "select", "datalist", "textarea", "title", "annotation", "annotation-xml", "link", "meta", "rp",
    "amp-ad", "amp-embed", "amp-sticky-ad",
})  # fmt: skip
_HEADINGS = {f"h{level}": "#" * level + " " for level in range(1, 7)}
_SENTENCES = frozenset({"p", "span", "a", "em", "strong", "b", "i", "u", "small", "label", *_HEADINGS})
"""What holds no blocks: an element in it that a site has made up is a piece of its text."""
_UNSCRIPTED = frozenset({"noscript", "noframes", "noembed"})
_CODE = BIT["code"]
_UNUSUAL = BIT["hidden"] | BIT["button"] | UNSHOWN | DRAWN | QUOTATION | BLOCK
"""Flags of elements that are not read, or read in another way than their tags say."""
_BACK = frozenset({"↩", "↩\ufe0e", "↩\ufe0f", "↑", "¶"})
"""Links of notes to where they belong, and of definitions to themselves."""
_PERMALINKS = _BACK | {"#", "§", "🔗"}
_SIGN = 4
_INLINE_CODE = ("code", "kbd", "samp")
_BOLD, _LISTS = frozenset({"b", "strong"}), frozenset({"ul", "ol", "menu", "dir"})
_DEEPEST_LIST = 8


Opener = Callable[["Blocks", Any], None]
Closer = Callable[["Blocks", Now], None]


class Blocks(Pieces):
    """The walk over a page, which collects its lines; `permalinks` has the sign in a heading that links to it, by the
    number of the line. `unscripted` also reads what is shown only where scripts or frames are not.
    """

    def __init__(self, unscripted: bool = False) -> None:
        super().__init__()
        self.permalinks: dict[int, str] = {}
        self._traits = _WITHOUT_SCRIPTS if unscripted else _TRAITS
        self._outer: list[tuple[Closer | None, bool, int, int, Now] | None] = []
        self._lists: list[lists.Numbering | None] = []
        self._number = ""
        self._attributes: dict[str, str | None] = {}

    def walk(self, root: Any) -> None:
        """Read the tree below a node of selectolax."""
        above: list[Any] = []
        node = root
        while node is not None:
            child = None
            if not node.is_text_node:
                child = self._enter(node, node.tag)
            elif self._filled or not node.is_empty_text_node or self._now[MODE] == PRE:
                text = node.text_content
                if text and (self._filled or self._now[MODE] == PRE or not text.isspace()):
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
        if trait is _OTHER_BLOCK and node.parent is not None and node.parent.tag in _SENTENCES:
            trait = _PLAIN
        if trait.empty:
            if trait.opener:
                trait.opener(self, node)
            return None
        child = node.first_child
        self._tags += 1
        if child is None and not trait.block and trait.opener is None:
            return None  # an icon, or what a script fills
        attributes = self._attributes = node.attributes
        if trait.link and "href" not in attributes and ("name" in attributes or "id" in attributes):
            trait = _TARGET
        mark = mark_of(tag, attributes)
        if trait is _PLAIN and not mark.named and not mark.flags:
            if self._filled and self._is_apart(node):
                self._parts.append(" ")
            self._outer.append(None)  # it says nothing of the text in it
        elif mark.flags & _UNUSUAL:
            if self._is_passed_over(node, mark.flags, trait.block):
                return None
            if mark.flags & BLOCK and self._glued():
                self._parts.append(" ")
            self._open(node, mark, _QUOTING if mark.flags & QUOTATION else trait)
        else:
            self._open(node, mark, trait)
        if child is None:
            self._leave()
        return child

    def _is_passed_over(self, node: Any, flags: int, block: bool) -> bool:
        """Take what stands for an element that is not read; return whether it is one."""
        if flags & DRAWN and (formula := formulas.drawn(node)) is not None:
            self._take_formula(formula)
            return True
        if flags & BIT["button"] and self._now[MODE] == HEADING and self._filled:
            return True  # it copies the heading's address, or edits its section
        unread = bool(flags & UNSHOWN) or (flags & BIT["hidden"] > 0 and not block)
        if (
            unread and self._filled and node.text() == "+"
        ):  # between a whole number and a fraction, which is drawn small
            self._take("+")
        return unread

    def _is_apart(self, node: Any) -> bool:
        """Whether an element inside a line begins with a word of its own, though no space is before it."""
        return self._glued() and is_label(node)

    def _glued(self) -> bool:
        """Whether what comes next would be glued to a word, which is no code."""
        if not self._filled or not self._parts[-1][-1:].isalnum():
            return False
        return self._now[MODE] != PRE and not self._now[0] & _CODE

    def _open(self, node: Any, mark: Mark, trait: _Trait) -> None:
        block, link, bold, opener, closer, _ = trait
        outer = self._now
        flags, at, inner, linked, heavy, mode = outer
        if block:
            if mode >= HEADING:
                self._parts.append(" ")
                block = False
            else:
                if self._parts or self._flags:
                    self._flush()
                self._breaks = 0
        elif self._filled and self._is_apart(node):
            self._parts.append(" ")
        named = -1
        if block or mark.named:
            at = named = len(self.marks)
            self.marks.append(mark)
            self.ends.append(0)
            self.elements += (inner, len(self.lines), len(self._outer) + 1, block, mark.kind)
            if block:
                inner = at
        self._outer.append((closer, block, named, self._chars, outer))
        self._now = (flags | mark.flags, at, inner, linked or link, heavy or bold, mode)
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
                self.inline += (named, self._chars - chars)
        self._now = outer

    def _image(self, node: Any) -> None:
        self._flags |= BIT["image"]
        if formulas.is_picture(node):
            self._take_formula(formulas.of_tex(node.attributes.get("alt") or ""))

    def _formula(self, node: Any) -> None:
        self._take_formula(formulas.of_math(node))

    def _script(self, node: Any) -> None:
        if formulas.is_source(node):
            self._take_formula(formulas.of_tex(node.text(), display="display" in node.attributes["type"]))

    def _take_formula(self, text: str) -> None:
        """Take a formula, but the same one only once: pages have them as a picture, as MathML and drawn."""
        if text and text not in self._parts[-2:]:
            self._text(text)

    def _break(self, node: Any) -> None:
        if self._now[MODE] >= HEADING:
            self._parts.append(" ")
        else:
            self._flush()
            self._breaks += 1

    # What single tags do as they begin and end

    def _begin_link(self, node: Any) -> None:
        self._links += 1
        # links side by side look apart without a space between them; a line with a link in it has begun
        self._parts.append(" " if self._link_end == len(self._parts) else "")
        self._note = len(self._parts) if TO_NOTE.match(self._attributes.get("href") or "") else 0

    def _end_link(self, outer: Now) -> None:
        if self._note:
            self._put_note(self._note)
        if self._parts and len(self._parts[-1]) <= _SIGN and (sign := self._parts[-1].strip()) in _PERMALINKS:
            if outer[MODE] == HEADING:
                self.permalinks[len(self.lines)] = sign
            elif sign in _BACK:
                self._parts.pop()
                self._filled = self._chars > len(sign)
        self._link_end = len(self._parts)

    def _begin_list(self, node: Any) -> None:
        self._lists.append(lists.Numbering(node) if node.tag == "ol" else None)

    def _end_list(self, outer: Now) -> None:
        self._lists.pop()

    def _begin_item(self, node: Any) -> None:
        if self._now[MODE] == FLOWING:
            self._put_held()
            numbering = self._lists[-1] if self._lists else None
            mark = numbering.mark(node) if numbering else lists.HYPHEN
            around = self._lists[:-1][:_DEEPEST_LIST]
            self._mark = " " * sum(3 if outer else 2 for outer in around) + mark

    def _end_marked(self, outer: Now) -> None:
        if outer[MODE] == FLOWING:
            if self._number:
                self._part_number()
            self._flush()
            self._put_held()
            self._mark = ""

    def _begin_heading(self, node: Any) -> None:
        if self._now[MODE] == FLOWING and not holds_page(node):
            self._put_held()
            self._mark = _HEADINGS[node.tag]
            self._set_mode(HEADING)
            self._number = number_of(node)

    def _part_number(self) -> None:
        """Let the number of a heading stand apart from its words."""
        text = "".join(self._parts).lstrip()
        if not self._code and text.startswith(self._number):
            self._parts = [self._number, " ", text[len(self._number) :]]
        self._number = ""

    def _begin_pre(self, node: Any) -> None:
        if self._now[MODE] == FLOWING:
            self._set_mode(PRE)
            if is_code(node):
                self._put_held()
                self._mark = ""  # of an item that has nothing before its code
                self._put("```")
                self._fence = len(self.lines)

    def _end_pre(self, outer: Now) -> None:
        self._flush()
        if outer[MODE] == FLOWING and self._fence:
            while not self.lines[-1]:
                self._drop_line()
            if len(self.lines) > self._fence:
                self._put("```")
            else:
                self._drop_line()
            self._fence = 0

    def _begin_quotation(self, node: Any) -> None:
        self._quotations += self._now[MODE] == FLOWING

    def _end_quotation(self, outer: Now) -> None:
        if outer[MODE] == FLOWING:
            self._flush()
            self._quotations -= 1


_VOID: dict[str, Opener] = {
    "br": Blocks._break,
    "img": Blocks._image,
    "math": Blocks._formula,
    "script": Blocks._script,
}
_OPENERS: dict[str, Opener] = {
    "a": Blocks._begin_link,
    "blockquote": Blocks._begin_quotation,
    "cite": Blocks._begin_cite,
    "li": Blocks._begin_item,
    "pre": Blocks._begin_pre,
    "q": Blocks._begin_quote,
    "rt": Blocks._begin_reading,
    "sup": Blocks._begin_raised,
    "table": Blocks._begin_table,
    "td": Blocks._begin_cell,
    "th": Blocks._begin_cell,
    "tr": Blocks._begin_row,
    **dict.fromkeys(_INLINE_CODE, Blocks._begin_code),
    **dict.fromkeys(_LISTS, Blocks._begin_list),
    **dict.fromkeys(_HEADINGS, Blocks._begin_heading),
}
_CLOSERS: dict[str, Closer] = {
    "a": Blocks._end_link,
    "blockquote": Blocks._end_quotation,
    "cite": Blocks._end_cite,
    "li": Blocks._end_marked,
    "pre": Blocks._end_pre,
    "q": Blocks._end_quote,
    "rt": Blocks._end_reading,
    "sup": Blocks._end_raised,
    "table": Blocks._end_table,
    "tr": Blocks._end_row,
    "td": Blocks._end_cell,
    "th": Blocks._end_cell,
    **dict.fromkeys(_INLINE_CODE, Blocks._end_code),
    **dict.fromkeys(_LISTS, Blocks._end_list),
    **dict.fromkeys(_HEADINGS, Blocks._end_marked),
}


class _Trait(NamedTuple):
    """What a tag does, whatever its attributes."""

    block: bool = False
    link: bool = False
    bold: bool = False
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
        return _OTHER_BLOCK if "-" in tag and not tag.startswith("mjx-") else _PLAIN  # those of MathJax 3 are formulas


_TARGET = _Trait()
"""What an anchor is that links lead to, and none itself: old pages do not end it, and it goes on around the article."""
_QUOTING = _Trait(block=True, opener=Blocks._begin_quotation, closer=Blocks._end_quotation)
_PLAIN, _OTHER_BLOCK, _IGNORED = _Trait(), _Trait(block=True), _Trait(empty=True)
_WITHOUT_SCRIPTS = _Traits({
    tag: _Trait(tag in _BLOCK, tag == "a", tag in _BOLD, _OPENERS.get(tag), _CLOSERS.get(tag))
    for tag in (*_BLOCK, *_BOLD, *_OPENERS, *_CLOSERS)
})  # fmt: skip
_WITHOUT_SCRIPTS |= {tag: _Trait(opener=opener, empty=True) for tag, opener in _VOID.items()}
_WITHOUT_SCRIPTS |= dict.fromkeys(_SKIPPED, _IGNORED)
_TRAITS = _Traits(_WITHOUT_SCRIPTS | dict.fromkeys(_UNSCRIPTED, _IGNORED))
