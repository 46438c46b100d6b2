"""Where a damaged run inside a right line begins and ends, and which lines are looked at for one at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from siftline.repairs import census, inside
from siftline.repairs.edits import line_ends
from siftline.repairs.readings import decode_stretch, readings
from siftline.stages.repair import repair_text

SWAPPED = next(reading for reading in readings() if reading.swaps_characters)
LINE = "村裡的老人說，今年的雨水比去年多，孩子們每天都在河邊放風箏，晚上才回家。"


def _damaged(text: str) -> str:
    return text.encode("big5").decode("gb18030")


@pytest.mark.parametrize("run", ["今年的雨水比去年多", "孩子們每天都在河邊", "每天都在河邊放風箏", "晚上才回家。"])
def test_big5_read_as_gb18030_comes_back_inside_a_right_line(run):
    assert repair_text(LINE.replace(run, _damaged(run))) == LINE


@pytest.mark.parametrize("line", ["店名叫「さくらの湯」，門口種了兩棵櫻花。", "封面上寫著カメラ兩個字。", LINE])
def test_japanese_words_in_chinese_are_no_damage(line):
    assert repair_text(line) == line


CHARACTERS = st.text(st.one_of(st.sampled_from("的天か亜\ue000\ue5e5аＡ a,。"), st.characters(exclude_characters="\n")))


@settings(max_examples=200, deadline=None)
@given(st.lists(CHARACTERS, min_size=1, max_size=8))
def test_the_best_run_of_each_line_is_found_for_all_lines_at_once(lines):
    found = inside.best_savings("\n".join(lines), line_ends(lines), SWAPPED).tolist()
    for line, saved in zip(lines, found, strict=True):
        gains = [_gain(char) for char in line]
        runs = (sum(gains[start:end]) for start in range(len(gains)) for end in range(start, len(gains) + 1))
        assert saved == max(runs, default=0)


def _gain(char: str) -> int:
    """Return what reading a character again saves, from the codecs and the costs alone."""
    if char.isascii():
        return 0
    raw = char.encode("gb18030", "ignore").decode("latin-1")
    after = decode_stretch(raw, "big5") if len(raw) == 2 else None
    if after is None or len(after) != 1 or char == "\ufffd":
        return -1000
    return _weight(char) - _weight(after)


def _weight(char: str) -> int:
    kana = 8 if "\u3041" <= char <= "\u30fe" else 0
    return int(inside.costs_in_chinese(inside.np.array([ord(char)]))[0]) + kana


@settings(deadline=None)
@given(st.lists(st.text(st.sampled_from("aé¿жЖ中か\ue5e5ﬁ\U0001f600")), min_size=1, max_size=9))
def test_a_census_knows_the_lines_and_the_characters_of_a_sign(lines):
    text = census.Census("\n".join(lines))
    for sign, chars in ((census.LATIN, "é¿"), (census.CAPITAL, "Ж"), (census.BIG5_IN_GB, "жЖか\ue5e5")):
        counts = [sum(map(line.count, chars)) for line in lines]
        assert text.lines_with(sign) == [at for at, count in enumerate(counts) if count]
        assert text.lines_with(sign, 2) == [at for at, count in enumerate(counts) if count > 1]
        assert text.characters(sign) == "".join(char for char in text.text if char in chars)
