"""What adverts have in common beside their words, and what tells prose about adverts from them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from struct import Struct

import numpy as np
import numpy.typing as npt

from ..late import late
from . import kinds
from .contacts import contacts
from .folding import all_folded
from .phrases import counts

_HAN = "\u3400-\u9fff"
_MOST = 3
"""Up to which number things are counted."""


def _spaced(words: str) -> list[str]:
    return words.split()


# Whole words, and how words begin.
_REPORT = frozenset(_spaced("""
    said says told warned warns warn reported reportedly according police court judge jury regulator regulators
    prosecutor prosecutors investigators researchers study arrested charged sentenced fined convicted seized victims
    victim fraud fraudsters scam scams scammers found showed shows admitted announced explained claims claimed ministry
    minister commission agency lawyers lawyer professor analysts had was were did been instead somebody hang affected
"""))  # fmt: skip
_THIRD = frozenset(_spaced("he she his her they their him them he's she's он она они его её ее их ему ей им"))
_REPORT_STEMS = tuple(_spaced("""
    сообщ рассказ заяв поясн объясн предупре напомн напомина показал выясн полици суд следов прокур мошенн эксперт
    положит трубк аналитик жертв пострадавш приговор оштраф задерж изъя был считает говорит пишет регулятор оказал
"""))  # fmt: skip
_PAST = ("ил", "ал", "ял", "ел", "ила", "ала", "яла", "ела", "или", "али", "яли", "ели", "ился", "лась", "лись", "ался")
_CYRILLIC = late(re.compile, "[\u0400-\u04ff]")
_WORDS = late(re.compile, r"[^\W\d_]+(?:'\w+)?")
_MONEY = late(
    re.compile,
    r"[$€£¥￥₽]\s?\d|\d\s?(?:usdt?|btc|eur|rub|руб|тыс|[kк]\b|[₽$€元块万])|тысяч|млн|[一二三五六八十百千万]+(?:元|块|万)",
    re.I,
)
_BROKEN_HAN = late(re.compile, f"(?<=[{_HAN}])[ .·•・*_~|-]{{1,2}}(?=[{_HAN}])")
_BROKEN_WORD = late(re.compile, r"\b(?:[^\W\d_][ .·*_]){3,}[^\W\d_]\b")
_MIXED = late(re.compile, "[a-zA-Z][\u0400-\u04ff]|[\u0400-\u04ff][a-zA-Z]")
_CUT = late(re.compile, r"(?:\.{3}|…)\s*$")
_TWICE = late(re.compile, r"^\W*(.{6,60}?)\s?(?:\.{3}|…)\s*\1")

NAMES = (
    "names a messenger", "account in a messenger", "link", "e-mail address", "handle", "telephone number",
    "contact in pieces", "contact at the end", "asks to get in touch", "urges", "promises", "points to a profile",
    "coaxes",
    "names an institution", "addresses the reader", "speaks of us", "money",
    "broken words", "mixed alphabets", "cut short", "begins twice", "reports", "third person", "narrates", "sentences",
    "pieces", "letters", "contact and promise", "contact and no report",
)  # fmt: skip
"""What is measured of a line, in the order of `table`; what can be counted at a glance is in signs.py."""
_PIECES_AT, _ASKS = NAMES.index("contact in pieces"), NAMES.index("asks to get in touch")
_PROFILE, _PUBLIC, _URGES, REPORTS = map(
    NAMES.index, ("points to a profile", "names an institution", "urges", "reports")
)
_PROMISES = NAMES.index("promises")
_TOLD = slice(REPORTS, NAMES.index("narrates") + 1)


def table(lines: Sequence[str]) -> npt.NDArray[np.float32]:
    """Return the measures of some lines, most of them between 0 and 3, as an array of (measures, lines).

    >>> found = dict(zip(NAMES, table(["Join our VIP channel now! t.me/example"])[:, 0].tolist(), strict=True))
    >>> found["link"], found["urges"], found["reports"]
    (1.0, 1.0, 0.0)
    """
    if not lines:
        return np.zeros((len(NAMES), 0), np.float32)
    raw = np.frombuffer(b"".join(_counted([line.strip() for line in lines]))).reshape(len(lines), -1).T
    found = np.empty((len(NAMES), len(lines)), np.float32)
    np.minimum(raw[:-2], _MOST, out=found[:-3], casting="unsafe")
    np.log(raw[-2] / 40, out=found[-3], casting="unsafe")
    contact = raw[-1].astype(np.float32)
    np.multiply(contact, np.minimum(2, found[_PROMISES] + found[_URGES]), out=found[-2])
    np.multiply(contact, found[_TOLD].sum(axis=0) == 0, out=found[-1])
    return found


_Row = bytes
"""What is counted in a line, packed."""
_PACKED = Struct(f"{len(NAMES) - 1}d")
_known: dict[str, _Row] = {}
"""What was counted in some lines: they are looked at again by how they stand in their document."""
_REMEMBERED = 2**11
"""How many lines are remembered at most."""


def _counted(lines: Sequence[str]) -> list[_Row]:
    """Return what is counted in each line, its size, and how much of a contact it has."""
    rows = {line: row for line in lines if (row := _known.get(line))}
    new = [line for line in dict.fromkeys(lines) if line not in rows]
    if new:
        small = all_folded(new)
        found = dict(zip(new, map(_row, new, small, counts(small), *kinds.kinds(new)), strict=True))
        if len(_known) + len(new) > _REMEMBERED:
            _known.clear()
        _known.update(found)
        rows |= found
    return [rows[line] for line in lines]


def _row(text: str, small: str, words: Sequence[int], of: int, stops: int, pieces: int) -> _Row:
    """Return what is counted in a line; `small` is the line folded, `words` how many words of each list are in it, and
    the others are what `kinds` says of it.
    """
    messenger, bait, urge, promise, profile, coax, institution, you, we, *han = words
    led, where = contacts(text, small, of, messenger > 0)
    money = len(_MONEY.findall(text)) if of & kinds.MONEY or (of & kinds.DIGIT and of & kinds.LETTER) else 0
    size = max(1, len(small))
    return _PACKED.pack(
        *led, where > 0.55, bait, urge, promise, profile, coax, institution, you, we, money, *_disguise(text, of),
        *_cut(text), *_narration(text, of, *han), stops, pieces * 20 / size,
        size, (where > 0) + 0.5 * (bait > 0),
    )  # fmt: skip


def _narration(text: str, of: int, report_han: int, narrated_han: int) -> tuple[int, int, int]:
    """Return how much a line reports, speaks of others, and tells what was; the words in Han are counted already."""
    words = {word.lower() for word in _WORDS.findall(text)} if of & kinds.LETTER else set()
    report, third = len(words & _REPORT), len(words & _THIRD)
    if of & kinds.CYRILLIC:
        past = sum([word.endswith(_PAST) and len(word) > 4 for word in words])
        return report + sum([word.startswith(_REPORT_STEMS) for word in words]), third, past
    if not of & kinds.HAN:
        return report, third, 0
    return report + report_han, third + text.count("他") + text.count("她"), narrated_han


def _disguise(text: str, of: int) -> tuple[float, float]:
    """Return how much of a line is in pieces, and how often it changes between alphabets inside a word."""
    broken = 0.0
    if of & kinds.BREAK:
        broken += 3.0 * len(_BROKEN_WORD.findall(text))
        broken += len(_BROKEN_HAN.findall(text)) / 2 if of & kinds.HAN else 0
    mixed = of & kinds.LETTER == kinds.LETTER
    return broken, len(_MIXED.findall(text)) if mixed else 0


def _cut(text: str) -> tuple[bool, bool]:
    """Return whether a line is cut short, and whether it begins a second time behind a cut."""
    if "..." not in text and "…" not in text:
        return False, False
    return _CUT.search(text) is not None, _TWICE.search(text) is not None


def leads(table: npt.NDArray[np.float32]) -> npt.NDArray[np.bool_]:
    """Return for each line of a table of measures whether it leads somewhere: to an account, an address, a number, or
    to a messenger or a profile on which the reader is told to look. A messenger's name alone does not, nor does the
    number of a hotline or of a museum that neither urges nor promises.

    >>> leads(table(["微信, qq 都有广告", "加微信看资料", "Call 000-000-0000", "more in my bio"])).tolist()
    [False, True, True, True]
    """
    account = table[1 : _PIECES_AT + 1].any(axis=0)
    asked = (table[0] > 0) & (table[_ASKS] > 0)
    public = (table[_PUBLIC] > 0) & (table[_URGES : _URGES + 2].sum(axis=0) == 0)
    found: npt.NDArray[np.bool_] = (account | asked | (table[_PROFILE] > 0)) & ~public & (table[REPORTS] == 0)
    return found


def serves(table: npt.NDArray[np.float32]) -> npt.NDArray[np.bool_]:
    """Return for each line of a table of measures whether it speaks of a hotline, an office, a museum or the like, and
    of no messenger, no profile and no promise.

    >>> serves(table(["如有疑问，请致电热线000000。", "加微信领取热线名单", "Bread is dear."])).tolist()
    [True, False, False]
    """
    found: npt.NDArray[np.bool_] = (table[_PUBLIC] > 0) & (table[_PROMISES] < 2) & ~table[[0, _PROFILE]].any(axis=0)
    return found
