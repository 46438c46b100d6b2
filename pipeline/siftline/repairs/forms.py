"""Characters that stand for others: radicals for the characters they look like, compatibility ideographs, vertical
punctuation, private-use characters whose meaning a standard gives, full-width letters inside words of ASCII.

Unicode normalization is never applied to whole text: it would fold the width of Chinese punctuation too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from ..late import late
from . import census
from .census import Census
from .edits import Edit, Work

_RADICALS = (
    "⺁厂⺄乙⺅亻⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺒巳⺓幺⺖忄⺗㣺⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王"
    "⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒⺶羊⺹耂⺺肀⺻聿⺼肉⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠"
    "⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
"""Radicals of U+2E80 to U+2EF3, each before the character it looks like (Unicode, EquivalentUnifiedIdeograph.txt)."""
_PRIVATE = (
    "\ue5e5\u3000\ue816\U00020087\ue817\U00020089\ue818\U000200cc\ue81e\u9fb4\ue826\u9fb5\ue82b\u9fb6\ue82c\u9fb7"
    "\ue831\U000215d7\ue832\u9fb8\ue83b\U0002298f\ue843\u9fb9\ue854\u9fba\ue855\U000241fe\ue864\u9fbb"
)
"""Private-use characters of GB18030 before what its later editions have there (GB 18030-2005, appendix; A3A0 is a blank
in the WHATWG Encoding Standard, 10.2)."""
_VERTICAL = "︐，︑、︒。︓：︔；︕！︖？︗〖︘〗︙…︵（︶）︷｛︸｝︹〔︺〕︻【︼】︽《︾》︿〈﹀〉﹁「﹂」﹃『﹄』"
"""Punctuation for vertical lines, each before what it is in horizontal ones."""
_BRACKETS = dict(zip("︗︵︷︹︻︽︿﹁﹃", "︘︶︸︺︼︾﹀﹂﹄", strict=True))
_OTHER_BRACKET = _BRACKETS | {closes: opens for opens, closes in _BRACKETS.items()}
SIGNS = "[\u2e81-\u2ef3\u2f00-\u2fd5\ue5e5\ue816-\ue864\uf0b7\uf900-\ufad9\ufe10-\ufe19\ufe35-\ufe44]"
"""What this module acts on, U+2F800 to U+2FA1D aside."""
_HAN = "\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_STANDS_FOR = late(
    re.compile,
    "(?P<kangxi_radical>[\u2e81-\u2ef3\u2f00-\u2fd5])|(?P<compatibility_ideograph>[\uf900-\ufad9\U0002f800-\U0002fa1d])"
    "|(?P<private_use>[\ue5e5\ue816-\ue864])|(?P<bullet>^[ \t]*\uf0b7)|(?P<vertical>[\ufe10-\ufe19\ufe35-\ufe44])",
    re.MULTILINE,
)
_ABOUT_RADICALS = late(re.compile, "部首|偏旁|radical|康熙|радикал|ключ")
_FOREIGN = late(re.compile, "[\u3041-\u30ff\uac00-\ud7a3]")
_BESIDE = late(re.compile, f"[{_HAN}，。、；：！？“”（）]")
WIDE = "[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]"
_MIXED = late(re.compile, f"(?:[A-Za-z0-9]+{WIDE}|{WIDE}+[A-Za-z0-9])(?:{WIDE}|[A-Za-z0-9])*")
"""A word or number of which only a part is full-width."""
_MIXES = late(re.compile, f"{WIDE}(?:(?<=[A-Za-z0-9].)|(?=[A-Za-z0-9]))")
"""Where its width changes; quicker to find."""
_WIDE_ADDRESS = late(
    re.compile,
    "(?:[ｈＨ][ｔＴ][ｔＴ][ｐＰ][ｓＳ]?：／／|[ｗＷ]{3}．)[０-９Ａ-Ｚａ-ｚ．／＿－？＝＆％＃～：]+|[０-９Ａ-Ｚａ-ｚ＿．]+＠[０-９Ａ-Ｚａ-ｚ．]+",
)
_WIDE_TEXT = late(re.compile, "[！-～](?:[！-～\u3000 ]*[！-～])?")
_LEAST_WIDE = 8
"""Full-width letters of a line without Chinese or Japanese from which on it is Latin text."""
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def _pairs(text: str) -> dict[str, str]:
    return dict(zip(text[::2], text[1::2], strict=True))


_MEANS = _pairs(_RADICALS) | _pairs(_PRIVATE) | _pairs(_VERTICAL)


def has_form(text: Census) -> bool:
    """Whether a text holds a character that may stand for another."""
    return text.has(census.FORM)


def forms_in(lines: Sequence[str]) -> Work:
    """Return, by the index of its line, what puts characters in the place of those that stand for them.

    >>> forms_in(["⼤⻓⻋"])[0][0]
    Edit(start=2, before='⻋', after='车', name='any/kangxi-radical')
    """
    return {at: edits for at in census.lines_with(census.FORM, lines) if (edits := [*_forms(lines[at])][::-1])}


class _Line(NamedTuple):
    """What is asked of a line for each of its characters."""

    text: str
    about_radicals: bool
    foreign: bool
    """Whether it is Japanese or Korean, where compatibility ideographs keep readings apart."""
    characters: frozenset[str]

    @classmethod
    def of(cls, text: str) -> _Line:
        return cls(text, bool(_ABOUT_RADICALS.search(text)), bool(_FOREIGN.search(text)), frozenset(text))


def _forms(text: str) -> Iterator[Edit]:
    line = _Line.of(text)
    for match in _STANDS_FOR.finditer(text):
        kind = match.lastgroup or ""
        after = _meaning(line, match)
        if after != match[0]:
            yield Edit(match.start(), match[0], after, f"any/{kind.replace('_', '-')}")


def _meaning(line: _Line, match: re.Match[str]) -> str:
    """Return what a character stands for where it stands, or itself."""
    char, kind = match[0], match.lastgroup
    if kind == "bullet":
        return f"{char[:-1]}•"
    if kind == "kangxi_radical":
        return char if line.about_radicals else _radical(char)
    beside = line.text[match.start() - 1 : match.start()] + line.text[match.end() : match.end() + 1]
    if not _BESIDE.search(beside):
        return char
    if kind == "compatibility_ideograph":
        return char if line.foreign else unicodedata.normalize("NFC", char)
    if kind == "vertical":
        return _MEANS.get(char, char) if line.characters & {_OTHER_BRACKET.get(char, char)} else char
    return _MEANS.get(char, char)


@cache
def _radical(char: str) -> str:
    return _MEANS.get(char) or unicodedata.normalize("NFKC", char)


def has_wide(text: Census) -> bool:
    """Whether a text may hold full-width letters that are no typography."""
    if not text.has(census.WIDE):
        return False
    lines = text.lines
    found = [lines[at] for at in text.lines_with(census.WIDE)]
    return any(pattern.search(line) for line in found for pattern in (_MIXES, _WIDE_ADDRESS, _LONG_WIDE))


_LONG_WIDE = late(re.compile, f"{WIDE}(?:[！-～\u3000 ]*{WIDE}){{{_LEAST_WIDE - 1}}}")


def narrowed_in(lines: Sequence[str]) -> Work:
    """Return what makes full-width letters narrow: in words that are half narrow, in addresses, and in lines of
    nothing else. A number or a name in full width inside Chinese is typography and stays.

    >>> [edit.after for edit in narrowed_in(["２0２4年１月，ｗｗｗ．ｅｘａｍｐｌｅ．ｃｏｍ"])[0]]
    ['www.example.com', '2024']
    """
    out = {}
    for at in census.lines_with(census.WIDE, lines):
        spans = sorted(_wide_spans(lines[at]), reverse=True)
        if spans:
            texts = [(start, lines[at][start:end]) for start, end in spans]
            out[at] = [Edit(start, text, text.translate(_NARROW), "width/latin") for start, text in texts]
    return out


def _wide_spans(line: str) -> Iterator[tuple[int, int]]:
    if _LONG_WIDE.search(line) and not re.search(f"[{_HAN}\u3041-\u30ff\uac00-\ud7a3]", line):
        yield from (match.span() for match in _WIDE_TEXT.finditer(line))
        return
    addresses = [match.span() for match in _WIDE_ADDRESS.finditer(line)]
    yield from addresses
    for match in _MIXED.finditer(line):
        if not any(start < match.end() and match.start() < end for start, end in addresses):
            yield match.span()
