"""How plausible a string is as text, in bits: the shorter of two readings of the same bytes is the right one.

The cost of a string is what a simple model needs to write it down: so many bits for each character, by how often
it is met in Chinese, Russian and Western text, and some more where two neighbours do not go together (a Latin
letter beside a Cyrillic one, a capital after a small letter). Comparing total costs is the principle of minimum
description length (J. Rissanen, "Modeling by shortest data description", Automatica 14, 1978); totals, not
means, because readings of the same bytes differ in length.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ..tables import kept
from . import double_bytes

CHUNK = 1 << 20
"""Characters that are weighed at a time, so that memory stays bounded."""

SHORT = 120
"""Characters below which a plain loop is quicker than arrays."""

_COMMON_HAN = (
    "的是一不了人有在中国我大为发爲這和这生年來上以个现要到時会個化就他會来也國能出对时成代家地们民自得都学方業作說于法之對用"
    "理展物新們可後發那而力面多與动经本所當過全业公還主日事实开行現同资心體过进月等产看下於然务高体天好經最你后与文身點其明者"
    "子政動學度很美市分利將進道目种流但工無定性如前及實沒著間式建合说更手些共制因被部间重电提她由社基着意关入量開平还设服系商"
    "机保兩想起加当长没从機正長麼己运司里表内問小已特種關价统质期員女裏持点第场程样投神外推三使光內十去受權么革向相只通命无務"
    "從教此比話术果情造并网世原应並先包卻打水知給讓次城营题问活位東老至越金区品项类结科认信界义权再樣治眼立臺醫題解南改将各常"
    "数報師幾或產真節選門非把感府放它五愛步術頭强础西计报需管安创做路头确许形求规別單客容專少應未校標結衆辦近二导调济两回华反"
    "给员始断任变护供交什今克兒又接極氣笑約級觀該變限除風专党海格传态领论元色名配具完施口记象區團技收數死療直精網總華設許電演"
    "别史总气示构历标万影据环速研优风准儿育东何像必观际且企便則即友告境導帶息才條決玩百舞萬處認護較達難思户快球医每四坚走决奖"
)
"""The 480 most frequent Han characters of running text in simplified and in traditional script."""

_RUSSIAN = " абвгдежзийклмнопрстуфхцчшщъыьэюяё"
_RUSSIAN_BITS = (
    "4653656754b465343545577958beee6a7e 2b6575565874344b6544aa66668cccc65c 6497a83aa4a64652a46a497aa9583aa75a "
    "23c9c73c74c7595386476c9a969c47cc7c 54aa945aa4a73a61a38a5aaaaaaaaaaaaa 53968a28a3b7584395684b8798b956ab7b "
    "286555666955443864439978677dddd99a 637a8428a3a7a837aaaa5aaa7aaaa8aaaa 32746456a5a65435a69a5aaaaaa947aa6a "
    "27757647466544477544c956579cccc75c 0aaaa5aaaaa67757aa45a88657aaaaaaaa 32b7bb69a3b86972b4654bb8bbbbbbbbbb "
    "43ac9837c2c79a63ac695cac9acc63c548 2399b92bb3b87643698b4bbb9bbb49b96b 53ca963cc3c7cc42c96658b78cac46c859 "
    "2d544455675545486444a889678ddd997d 84bbbb3bb4b95b8172865bbb99bb68bb7b 52967836a3c7865289664a9999ac56c869 "
    "44a5974ac5c4466457526a796acc64c848 33c4c93cc4c68952945b5cbb9acc53c97b 266544646985457b5544bb6b456bbbb58b "
    "6368683882885682838865888688888888 1396897997996762969968999999998999 4388882881888785888858888888488888 "
    "63a9aa2aa3a58a47aaa25aaaa6aaa6aaa9 6396992992944944997659999999949997 8388881882888868868858888888868886 "
    "5555552555555555555555555555555545 2b6467397b36457b76559b4b769bbbbb9b 1a887a6a6aa4a6399a46aaa8959aaaa56a "
    "6886868888645858886086688888888888 1939749799997769974397675749999799 1bb585576b87565b8b64bb69796bbbb78b "
    "2665666646665336654666666666666666 "
)
"""Bits of a Russian letter after another, -log2 of its share in running text, a hexadecimal digit each; a row for
each first letter and a column for each second one, in the order of _RUSSIAN, whose blank is the edge of a word."""

# Classes of characters, for what goes together. The first 34 are the letters of _RUSSIAN, 0 being all that is
# neither letter nor oddity; capitals of Russian follow the small ones.
_CAPITAL = 34
_LOWER, _UPPER, _ACCENTED, _ACCENTED_UPPER, _GREEK, _CYRILLIC, _HAN, _KANA, _SCRIPT, _ODD = range(68, 78)
_CLASSES = 78

_CHOSEN = {
    " ": 3, "\t": 6, "\xa0": 4, "\u3000": 8, "\ufffd": 20, "\xad": 14,
    **dict.fromkeys(",.-'\"():;?!/", 6), **dict.fromkeys("，。、：；？！（）“”《》", 7),
    **dict.fromkeys("‘’–—…•·«»「」『』【】〈〉～％", 8), **dict.fromkeys("єіїўЄІЇЎ", 7),
    **dict.fromkeys("№©®°™€→×§£", 10),
}  # fmt: skip
_SYMBOL, _UNKNOWN = 15, 24


class _Model(NamedTuple):
    bits: npt.NDArray[np.uint8]  # by code point of the BMP
    classes: npt.NDArray[np.uint8]  # likewise
    steps: npt.NDArray[np.uint8]  # by class, and class of the next character
    short: tuple[bytes, bytes, bytes]  # the same three, quicker to look a few things up in


def cost(text: str) -> int:
    """Return the bits that it takes to write `text` down; 0 for an empty one.

    >>> cost("привет") < cost("РТЙЧЕФ") and cost("中文网站") < cost("ÖÐÎÄÍøÕ¾")
    True
    """
    if len(text) < SHORT:
        return _cost_of_short(text)
    return sum(_cost(text[at : at + CHUNK]) for at in range(0, len(text), CHUNK))


@lru_cache(maxsize=4096)
def _cost_of_short(text: str) -> int:
    model = _model()
    bits, classes, steps = model.short
    total = before = 0
    for char in text:
        point = ord(char)
        if point > 0xFFFF:
            total += _astral(point)
            point = 0xFFFF
            total -= bits[point]
        here = classes[point]
        total += bits[point] + steps[before * _CLASSES + here]
        before = here
    return total + steps[before * _CLASSES]


def _cost(text: str) -> int:
    model = _model()
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    low = np.minimum(points, 0xFFFF)
    total = int(model.bits[low].sum(dtype=np.int64))
    astral = points > 0xFFFF
    if astral.any():
        total += sum(_astral(int(point)) - int(model.bits[0xFFFF]) for point in points[astral])
    classes = model.classes[low].astype(np.intp)
    edges = np.zeros(len(classes) + 2, dtype=np.intp)
    edges[1:-1] = classes
    return total + int(model.steps[edges[:-1], edges[1:]].sum(dtype=np.int64))


def line_costs(text: str) -> npt.NDArray[np.int64]:
    r"""Return the cost of each line of a text, but for what is ASCII: it costs the same in all readings.

    >>> line_costs("abc\né").tolist()
    [0, 14]
    """
    model = _model()
    points = np.frombuffer(f"\n{text}\n".encode("utf-32-le", "surrogatepass"), dtype="<u4")
    other = points >= 0x80
    bits = model.bits.take(points, mode="clip").astype(np.int64)
    bits *= other
    for at in (points > 0xFFFF).nonzero()[0]:
        bits[at] = _astral(int(points[at]))
    classes = model.classes.take(points, mode="clip").astype(np.uint16)
    pairs = classes[:-1] * _CLASSES
    pairs += classes[1:]
    bits[1:] += model.steps.take(pairs) * (other[1:] | other[:-1])
    return np.add.reduceat(bits, (points == 0x0A).nonzero()[0][:-1] + 1)


def bits_alone() -> npt.NDArray[np.uint8]:
    """Return the bits of each code point of the BMP, whatever stands beside it."""
    return _model().bits


_HAN_LEVELS = (
    (17, "gbk", 0x81, 0xFE),
    (15, "gb2312", 0xB0, 0xF7),
    (15, "big5", 0xA4, 0xF9),
    (11, "gb2312", 0xB0, 0xD7),
    (11, "big5", 0xA4, 0xC6),
)
"""Bits of Han characters by codec and lead bytes, common sets last: the first level of GB2312 (rows 16 to 55) and of
Big5 holds what the makers of both found common."""


def _astral(point: int) -> int:
    if 0x1F000 <= point < 0x1FB00:
        return 13
    if 0x20000 <= point < 0x32400:
        return 21
    return 18 if unicodedata.category(chr(point))[0] in "LNS" else 34


@cache
def _model() -> _Model:
    bits, classes, steps = _arrays()
    return _Model(bits, classes, steps, (bits.tobytes(), classes.tobytes(), steps.tobytes()))


@kept
def _arrays() -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    bits = np.full(0x10000, _UNKNOWN, dtype=np.uint8)
    classes = np.zeros(0x10000, dtype=np.uint8)
    for point in chain(range(0x3400), range(0xA000, 0xAC00), range(0xF900, 0xFFFE)):
        bits[point], classes[point] = _alone(chr(point))
    for first, last, value, kind in (*_LARGE_BLOCKS, (0xE000, 0xF8FF, _UNKNOWN - 4, _ODD)):
        bits[first : last + 1], classes[first : last + 1] = value, kind
    for value, codec, first, last in _HAN_LEVELS:
        bits[_han_of(codec, first, last)] = value
    for char in _COMMON_HAN:
        bits[ord(char)] = 8
    for char, value in _CHOSEN.items():
        bits[ord(char)] = value
    for at, char in enumerate(_RUSSIAN[1:], 1):
        bits[ord(char)], classes[ord(char)] = 1, at
        bits[ord(char.upper())], classes[ord(char.upper())] = 2, _CAPITAL + at
    return bits, classes, _steps()


def _alone(char: str) -> tuple[int, int]:
    """Return bits and class of a character by its block and category."""
    point, kind = ord(char), unicodedata.category(char)
    if kind in ("Cc", "Cn", "Cs", "Co"):
        return _UNKNOWN - (4 if kind == "Co" else 0), _ODD
    if point < 0x80:
        return (5, {"Ll": _LOWER, "Lu": _UPPER}.get(kind, 0)) if char.isalnum() else (8, 0)
    if point < 0x250:
        letter = {"Ll": _ACCENTED, "Lu": _ACCENTED_UPPER}.get(kind, _ODD)
        return (_SYMBOL - 1, _ODD) if letter == _ODD else (10 if point < 0x100 else 13 if kind == "Ll" else 18, letter)
    for first, last, value, kind_of in _BLOCKS:
        if first <= point <= last:
            return value, kind_of
    if kind == "Cf":
        return 13, 0
    return (_SYMBOL if kind[0] in "PSZN" else 18), (_SCRIPT if kind[0] == "L" else 0)


_BLOCKS = (
    (0x250, 0x2FF, 20, _ODD),
    (0x300, 0x36F, 14, 0),
    (0x386, 0x3CE, 9, _GREEK),
    (0x400, 0x45F, 12, _CYRILLIC),
    (0x490, 0x491, 8, _CYRILLIC),
    (0x5D0, 0x6FF, 8, _SCRIPT),
    (0x900, 0xDFF, 9, _SCRIPT),
    (0xE01, 0xE5B, 8, _SCRIPT),
    (0x10D0, 0x10FF, 8, _SCRIPT),
    (0x2190, 0x21FF, 11, 0),
    (0x2500, 0x257F, 9, 0),
    (0x25A0, 0x26FF, 11, 0),
    (0x3041, 0x30FF, 8, _KANA),
    (0xF900, 0xFAFF, 20, _HAN),
    (0xFF01, 0xFF5E, 11, 0),
)
_LARGE_BLOCKS = ((0x3400, 0x4DBF, 20, _HAN), (0x4E00, 0x9FFF, 19, _HAN), (0xAC00, 0xD7A3, 10, _SCRIPT))
"""First and last code point, bits and class."""


def _steps() -> npt.NDArray[np.uint8]:
    """Return the bits that a character costs by its class and the class of the one before it, over its own."""
    steps = np.zeros((_CLASSES, _CLASSES), dtype=np.uint8)
    groups = [range(1, 68), (_LOWER, _UPPER, _ACCENTED, _ACCENTED_UPPER), (_GREEK,), (_SCRIPT,), (_HAN, _KANA)]
    for mine in groups:
        for other in groups:
            if mine is not other:
                steps[np.ix_(list(mine), list(other))] = 8
    asian = [_HAN, _KANA]
    steps[np.ix_([_LOWER, _UPPER], asian)] = steps[np.ix_(asian, [_LOWER, _UPPER])] = 1
    latin = ((_LOWER, _UPPER, 3), (_ACCENTED, _UPPER, 6), (_LOWER, _ACCENTED_UPPER, 8))
    for before, after, value in (*latin, (_ACCENTED, _ACCENTED_UPPER, 8), (_ACCENTED, _ACCENTED, 2)):
        steps[before, after] = value
    steps[_ODD, :] += 2
    steps[:, _ODD] += 2
    _add_russian(steps)
    return steps


def _add_russian(steps: npt.NDArray[np.uint8]) -> None:
    table = np.array([[int(digit, 16) for digit in row] for row in _RUSSIAN_BITS.split()], dtype=np.uint8)
    for first in range(34):
        for second in range(1, 34):
            value = table[first, second]
            steps[first, second] = steps[_CAPITAL + first, _CAPITAL + second] = value + 1
            steps[_CAPITAL + first, second] = value + 1
            steps[first, _CAPITAL + second] = value + (8 if first else 2)
    steps[68:, 1:68] += 5
    steps[_CYRILLIC, 1:68] = 4


def _han_of(codec: str, first: int, last: int) -> npt.NDArray[np.uint32]:
    """Return the code points of the Han characters that a codec has from one lead byte to another."""
    found = double_bytes.characters_of(codec)[first - 0x81 : last - 0x80]
    return found[(found >= 0x4E00) & (found < 0xA000)]
