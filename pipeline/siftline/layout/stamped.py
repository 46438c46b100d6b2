"""Entries with a date or a time at each: the posts of a thread, the entries of a ticker, a list of what appeared when;
and the comments below an article.

Brief posts look to the trees like comments, and comments in whole sentences like the article. Where a document is
little else than entries between stamps, and no article stands among them, there is nothing that they could be comments
on. Where a line of the site's counts the comments that follow, with stamps below and an article above, they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import compress

import numpy as np
import numpy.typing as npt

from ..document import Line
from ..late import late
from ..prose import SECTIONS, is_article, width
from .chances import STAYS, Mask
from .features import FRONT, LINKED, Floats, Table
from .lists import MARKS

FEWEST = 5
"""Stamps that entries have at least."""
NEAR = 12
"""Lines with text from one stamp to the next at most."""
MOST_OF = 0.6
"""The share of the text that stands between the first stamp and the last. With half of it one thread in thirty is let
keep its menus; of articles with comments nearly all are kept out by their article."""
OF_FIRST = 0.25
"""The share of their text from which the first entry is an article with its date above it, and the others comments."""
ENTRY, ITEM = 30, 60
"""Half-width characters of the narrowest line of an entry, and of one that is an item of a list: names, places and
buttons are narrower."""
OF_TEXT, OF_PAGE = 0.08, 0.25
"""What the least chance is multiplied by for such a line, in text and in pages with their markup: there even what is
left of a menu stands out, and most threads are told by the tags of their posts."""
MOST_HEADS = 3
"""Lines at most that say that comments follow, one of them beside the byline: lists have one for each item."""
STAMPS_ABOVE, STAMPS_BELOW = 2, 3
"""Stamps above such a line at most, and below it at least. A thread has more above."""
SOON, FAR = 8, 20
"""Lines from it to the first stamp at most, and from one stamp to the next; farther down the site's foot begins."""
WIDE = 50
"""Half-width characters of the narrowest paragraph: between that line and the first stamp stands one, the first
comment, or none."""
BUTTONS = 2
"""Lines below it that rules took as those of threads, which it must have where it does not say how many comments there
are: a report may have a section with such a name."""
TOLD = 150
"""Words that stay above such a line at least: of 93 texts with such a line three of the four with fewer words ask their
readers, and what these answer is what the page is for; of the others one does."""
WORDED = 0.55
"""The mean wording of a forum from which a document is a thread, and what follows are its answers: three written ones
have .6 to .8, articles with comments .5 at most."""
LESS = 4.0
"""By how many log odds comments below an article are less likely. Of 24 pages of articles with comments none has them
in what people cut out; of threads, whose answers some sites call comments, most have fewer words above them."""
_LONGEST, _LONGEST_HEAD = 70, 150
"""Half-width characters of a stamp, and characters of a line that says that comments follow."""
_OF_THREADS = ("chrome/comment", "chrome/reply", "chrome/forum", "chrome/post-")
"""How the roles of lines begin that rules took from threads and from comments: who wrote, when, what can be done."""
_WHOSE = r"(?:(?:user|reader|latest|all|recent) |网友|最新|全部|精彩|用户|读者|热门)?"
_NAME = r"(?:comments|replies|responses|discussion|评论|評論|留言|跟帖|комментарии|отзывы|обсуждение)"
_HEAD = late(
    re.compile,
    rf"[^\w•·*-]{{0,4}}(?:(?P<count>共?[1-9][\d,.]{{0,8}}) ?[条條]?{_WHOSE}(?:{_NAME}|thoughts|комментари[яйев]+"
    rf"|отзыв[аов]+)(?: (?:on|to|к) .{{1,120}})?"
    rf"|{_WHOSE}{_NAME}(?:\W{{1,4}}(?P<behind>[1-9]\d{{0,5}})[条條]?)?)\W{{0,6}}$",
    re.IGNORECASE,
)
"""A line that says that comments follow, and mostly how many."""
_ANSWERS = late(
    re.compile,
    r"\W{0,4}(?:(?:best|accepted|top|other|more|all) answers?|(?:лучший|принятый|остальные|другие|все) ответы?"
    r"|(?:最佳|其他|其它|全部|更多|采纳)(?:答案|回答))\W{0,4}\d{0,4}\W{0,4}$",
    re.IGNORECASE,
)
"""A line above the answers to a question: a page with one is a thread, whatever comments are counted between them."""
_DIGIT = re.compile(r"\d")
_MONTHS = (
    "jan(?:uary)?", "feb(?:ruary)?", "mar(?:ch)?", "apr(?:il)?", "may", "june?", "july?", "aug(?:ust)?",
    "sept?(?:ember)?", "oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?",
)  # fmt: skip
_BEHIND_A_DAY = "|".join((
    *_MONTHS[:4], r"may(?=,? \d|,|$)", *_MONTHS[5:], "янв|фев|мар|апр|июн|июл|авг|сент?|окт|нояб?|дек",
    "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря",
))  # fmt: skip
"""There `may` is a verb unless a year or nothing follows."""
_STAMP = late(
    re.compile,
    r"\d(?:(?<![\d./-]\d)\d?[-/.]\d{1,2}[-/.](?:(?:19|20)\d\d|\d\d)(?![\w.-])"
    r"|(?<=[12])\d{3}[-/.年] ?\d{1,2}[-/.月] ?\d{1,2}(?!\d)|月\d{1,2}日"
    r"|(?<=[012]\d)[:：][0-5]\d(?!\d)|[:：][0-5]\d ?[AaPp]\.?[Mm]\b"
    rf"|\d? (?i:{_BEHIND_A_DAY})\b"
    r"| ?(?i:(?:s|m|min|h|hr|d|w|mo|y|second|minute|hour|day|week|month|year)s? ago)\b|\s?(?:分钟|小时|天|周|个月|年)前"
    r"| (?:секунд|минут|час|день|дня|дней|недел|месяц|год|лет)[а-я]* назад)",
)
_MONTH_FIRST = late(
    re.compile, rf"(?:{'|'.join(f'{name[0].upper()}(?i:{name[1:]})' for name in _MONTHS)})\.? \d{{1,2}}\b(?!%)"
)
_POST = late(re.compile, r"\W{0,3}(?:#\d{1,5}\b|第?\d{1,5}[楼樓](?!\S{8}))")
"""All three: a date, a time of day, how long ago something was, or, where a line begins, the number of a post."""


def comments(
    chances: Floats, lines: Sequence[Line], texts: Sequence[str], roles: npt.NDArray[np.int8], table: Table
) -> Mask | None:
    """Return which lines are comments, as a line of the site's says right above the first of them, or None.

    `roles` are the codes of the lines' roles as `layout.features.ROLES` has them: rules must have taken that line.
    Lines that have at least the chance STAYS make the article above it.
    """
    asked = ((at, texts[at].strip()) for at in np.flatnonzero(roles == 1).tolist() if len(texts[at]) <= _LONGEST_HEAD)
    heads = {at: match for at, text in asked if (match := _HEAD.match(text))}
    if not 0 < len(heads) <= MOST_HEADS or _is_thread(texts, table):
        return None
    stamps = np.array(_stamps(texts, table), np.intp)
    stays = (roles == 0) & (chances >= STAYS)
    for head, after in zip(heads, [*heads, len(texts)][1:], strict=True):
        run = _run_below(head, stamps[stamps < after])
        if run.size < STAMPS_BELOW or run[0] > head + SOON or np.count_nonzero(stamps < head) > STAMPS_ABOVE:
            continue
        if sum(width(texts[at]) >= WIDE for at in range(head + 1, run[0]) if stays[at]) > 1:
            continue
        count = int("".join(_DIGIT.findall(heads[head]["count"] or heads[head]["behind"] or "")) or 0)
        below_it = slice(head + 1, int(run[:count][-1] if count else run[-1]) + NEAR)
        buttons = sum(line.role.startswith(_OF_THREADS) for line in lines[below_it])
        if (count or buttons >= BUTTONS) and is_article(compress(texts, stays[:head]), TOLD):
            found = np.zeros(len(texts), np.bool_)
            found[below_it] = True
            return found
    return None


def _is_thread(texts: Sequence[str], table: Table) -> bool:
    """Whether a document is worded as a thread, or has a line above answers."""
    if table.row("forum wording of the document")[0] >= WORDED:
        return True
    return any(len(text) <= _LONGEST and _ANSWERS.match(text.strip()) for text in texts)


def _run_below(head: int, stamps: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """Return those stamps below a line that are FAR from neither it nor each other."""
    below = stamps[stamps > head]
    return np.split(below, np.flatnonzero(np.diff(below, prepend=head) > FAR))[0]


def keep_entries(
    kept: Mask, texts: Sequence[str], roles: npt.NDArray[np.int8], table: Table, likely: Mask, thread: bool = False
) -> None:
    """Let entries stay that are `likely`, unless an article that stays stands above them. What stands more than once is
    a signature or a button, and what is a link leads elsewhere.

    `kept` and `likely` speak of the lines that the rules left in the article, all else of every line; of a page that
    says that it is a `thread` it is not asked what stands above.
    """
    if kept.all() or not (found := entries(texts, roles, table)).any():
        return
    left = roles == 0
    first = int(found.argmax())
    if thread or not is_article(compress(compress(texts[:first], left[:first]), kept)):
        found &= table.row("repeats") == 0
        if "links" in table.names:
            found &= table.row("links") < LINKED
        kept |= found[left] & likely


def entries(texts: Sequence[str], roles: npt.NDArray[np.int8], table: Table) -> Mask:
    """Return which lines belong to entries, if a document is made of them: those that are wide enough. A stamp that
    went to the front matter is the document's own; so is one with an article below it, before the next.
    """
    stamps = [at for at in _stamps(texts, table) if roles[at] != FRONT]
    found = np.zeros(len(texts), np.bool_)
    runs = np.split(np.array(stamps, np.intp), np.flatnonzero(np.diff(stamps) > NEAR) + 1)
    size = np.fromiter(map(len, texts), np.float64, len(texts)) * (roles == 0)
    run = max(runs, key=lambda of: float(size[of[0] : of[-1] + 1].sum()) if of.size else 0.0)
    if run.size < FEWEST:
        return found
    found[run[0] : run[-1]] = roles[run[0] : run[-1]] == 0
    found[run] = False
    first = slice(int(run[0]) + 1, int(run[1]))
    if size @ found < MOST_OF * size.sum() or (
        size[first].sum() > size @ found * OF_FIRST and is_article(texts[first])
    ):
        return np.zeros(len(texts), np.bool_)
    found[[at for at in np.flatnonzero(found).tolist() if not _may_be_said(texts[at].strip())]] = False
    return found


def _stamps(texts: Sequence[str], table: Table) -> list[int]:
    """Return the brief lines with a stamp anywhere in them, whatever became of them."""
    asked = ((at, texts[at]) for at in np.flatnonzero(table.row("digits") > 0).tolist() if len(texts[at]) <= _LONGEST)
    return [
        at
        for at, text in asked
        if (_STAMP.search(text) or _MONTH_FIRST.search(text) or _POST.match(text))
        and (text.isascii() or width(text) <= _LONGEST)
    ]


def _may_be_said(text: str) -> bool:
    """Whether a line can be what an entry says: no heading, no row of a table, and wide enough."""
    return not text.startswith(SECTIONS) and width(text) >= (ITEM if text.startswith(MARKS) else ENTRY)
