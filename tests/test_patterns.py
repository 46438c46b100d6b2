"""What is read off a parse tree must be true of the engine."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
import regex
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from siftline import approximation, automata, beginnings, cache, patterns, proofs
from siftline.prefilter import Prefilter
from siftline.squeeze import Squeeze
from siftline.views import View

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

LINES = st.lists(st.text(alphabet=CHARS, max_size=20), min_size=1, max_size=4)


@pytest.fixture(autouse=True, scope="module")
def _nothing_kept():
    """Keep what is compiled here out of the user's cache folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cache, "store", lambda name, data: None)
        yield


def scanned(expressions, lines):
    """Return the indices of the lines in which all expressions are found that can be searched for."""
    view = View(lines)
    found = set(range(len(lines)))
    for expression in expressions:
        made, refused = automata.build({0: expression})
        if not refused:
            found &= set(view.ends.searchsorted(made[0].scan(view.folded)[0]).tolist())
    return found


@given(st.sampled_from(["", "^", r"^\W*+", "(?<=x)"]), PATTERNS, st.sampled_from(["", "$", r"\W*+$"]), LINES)
@settings(deadline=None)
def test_the_approximation_finds_every_line_that_the_pattern_matches(start, pattern, end, lines):
    pattern = start + pattern + end
    try:
        matched = {at for at, line in enumerate(lines) if regex.search(pattern, line, patterns.FLAGS, timeout=2)}
    except TimeoutError:  # a pattern that runs away, such as the loader refuses
        reject()
    assert matched <= scanned(approximation.approximate(pattern), lines)


@pytest.mark.parametrize(
    ("pattern", "hit", "miss"),
    [
        (r"^\s{0,60}+(?:by|from):?\s\p{Lu}\w+$", "By: Ann", "Bypass"),
        (r"^(?=.{0,80}\bcasino\b)(?=.*\d).+$", "casino 24", "24 houses"),
        (r"^\W{0,8}+(?:相关|相關)阅读\W*+$", "【相关阅读】", "相关的阅读"),
        (r"(?<=[.!?])\s*+share\b.{0,80}$", "Nice. Share it", "Nice. Show it"),
        (r"^\d{4}年$", "２０２４年", "两千年"),
        (r"^(?:•\s?\w{1,9}\s*+){3}$", "• a • b • c", "a b c"),
        (r"^\s*+[👍🔥❤]\s?\d{1,4}\s*+$", "🔥 34", "• Harbour news"),
    ],
)
def test_the_approximation_tells_most_other_lines_apart(pattern, hit, miss):
    assert scanned(approximation.approximate(pattern), ["x", hit, miss]) == {1}


@pytest.mark.parametrize(
    ("pattern", "without"),
    [
        (r"^(?=[^，。]{4,80}+$)\W*+猫.*$", True),
        (r"(?x)^ (?=.{0,9}猫) (?=[^。]{4,}$) .*$", True),
        (r"^(?=[^，]{4,80}$)猫.*$", False),
        (r"^(?=[^。]{4})猫.*$", False),
        (r"^(?![^。]{4,80}$)猫.*$", False),
        (r"^猫(?=[^。]{4,80}$)", False),
        (r"(?=[^。]{4,80}$)猫", False),
        (r"^(?:(?=[^。]{4,80}$)猫|狗)", False),
        (r"^(?=[^。]{4,80}$|狗).*$", False),
    ],
)
def test_a_pattern_may_say_at_its_beginning_that_a_line_has_no_full_stop(pattern, without):
    assert patterns.is_without(pattern, "。") == without


def test_lines_with_a_full_stop_are_not_searched_for_what_has_none():
    rule = "^(?=[^。]{4,80}$).*猫.*$"
    derived = {rule: proofs.derive(rule)}
    prefilter = Prefilter([(0, SimpleNamespace(match=rule, squeezed=False))], derived)
    prefilter.build()
    assert [
        (number, set(lines)) for number, lines in prefilter.candidates(View(["一只猫来了", "猫走了。", "没有"]))
    ] == [(0, {0})]


@given(st.sampled_from(["^", r"^\W*+", r"^\s{0,9}+[•*]\s?"]), PATTERNS, st.sampled_from(["", "$", r"\W*+$"]), LINES)
@settings(deadline=None)
def test_no_line_that_a_pattern_matches_begins_otherwise(start, pattern, end, lines):
    pattern = start + pattern + end
    try:
        matched = {at for at, line in enumerate(lines) if regex.search(pattern, line, patterns.FLAGS, timeout=2)}
    except TimeoutError:
        reject()
    view, begin = View(lines), beginnings.beginnings(pattern)
    found = (
        beginnings.Lookup([(begin, None)]).lines(view.beginnings, view.sizes).tolist() if begin else range(len(lines))
    )
    assert matched <= set(found)


@pytest.mark.parametrize(
    ("pattern", "begin"),
    [
        (r"^\W*+(?:About|Blog)\b", ("abou", "blog")),
        (r"^[•*]\s?(?:ok|go)\W*+$", ("go", "ok")),
        (r"^(?i:go)$", ("go\n",)),
        (r"^[^\p{L}\p{N}]{0,8}+(?:相关|相關)阅读", ("相关阅读", "相關阅读")),
        (r"^\d{1,3} hits", ("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "hits")),
        (r"^.{0,9}about", ()),
        (r"about", ()),
        (r"^(?:a|b)\b", ()),
    ],
)
def test_beginnings_are_told_from_a_pattern(pattern, begin):
    assert beginnings.beginnings(pattern) == begin


def test_no_character_that_counts_is_passed_over():
    passed = regex.compile(r"[\W\s[^\p{L}\p{N}]]", patterns.FLAGS)
    kept = regex.compile(f"[{beginnings.KEPT}]")
    for char in map(chr, range(0x110000)):
        folded = patterns.fold(char)
        assert not (kept.search(folded) and passed.match(char)), hex(ord(char))
        assert bool(kept.match(folded)) is bool(kept.search(folded)), hex(ord(char))


@pytest.mark.parametrize("squeeze", [None, Squeeze.for_language("zh"), Squeeze.for_language("ru")])
def test_a_view_folds_as_patterns_are_folded(squeeze):
    chars = [chr(code) for code in range(0x110000) if chr(code) not in "\r\n" and not 0xD800 <= code < 0xE000]
    several = [char for char in chars if len(patterns.fold(char)) > 1]
    for lines in (several, sorted({*chars}.difference(several))):
        wanted = "\n".join([patterns.fold(squeeze(line) if squeeze else line) for line in lines])
        assert View(lines, squeeze).folded == wanted.encode()


def test_what_cannot_be_searched_for_is_named():
    made, refused = automata.build(
        {3: b"abc", 7: b"x*", 9: b"(?:" + b"|".join(b"%05d" % n for n in range(9000)) + b")"}
    )
    assert refused == [7, 9]
    assert {number for automaton in made for number in automaton.scan(b"abc")[1].tolist()} == {3}


def test_an_automaton_serves_many_threads_at_once():
    (automaton,), _ = automata.build({1: b"b$"})
    data = b"ab\n" * 2000
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(automaton.scan, [data] * 40))
    assert all(len(set(ends.tolist())) == 2000 for ends, _ in found)


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
