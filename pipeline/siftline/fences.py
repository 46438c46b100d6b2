"""Code between fences, as Markdown has it: lines that belong together whatever each of them looks like."""

from __future__ import annotations

from collections.abc import Sequence

FENCE = "```"


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
