"""Numbers written in words, as figures, so that they can be compared across languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..late import late

_DIGITS = {char: number for number, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_HAN = late(re.compile, "[零〇一二两兩三四五六七八九十百千万萬亿億]+")
_SMALL = (
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {word: number for number, word in enumerate(_SMALL, 2)} | {
    word: 10 * number for number, word in enumerate(_TENS, 2)
}
_TIMES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_ENGLISH = re.compile(
    rf"\b(?:one|a|{'|'.join([*_WORDS, *_TIMES])})(?:[\s-](?:{'|'.join([*_WORDS, *_TIMES])}))*\b", re.IGNORECASE
)
_RUSSIAN = {
    2: "два две двух двум двумя", 3: "три трёх трех трём трем тремя", 4: "четыре четырёх четырех",
    5: "пять пяти", 6: "шесть шести", 7: "семь семи", 8: "восемь восьми", 9: "девять девяти", 10: "десять десяти",
    11: "одиннадцать одиннадцати", 12: "двенадцать двенадцати", 13: "тринадцать тринадцати",
    14: "четырнадцать четырнадцати", 15: "пятнадцать пятнадцати", 16: "шестнадцать шестнадцати",
    17: "семнадцать семнадцати", 18: "восемнадцать восемнадцати", 19: "девятнадцать девятнадцати",
    20: "двадцать двадцати", 30: "тридцать тридцати", 40: "сорок сорока", 50: "пятьдесят пятидесяти",
    60: "шестьдесят шестидесяти", 70: "семьдесят семидесяти", 80: "восемьдесят восьмидесяти", 90: "девяносто",
    100: "сто ста",
}  # fmt: skip
_OF_RUSSIAN = {word: number for number, forms in _RUSSIAN.items() for word in forms.split()}
_RUSSIAN_RUN = late(re.compile, rf"\b(?:{'|'.join(_OF_RUSSIAN)})(?: (?:{'|'.join(_OF_RUSSIAN)}))*\b", re.IGNORECASE)


def numbers(text: str, lang: str = "") -> Iterator[int]:
    """Yield the numbers above 1 that a text writes in Chinese characters or in English words, or in Russian ones up to
    199, if that is its language.

    >>> list(numbers("一千八百个，三百一十二张，两万五千人")), list(numbers("eighteen hundred in twenty-five rows"))
    ([1800, 312, 25000], [1800, 25])
    >>> list(numbers("Двадцать семь лет, до шести", "ru"))
    [27, 6]
    """
    if lang == "ru":
        yield from (sum(_OF_RUSSIAN[word] for word in run[0].lower().split()) for run in _RUSSIAN_RUN.finditer(text))
        return
    found = [han(match[0]) for match in _HAN.finditer(text)] + [_english(match[0]) for match in _ENGLISH.finditer(text)]
    yield from (number for number in found if number > 1)


def han(text: str) -> int:
    """Return the number that some Chinese numerals write, 0 for more than eight figures in a row.

    >>> han("十二"), han("二十"), han("两万五千")
    (12, 20, 25000)
    """
    total = part = digit = 0
    if not any(char in _UNITS or char in _MYRIADS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text)) if len(text) < 9 else 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _UNITS:
            part += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            total = (total + part + digit) * _MYRIADS[char]
            part = digit = 0
    return total + part + digit


def _english(text: str) -> int:
    total = 0
    for word in re.split(r"[\s-]", text.lower()):
        total = (total or 1) * _TIMES[word] if word in _TIMES else total + _WORDS.get(word, 0)
    return total
