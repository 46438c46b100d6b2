"""Sentences with one Chinese word in them: the form that fits, a word that stays since its place or its sense is open,
a word that is meant to be there. The files hold a sentence a line, those with a form also what it becomes.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from siftline.bilingual import insertion
from siftline.document import Document
from siftline.library import Library
from siftline.stages.language import language
from siftline.stages.leftovers import leftovers

LIBRARY = Library()
LANGS = {"english": "en", "russian": "ru"}
REST = {
    "en": "In the evening the boats came home, and the pier was quiet again because everybody had gone to dinner.",
    "ru": "Вечером рыбаки вернулись домой, и на пристани снова стало тихо, потому что все ушли ужинать.",
}


def cases(name: str) -> list[tuple[str, str]]:
    """Return the language and text of each line of the files with a name."""
    folder = Path(__file__).parent / "cases" / "leftovers"
    return [
        (lang, line)
        for word, lang in LANGS.items()
        for line in (folder / f"{word}-{name}.txt").read_text(encoding="utf-8").splitlines()
    ]


def cleaned(lang: str, text: str) -> tuple[str, list[str]]:
    """Return a sentence as it stands in a document after the stage, and the words that were listed."""
    doc = leftovers(language(Document.of(f"{text}\n\n{REST[lang]}"), LIBRARY), LIBRARY)
    return doc.lines[0].text, [fact.value for fact in doc.facts if fact.field == "leftovers"]


FITTING = cases("form-that-fits")


@pytest.mark.parametrize(
    ("lang", "before", "after"), [(a[0], a[1], b[1]) for a, b in zip(*[iter(FITTING)] * 2, strict=True)]
)
def test_a_word_gets_the_form_that_its_place_asks_for(lang: str, before: str, after: str) -> None:
    if lang == "ru":
        pytest.importorskip("pymorphy3")
    assert cleaned(lang, before) == (after, [])
    assert cleaned(lang, after) == (after, [])


@pytest.mark.parametrize(("lang", "text"), cases("word-that-stays"))
def test_a_word_whose_place_or_sense_is_open_stays_and_is_listed(lang: str, text: str) -> None:
    found, listed = cleaned(lang, text)
    word = insertion.HAN.search(text)[0]
    assert found.replace(" ", "") == text.replace(" ", "")
    assert listed == [word]


@pytest.mark.parametrize(("lang", "text"), cases("word-meant-to-be-there"))
def test_a_word_that_is_meant_to_be_there_is_left_alone(lang: str, text: str) -> None:
    assert cleaned(lang, text) == (text, [])
