"""What the layout model is told of a page's elements: what their names say, which are alike, which is the best."""

from __future__ import annotations

import numpy as np

from siftline.layout.containers import judged_containers
from siftline.layout.features import Table
from siftline.layout.markup import Hints
from siftline.layout.parts import PART_NAMES, PARTS, part_counts
from siftline.pages import dom

PAGE = """<html><title>Ferries</title><body>
<div class=text><h1>The ferry is back</h1><p>It came on Monday.<p>Half the village stood on the pier.</div>
<div class="x-comments"><h3>Talk</h3>
<div class=one><p>Glad to see it.<p>At last.</div><div class=one><p>Will it stay?<p>Who knows.</div></div>
</body></html>"""


def features(chances: list[float]) -> tuple[list[str], dict[str, list[float]], Hints]:
    """Return lines, features of the containers by name, and hints of the page, for these judgements of its lines."""
    page = dom.read(PAGE)
    size = len(page.lines)
    hints, table = Hints.of(page, np.arange(size)), Table(size)
    rows = np.zeros((15, size), np.float32)
    rows[12] = [len(line) for line in page.lines]
    judged_containers(table, np.array(chances, np.float32), rows, hints)
    return page.lines, dict(zip(table.names, table.array.tolist(), strict=True)), hints


def test_lines_and_boxes_of_one_kind_are_judged_together():
    lines, found, _ = features([1, 1, 1, 0, 0.9, 0.9, 0.1, 0.1])
    assert lines[4:] == ["Glad to see it.", "At last.", "Will it stay?", "Who knows."]
    assert np.allclose(found["judgement of alike lines"][4:], 0.5)
    assert len({round(value, 5) for value in found["judgement of boxes like box 1"][4:]}) == 1
    assert np.allclose(np.exp(found["boxes like box 1"][4:]), 3)  # two, and the one that is added


def test_the_best_box_is_the_one_with_the_greatest_expected_f1():
    _, found, _ = features([1, 1, 1, 0, 0.1, 0.1, 0.1, 0.1])
    assert found["within the best box"] == [1, 1, 1, 0, 0, 0, 0, 0]
    assert found["lines below the best box"] == [-2, -1, 0, 1, 2, 3, 4, 5]


def test_a_line_knows_the_heading_above_and_its_section():
    _, found, _ = features([1, 1, 1, 0.25, 0, 0, 0, 0])
    assert found["judgement of the heading above"] == [1, 1, 1, 0.25, 0.25, 0.25, 0.25, 0.25]
    assert found["lines since the heading"] == [0, 1, 2, 0, 1, 2, 3, 4]


def test_a_line_above_all_headings_and_a_page_without_containers_have_figures_too():
    page = dom.read("<p>alone")
    hints, table = Hints.of(page, np.arange(1)), Table(1)
    judged_containers(table, np.ones(1, np.float32), np.ones((15, 1), np.float32), hints)
    assert np.isfinite(table.array).all()
    assert table.array[table.names.index("judgement of the heading above")].tolist() == [-1]


def test_names_tell_the_part_of_the_page():
    _, _, hints = features([0] * 8)
    counts = dict(zip(PART_NAMES, part_counts(hints.words, hints.spans, 8).tolist(), strict=True))
    assert counts["comments names near"] == [0, 0, 0, 1, 1, 1, 1, 1]
    assert counts["article names near"] == [1, 1, 1, 0, 0, 0, 0, 0]


def test_a_word_is_of_one_kind():
    words = " ".join(PARTS.values()).split()
    assert len(set(words)) == len(words)
