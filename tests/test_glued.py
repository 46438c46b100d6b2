r"""Paragraphs on one line: where an ideographic indent, or an empty line written as `\n\n`, shows that they are several."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import siftline
from siftline.pages import dom
from siftline.repairs import glued

CHINESE = [
    "老城的石桥去年夏天被洪水冲毁，今年春天终于修好了。",
    "昨天上午，第一辆公共汽车从桥上开过，岸边站满了来看热闹的人。",
    "“这座桥有三百年历史，”镇上的老人说，“每一块石头都有自己的名字。”",
    "明年河边还要修一条步行道，从码头一直通到旧磨坊。",
]
ENGLISH = [
    "The mill at the end of the valley has been standing still for more than forty years, and nobody expected more of it.",
    "This spring a family from the north bought it, and since then there has been light in its windows every evening.",
    "“It will grind again before the winter,” says the new owner.",
    "What it needs is a good deal of oak, a wheel of twelve feet, and somebody who still knows how to cut a stone.",
]
RUSSIAN = [
    "Старая мельница в конце долины стояла больше сорока лет, и никто уже не ждал, что она когда-нибудь заработает.",
    "Весной её купила семья с севера, и с тех пор в окнах каждый вечер горит свет, а во дворе стучат топоры.",
    "Новый хозяин обещает, что первая мука будет к зиме.",
]
GLUED = [
    (CHINESE, "　　"),
    (CHINESE, " \u3000\u3000"),
    (CHINESE, "\u3000\u3000\xa0"),
    (ENGLISH, r"\n\n"),
    (ENGLISH, r"\r\n\r\n"),
    (RUSSIAN, r"\n\n"),
    (CHINESE * 2, r"\n\n"),
]


@pytest.mark.parametrize(("paragraphs", "gap"), GLUED)
def test_paragraphs_of_one_line_come_out_apart_and_go_back_exactly(paragraphs, gap):
    text = f"{CHINESE[0]}\n{gap.join(paragraphs)}\r\n\n{ENGLISH[0]}\n"
    article = siftline.Cleaner(stages=["repair"]).clean(text)
    assert article.text.split("\n\n") == [CHINESE[0], *paragraphs, ENGLISH[0]]
    named = [change for change in article.changes if change.rule == "repair/flow/glued"]
    assert [change.line for change in named] == list(range(1, len(paragraphs)))
    assert {change.before for change in named} == {gap}
    assert siftline.restore(json.loads(json.dumps(article.record("a")))) == text
    assert siftline.clean(text.encode()).restore() == text.encode()


@pytest.mark.parametrize(("paragraphs", "gap"), GLUED)
def test_a_text_with_paragraphs_on_one_line_is_repaired_once(paragraphs, gap):
    repaired = siftline.repair(gap.join(paragraphs))
    assert repaired.split("\n") == paragraphs
    assert siftline.repair(repaired) == repaired


def test_all_stages_take_the_paragraphs_for_lines():
    text = f"老城石桥重新开放\n2020-05-02 10:00\n{'　　'.join(CHINESE)}\n京ICP备00000000号-1\n"
    article = siftline.clean(text)
    assert article.body == {"zh": CHINESE}
    assert article.restore() == text
    again = siftline.clean(siftline.article_file.render(article.record("a")))
    assert again.body == article.body


def test_a_gap_that_shows_where_damage_was_undone_is_found_in_texts():
    bad = "　　".join(CHINESE).encode("gb18030").decode("latin-1")
    assert siftline.repair(bad).split("\n") == CHINESE
    article = siftline.Cleaner(stages=["repair"]).clean(bad)
    assert article.text == "　　".join(CHINESE)
    assert article.restore() == bad


def test_an_indent_at_the_end_of_a_line_parts_nothing():
    text = f"{CHINESE[0]}　　\r\n{CHINESE[1]}　　\r{CHINESE[2]}　　\n"
    assert siftline.repair(text) == text


def test_lists_behind_an_empty_line_are_lines_too():
    text = r"\n\n".join(ENGLISH) + r"\n\nTo bring:\n- Boots\n- Bread and cheese\n- Time"
    assert glued.paragraphs(text)[len(ENGLISH) :] == ["To bring:", "- Boots", "- Bread and cheese", "- Time"]


@pytest.mark.parametrize(
    "line",
    [
        "　　" + CHINESE[0],
        CHINESE[0] + "　　",
        "床前明月光，　　疑是地上霜",
        "「えっ、本当？」　彼は振り向いた。　返事はなかった。",
        "答案：　　甲　　乙　　丙",
        f"| {CHINESE[0]}　　{CHINESE[1]} |",
        "• one • two • three",
        ENGLISH[0] + "   " + ENGLISH[1],
        ENGLISH[0] + r"\n" + ENGLISH[1],
        rf"An empty line is written as \n\n in a string. {ENGLISH[0]} {ENGLISH[1]}",
        rf'print("{ENGLISH[0]}\n\n{ENGLISH[1]}")',
        rf'{{"text": "{ENGLISH[0]}\n\n{ENGLISH[1]}"}}',
        r'git commit -m "Mend the wheel.\n\nIt was broken."',
        r"Die Dateien stehen in C:\neu\nord. Dort sucht er sie jeden Tag, " + "und findet sie doch nicht, " * 8,
    ],
)
def test_what_may_be_meant_stays_on_its_line(line):
    assert glued.gaps(line) == []
    assert siftline.Cleaner(stages=["repair"]).clean(line).document.lines[0].text == line


def test_paragraphs_of_a_page_that_are_one_text_become_lines():
    page = dom.read(f"<p>　　{'　　'.join(CHINESE)}</p><ul><li>{ENGLISH[0]}</li></ul><p>{ENGLISH[1]}</p>")
    assert [line.strip() for line in page.lines] == [*CHINESE, f"- {ENGLISH[0]}", ENGLISH[1]]
    assert all(len(of_lines) == len(page.lines) for of_lines in page.hints.values())


@given(
    st.lists(st.sampled_from([*"。！a1桥”\u3000 \n\r", "\u3000\u3000", r"\n", r"\r", "。\u3000\u3000桥", ENGLISH[0]]))
)
def test_parts_are_the_line_and_nothing_else(pieces):
    text = "".join(pieces)
    for line in text.split("\n"):
        assert "".join(glued.parts(line)) == line
        assert [part[: glued.gap_behind(part)] for part in glued.parts(line)[:-1]] == glued.paragraphs(line)[:-1]
    assert siftline.Cleaner(stages=["repair"]).clean(text, html=False).restore() == text
    once = siftline.repair(text)
    assert siftline.repair(once) == once


@pytest.mark.parametrize(
    "hostile", ["。" + "\u3000" * 200_000 + "。", ENGLISH[0] * 3 + r"\n" * 100_000, "。　　" * 50_000]
)
def test_long_gaps_take_linear_time(hostile):
    start = time.process_time()
    siftline.repair(hostile)
    assert time.process_time() - start < 2


def test_an_indent_of_private_characters_parts_paragraphs_in_both_ways():
    text = "桥修好了。\ue5e5\ue5e5昨天通车，山坡上的磨坊静静地立着。"
    assert siftline.repair(text) == "桥修好了。\n昨天通车，山坡上的磨坊静静地立着。"
    assert [line.text for line in siftline.Cleaner(stages=["repair"]).clean(text).document.lines] == [
        "桥修好了。",
        "昨天通车，山坡上的磨坊静静地立着。",
    ]
