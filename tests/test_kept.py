"""What is kept between processes: tables that take long to make."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from siftline import cache, tables


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


def test_without_a_folder_tables_are_made_all_the_same(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    calls: list[str] = []
    assert _counted(calls)("ab")[1] == {"a": (1, "b")}
