"""What repair does to text that was decoded well: residue, escapes, forms, folded punctuation, broken flow."""

from __future__ import annotations

import json
import re
import textwrap

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import siftline as package
from siftline.document import Document, undo
from siftline.library import Library
from siftline.stages.extract import extract
from siftline.stages.repair import repair, repair_text

LIBRARY = Library()
STORY = (
    "For eleven months of the year the mill on the hill stands still. Then, in the last week of winter, a family drives "
    "north with a sack of rye, lights the oven in the old loft, and for some weeks bakes one loaf for each of the people "
    "who live there. Nothing is sold, and nobody has ever asked why it should be otherwise in a place like this."
)
RUSSIAN = (
    "Одиннадцать месяцев в году мельница на холме стоит без дела. Потом, в последнюю неделю зимы, семья приезжает с севера "
    "с мешком ржи, растапливает печь на старом чердаке и несколько недель печёт по караваю для каждого, кто там живёт."
)
CHINESE = (
    "山坡上的磨坊一年里有十一个月都静静地立着，直到冬天的最后一个星期，才有一家人带着一袋黑麦从北方赶来，点燃旧阁楼里的炉子，"
    "为住在那里的每一个人烤一个面包。他们什么也不卖，也从来没有人问过为什么要这样做，因为大家都觉得本来就应该如此。"
)
FOLDED = "会议9:30开始,地点在二楼(东侧)。你们都来吗?来吧!他说:“好的”;大家很高兴,于是就出发了。"
WIDE = "会议9:30开始，地点在二楼（东侧）。你们都来吗？来吧！他说：“好的”；大家很高兴，于是就出发了。"


def roles(text: str) -> list[tuple[str, str | None]]:
    return [(change.rule, change.role) for change in repair(Document.of(text), LIBRARY).changes]


@pytest.mark.parametrize(
    "bad",
    [
        "锟斤拷锟斤拷锟",
        "烫烫烫烫烫",
        "屯屯屯",
        "ï¿½ï¿½ï¿½ï¿½",
        "嚙踝蕭嚙踝蕭",
        "\ufffd\ufffd \ufffd\ufffd",
        "锟斤拷，锟斤拷。",
    ],
)
def test_a_line_of_nothing_but_residue_is_lost(bad):
    text = f"第一行写得很清楚。\n{bad}\n第三行也很清楚。"
    article = package.Cleaner(stages=["repair"]).clean(text)
    assert article.text == "第一行写得很清楚。\n\n第三行也很清楚。"
    assert [(change.line, change.role) for change in article.changes if change.role] == [(1, "lost")]
    assert article.restore() == text


def test_residue_inside_a_line_is_marked():
    assert repair_text("姓名：锟斤拷锟斤拷，年龄：五岁") == "姓名：\ufffd\ufffd\ufffd\ufffd，年龄：五岁"
    assert repair_text("读出来的是烫烫烫烫烫烫烫，然后停了") == "读出来的是" + "\ufffd" * 7 + "，然后停了"


@pytest.mark.parametrize(
    "text",
    [
        "锟斤拷是乱码里最常见的一种。\n锟斤拷锟斤拷",
        "屏幕上出现“锟斤拷”三个字。",
        "烫烫烫！快放下！",
        "Wait… \ufffd",
        "2024-01-02 \ufffd\ufffd\ufffd",
    ],
)
def test_what_speaks_of_residue_or_may_be_meant_stays(text):
    assert repair_text(text) == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (r"新闻\u4e2d\u56fd\u4eba很好", "新闻中国人很好"),
        (r"Слово \u043f\u0440\u0438\u0432\u0435\u0442 написано", "Слово привет написано"),
        (r"\ud83d\ude00\u4f60\u597d", "😀你好"),
        ("见%E4%B8%AD%E5%9B%BD%E4%BA%BA一文", "见中国人一文"),
        ("搜索 %D6%D0%B9%FA%C8%CB 即可", "搜索 中国人 即可"),
        ("⼤⻓⻋站", "大长车站"),
        ("\uf914曲很好听", "樂曲很好听"),
        ("他说：\ue5e5好的", "他说：\u3000好的"),
        ("\uf0b7 first", "• first"),
        ("︵中文︶很好", "（中文）很好"),
        ("２0２4年", "2024年"),
        ("Ｔｈｅ　ｑｕｉｃｋ　ｂｒｏｗｎ　ｆｏｘ．", "The quick brown fox."),
        ("网址ｗｗｗ．ｅｘａｍｐｌｅ．ｃｏｍ，欢迎", "网址www.example.com，欢迎"),
    ],
)
def test_characters_that_stand_for_others(before, after):
    assert repair_text(before) == after
    assert repair_text(after) == after


@pytest.mark.parametrize(
    "text",
    [
        '{"name": "\\u4e2d\\u56fd"}', r"[\u4e00-\u9fff]+", r"在 Unicode 里 \u4e2d\u56fd 表示两个汉字",
        "https://example.com/%E4%B8%AD%E5%9B%BD", "q=%E4%B8%AD%E5%9B%BD", "100%AB%CD%EF", "C:\\users\\udata",
        "部首⻋很多", "︻$▅▆▇◤", "得分︱三十", "全角１２３号，ＡＢＣ", "図書館\uf914の本", "\uf0c9", "住所は１丁目２番地です",
    ],
)  # fmt: skip
def test_what_is_meant_as_it_stands_stays(text):
    assert repair_text(text) == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (r"It\u2019s late, and she didn\u2019t come.", "It’s late, and she didn’t come."),
        (r"\u201cNobody ate it,\u201d he said of the caf\u00e9 cake.", "“Nobody ate it,” he said of the café cake."),
        (r"Write \u2019 in Unicode for an apostrophe, please.", r"Write \u2019 in Unicode for an apostrophe, please."),
        (r'print("It\u2019s late", end="") # in one go', r'print("It\u2019s late", end="") # in one go'),
        (r"C:\u2019 a b", r"C:\u2019 a b"),
    ],
)
def test_escaped_signs_come_back_in_prose(before, after):
    assert repair_text(before) == after


def test_folded_punctuation_comes_back_where_chinese_stands_beside_it():
    assert repair_text(FOLDED) == WIDE
    assert repair_text(FOLDED, keep_width=True) == FOLDED
    assert package.Cleaner(stages=["repair"], keep_width=True).clean(FOLDED).changes == ()


def test_numbers_times_addresses_latin_and_code_keep_their_punctuation():
    kept = "见 https://example.com/a,b:c?d=(e) 和 10:30,1,000 人,example@example.com 说 Hello, world! (yes, no): A,B;C"
    out = repair_text(f"{FOLDED}\n{kept}\nprint(a, b); // 注释,说明\n:)")
    assert out.split("\n")[2:] == ["print(a, b); // 注释,说明", ":)"]
    for part in ("https://example.com/a,b:c?d=(e)", "10:30,1,000", "Hello, world!", "(yes, no)", "A,B;C"):
        assert part in out


@pytest.mark.parametrize(
    "text", [WIDE, f"{WIDE}\n你好,世界", "你好, 世界, 大家, 都好", "春天来了,花开了", "東京,大阪,京都です"]
)
def test_text_that_shows_no_fold_keeps_its_width(text):
    assert repair_text(text) == text


@pytest.mark.parametrize(("story", "width"), [(STORY, 72), (STORY, 40), (RUSSIAN, 60)])
def test_hard_wrapped_paragraphs_are_joined(story, width):
    lines = textwrap.wrap(story, width, break_on_hyphens=False)
    text = "A Title\n\n" + "\n".join(lines) + "\n\n" + "\n".join(["And again.", *lines]) + "\n"
    doc = repair(Document.of(text), LIBRARY)
    assert repair_text(text) == f"A Title\n\n{story}\n\nAnd again.\n{story}\n"
    assert {change.role for change in doc.changes} == {None, "joined"}
    assert undo(doc.remains(), doc.changes) == text
    assert package.restore(json.loads(json.dumps(package.clean(text).record()))) == text


def test_hard_wrapped_chinese_is_joined_without_spaces():
    text = "\n".join(CHINESE[at : at + 20] for at in range(0, len(CHINESE), 20))
    assert repair_text(text) == CHINESE
    assert repair_text(text.replace("\n", "\r\n")) == CHINESE
    assert repair_text(text.replace("\n", " ")) == CHINESE


@pytest.mark.parametrize(
    ("text", "width"),
    [
        (
            "The ferry between the two islands has been replaced by a bridge, and the village shop, which lived from "
            "those who waited for the boat, has closed its doors. The last owner works in a bakery.",
            72,
        ),
        (
            "Паром между двумя островами заменили мостом, и деревенский магазин, который жил за счёт тех, кто ждал "
            "парома, закрылся. Последняя хозяйка переехала на материк и работает теперь в пекарне у вокзала, а по "
            "воскресеньям печёт для соседей.",
            68,
        ),
    ],
)
def test_a_brief_text_that_was_wrapped_by_hand_is_joined(text, width):
    lines = "\n".join(textwrap.wrap(text, width, break_on_hyphens=False))
    assert repair_text(lines) == text
    assert repair_text(f"Hi all,\n\n{lines}\n\nBest,\nAnna\n") == f"Hi all,\n\n{text}\n\nBest,\nAnna\n"


def test_a_brief_chinese_text_that_was_wrapped_by_hand_is_joined():
    text = "两岛之间的渡船已经被一座桥取代，靠候船旅客为生的小店关了门。店主搬到了大陆，现在在一家面包房工作。她说她一点也不想念那里的冬天。"
    assert repair_text("\n".join(text[at : at + 24] for at in range(0, len(text), 24))) == text


def test_utf8_that_has_lost_bytes_is_not_read_as_another_codec():
    right = "河边的早市就开始了。卖菜的人把竹筐摆成两排，中间留一条窄窄的路。"
    wrong = "".join(
        bytes([byte]).decode("cp1252", "ignore") for character in right for byte in character.encode("utf-8")
    )
    mended = repair_text(wrong)
    assert "河边的早市就开始了。" in mended
    assert set(re.findall("[\u4e00-\u9fff]", mended)) <= set(right)


def test_russian_of_dos_gets_no_letters_of_other_scripts():
    right = "Осенью на реке тихо. Лодки вытащены на берег и перевёрнуты вверх дном."
    mended = repair_text(right.encode("cp866").decode("cp1251", "replace"))
    assert not re.search("[\u0530-\u1dff\u2c00-\ud7ff\ue000-\uf8ff]", mended)


def test_hyphens_of_the_break_go_and_those_of_the_word_stay():
    text = (
        "The miller had a well-known recipe that was kept in a tin box, and the in-\n"
        "gredients were written on a card of which nobody knew the origin. A well-\n"
        "known baker from the north came to see the ingredients, and wrote down in\n"
        "a note-book whatever he could read of them, which was not very much after\n"
        "all. The card is still there today, and so is the recipe for the bread of\n"
        "the valley."
    )
    out = repair_text(text)
    assert "the ingredients were written" in out
    assert "A well-known baker" in out
    assert "\n" not in out


def test_the_halves_of_a_broken_word_are_no_words_of_the_document():
    text = (
        "Escalators that stand still are not silent. We mea-\n"
        "sured idle ones in fourteen stations and found that\n"
        "the first step is the loudest of all, and the comb-\n"
        "plate the quietest. The comb of a step is what most\n"
        "people never see, and the plate is what they see of\n"
        "it when they leave, looking down at their own feet."
    )
    out = repair_text(text)
    assert "We measured idle ones" in out
    assert "the comb-plate the quietest" in out  # both are words of their own here


@pytest.mark.parametrize(
    "text",
    [
        "The river runs beneath the bridge,\nand takes the evening to the sea,\nand no one asks it\nwhere it goes,\nor when\nit may come back to me.",
        "床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡。",
        "flour, two pounds\nwater, one pint\nsalt, a little\nyeast, as much as a nut\nsome butter for the tin\nand an hour of time",
        "for name in names:\n    print(name)\nimport os\nfrom sys import path\nif path:\n    os.exit(1)",
        "首页 新闻 财经 科技\n关于我们 联系方式\n友情链接\n网站地图",
        "北京今日天气晴朗适合出门游玩\n上海举办大型艺术展览吸引游客\n广州推出全新地铁线路方便出行\n深圳科技企业发布最新研究成果\n杭州西湖音乐喷泉恢复正常开放",
        "I have walked the whole long road that goes from the harbour to the hill\nand counted every lamp\n"
        "and every window that was dark when I came by and bright when I came home,\nand still I know nothing of it.",
        "Please send the samples to\n\nExample Institute of Small Ferries\nDepartment of Ropes and Knots\n"
        "12 Harbour Street, second floor\n\nand write samples on the parcel, as we return the boxes\nwithin two weeks.",
        "Share Improve this question Follow\nasked Mar 4, 2021 at 9:12\nsampleuser's user avatar\nsampleuser\n\n"
        "Rice flour.\n\nShare Improve this answer Follow\nanswered Mar 4, 2021 at 11:40\notheruser",
        "usage: ferry [options] harbour and the name of another harbour\n"
        "  with the name of the ship, or the number of the ship, in the\n  order of the timetable",
        "two pounds of flour from the mill behind the church of the village\n"
        "one pint of water from the well, or from the spring if you live near the\n"
        "a little salt\n"
        "as much yeast as would fit on the tip of a knife of the usual size and form",
        "i think the same way too\n\nyes but not when it rains or when it is so cold that\n\nno one goes out",
    ],
)
def test_verses_lists_code_and_menus_are_not_joined(text):
    assert repair_text(text) == text


def test_numbers_and_latin_words_in_chinese_that_stands_apart_are_closed_up_too():
    apart = "街 上 挂 了 3 0 0 0 盏 灯 ， 每 一 盏 都 写 着 一 个 谜 语 。"
    assert repair_text(apart) == "街上挂了3000盏灯，每一盏都写着一个谜语。"
    apart = "今 年 街 上 一 共 挂 了 3000 盏 灯 ， 每 一 盏 用 的 都 是 Lamp 5 Pro 的 灯 泡 。"
    assert repair_text(apart) == "今年街上一共挂了3000盏灯，每一盏用的都是Lamp 5 Pro的灯泡。"
    kept = "街 上 有 3000 盏 灯 ， 灯 。 The lamps were lit at six, and they burnt until the morning came."
    assert repair_text(kept) == kept


def test_chinese_that_stands_apart_is_closed_up():
    assert repair_text("春 天 来 了 ， 河 边 的 花 都 开 了 。") == "春天来了，河边的花都开了。"
    for text in (
        "一 二 三 四 五 六 日",
        "目 录",
        "记者 王某 摄影 李某",
        "新闻 财经 科技 教育 论坛",
        "甲 乙 丙 丁 戊 己 庚 辛 壬 癸",
    ):
        assert repair_text(text) == text


def test_sentences_are_set_apart():
    assert (
        repair_text("The oven was cold.Then the baker came!It was late.")
        == "The oven was cold. Then the baker came! It was late."
    )
    assert repair_text("Печь была холодной.Потом пришёл пекарь.") == "Печь была холодной. Потом пришёл пекарь."
    for text in ("Use System.Text and Node.It here", "See example.The-site or www.example.In now", "It is v.The one"):
        assert repair_text(text) == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("We waited for the old bus.Finally, it came.", "We waited for the old bus. Finally, it came."),
        ("“We waited for the bus.”The driver was late.", "“We waited for the bus.” The driver was late."),
        ("Пекарь открыл дверь и вышел.Соседи уже ждали.", "Пекарь открыл дверь и вышел. Соседи уже ждали."),
    ],
)
def test_a_space_is_set_between_sentences(before, after):
    assert repair_text(before) == after
    assert repair_text(after) == after


@pytest.mark.parametrize(
    "text",
    [
        "Use the call to src.Close before the second return.",
        "All handlers of the base logging.Handler class do that.",
        "I have booked all of it on example.Com though it was late.",
        "She wrote it all in Node.js and not in ASP.NET, e.g.No.5.",
        "Дом стоит на углу ул.Садовая, это пять тыс.Рублей в год.",
        "See http://example.com/a/the.Then.html for more of it.",
    ],
)
def test_a_stop_inside_a_name_gets_no_space(text):
    assert repair_text(text) == text


def test_a_paragraph_that_an_extractor_wrote_twice_is_taken_out_once():
    line = "It took two days to dry the flue, and a third one to find enough flour."
    assert repair_text(f"{line}\n\n{line}\n\nThen it rained.\n") == f"{line}\n\n\nThen it rained.\n"
    assert roles(f"{line}\n{line}\n") == [("repair/flow/doubled", "duplicate")]
    for text in (f"{line}\n{line}\n{line}\n", "Yes.\nYes.\n", f"{line}\nOther.\n{line}\n"):
        assert repair_text(text) == text


def test_a_lost_line_is_not_joined_to_a_paragraph():
    wrapped = "For eleven months of the year the mill\n" + "on the hill stands still. Then, in the\n" * 4
    doc = repair(Document.of(wrapped + "锟斤拷"), LIBRARY)
    assert "\ufffd" not in doc.lines[0].text
    assert doc.lines[-1].role == "lost"
    assert repair_text(wrapped + "锟斤拷").endswith("in the\n\ufffd")


PIECES = st.sampled_from(
    [*textwrap.wrap(STORY, 40), *textwrap.wrap(RUSSIAN, 40), *(CHINESE[at : at + 20] for at in range(0, 100, 20)), FOLDED, WIDE,
     "锟斤拷", "烫烫烫", "ï¿½", "\ufffd\ufffd\ufffd", r"\u4e2d\u56fd", "%E4%B8%AD%E5%9B%BD", "⻋", "\ue5e5", "２0", "春 天 来 了 ， 好 看 。",
     "ends.Then ", "in-", " ", "\n", "\n\n", "\r\n", "\r", "\t", "(", ")", ",", "!", ":", "a", "中", "你好,", "Ａ", "&#10;", "\x85"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join) | st.lists(PIECES, max_size=25).map("\n".join))
@example("春 天 来 了 ， 好 看 。\ue5e5\ue5e5山坡上的磨坊一年里有十一个月都静静地立着")
def test_flow_is_restored_exactly_and_mended_once(text):
    doc = repair(extract(text), LIBRARY)
    assert undo(doc.remains(), doc.changes) == text
    once = repair_text(text)
    assert repair_text(once) == once
    kept = [line for line in doc.lines if line.role not in ("joined", "duplicate")]
    said = [line.text if line.in_article else "\ufffd" for line in kept]
    assert [part for part in said if part] == [
        part for part in once.replace("\r\n", "\n").replace("\r", "\n").split("\n") if part
    ]
    narrow = repair_text(text, keep_width=True)
    assert repair_text(narrow, keep_width=True) == narrow


def test_the_switch_of_the_command_line_keeps_the_width(siftline):
    line = json.dumps({"id": "a", "text": FOLDED}).encode() + b"\n"
    kept, wide = (
        json.loads(siftline("pipe", "--stages", "repair", *switch, stdin=line).stdout)["text"]
        for switch in (["--keep-width"], [])
    )
    assert kept == FOLDED
    assert wide == WIDE


@pytest.mark.parametrize(
    "residue", ["嚙踝蕭嚙踝蕭嚙踝蕭嚙踝蕭", "葺葺葺葺葺葺葺葺", "屯屯屯屯屯屯屯屯屯屯", "锟斤拷锟斤拷锟斤拷锟斤拷"]
)
def test_residue_is_not_read_again(residue):
    article = package.Cleaner(stages=["repair"]).clean(f"第一行写得很清楚。\n{residue}\n")
    assert [change.rule for change in article.changes] == [
        f"repair/residue/{'replacement' if residue[0] in '嚙锟' else 'memory'}"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "注音：ㄩㄢˊ ㄇㄨˋ ㄑㄧㄡˊ ㄩˊ",
        "缘木求鱼\n拼音：yuán mù qiú yú\n注音：ㄩㄢˊ ㄇㄨˋ ㄑㄧㄡˊ ㄩˊ\n解释：爬到树上去找鱼。",
        "讀音ㄙㄝˊ ㄕㄨㄥ ㄇㄣ ㄎㄞˋ ㄘㄨㄥˋ ㄑㄩㄡˊ ㄐㄚˊ。",
        "注音：ㄙㄞˋㄍㄩㄞˇㄅㄨㄣˇㄅㄨㄣˊㄆㄧㄡˇㄐㄩㄥˇㄔㄣ。",
        "讀音ㄐㄧㄚˋ ㄒㄨㄟˇ ㄙㄨㄢˇ ㄔㄣˊ ㄙㄛˊ）\n" * 12,
    ],
)
def test_phonetic_letters_of_chinese_are_no_damage(text):
    assert repair_text(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "ㄅ半、ㄆ口、ㄇ字形 Ж/д вокзал, а/я 12, б/у, в/ч 00000, п/п, р/с, к/с, ИП",
        "台語：阮兜、囡仔、歹勢、按呢 ■□▲△●○◆◇★☆※→←↑↓〓",
    ],
)
def test_signs_and_russian_abbreviations_beside_rare_characters_are_no_damage(text):
    assert repair_text(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "МЧС, ФСБ, РЖД, НИИЧАВО, ЦУМ, ГУМ, ЭВМ",
        "Ёжик в тумане; ёлка, её, моё, чёрный, ЩЁКИ, ЁЖ",
        "США города провели в ЕГЭ РФПЛ КХЛ работает",
        "ДТП РФ ЭЛТ ЗАО ЦБ ЧЕ КТ ПАО",
        "ВИЧ РСФСР ВДНХ ТЮЗ ИТАР РФПЛ ГАИ СПбГУ",
        "Список: ЮЛА, ЁРШ",
        "ЦИРКОН, ЮЛА, ЁРШ",
        "ГРОЗА; ЮФУ; ДВФУ",
        "В составе: ФГБУ, ЮФУ, ППУ, ЮЛА — опытные установки.",
    ],
)
def test_russian_abbreviations_in_a_row_are_no_damage(text):
    assert repair_text(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "姓名：×××　　电话：×××××××",
        "《××××条例》第××条",
        "他说：“××××！”",
        "他说他叫“××”，住在××—×。",
        "……×××……",
        "网友××××说，密码是××××××××。",
        "××省××市××县人民法院\n被告人×××，男，19××年×月×日出生，××族。\n",
        "今天气温30°，明天31°，后天°°°°。",
        "网友××××说，密码是××××××××。\nÃ¿µ½ÕÇ³±£¬½\xadË®»áÂþµ½ÃÅ¿Ú¡£",
    ],
)
def test_crosses_in_the_place_of_names_are_no_damage(text):
    assert repair_text(text).count("×") == text.count("×")
    assert "鬃" not in repair_text(text)
    assert "鞍" not in repair_text(text)


@pytest.mark.parametrize("sign", "¥£§¤°·¯´±÷©®àéÀÖÐñöåµ")
@pytest.mark.parametrize("line", ["网友{}说", "他说：“{}！”", "{}", "价格 {} 元", "看（{}）", "а {}, б"])
def test_one_sign_over_and_over_is_no_damage(sign, line):
    for often in (2, 3, 4, 6, 10):
        text = line.format(sign * often)
        assert repair_text(text) == text


def test_a_soft_hyphen_at_which_a_word_was_broken_is_a_hyphen() -> None:
    lines = [
        "Бабушкин буфет переезжал четыре раза, и каждый раз у него от\xad",
        "валивалась одна ножка. Дед выстругивал новую, ворчал, что ме\xad",
        "бель нынче не та, хотя буфету было уже сто лет, и подкладывал",
        "под него сложенную вчетверо газету. Газету эту я недавно раз\xad",
        "вернул: там была заметка о том, что в наш город придёт метро.",
    ]
    joined = " ".join(lines).replace("\xad ", "")
    assert repair_text("\n".join(lines)) == joined
    assert repair_text("A word\xad\nAnd a line.") == "A word\nAnd a line."


VERSES = """《渡口行》

北风吹雪满关山，一夜行人尽白鬓，
河冰初合舟不渡，老叟停篙坐石间，
问叟年来何所业，自言生小住江湾，
江湾旧有桃千树，花开时节客忘还，
去年大水漂屋去，唯余老树未曾删。

《村居》

门外青山屋后田，儿童争放纸飞鸢，
老翁不管春多少，卧看南窗数柳绵，
邻家新酿三升酒，隔着疏篱唤客尝，
醉后不知归路远，满身花影过横塘。"""


def test_chinese_verses_two_in_a_line_stay_lines():
    assert repair_text(VERSES) == VERSES
