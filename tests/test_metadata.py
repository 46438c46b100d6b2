"""Front matter from the markup of a page."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siftline.pages import dom, metadata


def facts(html, url=""):
    found = {}
    for fact in metadata.read(dom.parse(html), url).facts:
        found.setdefault(fact.field, []).append(fact.value)
    return found


def ld(value):
    return f"<script type='application/ld+json'>{json.dumps(value)}</script>"


ARTICLE = {
    "@type": "NewsArticle",
    "headline": "A ferry returns",
    "author": [{"@type": "Person", "name": "Ann Lee"}, {"@type": "Person", "name": "Bo Yi"}],
    "datePublished": "2024-03-11T08:30:00+02:00",
    "publisher": {"@type": "Organization", "name": "Bay News"},
    "keywords": ["ferries", "islands"],
}
WANTED = {
    "title": ["A ferry returns"],
    "author": ["Ann Lee", "Bo Yi"],
    "date": ["2024-03-11T08:30:00"],
    "publisher": ["Bay News"],
    "keywords": ["ferries", "islands"],
}


@pytest.mark.parametrize(
    "value",
    [
        ARTICLE,
        [{"@type": "Organization", "name": "x"}, ARTICLE],
        {"@graph": [{"@type": "WebSite", "name": "x"}, ARTICLE]},
    ],
    ids=["alone", "in a list", "in a graph"],
)
def test_an_article_object_says_it_all(value):
    assert facts(ld(value) + "<p>x") == WANTED


def test_broken_objects_do_not_hide_the_meta_tags():
    page = "<script type='application/ld+json'>{'headline': </script><meta property=og:title content='A ferry returns'>"
    assert facts(page) == {"title": ["A ferry returns"]}


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>A ferry returns - Bay News</title>", "", "A ferry returns"),
        ("<title>A ferry returns | Islands | Bay News</title>", "<h1>A ferry returns</h1>", "A ferry returns"),
        ("<title>A ferry returns - Bay News</title>", "<h1>Bay News</h1>", "A ferry returns"),
        ("<title>新水渠开工_某某网</title>", "<h1>某某网</h1>", "新水渠开工"),
        ("", "<h1>A <i>ferry</i> returns</h1>", "A ferry returns"),
        (
            "<meta property=og:title content='A ferry returns'><title>Bay News</title>",
            "<h1>Islands</h1>",
            "A ferry returns",
        ),
        ("<title>新水渠开工-某某网</title>", "", "新水渠开工"),
        (
            "<title>新水渠今天正式开工 小城水务局</title>",
            "<div class=art_title>新水渠今天正式开工</div>",
            "新水渠今天正式开工",
        ),
        ("<title>新水渠-旧水渠</title>", "<div class=title>新水渠</div>", "新水渠-旧水渠"),
        (
            "<title>By the bay: A ferry returns</title>",
            "<h1 class=title>By the bay</h1><h3 class='post-title entry-title'>A ferry returns</h3>",
            "A ferry returns",
        ),
        (
            "<title>A ferry returns - Forum of the islanders and their guests</title>",
            "<h1>Forum of the islanders</h1><h2 class=topic-title><a>A ferry returns</a></h2>",
            "A ferry returns",
        ),
        (
            "<title>Ferries — handbook of the harbour, version 1.2</title>",
            "<h1>Ferries<a class=headerlink>¶</a></h1>",
            "Ferries",
        ),
        (
            "<meta property=og:site_name content='Bay News'><title>Bay News | A ferry returns to the island</title>",
            "<h1>Bay News</h1>",
            "Bay News | A ferry returns to the island",
        ),
        (
            "<meta property=og:title content='A ferry returns - after twenty years'><title>Bay News</title>",
            "<h1>A ferry returns - after twenty years</h1>",
            "A ferry returns - after twenty years",
        ),
        (
            r"<meta property=og:title content='Harbour &amp;amp; isle: the ferry\&#39;s back'>",
            "",
            "Harbour & isle: the ferry's back",
        ),
        (
            "<meta name=ArticleTitle content='新水渠今天开工'><title>小城水务局 今日要闻 新水渠今天开工</title>",
            "",
            "新水渠今天开工",
        ),
        ("<title>A ferry returns</title>", f"<h1>A ferry returns<p>{'It came on Monday. ' * 30}", "A ferry returns"),
        (
            "<title>Harbour forum • View topic - A ferry returns - at last</title>",
            "<h2><a>A ferry returns - at last</a></h2>",
            "A ferry returns - at last",
        ),
        ("<title>Паром « Надежда » снова ходит</title>", "<h1>Надежда</h1>", "Паром « Надежда » снова ходит"),
        (
            "<title>A ferry returns « Harbour notes</title>",
            "<h1>Harbour notes</h1><h3>A ferry returns</h3>",
            "A ferry returns",
        ),
    ],
)
def test_the_headline_is_told_from_the_name_of_the_site(head, body, title):
    assert facts(head + body)["title"] == [title]


@pytest.mark.parametrize(
    ("html", "names"),
    [
        ("<meta name=author content='By Ann Lee and Bo Yi'>", ["Ann Lee", "Bo Yi"]),
        ("<meta name=author content='作者：张三、李小二'>", ["张三", "李小二"]),
        ("<meta name=author content='admin'><span itemprop=author>Ann Lee</span>", ["Ann Lee"]),
        (
            "<meta property=article:author content='https://example.com/ann'><a rel=author href=/a>Ann Lee</a>",
            ["Ann Lee"],
        ),
        ("<p class=byline>By Ann Lee</p>", ["Ann Lee"]),
        ("<p class=byline>Words by Ann Lee · Photographs by B. Yi</p>", ["Ann Lee"]),
        ("".join(f"<a rel=author>Poster {name}</a>" for name in "ABCDEF"), ["Poster A"]),
        ("<meta name=author content='editor@example.com'>", None),
        ("<meta name=author content='name, email@example.com'>", None),
        ("<meta name=author content='未知'><meta name=dc.creator content='张三'>", ["张三"]),
        ("<p class=author>相关文章</p>", None),
        ("<p class=author>2 May 2024 » 10:17</p>", None),
        (
            "<p><p class=author><a><i class=sr-only>Post</i></a> <a>Ann Lee</a></p><div><p class=author><a>Bo Yi</a>",
            ["Ann Lee"],
        ),
        ("<div class=byline><p><a>Ann Lee</a><p><a>Bo Yi</a></div>", ["Ann Lee", "Bo Yi"]),
        (
            "<p itemprop=author><meta itemprop=name content='Ann Lee'><div><p itemprop=author><b itemprop=name>Bo",
            ["Ann Lee"],
        ),
        ("<meta name=author content='Ann Lee, Senior Staff Writer'>", ["Ann Lee"]),
        (
            "<meta name=author content='小城网'><meta name=generator content='Discuz! X3'><div class=authi><a class=xw1>摇船的人</a></div>",
            ["摇船的人"],
        ),
        ("<meta itemprop=author content=humans.txt>", None),
        ("<meta property=og:article:author content='Ann Lee'>", ["Ann Lee"]),
        (
            "<meta name=twitter:label1 content='Written by'><meta name=twitter:data1 content='Ann Lee'>"
            "<meta name=twitter:label2 content='Filed under'><meta name=twitter:data2 content='Boats'>",
            ["Ann Lee"],
        ),
        ("<meta name=author content=网易><meta name=dc.creator content=北国周刊><p class=byline>张三</p>", ["张三"]),
        (
            "<div class='comments-page'><p class=author-name>Bo</p></div><p class=note_author__name>Ann Lee</p>",
            ["Ann Lee"],
        ),
        ("<div id=comments><p class=author>Bo</p></div>", None),
        ("<a class=topic-authors__author><b class=topic-authors__name>Ann Lee</b><i>(Editor)</i></a>", ["Ann Lee"]),
        ("<div class=author><a class=author__name>Ann Lee</a><a class=topic>Boats</a></div>", ["Ann Lee"]),
    ],
)
def test_authors_are_names(html, names):
    assert facts(html).get("author") == names


def test_what_says_nothing_is_no_publisher_and_a_label_is_no_part_of_one():
    html = "<meta name=publisher content='来源：小城网'><meta name=keywords content='水渠,<meta name='>"
    assert facts(html) == {"publisher": ["小城网"], "keywords": ["水渠"]}
    assert facts("<meta name=source content='本站原创'><meta name=mediaid content='小城网'>") == {
        "publisher": ["小城网"]
    }


def test_a_paper_in_the_place_of_the_author_is_the_publisher_where_no_other_is_named():
    signed = "<meta name=author content=网易><meta property=article:author content=北国周刊>"
    assert facts(signed) == {"publisher": ["北国周刊"]}
    assert facts(signed + "<meta property=og:site_name content='小城网'>")["publisher"] == ["小城网"]


def test_the_source_of_an_article_goes_before_the_site_and_an_account_before_its_platform():
    site = "<meta property=og:site_name content='{}'>"
    assert facts(site.format("小城网") + "<meta name=ContentSource content='小城晚报'>")["publisher"] == ["小城晚报"]
    account = "<a id=js_name> 河边笔记 </a>"
    assert facts(site.format("微信公众平台") + account)["publisher"] == ["河边笔记"]
    assert facts(site.format("小城网") + account)["publisher"] == ["小城网"]


def test_a_headline_in_the_place_of_keywords_is_none():
    page = "<title>新水渠开工，我去看了</title><meta name=keywords content='{}'>"
    assert "keywords" not in facts(page.format("新水渠开工，我去看了"))
    assert facts(page.format("水渠，开工"))["keywords"] == ["水渠", "开工"]


@pytest.mark.parametrize(
    ("html", "url", "date"),
    [
        ("<meta property=article:published_time content=2024-03-11>", "", "2024-03-11"),
        ("<meta property=article:modified_time content=2024-05-01><time datetime=2024-03-11>", "", "2024-03-11"),
        ("<meta name=pubdate content=20240311>", "", "2024-03-11"),
        ("<meta property=article:published_time content=20240311T0830>", "", "2024-03-11T08:30:00"),
        (
            ld({"title": "渡口", "pubDate": "2024-03-11T08:30:00"})
            + "<span class=time>最新推荐于 2024-05-01 09:00</span>",
            "",
            "2024-03-11T08:30:00",
        ),
        ("<meta name=date content='Mon, 11 Mar 2024 08:30:00 GMT'>", "", "2024-03-11T08:30:00"),
        ("<span class=pub-time>2024年3月11日 08:30</span>", "", "2024-03-11T08:30:00"),
        ("<em id=authorposton7>发表于 2024-3-11 08:30:05</em>", "", "2024-03-11T08:30:05"),
        (
            "<em id=authorposton7>发表于 <span title='2024-3-11 08:30:05'>昨天 08:30</span></em>",
            "",
            "2024-03-11T08:30:05",
        ),
        ("", "https://example.com/2024/03/11/ferry.html", "2024-03-11"),
        ("<link rel=canonical href=https://example.com/20240311/1.html>", "", "2024-03-11"),
        ("<meta name=date content=soon>", "", None),
        ("<meta name=date content=2024-13-41>", "https://example.com/1234/56/78", None),
    ],
)
def test_dates_are_of_publication_and_whole(html, url, date):
    assert facts(html, url).get("date", [None]) == [date]


@pytest.mark.parametrize(
    ("html", "url"),
    [
        ("<link rel=canonical href=https://example.com/ferry>", "https://example.com/ferry"),
        ("<base href=https://example.com/><link rel=canonical href=/ferry>", "https://example.com/ferry"),
        (
            "<link rel=canonical href=/ferry><meta property=og:url content=https://example.com/f>",
            "https://example.com/f",
        ),
        ("<link rel=canonical href='http://[bad'>", None),
    ],
)
def test_the_address_is_a_whole_one(html, url):
    assert facts(html).get("source_url", [None]) == [url]


def test_an_address_that_is_known_wins():
    page = "<link rel=canonical href=https://example.com/ferry>"
    assert facts(page, "https://example.com/known")["source_url"] == ["https://example.com/known"]


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=9), st.sampled_from(["Article", "Ann Lee"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["@type", "@graph", "author", "name", "headline", "publisher"]), inner, max_size=4
        ),
    ),
)


@given(JSON)
def test_no_object_is_too_odd(value):
    found = facts(ld(value))
    assert all(isinstance(one, str) and one for values in found.values() for one in values)
