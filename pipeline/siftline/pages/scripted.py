"""The article of a page that a script fills, from the data that the page brings along for the script."""

from __future__ import annotations

import html
import json
import re
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import unquote

from .values import MARKUP

_STATE = re.compile(r"(?:window|self)\.[A-Za-z_$][\w$]*\s*=\s*(?:JSON\.parse\(\s*(?=\")|(?=[{\[]))")
"""How a script takes over data: `window.__INITIAL_STATE__ = {…}`, or such data in a string, `JSON.parse("{…}")`."""
_BODY = re.compile(r"(?:article|review|post|story)?_?(?:body|content|text|html)(?:_?(?:html|text))?", re.I)
"""What the text of an article is called in them."""
_PARAGRAPH = re.compile(r"<p[\s>]", re.I)
_DECODER = json.JSONDecoder(strict=False)
_SHORTEST, _LONGEST, _MOST_VALUES = 300, 5_000_000, 100_000


def article(tree: Any) -> str:
    """Return the longest text in the data of a page that is called its body or has paragraphs, as HTML; "" for none.

    >>> from selectolax.lexbor import LexborHTMLParser
    >>> data = {"props": {"post": {"body": "<p>They are back.</p>" * 20}}}
    >>> page = LexborHTMLParser(f"<div id=app></div><script type='application/json'>{json.dumps(data)}</script>")
    >>> article(page)[:40]
    '<p>They are back.</p><p>They are back.</'
    """
    found = (text for value in _values(tree) for text in _texts(value))
    best = max(found, key=lambda text: len(MARKUP.sub("", text)), default="")
    if "<" in best and MARKUP.search(best):
        return best
    return "".join(f"<p>{html.escape(line)}</p>" for line in best.splitlines() if line.strip())


def _values(tree: Any) -> Iterator[Any]:
    """Yield the values in JSON that a page has in its scripts."""
    for node in tree.css("script"):
        kind, text = node.attributes.get("type") or "", node.text()
        if not _SHORTEST <= len(text) <= _LONGEST:
            continue
        begin = 0 if "json" in kind else next((match.end() for match in _STATE.finditer(text, 0, 2000)), -1)
        if begin >= 0:
            with suppress(ValueError, RecursionError):
                yield _value(text[begin:].lstrip())


def _value(text: str) -> Any:
    """Return the value with which a text begins; that may be in a string, or in the characters of an address.

    >>> _value('"[1]") || 2'), _value("%5B1%5D")
    ([1], [1])
    """
    value = _DECODER.raw_decode(unquote(text) if text.startswith("%") else text)[0]
    return _DECODER.raw_decode(value)[0] if isinstance(value, str) else value


def _texts(value: Any) -> Iterator[str]:
    """Yield the texts in a value that may be an article."""
    waiting = deque([("", value)])
    for _ in range(_MOST_VALUES):
        if not waiting:
            return
        name, one = waiting.popleft()
        if isinstance(one, dict):
            waiting.extend(one.items())
        elif isinstance(one, list):
            waiting.extend((name, inner) for inner in one)
        elif isinstance(one, str) and len(one) >= _SHORTEST and _is_article(name, one):
            yield one


def _is_article(name: str, text: str) -> bool:
    """Whether a text has paragraphs, or a name that says so and words."""
    words = " " in text or not text.isascii()
    return len(_PARAGRAPH.findall(text)) > 1 or (words and _BODY.fullmatch(name) is not None)
