"""Entries with a date at each: posts of a thread stay, however brief; comments below an article go, however long."""

from __future__ import annotations

import numpy as np
import pytest

import siftline
from siftline.document import Line
from siftline.layout.features import Table
from siftline.layout.model import Measured
from siftline.layout.stamped import comments, entries, keep_entries
from siftline.library import Library
from siftline.prose import is_article
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
    "a time of day": "0{}:30",
    "a half day": "{}:05 pm",
    "the day of a year": "2021/0{}/12",
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
        for line in (("marrow", "Tillie", "old_ferry")[at % 3] + f" of house {at}", stamp.format(at + 1), text)
    ]


def _table(texts: list[str]) -> Table:
    return Measured.of([Line(text, "\n", "body", "en") for text in texts], Library().text_model.wording).table


def _kept(
    texts: list[str], likely: str = "", thread: bool = False, above: int = 0, front: str = "", links: str = ""
) -> set[str]:
    """Return which lines stay of those that would all go, but for the first ones; all are likely unless some are named,
    those of `front` went to the front matter, those of `links` are links of a page.
    """
    table = _table(texts)
    if links:
        table.add("links", np.array([float(text in links) for text in texts]))
    roles = np.array([3 if text in front else 0 for text in texts], np.int8)
    left = roles == 0
    kept = (np.arange(len(texts)) < above)[left]
    asked = np.array([text in likely if likely else True for text in texts])[left]
    keep_entries(kept, texts, roles, table, asked, thread)
    return {text for text, stays in zip(np.array(texts)[left].tolist(), kept, strict=True) if stays}


@pytest.mark.parametrize("stamp", WHEN.values(), ids=WHEN)
def test_what_is_said_between_stamps_stays(stamp: str) -> None:
    """Names, and the stamps themselves, do not; nor does what comes behind the last stamp, where the foot begins."""
    assert _kept(_thread(stamp)) == set(SAID[:-1])


def test_a_stamp_is_no_entry_however_wide() -> None:
    said = [f"{text} {SAID[0]}" for text in SAID]
    assert _kept(_thread("Written on May {}, 2021, from home", said)) == set(said[:-1])


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
    below = ["What the page has to say stands below, in paragraphs of this width or wider ones."] * 6
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
    roles = np.array([text in SAID for text in texts], np.int8)
    assert not entries(texts, roles, _table(texts)).any()


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
    "COMMENTS (4)",
    "4 thoughts on “The ferry is back”",
    "15 Replies to “The ferry is back”",
    "Reader comments: 4",
    "网友评论（4）",
    "共4条评论",
    "4 комментария",
    "Комментарии: 4",
    "4 отзыва",
]
NO_STAMPS = [
    "Version 1.2.3",
    "192.168.1.1",
    "Phone 555-12-34",
    "It ended 3:21",
    "Mark 4:35",
    "only 3 may enter",
    "5 decided",
    "Mayor 5",
    "Tip #1",
    "中山路5号3楼往右走到底就是旧灯塔",
    "5 марок",
]


@pytest.mark.parametrize("stamp", NO_STAMPS)
def test_figures_of_other_kinds_are_no_stamps(stamp: str) -> None:
    assert not _kept([line for text in SAID for line in (stamp, text)])


def _lessened(texts: list[str], site: str, unsure: str = "", buttons: str = "") -> set[str]:
    """Return which lines are found to be comments; those named in `site` rules took as the site's, `buttons` as a
    thread's.
    """
    roles = np.array([text in site or text in buttons for text in texts], np.int8)
    lines = [Line(text, "\n", "chrome/forum-post-tools" if text in buttons else "body", "en") for text in texts]
    chances = np.array([0.2 if text in unsure else 0.9 for text in texts], np.float32)
    found = comments(chances, lines, texts, roles, _table(texts))
    return set() if found is None else {text for text, one in zip(texts, found, strict=True) if one}


def _commented(head: str) -> list[str]:
    return [
        *BODY,
        head,
        *(line for at, text in enumerate(COMMENTS) for line in ("Ann Lee", f"May {at + 1}, 2021", text)),
    ]


@pytest.mark.parametrize("head", HEADS)
def test_comments_below_an_article_are_found(head: str) -> None:
    """Also where they are longer than the article, and with blanks around the line."""
    for line in (head, f"      {head}  "):
        below = _lessened(_commented(line), line)
        assert below >= set(COMMENTS)
        assert not below & {*BODY, line}


@pytest.mark.parametrize(
    "head",
    [
        "Comment on the budget",
        "• 4 comments",
        "0 Comments",
        "评论(0)",
        "Comments were closed by the harbour office.",
        "Add 4",
    ],
)
def test_what_counts_no_comments_changes_nothing(head: str) -> None:
    """Items, buttons, sentences that begin like such a line, and a count of none."""
    assert not _lessened(_commented(head), head)


def test_without_a_count_there_are_buttons_as_below_comments() -> None:
    """A paper has a section `Discussion`, with dated references below, and rules may take its heading."""
    page = [line for text in _commented("Discussion") for line in ((text, "Pour") if text in COMMENTS else (text,))]
    assert not _lessened(page, "Discussion")
    assert _lessened(page, "Discussion", buttons="Pour") >= set(COMMENTS)


def test_what_is_worded_as_a_thread_has_answers_and_no_comments() -> None:
    page = _commented("4 Replies")
    assert _lessened(page, "4 Replies") >= set(COMMENTS)
    forum = ["Joined", "Posts", "Reply", "Quote", "Re: thanks for the reply, I tried it and it did not work for me"]
    assert not _lessened([*page, *forum * 8], "4 Replies")


@pytest.mark.parametrize(
    "line", ["Best answer", "Other Answers (3)", "Лучший ответ", "Остальные ответы", "最佳答案", "其他回答"]
)
def test_a_question_has_answers(line: str) -> None:
    """Comments may be counted below one of them, and more answers follow."""
    page = _commented("4 Comments")
    assert not _lessened([page[0], line, *page[1:]], "4 Comments")
    assert _lessened([page[0], f"{line} of the whole year, said the master of the yard", *page[1:]], "4 Comments")


def test_a_heading_in_the_article_is_its_own() -> None:
    """A report on comments may have a line like that: it must have gone as the site's."""
    assert not _lessened(_commented("4 Comments"), "")


def test_such_a_line_has_an_article_above_and_stamps_below() -> None:
    """Posts of a thread have stamps above, too; and of a page that begins with its comments they are what it is."""
    page = _commented("4 Comments")
    assert is_article(BODY[:3])  # but with less than 150 words it may be a question to the readers
    assert not _lessened([*BODY[:3], *page[len(BODY) :]], "4 Comments")
    assert _lessened([*BODY[:4], *page[len(BODY) :]], "4 Comments")
    assert not _lessened(page, "4 Comments", unsure="".join(BODY))
    assert not _lessened(page, "".join(["4 Comments", *BODY]))
    assert not _lessened([text for text in page if "2021" not in text], "4 Comments")
    assert not _lessened([*(f"{at} May 2020" for at in (1, 2, 3)), *page], "4 Comments")
    assert _lessened([*(f"{at} May 2020" for at in (1, 2)), *page], "4 Comments")


def test_stamps_of_the_foot_are_none_of_comments() -> None:
    """Nor those behind more of the article: the line may be a button in a bar between its paragraphs."""
    foot = ["Mon to Fri 09:00", "Sat 10:00", "Sun 11:00"]
    assert not _lessened([*BODY, "12 Comments", *["A name, a word or two"] * 9, *foot], "12 Comments")
    assert not _lessened([*BODY, "12 Comments", *BODY[:2], *foot], "12 Comments")
    assert _lessened([*BODY, "12 Comments", BODY[0], *foot], "12 Comments")


def test_comments_end_where_there_are_no_more() -> None:
    """What stands far below the last stamp, or below as many stamps as there are comments, is something else."""
    far = [f"A paragraph of the next report, number {at}." for at in range(30)]
    assert not _lessened([*_commented("4 Comments"), *far], "4 Comments") & {far[20]}
    again = [*_commented("40 Comments"), *far, "June 1, 2021", "And another one."]
    assert "And another one." not in _lessened(again, "40 Comments")
    more = [line for at, text in enumerate(far) for line in (f"June {at % 9 + 1}, 2021", text)]
    assert far[5] in _lessened([*_commented("40 Comments"), *more], "40 Comments")
    assert far[9] not in _lessened([*_commented("4 Comments"), *more], "4 Comments")


def test_a_list_says_of_each_item_how_many_comments_it_has() -> None:
    """So the lines are many; one more stands beside the byline of an article."""
    page = _commented("4 Comments")
    assert _lessened(["4 Comments", *page], "4 Comments") >= set(COMMENTS)
    assert not _lessened(
        [f"{at} Comments" for at in (1, 2, 3)] + page, "1 Comments, 2 Comments, 3 Comments, 4 Comments"
    )


@pytest.mark.parametrize("date", [[], ["May 9, 2021 at 10:30"]], ids=["undated", "dated"])
def test_a_blog_loses_its_comments_and_no_more(date: list[str]) -> None:
    """All stages. The date of the article is none of the comments'."""
    foot = ["Leave a Reply", "Your email address will not be published.", "Privacy Policy", "Terms of Use"]
    page = ["Home", "About", "Contact", "The ferry is back", "by Ann Lee", *date, *_commented("4 Comments"), *foot]
    text = siftline.clean("\n".join(page), html=False).text
    assert [line for line in BODY if line not in text] == []
    assert [line for line in COMMENTS if line in text] == []


def test_the_date_of_an_article_is_no_stamp_of_entries() -> None:
    """With a brief article between them the comments would be all that the page is made of."""
    said = [f"{text} {SAID[0]}" for text in SAID]
    page = ["May 1, 2020", *BODY[:3], *_thread(said=said)]
    assert not _kept(page)
    longer = ["May 1, 2020", *BODY[:3], *_thread(said=[f"{text} {' '.join(SAID)}" for text in SAID])]
    assert _kept(longer)  # the first post of a thread may be as long
    assert _kept(longer, above=4, front="May 1, 2020") == set(BODY[:3])
    assert _kept(["May 1, 2020", BODY[0][:90], *_thread(said=said)]) >= set(said[:-1])


def test_linked_headlines_of_a_page_are_no_entries() -> None:
    """A list of other news, each with its date, below a brief item."""
    assert _kept(_thread(), links=SAID[1]) == set(SAID[:-1]) - {SAID[1]}
    assert _kept(_thread(), links="Tillie of house 1") == set(SAID[:-1])
