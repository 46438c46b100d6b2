"""The report of a run: what it counts, marks and escapes, and that the same run gives the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Any

import pytest

from siftline import report, report_document
from siftline.document import Change, Document, LedgerError
from siftline.report import ReportEntry, render

PAGE = (
    "The Clock That Runs on Rain\n"
    "Home | News | Weather\n"
    "\n"
    "A clock in the harbour of Skerrow runs on rain\u200b alone, and nobody winds it.\n"
    "Its keeper calls the影响 of a dry week a holiday. Share your view in the comments!\n"
    "</div>\n"
    "Double your savings with Ex.ample Ca pital today\n"
    "Home | News | Weather\n"
    "It has not been late since April.\n"
)


def result(name: str, text: str, changes: Iterable[Change], **fields: Any) -> ReportEntry:
    """A record as the writer makes it."""
    doc = Document.of(text).apply(changes)
    body = [line.text for line in doc.lines if line.in_article and line.text.strip()]
    record = {
        "id": name,
        "languages": ["en"],
        "title": {},
        "body": {"en": body},
        "text": "\n\n".join(body),
        "pairs": [],
        "meta": {},
        "lines": doc.remains(),
        "changes": [change.record() for change in doc.changes],
    }
    return ReportEntry(name, {**record, **fields})


def clock() -> ReportEntry:
    """One document with a change of every category."""
    lines = PAGE.split("\n")
    prompt = lines[4].index(" Share")
    changes = [
        Change("repair/zero-width", 3, lines[3].index("\u200b"), "\u200b", ""),
        Change("harvest/any/headline", 0, 0, lines[0], None, "title"),
        Change("chrome/en/menu-bar", 1, 0, lines[1], None, "chrome/menu-bar"),
        Change("chrome/en/comment-prompt", 4, prompt, lines[4][prompt:], ""),
        Change("leftovers/zh-en/影响", 4, lines[4].index("影响"), "影响", " impact"),
        Change("repair/any/stray-tag", 5, 0, lines[5], None, "markup/stray-tag"),
        Change("spam/en/savings", 6, 0, lines[6], None, "spam/savings"),
        Change("duplicate", 7, 0, lines[7], None, "duplicate"),
    ]
    return result("clock", PAGE, changes, title={"en": lines[0]}, meta={"keywords": {"en": ["rain", "clocks"]}})


def untouched() -> ReportEntry:
    """One document that no rule wanted anything of."""
    return result("untouched", "Nothing here was changed.\n", [])


def bilingual() -> ReportEntry:
    """One document in two languages, with a pair."""
    zh, en = "这座钟只靠雨水走动。", "This clock runs on rain alone."
    fields = {"languages": ["zh", "en"], "body": {"zh": [zh], "en": [en]}, "pairs": [[0, 0]]}
    return result("bilingual", f"{zh}\n{en}\n", [], **fields)


def hostile() -> ReportEntry:
    """One document that is an attack on the page, in every field."""
    attack = '"><script>document.title="pwned"</script><img src=http://example.com/x onerror=alert(1)>'
    change = Change("chrome/en/'\"><b>", 1, 0, attack, None, "chrome/x")
    meta = {"publisher": attack, "credits": {attack: [attack]}}
    return result(attack, f"{attack}\n{attack}\n", [change], title={"en": attack}, meta=meta)


def reject() -> ReportEntry:
    """One document that could not be cleaned."""
    return ReportEntry("broken.gz", {"id": "broken.gz", "error": {"kind": "decode", "message": "cut <short>"}})


def sample() -> list[ReportEntry]:
    """A run with one document of each kind."""
    return [clock(), untouched(), bilingual(), hostile(), reject()]


def page(*run: ReportEntry) -> str:
    return "".join(render(run))


def test_a_removed_line_is_struck_and_names_its_rule() -> None:
    got = page(clock())
    row = re.search(r'<div class="row gone c-spam".*?</div></div>', got)
    assert row
    assert '<div class="b" title="spam/en/savings"><s>Double your savings with Ex.ample Ca pital today</s>' in row[0]
    assert '<span class="chip c-spam" title="spam/en/savings">spam/en/savings</span>' in row[0]


def test_an_edit_is_marked_on_both_sides() -> None:
    got = page(clock())
    assert '<del class="c-leftovers" title="leftovers/zh-en/影响">影响</del>' in got
    assert '<ins class="c-leftovers" title="leftovers/zh-en/影响"> impact</ins>' in got
    assert '<del class="c-chrome" title="chrome/en/comment-prompt"> Share your view in the comments!</del>' in got


def test_a_character_that_cannot_be_seen_is_named() -> None:
    assert '<del class="c-repair" title="repair/zero-width">⟨U+200B⟩</del>' in page(clock())


def test_counts_for_each_category_and_kind_of_line() -> None:
    got = page(clock(), untouched())
    legend = dict(re.findall(r"<b>([a-z ]+)</b> <span>(\d+)</span>", got))
    assert legend == {"chrome": "2"} | dict.fromkeys(
        ["spam", "markup", "duplicate", "front matter", "repair", "leftovers"], "1"
    )
    row = re.search(r'<tr><th scope="row"><a href="#d1">clock</a>.*?</tr>', got)
    assert row
    assert re.findall(r'data-label="([a-z ]+)">(\d+)<', row[0]) == [
        ("kept", "3"), ("removed", "4"), ("front matter", "1"), ("edits", "3"),
    ]  # fmt: skip


def test_front_matter_stands_above_the_article() -> None:
    got = page(clock())
    facts = got.index('<dl class="a"><dt>title en</dt><dd>The Clock That Runs on Rain</dd>')
    assert facts < got.index("nobody winds it")
    assert "<dt>keywords en</dt><dd>rain</dd><dd>clocks</dd>" in got


def test_a_reject_has_a_row_with_its_reason_and_no_document() -> None:
    got = page(untouched(), reject())
    assert "<b>rejected: decode</b> cut &lt;short&gt;" in got
    assert got.count('<details class="doc"') == 1
    assert "1 rejected" in got


def test_document_text_is_escaped_everywhere() -> None:
    got = page(hostile())
    assert "<script" not in got
    assert "<img" not in got
    assert "<b>&#x27;" not in got
    assert got.count("&lt;script&gt;") >= 7


class _Reader(HTMLParser):
    """Reads a page; refuses one whose elements do not close in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str | None]] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(attrs)
        if tag not in ("meta", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_elements_close_in_order() -> None:
    assert _Reader(page(*sample())).open == []


def test_the_same_run_gives_the_same_bytes() -> None:
    assert page(*sample()) == page(*sample())


def test_nothing_is_fetched_or_run() -> None:
    got = page(*sample())
    reader = _Reader(got)
    assert "default-src 'none'" in got
    assert not re.search(r"url\(|@import", got)
    assert reader.tags.isdisjoint({"script", "link", "img", "iframe", "object", "embed", "base", "form"})
    assert not [name for name, _ in reader.attributes if name.startswith("on") or name in ("src", "srcset", "action")]
    assert all((value or "").startswith("#") for name, value in reader.attributes if name == "href")


def test_languages_are_tagged_and_pairs_stand_side_by_side() -> None:
    got = page(bilingual())
    assert '<div class="row same" lang="zh"><span class="n">1 <i>zh</i></span>' in got
    one = '<div class="b" lang="zh">这座钟只靠雨水走动。</div>'
    other = '<div class="a" lang="en">This clock runs on rain alone.</div>'
    assert one + other in got


def test_a_long_document_is_cut_and_says_so() -> None:
    text = "".join(f"Line {n} of a very long document, told at leisure.\n" for n in range(3000))
    got = page(result("long", text, []))
    assert len(got) < 300_000
    shown = got.count('<div class="row same"')
    assert f"Cut here: lines {shown + 1:,} to 3,000 are not shown." in got
    assert '<td class="num" data-label="kept">3,000</td>' in got


def test_a_line_of_megabytes_keeps_its_ends_and_its_edits() -> None:
    text = "a" * 1_000_000 + "©®" + "b" * 1_000_000
    got = page(result("wide", text, [Change("repair/any/odd", 0, 1_000_000, "©®", "c")]))
    assert len(got) < 40_000
    assert ">©®</del>" in got
    assert "999,200 characters not shown" in got


def test_a_long_run_shows_later_documents_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "RUN_LIMIT", 100)
    got = page(clock(), clock())
    first, second = got.split('<details class="doc"')[1:]
    assert "It has not been late" in first
    assert "only lines that changed are shown" in second
    assert "It has not been late" not in second
    assert "spam/en/savings" in second


def test_a_run_that_no_page_could_hold_is_counted_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "PAGE_LIMIT", 1)
    monkeypatch.setattr(report, "ROWS", 3)
    bad = [ReportEntry(f"bad{n}", {"id": f"bad{n}", "error": {"kind": "x", "message": "y"}}) for n in range(4)]
    got = page(*[clock()] * 5, *bad)
    assert "<dt>documents</dt><dd>9 <small>4 rejected</small></dd>" in got
    assert got.count('<details class="doc"') == 1
    assert got.count('<td data-label="languages">') == 3
    assert [f"bad{n}" in got for n in range(4)] == [True, True, True, False]
    assert "3 more documents are counted and not listed" in got
    assert "of 2 documents that are listed the lines are not shown" in got
    assert "#d2" not in got
    assert '<th scope="row">spam/en/savings</th><td class="num">5</td>' in got


def test_many_edits_of_one_line_are_counted() -> None:
    text = "x " * 300
    changes = [Change("repair/any/x", 0, 2 * n, "x", "y") for n in range(300)]
    assert "repair/any/x × 300" in page(result("many", text, changes))


def test_edits_that_overlap_make_one_stretch() -> None:
    edits = [
        {"rule": "a", "start": 4, "before": "bad", "after": "good"},
        {"rule": "b", "start": 0, "before": "too go", "after": "so"},
    ]
    pieces = report_document.pieces("sood day", edits)
    assert pieces == [("too bad", "sood", ("a", "b")), (" day", " day", ())]
    assert "".join(p.before for p in pieces) == "too bad day"


def test_a_record_whose_changes_do_not_fit_is_refused() -> None:
    entry = untouched()
    wrong = {"rule": "repair/x", "line": 0, "start": 0, "before": "a", "after": "Never"}
    with pytest.raises(LedgerError, match="does not fit"):
        page(ReportEntry("wrong", {**entry.record, "changes": [wrong]}))


def test_without_a_ledger_the_result_is_shown() -> None:
    record = {k: v for k, v in untouched().record.items() if k not in ("lines", "changes")}
    got = page(ReportEntry("bare", record))
    assert "The ledger was left out" in got
    assert "Nothing here was changed." in got


def test_lone_surrogates_and_controls_do_not_break_the_page() -> None:
    got = page(result("odd", "a\ud800b\x00c\u202ed\n", []))
    got.encode("utf-8")
    assert "a⟨U+D800⟩b⟨U+0000⟩c⟨U+202E⟩d" in got
