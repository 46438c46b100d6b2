"""What repair wants done to a line: an `Edit` of a stretch of it, or its `Exit` from the article.

Editors take the lines of a document and return, by the index of its line, what is to be done, in the order in
which it is to be done: edits from the last to the first, so that offsets hold, and an exit after all edits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple


class Edit(NamedTuple):
    """A stretch of a line that is to be replaced."""

    start: int
    before: str
    after: str
    name: str
    """The rule's id without its first part, e.g. ``mojibake/utf8-as-cp1252``."""


class Exit(NamedTuple):
    """A line that is to leave the article for a role, e.g. ``lost``."""

    role: str
    name: str
    """The rule's id without its first part."""


Work = Mapping[int, Sequence[Edit | Exit]]
"""What is to be done, by the index of its line."""


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Make edits in their order; quick where each stands before the one made before it.

    >>> apply("abc", [Edit(2, "c", "C", "any/x"), Edit(0, "a", "A", "any/x")])
    'AbC'
    """
    tail: list[str] = []
    limit = len(text)
    for edit in edits:
        end = edit.start + len(edit.before)
        if end > limit:
            text, tail = text[:limit] + "".join(reversed(tail)), []
            limit = len(text)
        tail += (text[end:limit], edit.after)
        limit = edit.start
    return text[:limit] + "".join(reversed(tail))


_QUOTED = ('""', "''", "“”", "‘’", "«»", "「」", "``")
_MOST_SHOWN = 2
"""Characters that a text shows of mojibake: with more it speaks."""
_SHOWING = re.compile(
    r"(?i)\b(?:instead|saw|seen?|shows?|shown|appears?|looks?|becomes?|became|turns?|turned|mojibake|garbled)\b"
    r"|变成|變成|显示|顯示|出现|出現|乱码|亂碼|вместо|видел|видит|выгляд|превра|крякозябр"
)


def is_shown(line: str, edit: Edit) -> bool:
    """Whether an author shows what mojibake looks like: a character or two in quotation marks, and a word of seeing."""
    end = edit.start + len(edit.before)
    around = line[max(0, edit.start - 1) : edit.start] + line[end : end + 1]
    return around in _QUOTED and len(edit.after) <= _MOST_SHOWN and _SHOWING.search(line) is not None


def marked_lines(pattern: re.Pattern[str], lines: Sequence[str]) -> Iterator[int]:
    """Yield the indices of the lines in which a pattern that cannot span lines is found."""
    text = "\n".join(lines)
    match = pattern.search(text)
    at = start = 0
    while match:
        at += text.count("\n", start, match.start())
        yield at
        at, start = at + 1, text.find("\n", match.start()) + 1
        match = pattern.search(text, start) if start else None
