"""The headline of a text that names it nowhere."""

from __future__ import annotations

import pytest

import siftline
from siftline import headlines
from siftline.document import Document

PROSE = (
    "The old lighthouse on Gull Point has been dark since the storm of 1987, and the keeper's cottage lost its roof.\n"
    "Now the parish wants to light the lamp again, and the keeper's granddaughter has come home to help with it.\n"
)
PAGE = (
    "Watch live\nNews\nWeather\nSport\n{}\nBy Ann Example\n3 May 2021\n"
    + PROSE
    + "Most read\nFive walks for a wet Sunday\n"
)


def title(text: str, lang: str = "en") -> str | None:
    return siftline.clean(text).title.get(lang)


@pytest.mark.parametrize(
    "headline",
    [
        "Keeper's granddaughter will light the lamp again",
        "Who will light the lamp of Gull Point?",
        "The lamp of 1987: a parish remembers",
    ],
)
def test_the_headline_is_told_from_the_navigation_above_it(headline: str) -> None:
    assert title(PAGE.format(headline)) == headline


def test_a_page_without_a_headline_gets_none() -> None:
    assert title(PAGE.replace("{}\n", "")) is None


def test_the_headline_on_top_of_a_clean_article_is_found() -> None:
    assert title("Lighting the lamp of Gull Point\n\n" + PROSE) == "Lighting the lamp of Gull Point"


@pytest.mark.parametrize(
    "line",
    [
        "Photograph: Ann Example of the Gull Point parish",
        "Reviewed by: Ann Example, Gull Point",
        "Have you ever thought about what the parish and the keeper would do with a lamp at Gull Point?",
        "Everybody in the parish asks the keeper when the lamp of Gull Point is lit for the first time",
    ],
)
def test_a_label_and_the_first_line_of_a_post_are_no_headlines(line: str) -> None:
    assert title(line + "\n" + PROSE) is None
    assert siftline.clean(line + "\n" + PROSE).text.startswith(line)


def test_each_language_of_a_document_has_its_headline() -> None:
    chinese = "海鸥角的灯塔将重新点亮\n海鸥角的灯塔在一九八七年的风暴之后就再也没有亮过，守塔人的小屋也失去了屋顶。\n"
    article = siftline.clean(chinese + "\nLighting the lamp of Gull Point\n" + PROSE)
    assert article.title == {"zh": "海鸥角的灯塔将重新点亮", "en": "Lighting the lamp of Gull Point"}


@pytest.mark.parametrize(
    "text",
    [
        "“你还不走？”\n“等人。”\n“等谁？”\n“不知道。”\n\n他笑了，把灯拧暗了一点，又坐回到窗边那把吱呀作响的旧椅子上去。\n",
        "— Когда вы начали писать?\n— В семь лет.\n— О чём?\n— О собаке, которой у нас никогда не было, и о доме у моря.\n",
        PROSE,
    ],
)
def test_prose_and_talk_keep_their_first_line(text: str) -> None:
    article = siftline.clean(text)
    assert not article.title
    assert article.restore() == text
    assert "title" not in {change.role for change in article.changes}


def test_what_is_left_unread_does_not_change_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [PAGE.format(line) + PROSE.join(["", "", line]) for line in ("The lamp", "Light the lamp, says the parish")]
    pages += [f"{menu}\n{PAGE.format(line)}" for line in ("News of the lamp", "Gull Point") for menu in (PAGE, PROSE)]
    documents = [Document.of(page) for page in pages]
    found = [headlines.find(doc, "und") for doc in documents]
    monkeypatch.setattr(headlines, "_MOST_READ", 1e6)  # so that whatever is unread might matter
    assert found == [headlines.find(doc, "und") for doc in documents]
    assert len({headline and headline.sure for headline in found}) > 1


def test_signs_that_take_reading_only_speak_for_a_line() -> None:
    assert all(headlines.WEIGHTS[sign] > 0 for sign in headlines._READ_SIGNS)
