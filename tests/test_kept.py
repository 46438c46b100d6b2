"""What is kept between processes: tables and patterns that take long to make."""

from __future__ import annotations

import pkgutil
import re
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
import regex

import siftline.repairs
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


def test_without_a_folder_tables_are_made_all_the_same(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    calls: list[str] = []
    assert _counted(calls)("ab")[1] == {"a": (1, "b")}


def _late_patterns() -> list[late._Late]:
    """All patterns of the package that are compiled late, as they are in the modules."""
    modules = [
        import_module(found.name) for found in pkgutil.walk_packages(siftline.repairs.__path__, "siftline.repairs.")
    ]
    return [value for module in modules for value in vars(module).values() if isinstance(value, late._Late)]


def _forgotten() -> None:
    """Forget what is known in memory, as another process would not know it."""
    late._code.cache_clear()  # type: ignore[attr-defined]
    late._of_regex.cache_clear()  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", [r"(?P<a>[㐀-鿿]+)|(?P<b>x)\1?", "(?i)ÄB[^а-я]", r"(?<=[。！])\s{2,}"])
def test_a_pattern_from_the_cache_is_the_one_that_was_compiled(folder: Path, text: str) -> None:
    _forgotten()
    fresh = late.late(re.compile, text, re.M).search.__self__
    _forgotten()
    kept = late.late(re.compile, text, re.M).search.__self__
    assert len(list(folder.glob("*.table"))) == 1
    assert kept is not fresh
    assert kept == fresh == re.compile(text, re.M)  # text, flags and code
    assert kept.groupindex == re.compile(text, re.M).groupindex


def test_every_late_pattern_is_what_its_module_would_compile(folder: Path) -> None:
    found = [pattern for one in _late_patterns() if isinstance(pattern := one.search.__self__, re.Pattern)]
    assert len(found) > 20
    for pattern in found:
        assert pattern == re.compile(pattern.pattern, pattern.flags & ~re.UNICODE)


@pytest.mark.parametrize("damage", [lambda data: data[:-3], lambda data: b"", lambda data: data[:9] + b"x" + data[10:]])
@pytest.mark.parametrize("make", [re.compile, regex.compile])
def test_a_broken_pattern_is_compiled_anew(folder: Path, damage, make) -> None:
    _forgotten()
    assert late.late(make, "[a-c]{2}").search("xabc")[0] == "ab"
    [file] = folder.glob("*.table")
    file.write_bytes(damage(file.read_bytes()))
    _forgotten()
    assert late.late(make, "[a-c]{2}").search("xabc")[0] == "ab"


def test_code_that_is_no_pattern_is_not_taken(folder: Path) -> None:
    _forgotten()
    assert late.late(re.compile, "[a-c]{2}").search("xabc")[0] == "ab"
    [file] = folder.glob("*.table")
    text, flags, code, *rest = cache.recall(file.name)
    cache.keep(file.name, (text, flags, [*code[:-1], 10**6], *rest))
    _forgotten()
    assert late.late(re.compile, "[a-c]{2}").search("xabc")[0] == "ab"
