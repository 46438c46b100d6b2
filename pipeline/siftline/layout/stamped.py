"""Entries with a date or a time at each: the posts of a thread, the entries of a ticker, a list of what appeared when.

Brief posts look to the trees like the comments below an article. Where a document is little else than entries between
stamps, and no article stands above them, there is nothing that they could be comments on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ..late import late
from ..prose import TOKEN, width

ARTICLE = 100
"""Words that stay, a Han character being one, from which on they are an article."""
FEWEST = 5
"""Stamps that entries have at least."""
NEAR = 12
"""Lines with text from one stamp to the next at most."""
MOST_OF = 0.6
"""The share of the text that stands between the first stamp and the last. With half of it one thread in thirty is let
keep its menus; of articles with comments nearly all are kept out by ARTICLE."""
ENTRY, ITEM = 30, 60
"""Half-width characters of the narrowest line of an entry, and of one that is an item of a list: names, places and
buttons are narrower, and so are the headlines of other threads.
"""
LEAST, LEAST_OF_PAGE = 0.03, 0.1
"""The chance from which such a line stays, in text and in pages with their markup: there even what is left of a menu
stands out, and most threads are told by the tags of their posts."""
_LONGEST = 70
_HEADS, _ITEMS = ("#", "|"), ("- ", "• ", "* ", "▪ ", "► ")
_STAMP = late(
    re.compile,
    r"(?<!\d)\d{1,4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,4}|(?<!\d)[0-2]?\d[:：][0-5]\d(?!\d)"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}\b"
    r"|\b\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек)"
    r"|\d ?(?:s|m|min|h|hr|d|w|mo|y|second|minute|hour|day|week|month|year)s? ago\b|\d\s?(?:分钟|小时|天|周|个月|年)前"
    r"|\d (?:секунд|минут|час|день|дня|дней|недел|месяц|год|лет)[а-я]* назад|\d楼|#\d",
    re.IGNORECASE,
)
"""A date, a time of day, how long ago something was, or the number of a post."""


def entries(texts: Sequence[str], left: npt.NDArray[np.bool_], digits: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Return which lines belong to entries, if a document is made of them: those of them that are wide enough.

    `left` says which lines the rules left in the article, `digits` which lines have any.

    >>> said = ["The bolt has to be oiled, then it moves.", "It did not in mine, it was quite rusty.", "Ann", "Bo"]
    >>> texts = [line for day in range(1, 6) for line in (said[day % 2], f"{day} May 2024", said[2 + day % 2])]
    >>> all_of_it = np.ones(len(texts), bool)
    >>> entries(texts, all_of_it, all_of_it).tolist()[2:7]
    [False, True, False, False, True]
    """
    none = np.zeros(len(texts), np.bool_)
    asked = np.flatnonzero(digits).tolist()
    if len(asked) < FEWEST:
        return none
    stamps = [at for at in asked if len(texts[at]) <= _LONGEST and _STAMP.search(texts[at])]
    if len(stamps) < FEWEST:
        return none
    size = np.fromiter(map(len, texts), np.float64, len(texts)) * left
    upto = np.append(0, np.cumsum(size))
    runs = np.split(np.array(stamps), np.flatnonzero(np.diff(stamps) > NEAR) + 1)
    run = max(runs, key=lambda of: upto[of[-1] + 1] - upto[of[0]])
    between = none.copy()
    between[run[0] : run[-1] + 1] = left[run[0] : run[-1] + 1]
    between[run] = False
    if run.size < FEWEST or size @ between < MOST_OF * size.sum():
        return none
    between[[at for at in np.flatnonzero(between).tolist() if not _may_be_said(texts[at].strip())]] = False
    return between


def is_article(texts: Sequence[str]) -> bool:
    """Whether some texts are long enough, all together, to be an article."""
    return sum(len(TOKEN.findall(text)) for text in texts) >= ARTICLE


def _may_be_said(text: str) -> bool:
    """Whether a line can be what an entry says: no heading, no row of a table, and wide enough."""
    return not text.startswith(_HEADS) and width(text) >= (ITEM if text.startswith(_ITEMS) else ENTRY)
