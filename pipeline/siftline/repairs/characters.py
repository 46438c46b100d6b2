"""Characters that no reader sees: control, zero-width, bidi and format characters,
unpaired surrogates, noncharacters, HTML entities.

Each function takes a line and yields its edits, last first, so that they can be made in this order. What is kept
on purpose: joiners where a script or an emoji needs them, direction marks beside right-to-left text, ideographic
spaces, full-width forms, ligatures, curly quotes. No Unicode normalization is applied to whole text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import unescape
from html.entities import html5

from ..late import late
from . import census
from .census import Census
from .edits import Edit, marked_lines

_RTL = late(re.compile, "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_JOINING = late(re.compile, "[\u0590-\u0e00\u0e80-\u109f\u1780-\u18af\u1900-\u1cff\ua800-\uabff\U00010a00-\U00011fff]")
"""Scripts in which U+200C and U+200D change how letters join, or mark where a word may break (Unicode 16, 9 to 16)."""
_NO_SPACES = late(re.compile, "[\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff\u1950-\u1aaf]")
"""Scripts written without spaces, in which U+200B marks words."""
_EMOJI = late(re.compile, "[\u200d\u2190-\u2bff\u3030\u303d\u3297\u3299\ufe0f\u20e3©®\U0001f000-\U0001faff]")

_LAST_OF_PLANES = "".join(chr(plane + 0xFFFE) + chr(plane + 0xFFFF) for plane in range(0x10000, 0x110000, 0x10000))
_ODD = late(
    re.compile,
    "(?P<terminal_escape>\x1b\\[[0-9;?]{0,20}[A-Za-z])"
    "|(?P<page_break>[\x0b\x0c])"
    "|(?P<control>[\x00-\x08\x0e-\x1f\x7f]+)"
    "|(?P<c1_control>[\x80-\x9f]+)"
    "|(?P<surrogate_pair>[\ud800-\udbff][\udc00-\udfff])"
    "|(?P<unpaired_surrogate>[\udcc2-\udcf4][\udc80-\udcbf]{1,3}|[\ud800-\udfff])"
    f"|(?P<noncharacter>[\ufdd0-\ufdef\ufffe\uffff{_LAST_OF_PLANES}])"
    "|(?P<line_separator>[\u2028\u2029])"
    "|(?P<soft_hyphen>\xad)"
    "|(?P<byte_order_mark>\ufeff)"
    "|(?P<object_replacement>[\ufff9-\ufffc])"
    "|(?P<direction_mark>[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u206a-\u206f]+)"
    "|(?P<zero_width>[\u180e\u200b-\u200d\u2060-\u2064]+)"
    "|(?P<tag_character>[\U000e0000-\U000e007f]+)",
)
_SPACE, _NOTHING, _LOST = " ", "", "\ufffd"
_AFTER = {
    "page_break": _SPACE,
    "line_separator": _SPACE,
    "unpaired_surrogate": _LOST,
    "noncharacter": _LOST,
}  # all others vanish

_ENTITY = late(
    re.compile,
    r"&(?:amp;){0,3}(?:(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|(nbsp)(?![A-Za-z0-9;=]))",
)
_ABOUT_MARKUP = late(
    re.compile,
    r"(?i)\b(?:entit(?:y|ies)|escap(?:e|ed|es|ing)|html5?|xml|xhtml|markup)\b|实体|實體|转义|轉義|мнемоник|сущност|экранир",
)
_TAG_OPENS = late(re.compile, r"[A-Za-z/!?]|&(?:amp;){0,3}(?:#33|#47|excl|sol);")
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f"
SUSPECT = (
    f"[{_CONTROL}\x80-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffc\ufffe\uffff]"
)
_SUSPECT = late(re.compile, SUSPECT)
_PAIR = late(re.compile, "[\ud800-\udbff][\udc00-\udfff]")
_SUSPECT_ASTRAL = late(re.compile, "[\U0001fffe-\U0010ffff]")
_ANY = late(re.compile, f"{_SUSPECT.pattern[:-1]}{_SUSPECT_ASTRAL.pattern[1:]}")


def has_entity(text: Census) -> bool:
    """Whether a text holds what looks like an HTML entity."""
    return "&" in text.text and _ENTITY.search(text.text) is not None


def has_surrogate_pair(text: Census) -> bool:
    """Whether a text holds a character above U+FFFF as its two halves."""
    return text.has(census.SURROGATE) and _PAIR.search(text.text) is not None


def has_odd_character(text: Census) -> bool:
    """Whether a text holds a character of those that `odd_characters` is about."""
    return text.has(census.ODD) and _ANY.search(text.characters(census.ODD)) is not None


def entities_in(lines: Sequence[str]) -> dict[int, list[Edit]]:
    """Return, by the index of its line, what `entities` finds."""
    return {at: edits for at in marked_lines(_ENTITY, lines) if (edits := entities(lines[at]))}


def surrogate_pairs_in(lines: Sequence[str]) -> dict[int, list[Edit]]:
    """Return what joins the two halves of characters above U+FFFF: they are no damage to what the text says, and
    stand in the way of reading it again.
    """
    found = ((at, odd_characters(lines[at])) for at in marked_lines(_PAIR, lines))
    return {at: [edit for edit in edits if edit.name == "any/surrogate-pair"] for at, edits in found}


def odd_characters_in(lines: Sequence[str]) -> dict[int, list[Edit]]:
    r"""Return, by the index of its line, what `odd_characters` finds; a soft hyphen at which a word was broken at the
    end of a line is a hyphen.

    >>> [edit.after for edit in odd_characters_in(["two wrap\xadped li\xad", "nes"])[0]]
    ['-', '']
    """
    found = {at: edits for at in census.lines_with(census.ODD, lines) if (edits := odd_characters(lines[at]))}
    for at, edits in found.items():
        if edits[0].before == "\xad" and _breaks_a_word(lines, at, edits[0].start):
            edits[0] = edits[0]._replace(after="-")
    return found


def _breaks_a_word(lines: Sequence[str], at: int, place: int) -> bool:
    """Whether a line ends at a place behind a letter, and the next one begins with a small letter."""
    line, after = lines[at], lines[at + 1] if at + 1 < len(lines) else ""
    return line[place - 1 : place].isalpha() and not line[place + 1 :].strip() and after.lstrip()[:1].islower()


def odd_characters(line: str) -> list[Edit]:
    r"""Return what mends or removes the characters that do not belong into a line.

    >>> [(edit.name, edit.before, edit.after) for edit in odd_characters("so\xadft\u2028x")]
    [('any/line-separator', '\u2028', ' '), ('any/soft-hyphen', '\xad', '')]
    """
    edits = []
    for match in _odd_ones(line):
        kind = match.lastgroup or ""
        after = _AFTER.get(kind, _NOTHING)
        if kind in _SPECIAL:
            after = _SPECIAL[kind](line, match.start(), match.end())
        if after != match[0]:
            edits.append(Edit(match.start(), match[0], after, f"any/{kind.replace('_', '-')}"))
    return edits[::-1]


def _odd_ones(line: str) -> Iterator[re.Match[str]]:
    """Yield the matches of _ODD, which is slow, by way of the characters that it can begin with."""
    found = _ANY.search(line)
    while found:
        match = _ODD.match(line, found.start())
        if match:
            yield match
        found = _ANY.search(line, match.end() if match else found.end())


def _from_windows(line: str, start: int, end: int) -> str:
    """U+0080 to U+009F are Windows-1252, as the HTML standard reads them (13.2.5.80); unassigned ones vanish."""
    return line[start:end].encode("latin-1").decode("cp1252", "ignore")


def _paired(line: str, start: int, end: int) -> str:
    return line[start:end].encode("utf-16", "surrogatepass").decode("utf-16")


def _direction(line: str, start: int, end: int) -> str:
    return line[start:end] if _runs_from_right(line) else ""


@lru_cache(maxsize=4)
def _runs_from_right(line: str) -> bool:
    return bool(_RTL.search(line))


def _zero_width(line: str, start: int, end: int) -> str:
    """Keep one joiner between emoji, and what joining scripts and scripts without spaces use."""
    run, before, after = line[start:end], line[start - 1 : start], line[end : end + 1]
    if run == "\u200d" and _EMOJI.match(before) and _EMOJI.match(after):
        return run
    if _JOINING.match(before) and set(run) <= {"\u200c", "\u200d"}:
        return run
    if run == "\u200b" and (_NO_SPACES.match(before) or _NO_SPACES.match(after)):
        return run
    return ""


def _tags(line: str, start: int, end: int) -> str:
    """Tag characters belong to flags alone, behind U+1F3F4."""
    return line[start:end] if line[start - 1 : start] == "\U0001f3f4" and line[end - 1] == "\U000e007f" else ""


_SPECIAL = {
    "c1_control": _from_windows,
    "surrogate_pair": _paired,
    "direction_mark": _direction,
    "zero_width": _zero_width,
    "tag_character": _tags,
}


def entities(line: str) -> list[Edit]:
    """Return what replaces the HTML entities of a line, once or more often encoded.

    Left as they are: those that would make a tag, since the text shows markup; those that stand as a word of
    their own in a line that is about markup; names nobody knows.

    >>> [edit.after for edit in entities("Q&amp;amp;A: 5 &lt; 6, use &lt;p&gt;")]
    ['<', '&']
    """
    if "&" not in line:
        return []
    edits: list[Edit] = []
    about_markup = bool(_ABOUT_MARKUP.search(line))
    in_tag = False
    for match in _ENTITY.finditer(line):
        after = _meaning(match[1] or match[2])
        if after == "<":
            in_tag = bool(_TAG_OPENS.match(line, match.end()))
        stays = (in_tag and after in "<>") or (about_markup and _is_word(line, *match.span()))
        if after == ">":
            in_tag = False
        if after and not stays:
            edits.append(Edit(match.start(), match[0], after, "any/entity"))
    return edits[::-1]


def _meaning(name: str) -> str:
    """Return what an entity stands for on one line, or nothing for an unknown one."""
    if name[0] != "#" and name + ";" not in html5:
        return ""
    return re.sub(r"[\r\n]", " ", unescape(f"&{name};"))


def _is_word(line: str, start: int, end: int) -> bool:
    around = line[start - 1 : start] if start else " ", line[end : end + 1] or " "
    return not any(char.isalnum() or char in "&;" for char in around)
