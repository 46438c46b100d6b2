"""What a site's own names say of the part of a page that a line stands in: comments, related articles, adverts ...

The words are those that are usual in class and id attributes of pages, in English and as Chinese sites write them in
Latin letters. They were written down from general knowledge, so that also a word which no page of the training has is
known for what it is; what each kind is worth, and with what else, is left to the trees.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ..pages.marks import WORDS, number

PARTS = {
    "related": "related recommend recommended recommendation recommendations recirc recirculation popular trending"
    " mostread latest recent suggested suggestion suggestions similar readnext upnext teaser teasers outbrain taboola"
    " zergnet revcontent mgid crosslinks xiangguan tuijian remen paihang rank ranking hotnews phb featured carousel"
    " slider swiper slick card cards more readmore also next prev previous xg tj hot",
    "comments": "comment comments commentlist commentary disqus respond replies fbcomments livefyre pinglun gbook"
    " liuyan review reviews commenter cmt",
    "side": "sidebar side aside rail rightcol widget widgets secondary complementary right left module panel col"
    " column",
    "share": "share sharing social addthis sharethis bshare bdshare jiathis follow subscribe newsletter signup"
    " subscription facebook twitter weixin weibo",
    "site": "footer header masthead topbar nav navigation navbar menu breadcrumb breadcrumbs crumb crumbs copyright"
    " sitemap logo banner toolbar tools login pagination pager pages foot head top bottom dropdown",
    "consent": "cookie cookies consent gdpr privacy popup modal overlay lightbox dialog paywall interstitial notice"
    " alert cmp onetrust disclaimer terms",
    "advert": "ad ads adv advert advertisement advertising sponsor sponsored dfp gpt adsense guanggao promo promoted"
    " promotion cta",
    "author": "bio profile avatar about authorbox vcard user member userinfo",
    "front matter": "byline date time meta timestamp credit tags tag category categories keywords source author"
    " published info",
    "picture": "caption figcaption gallery photo image thumbnail thumb slideshow video player",
    "article": "content article body entry story text main richtext prose markdown copy maintext zoom neirong nr"
    " articlebody entrycontent postcontent articlecontent wysiwyg rte cms formatted",
    "post": "post message reply topic thread postbody postmessage quote bbcode msg answer question bbwrapper pct"
    " plhin floor lou",
    "list": "list item items listing grid archive index results result summary excerpt feed loop",
    "product": "product price cart shop spec specs specification tab tabs accordion faq toc table",
}
"""Kinds of parts, and the words of their names."""
PART_NAMES = [f"{part} names {place}" for part in PARTS for place in ("near", "around")]
_OF_NAVIGATION = """
    nav navbar navigation navi navmenu mainnav topnav sidenav subnav navheader navfooter docnav toc tocframe
"""
_NAVIGATION = np.zeros(WORDS, np.bool_)
_NAVIGATION[[number(word) for word in _OF_NAVIGATION.split()]] = True


Spans = tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]
"""Where ranges begin and end."""


def held(spans: Spans, size: int, weight: npt.NDArray[np.int64] | None = None) -> npt.NDArray[Any]:
    """Return for each of so many places how many ranges hold for it, or the sum of their weights.

    >>> held((np.array([1, 2]), np.array([3, 3])), 4).tolist()
    [0, 1, 2, 0]
    """
    start, end = (np.bincount(edge, weight, size + 1) for edge in spans)
    return np.cumsum(start - end)[:size]


def named_navigation(words: npt.NDArray[np.intp], spans: Spans, lines: int) -> npt.NDArray[np.bool_]:
    """Return for each line whether a name near it says that it is navigation, for the same as `part_counts`.

    >>> named_navigation(np.array([number("navbar")]), (np.array([1]), np.array([3])), 4).tolist()
    [False, True, True, False]
    """
    near = np.flatnonzero(_NAVIGATION[words % WORDS] & (words < WORDS))
    named: npt.NDArray[np.bool_] = held((spans[0][near], spans[1][near]), lines) > 0
    return named


def _kinds() -> npt.NDArray[np.int8]:
    """Return the kind of each word by its number, -1 for those of none."""
    table = np.full(WORDS, -1, np.int8)
    for kind, words in enumerate(PARTS.values()):
        table[[number(word) for word in words.split()]] = kind
    return table


_KINDS = _kinds()


def part_counts(words: npt.NDArray[np.intp], spans: Spans, lines: int) -> npt.NDArray[np.intp]:
    """Return how many words of each kind of part hold for each line, (2 * parts, lines): near it, and farther up.

    `words` are their numbers, with WORDS added for those farther up, `spans` the lines that they hold for.

    >>> found = part_counts(np.array([number("sidebar")]), (np.array([1]), np.array([3])), 4)
    >>> found[PART_NAMES.index("side names near")].tolist()
    [0, 1, 1, 0]
    """
    kind = _KINDS[words % WORDS]
    known = np.flatnonzero(kind >= 0)
    row = (2 * kind[known].astype(np.intp) + (words[known] >= WORDS)) * (lines + 1)
    counts = held((row + spans[0][known], row + spans[1][known]), len(PART_NAMES) * (lines + 1))
    found: npt.NDArray[np.intp] = counts.reshape(-1, lines + 1)[:, :-1]
    return found
