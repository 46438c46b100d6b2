"""Entries with a date at each: posts of a thread stay, however brief; comments below an article go, however long."""

from __future__ import annotations

import numpy as np
import pytest

import siftline
from siftline.document import Line
from siftline.layout.model import Measured
from siftline.layout.stamped import entries, is_article, keep_entries, less_of_comments
from siftline.library import Library
from test_above import BODY

SAID = [
    "The hinge still squeaks after the oil, so it was never the hinge.",
    "Mine did that for a year, a slip of brass under the plate cured it.",
    "Where do you get brass that thin? Three shops had only aluminium.",
    "aluminium works too, it just goes soft in a few winters",
    "If the frame has moved you will be planing the door sooner or later.",
    "And paint it the same day, or the rain puts back what you took off.",
]
"""What was said in a thread."""
WHEN = {
    "a date": "2023-07-0{}",
    "a day and a time": "May {}, 09:14",
    "a day before its month": "{} Jun 2021",
    "how long ago": "{} hours ago",
    "Russian": "{} мая 2021",
    "how long ago in Russian": "{} часов назад",
    "how long ago in Chinese": "{}天前",
    "the number of a floor": "{}楼",
    "the number of a post": "#{}",
}


def _thread(stamp: str = "May {}, 2021", said: list[str] = SAID) -> list[str]:
    """Return the lines of a thread: who wrote, when, and what."""
    return [
        line
        for at, text in enumerate(said)
        for line in (("marrow", "Tillie", "old_ferry")[at % 3], stamp.format(at + 1), text)
    ]


def _kept(texts: list[str], likely: str = "", thread: bool = False, above: int = 0) -> set[str]:
    """Return which lines stay of those that would all go, but for the first ones; all are as likely unless some are
    named.
    """
    lines = [Line(text, "\n", "body", "en") for text in texts]
    table = Measured.of(lines, Library().text_model.wording).table
    kept = np.arange(len(texts)) < above
    asked = np.array([text in likely if likely else True for text in texts])
    keep_entries(kept, texts, np.ones(len(texts), np.bool_), table, asked, thread)
    return {text for text, stays in zip(texts, kept, strict=True) if stays}


@pytest.mark.parametrize("stamp", WHEN.values(), ids=WHEN)
def test_what_is_said_between_stamps_stays(stamp: str) -> None:
    """Names, and the stamps themselves, do not; nor does what comes behind the last stamp, where the foot begins."""
    assert _kept(_thread(stamp)) == set(SAID[:-1])


def test_few_stamps_make_no_entries() -> None:
    """An article has its date, and one below it that says when it was changed."""
    assert not _kept(_thread(said=SAID[:4]))
    assert _kept(_thread(said=SAID[:5])) == set(SAID[:4])


def test_stamps_far_from_each_other_make_no_entries() -> None:
    """The dates that an article gives stand anywhere in it."""
    far = [line for text in _thread() for line in (text, *["Another paragraph of the report, which goes on."] * 5)]
    assert not _kept(far)


def test_comments_below_an_article_go() -> None:
    """What a hundred words stand above are readers' comments, unless the page says that it is a thread."""
    article = BODY[:2]
    assert is_article(article)
    assert not is_article(article[:1])
    said = [f"{text} {' '.join(SAID)}" for text in SAID]
    page = [*article, *_thread(said=said)]
    assert _kept(page, above=2) == set(article)
    assert _kept(page, above=2, thread=True) == {*article, *said[:-1]}
    assert _kept(page) == set(said[:-1])  # the text above goes itself
    assert _kept(page, above=1) == {article[0], *said[:-1]}


def test_most_of_the_text_is_between_the_stamps() -> None:
    """A list of dated headlines beside the text, or a box of comments, is not what the page is made of."""
    below = ["What the page has to say stands below, in paragraphs of this width or wider ones."] * 12
    assert not _kept([*_thread(), *below])


def test_what_stands_more_than_once_is_no_entry() -> None:
    """Signatures and buttons stand below each post."""
    signature = "Do not drink water, fish swim in it, said my aunt"
    signed = [line for text in _thread() for line in ((text, signature) if text in SAID else (text,))]
    assert _kept(signed) == set(SAID[:-1])


def test_items_rows_and_headings_are_none() -> None:
    """Other threads stand in lists and tables, with dates as well; but a post may begin with a hyphen."""
    other = [
        "- Which oil for a barn door in winter?",
        "| Which oil | Tillie | 12 replies | Monday |",
        "### Doors, gates and their locks",
    ]
    said = f"- {SAID[0]} I had it out twice."
    thread = _thread(said=[said, *SAID[1:]])
    assert _kept([*thread[:3], *other, *thread[3:]]) == {said, *SAID[1:-1]}


def test_what_is_hardly_likely_goes() -> None:
    """Rows of buttons stand between posts, too."""
    assert _kept(_thread(), likely=SAID[1]) == {SAID[1]}


def test_lines_that_rules_took_stay_away() -> None:
    """They count for nothing where it is asked what the page is made of, either."""
    texts = _thread()
    left = np.array([text not in SAID for text in texts])
    assert not entries(texts, left, np.array([any(map(str.isdigit, text)) for text in texts])).any()


def test_a_thread_whose_posts_look_like_comments_stays() -> None:
    """A list of posts under its title, as small forums have them, with what the site says of each. How strict the
    stage is counts here as well.
    """
    said = [
        "要是真加密了，运营的人投入就大，对大多数人可有可无。",
        "但是有了好听，就像买手机看镜头，其实一年也拍不了几张。",
        "我想到一个段子，路灯坏了的巷子里，最安全的是卖灯的。",
        "反过来说，漂亮有时候是好处，有时候也是负担吧。",
        "闲着没事瞎想，大家当笑话看，不要太当真",
        "从手艺上讲，聊天的东西本来就不该给第三个人看",
        "不过我发现它在学生里倒是很受欢迎，主要是不花钱",
        "新的练手的题目有了，周末写一个试试看",
    ]
    lines = [
        "  • laozhou @laozhou",
        "    找到一个聊天的工具，挺有意思",
        "    发布于 2023-07-06 23:12 云泉县",
        "    0",
        "    19",
    ]
    for at, text in enumerate(said):
        lines += [f"    2023-07-07 0{at}:1{at}", "    0", "    云泉县", f"    {text}"]
    page = "\n".join([*lines, "    2023-07-09 09:08", "    0", "搜一搜...", "登录", "注册", "关于我们"])
    text = siftline.Cleaner(strictness=0.9).clean(page, html=False).text
    assert [one for one in said if one not in text] == []
    assert "云泉县" not in text


COMMENTS = [
    "My father worked in that yard, and he always said the keel was laid twice. So perhaps she was a little real.",
    "What a lovely piece. I crossed on her in the winter before she stopped, and the buns were as good as you say.",
    "You write that the engine came in February. It came in March, I carried the papers for it myself.",
    "I have two photographs of the launch, if anybody wants to see them. They are not very sharp.",
]
HEADS = [
    "4 Comments",
    "Comments",
    "COMMENTS (4)",
    "4 thoughts on “The ferry is back”",
    "15 Replies to “The ferry is back”",
    "Discussion",
    "网友评论（4）",
    "4 комментария",
    "Комментарии: 4",
]


def _lessened(texts: list[str], site: str, unsure: str = "") -> set[str]:
    """Return which lines get less likely; those named in `site` rules took."""
    lines = [Line(text, "\n", "body", "en") for text in texts]
    table = Measured.of(lines, Library().text_model.wording).table
    roles = np.array([text in site for text in texts], np.int8)
    chances = np.array([0.2 if text in unsure else 0.9 for text in texts], np.float32)
    found = less_of_comments(chances, texts, roles, table)
    return {text for text, before, after in zip(texts, chances, found, strict=True) if after < before}


def _commented(head: str) -> list[str]:
    return [
        *BODY,
        head,
        *(line for at, text in enumerate(COMMENTS) for line in ("Ann Lee", f"May {at + 1}, 2021", text)),
    ]


@pytest.mark.parametrize("head", HEADS)
def test_comments_below_an_article_without_markup_are_less_likely(head: str) -> None:
    """Also where they are longer than the article."""
    below = _lessened(_commented(head), head)
    assert below >= set(COMMENTS)
    assert not below & {*BODY, head}


@pytest.mark.parametrize(
    "head", ["Comment on the budget", "• 4 comments", "Comments were closed by the harbour office.", "Add a comment"]
)
def test_what_is_no_heading_of_comments_changes_nothing(head: str) -> None:
    """Items, buttons and sentences that begin like one."""
    assert not _lessened(_commented(head), head)


def test_a_heading_in_the_article_is_its_own() -> None:
    """A report on comments may have a section of that name: the line must have gone as the site's."""
    assert not _lessened(_commented("Comments"), "")


def test_a_heading_of_comments_has_an_article_above_and_stamps_below() -> None:
    """Posts of a thread have stamps above, too; and of a page that begins with its comments they are what it is."""
    page = _commented("4 Comments")
    assert is_article(BODY[:3])  # but with less than 150 words it may be a question to the readers
    assert not _lessened([*BODY[:3], *page[len(BODY) :]], "4 Comments")
    assert _lessened([*BODY[:4], *page[len(BODY) :]], "4 Comments")
    assert not _lessened(page, "4 Comments", unsure="".join(BODY))
    assert not _lessened([text for text in page if "2021" not in text], "4 Comments")
    assert not _lessened([*(f"{at} May 2020" for at in (1, 2, 3)), *page], "4 Comments")
    assert _lessened([*(f"{at} May 2020" for at in (1, 2)), *page], "4 Comments")


def test_a_list_says_of_each_item_how_many_comments_it_has() -> None:
    """So the lines are many; one more stands beside the byline of an article."""
    page = _commented("Comments")
    assert _lessened(["4 Comments", *page], "4 Comments")
    assert not _lessened([f"{at} Comments" for at in range(3)] + page, "0 Comments, 1 Comments, 2 Comments")


def test_a_blog_loses_its_comments_and_no_more() -> None:
    """All stages; the same comments stay where they are the posts of a thread."""
    foot = ["Leave a Reply", "Your email address will not be published.", "Privacy Policy", "Terms of Use"]
    page = [
        "Home",
        "About",
        "Contact",
        "The ferry is back",
        "by Ann Lee",
        *_commented("4 Comments")[:-1],
        COMMENTS[3],
        *foot,
    ]
    text = siftline.clean("\n".join(page), html=False).text
    assert [line for line in BODY if line not in text] == []
    assert [line for line in COMMENTS if line in text] == []
