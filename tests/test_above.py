"""Comments below an article go, and the headings of items stay, where the markup says which is which."""

from __future__ import annotations

import numpy as np
import pytest

import siftline
from siftline.document import Line
from siftline.layout.above import judged_by_what_is_above, less_of_navigation
from siftline.layout.markup import Hints
from siftline.pages.dom import read
from siftline.pages.platforms import is_thread

BODY = [
    "The ferry to the outer islands came back on Monday, after a winter in the yard that had cost the county more than "
    "it had planned, and less than the islanders had feared when the engine was taken out in October.",
    "Its hull has been cleaned and painted, the old engine has been replaced by one that burns a third less, and the "
    "wheelhouse has windows that open. The crew of five, two of whom have served on it since it was built, went through "
    "every drill on Sunday, in a wind that kept the smaller boats in the harbour.",
    "For the school on the largest island it means that lessons start at eight again and not at ten. Through the winter "
    "a fishing boat had taken the children across whenever the weather let it, and on eleven days it had not.",
    "The shop had run out of flour twice, the post came on Fridays, and the doctor had slept in the parish hall for "
    "weeks at a time, because nobody could say whether there would be a boat in the morning to take him home.",
    "The council will decide in June whether a second ferry is to be bought for the years in which this one goes to the "
    "yard. Its chairman said that he had heard every argument for it by now, most of them at the quay, and in the rain.",
]
COMMENTS = [
    "I have waited for that boat every winter of my life, and I can tell you that it has never been on time in March.",
    "We should have had the second ferry ten years ago, when the money was there and nobody wanted to spend it on us.",
    "My grandfather rowed across twice a week with the mail, and he never lost a letter, whatever they say about him.",
]


def _page(comments: str, title: str = "The ferry is back - Harbour Gazette", body: list[str] = BODY) -> str:
    said = "".join(
        f"<div class='{comments}-item'><b>anna{at}</b><p>{text}</p></div>" for at, text in enumerate(COMMENTS)
    )
    article = "".join(f"<p>{text}</p>" for text in body)
    return f"<title>{title}</title><h1>The ferry is back</h1><div class=text>{article}</div><div id='{comments}'>{said}</div>"


def _chances(page: str, chance: float) -> list[tuple[str, float]]:
    """Return each line of a page with what becomes of a chance that all of them have."""
    shown = read(page)
    lines = [Line(text, "\n", "body", "en") for text in shown.lines]
    hints = Hints.of(shown, np.arange(len(lines)))
    out = judged_by_what_is_above(np.full(len(lines), chance, np.float32), lines, hints)
    return list(zip(shown.lines, out.tolist(), strict=True))


@pytest.mark.parametrize("body", [BODY, BODY[1:4]], ids=["long", "brief"])
@pytest.mark.parametrize("named", ["comments", "disqus", "respond"])
def test_comments_below_an_article_are_no_part_of_it(named: str, body: list[str]) -> None:
    chances = dict(_chances(_page(named, body=body), 0.9))
    assert all(chances[text] < 0.2 for text in COMMENTS)
    assert all(chances[text] == pytest.approx(0.9) for text in body)


@pytest.mark.parametrize(
    "page",
    [
        _page("comments", "Is the ferry back? - Harbour Forum"),
        _page("comments", "请教一下渡船停航的问题 - 海岛生活"),
        _page("comments", body=BODY[:1]),
        _page("story"),
        _page("comments") + '<script type="application/ld+json">{"@type": "QAPage"}</script>',
    ],
)
def test_they_stay_where_the_page_is_a_thread_or_little_stands_above(page: str) -> None:
    chances = dict(_chances(page, 0.9))
    assert all(chances[text] == pytest.approx(0.9) for text in COMMENTS)


def test_the_article_of_a_page_with_comments_comes_out_alone() -> None:
    text = siftline.clean(_page("comments"), html=True).text
    assert text.endswith(BODY[-1])
    assert not any(comment in text for comment in COMMENTS)


ITEMS = [
    ("Removals", "We carry pianos, looms and libraries down any staircase, and put them up again where you want them."),
    ("Storage", "Dry rooms of four to forty square metres by the harbour, open on Sundays, with a ramp for carts."),
    ("Repairs", "Chairs glued, veneers laid, locks opened and hinges cast, in the workshop behind the old chandlery."),
]


def _with_headings(chance_of_heading: float, before: str = "") -> list[tuple[str, float]]:
    page = f"<title>Quay Carriers</title>{before}" + "".join(
        f"<div class=item><h3>{name}</h3><p>{text}</p></div>" for name, text in ITEMS
    )
    shown = read(page)
    lines = [Line(text, "\n", "body", "en") for text in shown.lines]
    chance = np.array([chance_of_heading if text.startswith("#") else 0.8 for text in shown.lines], np.float32)
    out = judged_by_what_is_above(chance, lines, Hints.of(shown, np.arange(len(lines))))
    return list(zip(shown.lines, out.tolist(), strict=True))


def test_headings_of_items_that_stay_stay_with_them() -> None:
    assert [chance for text, chance in _with_headings(0.2) if text.startswith("#")] == pytest.approx([0.8] * 3)


def test_headings_below_an_article_are_left_as_they_are() -> None:
    article = "".join(f"<p>{text}</p>" for text in BODY)
    assert [chance for text, chance in _with_headings(0.2, article) if text.startswith("#")] == pytest.approx([0.2] * 3)


@pytest.mark.parametrize(
    ("title", "thread"),
    [
        ("Boats : r/ferries", True),
        ("渡船还开吗 - 海港论坛", True),
        ("Ходит ли паром - Форум", True),
        ("What is a community? - Harbour Gazette", False),
        ("Answers to questions about the ferry | Gazette", False),
        ("The ferry | Island Community", True),
    ],
)
def test_a_thread_is_told_by_what_its_site_calls_itself(title: str, thread: bool) -> None:
    assert is_thread(title, {}, ()) is thread


@pytest.mark.parametrize(("names", "thread"), [("single single-topic postid-3", True), ("news-page topical", False)])
def test_a_thread_is_told_by_the_names_of_its_body(names: str, thread: bool) -> None:
    assert read(f"<title>Boats</title><body class='{names}'><p>Is it back?</body>").head.thread is thread


CHAPTERS = [
    f"{at}. {name}"
    for at, name in enumerate(["Weir", "Sluice", "Wheel", "Shaft", "Stones", "Sieve", "Sacks", "Scales", "Cart"], 1)
]
MANUAL = [
    "A sluice lets a miller choose how much of the river he takes. Opened by a hand's breadth it turns the wheel slowly.",
    "Close it before you leave: what rises at night finds the stones standing, and stones that stand are cracked by it.",
]


@pytest.mark.parametrize(
    "around",
    [
        "<nav id=sidebar><div class=scrollbox>{}</div></nav>",
        "<div role=navigation>{}</div>",
        "<div class='t-navbar'>{}</div>",
        "<div id=tocframe>{}</div>",
    ],
)
def test_links_in_the_navigation_are_less_likely(around: str) -> None:
    links = "".join(f"<li><a href='{at}.html'>{name}</a></li>" for at, name in enumerate(CHAPTERS))
    body = "".join(f"<p>{text}</p>" for text in MANUAL)
    shown = read(f"<title>Sluice - The Mill Book</title>{around.format(f'<ol>{links}</ol>')}<main>{body}</main>")
    hints = Hints.of(shown, np.arange(len(shown.lines)))
    chances = less_of_navigation(np.full(len(shown.lines), 0.5, np.float32), hints)
    assert [chance < 0.2 for chance in chances.tolist()] == [text not in MANUAL for text in shown.lines]
    assert chances[-1] == pytest.approx(0.5)
