"""Text that is a piece of HTML, as feeds and exports have it: its tags go, and its blocks become paragraphs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import siftline
from siftline import fragments

FEED = (
    "<p>The <b>old mill</b> on the hill stands still for <i>eleven</i> months of the year.</p>\n"
    "<h2>How it began</h2>\n"
    '<p class="lead">Then a family drives north with a sack of rye.<br>They light the oven.</p>\n'
    "<ul><li>One loaf of rye</li><li>Two of wheat</li></ul>\n"
    '<p><img src="a.jpg" alt="x > y"/>Nothing is sold, and <a href="x">nobody</a> has asked why.</p>\n'
    "<table><tr><td>Rye</td><td>3</td></tr></table><script>var slot = 1;</script>\n"
    "<script>\nvar slot = 2;\n</script>\n"
)
CLEANER = siftline.Cleaner(stages=["repair", "markup"])
CLEAN = [
    "The old mill on the hill stands still for eleven months of the year.",
    "## How it began",
    "Then a family drives north with a sack of rye.",
    "They light the oven.",
    "- One loaf of rye",
    "- Two of wheat",
    "Nothing is sold, and nobody has asked why.",
    "Rye 3",
]


@pytest.mark.parametrize("text", [FEED, FEED.replace("\n", "")])
def test_a_piece_of_html_becomes_paragraphs(text: str) -> None:
    article = CLEANER.clean(text, html=False)
    assert article.text.split("\n\n") == CLEAN
    assert article.restore() == text


def test_it_is_cleaned_to_the_end() -> None:
    article = siftline.clean(
        "<div>\n" + FEED + "<p>Leave a Reply</p>\n<p>Your email address will not be published.</p></div>"
    )
    assert article.text.split("\n\n") == CLEAN


@pytest.mark.parametrize(
    "text",
    [
        "Put <b>two</b> words into <i>tags</i>.\n<p>This is HTML.</p>\n<p>And so is this.</p>",
        "在代码里写：\n<p>渡口</p>\n<p>的灯</p>\n<b>亮了</b>",
        "<mill><loaf>rye</loaf><loaf>wheat</loaf></mill>\n<mill></mill>",
        "Is 3 < 5 > 2?\nIs a </p> closed?\nA <b> here.\nAnd </b> there.\nPlain.\nPlain.\nPlain.\nPlain.\nPlain.",
        "`<p>a</p>`\n<p>b</p>\n<p>c</p>",
    ],
)
def test_what_speaks_of_tags_stays(text: str) -> None:
    assert not fragments.is_fragment(text)
    assert CLEANER.clean(text, html=False).changes == ()


def test_tags_that_a_page_shows_are_what_it_says() -> None:
    shown = ["<h2>The mill</h2>", "<p>It stands on the hill.</p>", "<p>It grinds rye.</p>", "<b>Come and see!</b>"]
    lines = "".join(f"<p>{line.replace('<', '&lt;').replace('>', '&gt;')}</p>" for line in shown)
    page = (
        f"<html><body><h1>Four lines</h1><p>These are the lines that the miller wrote by hand:</p>{lines}</body></html>"
    )
    text = CLEANER.clean(page).text
    assert all(line in text for line in shown)


def test_lines_of_a_script_and_slots_of_a_template_do_not_hide_that_a_text_is_html() -> None:
    text = (
        "<p>渡口的早晨</p>\n<p>天还没亮，渡口已经有人在等船了。<br/>卖豆浆的老人把炉子点着。</p>\n"
        '<div class="ad"><script>var a=1;</script></div>\n<p>没有人着急。</p>\n{{template:ad}}\nwindow.__INITIAL_STATE__={"a":1}\n'
    )
    assert CLEANER.clean(text).text.split("\n\n") == [
        "渡口的早晨",
        "天还没亮，渡口已经有人在等船了。",
        "卖豆浆的老人把炉子点着。",
        "没有人着急。",
    ]


PIECES = st.sampled_from(
    ["<p>", "</p>", "<br>", "<b>", "</b>", "<script>", "</script>", "x=1;", "<li>", "</li>", "The mill stands still.",
     "\n", " ", "<!--", "-->", "<h2>", "</h2>", "<img src='a'>", "<td>", "</td>", "桥修好了。", "　　", "<", "\\n\\n", "<ul>"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_pieces_of_html_come_back_exactly(text: str) -> None:
    assert CLEANER.clean(text, html=False).restore() == text


def test_no_text_takes_long() -> None:
    """Each would take minutes if any pattern looked further from every place in it."""
    for text in ("<script>" * 20_000, "<!--" * 20_000, " " * 200_000, "<p>" + " " * 200_000, "<p \"'" * 20_000):
        line = f"{text}</p></p><p><p>"
        assert "".join(fragments.parts(line)) == line
        assert sum(len(tag) for _, tag, _ in fragments.tags(line)) <= len(line)
