"""Wrong readings of bytes: what a text looks like that was decoded with another codec than it was written in, and
how the bytes are got back from it.

For a codec of single bytes each character stands for one byte, so positions stay; for GB18030 and Big5 the
text is encoded again. Windows-1252 and Latin-1 are one: a character of 0x80 to 0x9F is taken as well where it was
read as a control character as where it became a curly quote. The codec names are Python's.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from ..late import late
from . import signs

NO_BYTE, LOST = "\u0100", "\u0101"
"""Stand, among characters that are bytes, for a character the codec has not, and for the byte behind a U+FFFD."""

_UTF8_UNIT = (
    "(?:[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|"
    "\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})"
)
_SPACED_UTF8_UNIT = f"(?:{_UTF8_UNIT}|\xc3 |\xd0 (?=[\xd0\xd1])|[\xe3-\xef] [\x80-\xbf]|[\xe3-\xef][\x80-\xbf] )"
_LOSSY_UTF8_UNIT = rf"(?:{_UTF8_UNIT}|[\xc2-\xf4][\x80-\xbf]{{0,2}}{LOST}|{LOST}[\x80-\xbf]{{0,2}})"
_UNITS = {
    "utf-8": _UTF8_UNIT,
    "gb18030": "(?:[\x81-\xfe][@-~\x80-\xfe]|[\x81-\xfe][0-9][\x81-\xfe][0-9])",
    "big5": "(?:[\x81-\xfe][@-~\xa1-\xfe])",
    "cp1251": "[\x80-\xff]",
    "koi8-r": "[\xa3\xb3\xc0-\xff]",  # letters: the others are signs that frame tables
}
"""What the bytes of one character look like that is not ASCII."""
GAP = 60
"""Characters of ASCII that may stand inside one damaged stretch, between two damaged ones."""

SMALL_GAP = 3
"""The same inside one run, which gets one change."""


def _stretch(unit: str, gap: int = GAP) -> re.Pattern[str]:
    return re.compile(rf"{unit}+(?:[\x00-\x7f]{{1,{gap}}}{unit}+)*", re.DOTALL)


class Reading(NamedTuple):
    """One way to go wrong: bytes of `true` were decoded as `false`."""

    name: str
    true: str
    false: str
    trace: re.Pattern[str]
    """What no line lacks that was read so, and few others have."""
    margin: int
    """Bits that the right reading must save: more where clean text looks like the damage."""
    twice: tuple[str, ...] = ()
    """Pairs of letters one of which most lines have in which the reading happened twice, and no others."""

    def __hash__(self) -> int:
        """By its name: hashing a pattern takes long."""
        return hash(self.name)

    @property
    def swaps_case(self) -> bool:
        """Whether small Cyrillic letters became capitals, and the reverse."""
        return {self.true, self.false} == {"cp1251", "koi8-r"}

    @property
    def swaps_characters(self) -> bool:
        """Whether each character stands for another, since both codecs have two bytes for one. Right text can be
        read again as well as damaged text then, so that only sums tell them apart.
        """
        return self.true in MULTIBYTE and self.false in MULTIBYTE

    @property
    def stretch(self) -> re.Pattern[str]:
        """The pattern of damaged stretches, in characters that are bytes."""
        return _STRETCHES[self.true]

    @property
    def unit(self) -> re.Pattern[str]:
        """The pattern of the bytes of one character that is not ASCII."""
        return _UNIT_PATTERNS[self.true]

    @property
    def run(self) -> re.Pattern[str]:
        """The pattern of one damaged run: a stretch with no more than a few bytes of ASCII between."""
        return _RUNS[self.true]

    @property
    def piece(self) -> re.Pattern[str]:
        """The pattern of a damaged stretch without ASCII inside."""
        return _PIECES[self.true]


_STRETCHES = {true: _stretch(unit) for true, unit in _UNITS.items()}
_RUNS = {true: _stretch(unit, SMALL_GAP) for true, unit in _UNITS.items()}
_UNIT_PATTERNS = {true: re.compile(unit) for true, unit in _UNITS.items()}
_PIECES = {true: re.compile(f"{unit}+") for true, unit in _UNITS.items()}
SPACED_UTF8 = _stretch(_SPACED_UTF8_UNIT)
"""A stretch of UTF-8 in which the byte A0, a space that does not break in most codecs, became a space."""
_SPACED_UNIT = re.compile(f"({_UTF8_UNIT})|(\xc3 )|{_SPACED_UTF8_UNIT}")
LOSSY_UTF8 = _stretch(_LOSSY_UTF8_UNIT)
"""A stretch of UTF-8 in which single bytes are lost."""
_WHOLE_OR_GONE = re.compile(f"({_UTF8_UNIT})|[\xc2-\xf4]?[\x80-\xbf]{{0,2}}{LOST}[\x80-\xbf]{{0,2}}")
MULTIBYTE = ("gb18030", "big5", "big5hkscs")


class Span(NamedTuple):
    """A stretch of a text, and the bytes behind it as characters."""

    start: int
    end: int
    raw: str


class ByteView(NamedTuple):
    """The bytes behind a text, as characters; NO_BYTE for a character that the codec has not."""

    raw: str
    starts: tuple[int, ...] | None
    """Where the bytes of each character begin, and the end; None where each character is one byte."""

    @classmethod
    def of(cls, text: str, codec: str) -> ByteView:
        """Return the bytes that were decoded as `codec` to give `text`.

        >>> ByteView.of("вЂ”", "cp1251").raw.encode("latin-1").decode("utf-8")
        '—'
        """
        if codec not in MULTIBYTE:
            return cls(text.translate(_byte_table(codec)), None)
        units = _wide_units(text, codec)
        return cls("".join(units), tuple(accumulate(map(len, units), initial=0)))

    def spans(self, pattern: re.Pattern[str], reading: Reading, within: Span | None, shortest: int) -> Iterator[Span]:
        """Yield the stretches of the text that match a pattern of bytes, cut back to whole characters, with at
        least `shortest` bytes; only those inside `within`, where it is given.
        """
        lo, hi = (within.start, within.end) if within else (0, len(self.starts or self.raw) - bool(self.starts))
        if self.starts is None:
            found = (Span(*match.span(), match[0]) for match in pattern.finditer(self.raw, lo, hi))
            yield from (span for span in found if len(span.raw) >= shortest)
            return
        for match in pattern.finditer(self.raw, self.starts[lo], self.starts[hi]):
            if match.end() - match.start() < shortest:
                continue
            end = match.end() + (self.raw[match.end() : match.end() + 1].isascii() and self._cuts(match.end()))
            known = [edge for edge in (match.start(), end) if not self._cuts(edge)]
            if len(known) < 2:
                edges = {match.start(), end}
                edges.update(edge for unit in reading.unit.finditer(self.raw, *match.span()) for edge in unit.span())
                known = sorted(edge for edge in edges if not self._cuts(edge))
            if len(known) > 1:
                first, last = known[0], known[-1]
                yield Span(bisect_left(self.starts, first), bisect_left(self.starts, last), self.raw[first:last])

    def cut(self, start: int, end: int) -> Span:
        """Return the span between two characters."""
        if self.starts is None:
            return Span(start, end, self.raw[start:end])
        return Span(start, end, self.raw[self.starts[start] : self.starts[end]])

    def atoms(self, span: Span, reading: Reading) -> list[Span]:
        """Return the smallest parts of a span that can be read again alone: words where bytes are characters, else
        what lies between two places at which both a character of the text and one of the bytes begin.
        """
        if self.starts is None:
            return [self.cut(*match.span()) for match in reading.piece.finditer(self.raw, span.start, span.end)]
        edges = {self.starts[span.start], self.starts[span.end]}
        for unit in reading.unit.finditer(self.raw, self.starts[span.start], self.starts[span.end]):
            edges.update(unit.span())
        known = [at for at in range(span.start, span.end + 1) if self.starts[at] in edges]
        return [self.cut(start, end) for start, end in pairwise(known)]

    def _cuts(self, at: int) -> bool:
        """Whether an offset lies inside a character: the ASCII byte there was read as its second half."""
        return self.starts is not None and self.starts[bisect_left(self.starts, at)] != at


def bytes_of_characters(codec: str) -> dict[int, int]:
    """Return the byte behind each character that is not ASCII in a codec of single bytes.

    >>> bytes_of_characters("cp1252")[0x20AC], bytes_of_characters("koi8-r")[0x42E]
    (128, 224)
    """
    found = {}
    for byte in range(0x80, 0x100):
        if codec == "cp1252":
            found[byte] = byte
        char = bytes([byte]).decode(codec, "replace")
        found[ord(char) if char != "\ufffd" else byte] = byte
    return found


class _ByteTable(dict[int, str]):
    """What str.translate needs to turn the characters of a single-byte codec into bytes."""

    def __init__(self, codec: str) -> None:
        super().__init__({point: chr(byte) for point, byte in bytes_of_characters(codec).items()})
        self[0xFFFD] = LOST

    def __missing__(self, point: int) -> str:
        self[point] = char = chr(point) if point < 0x80 else NO_BYTE
        return char


_byte_table = cache(_ByteTable)


def _wide_units(text: str, codec: str) -> list[str]:
    """Return for each character of `text` the bytes that a multi-byte codec has for it, as characters."""
    found = [_wide_unit(char, codec) for char in text]
    if codec == "gb18030" and ("\ufffd" in text or "?" in text):
        for match in _LOST_IN_GB.finditer(text):
            at = match.start()
            found[at] = _lost_in_gb("".join(found[max(0, at - 3) : at]), found[at], "".join(found[at + 1 : at + 2]))
    return found


_LOST_IN_GB = re.compile("\ufffd|(?<=[^\\x00->@-\x7f])\\?")
"""A byte that GB18030 could not read, or that some have put a question mark for."""
_SECOND = re.compile("[^\\x00-?\x7f]")
"""What is a second byte to any byte but 80."""
_LACKS_ONE = re.compile("(?:[\xe2-\xef]|\xf0[\x90-\xbf])[\x80-\xbf]$")
_LACKS_TWO = re.compile(f"[\xe2-\xef][\x80-\xbf]{{2}}[\xe2-\xef]{LOST}?$")
"""What ends with a part of a character in UTF-8."""


def _lost_in_gb(before: str, here: str, after: str) -> str:
    """Return the byte that was lost between some others: 80 where it can be no other, and UTF-8 goes on behind it."""
    lacks_one = _LACKS_ONE.search(before) is not None
    if here == "?" and not lacks_one and not _LACKS_TWO.search(before):
        return here
    if not _SECOND.match(after) or (lacks_one and "\x80" <= after[0] <= "\xbf"):
        return LOST
    return "\x80"


@lru_cache(maxsize=30_000)
def _wide_unit(char: str, codec: str) -> str:
    if char == "\ufffd":
        return LOST
    try:
        return char.encode(codec).decode("latin-1")
    except UnicodeEncodeError:
        return NO_BYTE


def pattern_for(text: ByteView, reading: Reading) -> re.Pattern[str]:
    """Return the pattern of damaged stretches that a text needs: one that lets bytes be lost, or be spaces where
    there is no doubt what the rest is, or the plain one.
    """
    if reading.true == "utf-8" and LOST in text.raw:
        return LOSSY_UTF8
    if reading.true == "utf-8" and text.starts is None and len(reading.unit.findall(text.raw)) >= 2:
        return SPACED_UTF8
    return reading.stretch


def decode_stretch(raw: str, true: str) -> str | None:
    """Return what the bytes `raw` (as characters) say in the codec `true`, or None where they are not of it.

    Of UTF-8 with lost bytes each character that is not whole becomes U+FFFD; spaces that must be bytes A0 are.
    """
    if true == "utf-8":
        if LOST in raw:
            raw = _WHOLE_OR_GONE.sub(lambda match: match[1] or "\xef\xbf\xbd", raw)
        if " " in raw:
            raw = _SPACED_UNIT.sub(_with_a0, raw)
    try:
        return raw.encode("latin-1").decode(true)
    except UnicodeError:
        return None


def _with_a0(match: re.Match[str]) -> str:
    if match[1]:
        return match[1]
    lone = match[2] and match.string[match.end() : match.end() + 1] != " "
    return match[0].replace(" ", "\xa0") + (" " if lone else "")


_TWICE = {
    ("koi8-r", "cp1251"): (
        "хж", "жр", "пв", "жы", "вж", "ър", "пэ", "хы", "жп", "юе", "жв", "кю", "чп", "вф", "вб",
    ),
    ("cp1251", "koi8-r"): (
        "ъп", "пм", "пщ", "аь", "нм", "йщ", "йь", "юь", "ъз", "цч", "чй", "аъ", "мэ", "жл",
    ),
}  # fmt: skip
"""What `ст`, `то`, `на`, `ть`, `ся`, `ал` and the like become, as far as Russian seldom has it; the best four first."""
_MARGINS = {"cp1252": 14, "gb18030": 16, "big5": 16, "big5hkscs": 16, "koi8-r": 16, "cp1251": 14}
"""Bits to save by the codec that was read wrongly as."""
_MARGIN_OF_SWAPPED = 20
"""The same for Russian letters read as others: abbreviations in capitals save up to 19 bits."""
_MARGIN_OF_LIKE = 26
"""The same where clean text is full of the trace."""


@cache
def readings() -> tuple[Reading, ...]:
    """Return all wrong readings that are looked for; built on first use."""
    out = []
    for (true, false), trace in signs.patterns().items():
        like = true in MULTIBYTE and false in MULTIBYTE
        margin = (
            _MARGIN_OF_LIKE
            if like
            else _MARGIN_OF_SWAPPED
            if true != "utf-8" and false != "cp1252"
            else _MARGINS[false] - 2 * (true == "utf-8" and false == "cp1252")
        )
        name = f"{true.replace('utf-8', 'utf8')}-as-{false}"
        out.append(Reading(name, true, false, late(re.compile, trace), margin, _TWICE.get((true, false), ())))
    return tuple(out)
