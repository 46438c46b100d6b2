"""Chinese punctuation that was folded to ASCII, ，：；！？（） to ,:;!?(), and how it is given back.

Normalizing to NFKC and many cleaners fold it; then all of a document's marks are ASCII, with no space behind them as
a typist would set. Only such a document gets them back, and only where Chinese stands beside the mark: numbers,
times, addresses, Latin phrases and code stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..late import late
from . import census
from .census import Census
from .edits import Edit, Work

_WIDE = dict(zip(",:;!?()", "，：；！？（）", strict=True))
_MARKS = ",:;!?"
WIDE = "[，：；！？（）]"
_HAN = "\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CLOSING, _OPENING = "”’」』》〉】〕）", "“‘「『《〈【〔（"
_CHINESE = f"{_HAN}{_CLOSING}{_OPENING}，。、；：？！…—～％℃"
BEFORE = f"[{_HAN.partition(chr(0x20000))[0]}{_CLOSING}]"
"""What stands before a mark of which there is no doubt; above U+FFFF `census` takes all for Chinese."""
_IS_CHINESE = late(re.compile, f"[{_CHINESE}]")
_SURE = late(
    re.compile,
    f"[,;:](?<=[{_HAN}{_CLOSING}].)(?=[{_HAN}{_OPENING}])|[!?](?<=[{_HAN}{_CLOSING}].)(?:$|(?=[{_HAN}{_CLOSING}{_OPENING}]))",
)
"""A mark of which there is no doubt: Chinese on both sides, or before it and then the line's end."""
_LEAST = 3
"""Marks without doubt that a document must have."""
_MOST_KEPT = 0.05
"""Share of wide marks, of these and the folded ones, that a document may have: they came with another's text."""
_ADDRESS = late(
    re.compile, r"(?:[a-zA-Z][a-zA-Z0-9+.-]*://|www\.|mailto:)[!-~]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII
)
_MARK = late(re.compile, "[,:;!?()]")
_SMILEY = late(re.compile, r"[:;]-?[()DPp3*](?![A-Za-z])")
_WORD_BEFORE = late(re.compile, rf"(?:^|[{_CHINESE}]) ?[A-Za-z0-9.%+/&·@_-]+$")
_WORD_AFTER = late(re.compile, rf"[A-Za-z0-9.%+/&·@_-]+ ?(?:$|[{_CHINESE}])")
_LONGEST_WORD, _LONGEST_BRACKET = 30, 500
_CODE = late(re.compile, r"[{}\\]|;\s*//|==|=>|->|</|/>|;\s*$|^\s*(?://|#|\$ )")
_LETTER = late(re.compile, "[A-Za-z]")
_HAN_LETTER = late(re.compile, f"[{_HAN}]")
_LEFT_OPEN = "%℃°％"
_AFTER_BRACKET = ("", *_MARKS)


def is_suspect(text: Census) -> bool:
    """Whether a text shows the fold: nearly all marks between Chinese characters are ASCII."""
    if not text.has(census.HAN, census.BEFORE_MARK, census.FOLDED_MARK):
        return False
    kept, most = text.count(census.WIDE_MARK), text.count_pairs(census.BEFORE_MARK, census.FOLDED_MARK)
    if most < _LEAST or kept > _MOST_KEPT * (most + kept):
        return False
    sure = sum(1 for line in text.lines if not line.isascii() for _ in _SURE.finditer(line))
    return sure >= _LEAST and kept <= _MOST_KEPT * (sure + kept)


def folded_in(lines: Sequence[str]) -> Work:
    """Return what gives the lines of a document that shows the fold their wide punctuation back.

    >>> folded_in(["春天来了,花开了,鸟叫了。", "你看!"])[1]
    [Edit(start=2, before='!', after='！', name='width/punctuation')]
    """
    if not is_suspect(census.of("\n".join(lines))):
        return {}
    return {at: [*found] for at, line in enumerate(lines) if not line.isascii() and (found := folded(line))}


def folded(line: str) -> list[Edit]:
    """Return the edits that widen a line's folded punctuation, the last first.

    >>> [edit.before for edit in folded("会议9:30开始,地点:二楼(东侧)")]
    [')', '(', ':', ',']
    """
    if _is_code(line):
        return []
    marks = list(_marks(line))
    wide = list(line)
    for at in sorted(_brackets(line, marks)):
        wide[at] = _WIDE[line[at]]
    for at in marks:
        if line[at] not in "()" and _is_folded(line, wide, at):
            wide[at] = _WIDE[line[at]]
    return [
        Edit(at, line[at], wide[at], "width/punctuation") for at in range(len(line) - 1, -1, -1) if line[at] != wide[at]
    ]


def _is_code(line: str) -> bool:
    """Whether a line is a program's: it has signs of one, and more Latin letters than Chinese characters."""
    return bool(_CODE.search(line)) and len(_LETTER.findall(line)) > len(_HAN_LETTER.findall(line))


def _marks(line: str) -> Iterator[int]:
    """Yield where folded marks may be: not in addresses and not in faces."""
    taken = bytearray(len(line))
    for pattern in (_ADDRESS, _SMILEY):
        for match in pattern.finditer(line):
            taken[match.start() : match.end()] = b"x" * len(match[0])
    yield from (match.start() for match in _MARK.finditer(line) if not taken[match.start()])


def _brackets(line: str, marks: Sequence[int]) -> Iterator[int]:
    """Yield brackets to be widened: pairs that hold Chinese, or stand in it."""
    opened: list[int] = []
    for at in marks:
        if line[at] == "(":
            opened.append(at)
        elif line[at] == ")" and opened:
            start = opened.pop()
            if at - start > _LONGEST_BRACKET:
                continue
            around = line[start - 1 : start], line[at + 1 : at + 2]
            stands_in = _IS_CHINESE.match(around[0]) and (around[1] in _AFTER_BRACKET or _IS_CHINESE.match(around[1]))
            if stands_in or _HAN_LETTER.search(line, start, at):
                yield from (start, at)


def _is_folded(line: str, wide: Sequence[str], at: int) -> bool:
    """Whether a mark that is no bracket was a wide one, by what stands beside it."""
    left, right = wide[at - 1] if at else "", wide[at + 1] if at + 1 < len(line) else ""
    if right == "/" or (right == " " and line[at] in ",:;"):
        return False
    if _IS_CHINESE.match(left or right):
        return True
    ends = not right or (line[at] in "!?" and right in "!?")
    if ends or _IS_CHINESE.match(right):
        return bool(_WORD_BEFORE.search("".join(wide[max(0, at - _LONGEST_WORD) : at])))
    return left in _LEFT_OPEN and bool(
        _WORD_BEFORE.search("".join(wide[max(0, at - _LONGEST_WORD) : at])) and _WORD_AFTER.match(line, at + 1)
    )
