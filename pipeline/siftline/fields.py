"""Reading front matter values: dates to ISO 8601, names, credits, keywords, headlines.

Pure functions on one value each; which line holds what is for rules/harvest and stages/harvest.py to say.
"""

from __future__ import annotations

import re
from datetime import datetime
from itertools import pairwise

import regex

from .late import late

_NUMERIC = late(
    regex.compile,
    r"(?<!\d)(?<year>(?:19|20)\d\d)\s?(?:[-/.．年－]|\s)\s?(?<month>1[0-2]|0?[1-9])\s?(?:[-/.．月－]|\s)\s?"
    r"(?<day>3[01]|[12]\d|0?[1-9])(?!\d)\s?日?",
    regex.V1,
)
_DAY_FIRST = late(
    regex.compile,
    r"(?<!\d)(?<day>3[01]|[12]\d|0?[1-9])\.(?<month>1[0-2]|0?[1-9])\.(?<year>(?:19|20)\d\d)(?!\d)",
    regex.V1,
)
_YEAR_LAST = late(
    regex.compile,
    r"(?<!\d)(?<month>1[0-2]|0?[1-9])月\s?(?<day>3[01]|[12]\d|0?[1-9])日?[,，]\s?(?<year>(?:19|20)\d\d)(?!\d)",
    regex.V1,
)
"""As software that was translated word by word writes it."""
_CLOCK = late(
    regex.compile,
    r"(?<!\d)(?<hour>[01]?\d|2[0-3])\s?[:：时]\s?(?<minute>[0-5]\d)(?:\s?[:：分]\s?(?<second>[0-5]\d))?(?!\d)",
    regex.V1,
)
_MONTHS = (
    ("jan", "январ", "янв", "січн"), ("feb", "феврал", "фев", "лютого"), ("mar", "март", "мар", "березн"),
    ("apr", "апрел", "апр", "квітн"), ("may", "мая", "май", "травн"), ("jun", "июн", "червн"), ("jul", "июл", "липн"),
    ("aug", "август", "авг", "серпн"), ("sep", "сентябр", "сен", "вересн"), ("oct", "октябр", "окт", "жовтн"),
    ("nov", "ноябр", "ноя", "листопад"), ("dec", "декабр", "дек", "грудн"),
)  # fmt: skip
"""How the months begin in English, Russian and Ukrainian: enough to tell them, whatever the case ending."""
_MONTH = rf"(?<month>(?:{'|'.join(name for names in _MONTHS for name in names)})\p{{L}}{{0,7}})\.?"
_DAY = r"(?<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_WORDY = late(
    regex.compile,
    rf"(?<!\p{{L}})(?:(?<!\d){_DAY}\s+(?:of\s+)?{_MONTH},?\s+|{_MONTH}\s+{_DAY},?\s+(?:(?:mon|tue|wed|thu|fri|sat|sun)\w*[.,]?\s+)?)(?<year>(?:19|20)\d\d)(?!\d)",
    regex.V1 | regex.IGNORECASE,
)
_YEAR = late(regex.compile, r"(?:19|20)\d\d", regex.V1)
_TO = late(regex.compile, r"\s*(?:[-–—~～至到]|to|until|по)\s*", regex.V1)
_NOON = late(regex.compile, r"\s?(?<half>[ap])\.?m\b", regex.V1 | regex.IGNORECASE)
_HAN_NAME = r"\p{Han}{2,4}(?:·\p{Han}{1,6})?"
_NAME = rf"(?:{_HAN_NAME}|\p{{Lu}}[\p{{L}}.'’-]{{0,20}}(?:\s\p{{Lu}}[\p{{L}}.'’-]{{0,20}}){{0,3}})"
_CREDIT = late(
    regex.compile,
    r"(?<role>(?:[文图圖摄攝]|\p{Han}{2,8}|[\p{L}--\p{Han}][[\p{L}--\p{Han}] ]{2,30}?))\s*[:：/丨|｜]"
    r"\s*(?<names>[^:：|｜丨/]+?)"
    r"(?=\s*$|[\s|｜;；,，)）]+(?:[文图圖摄攝]|\p{Han}{2,6}|\p{Lu}[\p{L} ]{2,20})\s*[:：/丨|｜])",
    regex.V1,
)
ROLES = (
    "出品人|总监制|总策划|总制片|监制|策划|统筹|执笔|撰文|撰稿|文字|视觉|设计|美编|制图|制作|剪辑|拍摄|摄影|摄像|图片|"
    "责任编辑|责任校对|责任校審|责编|責任編輯|責編|值班编辑|编辑|編輯|编审|主编|副主编|总编辑|审核|审校|校对|校對|初审|复审|终审|一审|二审|三审|"
    "实习记者|本报记者|特约记者|通讯员|記者|记者|作者|翻译|编译|来源|供稿|供图|排版|实习生|运营|新媒体编辑"
)
_DATE_BEHIND = late(
    regex.compile,
    r"(?<=\p{L})[\s　|｜,，]+(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}[\d\s日:：时分]{0,16}$",
    regex.V1,
)
"""When it appeared, behind the names."""
_BARE = late(
    regex.compile,
    rf"(?<role>{ROLES})[\s　]+(?<names>(?:{_HAN_NAME})(?:[\s　、,，]+(?!(?:{ROLES})\b)(?:{_HAN_NAME}))*+)",
    regex.V1,
)
_SPLIT_NAMES = late(regex.compile, r"\s*[、,，;；/&]\s*|\s+(?:and|и)\s+|[\s　]+(?=\p{Han})", regex.V1)
_SLASH = late(regex.compile, r"\s*/\s*(?:[Bb]y\s)?", regex.V1)
_SPLIT_KEYWORDS = late(regex.compile, r"\s*[,，;；、|｜]\s*|[\s　]{2,}", regex.V1)
_SPLIT_HAN = late(regex.compile, r"(?<=\p{Han})\s+|\s+(?=\p{Han})", regex.V1)
"""Blanks between keywords of which some are Chinese: those of other scripts may have blanks in them."""
_QUOTES = {"“": "”", "«": "»", '"': '"', "「": "」", "《": "》", "‘": "’", "„": "“", "『": "』"}
ARROW = "(?:(?<!«[^»]*)»|(?<=\\s)«(?=\\s)(?![^«]*»))"
"""Pattern of the marks that part a site's name or the steps of a path, where they are no quotation marks."""
_SITE = (
    "网|網|在线|在線|传媒|傳媒|官网|日报|晚报|时报|晨报|周刊|新闻|新聞|频道|頻道|"
    "论坛|論壇|博客|电视台|客户端|资讯|门户|門戶|社区|中心"
)  # fmt: skip
"""How the name of a Chinese site ends."""
_SITE_TAIL = late(
    regex.compile,
    rf"\s*(?:\s[-–—|｜]|[_|｜]{{1,3}}|{ARROW}|(?<=[\p{{Han}}”》！？!?）)])[-–—]{{1,2}}(?=[\p{{Han}}\w]{{1,16}}(?:{_SITE})\s*$))"
    r"\s*[^-–—|｜_»«]{2,40}$",
    regex.V1,
)
_SUBJECT = late(regex.compile, r"^(?:subject|betreff|тема)\s?:\s*(?:(?:re|fwd?|aw)\s?:\s*)*+(?=\S)", regex.V1 | regex.I)
"""What stands before the subject of a mail."""
_DASH = re.compile("[-–—|｜_»]")
_CLOSING_MARK = late(regex.compile, r"\s[#*_]++\s*+$", regex.V1)
_TRAILING = " 　_|｜"


def iso_date(text: str) -> str | None:
    """Return the first full date in a text as ISO 8601, with the time of day where one stands beside it.

    Only absolute dates count: the result never depends on today. Returns None where there is no such date.

    >>> iso_date("2025年5月2日 12:00:55"), iso_date("2 мая 2025"), iso_date("5月 02, 2025"), iso_date("3 days ago")
    ('2025-05-02T12:00:55', '2025-05-02', '2025-05-02', None)
    >>> iso_date("20:14, 26 августа 2023"), iso_date("12 травня 2023, 14:05"), iso_date("Nov 12 Sun 2017 21:03")
    ('2023-08-26T20:14:00', '2023-05-12T14:05:00', '2017-11-12T21:03:00')
    """
    if "19" not in text and "20" not in text:  # most lines have no year
        return None
    found = _NUMERIC.search(text) or _DAY_FIRST.search(text) or _WORDY.search(text) or _YEAR_LAST.search(text)
    if found is None:
        return None
    month = found["month"]
    number = int(month) if month.isdecimal() else _month(month)
    try:
        day = datetime(int(found["year"]), number, int(found["day"]))
    except ValueError:
        return None
    clock = _CLOCK.search(text, found.end(), min(len(text), found.end() + 16)) or _before(text, found.start())
    if clock is None:
        return day.date().isoformat()
    hour = _hour(int(clock["hour"]), _NOON.match(text, clock.end()))
    return day.replace(hour=hour, minute=int(clock["minute"]), second=int(clock["second"] or 0)).isoformat()


def _before(text: str, date: int) -> regex.Match[str] | None:
    """Return the time of day right before a date, as Russian papers write it: 20:14, 26 августа 2023."""
    last: regex.Match[str] | None = None
    for clock in _CLOCK.finditer(text, max(0, date - 12), date):
        last = clock
    return last if last and not text[last.end() : date].strip(" ,|·") else None


def is_period(text: str) -> bool:
    """Whether a text holds two days with nothing but a dash or a word for it between: from one to the other.

    >>> is_period("March 3, 1931 – January 19, 2018"), is_period("2 May 2019 | Updated: 3 May 2019")
    (True, False)
    """
    if len(_YEAR.findall(text)) < 2:  # most lines with a date have no other
        return False
    for pattern in (_NUMERIC, _DAY_FIRST, _WORDY):
        days = [match.span() for match in pattern.finditer(text)]
        if any(_TO.fullmatch(text, end, start) for (_, end), (start, _) in pairwise(days)):
            return True
    return False


def _month(name: str) -> int:
    return next(n for n, names in enumerate(_MONTHS, 1) if name.casefold().startswith(names))


def _hour(hour: int, noon: regex.Match[str] | None) -> int:
    """Return an hour of the 24-hour clock."""
    if noon is None or not 1 <= hour <= 12:
        return hour
    return hour % 12 + 12 * (noon["half"].casefold() == "p")


def names(text: str) -> list[str]:
    """Return the names in a list of people.

    >>> names("王一、李小二"), names("Ann Lee and Bo Yi")
    (['王一', '李小二'], ['Ann Lee', 'Bo Yi'])
    """
    parts = _SPLIT_NAMES.split(text.strip(" 　\t|｜()（）[]【】"))
    return [part.strip() for part in parts if part and part.strip(" 　.。*")]


def credits(text: str) -> list[tuple[str, list[str]]]:
    """Return (role, names) for each credit of a line.

    >>> credits("某某报记者 王一 编辑 李小二 校对 赵三")
    [('记者', ['王一']), ('编辑', ['李小二']), ('校对', ['赵三'])]
    >>> credits("|执笔:王一"), credits("文字｜王一")
    ([('执笔', ['王一'])], [('文字', ['王一'])])
    >>> credits("编辑 王一｜排版 李二"), credits("作者：王一 / By Ann Lee")
    ([('编辑', ['王一']), ('排版', ['李二'])], [('作者', ['王一', 'Ann Lee'])])
    >>> credits("记者｜王一 编辑｜李二 2021年4月23日 10:05")
    [('记者', ['王一']), ('编辑', ['李二'])]
    """
    text = text.strip(" 　\t|｜丨()（）[]【】<>《》。.*·•")
    text = _DATE_BEHIND.sub("", text)
    if ":" in text or "：" in text:  # then a slash stands between names
        text = _SLASH.sub("、", text)
    found = [(m["role"].strip(), names(m["names"])) for m in _CREDIT.finditer(text)]
    if not found or "|" in text or "｜" in text:  # a stroke stands behind a role, or between two people
        bare = [(m["role"], names(m["names"])) for m in _BARE.finditer(text)]
        found = max(found, bare, key=len)
    return [(role, people) for role, people in found if people]


def keywords(text: str) -> list[str]:
    """Return the words of a keyword list.

    >>> keywords("Tea, Harbour towns; Trade")
    ['Tea', 'Harbour towns', 'Trade']
    >>> keywords("真人图书 借阅 human library")
    ['真人图书', '借阅', 'human library']
    """
    parts = _SPLIT_KEYWORDS.split(text.strip())
    if len(parts) == 1 and regex.search(r"\p{Han}", text):
        parts = _SPLIT_HAN.split(text.strip())
    return [part.strip(" .。*") for part in parts if part.strip(" .。*")]


def headline(text: str) -> str:
    """Return a headline without its label, list mark, Markdown emphasis and enclosing quotation marks.

    >>> headline("**“The harbour wakes”**")
    'The harbour wakes'
    >>> headline("## Finding a way with A*"), headline("What is new in C#")
    ('Finding a way with A*', 'What is new in C#')
    >>> headline("Subject: Re: A gap in the record")
    'A gap in the record'
    """
    text = _SUBJECT.sub("", text.strip(" 　\t•·\ufeff"))
    bare = text.lstrip(" 　\t*#_•·\ufeff")
    marks = text[: len(text) - len(bare)]
    text = _CLOSING_MARK.sub("", bare).rstrip("".join(mark for mark in "*_" if mark in marks) + " 　\t•·")
    if len(text) > 2 and _QUOTES.get(text[0]) == text[-1] and text[0] not in text[1:] and text[-1] not in text[1:-1]:
        text = text[1:-1].strip()
    return text


def without_site(text: str) -> str:
    """Return a page title without the site's name behind a dash or bar.

    >>> without_site("A river returns - Example News"), without_site("石桥修好了-小城网")
    ('A river returns', '石桥修好了')
    """
    shorter = text.rstrip(_TRAILING)
    if _DASH.search(shorter):  # what every tail has, and few titles
        shorter = _SITE_TAIL.sub("", shorter).rstrip(_TRAILING)
    return shorter if len(shorter) >= 4 else text
