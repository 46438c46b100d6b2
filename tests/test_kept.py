"""What is kept between processes: tables, and what patterns were compiled to."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import regex

from siftline import cache, late, tables


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "siftline"


def _counted(calls: list[str]):
    def table(text: str):
        calls.append(text)
        return np.arange(5, dtype=np.uint32) + len(text), {"a": (1, "b")}

    return tables.kept(table)


def test_a_table_is_made_once_and_found_by_the_next_process(folder: Path) -> None:
    calls: list[str] = []
    first = _counted(calls)("ab")
    again = _counted(calls)("ab")  # as another process would: nothing of it is remembered in memory
    other = _counted(calls)("abc")
    assert calls == ["ab", "abc"]
    assert again[0].tolist() == first[0].tolist() == [2, 3, 4, 5, 6]
    assert again[0].dtype == first[0].dtype
    assert again[1] == {"a": (1, "b")}
    assert other[0][0] == 3


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-3], lambda data: b"", lambda data: data[:-9] + b"x" + data[-8:]]
)
def test_a_broken_table_is_made_anew(folder: Path, damage) -> None:
    calls: list[str] = []
    _counted(calls)("ab")
    [file] = folder.glob("*.table")
    file.write_bytes(damage(file.read_bytes()))
    assert _counted(calls)("ab")[0].tolist() == [2, 3, 4, 5, 6]
    assert calls == ["ab", "ab"]
    _counted(calls)("ab")
    assert calls == ["ab", "ab"]


def test_a_kept_value_of_other_classes_is_not_loaded(folder: Path) -> None:
    cache.keep("one", re.compile("a"))
    assert cache.recall("one") is None


def test_without_a_folder_tables_and_patterns_are_made_all_the_same(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    calls: list[str] = []
    assert _counted(calls)("ab")[1] == {"a": (1, "b")}
    assert late.late(re.compile, "in no [f]older").match("in no folder")


_PATTERNS = [
    (re.compile, "[\u4e00-\u9fff]{2,}(?P<tail>[a-z])", re.IGNORECASE, "\u4e2d\u6587X"),
    (re.compile, r" (?<=[a-c] ) d  # why", re.VERBOSE, "b d"),
    (re.compile, "[\ud800-\udfff]", 0, "a\ud801"),
    (regex.compile, r"(?<name>\p{Han}++)\d", regex.V1, "\u4e2d\u65875"),
]


@pytest.mark.parametrize(("make", "text", "flags", "example"), _PATTERNS)
def test_a_pattern_from_the_cache_is_the_pattern(folder: Path, make, text: str, flags: int, example: str) -> None:
    plain = make(text, flags)
    for _ in range(2):  # compiled and kept, then found
        late._programs.clear()
        found = late.late(make, text, flags)
        assert (found.pattern, found.flags, found.groups, found.groupindex) == (
            plain.pattern, plain.flags, plain.groups, plain.groupindex,
        )  # fmt: skip
        match = plain.search(example)
        assert (found.search(example) and found.search(example).span()) == (match and match.span())
    assert list(folder.glob("*.patterns"))


def test_what_is_wrong_with_a_pattern_is_said_at_its_first_use(folder: Path) -> None:
    wrong, right = late.late(re.compile, "(ab"), late.late(re.compile, "[y]es")
    try:
        assert right.search("yes")
        with pytest.raises(re.error):
            wrong.search("ab")
    finally:
        del late._late["re", "(ab", 0]


_PROCESS = """
import siftline
from siftline import late
made, plain = [], late._program
late._program = lambda key: made.append(key) or plain(key)
assert siftline.repair("na\u00c3\u00afve caf\u00c3\u00a9") == "na\u00efve caf\u00e9"
print(len(made))
"""


def test_the_second_process_compiles_nothing(folder: Path) -> None:
    runs = [subprocess.run([sys.executable, "-c", _PROCESS], capture_output=True, check=True) for _ in range(2)]
    first, second = (int(run.stdout) for run in runs)
    assert first > 20
    assert second == 0
