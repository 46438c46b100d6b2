"""Spaces that stand where none belongs, or are missing, and paragraphs that an extractor wrote twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from operator import eq

from ..late import late
from . import census
from .census import Census
from .edits import Edit, Exit, Work, marked_lines

_HAN = "\u3007\u3400-\u9fff\uf900-\ufaff"
_CJK = f"{_HAN}，。、；：！？“”‘’（）《》…"
_SPREAD = late(re.compile, f" (?<=[{_HAN}] )(?:[{_HAN}] ){{4}}")
"""Chinese written with a space behind each character."""
_LEAST_SPREAD = 6
_SPREAD_SHARE = 0.7
_RUN = late(re.compile, f"(?:[A-Za-z0-9.%]+ )?[{_CJK}](?: (?:[{_CJK}]|[A-Za-z0-9.%]+(?![^ ])))+")
_APART = late(re.compile, f" (?=[{_CJK}])|(?<=[{_CJK}]) |(?<![^ ][A-Za-z0-9.%]) (?=[A-Za-z0-9.%](?![^ ]))")
"""A space that goes from such a run: all but those beside a Latin word or number in another."""
_STOP = late(re.compile, "[。！？，；]")
_CUT = late(re.compile, f" (?<=[{_HAN}，、]{{10}} )[{_HAN}，。、；：！？]{{6}}")
"""Chinese of a wrapped paragraph whose line breaks became spaces."""
_PIECE = late(re.compile, f"(?<=[{_CJK}]) (?=[{_CJK}])")
_LEAST_PIECES = 3
_OPENERS = (
    "A|After|Although|An|And|Another|As|At|Because|Before|Besides|But|By|Despite|During|Even|Finally|For|From|He|Her|Here|His|How|"
    "However|I|If|In|Instead|It|Its|Let|Many|Maybe|Meanwhile|More|Moreover|Most|My|No|Now|Often|On|Once|One|Or|Other|Otherwise|"
    "Our|Perhaps|Please|Plus|She|Since|So|Some|Sometimes|Soon|Still|Such|That|The|Their|Then|There|Therefore|These|They|This|"
    "Those|Though|Through|Thus|To|Today|Two|Unlike|Until|We|What|When|Where|Whether|Which|While|Who|Why|With|Without|Yet|You|Your|"
    "А|Без|Больше|Все|Всё|Вот|Где|Да|Для|До|Его|Если|Ещё|Её|За|Затем|Здесь|И|Из|Или|Их|К|Как|Когда|Кто|Мы|На|Не|Но|Однако|Он|Она|Они|"
    "Оно|От|По|Пока|После|Потом|Поэтому|При|Раз|С|Сегодня|Со|Так|Также|Там|То|Тогда|Только|Ты|У|Уже|Что|Чтобы|Эта|Эти|Это|Этот|Я"
)
"""Words that open a sentence, and are seldom part of a name."""
_OPENS = rf"(?=(?:{_OPENERS})[\s,’']|[A-Z][a-z]{{3,}}ly,\s|(?<=[а-яё]{{5}}.)[А-ЯЁ][а-яё]*[\s,])"
"""What begins a sentence: one of these, an adverb and a comma, or in Russian, behind no abbreviation, any word."""
_UNSPACED = late(re.compile, rf"[.!?](?<=[a-zа-яё]{{3}}.)[”»]?{_OPENS}")
_EACH_UNSPACED = tuple(
    late(re.compile, rf"{mark}(?=[A-ZА-ЯЁ”»])(?<=[a-zа-яё]{{3}}.)[”»]?{_OPENS}") for mark in (r"\.", "!", r"\?")
)
"""The same for each mark: `re` finds a fixed first character much faster than one of three. What most marks have not
comes first."""
_TOKEN = late(re.compile, r"(?:^|(?<=[\s(“\"‘«—–]))[a-zа-яё][a-zа-яё'’-]*$")
_LEAST_DOUBLE = 60
_CJK_CHARACTER = late(re.compile, f"[{_CJK}]")
_END = late(re.compile, "[.!?。！？…][”\"’')）」』]*$")


def has_spread(text: Census) -> bool:
    """Whether Chinese characters of a text stand apart, or in pieces."""
    return text.has(census.HAN) and bool(_SPREAD.search(text.text) or _CUT.search(text.text))


def closed_in(lines: Sequence[str]) -> Work:
    """Return what takes spaces out of Chinese: between characters written apart, and where a line was broken.

    >>> closed_in(["春 天 来 了 ， 河 边 的 花 都 开 了 。"])[0][0].after
    '春天来了，河边的花都开了。'
    """
    out: dict[int, list[Edit | Exit]] = {}
    for at in sorted({*marked_lines(_SPREAD, lines), *marked_lines(_CUT, lines)}):
        edits = [*_spread(lines[at])] or [*_pieces(lines[at])]
        if edits:
            out[at] = [*reversed(edits)]
    return out


def _spread(line: str) -> Iterator[Edit]:
    """Yield what closes up a line in which nearly all characters stand apart, if it reads like a sentence."""
    runs = [run for run in _RUN.finditer(line) if len(run[0]) >= 2 * _LEAST_SPREAD]
    apart = sum(2 * len(_CJK_CHARACTER.findall(run[0])) - 1 for run in runs)
    if apart < _SPREAD_SHARE * len(line.strip()) or not _STOP.search(line):
        return
    for run in runs:
        yield Edit(run.start(), run[0], _APART.sub("", run[0]), "flow/spread-out")


def _pieces(line: str) -> Iterator[Edit]:
    """Yield the spaces at which a paragraph was cut into pieces of one length."""
    cuts = [match.start() for match in _PIECE.finditer(line)]
    if len(cuts) < _LEAST_PIECES - 1 or line.count(" ") > len(cuts) * 1.3:
        return
    lengths = [b - a for a, b in zip([-1, *cuts], [*cuts, len(line)], strict=True)]
    full = max(lengths[:-1])
    if full >= 12 and min(lengths[1:-1]) >= full - 3 and lengths[-1] <= full + 1:
        for at in cuts:
            yield Edit(at, " ", "", "flow/hard-wrap")


def has_unspaced(text: Census) -> bool:
    """Whether a sentence of a text begins right behind another."""
    return any(unspaced.search(text.text) for unspaced in _EACH_UNSPACED)


def spaced_in(lines: Sequence[str]) -> Work:
    """Return what sets a space between sentences.

    >>> spaced_in(["The oven was cold.Then the baker came, and lit it."])[0]
    [Edit(start=18, before='', after=' ', name='flow/missing-space')]
    """
    out = {}
    for at in marked_lines(_UNSPACED, lines):
        line = lines[at]
        ends = [match.end() for match in _UNSPACED.finditer(line) if _is_prose(line, match)]
        if ends:
            out[at] = [Edit(end, "", " ", "flow/missing-space") for end in reversed(ends)]
    return out


def _is_prose(line: str, match: re.Match[str]) -> bool:
    """Whether what ends at a stop is a word among others: no address, no name of code."""
    before = line[max(0, match.start() - 40) : match.start()]
    return bool(_TOKEN.search(before)) and before.count(" ") >= 2


def has_double(text: Census) -> bool:
    """Whether a text may hold a paragraph twice in a row."""
    lines = [line for line in text.lines if len(line) >= _LEAST_DOUBLE // 2]
    return any(map(eq, lines, lines[1:]))


def doubles_in(lines: Sequence[str]) -> Work:
    """Return the exits of paragraphs that stand right behind themselves.

    >>> line = "It took two days to dry the flue, and a third one to find some flour."
    >>> doubles_in([line, "", line])
    {2: [Exit(role='duplicate', name='flow/doubled')]}
    """
    texts = [line.strip() for line in lines]
    places = [at for at, text in enumerate(texts) if text]
    doubled = [at for last, at in pairwise(places) if texts[last] == texts[at]]
    if not doubled:
        return {}
    groups = [list(group) for _, group in groupby(places, texts.__getitem__)]
    twice = (
        group for group in groups if len(group) == 2 and _is_paragraph(texts[group[0]])
    )  # more are cells of a table
    return {group[1]: [Exit("duplicate", "flow/doubled")] for group in twice}


def _is_paragraph(text: str) -> bool:
    """Whether a line is a sentence of some length, with letters in it."""
    wide = len(text) if text.isascii() else len(text) + len(_CJK_CHARACTER.findall(text))
    return wide >= _LEAST_DOUBLE and _END.search(text) is not None and any(map(str.isalpha, text))
