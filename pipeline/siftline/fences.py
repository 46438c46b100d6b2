"""Code, between fences or not, and tables, as Markdown has them: lines that belong together whatever each is like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from .late import late

FENCE = "```"
FRAME = 0.7
"""Share of a text from which a fence stands around the article and not around code."""
_INDENTS = ("  ", "\t")
_SHORTEST_CODE = 2
_CODE = late(
    re.compile,
    r"[{}=$]|[)\]'\"];$|\w\(|\)\s*:?$|::|->|</|\[\w*\]|^\s*(?:#|//|@\w)"
    r"|^\s*(?:def|class|if|elif|else|for|while|try|except|finally|with|async|case|default)\b.*:$",
)
_SIGN = re.compile(r"[]{}=$();:>/#@]")
"""What every line has in which `_CODE` finds something, and text seldom has: found ten times as fast."""
_NO_CODE = late(re.compile, r"[\u0400-\u04ff\u3400-\u9fff]{12}|^\s*(?:[-*•·>|]|\d{1,3}[.)])\s")
"""What lines have that are text: many letters of other scripts, the mark of a list."""
_STOPS = late(re.compile, r"[a-z]{3}[.!?][\"')]?\s*$")
_RULE = late(re.compile, r"\s*\|?(?:\s*:?-{3,}:?\s*\|)+(?:\s*:?-{3,}:?\s*)?$")
"""The line below the head of a table."""
_CELLS = re.compile(r"\t[\t ]*| \| ")
"""What parts the cells of a row that was copied from a table."""
_FEWEST_CELLS = 3


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


def tables(texts: Sequence[str]) -> dict[int, int]:
    """Return where tables begin and where they end, as indices of their heads and last rows.

    >>> tables(["Tides:", "| Place | High |", "|---|---|", "| Quay | 4.1 |", "Done."]), tables(["a | b", "---"])
    ({1: 3}, {})
    """
    found: dict[int, int] = {}
    for at, text in enumerate(texts):
        if at and "|" in text and _RULE.match(text) and "|" in texts[at - 1]:
            end = at
            while end + 1 < len(texts) and "|" in texts[end + 1]:
                end += 1
            found[at - 1] = end
    return found


def rows(texts: Sequence[str]) -> dict[int, int]:
    r"""Return where rows of as many cells begin and where they end, parted by tabs or bars, of tables without Markdown.

    >>> rows(["Tides:", "Quay\t4.1\t9.3", "Long Sands\t3.8\t8.9", "a | b", "Done."])
    {1: 2}
    """
    found: dict[int, int] = {}
    begin, before = 0, 0
    for at, text in enumerate(texts):
        count = len(_CELLS.split(text.strip())) if "\t" in text or " | " in text else 0
        if count != before:
            begin, before = at, count
        elif count >= _FEWEST_CELLS:
            found[begin] = at
    return found


def code_in(texts: Sequence[str]) -> frozenset[int]:
    """Return the indices of the lines between the fences of code, of which no rule for lines of a site knows anything.

    >>> sorted(code_in(["To clear the screen, or all of it:", "```", "clear", "reset", "```"]))
    [2, 3]
    """
    if FENCE not in "\n".join(texts):
        return frozenset()
    most = FRAME * sum(map(len, texts))
    blocks = (range(begin + 1, end) for begin, end in fences(texts).items())
    return frozenset(at for block in blocks if sum(len(texts[at]) for at in block) <= most for at in block)


def indented(numbers: Sequence[int], texts: Sequence[str]) -> dict[int, int]:
    """Return where code without fences begins and where it ends, as the numbers of its lines: without the blanks before
    them it would say something else. `texts` are the lines that are not blank, and `numbers` say which they are.

    >>> indented([0, 2, 3, 5], ["It is:", "def light(lamp):", "    lamp.on()", "Done."])
    {2: 3}
    """
    if not any(text.startswith(_INDENTS) and _looks_like_code(above) for above, text in pairwise(texts)):
        return {}
    found: dict[int, int] = {}
    first, last = 0, len(texts) - 1
    while first < last:
        end = first + 1
        if _looks_like_code(texts[first]) and _goes_on(numbers, texts, end):
            while end <= last and _goes_on(numbers, texts, end):
                end += 1
            if _is_code(texts[first:end]):
                found[numbers[first]] = numbers[end - 1]
        first = end
    return found


def _looks_like_code(text: str) -> bool:
    return _SIGN.search(text) is not None and _CODE.search(text) is not None


def _goes_on(numbers: Sequence[int], texts: Sequence[str], place: int) -> bool:
    """Whether a line stands right below the one before it, or is indented below a blank line."""
    gap = numbers[place] - numbers[place - 1]
    return gap == 1 or (gap == 2 and texts[place].startswith(_INDENTS) and texts[place - 1].startswith(_INDENTS))


def _is_code(block: Sequence[str]) -> bool:
    """Whether some lines are code: half of them hold signs of it, and some stand further in than the others."""
    if len(block) < _SHORTEST_CODE or any(map(_NO_CODE.search, block)):
        return False
    if any(_STOPS.search(text) and not _looks_like_code(text) for text in block):
        return False
    deep = {len(text) - len(text.lstrip()) for text in block}
    further = max(deep) - min(deep) > 1 or any(text.startswith("\t") for text in block)
    return len(deep) > 1 and further and 2 * sum(map(_looks_like_code, block)) >= len(block)


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
