"""The headline of a text that names it nowhere."""

from __future__ import annotations

import pytest

import siftline
from siftline import fields, headlines
from siftline.document import Change, Document, Fact, undo
from siftline.leaving import keep_front_matter
from siftline.stages.extract import extract

PROSE = (
    "The old lighthouse on Gull Point has been dark since the storm of 1987, and the keeper's cottage lost its roof.\n"
    "Now the parish wants to light the lamp again, and the keeper's granddaughter has come home to help with it.\n"
)
PAGE = (
    "Watch live\nNews\nWeather\nSport\n{}\nBy Ann Example\n3 May 2021\n"
    + PROSE
    + "Most read\nFive walks for a wet Sunday\n"
)


def title(text: str, lang: str = "en") -> str | None:
    return siftline.clean(text).title.get(lang)


@pytest.mark.parametrize(
    "headline",
    [
        "Keeper's granddaughter will light the lamp again",
        "Who will light the lamp of Gull Point?",
        "The lamp of 1987: a parish remembers",
    ],
)
def test_the_headline_is_told_from_the_navigation_above_it(headline: str) -> None:
    assert title(PAGE.format(headline)) == headline


def test_a_page_without_a_headline_gets_none() -> None:
    assert title(PAGE.replace("{}\n", "")) is None


def test_the_headline_on_top_of_a_clean_article_is_found() -> None:
    assert title("Lighting the lamp of Gull Point\n\n" + PROSE) == "Lighting the lamp of Gull Point"


@pytest.mark.parametrize(
    "line",
    [
        "Photograph: Ann Example of the Gull Point parish",
        "Reviewed by: Ann Example, Gull Point",
        "Gull Point › The lamp of the parish",
        "Parish / Lamps / The keeper of Gull Point",
        "Have you ever thought about what the parish and the keeper would do with a lamp at Gull Point?",
        "Everybody in the parish asks the keeper when the lamp of Gull Point is lit for the first time",
    ],
)
def test_a_label_and_the_first_line_of_a_post_are_no_headlines(line: str) -> None:
    assert title(line + "\n" + PROSE) is None
    assert siftline.clean(line + "\n" + PROSE).text.startswith(line)


def test_each_language_of_a_document_has_its_headline() -> None:
    chinese = "海鸥角的灯塔将重新点亮\n海鸥角的灯塔在一九八七年的风暴之后就再也没有亮过，守塔人的小屋也失去了屋顶。\n"
    article = siftline.clean(chinese + "\nLighting the lamp of Gull Point\n" + PROSE)
    assert article.title == {"zh": "海鸥角的灯塔将重新点亮", "en": "Lighting the lamp of Gull Point"}


@pytest.mark.parametrize(
    "text",
    [
        "“你还不走？”\n“等人。”\n“等谁？”\n“不知道。”\n\n他笑了，把灯拧暗了一点，又坐回到窗边那把吱呀作响的旧椅子上去。\n",
        "— Когда вы начали писать?\n— В семь лет.\n— О чём?\n— О собаке, которой у нас никогда не было, и о доме у моря.\n",
        PROSE,
    ],
)
def test_prose_and_talk_keep_their_first_line(text: str) -> None:
    article = siftline.clean(text)
    assert not article.title
    assert article.restore() == text
    assert "title" not in {change.role for change in article.changes}


def test_what_is_left_unread_does_not_change_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [PAGE.format(line) + PROSE.join(["", "", line]) for line in ("The lamp", "Light the lamp, says the parish")]
    pages += [f"{menu}\n{PAGE.format(line)}" for line in ("News of the lamp", "Gull Point") for menu in (PAGE, PROSE)]
    documents = [Document.of(page) for page in pages]
    found = [headlines.find(doc, "und") for doc in documents]
    monkeypatch.setattr(headlines, "_MOST_READ", 1e6)  # so that whatever is unread might matter
    assert found == [headlines.find(doc, "und") for doc in documents]
    assert len({headline and headline.sure for headline in found}) > 1


def test_signs_that_take_reading_only_speak_for_a_line() -> None:
    assert all(headlines.WEIGHTS[sign] > 0 for sign in headlines._READ_SIGNS)


@pytest.mark.parametrize("line", ["Thora Brimble", "Марина Ветрова"])
def test_a_name_over_a_date_that_the_article_says_nothing_of_is_no_headline(line: str) -> None:
    text = f"Menu\n{line}\n3 May 2021\n{PROSE}"
    assert headlines.find(Document.of(text), "und") is None
    known = f"Menu\n{line}\n3 May 2021\n{line} is on the island again, after six years away from it.\n{PROSE}"
    assert headlines.find(Document.of(known), "und") == headlines.Headline(1, sure=True)


# What the layout stage takes out

LEFT = (
    "Menu\nBasket\nWho lights the lamp of Gull Point?\n3 May 2021  Source: Quayside Reader\nShare this page\n" + PROSE
)


def without(*taken: int, text: str = LEFT, facts: tuple[Fact, ...] = ()) -> Document:
    """Return a text after the layout stage has taken these lines."""
    doc = Document.of(text).with_languages(range(text.count("\n")), ["en"] * text.count("\n")).with_facts(facts)
    return keep_front_matter(doc, [Change("layout", at, 0, doc.lines[at].text, None, "layout", "0.10") for at in taken])


def test_a_headline_that_layout_takes_goes_to_the_front_matter_with_its_byline() -> None:
    doc = without(0, 1, 2, 3, 4)
    assert [line.role for line in doc.lines] == ["layout", "layout", "title", "date", "layout", "body", "body"]
    assert {(fact.field, fact.value, fact.line) for fact in doc.facts} == {
        ("title", "Who lights the lamp of Gull Point?", 2),
        ("date", "2021-05-03", 3),
        ("publisher", "Quayside Reader", 3),
    }
    assert [change.rule for change in doc.changes[2:4]] == ["layout/headline", "layout/byline"]
    assert doc.changes[2].why == "0.10"
    assert undo(doc.remains(), doc.changes) == LEFT


STANDFIRST = "Nobody has trimmed its wick for thirty years, and half the parish would rather have a car park."


def test_a_standfirst_that_layout_takes_goes_to_the_front_matter_as_the_subtitle() -> None:
    text = LEFT.replace("\n3 May", f"\n{STANDFIRST}\n3 May")
    doc = without(0, 1, 2, 3, 4, 5, text=text)
    assert [line.role for line in doc.lines[2:6]] == ["title", "subtitle", "date", "layout"]
    assert [(fact.value, fact.lang) for fact in doc.facts if fact.field == "subtitle"] == [(STANDFIRST, "en")]
    assert next(change.rule for change in doc.changes if change.line == 3) == "layout/standfirst"
    assert undo(doc.remains(), doc.changes) == text


@pytest.mark.parametrize(
    "line",
    ["The lamp of Gull Point before the storm. Photo: Ann Example", "Share this page with a friend", "By Ann Example"],
)
def test_a_caption_and_what_is_no_sentence_are_no_standfirst(line: str) -> None:
    doc = without(0, 1, 2, 3, 4, 5, text=LEFT.replace("\n3 May", f"\n{line}\n3 May"))
    assert "subtitle" not in {fact.field for fact in doc.facts}


def test_a_sentence_below_the_byline_is_no_standfirst() -> None:
    doc = without(0, 1, 2, 3, 4, 5, text=LEFT.replace("\nShare this", f"\n{STANDFIRST}\nShare this"))
    assert "subtitle" not in {fact.field for fact in doc.facts}


@pytest.mark.parametrize(
    ("markup", "stands"),
    [
        ("<h2>Half the parish would rather have a car park there</h2>", True),
        ("<div class=deck>Half the parish would rather have a car park</div>", True),  # as the page describes itself
        ('<div class="article-standfirst">What the keepers of the lamp had in mind for it</div>', True),
        ("<div>What the keepers of the lamp had in mind for it</div>", False),
        ("<h2>Ann Example, MA, PhD</h2>", False),
        ("<p><a href=/more>Half the parish would rather have a car park there, and says so.</a></p>", False),
        ("<figure><figcaption>The lamp stood behind glass from the harbour town.</figcaption></figure>", False),
    ],
)
def test_on_a_page_a_heading_or_what_the_page_says_of_itself_is_a_standfirst(markup: str, stands: bool) -> None:
    page = f"""<title>Who lights the lamp of Gull Point?</title><meta name=description content="Half the parish would rather
have a car park"><h1>Who lights the lamp of Gull Point?</h1>{markup}<p>{"</p><p>".join(PROSE.splitlines())}</p>"""
    doc = extract(page, extractor="dom")
    doc = doc.with_languages(range(len(doc.lines)), ["en"] * len(doc.lines))
    doc = keep_front_matter(
        doc, [Change("layout", at, 0, doc.lines[at].text, None, "layout", "0.10") for at in range(len(doc.lines) - 2)]
    )
    assert ("subtitle" in {fact.field for fact in doc.facts}) is stands


def test_one_that_stays_is_no_headline_of_what_goes() -> None:
    assert "title" not in {fact.field for fact in without(0, 1, 3, 4).facts}


def test_a_date_right_above_the_article_is_its_date_without_a_headline_too() -> None:
    text = "Menu\nBasket\nUpdated 3 May 2021\nShare this page\n" + PROSE + "4 June 2022\n"
    doc = without(0, 1, 2, 3, 6, text=text)
    assert [line.role for line in doc.lines[2:]] == ["date", "layout", "body", "body", "layout"]
    assert [(fact.field, fact.value) for fact in doc.facts] == [("date", "2021-05-03")]
    assert not without(0, 1, 3, 6, text=text).facts


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        ("By Ann Example and Bo Example, CNN\nShare this page", ["Ann Example", "Bo Example"]),
        ("Ann McExample\nUpdated 3 May 2021", ["Ann McExample"]),
        ("Updated 3 May 2021\nBlack Friday\nWritten by Ann Example", ["Ann Example"]),
        ("Ann Example\nShare this page", []),  # alone it may be anything
        ("Staff Writer\nUpdated 3 May 2021", []),
        ("FacebookTwitterReddit CopyLink\nUpdated 3 May 2021", []),
    ],
)
def test_an_author_right_above_the_article_is_known(lines: str, authors: list[str]) -> None:
    text = "Who lights the lamp of Gull Point?\n" + lines + "\n" + PROSE
    doc = without(*range(lines.count("\n") + 2), text=text)
    assert [fact.value for fact in doc.facts if fact.field == "author"] == authors
    assert [change.before for change in doc.changes if change.role == "author"] == [
        line for line in lines.split("\n") if authors and authors[0] in line
    ]


@pytest.mark.parametrize("line", [None, 0])
def test_a_document_that_has_a_headline_gets_no_other(line: int | None) -> None:
    known = Fact("title", "The lamp", "en", line)
    dated = Fact("date", "2020-01-02", "und", line)
    assert without(0, 1, 2, 3, 4, facts=(known, dated)).facts == (known, dated)


def test_navigation_that_goes_is_no_headline() -> None:
    assert not without(0, 1, 2, text="Menu\nBasket\nShare this page\n" + PROSE).facts


REEDS = (
    "三月的头一个周末，苇塘镇的渡口又摆起了长桌。来自下游的船家把一筐筐芦笋搬上岸，镇上的人提着篮子等在石阶上。\n"
    "老船工说，这样的渡口集市从前每年都有，后来桥修好了，集市就散了。今年是三十年来头一回重新开张。\n"
)


@pytest.mark.parametrize("below", ["2025-03-02 08:10\n{}" + REEDS, "2025-03-02 08:10\n" + REEDS + "{}责任编辑：示例\n"])
def test_the_page_s_own_headline_comes_before_the_original_one(below: str) -> None:
    named = "（原标题：三十年后，苇塘渡口又摆起长桌）\n"
    article = siftline.clean("苇塘镇渡口集市时隔三十年重开\n" + below.format(named))
    assert article.title == {"zh": "苇塘镇渡口集市时隔三十年重开"}
    assert article.meta["subtitle"] == {"zh": "三十年后，苇塘渡口又摆起长桌"}
    assert article.text.startswith("三月的头一个周末")


def test_an_original_headline_is_the_headline_where_the_page_has_no_other() -> None:
    article = siftline.clean("苇塘日报 客户端\n" + REEDS + "原标题：三十年后，苇塘渡口又摆起长桌\n")
    assert article.title == {"zh": "三十年后，苇塘渡口又摆起长桌"}
    assert "subtitle" not in article.meta


FERRY = (
    "В субботу паром «Ласточка» впервые за шесть лет вышел на Верхнюю Сойму. Его ремонтировали всем посёлком.\n"
    "На борту помещается двенадцать машин и кот по имени Боцман. Капитан обещает ходить до ледостава.\n"
)


def test_the_headline_comes_before_a_portal_s_brief_name_of_it() -> None:
    article = siftline.clean(
        "Паром «Ласточка» вернулся на Верхнюю Сойму\n14.02.2025 | Просмотров: 341\n"
        + FERRY
        + "Новость «Паром вернулся на Сойму» подготовлена порталом EXAMPLE.NEWS\n"
    )
    assert article.title == {"ru": "Паром «Ласточка» вернулся на Верхнюю Сойму"}
    assert article.meta == {"date": "2025-02-14", "publisher": "EXAMPLE.NEWS"}


@pytest.mark.parametrize("headline", ["Паром «Ласточка» вернулся на Сойму", "« Ласточка » снова на Верхней Сойме"])
def test_quotation_marks_are_no_arrows_between_pages(headline: str) -> None:
    assert title(f"{headline}\n14.02.2025\n{FERRY}", "ru") == headline
    assert title(f"Главная » Новости\n{headline}\n14.02.2025\n{FERRY}", "ru") == headline
    assert fields.without_site(headline) == headline
    assert fields.without_site(f"{headline} » Вестник Соймы") == headline


POEM = (
    "渡口\n——给一条不再通航的河\n\n作者：某甲\n\n船在岸上睡了\n它的影子还在水里划\n\n你问我水有多深\n我把一块石头递给你\n你没有扔\n"
    "我们就这样\n听了一下午\n没有落下的声音\n\n    2018.4.3 于旧渡\n\n赏析\n"
    "这首诗写得很克制。“没有落下的声音”一句，把等待写成了可以听见的东西。\n"
)


def test_the_last_verse_of_a_poem_over_its_date_is_no_headline() -> None:
    article = siftline.clean(POEM)
    assert not article.title
    for verse in ("渡口", "船在岸上睡了", "你没有扔", "没有落下的声音"):
        assert verse in article.text.split("\n\n"), verse


def test_more_than_a_little_above_a_headline_stays_where_less_is_below_and_none_of_it_is_the_site_s() -> None:
    verses = ["渡口", "船在岸上睡了", "它的影子还在水里划", "你问我水有多深", "我把一块石头递给你", "没有落下的声音"]
    poem = "\n".join([*verses, "2018年4月3日", "于旧渡"])
    kept = siftline.Cleaner(strictness=0).clean(poem).text.split("\n\n")
    assert kept[: len(verses) - 1] == verses[:-1]
    page = PAGE.replace("Watch live", "Ebb, Six, Nine\nFlow, Noon, Five").format(
        "Keeper's granddaughter lights the lamp"
    )
    assert "Ebb, Six, Nine" not in siftline.Cleaner(strictness=0).clean(page).text


def test_a_line_that_names_the_headline_stays_where_nothing_else_does() -> None:
    line = "标　　题： 关于做好老旧小区电梯加装工作的通知"
    assert siftline.clean(line).text == line
    article = siftline.clean(f"{line}\n\n各街道办事处：\n\n现将电梯加装工作的有关事项通知如下，请认真执行。\n")
    assert article.title == {"zh": "关于做好老旧小区电梯加装工作的通知"}
    assert line not in article.text


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("# **水电站的鱼梯**\n\n鱼梯共有68级。\n\n## 观察室\n\n窗外是水。\n", {"zh": "水电站的鱼梯"}),
        ("# Changelog\n\nAll notable changes are written here.\n\n## 2.1.0\n\n- A lamp\n", {"en": "Changelog"}),
        ("# light the lamp\nlamp.light()\n", {}),
        ("# One\n\nThe lamp is lit.\n\n# Two\n\nThe lamp is out.\n", {}),
    ],
)
def test_the_one_heading_of_the_first_level_on_top_of_markdown_is_the_headline(
    text: str, headline: dict[str, str]
) -> None:
    article = siftline.clean(text)
    assert article.title == headline
    assert article.restore() == text


ZH_EN = (
    "海鸥角的灯塔在一九八七年的风暴之后就再也没有亮过。\nThe lighthouse on Gull Point has been dark since the storm of 1987.\n"
    "现在教区想把灯重新点亮。\nNow the parish wants to light the lamp again.\n"
    "守塔人的小屋也失去了屋顶，至今没有人去修。\nThe keeper's cottage lost its roof as well, and nobody has mended it to this day.\n"
    "守塔人的孙女说，她每个星期都会去看一看那座塔。\nThe keeper's granddaughter says that she goes to see the tower every week.\n"
    "塔里的钟还在走，只是没有人知道是谁给它上的发条。\nThe clock in the tower still goes, though nobody knows who winds it up.\n"
    "村里的人打算在明年春天之前把楼梯修好。\nThe people of the village mean to have the stairs mended before next spring.\n"
)
BOTH = {"zh": "海鸥角的灯重新点亮", "en": "Lighting the lamp of Gull Point again"}


@pytest.mark.parametrize(
    ("top", "both"),
    [
        (f"{BOTH['zh']} {BOTH['en']}\n2021年6月3日\n", BOTH),
        (f"{BOTH['en']} / {BOTH['zh']}\n2021年6月3日\n", BOTH),
        (f"{BOTH['zh']}\n{BOTH['en']}\n\n", BOTH),
        (f"{BOTH['en']}\n{BOTH['zh']}\n\n", BOTH),
        ("海鸥角的灯塔重新点亮 Gull Point Lamp 2\n2021年6月3日\n", {"zh": "海鸥角的灯塔重新点亮 Gull Point Lamp 2"}),
    ],
)
def test_a_headline_in_two_languages_is_known_in_both(top: str, both: dict[str, str]) -> None:
    article = siftline.clean(top + ZH_EN)
    assert article.title == both
    assert article.restore() == top + ZH_EN


def test_the_headlines_in_russian_and_chinese_stand_below_each_other() -> None:
    text = (
        "Маяк на мысе Чаек снова зажгут\n海鸥角的灯重新点亮\n\nМаяк на мысе Чаек не горел со времени бури 1987 года.\n"
        "海鸥角的灯塔在一九八七年的风暴之后就再也没有亮过。\nТеперь жители мыса Чаек хотят снова зажечь маяк.\n现在居民想把灯重新点亮。\n"
    )
    assert siftline.clean(text).title == {"ru": "Маяк на мысе Чаек снова зажгут", "zh": "海鸥角的灯重新点亮"}


def test_a_headline_that_two_labels_name_is_no_subtitle_of_itself() -> None:
    text = f"标题：{BOTH['zh']}\n文章标题：{BOTH['zh']}\n" + "海鸥角的灯塔在一九八七年的风暴之后就再也没有亮过。\n"
    article = siftline.clean(text)
    assert article.title == {"zh": BOTH["zh"]}
    assert "subtitle" not in article.meta


def test_the_title_of_a_notice_is_read_from_its_index() -> None:
    text = (
        "索 引 号： 000000000/2022-00031\n主题分类： 城乡建设\n发布机构： 某市住房和城乡建设局\n成文日期： 2022年03月14日\n"
        "标　　题： 关于做好老旧小区电梯加装工作的通知\n文　　号： 某建发〔2022〕18号\n\n各区（县）住建局，市直有关单位：\n"
        "　　为进一步改善老旧小区居民出行条件，现就有关事项通知如下：\n　　一、坚持业主自愿、政府引导的原则，全市计划加装电梯120台。\n"
    )
    article = siftline.clean(text)
    assert article.title == {"zh": "关于做好老旧小区电梯加装工作的通知"}
    assert article.meta["date"] == "2022-03-14"
    assert article.text.startswith("各区（县）住建局")


HALVES = """河口镇的新图书馆

河口镇的新图书馆昨天开馆，馆里有四万册书和一间儿童阅览室。
馆长说，图书馆每天开到晚上九点，星期一休息。

Новая библиотека в Хэкоу

Вчера в посёлке Хэкоу открылась новая библиотека: в ней сорок тысяч книг и детский читальный зал.
По словам директора, библиотека работает ежедневно до девяти вечера, понедельник — выходной.
"""


def test_brief_sentences_above_the_headline_of_the_other_half_are_the_article() -> None:
    article = siftline.clean(HALVES)
    assert article.title == {"zh": "河口镇的新图书馆", "ru": "Новая библиотека в Хэкоу"}
    assert len(article.body["zh"]) == len(article.body["ru"]) == 2
    without_title = siftline.clean(HALVES.partition("\n\n")[2])
    assert len(without_title.body["zh"]) == 2


def test_brief_sentences_above_a_heading_are_the_article() -> None:
    above = ["你好。", "我是小林。", "我在山里开了一家书店。"]
    below = "很多人问我，山里的书店为什么能活下来。其实我也说不清楚，只知道第一年卖了三百本书，第二年卖了九百本。"
    article = siftline.clean("\n\n".join([*above, "山里的书店为什么能活下来", below, below[::-1]]))
    assert article.text.startswith("\n\n".join(above))


def test_the_other_language_s_headline_above_the_date_is_no_author() -> None:
    article = siftline.clean(
        "夜班图书馆员\nThe Night Librarian\n\n来源：某某周刊  发布时间：2023-07-09\n\n"
        "每天晚上十点，图书馆关门以后，老谢才开始上班。他的工作是把读者放错的书放回原处。\n\n"
        "Every night at ten, after the library has closed, Old Xie begins his work: he puts misplaced books back.\n"
    )
    assert article.title == {"zh": "夜班图书馆员", "en": "The Night Librarian"}
    assert "author" not in article.meta


@pytest.mark.parametrize(
    "line",
    [
        "读者 书架 社区 船票 灯塔",
        "ホーム みなと ともしび スポーツ そらもよう",
        "Пристань Маяки Погода Рыбалка Доска",
        "Пристань Маяки Погода Рыбалка Дошка Їжа",
        "DOI: 10.0000/j.issn.0000-0000.2022.03.011",
        "М. А. Образцова, П. Р. Примеров",
    ],
)
def test_a_row_of_sections_and_what_only_names_a_paper_are_no_headlines(line: str) -> None:
    assert not headlines.may_be(line)


@pytest.mark.parametrize(
    "line", ["老街新貌 三代人的故事", "Пять Маяков и одна Пристань", "А. С. Примеров и его лодка", "天 地 人 和 美"]
)
def test_names_and_pauses_in_a_headline_leave_it_one(line: str) -> None:
    assert headlines.may_be(line)
