"""Which lines can be adverts at all: those with a contact in them, a word that offers use, or a disguise.

One pass of Hyperscan over the document; four of five lines of an article are not looked at after it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ..automata import Automaton
from .phrases import BAIT, MESSENGER, PROFILE, PROMISE, URGE, words_of

_MORE = """
    online|онлайн|казино|casino|slot|escort|selected|congratulation|winner|you have|зеркало
    |來電|電話|領取|免費|優惠|借款|撥款|出金|紅利|註冊
    |办证|刻章|见效|根治|秘方|guarantor|no paperwork|escort|backlink|my page|account manager
    |usdt|a day with|from my phone
    |порчу|приворот|накрут|инсайд|без справок|поручител|рубл|тысяч|хотите|ищет|нужн|您|私|懂
    |貸款|娛樂|薇|➕|👉|贷款|发票|代开|代办|公司|电影|影视|短剧|维权|退费|追回|hate|trick|spell|cure|лечен|займ|кредит|деньг
"""
_END = 300
"""Bytes before the end of a line in which a contact counts as being at the end."""
# In UTF-8, where ASCII is searched for in either case and Cyrillic in lower case: Han characters, what is put between
# them, letters of both alphabets.
_HAN = rb"[\xe3-\xe9][\x80-\xbf][\x80-\xbf]"
_BREAK = rb"(?:[ .*_~|-]|\xc2\xb7|\xe2\x80\xa2|\xe3\x83\xbb)"
_LETTER, _CYRILLIC = rb"(?:[a-z]|[\xd0\xd1][\x80-\xbf])", rb"[\xd0\xd1][\x80-\xbf]"
_CAPITAL = b"\xd0"
"""What the capitals of the Cyrillic alphabet begin with, and some of its small letters."""
_DOT = (
    rb"(?: \. ?|\.|\xef\xbc\x8e|\xe3\x80\x82|\xe7\x82\xb9|\xe9\xbb\x9e|[\[(]\.[\])]|[\[( ]dot[\]) ]"
    rb"| ?\xd1\x82\xd0\xbe\xd1\x87\xd0\xba\xd0\xb0 )"
)
"""A full stop, also of full width, and as a word."""
_CONTACT = (
    rb"@|\xef\xbc\xa0|h(?:tt|xx)ps?:|w ?w ?w ?\.|"
    + _DOT
    + rb"(?:com|net|org|ru|cn|top|xyz|vip)|t ?(?:\.|\xe7\x82\xb9|\xe9\xbb\x9e) ?me ?/"
    rb"|[\[(](?:at|\xd1\x81\xd0\xbe\xd0\xb1\xd0\xb0\xd0\xba\xd0\xb0)[\])]|\d(?:[ ()-]{0,2}\d){6}"
    rb"|(?:(?:\d|\xef\xbc[\x90-\x99])(?: |-|\xef\xbc\x8d)?){7}|[a-z]{2}[_.]?\d{4}|\d(?:\xef\xb8\x8f)?\xe2\x83\xa3"
    rb"|(?:\xe2\x91[\xa0-\xa8]|\xe3\x80\x87|\xe2\x97\x8b){3}"
)
_WIDE = rb"(?:\xef\xbc[\xa1-\xba]|\xef\xbd[\x81-\x9a])"
"""A Latin letter of full width."""
_MIXED = rb"[a-z]" + _CYRILLIC + rb"|" + _CYRILLIC + rb"[a-z]"
_TWO_WIDTHS = rb"[a-z],? " + _WIDE + rb"|" + _WIDE + rb",? [a-z]"
_DISGUISE = rb"|".join((
    _HAN + _BREAK + _HAN, rb"(?:" + _LETTER + rb"[ .*_]){3}" + _LETTER, _WIDE,
    rb"\xe2\x80[\x8b-\x8f]|\xc2\xad|\xe2\x81\xa0", rb"(?:\.\.\.|\xe2\x80\xa6)$", rb"!|\xef\xbc\x81",
))  # fmt: skip


class Screened(NamedTuple):
    """What the pass found."""

    marked: npt.NDArray[np.bool_]
    """For each line whether it can be an advert."""
    contact: npt.NDArray[np.bool_]
    """For each line whether there is a contact, or a messenger's name, in it."""
    at_end: npt.NDArray[np.bool_]
    """For each line whether one is at its end."""
    mixed: npt.NDArray[np.intp]
    """For each line at how many places letters of two alphabets meet in a word; words of two widths count twice."""


def screen(lines: Sequence[str]) -> Screened:
    """Look through lines, in which no line feed stands.

    >>> found = screen(["The ferry came back.", "Cheap loans, call 000-000-0000", "免 费 领 取"])
    >>> found.marked.tolist(), found.contact.tolist()
    ([False, True, True], [False, True, False])
    """
    return screen_all([lines])[0]


def screen_all(documents: Sequence[Sequence[str]]) -> list[Screened]:
    """Look through the lines of several documents."""
    data = b"".join([_lowered("\n".join(lines) + "\n") for lines in documents if lines])
    at, what = _automaton().scan(data)
    ends = (np.frombuffer(data, np.uint8) == ord("\n")).nonzero()[0]
    line = np.searchsorted(ends, at)
    marked, contact, at_end = np.zeros((3, ends.size), np.bool_)
    marked[line] = True
    contact[line[what == 0]] = True
    at_end[line[(what == 0) & (ends[line] - at < _END)]] = True
    alphabets, widths = (np.bincount(line[what == which], minlength=ends.size) for which in (3, 4))
    mixed = alphabets + 2 * widths
    found = []
    for start, end in pairwise(accumulate(map(len, documents), initial=0)):
        found.append(Screened(marked[start:end], contact[start:end], at_end[start:end], mixed[start:end]))
    return found


def _lowered(text: str) -> bytes:
    data = text.encode("utf-8", "surrogatepass")
    return text.lower().encode("utf-8", "surrogatepass") if _CAPITAL in data else data


@cache
def _automaton() -> Automaton:
    messengers = _any_of(words_of(MESSENGER))
    words = [word for listed in (BAIT, URGE, PROMISE, PROFILE, _MORE) for word in words_of(listed)]
    expressions = _CONTACT + b"|" + messengers, _any_of(words), _DISGUISE, _MIXED, _TWO_WIDTHS
    return Automaton(range(5), [b"(?i)(?:" + expression + b")" for expression in expressions])


def _any_of(words: Sequence[str]) -> bytes:
    return b"|".join(re.escape(word.encode()) for word in dict.fromkeys(words) if len(word.encode()) > 1)
