"""The score of adverts is the same whatever is looked at together, and what is spared would not have changed it."""

from __future__ import annotations

import numpy as np
import pytest

from siftline.adverts import cues, inside, outliers
from siftline.adverts.inside import Least
from siftline.adverts.model import NAMES, Model
from siftline.adverts.parts import Judge
from siftline.adverts.phrases import BAIT, LISTS, counts
from siftline.adverts.screen import screen, screen_all
from siftline.adverts.search import Subject, search, search_all
from siftline.cleaner import Cleaner
from siftline.layout.trees import Trees
from siftline.library import Library
from siftline.stages.spam import LEAST

MILL = [
    "河边的老水磨停了四十年，去年秋天，村里的三个木匠把它一块一块拆开，又一块一块装了回去。",
    "磨盘是从后山抬下来的，石匠凿了整整一个冬天。想在家里每天挣三百的朋友，加微信 ab00000 领取资料，名额有限！"
    "开磨那天来了半个村子的人，孩子们坐在墙头上数水轮转了几圈。",
    "第一袋面粉送给了小学的食堂，厨师说，这样的面闻起来有太阳的味道。",
    "急招手机兼职，日结三百，私信我",
    "扫码进群，先到先得",
    "冬天水小，磨坊每周只开两天，来磨面的人要先在门口的本子上写下名字。",
]
LOCK = [
    "The lock at the end of the canal opens twice a day, and the keeper has opened it for thirty-one years.",
    "He writes down each boat in a book. Tired of your bank? Get a loan of any size today, text +00 000 000 0000 now! "
    "The oldest book goes back to his grandfather, who could not spell and drew the boats instead.",
    "Cheap followers, real people, pay after delivery, @example_shop_00",
    "In winter the ice is broken by hand, and the town helps.",
    "We buy old vans, any state, cash on the spot",
    "Nobody has ever counted the steps between the two gates, he says, because everybody falls asleep on the way.",
]
PIER = ["Пристань открыли весной.", "Паром ходит два раза в день, в любую погоду, кроме тумана и первого дня ледохода."]
DOCUMENTS = [MILL, LOCK, [], PIER, [*LOCK[:1], *MILL[:1]], [LOCK[1]], [*MILL, *LOCK], ["加微信 ab00000 领取资料"]]
ODD = [
    "",
    "…",
    "1️⃣②③ 微信",
    "𝐀𝐝𝐝 𝐦𝐞 @example",
    "加\u200b微 信：ab00000 5.",
    "Call 000-000-0000.",
    "九九八一二三",
    "5 k a.b. c,d",
]
EVERYTHING = -100.0


def trees(rng: np.random.Generator) -> Trees:
    features, borders = rng.integers(0, 9, (4, 30)).astype(np.int16), rng.normal(size=(4, 30)).astype(np.float32)
    return Trees(features, borders, rng.normal(size=(30, 16)).astype(np.float32), 0.25)


def test_a_column_has_the_odds_that_it_has_among_others() -> None:
    rng = np.random.default_rng(0)
    forest, table = trees(rng), rng.normal(size=(9, 50)).astype(np.float32)
    assert [forest.raw(table[:, [at]]).tolist() for at in range(50)] == [[odds] for odds in forest.raw(table).tolist()]


def test_what_a_column_reaches_at_most_is_never_below_what_it_reaches() -> None:
    rng = np.random.default_rng(1)
    forest, table = trees(rng), rng.normal(size=(9, 500)).astype(np.float32)
    for free in ([], [2], [0, 3, 8], range(9)):
        most, without = forest.at_most([*free]), table.copy()
        without[[*free]] = 0
        assert (most.raw(table) == most.raw(without)).all()  # what is free has no say
        assert (most.raw(without) >= forest.raw(table)).all()
    assert forest.at_most([]).raw(table).tolist() == forest.raw(table).tolist()
    assert np.allclose(forest.at_most(range(9)).raw(table), forest.leaves.max(axis=1).sum() + 0.25, atol=1e-4)


@pytest.mark.parametrize("least", [LEAST, -1.0])
def test_documents_looked_at_together_have_the_adverts_that_they_have_alone(library: Library, least: float) -> None:
    judge = Judge(library.adverts, least)
    alone = [search(lines, judge) for lines in DOCUMENTS]
    assert any(not one.whole for found in alone for one in found)
    assert any(one.whole for found in alone for one in found)
    assert search_all([Subject(lines) for lines in DOCUMENTS], judge) == alone
    assert search_all([Subject(lines) for lines in reversed(DOCUMENTS)], judge) == alone[::-1]


def test_documents_cleaned_together_come_out_as_alone(cleaner: Cleaner) -> None:
    texts = ["\n\n".join(lines) for lines in DOCUMENTS if lines]
    together = cleaner.run_all([cleaner.read(text) for text in texts], cleaner.stages)
    assert [doc.changes for doc in together] == [cleaner.clean(text).changes for text in texts]
    assert {change.rule for doc in together for change in doc.changes} > {"spam/score"}


def test_lines_are_measured_together_as_alone(library: Library) -> None:
    lines = [line for document in [*DOCUMENTS, ODD] for line in document]
    found = cues.table(lines)
    cues._known.clear()
    assert np.array_equal(np.hstack([cues.table([line]) for line in lines]), found)
    glance = library.adverts.at_a_glance(lines)
    assert [library.adverts.at_a_glance([line]).odds[0] for line in lines] == glance.odds.tolist()


def test_words_are_counted_once_in_a_line_and_not_across_two() -> None:
    of = LISTS.index(BAIT)
    assert [found[of] for found in counts(["客服客服", "点", "击私", "信", "", "私信客服"])] == [1, 0, 0, 0, 0, 2]


def test_lines_of_several_documents_are_screened_as_those_of_one() -> None:
    for lines, found in zip(DOCUMENTS, screen_all(DOCUMENTS), strict=True):
        if lines:
            assert [one.tolist() for one in found] == [one.tolist() for one in screen(lines)]
        assert found.marked.size == len(lines)


def test_sentences_that_are_not_measured_could_not_have_gone(library: Library) -> None:
    asked = [inside.Asked(lines, range(len(lines)), screen_all([lines])[0]) for lines in DOCUMENTS]
    for least in (Least(-4.0, 2.0), Least(0.8, 3.2), Least(9.0, 9.0)):
        for every, some in zip(
            inside.inside(asked, library.adverts), inside.inside(asked, library.adverts, least), strict=True
        ):
            rows = dict(zip(every.spans, every.table.T.tolist(), strict=True))
            assert rows.items() >= dict(zip(some.spans, some.table.T.tolist(), strict=True)).items()
            scores = library.adverts.standing_inside(every.table) if every.spans else []
            reached = [of for of, score in zip(every.spans, scores, strict=True) if score.odds >= least.standing]
            assert {*some.spans} >= {*reached, *(of for of in every.spans if rows[of][1] >= least.alone)}


def test_lines_that_are_not_measured_could_not_have_gone(library: Library) -> None:
    asked = [outliers.Asked(lines, screen_all([lines])[0], {3} if len(lines) > 4 else set()) for lines in DOCUMENTS]
    model: Model = library.adverts
    assert outliers.standing(asked, model)[0].table.shape[0] == len(outliers.NAMES) + len(NAMES)
    for least in (EVERYTHING, -2.0, 0.0, 9.0):
        for every, some in zip(outliers.standing(asked, model), outliers.standing(asked, model, least), strict=True):
            rows = dict(zip(every.lines, every.table.T.tolist(), strict=True))
            assert rows.items() >= dict(zip(some.lines, some.table.T.tolist(), strict=True)).items()
            scores = model.standing_out(every.table) if every.lines else []
            assert {*some.lines} >= {at for at, score in zip(every.lines, scores, strict=True) if score.odds >= least}
            assert least > EVERYTHING or some.lines == every.lines
