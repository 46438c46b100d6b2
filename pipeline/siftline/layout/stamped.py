"""Entries with a date or a time at each: the posts of a thread, the entries of a ticker, a list of what appeared when;
and the comments below an article.

Brief posts look to the trees like comments, and comments in whole sentences like the article. Where a document is
little else than entries between stamps, and no article stands above them, there is nothing that they could be comments
on. Where a line of the site's says that comments follow, with stamps below and an article above, they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import compress

import numpy as np
import numpy.typing as npt

from ..late import late
from ..prose import TOKEN, width
from .chances import STAYS, Mask, lessened
from .features import Floats, Table

ARTICLE = 100
"""Words that stay, a Han character being one, from which on they are an article. With 200 three brief articles of 412
lost half of their F1 and more to the comments below; no thread that calls itself one is touched."""
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
OF_TEXT, OF_PAGE = 0.08, 0.25
"""What the least chance is multiplied by for such a line, in text and in pages with their markup: there even what is
left of a menu stands out, and most threads are told by the tags of their posts.
"""
MOST_HEADS, MOST_ABOVE, COMMENTS = 3, 2, 3
"""Lines at most that say that comments follow, one of them beside the byline: lists have one for each of their items;
stamps above it at most, and below it at least. A thread has more above, or none of its posts would stand there."""
TOLD = 150
"""Words that stay above such a line at least: of 93 texts with such a line three of the four with fewer words ask their
readers, and what these answer is what the page is for; of the others one does."""
LESS = 4.0
"""By how many log odds comments are less likely, as in pages with their markup."""
_LONGEST, _LONGEST_HEAD = 70, 150
_BLOCKS, _ITEMS = ("#", "|"), ("- ", "• ", "* ", "▪ ", "► ")
_HEAD = late(
    re.compile,
    r"[^\w•·*-]{0,4}(?:\d[\d,.]{0,8}\s?)?(?:(?:user|reader|latest|all|recent) )?(?:comments|replies|responses|thoughts"
    r"|discussion|(?:网友|最新|全部|精彩|用户|读者|热门)?(?:评论|評論|留言|跟帖)|комментари[ийяев]+|отзыв[ыов]+)"
    r"(?: (?:on|to|к) .{1,120}|\W{0,4}\d{0,6}\W{0,6})$",
    re.IGNORECASE,
)
"""A line that says that comments follow, and often how many."""
_STAMP = late(
    re.compile,
    r"[#\d](?:(?<=#)\d|(?<!#)(?:\d{0,3}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,4}(?![\dA-Za-z])|(?<![3-9]\d)[:：][0-5]\d(?!\d)|楼"
    r"|\d? (?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек)"
    r"| ?(?i:(?:s|m|min|h|hr|d|w|mo|y|second|minute|hour|day|week|month|year)s? ago)\b|\s?(?:分钟|小时|天|周|个月|年)前"
    r"| (?:секунд|минут|час|день|дня|дней|недел|месяц|год|лет)[а-я]* назад))",
)
_MONTH_FIRST = late(
    re.compile,
    r"(?:J(?i:an(?:uary)?|une?|uly?)|F(?i:eb(?:ruary)?)|M(?i:ar(?:ch)?|ay)|A(?i:pr(?:il)?|ug(?:ust)?)|S(?i:ept?(?:ember)?)"
    r"|O(?i:ct(?:ober)?)|N(?i:ov(?:ember)?)|D(?i:ec(?:ember)?))\.? \d{1,2}\b",
)
"""Both: a date, a time of day, how long ago something was, or the number of a post. That each begins with a few
characters alone makes them twice as fast.
"""


def less_of_comments(chances: Floats, texts: Sequence[str], roles: npt.NDArray[np.int8], table: Table) -> Floats:
    """Return chances (0 to 1), less for what stands below the line that says that comments follow. `roles` are codes as
    `layout.features.ROLES` has them: rules must have taken that line as the site's.
    """
    heads = [
        at for at in np.flatnonzero(roles == 1).tolist() if len(texts[at]) <= _LONGEST_HEAD and _HEAD.match(texts[at])
    ]
    if not 0 < len(heads) <= MOST_HEADS:
        return chances
    stamps = np.array(_stamps(texts, table.array[table.names.index("digits")] > 0), np.intp)
    stays = (roles == 0) & (chances >= STAYS)
    for head in heads:
        above = int(stamps.searchsorted(head))
        if above > MOST_ABOVE or stamps.size - above < COMMENTS:
            continue
        if is_article(compress(texts, stays[:head]), TOLD):
            return lessened(chances, np.arange(chances.size) > head, LESS)
    return chances


def keep_entries(
    kept: Mask, texts: Sequence[str], left: Mask, table: Table, likely: Mask, thread: bool = False
) -> None:
    """Let entries stay that are `likely`, unless an article that stays stands above them. What stands more than once is
    a signature or a button.

    `left` says which lines the rules left in the article, `kept` and `likely` speak of those alone, `table` is of
    all; of a page that says that it is a `thread` it is not asked what stands above.
    """
    digits, repeats = (table.array[table.names.index(name)] > 0 for name in ("digits", "repeats"))
    found = entries(texts, left, digits)[left]
    if not found.any():
        return
    above = slice(int(found.argmax()))
    if thread or not is_article(compress([*compress(texts, left)][above], kept[above])):
        kept |= found & ~repeats[left] & likely


def entries(texts: Sequence[str], left: Mask, digits: Mask) -> Mask:
    """Return which lines belong to entries, if a document is made of them: those that are wide enough. `digits` says
    which lines have any.

    >>> said = ["The bolt has to be oiled, then it moves.", "It did not in mine, it was quite rusty."]
    >>> texts = [line for day in range(1, 6) for line in ("Ann Lee", f"{day} May 2024", said[day % 2])]
    >>> all_of_it = np.ones(len(texts), np.bool_)
    >>> entries(texts, all_of_it, all_of_it).tolist()[:6]
    [False, False, True, False, False, True]
    """
    none = np.zeros(len(texts), np.bool_)
    stamps = _stamps(texts, digits)
    runs = np.split(np.array(stamps, np.intp), np.flatnonzero(np.diff(stamps) > NEAR) + 1)
    size = np.fromiter(map(len, texts), np.float64, len(texts)) * left
    run = max(runs, key=lambda of: float(size[of[0] : of[-1] + 1].sum()) if of.size else 0.0)
    if run.size < FEWEST:
        return none
    between = none.copy()
    between[run[0] : run[-1]] = left[run[0] : run[-1]]
    between[run] = False
    if size @ between < MOST_OF * size.sum():
        return none
    between[[at for at in np.flatnonzero(between).tolist() if not _may_be_said(texts[at].strip())]] = False
    return between


def is_article(texts: Iterable[str], words: int = ARTICLE) -> bool:
    """Whether some texts have so many words, all together, that they are an article."""
    return sum(len(TOKEN.findall(text)) for text in texts) >= words


def _stamps(texts: Sequence[str], digits: Mask) -> list[int]:
    """Return the lines that are stamps, or hold one beside a name."""
    asked = ((at, texts[at]) for at in np.flatnonzero(digits).tolist() if len(texts[at]) <= _LONGEST)
    return [at for at, text in asked if _STAMP.search(text) or _MONTH_FIRST.search(text)]


def _may_be_said(text: str) -> bool:
    """Whether a line can be what an entry says: no heading, no row of a table, and wide enough."""
    return not text.startswith(_BLOCKS) and width(text) >= (ITEM if text.startswith(_ITEMS) else ENTRY)
