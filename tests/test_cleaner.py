"""What holds for every document, whatever is in it."""

from __future__ import annotations

import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

import siftline
from siftline import Cleaner, article_file

CLEANER = Cleaner()
SCRAPS = st.sampled_from(
    [
        "Share on Facebook", "京ICP备00000000号-1", "相关阅读：", "发表回复", "Читайте также:", "Views: 12", "上一篇：没有了", "2020-05-02 10:11",
        "责任编辑：张三", "A ferry returns", "The harbour master said on Monday that the ferry would be back before the first frost of the year.",
        "县水利局昨天公布了新的灌溉计划，沿河十二个村子从明年春天起将分批用上改造后的水渠，工程由省里出资。", "Мост открыли вечером, и первыми по нему прошли школьники с учителем истории.",
        "more innovative成果 will emerge", "cafÃ©", "ÎÒÃÇ", "\ufeff", "\u200b", "&nbsp;&amp;nbsp;", "</div>", "---", '<section lang="zh">', "</section>", "\\</section>", "title: x", "| a | b |", "```", "```python", "\ud800", "\u0000", "﹣①ﬁ",
    ]
)  # fmt: skip
TEXT = st.lists(st.one_of(SCRAPS, st.text(max_size=30)), max_size=9).flatmap(
    lambda parts: st.sampled_from(["\n", "\n\n", "\r\n", " ", ""]).map(lambda glue: glue.join(parts))
)


@given(TEXT)
def test_the_input_is_rebuilt_from_the_record_alone(text):
    record = json.loads(json.dumps(CLEANER.clean(text, html=False).record("x")))
    assert siftline.restore(record) == text


@given(
    st.one_of(
        st.binary(max_size=200),
        TEXT.map(lambda t: t.encode("utf-8", "surrogatepass")),
        TEXT.map(lambda t: t.encode("gb18030", "replace")),
        TEXT.map(lambda t: t.encode("utf-16", "replace")),
    )
)
def test_bytes_come_back_as_bytes(raw):
    try:
        record = CLEANER.clean(raw, html=False).record("x")
    except siftline.DecodeError:
        return
    assert siftline.restore(json.loads(json.dumps(record))) == raw


@given(TEXT)
def test_an_article_file_is_a_fixed_point(text):
    record = CLEANER.clean(text, html=False).record("x")
    written = article_file.render(record)
    again = CLEANER.clean(written, html=False).record("x")
    assert article_file.render(again) == written
    assert again["body"] == record["body"]
    assert again["title"] == record["title"]


@given(TEXT)
def test_the_text_is_the_paragraphs_of_the_body(text):
    record = CLEANER.clean(text, html=False).record("x")
    blocks = [
        part for paragraphs in record["body"].values() for p in paragraphs for part in p.split("\n\n")
    ]  # code has
    assert sorted(filter(None, blocks)) == sorted(filter(None, record["text"].split("\n\n")))  # blank lines of its own
    assert list(record["body"]) == record["languages"]


@given(TEXT)
def test_the_same_input_gives_the_same_result(text):
    assert CLEANER.clean(text).record("x") == pickle.loads(pickle.dumps(CLEANER)).clean(text).record("x")


CLEAN = [
    "The harbour master said on Monday that the ferry would be back before the first frost, whatever the yard may say; "
    "“we have waited long enough,” she added — and nobody in the naïve little café disagreed… 🚢👩🏽‍✈️",
    "县水利局昨天公布了新的灌溉计划，沿河十二个村子从明年春天起将分批用上改造后的水渠；工程由省里出资，“水到田头”不再只是一句话。𠮷野、㐂、⻊部，一字不改。",
    "Ёлку на площади поставили в субботу, и всё ещё спорят, не слишком ли рано: «до снега — примета плохая», говорят старики.",
    "縣水利局昨天公布了新的灌溉計畫，沿河十二個村子從明年春天起將分批用上改造後的水渠，工程由省裡出資，「水到田頭」不再只是一句話。",
]


@pytest.mark.parametrize("text", [*CLEAN, CLEAN[1] + "\n\n" + CLEAN[1].replace("县", "市") + "\n"])
def test_clean_text_is_left_alone(text):
    assert CLEANER.clean(text).changes == ()


def test_the_public_names_are_those_of_the_readme():
    article = siftline.clean(CLEAN[1] + "\n\n发表回复\n")
    assert article.body == {"zh": [CLEAN[1]]}
    assert [change.rule.partition("/")[0] for change in article.changes] == ["chrome"]
    assert article.restore() == CLEAN[1] + "\n\n发表回复\n"


@pytest.mark.parametrize("kind", [bytearray, memoryview])
def test_a_document_may_be_what_holds_bytes(kind):
    raw = "Гавань открыта с понедельника.".encode("koi8-r")
    assert siftline.clean(kind(raw)).record() == siftline.clean(raw).record()


@pytest.mark.parametrize("raw", [None, 5, ["text"]])
def test_what_is_no_document_is_said(raw):
    with pytest.raises(TypeError, match="a document is str or bytes, not"):
        siftline.clean(raw)


@pytest.mark.parametrize(
    "record", [{}, None, {"id": "a", "error": {"kind": "timeout", "message": "x"}}, {"lines": "[]", "changes": "[]"}]
)
def test_what_has_no_ledger_is_said(record):
    with pytest.raises(siftline.LedgerError, match="without its ledger"):
        siftline.restore(record)


@pytest.mark.parametrize("strictness", [-0.1, 1.1, float("nan")])
def test_strictness_is_a_share(strictness):
    with pytest.raises(ValueError, match="from 0 to 1"):
        Cleaner(strictness=strictness)


def test_one_stage_may_be_named_alone():
    assert Cleaner(stages="repair").stages == ("repair",)


def test_a_page_is_recognised_and_its_metadata_kept():
    page = f"""<!DOCTYPE html><html lang="zh"><head><title>新水渠开工 - 某某网</title><meta name="author" content="张三">
    <meta property="article:published_time" content="2020-05-02T10:00:00+08:00"></head><body><nav><a href="/">首页</a></nav>
    <article><h1>新水渠开工</h1><p>{CLEAN[1]}</p><p>{CLEAN[1].replace("县", "市")}</p></article></body></html>"""
    article = siftline.clean(page.encode("gb18030"))
    assert article.title == {"zh": "新水渠开工"}
    assert article.meta["date"].startswith("2020-05-02")
    assert article.body["zh"][0] == CLEAN[1]
    assert "首页" not in article.text


def test_a_page_without_text_says_so():
    with pytest.raises(siftline.ExtractError, match="no text"):
        siftline.clean("<!DOCTYPE html><html><body><script>let a = 1</script></body></html>")


ROWS = ["| Day | Tide |", "| --- | --- |", "| 1 | 3.4 m |"]
CODE = ["```", "def tide(day):", "", "    return 3.4", "</section>", "```"]
PROSE = "The harbour master publishes the tides of each month on the pier and on the net."


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        ([PROSE, *ROWS, PROSE], [PROSE, "\n".join(ROWS), PROSE]),
        ([*ROWS[:2], "", *ROWS], ["\n".join(ROWS[:2]), "\n".join(ROWS)]),
        ([*ROWS, *ROWS], ["\n".join(ROWS), "\n".join(ROWS)]),
        ([PROSE, *CODE, PROSE], [PROSE, "\n".join(CODE), PROSE]),
        ([PROSE, *CODE[:3], PROSE], [PROSE, "```", "def tide(day):", PROSE]),
    ],
    ids=["table", "two tables", "two tables that touch", "code", "code without an end"],
)
def test_a_table_and_code_are_one_paragraph_each(lines, paragraphs):
    cleaner = Cleaner(stages=("language",))
    record = cleaner.clean("\n".join(lines), html=False).record("x")
    assert record["text"] == "\n\n".join(paragraphs)
    assert siftline.restore(record) == "\n".join(lines)
    again = siftline.clean(article_file.render(record), html=False).record("x")
    assert again["body"] == record["body"]
