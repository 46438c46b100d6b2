"""What made a page, by what it calls itself: where forums, blogs and networks show the author and the date, and
whether a page is a thread or part of a manual.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
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

_FORUM = re.compile(
    r"forums?\b|fórum|\bforen\b|\bforo\b|форум|论坛|論壇|贴吧|\bbbs\b|discuz|discourse|phpbb|vbulletin|xenforo|reddit|\br/\w"
    r"|stack ?(?:overflow|exchange)|livejournal|пикабу|知乎",
    re.I,
)
_OF_PEOPLE = re.compile(r"questions|answers|discuss|\bq ?& ?a\b|community|问答|問答|社区|社區", re.I)
"""What sites call themselves whose pages are threads, where comments are what people come for; the words of the latter
stand in headlines too.
"""
_IN_NAMES = re.compile(
    r"(?<![a-z])(?:forums?|threads?|topics?|questions?|discussions?|bbpress|phpbb|(?:view|show)(?:thread|topic))(?![a-z])",
    re.I,
)
"""What is said of such a page in the class or id of its body."""
_ASKS = re.compile(r"\W*(?:请教|求教|求助(?!者|信|电话|热线)|请问|跪求|问一下|新手(?:请教|求助|提问))")
"""How a headline begins that asks other people; answers are what it is about, whatever the site calls them."""
_TITLE_PART = re.compile(r"\s[-|–—·:»]\s")
_THREAD_TYPES = frozenset({"DiscussionForumPosting", "QAPage", "Question", "SocialMediaPosting"})


def is_thread(title: str, metas: Metas, types: Iterable[str], names: str = "") -> bool:
    """Return whether a page is a thread, by its title, what its site calls itself, the types of its schema.org objects,
    and the names in class and id of its body.

    >>> [is_thread(title, {}, []) for title in ("Ferries - Harbour Forum", "请教渡船的问题", "The ferry is back")]
    [True, True, False]
    """
    site = _called(metas, _TITLE_PART.split(title)[-1])
    named = _FORUM.search(_called(metas, title)) or _OF_PEOPLE.search(site) or _IN_NAMES.search(names)
    return bool(named or _ASKS.match(title)) or not _THREAD_TYPES.isdisjoint(types)


_DOCUMENTATION = re.compile(
    r"\b(?:docbook|docutils|sphinx|asciidoc|publican|texi2html|makeinfo|doxygen|javadoc|mkdocs|mdbook|docusaurus"
    r"|vitepress|vuepress|gitbook|honkit|bookdown|nextra|starlight|antora|latex2html|tex4ht|rdoc|yard|jsdoc|typedoc"
    r"|docfx|gtk-doc)",
    re.I,
)
_OF_DOCUMENTATION = re.compile(r"(?<!\S)wy-body-for-nav(?!\S)")
"""What Sphinx's most usual theme calls the body."""


def is_documentation(metas: Metas, names: str = "") -> bool:
    """Return whether a page was made by a generator of manuals, by its name or by names in class and id of its body.

    >>> [is_documentation({"generator": [name]}) for name in ("DocBook XSL 1.79", "WordPress", "Vineyard CMS")]
    [True, False, False]
    """
    named = any(_DOCUMENTATION.search(name) for name in metas.get("generator", []))
    return named or _OF_DOCUMENTATION.search(names) is not None


def _called(metas: Metas, title: str) -> str:
    """Return what a page says it is made with, how its site is called, and a title."""
    return " ".join((*metas.get("generator", []), *metas.get("og:site_name", []), title))


def of_page(tree: Any, metas: Metas) -> list[Platform]:
    """Return the platforms of a page that are known.

    >>> from selectolax.lexbor import LexborHTMLParser
    >>> [platform.dated for platform in of_page(LexborHTMLParser("<body id=phpbb><p>Hello."), {})]
    [('.author time', '.author')]
    """
    title = tree.css_first("title")
    itself = _called(metas, title.text() if title else "")
    ids = [node.attributes.get("id") or "" for node in (tree.root, tree.body) if node is not None]
    found = [platform for name, platform in _NAMED.items() if name in itself]
    return found + [_BY_ID[one.lower()] for one in ids if one.lower() in _BY_ID]
