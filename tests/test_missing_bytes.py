"""UTF-8 read in a codec that lacks a byte of it: what comes back, and what is left alone."""

from __future__ import annotations

import pytest

import siftline
from siftline.stages.repair import repair_text

RUSSIAN = (
    "Именно здесь собирали паровозы. Инженер привёз станки, и рабочие ставили их всё лето.\n"
    "Иначе было нельзя: «Истра» шла до самой Игналы.\nРабочие ели кашу."
)
ENGLISH = "He said “It is here,” and left. It’s late.\n“The drills go first,” said Ann — “but people want the stars.”\nA plain line."


def misread(text: str, codec: str, mark: str) -> str:
    """Read UTF-8 in a codec, with a mark for each byte that this lacks."""
    return "".join(bytes([byte]).decode(codec, "ignore") or mark for byte in text.encode())


@pytest.mark.parametrize("mark", ["", "?", "\ufffd"])
@pytest.mark.parametrize(("text", "codec"), [(RUSSIAN, "cp1251"), (ENGLISH, "cp1252")])
def test_a_byte_that_can_be_no_other_is_put_back(text: str, codec: str, mark: str) -> None:
    damaged = misread(text, codec, mark)
    assert repair_text(damaged) == text
    article = siftline.Cleaner(stages=["repair"]).clean(damaged)
    assert article.text.split("\n\n") == text.split("\n")
    assert article.restore() == damaged


@pytest.mark.parametrize("mark", ["", "?", "\ufffd"])
def test_russian_that_was_read_twice_gets_every_letter_back(mark: str) -> None:
    text = "Письмо лоцмана\nДорогая Варя, третий день стоим в тумане: кок поёт, а я слушаю, как капает с мачты."
    assert repair_text(misread(misread(text, "cp1251", mark), "cp1251", mark)) == text


def test_a_question_behind_a_closed_quotation_stays() -> None:
    text = "Did he say “It is here”?\n“Yes,” she said."
    assert repair_text(misread(text, "cp1252", "")) == text


def test_where_blanks_were_folded_the_letter_is_er() -> None:
    text = "Россия и Иран подписали Римское соглашение, а Италия его не подписала."
    assert repair_text(misread(text, "cp1251", "").replace("\xa0", " ")) == text


@pytest.mark.parametrize(
    "text",
    [
        "Ребята, РСФСР и СССР писали заглавными. Р. Образцов — режиссёр.",
        "Р – это буква. С – тоже. Р°С: так выглядит ошибка.",
        "The price is 49 a monthâ€\nand 99 a year.",  # a dagger, whose last byte was a blank
        'You may see "â€" instead of a mark.',
    ],
)
def test_what_may_be_something_else_stays(text: str) -> None:
    assert repair_text(text) == text
