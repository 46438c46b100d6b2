"""UTF-8 in a codec that lacks one of its bytes, where the reader left that byte out or put a mark for it.

Windows-1251 lacks byte 98 alone, the second one of И and the third of ‘; so a byte that is missing can be no other.
Where blanks were folded, though, `Р ` may have been И and a blank, or Р, whose second byte is a blank that does not
break: there it is taken for Р, as for any text of which no byte is missing.
Windows-1252 lacks five, and only one of these ends a quotation mark: 9D, of ”, which closes what “ has opened.
Russian in Windows-1252 is left with one character for с, я and э alike; pairs of letters say which one it was in 82 of
100 places only, so nothing is guessed there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..late import late
from . import census
from .census import Census
from .edits import Edit, is_shown

_SIGNS = ("С‚", "Рѕ", "РЅ", "Р°", "Р\xa0В", "Р В")
"""The letters т, о, н and а of UTF-8 in Windows-1251, one of which stands in nearly every line, and how nearly every
one of them begins where that happened twice."""
_SECOND = re.escape(bytes(byte for byte in range(0x80, 0xC0) if byte != 0x98).decode("cp1251"))
_MISSING = late(re.compile, rf"(?:[РС]|вЂ)(?![{_SECOND}\x98])[?\ufffd]?")
"""The first byte of И or of ј, or the first two of ‘, without the last one, or with a mark for it. Russian that was
read so twice has ј in the place of every м, and ‘ in that of ё."""
_FOLDED = "Р "
_BYTE = "\udc98"
_DAMAGED = late(re.compile, r"[^\x00-\x7f](?:.*[^\x00-\x7f])?\??")
_LEAST = 2
"""Letters that are whole for each one with a missing byte."""
_QUOTE = "â€"
_MARKED = late(re.compile, r"â€[?\ufffd]?(?![^ \t.,;:!)\]'-])")
_DROPPED = late(re.compile, r"â€(?![^ \t.,;:!?)\]'-])")
_SURELY_DROPPED = late(re.compile, r"â€(?![^ \t.,;:!)\]'-])")
_OPENING, _CLOSING = late(re.compile, "â€œ|(?<!â€)“"), late(re.compile, "â€\x9d|(?<!â€)”")


def is_suspect(text: Census) -> bool:
    """Whether a text may have lost bytes in one of these ways, at no cost to speak of."""
    return (text.has(census.LATIN) and _QUOTE in text.text) or (
        text.has(census.CYRILLIC, census.CP1251_TAIL)
        and any(map(text.text.__contains__, _SIGNS))
        and bool(_MISSING.search(text.text))
    )


def edits(lines: Sequence[str]) -> dict[int, list[Edit]]:
    """Return, by the index of its line, what is mended.

    >>> edits(["РРіСЂР°"])[0][0].after, edits(["“Here,â€ she said."])[0][0].after
    ('Игра', '”')
    """
    quotes = _DROPPED if any(map(_SURELY_DROPPED.search, lines)) else _MARKED
    folded = not any("\xa0" in line for line in lines)
    found = {at: [*_letters(line, folded)] or [*_quotation_marks(line, quotes)] for at, line in enumerate(lines)}
    return {at: mended for at, mended in found.items() if mended}


def _letters(line: str, folded: bool) -> Iterator[Edit]:
    """Yield a line read again, where all of it is UTF-8 but for bytes that are missing."""
    if not any(map(line.__contains__, _SIGNS)) or (damaged := _DAMAGED.search(line)) is None:
        return
    before = damaged[0]
    known = before.replace(_FOLDED, "Р\xa0") if folded else before
    whole, missing = _MISSING.subn(lambda match: match[0].rstrip("?\ufffd") + _BYTE, known)
    try:
        after = whole.replace("\x98", _BYTE).encode("cp1251", "surrogateescape").decode("utf-8")
    except UnicodeError:
        return
    if 0 < missing * (_LEAST + 1) <= sum(not character.isascii() for character in after):
        yield Edit(damaged.start(), before, after, "mojibake/utf8-as-cp1251")


def _quotation_marks(line: str, pattern: re.Pattern[str]) -> Iterator[Edit]:
    """Yield what closes quotations that are open there, last first: † loses its last byte where blanks are folded."""
    closing: list[Edit] = []
    for match in pattern.finditer(line) if _QUOTE in line else ():
        before = line[: match.start()]
        opened = len(_OPENING.findall(before)) - len(_CLOSING.findall(before)) - len(closing)
        edit = Edit(match.start(), match[0], "”", "mojibake/utf8-as-cp1252")
        if opened > 0 and not is_shown(line, edit):
            closing.append(edit)
    yield from reversed(closing)
