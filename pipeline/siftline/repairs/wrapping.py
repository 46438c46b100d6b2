"""Lines broken at a fixed width, as mail, plain-text books and PDF files are, and how they become paragraphs again.

A break is forced where the next word would not have fitted. The width is the document's own: the one at which breaks
in the middle of sentences are forced. Verses, lists, menus and forum posts break anywhere, so no width explains them.
The idea is that of undoing a greedy line filler (D. Knuth and M. Plass, "Breaking paragraphs into lines", 1981, call
it first fit).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple

from ..late import late
from ..prose import ends_in_stop
from . import census
from .census import Census
from .edits import Edit, Exit, Work

NARROWEST, WIDEST = 28, 160
"""Cells of a wrapped line; a Chinese character has two."""
_LEAST_BREAKS, _FEW_BREAKS, _MANY_BREAKS = 4, 2, 8
"""Breaks inside sentences that a width must explain; in a brief text, where it must explain them all; and so many that
they speak for themselves."""
_NARROWEST_FEW, _NARROWEST_FEW_WIDE, _WIDEST_FEW = 55, 40, 100
"""Cells of a wrapped line there, in an alphabet and in Chinese: hardly a verse is so wide."""
_WIDEST_VERSE = 40
"""Cells of two Chinese verses in one line, at most."""
_MOST_MISSED = 0.1
"""Share of the breaks inside sentences, in lines half as wide or wider, that a width may leave unexplained."""
_SLACK = 2
"""Cells that may be free before a Chinese character: a mark that must not begin a line took another along."""
_LEAST_INSIDE = 1 / 3
"""Share of a paragraph's breaks that must be inside sentences."""
_WIDE = late(
    re.compile,
    "[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6“”‘’—…]",
)
_ANY_WIDE = late(re.compile, "[\u3001-\u9fff\uac00-\ud7a3\uff01-\uff60]")
_HAN = "\u3400-\u9fff\uf900-\ufaff"
_TRACES = (
    late(re.compile, "\n(?<=[a-zà-ÿа-яё,;-]\n)[a-zà-ÿа-яё]"),
    late(re.compile, f"\n(?<=[{_HAN}，、“”]{{12}}\n)[{_HAN}，。、；：！？“”]"),
)
"""A break inside a sentence, as cheap as it can be found."""
_FIRST_UNIT = late(
    re.compile, f"(?:[“‘「『《（([]*(?:[^\\W{_HAN}]+(?:['’.,-]\\w+)*|.)[，。、；：！？”’」』》）),.;:!?]*)"
)
_NO_TEXT = late(re.compile, r"[>|#*•·▪◦‣+=~_/\\\d<\[{(\-–—「『【《“\"]")
"""What a list item, a quoted mail, a table, code, a turn of a dialogue may begin with."""
_HAN_GOES_ON, _HAN_BREAKS_OFF = late(re.compile, f"[{_HAN}，。、；：！？]"), late(re.compile, f"[{_HAN}，、”]")
_HYPHEN, _LONGEST_WORD = late(re.compile, r"[^\W\d_]+-$"), 40
_BROKEN = late(re.compile, r"[^\W\d_]+-\s*\n\s*[^\W\d_]+")
"""A word with a hyphen and a break in it, whose halves need not be words."""
_LEAST_WORDS = 3
_CODE = late(re.compile, r"[{}\\|<>]|^[#$]|\s--\w|\s=|=\s|;$|\w_\w|\w\(|::|//|^\w+: ")
"""What lines of programs, settings and tables hold."""
_SIGN = re.compile(r"[{}\\|<>#$=;_(:/-]")
"""What all of that has at least one of, which is found in a fifth of the time."""
_SENTENCE = late(re.compile, "[。！？]")
_MARK = late(re.compile, "[，。、；：！？]")
_MAY_BEGIN = late(re.compile, '[\\d(“"「『《—–]')
_NUMBER = late(re.compile, r"\d{1,3}[.)、]")
_HANGING = late(
    re.compile,
    r"(?:,|\b(?:a|an|the|of|and|or|to|in|is|are|was|be|been|that|which|who|for|with|as|by|on|at|from|this|these|it|we|you|they|"
    r"not|if|when|but|can|will|have|has|had|would|their|its|your|our|his|her|than|into|и|в|на|не|с|по|к|из|о|у|для|что|как|или|"
    r"а|но|от|до|за|при|это|его|их|который|которые|которая|чтобы|если))$",
)
"""The end of a line that is no end of an item or a heading."""
_LOST = "\ufffd"
_BARE_ENDS = 2
_AMID = late(re.compile, r"[^\W\d_]{3}[.!?][”\"»]? [A-ZА-ЯЁ]")
"""A sentence that ends inside a line, and the next one."""
_FULL_STOP = late(re.compile, "[.!?。！？][”’\"')]*$")
_OPENER = late(
    re.compile,
    "(?:A|An|And|As|But|For|Here|How|If|In|It|Let|Now|Since|So|The|Then|There|These|This|To|We|When|You)['’]?\\b",
)
_NARROWEST_LOOSE = 45
_LEAST_IN_BAND = 0.7
_LETTERS = late(re.compile, r"[^\W\d_]|\s|[，。、；：！？“”‘’,.]")


class _Line(NamedTuple):
    text: str
    """Without the space around it."""
    indent: int
    width: int


@lru_cache(maxsize=1024)
def _measured(text: str) -> _Line:
    return _Line(text.strip(), len(text) - len(text.lstrip()), _width(text.rstrip()))


def is_suspect(text: Census) -> bool:
    """Whether some lines of a text break off inside a sentence."""
    return _has(_TRACES[0], text.text) or (text.has(census.HAN) and _has(_TRACES[1], text.text))


def _has(trace: re.Pattern[str], text: str) -> bool:
    return sum(1 for _, _ in zip(trace.finditer(text), range(_FEW_BREAKS), strict=False)) == _FEW_BREAKS


def joined_in(lines: Sequence[str]) -> Work:
    """Return what makes paragraphs of wrapped lines: an edit of the first line, and the exit of the others.

    >>> import textwrap
    >>> text = "The mill was sold to a family that had come from the north, and it will grind again next year. It is "
    >>> text += "said that the wheel is the oldest of the whole valley, and that nobody has ever seen it stand still."
    >>> lines = textwrap.wrap(text, 40)
    >>> lines[0] + joined_in(lines)[0][0].after == text
    True
    """
    breaks = _breaks_inside(lines)
    if len(breaks) < _FEW_BREAKS:
        return {}
    inside = [(_measured(lines[at]), _measured(lines[at + 1])) for at in breaks]
    few = len(inside) < _LEAST_BREAKS
    likely = _widths_of_few(inside) if few else _likely_widths(inside)
    if likely and len(inside) < _MANY_BREAKS and not _reads_like_prose(inside, lines, breaks):
        return {}
    loose = None if likely or few else _loose_fill(inside)
    if not likely and not loose:
        return {}
    measured = [*map(_measured, lines)]
    fill = loose or _exact_fill(measured, likely)
    fill = fill._replace(over_stops=not _has_bare_ends(measured, fill))
    known, out = _Words(lines), dict[int, list[Edit | Exit]]()
    for first, last in _paragraphs(measured, fill):
        tail, start = known.join([line.text for line in measured[first : last + 1]], len(lines[first].rstrip()))
        out[first] = [Edit(start, lines[first][start:], tail, "flow/hard-wrap")]
        out |= {at: [Exit("joined", "flow/hard-wrap")] for at in range(first + 1, last + 1)}
    return out


def _breaks_inside(lines: Sequence[str]) -> list[int]:
    """Return the indices of the lines, none too long, that break off inside a sentence."""
    pairs = enumerate(pairwise([text.strip() for text in lines]))
    found = [at for at, (line, after) in pairs if line and after and _is_inside(line, after)]
    if len(found) < _FEW_BREAKS:
        return found
    return [at for at in found if len(lines[at].rstrip()) <= WIDEST and _measured(lines[at]).width <= WIDEST]


def _width(text: str) -> int:
    """Return the cells that a text takes where Chinese characters take two."""
    if text.isascii() or not _ANY_WIDE.search(text):
        return len(text)
    return len(text.encode("gbk", "replace"))  # GBK has two bytes for what takes two cells


def _is_inside(line: str, after: str) -> bool:
    """Whether the break between two lines is inside a sentence, for all that one can see."""
    if not line or not after:
        return False
    if after[0].islower():
        goes_on = line.count(" ") >= _LEAST_WORDS - 1
    else:
        goes_on = _HAN_BREAKS_OFF.match(line[-1]) is not None and _HAN_GOES_ON.match(after) is not None
    return goes_on and not (ends_in_stop(line) or _is_code(line) or _is_code(after))


def _is_code(line: str) -> bool:
    return _SIGN.search(line) is not None and _CODE.search(line) is not None


def _needed(line: _Line, after: _Line) -> int:
    """Return the cells from which on the first word of the next line would have fitted on a line."""
    first, wide = _first_word(after.text)
    blank = 0 if wide or line.text.endswith("-") else 1
    return line.width + blank + first


@lru_cache(maxsize=1024)
def _first_word(text: str) -> tuple[int, bool]:
    """Return the cells that the first word of a text needs, and whether it is Chinese."""
    unit = _FIRST_UNIT.match(text)
    wide = _WIDE.match(text) is not None
    return (_width(unit[0]) if unit else 1) + (_SLACK if wide else 0), wide


class _Fill(NamedTuple):
    """How full the lines are at which a document was wrapped, in cells."""

    least: int
    most: int
    exact: bool
    """Whether a break must be one that no longer word would have allowed."""
    over_stops: bool = True
    """Whether a paragraph goes on behind a sentence that ends with its line: not where paragraphs follow each other
    without a blank line, since any full line may be the last one of its paragraph."""

    def breaks(self, line: _Line, after: _Line) -> bool:
        """Whether a line can have been broken before the next. What is left of a lost line belongs to no paragraph."""
        if _LOST in (line.text, after.text):
            return False
        if not self.over_stops and _FULL_STOP.search(line.text):
            return False
        if self.exact:
            return line.width <= self.most < _needed(line, after)
        if not self.least <= line.width or max(line.width, after.width) > self.most or _is_code(line.text):
            return False
        if ends_in_stop(line.text) or after.text[0].isupper():
            return not line.text.endswith(":") and not self.is_heading(line, after)
        return True

    def is_heading(self, line: _Line, after: _Line) -> bool:
        """Whether a line that begins with a capital begins something new: there is room for its first word above, or
        a sentence begins where none ended.
        """
        if not ends_in_stop(line.text):
            return _OPENER.match(after.text) is not None
        return line.width < 0.85 * self.most / 1.15 or after.width < self.least


def _likely_widths(inside: Sequence[tuple[_Line, _Line]]) -> dict[int, int]:
    """Return the widths at which nearly all breaks inside sentences are forced, and how many of them."""
    lengths = sorted(line.width for line, _ in inside)
    return {
        width: explained
        for width, explained in enumerate(_explained(inside))
        if width >= NARROWEST
        and explained >= _LEAST_BREAKS
        and len(lengths) - bisect_left(lengths, (width + 1) // 2) - explained <= _MOST_MISSED * explained
    }


def _widths_of_few(inside: Sequence[tuple[_Line, _Line]]) -> dict[int, int]:
    """Return the widths, none so narrow as verses are, at which all of a few breaks inside sentences are forced."""
    wide = all(_WIDE.match(after.text) for _, after in inside)
    narrowest = _NARROWEST_FEW_WIDE if wide else _NARROWEST_FEW
    explained = enumerate(_explained(inside))
    return {width: count for width, count in explained if narrowest <= width <= _WIDEST_FEW and count == len(inside)}


def _reads_like_prose(inside: Sequence[tuple[_Line, _Line]], lines: Sequence[str], breaks: Sequence[int]) -> bool:
    """Whether a line ends in a word that ends no verse and no item, a sentence ends amid one, or the last line of a
    paragraph ends a sentence and is much shorter. Of Chinese, `_is_prose` asks more.
    """
    if any(_WIDE.match(after.text) or _HANGING.search(line.text) or _AMID.search(line.text) for line, after in inside):
        return True
    last = [at + 1 for at in breaks if at + 1 not in breaks]
    tails = [lines[at].strip() for at in last if at + 1 == len(lines) or not lines[at + 1].strip()]
    return any(len(tail) * 2 < inside[0][0].width and _FULL_STOP.search(tail) for tail in tails)


def _exact_fill(lines: Sequence[_Line], likely: Mapping[int, int]) -> _Fill:
    """Return the one of some widths at which most breaks of all are forced."""
    pairs = (pair for pair in pairwise(lines) if pair[0].text and pair[1].text and pair[0].width <= WIDEST)
    of_all = list(_explained(pairs))
    best = max(likely, key=lambda width: (likely[width], of_all[width], -width))
    return _Fill(0, best, True)


def _explained(pairs: Iterable[tuple[_Line, _Line]]) -> Iterator[int]:
    """Yield for each width how many breaks it explains: it holds the line, and not the next word too."""
    changes = [0] * (2 * WIDEST)
    for line, after in pairs:
        changes[line.width] += 1
        changes[min(_needed(line, after), 2 * WIDEST - 1)] -= 1
    return accumulate(changes)


def _loose_fill(inside: Sequence[tuple[_Line, _Line]]) -> _Fill | None:
    """Return the band of lengths of lines that end in a word which ends no list item, such as an article: they were
    wrapped with markup in them that is gone, or not all at one width.
    """
    widths = sorted(line.width for line, _ in inside if _HANGING.search(line.text))
    if len(widths) < _LEAST_BREAKS or widths[len(widths) * 9 // 10] < _NARROWEST_LOOSE:
        return None
    usual = widths[len(widths) * 9 // 10]
    fill = _Fill(int(0.7 * usual), int(1.15 * usual), False)
    in_band = sum(fill.least <= width <= fill.most for width in widths)
    return fill if in_band >= _LEAST_IN_BAND * len(widths) else None


def _has_bare_ends(lines: Sequence[_Line], fill: _Fill) -> bool:
    """Whether short lines that end a sentence have the next paragraph right behind them, not indented."""
    ends = (
        line.width * 5 < fill.most * 4 and _FULL_STOP.search(line.text) and after.indent <= line.indent
        and not after.text[0].islower() and not _NO_TEXT.match(after.text)
        for line, after in pairwise(lines) if after.text
    )  # fmt: skip
    return sum(map(bool, ends)) >= _BARE_ENDS


def _paragraphs(lines: Sequence[_Line], fill: _Fill) -> Iterator[tuple[int, int]]:
    """Yield the first and last line of each paragraph that was wrapped."""
    breaks = range(len(lines) - 1)
    for wrapped, group in groupby(breaks, lambda at: _continues(lines[at], lines[at + 1], fill)):
        found = list(group)
        first, last = found[0], found[-1] + 1
        if wrapped and _is_prose(lines[first : last + 1], fill.exact):
            yield first, last


def _continues(line: _Line, after: _Line, fill: _Fill) -> bool:
    if not line.text or not after.text or after.indent > line.indent or _ends_with_a_stop_inside(line, after):
        return False
    return fill.breaks(line, after) and (not _NO_TEXT.match(after.text) or _is_inside_mark(line, after))


def _ends_with_a_stop_inside(line: _Line, after: _Line) -> bool:
    """Whether a sentence ends with the line, and what follows begins like none: a term, a command, a variable."""
    return bool(_FULL_STOP.search(line.text)) and after.text[0].islower()


def _is_inside_mark(line: _Line, after: _Line) -> bool:
    """Whether a line that begins like a list item goes on with a sentence: with a year, a bracket, a quotation."""
    return bool(_MAY_BEGIN.match(after.text)) and not ends_in_stop(line.text) and not _NUMBER.match(after.text)


def _is_prose(lines: Sequence[_Line], exact: bool) -> bool:
    """Whether lines read like one paragraph: enough of them break inside sentences, and they are mostly letters."""
    inside = [line for line, after in pairwise(lines) if _is_inside(line.text, after.text)]
    if len(inside) < _LEAST_INSIDE * (len(lines) - 1):
        return False
    if not exact and not any(_HANGING.search(line.text) for line in inside):
        return False
    text = "".join(line.text for line in lines)
    if len(_LETTERS.findall(text)) < 0.85 * len(text):
        return False
    if len(_WIDE.findall(text)) * 2 < len(text):
        return True
    if _are_verses(lines):
        return False
    # A list of headlines that were all cut at one length has no sentences.
    return bool(_SENTENCE.search(text)) and len(_MARK.findall(text)) * 2 >= len(lines)


def _are_verses(lines: Sequence[_Line]) -> bool:
    """Whether most of some narrow Chinese lines end with a mark, as two verses do that stand in one."""
    ends = sum(_MARK.match(line.text[-1]) is not None for line in lines[:-1])
    return 2 * ends >= len(lines) - 1 and max(line.width for line in lines) <= _WIDEST_VERSE


class _Words:
    """The document's words, to tell a hyphen of the word from one of the break."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.known: frozenset[str] | None = None
        self.lines = lines

    def join(self, parts: Sequence[str], end: int) -> tuple[str, int]:
        """Return what follows the first part, once all are joined, and where in the first line it goes."""
        out = [parts[0]]
        for part in parts[1:]:
            last = out[-1]
            hyphen = _HYPHEN.search(last[-_LONGEST_WORD:])
            if hyphen and part[0].islower():
                out[-1] = last if self.keeps_hyphen(hyphen[0], part) else last[:-1]
                out.append(part)
            else:
                out.append(part if _WIDE.match(part) or _WIDE.match(last[-1]) else f" {part}")
        whole = "".join(out)
        same = len(parts[0]) - (not whole.startswith(parts[0]))
        return whole[same:], end - (len(parts[0]) - same)

    def keeps_hyphen(self, before: str, part: str) -> bool:
        """Whether the document has the word with a hyphen elsewhere, or both halves as words and never the whole."""
        if self.known is None:
            whole = _BROKEN.sub("", "\n".join(self.lines)).lower()
            self.known = frozenset(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", whole))
        first = before[:-1].lower()
        second = re.match(r"[^\W\d_]*", part)
        tail = second[0].lower() if second else ""
        if first + tail in self.known:
            return False
        return f"{first}-{tail}" in self.known or first in _PREFIXES or (tail in self.known and first in self.known)


_PREFIXES = frozenset(
    re.findall(
        r"\w+",
        """well self non ex half full long short high low all two three four five six seven eight nine ten twenty thirty
        forty fifty sixty seventy eighty ninety so mid cross old new part first second third late early ever far hard
        ill large small кое по какой когда какого где кто что из во пол""",
    )
)
"""First halves that English and Russian write with a hyphen more often than not."""
