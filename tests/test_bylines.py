"""The dated line under a headline."""

from __future__ import annotations

import pytest

import siftline
from siftline import bylines

LINES = {
    "2024-03-02 08:12:33 来源： 某某晚报 作者：记者 张三 编辑： 李四": [
        ("date", "2024-03-02T08:12:33"), ("publisher", "某某晚报"), ("author", "张三"), ("credits", ("编辑", ["李四"])),
    ],
    "example.com　2004年7月16日08:19 [ 张三 ] 来源：[ 某某金融报 ]": [("date", "2004-07-16T08:19:00"), ("publisher", "某某金融报")],
    "时间：2004年10月21日14:18      作者：张三 		我来说两句(0)": [("date", "2004-10-21T14:18:00"), ("author", "张三")],
    "发布时间：2024年05月05日 | 字体放大 | 字体缩小": [("date", "2024-05-05")],
    "By Ann Example - Staff Writer 2019-11-18T23:30:00Z Health": [("date", "2019-11-18T23:30:00"), ("author", "Ann Example")],
    "By Ann ExamplePublished: Dec 20, 2023": [("date", "2023-12-20"), ("author", "Ann Example")],
    "Published: 00:24 BST, 13 May 2024 | Updated: 00:37 BST, 14 May 2024": [("date", "2024-05-13")],
    "Posted by HarbourPick on Tuesday, August 29, 2023": [("date", "2023-08-29"), ("author", "HarbourPick")],
    "12 May 2020 by Jean van der Example and Bo Yi in Travel": [
        ("date", "2020-05-12"), ("author", "Jean van der Example"), ("author", "Bo Yi"),
    ],
    "12.05.2024 10:45 Обновлено 12.05.2024 12:10": [("date", "2024-05-12T10:45:00")],
    "Текст: Анна Образцова·11 октября 2018": [("date", "2018-10-11"), ("author", "Анна Образцова")],
    "2025-03-18 08:12  来源：临江晚报  记者 周测试  编辑：吴样": [
        ("date", "2025-03-18T08:12:00"), ("publisher", "临江晚报"), ("author", "周测试"), ("credits", ("编辑", ["吴样"])),
    ],
    "2025年3月18日 记者从水务局获悉": [("date", "2025-03-18")],
    "By Ann Example, last Tuesday": [],
    "Posted on March 4, 2019March 6, 2019 by Ann Example": [("date", "2019-03-04"), ("author", "Ann Example")],
    "By Ann Example, Staff Writer | May 2, 2019": [("date", "2019-05-02"), ("author", "Ann Example")],
    "2022-08-19 11:32 某某日報 記者柯亭／台中報導": [("date", "2022-08-19T11:32:00"), ("author", "柯亭")],
    "By *Bo Example* — 12 January 2023 — 9 minute read": [("date", "2023-01-12"), ("author", "Bo Example")],
    "小说：渡口 作者：林见川 字数：1024 更新时间：2020-08-08 00:12": [("date", "2020-08-08T00:12:00"), ("author", "林见川")],
    "等级：高级会员 积分：1820 注册时间：2018-3-2": [],
    "Member since May 2, 2018": [],
    "Зарегистрирован: 3 мая 2017": [],
    "Опубликовано 02.09.2021 автором Лариса": [("date", "2021-09-02"), ("author", "Лариса")],
    "March 3, 1931 - January 19, 2018": [],
    "3 марта 1931 — 19 января 2018": [],
    "1931年3月3日至2018年1月19日": [],
    "2019.03.01-2019.05.01": [],
    "（2017年9月28日某某自治州第十四届人民代表大会常务委员会第五次会议通过　2017年11月30日某某省人民代表大会批准）": [],
}  # fmt: skip


@pytest.mark.parametrize("line", LINES)
def test_a_byline_is_read(line: str) -> None:
    assert bylines.read(line) == LINES[line]


def test_the_byline_below_a_headline_fills_the_front_matter() -> None:
    text = (
        "Новости города\nПогода\nВ Приозёрске открыли библиотеку под открытым небом\n12.05.2024 10:45 Обновлено 12.05.2024 12:10\n"
        "Автор: Редакция\nВ Приозёрске заработала библиотека под открытым небом: стеллажи с книгами поставили прямо в парке.\n"
        "Брать книги можно без записи и без срока, и за первый день библиотека раздала двести томов.\n"
    )
    article = siftline.clean(text)
    assert article.title == {"ru": "В Приозёрске открыли библиотеку под открытым небом"}
    assert (article.meta["date"], article.meta["author"]) == ("2024-05-12T10:45:00", ["Редакция"])
    assert article.restore() == text


def test_the_byline_is_found_below_a_headline_that_stands_twice() -> None:
    text = (
        "青石镇的最后一位灯匠\n2024-03-02 08:12:33 来源： 某某晚报 作者：记者 张三 编辑： 李四\n"
        "陈老爹的铺子在青石镇的巷尾，门口没有招牌，只挂着一盏走马灯，五十年来镇上的灯有一半出自他的手。\n"
        "（原标题：青石镇的最后一位灯匠）\n"
    )
    meta = siftline.clean(text).meta
    assert (meta["date"], meta["publisher"], meta["author"]) == ("2024-03-02T08:12:33", "某某晚报", ["张三"])


def test_a_date_in_the_text_is_no_byline() -> None:
    text = (
        "The ferry of Gull Point and its captains\n"
        "On 3 May 2021 the ferry of Gull Point sailed for the last time, and its captains stood on the quay to see it.\n"
        "The ferry had been built in 1931, and no captain had ever lost a passenger on the way to Gull Point.\n"
    )
    assert "date" not in siftline.clean(text).meta


def test_the_account_of_an_article_is_its_publisher() -> None:
    text = (
        "原创 张三 石桥手记 2023-10-12 21:30 发表于江苏\n\n作者 | 张三\n编辑 | 李四\n来源 | 石桥手记（ID：shiqiao0000）\n\n"
        "老秦的修鞋摊摆在银行门口，摆了二十六年。\n银行换过四块招牌，他的箱子没换。\n"
    )
    article = siftline.clean(text)
    assert article.meta["publisher"] == "石桥手记"
    assert (article.meta["date"], article.meta["author"]) == ("2023-10-12T21:30:00", ["张三"])
    assert article.meta["credits"] == {"编辑": ["李四"]}
    assert article.restore() == text


def test_the_head_of_the_first_post_dates_a_thread() -> None:
    text = (
        "发新帖 回复\n楼主: 山里的风 | 发表于 2024-2-14 10:21 | 只看该作者 | 倒序浏览\n等级：高级会员 积分：1820 注册时间：2018-3-2\n"
        "今年过年，我一个人开着电车从上海回了趟老家，来回两千多公里，把路上的充电情况跟大家汇报一下。\n"
        "先说结论：能回，但是要早出发，避开中午。\n服务区一共六个桩，坏了两个，前面排了三辆车，等了四十分钟。\n"
        "沙发 | 戈壁小白 发表于 2024-2-14 10:40\n楼主辛苦！\n地板 | 石桥 发表于 2024-2-14 12:15\nmark\n1 2 3 下一页 尾页\n"
        "您需要登录后才可以回帖 登录 | 立即注册\n本版积分规则\nArchiver|手机版|小黑屋|某某论坛\n"
    )
    article = siftline.clean(text)
    assert article.meta["date"] == "2024-02-14T10:21:00"
    assert article.restore() == text
