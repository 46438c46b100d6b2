"""What is read off a parse tree must be true of the engine."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from siftline import patterns

CHARS = "aAsSſKkıİßﬁ中国:：1 .-"
ATOMS = st.sampled_from(
    [
        "a",
        "S",
        "k",
        "ss",
        "中国",
        "[ab]",
        "[^a]",
        r"\d",
        r"\s*+",
        "(?:ab|中)",
        "(?:a|)",
        "i",
        ".",
        r"\p{Han}{2}",
        "x?",
        "(?=.*中)",
        "(?=.*中)a",
        "ß",
        "fi",
        "(?:a*|b)",
        "(?:.|中)",
        r"(?:\d|a)",
        "(?:a|)b",
    ]
)
PATTERNS = st.lists(
    st.tuples(ATOMS, st.sampled_from(["", "", "", "+", "?", "{2}", "*", "{2,3}"])), min_size=1, max_size=4
).map(lambda parts: "".join(f"(?:{atom}){times}" for atom, times in parts))


@given(PATTERNS, st.text(alphabet=CHARS, max_size=20))
def test_a_match_always_holds_as_many_literals_as_are_needed(pattern, text):
    needed = patterns.needed(pattern)
    if needed is not None and regex.search(pattern, text, patterns.FLAGS):
        folded = patterns.fold(text)
        places = [at for at in range(len(folded)) for literal in needed.strings if folded.startswith(literal, at)]
        assert len(places) >= needed.times


@given(PATTERNS, st.sampled_from(["^", r"^\W*+", r"^\s*"]), st.text(alphabet=CHARS, max_size=20))
def test_a_line_that_matches_opens_with_one_of_the_leading_strings(pattern, start, text):
    strings = patterns.leading(start + pattern)
    if strings is not None and regex.search(start + pattern, text, patterns.FLAGS):
        assert patterns.opening(text).startswith(tuple(strings))


@given(PATTERNS, st.text(alphabet=CHARS, max_size=20))
def test_no_match_is_longer_than_the_longest(pattern, text):
    longest = patterns.longest_match(pattern)
    match = regex.search(pattern, text, patterns.FLAGS)
    if longest is not None and match:
        assert len(match[0]) <= longest


@pytest.mark.parametrize(
    ("pattern", "anchored"),
    [
        ("^a$", True),
        ("^(?:a|b)$", True),
        ("(?:^a$|^b$)", True),
        ("^a|b$", False),
        ("a$", False),
        ("^a", False),
        ("(?:^a|b)$", False),
    ],
)
def test_anchors_hold_for_every_branch(pattern, anchored):
    assert patterns.is_anchored(pattern) is anchored


def test_pumping_finds_the_part_that_repeats():
    assert any(text.startswith("x11111111") for text in patterns.pumped(r"x\d+y", 100))
