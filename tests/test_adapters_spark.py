"""Spark: a real local session, with Python workers of its own."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import sys

import pytest

pytest.importorskip("pyspark", reason="the extra spark is not installed", exc_type=ImportError)
if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
    pytest.skip("there is no Java, which Spark needs", allow_module_level=True)

import pyarrow as pa
from pyspark.sql import SparkSession
from pyspark.sql.types import ArrayType, IntegerType, StringType

from adapter_help import DOCUMENTS, PAGE, PROSE, ZH, as_columns, columns, examples, piped, restored
from siftline.adapters import spark as module
from siftline.adapters.spark import ROWS, Partition, clean
from siftline.adapters.tables import TableCleaner

pytestmark = pytest.mark.filterwarnings("ignore")
ALL = ["text", "languages", "title", "body", "pairs", "meta", "ledger", "error"]


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        builder = SparkSession.builder.master("local[2]").appName("siftline")
        for key, value in {
            "spark.ui.enabled": "false",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.sql.shuffle.partitions": "2",
            "spark.driver.memory": "1g",
            "spark.sql.warehouse.dir": str(tmp_path_factory.mktemp("warehouse")),
        }.items():
            builder = builder.config(key, value)
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("OFF")
        yield session
        session.stop()


def test_rows_come_out_as_from_the_pipe(spark):
    rows = [(at, text, ["a"]) for at, text in enumerate(DOCUMENTS)]
    frame = spark.createDataFrame(rows, "id long, content string, tags array<string>").repartition(3)
    found = clean(frame, text="content", columns=ALL).orderBy("id").collect()
    rows = [row.asDict() for row in found]
    assert [row["id"] for row in rows] == list(range(len(DOCUMENTS)))
    assert [as_columns(row) for row in rows] == [columns(record) for record in piped(DOCUMENTS)]
    assert [restored(row["ledger"]) for row in rows] == [row["content"] for row in rows] == DOCUMENTS
    assert all(row["error"] is None and row["tags"] == ["a"] for row in rows)


def test_one_bad_row_costs_itself(spark):
    pages = [PAGE.encode(), None, b"\x89PNG\x00\x00", PAGE.encode("utf-16")]
    frame = spark.createDataFrame(list(enumerate(pages)), "id int, html binary").coalesce(1)
    rows = clean(frame, html="html").collect()
    assert [row.id for row in rows] == [0, 1, 2, 3]
    assert [row.error and json.loads(row.error)["kind"] for row in rows] == [None, "bad-record", "not-text", None]
    assert rows[0].text == rows[3].text == "\n\n".join([PROSE] * 3)
    assert json.loads(rows[0].meta)["date"] == "2024-03-05T08:00:00"
    assert rows[1].text is rows[1].languages is rows[2].ledger is None


def test_the_schema_is_known_before_anything_runs(spark):
    frame = spark.createDataFrame([(ZH, 1)], "text string, n int")
    assert clean(frame, columns=["text", "error"]).columns == ["text", "n", "error"], "in the place of the text"
    schema = clean(frame, prefix="clean_", columns=ALL).schema
    assert schema.fieldNames() == ["text", "n", *(f"clean_{name}" for name in ALL)]
    assert schema["clean_languages"].dataType == ArrayType(StringType())
    assert schema["clean_pairs"].dataType == ArrayType(ArrayType(IntegerType()))
    with pytest.raises(ValueError, match="already in the table: title; give a prefix"):
        clean(spark.createDataFrame([(ZH, 1)], "text string, Title int").withColumnRenamed("Title", "title"))
    with pytest.raises(ValueError, match="there is no column body, but text, n"):
        clean(frame, text="body")


def test_a_partition_is_taken_in_pieces_in_order(spark):
    rows = [(at, f"{PROSE} {at}") for at in range(ROWS + 44)]
    frame = spark.createDataFrame(rows, "id int, text string").coalesce(1)
    found = clean(frame, columns=["text"]).collect()
    assert [row.text for row in found] == [f"{PROSE} {at}" for at in range(ROWS + 44)]


def test_a_worker_keeps_its_process_for_the_next_partition():
    first, second, other = TableCleaner("a"), TableCleaner("a"), TableCleaner("a", keep_width=True)

    def process(cleaner):
        batch = pa.RecordBatch.from_pydict({"a": [PROSE]})
        list(Partition(pickle.loads(pickle.dumps(cleaner)))([batch]))
        (kept,) = module._kept.values()
        return kept.service._started.workers[0].process

    before = process(first)
    assert process(second) is before
    assert process(other) is not before
    assert before.exitcode is not None
    next(iter(module._kept.values())).service.end()
    module._kept.clear()


def test_streams_are_cleaned(spark, tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": DOCUMENTS[1]}))
    stream = clean(spark.readStream.schema("text string").json(str(tmp_path)), columns=["text"])
    query = stream.writeStream.format("memory").queryName("articles").trigger(availableNow=True).start()
    query.awaitTermination(100)
    assert [row.text for row in spark.table("articles").collect()] == [piped(DOCUMENTS[1:2])[0]["text"]]


def test_the_example_runs_and_its_table_can_be_restored(spark, tmp_path, siftline):
    (tmp_path / "crawl").mkdir()
    with (tmp_path / "crawl" / "a.jsonl").open("w") as file:
        for at, text in enumerate([*DOCUMENTS[:5], None]):
            file.write(json.dumps({"id": f"d{at}", "content": text, "url": f"https://www.example.com/{at}"}) + "\n")
    (code,) = examples("Spark")
    for folder in ("crawl", "clean"):  # the session began elsewhere
        code = code.replace(f'"{folder}"', repr(str(tmp_path / folder)))
    exec(compile(code, "example", "exec"), {})
    paths = sorted((tmp_path / "clean").glob("*.parquet"))
    found = [json.loads(line) for path in paths for line in siftline("restore", path).stdout.splitlines()]
    by_id = {one["id"]: one for one in found}
    assert {name: one["text"] for name, one in by_id.items() if "text" in one} == {
        f"d{at}": text for at, text in enumerate(DOCUMENTS[:5])
    }
    assert by_id["d5"]["error"]["kind"] == "no-ledger"
