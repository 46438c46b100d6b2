"""The words of a line by their function on a page, in any language."""

from __future__ import annotations

import numpy as np
import pytest

from siftline.document import Line
from siftline.layout.features import Table
from siftline.layout.functions import LONGEST, MARKS, ROLES, counts, function_features, lexicon, terms
from siftline.layout.sheet import kinds, sheet
from siftline.layout.words import Words, words

MENU = ["Home", "News", "Sign in", "Contact us"]
STORY = ["The ferry came back on Monday, because the yard said that it had been mended."] * 6


def worded(lines: list[str]) -> Words:
    laid = sheet(lines)
    return words(laid, kinds(laid.codes))


def functions_of(line: str) -> set[str]:
    return {name for name, count in zip(lexicon().names, counts(worded([line]))[:, 0], strict=True) if count}


def features(lines: list[Line]) -> tuple[Table, dict[str, list[float]]]:
    table = Table(len(lines))
    function_features(table, worded([line.text for line in lines]), lines)
    return table, {name: row.tolist() for name, row in zip(table.names, table.array, strict=True)}


@pytest.mark.parametrize(
    ("function", "lines"),
    [
        ("account", ["LOG  IN", "登录 | 注册", "Войти", "Giriş yap", "تسجيل الدخول"]),
        ("related", ["Related articles", "相关阅读", "Читайте также", "Baca juga: ombak"]),
        ("date", ["12:30", "2031年", "3 days ago", "5 минут назад"]),
        ("copyright", ["© 2031 example.com", "版权所有", "Все права защищены"]),
        ("reporting", ["the mayor said so", "市长表示满意", "мэр заявил"]),
    ],
)
def test_a_function_is_the_same_in_all_languages(function, lines):
    for line in lines:
        assert function in functions_of(line), line


def test_terms_do_not_reach_over_the_end_of_a_line():
    assert "account" in functions_of("log in")
    found = counts(worded(["please log", "in the boat", "相关", "阅读"]))
    assert not found[lexicon().names.index("account")].any()
    assert not found[lexicon().names.index("related")].any()


def test_a_line_has_the_same_counts_in_any_company():
    lines = [*MENU, *STORY, "上一篇：灯塔要刷漆了", "\ud800", "x" * 500]
    together = counts(worded(lines))
    for number, line in enumerate(lines):
        assert (counts(worded([line]))[:, 0] == together[:, number]).all()


def test_the_lexicon_is_in_order():
    seen: dict[tuple[int, ...], str] = {}
    for function, languages in terms().items():
        assert -4 <= languages.pop("weight") <= 4
        for listed in languages.values():
            of = worded(listed)
            for term, first, last in zip(listed, of.first, of.last, strict=True):
                assert last - first <= LONGEST, term
                key = tuple(of.hashes[first:last].tolist())
                assert seen.setdefault(key, function) == function, term
    assert {name for names in MARKS.values() for name in names} <= terms().keys()
    assert ROLES.keys() <= MARKS.keys()


def test_nearly_every_term_is_found_as_what_it_is():
    """Hashes are cut, so that a few terms of thousands share an entry."""
    listed = [
        (function, term)
        for function, languages in terms().items()
        for found in languages.values()
        if isinstance(found, list)
        for term in found
    ]
    found = counts(worded([term for _, term in listed]))
    names = lexicon().names
    missed = [term for number, (function, term) in enumerate(listed) if not found[names.index(function), number]]
    assert len(missed) < 0.005 * len(listed), missed


def test_marks_say_how_far_and_how_many():
    lines = [Line(text) for text in [*MENU, *STORY, "Related articles"]]
    _, of = features(lines)
    assert of["lines to related below"][:5] == [10, 9, 8, 7, 6]
    assert of["lines to related above"][-1] == 0
    assert of["lines to navigation above"][4] == 2
    assert np.allclose(of["related below"], [np.log(2)] * 10 + [0])
    assert max(of["functions"][:4]) <= 0 < min(of["functions"][4:10])


def test_the_role_that_a_rule_gave_is_a_mark_whatever_the_words():
    lines = [Line("qwert zuiop"), Line("asdfg"), Line("yxcvb", role="chrome/comment-head")]
    _, of = features(lines)
    assert of["lines to talk below"] == [2, 1, 0]
    assert of["talk above"] == [0, 0, 0]
