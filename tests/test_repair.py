"""Mojibake undone, clean text left alone, and nothing that cannot be put back."""

from __future__ import annotations

import time
from pathlib import Path

import ftfy  # noqa: F401  registers the codecs that let undefined bytes through
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from siftline.document import Document, undo
from siftline.library import Library
from siftline.matching import Matcher
from siftline.repairs.readings import readings
from siftline.stages.repair import MOST_EDITS, repair, repair_text

CASES = sorted((Path(__file__).parent / "cases" / "repair").glob("*.txt"))
ZH = "秋天的田野里，农民们正在收割水稻，孩子们在河边放风筝。"
HANT = "秋天的田野裡，農民們正在收割水稻，孩子們在河邊放風箏。"
RU = "Осенью в поле убирают урожай, а дети запускают змея у реки."
RU_SMALL = "любая погода (включая дождь) нам по душе"
BLANKS = "Monday\xa0\xa0\xa0\xa0\xa0\xa0 baking\xa0\xa0\xa0 in the old loft"
ARABIC = "الخبز في الفرن القديم، والأطفال يلعبون قرب النهر."
EN = "It’s a café “by the river” – open all year…"

WRONG = [
    (text, true, false, times)
    for text, true, false, times in [
        (ZH, "utf-8", "latin-1", 1),
        (ZH, "utf-8", "sloppy-windows-1252", 1),
        (ZH, "utf-8", "sloppy-windows-1252", 2),
        (ZH, "utf-8", "sloppy-windows-1251", 1),
        (ZH, "gb18030", "latin-1", 1),
        (ZH, "gb18030", "sloppy-windows-1252", 1),
        (HANT, "big5", "latin-1", 1),
        (HANT, "big5", "sloppy-windows-1252", 1),
        (HANT, "big5", "gb18030", 1),
        (HANT, "utf-8", "latin-1", 2),
        (RU, "utf-8", "latin-1", 1),
        (RU, "utf-8", "sloppy-windows-1252", 1),
        (RU, "utf-8", "sloppy-windows-1251", 1),
        (RU, "utf-8", "sloppy-windows-1251", 2),
        (RU, "utf-8", "gb18030", 1),
        (RU, "cp1251", "latin-1", 1),
        (RU, "cp1251", "sloppy-windows-1252", 1),
        (RU, "koi8-r", "latin-1", 1),
        (RU, "koi8-r", "sloppy-windows-1252", 1),
        (RU, "koi8-r", "sloppy-windows-1251", 1),
        (RU, "cp1251", "koi8-r", 1),
        (EN, "utf-8", "latin-1", 1),
        (EN, "utf-8", "sloppy-windows-1252", 1),
        (EN, "utf-8", "sloppy-windows-1252", 3),
        (EN, "utf-8", "macroman", 1),
        (RU_SMALL, "cp1251", "koi8-r", 2),
        (RU_SMALL, "koi8-r", "sloppy-windows-1251", 2),
        (BLANKS, "utf-8", "sloppy-windows-1251", 1),
        (BLANKS, "utf-8", "sloppy-windows-1251", 2),
        (ARABIC, "utf-8", "sloppy-windows-1251", 1),
    ]
]

CLEAN = [
    ZH,
    HANT,
    RU,
    EN,
    "ＡＢＣ，１２３！“引号”‘单’——……《书》「角」",
    "镕、喆、堃、䶮，都是人名用字。",
    "Она живёт в ЕС, работает в ВКонтакте и пишет про iPhone.",
    "ЧИТАЙТЕ ТАКЖЕ: ВЦИОМ, МЧС, МИД РФ, ЦБ",
    "Восени в полі збирають врожай, а діти запускають змія біля річки, їм весело.",
    "Наесен на полето прибират реколтата, а децата пускат хвърчило край реката.",
    "У јесен се на пољу бере летина, а деца крај реке пуштају змаја.",
    "Күзде егін жиналады, ал балалар өзен жағасында батпырауық ұшырады.",
    "щщъыь шшфф ъъжж ццчч ээюя гджз йцук енгш",
    "В\xa02020 году В\xa0лесу росла ель",
    "Formate: 9\xa0×\xa013, 10\xa0×\xa015 und 13\xa0×\xa018\xa0cm; Rohr Ø\xa020.",
    "La peña de Ávila está más allá; ação, São João, Łódź, Ærø, garçon, naïve, Übergröße.",
    "En Å blev til É®, 20 °C ± 2 µm × 3², ½ ¼, §5, ¶, ©2020 Ünal®",
    "한국어 문장과 日本語の文、คำไทย, हिन्दी, عربي, עברית.",
    "👨‍👩‍👧‍👦 🏳️‍🌈 🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f ❤️ می‌خواهم श्री",
    "e\u0301 stays apart, ﬁ stays one, Ⅳ and ㎏ too.",
    "Write <p> as &lt;p&gt; and 5 < 6 as it is.",
    "In HTML the entity &nbsp; is a space that does not break.",
    "AT&T, R&D; a=1&copy=2 & so on",
    "他用Python每天写一页，a么b都行，第三族的钪（旧作鈧）也背下来了，mm每s是速度。",
    "\tindented\u3000 and   spaced \xa0",
    "中文", "ÖÐ", "Ã©", "пр", "â€",
]  # fmt: skip


def damaged(text: str, true: str, false: str, times: int = 1) -> str:
    for _ in range(times):
        text = text.encode(true).decode(false)
    return text


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return Library(tmp_path_factory.mktemp("rules"))


@pytest.mark.parametrize(("text", "true", "false", "times"), WRONG)
def test_wrong_reading_is_undone(text: str, true: str, false: str, times: int) -> None:
    assert repair_text(damaged(text, true, false, times)) == text


WESTERN = [
    "It’s a test of the old mill, and that’s all.",
    "Der Müller fährt für zwei Wochen nach München.",
    "Le café était fermé, hélas.",
    "Çocuklar okuldan sonra nehir kıyısında uçurtma uçurdular.",
    "Ο παλιός φούρνος στη γωνία ανοίγει στις πέντε το πρωί.",
    "يبيع الخباز الخبز الطازج كل يوم قبل شروق الشمس.",
    "המורה אמר שמחר יהיה מבחן בהיסטוריה.",
    "오늘 우리 동네 빵집 앞에 눈이 왔다",
]


@pytest.mark.parametrize("text", WESTERN)
def test_other_languages_come_back_from_gb18030_too(text: str) -> None:
    assert repair_text(damaged(text, "utf-8", "gb18030")) == text


def test_one_sign_comes_back_inside_a_right_line() -> None:
    line = "The “old mill” by the river – they said – wasn’t sold."
    assert repair_text(line.replace("“o", "鈥渙")) == line
    assert repair_text(line.replace("’t", "鈥檛")) == line


def test_an_accent_at_the_end_of_a_word_is_decided_by_the_document() -> None:
    lines = ["That’s where the old baker’s house stood.", "It didn’t open before six, and wasn’t warm.", "The café."]
    assert repair_text("\n".join(damaged(line, "utf-8", "gb18030") for line in lines)).split("\n") == lines
    assert repair_text("The caf茅.") == "The caf茅."


@pytest.mark.parametrize(
    "text", ["河边的老店五点开门，先把炉子烧热。", "“Hello,” she said, “it’s late.”", "一早就走😀"]
)
def test_bytes_lost_to_question_marks_are_lost_bytes(text: str) -> None:
    lost = text.encode().decode("gb18030", "replace")
    got = repair_text(lost.replace("\ufffd", "?"))
    assert got.rstrip("\ufffd") == repair_text(lost).rstrip("\ufffd")
    assert got != lost.replace("\ufffd", "?")


def test_a_question_is_no_lost_byte() -> None:
    run = "河边的老店吧".encode().decode("gb18030", "replace").replace("\ufffd", "?")
    assert (
        repair_text(f"你去哪里?店门口写着“{run}”,对吗?我不知道")
        == "你去哪里？店门口写着“河边的老店\ufffd”，对吗？我不知道"
    )
    run = "河边很好的".encode().decode("gb18030", "replace")[:-1] + "?"
    assert repair_text(f"你去哪里?门口写着“{run}”。") == "你去哪里?门口写着“河边很好\ufffd”。"


def test_letters_of_few_languages_are_utf8_before_they_are_chinese() -> None:
    text = "Şehrin en eski fırını sabahın beşinde kapılarını açıyor."
    for times in (1, 2):
        assert repair_text(damaged(text, "utf-8", "latin-1", times)) == text


@pytest.mark.parametrize("text", CLEAN)
def test_clean_text_stays(text: str) -> None:
    assert repair_text(text) == text


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_case(case: Path) -> None:
    """A case is before, a line of three dashes, after; what is not printable is written as in Python."""
    before, _, after = case.read_text(encoding="utf-8").rstrip("\n").partition("\n---\n")
    plain = [part.encode("latin-1", "backslashreplace").decode("unicode-escape") for part in (before, after or before)]
    assert repair_text(plain[0]) == plain[1]
    assert repair_text(plain[1]) == plain[1]


def test_damaged_line_among_clean_ones(library: Library) -> None:
    text = f"{ZH}\n{damaged(ZH, 'gb18030', 'latin-1')}\r\n{RU}\n"
    doc = repair(Document.of(text), library)
    assert doc.text == f"{ZH}\n{ZH}\r\n{RU}\n"
    assert [(change.rule, change.line) for change in doc.changes] == [("repair/mojibake/gb18030-as-cp1252", 1)]


def test_damaged_words_inside_clean_text_get_a_change_each(library: Library) -> None:
    doc = repair(Document.of("Itâ€™s the “best” cafÃ© — truly. 他说：ÖÐÎÄÍøÕ¾很好"), library)
    assert doc.text == "It’s the “best” café — truly. 他说：中文网站很好"
    assert sorted((change.before, change.after) for change in doc.changes) == [
        ("Ã©", "é"),
        ("ÖÐÎÄÍøÕ¾", "中文网站"),
        ("â€™", "’"),
    ]


def test_short_lines_follow_the_document() -> None:
    lines = [ZH, "年报", "上", ZH]
    assert repair_text(damaged("\n".join(lines), "gb18030", "latin-1")) == "\n".join(lines)
    assert repair_text(damaged("年报", "gb18030", "latin-1")[:2]) == damaged("年", "gb18030", "latin-1")


def test_bytes_that_strip_would_eat_are_data() -> None:
    for char in "亅烤恅":  # A8 etc. hold 85, A0 and AD in one codec or the other
        text = f"{ZH}{char}"
        assert repair_text(damaged(text, "utf-8", "latin-1")) == text
        assert repair_text(damaged(text, "gb18030", "latin-1")) == text


def test_lost_bytes_give_what_the_others_hold() -> None:
    text = "一个人走了十里路。"
    bad = text.encode().decode("gb18030", "replace")
    assert "\ufffd" in bad
    mended = repair_text(bad)
    assert mended.rstrip("\ufffd") == text.rstrip("。")
    assert repair_text(mended) == mended


def test_more_than_a_hundred_edits_become_one(library: Library) -> None:
    doc = repair(Document.of("x\u200b y" * (MOST_EDITS + 1)), library)
    assert doc.text == "x y" * (MOST_EDITS + 1)
    assert len(doc.changes) == 1


def test_surrogate_escapes_become_replacement_characters() -> None:
    text = (ZH.encode() + b"\xff " + ZH.encode()[:-1]).decode("utf-8", "surrogateescape")
    assert repair_text(text) == f"{ZH}\ufffd {ZH[:-1]}\ufffd"


def test_each_reading_undoes_itself() -> None:
    samples = {"utf-8": ZH, "gb18030": ZH, "big5": HANT, "cp1251": RU, "koi8-r": RU}
    for reading in readings():
        bad = samples[reading.true].encode(reading.true).decode(reading.false, "replace")
        assert reading.trace.search(bad), reading.name


def test_one_long_damaged_line_takes_linear_time() -> None:
    bad = damaged(ZH, "gb18030", "latin-1")
    start = time.process_time()
    assert repair_text((bad + ", ") * 10_000) == (ZH + ", ") * 10_000
    assert time.process_time() - start < 10


PIECES = st.sampled_from(
    [*CLEAN, *(damaged(*row) for row in WRONG), *"\ufeff\u200b\u200d\xad\ufffd\ud800\udce4\udcb8\x85\xa0\x1b\r\n\x0b\u2028&;#<>⼀",
     "&amp;", "&#8203;", "&lt;", "&nbsp;", "Ã", "â€", "\x93", "ÐŸ", "锛", "銆", "涓�", "\U0001f3f4", "\U000e007f", "&#55357;&#56832;"]
)  # fmt: skip
TEXTS = st.text(max_size=60) | st.lists(PIECES | st.characters(), max_size=8).map("".join)


@settings(max_examples=500, deadline=None)
@given(TEXTS)
def test_repair_is_restored_exactly_and_repairs_once(text: str) -> None:
    doc = repair(Document.of(text), EMPTY)
    assert undo(doc.remains(), doc.changes) == text
    once = repair_text(text)
    assert repair_text(once) == once


class _Empty(Library):
    """No rules: what is tested is the stage's own work."""

    def __init__(self) -> None:
        super().__init__(Path(__file__).parent / "no-rules")

    @property
    def repair(self):  # type: ignore[no-untyped-def, override]
        return Matcher([])


EMPTY = _Empty()
