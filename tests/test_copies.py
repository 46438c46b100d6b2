"""Passages that stand in a text twice."""

from __future__ import annotations

import siftline
from siftline import copies

PARAGRAPHS = [
    "The mill by the river had not turned for nine years when the new owner opened the sluice, on a Sunday, before church.",
    "She had learned the trade in the hills, from a man who counted the stones of his wheel in a language of his own. "
    "Nobody had told her that the village below still remembered the flood, and that it blamed the mill for it.",
    "So the first flour was given away. It was coarse and grey, and there were bits of straw in it; the baker said that "
    "he had not had better in his life, and the doctor, who had no teeth left, asked for a second loaf.",
    "By winter the wheel turned four days a week, and the village had stopped asking what would become of the sluice.",
]
MORE = "What became of the owner is told in another book, which nobody in the village has wanted to read so far."
SHARE = "Share on Facebook"


def kept(*lines: str) -> list[str]:
    text = "\n\n".join(lines)
    article = siftline.clean(text)
    assert article.restore() == text
    return article.text.split("\n\n")


def test_a_page_that_shows_its_article_twice_gives_it_once() -> None:
    assert kept(*PARAGRAPHS, SHARE, *PARAGRAPHS, MORE) == [*PARAGRAPHS, MORE]


def test_a_copy_may_be_cut_and_divided_by_labels_of_its_own() -> None:
    again = [PARAGRAPHS[0], "Part 1", *PARAGRAPHS[1:3], "Part 2", PARAGRAPHS[3]]
    assert copies.later_copies([*PARAGRAPHS[:2], MORE, *PARAGRAPHS[2:], *again]) == [5, 7, 8, 10]


def test_what_comes_back_on_purpose_stays() -> None:
    two, step = PARAGRAPHS[:2], "Knead the dough until it no longer sticks."
    assert copies.later_copies([*PARAGRAPHS, *two, MORE]) == []
    assert copies.later_copies([step, "Wait", step, "Wait", step, "Wait", step, "Wait"] * 9) == []
    assert copies.later_copies([*PARAGRAPHS, *reversed(PARAGRAPHS)]) == []
    rows = [
        f"{name} | {size} bushels of the best flour a week"
        for name, size in zip("abcdefghij" * 3, range(30), strict=True)
    ]
    assert copies.later_copies([*PARAGRAPHS[:3], *rows, *PARAGRAPHS[:3], *rows]) == []


def test_a_text_without_a_site_is_left_alone() -> None:
    assert kept(*PARAGRAPHS, *PARAGRAPHS) == [*PARAGRAPHS, *PARAGRAPHS]


def test_code_that_comes_back_stays() -> None:
    code = [
        f"    static constexpr int {name}_of_the_wheel(const mill_stone* upper, const mill_stone* lower) noexcept;"
        for name in ("speed", "width", "weight", "height", "price", "grain", "noise")
    ]
    block = "\n".join(["```", *code, "```"])
    assert (
        siftline.clean("\n\n".join([*PARAGRAPHS, block, MORE, SHARE, MORE[::-1], block])).text.count("noexcept") == 14
    )
