"""Western text in Windows-1252 that was read as GB18030, as sites in Chinese showed English for years: `it抯`, `don抰`.

A byte above ASCII took the letter behind it along, and both became one Chinese character, of those that GBK has and
GB2312 has not: the second byte of the others is no ASCII. So no such character stands inside a word of a text that says
what it should. A byte before a blank or a stop became U+FFFD; which one it was is lost.
"""

from __future__ import annotations

import re
import string
from collections.abc import Sequence
from functools import cache

from ..late import late
from . import census, double_bytes
from .census import Census
from .edits import Edit

_MOST_HAN = 10
"""One in how many characters of the text may be Chinese: more of them are text."""
_SMALL, _CAPITAL = [*range(0xDF, 0xF7), *range(0xF8, 0xFF)], [*range(0xC0, 0xD7), *range(0xD8, 0xDF)]
_APOSTROPHE, _OPENING = 0x92, (0x91, 0x93)
_HAN = late(re.compile, "[\u3400-\u9fff\uf900-\ufaff]")
_LEAST, _SHARE = 2, 0.8
"""How many such characters stand between letters at least where none is an apostrophe, and what share they are of the
Chinese ones."""


@cache
def _meanings() -> dict[str, dict[str, str]]:
    """Return what each character was, by its place: behind a word as in `it’s`, inside one, where it may have been two
    letters with accents, and before one.
    """
    table = double_bytes.characters_of("gb18030")
    small = [chr(byte) for byte in _SMALL]
    kinds = {
        "both": (_SMALL, small),
        "inside": (_SMALL, string.ascii_lowercase),
        "behind": ([_APOSTROPHE], "stmdvrl"),
        "before": ([*_SMALL, *_CAPITAL], string.ascii_lowercase),
        "opening": (_OPENING, string.ascii_letters),
    }
    return {
        kind: {
            char: bytes([first]).decode("cp1252") + letter  # those of E0 and above are the same in Latin-1
            for first in firsts
            for letter in letters
            if _HAN.match(char := chr(table[first - 0x81, ord(letter) - 0x40]))
        }
        for kind, (firsts, letters) in kinds.items()
    }


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of such a character in its place, a group for each kind of place."""
    found = {kind: f"[{''.join(sorted(chars))}]" for kind, chars in _meanings().items()}
    return re.compile(
        f"(?P<behind>{found['behind']}(?<=[A-Za-z].)(?![a-df-km-z]))|(?P<inside>{found['inside']}(?<=[A-Za-z\u3400-\u9fff].))"
        f"|(?P<both>{found['both']}(?<=[A-Za-z].)(?=[a-z]))"
        f"|(?P<before>{found['before']}(?<![A-Za-z].)(?=[a-z]))"
        f"|(?P<opening>{found['opening']}(?<![A-Za-z].)(?=[a-z' ]))"
    )


def is_suspect(text: Census) -> bool:
    """Whether a text may hold such characters, at no cost to speak of."""
    if not text.has(census.HAN) or _MOST_HAN * text.count(census.HAN) > len(text.text):
        return False
    lines, search = text.lines, _pattern().search
    return any(search(lines[at]) for at in text.lines_with(census.HAN))


def edits(lines: Sequence[str]) -> dict[int, list[Edit]]:
    """Return, by the index of its line, what is mended, the last of a line first.

    >>> [edit.after for edit in edits(["It抯 late, and they don抰 care."])[0]]
    ['’t', '’s']
    """
    meanings, pattern = _meanings(), _pattern()
    found = {at: list(pattern.finditer(line)) for at, line in enumerate(lines) if _HAN.search(line)}
    matches = [match for some in found.values() for match in some]
    han = sum(len(_HAN.findall(lines[at])) for at in found)
    sure = sum(map(_is_between, matches)) >= _LEAST or any(match.lastgroup == "behind" for match in matches)
    if not sure or len(matches) < _SHARE * han:
        return {}
    return {
        at: [
            Edit(match.start(), match[0], meanings[str(match.lastgroup)][match[0]], "mojibake/cp1252-as-gb18030")
            for match in reversed(some)
        ]
        for at, some in found.items()
        if some
    }


def _is_between(match: re.Match[str]) -> bool:
    """Whether such a character stands inside a word, with a small letter behind it."""
    return match.lastgroup == "inside" and match.string[match.end() : match.end() + 1].islower()
