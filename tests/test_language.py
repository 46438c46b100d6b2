"""The language of lines, runs and documents."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import siftline
from siftline.document import Change, Document
from siftline.languages import detection, scripts
from siftline.library import Library
from siftline.stages.language import document_languages, language, runs, settle

LIBRARY = Library()


def labels(text: str) -> list[str]:
    return [line.lang for line in language(Document.of(text), LIBRARY).lines if line.text.strip()]


def languages(text: str) -> tuple[str, ...]:
    return document_languages(language(Document.of(text), LIBRARY))


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("渡船在春天重新开航，镇上的人都来到码头。", "zh"),
        ("渡船在春天重新開航，鎮上的人都來到碼頭。", "zh"),
        ("渡し船は春に再び動き出し、町の人々が港に集まった。", "ja"),
        ("나룻배가 봄에 다시 다니기 시작하자 마을 사람들이 나루터로 나왔다.", "ko"),
        ("The ferry came back in spring, and the whole town stood at the quay.", "en"),
        ("Весной паром снова вышел на реку, и весь город собрался у причала.", "ru"),
        ("Навесні пором знову вийшов на річку, і все містечко зібралося біля пристані.", "uk"),
        ("През пролетта фериботът отново тръгна по реката и целият град се събра на кея.", "bg"),
        ("Im Frühjahr fuhr die Fähre wieder, und die ganze Stadt stand am Ufer.", "de"),
        ("Au printemps, le bac a repris son service et toute la ville était sur le quai.", "fr"),
        ("En primavera el transbordador volvió a salir y todo el pueblo estaba en el muelle.", "es"),
        ("In primavera il traghetto è tornato e tutta la città era sul molo.", "it"),
        ("Na primavera a balsa voltou e toda a cidade estava no cais, mas não por muito tempo.", "pt"),
        ("Το πορθμείο ξαναβγήκε την άνοιξη και όλη η πόλη ήταν στην αποβάθρα.", "el"),
        ("عادت العبارة في الربيع وكانت المدينة كلها على الرصيف.", "ar"),
    ],
)
def test_a_sentence_gets_its_language(text: str, want: str) -> None:
    assert languages(text) == (want,)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Borrow up to", "en"),
        ("渡船在春", "zh"),
        ("Когда он начал", "ru"),
        ("In December 2001,", "en"),
        ("Не знаю, стоит", "ru"),
    ],
)
def test_a_fragment_gets_its_language(text: str, want: str) -> None:
    assert languages(text) == (want,)


def test_function_words_decide_without_the_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detection, "ask", lambda *_: pytest.fail("asked about a line that words decide"))
    assert labels("The ferry came back in spring.\nDie Fähre fuhr im Frühjahr wieder, und alle kamen.") == ["en", "de"]


def test_letters_decide_where_no_function_word_is_left() -> None:
    assert detection.weigh("Bildungsausschuss Protokolle Sitzungen", "latin").lang == "und"
    assert languages("Bildungsausschuss Protokolle Sitzungen") == ("de",)


def test_a_name_does_not_bring_a_language_into_the_document() -> None:
    text = "渡船在春天重新开航，镇上的人都来到码头。\niPhone 15 Pro\nMaria Ivanova\n船票价格比去年低，大家都很高兴。"
    assert labels(text) == ["zh"] * 4
    assert languages(text) == ("zh",)


def test_a_chinese_sentence_with_many_latin_names_stays_chinese() -> None:
    text = "本文介绍 Kubernetes Operator 和 Custom Resource Definitions 的用法，适合初学者阅读。"
    assert labels(text) == ["zh"]


def test_an_english_sentence_with_a_chinese_word_stays_english() -> None:
    assert labels("It is expected that more innovative成果 will emerge from the old mill.") == ["en"]


def test_one_kana_does_not_make_a_line_japanese() -> None:
    assert labels("小镇上新开的茶の坊昨天开门迎客，排队的人一直站到街角的邮局。") == ["zh"]


def test_a_line_without_letters_takes_the_label_before_it_or_the_first_behind() -> None:
    text = "* * *\n渡船在春天重新开航，镇上的人都来了。\n2024-05-01\n\nThe ferry came back in spring, to everyone's joy.\n---"
    assert labels(text) == ["zh", "zh", "zh", "en", "en"]


def test_an_undecided_line_among_another_languages_lines_is_theirs() -> None:
    chinese = "渡船在春天重新开航，镇上的人都来到码头。\n" * 5
    english = "The ferry came back in spring, and the town stood at the quay.\n" * 5
    got = labels(f"{chinese}Harbour Lights\n{chinese}{english}Harbour Lights\n{english}")
    assert got[5] == "zh"
    assert got[16] == "en"


def test_languages_come_in_order_of_appearance_among_article_lines() -> None:
    text = "The ferry came back in spring, to everyone's joy.\n渡船在春天重新开航，镇上的人都来了。"
    doc = language(Document.of(text), LIBRARY)
    assert document_languages(doc) == ("en", "zh")
    removed = doc.apply([Change("chrome/en/x", 0, 0, doc.lines[0].text, None, "chrome/x")])
    assert document_languages(removed) == ("zh",)


def test_settle_relabels_what_is_left_of_a_language_that_went() -> None:
    text = "渡船在春天重新开航，镇上的人都来了。\nThe ferry came back in spring, to everyone's joy.\nHarbour Lights"
    doc = language(Document.of(text), LIBRARY)
    assert doc.lines[2].lang == "en"
    gone = doc.apply([Change("chrome/en/x", 1, 0, doc.lines[1].text, None, "chrome/x")])
    assert settle(gone)[0].lines[2].lang == "zh"
    assert settle(doc)[0] is doc


def test_an_address_is_in_no_language() -> None:
    assert detection.words_of("see https://example.com/de/und-der-die-das now") == ["see", "now"]


def test_runs_cover_the_line_and_change_with_the_script() -> None:
    text = "他说 the ferry is back 然后 ушёл на берег。"
    found = runs(text)
    assert [lang for _, _, lang in found] == ["zh", "en", "zh", "ru"]
    assert "".join(text[a:b] for a, b, _ in found) == text
    assert runs("") == []
    assert runs("12:30") == [(0, 5, "und")]


def test_text_and_ledger_are_left_alone() -> None:
    text = "渡船在春天重新开航。\r\n\r\n\tThe ferry is back in town, at last.\u2028x\n"
    doc = language(Document.of(text), LIBRARY)
    assert doc.text == text
    assert doc.changes == ()
    assert doc.lines[1].lang == "und"


@pytest.mark.parametrize("text", ["", "\n\n", "12 34", "\ud800", "\x00", "a" * 100_000])
def test_odd_texts_are_labelled(text: str) -> None:
    assert language(Document.of(text), LIBRARY).text == text


def test_a_huge_line_is_sampled() -> None:
    doc = Document.of("渡船在春天重新开航，镇上的人都来了。" * 200_000)
    assert language(doc, LIBRARY).lines[0].lang == "zh"
    assert len(scripts.sample(doc.text)) <= scripts.LONGEST_LINE + 2


def test_chunks_give_the_same_counts_as_single_lines() -> None:
    texts = ["ab 中文", "", "дом", "かな"] * 3
    rows = scripts.count(texts)
    assert [rows[i].tolist() for i in range(4)] == [scripts.count([text])[0].tolist() for text in texts[:4]]


def test_labels_do_not_depend_on_the_hash_seed() -> None:
    code = (
        "from siftline.library import Library; from siftline.document import Document;"
        "from siftline.stages.language import language;"
        "d = Document.of('Harbour Lights\\nRegolamento comunale\\nПорт огни\\nнови пристани\\nmarché couvert');"
        "print([l.lang for l in language(d, Library()).lines])"
    )
    root = Path(detection.__file__).parents[1]
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


FERRY = {
    "lv": "Vakar vakarā ostā ieradās vecais prāmis, kas sešus gadus bija stāvējis remontā. Kapteinis sacīja, ka tas atkal kursēs.",
    "lt": "Vakar vakare į uostą grįžo senasis keltas, kuris šešerius metus buvo remontuojamas. Kapitonas sakė, kad jis vėl plaukios.",
    "et": "Eile õhtul saabus sadamasse vana praam, mis oli kuus aastat remondis seisnud. Kapten ütles, et see sõidab jälle.",
    "fi": "Eilen illalla satamaan saapui vanha lautta, joka oli ollut kuusi vuotta korjattavana. Kapteeni sanoi, että se kulkee taas.",
    "sl": "Včeraj zvečer je v pristanišče prispel stari trajekt, ki so ga popravljali šest let. Kapitan je dejal, da bo spet vozil.",
    "hr": "Jučer navečer u luku je stigao stari trajekt koji se popravljao šest godina. Kapetan je rekao da će opet voziti do leda.",
    "sk": "Včera večer priplával do prístavu starý trajekt, ktorý šesť rokov opravovali. Kapitán povedal, že bude opäť jazdiť.",
    "cs": "Včera večer připlul do přístavu starý přívoz, který šest let opravovali. Kapitán řekl, že bude znovu jezdit až do ledu.",
    "ca": "Ahir al vespre va arribar al port el vell transbordador, que havia estat sis anys en reparació. El capità va dir que tornaria.",
    "es": "Ayer por la tarde llegó al puerto el viejo transbordador, que llevaba seis años en reparación. El capitán dijo que volvería.",
    "sq": "Mbrëmë në port mbërriti trageti i vjetër, i cili ishte në riparim për gjashtë vjet. Kapiteni tha se do të lundrojë përsëri.",
    "is": "Í gærkvöldi kom gamla ferjan til hafnar eftir sex ára viðgerð. Skipstjórinn sagði að hún myndi sigla aftur þar til ísinn kemur.",
    "eu": "Atzo arratsean portura iritsi zen ferry zaharra, sei urtez konpontzen egon dena. Kapitainak esan zuen berriro ibiliko dela.",
    "tl": "Kagabi dumating sa pantalan ang lumang lantsa na anim na taong inayos. Sinabi ng kapitan na maglalayag muli ito sa tag-ulan.",
    "id": "Tadi malam feri tua itu tiba di pelabuhan setelah enam tahun diperbaiki. Kapten mengatakan bahwa kapal itu akan berlayar lagi.",
}  # fmt: skip


@pytest.mark.parametrize("lang", FERRY)
def test_a_language_is_not_taken_for_its_neighbour(lang: str) -> None:
    assert list(siftline.clean(FERRY[lang]).body) == [lang]


def test_kazakh_is_neither_russian_nor_ukrainian() -> None:
    text = (
        "Ауылда жаңа кітапхана ашылды\n2023 жылғы 3 қазан, 10:15\n"
        "Алматы облысының ауылында жаңа кітапхана ашылды. Онда екі мыңнан астам кітап бар, жартысын тұрғындар өздері әкелді.\n"
        "«Балалар кітап оқуға күн сайын келеді», — дейді кітапханашы Гүлнәр.\n"
    )
    assert languages(text) == ("kk",)
    assert set(labels(text)) == {"kk"}
    russian = (
        "В Қарағанды открыли библиотеку, в которой больше двух тысяч книг, и половину из них принесли сами жители."
    )
    assert languages(russian) == ("ru",)


RUSSIAN = ["Ты сегодня рано", "Не спалось, вот и пришёл", "В кастрюле ещё осталась каша", "Нет, и больше не позвонит"]
ENGLISH = [
    "You're here early today",
    "Couldn't sleep, so I came over",
    "There's porridge in the pot",
    "No, not any more",
]
CHINESE = ["你今天来得真早", "睡不着，就先过来了", "锅里还有粥", "没有，再也不会打来了"]


@pytest.mark.parametrize(("others", "lang"), [(ENGLISH, "en"), (CHINESE, "zh")])
def test_brief_lines_of_another_script_speak_for_their_language_together(others: list[str], lang: str) -> None:
    woven = [line for both in zip(RUSSIAN, others, strict=True) for line in both]
    assert labels("\n".join(woven)) == ["ru", lang] * 4
    assert languages("\n".join(woven)) == ("ru", lang)


def test_names_in_another_script_do_not() -> None:
    lines = ["Пётр Чайковский", "Иван Тургенев", "Анна Ахматова"]
    text = "\n".join(line for name in lines for line in (f"{ENGLISH[0]}, said the porter.", name))
    assert languages(text) == ("en",)
