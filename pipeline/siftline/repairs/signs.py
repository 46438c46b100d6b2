"""What characters speak of which wrong reading of bytes: the classes that `census` looks for, and all patterns."""

from __future__ import annotations

import re
from functools import cache

from ..tables import kept
from . import double_bytes


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
    rare = set(_chars("[\xc9-\xf9][\xa1-\xfe]", "big5")) - set(_chars(_GB2312[0], "gb2312"))
    return f"[ㄅ-ㄩ﹏-﹞{''.join(sorted(rare))}]"


@cache
def traditional() -> str:
    """Return the class of the Chinese characters of the first level of Big5 that GB2312 has not."""
    return f"[{''.join(sorted(set(_chars(_BIG5[0], 'big5')) - set(_chars(_GB2312[1], 'gb2312'))))}]"


@cache
def simplified() -> str:
    """Return the class of the Chinese characters of the first level of GB2312 that Big5 has not."""
    return f"[{''.join(sorted(set(_chars(_GB2312[0], 'gb2312')) - set(_chars(_BIG5[1], 'big5'))))}]"


_BIG5 = "[\xa4-\xc6][@-~\xa1-\xfe]", "[\xa4-\xf9][@-~\xa1-\xfe]"
_GB2312 = "[\xb0-\xd7][\xa1-\xfe]", "[\xb0-\xf7][\xa1-\xfe]"
"""The Chinese characters of the first level, and all."""
_SWAPPED = "[А-ЯЁЈј](?:(?<=[а-яё][А-ЯЁ])|(?<=[А-ЯЁЈ]{4})|(?<=[А-Яа-я][Јј]))"


@kept
def patterns() -> dict[tuple[str, str], str]:
    """Return by true and false codec what no line lacks that was read so. Each pattern begins with the rarest
    class of characters that it can and looks behind from there, which lets `re` skip clean text quickly.
    """
    high, any_high = singles(0xA1, 0xFF, "cp1252"), singles(0x80, 0xFF, "cp1252")
    western = f"{singles(0x80, 0xBF, 'cp1252')[:-1]}\ufffd]"
    of_big5 = f"[\xa1-\xf9](?:[@-~]|{any_high})"
    leads = f"[{singles(0xC2, 0xF4, 'koi8-r')[1:-1]}]"
    return {
        ("utf-8", "cp1252"): f"[\xc2-\xf4]{western}(?<![×Ø]\xa0)",  # 2 × 3, Ø 20: right as they are
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
