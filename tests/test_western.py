"""Western text in Windows-1252 that was read as GB18030: what comes back, and which Chinese characters stay."""

from __future__ import annotations

import pytest

import siftline
from siftline.stages.repair import repair_text

TEXT = (
    "A bakery in Zürich\n"
    "Señor Ibáñez bakes the croissants himself, and his wife sells them “until they’re gone”.\n"
    "We’ll come, I’m sure, and you’d better not. On Fridays there’s crème brûlée; nobody knows why. École it isn’t."
)


def test_a_letter_that_took_the_next_one_along_comes_back() -> None:
    damaged = TEXT.replace("”", '"').encode("cp1252").decode("gb18030")
    assert "抯" in damaged
    assert repair_text(damaged) == TEXT.replace("”", '"')
    article = siftline.Cleaner(stages=["repair"]).clean(damaged)
    assert article.restore() == damaged
    assert {change.rule for change in article.changes} == {"repair/mojibake/cp1252-as-gb18030"}


@pytest.mark.parametrize(
    "text",
    [
        "The innovative成果 of the city is a key点 of the plan.",
        "The點 of it is the間 between, and the體 is old.",
        "Use the 抯 key. It is done.",
        "這個API的說明很難it抯 not our fault，而且沒有人看得懂。",
    ],
)
def test_chinese_characters_in_a_text_that_is_right_stay(text: str) -> None:
    assert repair_text(text) == text
