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
from ..tables import kept
from . import double_bytes

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
            edges = {match.start(), end}
            edges.update(edge for unit in reading.unit.finditer(self.raw, *match.span()) for edge in unit.span())
            known = sorted(edge for edge in edges if self.starts[bisect_left(self.starts, edge)] == edge)
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


@cache
def _chars(pattern: str, codec: str) -> str:
    """Return a regex class of the characters that bytes matching `pattern` (two classes) decode to."""
    first, second = re.findall(r"\[[^]]*\]", pattern)
    high = [byte - 0x81 for byte in double_bytes.FIRST if re.match(first, chr(byte), re.DOTALL)]
    low = [byte - 0x40 for byte in double_bytes.SECOND if re.match(second, chr(byte), re.DOTALL)]
    found = set(double_bytes.characters_of(codec)[high][:, low].ravel().tolist()) - {double_bytes.NONE}
    return "[" + "".join(map(chr, sorted(found))) + "]"  # none is of ASCII, so none needs to be escaped


def singles(first: int, last: int, codec: str) -> str:
    """Return the class of the characters that single bytes are in a codec, control characters included."""
    chars = bytes(range(first, last + 1)).decode(codec, "ignore")
    control = "\x80-\x9f" if first < 0xA0 else ""
    return "[" + control + "".join(re.escape(char) for char in chars) + "]"


_LEADS = ("\xe3-\xe9\xef", "\xea-\xed")
"""What characters of UTF-8 begin with: Chinese and its punctuation, Korean. They do not stand beside each other."""


def _in_multibyte(codec: str) -> tuple[str, ...]:
    """Return the classes of what holds, in a codec of two bytes, a lead byte of Chinese in UTF-8 and the byte behind
    it, one of Korean, an accented letter, a Cyrillic one, and one of Greek, Hebrew or Arabic. What EE and most of EF
    begin is for private use, and what D1 begins from A0 on is of old books.
    """
    signs = _chars("[\xef][\xa4-\xab\xbc-\xbf]", codec)
    han = _chars("[\xe3-\xe9][\x80-\xbf]", codec)[:-1] + signs[1:]
    cyrillic = _chars("[\xd0][\x80-\xbf]", codec)[:-1] + _chars("[\xd1][\x80-\x9f]", codec)[1:]
    leads = ("\xea-\xed", "\xc3", "\xce\xcf\xd7-\xdb")
    hangul, accented, eastern = (_chars(f"[{some}][\x80-\xbf]", codec) for some in leads)
    return han, hangul, accented, cyrillic, eastern


def _western(codec: str) -> tuple[str, str]:
    """Return the classes of what holds, in a codec of two bytes, a letter of Latin-1 or Latin Extended-A in UTF-8, and
    the first two bytes of a quotation mark, a dash, another sign or an emoji; the second may be empty.
    """
    signs = _chars("[\xe2][\x80\x82\x84]", codec)[:-1] + _chars("[\xf0][\x9f]", codec)[1:]
    return _chars("[\xc3-\xc5][\x80-\xbf]", codec), signs


def first_of_utf8_in(codec: str) -> str:
    """Return the class of what UTF-8 read in a codec of two bytes has at least one of."""
    return f"[\ufffd{''.join(chars[1:-1] for chars in (*_in_multibyte(codec), *_western(codec)))}]"


def _multibyte(codec: str) -> str:
    """Return the trace of UTF-8 in `codec`. Two characters of three bytes become three of two: the first of these
    holds a lead byte and a continuation byte, the second the other one and a lead byte, or what else comes behind the
    character, mostly ASCII. A letter of another alphabet becomes one character: three side by side, or one of Latin
    inside a word. Of a sign among ASCII two bytes become one character, and the third takes what comes behind it along;
    the four bytes of an emoji become two.
    """
    han, hangul, *alphabets = _in_multibyte(codec)
    lead, tail = f"[{han[1:-1]}{hangul[1:-1]}]", _chars("[\x80-\xbf][\x80-\xbf]", codec)
    middles = (_chars(f"[\x80-\xbf][{leads}]", codec) for leads in _LEADS)
    two = "|".join(f"(?<={first}){middle}{tail}" for first, middle in zip((han, hangul), middles, strict=True))
    last = _chars("[\x80-\xbf][@-~]", codec)
    letters = "|".join(f"(?<={letter}){letter}{{2}}" for letter in alphabets)
    latin, sign = _western(codec)
    word = f"(?<=[A-Za-z]{latin})(?={latin}?[a-z])"
    signs = f"|(?<={sign})[\ufffd?{last[1:-1]}{tail[1:]}" * (len(sign) > 2)
    more = f"(?<={lead})(?:[\ufffd?]|{last}[^\\n]?{lead})|(?<=\ufffd){lead}|{word}{signs}"
    return f"{first_of_utf8_in(codec)}(?:{two}|{letters}|{more})"


def koi8_continuation() -> str:
    """Return the class of what continuation bytes of UTF-8 are in KOI8-R, without the letter ё that Russian has too."""
    return singles(0x80, 0xBF, "koi8-r").replace("ё", "").replace("Ё", "")


CYRILLIC_CONTINUATION = "[ЂЃѓЉЊЌЋЏђљњќћџЎўЈ¤Ґ¦Ї°±ІіґµјЅѕїЄє†‡‰‹›‚„¶¬\x98\xad]"
_ODD_CONTINUATION = "[ЂЃѓЉЊЌЏђљњќџ¤¦°±µ†‡‰‹›‚„¶¬\x98\xad]"
"""Those of it that stand behind no capital in any language."""
_BLANKS = "\xa0(?<=В\xa0)(?:Р’)?(?=В\xa0)"
"""Two blanks that do not break, read once or twice; one may stand behind the word В."""
BIG5_IN_GB = "[\ue000-\ue765ぁ-んァ-ヶΑ-ωЁ-я①-⑩ㄅ-ㄩ]"


@cache
def gb_in_big5() -> str:
    """Return the class of the Chinese characters of the second level of Big5 that are none of the first level of
    GB2312, and of what stops and commas of GB18030 are in Big5: a third of what text becomes, and little of other text.
    """
    rare = set(_chars("[\xc9-\xf9][\xa1-\xfe]", "big5")) - set(_chars("[\xb0-\xd7][\xa1-\xfe]", "gb2312"))
    return f"[ㄅ-ㄩ﹏-﹞{''.join(sorted(rare))}]"


_SWAPPED = "[А-ЯЁЈј](?:(?<=[а-яё][А-ЯЁ])|(?<=[А-ЯЁЈ]{4})|(?<=[А-Яа-я][Јј]))"


@kept
def _traces() -> dict[tuple[str, str], str]:
    """Return by true and false codec what no line lacks that was read so. Each pattern begins with the rarest
    class of characters that it can and looks behind from there, which lets `re` skip clean text quickly.
    """
    high, any_high = singles(0xA1, 0xFF, "cp1252"), singles(0x80, 0xFF, "cp1252")
    western = f"{singles(0x80, 0xBF, 'cp1252')[:-1]}\ufffd]"
    of_big5 = f"[\xa1-\xf9](?:[@-~]|{any_high})"
    leads = f"[{singles(0xC2, 0xF4, 'koi8-r')[1:-1]}]"
    return {
        ("utf-8", "cp1252"): f"[\xc2-\xf4]{western}",
        ("utf-8", "cp1251"): f"{CYRILLIC_CONTINUATION}(?:(?<=[РСВГв-п].)|(?<=[Д-Я]{_ODD_CONTINUATION}))|{_BLANKS}",
        ("utf-8", "koi8-r"): f"{koi8_continuation()}(?<={leads}.)",
        ("utf-8", "gb18030"): _multibyte("gb18030"),
        ("utf-8", "big5"): _multibyte("big5"),
        ("gb18030", "cp1252"): f"{high}{any_high}(?:{any_high}|[@-~]{any_high})|\x81[0-9]{any_high}[0-9]",
        ("big5", "cp1252"): f"{of_big5}(?:{of_big5}){{2}}",
        ("big5", "gb18030"): f"{BIG5_IN_GB}(?:(?<=[\ue000-\ue765])|[\u4e00-\u9fff])",
        ("gb18030", "big5"): gb_in_big5(),
        ("gb18030", "big5hkscs"): gb_in_big5(),  # what browsers take for Big5: other signs, and fewer bytes lost
        ("cp1251", "cp1252"): "[À-ÿ¸¨][À-ÿ¸¨]{2}",
        ("koi8-r", "cp1252"): "[À-ÿ£³][À-ÿ£³]{2}",
        ("koi8-r", "cp1251"): _SWAPPED,
        ("cp1251", "koi8-r"): _SWAPPED,
    }


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
    for (true, false), trace in _traces().items():
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
