"""Lines that are alike are judged together, so are the items of one list, and a heading with what is left below it."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from siftline.document import Line
from siftline.layout import together
from siftline.layout.markup import Hints
from siftline.layout.model import Judgement, Measured
from siftline.layout.together import ALIKE, BETWEEN, EMPTY, HEADING_ALONE, ITEM_ALONE, asked_alone, judged_together
from siftline.library import Library
from siftline.pages import dom
from siftline.stages.extract import extract
from siftline.stages.layout import layout

PAGE = """<html><title>Ferries</title><body><div class=text><h1>The ferry is back</h1>
<p>Two things are new.<ul><li>The hull is white.<li>The benches are new.</ul><p>Half the village came.
<h2>Stay in touch</h2><p>Write to us.<h2>The boat</h2><p>It is old.</div>
<ul><li><a href=/a>Storm on Friday</a><li><a href=/b>A new cook</a></ul></body></html>"""
LINES = [
    "# The ferry is back", "Two things are new.", "- The hull is white.", "- The benches are new.",
    "Half the village came.", "## Stay in touch", "Write to us.", "## The boat", "It is old.", "- Storm on Friday",
    "- A new cook",
]  # fmt: skip


@pytest.fixture
def each_alone(monkeypatch):
    """Nothing is drawn to lines that are alike."""
    monkeypatch.setattr(together, "ALIKE", 0)


def judged(chances: dict[int, float], gone: tuple[int, ...] = ()) -> list[float]:
    """Return what becomes of these chances, of lines that are as likely as can be otherwise."""
    page = dom.read(PAGE)
    assert page.lines == LINES
    lines = [Line(text, "\n", "chrome/menu" if at in gone else "body") for at, text in enumerate(page.lines)]
    chance = np.array([chances.get(at, 1.0) for at in range(len(lines))], np.float32)
    text = np.array([len(line) for line in page.lines], np.float32)
    out: list[float] = judged_together(chance, lines, text, Hints.of(page, np.arange(len(lines)))).tolist()
    return out


@pytest.mark.usefixtures("each_alone")
def test_items_of_a_list_have_one_chance_and_weigh_by_their_text():
    found = judged({1: 0.1, 2: 0.2, 3: 0.9})
    assert found[2] == found[3] == pytest.approx((0.2 * 20 + 0.9 * 22) / 42)
    assert found[:2] + found[4:] == pytest.approx([1.0, 0.1, *[1.0] * 7])


def test_so_have_the_rows_of_a_table():
    page = dom.read("<div><p>The ferry is back.<table><tr><td>May<td>31<tr><td>June<td>30</table></div>")
    lines, chance = [Line(text, "\n") for text in page.lines], np.array([0.9, 0.1, 0.2, 0.3], np.float32)
    assert [text[:1] for text in page.lines] == ["T", "|", "|", "|"]
    found = judged_together(chance, lines, np.ones(4), Hints.of(page, np.arange(4)))
    assert found[1] == found[2] == found[3]
    assert found[0] > 0.5 > found[1]


@pytest.mark.usefixtures("each_alone")
def test_a_list_between_two_lines_of_the_article_is_nearly_as_likely():
    assert judged({1: 0.9, 2: 0.2, 3: 0.1})[2:4] == pytest.approx([BETWEEN * 0.9] * 2)


@pytest.mark.usefixtures("each_alone")
def test_but_not_a_list_of_links_nor_one_that_lost_an_item_or_a_neighbour_to_a_rule():
    assert judged({9: 0.1, 10: 0.1})[9:] == pytest.approx([0.1, 0.1])
    assert judged({2: 0.1, 3: 0.1}, gone=(3,))[2] == pytest.approx(0.1)
    assert judged({2: 0.1, 3: 0.1}, gone=(4,))[2] == pytest.approx(0.1)


@pytest.mark.usefixtures("each_alone")
def test_a_heading_is_less_likely_when_rules_took_all_that_stands_below_it():
    assert judged({}, gone=(6,))[5] == EMPTY
    assert judged({}, gone=(8, 9, 10))[7] == EMPTY
    assert judged({}, gone=(1,))[0] == 1


def test_a_page_without_lists_and_headings_is_left_as_it_is():
    page = dom.read("<p>alone")
    found = judged_together(np.ones(1, np.float32), [Line("alone", "")], np.ones(1), Hints.of(page, np.arange(1)))
    assert found.tolist() == pytest.approx([1])


def test_lines_of_one_kind_of_block_are_drawn_together_and_those_that_are_gone_count_for_nothing():
    paragraphs = [1, 4, 6, 8]
    found = judged({1: 0.5, 6: 0.0}, gone=(6,))
    sizes = [len(LINES[at]) for at in paragraphs if at != 6]
    mean = (0.5 * sizes[0] + sum(sizes[1:])) / sum(sizes)
    assert found[1] == pytest.approx(0.5 * (1 - ALIKE) + mean * ALIKE)
    assert found[4] == found[8] == pytest.approx(1 - ALIKE + mean * ALIKE)


def test_less_is_asked_of_a_term_and_what_is_said_of_it_too():
    page = dom.read("<p>A mill has names for much.<dl><dt>Sluice<dd>what lets water in<dt>Weir<dd>what holds it</dl>")
    asked = asked_alone(Hints.of(page, np.arange(len(page.lines)))).tolist()
    assert asked == pytest.approx([1, HEADING_ALONE, ITEM_ALONE, HEADING_ALONE, ITEM_ALONE])


def test_less_is_asked_of_a_heading_and_of_an_item_that_stand_alone_between_two_lines_that_stay():
    page = dom.read(PAGE)
    found = asked_alone(Hints.of(page, np.arange(len(page.lines))))
    asked = {line: round(float(of), 2) for line, of in zip(page.lines, found, strict=True)}
    assert asked["## The boat"] == HEADING_ALONE
    assert asked["- The hull is white."] == ITEM_ALONE
    assert asked["Write to us."] == 1
    figure = dom.read("<ul><li>The hull is white.<li><figure><figcaption>Photo by the yard</figcaption></figure></ul>")
    assert asked_alone(Hints.of(figure, np.arange(len(figure.lines))))[-1] == 1


@pytest.mark.parametrize(("chance", "stays"), [(0.15, True), (0.1, False)])
def test_a_heading_of_a_page_stays_between_its_sections(chance, stays):
    def judge(lines, hints):
        chances = np.array([chance if line.text == "## The boat" else 0.9 for line in lines], np.float32)
        return Judgement(
            chances, Measured.of(lines, Library().text_model.wording).table, None, alone=asked_alone(hints)
        )

    doc = extract(PAGE, extractor="dom")
    library = SimpleNamespace(strictness=0.45, reasons=False, page_model=SimpleNamespace(judge=judge))
    left = [line.text for line in layout(doc, library).lines if line.in_article]
    assert ("## The boat" in left) is stays
    assert len(left) == len(LINES) - (not stays)


@pytest.mark.parametrize(
    ("line", "counts"),
    [("Lamp oil, ten litres", True), ("Half the village came to the quay on that morning, and it stayed.", False)],
)
def test_on_a_page_without_prose_the_text_alone_counts_too(line, counts, monkeypatch):
    page = dom.read("".join(f"<div class=item><p>Number {number}: {line}</p></div>" for number in range(30)))
    lines = [Line(text, "\n", "body", "en") for text in page.lines]
    model, hints = Library().page_model, Hints.of(page, np.arange(len(lines)))
    chances = {}
    for of_text in (0.001, 0.999):
        judgement = Judgement(np.full(len(lines), of_text, np.float32), None, None)
        monkeypatch.setattr(type(model.text), "judge", lambda *_, found=judgement: found)
        chances[of_text] = model.judge(lines, hints).chances
    assert (chances[0.999] > chances[0.001] + 0.01).all() == counts
    assert (chances[0.999] == chances[0.001]).all() != counts
