"""Adverts leave as spam, whole and on their own; news about the same things stays."""

from __future__ import annotations

import re
import runpy
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import siftline
from siftline import Cleaner
from siftline.adverts.cues import leads, table
from siftline.adverts.folding import folded, folded_codes
from siftline.adverts.model import NAMES, load
from siftline.adverts.parts import Judge
from siftline.adverts.search import search
from siftline.adverts.spans import sentences
from siftline.document import Document, undo
from siftline.layout.model import Stage
from siftline.library import Library
from siftline.stages.language import language
from siftline.stages.spam import LEAST, spam
from siftline.training.examples import FOLDS
from siftline.training.written import talk

ADVERTS = [
    "甲乙影业有限公司《长风... 本文旨在进行投资风险教育，不针对任何特定企业。文中人物与公司皆为虚构……",
    "本文 旨在进行投 资风·险教育,不针对任 何特定企业",
    "丙丁投顾的会员费能退吗？一招教你全额追回，不成功不收费！",
    "戊 己 证 券 虚 假 宣 传，服 务 费 已 成 功 退 回！投 资 有 风 险！",
    "短剧份额认购被骗怎么退款？点击咨询，一对一协助追回",
    "老师免费带你吃涨停，想解套的朋友加V信：ａｂ０００００",
    "今日三只金股免费领取，扫\u200b码\u200b进\u200b群，名额有限",
    "某某娱乐城官网入口... 某某娱乐城官网入口，注册送58彩金，首存返水，秒提款",
    "線上百家樂推薦，註冊即送體驗金，出款快速",
    "真人娱乐 | 老虎机 | 时时彩 | 六合彩 | 体育投注",
    "平特一肖内部资料，准确率百分百，免费公开",
    "无需抵押，不看征信，黑户也能下款，电话：000－0000－0000",
    "小額借款 免保人 當日撥款 歡迎來電諮詢",
    "白 条 套 现，秒 到 账，手 续 费 低，找 我",
    "急招手机兼职，日结300元，一单一结，加ＱＱ：０００００００",
    "想轻松赚钱的宝妈看过来，日入过千，名额有限，私信我",
    "ＵＳＤＴ搬砖套利，零风险，日收益3%，飞机@ab00000",
    "代·开·发·票，真票可验，点位低，微信ab00000",
    "办理各种证件，一比一制作，先验后付，联系QQ0000000",
    "论文代写代发，包录用，不过退款，加微ab00000",
    "百度快照排名出租，包上首页，TG：ab00000",
    "吃鸡外挂透视自瞄，不封号，卡密自助购买",
    "某地治疗牛皮癣哪家医院好 某地皮肤病医院排名",
    "外約學生妹，全套服務，加賴：ab00000",
    "高价收四件套，安全日结，纸飞机ab00000",
    "专柜品质复刻手表，工厂直销，货到付款，加v：ab00000",
]

NEWS = [
    "法院认定该投顾公司虚假宣传，判决其退还全部服务费。",
    "投资者教育基地昨日揭牌，本次活动旨在提高公众的风险意识。",
    "她交了两万元会员费，想退款时才发现，所谓的老师早已把她拉黑。",
    "影片的联合出品方有十二家，票房分红将按份额结算。",
    "股市连日上涨，新股民排队开户，证券公司的客服热线一度占线。",
    "专家提醒，凡是承诺带你抓涨停、要你加微信进群的，都应当提高警惕。",
    "博彩业占当地财政收入的大半，立法会正在讨论新的牌照制度。",
    "他在赌场里输掉了房子，回家的路上才想起孩子还没有交学费。",
    "彩票中心公布，本期头奖空缺，奖池滚存至下期。",
    "警方端掉一个以棋牌游戏为幌子的赌博网站，涉案资金上亿元。",
    "银行下调了小额信用贷款的利率，符合条件的农户可以免抵押申请。",
    "他急用钱，借了一笔不看征信的网贷，半年后欠款翻了三倍。",
    "典当行老板说，来借钱的人大多当天就能拿到现金。",
    "不少学生利用暑假兼职，工资日结，既赚了钱，也长了见识。",
    "刷单一单一结、日入数百的说法，往往是骗局的开头。",
    "央行重申，虚拟货币相关业务活动属于非法金融活动。",
    "交易所宣布，将逐步停止USDT与部分货币的兑换服务。",
    "税务部门提示，纳税人可在窗口申请代开发票，也可致电咨询。",
    "学校撤销了三名毕业生的学位，因为他们的论文系他人代写。",
    "外挂开发者被判赔偿游戏公司一千万元，并公开道歉。",
    "搜索引擎公司处罚了一批靠买卖外链提升排名的网站。",
    "这家医院的皮肤科有两位治疗白癜风的专家，每周三出诊。",
    "广告宣称祖传秘方可以根治糖尿病，被市场监管部门罚款二十万元。",
    "直播平台封禁了一批传播色情内容的账号。",
    "四名男子出租银行卡帮人转账，每天收几百元，如今站上了被告席。",
    "莆田的鞋厂正在做自己的品牌，不愿再被人叫作高仿。",
]

ARTICLE = """初春的早晨，老木匠推开作坊的门，把昨晚磨好的刨子一把一把摆上工作台，准备给村里的学校做一批新课桌。

{}

到了中午，第一张课桌已经立在院子里，孩子们围着它转来转去，闻着木头的香味，谁也不肯先离开。"""


@pytest.mark.parametrize("advert", ADVERTS)
def test_an_advert_is_spam_on_its_own(advert: str, library: Library) -> None:
    doc = spam(Document.of(advert), library)
    assert [line.role.partition("/")[0] for line in doc.lines] == ["spam"]


@pytest.mark.parametrize("advert", ADVERTS)
def test_an_advert_leaves_an_article_and_nothing_else_does(advert: str, library: Library) -> None:
    doc = spam(Document.of(ARTICLE.format(advert)), library)
    assert [line.text for line in doc.lines if not line.in_article] == [advert]
    assert [change.before for change in doc.changes] == [advert]


@pytest.mark.parametrize("sentence", NEWS)
def test_news_about_adverts_stays(sentence: str, library: Library) -> None:
    doc = Document.of(sentence)
    assert spam(doc, library) == doc


@pytest.mark.parametrize(
    "report",
    [
        "The message that cost her the house began: “Earn $400 a day from your phone, ask for Linda on WhatsApp.”",
        'Police found the same words in every letter: "Online casino, 200 % bonus on your first deposit, sign up now!"',
        "骗走她积蓄的那条短信是这样写的：“急招手机兼职，日结300元，一单一结，加ＱＱ：０００００００”。",
        "警方说，受害人最初在论坛上看到这样一句话：「無需抵押，不看徵信，黑戶也能下款，電話：000-0000-0000」",
        "В полиции рассказали, что началось всё с такой строки: «Займ на карту без отказа за 5 минут, пишите в Telegram».",
    ],
)
def test_a_report_that_quotes_an_advert_stays_and_the_advert_alone_goes(report: str, library: Library) -> None:
    quoted = re.split("[:：] ?", report, maxsplit=1)[1].strip('“”"「」«»。.')
    doc = Document.of(ARTICLE.format(report))
    assert spam(doc, library) == doc
    assert not spam(Document.of(ARTICLE.format(quoted)), library).lines[2].in_article


def test_neighbouring_news_does_not_leave_with_an_advert(library: Library) -> None:
    doc = spam(Document.of("\n".join([*ADVERTS, *NEWS])), library)
    assert [line.text for line in doc.lines if line.in_article] == NEWS


BY_FAMILY = [
    "Double your coins before midnight, mine bitcoin with us, WhatsApp +00 000 0000",
    "R.e.p.l.i.c.a watches, same as original, join t.me/example",
    "Buy cheap bасklinks and rank first, click here: http://example.com/a",
    "A true spell caster brought my husband back, email help@example.com",
    "Накрутка подписчиков дёшево, телеграм @example000",
    "С н и м у  п о р ч у, верну мужа, звоните 0-000-000-00-00",
    "Wе lend from $500, no credit check, text +0000000000",
    "短线票免费分享，深套的朋友扫码进群",
    "进\u200b口\u200b洋酒，低价批发，全国发货，ＶＸ：ａｂ００００",
    "某某智投的会员费已经... 某某智投的会员费已经退回，很多股民都...",
    "科普：以下情景模拟，如有雷同纯属巧合。甲乙影视份额被骗怎么办？",
]

ABOUT_THEM = [
    "The presale raised nine million in a weekend, and the website was gone by Monday: see www.example.com.",
    "For extra copies of the passports guide, which is free, write to the harbour office.",
    "Members of the choir may join us today and get their money back if the concert is cancelled.",
    "Накрутку подписчиков запретили, и каналы опустели, пишет исследователь.",
    "Он звонил бабушке, которая, по слухам, снимала порчу, но та лишь поила его чаем.",
    "会所的按摩师说，客人大多是司机，周末来得最多。",
    "洋酒从这个港口进口，批发商在码头上等着，一等就是半天。",
    "“不是我...不是我！”他喊了两声，声音在楼道里回响...",
]


@pytest.mark.parametrize("advert", BY_FAMILY)
def test_an_advert_of_any_trade_leaves_by_what_offers_have_in_common(advert: str, library: Library) -> None:
    doc = spam(Document.of(ARTICLE.format(advert)), library)
    assert [line.text for line in doc.lines if not line.in_article] == [advert]


OF_NO_RULE = [
    "三十天掌握短线买点，跟我操作的都已经翻身，想学的扫我头像",
    "家里闲钱放银行不如交给我们打理，月息两分，随时可取，客服微信 hh00000",
    "工厂倒闭，羽绒服论斤甩卖，十元三件，见者有份，电话：000-0000-0000",
    "您名下有未领取的补偿款，点开 www.example.com 核对身份后当天入账",
    "Stuck with bad credit? We put $4,000 in your hands before lunch, text YES to 000 000 0000",
    "My cousin bets with this app and paid off her car in a month, free coins at www.example.com",
    "Cheap rings, same stones as the originals, 85% off this week, order on Telegram @sample00",
    "Верну долги по распискам за неделю, оплата после результата, телефон 0-000-000-00-00",
    "Научу зарабатывать на перепродаже билетов от 5000 в день, пиши в телеграм @primer00",
]
STAYS = [
    "警方说，这伙人自称能帮人打理闲钱，月息两分，半年里骗走了四百多万元。",
    "工厂倒闭那年，他把仓库里的羽绒服一件一件送给了工人。",
    "有意参加者请于周五前致电 000-00000000 报名，材料费由主办方承担。",
    "读者来信请寄编辑部，或发送邮件至 letters@example.com。",
    "The lender put $4,000 in her hands before lunch, and by spring she owed nine, the court heard.",
    "Please write to archive@example.org if you have photographs of the old ferry.",
    "Tickets for the concert cost $12 and are sold at the door or at www.example.org.",
    "Долги по распискам взыскивают через суд, напомнил юрист, и неделей тут не обойтись.",
    "Записаться на экскурсию можно по телефону 000-00-00, вход свободный.",
    "瓷器馆周二至周日九点开门，十七点停止入场，周一闭馆，团体预约请拨 000-0000-0000。",
    "由此给您带来的不便，敬请谅解。如有疑问，请致电客服热线000000。",
    "展览免费开放，凭身份证入场，咨询电话000-0000-0000。",
    "如需了解更多情况，可拨打服务热线000-0000-0000咨询。",
]


@pytest.mark.parametrize("advert", OF_NO_RULE)
def test_an_advert_that_no_rule_names_leaves_by_its_score(advert: str, library: Library) -> None:
    doc = spam(Document.of(ARTICLE.format(advert)), library)
    assert [line.text for line in doc.lines if not line.in_article] == [advert]
    assert {change.rule for change in doc.changes} == {"spam/score"}
    assert undo(doc.remains(), doc.changes) == ARTICLE.format(advert)


FOREIGN = {
    "de": """Die Fähre ist nach einem Winter in der Werft zurück und fährt seit Montag wieder zweimal am Tag zur Insel.
Sie erreichen uns MO - FR, 7 - 20 Uhr, Telefon 0000 - 0000 000
Im Sommer soll eine dritte Fahrt am Abend dazukommen, sofern sich eine zweite Mannschaft dafür findet.""",
    "hu": """A komp egy telet töltött a hajógyárban, és hétfő óta ismét naponta kétszer jár a sziget és a part között.
De ne ess kétségbe, hanem írd meg nekünk a help@example.org címre a belépéshez használt címedet, és segítünk!
Nyáron a tervek szerint este is indul majd egy járat, ha lesz hozzá második legénység a hajón.""",
}


@pytest.mark.parametrize("lang", FOREIGN)
def test_in_a_language_whose_adverts_it_has_not_learnt_the_score_takes_nothing(lang: str, library: Library) -> None:
    doc = language(Document.of(FOREIGN[lang]), library)
    assert {line.lang for line in doc.lines} == {lang}
    assert spam(doc, library) == doc


def test_an_advert_in_another_language_than_the_document_goes(library: Library) -> None:
    advert = "小额贷款，无需抵押，当天放款，加微信 ab00000"
    doc = language(Document.of(f"{FOREIGN['de']}\n{advert}"), library)
    assert [line.text for line in spam(doc, library).lines if not line.in_article] == [advert]


@pytest.mark.parametrize("sentence", [*ABOUT_THEM, *STAYS])
def test_prose_and_what_only_sounds_like_an_offer_stay(sentence: str, library: Library) -> None:
    doc = Document.of(ARTICLE.format(sentence))
    assert spam(doc, library) == doc


@pytest.mark.parametrize(
    ("paragraph", "glued"),
    [
        (
            "老木匠推开作坊的门，把昨晚磨好的刨子一把一把摆上工作台，准备给村里的学校做一批新课桌。",
            "立即添加客服微信ab00000，免费领取涨停牛股，名额有限！",
        ),
        (
            "那年冬天，河面结了冰，摆渡的人把船拖上岸，在船舱里住到了开春。",
            "网上兼职日结三百，扫码进群了解，薇信：cd00000",
        ),
        (
            "The brass wheels stood in salt water for a night, and Marsh carried them home in a pram.",
            " Join our VIP signals on Telegram @sample00, 95% accuracy guaranteed!",
        ),
        (
            "В подвале старой консерватории пахнет клеем и сосной, здесь сорок лет чинят баяны.",
            " Оформи займ за пять минут без отказа, пиши в телеграм @primer00!",
        ),
    ],
)
def test_an_advert_glued_to_a_paragraph_is_cut_off_it(paragraph: str, glued: str, library: Library) -> None:
    doc = spam(Document.of(f"{paragraph}{glued}\n\n{paragraph}\n"), library)
    assert doc.text == f"{paragraph}\n\n{paragraph}\n".replace(paragraph, paragraph + " " * glued.startswith(" "), 1)
    assert [(change.before, change.after) for change in doc.changes] == [(glued.strip(), "")]


def test_strictness_moves_what_is_sure_enough() -> None:
    doc = Document.of("\n\n".join(OF_NO_RULE))
    gone = {
        strictness: sum(not line.in_article for line in spam(doc, Library(strictness=strictness)).lines)
        for strictness in (0.0, 0.1, 0.45, 1.0)
    }
    assert gone[0.0] == 0
    assert gone[0.1] < gone[0.45] <= gone[1.0]


def test_the_reasons_are_given_where_they_are_asked_for(library: Library) -> None:
    [plain] = spam(Document.of(OF_NO_RULE[2]), library).changes
    explaining = Library()
    explaining.reasons = True
    [why] = [change.why for change in spam(Document.of(OF_NO_RULE[2]), explaining).changes]
    assert why.startswith(plain.why + ": ")
    assert len(why.split(", ")) == 3
    assert set(why.partition(": ")[2].split(", ")) <= set(NAMES)


def test_a_document_of_offers_is_left_more_of_them(library: Library) -> None:
    shop = [
        "Buy two, get one free! Order now",
        "Free delivery on orders over $30!",
        "Use code SAVE20 today",
        "Shop now",
    ]
    least = min(found.score.odds for found in search([OF_NO_RULE[6]], Judge(library.adverts, 0.0))) - 0.1
    assert search([OF_NO_RULE[6]], Judge(library.adverts, least))
    assert not search([*shop, OF_NO_RULE[6]], Judge(library.adverts, least))


@pytest.mark.parametrize(
    "disguised", ["加.微.信 ａｂ１２３４５", "加 微 信 ab99999", "加微\u200b信AB00000", "加微信ａb·０００００"]
)
def test_disguise_is_folded_away(disguised: str) -> None:
    assert folded(disguised) == "加微信ab00000"
    assert bytes(folded_codes(disguised)) == "加微信ab00000".encode("utf-16-le")


def _hidden(text: str) -> str:
    """Put a hidden character behind the second letter of each longer word."""
    return re.sub(r"\b(\w\w)(?=\w\w)", "\\1\u200b", text)


QUIET = [
    "Is your roof older than fifteen years? Owners around here are getting theirs replaced under a programme few know of.",
    "Мне шестьдесят один, платежей набралось больше пенсии, а юристы из соседнего дома всё списали за зиму.",
]
MASKED = [
    *map(_hidden, QUIET),
    "停\u200b息挂\u200b账，协\u200b商还\u200b款，六\u200b十期\u200b起，催收电话一个都不会再打到你家里。",
    "Yоur еаrs аrе nоt ringing bесаusе оf аgе, а tonic that a pilot discovered goes to the true source.",
    "Doctors hate how ｓｉｍｐｌｅ this is: one ｓｐｏｏｎ before bed and the ｂｅｌｌｙ goes.",
]  # fmt: skip
FERRY = [
    "The ferry came back on Monday, after a winter in the yard.", "Паром вернулся в понедельник, после зимы на верфи.",
    "渡船周一回到了码头，冬天它一直在船厂里。", "Its engine is new, and its hull has been painted for the first time.",
]  # fmt: skip


@pytest.mark.parametrize("advert", MASKED)
def test_a_line_with_hidden_or_mixed_letters_goes_where_the_others_have_none(advert: str) -> None:
    result = siftline.clean("\n\n".join([*FERRY[:2], advert, *FERRY[2:]]))
    assert result.text == "\n\n".join(FERRY)


@pytest.mark.parametrize("line", QUIET)
def test_the_same_line_without_a_disguise_stays(line: str) -> None:
    assert line in siftline.clean("\n\n".join([*FERRY, line])).text


@pytest.mark.parametrize(
    "line",
    [
        _hidden("The harbour master wrote that the whole crew would stay aboard until the weather had cleared."),
        "Call get\u200bUser\u200bName\u200bBy\u200bId\u200bOr\u200bNull to look somebody up, and mind what it returns for nobody.",
        "The word раураl in that letter was typed with letters of another alphabet, the court heard.",
    ],
)
def test_prose_with_hidden_or_mixed_letters_stays(line: str) -> None:
    assert len(siftline.clean("\n\n".join([*FERRY, line])).text.split("\n\n")) == len(FERRY) + 1


@pytest.mark.parametrize(
    "line",
    [
        "Got that message as well, easy money for liking videos, she even sent a voice note. I blocked her straight away.",
        "昨天也有人问我要不要做点赞任务，日结三百，果断拉黑。",
        "Мне тоже писали, обещали тысячу в час за отзывы. Заблокировала их и забыла.",
        "如果忘记密码，请下载新版客户端，或联系值班人员办理重置。",
    ],
)
def test_what_people_did_about_an_offer_and_what_helps_where_something_fails_stay(line: str) -> None:
    assert line in siftline.clean("\n\n".join([*FERRY, line])).text


@pytest.mark.parametrize(
    "line",
    [
        "Заблокировали аккаунт? Разблокируем за час, гарантия, пишите в Telegram @example_unlock",
        "Has the bank blocked the account? We unlock any account in one hour, guaranteed, write to Telegram @example_unlock",
    ],
)
def test_who_offers_to_unblock_what_was_blocked_goes(line: str) -> None:
    assert siftline.clean("\n\n".join([*FERRY, line])).text == "\n\n".join(FERRY)


def test_where_all_lines_have_hidden_characters_none_goes_for_it() -> None:
    text = "\n\n".join(map(_hidden, [*FERRY, QUIET[0]]))
    assert siftline.clean(text).text == text.replace("\u200b", "")


def test_weights_of_other_measures_are_refused(tmp_path: Path, library: Library) -> None:
    library.adverts.save(tmp_path / "spam.npz")
    with np.load(tmp_path / "spam.npz") as arrays:
        other = dict(arrays) | {"names": arrays["names"][::-1]}
    np.savez(tmp_path / "spam.npz", **other)
    with pytest.raises(ValueError, match="other measures"):
        load(tmp_path / "spam.npz")


def test_most_adverts_of_wordings_that_nothing_was_fitted_to_go(root: Path, library: Library) -> None:
    bench = runpy.run_path(str(root / "bench" / "spam.py"))
    adverts = [one.text for [one] in bench["injected_adverts"]("third", ["plain"])]
    gone = [spam(Document.of(ARTICLE.format(text)), library).lines[2].in_article for text in adverts].count(False)
    assert gone / len(adverts) > 0.85


def test_prose_that_nothing_was_fitted_to_stays(root: Path, library: Library) -> None:
    bench = runpy.run_path(str(root / "bench" / "spam.py"))
    for [one] in bench["injected_prose"]("fourth"):
        doc = Document.of(ARTICLE.format(one.text))
        assert spam(doc, library) == doc


@pytest.mark.parametrize(
    "contact",
    [
        "1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣ 同号",
        "薇❤ ab00000",
        "浏览器打开 example点com",
        "w w w . example . com",
        "mail sample(at)example(dot)com",
        "hxxp://example.com/a",
        "t . me / sample00",
        "сайт example точка com",
        "ящик obrazec(собака)example.com",
        "the rest is in my bio",
        "остальное у меня в профиле",
    ],
)
def test_a_contact_in_pieces_and_a_profile_are_leads(contact: str) -> None:
    assert leads(table([contact])).all()


@pytest.mark.parametrize(
    "named",
    [
        "微信上有人转发了这张照片。",
        "They met on WhatsApp and married in May.",
        "Она читает вайбер по утрам.",
        "美术馆门票二十元，热线 000-0000-0000。",
        "The police said that the number was 000 000 0000.",
        "1 2 2339 17 5",
    ],
)
def test_a_messengers_name_a_hotline_and_what_is_reported_are_none(named: str) -> None:
    assert not leads(table([named])).any()


@pytest.mark.parametrize(
    ("before", "advert", "behind"),
    [
        (
            "老木匠推开作坊的门，把昨晚磨好的刨子一把一把摆上工作台，准备给村里的学校做一批新课桌。",
            "立即添加客服微信ab00000，免费领取涨停牛股，名额有限！",
            "到了中午，第一张课桌已经立在院子里，孩子们围着它转来转去，闻着木头的香味。",
        ),
        (
            "The brass wheels stood in salt water for a night, and Marsh carried them home in a pram. ",
            "Join our VIP signals on Telegram @sample00, 95% accuracy guaranteed! ",
            "It took her five months to clean them, and in June the whole town came to look.",
        ),
        (
            "В подвале старой консерватории пахнет клеем и сосной, здесь сорок лет чинят баяны. ",
            "Оформи займ за пять минут без отказа, пиши в телеграм @primer00! ",
            "Очередь занимают с утра, и в ней слышны все говоры области.",
        ),
        (
            "苹果一筐一筐地摆在路边，孩子们在树下跑来跑去。",
            "薇 . 信：a b 0 0 0 0 0，内 . 部 . 消 . 息，带你抓 . 涨 . 停，名额有限先到先得！",
            "果农老高说，今年的雨水好，苹果比去年甜。",
        ),
        (
            "She is said to have talked to it. ",
            "W.h.a.t.s.A.p.p +0 000 000 0000 for instant loans, no credit check. ",
            "Nobody knows what the tree replied.",
        ),
        (
            "雨停了。",
            "现在咨询客服QQ 000000000，免费领取彩金八十八元，首充即送。",
            "大家这才散去。",
        ),
        (
            "他说：“先吃饭吧。”",
            "立即添加客服微信ab00000，免费领取涨停牛股，名额有限！",
            "谁也没有动。",
        ),
        (
            "It ticked. ",
            "Cheap loans without documents, call 000-000-0000 now! ",
            "The boat left.",
        ),
        (
            "Часы пошли. ",
            "Оформи займ за пять минут без отказа, пиши в телеграм @primer00! ",
            "Все разошлись.",
        ),
    ],
)
def test_an_advert_between_the_sentences_of_a_paragraph_is_cut_out_of_it(
    before: str, advert: str, behind: str, library: Library
) -> None:
    doc = Document.of(ARTICLE.format(before + advert + behind))
    cleaned = spam(doc, library)
    assert cleaned.text == ARTICLE.format(before + behind)
    assert undo(cleaned.remains(), cleaned.changes) == doc.text


@pytest.mark.parametrize(
    "line",
    [
        "Media contact: Dana Placeholder, press@example.com, 000-000-0000",
        "媒体联系：李样本，press@example.com，000-00000000",
        "Контакты для СМИ: Анна Образцова, press@example.com, 0 (000) 000-00-00",
    ],
)
def test_whom_the_press_may_write_to_stays(line: str, library: Library) -> None:
    doc = Document.of(ARTICLE.format(line))
    assert spam(doc, library).text == doc.text


def test_the_numbers_of_offices_below_a_press_release_stay(library: Library) -> None:
    text = """The harbour board will publish its results for the third quarter on Tuesday, before the markets open.
The board will discuss them with analysts in a call on the same morning, and answer questions.
Contact Information
Investors
Dana Placeholder
Vice President, Investor Relations
Ireland, + 000 1 000 0000
U.S., + 1 000 000 0000
Media
Robin Sample
Vice President, Corporate Affairs
Ireland, + 000 1 000 0001
U.S., + 1 000 000 0001"""
    doc = Document.of(text)
    assert spam(doc, library) == doc


@pytest.mark.parametrize(
    ("opener", "advert"),
    [
        ("Bad knees? ", "Our herbal balm works in three days, text 000-000-0000!"),
        ("2024欧洲杯买球就上。", "首单包赔，周周返现，加微信ab00000！"),
        ("Попались на брокера? ", "Юристы вернут деньги без предоплаты, телеграм @primer00!"),
    ],
)
def test_what_opens_an_advert_goes_with_it(opener: str, advert: str, library: Library) -> None:
    cleaned = spam(Document.of(ARTICLE.format(opener + advert)), library)
    assert not cleaned.lines[2].in_article


def test_a_sentence_ends_behind_the_quotation_mark_that_closes_speech() -> None:
    line = "他说：“船明天开。”她问：“几点？”“六点。”他放下心来（也就信了。）。"
    assert [line[start:end] for start, end in sentences(line)] == [
        "他说：“船明天开。”",
        "她问：“几点？”",
        "“六点。”他放下心来（也就信了。）。",  # nobody is said to have said it: it may be what is quoted
    ]


EN = (
    "The brass wheels stood in salt water for a night, and Marsh carried them home in a pram. ",
    "It took her five months to clean them, and in June the whole town came to look.",
)
RU = (
    "В подвале старой консерватории пахнет клеем и сосной, здесь сорок лет чинят баяны. ",
    "Очередь занимают с утра, и в ней слышны все говоры области.",
)
ZH = ("那年冬天，河面结了冰，摆渡的人把船拖上岸。", "他在船舱里住到了开春，每天早上用斧头把船边的冰敲开。")


@pytest.mark.parametrize(
    ("around", "advert"),
    [
        (EN, "Join our VIP signals on Telegram @sample00, 95% accuracy guaranteed "),
        (EN, "Bad credit? No problem! Loans up to $5,000 in an hour, call 000-000-0000 now "),
        (RU, "Оформи займ за пять минут без отказа, пиши в телеграм @primer00 "),
        (RU, "Заработок от 5000 рублей в день с телефона, без вложений! "),
        (ZH, "身份证秒批五万，不看征信，当天放款！"),
        (ZH, "专业代开发票，先验后付，来电咨询！"),
        (("他说：“木头要晾三年。”", ZH[1]), "凭身份证秒批五万，不看征信，加微信ab00000"),
        (("木匠收了工。", ZH[1]), "棋牌娱乐首存送288，提款秒到，网址 example.com/a"),
    ],
    ids=["no stop", "two sentences", "no stop in Russian", "no contact", "no lead", "no account", "speech", "brief"],
)
def test_what_stands_out_of_its_paragraph_goes_and_exactly_the_rest_stays(
    around: tuple[str, str], advert: str, library: Library
) -> None:
    cleaned = spam(Document.of(ARTICLE.format(around[0] + advert + around[1])), library)
    assert cleaned.text == ARTICLE.format("".join(around))


@pytest.mark.parametrize(
    "paragraph",
    [
        "He read the message aloud in court. “Earn 400 a day from your phone. No experience needed. Write to @example_00 "
        "now!” Nobody laughed, and the judge asked who had paid for it.",
        "Полиция показала переписку. «Заработок от 5000 в день без вложений. Пиши в телеграм @primer00!» Так начинались "
        "все сообщения, которые получала учительница.",
        "警方公布了聊天记录。对方写道：“在家打字一天三百，日结。加微信ab00000，名额有限！”三天以后，她的账户里只剩下十一元。",
        "The bank froze the account the same evening. If you think that you have been deceived, call the police on "
        "000-000-0000 or write to the consumer office. The money was found in March.",
        "讲座结束以后，老人们围着民警问了很久。如果接到可疑电话，可以拨打反诈热线000000咨询。社区下个月还会再办一场。",
        "Приём ведут по вторникам. Позвоните на горячую линию 0-000-000-00-00, если вам нужна помощь. Врач объяснит, "
        "какие справки взять с собой.",
    ],
)
def test_a_paragraph_stays_that_quotes_an_advert_or_names_a_helpline(paragraph: str, library: Library) -> None:
    doc = Document.of(ARTICLE.format(paragraph))
    assert spam(doc, library).text == doc.text


REPORT = """How a fake broker talks: annotated
We received this message from a reader who lost $22,000. We print it whole, with her permission.
"Hello dear, I am Mrs Sample, account manager at XX Prime. Invest $500 and get $5,000 in 7 days. Contact me on WhatsApp +00 000."
Note the greeting. No bank calls you dear.
"Your profit is ready, you only need to pay the 10% release fee in Bitcoin."
This is the moment to stop. There is no profit, and the fee is the theft.
If you have paid, tell your bank today, not tomorrow. Then call us on 0000 000 000; the call is free.
"""
NOTICE = """各区住建局、各街道办事处：
为进一步做好我市既有住宅加装电梯工作，现就补贴申报有关事项通知如下：
一、补贴标准
每台电梯补贴10万元；其中四层及以下的，每台补贴8万元。
二、申报时间
9月10日至10月31日，逾期不予受理。
三、联系方式
联系人：王科长，电话：0000-0000123；邮箱：zj@linxi.example
"""


@pytest.mark.parametrize("text", [REPORT, NOTICE])
def test_a_report_that_quotes_an_advert_in_paragraphs_of_its_own_and_the_office_below_a_notice_stay(text: str) -> None:
    changes = siftline.clean(text).changes
    assert not [change for change in changes if change.rule.startswith("spam")]


BLOCK = [
    "★★★ 资金周转找小何，无抵押秒到账，加微信hh00000 ★★★",
    "不押车，不看流水，当天结清",
    "微信：hh00000",
]


VILLAGE = [
    "桌面用的是后山的杉木，木纹很直，老人说这样的木头十年也不会翘。",
    "学校的院墙刚刷过石灰，墙根下种了一排向日葵，已经有孩子那么高。",
    "木匠的小孙女坐在门槛上，把掉下来的刨花一卷一卷收进竹篮里。",
    "傍晚的时候起了风，邻居帮着把剩下的桌腿搬回屋里。",
]


VAN = "We buy old vans, any state, cash on the spot"
TOWN = [
    "The pier was built in a wet spring, and the first boat to reach it carried nothing but bricks.",
    "Nobody knows who paid for the clock at its end.",
    "In winter the keeper walks out twice a day, once to wind it and once to knock the ice off its hands.",
    OF_NO_RULE[4],
    "His grandfather did the same, and kept a diary in which he wrote down the height of the sea.",
    "Children are brought to see it every autumn, and ask how deep the water was.",
]
YARD = [
    "We have run the yard by the harbour since 1989, and our father ran it before us.",
    "We buy old boats, tractors and vans, in any state, and take them apart by hand.",
    "We pay in cash, on the spot, as he did.",
    OF_NO_RULE[4],
    "Our shelves hold eleven thousand parts, and we know where each of them lies.",
    "We sell them on to people who repair what others throw away.",
]


def test_what_stands_out_of_its_document_goes_and_stays_where_it_is_at_home(library: Library) -> None:
    alone = replace(library.adverts, last=Stage.empty())
    town, yard = ([*lines[:2], VAN, *lines[2:]] for lines in (TOWN, YARD))
    assert [found.line for found in search(town, Judge(alone, LEAST))] == [4]
    assert [found.line for found in search(town, Judge(library.adverts, LEAST))] == [2, 4]
    assert [found.line for found in search(yard, Judge(library.adverts, LEAST))] == [4]


def test_lines_beside_an_advert_go_with_it_and_prose_beside_it_stays(library: Library) -> None:
    paragraphs = [*ARTICLE.split("\n\n{}\n\n"), *VILLAGE]
    lines = [paragraphs[0], *BLOCK, *paragraphs[1:]]
    doc = spam(Document.of("\n\n".join(lines)), library)
    assert [line.text for line in doc.lines if not line.in_article] == BLOCK
    alone = spam(Document.of(ARTICLE.format(BLOCK[2])), library)
    assert alone.lines[2].in_article


@pytest.mark.parametrize(
    "sentence",
    [
        "Казино подарило победителю фриспин, а он попросил зонтик, потому что на улице лило.",
        "The wheel of the online casino, a bonus for the collectors of kitsch, went under the hammer for forty dollars.",
    ],
)
def test_prose_stays_that_a_rule_would_take(sentence: str, library: Library) -> None:
    doc = Document.of(ARTICLE.format(sentence))
    assert not spam(doc, Library(strictness=0.0)).lines[2].in_article
    assert spam(doc, library) == doc


@pytest.mark.parametrize("lang", ["zh", "en", "ru"])
def test_hardly_a_line_of_talk_that_nothing_was_fitted_to_goes(root: Path, lang: str) -> None:
    bench = runpy.run_path(str(root / "bench" / "spam.py"))
    counts = bench["lines_taken"](Cleaner(), lang)
    assert counts["lines"] > 500
    assert counts["taken"] < 0.02 * counts["lines"]


def test_talk_is_read_document_by_document_and_each_has_a_fold_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "en-boards-1.txt").write_text("Thanks!\n\n  It was the fuse.\n=====\nSame here\n", encoding="utf-8")
    (tmp_path / "README.md").write_text("no talk", encoding="utf-8")
    found = list(talk(tmp_path))
    assert [(one.lang, one.lines) for one in found] == [("en", ["Thanks!", "It was the fuse."]), ("en", ["Same here"])]
    assert all(one.fold in range(FOLDS) for one in found)


def test_no_line_of_the_talk_that_is_measured_is_trained_on(root: Path) -> None:
    trained, measured = (
        {line for one in talk(root / folder) for line in one.lines if len(line) > 20}
        for folder in ("training/spam/talk", "bench/spam/talk")
    )
    assert len(trained) > 9_000
    assert len(measured) > 800
    assert not trained & measured


def test_a_habit_of_writing_is_no_disguise() -> None:
    lines = [
        "Администратор проснулся рано и пошёл за хлебом, а сеть лежала до обеда.",
        "Hаpодная пpимета: если пpогpаммист утpом на pаботе, то он там и ночевал, и пpинтеp тоже.",
        "Кот сидел на тёплом мониторе и смотрел, как по полу ползёт кабель.",
        "Надпись над столом пpогpаммеpа: пpосьба не кормить пpинтеp пpяниками.",
        "Вечером связь вернулась, и все разошлись по домам.",
        "Сосед ещё долго спрашивал, кто теперь починит ему будильник.",
        "Будильник так и стоит в шкафу.",
    ]
    assert siftline.clean("\n\n".join(lines)).text.split("\n\n") == lines
