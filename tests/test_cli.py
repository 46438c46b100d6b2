"""The command line as other programs use it: what goes in, what comes out, and the exit status."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import os
import random
import subprocess
import sys
import threading

import pytest
import zstandard

from siftline import arriving

PROSE = (
    "The harbour master said on Monday that the ferry would be back before the first frost, whatever the yard may say."
)
ZH = "县水利局昨天公布了新的灌溉计划，沿河十二个村子从明年春天起将分批用上改造后的水渠，工程由省里出资。"


def lines(raw):
    return [json.loads(line) for line in raw.decode("utf-8", "surrogatepass").splitlines() if line]


def jsonl(*records):
    return "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records).encode("utf-8", "surrogatepass")


def test_pipe_answers_one_for_one_and_in_order(siftline):
    records = [{"id": f"d{n}", "text": f"{PROSE} {n}.\n\nShare on Facebook\n"} for n in range(30)]
    done = siftline("pipe", "--jobs", 2, stdin=jsonl(*records))
    out = lines(done.stdout)
    assert [r["id"] for r in out] == [r["id"] for r in records]
    assert [r["text"] for r in out] == [f"{PROSE} {n}." for n in range(30)]
    assert done.returncode == 0


def test_pipe_answers_before_it_is_asked_again():
    """A program that writes a line and waits for its answer gets it."""
    command = [sys.executable, "-m", "siftline", "pipe", "--jobs", "2"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        guard = threading.Timer(60, process.kill)
        guard.start()
        for number in range(3):
            process.stdin.write(jsonl({"id": str(number), "text": PROSE}))
            process.stdin.flush()
            assert json.loads(process.stdout.readline() or "{}").get("id") == str(number)
        process.stdin.close()
        assert process.wait() == 0
        guard.cancel()


def test_lines_that_are_still_being_written_are_taken_together_and_half_a_line_is_not_waited_for(monkeypatch):
    """The rest of a line that comes a little later joins the lines before it; one that never comes keeps none back."""
    ends = os.pipe()
    monkeypatch.setattr(arriving, "_REST", 60.0)  # on a busy machine the writer may come late
    with os.fdopen(ends[0], "rb") as stream:
        os.write(ends[1], b"first\nsec")
        threading.Timer(0.01, os.write, (ends[1], b"ond\nthird\nfou")).start()
        found = arriving.lines(stream)
        assert [next(found) for _ in range(3)] == [b"first\n", b"second\n", b"third\n"]
        monkeypatch.setattr(arriving, "_REST", 0.01)
        assert next(found) is None
        os.write(ends[1], b"rth\n")
        os.close(ends[1])
        assert [line for line in found if line] == [b"fourth\n"]


def test_pipe_puts_an_error_in_the_place_of_a_bad_line(siftline):
    stdin = jsonl({"id": "a", "text": PROSE}) + b"not json\n" + jsonl({"id": "c"}, {"id": "d", "text": ZH})
    done = siftline("pipe", stdin=stdin)
    out = lines(done.stdout)
    assert [("error" in r) for r in out] == [False, True, True, False]
    assert [r["id"] for r in out] == ["a", "line-2", "c", "d"]
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr


def test_restore_gives_the_inputs_back(siftline):
    texts = [
        f"Home | News | Sport\n{PROSE}\r\n\r\nShare\n",
        "",
        "\ufeff标题\r\n" + ZH,
        "\ud800 lone",
        "a\x00b",
        "Ã©tÃ© naÃ¯f â€œwordâ€\x9d",
    ]
    records = [{"id": str(n), "text": text} for n, text in enumerate(texts)]
    results = siftline("pipe", stdin=jsonl(*records)).stdout
    assert [r["text"] for r in lines(siftline("restore", stdin=results).stdout)] == texts


def test_restore_says_what_it_cannot_restore(siftline):
    bad = [b"[" * 100_000, b"[1]", b"no json", b'"' + b"\xff" * 9]
    done = siftline("restore", stdin=jsonl({"id": "a", "text": "x"}) + b"\n".join(bad))
    assert done.returncode == 1
    assert [line["error"]["kind"] for line in lines(done.stdout)] == ["no-ledger"] * 5


def test_stages_leave_open_what_later_ones_decide(siftline):
    done = siftline("pipe", "--stages", "repair", stdin=jsonl({"id": "a", "text": "Share\u200b\n" + PROSE}))
    (record,) = lines(done.stdout)
    assert record["languages"] == ["und"]
    assert record["body"] == {"und": ["Share", PROSE]}


def test_ledger_none_leaves_out_what_restore_needs(siftline):
    (record,) = lines(siftline("pipe", "--ledger", "none", stdin=jsonl({"id": "a", "text": PROSE})).stdout)
    assert "changes" not in record
    assert "lines" not in record


@pytest.mark.parametrize(
    ("args", "word"),
    [
        (["clean", "nowhere.txt"], "nowhere.txt"),
        (["pipe", "--stages", "rapair"], "rapair"),
        (["clean", ".", "--jobs", "0"], "above 0"),
        (["pipe", "--timeout", "0"], "above 0"),
        (["pipe", "--timeout", "nan"], "above 0"),
        (["pipe", "--strictness", "half"], "from 0 to 1"),
        (["pipe", "--stages", ""], "names no stage"),
        (["pipe", "--dictionary", "nowhere.u8"], "nowhere.u8: No such file"),
        (["pipe", "--dictionary", __file__], "no line of it is one of CC-CEDICT"),
        (["pipe", "--rules", "nowhere"], "nowhere"),
        (["wash"], "wash"),
        (["restore", "nowhere.jsonl"], "nowhere.jsonl"),
        (["restore", "nowhere.parquet"], "nowhere.parquet"),
        (["restore", "nowhere.txt"], ".jsonl or .parquet"),
    ],
)
def test_wrong_usage_is_one_line_and_status_2(siftline, tmp_path, args, word):
    done = siftline(*args, cwd=tmp_path)
    assert done.returncode == 2
    assert word in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_a_malformed_rule_ends_the_run_before_anything_is_written(siftline, tmp_path):
    rules = tmp_path / "rules" / "chrome"
    rules.mkdir(parents=True)
    (rules / "en.toml").write_text('[x]\nwhy = "y"\nmatch = "("\naction = "cut"\nhits = ["a"]\nmisses = ["b", "c"]\n')
    (tmp_path / "a.txt").write_text(PROSE)
    done = siftline("clean", tmp_path / "a.txt", "-o", tmp_path / "out", "--rules", tmp_path / "rules")
    assert done.returncode == 2
    assert done.stderr.decode().count("\n") == 1
    assert "en.toml:1: x: `match` is not a pattern" in done.stderr.decode()
    assert not (tmp_path / "out").exists()


def test_clean_writes_the_files_of_the_format(siftline, tmp_path):
    (tmp_path / "a.txt").write_text(f"{ZH}\n\nEnglish version:\n\n{PROSE}\n", encoding="utf-8")
    done = siftline("clean", tmp_path / "a.txt", "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    names = sorted(p.name for p in (tmp_path / "out").iterdir())
    assert names[:4] == ["a.changes.jsonl", "a.en.txt", "a.md", "a.zh.txt"] or names[:5] == [
        "a.changes.jsonl",
        "a.en.txt",
        "a.md",
        "a.zh-en.tsv",
        "a.zh.txt",
    ]
    assert "index.html" in names
    assert (tmp_path / "out/a.en.txt").read_text(encoding="utf-8") == PROSE + "\n"


def test_an_article_file_comes_out_as_it_went_in(siftline, tmp_path):
    (tmp_path / "a.txt").write_text(
        f"A ferry returns\n2020-05-02\n{PROSE}\n\n{ZH}\n\nShare on Facebook\n", encoding="utf-8"
    )
    siftline("clean", tmp_path / "a.txt", "-o", tmp_path / "one")
    done = siftline("clean", tmp_path / "one/a.md", "-o", tmp_path / "two")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "one/a.md").read_bytes() == (tmp_path / "two/a.md").read_bytes()
    assert b"title" in (tmp_path / "one/a.md").read_bytes()


def tree(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_runs_workers_and_hash_seeds_give_the_same_bytes(siftline, tmp_path, root):
    trees = []
    for number, (jobs, seed) in enumerate([(1, "0"), (2, "1"), (2, "0")]):
        out = tmp_path / str(number)
        done = siftline("clean", root / "seeds", "-o", out, "--jobs", jobs, env={**os.environ, "PYTHONHASHSEED": seed})
        assert done.returncode == 0, done.stderr
        trees.append(tree(out))
    assert trees[0] == trees[1] == trees[2]


def test_a_second_run_changes_no_byte(siftline, tmp_path, root):
    siftline("clean", root / "seeds", "-o", tmp_path)
    first = tree(tmp_path)
    siftline("clean", root / "seeds", "-o", tmp_path)
    assert tree(tmp_path) == first


def test_an_article_in_fewer_languages_leaves_no_old_file_behind(siftline, tmp_path):
    source = tmp_path / "a.txt"
    source.write_text(f"{ZH}\n\n{PROSE}\n", encoding="utf-8")
    siftline("clean", source, "-o", tmp_path / "out")
    source.write_text(f"{ZH}\n", encoding="utf-8")
    siftline("clean", source, "-o", tmp_path / "out")
    assert not (tmp_path / "out/a.en.txt").exists()


def test_packed_files_records_and_clashing_names(siftline, tmp_path):
    src = tmp_path / "in"
    src.mkdir()
    (src / "a.txt").write_text(PROSE)
    (src / "a.html").write_text(f"<html><body><article><p>{PROSE}</p><p>{PROSE}!</p></article></body></html>")
    (src / "b.txt.gz").write_bytes(gzip.compress(ZH.encode("gb18030")))
    (src / "c.txt.zst").write_bytes(zstandard.compress(ZH.encode()))
    (src / "e.txt.bz2").write_bytes(bz2.compress(ZH.encode()))
    (src / "f.txt.xz").write_bytes(lzma.compress(ZH.encode()))
    (src / "d.jsonl").write_bytes(jsonl({"id": "../../x", "text": PROSE}, {"text": ZH}))
    out = tmp_path / "out.jsonl"
    done = siftline("clean", src, "--to", "jsonl", "-o", out)
    assert done.returncode == 0, done.stderr
    records = {r["id"]: r for r in lines(out.read_bytes())}
    assert set(records) == {"a", "a.txt", "b", "c", "e", "f", "x", "d-2"}
    assert {records[name]["text"] for name in "bcef"} == {ZH}


def test_standard_input_is_a_document(siftline, tmp_path):
    done = siftline("clean", "-", "--to", "jsonl", "-o", tmp_path / "out.jsonl", stdin=f"{PROSE}\nShare\n".encode())
    assert done.returncode == 0, done.stderr
    (record,) = lines((tmp_path / "out.jsonl").read_bytes())
    assert (record["id"], record["text"]) == ("stdin", PROSE)


def test_a_fragment_of_a_page_keeps_its_text(siftline):
    html = f"<p>{PROSE}</p><p>Two.</p><script>let hidden = 1</script>"
    (record,) = lines(siftline("pipe", stdin=jsonl({"id": "a", "html": html})).stdout)
    assert record["body"] == {"en": [PROSE, "Two."]}


def test_ids_never_leave_the_output_folder(siftline, tmp_path):
    source = tmp_path / "in.jsonl"
    source.write_bytes(
        jsonl(
            {"id": "../../../escaped", "text": PROSE},
            {"id": "/abs/olute", "text": PROSE},
            {"id": "a\x00b/..", "text": PROSE},
            {"id": "escaped.md/index.html/x", "text": PROSE},
            {"id": "index.html/x", "text": PROSE},
        )
    )
    done = siftline("clean", source, "-o", tmp_path / "deep/er/out")
    assert done.returncode == 0, done.stderr
    assert {p.name for p in tmp_path.iterdir()} == {"in.jsonl", "deep"}
    assert not list(tmp_path.rglob("*\x00*")) if os.name != "posix" else True
    assert (tmp_path / "deep/er/out/escaped.md").exists()


def test_explain_names_the_rule_of_a_line(siftline, tmp_path):
    (tmp_path / "a.txt").write_text(f"{PROSE}\nShare on Facebook\n")
    done = siftline("explain", f"{tmp_path / 'a.txt'}:2")
    assert "chrome/en/" in done.stdout.decode()
    assert PROSE not in done.stdout.decode()


def test_explain_counts_lines_as_the_file_does(siftline, tmp_path):
    (tmp_path / "a.txt").write_text(
        "桥已经修好了。　　明天上午就可以通车。\n这是第二行，在文件里也是。\n", encoding="utf-8"
    )
    first, second = (siftline("explain", f"{tmp_path / 'a.txt'}:{n}").stdout.decode() for n in (1, 2))
    assert [line.split()[0] for line in first.splitlines() if "。" in line] == ["1", "1"]
    assert "第二行" in second
    assert "明天" not in second


@pytest.mark.parametrize(("name", "text", "said"), [
    ("a.txt:9", "One line, and no more.\n", "a.txt: there is no line 9; the last one is 1"),
    ("a.txt:0", "One line, and no more.", "a.txt: there is no line 0"),
    ("a.txt:1", "", "a.txt: there is no line 1"),
    ("a.jsonl", "", "a.jsonl: there is no document in it"),
])  # fmt: skip
def test_explain_says_what_is_not_there(siftline, tmp_path, name, text, said):
    (tmp_path / name.partition(":")[0]).write_text(text)
    done = siftline("explain", tmp_path / name)
    assert (done.returncode, done.stdout) == (2, b"")
    assert said in done.stderr.decode()


def test_rules_list_and_check(siftline):
    assert b"chrome/zh/icp-licence" in siftline("rules", "list").stdout
    done = siftline("rules", "check")
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A folder of good documents among everything that breaks tools."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "good.txt").write_text(f"{PROSE}\n\nShare on Facebook\n")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "noise.txt").write_bytes(random.Random(0).randbytes(200_000))
    packed = gzip.compress(ZH.encode() * 500 + random.Random(1).randbytes(5000))
    (folder / "cut.txt.gz").write_bytes(packed[: len(packed) // 2])
    (folder / "invalid.txt").write_bytes(PROSE.encode() + b" caf\xe9 \xff\xfe end.\n" + ZH.encode())
    (folder / "long.txt").write_bytes(("一句话，接着一句话。" * 350_000).encode())
    (folder / "deep.html").write_bytes(b"<html><body>" + b"<div>" * 100_000 + PROSE.encode() + b"</div>" * 100_000)
    (folder / "declared.html").write_bytes(
        f"<html><head><meta charset='utf-8'><title>水渠</title></head><body><article><p>{ZH}</p><p>{ZH}</p></article>".encode(
            "gb18030"
        )
    )
    return folder


def test_bad_input_costs_only_itself(siftline, hostile, tmp_path):
    done = siftline("clean", hostile, "-o", tmp_path / "out")
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    rejects = {r["id"]: r["error"] for r in lines((tmp_path / "out/rejects.jsonl").read_bytes())}
    assert {"noise", "cut"} <= set(rejects) <= {"noise", "cut", "deep"}
    assert all(entry["message"] and "\n" not in entry["message"] for entry in rejects.values())
    assert (tmp_path / "out/good.en.txt").read_text() == PROSE + "\n"
    assert (tmp_path / "out/empty.md").exists()
    assert ZH in (tmp_path / "out/declared.zh.txt").read_text(encoding="utf-8")
    invalid = (tmp_path / "out/invalid.md").read_text(encoding="utf-8")
    assert "caf\ufffd" in invalid
    assert ZH in invalid


def test_a_document_over_its_time_limit_is_a_reject(siftline, tmp_path, hostile):
    endless = tmp_path / "endless.txt"  # it takes five times the limit and more
    endless.write_bytes(("一句话，接着一句话。" * 2_500_000).encode())
    done = siftline(
        "clean",
        endless,
        hostile / "good.txt",
        "-o",
        tmp_path,
        "--timeout",
        "0.5",
        "--to",
        "jsonl",
        "-o",
        tmp_path / "o",
    )
    (reject,) = lines((tmp_path / "o.rejects.jsonl").read_bytes())
    assert (reject["id"], reject["error"]["kind"]) == ("endless", "timeout")
    assert [r["id"] for r in lines((tmp_path / "o").read_bytes())] == ["good"]
    assert done.returncode == 1


@pytest.mark.parametrize("limit", ["inf", "1e12"])
def test_a_time_limit_may_be_as_long_as_one_likes(siftline, limit):
    done = siftline("pipe", "--timeout", limit, stdin=jsonl({"id": "a", "text": PROSE}))
    assert [record["text"] for record in lines(done.stdout)] == [PROSE]


def test_an_extractor_can_be_chosen(siftline):
    html = f"<html><head><title>x</title></head><body><nav><a href=/>Home</a></nav><article><p>{PROSE}</p></article></body></html>"
    record = jsonl({"id": "a", "html": html})
    (whole,) = lines(siftline("pipe", "--extractor", "dom", "--stages", "extract", stdin=record).stdout)
    (chosen,) = lines(siftline("pipe", "--extractor", "trafilatura", "--stages", "extract", stdin=record).stdout)
    assert whole["text"] == f"Home\n\n{PROSE}"
    assert "Home" not in chosen["text"]
    assert siftline("pipe", "--extractor", "lynx", stdin=record).returncode == 2


def test_files_of_a_folder_that_are_none_of_ours_are_counted(siftline, tmp_path):
    (tmp_path / "in" / ".git").mkdir(parents=True)
    for name in ("a.txt", "b.csv", "c.jpg", ".git/d"):
        (tmp_path / "in" / name).write_text(PROSE)
    done = siftline("clean", tmp_path / "in", "-o", tmp_path / "out")
    assert done.returncode == 0
    table = dict(line.rsplit(None, 1) for line in done.stdout.decode().splitlines() if line[-1:].isdigit())
    assert (table["documents"], table["skipped"], table["  files of unknown ending"]) == ("1", "2", "2")


def test_a_dash_is_no_target_and_a_folder_no_document(siftline, tmp_path):
    (tmp_path / "a.txt").write_text(PROSE)
    done = siftline("clean", tmp_path / "a.txt", "--to", "jsonl", "-o", "-")
    assert (done.returncode, b"siftline pipe" in done.stderr) == (2, True)
    done = siftline("explain", tmp_path)
    assert (done.returncode, b"is a folder" in done.stderr) == (2, True)
