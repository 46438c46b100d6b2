"""Pages of manuals, as generators make them: navigation goes, all else stays, tables too."""

from __future__ import annotations

import pytest

import siftline

LINKS = "".join(
    f"<dt><a href='ch07.html#{at}'>7.{at}. {name}</a></dt>"
    for at, name in enumerate(["水轮", "石磨", "风车", "筛子", "仓库"], 1)
)
PACKAGES = [
    ("shuilun-core", "I:179", "9", "水轮主程序"),
    ("shimo-tools", "I:44", "9", "石磨配件"),
    ("fengche", "V:12, I:36", "2195", "风车"),
    ("shaizi-extra", "I:34", "38212", "筛子附件"),
    ("cangku", "I:30", "9", "仓库管理"),
    ("matou", "I:16", "621", "码头登记"),
]
SENTENCES = [
    "在这套系统上，有几种功能齐全的磨坊软件可供选择。",
    "安装前请先确认河水的流量，因为依赖关系会随着季节的变化而调整，没有水的时候软件包也就无法更新。",
    "这里，“[自动]”表示该软件包会随着主程序一起安装。",
    "如果石磨在雨天停转，可以用下面的命令查看轴承的温度，再决定要不要拆下上面那块石头。",
]
GENERATOR = "<meta name=generator content='DocBook XSL Stylesheets V1.79.2'>"


def _page(head: str) -> bytes:
    rows = "".join("<tr>" + "".join(f"<td align=left>{cell}</td>" for cell in row) + "</tr>" for row in PACKAGES)
    table = f"<div class=table><p class=title><b>表 7.{{}}. 软件包列表</b></p><div class=table-contents><table border=1><thead><tr><th>软件包</th><th>流行度</th><th>大小</th><th>说明</th></tr></thead>{rows}</table></div></div>"
    sections = "".join(
        f"<div class=section><div class=titlepage><h2 class=title>7.{at}. 第{at}节</h2></div><p>{text}</p>{table.format(at)}</div>"
        for at, text in enumerate(SENTENCES, 1)
    )
    return f"<meta charset=utf-8><title>第 7 章 磨坊</title>{head}<body><div class=chapter><h1>第 7 章 磨坊</h1><div class=toc><p><b>目录</b></p><dl>{LINKS}</dl></div>{sections}</div>".encode()


@pytest.mark.parametrize(("head", "rows"), [(GENERATOR, 4), ("", 0)])
def test_less_is_asked_of_what_a_manual_holds(head: str, rows: int) -> None:
    text = siftline.Cleaner(strictness=0.9).clean(_page(head), html=True).text
    assert all(sentence in text for sentence in SENTENCES)
    assert text.count("shaizi-extra") == rows
    assert "石磨配件" in siftline.clean(_page(head), html=True).text


def test_its_contents_go() -> None:
    assert "7.3. 风车" not in siftline.clean(_page(GENERATOR), html=True).text
