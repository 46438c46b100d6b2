"""Ray Data: a real cluster on this machine, with actors."""

from __future__ import annotations

import json

import pytest

pytest.importorskip("ray.data", reason="the extra ray is not installed", exc_type=ImportError)

import pyarrow as pa
import pyarrow.parquet as pq
import ray

from adapter_help import DOCUMENTS, PAGE, PROSE, ZH, as_columns, columns, examples, piped, restored
from siftline.adapters.ray import SiftlineClean

pytestmark = pytest.mark.filterwarnings("ignore")
ALL = ["text", "languages", "title", "body", "pairs", "meta", "ledger", "error"]


@pytest.fixture(scope="module", autouse=True)
def cluster():
    ray.init(num_cpus=3, include_dashboard=False, logging_level="error", log_to_driver=False)
    ray.data.DataContext.get_current().enable_progress_bars = False
    ray.data.DataContext.get_current().execution_options.preserve_order = True
    yield
    ray.shutdown()


@pytest.fixture(scope="module")
def expected():
    return piped(DOCUMENTS)


def cleaned(data, **arguments):
    arguments["fn_constructor_kwargs"] = {"columns": ALL, **arguments.pop("fn_constructor_kwargs", {})}
    return data.map_batches(SiftlineClean, compute=ray.data.ActorPoolStrategy(size=2), **arguments)


@pytest.mark.parametrize("form", ["pyarrow", "pandas", "numpy"])
def test_rows_come_out_as_from_the_pipe(expected, form):
    rows = [{"id": at, "content": text, "tags": ["a"]} for at, text in enumerate(DOCUMENTS)]
    data = ray.data.from_items(rows, override_num_blocks=3)
    out = cleaned(data, fn_constructor_kwargs={"text": "content"}, batch_format=form, batch_size=7).take_all()
    assert [row["id"] for row in out] == list(range(len(DOCUMENTS)))
    assert [as_columns(row) for row in out] == [columns(record) for record in expected]
    assert [restored(row["ledger"]) for row in out] == [row["content"] for row in out] == DOCUMENTS
    assert all(row["error"] is None for row in out)


def test_one_bad_row_costs_itself_and_types_stay():
    table = pa.table({"id": [1, 2, 3, 4], "html": [PAGE.encode(), None, b"\x89PNG\x00\x00", PAGE.encode("utf-16")]})
    out = cleaned(ray.data.from_arrow(table), fn_constructor_kwargs={"html": "html"}, batch_format="pyarrow")
    rows = out.take_all()
    assert [row["error"] and json.loads(row["error"])["kind"] for row in rows] == [None, "bad-record", "not-text", None]
    assert rows[0]["text"] == rows[3]["text"] == "\n\n".join([PROSE] * 3)
    assert json.loads(rows[0]["meta"])["author"] == ["Ann Example"]
    assert rows[1]["text"] is rows[1]["languages"] is rows[2]["ledger"] is None
    schema = dict(zip(out.schema().names, out.schema().types, strict=True))
    assert schema["error"] == schema["text"] == pa.string()
    assert schema["languages"] == pa.list_(pa.string())


def test_what_clashes_is_said():
    data = ray.data.from_items([{"text": ZH, "title": "t"}])
    with pytest.raises(Exception, match="already in the table: title; give a prefix"):
        cleaned(data, batch_format="pyarrow").take_all()
    (row,) = cleaned(data, fn_constructor_kwargs={"prefix": "clean_"}, batch_format="pyarrow").take_all()
    assert (row["text"], row["title"], row["clean_text"], row["clean_title"]) == (ZH, "t", ZH, "{}")


def test_the_example_runs_and_its_table_can_be_restored(tmp_path, siftline):
    (tmp_path / "crawl").mkdir()
    with (tmp_path / "crawl" / "a.jsonl").open("w") as file:
        for at, text in enumerate(DOCUMENTS):
            file.write(json.dumps({"id": f"d{at}", "content": text, "url": f"https://www.example.com/{at}"}) + "\n")
    (code,) = examples("Ray Data")
    for folder in ("crawl", "clean"):  # the workers of this cluster began elsewhere
        code = code.replace(f'"{folder}"', repr(str(tmp_path / folder)))
    exec(compile(code, "example", "exec"), {})
    paths = sorted((tmp_path / "clean").glob("*.parquet"))
    table = pa.concat_tables([pq.read_table(path) for path in paths]).to_pylist()
    assert sorted(row["id"] for row in table) == sorted(f"d{at}" for at in range(len(DOCUMENTS)))
    lines = b"".join(siftline("restore", path).stdout for path in paths).splitlines()
    found = {one["id"]: one["text"] for one in map(json.loads, lines)}
    assert found == {f"d{at}": text for at, text in enumerate(DOCUMENTS)}
