"""Paragraphs of two languages that are translations of each other."""

from __future__ import annotations

import pytest

from siftline.bilingual import alignment
from siftline.document import Change, Document
from siftline.library import Library
from siftline.stages.language import language
from siftline.stages.pair import pair

LIBRARY = Library()
ZH = [
    "3月14日，河口镇议会批准了新的渡船计划，投资总额为480万元。",
    "镇长表示，这项技术来自一家名为 Lumenport 的小公司，电池可以使用12年。",
    "许多学生和教师参加了会议，他们认为这个项目对环境有好处。",
    "不过，也有专家担心价格。一张船票现在卖6元，而去年只卖4元。",
    "新船将在2027年开航，届时每天往返18次。",
]
EN = [
    "On March 14, the council of Hekou approved a new ferry plan with an investment of 4.8 million yuan, or 480 in tens "
    "of thousands.",
    "The mayor said that the technology comes from a small company called Lumenport, and that the battery will last 12 "
    "years.",
    "Many students and teachers came to the meeting; they think that the project is good for the environment.",
    "Some experts, however, are worried about the price. A ticket now costs 6 yuan, while last year it was only 4.",
    "The new boat will sail in 2027 and will go back and forth 18 times a day.",
]
OTHER = [
    "Mushrooms grow best after a warm rain, and the forest behind the mill is full of them in September.",
    "My grandmother kept a list of all the places where she had found them since she was a girl.",
    "We never learnt where the best places were, because she walked alone and came home by another road.",
    "Her list was sold with the house, and the man who bought it cannot read her writing at all.",
    "Still, every autumn he walks into the forest with a basket and comes back with nothing.",
]
RU = [
    "14 марта совет Хэкоу одобрил новый план переправы стоимостью 480 тысяч.",
    "По словам мэра, технология создана небольшой компанией Lumenport, а батарея прослужит 12 лет.",
    "На собрание пришло много студентов и учителей; они считают, что проект полезен для реки.",
    "Однако некоторые эксперты опасаются за цену. Билет сейчас стоит 6 юаней, а в прошлом году стоил только 4.",
    "Новое судно выйдет в рейс в 2027 году и будет ходить туда и обратно 18 раз в день.",
]


def paired(lines: list[str]) -> list[tuple[str, str]]:
    doc = pair(language(Document.of("\n\n".join(lines)), LIBRARY), LIBRARY)
    return [(doc.lines[a].text, doc.lines[b].text) for a, b in doc.pairs]


def woven(first: list[str], second: list[str]) -> list[str]:
    return [line for both in zip(first, second, strict=True) for line in both]


def test_halves_are_paired_in_order() -> None:
    assert paired(ZH + EN) == list(zip(ZH, EN, strict=True))


def test_the_english_half_may_come_first() -> None:
    assert paired(EN + ZH) == list(zip(EN, ZH, strict=True))


def test_paragraph_by_paragraph_is_paired() -> None:
    assert paired(woven(ZH, EN)) == list(zip(ZH, EN, strict=True))


def test_russian_and_english_are_paired_by_the_sound_of_names_too() -> None:
    assert paired(RU + EN) == list(zip(RU, EN, strict=True))


def test_a_paragraph_missing_on_one_side_stays_alone() -> None:
    assert paired(ZH + EN[:2] + EN[3:]) == [(ZH[i], EN[i]) for i in (0, 1, 3, 4)]
    assert paired(ZH[:1] + ZH[2:] + EN) == [(ZH[i], EN[i]) for i in (0, 2, 3, 4)]


def test_joined_paragraphs_are_paired_with_both() -> None:
    joined = [*EN[:1], f"{EN[1]} {EN[2]}", *EN[3:]]
    want = [(ZH[0], EN[0]), (ZH[1], joined[1]), (ZH[2], joined[1]), (ZH[3], EN[3]), (ZH[4], EN[4])]
    assert paired(ZH + joined) == want


@pytest.mark.parametrize("lines", [ZH + OTHER, woven(ZH, OTHER), RU + OTHER, woven(RU, OTHER)])
def test_unrelated_texts_of_one_length_are_not_paired(lines: list[str]) -> None:
    assert paired(lines) == []


def test_an_abstract_is_no_translation_of_the_paper() -> None:
    body = [f"第{n}节讨论河口镇的渡船，并且比较了{n}0年来的票价、天气和乘客人数，结论写在最后。" for n in range(1, 9)]
    assert paired([*ZH, *body, EN[0]]) == []


def test_a_stray_quotation_is_not_paired() -> None:
    assert paired([*ZH, "“It is better to travel well than to arrive,” as somebody once said."]) == []


def test_one_language_has_no_pairs() -> None:
    doc = language(Document.of("\n".join(EN)), LIBRARY)
    assert pair(doc, LIBRARY) is doc


def test_lines_that_left_the_article_are_not_paired() -> None:
    doc = language(Document.of("\n\n".join(ZH + EN)), LIBRARY)
    doc = doc.apply([Change("chrome/zh/x", 0, 0, ZH[0], None, "chrome/x")])
    assert [doc.lines[a].text for a, _ in pair(doc, LIBRARY).pairs] == ZH[1:]


def test_pairs_are_ascending_line_numbers_and_nothing_else_changes() -> None:
    doc = language(Document.of("\n\n".join(ZH + EN)), LIBRARY)
    done = pair(doc, LIBRARY)
    assert done.pairs == tuple(sorted(done.pairs)) == ((0, 10), (2, 12), (4, 14), (6, 16), (8, 18))
    assert (done.lines, done.changes) == (doc.lines, doc.changes)
    assert pair(done, LIBRARY) == done


def test_many_lines_find_their_own() -> None:
    first = alignment.Side([f"第{n}页写着数字{n * 37}。" for n in range(300)], list(range(300)), "zh")
    second = alignment.Side([f"Page {n} holds the number {n * 37}." for n in range(300)], list(range(300, 600)))
    beads = alignment.align(first, second, {})
    assert sum(bead.a0 == bead.b0 and bead.a1 == bead.b1 for bead in beads) > 280


RULES_ZH = ["请勿在渡轮上喂鸟。", "自行车须停放在下层甲板。", "遇到大雾时，末班船可能取消。", "失物请到窗口认领。"]
RULES_EN = [
    "Please do not feed the birds on the ferry.",
    "Bicycles must be kept on the lower deck.",
    "The last ferry may be cancelled in fog.",
    "Lost property can be claimed at the counter.",
]


def test_items_of_one_number_are_paired_where_the_languages_take_turns() -> None:
    zh, en = ([f"{n}. {text}" for n, text in enumerate(rules, 1)] for rules in (RULES_ZH, RULES_EN))
    assert paired(woven(zh, en)) == list(zip(zh, en, strict=True))
    other = [f"{n}. {text}" for n, text in enumerate(OTHER, 1)]
    assert paired(zh + other) == []


def test_thousands_may_be_parted_by_blanks() -> None:
    ru = [
        "На мосту через реку Хайлан открылась библиотека. Книги можно брать без билета, но читать их можно только там.",
        "«Мы хотим, чтобы люди останавливались», — говорит архитектор Ли Пробный.",
        "За первую неделю мост посетили 2 300 человек.",
    ]
    zh = [
        "海浪河大桥上开了一座图书馆。借书不需要证件，但只能在桥上读。",
        "“我们希望人们停下来，”建筑师李某说。",
        "第一周有2300人来到桥上。",
    ]
    assert paired(woven(ru, zh)) == list(zip(ru, zh, strict=True))


ASKED_ZH = [
    "问：潮汐发电站什么时候开始供电？",
    "答：如果天气允许，明年三月就可以并网。",
    "问：谁来付钱？",
    "答：一半来自省里，另一半来自银行贷款。",
]
ASKED_EN = [
    "Q: When will the tidal power station start to supply electricity?",
    "A: If the weather permits, it will be connected to the grid next March.",
    "Q: Who pays for it?",
    "A: Half comes from the province, and the other half from a bank loan.",
]
ASKED_RU = [
    "В: Когда приливная станция начнёт давать ток?",
    "О: Если позволит погода, её подключат к сети в марте будущего года.",
    "В: Кто за это платит?",
    "О: Половину даёт область, другую половину банк в виде кредита.",
]
SPOKEN_ZH = ["这座桥是我爷爷修的。", "那时候这里还没有路。", "后来呢？", "后来洪水来了，桥没倒，村子却没了。"]
SPOKEN_EN = [
    "My grandfather built this bridge.",
    "There was no road here back then.",
    "And then?",
    "Then the flood came. The bridge stood, but the village was gone.",
]
SPOKEN_RU = [
    "Этот мост построил мой дед.",
    "Дороги здесь тогда ещё не было.",
    "А потом?",
    "Потом пришла вода. Мост устоял.",
]


@pytest.mark.parametrize(
    ("first", "second"),
    [(ASKED_ZH, ASKED_EN), (ASKED_RU, ASKED_EN), (ASKED_RU, ASKED_ZH), (SPOKEN_ZH, SPOKEN_EN), (SPOKEN_RU, SPOKEN_EN)],
)
def test_brief_lines_in_turns_are_paired_by_words_of_everyday_speech(first: list[str], second: list[str]) -> None:
    assert paired(woven(first, second)) == list(zip(first, second, strict=True))


@pytest.mark.parametrize(("first", "second"), [(ASKED_ZH, SPOKEN_EN), (SPOKEN_RU, ASKED_EN), (SPOKEN_ZH, RULES_EN)])
def test_brief_lines_of_other_texts_are_not_paired(first: list[str], second: list[str]) -> None:
    assert paired(woven(first, second)) == []
    assert paired(first + second) == []


def test_questions_and_answers_of_a_language_may_stand_together() -> None:
    lines = [*ASKED_ZH[:2], *ASKED_EN[:2], *ASKED_ZH[2:], *ASKED_EN[2:]]
    assert paired(lines) == list(zip(ASKED_ZH, ASKED_EN, strict=True))
    assert paired([*ASKED_ZH[:2], ASKED_EN[0], *ASKED_ZH[2:], *ASKED_EN[2:]]) == [
        (ASKED_ZH[at], ASKED_EN[at]) for at in (0, 2, 3)
    ]


def test_two_people_who_write_in_their_own_languages_are_not_paired() -> None:
    anna = [
        "Hi! Did you get home all right?",
        "Good. I am still at the office.",
        "Not yet. How is your mother?",
        "I am glad.",
    ]
    lin = ["到了，路上有点堵。", "哈哈，你吃饭了吗？", "好多了，昨天已经出院了。", "周末过来吃饭吧。"]
    assert paired(woven(anna, lin)) == []


def test_the_number_and_the_time_of_a_subtitle_are_not_in_the_way() -> None:
    lines = []
    for at, both in enumerate(zip(SPOKEN_ZH, SPOKEN_EN, strict=True), 1):
        lines += [str(at), f"00:00:0{at},000 --> 00:00:0{at},900", *both]
    assert paired(lines) == list(zip(SPOKEN_ZH, SPOKEN_EN, strict=True))


def test_what_stands_above_a_list_is_no_part_of_its_first_item() -> None:
    zh, en = ([f"{n}. {text}" for n, text in enumerate(rules, 1)] for rules in (RULES_ZH, RULES_EN))
    assert paired(["渡轮须知 Ferry rules", *woven(zh, en), "咨询电话 / Information: 000-00000000"]) == list(
        zip(zh, en, strict=True)
    )
