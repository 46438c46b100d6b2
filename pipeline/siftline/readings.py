"""Wrong readings of bytes: what a text looks like that was decoded with another codec than it was written in, and
how the bytes are got back from it.

For a codec of single bytes each character stands for one byte, so positions stay; for GB18030 and Big5 the
text is encoded again. Windows-1252 and Latin-1 are one: a character of 0x80 to 0x9F is taken as well where it was
read as a control character as where it became a curly quote. The codec names are Python's.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

NO_BYTE, LOST = "\u0100", "\u0101"
"""Stand, among characters that are bytes, for a character the codec has not, and for the byte behind a U+FFFD."""

_UTF8_UNIT = (
    "(?:[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|"
    "\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})"
)
_LOSSY_UTF8_UNIT = rf"(?:{_UTF8_UNIT}|[\xc2-\xf4][\x80-\xbf]{{0,2}}{LOST}|{LOST}[\x80-\xbf]{{0,2}})"
_UNITS = {
    "utf-8": _UTF8_UNIT,
    "gb18030": "(?:[\x81-\xfe][@-~\x80-\xfe]|[\x81-\xfe][0-9][\x81-\xfe][0-9])",
    "big5": "(?:[\x81-\xfe][@-~\xa1-\xfe])",
    "cp1251": "[\x80-\xff]",
    "koi8-r": "[\x80-\xff]",
}
"""What the bytes of one character look like that is not ASCII."""
GAP = 60
"""Characters of ASCII that may stand inside one damaged stretch, between two damaged ones."""


def _stretch(unit: str) -> re.Pattern[str]:
    return re.compile(rf"{unit}+(?:[\x00-\x7f]{{1,{GAP}}}{unit}+)*", re.DOTALL)


class Reading(NamedTuple):
    """One way to go wrong: bytes of `true` were decoded as `false`."""

    name: str
    true: str
    false: str
    trace: re.Pattern[str]
    """What no line lacks that was read so, and few others have."""
    margin: int
    """Bits that the right reading must save: more where clean text looks like the damage."""

    @property
    def stretch(self) -> re.Pattern[str]:
        """The pattern of damaged stretches, in characters that are bytes."""
        return _STRETCHES[self.true]

    @property
    def piece(self) -> re.Pattern[str]:
        """The pattern of a damaged stretch without ASCII inside."""
        return _PIECES[self.true]


_STRETCHES = {true: _stretch(unit) for true, unit in _UNITS.items()}
_PIECES = {true: re.compile(f"{unit}+") for true, unit in _UNITS.items()}
LOSSY_UTF8 = _stretch(_LOSSY_UTF8_UNIT)
"""A stretch of UTF-8 in which single bytes are lost."""
_WHOLE_OR_GONE = re.compile(f"({_UTF8_UNIT})|[\xc2-\xf4]?[\x80-\xbf]{{0,2}}{LOST}[\x80-\xbf]{{0,2}}")
MULTIBYTE = ("gb18030", "big5")


def as_bytes(text: str, codec: str) -> str:
    """Return the bytes behind `text` as so many characters; NO_BYTE where `codec` has not the character.

    >>> as_bytes("вЂ”", "cp1251").encode("latin-1").decode("utf-8")
    '—'
    """
    if codec in MULTIBYTE:
        return "".join(wide_units(text, codec))
    return text.translate(_byte_table(codec))


class _ByteTable(dict[int, str]):
    """What str.translate needs to turn the characters of a single-byte codec into bytes."""

    def __init__(self, codec: str) -> None:
        super().__init__({0xFFFD: LOST})
        for byte in range(0x80, 0x100):
            if codec == "cp1252":
                self[byte] = chr(byte)
            char = bytes([byte]).decode(codec, "replace")
            self[ord(char) if char != "\ufffd" else byte] = chr(byte)

    def __missing__(self, point: int) -> str:
        self[point] = char = chr(point) if point < 0x80 else NO_BYTE
        return char


_byte_table = cache(_ByteTable)


def wide_units(text: str, codec: str) -> list[str]:
    """Return for each character of `text` the bytes that a multi-byte codec has for it, as characters."""
    found = [_wide_unit(char, codec) for char in text]
    if codec == "gb18030" and "\ufffd" in text:
        for match in _EIGHTY.finditer(text):
            found[match.start()] = "\x80"
    return found


_EIGHTY = re.compile("\ufffd(?=[^\\x00-?\x7f])")
"""A byte that GB18030 could not read before a byte that would have been a second byte to any other: 0x80."""


@lru_cache(maxsize=30_000)
def _wide_unit(char: str, codec: str) -> str:
    if char == "\ufffd":
        return LOST
    try:
        return char.encode(codec).decode("latin-1")
    except UnicodeEncodeError:
        return NO_BYTE


def decode_stretch(raw: str, true: str) -> str | None:
    """Return what the bytes `raw` (as characters) say in the codec `true`, or None where they are not of it.

    Of UTF-8 with lost bytes each character that is not whole becomes U+FFFD.
    """
    if LOST in raw and true == "utf-8":
        raw = _WHOLE_OR_GONE.sub(lambda match: match[1] or "\xef\xbf\xbd", raw)
    try:
        return raw.encode("latin-1").decode(true)
    except UnicodeError:
        return None


def _chars(pattern: str, codec: str) -> str:
    """Return a regex class of the characters that bytes matching `pattern` (two classes) decode to."""
    first, second = re.findall(r"\[[^]]*\]", pattern)
    high = [byte for byte in range(0x81, 0xFF) if re.match(first, chr(byte), re.DOTALL)]
    low = [byte for byte in range(0x40, 0xFF) if re.match(second, chr(byte), re.DOTALL)]
    found = (bytes([h, t]).decode(codec, "ignore") for h in high for t in low)
    return "[" + "".join(sorted({re.escape(char) for char in found if len(char) == 1})) + "]"


def _singles(first: int, last: int, codec: str) -> str:
    chars = bytes(range(first, last + 1)).decode(codec, "ignore")
    control = "\x80-\x9f" if first < 0xA0 else ""
    return "[" + control + "".join(re.escape(char) for char in chars) + "]"


def _multibyte(codec: str) -> str:
    """Return the trace of UTF-8 in `codec`: two first characters of such a group within reach of each other. The
    first three bytes of UTF-8 text give a lead from C3 to EF followed by a continuation byte."""
    lead = _chars("[\xe3-\xef][\x80-\xbf]", codec)
    short = _chars("[\xc3-\xdf][\x80-\xbf]", codec)
    return f"{lead}[^\\n]{{1,2}}{lead}|{lead}[\ufffd]|{short}{{3}}|\ufffd{lead}"


_SHORT = {"utf-8": "utf8"}


@cache
def readings() -> tuple[Reading, ...]:
    """Return all wrong readings that are looked for; built on first use."""
    high, cont = _singles(0xA1, 0xFF, "cp1252"), _singles(0x80, 0xBF, "cp1252")
    spec = _singles(0x80, 0xFF, "cp1252")
    cyr_cont = _singles(0x80, 0xBF, "cp1251")
    west_utf8 = f"[\xc2-\xf4]{cont[:-1]}\ufffd]"
    cyr_utf8 = f"[{_singles(0xC2, 0xF4, 'cp1251')[1:-1]}]{cyr_cont[:-1]}\ufffd]"
    koi_utf8 = f"[{_singles(0xC2, 0xF4, 'koi8-r')[1:-1]}]{_singles(0x80, 0xBF, 'koi8-r')}"
    gbk = f"{high}{spec}{{2}}|{high}{spec}[@-~]{spec}"
    big5 = f"(?:[\xa1-\xf9](?:[@-~]|{spec})){{3}}"
    swapped = "[а-яё][А-ЯЁ]|[А-ЯЁЈ]{4}|[Јј][А-Яа-я]"
    pua = "[\ue000-\ue765]|[ぁ-んァ-ヶΑ-ωЁ-я①-⑩ㄅ-ㄩ][\u4e00-\u9fff]"
    odd = "[ЎўЈ¤Ґ¦§©Є¬®Ї°±ІіґµєјЅѕї]"
    rows = (
        ("utf-8", "cp1252", west_utf8, 12),
        ("utf-8", "cp1251", f"(?:{cyr_utf8}){{2}}|(?:[вВ]Ђ)", 14),
        ("utf-8", "koi8-r", f"(?:{koi_utf8}){{3}}", 16),
        ("utf-8", "gb18030", _multibyte("gb18030"), 16),
        ("utf-8", "big5", _multibyte("big5"), 16),
        ("gb18030", "cp1252", gbk, 14),
        ("big5", "cp1252", big5, 14),
        ("big5", "gb18030", pua, 20),
        ("cp1251", "cp1252", f"[À-ÿ¸¨]{{3}}", 14),
        ("koi8-r", "cp1252", f"[À-ÿ£³]{{3}}", 14),
        ("koi8-r", "cp1251", swapped, 26),
        ("cp1251", "koi8-r", swapped, 26),
        ("gb18030", "cp1251", f"{odd}[А-яЁё]{{0,3}}{odd}[А-яЁё]", 24),
    )
    return tuple(
        Reading(f"{_SHORT.get(true, true)}-as-{false}", true, false, re.compile(trace), margin)
        for true, false, trace, margin in rows
    )

