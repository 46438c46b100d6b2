"""Authors and headlines of items, as in a collection of poems, stay; those of one article go to the front matter."""

from __future__ import annotations

import pytest

import siftline

POEMS = {
    ("《渡口》", "白石翁"): ["北风吹雪满关山，一夜行人尽白鬓。", "河冰初合舟不渡，老叟停篙坐石间。"],
    ("《村居》", "青溪子"): ["门外青山屋后田，儿童争放纸飞鸢。", "老翁不管春多少，卧看南窗数柳绵。"],
    ("《夜读》", "白石翁"): ["一灯如豆照残书，窗外梧桐落叶疏。", "读到古人肠断处，不知风雨满庭除。"],
}


def test_the_labels_of_a_collection_stay() -> None:
    poems = [[f"作者：{author}", f"题目：{title}", *verses] for (title, author), verses in POEMS.items()]
    text = "\n\n".join("\n".join(poem) for poem in poems)
    assert siftline.clean(text).text.split("\n\n") == [line for poem in poems for line in poem]


def test_of_one_article_they_go_to_the_front_matter() -> None:
    verses = [line for poem in POEMS.values() for line in poem]
    article = siftline.clean("\n\n".join(["题目：《渡口三首》", "作者：白石翁", *verses, "编辑：青溪子"]))
    assert article.text.split("\n\n") == verses
    assert article.meta["author"] == ["白石翁"]


def test_a_refrain_that_is_the_headline_stays() -> None:
    verses = [
        "The wheel stood still all winter long,", "Turn, old wheel, turn,",
        "The river slept, and so did the song,", "Turn, old wheel, turn,",
        "But now the ice is off the weir,", "Turn, old wheel, turn,",
        "And flour will be cheap this year,", "Turn, old wheel, turn,",
    ]  # fmt: skip
    text = siftline.clean("Title: Turn, old wheel, turn\n\n" + "\n".join(verses)).text
    assert text.split("\n\n") == verses


@pytest.mark.parametrize("item", ["Menu", "Tag", "Loading", "Docs"])
def test_an_item_with_others_inside_is_no_button(item: str) -> None:
    text = f"# Changes\n\n- {item}\n  - The old wheel no longer turns backwards when the river falls, #1042\n- Sluice\n  - It can be opened by hand again, as it could before the flood, #1044\n"
    assert f"- {item}" in siftline.clean(text).text


@pytest.mark.parametrize(
    ("heading", "below"),
    [
        ("常见问题", "安装之前请先看一看河水够不够深，水浅的时候水轮转不起来。"),
        ("Feedback", "We read every letter that reaches the mill, and answer those that ask for flour."),
    ],
)
def test_the_heading_of_a_section_is_no_button(heading: str, below: str) -> None:
    assert f"## {heading}" in siftline.clean(f"# 水磨\n\n{below}\n\n## {heading}\n\n{below}\n\n{below}\n").text
    assert f"## {heading}" not in siftline.clean(f"# 水磨\n\n{below}\n\n## {heading}\n\n登录\n\n注册\n").text
