"""What a table or preformatted text is used for: data or layout, code or prose."""

from __future__ import annotations

import re
from typing import Any

_SYMBOLS = re.compile(r"[{}\[\]<>;=$&|\\#]|\w\(")
_CODE_SHARE = 0.03
"""Share of brackets and operators from which preformatted text is code; prose has about 0.01 of them."""
_CODE_CLASS = re.compile(r"code|highlight|brush|prettyprint|lang(?:uage)?-|terminal|console", re.I)
_CODE_AROUND = re.compile(r"(?<![a-z])(?:source-?)?(?:code|highlight)(?![a-z])", re.I)
_LONGEST_HEADING = 300
"""Characters of a heading beyond which it is looked at whether it is one."""
_LONGEST_CELL = 500
"""Characters in a cell beyond which a table lays out the page and holds no data."""
_MOST_BLOCKS = 5
"""Blocks in a cell beyond which it does: of the tables of 870 pages with more none holds data."""
_TELLING_NAME = re.compile(r"[A-Za-z]{4}")
"""What a class is called that says what is in the element, and not `s1` or `c12` for a piece of a sentence."""
_LABEL = re.compile(
    r"(?:(?:信息|文章|稿件)?来源|稿源|作者|(?:责任)?编辑|责编|记者|发布(?:时间|日期|机构|于)?|更新(?:时间|于)|时间|日期|字体|字号|字数"
    r"|(?:浏览|点击|阅读|访问)(?:次数|数|量|率)?|IP ?属地)(?:\s*[:：]|\s+\d)|(?:19|20)\d\d[-/.年]\d"
)
"""What a piece of the line below a Chinese headline begins with."""
_PIECES, _SHORTEST_PIECE = frozenset({"span", "a", "time", "small", "label"}), 3
_NUMBERING = frozenset({"span", "b", "i", "em", "strong", "small"})
_NUMBER, _WORD = re.compile(r"\d{1,3}[.、)]?"), re.compile(r"[^\W\d_a-zа-яё\u3400-\u9fff][^\W\d_A-ZА-ЯЁ\u3400-\u9fff]")
"""The number of a heading, and a capital before a small letter."""
_MOST_SPANNED = 30
"""Columns or rows that a cell of a table of data takes at most."""
_SENTENCE = 20
"""Characters of a cell on average from which a table may hold a text and its translation side by side."""
_HAN, _MOSTLY_HAN = re.compile("[\u3400-\u9fff]"), 0.6
_NO_DATA = frozenset({
    "table", "form", "h1", "h2", "h3", "article", "section", "pre", "iframe", "input", "textarea", "select",
})  # fmt: skip


def is_code(pre: Any) -> bool:
    """Whether preformatted text is code and not, as on many old pages, the article itself.

    >>> from selectolax.lexbor import LexborHTMLParser
    >>> page = LexborHTMLParser("<pre>if (a) { b(); }</pre><pre>The ferry (it was late).</pre>")
    >>> [is_code(node) for node in page.css("pre")]
    [True, False]
    """
    if pre.css_first("code") is not None or _CODE_CLASS.search(_classes(pre)):
        return True
    if pre.parent is not None and _CODE_AROUND.search(_classes(pre.parent)):
        return True
    text = pre.text()
    return len(_SYMBOLS.findall(text)) > _CODE_SHARE * len(text)


def _classes(node: Any) -> str:
    return node.attributes.get("class") or ""


def holds_page(heading: Any) -> bool:
    """Whether a heading that nobody has ended holds the paragraphs behind it.

    >>> from selectolax.lexbor import LexborHTMLParser
    >>> page = LexborHTMLParser(f"<h1>Ferries<p>{'They are back. ' * 30}</div><h2>Ferries</h2>")
    >>> [holds_page(node) for node in page.css("h1,h2")]
    [True, False]
    """
    return len(heading.text()) > _LONGEST_HEADING and heading.css_first("p,div,br,table") is not None


def number_of(heading: Any) -> str:
    """Return the number that an element at the beginning of a heading holds, where the words are glued to it.

    >>> from selectolax.lexbor import LexborHTMLParser
    >>> page = LexborHTMLParser("<h2><i>1.</i>Oars</h2><h2><i>3</i>D</h2><h2>10 oars</h2>")
    >>> [number_of(node) for node in page.css("h2")]
    ['1.', '', '']
    """
    first = heading.first_child
    while first is not None and first.tag == "-text" and first.text_content.isspace():
        first = first.next
    if first is None or first.tag not in _NUMBERING or not _NUMBER.fullmatch(number := first.text().strip()):
        return ""
    follower = first.next
    words = "" if follower is None else follower.text_content or "" if follower.tag == "-text" else follower.text()
    return number if _WORD.match(words) or (number[0] == "0" and _HAN.match(words)) else ""


def holds_data(table: Any) -> bool:
    """Whether a table holds data and does not lay out the page: rows and columns of brief cells, no table inside.

    >>> from selectolax.lexbor import LexborHTMLParser
    >>> page = LexborHTMLParser("<table><tr><th>May<td>31<tr><th>June<td>30</table><table><tr><td>Home<td>News</table>")
    >>> [holds_data(node) for node in page.css("table")]
    [True, False]
    """
    if table.attributes.get("role") in ("presentation", "none"):
        return False
    rows = cells = size = whole = blocks = 0
    for node in table.traverse(include_text=True):
        tag = node.tag
        if tag in ("div", "p"):
            blocks += 1
            if blocks > _MOST_BLOCKS:
                return False
        elif tag == "-text":
            more = len(node.text_content.strip())
            size += more
            whole += more
            if size > _LONGEST_CELL:
                return False
        elif tag in ("td", "th"):
            cells, size, blocks = cells + 1, 0, 0
        elif tag == "tr":
            rows += 1
        elif tag in _NO_DATA and node.mem_id != table.mem_id:
            return False
    if rows < 2 or cells < 2 * rows - 1:
        return False
    return whole < _SENTENCE * cells or not _is_bilingual(table)


def _is_bilingual(table: Any) -> bool:
    """Whether most rows have a sentence in Chinese beside one in letters: a text and its translation."""
    rows = [
        [len(_HAN.findall(cell.text())) / max(1, len(cell.text())) for cell in row.css("td")] for row in table.css("tr")
    ]
    both = sum(max(shares) > _MOSTLY_HAN and min(shares) < 1 - _MOSTLY_HAN for shares in rows if len(shares) == 2)
    return 2 * both > len(rows)


def is_label(node: Any) -> bool:
    """Whether an inline element stands apart from the one right before it, though nothing parts them: an author and a
    date, each with a class that says so, a label, or a capital behind a small letter, in an element without text of its
    own. Style sheets keep such labels apart.

    >>> from selectolax.lexbor import LexborHTMLParser
    >>> apart, joined = "<b class=name>Ann Lee</b><i class=date>1 May</i>", "<b class=bold>Ma</b><i class=slant>y</i> 1"
    >>> [is_label(node) for node in LexborHTMLParser(f"<p>{apart}<p>{joined}").css("i")]
    [True, False]
    """
    before = node.prev
    if before is None or before.tag[0] == "-":
        return False
    text, other = node.text().lstrip(), before.text()
    if not text[:1].isalnum() or "/" in text or "/" in other:  # an address in pieces is one
        return False
    named = _is_named(node) and (_is_named(before) or before.tag == "a")
    if not (named or _LABEL.match(text) or _is_capital(before, other.rstrip(), node, text)):
        return False
    around = node.parent.iter(include_text=True)
    return not any(child.tag == "-text" and not child.text_content.isspace() for child in around)


def _is_capital(before: Any, ends: str, node: Any, begins: str) -> bool:
    """Whether a word ends and another one begins where two elements meet, as capitals and numbers show."""
    if before.tag not in _PIECES or node.tag not in _PIECES or min(len(ends), len(begins)) < _SHORTEST_PIECE:
        return False
    one, other = ends[-1], begins[0]
    return (one.islower() and (other.isupper() or other.isdecimal())) or (one.isdecimal() and other.isupper())


def _is_named(node: Any) -> bool:
    return node.tag == "time" or _TELLING_NAME.search(node.attrs.get("class") or "") is not None


def cell_spans(cell: Any) -> tuple[int, int]:
    """Return how many columns and rows a cell of a table takes."""
    attributes = cell.attributes
    if "colspan" not in attributes and "rowspan" not in attributes:
        return 1, 1
    return _span(attributes.get("colspan")), _span(attributes.get("rowspan"))


def _span(value: str | None) -> int:
    return min(int(value), _MOST_SPANNED) if value and value.isdecimal() and int(value) else 1
