"""Parquet: tables to clean, written by pyarrow, and results as tables, read back by it."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from siftline import files, restore
from siftline.files import parquet

PROSE = (
    "The harbour master said on Monday that the ferry would be back before the first frost, whatever the yard may say."
)
ZH = "县水利局昨天公布了新的灌溉计划，沿河十二个村子从明年春天起将分批用上改造后的水渠，工程由省里出资。"
PAGE = f"<html><body><nav><a href=/>Home</a></nav><article>{f'<p>{PROSE}</p>' * 3}</article></body></html>"


def write(path, columns, **options):
    pq.write_table(pa.table(columns), path, **options)
    return path


def read(path):
    return [
        (item.id, item.content, item.error and f"{item.where}: {item.error[1]}") for item in files.items([str(path)])
    ]


def jsonl(*records):
    return "".join(json.dumps(record) + "\n" for record in records).encode()


def results(path):
    return [json.loads(line) for line in path.read_bytes().splitlines()]


@pytest.mark.parametrize(
    "kind",
    [
        pa.string(),
        pa.large_string(),
        pa.string_view(),
        pa.binary(),
        pa.large_binary(),
        pa.dictionary(pa.int32(), pa.string()),
    ],
)
def test_texts_of_any_type_are_read(tmp_path, kind):
    texts = pa.array([PROSE, ZH, PROSE], pa.string())
    texts = texts.dictionary_encode() if pa.types.is_dictionary(kind) else texts.cast(kind)
    wanted = [PROSE.encode(), ZH.encode()] if "binary" in str(kind) else [PROSE, ZH]
    path = write(tmp_path / "t.parquet", {"id": ["a", "b", "a"], "text": texts, "more": [1, 2, 3]}, row_group_size=2)
    assert read(path) == [("a", wanted[0], None), ("b", wanted[1], None), ("a-2", wanted[0], None)]


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_a_packed_table_is_read(tmp_path, pack):
    path = write(tmp_path / "t.parquet", {"id": [1, 2], "html": [PAGE, PAGE]})
    packed = tmp_path / ("p.parquet.gz" if pack is gzip.compress else "p.parquet.zst")
    packed.write_bytes(pack(path.read_bytes()))
    assert read(packed) == [("1", PAGE, None), ("2", PAGE, None)]


def test_rows_become_articles_and_bad_ones_rejects(siftline, tmp_path):
    table = {
        "id": ["../../x", "x", None, "none", "page"],
        "text": [PROSE, f"{ZH}\n京ICP备00000000号-1\n", PROSE, None, None],
        "html": [None, None, None, None, PAGE],
        "url": [None, "https://example.com/x", None, None, "https://example.com/page"],
    }
    write(tmp_path / "in.parquet", table)
    done = siftline("clean", tmp_path / "in.parquet", "--to", "jsonl", "-o", tmp_path / "out.jsonl")
    assert done.returncode == 1
    records = {record["id"]: record for record in results(tmp_path / "out.jsonl")}
    assert {id: record["text"].split("\n\n") for id, record in records.items()} == {
        "x": [PROSE], "x-2": [ZH], "in-3": [PROSE], "page": [PROSE] * 3,
    }  # fmt: skip
    assert records["x-2"]["meta"]["source_url"] == "https://example.com/x"
    (reject,) = results(tmp_path / "out.jsonl.rejects.jsonl")
    assert reject["id"] == "none"
    assert reject["error"]["message"] == "in.parquet, row 4: has neither a `text` nor an `html`"


def test_bytes_are_decoded_and_strings_that_are_none_too(tmp_path, cleaner):
    broken = pa.StringArray.from_buffers(
        3, pa.py_buffer(pa.array([0, 4, 7, 7], pa.int32()).buffers()[1]), pa.py_buffer(b"caf\xe9abc")
    )
    path = write(tmp_path / "t.parquet", {"text": broken})
    assert [content for _, content, _ in read(path)] == [b"caf\xe9", "abc", ""]
    path = write(tmp_path / "t.parquet", {"text": [(ZH * 3).encode("gb18030")]})
    ((_, content, _),) = read(path)
    assert cleaner.clean(content).text == ZH * 3


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (
            {"id": ["a"], "content": ["x"]},
            "t.parquet: has no column `text` or `html`: rename the one that is meant, of id, content",
        ),
        (
            {"text": [["a", "b"]]},
            "t.parquet: its column `text` holds list<element: string>: strings or bytes are needed",
        ),
        ({"text": [1]}, "t.parquet: its column `text` holds int64: strings or bytes are needed"),
    ],
)
def test_wrong_columns_are_named(tmp_path, columns, message):
    assert read(write(tmp_path / "t.parquet", columns)) == [("t", None, message)]


def test_files_that_are_no_tables_cost_only_themselves(siftline, tmp_path):
    good = write(tmp_path / "good.parquet", {"text": [PROSE]}).read_bytes()
    write(tmp_path / "rows.parquet", {"text": pa.array([], pa.string())})
    (tmp_path / "cut.parquet").write_bytes(good[:-20])
    (tmp_path / "empty.parquet").write_bytes(b"")
    (tmp_path / "noise.parquet").write_bytes(b"no table at all")
    (tmp_path / "packed.parquet.gz").write_bytes(gzip.compress(good)[:-20])
    done = siftline("clean", tmp_path, "-o", tmp_path / "out", "--to", "txt")
    assert done.returncode == 1
    assert done.stderr == b""
    assert (tmp_path / "out/good-1.en.txt").read_text() == PROSE + "\n"
    rejects = {reject["id"]: reject["error"]["message"] for reject in results(tmp_path / "out/rejects.jsonl")}
    assert set(rejects) == {"cut", "empty", "noise", "packed"}
    for name, message in rejects.items():
        assert message.startswith(f"{name}.parquet")
        assert "no Parquet file, or not a whole one: " in message
        assert "\n" not in message


def test_a_group_of_rows_that_is_broken_costs_itself(tmp_path):
    texts = [f"{PROSE} {number}" for number in range(9)]
    path = write(tmp_path / "t.parquet", {"text": texts}, row_group_size=3, compression="gzip", use_dictionary=False)
    chunk = pq.ParquetFile(path).metadata.row_group(1).column(0)
    end = chunk.data_page_offset + chunk.total_compressed_size
    raw = bytearray(path.read_bytes())
    raw[end - 60 : end - 20] = b"\xff" * 40
    path.write_bytes(raw)
    found = read(path)
    assert [content for _, content, error in found if not error] == texts[:3] + texts[6:]
    ((id, _, error),) = [each for each in found if each[2]]
    assert id == "t-4"
    assert error.startswith("t.parquet, row 4: cannot be read, nor what follows up to row 6: ")


@pytest.fixture(scope="module")
def inputs(tmp_path_factory, root):
    """The seeds, and what tables have no place for."""
    path = tmp_path_factory.mktemp("in") / "odd.jsonl"
    odd = ["a\x00b", "\ud800 lone", "", f"Home | News\n{PROSE}\r\n\r\nShare\n", "Ã©tÃ© naÃ¯f"]
    path.write_bytes(jsonl(*({"id": str(number), "text": text} for number, text in enumerate(odd))) + b"no json\n")
    latin = path.with_name("latin.txt")
    latin.write_bytes(PROSE.encode() + b" caf\xe9 \xff\xfe end.\n" + ZH.encode())
    return [path, latin, root / "seeds"]


@pytest.fixture(scope="module")
def both(siftline, tmp_path_factory, inputs):
    """The same results as JSON lines and as a table."""
    out = tmp_path_factory.mktemp("out")
    for kind in ("jsonl", "parquet"):
        done = siftline("clean", *inputs, "--to", kind, "-o", out / f"r.{kind}", "--jobs", 2)
        assert done.returncode == 1, done.stderr
    return out


def test_a_table_holds_what_json_lines_hold(both):
    rows = pq.read_table(both / "r.parquet").to_pylist()
    records = results(both / "r.jsonl")
    assert len(rows) == len(records) > 10
    for row, record in zip(rows, records, strict=True):
        plain = {"id": row["id"], "languages": row["languages"], "pairs": row["pairs"]}
        nested = {name: json.loads(row[name]) for name in ("title", "body", "meta", "lines", "changes")}
        source = {} if row["source"] is None else {"source": json.loads(row["source"])}
        assert {**plain, **nested, **source, "text": record["text"]} == record
        assert row["text"] == record["text"].replace("\ud800", "\ufffd")
    assert (both / "r.parquet.rejects.jsonl").read_bytes() == (both / "r.jsonl.rejects.jsonl").read_bytes()


def test_the_schema_is_the_one_of_the_documentation(both, root):
    schema = pq.read_schema(both / "r.parquet")
    page = (root / "docs/formats.md").read_text(encoding="utf-8")
    assert schema.names == list(parquet.COLUMNS)
    for field in schema:
        kind = str(field.type).replace("element: ", "")
        assert [line for line in page.splitlines() if f"`{field.name}`" in line and f"| {kind} |" in line]


def test_a_table_restores_as_json_lines_do(siftline, both):
    lines = siftline("restore", both / "r.jsonl")
    table = siftline("restore", both / "r.parquet")
    assert (table.returncode, table.stdout) == (0, lines.stdout)
    assert lines.stdout == siftline("restore", stdin=(both / "r.jsonl").read_bytes()).stdout
    row = pq.read_table(both / "r.parquet").to_pylist()[5]
    nested = {name: json.loads(row[name]) for name in ("lines", "changes", "source")}
    assert restore(nested) == PROSE.encode() + b" caf\xe9 \xff\xfe end.\n" + ZH.encode()


def test_workers_and_hash_seeds_change_no_byte_of_a_table(siftline, both, inputs, tmp_path):
    for jobs, seed in ((1, "1"), (2, "2")):
        env = {**os.environ, "PYTHONHASHSEED": seed}
        siftline("clean", *inputs, "--to", "parquet", "-o", tmp_path / "t", "--jobs", jobs, env=env)
        assert (tmp_path / "t").read_bytes() == (both / "r.parquet").read_bytes()


def test_without_a_ledger_its_columns_are_missing_and_restore_says_so(siftline, tmp_path):
    (tmp_path / "a.txt").write_text(PROSE)
    siftline("clean", tmp_path / "a.txt", "--to", "parquet", "--ledger", "none", "-o", tmp_path / "o.parquet")
    assert pq.read_schema(tmp_path / "o.parquet").names == list(parquet.COLUMNS[:-3])
    done = siftline("restore", tmp_path / "o.parquet")
    assert done.returncode == 2
    assert done.stderr.decode().count("\n") == 1
    assert "o.parquet: needs the columns id, lines, changes, source" in done.stderr.decode()


def test_a_run_without_documents_writes_a_table_without_rows(siftline, tmp_path):
    write(tmp_path / "in.parquet", {"text": pa.array([], pa.string())})
    done = siftline("clean", tmp_path / "in.parquet", "--to", "parquet", "-o", tmp_path / "out.parquet")
    assert done.returncode == 0, done.stderr
    assert pq.read_table(tmp_path / "out.parquet").num_rows == 0


def test_groups_are_written_as_they_fill_up(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "_GROUP_ROWS", 4)
    record = {"id": "a", "languages": [], "title": {}, "body": {}, "text": "", "pairs": [[0, 1]], "meta": {}}
    with files.replacing(tmp_path / "t.parquet") as out, files.parquet_writer(out, ledger=False) as add:
        for _ in range(10):
            add(files.json_line(record))
    meta = pq.ParquetFile(tmp_path / "t.parquet").metadata
    assert [meta.row_group(number).num_rows for number in range(meta.num_row_groups)] == [4, 4, 2]


def test_a_run_that_breaks_off_leaves_what_was_there(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "_GROUP_ROWS", 1)
    (tmp_path / "t.parquet").write_bytes(b"as it was")

    def broken():
        with files.replacing(tmp_path / "t.parquet") as out, files.parquet_writer(out, ledger=False) as add:
            add(files.json_line({"id": "a", "text": ""}))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"t.parquet": b"as it was"}


@pytest.mark.parametrize(
    "args", [["clean", "t.parquet"], ["clean", "a.txt", "--to", "parquet", "-o", "o.parquet"], ["restore", "t.parquet"]]
)
def test_without_pyarrow_the_message_names_the_extra(tmp_path, args):
    write(tmp_path / "t.parquet", {"text": [PROSE]})
    (tmp_path / "a.txt").write_text(PROSE)
    code = f"import sys; sys.modules['pyarrow'] = None; from siftline import cli; sys.exit(cli.main({args}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 2
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith("siftline: ")
    assert line.endswith("needs pyarrow: pip install 'siftline[parquet]'")
    assert {path.name for path in Path(tmp_path).iterdir()} == {"t.parquet", "a.txt"}


def test_a_folder_is_no_table(siftline, tmp_path):
    (tmp_path / "a.txt").write_text(PROSE)
    done = siftline("clean", tmp_path / "a.txt", "--to", "parquet", "-o", tmp_path)
    assert done.returncode == 2
    assert b"with --to parquet, -o names a file" in done.stderr
