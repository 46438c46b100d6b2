"""Whole pages as their users see them: what goes to the front matter, and what stays in the article."""

from __future__ import annotations

import pytest

import siftline
from siftline import article_file
from siftline.document import Change
from siftline.leaving import keep_front_matter
from siftline.stages.extract import extract

ZH = [
    f"第{day}天一早，渡口又来了一队人，船工数了数，说比前一天还多了{day}个，茶馆也跟着忙起来。" for day in range(2, 12)
]
EN = [
    f"On day {day} of the new timetable the ferry took {day}40 people over the bay, and nobody had to wait for long."
    for day in range(2, 12)
]


def page(*blocks: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body><main>{''.join(blocks)}</main></body></html>"


def paragraphs(texts: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("2024年6月3日 来源：小城晚报", "小城晚报"),
        ("2024年6月3日（来源：小城晚报）", "小城晚报"),
        ("2024年6月3日 来源：转载", "小城网"),
        ("2024年6月3日", "小城网"),
    ],
)
def test_the_source_that_an_article_names_goes_before_the_name_of_the_site(line, publisher):
    head = "<title>渡口开了</title><meta property=og:site_name content='小城网'>"
    article = siftline.clean(page("<h1>渡口开了</h1>", f"<p class=info>{line}</p>", paragraphs(ZH), head=head))
    assert article.meta["publisher"] == publisher
    assert article.body["zh"] == ZH


def test_credits_behind_a_stroke_go_to_the_front_matter():
    end = "<p>— END —</p><p>文字｜方小河</p><p>编辑 | 李小二</p><p>来源｜小城晚报</p><p>微信扫一扫</p>"
    article = siftline.clean(page("<h1>渡口开了</h1>", paragraphs(ZH), end))
    assert article.meta["credits"] == {"文字": ["方小河"], "编辑": ["李小二"]}
    assert article.meta["publisher"] == "小城晚报"
    assert article.body["zh"] == ZH


def test_what_stands_below_a_box_to_subscribe_stays():
    box = "<div class=subscription-widget><p>Ferry letters are free. To get new ones, leave your address with us.</p><button>Subscribe</button></div>"
    last = ["Here is my list:", "See you on the pier."]
    article = siftline.clean(
        page("<h1>Back on the bay</h1>", f"<article>{paragraphs(EN)}{box}{paragraphs(last)}</article>")
    )
    assert article.body["en"][-2:] == last


def test_a_sentence_that_begins_with_more_takes_nothing_along():
    last = ["More on this in a later letter, when the lamps are up."]
    article = siftline.clean(page("<h1>Back on the bay</h1>", f"<article>{paragraphs(EN + last)}</article>"))
    assert article.body["en"] == EN + last


def test_headings_lose_their_links_to_themselves_and_the_ledger_has_them():
    heading = "<h2>The boats<a class=header-anchor href='#b'>#</a></h2><h2>What C# has to do with it</h2>"
    article = siftline.clean(
        page("<h1>Back on the bay</h1>", f"<article>{paragraphs(EN[:5])}{heading}{paragraphs(EN[5:])}</article>")
    )
    assert article.body["en"][5:7] == ["## The boats", "## What C# has to do with it"]
    assert "## The boats#" in article.restore().splitlines()


def test_lists_within_lists_are_indented_and_come_back_so():
    steps = ["1. Buy a ticket at the pier, in the red house.", "   - by card", "   - in coins", "2. Wait for the bell."]
    items = f"<ol><li>{steps[0][3:]}<ul><li>by card<li>in coins</ul><li>{steps[3][3:]}</ol>"
    record = siftline.clean(page("<h1>Back on the bay</h1>", f"<article>{paragraphs(EN)}{items}</article>")).record("x")
    assert record["body"]["en"][-4:] == steps
    assert siftline.clean(article_file.render(record), html=False).body == record["body"]


def test_what_stands_below_the_pictures_of_an_article_goes_to_the_front_matter_where_it_leaves():
    lines = {
        "The ferry on Monday.": "caption",
        "A boat on the pier.": "caption",
        "Ann": "layout",
        "A clock, sold.": "layout",
    }
    doc = extract(
        f"<p>{EN[0]}</p><figure><img><figcaption>The ferry on Monday.</figcaption></figure>"
        f"<p class=image-caption>A boat on the pier.</p><figure><figcaption>Ann</figcaption></figure><p>{EN[1]}</p>"
        "<aside><img><p class=caption>A clock, sold.</p></aside>",
        extractor="dom",
    )
    at = {line.text: number for number, line in enumerate(doc.lines)}
    doc = keep_front_matter(doc, [Change("layout", at[text], 0, text, None, "layout") for text in lines])
    assert {text: doc.lines[number].role for text, number in at.items() if text in lines} == lines
    found = [fact.value for fact in doc.facts if fact.field == "captions"]
    assert found == ["The ferry on Monday.", "A boat on the pier."]


def test_a_headline_of_a_page_in_two_languages_is_two():
    mixed = [text for both in zip(ZH, EN, strict=True) for text in both]
    headline = "<h1>老渡口的灯又亮了<br>The old ferry lamp is lit again</h1>"
    article = siftline.clean(
        page(headline, paragraphs(mixed), head="<title>老渡口的灯又亮了 The old ferry lamp is lit again</title>")
    )
    assert article.title == {"zh": "老渡口的灯又亮了", "en": "The old ferry lamp is lit again"}


def test_a_brief_sentence_below_a_button_of_a_page_stays():
    last = "<p><a>Read the full story →</a></p><p>That is all. Keep your feet dry.</p>"
    article = siftline.clean(page("<h1>Back on the bay</h1>", f"<article>{paragraphs(EN)}{last}</article>"))
    assert article.body["en"] == [*EN, "That is all. Keep your feet dry."]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("before", ["", "<?xml version='1.0'?>"])
def test_a_page_given_as_bytes_has_the_lines_of_its_text(codec, before):
    text = before + page("<script src='a.js'/>" if before else "", paragraphs([*ZH, *EN]))
    read = siftline.Cleaner().read
    assert read(text.encode(codec), html=True).lines == read(text, html=True).lines
    assert [line.text for line in read(text, html=True).lines] == [*ZH, *EN]


def test_bytes_that_are_no_text_stand_as_replacement_characters_in_the_lines_of_a_page():
    data = page(paragraphs([*ZH, "The ferry is back."])).encode().replace(b"back.", b"ba\xffck.")
    assert siftline.Cleaner().read(data, html=True).lines[-1].text == "The ferry is ba\ufffdck."
