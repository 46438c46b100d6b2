"""Entries are added to the lists of a TOML file, and everything else stays as it is."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siftline import toml_text

FILE = """\
# head
prose = ["[not] a table"]

# before
[one]  # here
match  = '''
[x]
'''
hits   = ["a # no comment", 'b']  # after
misses = [
    "c",  # why
    "d" # last
]

# between
["two"]
hits = []
misses = ["e", ]
"""


@pytest.mark.parametrize(
    ("name", "key", "old", "new"),
    [
        ("one", "hits", "'b']  # after", "'b', \"n\"]  # after"),
        ("one", "misses", '"d" # last\n', '"d", # last\n    "n",\n'),
        ("two", "hits", "hits = []", 'hits = ["n"]'),
        ("two", "misses", '["e", ]', '["e", "n", ]'),
    ],
)
def test_an_entry_is_added_where_the_layout_has_it(name, key, old, new):
    assert toml_text.add_to_list(FILE, name, key, "n") == FILE.replace(old, new)


def test_a_long_line_goes_on_below():
    text = f'[a]\nhits   = ["{"x" * 90}"]\n'
    assert (
        toml_text.add_to_list(text, "a", "hits", "y" * 20) == f'[a]\nhits   = ["{"x" * 90}",\n          "{"y" * 20}"]\n'
    )


def test_tables_have_lines():
    assert [table.name for table in toml_text.tables(FILE)] == ["one", "two"]
    assert toml_text.lines_of(FILE, "one") == (5, 13)
    assert toml_text.lines_of(FILE, "three") is None


@pytest.mark.parametrize(("name", "key"), [("three", "hits"), ("one", "match"), ("one", "why")])
def test_what_is_not_there_is_said(name, key):
    with pytest.raises(toml_text.EditError, match=r"three|match|why"):
        toml_text.add_to_list(FILE, name, key, "n")


@given(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.sampled_from([("one", "hits"), ("one", "misses"), ("two", "hits"), ("two", "misses")]),
)
def test_any_text_can_be_added(value, place):
    name, key = place
    wanted = tomllib.loads(FILE)
    wanted[name][key].append(value)
    assert tomllib.loads(toml_text.add_to_list(FILE, name, key, value)) == wanted


def test_every_list_of_the_project_takes_an_entry(root):
    for path in sorted((root / "rules").glob("*/*.toml")):
        text = path.read_text(encoding="utf-8")
        found = [table.name for table in toml_text.tables(text)]
        assert found == [name for name, value in tomllib.loads(text).items() if isinstance(value, dict)]
        if path.parent.name != "leftovers":
            for name in found[::7]:
                assert toml_text.add_to_list(text, name, "misses", "x").count("\n") - text.count("\n") in (0, 1)
