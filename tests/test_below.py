"""What stands below the element of an article goes more easily, and teasers of other articles with it."""

from __future__ import annotations

import numpy as np
import pytest

import siftline
from siftline.document import Line
from siftline.layout.below import less_below_article
from siftline.layout.markup import Hints
from siftline.layout.model import Measured
from siftline.library import Library
from siftline.pages.dom import read
from test_above import BODY

TEASERS = [
    (
        "A lamp for the outer mole",
        "The old one had been seen nine miles off, and went out whenever the wind was in the north.",
    ),
    (
        "The last rope walk closes",
        "Three people worked there in the end, one of whom had begun in the year of the great frost.",
    ),
    (
        "Herring at half the price",
        "Nobody can say where the shoals have gone this year, least of all those who count them.",
    ),
    (
        "A school in two rooms",
        "Its teacher crosses with the post on Mondays and stays until the boat comes back for her.",
    ),
]
PLEA = (
    "The Gazette is written by six people who live on the islands, and it is paid for by those who read it every week."
)


def _chances(page: str, linked: float = 0.1, surely: str = "", unsure: str = "") -> dict[str, float]:
    """Return what becomes of each line of a page where all are likely, but links, some surely and some hardly."""
    shown = read(page)
    lines = [Line(text, "\n", "body", "en") for text in shown.lines]
    hints = Hints.of(shown, np.arange(len(lines)))
    rows = Measured.of(lines, Library().text_model.wording).rows
    plain = np.array([0.9 if text in surely else 0.3 if text in unsure else 0.7 for text in shown.lines])
    chance = np.where(hints.linked, linked, plain).astype(np.float32)
    return dict(zip(shown.lines, less_below_article(chance, lines, rows, hints).tolist(), strict=True))


def _page(below: str, body: list[str] = BODY, title: str = "The ferry is back - Harbour Gazette") -> str:
    article = "".join(f"<p>{text}</p>" for text in body)
    return f"<title>{title}</title><main><div class=text>{article}</div>{below}</main>"


def _list(teasers: list[tuple[str, str]], tag: str = "h3") -> str:
    return "".join(
        f"<div class=item><{tag}><a href='/{at}'>{head}</a></{tag}><p>{text}</p></div>"
        for at, (head, text) in enumerate(teasers)
    )


def test_teasers_below_an_article_go_with_their_linked_headlines() -> None:
    chances = _chances(_page(_list(TEASERS)))
    assert all(chances[text] < 0.05 for _, text in TEASERS)
    assert all(chances[text] == pytest.approx(0.7) for text in BODY)


def test_what_else_stands_below_its_element_is_less_likely() -> None:
    chances = _chances(_page(f"<div class=note><p>{PLEA}</p></div>"))
    assert 0.3 < chances[PLEA] < 0.5


def test_a_section_under_its_own_heading_is_as_likely_as_before() -> None:
    chances = _chances(_page(f"<div class=note><h3>How the Gazette is paid</h3><p>{PLEA}</p></div>"))
    assert chances[PLEA] == pytest.approx(0.7)


def test_an_element_with_a_line_that_is_sure_stays_whole() -> None:
    sure = TEASERS[0][1]
    chances = _chances(_page(f"<div class=note><p>{PLEA}</p><p>{sure}</p></div>"), surely=sure)
    assert chances[PLEA] == pytest.approx(0.7)


def test_items_whose_text_is_sure_or_whose_link_is_a_button_are_no_teasers() -> None:
    chances = _chances(_page(_list(TEASERS)), surely="".join(text for _, text in TEASERS))
    assert all(chances[text] == pytest.approx(0.9) for _, text in TEASERS)
    reviews = "".join(f"<div class=item><p>{text}</p><a href=/{text[:3]}>Buy it now</a></div>" for _, text in TEASERS)
    assert all(_chances(_page(reviews))[text] > 0.3 for _, text in TEASERS)


def test_what_stands_above_it_or_in_it_is_as_likely_as_before() -> None:
    above = _page("").replace("<main>", f"<main><div class=note><p>{PLEA}</p></div>")
    assert all(chance == pytest.approx(0.7) for chance in _chances(above).values())
    inside = _page("", [*BODY, PLEA])
    assert all(chance == pytest.approx(0.7) for chance in _chances(inside).values())


@pytest.mark.parametrize(
    "page",
    [
        _page(_list(TEASERS), title="Is the ferry back? - Harbour Forum"),
        _page(_list(TEASERS), [BODY[1] + BODY[2], BODY[3] + BODY[4]]),
        _page(_list(TEASERS), [text.split(",")[0] for text in BODY]),
        "<title>Gazette</title>" + _list(TEASERS * 2),
        _page(_list(TEASERS)).replace("<p>", "<li>").replace("</p>", "</li>"),
        _page("".join(f"<li>{text}</li>" for text in BODY[:4])),
        _page(f"<div><p>{PLEA}</p></div>").replace(
            "<main>", "<main>" + "".join(f"<p>{text[:90]}</p>" for text in BODY * 4)
        ),
        f"<title>Gazette</title><p>{PLEA}</p>",
        "<title>Gazette</title>" + _list(TEASERS) + "".join(f"<section><p>{text}</p></section>" for text in BODY),
    ],
    ids=[
        "thread",
        "two paragraphs",
        "no sentences",
        "teasers",
        "items",
        "as much below",
        "little prose",
        "no elements",
        "paragraphs apart",
    ],
)
def test_a_page_that_is_no_article_is_left_as_it_is(page: str) -> None:
    assert {round(chance, 4) for chance in _chances(page).values()} <= {0.1, 0.7}


POSTS = [
    "Hi all, does anybody know why my outboard won't start when it's cold? I've tried a new plug and fresh fuel, no luck.",
    "I had the same problem last year, mate. Have you checked the choke? Mine was stuck, and I didn't see it for weeks.",
    "Thanks for the reply! I'll have a look tonight and let you know. Btw it's a four stroke, I forgot to mention that.",
    "Did you drain the carb before winter? If you didn't then it's gummed up, trust me. Clean it and you're good to go.",
]


def test_a_page_worded_as_a_thread_is_left_as_it_is() -> None:
    said = "".join(f"<div class=p><b>tom{at}</b><p>{text}</p><i>Quote</i></div>" for at, text in enumerate(POSTS))
    first = "".join(f"<p>{text}</p>" for text in POSTS)
    page = f"<title>Outboard</title><div class=first>{first * 3}</div><div class=said>{said}</div>"
    assert {round(chance, 4) for chance in _chances(page).values()} == {0.7}


def test_what_is_unsure_stays_where_there_is_nearly_as_much_of_it() -> None:
    steps = [text[:200] for text in BODY * 2]
    page = _page("".join(f"<section><div>{at}. {text}</div></section>" for at, text in enumerate(steps)))
    shown = _chances(page, unsure="".join(f"{at}. {text}" for at, text in enumerate(steps)))
    assert all(chance >= 0.3 for chance in shown.values())


def test_items_whose_links_stay_are_no_teasers() -> None:
    chances = _chances(_page(_list(TEASERS)), linked=0.7)
    assert all(chances[text] > 0.3 for _, text in TEASERS)


def test_paragraphs_that_are_mostly_links_make_no_article() -> None:
    linked = "".join(f"<p><a href='/{at}'>{text[:70]}</a>{text[70:]}</p>" for at, text in enumerate(BODY))
    page = f"<title>Gazette</title><div>{linked}</div>{_list(TEASERS)}"
    assert {round(chance, 4) for chance in _chances(page).values()} <= {0.1, 0.7}


def test_an_article_with_teasers_below_comes_out_alone() -> None:
    text = siftline.clean(_page(_list(TEASERS)), html=True).text
    assert text.endswith(BODY[-1])
