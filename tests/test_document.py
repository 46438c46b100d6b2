"""The ledger: nothing is altered but through `apply`, and everything can be put back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siftline.document import Change, Document, LedgerError, undo

TEXT = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("ab中。 \n\r\t\x85\u2028")), max_size=80)


@given(TEXT)
def test_lines_hold_the_whole_text(text):
    assert Document.of(text).text == text


@pytest.mark.parametrize("odd", ["a\x85b", "a\u2028b", "a\x0bb", "a\x0cb"])
def test_only_newlines_and_returns_end_a_line(odd):
    assert [line.text for line in Document.of(odd).lines] == [odd]


def test_a_blank_line_is_a_line():
    assert [line.text + line.end for line in Document.of("a\r\n\r\nb\rc\n").lines] == ["a\r\n", "\r\n", "b\r", "c\n"]


@given(TEXT.filter(bool), st.data())
def test_any_ledger_of_edits_and_exits_is_undone(text, data):
    doc = Document.of(text)
    for _ in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(doc.lines) - 1))
        line = doc.lines[at]
        if not line.in_article:
            continue
        start = data.draw(st.integers(0, len(line.text)))
        end = data.draw(st.integers(start, len(line.text)))
        if data.draw(st.booleans()):
            change = Change("x/any/edit", at, start, line.text[start:end], data.draw(st.text(max_size=5)))
        else:
            change = Change("x/any/exit", at, 0, line.text, None, "chrome/exit")
        doc = doc.apply([change])
    stored = json.loads(json.dumps([doc.remains(), [list(change) for change in doc.changes]]))
    assert undo(*stored) == text


def test_what_left_the_article_stands_in_the_ledger_alone():
    doc = Document.of("Share\nProse.\n").apply([Change("chrome/en/share", 0, 0, "Share", None, "chrome/share")])
    assert doc.remains() == ["\n", "Prose.\n"]


@pytest.mark.parametrize(
    "change",
    [
        Change("r", 0, 0, "wrong", "x"),
        Change("r", 0, 1, "Share", "x"),
        Change("r", 0, -1, "e", "x"),
        Change("r", 0, 0, "Shar", None, "chrome/x"),
        Change("r", 0, 0, "Share", None, "nonsense"),
        Change("r", 0, 0, "Share", None, "body"),
    ],
)
def test_a_change_that_does_not_fit_is_refused(change):
    with pytest.raises(LedgerError):
        Document.of("Share\n").apply([change])


def test_a_line_leaves_only_once():
    doc = Document.of("Share").apply([Change("r", 0, 0, "Share", None, "chrome/x")])
    with pytest.raises(LedgerError):
        doc.apply([Change("r", 0, 0, "Share", None, "spam/x")])


def test_a_ledger_of_another_document_is_refused():
    doc = Document.of("ab").apply([Change("r", 0, 0, "a", "x")])
    with pytest.raises(LedgerError):
        undo(["other"], doc.changes)


def test_labels_may_change_and_texts_may_not():
    doc = Document.of("a\nb")
    assert doc.with_lines([line._replace(lang="en") for line in doc.lines]).lines[1].lang == "en"
    with pytest.raises(LedgerError):
        doc.with_lines([line._replace(text="c") for line in doc.lines])
    with pytest.raises(LedgerError):
        doc.with_lines([line._replace(role="chrome/x") for line in doc.lines])
