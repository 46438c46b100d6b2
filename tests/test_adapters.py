"""What holds for all adapters, also where none of their frameworks is installed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from siftline import restore
from siftline.adapters.tables import COLUMNS, USUAL, TableCleaner

ROOT = Path(__file__).resolve().parents[1]
EXTRAS = {
    "datatrove": "datatrove",
    "ray": "ray",
    "spark": "pyspark",
    "datasets": "datasets",
    "scrapy": "scrapy",
    "langchain": "langchain_core",
}
ZH = "县水利局昨天公布了新的灌溉计划，沿河十二个村子从明年春天起将分批用上改造后的水渠，工程由省里出资。"


def python(code: str) -> str:
    command = [sys.executable, "-c", f"import sys; sys.path[:] = {sys.path!r}\n{code}"]
    return subprocess.run(command, capture_output=True, check=True, timeout=100).stdout.decode()


@pytest.mark.parametrize("extra", EXTRAS)
def test_a_framework_that_is_missing_is_named_with_its_extra(extra):
    code = (
        f"sys.modules[{EXTRAS[extra]!r}] = None\n"
        f"try:\n    import siftline.adapters.{extra}\nexcept ImportError as error:\n    print(error)"
    )
    said = python(code)
    assert said.startswith(f"siftline.adapters.{extra}: ")
    assert said.endswith(f": pip install 'siftline[{extra}]'\n")
    assert said.count("\n") == 1


def test_nothing_of_a_framework_is_imported_without_need():
    code = "import siftline.service, siftline.adapters, siftline.adapters.tables\nprint(*sys.modules)"
    found = {name.partition(".")[0] for name in python(code).split()}
    assert not found & {*EXTRAS.values(), "pandas", "pyarrow", "twisted"}


def test_every_adapter_has_its_extra_and_its_place_in_the_docs():
    modules = {path.stem for path in (ROOT / "pipeline" / "siftline" / "adapters").glob("*.py")}
    assert modules - {"__init__", "common", "tables"} == set(EXTRAS)
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    assert set(EXTRAS) <= set(extras)
    assert extras["adapters"] == [f"siftline[{','.join(sorted(EXTRAS))}]"]
    docs = (ROOT / "docs" / "adapters.md").read_text(encoding="utf-8")
    assert {name for name in EXTRAS if f"siftline[{name}]" in docs} == set(EXTRAS)
    assert set(re.findall(r"siftline\.adapters\.(\w+)", docs)) == set(EXTRAS)


def test_the_docs_name_the_columns_that_are_added():
    docs = (ROOT / "docs" / "adapters.md").read_text(encoding="utf-8")
    table = docs.partition("### Columns")[2].partition("\n\n## ")[0]
    rows = re.findall(r"^\| (`.*?) \|", table, re.M)
    assert [name for row in rows[:-1] for name in re.findall(r"`(\w+)`", row)] == list(USUAL)
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == set(COLUMNS)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"text": "a", "html": "b"}, "not both text='a' and html='b'"),
        ({"columns": ["text", "colour"]}, "unknown columns colour; known are text"),
    ],
)
def test_arguments_that_make_no_sense_are_said(arguments, message):
    with pytest.raises(ValueError, match=message):
        TableCleaner(**arguments)


def test_a_mapping_gets_the_columns_that_are_asked_for():
    cleaner = TableCleaner("a", columns=["text", "ledger", "error"], prefix="x_")
    raw = f"{ZH}\n\n京ICP备00000000号-1\n".encode("gb18030")
    out = cleaner({"a": [raw, bytearray(raw), float("nan"), memoryview(raw), "a\ud800 b."], "text": [1] * 5})
    cleaner.service.end()
    assert list(out) == ["x_text", "x_ledger", "x_error"]
    assert out["x_text"][:4] == [ZH, ZH, None, ZH]
    out["x_text"][4].encode()  # a lone surrogate would not go
    assert out["x_error"] == [None, None, '{"kind":"bad-record","message":"holds neither text nor bytes"}', None, None]
    assert [restore(json.loads(one)) for one in out["x_ledger"] if one] == [raw, raw, raw, "a\ud800 b."]


def test_addresses_are_read_where_a_column_has_them():
    cleaner = TableCleaner(html="page", url="where", columns=["meta"])
    page = "<html><body><p>The ferry came back on Monday, after a winter in the yard.</p></body></html>"
    out = cleaner({"page": [page, page], "where": ["https://www.example.com/a", None]})
    cleaner.service.end()
    assert out["meta"] == ['{"source_url":"https://www.example.com/a"}', "{}"]
