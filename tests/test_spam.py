"""Adverts leave as spam, whole and on their own; news about the same things stays."""

from __future__ import annotations

import pytest

from siftline.document import Document
from siftline.library import Library
from siftline.stages.spam import spam

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


@pytest.mark.parametrize("sentence", ABOUT_THEM)
def test_prose_about_the_same_trades_stays(sentence: str, library: Library) -> None:
    doc = Document.of(ARTICLE.format(sentence))
    assert spam(doc, library) == doc
