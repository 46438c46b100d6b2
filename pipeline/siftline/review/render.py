"""The forms in which a report is written."""

from __future__ import annotations

import json
from typing import Any

from . import markdown, page
from .review import Review


def render(form: str, data: dict[str, Any], found: Review) -> str:
    """Return a report in one of FORMATS."""
    if form == "json":
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    return page.render(data, found.changes.shown) if form == "html" else markdown.render(data)
