"""Contacts: accounts, links, addresses and numbers, also in pieces."""

from __future__ import annotations

import re

from ..late import late
from . import kinds
from .folding import folded

_DOT = r"(?:\s?[.．。·]\s?|\s?[\[({](?:\.|dot|точка)[\])}]\s?|\s(?:dot|точка)\s|点|點)"
"""A dot of an address, also in disguise."""
_AT = r"(?:\s?[@＠]\s?|\s?[\[({](?:at|собака|гав)[\])}]\s?|\s(?:собака)\s)"
_LINK = late(
    re.compile,
    r"h(?:tt|xx)ps?:|w\s?w\s?w\s?[.．。]|\bt\s?[.點点]\s?me\s?/|wa\s?\.\s?me\s?/"
    rf"|[\w-]{{2,40}}{_DOT}(?:com|net|org|ru|рф|cn|top|xyz|info|vip|cc|club|shop|site|biz|io|me)(?![a-z])\S*",
    re.I,
)
_DOMAINS = (
    "http", "hxxp", "www.", "t.me", "wa.me", ".com", ".net", ".org", ".ru", ".рф", ".cn", ".top", ".xyz", ".info",
    ".vip", ".cc", ".club", ".shop", ".site", ".biz", ".io", ".me", "。com",
)  # fmt: skip
"""One of these stands in a line with a link, once its blanks are gone, if the link is not in pieces."""
_SIGN_AT = late(re.compile, r"[@＠]|[\[({]at[\])}]|собака|гав[\])}]", re.I)
_EMAIL = late(re.compile, rf"[\w.-]{{2,40}}{_AT}[\w-]{{2,40}}{_DOT}\w{{2,}}", re.I)
_HANDLE = late(re.compile, r"(?<![\w.])@\w{3,}")
_PHONE = late(re.compile, r"\+?\d(?:[\s()–—－-]{0,2}\d){6,14}(?!\d)")
_FIGURE = late(re.compile, r"(?<!\d)\d(?!\d)")
_SPELT = late(
    re.compile,
    r"\d\ufe0f?\u20e3|(?:\d\s){6,11}\d(?!\s?\d)|[①-⑨⓪〇]{2}|[零一二三四五六七八九]{6}|[\[({](?:\.|dot|at|точка|собака)[\])}]|hxxp|\w\s(?:dot|точка)\s[a-z]{2}"
    r"|[a-z0-9](?:点|點)[a-z]{2}|\bt[点點]me|w\s+w\s+w|(?<=[\w@])\s[.@]\s(?=\w)|[＠０-９]{3}|[薇威维徽葳][❤♥]|wei信",
    re.I,
)
"""A contact in pieces: a number in keys or characters, an address with its dots in words."""
_BRACKETED = late(re.compile, r"[\[({](?:\.|dot|at|точка|собака)[\])}]", re.I)
_OF_PIECES = ("xx", "w w", "wei信", " . ", " @ ", " dot ", " точка ")
"""One of these a contact in pieces has, if it has no character of its own, no brackets, and no digits apart."""
_APART = late(re.compile, r"[\d零一二三四五六七八九](?:(?<=\d)\s\d\s\d\s\d|(?<!\d)[零一二三四五六七八九]{5})")
_DOT_OF_HAN = late(re.compile, "[a-zA-Z0-9][点點][a-zA-Z]{2}")
_OF_ADDRESS = kinds.AT | kinds.BRACKET | kinds.CYRILLIC
_FEWEST_DIGITS = 7
_KEYS = late(re.compile, "\ufe0f?\u20e3|[\u200b-\u200f]")
_NAMES = "|".join(
    map(folded, ("тг", "телегу", "телеге", "телега", "телеграм", "ватсап", "вотсап", "вацап", "вайбер", "скайп"))
)
_ACCOUNT = late(
    re.compile,
    "(?:app|chat|telegram|viber|skype|signal|discord|insta|snap|kik|imo|信|加我|微|薇|威|维|徽|葳|❤|vx?|wx|qq?|赖|id|扣|抠|鹅|机|报|裙|群"
    f"|号|tg|line|软件|蝙蝠|{_NAMES})(?:搜|同号|同步|号|是|加|找)?[:(]?"
    f"[^\u3400-\u9fffa-z0]{{0,3}}(?:@?[a-z]{{0,12}}_?0{{3,}}|@[a-z]|(?:live:?)?[a-z]{{2,12}}_?0)",
)

_TALK = re.compile(r"微信|朋友圈|\bqq\b")
_LEADS = re.compile(
    r"加(?:[我微薇vwq裙群入信小+]|好友)|添(?!加)|[联聯络扫掃私找咨諮询詢领領搜薇]|客服|同[号號]|回[复復]|关注|關注|发送|https?:|www\.|@|\d{5}|[a-z][\w-]{0,9}\d|\d[\w-]{0,9}[a-z]"
    r"|(?:信|qq|号|號|圈)\W{0,4}[a-z0-9_-]{4}"
)
"""What a line that names a Chinese messenger has if it leads there: a call, a number, or an account behind the name."""


def contacts(text: str, small: str, of: int, has_messenger: bool) -> tuple[list[float], float]:
    """Return which kinds of contact a line has, and where the last one ends, as a share of the line; `small` is the
    line folded, `of` the kinds of its characters.
    """
    account = 0.0
    if has_messenger and ("0" in small or "@" in small):
        account = _last(_ACCOUNT, small) / len(small)
    in_pieces = is_in_pieces(text, of)
    link = _last(_LINK, text) if in_pieces or _may_have_link(text, of) else 0
    email = _last(_EMAIL, text) if of & _OF_ADDRESS and _SIGN_AT.search(text) else 0
    handle = _last(_HANDLE, text) if "@" in text else 0
    phone = 0.0
    if of & (kinds.DIGIT | kinds.KEY) and small.count("0") >= _FEWEST_DIGITS:
        keyless = _KEYS.sub("", text)
        phone = _last_phone(keyless) / max(1, len(keyless))
    where = max(account, max(link, email, handle) / max(1, len(text)), phone)
    pieces = len(_SPELT.findall(text)) if in_pieces else 0
    return [has_messenger, account > 0, link > 0, email > 0, handle > 0, phone > 0, pieces], where


def is_in_pieces(text: str, of: int) -> bool:
    """Return whether a contact in pieces can stand in a text.

    >>> [is_in_pieces(text, *kinds.kinds([text]).of) for text in ("t点me/sample", "三点钟", "a(at)b")]
    [True, False, True]
    """
    if of & kinds.KEY or (of & kinds.BRACKET and _BRACKETED.search(text)):
        return True
    if of & (kinds.DIGIT | kinds.NUMERAL) and _APART.search(text):
        return True
    if not of & (kinds.LETTER | kinds.AT):
        return False
    small = text.lower()
    return any(part in small for part in _OF_PIECES) or bool(of & kinds.POINT and _DOT_OF_HAN.search(text))


def _may_have_link(text: str, of: int) -> bool:
    if not of & kinds.LETTER:
        return False
    close = text.lower().replace(" ", "")
    if of & kinds.POINT or "。com" in close:
        return any(part in close for part in _DOMAINS)
    return "http" in close or "hxxp" in close


def _last_phone(text: str) -> int:
    """Return where the last telephone number ends, 0 where there is none: of a row of figures several stand alone."""
    ends = [match.end() for match in _PHONE.finditer(text) if len(_FIGURE.findall(match[0])) <= 1]
    return ends[-1] if ends else 0


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Return where the last match ends, and 0 where there is none."""
    end = 0
    for match in pattern.finditer(text):
        end = match.end()
    return end


def is_talk(text: str) -> bool:
    """Return whether a folded text names a Chinese messenger and leads nowhere.

    >>> is_talk("微信, qq 都有广告"), is_talk("加微信看资料"), is_talk("微信 abc000")
    (True, False, False)
    """
    return bool(_TALK.search(text)) and not _LEADS.search(text)
