"""Where a damaged run inside a right line begins and ends, and which lines are looked at for one at all."""

from __future__ import annotations

from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from siftline.repairs import census, pairs, swapped
from siftline.repairs.readings import Reading, decode_stretch, readings
from siftline.stages.repair import repair_text

SWAPPED = [reading for reading in readings() if reading.swaps_characters]
LINE = "村裡的老人說，今年的雨水比去年多，孩子們每天都在河邊放風箏，晚上才回家。"


def _damaged(text: str) -> str:
    return text.encode("big5").decode("gb18030")


@pytest.mark.parametrize("run", ["今年的雨水比去年多", "孩子們每天都在河邊", "每天都在河邊放風箏", "晚上才回家。"])
def test_big5_read_as_gb18030_comes_back_inside_a_right_line(run):
    assert repair_text(LINE.replace(run, _damaged(run))) == LINE


@pytest.mark.parametrize("line", ["店名叫「さくらの湯」，門口種了兩棵櫻花。", "封面上寫著カメラ兩個字。", LINE])
def test_japanese_words_in_chinese_are_no_damage(line):
    assert repair_text(line) == line


@pytest.mark.parametrize("run", ["年的雨水比", "孩子们每天都在河边", "每天都在河边放风筝", "晚上才回家。"])
def test_gb18030_read_as_big5_comes_back_inside_a_right_line(run):
    line = "村里的老人说，今年的雨水比去年多，孩子们每天都在河边放风筝，晚上才回家。"
    assert repair_text(line.replace(run, run.encode("gb18030").decode("big5"))) == line
    assert repair_text(line) == line


@pytest.mark.parametrize(
    ("damaged", "right"),
    [
        ("湮澈鏍弊", "大韩民国"),  # all of it in the first level of Big5, none of it in simplified text
        ("毞毞砃奻", "天天向上"),  # three different characters
    ],
)
def test_a_run_of_common_traditional_characters_is_looked_at_in_simplified_text(damaged, right):
    line = "节目《{}》每周播一次，收视率创新高，观众说还想再看，主持人答应明年继续。"
    assert repair_text(line.format(damaged)) == line.format(right)
    traditional = "節目《國際車站》每週播一次，收視率創新高，觀眾說還想再看。"
    assert repair_text(traditional) == traditional
    assert repair_text(line.format("國際車站")) == line.format("國際車站")


def test_a_character_beyond_the_first_plane_is_read_again():
    line = "村里的老人对以后的生活很有兴趣以及信心，孩子们每天都在河边放风筝。"
    damaged = "兴趣以及信心".encode("gb18030").decode("big5hkscs")
    assert repair_text(line.replace("兴趣以及信心", damaged)) == line


CHARACTERS = st.text(
    st.one_of(st.sampled_from("的天か亜\ue000\ue5e5аＡ a,。褪撮"), st.characters(exclude_characters="\n"))
)


@pytest.mark.parametrize("reading", SWAPPED)
@settings(max_examples=100, deadline=None)
@given(lines=st.lists(CHARACTERS, min_size=1, max_size=8))
def test_what_a_line_can_save_does_not_depend_on_other_lines(reading, lines):
    alone = [swapped.promising((line,), (reading,))[0, 0] for line in lines]
    assert swapped.promising(tuple(lines), tuple(SWAPPED))[SWAPPED.index(reading)].tolist() == alone
    damaged = "天氣預報說明天有雨" if reading.true == "big5" else "天气好了鸟就飞了"
    damaged = damaged.encode(reading.true).decode(reading.false)
    assert swapped.promising((*lines, damaged), (reading,))[0, -1]


@pytest.mark.parametrize("reading", SWAPPED)
@settings(max_examples=100, deadline=None)
@given(line=st.text(st.sampled_from("的天か\ue000а,。褪撮龙"), max_size=7))
def test_no_other_choice_of_what_to_read_again_is_cheaper(reading, line):
    found = {at for start, end, _ in swapped.runs(line, reading) for at in range(start, end)}
    states = product((False, True), repeat=len(line))
    costs = {choice: _way(line, choice, reading) for choice in states}
    assert costs[tuple(at in found for at in range(len(line)))] == min(costs.values())


_NEVER = -(1 << 30)


def _read(char: str, reading: Reading) -> str | None:
    """Return what the bytes of a character are in the true codec, from the codecs alone."""
    if char.isascii():
        return char
    raw = char.encode(reading.false, "ignore").decode("latin-1")
    after = decode_stretch(raw, reading.true) if len(raw) == 2 and char != "\ufffd" else None
    return after if after and len(after) == 1 and after < "\U00010000" else None


def _cost(before: str, char: str) -> int:
    points = swapped.np.array([ord((before or "\n")[-1]), ord(char)], dtype=swapped.np.uint32)
    return int(pairs.costs(points[:1], points[1:])[0])


def _way(line: str, choice: tuple[bool, ...], reading: Reading) -> int:
    """Return what a line costs in which some characters are read again."""
    total, before = 0, "\n"
    for char, again in zip(f"{line}\n", (*choice, False), strict=True):
        new = _read(char, reading) if again else char
        if new is None:
            return -_NEVER
        foreign = "\u4e00" <= char <= "\u9fff" and not again and not char.encode(reading.true, "ignore")
        total += _cost(before, new) + swapped.FOREIGN * foreign
        before = new
    edges = sum(first != second for first, second in pairwise((False, *choice, False)))
    return total + swapped.SWITCH * edges


@settings(deadline=None)
@given(st.lists(st.text(st.sampled_from("aé¿жЖ中か\ue5e5ﬁ\U0001f600")), min_size=1, max_size=9))
def test_a_census_knows_the_lines_and_the_characters_of_a_sign(lines):
    text = census.Census("\n".join(lines))
    for sign, chars in ((census.LATIN, "é¿"), (census.CAPITAL, "Ж"), (census.BIG5_IN_GB, "жЖか\ue5e5")):
        counts = [sum(map(line.count, chars)) for line in lines]
        assert text.lines_with(sign) == [at for at, count in enumerate(counts) if count]
        assert text.lines_with(sign, 2) == [at for at, count in enumerate(counts) if count > 1]
        assert text.characters(sign) == "".join(char for char in text.text if char in chars)
