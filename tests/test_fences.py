"""Code between fences and tables: one part of the article, whatever its lines look like."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

import siftline
from siftline import fences

ZH = "渡口的灯由一段小程序点亮，老船工的孙子把它贴在了墙上，谁都可以看。"
CODE = ["```", "for boat in boats:", "    light(boat)  # one lamp for each of them.", "```"]
PAGE = (
    "<html lang=zh><head><title>渡口的灯</title></head><body><nav><a href=/>首页</a> <a href=/n>新闻</a></nav><h1>渡口的灯</h1>"
    f"<article><p>{ZH}</p><p>每天傍晚六点，它把河上的船数一遍，再给每一条船点一盏灯，直到天亮。</p>"
    f"<pre><code>{chr(10).join(CODE[1:-1])}</code></pre></article>"
    "<div class=share>分享到：<a href=#>微信</a> <a href=#>微博</a></div><div class=footer>版权所有 © 2025 渡口网</div></body></html>"
)


def test_code_in_a_page_stays_whole_and_is_no_language_of_its_own() -> None:
    article = siftline.clean(PAGE)
    assert list(article.body) == ["zh"]
    assert article.text.endswith("\n\n" + "\n".join(CODE))


def test_code_in_a_text_takes_the_language_above_it() -> None:
    text = "\n".join([ZH, *CODE, "每天傍晚六点，它把河上的船数一遍，再给每一条船点一盏灯。"])
    article = siftline.clean(text)
    assert {lang: len(paragraphs) for lang, paragraphs in article.body.items()} == {"zh": 3}
    assert article.changes == ()


def test_code_on_top_takes_the_language_below_it() -> None:
    assert list(siftline.clean("\n".join([*CODE, ZH, "他每天傍晚都来看一遍，直到天亮才回家。"])).body) == ["zh"]


def test_code_alone_has_the_language_of_its_own_words() -> None:
    assert list(siftline.clean("\n".join(CODE)).body) == ["en"]


def test_a_fence_that_is_never_closed_is_a_line_like_any_other() -> None:
    text = "\n".join([ZH, "```", "The lamp is lit at six o'clock, and it burns until the morning comes."])
    assert list(siftline.clean(text).body) == ["zh", "en"]


def test_the_rows_of_a_table_stay_with_it() -> None:
    table = ["| 中文 | English |", "|---|---|", "| 首页 | Home |", "| 版权所有 | All rights reserved |"]
    article = siftline.clean("\n".join([ZH, "", *table, "", "他每天傍晚都来看一遍，直到天亮才回家。"]))
    assert article.changes == ()
    assert "中文 | English" not in siftline.clean("\n".join([ZH, "", "中文 | English", ""])).text


PYTHON = """def light(boats):
    for boat in boats:
        if boat.lamp:
            yield boat"""


def test_code_without_fences_keeps_its_indentation() -> None:
    article = siftline.clean(f"{ZH}\n\n{PYTHON}\n\n每天傍晚六点，它把河上的船数一遍，再给每一条船点一盏灯。\n")
    assert article.body["zh"][1] == PYTHON
    assert list(article.body) == ["zh"]
    again = siftline.clean(article.text)
    assert again.body == article.body


def test_methods_parted_by_blank_lines_stay_in_their_class() -> None:
    code = "class Lamp:\n    def on(self):\n        self.lit = True\n\n    def off(self):\n        self.lit = False"
    assert code in siftline.clean(f"{ZH}\n\n{code}\n\n{ZH}\n").text


def test_indented_prose_verses_and_lists_are_no_code() -> None:
    for text in (
        "    The first paragraph is indented; the second is not.\n\nIt was late, and (as always) it rained.",
        "The lamp was lit (at six),\n  the boat was gone;\n  the river = the sea,\nand no one knew.",
        "- boats (two)\n  - oars = four\n- lamps (one)",
    ):
        assert all(not line.startswith(" ") for line in siftline.clean(text).text.split("\n"))


TERMINAL = """# Clearing the terminal

When the terminal is full of noise, type one of these commands and wait for a second.

```sh
clear
reset
```

The style of the window is short, and you can leave it out if you like the look of your own better.

```css
.button { color: red; }
#nav a:hover { border: 0; }
```

Read more

The page then says what it should, and its last line is the one below, as it is for all of them.

```text
Copyright 2020 Example Inc. All rights reserved.
{{title}}
2 comments
```

The prompt comes back at the top of the window, and the old lines are gone for good.
"""


def test_no_rule_takes_a_line_of_code() -> None:
    article = siftline.clean(TERMINAL)
    for block in TERMINAL.split("```")[1::2]:
        assert f"```{block}```" in article.text
    assert "Read more" not in article.text
    assert article.restore() == TERMINAL


def test_no_rule_takes_a_line_of_a_page_s_code() -> None:
    prose = "When the terminal is full of noise, type one of these commands and wait for a second or two."
    page = f"<title>Terminal</title><article><p>{prose}</p><pre><code>clear\nreset\n.a {{ color: red; }}</code></pre><p>{prose[::-1]}</p>"
    assert "```\nclear\nreset\n.a { color: red; }\n```" in siftline.clean(page, html=True).text


def test_a_fence_around_the_whole_text_is_no_code() -> None:
    prose = "The ferry came back on Monday, after a winter in the yard, and half the village stood on the pier."
    assert "Read more" not in siftline.clean(f"```\n{prose}\n\nRead more\n\n{prose[::-1]}\n```\n").text


@given(
    st.text(alphabet="ab1 \t{}=$()[]'\":;,.-></#@", max_size=12)
    | st.sampled_from(["else:", "\tfor x in y :", "case 1:"])
)
def test_every_line_that_looks_like_code_has_one_of_its_signs(text: str) -> None:
    assert not fences._CODE.search(text) or fences._SIGN.search(text)
