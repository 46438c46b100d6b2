"""Who wrote a page and when, as forums and blogs show it that declare nothing."""

from __future__ import annotations

import pytest

from siftline.pages import dom, metadata


def facts(html):
    found = {}
    for fact in metadata.read(dom.parse(html), "").facts:
        found.setdefault(fact.field, []).append(fact.value)
    return found


XENFORO_2 = """<html id=XF><body><div class=p-description><ul class=listInline><li><span class=u-srOnly>Thread starter</span>
<a class='username u-concealed'>rower2009</a><li><a><time class=u-dt datetime='2024-05-05T19:21:30-0400'>May 5, 2024</time></a></ul></div>
<article class='message message--post' data-author=rower2009><h4 class=message-name><a class=username>rower2009</a></h4><div class=bbWrapper>Hello.</div>
</article><article class=message data-author=Bo><h4 class=message-name><a class=username>Bo</a></h4></article>"""
XENFORO_1 = """<html id=XenForo><body><p id=pageDescription class=muted>Discussion in '<a>Boats</a>' started by <a class=username>Ann</a>,
<a><span class=DateTime title='May 5, 2014 at 7:21 PM'>May 5, 2014</span></a>.</p><ol><li class=message data-author=Ann><a class=username>Ann</a>"""
DISCOURSE = """<meta name=generator content='Discourse 3.2'><body><article id=post_1><div class=topic-meta-data><div class=names><span class='first username'>
<a data-user-card=ann>ann</a></span><span class='second full-name'><a>Ann Lee</a></span></div><div class=post-info><a class=post-date><span class=relative-date
title='Jun 26, 2019 7:33 pm'>Jun &#39;19</span></a></div></div><div class=cooked><p>Hello.</div></article>"""
DISCOURSE_FOR_CRAWLERS = """<meta name=generator content='Discourse 3.2'><body><div class=crawler-post><div class=crawler-post-meta><span class=creator itemprop=author>
<a itemprop=url><span itemprop=name>ann</span></a></span><time datetime='2019-06-26T19:33:07Z' class=post-time>June 26, 2019</time></div>"""
PHPBB_3 = """<body id=phpbb class='nojs section-viewtopic'><div class=postbody><h3><a>Boats</a></h3><p class=author><a class=unread title=Post><i></i><span class=sr-only>
Post</span></a><span class=responsive-hide>by <strong><a class=username>Ann</a></strong> &raquo; </span>Tue Aug 27, 2019 1:47 am</p><div class=content>Hello."""
SUBSILVER = """<body id=phpBB><table><tr><td><b class=postauthor>Ann</b><td class=gensmall><b>Posted:</b> Tue Aug 27, 2019 1:47 am</table>"""
VBULLETIN_4 = """<meta name=generator content='vBulletin 4.2.2'><meta name=author content=admin><ol><li class='postbitlegacy postbitim'><span class='postdate old'><span class=date>5th May 2012,&nbsp;<span
class=time>10:35</span></span></span><div class=userinfo><div class=username_container><a class='username offline'><strong>Ann</strong></a></div></div><li class=postbitlegacy><a class=username>Bo</a>"""
VBULLETIN_3 = """<meta name=generator content='vBulletin 3.8.7'><table><tr><td class=thead>5th May 2012, 10:35<tr><td><a class=bigusername>Ann</a>"""
DISCUZ = """<meta name=generator content='Discuz! X3.4'><meta name=author content='Discuz! Team and Comsenz UI Team'><div class=authi><a class=xw1>摇船的人</a></div>
<div class=authi><em id=authorposton7>发表于 2024-3-11 08:30:05</em></div>"""
BLOCK_THEME = """<meta name=generator content='WordPress 6.5'><div class=wp-block-post-author><p class=wp-block-post-author__byline>Posted by</p><p class=wp-block-post-author__name>Ann Lee</p></div>
<div class=wp-block-post-date><time datetime='2024-05-05T19:21:30+02:00'>May 5, 2024</time></div><div class=wp-block-query><a class=wp-block-post-author-name__link>Bo</a></div>"""
BLOCK_NAME = """<meta name=generator content='WordPress 6.5'><p>By</p><div class=wp-block-post-author-name><a class=wp-block-post-author-name__link>Ann Lee</a></div>"""


@pytest.mark.parametrize(
    ("html", "author", "date"),
    [
        (XENFORO_2, "rower2009", "2024-05-05T19:21:30"),
        (XENFORO_1, "Ann", "2014-05-05T19:21:00"),
        (DISCOURSE, "ann", "2019-06-26T19:33:00"),
        (DISCOURSE_FOR_CRAWLERS, "ann", "2019-06-26T19:33:07"),
        (PHPBB_3, "Ann", "2019-08-27T01:47:00"),
        (SUBSILVER, "Ann", None),
        (VBULLETIN_4, "Ann", "2012-05-05T10:35:00"),
        (VBULLETIN_3, "Ann", None),
        (DISCUZ, "摇船的人", "2024-03-11T08:30:05"),
        (BLOCK_THEME, "Ann Lee", "2024-05-05T19:21:30"),
        (BLOCK_NAME, "Ann Lee", None),
    ],
    ids=[
        "XenForo 2", "XenForo 1", "Discourse", "Discourse for crawlers", "phpBB 3", "subsilver", "vBulletin 4",
        "vBulletin 3", "Discuz!", "block theme", "block of a name",
    ],
)  # fmt: skip
def test_a_platform_says_who_wrote_its_page_and_when(html, author, date):
    found = facts(html)
    assert found.get("author") == [author]
    assert found.get("date", [None]) == [date]


def test_a_number_within_a_nickname_does_not_speak_against_it_and_one_beside_it_does():
    assert facts("<p class=byline>by rower_2009</p>")["author"] == ["rower_2009"]
    assert "author" not in facts("<p class=author>5 May 2009</p>")
    assert "author" not in facts("<p class=author>发布于2009年5月5日</p>")
