"""What is left of text whose bytes are gone: U+FFFD read as another codec (锟斤拷), memory never written to (烫烫烫).

No reading brings such text back. A line of nothing else leaves the article as `lost`; inside a line each lost
character becomes U+FFFD. A document that speaks about these strings keeps them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import census
from .census import Census
from .edits import Edit, Exit, Work, marked_lines

_LOST = "\ufffd"
# U+FFFD is EF BF BD in UTF-8: two of them are three characters of GB18030 or Big5, one is two or three of a codec of
# single bytes. A last odd one leaves the first character of the three, or with what follows it another.
_REPLACED = "(?:锟斤拷)+(?:锟斤?)?|(?:嚙踝蕭)+嚙?|(?:ï¿½|п»?їЅ|О©╫)+"
# What compilers fill memory with so that reading it unset shows: CC and CD (Microsoft's), DD (freed) and FE EE.
_MEMORY = "烫屯葺铪"
IN_PAIRS = ("锟斤拷", "嚙踝蕭")
"""What two U+FFFD are in GB18030 and in Big5."""
_RUN = re.compile(
    rf"(?P<replacement>{_REPLACED})"
    rf"|(?P<memory>([{_MEMORY}])\3{{2,}}|([ÌÍ])\4{{3,}})"
    rf"|(?P<marks>\ufffd[\ufffd\s]*)"
)
_GATE = (*IN_PAIRS, "烫烫烫", "屯屯屯", "葺葺葺", "铪铪铪", "ï¿½", "їЅ", "О©╫", "ÌÌÌÌ", "ÍÍÍÍ", "\ufffd\ufffd")
SIGNS = "[锟屯烫葺铪嚙\xbd\xcc\xcdЅ╫\ufffd]"
"""A character that no residue lacks."""
_MEMORY_INSIDE = 6
"""Characters of a memory pattern that stand inside a line by no choice of its author: 烫烫烫 may be a cry."""
_FEW_MARKS = 3
"""Marks U+FFFD that a line without a letter or digit may have: it may be a line of symbols."""
_ABOUT = re.compile(
    r"(?i)乱码|亂碼|编码|編碼|解码|解碼|字符|字元|内存|記憶體|栈|未初始化|编译|調試|调试"
    r"|mojibake|encod|decod|charset|unicode|utf-?8|gbk|big5|memory|кодиров|крякозябр|памят"
)
_QUOTES = {
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "《": "》",
    '"': '"',
    "'": "'",
    "`": "`",
    "(": ")",
    "（": "）",
    "«": "»",
}


def is_suspect(text: Census) -> bool:
    """Whether a text holds any residue."""
    return text.has(census.RESIDUE) and any(trace in text.text for trace in _GATE)


def residue_in(lines: Sequence[str]) -> Work:
    """Return what marks residue, and takes lines of nothing else out of the article.

    >>> residue_in(["锟斤拷锟斤拷", "姓名：锟斤拷"])
    {0: [Exit(role='lost', name='residue/replacement')], 1: [Edit(start=3, before='锟斤拷', after='��', \
name='residue/replacement')]}
    """
    found = {at: list(_RUN.finditer(lines[at])) for at in marked_lines(_RUN, lines)}
    if any(_ABOUT.search(lines[at]) and any(m.lastgroup != "marks" for m in runs) for at, runs in found.items()):
        return {}
    out: dict[int, list[Edit | Exit]] = {}
    for at, runs in found.items():
        done = _exit(lines[at], runs) or _edits(lines[at], runs)
        if done:
            out[at] = done
    return out


def _exit(line: str, runs: Sequence[re.Match[str]]) -> list[Edit | Exit]:
    """Return the exit of a line that holds nothing but residue, or nothing."""
    if any(char.isalnum() for char in _RUN.sub("", line)):
        return []
    kind = next((run.lastgroup for run in runs if run.lastgroup != "marks"), "marks") or ""
    bare = _RUN.sub("", line).strip()
    if (kind == "marks" and line.count(_LOST) < _FEW_MARKS) or (bare and kind == "memory"):
        return []
    return [Exit("lost", f"residue/{kind}")]


def _edits(line: str, runs: Sequence[re.Match[str]]) -> list[Edit | Exit]:
    out: list[Edit | Exit] = []
    for run in reversed(runs):
        if run.lastgroup == "marks" or _is_quoted(line, *run.span()):
            continue
        if run.lastgroup == "memory" and len(run[0]) < _MEMORY_INSIDE:
            continue
        out.append(Edit(run.start(), run[0], _LOST * _lost_characters(run[0]), f"residue/{run.lastgroup}"))
    return out


def _lost_characters(run: str) -> int:
    """Return how many marks a run stands for: three characters of GB18030 or Big5 were two, of others one."""
    if run[0] in "锟嚙":
        return len(run) // 3 * 2 + bool(len(run) % 3)
    return len(run) // 3 if run[0] in "ïпО" else len(run)


def _is_quoted(line: str, start: int, end: int) -> bool:
    return start > 0 and end < len(line) and _QUOTES.get(line[start - 1]) == line[end]
