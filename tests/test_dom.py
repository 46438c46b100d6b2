"""Pages as lines: what is visible, in order, as Markdown; and what the markup says of each line."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from siftline import Cleaner
from siftline.pages import dom
from siftline.pages.marks import BIT, TAGS, mark_of
from siftline.training import labels

CASES = sorted((Path(__file__).parent / "cases" / "dom").glob("*.txt"))
PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<div class='entry-content'>", "</div>", "<br>", "<ul>", "<li>", "</ul>", "<table>", "<tr>", "<td>", "<th>", "</table>", "<pre>", "</pre>", "<code>",
        "<h2>", "</h2>", "<a href=x>", "</a>", "<b>", "</b>", "<span hidden>", "</span>", "<script>", "</script>", "<!--", "-->", "<title>", "</title>", "<noscript>", "</noscript>",
        "<frameset>", "<template>", "<svg>", "</svg>", "<x-y>", "<select>", "<option>", "<button>", "<style>", "\n", "\r", " ", "\x00", "\ud800", "\u2028", "|", "```", "<", "&lt;p&gt;", "&#13;", "文字", "text",
    ]
)  # fmt: skip
PAGES = st.lists(st.one_of(PIECES, st.text(max_size=9)), max_size=40).map("".join)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_page_becomes_these_lines(path):
    page, _, lines = path.read_text(encoding="utf-8").partition("=====\n")
    assert dom.read(page).lines == lines.splitlines()


def box(page, level):
    """Return the range of lines of each line's container; the page is around all."""
    at = page.hints[f"box{level}"]
    return np.append(page.elements["start"], 0)[at], np.append(page.elements["end"], len(page.lines))[at]


@given(PAGES)
def test_every_line_has_every_hint_and_lies_in_its_boxes(html):
    page = dom.read(html)
    count = len(page.lines)
    at = np.arange(count)
    assert not any(end in line for line in page.lines for end in "\r\n")
    assert all(len(values) == count for values in page.hints.values())
    size = np.zeros(count)
    for level in range(1, 7):
        start, end = box(page, level)
        assert ((start <= at) & (at < end)).all()
        assert (end - start >= size).all()
        size = end - start
    for table in (page.elements, page.words):
        assert (table["start"] < table["end"]).all()
        assert (table["end"] <= count).all()
    assert (page.hints["link_chars"] <= page.hints["chars"]).all()


@given(st.lists(st.text(alphabet="abc 文字\t", max_size=20), max_size=8))
def test_no_text_is_lost_and_none_is_added(parts):
    page = dom.read("".join(f"<div><p>{part}</p></div>" for part in parts))
    assert "".join("".join(page.lines).split()) == "".join("".join(parts).split())


def hints_of(html):
    page = dom.read(html)
    return {
        line: {name: values[at].item() for name, values in page.hints.items()} for at, line in enumerate(page.lines)
    }


def flags(hint):
    return {name for name, bit in BIT.items() if hint["flags"] & bit}


def test_links_and_bold_text_are_counted_by_their_characters():
    hints = hints_of("<p>ab <a href=x>cde</a> <b>fg</b></p><p><a href=x>h</a><a href=y>i</a></p>")
    line = hints["ab cde fg"]
    assert (line["chars"], line["link_chars"], line["bold_chars"], line["links"]) == (7, 3, 2, 1)
    assert hints["h i"]["link_chars"] == hints["h i"]["chars"] == hints["h i"]["links"] == 2


def test_a_place_that_links_lead_to_is_no_link_around_what_follows():
    hints = hints_of("<a name=top><p>ab</p><p>cd <a href=x>e</a></p><a id=end>fg</a> <a href=y name=z>h</a>")
    assert [(line, hint["link_chars"]) for line, hint in hints.items()] == [("ab", 0), ("cd e", 1), ("fg h", 1)]


def test_flags_say_what_a_line_stands_in():
    hints = hints_of(
        "<div role=navigation>a</div><article><div itemprop=articleBody><p>b</p><blockquote>c</blockquote></div>"
        "<div class='c-post__comments'>d</div></article><div style='display:none'>e</div><footer><form>f</form></footer>"
    )
    assert flags(hints["a"]) == {"nav"}
    assert flags(hints["b"]) == {"article", "body-mark"}
    assert flags(hints["c"]) == {"article", "body-mark", "quote"}
    assert flags(hints["d"]) == {"article", "comment-mark"}
    assert flags(hints["e"]) == {"hidden"}
    assert flags(hints["f"]) == {"footer", "form"}
    assert TAGS[hints["b"]["tag"]] == "p"


def test_siblings_that_are_alike_are_counted():
    cards = "".join(f"<div class=card><h3>t{n}</h3><p>x{n}</p></div>" for n in range(5))
    hints = hints_of(f"<main><h1>T</h1>{cards}</main>")
    assert (hints["x3"]["repeat"], hints["x3"]["repeat_up"], hints["x3"]["alike"]) == (1, 5, 5)
    assert hints["# T"]["repeat_up"] == hints["# T"]["alike"] == 1


def test_boxes_are_the_containers_from_inside_out():
    page = dom.read("<body><div><div><div><p>a<p>b</div></div><p>c</div><p>d")
    boxes = [tuple(int(edge[0]) for edge in box(page, level)) for level in (1, 2, 3, 4)]
    assert boxes == [(0, 2), (0, 3), (0, 4), (0, 4)]
    assert page.elements["parent"].tolist() == [-1, 0, 1]


def test_a_headline_and_a_description_are_recognised():
    html = "<meta property=og:title content='A ferry returns to the island'><meta name=Description content='It came on Monday, after a winter.'>"
    hints = hints_of(
        html + "<h1>A ferry returns to the island</h1><p>It came on Monday, after a winter.<p>Bread is dear."
    )
    assert hints["# A ferry returns to the island"]["title_like"] > 0.8
    assert hints["It came on Monday, after a winter."]["description_like"] > 0.8
    assert max(hints["Bread is dear."][name] for name in ("title_like", "description_like")) < 0.3


def test_lines_that_a_schema_object_holds_are_recognised():
    text = "The ferry came back on Monday. " * 9
    html = f"<script type='application/ld+json'>{json.dumps({'@type': 'Article', 'articleBody': text})}</script>"
    hints = hints_of(html + "<p>The ferry came back on Monday.</p><p>Bread is dear this year.</p><p>a")
    assert hints["The ferry came back on Monday."]["body_like"] == 1
    assert hints["Bread is dear this year."]["body_like"] < 0.1
    assert hints["a"]["body_like"] == 0
    assert hints_of("<p>The ferry came back on Monday.</p>")["The ferry came back on Monday."]["body_like"] == -1


def word(name):
    with_name, without = (np.frombuffer(mark_of("i", {"class": one}).packed, np.int16) for one in (name, None))
    (number,) = np.setdiff1d(with_name, without)
    return number


def lines_of(page, name):
    of_word = page.words["hash"] == word(name)
    starts, ends = page.words["start"][of_word], page.words["end"][of_word]
    return sorted({line for start, end in zip(starts, ends, strict=True) for line in range(start, end)})


def test_words_of_attributes_cover_the_lines_of_their_element():
    page = dom.read("<h1>t</h1><div class='postBody x9' id=main-text><p>a<p>b</div><p>c")
    assert [lines_of(page, name) for name in ("post", "main", "text", "footer")] == [[1, 2], [1, 2], [1, 2], []]


def test_words_of_an_element_inside_a_line_count_where_it_is_most_of_the_line():
    page = dom.read(
        "<p>By <span class=author>Ann Lee</span><p>The words of <span class=author>Ann Lee</span> were few."
    )
    assert lines_of(page, "author") == [0]


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "x" + "</div>" * 100_000 + "<p>y",
        "<ul><li>" * 50_000 + "x",
        "<span>" * 100_000 + "x",
        "<table><tr><td>" * 20_000 + "x",
        "<p>" + "文" * 5_000_000,
        "<p>x" * 100_000,
        "<b><p>" * 5_000 + "x",
        "<" * 1_000_000,
        "<script type='application/ld+json'>" + "[" * 100_000 + "</script>x",
    ],
    ids=["deep", "lists", "spans", "tables", "line", "flat", "crossed", "angles", "json"],
)
def test_hostile_pages_keep_their_text(html):
    lines = dom.read(html).lines
    assert lines
    assert "".join(lines).count("x") == (html.count("x") if "<p>x" in html else "x" in html.replace("text", ""))


def test_the_page_stays_with_its_document_and_out_of_the_record():
    html = "<html><body><nav>Home</nav><p>The ferry came back on Monday, after a winter in the yard.</p></body></html>"
    article = Cleaner(extractor="dom").clean(html)
    assert article.document.page is not None
    assert len(article.document.page.lines) == len(article.document.lines)
    record = article.record("x")
    assert article.restore() == "Home\nThe ferry came back on Monday, after a winter in the yard."
    assert "page" not in record


def test_an_unknown_extractor_is_refused():
    with pytest.raises(ValueError, match="known are trafilatura, dom"):
        Cleaner(extractor="lynx")


def test_labels_choose_the_lines_that_make_up_the_article():
    lines = [
        "Home News",
        "# A ferry returns",
        "It came on Monday after a winter.",
        "```",
        "tide = 3",
        "```",
        "Related: bread",
    ]
    gold = "A ferry returns\nIt came on Monday after a winter.\ntide = 3"
    assert labels.labels(lines, gold) == [0, 1, 1, 1, 1, 0, 0]
    chosen = [line for line, label in zip(lines, labels.labels(lines, gold), strict=True) if label]
    assert labels.f1(chosen, gold) == 1
    assert labels.f1(lines, gold) < 0.9


def test_labels_of_a_text_that_stands_twice_keep_the_copy_in_the_article():
    text = ["The ferry came back on Monday.", "It was late by an hour or so.", "Nobody on the pier minded that."]
    lines = [text[0], "Home", "News", "Sport", "Weather", "Login", *text]
    assert labels.labels(lines, "\n".join(text)) == [0, 0, 0, 0, 0, 0, 1, 1, 1]


DATA = json.dumps({"story": {"content": "<p>They are back.</p>" * 20}})


@pytest.mark.parametrize(
    "script",
    [
        f"<script type=application/json>{quote(DATA)}</script>",
        f"<script>window.__DATA__ = JSON.parse({json.dumps(DATA)});</script>",
        f"<script>window.__DATA__={DATA};</script>",
    ],
    ids=["as an address", "as a string", "as it is"],
)
def test_a_page_is_read_from_its_data_however_it_is_written(script):
    assert dom.read(f"<title>x</title><div id=app></div>{script}").lines == ["They are back."] * 20
