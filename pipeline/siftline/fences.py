"""Code between fences and tables, as Markdown has them: lines that belong together whatever each of them looks like."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .late import late

FENCE = "```"
_RULE = late(re.compile, r"\s*\|?(?:\s*:?-{3,}:?\s*\|)+(?:\s*:?-{3,}:?\s*)?$")
"""The line below the head of a table."""


def fences(texts: Sequence[str]) -> dict[int, int]:
    """Return where code begins and where it ends, as indices of the lines with the fences; blanks around a fence count
    for nothing.

    >>> fences(["Light it:", "```python", "light(lamp)", "```", "Done."]), fences(["```", "never closed"])
    ({1: 3}, {})
    """
    found: dict[int, int] = {}
    begin = None
    for at, text in enumerate(texts):
        if "`" in text and (bare := text.strip()).startswith(FENCE):  # one character is found at once
            if begin is not None and bare == FENCE:
                found[begin] = at
                begin = None
            else:
                begin = at
    return found


def in_table(texts: Sequence[str], at: int) -> bool:
    """Whether a line is part of a table: its head, the rule below that, or a row.

    >>> rows = ["| 中文 | English |", "|---|---|", "| 潮汐 | tide |", "| a | b |"]
    >>> [in_table(rows, at) for at in range(4)], in_table(rows[2:], 0)
    ([True, True, True, True], False)
    """
    if "|" not in texts[at]:
        return False
    if at + 1 < len(texts) and _RULE.match(texts[at + 1]):
        return True
    while at and "|" in texts[at]:
        if _RULE.match(texts[at]):
            return "|" in texts[at - 1]
        at -= 1
    return False
