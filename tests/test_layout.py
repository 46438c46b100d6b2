"""The layout stage: what it drops, what it keeps, and what the ledger says of it."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from siftline import Cleaner, restore
from siftline.document import Change, Document, Line
from siftline.layout.cohesion import LONG, asked_far
from siftline.layout.features import Windows, distances, shifted
from siftline.layout.markup import Hints
from siftline.layout.model import Judgement, Measured, Stage
from siftline.layout.numbering import keep_numbered
from siftline.layout.repeated import agreed
from siftline.layout.second import best_stretch
from siftline.layout.sheet import KINDS, kinds, sheet
from siftline.layout.stamped import TOLD
from siftline.layout.trees import Trees
from siftline.layout.words import BITS, TOPICS, packed, scores, words
from siftline.library import Library
from siftline.prose import is_article
from siftline.stages import STAGES
from siftline.stages.extract import extract
from siftline.stages.layout import FEWEST_LINES, layout, layouts
from siftline.training.examples import BEFORE

MENU = ["Home", "Boats", "Timetable", "Tickets", "Harbours", "Gallery", "Links", "Guestbook"]
STORY = [
    "The ferry came back on Monday, after a winter in the yard, and half the village stood on the pier to see it.",
    "Nobody had expected the old boat to sail again. The engine had been taken out in November, and the parts that "
    "were ordered from the mainland did not arrive until the middle of February.",
    "“We worked through the nights,” said the master of the yard, “because a village without a boat is an island "
    "without a bridge.” His men painted the hull in the last week, in the rain.",
    "The first crossing took forty minutes. The sea was calm, the cafe on board sold out of buns, and the mayor, who "
    "had promised to swim if the boat did not sail, was seen to smile.",
    "From next week on there will be four crossings a day, and six in summer. Bicycles travel free of charge.",
]
TAIL = ["Older posts", "Lighthouse to be painted", "Storm on Friday", "A new cook", "Archive", "2019", "2018", "2017"]
PAGE = "\n".join(MENU + STORY + TAIL) + "\n"
POINTS = [
    "The hull has been painted white and green.", "The benches on deck are new.",
    "船身刷成了白色和绿色。", "甲板上的长椅都是新的。",
]  # fmt: skip
ZH_MENU = [
    "首页", "渔港", "航班", "票价", "岛上生活", "相册", "国内", "国际", "体育", "财经", "科技", "汽车", "房产",
    "海岛新闻 > 渡船 > 正文",
]  # fmt: skip
ZH_STORY = [
    "渡船周一回来了。整个冬天它都停在船厂里，村里一半的人站在码头上看它靠岸。",
    "没有人想到这条老船还能出海。发动机十一月就拆了下来，从大陆订的零件直到二月中旬才送到岛上。",
    "“我们连夜干活，”船厂的师傅说，“没有船的村子，就像没有桥的岛。”最后一个星期，他们在雨里给船身刷漆。",
    "第一趟航程用了四十分钟。海面很平静，船上的小卖部把面包都卖光了，乘客们一直站在甲板上唱歌。",
    "从下周起，渡船每天往返四次，夏天增加到六次。自行车免费上船，孩子们可以坐在驾驶室旁边看海。",
]
ZH_TAIL = [
    "上一篇：灯塔要刷漆了", "下一篇：周五有大风", "相关新闻", "码头扩建工程开工", "岛上新开一家面包店", "渔民学校招生",
    "第三届海鲜节下月举行", "热门文章", "海雾天气怎么出行", "老照片里的渔港", "一个灯塔看守人的日记", "去年的台风",
    "关于本站 | 联系方式 | 网站地图", "海岛新闻网 版权所有",
]  # fmt: skip


@pytest.mark.parametrize(("menu", "story", "tail"), [(MENU, STORY, TAIL), (ZH_MENU, ZH_STORY, ZH_TAIL)])
def test_the_story_stays_and_what_frames_it_goes(menu, story, tail):
    article = Cleaner().clean("\n".join(menu + story + tail))
    kept = article.text.split("\n\n")
    assert [line for line in kept if line in story] == story
    assert len(kept) <= len(story) + 2, kept


def test_a_dropped_line_has_the_rule_the_score_and_comes_back():
    record = Cleaner().clean(PAGE).record("a")
    gone = [change for change in record["changes"] if change["rule"] == "layout"]
    assert gone
    assert all(change["role"] == "layout" and change["after"] is None for change in gone)
    assert all(0 <= float(change["why"]) < 0.5 for change in gone)
    assert restore(json.loads(json.dumps(record))) == PAGE


def test_documents_judged_together_are_judged_as_each_alone(library, monkeypatch):
    texts = [
        PAGE,
        "\n".join(ZH_MENU + ZH_STORY + ZH_TAIL),
        "\n".join([*MENU, "Écoutez la mer.", *STORY, *MENU]),
        "\n" + PAGE,
    ]
    docs = [Cleaner().run(Document.of(text), ["language", "chrome"]) for text in texts]
    lines = [[line for line in doc.lines if line.text] for doc in docs]
    for found, alone in zip(library.text_model.judge_all(lines), map(library.text_model.judge, lines), strict=True):
        assert found.chances.tobytes() == alone.chances.tobytes()
        assert (found.gain, found.languages) == (alone.gain, alone.languages)
        assert found.reasons([0, 9]) == alone.reasons([0, 9])
    whole = [layout(doc, library) for doc in docs]
    assert layouts(docs, library) == whole
    monkeypatch.setattr(sys.modules["siftline.stages.layout"], "LINES_TOGETHER", 30)
    assert layouts(docs, library) == whole


def test_explain_names_three_features(siftline, tmp_path):
    (tmp_path / "a.txt").write_text(PAGE, encoding="utf-8")
    said = siftline("explain", str(tmp_path / "a.txt")).stdout.decode().splitlines()
    whys = [line for line in said if line.strip().startswith("layout ")]
    assert whys
    assert all(line.rstrip(")").split("(", 1)[1].count(",") >= 2 for line in whys)


def test_strictness_moves_the_balance():
    sizes = [len(Cleaner(strictness=share).clean(PAGE).text) for share in (0.0, 0.2, 0.9, 1.0)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > sizes[-1]
    no_model = Cleaner(stages=[name for name in Cleaner().stages if name != "layout"]).clean(PAGE)
    assert len(no_model.text) == sizes[0]


@pytest.mark.parametrize("story", [STORY, ZH_STORY])
def test_an_article_alone_comes_out_whole(story):
    text = "\n\n".join(story * 2)
    assert Cleaner().clean(text).text == text


def as_page(menu: list[str], story: list[str], tail: list[str]) -> str:
    links = "".join(f'<li><a href="/{n}">{line}</a></li>' for n, line in enumerate(menu))
    more = "".join(f'<li><a href="/t{n}">{line}</a></li>' for n, line in enumerate(tail))
    points = "".join(f"<li>{line}</li>" for line in POINTS if line.isascii() == story[0].isascii())
    text = "".join(f"<p>{line}</p>" + f"<ul>{points}</ul>" * (n == 1) for n, line in enumerate(story))
    return (
        f"<!DOCTYPE html><html><head><title>The ferry is back</title></head><body><ul class=menu>{links}</ul>"
        f'<div class="content"><h1>The ferry is back</h1>{text}'
        f'</div><div class="sidebar"><h3>More</h3><ul>{more}</ul></div></body></html>'
    )


@pytest.mark.parametrize(("menu", "story", "tail"), [(MENU, STORY, TAIL), (ZH_MENU, ZH_STORY, ZH_TAIL)])
def test_with_markup_the_story_and_its_list_stay(menu, story, tail):
    article = Cleaner().clean(as_page(menu, story, tail))
    kept = article.text.split("\n\n")
    assert [line for line in kept if line in story] == story
    assert sum(f"- {point}" in kept for point in POINTS) == 2
    assert not any(line.removeprefix("- ") in (*menu, *tail) for line in kept), kept


def test_a_page_of_a_few_lines_loses_only_what_is_sure():
    page = f"<html><body><nav><a href='/'>Home</a></nav><p>{STORY[0]}</p><table><tr><td>a<td>b<tr><td>1<td>2</table>"
    kept = Cleaner().clean(page).text
    assert STORY[0] in kept
    assert "| 1 | 2 |" in kept
    assert "Home" not in kept


def test_a_fragment_is_no_page():
    lines = MENU[: FEWEST_LINES - 1]
    doc = Cleaner().clean("\n".join(lines)).document
    assert not any(change.rule == "layout" for change in doc.changes)


def judged(lines: list[str], chances: list[float], gain: float, lang: str = "en", site: int = 1) -> list[str]:
    """Return what the stage leaves of a text with so many lines of the site's below it, if the model thinks this."""
    doc = Document.of("\n".join([*lines, *["Share on Facebook"] * site]))
    found = Judgement(
        np.array([*chances, *[0.0] * site], np.float32),
        Measured.of(doc.lines, Library().text_model.wording).table,
        None,
        gain,
        languages=0 if lang == "en" else None,
        alone=0.6,
    )
    model = SimpleNamespace(judge_all=lambda docs: [found] * len(docs))
    all_of = range(len(lines) + site)
    doc = doc.with_languages(all_of, [lang] * len(all_of))
    share = "Share on Facebook"
    doc = doc.apply([Change("chrome/en/share-on", at, 0, share, None, "chrome/share-on") for at in all_of[-site:]])
    doc = layout(doc, SimpleNamespace(strictness=0.45, reasons=False, text_model=model))
    return [line.text for line in doc.lines if line.in_article]


def test_of_a_text_that_is_left_alone_only_what_stands_on_top_goes():
    lines = ["status", "3", *STORY, "More", "Links"]
    chances = [0.1, 0.1, 0.9, 0.9, 0.1, 0.9, 0.9, 0.05, 0.05]
    assert judged(lines, chances, gain=0.1) == lines[2:]
    assert judged(lines, [0.1, 0.3, *chances[2:]], gain=0.1) == lines[1:]
    assert judged([STORY[0], *lines], [0.05, *chances], gain=0.1) == [STORY[0], *lines]
    assert judged(lines, chances, gain=0.9) == [*STORY[:2], *STORY[3:]]


def test_that_rules_see_little_of_a_site_says_less_where_they_do_not_know_its_language():
    lines, chances = [*STORY, "More", "Links"], [0.9, 0.9, 0.9, 0.9, 0.9, 0.02, 0.02]
    assert len(STORY) == 5
    for lang in ("en", "ru"):
        assert judged(lines, chances, gain=0.5, lang=lang) == lines
    assert judged(lines, chances, gain=0.5, lang="fr") == STORY
    assert judged(lines, chances, gain=0.4, lang="fr") == lines


def test_in_other_languages_a_long_paragraph_stays_that_speaks_of_the_same_things():
    story = [
        "A velha balsa voltou ao porto na segunda-feira, depois de um inverno inteiro no estaleiro da ilha.",
        "Ninguém esperava que o motor funcionasse de novo, porque as peças chegaram apenas em fevereiro.",
        "O mestre do estaleiro contou que os pintores trabalharam durante noites inteiras para que a balsa pudesse voltar "
        "antes da festa do porto, e que ninguém esperava tanta gente na ilha numa segunda-feira de chuva. O conselho do porto "
        "decide em junho se compra uma segunda balsa para os anos em que esta fica no estaleiro.",
    ]
    notice = (
        "Utilizamos cookies próprios e de terceiros para personalizar conteúdos, apresentar publicidade e analisar acessos. "
        "Pode aceitar todas as opções ou configurar preferências a qualquer momento através do painel de privacidade. Os nossos "
        "parceiros podem processar dados pessoais com base no interesse legítimo; consulte a política completa."
    )
    assert min(len(story[2]), len(notice)) >= LONG
    lines = [*story[:2], "Copiar", "Reproduzir", story[2], notice]
    chances = [0.9, 0.9, 0.02, 0.02, 0.1, 0.1]
    assert judged(lines, chances, gain=0.9, lang="pt") == story
    assert judged(lines, chances, gain=0.9) == story[:2]


STORY_PT = [
    "O barco voltou na segunda-feira, depois de um inverno no estaleiro, e meia aldeia estava no cais para o ver.",
    "Ninguém esperava que o motor funcionasse de novo, porque as peças chegaram apenas em fevereiro, e nem todas.",
    "A primeira travessia durou quarenta minutos e o mar estava calmo.",
]


@pytest.mark.parametrize(
    ("far", "chance", "lang", "site", "stays"),
    [
        ("Mais lidas da semana", 0.45, "pt", 1, False),
        ("Mais lidas da semana", 0.45, "en", 1, True),
        ("Mais lidas da semana", 0.8, "pt", 1, True),
        ("Mais lidas da semana", 0.45, "pt", 9, True),
        ("- ½ kg de farinha de milho", 0.45, "pt", 1, True),
        ("Mais lidas da semana" + "a" * 79, 0.45, "pt", 1, False),
        ("Mais lidas da semana" + "a" * 80, 0.45, "pt", 1, True),
    ],
    ids=["brief", "in a language it knows", "sure", "in a thread with bars", "an amount", "narrow", "wide"],
)
def test_in_other_languages_a_brief_line_far_from_the_article_is_asked_more(
    far: str, chance: float, lang: str, site: int, stays: bool
) -> None:
    between = "Leia também o que aconteceu com os outros barcos da ilha no inverno passado, segundo o jornal da cidade"
    lines = [far, between, *STORY_PT, "Fim da história"]
    left = judged(lines, [chance, 0.02, 0.9, 0.9, 0.9, 0.45], gain=0.9, lang=lang, site=site)
    assert left == [*([far] if stays else []), *lines[2:]]


def test_the_stretch_of_the_article_may_have_a_gap() -> None:
    chances = np.array([0.4, 0.1, 0.9, 0.1, 0.4, 0.4], np.float32)
    texts = ["Menu", "y" * 300, "y" * 200, "y" * 60, "Fim da história, por agora", "Mais"]
    table = Measured.of([Line(text, "\n", "body", "pt") for text in texts], Library().text_model.wording).table
    inside = np.array([True, True, True, True, True, False])
    assert asked_far(chances, inside, texts, table).tolist() == [2.0, 1.0, 1.0, 2.0, 2.0, 2.0]
    near = np.array([0.4, 0.1, 0.9, 0.25, 0.6, 0.4], np.float32)
    assert asked_far(near, inside, texts, table).tolist() == [2.0, 1.0, 1.0, 1.0, 1.0, 2.0]
    lines = [Line(text, "\n", "body", "pt") for text in ["y" * 90, *texts[1:]]]
    wide = Measured.of(lines, Library().text_model.wording).table
    sure = np.array([0.9, *chances[1:]], np.float32)
    far = [1.0, 1.0, 1.0, 2.0, 2.0, 2.0]
    assert asked_far(sure, inside, texts, wide).tolist() == far  # what is wider than 200 counts as 200


def test_a_list_that_ends_a_text_goes_where_the_line_above_it_went():
    def left(text: str) -> list[str]:
        lines = [Line(line, "\n", "body", "en") for line in text.splitlines()]
        table = Measured.of(lines, Library().text_model.wording).table
        found = Judgement(np.full(len(lines), 0.9, np.float32), table, None, 0.1)
        library = SimpleNamespace(
            strictness=0.45, reasons=False, text_model=SimpleNamespace(judge_all=lambda docs: [found] * len(docs))
        )
        rules = [
            Change("chrome/en/share-on", at, 0, line, None, "chrome/share-on")
            for at, line in enumerate(text.splitlines())
            if line == "Share on Facebook"
        ]
        return [line.text for line in layout(Document.of(text).apply(rules), library).lines if line.in_article]

    items = ["- Lighthouse to be painted", "- A new cook for the ferry", "Share on Facebook", "- Storm on Friday"]
    assert left("\n".join([*STORY, "Share on Facebook", *items])) == STORY
    assert left("\n".join([*STORY, *items])) == [*STORY, *(item for item in items if item.startswith("- "))]
    stories = [f"- Another story of the coast, number {number}" for number in range(20)]
    report = [*STORY, "The old boat goes to the museum."]
    assert is_article(report, TOLD)
    assert left("\n".join([*report, "Share on Facebook", *stories])) == report  # however long, below an article
    brief = [*STORY[:3], *stories]
    assert left("\n".join([*STORY[:3], "Share on Facebook", *stories])) == brief  # the list is what the page is for
    assert left("\n".join([*STORY, "Share on Facebook", *items[:2]])) == [*STORY, *items[:2]]
    assert left("\n".join([*STORY[:2], "Share on Facebook", *items])) == [*STORY[:2], *items[:2], items[3]]
    assert left("\n".join(["- Home", "- News", *STORY, "Share on Facebook"])) == STORY
    assert left("\n".join(["- Home", *STORY, "Share on Facebook"])) == ["- Home", *STORY]
    assert left("\n".join([*POINTS[:1], "- Home", "- News", *STORY, "Share on Facebook"]))[:2] == [POINTS[0], "- Home"]


def test_a_line_alone_between_two_that_stay_needs_less():
    lines = [*STORY[:3], "The crossings", *STORY[3:], "Links", "More"]
    chances = [0.9, 0.9, 0.9, 0.3, 0.9, 0.9, 0.3, 0.05]
    assert judged(lines, chances, gain=0.9) == lines[:6]
    assert judged(lines, [*chances[:3], 0.2, *chances[4:]], gain=0.9) == [*STORY]


def test_a_signature_stays_with_what_it_stands_below():
    lines = [*STORY, "The boat is back!", "— Ferry Yard (@ferryyard) October 9, 2018", "— Older posts"]
    assert judged(lines, [0.9] * len(STORY) + [0.8, 0.05, 0.05], gain=0.9) == lines[:-1]
    assert judged(lines, [0.9] * len(STORY) + [0.05, 0.05, 0.05], gain=0.9) == STORY


def test_a_document_of_too_many_lines_is_left_alone(library, monkeypatch):
    monkeypatch.setattr(sys.modules["siftline.stages.layout"], "MOST_LINES", len(PAGE.splitlines()) - 1)
    doc = Document.of(PAGE)
    assert layout(doc, library) is doc


def test_the_same_page_gives_the_same_scores_in_any_company():
    alone = Cleaner().clean(PAGE).record("a")
    cleaner = Cleaner()
    cleaner.clean("\n".join(ZH_MENU + ZH_STORY))
    assert cleaner.clean(PAGE).record("a") == alone


@pytest.mark.parametrize("line", ["\ud800 lone", "𠀀𠀁 far", "x" * 5000, "\x00", "…"])
def test_any_line_can_be_judged(line, library):
    doc = Document.of("\n".join([line, *STORY, line, line]))
    chances = library.text_model.judge(doc.lines).chances
    assert chances.shape == (len(doc.lines),)
    assert np.isfinite(chances).all()


def test_weights_are_small(library):
    from siftline.library import models_folder  # noqa: PLC0415

    assert sum(path.stat().st_size for path in models_folder().iterdir()) < 3_000_000


def test_what_the_features_moved_adds_up_to_the_score():
    rng = np.random.default_rng(0)
    trees = Trees(
        rng.integers(0, 9, (4, 30)).astype(np.int16),
        rng.normal(size=(4, 30)).astype(np.float32),
        rng.normal(size=(30, 16)).astype(np.float32),
        0.25,
    )
    table = rng.normal(size=(9, 50)).astype(np.float32)
    start = trees.leaves.mean(axis=1).sum() + trees.bias
    assert np.allclose(trees.contributions(table).sum(axis=0) + start, trees.raw(table), atol=1e-4)
    column = table[:, 7]
    walked = [
        sum((column[trees.features[level, tree]] > trees.borders[level, tree]) << level for level in range(4))
        for tree in range(30)
    ]
    leaves = sum(trees.leaves[tree, leaf] for tree, leaf in enumerate(walked))
    assert np.isclose(trees.raw(table)[7], leaves + trees.bias, atol=1e-4)


def worded(lines):
    laid = sheet(lines)
    return words(laid, kinds(laid.codes))


def test_a_score_is_the_sum_of_the_weights_of_words_and_pairs():
    weights = np.random.default_rng(1).integers(-127, 128, (1 << BITS, len(TOPICS))).astype(np.int8)
    lines = ["a", "The ferry sails", "中文。", "x" * 900, "\u200b"]
    together = scores(worded(lines), packed(weights))
    for number, line in enumerate(lines):
        of = worded([line])
        assert (scores(of, packed(weights))[:, 0] == together[:, number]).all()
        found = np.concatenate([of.alone[of.first[0] : of.last[0]], of.pairs[of.first[0] - 1 : of.last[0]]])
        total = weights[found].astype(int).sum(axis=0)
        assert np.allclose(together[:, number], total / np.sqrt(found.size + 1) / 64, atol=1e-5)


def test_each_language_is_scored_with_the_weights_of_its_own(library):
    story = "Паром вернулся в понедельник, и полдеревни стояло на причале."
    texts = {"ru": story, "en": STORY[0], "pt": "A velha balsa voltou ao porto na segunda-feira."}
    wording = library.text_model.wording
    documents = [[Line(text, "\n", "body", lang)] for lang, text in texts.items()]
    table, measured = Measured.together(documents, wording)
    assert [one.languages for one in measured] == [1, 0, None]
    rows = [table.names.index(name) for name in ("wording", "forum wording")]
    for number, lines in enumerate(documents):
        alone = Measured.of(lines, wording).table.array[rows, 0]
        assert (table.array[rows, number] == alone).all()
        assert (alone == 0).all() == (number == 2)
    other = tuple(reversed(wording))
    assert (Measured.of(documents[0], other).table.array[rows] != table.array[rows, :1]).any()


def test_words_are_runs_of_letters_or_digits_and_single_han_characters_and_marks():
    of = worded(["The ferry, 12 km", "THE　FERRY, 77 km", "渡船abc回来", "回来 abc"])
    count = (of.last - of.first).tolist()
    assert count == [5, 5, 5, 3]
    lines = [of.alone[first:last].tolist() for first, last in zip(of.first, of.last, strict=True)]
    assert lines[0] == lines[1]
    assert lines[2][2:] == [lines[3][2], *lines[3][:2]]


def test_kinds_of_characters():
    text = "aÄ1 中あ한。,“|•@:\n"
    assert [KINDS[kind] for kind in kinds(sheet([text[:-1]]).codes[1:])] == [
        "lower", "upper", "digit", "space", "han", "syllable", "syllable", "end", "comma", "quote", "separator",
        "bullet", "address", "colon", "line",
    ]  # fmt: skip


def test_windows_neighbours_and_stretches():
    row = np.array([[1, 2, 3, 10]], np.float32)
    out = np.empty((2, 1, 4))
    Windows(row).means(((-2, -1), (1, 2)), out)
    assert out.tolist() == [[[0, 1, 1.5, 2.5]], [[2.5, 6.5, 10, 0]]]
    assert shifted(row, (-5,), 0).tolist() == [[[0, 0, 0, 0]]]
    assert distances(np.zeros((1, 2), bool))[0].tolist() == [[40, 40]]
    assert best_stretch(np.array([-1.0, -2.0], np.float32)) == (0, 0)


def test_models_are_named_by_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("SIFTLINE_MODEL", str(tmp_path))
    with pytest.raises(OSError, match=r"text\.npz"):
        Library().text_model  # noqa: B018


def test_a_numbered_heading_stays_where_its_neighbour_does():
    texts = [
        "01",
        "不只是修伞",
        "有人拿来的是外婆的油纸伞。",
        "02",
        "涨价？他没想过",
        "他把钱塞进铁皮盒里，笑了笑。",
        "03",
        "往期推荐",
        "渡口",
    ]
    kept = np.array([True, True, True, False, False, True, False, False, False])
    keep_numbered(kept, texts)
    assert kept.tolist() == [True] * 6 + [False] * 3
    texts = ["TOP 7. Long Sands", "It was built in 1874, in red and white.", "TOP 6. Whale Reef", "It is seen at low tide alone.",
             "5. Most read", "Nobody has ever seen it lit, they say."]  # fmt: skip
    kept = np.array([False, True, True, True, False, True])
    keep_numbered(kept, texts)
    assert kept.tolist() == [True, True, True, True, False, True]


def test_a_line_that_stands_twice_is_judged_nearer_to_its_less_likely_place() -> None:
    lines = Document.of("\n".join(["Sent from the pier", *STORY, "Sent from the pier "])).lines
    chance = np.linspace(0.1, 0.9, len(lines), dtype=np.float32)
    once, twice = agreed(chance[:-1], lines[:-1]), agreed(chance, lines)
    assert once.tolist() == chance[:-1].tolist()
    assert twice[:-1].tolist() == chance[:-1].tolist()
    assert twice[-1] == pytest.approx(0.5)  # half way between 0.1 and 0.9, in log odds


def test_a_sentence_that_stands_twice_stays_as_likely_as_it_is_in_its_likeliest_place() -> None:
    lines = Document.of("\n".join([STORY[0], "Share", *STORY])).lines
    chance = np.array([0.05, 0.02, 0.9, 0.9, 0.9, 0.9, 0.9])  # as the model for pages gives them
    assert agreed(chance, lines).tolist() == pytest.approx(chance.tolist())


TABLE = [
    "| 食材 | 用量 |",
    "| --- | --- |",
    "| 杏鲍菇 | 3根 |",
    "| 米酒 | 2大勺 |",
    "| 麻油 | 1大勺 |",
    "| 老姜 | 6片 |",
]
RECIPE = [
    "三杯杏鲍菇", "", "杏鲍菇切厚片，煎到两面焦黄，口感很像鲍鱼。家里没有客人的时候，我常常一个人做一大盘。", "", "## 用料", "",
    *TABLE, "", "## 做法", "", "1. 杏鲍菇洗净，切成1厘米厚的片，两面划十字。", "2. 平底锅不放油，小火把菇片烙到出水，盛出。",
    "3. 麻油下锅，小火煸姜片至边缘卷起。", "", "关注公众号「石桥厨房」，回复“素菜”领取电子书！", "👇点击下方卡片关注我👇",
    "推荐阅读：", "[懒人版红烧茄子](https://example.com/1)", "[酸豆角](https://example.com/2)",
]  # fmt: skip


def test_a_table_between_lines_that_stay_stays():
    assert "\n".join(TABLE) in Cleaner().clean("\n".join(RECIPE)).text


QUESTION = """<title>Lines between two dates - Lamp Exchange</title><header><a>Questions</a><a>Tags</a><a>Users</a></header>
<h1>Lines between two dates</h1><div>Asked 5 years, 2 months ago</div><div>Viewed 12k times</div>
<div class=question><div class=vote>14</div><div class=post-text><p>I have a log in which each line starts with a date. How do
I print everything between two of them?</p><pre><code>2019-01-02 door opened
2019-02-01 door closed</code></pre></div><div class=tags><a>awk</a><a>date</a></div><div>Share Improve this question Follow</div>
<div>asked Jan 2, 2019 at 8:00 <a>oakbirch</a> 151</div></div><h2>1 Answer</h2><div class=answer><div class=vote>22</div>
<div class=post-text><p>Since dates compare as strings:</p><pre><code>awk '$1 &gt;= "2019-01-01"' door.log</code></pre><p>No date
parsing needed.</p></div><div>Share Improve this answer Follow</div></div><h2>Your Answer</h2><div>Post Your Answer</div>"""


def test_a_table_without_markup_stays_with_its_head():
    table = ["Crossing\tBoat\tMinutes", "Long Sands\tthe old ferry\t40", "Quay\tthe new one, in summer only\t25"]
    menu = ["Home\tBoats\tHarbours", "Gallery\tLinks\tGuestbook"]
    chances = [0.02, 0.02, 0.9, 0.9, 0.1, 0.9, 0.9, 0.9]
    lines = [*menu, *STORY[:2], *table, STORY[2]]
    assert judged(lines, chances, gain=0.9) == lines[2:]
    chances[5:7] = [0.1, 0.1]
    assert judged(lines, chances, gain=0.9) == [*STORY[:3]]


def test_code_below_a_paragraph_that_stays_stays():
    text = Cleaner().clean(QUESTION, html=True).text
    assert "2019-02-01 door closed" in text
    assert "door.log" in text
    assert "Improve" not in text


def _always(odds: float) -> Stage:
    """Return trees that say the same of every line."""
    leaves = np.zeros((1, 2), np.float32)
    trees = Trees(np.zeros((1, 1), np.int16), np.full((1, 1), np.inf, np.float32), leaves, odds)
    return Stage(trees, ("judgement of the text alone",))


def _judged_as_brief(page: str) -> bool:
    """Whether a page is judged by the trees for pages with little prose."""
    library = Library()
    model = replace(library.page_model, trees=_always(-4.0), brief=_always(4.0))
    doc = extract(page, extractor="dom")
    for name in BEFORE:
        doc = STAGES[name](doc, library)
    return bool(model.judge(doc.lines, Hints.of(doc.page, np.arange(len(doc.lines)))).chances.mean() > 0.5)


@pytest.mark.parametrize(
    ("page", "brief"),
    [
        ("<title>Quay Carriers</title>" + "".join(f"<h3>Chair {n}</h3><p>Oak, {n} legs" for n in range(3, 9)), True),
        ("<title>Мебель</title>" + "".join(f"<h3>Стул {n}</h3><p>Дуб, ножек: {n}" for n in range(3, 9)), True),
        ("<title>Harbour Forum</title>" + "".join(f"<h3>Chair {n}</h3><p>Oak, {n} legs" for n in range(3, 9)), False),
        ("<title>家具</title>" + "".join(f"<h3>椅子{n}号</h3><p>橡木,共{n}条腿" for n in range(3, 9)), False),
        ("<title>The ferry</title>" + "".join(f"<p>{text}" for text in STORY), False),
    ],
)
def test_pages_with_little_prose_have_trees_of_their_own(page, brief):
    assert _judged_as_brief(page) is brief
