"""Runs that meet folders, files, links and signals as they are outside of tests: nothing is lost silently, nothing of the
user's is overwritten, and what ends a run is said in one line.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import stat
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest

from siftline import arriving, cache, cli, files
from siftline.files import json_lines, sources, writing

PROSE = (
    "The harbour master said on Monday that the ferry would be back before the first frost, whatever the yard may say."
)
FULL = Path("/dev/full")


@pytest.fixture
def pages(tmp_path):
    """A folder with two documents, one of them in a folder of its own."""
    (tmp_path / "in/sub").mkdir(parents=True)
    (tmp_path / "in/a.txt").write_text(PROSE)
    (tmp_path / "in/sub/b.txt").write_text(PROSE)
    return tmp_path / "in"


def read(*given, target=None):
    counts = Counter()
    items = list(files.items(map(str, given), counts, target))
    return items, {name.strip(): count for name, count in counts.items() if count}


def said(done):
    """Return the one line that a command said of what ended it."""
    assert done.returncode == 2, done
    assert done.stderr.count(b"\n") == 1, done.stderr
    return done.stderr.decode()


# --- folders ----------------------------------------------------------------------------------------------------------


def test_a_folder_that_cannot_be_read_is_a_reject_and_not_passed_over(pages, monkeypatch):
    scandir = os.scandir

    def refusing(path):
        if Path(path).name == "sub":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    items, _ = read(pages)
    assert [(item.id, item.error) for item in items] == [("a", None), ("sub", ("unreadable", "Permission denied"))]
    assert items[1].where == str(pages / "sub")


def test_what_is_in_a_folder_and_not_read_is_counted(pages):
    os.mkfifo(pages / "pipe.txt")
    (pages / "other").symlink_to("sub")
    (pages / "gone.txt").symlink_to("nowhere.txt")
    (pages / "link.txt").symlink_to("a.txt")
    items, counts = read(pages)
    assert [item.id for item in items] == ["a", "gone", "link", "sub/b"]
    with pytest.raises(files.ItemError, match="No such file"):
        items[1].read()
    assert counts == {"pipes and devices": 1, "links to folders": 1}


def test_results_of_an_earlier_run_are_no_sources(siftline, pages):
    for _ in range(2):
        done = siftline("clean", ".", "-o", "out", cwd=pages)
        assert done.stdout.split()[:4] == [b"documents", b"2", b"rejected", b"0"]
    assert b"files where results go" in done.stdout
    for _ in range(2):
        done = siftline("clean", ".", "--to", "jsonl", "-o", "sub/all.jsonl", cwd=pages)
    assert not (pages / "out/out").exists()
    ids = [json.loads(line)["id"] for line in (pages / "sub/all.jsonl").read_bytes().splitlines()]
    assert "sub/b" in ids
    assert not [id for id in ids if "all" in id]


@pytest.mark.parametrize(
    "args",
    [(".", "-o", "."), ("a.md", "-o", "."), ("*.md", "-o", "../in"), ("r.jsonl", "--to", "jsonl", "-o", "r.jsonl")],
)
def test_no_source_is_overwritten_by_its_result(siftline, pages, args):
    (pages / "a.md").write_text(PROSE + "\n\nShare on Facebook\n")
    (pages / "r.jsonl").write_text(json.dumps({"id": "r", "text": PROSE + "\n\nShare on Facebook\n"}) + "\n")
    before = {path: path.read_bytes() for path in pages.rglob("*") if path.is_file()}
    assert "-o" in said(siftline("clean", *args, cwd=pages))
    assert {path: path.read_bytes() for path in pages.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("args", [("", "-o", "out"), (".", "-o", "")])
def test_an_empty_name_is_not_the_folder_one_stands_in(siftline, pages, args):
    assert "is empty" in said(siftline("clean", *args, cwd=pages))


def test_a_source_that_may_not_be_looked_at_is_named(pages, monkeypatch):
    def refusing(path, *_, **__):
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(os, "stat", refusing)
    with pytest.raises(files.SourceError, match=r"b\.txt: Permission denied$"):
        sources.items([str(pages / "sub/b.txt")])


# --- files ------------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="modes of files are those of POSIX")
def test_results_have_the_mode_that_the_umask_gives(siftline, pages):
    before = os.umask(0o077)
    try:
        siftline("clean", "a.txt", "-o", "out", cwd=pages)
    finally:
        os.umask(before)
    assert {stat.S_IMODE(path.stat().st_mode) for path in (pages / "out").iterdir()} == {0o600}


def test_a_link_stays_and_what_it_leads_to_is_written(pages):
    (pages / "link").symlink_to("sub/b.txt")
    with files.replacing(pages / "link") as file:
        file.write(b"new")
    assert (pages / "link").is_symlink()
    assert (pages / "sub/b.txt").read_bytes() == b"new"


@pytest.mark.parametrize("kind", ["pipe", "folder"])
def test_what_is_no_file_is_not_replaced_by_one(pages, kind):
    place = pages / kind
    place.mkdir() if kind == "folder" else os.mkfifo(place)
    with pytest.raises(OSError, match="is no file"), files.replacing(place):
        pass
    assert not place.is_file()


@pytest.mark.parametrize(("kind", "args"), [("md", ()), ("jsonl", ("--to", "jsonl")), ("tmx", ("--to", "tmx"))])
def test_a_disk_that_is_full_is_said_in_one_line_and_leaves_no_half_file(pages, kind, args):
    (pages / "long.txt").write_text("\n".join(f"{PROSE} {number}." for number in range(500)))
    command = [sys.executable, "-m", "siftline", "clean", "long.txt", "-o", f"out.{kind}", *args]
    script = 'ulimit -f 8; exec "$@"'  # 4 or 8 KB a file: what may not grow is as good as a full disk
    done = subprocess.run(["sh", "-c", script, "sh", *command], cwd=pages, capture_output=True, check=False)
    assert f"out.{kind}" in said(done)
    assert "File too large" in said(done)
    assert not [path for path in pages.rglob("*") if path.name.startswith(".")]


def test_what_is_no_files_fault_is_not_said_of_one(pages):
    command = [sys.executable, "-m", "siftline", "clean", ".", "-o", "out", "--jobs", "40"]
    done = subprocess.run(
        ["sh", "-c", 'ulimit -n 30; exec "$@"', "sh", *command], cwd=pages, capture_output=True, check=False
    )
    assert said(done) == "siftline: Too many open files\n"


def test_a_place_that_cannot_be_written_is_named(siftline, pages):
    assert said(siftline("clean", ".", "-o", "a.txt/out", cwd=pages)) == "siftline: a.txt/out: Not a directory\n"


def test_what_the_cache_could_not_hold_is_taken_away(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(cache.Draft, "store", full)
    cache.store("name", b"data")
    assert not list((tmp_path / "siftline").iterdir())


# --- streams ----------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not FULL.exists(), reason="needs /dev/full")
@pytest.mark.parametrize("command", [["pipe"], ["rules", "list"], ["clean", "-", "-o", "out"], ["restore"]])
def test_output_that_goes_nowhere_is_said_in_one_line(tmp_path, command):
    record = json.dumps({"id": "a", "text": PROSE}).encode()
    with FULL.open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "siftline", *command],
            input=record, stdout=full, stderr=subprocess.PIPE, check=False, cwd=tmp_path,
        )  # fmt: skip
    assert said(done) == "siftline: standard output: No space left on device\n"


@pytest.mark.parametrize(("closed", "command"), [("<&-", "pipe"), ("<&-", "clean - -o out"), (">&-", "pipe")])
def test_a_stream_that_is_closed_is_said_in_one_line(tmp_path, closed, command):
    done = subprocess.run(
        f"{sys.executable} -m siftline {command} {closed}",
        shell=True, input=b'{"id": "a", "text": "x"}\n', stderr=subprocess.PIPE, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert "is closed" in said(done)


def test_a_terminal_without_the_letters_of_a_document_gets_them_escaped(siftline, tmp_path):
    (tmp_path / "a.txt").write_text("Гавань открыта с понедельника.", "utf-8")
    done = siftline("explain", tmp_path / "a.txt", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0
    assert rb"\u0413\u0430\u0432" in done.stdout


# --- records ----------------------------------------------------------------------------------------------------------


def test_what_is_wrong_with_a_record_is_said_with_file_and_line(siftline, tmp_path):
    records = [
        '{"id": "a", "text": "b',
        '{"id": "n"}',
        '{"id": "h", "html": ""}',
        '{"id": "u", "text": "\\xff"}',
        "[" * 9999,
    ]
    (tmp_path / "in.jsonl").write_bytes("\n".join(records).encode("latin-1").replace(b"\\xff", b"\xff"))
    siftline("clean", "in.jsonl", "--to", "jsonl", "-o", "out", cwd=tmp_path)
    rejects = (tmp_path / "out.rejects.jsonl").read_text().splitlines()
    messages = [json.loads(line)["error"]["message"] for line in rejects]
    assert messages == [
        "in.jsonl, line 1: not a JSON line: Unterminated string starting at column 21",
        "in.jsonl, line 2: has neither a `text` nor an `html` that is a string",
        "in.jsonl, line 3: the page holds no text that can be reached: is it empty, filled by a script, or nested too "
        "deeply?",
        "in.jsonl, line 4: not a JSON line: byte 22 of it is no UTF-8",
        "in.jsonl, line 5: not a JSON line: nested too deeply",
    ]
    piped = siftline("pipe", stdin=(tmp_path / "in.jsonl").read_bytes()).stdout.splitlines()
    assert [json.loads(line)["error"]["message"] for line in piped] == [m.removeprefix("in.jsonl, ") for m in messages]


def test_a_byte_order_mark_costs_no_record(siftline, tmp_path):
    line = b"\xef\xbb\xbf" + json.dumps({"id": "first", "text": PROSE}).encode() + b"\r\n"
    assert json.loads(siftline("pipe", stdin=line).stdout)["text"] == PROSE
    (tmp_path / "in.jsonl").write_bytes(line)
    ((item,), _) = read(tmp_path / "in.jsonl")
    assert (item.id, item.content) == ("first", PROSE)


def test_a_record_whose_id_is_null_has_none(tmp_path):
    (tmp_path / "in.jsonl").write_text('{"id": null, "text": "a"}\n{"id": null, "text": "b"}\n')
    items, _ = read(tmp_path / "in.jsonl")
    assert [item.id for item in items] == ["in-1", "in-2"]


@pytest.mark.parametrize("depth", [300, 1020])
def test_an_id_that_is_nested_deeply_costs_no_run(siftline, depth):
    line = b'{"id": ' + b"[" * depth + b"]" * depth + b', "text": "boats"}\n'
    found = [json.loads(line) for line in siftline("pipe", stdin=line * 2).stdout.splitlines()]
    assert [one["text"] for one in found] == ["boats", "boats"]
    assert siftline("restore", stdin=line * 2).stdout.count(b'"no-ledger"') == 2


def test_a_line_longer_than_any_document_is_a_reject_and_is_not_kept_in_memory(tmp_path, monkeypatch):
    for module in (json_lines, arriving):
        monkeypatch.setattr(module, "LARGEST", 100_000)
    lengths = []
    item_of = json_lines.item_of
    monkeypatch.setattr(json_lines, "item_of", lambda raw, name: lengths.append(len(raw)) or item_of(raw, name))
    good = b'{"id": "good", "text": "boats"}\n'
    (tmp_path / "in.jsonl").write_bytes(good + b"[" + b"{}, " * 200_000 + b"]\n" + good)
    items, _ = read(tmp_path / "in.jsonl")
    assert [(item.id, item.error and item.error[0]) for item in items] == [
        ("good", None), ("in-2", "too-large"), ("good-2", None),
    ]  # fmt: skip
    with (tmp_path / "in.jsonl").open("rb") as stream:
        lengths += [len(line) for line in arriving.lines(stream) if line]
    assert lengths[0] == lengths[2] == lengths[3] == lengths[5] == len(good)
    assert 100_000 < lengths[1] < 300_000
    assert 100_000 < lengths[4] < 300_000


# --- signals ----------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="signals are those of POSIX")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_run_that_is_asked_to_end_clears_up(tmp_path, number):
    if signal.getsignal(number) is signal.SIG_IGN:
        pytest.skip("the tests run in the background: what they start ignores this signal")
    os.mkfifo(tmp_path / "in.jsonl")  # the run waits for more, and is in the midst of its work for as long as needed
    command = [sys.executable, "-m", "siftline", "clean", "in.jsonl", "--to", "jsonl", "-o", "out.jsonl", "--jobs", "2"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE) as run:
        guard = threading.Timer(60, run.kill)
        guard.start()
        with (tmp_path / "in.jsonl").open("w") as writer:
            writer.write(json.dumps({"id": "a", "text": PROSE}) + "\n")
            writer.flush()
            run.send_signal(number)
            said = run.stderr.read()
        assert run.wait() == 128 + number
        guard.cancel()
    assert said in (b"siftline: interrupted\n", f"siftline: ended by {number.name}\n".encode())
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


def test_a_signal_that_is_ignored_stays_so(monkeypatch):
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        cli.main(["rules", "list"])
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGTERM, before)


def test_a_draft_is_named_after_its_target_where_it_cannot_be_made(tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "token_hex", lambda _: "0")
    (tmp_path / ".a.md.0").write_text("")
    with pytest.raises(FileExistsError) as caught, files.replacing(tmp_path / "a.md"):
        pass
    assert caught.value.filename == str(tmp_path / "a.md")
