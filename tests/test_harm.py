"""Text that is clean already, as an article or as another extractor returned it, comes out whole."""

from __future__ import annotations

import pytest

from siftline import Cleaner
from siftline.adverts.context import Context
from siftline.adverts.parts import Judge, odds
from siftline.adverts.search import search
from siftline.library import Library

FIRMS = ["Otter Movers", "Grey Heron", "Two Brothers", "Hill & Dale", "Northbound", "Pale Horse", "Carry Co", "Big Van"]
ADVICE = [
    "Eating well in a small kitchen begins with a plan, and a plan begins with what is already in the cupboard.",
    "Beans, rice and tinned tomatoes keep for a year. Buy them when they are cheap and write the month on the lid.",
    "A soup that is cooked on Sunday feeds a family until Wednesday, and it tastes better every day.",
    "Children eat what they have peeled. Give them a dull knife, a board and a carrot, and leave the room.",
    "Write down what you throw away for a week. You will be surprised, and the list below will be of more use to you.",
] * 3
LINKS = [
    "Cooking", "- A week of soups", "- Bread without a machine", "- What a freezer is for", "Shopping",
    "- Ten questions for the market", "- Weights and measures", "- A list for the cupboard",
]  # fmt: skip
TOOL = [
    "缩图小工具的用法",
    "1.一次可以放进三十张照片，压缩以后按原来的名字存放。",
    "2.每张照片压缩前后的大小写在表格里，表格可以导出。",
    "3.用微信或邮箱登录都行，不用留电话，也没有广告来信",
    "4.没有登录的人压缩的照片只保存一天，登录以后可以留得久些。",
    "5.压缩的记录保存三个月，随时可以删掉。",
]


def test_what_stands_in_every_item_of_a_list_does_not_make_it_a_page() -> None:
    lines = [
        line
        for number, firm in enumerate(FIRMS * 2, 1)
        for line in (
            f"{number}. {firm}",
            f"Average Rating: 4.{number % 10}",
            f"Total Reviews: {number * 37}",
            f"{firm} came on time, carried the piano up two floors, and charged what had been agreed by telephone.",
        )
    ]
    article = Cleaner().clean("\n".join(lines), html=False)
    assert not any(change.rule == "layout" for change in article.changes)


def test_a_list_below_the_end_of_an_article_that_shows_no_site_stays() -> None:
    article = Cleaner().clean("\n".join([*ADVICE, "More information", *LINKS]), html=False)
    assert article.text.split("\n\n")[-len(LINKS) :] == LINKS


def test_what_stands_below_each_post_of_a_thread_marks_no_end() -> None:
    cause = "多半是底下的感温片脏了，拔掉电源用干布擦一擦，再看看内胆有没有变形，变形的话接触不好也会这样。"
    posts = [
        "我们家这个牌子的电饭煲用了三年，前天开始煮饭到一半就跳闸，插座换过了也是一样，有没有懂的朋友说说是哪里的问题？",
        cause,
        f"{cause}擦过之后能管半年左右，之后还是会慢慢积一层油灰，最好每个月擦一次，省得做饭做到一半断电。",
        "我家的也跳过闸，后来查出来是厨房的插座接触不好，换一个带开关的就再没有跳过，花不了几个钱，自己动手也行。",
        "楼上说的这个真有可能",
        "涨知识了",
    ]
    text = "\n".join(
        f"发表于 2018-08-1{nth} 04:23 {nth}楼\n{post}\n赞({nth}) 回复 举报" for nth, post in enumerate(posts, 3)
    )
    article = Cleaner().clean(f"电饭煲跳闸求助\n{text}", html=False)
    assert not any(change.rule == "harvest/any/below-the-end" for change in article.changes)


OARS = [
    "The oars that came with the boat were cut from one plank, and after forty years the blades have split along the grain.",
    "A joiner in the next village glued them, and they held for a summer, which is more than anybody here had expected.",
    "This winter I shall try to make a pair of my own, from larch, since spruce is not to be had for money in these parts.",
    "Whoever has done so before may write what became of theirs, and whether they would take the same wood again today.",
]


def test_brief_replies_at_the_end_of_a_page_that_says_it_is_a_thread_are_no_frame() -> None:
    posts = "".join(f"<div class=post><p>{text}</p></div>" for text in [*OARS, "Larch, twice", "Same here"])
    end = "<div>Copyright 2020 Oars</div>"
    page = (
        f"<html><head><title>Oars - Boat Forum</title></head><body><h1>Oars</h1>{posts}{end}<p>Ash is better</p></body>"
    )
    article = Cleaner().clean(page, html=True)
    assert not any(change.rule == "harvest/any/below-the-end" for change in article.changes)


def test_a_list_of_a_page_takes_no_sentence_along() -> None:
    paragraphs = "".join(f"<p>{text}</p>" for text in OARS)
    page = f"<html><body><h1>Oars</h1>{paragraphs}<div>Related posts</div><ul><li>Masts<li>Sails</ul><p>Larch, every time.</p></body>"
    article = Cleaner().clean(page, html=True)
    taken = [change.before for change in article.changes if change.rule == "chrome/en/related-list"]
    assert "- Masts" in taken
    assert "Larch, every time." not in taken


@pytest.mark.parametrize("heading", ["常见问题", "使用指南", "产品答疑"])
def test_a_footer_s_item_that_heads_a_section_stays(heading: str) -> None:
    article = [
        "家用净水器的滤芯怎样更换",
        "许多家庭装了净水器之后，往往忘记按时更换滤芯。本文把更换的步骤和需要注意的地方整理出来。",
        heading,
        "换下来的滤芯能不能洗一洗再用？",
        "棉质的滤芯可以冲洗一两次，活性炭的不能，洗过之后要放在通风的地方晾干。",
        "多久换一次最合适？",
        "棉质的三到六个月，活性炭的半年到一年，水质差的地方还要缩短。",
    ]
    whole = Cleaner().clean("\n\n".join(article), html=False)
    assert [whole.title["zh"], *whole.text.split("\n\n")] == article
    site = Cleaner().clean("\n\n".join([*article[:2], *article[3:], "关于我们", heading, "联系我们"]), html=False)
    assert heading not in site.text


def test_an_item_of_a_list_that_goes_on_must_be_surer_an_advert(library: Library) -> None:
    offer = "网上兼职日结三百，扫码进群了解，薇信：cd00000"
    [unlisted] = search([*TOOL[:3], f"9.{offer}", *TOOL[4:]], Judge(library.adverts, 0.0))
    assert search([*TOOL[:3], f"9.{offer}", *TOOL[4:]], Judge(library.adverts, unlisted.score.odds))
    assert not search([*TOOL[:3], f"3.{offer}", *TOOL[4:]], Judge(library.adverts, unlisted.score.odds))
    assert Context(TOOL, {3}).in_a_list(3)


def test_a_line_that_shares_its_words_with_the_article_must_be_surer_an_advert() -> None:
    context = Context(ADVICE, ())
    assert context.surer("Buy a kitchen plan for your family!") > 1
    assert context.surer("Casino bonus for everybody!") < 0
    assert context.surer("!!!") == 0.0
    assert Context(["A short text."], ()).surer("Casino bonus for everybody!") == 0.0


def test_a_row_of_a_table_is_no_advert(library: Library) -> None:
    offer = "股票代码免费领取\t加微信ab00000\t名额有限"
    judge = Judge(library.adverts, odds(offer, library.adverts) - 0.5)
    assert search([*TOOL, offer.replace("\t", " ")], judge)
    assert not search([*TOOL, offer], judge)
    row = "索  引 号：\t000000000/2020-00000\t分  类：\t环境 保护；通告"
    assert not search([*TOOL, row], Judge(library.adverts, 0.3))


@pytest.mark.parametrize("link", ["https://example.com/forum?f=45", "- example.net", "Фото: t.me/example, t.me/sample"])
def test_a_bare_link_is_no_advert(link: str, library: Library) -> None:
    words = search([*ADVICE, f"Cheap tablets, order now, half price today: {link}"], Judge(library.adverts, -9.0))
    assert len(ADVICE) in {found.line for found in words}
    assert not search([*ADVICE, link], Judge(library.adverts, 0.8))


def test_a_paragraph_that_is_most_of_a_text_must_be_surer_an_advert(library: Library) -> None:
    offer = (
        "Sign up today for a free tour with our guides, taste five beers, take home a glass, and win a night in the "
        "tower, join our club now, bring a friend at half price, only 40 places are left for this summer, call "
        "000-000-0000 or visit www.example.com for yours, and don't miss the open day"
    )
    [found] = search([*ADVICE, offer], Judge(library.adverts, 0.0))
    assert search([*ADVICE, offer], Judge(library.adverts, found.score.odds))
    assert not search([offer], Judge(library.adverts, found.score.odds))


def test_the_number_of_a_hotline_stays_inside_an_article() -> None:
    story = [
        "Мост закрыли на ремонт в понедельник, и автобусы теперь ходят в объезд через посёлок у старой мельницы.",
        "Жители могут узнать расписание заранее, для них работает отдельная линия, отвечают на неё с семи утра.",
        "Телефон горячей линии: 0-000-000-00-00",
        "Тел.: 000-00-00, спросить диспетчера",
        "Работы продлятся до конца осени, после чего откроют сперва пешеходную часть, а к зиме и проезжую.",
        "Смета выросла вдвое, но опоры, простоявшие полвека, решили не менять, а укрепить новым бетоном.",
        "Последний раз мост чинили тридцать лет назад, и тогда объезд занял два лета, вспоминают старожилы.",
    ]
    assert Cleaner().clean("\n".join(story), html=False).text.split("\n\n") == story


THREAD = ["过滤的词表是写死的还是可以改？", "现在是写死的，下一版会放到设置里。", "那太好了，我先关掉它用着。"]


@pytest.mark.parametrize(
    "remark",
    [
        "词表能不能自己填, 现在误伤太多, 例如: 微信, 手机号等…",
        "微信群里都用这份，免费的词表谁都能改！",
    ],
)
def test_a_remark_that_names_a_messenger_and_leads_nowhere_must_be_surer_an_advert(
    library: Library, remark: str
) -> None:
    talk = odds(remark, library.adverts)
    assert not search([*THREAD, remark], Judge(library.adverts, talk - 0.5))
    leading = f"{remark} 加微信cd00000"
    assert search([*THREAD, leading], Judge(library.adverts, odds(leading, library.adverts) - 0.5))


def test_a_remark_on_what_others_say_must_be_surer_an_advert(library: Library) -> None:
    remark = "微信群里也有人这么说，免费的词表谁都能改！"
    assert not search([*THREAD, remark], Judge(library.adverts, odds(remark, library.adverts) - 0.5))


def test_two_whole_sentences_without_a_contact_must_be_surer_an_advert(library: Library) -> None:
    remark = "———这口气听着耳熟。对了，是戏里那个卖桥的人！"
    talk = odds(remark, library.adverts)
    assert not search([*THREAD, remark], Judge(library.adverts, talk - 1.9))
