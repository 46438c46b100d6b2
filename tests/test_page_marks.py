"""Quotations and code inside lines: what the article shows of them, and what the stages see."""

from __future__ import annotations

import pytest

import siftline
from siftline import article_file
from siftline.files import one_line
from siftline.pages import dom

ZH = [
    f"第{day}天一早，渡口又来了一队人，船工数了数，说比前一天还多了{day}个，茶馆也跟着忙起来。" for day in range(2, 12)
]
EN = [
    f"On day {day} of the new timetable the ferry took {day}40 people over the bay, and nobody had to wait for long."
    for day in range(2, 12)
]
SAID = "The council said that the lamps on the pier would be up before the winter comes."


def paragraphs(texts):
    return "".join(f"<p>{text}</p>" for text in texts)


def clean(inner, before=EN[:5], after=EN[5:]):
    blocks = f"<h1>Back on the bay</h1><article>{paragraphs(before)}{inner}{paragraphs(after)}</article>"
    return siftline.clean(f"<!DOCTYPE html><html><body><main>{blocks}</main></body></html>")


def inner_of(article):
    (body,) = article.body.values()
    return body[5:-5]


def test_a_quotation_has_a_mark_in_each_paragraph_and_one_within_it_two():
    article = clean(f"<blockquote><p>{SAID}</p><blockquote>So be it.</blockquote><p>All agreed.</p></blockquote>")
    assert inner_of(article) == [f"> {SAID}", "> > So be it.", "> All agreed."]
    assert article.text.count("> ") == 4


@pytest.mark.parametrize("around", ["div class=bbcode_quote", "div class='quotemain'"])
def test_what_forums_put_around_quotations_is_one(around):
    assert inner_of(clean(f"<{around}><p>{SAID}</p></div>")) == [f"> {SAID}"]


def test_lists_tables_and_code_keep_their_marks_within_a_quotation():
    code = "<pre><code>a = 1\n\nb = 2</code></pre>"
    items = "<ul><li>one lamp on the pier<ul><li>and one below</ul></ul>"
    table = "<table><tr><th>Boat<th>Seats<tr><td>Anna<td>40</table>"
    article = clean(f"<blockquote><p>{SAID}</p>{code}{items}{table}</blockquote>")
    assert inner_of(article)[1:] == [
        "> ```\n> a = 1\n>\n> b = 2\n> ```",
        "> - one lamp on the pier",
        ">   - and one below",
        "> | Boat | Seats |\n> | --- | --- |\n> | Anna | 40 |",
    ]
    again = siftline.clean(article_file.render(article.record("x")), html=False)
    assert again.body == article.body
    assert one_line(inner_of(article)[1]) == "> ``` a = 1 b = 2 ```"


def test_a_table_that_lays_out_a_post_has_no_rows():
    about = "".join(
        f"<div>{fact}</div>" for fact in ("reedcutter", "Member", "Joined: May 2009", "Posts: 41", "Bay", "Oar")
    )
    head = "<tr><td>May 3, 2011, 09:31 PM<td>#2"
    post = f"<table>{head}<tr><td><div>{about}</div><td><div>{SAID}</div><tr><td><a href=/reply>Reply</a></table>"
    lines = dom.read(f"<html><body>{paragraphs(EN)}{post}</body></html>").lines
    assert SAID in lines
    assert not any(line.startswith("|") for line in lines)


def test_an_element_around_the_whole_article_is_no_quotation_and_one_within_it_is():
    inner = f"{paragraphs(EN[:5])}<blockquote>{SAID}</blockquote>{paragraphs(EN[5:])}"
    article = clean(f"<blockquote>{inner}</blockquote>", [], [])
    assert inner_of(article) == [f"> {SAID}"]


def test_no_stage_sees_the_marks_and_the_ledger_needs_none():
    article = clean(f"<blockquote>{SAID}</blockquote><p>Call <code>ferry()</code> for it.</p>")
    assert all(not line.text.startswith(">") and "`" not in line.text for line in article.document.lines)
    assert "> " not in article.restore()
    assert not [change for change in article.changes if ">" in (change.after or "")]


def test_paragraphs_in_two_languages_are_paired_though_they_are_quoted():
    pairs = zip(ZH[:5], EN[:5], strict=True)
    inner = "".join(f"<blockquote><p>{zh}</p><p>{en}</p></blockquote>" for zh, en in pairs)
    article = clean(inner, ZH[5:], EN[5:])
    assert article.languages == ["zh", "en"]
    assert [5, 0] in article.pairs
    assert article.body["zh"][5] == f"> {ZH[0]}"


def test_code_inside_a_line_has_backticks_wherever_it_stands():
    article = clean(
        "<p>Use the <code>&lt;dial&gt;</code> element, <a href=x><code>turn( lamp )</code></a> or <kbd>Ctrl</kbd>+<kbd>L</kbd>.</p>"
        "<h2>What <code>dial</code> does</h2><ol><li><code>on</code> lights it, as you see<li>and <code>off</code> does not</ol>"
        "<table><tr><th>Sign<th>Means<tr><td><code>a|b</code><td>either</table>"
    )
    assert inner_of(article) == [
        "Use the `<dial>` element, `turn( lamp )` or `Ctrl`+`L`.",
        "## What `dial` does",
        "1. `on` lights it, as you see",
        "2. and `off` does not",
        "| Sign | Means |\n| --- | --- |\n| `a\\|b` | either |",
    ]


def test_code_is_marked_where_it_stands_after_its_line_was_mended():
    article = clean("<p>It&rsquo;s a naÃ¯ve thing,a <code>a</code> and <code>b`c</code> beside a, as a whole.</p>")
    assert inner_of(article) == ["It’s a naïve thing,a `a` and `` b`c `` beside a, as a whole."]


def test_blocks_of_code_and_code_that_breaks_lines_have_no_backticks():
    page = dom.read(
        "<pre><code>a <kbd>b</kbd></code></pre><p><code>one line<br>and another</code></p><p><code> </code>c</p>"
    )
    assert page.lines == ["```", "a b", "```", "one line", "and another", "c"]
    assert page.code == {}
