"""Where forums, blogs and networks show the author and the date of a page, by what they call themselves."""

from __future__ import annotations

from typing import Any, NamedTuple

from .values import Metas


class Platform(NamedTuple):
    """Selectors of what a platform shows: of the first element that one finds, the first post's; the surest first."""

    signed: str
    dated: tuple[str, ...] = ()


_NAMED = {
    "Discuz": Platform(".authi .xw1,.authi .xi2"),
    "vBulletin": Platform(".postbitlegacy .username,.postbit .username,.bigusername", (".postdate",)),
    "WordPress": Platform(".wp-block-post-author-name,.wp-block-post-author__name", (".wp-block-post-date time",)),
    "Discourse": Platform(".topic-meta-data .first", (".topic-meta-data .relative-date,.post-time",)),
    "CSDN": Platform(".follow-nickName"),
    "Пикабу": Platform(".story__user .user__nick"),
    "知乎": Platform(".AuthorInfo-name"),
    "豆瓣": Platform(".note-author"),
    "微博": Platform(".authorinfo .W_autocut"),
}
"""Platforms by their names in the generator, the site's name or the title."""
_BY_ID = {
    "phpbb": Platform(".author strong,.postauthor", (".author time", ".author")),
    "xf": Platform(
        ".p-description .username,.message-name .username", (".p-description time,.message-attribution time",)
    ),
    "xenforo": Platform(
        "#pageDescription .username,.message .username", ("#pageDescription .DateTime,.message .DateTime",)
    ),
}
"""Platforms by the id of `html` or `body`, in lower case."""


def of_page(tree: Any, metas: Metas) -> list[Platform]:
    """Return the platforms of a page that are known.

    >>> from selectolax.lexbor import LexborHTMLParser
    >>> [platform.dated for platform in of_page(LexborHTMLParser("<body id=phpbb><p>Hello."), {})]
    [('.author time', '.author')]
    """
    title = tree.css_first("title")
    itself = " ".join((*metas.get("generator", []), *metas.get("og:site_name", []), title.text() if title else ""))
    ids = [node.attributes.get("id") or "" for node in (tree.root, tree.body) if node is not None]
    found = [platform for name, platform in _NAMED.items() if name in itself]
    return found + [_BY_ID[one.lower()] for one in ids if one.lower() in _BY_ID]
