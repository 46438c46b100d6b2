"""What the line under a headline says: when the article appeared, who wrote it and where it is from."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from . import fields
from .late import late

LONGEST = 160
"""Characters of a byline."""

_LONGEST_NAME = 40
_MARKS = " \t\u3000\xa0•·|-–—"
_AUTHOR, _PUBLISHER, _CREDIT = "author", "publisher", "credits"
_TOKEN = late(
    regex.compile,
    r"""
    (?<author>(?:(?:作者|撰文|撰稿|文字|文|автор(?:ы)?(?:\s(?:текста|статьи|материала))?|текст|authors?)\s*+[:：/]
      |(?<![\p{L}\d])(?:本[报刊网台站])?(?:特约|实习|见习)?(?:记者|記者|通讯员)
        (?=[\s　:：]\s*+\p{Han}{2,4}(?:[\s　|｜]|$)|\p{Han}{2,4}[／/]\p{Han}{2,8}(?:報導|报道|電|电)):?
      |(?<![\p{L}\d])автором\b
      |(?<![\p{L}\d])(?:written\ |posted\ |published\ )?by\b:?)\s*+(?:(?:本报|特约|实习|见习)?(?:记者|記者)[\s　]*+)?)
    |(?<publisher>(?:(?:文章|信息|稿件)?(?:来源|來源|稿源|出处|出處)(?:于)?|источник|source)\s*+[:：][\s　\[【(（]*+)
    |(?<credits>(?:责任编辑|責任編輯|责编|責編|编辑|編輯|校对|摄影|редактор|фото|editor|photo)\s*+[:：][\s　]*+)
    |(?<other>(?:(?:发布|發佈|发表|更新|上传|创建)?(?:时间|時間|日期|于|於)|发布|發佈|更新|опубликовано|обновлено|дата
      |published|updated|modified|posted|created|date|阅读|浏览|点击|评论|字数|字數|字号|字体|分享到|просмотров|views)\b\s*+[:：]?)
    |[／/]\p{Han}{2,8}(?:報導|报道|電|电)
    |[|｜·•\t\[\]()（）【】〖〗<>]|\s[-–—]+\s|[\s　]{2,}|\d{4}-\d\d-\d\dT|\d|,?\s(?:on|in)\s
    |\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]?|(?:星期|周)[一二三四五六日天]
    """,
    regex.V1 | regex.VERBOSE | regex.IGNORECASE,
)
_PARTICLES = "de|van|von|der|da|di|al|bin"
_NAME = late(
    regex.compile,
    r"(?:\p{Han}{2,8}(?:[·・]\p{Han}{1,8})?"
    rf"|\p{{Lu}}[\p{{L}}.'’-]*+(?:\s(?:{_PARTICLES}|\p{{Lu}}[\p{{L}}.'’-]*+)){{0,3}})$",
    regex.V1,
)
_PERSON = late(
    regex.compile,
    r"(?<word>\p{Lu}++|\p{Lu}(?:\p{Lu}?[\p{Ll}\p{M}.'’-]++){1,2})"
    rf"(?:\s(?:{_PARTICLES}|(?&word))){{1,3}}$",
    regex.V1,
)
_BY = late(
    regex.compile, r"(?:(?:written|posted|published|words|story|analysis|opinion)\s)?by\b", regex.V1 | regex.IGNORECASE
)
_OTHERS = late(
    regex.compile,
    r"\b(?:editors?|writer|staff|team|reporter|follow(?:ers|ing)?|share|comments?|read|order|friday|article|page|menu|search|sign|log)\b",
    regex.V1 | regex.IGNORECASE,
)
"""Words of the lines beside a date that are no names."""
_STATEMENT = late(regex.compile, r"\p{Han}{21}", regex.V1)
"""More Chinese characters in a row than names and labels have: somebody did something on that day."""
_MEMBER = late(
    regex.compile,
    r"注册(?:时间|日期|于)|註冊(?:時間|日期|於)|入会|加入时间|зарегистрирован|на\s(?:форуме|сайте)\sс\b|\b(?:joined|registered|member\ssince)\b",
    regex.V1 | regex.IGNORECASE,
)
"""What a forum says of the writer of a post, with the day on which he came there."""
_PAPER = late(regex.compile, r"《?\p{Han}[\p{L}\d《》“”·]{1,20}|[\p{L}\d][\p{L}\d.&'’\- ]{1,40}$", regex.V1)


def read(text: str) -> list[tuple[str, object]]:
    """Return (field, value) for what a byline says, the date first; nothing where it holds no date.

    >>> read("2021-03-04 09:30  来源：某某日报  作者：记者 张三  编辑：李四")
    [('date', '2021-03-04T09:30:00'), ('publisher', '某某日报'), ('author', '张三'), ('credits', ('编辑', ['李四']))]
    >>> read("By Ann Example - Staff Writer, Tuesday, August 3, 2021")
    [('date', '2021-08-03'), ('author', 'Ann Example')]
    """
    date = fields.iso_date(text)
    if date is None or len(text) > LONGEST or _STATEMENT.search(text) or fields.is_period(text) or _MEMBER.search(text):
        return []
    return [("date", date), *_labelled(text)]


def without_offices(names: list[str]) -> list[str]:
    """Return the names of a list without what the first ones do.

    >>> without_offices(["Ann Example", "Staff Writer"])
    ['Ann Example']
    """
    return [name for nth, name in enumerate(names) if not nth or not _OTHERS.search(name)]


def authors(text: str) -> list[str]:
    """Return whom a line names as authors behind a `by`.

    >>> authors("• By Ann Example and Bo Example, CNN | Quayside Reader")
    ['Ann Example', 'Bo Example']
    """
    text = text.strip(_MARKS)
    if len(text) > LONGEST or not _BY.match(text):
        return []
    names = [str(value) for field, value in _labelled(text) if field == _AUTHOR]
    return [name for nth, name in enumerate(names) if not nth or " " in name]


def person(text: str) -> str:
    """Return the name that a line has if it holds nothing else, else nothing.

    >>> person("• Ann McExample"), person("Staff Writer"), person("Quayside")
    ('Ann McExample', '', '')
    """
    text = text.strip(_MARKS)
    return text if len(text) <= _LONGEST_NAME and _PERSON.match(text) and not _OTHERS.search(text) else ""


def _labelled(text: str) -> Iterator[tuple[str, object]]:
    """Yield what stands behind each label, up to whatever comes next."""
    tokens = list(_TOKEN.finditer(text))
    ends = [token.start() for token in tokens[1:]] + [len(text)]
    for token, end in zip(tokens, ends, strict=True):
        value = text[token.end() : end].strip(" 　,，;；:：*_")
        if token.lastgroup == _AUTHOR:
            yield from ((_AUTHOR, name) for name in without_offices(fields.names(value)) if _NAME.match(name))
        elif token.lastgroup == _PUBLISHER and (paper := _PAPER.match(value)):
            yield _PUBLISHER, paper[0]
        elif token.lastgroup == _CREDIT:
            people = [name for name in fields.names(value) if _NAME.match(name)]
            if people:
                yield _CREDIT, (token[0].strip(" 　:："), people)
