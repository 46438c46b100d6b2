"""Runs of brief lines in texts without markup: menus go, poems and lists of the article stay or go whole."""

from __future__ import annotations

import numpy as np
import pytest

from siftline import Cleaner
from siftline.document import Line
from siftline.layout.features import Table
from siftline.layout.lists import drawn_together, drop_menus
from siftline.layout.model import Measured
from siftline.library import Library
from siftline.prose import width

FERRIES = [
    "Crossings", "Timetable", "Islands", "Fares", "Bicycles", "Freight", "Harbours", "Pilots", "Lost & Found", "Crew",
]  # fmt: skip
RU_FERRIES = [
    "Рейсы", "Расписание", "Острова", "Тарифы", "Велосипеды", "Грузы", "Гавани", "Лоцманы", "Находки", "Команда",
]  # fmt: skip
ZH_FERRIES = ["航班查询", "时刻表", "海岛", "票价", "自行车", "货运", "港口", "引航员", "失物招领", "船员天地"]
PARAGRAPHS = {
    "en": "The ferry came back on Monday, after a winter in the yard, and half the village stood on the pier to see it come "
    "round the point with all its flags up.",
    "ru": "Паром вернулся в понедельник, после зимы на верфи, и полдеревни стояло на причале и смотрело, как он огибает мыс "
    "с поднятыми флагами, и никто не уходил до вечера.",
    "zh": "渡船周一回来了。整个冬天它都停在船厂里，村里一半的人站在码头上看它绕过岬角，船上挂满了彩旗，直到天黑也没有人肯离开，"
    "连小学都提前放了学，孩子们坐在堤坝上唱歌。",
}
MENUS = {"en": FERRIES, "ru": RU_FERRIES, "zh": ZH_FERRIES}
POEM = [
    "Down by the river", "where nobody goes", "I left you a letter", "the water knows", "Cold is the morning",
    "long is the day", "boats in the harbour", "drifting away", "Hold on to me now", "as I hold on to you",
    "Down by the river", "where the reeds grew",
]  # fmt: skip


def _stay(texts: list[str], site: tuple[str, ...] = ()) -> list[str]:
    """Return what `drop_menus` leaves of lines, of which rules took some as the site's."""
    left = np.array([text not in site for text in texts])
    kept = np.ones(int(left.sum()), np.bool_)
    drop_menus(kept, texts, left, _table(texts))
    return [text for text, stays in zip([text for text in texts if text not in site], kept, strict=True) if stays]


@pytest.mark.parametrize("lang", MENUS)
def test_a_menu_above_the_first_paragraph_goes(lang: str) -> None:
    menu, paragraph = MENUS[lang], PARAGRAPHS[lang]
    assert width(paragraph) >= 120
    assert len(menu) == 10
    assert _stay([*menu, paragraph]) == [paragraph]
    assert _stay(["The Ferry Herald, since 1902", *[f"• {item}" for item in menu], paragraph])[1:] == [paragraph]
    assert _stay([*menu, paragraph], site=(menu[4],)) == [paragraph]  # a line that rules took is part of it
    assert _stay([*menu[1:], paragraph]) == [*menu[1:], paragraph]
    assert _stay([paragraph, *menu]) == [paragraph, *menu]
    assert _stay([*menu, paragraph[:40]]) == [*menu, paragraph[:40]]


@pytest.mark.parametrize(
    "item",
    [
        "2 boats",
        "Bring your own boat!",
        "Boats and all their masters",
        "## Boats",
        "Boats:",
        "船与所有的船长们",
        "船，",
    ],
)
def test_what_is_no_item_of_a_menu_parts_it(item: str) -> None:
    texts = [*FERRIES[:5], item, *FERRIES[5:], PARAGRAPHS["en"]]
    assert _stay(texts) == texts


@pytest.mark.parametrize(("widest", "wider"), [("x" * 19, "x" * 20), ("船" * 6, "船" * 6 + "x")])
def test_an_item_of_a_menu_is_narrow(widest: str, wider: str) -> None:
    assert _stay([*FERRIES[1:], widest, PARAGRAPHS["en"]]) == [PARAGRAPHS["en"]]
    assert len(_stay([*FERRIES[1:], wider, PARAGRAPHS["en"]])) == 11
    assert _stay([*FERRIES[1:], f"  • {widest}", PARAGRAPHS["en"]]) == [PARAGRAPHS["en"]]
    words = ["of the sea"] * 6 + ["Boats"] * 4  # 2.2 on average
    assert _stay([*words, PARAGRAPHS["en"]]) == [PARAGRAPHS["en"]]
    assert len(_stay(["of the sea", *words[:-1], PARAGRAPHS["en"]])) == 11


def test_code_is_no_menu() -> None:
    code = ["```", *FERRIES, "```", PARAGRAPHS["en"]]
    assert _stay(code) == code
    assert _stay(code[1:]) == [PARAGRAPHS["en"]]


def test_a_menu_stands_above_a_paragraph_of_some_width() -> None:
    wide = "The ferry came back on Monday to " + "x" * 87
    assert _stay([*FERRIES, wide]) == [wide]
    assert len(_stay([*FERRIES, wide[:-1]])) == 11


@pytest.mark.parametrize("above", ["## Who sailed with us", "They sailed with us:", "It was a good crew."])
def test_what_stands_below_a_heading_or_a_sentence_is_a_list_of_the_article(above: str) -> None:
    texts = [above, *FERRIES, PARAGRAPHS["en"]]
    assert _stay(texts) == texts
    name = "The crew of the ferry in 1902"
    assert _stay([name, *texts[1:]]) == [name, PARAGRAPHS["en"]]


def test_a_poem_above_a_paragraph_is_no_menu() -> None:
    assert _stay([*POEM, PARAGRAPHS["en"]]) == [*POEM, PARAGRAPHS["en"]]
    words = [" ".join(line.split()[:2]) for line in POEM]
    assert _stay([*words, PARAGRAPHS["en"]]) == [PARAGRAPHS["en"]]


def _table(texts: list[str]) -> Table:
    return Measured.of([Line(text, "\n", "body", "en") for text in texts], Library().text_model.wording).table


def _drawn(texts: list[str], site: tuple[int, ...] = ()) -> list[float]:
    """Return the chances of lines of which every other one had .2 before, and the others .6."""
    chance = np.where(np.arange(len(texts)) % 2, 0.6, 0.2).astype(np.float32)
    roles = np.zeros(len(texts), np.int8)
    roles[[*site]] = 1
    return [round(one, 3) for one in drawn_together(chance, roles, _table(texts)).tolist()]


def test_brief_lines_of_a_run_are_drawn_to_their_mean() -> None:
    assert len(POEM) == 12
    assert _drawn([*POEM, PARAGRAPHS["en"]]) == [0.3, 0.5] * 6 + [0.2]
    apart = [0.2, 0.6] * 6
    assert _drawn(POEM[1:]) == apart[:-1]
    assert _drawn([*POEM[:6], PARAGRAPHS["en"], *POEM[6:]]) == [*apart, 0.2]
    assert _drawn([*POEM[:6], "It is cold.", *POEM[6:]]) == [*apart, 0.2]
    assert _drawn([*POEM[:6], "It is this:", *POEM[6:]]) == [*apart, 0.2]
    assert _drawn([*POEM[:6], "2 eggs", *POEM[6:]]) == [*apart, 0.2]
    assert _drawn([*POEM[:6], "Share", *POEM[6:]], site=(6,)) == [*apart, 0.2]
    wide = "x" * 39
    assert _drawn([*POEM[1:], wide])[-1] == 0.5
    assert _drawn([*POEM[1:], wide + "x"])[-1] == 0.6


def test_the_menus_of_a_page_go_and_its_article_stays() -> None:
    """Rules know its first and its last lines, and little else says what the names are."""
    story = [
        PARAGRAPHS["en"],
        "Nobody had expected the old boat to sail again, least of all the man who had to pay for it.",
    ]
    page = [
        "Log in",
        "Register",
        *FERRIES,
        "Search",
        *story,
        "Share on Facebook",
        "© 2020 Ferry Herald. All rights reserved.",
    ]
    assert Cleaner().clean("\n".join(page)).text.split("\n\n") == story
