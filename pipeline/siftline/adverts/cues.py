"""What adverts have in common beside their words, and what tells prose about adverts from them."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from .folding import folded

_HAN = "\u3400-\u9fff"
_CYRILLIC = "\u0400-\u04ff"
# In folded text, so without blanks, dots and hyphens, each digit 0, and Cyrillic look-alikes as Latin letters.
_MESSENGER = (
    r"(?:whatsapp|whatsa|wechat|telegram|viber|skype|(?<![a-z])(?:vx|wx|qq|tg|line|kik|signal|snap)|[薇微威维徽葳v]信"
    r"|[加+➕](?:微|薇|v(?![a-z])|q(?![a-z])|我)|加赖|赖id|扣扣|抠抠|企鹅|qq群|飞机|电报|群号|"
    + folded("ватсап")
    + "|"
    + folded("вотсап")
    + "|"
    + folded("телеграм")
    + "|"
    + folded("телега")
    + "|"
    + folded("вайбер")
    + ")"
)


def _words(*words: str) -> str:
    return "(?:" + "|".join(folded(word) for word in words) + ")"


_BAIT = _words(
    "私信", "私聊", "扫码", "二维码", "扫描", "点击", "进群", "入群", "评论区", "主页", "头像", "客服", "助理", "复制", "详询", "滴滴我", "留言", "戳", "联系我", "咨询", "来电",
    "link in", "link below", "click here", "click the", "clicklink", "inbox me", "inbox now", "dm me", "dm to", "pm for", "contact us", "contact him", "contact her", "contact them",
    "reach out", "reach him", "text me", "call now", "hit me up", "message me", "message for", "comment below", "reply yes", "join our", "visit our", "get in touch", "more info",
    "в личк", "в лс", "в директ", "по ссылке", "ссылка в", "жми", "переходи", "пиши", "звони", "обращайтесь", "подписывайся", "заявк", "в комментар", "ставь плюс", "бот @",
)  # fmt: skip
_URGE = _words(
    "立即", "马上", "抓紧", "速", "赶快", "赶紧", "名额有限", "先到先得", "限时", "仅限", "手慢", "欢迎", "领取", "免费送", "免费领", "招代理", "上车", "报名", "加盟", "诚招", "招募",
    "now!", "today!", "sign up", "join now", "apply now", "order now", "buy now", "act now", "hurry", "limited", "don't miss", "claim", "get yours", "grab", "start earning", "register",
    "успей", "спешите", "только сегодня", "осталось", "забирай", "получи", "закажи", "оформите", "вступай", "регистрируйся", "скачай", "залетай", "заходи", "купи",
)  # fmt: skip
_PROMISE = _words(
    "免费", "稳赚", "包过", "包成功", "包赔", "保证", "无效退款", "不成功不收", "秒到", "日结", "月入", "日入", "无需", "无抵押", "零风险", "翻倍", "低价", "特价", "优惠", "返利", "送彩金", "彩金", "见效", "根治", "货到付款", "全额", "内部", "躺赚",
    "guaranteed", "guarantee", "no experience", "no prescription", "no credit check", "free trial", "risk free", "riskfree", "100%", "double your", "cheap", "discount", "instant", "per day", "daily", "legit", "no deposit", "bonus", "free spins", "% off", "best price", "money back", "discreet", "trusted",
    "гарант", "без отказа", "без предоплаты", "без вложений", "бесплатно", "недорого", "дёшево", "скидк", "бонус", "анонимно", "под ключ", "без справок", "за один день", "в сутки", "в день", "выигр", "заработ", "доход",
)  # fmt: skip
_YOU = _words("您", "你", " you ", "you'", "your", "вам", "вас", "ваш", "твой", "твоих", "тебе")
_REPORT = _words(
    "记者", "警方", "民警", "公安", "检察", "法院", "法官", "判决", "判处", "被告", "嫌疑", "涉案", "涉嫌", "犯罪", "团伙", "诈骗", "骗局", "骗子", "受害", "案件", "查处", "通报", "监管", "提醒", "警惕", "报道", "调查", "表示", "指出", "介绍", "认为", "专家", "研究", "承认", "说", "称", "告诉", "解释", "违法", "处罚", "罚款", "披露", "数据显示", "统计",
    "警察", "消费者协会", "央行", "海关",
)  # fmt: skip
_REPORT_EN = re.compile(
    r"\b(?:said|says|told|warned|warns?|reported(?:ly)?|according|police|court|judge|jury|regulators?|prosecutors?|investigators?"
    r"|researchers?|study|arrested|charged|sentenced|fined|convicted|seized|victims?|fraud\w*|scam\w*|study|found|showed|shows?|admitted|announced"
    r"|explained|claims|claimed|ministry|minister|commission|agency|lawyers?|professor|analysts?|had|was|were|did)\b", re.I,
)  # fmt: skip
_REPORT_RU = re.compile(
    r"\b(?:сообщ\w+|рассказ\w+|заяв\w+|поясн\w+|объясн\w+|предупре\w+|напомн\w+|напомина\w+|показал\w*|выясн\w+|полици\w+|суд\w{0,2}|следов\w+"
    r"|прокур\w+|мошенн\w+|эксперт\w*|аналитик\w*|жертв\w*|пострадавш\w+|приговор\w*|оштраф\w+|задерж\w+|изъя\w+|был[аои]?|считает|говорит|пишет|регулятор\w*)\b", re.I,
)  # fmt: skip
_PAST_RU = re.compile(r"\b\w{3,}(?:ил|ал|ял|ел|ила|ала|яла|ела|или|али|яли|ели|ился|лась|лись|ался)\b", re.I)
_THIRD = re.compile(r"[他她]|\b(?:he|she|his|her|they|their|him|them)\b|\b(?:он|она|они|его|её|ее|их|ему|ей)\b", re.I)
_NARRATED = re.compile(r"了|曾|被|将于|昨[天日]|去年|今年|后来|当时|之后|却|往往|其实|所谓")
_MONEY = re.compile(r"[$€£¥￥₽]\s?\d|\d\s?(?:usd|usdt|btc|eur|rub|руб|тыс|к\b|₽|\$|€|元|块|万|u\b)|тысяч|млн", re.I)
_LINK = re.compile(
    r"https?:|www\s?\.|\bt\s?\.\s?me\s?/|wa\s?\.\s?me\s?/|\b[\w-]{2,}\s?\.\s?(?:com|net|org|ru|cn|top|xyz|info|vip|cc|club|shop|site|biz|io)\b",
    re.I,
)
_EMAIL = re.compile(r"\b[\w.-]+\s?(?:@|\[at\])\s?[\w-]+\s?(?:\.|\[dot\])\s?\w{2,}", re.I)
_HANDLE = re.compile(r"(?<![\w.])@\w{3,}")
_PHONE = re.compile(r"\+?\d(?:[\s()–—－-]{0,2}\d){6,14}(?!\d)")
_QUOTED = re.compile(r"[“”„«»「」『』]|(?<!\w)\"|\"(?!\w)")
_STOP = re.compile(r"[。！？]|[.!?…](?=\s|$|[\"”»])")
_HIDDEN = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_BROKEN_HAN = re.compile(f"(?<=[{_HAN}])[ .·•・*_~|-]{{1,2}}(?=[{_HAN}])")
_BROKEN_WORD = re.compile(r"\b(?:[^\W\d_][ .·*_]){3,}[^\W\d_]\b")
_MIXED = re.compile(f"[a-zA-Z][{_CYRILLIC}]|[{_CYRILLIC}][a-zA-Z]")
_FULL = re.compile("[\uff21-\uff3a\uff41-\uff5a\uff10-\uff19]")
_SYMBOL = re.compile("[\u2500-\u27bf\U0001f300-\U0001faff★☆✦❤➕【】]")
_CUT = re.compile(r"(?:\.{3}|…)\s*$")
_TWICE = re.compile(r"^\W*(.{6,60}?)\s?(?:\.{3}|…)\s*\1")
_LIST = re.compile(r"[,，、;；|/_✦]")


def _count(pattern: str) -> Callable[[str], float]:
    found = re.compile(pattern)
    return lambda text: min(3.0, len(found.findall(text)))


_bait, _urge, _promise, _you, _report = map(_count, (_BAIT, _URGE, _PROMISE, _YOU, _REPORT))
_messenger = re.compile(_MESSENGER)
_account = re.compile(_MESSENGER + f"[号號搜]?[^{_HAN}a-z0]{{0,3}}(?:@?[a-z]{{0,12}}_?0{{3,}}|@[a-z]|[a-z]{{2,8}}0)")

NAMES = (
    "names a messenger", "account in a messenger", "link", "e-mail address", "handle", "telephone number",
    "contact at the end", "asks to get in touch", "urges", "promises", "addresses the reader", "money", "percent",
    "exclamation", "symbols", "capitals", "hidden characters", "broken words", "mixed alphabets", "full width",
    "cut short", "begins twice", "reports", "third person", "narrates", "quotes", "whole sentences", "ends with a stop",
    "questions", "pieces", "length", "short", "digits", "contact and promise", "contact and no report", "only Han",
    "only Latin", "Cyrillic",
)  # fmt: skip
"""What is measured of a line, in the order of `cues`."""


def cues(line: str) -> list[float]:
    """Return the measures of one line, most of them between 0 and 3.

    >>> found = dict(zip(NAMES, cues("Join our VIP channel now! t.me/example"), strict=True))
    >>> found["link"], found["urges"], found["reports"]
    (1.0, 1, 0)
    """
    text = line.strip()
    small = folded(text)
    size, letters = max(1, len(small)), sum(char.isalpha() for char in text) or 1
    link, email, handle, phone = map(_last, (_LINK, _EMAIL, _HANDLE, _PHONE), [text] * 4)
    account = _last(_account, small) / size
    at_end = max(max(link, email, handle, phone) / max(1, len(text)), account, 0.0)
    bait, urge, promise = _bait(small), _urge(small), _promise(small)
    report = min(4.0, _report(small) + len(_REPORT_EN.findall(text)) + len(_REPORT_RU.findall(text)))
    narrated = min(3.0, len(_NARRATED.findall(text)) + len(_PAST_RU.findall(text)))
    third = min(3.0, len(_THIRD.findall(text)))
    contact = float(at_end > 0) + 0.5 * float(bait > 0)
    stops = len(_STOP.findall(text))
    broken = len(_BROKEN_HAN.findall(text)) + 3 * len(_BROKEN_WORD.findall(text))
    han = len(re.findall(f"[{_HAN}]", text)) / letters
    cyrillic = len(re.findall(f"[{_CYRILLIC}]", text)) / letters
    return [
        float(bool(_messenger.search(small))), float(account > 0), float(link > 0), float(email > 0), float(handle > 0),
        float(phone > 0), float(at_end > 0.55), bait, urge, promise, _you(small),
        min(3.0, len(_MONEY.findall(text))), min(2.0, text.count("%") + text.count("％")),
        min(3.0, text.count("!") + text.count("！")), min(3.0, len(_SYMBOL.findall(text))),
        sum(char.isupper() for char in text) / letters, min(3.0, len(_HIDDEN.findall(text))),
        min(3.0, broken / 2), min(3.0, len(_MIXED.findall(text))), min(3.0, len(_FULL.findall(text)) / 2),
        float(bool(_CUT.search(text))), float(bool(_TWICE.search(text))), report, third, narrated,
        min(3.0, len(_QUOTED.findall(text))), min(4.0, stops), float(bool(re.search(r"[.。]\W{0,2}$", text))),
        min(2.0, text.count("?") + text.count("？")), min(3.0, len(_LIST.findall(text)) * 20 / size),
        np.log(size / 40), float(size < 14), small.count("0") / size, contact * min(2.0, promise + urge),
        contact * float(report + third + narrated == 0), float(han > 0.6), float(han + cyrillic < 0.2),
        float(cyrillic > 0.5),
    ]  # fmt: skip


def _last(pattern: re.Pattern[str], text: str) -> float:
    """Return where the last match ends, and 0 where there is none."""
    end = 0
    for match in pattern.finditer(text):
        end = match.end()
    return float(end)


def table(lines: list[str]) -> npt.NDArray[np.float64]:
    """Return the measures of some lines, (lines, measures)."""
    return np.array([cues(line) for line in lines], np.float64).reshape(len(lines), len(NAMES))
