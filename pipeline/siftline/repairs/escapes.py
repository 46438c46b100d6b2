r"""Escapes that stand in prose: `\u4e2d\u56fd` and `%E4%B8%AD%E5%9B%BD`. In code, in addresses and where a text speaks
of them they stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote_to_bytes

from ..late import late
from .census import Census
from .edits import Edit, Work, marked_lines
from .plausible import cost

_UNICODE = late(re.compile, r"\\u[0-9a-fA-F]{4}(?:[ -\[\]-~]{0,3}\\u[0-9a-fA-F]{4})+")
_PERCENT = late(re.compile, r"%[0-9A-Fa-f]{2}(?:[A-Za-z0-9 ]{0,3}%[0-9A-Fa-f]{2}){2,}")
_SIGN = late(re.compile, r"\\u(?:20(?:1[0-9a-dA-D]|2[0-6]|[aA][cC])|00[a-fA-F][0-9a-fA-F])")
"""Quotation marks, dashes and letters with accents, which stand alone among letters."""
_FEWEST_WORDS = 3
_ONE = late(re.compile, r"\\u([0-9a-fA-F]{4})")
CODE = late(re.compile, r"""[{}<>]|["']\s*:|:\s*["']|\w\(|=\s*["'\[]|\[[^\]]*\\u""")
_ABOUT = late(re.compile, r"(?i)转义|轉義|编码|編碼|unicode|escap|encod|percent|url|экранир|кодиров")
_ADDRESS = late(re.compile, r"[/=?&#:.@_~+%\\-]$|(?:://|www\.)\S*$")
_LETTERS = late(re.compile, "[\u0400-\u04ff\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]")
_MOST_BITS = 12.5
"""Bits a character that what comes out may cost: it is text."""
_MOSTLY = 0.5
"""Share of a line above which escapes are what it says, even where it speaks of encodings."""


def has_escape(text: Census) -> bool:
    """Whether a text holds escapes."""
    held = text.text
    unicode = "\\" in held and "\\u" in held and (_UNICODE.search(held) or _SIGN.search(held)) is not None
    return unicode or ("%" in held and _PERCENT.search(held) is not None)


def escapes_in(lines: Sequence[str]) -> Work:
    r"""Return, by the index of its line, what puts characters in the place of their escapes.

    >>> escapes_in(["see \\u4e2d\\u56fd", "/wiki/%E4%B8%AD%E5%9B%BD"])
    {0: [Edit(start=4, before='\\u4e2d\\u56fd', after='中国', name='any/unicode-escape')]}
    """
    marked = sorted({at for kind in (_UNICODE, _SIGN, _PERCENT) for at in marked_lines(kind, lines)})
    return {at: edits for at in marked if (edits := sorted(_edits(lines[at]), reverse=True))}


def _edits(line: str) -> Iterator[Edit]:
    code = CODE.search(line) is not None
    done: list[Edit] = []
    for match in _UNICODE.finditer(line):
        if not code and _is_meant(line, match):
            done += _edit(match, _characters(match[0]), "any/unicode-escape")
    yield from done or ([] if code else _signs(line))
    for match in _PERCENT.finditer(line):
        if not _ADDRESS.search(line[: match.start()]) and _is_meant(line, match):
            yield from _edit(match, _percent(match[0]), "any/percent-escape")


def _signs(line: str) -> Iterator[Edit]:
    """Yield edits of the signs in a line of prose."""
    if len(line.split(None, _FEWEST_WORDS)) > _FEWEST_WORDS and "`" not in line and not _ABOUT.search(line):
        for match in _SIGN.finditer(line):
            yield Edit(match.start(), match[0], _characters(match[0]), "any/unicode-escape")


def _is_meant(line: str, match: re.Match[str]) -> bool:
    return len(match[0]) >= _MOSTLY * len(line.strip()) or not _ABOUT.search(line)


def _edit(match: re.Match[str], after: str, name: str) -> Iterator[Edit]:
    """Yield the edit if what comes out is text in another script than Latin."""
    letters = len(_LETTERS.findall(after))
    if letters >= 2 and cost(after) <= _MOST_BITS * len(after) and after.isprintable():
        yield Edit(match.start(), match[0], after, name)


def _characters(escapes: str) -> str:
    """Read escapes, two halves of a character above U+FFFF as one."""
    text = _ONE.sub(lambda one: chr(int(one[1], 16)), escapes)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _percent(escapes: str) -> str:
    """Read bytes as UTF-8 or, where they are not that, as GB18030; return nothing where they are neither."""
    raw = unquote_to_bytes(escapes)
    for codec in ("utf-8", "gb18030"):
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    return ""
