"""Archives of pages, .warc and .wet: written by warcio or by hand, read by siftline, also where they are broken."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import random
import tracemalloc
import zlib
from collections import Counter
from itertools import accumulate

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from siftline import clean, files
from siftline.files import LARGEST
from siftline.files.http_response import parse

PROSE = (
    "The harbour master said on Monday that the ferry would be back before the first frost, whatever the yard may say."
)
ZH = "县水利局昨天公布了新的灌溉计划，沿河十二个村子从明年春天起将分批用上改造后的水渠，工程由省里出资。"
PACKINGS = {
    "": bytes, ".gz": gzip.compress, ".zst": zstandard.ZstdCompressor(write_checksum=True).compress,
    ".bz2": bz2.compress, ".xz": lzma.compress,
}  # fmt: skip
HTML = {"Content-Type": "text/html"}


class Writer(WARCWriter):
    """warcio's writer, without the temporary files that it leaves open."""

    _create_temp_file = staticmethod(io.BytesIO)


def page(text):
    nav = "<nav><a href=/>Home</a> <a href=/n>News</a></nav>"
    return f"<html><head><title>T</title></head><body>{nav}<article>{f'<p>{text}</p>' * 3}</article></body></html>"


def chunked(body, size=50):
    parts = (body[at : at + size] for at in range(0, len(body), size))
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def archive(*answers, packed=True):
    """Return an archive that warcio wrote, of (address, body, headers); `status` among the headers is no header."""
    out = io.BytesIO()
    writer = Writer(out, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("x.warc", {"software": "a test"}))
    for address, body, told in answers:
        fields = [(name, value) for name, value in told.items() if name != "status"]
        head = StatusAndHeaders(told.get("status", "200 OK"), fields, protocol="HTTP/1.1")
        made = writer.create_warc_record(address, "response", payload=io.BytesIO(body), http_headers=head)
        request = StatusAndHeaders("GET / HTTP/1.1", [("Host", "example.com")], is_http_request=True)
        asked = writer.create_warc_record(address, "request", http_headers=request)
        writer.write_request_response_pair(asked, made)
    return out.getvalue()


def record(
    number, body=b"", *, length=None, kind="response", head=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
):
    """Return a record written by hand, with the address in brackets, as some versions of wget write it."""
    block = head + (body or page(f"{PROSE} {number}").encode())
    address = f"<http://example.com/{number}>"
    length = len(block) if length is None else length
    lines = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nContent-Length: {length}\r\n\r\n"
    return lines.encode() + block + b"\r\n\r\n"


def read(tmp_path, raw, name="x.warc"):
    """Return the items of an archive, and what was skipped."""
    (tmp_path / name).write_bytes(raw)
    skipped = Counter()
    return list(files.items([str(tmp_path / name)], skipped)), skipped


def outline(items):
    return [(item.id, item.error and f"{item.where}: {item.error[1]}") for item in items]


def test_pages_and_texts_of_an_archive_become_articles(siftline, tmp_path):
    on_the_way = HTML | {"Content-Encoding": "gzip", "Transfer-Encoding": "chunked"}
    (tmp_path / "crawl.warc.gz").write_bytes(
        archive(
            ("https://example.com/news/one.html", page(PROSE).encode(), HTML),
            ("https://example.com/zh?id=3", page(ZH).encode("gb18030"), {"Content-Type": "text/html; charset=gb2312"}),
            ("https://example.com/zipped", chunked(gzip.compress(page(f"{PROSE} Zipped.").encode())), on_the_way),
            ("https://example.com/plain.txt", PROSE.encode(), {"Content-Type": "text/plain"}),
            ("https://example.com/p.png", b"\x89PNG\r\n", {"Content-Type": "image/png"}),
            ("https://example.com/gone", page("Nothing here").encode(), HTML | {"status": "404 Not Found"}),
            ("https://example.com/news/one.html", page(f"{PROSE} Again.").encode(), HTML),
            ("https://example.com/../../etc/x", page(PROSE).encode(), HTML),
        )
    )
    done = siftline("clean", tmp_path / "crawl.warc.gz", "--to", "jsonl", "-o", tmp_path / "out", "--jobs", 2)
    assert done.returncode == 0, done.stderr
    records = {r["id"]: r for r in map(json.loads, (tmp_path / "out").read_text(encoding="utf-8").splitlines())}
    assert {id: r["text"].split("\n\n") for id, r in records.items()} == {
        "example.com/news-one": [PROSE] * 3,
        "example.com/zh-id=3": [ZH] * 3,
        "example.com/zipped": [f"{PROSE} Zipped."] * 3,
        "example.com/plain": [PROSE],
        "example.com/news-one.html": [f"{PROSE} Again."] * 3,
        "example.com/etc-x": [PROSE] * 3,
    }
    assert records["example.com/zh-id=3"]["source"]["codec"] == "gb18030"
    assert records["example.com/plain"]["meta"]["source_url"] == "https://example.com/plain.txt"
    table = dict(line.rsplit(maxsplit=1) for line in done.stdout.decode().splitlines() if line[-1].isdigit())
    found = [
        table[name] for name in ("documents", "skipped", "  other records", "  other statuses", "  other media types")
    ]
    assert found == ["6", "11", "9", "1", "1"]


def test_texts_of_a_wet_file_become_articles(siftline, tmp_path):
    out = io.BytesIO()
    writer = Writer(out, gzip=True)
    for number in (1, 2):
        address, text = f"https://example.com/{number}", io.BytesIO(f"{ZH}{number}。\n京ICP备00000000号-1\n".encode())
        made = writer.create_warc_record(address, "conversion", payload=text, warc_content_type="text/plain")
        writer.write_record(made)
    (tmp_path / "some.warc.wet.gz").write_bytes(out.getvalue())
    done = siftline("clean", tmp_path, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out/example.com/1.zh.txt").read_text(encoding="utf-8") == f"{ZH}1。\n"
    assert "source_url: https://example.com/2" in (tmp_path / "out/example.com/2.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize("whole", [True, False])
def test_an_archive_is_read_however_it_is_packed(tmp_path, packing, whole):
    records, pack = [record(1), record(2, kind="metadata"), record(3)], PACKINGS[packing]
    raw = pack(b"".join(records)) if whole else b"".join(map(pack, records))
    items, skipped = read(tmp_path, raw, f"x.warc{packing}")
    assert outline(items) == [("example.com/1", None), ("example.com/3", None)]
    assert skipped == {"  other records": 1}
    assert items[1].content == page(f"{PROSE} 3").encode()


@pytest.mark.parametrize("packed", [True, False])
def test_zstd_with_a_dictionary(tmp_path, packed):
    records = [record(number) for number in range(200)]
    dictionary = zstandard.train_dictionary(2000, records)
    raw = zstandard.compress(dictionary.as_bytes()) if packed else dictionary.as_bytes()
    packer = zstandard.ZstdCompressor(dict_data=dictionary)
    head = b"\x5d\x2a\x4d\x18" + len(raw).to_bytes(4, "little") + raw
    items, _ = read(tmp_path, head + b"".join(map(packer.compress, records)), "x.warc.zst")
    assert [item.error for item in items] == [None] * 200


@pytest.mark.parametrize("packing", [".gz", ".zst", ".bz2", ".xz"])
def test_what_cannot_be_unpacked_costs_one_record(tmp_path, packing):
    noise = random.Random(1).randbytes(5000)
    packed = [PACKINGS[packing](each) for each in (record(1), record(2, noise), record(3))]
    bad = packed[1][:2500] + bytes(9) + packed[1][2509:]
    items, _ = read(tmp_path, packed[0] + bad + packed[2], f"x.warc{packing}")
    assert [item.id for item in items][::2] == ["example.com/1", "example.com/3"]
    assert items[1].error[0] == "unreadable"
    assert items[1].where.startswith(f"x.warc{packing}, record 2")
    assert "cannot be unpacked" in items[1].error[1]


@pytest.mark.parametrize("packing", PACKINGS)
def test_an_archive_that_is_cut_off_keeps_what_came_before(tmp_path, packing):
    packed = [PACKINGS[packing](record(number)) for number in (1, 2)]
    items, _ = read(tmp_path, packed[0] + packed[1][: len(packed[1]) // 2], f"x.warc{packing}")
    assert items[0].content == page(f"{PROSE} 1").encode()
    assert len(items) == 2
    assert items[1].where.startswith(f"x.warc{packing}, record 2")
    assert "cut off" in items[1].error[1]


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (
            b"some noise\r\nand more\r\n\r\n",
            "x.warc, record 2: begins with b'some noise\\r\\n', which begins no record of an archive",
        ),
        (record(2, length="abc"), "x.warc, record 2 (http://example.com/2): its Content-Length is no number: 'abc'"),
        (
            record(2, length=60),
            "x.warc, record 2 (http://example.com/2): its Content-Length, 60, does not lead to the end of a record",
        ),
        (
            record(2, length=700),
            "x.warc, record 2 (http://example.com/2): its Content-Length, 700, does not lead to the end of a record",
        ),
        (record(2, length=10**12), " of 1,000,000,000,000 bytes: the file is not whole, fetch it again"),
        (record(2, head=b"Content-Type: application/http\r\n\r\n"), None),
    ],
)
def test_a_broken_record_costs_itself(tmp_path, bad, message):
    items, _ = read(tmp_path, record(1) + bad + record(3))
    assert [item.id for item in items if not item.error] == ["example.com/1", "example.com/3"]
    assert [f"{item.where}: {item.error[1]}"[-len(message) :] for item in items if item.error] == (
        [message] if message else []
    )


def test_a_broken_record_is_a_reject_and_the_rest_is_cleaned(siftline, tmp_path):
    (tmp_path / "x.warc").write_bytes(record(1) + record(2, length="?") + record(3))
    (tmp_path / "noise.warc.gz").write_bytes(random.Random(2).randbytes(5000))
    (tmp_path / "empty.warc").write_bytes(b"")
    done = siftline("clean", tmp_path, "--to", "jsonl", "-o", tmp_path / "out.jsonl")
    assert done.returncode == 1
    assert done.stderr == b""
    out = [json.loads(line) for line in (tmp_path / "out.jsonl").read_bytes().splitlines()]
    assert [r["id"] for r in out] == ["example.com/1", "example.com/3"]
    rejects = [json.loads(line) for line in (tmp_path / "out.jsonl.rejects.jsonl").read_bytes().splitlines()]
    assert [(r["id"], r["error"]["kind"]) for r in rejects] == [
        ("noise-1", "unreadable"),
        ("example.com/2", "unreadable"),
    ]
    assert rejects[0]["error"]["message"].startswith("noise.warc.gz, record 1: cannot be unpacked")


BODY = page(PROSE).encode()
BARE = zlib.compress(BODY)[2:-4]


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(BODY)),
        ("x-gzip", gzip.compress(BODY)),
        ("deflate", zlib.compress(BODY)),
        ("deflate", BARE),
        ("br", brotli.compress(BODY)),
        ("zstd", zstandard.compress(BODY)),
        ("identity", BODY),
        ("gzip", BODY),
        ("deflate", BODY),
        ("br", BODY),
        ("deflate, gzip", gzip.compress(zlib.compress(BODY))),
    ],
)
def test_a_body_is_unpacked_or_taken_as_it_is(coding, body):
    for transfer in (chunked(body), body):  # many crawlers keep the header and store the body in one piece
        head = f"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nTransfer-Encoding: chunked\r\n\r\n"
        assert parse(head.encode() + transfer).body() == BODY


@pytest.mark.parametrize(
    ("headers", "body", "word"),
    [
        ("Content-Encoding: gzip", gzip.compress(BODY)[:-9], "cut off"),
        ("Content-Encoding: gzip", gzip.compress(BODY)[:60] + b"\xff" * 60, "broken"),
        ("Content-Encoding: br", brotli.compress(BODY)[:-3], "cut off"),
        ("Content-Encoding: lzma", BODY, "not known: lzma"),
        ("Transfer-Encoding: chunked", chunked(BODY)[:120], "cut off"),
        ("Transfer-Encoding: chunked", chunked(BODY)[:56] + b"zz\r\n", "broken"),
        ("Content-Encoding: gzip", gzip.compress(bytes(LARGEST + 1)), "split it"),
    ],
)
def test_a_body_that_is_not_right_says_so(headers, body, word):
    answer = parse(f"HTTP/1.1 200 OK\r\n{headers}\r\n\r\n".encode() + body)
    with pytest.raises(files.ItemError, match=word):
        answer.body()


def test_what_the_crawler_cut_off_is_a_document_all_the_same(tmp_path):
    whole = gzip.compress(BODY * 40)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
    raw = record(1, whole[:-20], head=head).replace(b"WARC-Type", b"WARC-Truncated: length\r\nWARC-Type", 1)
    (item,), _ = read(tmp_path, raw)
    assert item.error is None
    assert (BODY * 40).startswith(item.content)


def test_the_charset_of_the_server_is_a_declaration(tmp_path):
    text = "Сегодня паром не ходит. " * 3
    raw = page(text).encode("cp855")
    (item,), _ = read(
        tmp_path, record(1, raw, head=b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=cp855\r\n\r\n")
    )
    assert item.charset == "cp855"
    assert text.strip() in clean(item.read(), html=item.html, charset=item.charset).text
    assert text.strip() not in clean(item.read(), html=item.html).text


def test_an_answer_without_a_type_is_a_page_if_it_begins_like_one(tmp_path):
    head = b"HTTP/2 200\r\n\r\n"
    items, skipped = read(tmp_path, record(1, head=head) + record(2, b"\x89PNG", head=head))
    assert [item.id for item in items] == ["example.com/1"]
    assert skipped == {"  other media types": 1}


@pytest.mark.parametrize("packing", PACKINGS)
@given(data=st.data())
def test_damage_costs_nothing_of_what_stands_before_it(tmp_path_factory, packing, data):
    records = [PACKINGS[packing](record(number)) for number in range(5)]
    raw = b"".join(records)
    at = data.draw(st.integers(0, len(raw)))
    noise = data.draw(st.binary(max_size=40))
    damaged = raw[:at] + noise + raw[at + data.draw(st.integers(0, 300)) :]
    items, _ = read(tmp_path_factory.mktemp("x"), damaged, f"x.warc{packing}")
    safe = sum(end <= at for end in accumulate(map(len, records)))
    assert [item.content for item in items[:safe]] == [page(f"{PROSE} {number}").encode() for number in range(safe)]
    assert all("\n" not in item.error[1] for item in items if item.error)


@pytest.mark.parametrize("begun", [b"W", b"WARC/", b"WARC/1.1\r", b"WARC/1.1\r\nWARC-Ty", b"\r\nWARC/1."])
def test_a_file_that_is_cut_off_in_the_first_lines_of_a_record_ends(tmp_path, begun):
    packing = zlib.compressobj(wbits=31)
    cut = packing.compress(begun) + packing.flush(zlib.Z_SYNC_FLUSH)
    items, _ = read(tmp_path, gzip.compress(record(1)) + cut, "x.warc.gz")
    assert [bool(item.error) for item in items] == [False, True]
    assert "cut off: the file is not whole" in items[1].error[1]


def test_a_line_that_has_no_end_is_no_beginning_twice(tmp_path):
    items, _ = read(tmp_path, record(1) + b"WARC/" + b"a" * 3_000_000 + b"\r\n" + record(2))
    assert [bool(item.error) for item in items] == [False, True, False]


def test_noise_that_looks_like_many_beginnings_ends(tmp_path):
    items, _ = read(tmp_path, gzip.compress(record(1)) + b"\x1f\x8b\x08\xff" * 100_000, "x.warc.gz")
    assert [bool(item.error) for item in items] == [False, True]
    assert items[1].error[1].endswith("; no record was found behind it")


def test_memory_is_bounded(tmp_path):
    (tmp_path / "x.warc.gz").write_bytes(gzip.compress(record(1, (page(PROSE) * 600).encode()), 1) * 500)
    tracemalloc.start()
    try:
        size = sum(len(item.content) for item in files.items([str(tmp_path / "x.warc.gz")]))
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert size > 100_000_000
    assert most < 5_000_000


def test_many_records_of_one_address_get_ids_in_no_time():
    ids = files.ids.Ids()
    names = [ids.of_url("https://example.com/a.html") for _ in range(20_000)]
    assert names[:4] == ["example.com/a", "example.com/a.html", "example.com/a-2", "example.com/a-3"]
    assert len(set(names)) == 20_000


@pytest.mark.parametrize("packing", [".gz", ".zst", ".bz2", ".xz"])
def test_a_file_of_records_that_is_cut_off_says_so(tmp_path, packing):
    lines = b"".join(json.dumps({"id": str(n), "text": f"{PROSE} {n * n}"}).encode() + b"\n" for n in range(2000))
    (tmp_path / f"x.jsonl{packing}").write_bytes(PACKINGS[packing](lines)[:-3000])
    *good, last = files.items([str(tmp_path / f"x.jsonl{packing}")])
    assert [item.id for item in good] == [str(n) for n in range(len(good))]
    assert not any(item.error for item in good)
    assert "cut off" in last.error[1]
