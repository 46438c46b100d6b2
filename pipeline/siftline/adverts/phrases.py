"""Words that adverts have in common, and those of prose about them, by what they say."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ..tables import kept
from .folding import folded


def words_of(listed: str) -> list[str]:
    """Return the words of a list, between bars.

    >>> words_of(" sign up |  | hurry")
    ['sign up', 'hurry']
    """
    return [word for part in listed.split("|") if (word := " ".join(part.split()))]


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
LISTS = (MESSENGER, BAIT, URGE, PROMISE, PROFILE, COAX, _INSTITUTION, _YOU, _WE, _REPORT_HAN, _NARRATED_HAN)


_Listed = list[tuple[str, int]]
"""Words, folded, with the number of their list."""
_BITS = 16


@kept
def _beginnings() -> list[tuple[dict[str, _Listed], npt.NDArray[np.bool_]]]:
    """Return the words of all lists by their first character, those of more than one by the first two, and those of
    more than two by the first three; and which hashes these beginnings have.
    """
    by_size: list[dict[str, _Listed]] = [{}, {}, {}]
    for number, listed in enumerate(LISTS):
        for word in dict.fromkeys(map(folded, words_of(listed))):
            beginning = word[: len(by_size)]
            by_size[len(beginning) - 1].setdefault(beginning, []).append((word, number))
    found = []
    for size, words in enumerate(by_size, 1):
        begins = np.zeros(1 << _BITS, np.bool_)
        begins[_hashes(_codes("".join(words)), size)[::size]] = True
        found.append((words, begins))
    return found


def _codes(text: str) -> npt.NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.dtype("<u4"))


def _hashes(codes: npt.NDArray[np.uint32], size: int) -> npt.NDArray[np.uint32]:
    """Return the hashes of so many characters from each place on."""
    found = codes[: codes.size - size + 1]
    for place in range(1, size):
        found = found * np.uint32(31) + codes[place : codes.size - size + 1 + place]
    return found & np.uint32((1 << _BITS) - 1)


def counts(lines: Sequence[str]) -> list[list[int]]:
    """Return for each of some folded lines, in which no line feed stands, how many words of each list stand in it.

    >>> [found] = counts(["加微信领取vip"])
    >>> found[LISTS.index(MESSENGER)], found[LISTS.index(URGE)]
    (2, 1)
    """
    text = "\n".join(lines) + "\n\n\n"
    codes = _codes(text)
    feeds = np.flatnonzero(codes == ord("\n"))
    found = [[0] * len(LISTS) for _ in lines]
    seen = set[tuple[int, str, int]]()
    for size, (words, begins) in enumerate(_beginnings(), 1):
        places = np.flatnonzero(begins.take(_hashes(codes, size)))
        for line, place in zip(feeds.searchsorted(places).tolist(), places.tolist(), strict=True):
            for word, number in words.get(text[place : place + size], ()):
                if text.startswith(word, place) and (line, word, number) not in seen:
                    seen.add((line, word, number))
                    found[line][number] += 1
    return found
