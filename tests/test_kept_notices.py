"""What is written about the notices of sites stays, though it quotes them."""

from __future__ import annotations

import pytest

import siftline

ZH = "律师说，就算没有这句话，作品一样受保护。\n设计师把它比作门口的石狮子：不咬人，但大家习慣了。\n"
RU = "Юрист говорит, что согласие, данное не глядя, всё равно считается согласием.\nТрое прочли его до конца.\n"


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("「版權所有，未經授權不得轉載。」這句話出現在幾乎每一個網站的底部。", ZH),
        (
            "«Мы используем файлы cookie, чтобы улучшить работу сайта. Продолжая пользоваться сайтом, вы соглашаетесь с этим» — "
            "эту фразу видели все.",
            RU,
        ),
    ],
)
def test_a_line_that_quotes_a_notice_and_speaks_about_it_stays(line: str, rest: str) -> None:
    assert line in siftline.clean(f"{line}\n{rest}").text
    notice = line[1 : max(line.find("」"), line.find("»"))]
    assert notice not in siftline.clean(f"{rest}{notice}\n").text
