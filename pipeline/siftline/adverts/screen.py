"""Which lines can be adverts at all: those with a contact in them, a word that offers use, or a disguise.

One pass of Hyperscan over the document; four of five lines of an article are not looked at after it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ..automata import Automaton
from .cues import BAIT, MESSENGER, PROMISE, URGE, words_of

_MORE = """
    online|онлайн|казино|casino|slot|escort|selected|congratulation|winner|you have|зеркало
    |來電|電話|領取|免費|優惠|借款|撥款|出金|紅利|註冊
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
_CONTACT = (
    rb"@|https?:|www\.|\.(?:com|net|org|ru|cn|top|xyz|vip)|t\.me|\[at\]|\d(?:[ ()-]{0,2}\d){6}"
    rb"|(?:(?:\d|\xef\xbc[\x90-\x99])(?: |-|\xef\xbc\x8d)?){7}|[a-z]{2}\d{4}"
)
_DISGUISE = rb"|".join((
    _HAN + _BREAK + _HAN, rb"(?:" + _LETTER + rb"[ .*_]){3}" + _LETTER, rb"[a-z]" + _CYRILLIC, _CYRILLIC + rb"[a-z]",
    rb"\xef\xbc[\xa1-\xba]|\xef\xbd[\x81-\x9a]", rb"\xe2\x80[\x8b-\x8f]|\xc2\xad|\xe2\x81\xa0",
    rb"(?:\.\.\.|\xe2\x80\xa6)$", rb"!|\xef\xbc\x81",
))  # fmt: skip


class Screened(NamedTuple):
    """What the pass found."""

    marked: npt.NDArray[np.bool_]
    """For each line whether it can be an advert."""
    contact: npt.NDArray[np.bool_]
    """For each line whether there is a contact at its end."""


def screen(lines: Sequence[str]) -> Screened:
    """Look through lines, in which no line feed stands.

    >>> found = screen(["The ferry came back.", "Cheap loans, call 000-000-0000", "免 费 领 取"])
    >>> found.marked.tolist(), found.contact.tolist()
    ([False, True, True], [False, True, False])
    """
    text = "\n".join(lines)
    data = text.encode("utf-8", "surrogatepass")
    if _CAPITAL in data:
        data = text.lower().encode("utf-8", "surrogatepass")
    at, what = _automaton().scan(data)
    ends = np.append((np.frombuffer(data, np.uint8) == ord("\n")).nonzero()[0], len(data))
    line = np.searchsorted(ends, at)
    marked, contact = np.zeros((2, len(lines)), np.bool_)
    marked[line] = True
    contact[line[(what == 0) & (ends[line] - at < _END)]] = True
    return Screened(marked, contact)


@cache
def _automaton() -> Automaton:
    messengers = _any_of(words_of(MESSENGER))
    words = [word for listed in (BAIT, URGE, PROMISE, _MORE) for word in words_of(listed)]
    expressions = _CONTACT + b"|" + messengers, _any_of(words), _DISGUISE
    return Automaton([0, 1, 2], [b"(?i)(?:" + expression + b")" for expression in expressions])


def _any_of(words: Sequence[str]) -> bytes:
    return b"|".join(re.escape(word.encode()) for word in dict.fromkeys(words) if len(word.encode()) > 1)
