"""What adverts have in common beside their words, and what tells prose about adverts from them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from math import log
from operator import add

import numpy as np
import numpy.typing as npt

from ..late import late
from .folding import folded

_HAN = "\u3400-\u9fff"
_MOST = 3
"""Up to which number things are counted."""


def words_of(listed: str) -> list[str]:
    """Return the words of a list, between bars.

    >>> words_of(" sign up |  | hurry")
    ['sign up', 'hurry']
    """
    return [word for part in listed.split("|") if (word := " ".join(part.split()))]


def _spaced(words: str) -> list[str]:
    return words.split()


# Looked for anywhere in folded text, so without blanks, dots and hyphens between them.
MESSENGER = """
    whatsapp|whatsap|wechat|telegram|viber|skype|微信|薇信|威信|徽信|维信|葳信|v信|加微|加薇|加v|➕v|+v|加q|+q|加我
    |加赖|赖id|扣扣|抠抠|企鹅|qq|飞机|电报|群号|vx|wx|ватсап|вотсап|телеграм|телега|вайбер|скайп|tme/|wame/|@|tg:
    |line:|lineid|q群|裙|v:
"""
BAIT = """
    私信|私聊|扫码|二维码|扫描|点击|进群|入群|评论区|主页|头像|客服|助理|复制|详询|滴滴我|留言|戳|联系|咨询|来电
    |洽谈|关注|回复|添加|登录|搜索|官网|网址|图片上|图里|图中|资料卡|简介|置顶|小窗|暗号
    |link in|link below|click here|click the|inbox me|inbox now|dm me|dm to
    |pm for|contact us|contact him|contact her|contact them|contact mr|contact dr|reach out|reach him|reach her
    |text me|text or call|call now|call us|hit me up|message me|message for|comment below|reply yes|join our|join us
    |visit our|get in touch|more info|email|add me|write to|ring|get back to us|apply online|find out here
    |read more here|profile|pinned|in bio|the picture|qr code|promo code|use code|ask for|look me up|speak to
    |в личк|в лс|в директ|по ссылке|ссылка в|ссылка|жми|переходи|пиши|звони|обращайтесь|подписывайся
    |заявк|в комментар|профил|закреп|в шапке|картинке
    |промокод|введи код|наберите|в описании|на странице|ставь плюс|бот @|напишите|номер:|тел.
"""
URGE = """
    立即|马上|抓紧|速来|速联|赶快|赶紧|名额|先到先得|限时|仅限|手慢|欢迎|领取|免费送|免费领|代理|上车|报名|加盟|诚招
    |诚聘|招募|急招|招聘|别错过|手刀|最后|now!|today!|sign up|join now|apply now|order now|buy now|act now|hurry
    |limited|don't miss|claim|get yours|grab|start earning|register|subscribe|wanted|download|успей|спешите
    |только сегодня|осталось|забирай|получи|закажи|оформ|вступай|регистрир|скачай|залетай|заходи|купи|приглашаем
    |требуются|ищу|хочешь
"""
PROMISE = """
    免费|稳赚|包过|包成功|包赔|保证|无效退款|不成功不收|秒到|日结|月入|日入|无需|无抵押|零风险|翻倍|低价|特价|优惠
    |返利|彩金|见效|根治|货到付款|全额|内部|躺赚|先付|后付|收益|盈利|赚钱|回本|折|包邮|批发|高薪|放款|到账|下款
    |不看征信|提现|秒|靠谱|信誉|正品|专业|厂家|直销|赠送|红包|福利|guarantee|no experience|no prescription
    |no credit check|free trial|risk free|100%|double your|cheap|discount|instant|per day|daily|legit|no deposit
    |bonus|free spins|% off|best price|money back|discreet|trusted|profit|earn|per week|weekly|an hour|payout|free
    |real money|fast delivery|in stock|no survey|invest|гарант|без отказа|без предоплаты|без вложений|бесплатно
    |недорого|дёшево|скидк|бонус|анонимно|под ключ|без справок|за один день|в сутки|в день|выигр|заработ|доход
    |прибыл|выгодн|проверен|срочно|без опыта|круглосуточно|доставк|оплата
"""
_YOU = "您|你|your|you'|you |вам|вас|ваш|твой|твоих|тебе|тебя"
_WE = """
    我们|本公司|我司|本店|本人|本厂|we offer|we can|our|we are|we buy|наша компания|предлагаем|поможем|сделаем
    |вернём
"""
_REPORT_HAN = """
    记者|警方|民警|公安|检察|法院|法官|判决|判处|被告|嫌疑|涉案|涉嫌|犯罪|团伙|诈骗|骗局|骗子|受害|案件|查处|通报
    |监管|提醒|警惕|报道|调查|表示|指出|介绍|认为|专家|研究|承认|说|称|告诉|解释|违法|处罚|罚款|披露|数据显示|统计
    |警察|协会|央行|海关|显示|公布|宣布|发现|律师|教授|所谓|其实|原来
"""
_NARRATED_HAN = """
    了|曾|被|将于|昨天|昨日|去年|今年|后来|当时|之后|却|往往|有人|据|由于|因为|虽然|但是|然而|于是
"""
_LISTS = (MESSENGER, BAIT, URGE, PROMISE, _YOU, _WE, _REPORT_HAN, _NARRATED_HAN)
# Whole words, and how words begin.
_REPORT = frozenset(_spaced("""
    said says told warned warns warn reported reportedly according police court judge jury regulator regulators
    prosecutor prosecutors investigators researchers study arrested charged sentenced fined convicted seized victims
    victim fraud fraudsters scam scams scammers found showed shows admitted announced explained claims claimed ministry
    minister commission agency lawyers lawyer professor analysts had was were did been
"""))  # fmt: skip
_THIRD = frozenset(_spaced("he she his her they their him them he's she's он она они его её ее их ему ей им"))
_REPORT_STEMS = tuple(_spaced("""
    сообщ рассказ заяв поясн объясн предупре напомн напомина показал выясн полици суд следов прокур мошенн эксперт
    аналитик жертв пострадавш приговор оштраф задерж изъя был считает говорит пишет регулятор оказал
"""))  # fmt: skip
_PAST = ("ил", "ал", "ял", "ел", "ила", "ала", "яла", "ела", "или", "али", "яли", "ели", "ился", "лась", "лись", "ался")
_CYRILLIC = late(re.compile, "[\u0400-\u04ff]")
_WORDS = late(re.compile, r"[^\W\d_]+(?:'\w+)?")
_MONEY = late(
    re.compile,
    r"[$€£¥￥₽]\s?\d|\d\s?(?:usdt?|btc|eur|rub|руб|тыс|[kк]\b|[₽$€元块万])|тысяч|млн|[一二三五六八十百千万]+(?:元|块|万)",
    re.I,
)
_LINK = late(
    re.compile,
    r"https?:|www\s?\.|\bt\s?\.\s?me\s?/|wa\s?\.\s?me\s?/"
    r"|[\w-]{2,40}\s?\.\s?(?:com|net|org|ru|cn|top|xyz|info|vip|cc|club|shop|site|biz|io)(?![a-z])\S*",
    re.I,
)
_EMAIL = late(re.compile, r"[\w.-]{2,40}\s?(?:@|\[at\])\s?[\w-]{2,40}\s?(?:\.|\[dot\])\s?\w{2,}", re.I)
_HANDLE = late(re.compile, r"(?<![\w.])@\w{3,}")
_PHONE = late(re.compile, r"\+?\d(?:[\s()–—－-]{0,2}\d){6,14}(?!\d)")
_ACCOUNT = late(
    re.compile,
    f"(?:app|chat|telegram|viber|skype|信|加我|微|薇|vx?|wx|qq?|赖|id|扣|抠|鹅|机|报|裙|群|号|tg|line|ватcaп|вoтcaп|гpaм|лera|бep)[:(]?"
    f"[^{_HAN}a-z0]{{0,3}}(?:@?[a-z]{{0,12}}_?0{{3,}}|@[a-z]|[a-z]{{2,8}}0)",
)
_STOP = late(re.compile, r"[。！？]|[.!?…](?=\s|$|[\"”»])")
_BROKEN_HAN = late(re.compile, f"(?<=[{_HAN}])[ .·•・*_~|-]{{1,2}}(?=[{_HAN}])")
_BROKEN_WORD = late(re.compile, r"\b(?:[^\W\d_][ .·*_]){3,}[^\W\d_]\b")
_MIXED = late(re.compile, "[a-zA-Z][\u0400-\u04ff]|[\u0400-\u04ff][a-zA-Z]")
_CUT = late(re.compile, r"(?:\.{3}|…)\s*$")
_TWICE = late(re.compile, r"^\W*(.{6,60}?)\s?(?:\.{3}|…)\s*\1")
_PIECES = late(re.compile, r"[,，、;；|/_✦]")

NAMES = (
    "names a messenger", "account in a messenger", "link", "e-mail address", "handle", "telephone number",
    "contact at the end", "asks to get in touch", "urges", "promises", "addresses the reader", "speaks of us", "money",
    "broken words", "mixed alphabets", "cut short", "begins twice", "reports", "third person", "narrates", "sentences",
    "pieces", "letters", "contact and promise", "contact and no report",
)  # fmt: skip
"""What is measured of a line, in the order of `cues`; what can be counted at a glance is in signs.py."""


@cache
def _beginnings() -> dict[str, list[tuple[str, int]]]:
    """Return the words of all lists, folded, with the number of its list, by their first two characters."""
    found: dict[str, list[tuple[str, int]]] = {}
    for number, listed in enumerate(_LISTS):
        for word in dict.fromkeys(map(folded, words_of(listed))):
            found.setdefault(word[:2], []).append((word, number))
    return found


def _counts(small: str) -> list[int]:
    """Return how many words of each list stand in a folded text."""
    counts, known = [0] * len(_LISTS), _beginnings()
    for beginning in known.keys() & {*small, *map(add, small, small[1:])}:
        for word, number in known[beginning]:
            if word in small:
                counts[number] += 1
    return counts


def cues(line: str) -> list[float]:
    """Return the measures of one line, most of them between 0 and 3.

    >>> found = dict(zip(NAMES, cues("Join our VIP channel now! t.me/example"), strict=True))
    >>> found["link"], found["urges"], found["reports"]
    (1, 1, 0)
    """
    text, small = line.strip(), folded(line)
    messenger, bait, urge, promise, you, we, *han = _counts(small)
    contacts, where = _contacts(text, small, messenger > 0)
    report, third, narrated = _narration(text, *han)
    contact = (where > 0) + 0.5 * (bait > 0)
    found: list[float] = [
        *contacts, where > 0.55, bait, urge, promise, you, we,
        len(_MONEY.findall(text)), *_disguise(text), *_cut(text),
        report, third, narrated, len(_STOP.findall(text)), len(_PIECES.findall(text)) * 20 / max(1, len(small)),
    ]  # fmt: skip
    found = [min(_MOST, +value) for value in found]
    quiet = contact * (report + third + narrated == 0)
    return [*found, log(max(1, len(small)) / 40), contact * min(2, promise + urge), quiet]


def _contacts(text: str, small: str, has_messenger: bool) -> tuple[list[float], float]:
    """Return which kinds of contact a line has, and where the last one ends, as a share of the line."""
    account = _last(_ACCOUNT, small) / max(1, len(small)) if has_messenger else 0.0
    link = _last(_LINK, text) if "." in text or "http" in text else 0
    email = _last(_EMAIL, text) if "@" in text or "[at]" in text else 0
    handle = _last(_HANDLE, text) if "@" in text else 0
    phone = _last(_PHONE, text) if small.count("0") >= 7 else 0
    where = max(account, max(link, email, handle, phone) / max(1, len(text)))
    return [has_messenger, account > 0, link > 0, email > 0, handle > 0, phone > 0], where


def _narration(text: str, report_han: int, narrated_han: int) -> tuple[int, int, int]:
    """Return how much a line reports, speaks of others, and tells what was; the words in Han are counted already."""
    words = set(map(str.lower, _WORDS.findall(text)))
    report, third = len(words & _REPORT), len(words & _THIRD)
    if _CYRILLIC.search(text):
        past = sum([word.endswith(_PAST) and len(word) > 4 for word in words])
        return report + sum([word.startswith(_REPORT_STEMS) for word in words]), third, past
    if text.isascii():
        return report, third, 0
    third += text.count("他") + text.count("她")
    return report + report_han, third, narrated_han


def _disguise(text: str) -> tuple[float, float]:
    """Return how much of a line is in pieces, and how often it changes between alphabets inside a word."""
    broken = 3.0 * len(_BROKEN_WORD.findall(text))
    if text.isascii():
        return broken, 0
    return broken + len(_BROKEN_HAN.findall(text)) / 2, len(_MIXED.findall(text))


def _cut(text: str) -> tuple[bool, bool]:
    """Return whether a line is cut short, and whether it begins a second time behind a cut."""
    if "..." not in text and "…" not in text:
        return False, False
    return _CUT.search(text) is not None, _TWICE.search(text) is not None


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Return where the last match ends, and 0 where there is none."""
    end = 0
    for match in pattern.finditer(text):
        end = match.end()
    return end


def table(lines: Sequence[str]) -> npt.NDArray[np.float32]:
    """Return the measures of some lines, (measures, lines)."""
    return np.array([cues(line) for line in lines], np.float32).reshape(len(lines), len(NAMES)).T
