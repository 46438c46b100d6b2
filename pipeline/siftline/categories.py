"""What changes are counted under, in the table and on the page of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from .document import META_ROLES

CATEGORIES = (
    "chrome", "spam", "markup", "duplicate", "layout", "front matter", "repair", "leftovers", "lost", "other",
)  # fmt: skip
"""What a change can be counted under, in the order in which the page names them."""

QUIET = frozenset({"layout", "lost", "other"})
"""Categories that the page names only where something is counted under them."""
_STAGE_CATEGORY = {"harvest": "front matter", "decode": "repair", "joined": "repair"}


def category(change: Mapping[str, Any]) -> str:
    """Return what a change of a record is counted under, one of CATEGORIES.

    >>> category({"rule": "chrome/en/share-bar", "role": "chrome/share-bar"})
    'chrome'
    >>> category({"rule": "harvest/en/byline", "role": "author"})
    'front matter'
    """
    role = change.get("role")
    if role in META_ROLES:
        return "front matter"
    stage = str(role or change["rule"]).partition("/")[0]
    name = _STAGE_CATEGORY.get(stage, stage)
    return name if name in CATEGORIES else "other"


def counted(changes: Iterable[Mapping[str, Any]]) -> Counter[str]:
    """Count the changes of a record by `category`."""
    counts: Counter[str] = Counter()
    for (role, rule), count in Counter((change.get("role"), change["rule"]) for change in changes).items():
        counts[category({"role": role, "rule": rule})] += count
    return counts
