"""The report as one HTML page that needs nothing else: script, style and data are inside, the rest is forbidden.

The data are JSON in which `<` is escaped, so no text can end the element that holds them; the script puts every text in
as text. A document full of markup therefore shows as it is and does nothing.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable
from importlib import resources
from typing import Any

from . import markdown
from .compare import Both
from .measure import State, states

MOST_TEXT = 6_000_000
"""Characters of whole documents in the page, those that lose most first; the changes are all there anyway."""
LONGEST_LINE, LONGEST_CONTEXT = 3_000, 300
"""Characters shown of a line that changed, and of a line around it."""
_PLACE = re.compile(r"\{\{(\w+)\}\}")


def render(data: dict[str, Any], documents: Iterable[Both]) -> str:
    """Return the page of a report; `documents` are those that it shows, see MOST_TEXT."""
    content = {**data, "groups": [_group(group) for group in data["groups"]]}
    content |= {"summary": markdown.summary(data, plain=True), "texts": dict(map(_text, documents))}
    style, script = _part("page.css"), _part("page.js")
    sources = f"script-src '{_hash(script)}'; style-src '{_hash(style)}'"
    parts = {
        "policy": f"default-src 'none'; {sources}; base-uri 'none'; form-action 'none'",
        "style": style,
        "script": script,
        "data": escaped(content),
    }
    return _PLACE.sub(lambda match: parts[match[1]], _part("page.html"))


def escaped(content: Any) -> str:
    r"""Return JSON that can stand inside a script element.

    >>> escaped("</script><!--")
    '"\\u003c/script>\\u003c!--"'
    """
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return re.sub("[\u2028\u2029\ud800-\udfff]", lambda match: f"\\u{ord(match[0]):04x}", text)


def _part(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _group(group: dict[str, Any]) -> dict[str, Any]:
    return {**group, "changes": [_change(change) for change in group["changes"]]}


def _change(change: dict[str, Any]) -> dict[str, Any]:
    out = dict(change)
    for name in ("text", "before", "after"):
        if isinstance(out.get(name), str):
            out[name] = _cut(out[name], LONGEST_LINE)
    for name in ("above", "below"):
        out[name] = [_cut(text, LONGEST_CONTEXT) for text in out[name]]
    return out


def _cut(text: str, size: int) -> str:
    return text if len(text) <= size else text[: size - 1] + "…"


def _text(both: Both) -> tuple[str, list[Any]]:
    """Return the id of a document, and its lines before and after."""
    pairs = zip(states(both.item, both.base), states(both.item, both.head), strict=False)
    return both.item.id, [_line(old, new) for old, new in pairs]


def _line(old: State, new: State) -> Any:
    """Return a line that nothing changed as a text, any other with what both sides made of it, and by which rule."""
    if old.kept and new.kept and old.text == new.text == old.source:
        return _cut(old.source, LONGEST_LINE)
    return [_cut(old.source, LONGEST_LINE), *_shown(old), *_shown(new)]


def _shown(state: State) -> tuple[str | None, str]:
    rule = state.rules[-1] if state.rules else ""
    return (_cut(state.text, LONGEST_LINE) if state.kept else None), rule
