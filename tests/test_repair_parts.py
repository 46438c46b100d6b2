"""The quick ways of repair: what is decided for many characters or lines at once is what is decided one by one."""

from __future__ import annotations

import re

import pytest
from ftfy.badness import BADNESS_RE
from hypothesis import given, settings
from hypothesis import strategies as st

from siftline.repairs import (
    census,
    double_bytes,
    flow,
    punctuation,
    second_opinion,
    swapped,
)
from siftline.repairs.edits import marked_lines
from siftline.repairs.readings import Reading, readings
from siftline.stages.repair import repair_text

SWAPPED = [reading for reading in readings() if reading.swaps_characters]
CHINESE = st.text("今天氣预報说明日有雨，請帶傘。金丝雀郵局abc 鐨勬槸ぁんЯ", max_size=40)


@pytest.mark.parametrize("codec", ["gb18030", "gb2312", "big5", "big5hkscs"])
def test_pairs_of_bytes_are_decoded_at_once_as_they_are_one_by_one(codec: str) -> None:
    found = double_bytes.characters_of(codec)
    for first in double_bytes.FIRST:
        for second in double_bytes.SECOND:
            one = bytes([first, second]).decode(codec, "replace")
            alone = ord(one) if len(one) == 1 else double_bytes.NONE
            assert found[first - 0x81, second - 0x40] == alone


@settings(max_examples=60, deadline=None)
@given(st.lists(CHINESE, min_size=1, max_size=6), st.sampled_from(SWAPPED), st.data())
def test_no_run_saves_more_than_the_most(lines: list[str], reading: Reading, data: st.DataObject) -> None:
    damaged = data.draw(st.integers(0, len(lines) - 1))
    lines[damaged] += "下雨天".encode(reading.true).decode(reading.false, "replace")
    for line, most in zip(lines, swapped.most_savings(tuple(lines), reading), strict=True):
        assert all(saved <= most for _, _, saved in swapped.runs(line, reading))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text("aZ,é.中，Я１\x07\x7f\x85\u200b\U0001f600", max_size=12), min_size=1, max_size=6))
def test_signs_of_lines_are_those_of_their_characters(lines: list[str]) -> None:
    text = census.Census("\n".join(lines))
    for sign in (census.LATIN, census.HAN, census.ODD, census.WIDE, census.WIDE_MARK, census.FOLDED_MARK):
        alone = [census.Census(f"{line}é") for line in lines]  # so that a line of ASCII has signs too
        counts = [one.count(sign) - (sign == census.LATIN) for one in alone]
        if not text.ascii:
            assert text.lines_with(sign) == [at for at, count in enumerate(counts) if count]
            assert text.lines_with(sign, 2) == [at for at, count in enumerate(counts) if count > 1]


@pytest.mark.parametrize("text", ["a bell \x07 rings", "gone\x7f", "a bell \x07 in naïve text"])
def test_control_characters_are_found_with_and_without_other_scripts(text: str) -> None:
    assert repair_text(text) == re.sub("[\x07\x7f]", "", text)


@given(st.lists(st.sampled_from(["a.Then b", "", "no", "cold.Then"]), max_size=8))
def test_marked_lines_are_those_that_the_pattern_is_in(lines: list[str]) -> None:
    pattern = re.compile(r"\.(?=T)")
    assert list(marked_lines(pattern, lines)) == [at for at, line in enumerate(lines) if pattern.search(line)]


def test_a_document_shows_the_fold_by_marks_that_are_beyond_doubt() -> None:
    shows = ["春天来了,花开了", "鸟叫了,天晴了", "河边,有人"]
    assert punctuation.is_suspect(census.Census("\n".join(shows)))
    assert not punctuation.is_suspect(census.Census("\n".join(shows[:2])))
    assert not punctuation.is_suspect(census.Census("\n".join([*shows, "花开了，鸟叫了，天晴了"])))


def test_doubled_paragraphs_are_two_and_not_three() -> None:
    line = "It took two days to dry the flue, and a third one to find some flour."
    assert flow.doubles_in([line, line, "x", line, line, line]) != {}
    assert list(flow.doubles_in([line, line, "x", line, line, line])) == [1]


def test_the_quick_pattern_finds_all_that_ftfy_finds() -> None:
    high = [*map(chr, range(0x80, 0x590)), *map(chr, range(0x2000, 0x2600)), "\ufb01", "\ufffd"]
    tails = [" ", "a", "-", "9", "\xa0", "²", "€", "°", "Ã", "»", "é "]
    for text in (
        f"{before}{char}{tail}{char}" for before in ("", "a", " ", "é", "“") for char in high for tail in tails
    ):
        assert second_opinion._NEEDED.search(text) or not BADNESS_RE.search(text), text
