"""Documents that one wrong reading explains: read again at once, with the same outcome as line by line."""

from __future__ import annotations

import ftfy  # noqa: F401 - its codecs
import numpy as np
import pytest

from siftline.repairs import pairs, whole_documents
from siftline.repairs.census import Census
from siftline.repairs.edits import apply
from siftline.stages.repair import repair_text

CHINESE = [
    "桥头的老店每天早上五点开门，先把炉子烧热。",
    "第一锅馒头出笼的时候，街上还没有什么人。",
    "送货的三轮车从河边过来，车上放着两筐青菜。",
    "孩子们上学以前，总要在门口买一碗热豆浆。",
    "下午生意清淡，老板就坐在树下面看报纸。",
    "他说三十年前这里只有一条土路，下雨就不能走。",
    "后来修了水泥路，又盖起了新的学校和医院。",
    "到了冬天，河面结冰，大家都到上面去滑冰。",
    "春节前后店里最忙，全家人一起动手还来不及。",
    "明年他打算把店交给女儿，自己回乡下种地。",
    "女儿学的是设计，已经画好了新招牌的样子。",
    "街坊们都说，只要味道不变，什么样子都好。",
]
RUSSIAN = [
    "Старая пекарня у моста открывается каждый день в пять утра.",
    "Когда первый хлеб достают из печи, на улице ещё никого нет.",
    "По набережной едет тележка, на которой стоят две корзины зелени.",
    "Перед школой дети покупают у дверей стакан горячего молока.",
    "После обеда покупателей мало, и хозяин читает газету под деревом.",
    "Он говорит, что тридцать лет назад здесь была одна дорога.",
    "Потом построили новую школу, больницу и большую площадь.",
    "Зимой река замерзает, и все идут кататься на коньках.",
    "Перед праздниками работы больше всего, помогает вся семья.",
    "В будущем году он хочет передать пекарню своей дочери.",
    "Дочь уже нарисовала новую вывеску и выбрала краски.",
    "Соседи говорят, что главное, чтобы вкус остался прежним.",
]
WAYS = [
    *((CHINESE, "utf-8", false) for false in ("latin-1", "koi8-r")),
    *((CHINESE, "gb18030", false) for false in ("latin-1", "big5", "big5hkscs")),
    *((RUSSIAN, "utf-8", false) for false in ("latin-1", "gb18030")),
    *((RUSSIAN, "koi8-r", false) for false in ("latin-1", "cp1251")),
    (RUSSIAN, "cp1251", "koi8-r"),
]


def _damaged(lines: list[str], true: str, false: str) -> tuple[list[str], list[str]]:
    """Return the lines that lose no byte, as they were and damaged."""
    kept = [line for line in lines if line.encode(true).decode(false, "replace").encode(false, "ignore").decode(
        true, "ignore") == line]  # fmt: skip
    return kept, [line.encode(true).decode(false) for line in kept]


@pytest.mark.parametrize(("lines", "true", "false"), WAYS)
def test_a_document_read_wrongly_is_read_again_at_once(lines, true, false):
    good, bad = _damaged(lines * 3, true, false)
    found = whole_documents.read_again(Census("\n".join(bad)), bad)
    assert len(good) >= len(lines)
    assert [apply(bad[at], found[at].edits) for at in sorted(found)] == good
    assert repair_text("\n".join(bad)).split("\n") == good


@pytest.mark.parametrize("lines", [CHINESE, RUSSIAN])
def test_readings_on_top_of_each_other_are_undone_together(lines):
    bad = [line.encode().decode("latin-1").encode().decode("latin-1") for line in lines]
    found = whole_documents.read_again(Census("\n".join(bad)), bad)
    assert len(found) == len(lines)
    assert all(one.nested and len(one.edits) >= 2 for one in found.values())
    assert repair_text("\n".join(bad)).split("\n") == lines


@pytest.mark.parametrize("lines", [CHINESE, RUSSIAN])
def test_right_lines_among_damaged_ones_stay(lines):
    bad = [line.encode().decode("latin-1") for line in lines]
    right = {3: lines[3], 8: "Right in ASCII, and as it was."}
    mixed = [right.get(at, line) for at, line in enumerate(bad)]
    found = whole_documents.read_again(Census("\n".join(mixed)), mixed)
    assert set(found) == set(range(len(lines))) - set(right)
    assert repair_text("\n".join(mixed)).split("\n") == [right.get(at, line) for at, line in enumerate(lines)]


GERMAN = [
    "Die alte Bäckerei an der Brücke öffnet jeden Tag um fünf.",
    "Über Nacht hat es geschneit, und die Straße ist glatt.",
    "Später kamen die Kinder, müde und fröhlich, vom Fluß zurück.",
    "Das Mühlrad dreht sich wieder, für alle hörbar, seit März.",
    "Nächstes Jahr möchte er den Ofen zurück in die Küche räumen.",
]


@pytest.mark.parametrize("rare", ["12 May" + "\xa0" * 20 + "9 am" + "\xa0" * 6 + "Room 4", "/ˈbeɪkəri/, /ˈbeɪkri/"])
def test_a_line_that_is_utf8_throughout_goes_with_its_document_whatever_its_letters_weigh(rare):
    good = [*GERMAN, rare, *GERMAN[::-1]]
    bad = "\n".join([line.encode().decode("gb18030") for line in good])
    assert repair_text(bad) == "\n".join(good)


def test_signs_and_accents_of_gb18030_come_back_where_the_document_has_more():
    good = [*CHINESE, "It’s cold – “bitterly”, she said.", "Intérieur & extérieur", "）"]
    bad = [line.encode("gb18030").decode("latin-1") for line in good]
    assert repair_text("\n".join(bad)) == "\n".join(good)


@pytest.mark.parametrize(
    ("lines", "true", "right"),
    [
        *((CHINESE, "gb18030", right) for right in ("né\xa0: oui", "L’été\xa0! Non", "Prix\xa0: 20\xa0€", "é\xa0;")),
        (RUSSIAN, "koi8-r", "é; café ; thé"),
        (RUSSIAN, "cp1251", "Né\xa0; et né »"),
        (CHINESE, "utf-8", "né » ; été\xa0; prix\xa0: 2\xa0×\xa03\xa0€"),
    ],
)
def test_a_right_line_in_a_damaged_document_stays_right(lines, true, right):
    bad = [line.encode(true).decode("latin-1") for line in lines]
    assert repair_text("\n".join([*bad, right])) == "\n".join([*lines, right])


@pytest.mark.parametrize(("true", "false"), [("cp1251", "koi8-r"), ("koi8-r", "cp1251")])
@pytest.mark.parametrize("right", ["Новая школа МЧС открылась у реки.", "Об этом нам вчера рассказали в ВТБ."])
def test_an_abbreviation_in_a_right_line_of_a_damaged_document_stays(true, false, right):
    bad = [line.encode(true).decode(false) for line in RUSSIAN]
    assert repair_text("\n".join([*bad, right])) == "\n".join([*RUSSIAN, right])


@pytest.mark.parametrize("lines", [CHINESE, RUSSIAN, [line.upper() for line in RUSSIAN]])
def test_right_documents_are_not_read_again(lines):
    assert not whole_documents.read_again(Census("\n".join(lines)), lines)
    assert repair_text("\n".join(lines)) == "\n".join(lines)


def test_documents_of_two_kinds_of_damage_go_line_by_line():
    bad = [
        line.encode("utf-8" if at % 2 else "gb18030").decode("latin-1" if at % 2 else "sloppy-windows-1252")
        for at, line in enumerate(CHINESE)
    ]
    assert repair_text("\n".join(bad)).split("\n") == CHINESE


def test_every_pair_of_the_table_is_found_and_no_other():
    keys = np.arange(0, 1 << 20, 7, dtype=np.uint32)
    gains = (keys % 35 + 1).astype(np.int16)
    table = pairs.hashed(keys[:100_000], gains[:100_000])
    found = sum(pairs.gains_of(table, keys, half) for half in (0, 1))
    assert (found[:100_000] == gains[:100_000]).all()
    assert not found[100_000:].any()
