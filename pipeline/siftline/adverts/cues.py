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
    |加赖|赖id|扣扣|抠抠|企鹅|qq|飞机|电报|群号|vx|wx|ватсап|вотсап|вацап|телеграм|телега|телегу|телеге|вайбер|скайп
    |тг:|тг@|в тг|тг-канал|tme/|wame/|@|tg:|tg@|tg搜|on tg|line:|lineid|q群|裙|v:
    |微❤|薇❤|威❤|v❤|wei信|绿色软件|绿泡泡|小飞机|蝙蝠
    |signal:|discord|snapchat:|insta:|kik:|wechat|imo:
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
PROFILE = """
    我主页|看主页|主页第一|主页有|主页置顶|看头像|头像那个|看签名|见签名|签名里|看资料|资料里|资料卡|简介里|看简介|见简介|置顶评论|看相册|图片上的号|号在图
    |评论区第一|右上角|个人页|门牌|看背景|背景图|我空间|名字就是号|昵称就是|网名就是
    |my page|my profile|my bio|my wall|my account|my story|my name for|in bio|in the bio|the bio|see bio|my feed
    |my header|ask in the|in the chat|pinned comment|pinned post|first comment|my pinned|profile picture
    |picture has|username is
    |профиле|профиль|шапке|аватар|аватарк|на страничке|моей странице|моей стене|закрепе|закреплен|первый пост|в статусе
    |спросите в|спрашивайте в|в чате|ник тот же|в описании
"""
COAX = """
    懂的都懂|懂的来|懂的进|有缘|同路人|有心人|不方便放|不便公开|不便讲|不便多说|不能多说|这里不多说|不能明说|想认识他|想认识她|想知道是谁|告诉过我
    |说多了会删|会被删|低调|闷声|自己人|识货|悟|点到为止|问我就|问了就
    |not to be named|can't say more|cannot say more|won't say more|can't post|not allowed to post|those who know
    |if you know you know|you know where|the curious|ask me how|ask me about|ask me who|ask and|only for those|quietly
    |no questions|find him|find her|find me|look for me|i know a guy|i know a man|look me up|you'll thank me
    |кому надо|кто понял|кто в теме|кто знает|знающие|свои поймут|не спрашивайте|подскажу кто|дам контакт|скажу лично
    |имя дам|найди меня|найдёте меня|ищите меня|тот найдёт|не для всех|по-тихому|шепну
"""
_INSTITUTION = """
    博物馆|美术馆|图书馆|展览|门票|读者|本报|本刊|编辑部|来稿|投稿|主办|承办|组委会|社区|居委会|街道|街办|学校|大学|医院|公益|慈善|志愿
    |捐款|捐赠|热线|援助|救助|派出所|反诈|政务|公示|官网|官方|该行|公告|闭馆|开馆|预约|市民|居民|展期
    |museum|gallery|library|exhibition|newsroom|our reporter|the editor|letters@|newsdesk|helpline|hotline|charity
    |donat|volunteer|parish|council|university|school|hospital|clinic is|concession|box office|admission|under-16
    |residents
    |the bank said|press office|press release|applications close|closing date|in confidence
    |музе|галере|библиотек|выставк|редакц|читател|телефон доверия|горяч|линия|благотворит|пожертв|волонт|приют|школ
    |университет|институт|больниц|поликлиник|администрац|управлени|реквизит|экскурс|пресс-служб|дежурной части|жител
"""
_YOU = "您|你|your|you'|you |вам|вас|ваш|твой|твоих|тебе|тебя"
_WE = """
    我们|本公司|我司|本店|本人|本厂|we offer|we can|our|we are|we buy|наша компания|предлагаем|поможем|сделаем
    |вернём
"""
_REPORT_HAN = """
    记者|警方|民警|公安|检察|法院|法官|判决|判处|被告|嫌疑|涉案|涉嫌|犯罪|团伙|诈骗|骗局|骗子|受害|案件|查处|通报
    |监管|提醒|警惕|报道|调查|表示|指出|介绍|认为|专家|研究|承认|说|称|告诉|解释|违法|处罚|罚款|披露|数据显示|统计
    |请勿|切勿|挂断|号码是|警察|协会|央行|海关|显示|公布|宣布|发现|律师|教授|所谓|其实|原来
"""
_NARRATED_HAN = """
    了|曾|被|将于|昨天|昨日|去年|今年|后来|当时|之后|却|往往|有人|据|由于|因为|虽然|但是|然而|于是
"""
_LISTS = (MESSENGER, BAIT, URGE, PROMISE, PROFILE, COAX, _INSTITUTION, _YOU, _WE, _REPORT_HAN, _NARRATED_HAN)
# Whole words, and how words begin.
_REPORT = frozenset(_spaced("""
    said says told warned warns warn reported reportedly according police court judge jury regulator regulators
    prosecutor prosecutors investigators researchers study arrested charged sentenced fined convicted seized victims
    victim fraud fraudsters scam scams scammers found showed shows admitted announced explained claims claimed ministry
    minister commission agency lawyers lawyer professor analysts had was were did been instead somebody hang affected
"""))  # fmt: skip
_THIRD = frozenset(_spaced("he she his her they their him them he's she's он она они его её ее их ему ей им"))
_REPORT_STEMS = tuple(_spaced("""
    сообщ рассказ заяв поясн объясн предупре напомн напомина показал выясн полици суд следов прокур мошенн эксперт
    положит трубк аналитик жертв пострадавш приговор оштраф задерж изъя был считает говорит пишет регулятор оказал
"""))  # fmt: skip
_PAST = ("ил", "ал", "ял", "ел", "ила", "ала", "яла", "ела", "или", "али", "яли", "ели", "ился", "лась", "лись", "ался")
_CYRILLIC = late(re.compile, "[\u0400-\u04ff]")
_WORDS = late(re.compile, r"[^\W\d_]+(?:'\w+)?")
_MONEY = late(
    re.compile,
    r"[$€£¥￥₽]\s?\d|\d\s?(?:usdt?|btc|eur|rub|руб|тыс|[kк]\b|[₽$€元块万])|тысяч|млн|[一二三五六八十百千万]+(?:元|块|万)",
    re.I,
)
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
_IN_PIECES = late(
    re.compile,
    r"[⓪①-⑨\u20e3〇零❤♥＠０-９(\[{点點]|\s[.@]\s|\s(?:dot|DOT|точка)\s|[xX]{2}|[wW]\s+[wW]|\d\s\d\s\d\s\d|wei信|[一二三四五六七八九]{6}",
)
"""What such a contact has at least."""
_KEYS = late(re.compile, "\ufe0f?\u20e3|[\u200b-\u200f]")
_NAMES = "|".join(
    map(folded, ("тг", "телегу", "телеге", "телега", "телеграм", "ватсап", "вотсап", "вацап", "вайбер", "скайп"))
)
_ACCOUNT = late(
    re.compile,
    "(?:app|chat|telegram|viber|skype|signal|discord|insta|snap|kik|imo|信|加我|微|薇|威|维|徽|葳|❤|vx?|wx|qq?|赖|id|扣|抠|鹅|机|报|裙|群"
    f"|号|tg|line|软件|蝙蝠|{_NAMES})(?:搜|同号|同步|号|是|加|找)?[:(]?"
    f"[^{_HAN}a-z0]{{0,3}}(?:@?[a-z]{{0,12}}_?0{{3,}}|@[a-z]|(?:live:?)?[a-z]{{2,12}}_?0)",
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
    "contact in pieces", "contact at the end", "asks to get in touch", "urges", "promises", "points to a profile",
    "coaxes",
    "names an institution", "addresses the reader", "speaks of us", "money",
    "broken words", "mixed alphabets", "cut short", "begins twice", "reports", "third person", "narrates", "sentences",
    "pieces", "letters", "contact and promise", "contact and no report",
)  # fmt: skip
"""What is measured of a line, in the order of `cues`; what can be counted at a glance is in signs.py."""
_PIECES_AT, _ASKS = NAMES.index("contact in pieces"), NAMES.index("asks to get in touch")
_PROFILE, _PUBLIC, _URGES, _REPORTS = map(
    NAMES.index, ("points to a profile", "names an institution", "urges", "reports")
)


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
    messenger, bait, urge, promise, profile, coax, institution, you, we, *han = _counts(small)
    contacts, where = _contacts(text, small, messenger > 0)
    report, third, narrated = _narration(text, *han)
    contact = (where > 0) + 0.5 * (bait > 0)
    found: list[float] = [
        *contacts, where > 0.55, bait, urge, promise, profile, coax, institution, you, we,
        len(_MONEY.findall(text)), *_disguise(text), *_cut(text),
        report, third, narrated, len(_STOP.findall(text)), len(_PIECES.findall(text)) * 20 / max(1, len(small)),
    ]  # fmt: skip
    found = [min(_MOST, +value) for value in found]
    quiet = contact * (report + third + narrated == 0)
    return [*found, log(max(1, len(small)) / 40), contact * min(2, promise + urge), quiet]


def _contacts(text: str, small: str, has_messenger: bool) -> tuple[list[float], float]:
    """Return which kinds of contact a line has, and where the last one ends, as a share of the line."""
    account = _last(_ACCOUNT, small) / max(1, len(small)) if has_messenger else 0.0
    close, in_pieces = text.lower().replace(" ", ""), _IN_PIECES.search(text)
    link = _last(_LINK, text) if in_pieces or any(part in close for part in _DOMAINS) else 0
    email = _last(_EMAIL, text) if _SIGN_AT.search(text) else 0
    handle = _last(_HANDLE, text) if "@" in text else 0
    keyless = _KEYS.sub("", text)
    phone = _last_phone(keyless) if small.count("0") >= 7 else 0
    where = max(account, max(link, email, handle) / max(1, len(text)), phone / max(1, len(keyless)))
    pieces = len(_SPELT.findall(text)) if in_pieces else 0
    return [has_messenger, account > 0, link > 0, email > 0, handle > 0, phone > 0, pieces], where


def _last_phone(text: str) -> int:
    """Return where the last telephone number ends, 0 where there is none: of a row of figures several stand alone."""
    ends = [match.end() for match in _PHONE.finditer(text) if len(_FIGURE.findall(match[0])) <= 1]
    return ends[-1] if ends else 0


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


def leads(table: npt.NDArray[np.float32]) -> npt.NDArray[np.bool_]:
    """Return for each line of a table of measures whether it leads somewhere: to an account, an address, a number, or
    to a messenger or a profile on which the reader is told to look. A messenger's name alone does not, nor does the
    number of a hotline or of a museum that neither urges nor promises.

    >>> leads(table(["微信, qq 都有广告", "加微信看资料", "Call 000-000-0000", "more in my bio"])).tolist()
    [False, True, True, True]
    """
    account = table[1 : _PIECES_AT + 1].any(axis=0)
    asked = (table[0] > 0) & (table[_ASKS] > 0)
    public = (table[_PUBLIC] > 0) & (table[_URGES : _URGES + 2].sum(axis=0) == 0)
    found: npt.NDArray[np.bool_] = (account | asked | (table[_PROFILE] > 0)) & ~public & (table[_REPORTS] == 0)
    return found


def table(lines: Sequence[str]) -> npt.NDArray[np.float32]:
    """Return the measures of some lines, (measures, lines)."""
    return np.array([cues(line) for line in lines], np.float32).reshape(len(lines), len(NAMES)).T
