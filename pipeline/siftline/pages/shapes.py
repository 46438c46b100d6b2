"""What a table or preformatted text is used for: data or layout, code or prose."""

from __future__ import annotations

import re
from typing import Any

_SYMBOLS = re.compile(r"[{}\[\]<>;=$&|\\#]|\w\(")
_CODE_SHARE = 0.03
"""Share of brackets and operators from which preformatted text is code; prose has about 0.01 of them."""
_CODE_CLASS = re.compile(r"code|highlight|brush|prettyprint|lang(?:uage)?-|terminal|console", re.I)
_LONGEST_CELL = 500
"""Characters in a cell beyond which a table lays out the page and holds no data."""
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
    if pre.css_first("code") is not None or _CODE_CLASS.search(pre.attributes.get("class") or ""):
        return True
    text = pre.text()
    return len(_SYMBOLS.findall(text)) > _CODE_SHARE * len(text)


def holds_data(table: Any) -> bool:
    """Whether a table holds data and does not lay out the page: rows and columns of brief cells, no table inside.

    >>> from selectolax.lexbor import LexborHTMLParser
    >>> page = LexborHTMLParser("<table><tr><th>May<td>31<tr><th>June<td>30</table><table><tr><td>Home<td>News</table>")
    >>> [holds_data(node) for node in page.css("table")]
    [True, False]
    """
    if table.attributes.get("role") in ("presentation", "none"):
        return False
    rows = cells = size = 0
    for node in table.traverse(include_text=True):
        tag = node.tag
        if tag == "-text":
            size += len(node.text_content.strip())
            if size > _LONGEST_CELL:
                return False
        elif tag in ("td", "th"):
            cells, size = cells + 1, 0
        elif tag == "tr":
            rows += 1
        elif tag in _NO_DATA and node.mem_id != table.mem_id:
            return False
    return rows >= 2 and cells >= 2 * rows - 1
