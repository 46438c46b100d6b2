"""Hugging Face's datasets: mapped, streamed, in several processes, and from the cache."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

os.environ.setdefault("HF_HUB_OFFLINE", "1")
pytest.importorskip("datasets", reason="the extra datasets is not installed", exc_type=ImportError)

import datasets
from datasets import Dataset, DatasetDict, Features, IterableDataset, Value
from datasets.fingerprint import Hasher

from adapter_help import DOCUMENTS, PAGE, PROSE, ZH, as_columns, columns, examples, piped, restored
from siftline.adapters.datasets import SiftlineClean, clean

pytestmark = pytest.mark.filterwarnings("ignore")
ALL = ["text", "languages", "title", "body", "pairs", "meta", "ledger", "error"]
ROWS = [{"id": at, "content": text} for at, text in enumerate(DOCUMENTS)]


@pytest.fixture(autouse=True)
def quiet():
    datasets.disable_progress_bars()


@pytest.fixture(scope="module")
def expected():
    return [columns(record) for record in piped(DOCUMENTS)]


def check(rows, expected):
    rows = list(rows)
    assert [row["id"] for row in rows] == list(range(len(DOCUMENTS)))
    assert [as_columns(row) for row in rows] == expected
    assert [restored(row["ledger"]) for row in rows] == [row["content"] for row in rows] == DOCUMENTS
    assert all(row["error"] is None for row in rows)


@pytest.mark.parametrize("way", [{}, {"num_proc": 2, "batch_size": 7}, {"jobs": 2}])
def test_rows_come_out_as_from_the_pipe(expected, way):
    out = clean(Dataset.from_list(ROWS), text="content", columns=ALL, **way)
    assert out.features["error"] == Value("string")
    check(out, expected)


@pytest.mark.parametrize("known", [True, False])
def test_streams_come_out_the_same(expected, known):
    stream = Dataset.from_list(ROWS).to_iterable_dataset() if known else IterableDataset.from_generator(lambda: ROWS)
    out = clean(stream, text="content", columns=ALL)
    assert isinstance(out, IterableDataset)
    check(out, expected)


@pytest.mark.parametrize("form", ["arrow", "pandas", "numpy"])
def test_formats_stay(form):
    out = clean(Dataset.from_list(ROWS).with_format(form), text="content", columns=["text"])
    assert out.format["type"] == form
    assert [row["text"] for row in out.with_format(None)] == [record["text"] for record in piped(DOCUMENTS)]


def test_dictionaries_are_cleaned_part_by_part():
    parts = DatasetDict({"train": Dataset.from_list(ROWS[:3]), "test": Dataset.from_list(ROWS[3:5])})
    out = clean(parts, text="content", batch_size=2, columns=["text"])
    assert {name: part.column_names for name, part in out.items()} == {key: ["id", "content", "text"] for key in parts}
    assert out["test"][1]["text"] == piped(DOCUMENTS[4:5])[0]["text"]


def test_one_bad_row_costs_itself_wherever_it_comes():
    rows = [{"html": PAGE.encode()}] * 130 + [
        {"html": b"\x89PNG\x00\x00"},
        {"html": None},
        {"html": PAGE.encode("utf-16")},
    ]
    out = clean(Dataset.from_list(rows, features=Features({"html": Value("binary")})), html="html")
    kinds = [row and json.loads(row)["kind"] for row in out["error"]]
    assert kinds == [None] * 130 + ["not-text", "bad-record", None]
    assert out[0]["text"] == out[132]["text"] == "\n\n".join([PROSE] * 3)
    assert out[131]["text"] is out[131]["languages"] is None


def test_a_function_alone_needs_the_features():
    data = Dataset.from_list([{"text": ZH}])
    function = SiftlineClean(prefix="clean_")
    assert data.map(function, batched=True, features=function.features(data.features)).features["clean_error"] == Value(
        "string"
    )
    with pytest.raises(ValueError, match="already in the table: languages, title, meta, ledger, error; give a prefix"):
        clean(clean(data))


def test_the_fingerprint_stays_while_nothing_changes(tmp_path):
    function = SiftlineClean("content")
    first = Hasher.hash(function)
    function({"content": DOCUMENTS[:2]})
    assert Hasher.hash(function) == Hasher.hash(SiftlineClean("content")) == first
    code = "from siftline.adapters.datasets import SiftlineClean as S; from datasets.fingerprint import Hasher; print(Hasher.hash(S('content')))"
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONHASHSEED": "7"}
    assert subprocess.check_output([sys.executable, "-c", code], env=env).decode().strip() == first
    (tmp_path / "chrome").mkdir()
    others = [
        {"text": "text"},
        {"html": "content"},
        {"keep_width": True},
        {"stages": ["repair"]},
        {"rules": str(tmp_path)},
    ]
    prints = {Hasher.hash(SiftlineClean(**{"text": "content", **o} if "html" not in o else o)) for o in others}
    assert len(prints | {first}) == len(others) + 1
    empty = Hasher.hash(SiftlineClean("content", rules=str(tmp_path)))
    (tmp_path / "chrome" / "en.toml").write_text("# another rule\n")
    assert Hasher.hash(SiftlineClean("content", rules=str(tmp_path))) != empty


def test_the_examples_run_and_the_cache_serves_the_second_time(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    (tmp_path / "crawl").mkdir()
    with (tmp_path / "crawl" / "a.jsonl").open("w") as file:
        file.writelines(json.dumps(row) + "\n" for row in [*ROWS, {"id": 99, "content": None}])
    names: dict[str, object] = {}
    for code in examples("datasets"):
        exec(compile(code, "example", "exec"), names)
        assert names["articles"].num_rows in (len(ROWS), len(ROWS) + 1)
    before = sorted((path, path.stat().st_mtime_ns) for path in (tmp_path / "cache").rglob("*.arrow"))
    again = clean(names["crawl"], text="content", num_proc=2)
    assert sorted((path, path.stat().st_mtime_ns) for path in (tmp_path / "cache").rglob("*.arrow")) == before
    assert again[-1]["text"] is None
    assert restored(again[0]["ledger"]) == DOCUMENTS[0]
