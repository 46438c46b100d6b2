"""What a page's markup says of the article: headline, authors, date, publisher, address and keywords.

Read from schema.org objects (JSON-LD), meta tags (OpenGraph, Dublin Core and the names that publishers use),
itemprop and rel attributes, `<time>` and the page's title, in the order of how much they can be trusted. Nothing
is guessed from the text: that is for harvest.
"""

from __future__ import annotations

import html
import json
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

import regex
from selectolax.lexbor import LexborHTMLParser

from .. import fields
from ..document import Fact
from . import platforms
from .declared import MARKED, declared_items, marked_items
from .titles import candidates
from .values import MARKUP, MOST_NODES, Metas, key_of, site_names, texts_of

_AUTHORS = (
    "author", "article:author", "article:author_name", "parsely-author", "sailthru.author", "byl", "citation_author",
    "dc.creator", "dcterms.creator", "dc.creator.name", "article.author", "og:article:author",
)  # fmt: skip
_DATES = (
    "article:published_time", "og:published_time", "datepublished", "date", "pubdate", "publishdate", "publish-date",
    "publish_date", "publication_date", "og:article:published_time", "article:published", "article_date_original",
    "citation_publication_date", "parsely-pub-date", "sailthru.date", "dc.date", "dcterms.date", "dc.date.issued",
    "dcterms.created", "dc.date.created", "og:release_date", "bytedance:published_time", "weibo:article:create_at",
    "weibo: article:create_at", "pubtime", "publishtime", "published_time", "created", "apub:time", "article.published",
    "article:modified_time", "og:updated_time",
)  # fmt: skip
"""Names of meta tags with the date of an article, those of publication first."""
_KEYWORDS = ("news_keywords", "keywords", "article:tag", "parsely-tags", "sailthru.tags")
_ARTICLE = regex.compile(
    r"article|posting|report|review|recipe|newspage|question|howto|story|book|product|event", regex.I
)
_DATED = (
    "[itemprop=datePublished],time[pubdate],[itemprop=dateCreated],[itemprop=datepublished],abbr.published",
    "time[datetime]",
    "[id^=authorposton] span[title],[id^=authorposton]",
    "[class*=publish],[class*=pubtime],[class*=date],[class*=time],[id*=publish],[id*=pubtime],[id*=date],[id*=time]",
)
_SIGNED = (
    "[itemprop=author] [itemprop=name]",
    "[itemprop=author],[rel~=author]",
    ".byline-name,[class*=author][class*=name]",
    ".byline a,.author a,a.author,.p-author",
    ".byline,.post-author,.entry-author,.author",
)
_ANY_SIGNED = (
    "[itemprop=author],[rel~=author],[class*=author][class*=name],.p-author,"
    ".byline-name,.byline,.post-author,.entry-author,.author"
)
"""What there is where any of `_SIGNED` is: without those that stand in, or are, another of them."""
_ANY_DATED = ",".join(_DATED)
"""One walk over the page that stops at the first hit; most pages that declare no author have none of these either."""
_FEW = 3
_COMMENT, _LEVELS = (
    regex.compile(
        r"(?<!\S)(?:comments?(?:[-_]{0,2}(?:list|body|content|meta|area|page|section|item|author))?|comments-\S+"
        r"|replies|respond|pinglun)(?!\S)",
        regex.I,
    ),
    8,
)
"""What comments are called, and how far above a name that is looked for."""
_WRITTEN_BY = frozenset(
    {"written by", "author", "автор", "作者", "verfasst von", "escrito por", "écrit par", "scritto da"}
)
"""What blogs call the author in the tags for a card."""
_BY = regex.compile(
    r"^\s*(?:(?:written |posted |published |story |words |text )?by\b|author\s*:|文[:：/]|作者\s*[:：]|автор\s*:?)\s*",
    regex.I,
)
_BESIDE = regex.compile(
    r"\s[·•|–—-]\s(?:photos?|photographs?|photography|pictures|images|illustrations?)(?:\s(?:by|:)|:)\s.*$", regex.I
)
"""Who took the pictures, behind who wrote."""
_NAMES = regex.compile(r"\s*(?:[,，、;；|｜&]|\s(?:and|и|und|et|y)\s)\s*", regex.V1)
_MEDIA = r"\p{Han}+(?:网|網|日报|日報|晚报|晚報|早报|晨报|时报|時報|商报|周刊|週刊|电视台|客户端|编辑部)"
"""How papers and stations are called in Chinese, which stand in the field of an author."""
_OF_MEDIA = regex.compile(_MEDIA, regex.V1)
_NO_NAME = regex.compile(
    r"https?:|www\.|@|[<>{}=]|»|(?<![\p{Latin}\p{Cyrillic}\d_-])\d{4}(?![\p{Latin}\p{Cyrillic}_])|\d:\d|\.(?:txt|html?|php)$|^[\W\d]*+$|^(?:admin(?:istrator)?|editor|staff|guest|unknown|anonymous"
    r"|(?:your |author )?name|author|user|null|none|undefined|n/a|webmaster|test|(?:系统)?管理员|未知|不详|无|佚名"
    r"|(?:(?:staff|senior|chief|contributing|guest|special|managing|associate|deputy)\s)+(?:writer|reporter|editor"
    r"|correspondent|contributor|columnist)s?|匿名|小编|本站(?:原创)?|原创|转载|互联网|网络(?:整理|转载)?|相关\p{Han}{2}"
    r"|Discuz! Team|Comsenz UI Team|网易|搜狐|新浪|腾讯|凤凰|百度|今日头条"
    rf"|{_MEDIA})$",
    regex.V1 | regex.I,
)
"""What stands in the field of an author and is no name."""
_NO_PUBLISHER = regex.compile(
    r"^(?:本[站网](?:原创|讯)?|原创|转载|互联网|网络(?:整理|转载)?|微信公众平台|未知|不详|unknown|null|undefined)$",
    regex.V1 | regex.I,
)
_PUBLIC_ACCOUNTS = "微信公众平台"
"""A platform whose accounts are the publishers."""
_SOURCE_LABEL = regex.compile(r"^(?:(?:文章|信息|稿件)?来源|稿源|source|источник)\s*[:：]\s*", regex.V1 | regex.I)
_IN_ADDRESS = regex.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?!\d)")
_COMPACT = regex.compile(r"^\s*((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:T([01]\d|2[0-3])([0-5]\d)|\D|$)")
_MOST_NAMES, _LONGEST_NAME, _LONGEST_DATE, _LONGEST_JSON = 8, 60, 80, 500_000
_MOST_OBJECTS = 2000
_INNER = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement")
_BASIC = ("headline", "author", "datePublished", "pubDate")
_BODIES = ("articleBody", "reviewBody", "text")
_DESCRIPTIONS = ("description", "og:description", "twitter:description")
_DECLARED = (
    "meta[content],script[type='application/ld+json'],link[rel~=canonical],base[href],"
    "h1,.entry-title,.post-title,.topic-title," + MARKED
)
"""What is read of the whole page, in one walk over it: each costs a fifth of a millisecond."""
_ENTITY = regex.compile(r"&(?:\w{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_ESCAPED = regex.compile(r"\\([\"'])")
"""Characters escaped for HTML, and quotation marks for a script."""
_UNSHOWN = frozenset({"meta", "script", "link", "base"})
"""Tags of what no reader sees."""


class Head(NamedTuple):
    """What the markup of a page says of its article."""

    facts: list[Fact]
    """Headline, authors, date, publisher, address and keywords."""
    description: str
    """What it is about; may be empty."""
    body: str
    """The article itself, as far as a schema.org object holds it; may be empty."""
    thread: bool = False
    """Whether the page says that it is a thread."""
    documentation: bool = False
    """Whether a generator of manuals made the page."""
    items: Sequence[str] = ()
    """What it is about item by item, as a recipe's ingredients; mostly empty."""

    @property
    def title(self) -> str:
        """The headline; may be empty."""
        return next((str(fact.value) for fact in self.facts if fact.field == "title"), "")


def read(tree: LexborHTMLParser, url: str = "") -> Head:
    """Return what the markup of a page, read from `url`, says of the article; of a date the first that is whole.

    >>> page = "<title>A ferry returns - News</title><meta name=author content='By Ann Lee and Bo Yi'>"
    >>> [(fact.field, fact.value) for fact in read(LexborHTMLParser(page)).facts]
    [('title', 'A ferry returns'), ('author', 'Ann Lee'), ('author', 'Bo Yi')]
    """
    declared: dict[str, list[Any]] = {}
    for node in tree.css(_DECLARED):
        declared.setdefault(node.tag or "", []).append(node)
    metas, objects = _metas(declared.get("meta", [])), _objects(declared.get("script", []))
    address = url or _address(metas, declared.get("link", []), declared.get("base", []))
    articles = [one for one in objects if "pubDate" in one or _ARTICLE.search(" ".join(texts_of(one.get("@type"))))]
    about = max(articles, key=lambda one: sum(key in one for key in _BASIC), default={})
    description = next((values[0] for name in _DESCRIPTIONS if (values := metas.get(name))), "")
    titles = _first(candidates(tree, declared, metas, about))
    facts = [Fact("title", title) for title in titles] + _facts(tree, metas, about, address)
    words = (Fact("keywords", word) for word in _keywords(metas, about, titles))
    shown = tree.css_first("title")
    types = (name for one in objects for name in texts_of(one.get("@type")))
    body = tree.body.attributes if tree.body else {}
    names = f"{body.get('class') or ''} {body.get('id') or ''}"
    thread = platforms.is_thread(shown.text() if shown else "", metas, types, names)
    manual = platforms.is_documentation(metas, names)
    shown_in = (node for tag, nodes in declared.items() if tag not in _UNSHOWN for node in nodes)
    items = [*declared_items(objects), *marked_items(shown_in)]
    return Head([*facts, *words], " ".join(description.split()), _body(articles), thread, manual, items)


def _body(articles: list[dict[str, Any]]) -> str:
    """Return the longest text that an object gives as the article's, without markup."""
    texts = [one[key] for one in articles for key in _BODIES if isinstance(one.get(key), str)]
    text = max(texts, key=len, default="")[:_LONGEST_JSON]
    return html.unescape(MARKUP.sub(" ", text)) if "<" in text or "&" in text else text


def _facts(tree: LexborHTMLParser, metas: Metas, about: dict[str, Any], address: str) -> list[Fact]:
    found = [Fact("author", name) for name in _first_list(_authors(tree, metas, about))]
    found += [Fact("date", date) for date in _first(_dates(tree, metas, about, address))]
    found += [Fact("publisher", name) for name in _first(_publishers(tree, metas, about))]
    if address:
        found.append(Fact("source_url", address))
    return found


def _plain(value: str) -> str:
    r"""Return a value without what a site escaped once too often, for HTML or for a script.

    >>> _plain(r"The ferry\'s back"), _plain("Ferries &amp; boats"), _plain(r"C:\boats")
    ("The ferry's back", 'Ferries & boats', 'C:\\boats')
    """
    if "&" in value:
        value = _ENTITY.sub(lambda found: html.unescape(found[0]), value)
    return _ESCAPED.sub(r"\1", value) if "\\" in value else value


def _metas(nodes: Iterable[Any]) -> Metas:
    """Return the values of the meta tags by name, in lower case."""
    found: Metas = {}
    for node in nodes:
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        value = (attributes.get("content") or "").strip()
        if name and value:
            found.setdefault(name.lower(), []).append(_plain(value))
    return found


def _objects(nodes: Iterable[Any]) -> list[dict[str, Any]]:
    """Return the schema.org objects of a page."""
    found: list[dict[str, Any]] = []
    for node in nodes:
        text = node.text()
        try:
            found += _inside(json.loads(text, strict=False)) if len(text) < _LONGEST_JSON else ()
        except (ValueError, RecursionError):
            continue
    return found


def _inside(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects in a value of JSON-LD, outer ones first."""
    waiting = deque([value])
    for _ in range(_MOST_OBJECTS):
        if not waiting:
            return
        one = waiting.popleft()
        if isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, dict):
            yield one
            waiting.extend(one[key] for key in _INNER if key in one)


def _first(values: Iterator[str]) -> list[str]:
    first = next(values, None)
    return [] if first is None else [first]


def _authors(tree: LexborHTMLParser, metas: Metas, about: dict[str, Any]) -> Iterator[list[str]]:
    """Yield lists of names, the surest first."""
    yield _people(texts_of(about.get("author")))
    for name in _AUTHORS:
        yield _people(metas.get(name, []))
    labels = (metas.get(f"twitter:label{number}", [""])[0].strip(" :").lower() for number in (1, 2))
    yield from (_people(metas.get(f"twitter:data{n}", [])) for n, label in enumerate(labels, 1) if label in _WRITTEN_BY)
    own = [platform.signed for platform in platforms.of_page(tree, metas)]
    if not own and tree.css_first(_ANY_SIGNED) is None:
        return
    for selector in (*own, *_SIGNED):  # where posts of many people are signed, the first has the floor
        nodes = (node for node in tree.css(selector)[:MOST_NODES] if not _is_comment(node))
        named = [(node, text) for node in nodes if (text := _seen(node))]
        signed = list(dict.fromkeys(text for node, text in named if _is_beside(node, named[0][0])))
        yield _people(signed if len(signed) <= _FEW else signed[:1])


def _seen(node: Any) -> str:
    """Return the text of an element, "" where all of it is for readers of screens."""
    text: str = node.attributes.get("content") or "" if node.tag == "meta" else node.text(separator=" ")
    hidden = node.css_first(".sr-only,.visually-hidden,.screen-reader-text")
    return "" if hidden is not None and hidden.text().strip() == text.strip() else text.strip()


def _is_beside(node: Any, first: Any) -> bool:
    """Whether one element, or the one around that, is around both: one line names both."""
    return not _around(node).isdisjoint(_around(first))


def _is_comment(node: Any) -> bool:
    """Whether an element stands in a reader's comment."""
    around = node.parent
    for _ in range(_LEVELS):
        if around is None or around.tag == "body":
            break
        if _COMMENT.search(f"{around.attributes.get('class')} {around.attributes.get('id')}"):
            return True
        around = around.parent
    return False


def _around(node: Any) -> set[int]:
    above = (node.parent, node.parent.parent if node.parent else None)
    return {one.mem_id for one in above if one is not None}


def _first_list(values: Iterable[list[str]]) -> list[str]:
    return next((value for value in values if value), [])


def _people(texts: Iterable[str]) -> list[str]:
    """Return the names in the values of an author field, none where they hold something else."""
    found: dict[str, None] = {}
    for text in texts:
        if len(text) > _LONGEST_NAME * 3:
            continue
        for part in _NAMES.split(_BY.sub("", _BESIDE.sub("", " ".join(text.split())))):
            name = part.strip(" .。*·-–—|\u200b")
            if 1 < len(name) <= _LONGEST_NAME and not _NO_NAME.search(name):
                found.setdefault(name)
    return list(found)[:_MOST_NAMES]


def _dates(tree: LexborHTMLParser, metas: Metas, about: dict[str, Any], url: str) -> Iterator[str]:
    """Yield dates, the surest first."""
    values = (
        texts_of(about.get("datePublished"))
        + texts_of(about.get("pubDate"))
        + [value for name in _DATES[:-2] for value in metas.get(name, [])]
    )
    yield from filter(None, map(_date, values))
    found = _IN_ADDRESS.search(url)
    if found and (date := _date("-".join(found.groups()))):
        yield date
    own = [selector for platform in platforms.of_page(tree, metas) for selector in platform.dated]
    for selector in (*own, *(_DATED if tree.css_first(_ANY_DATED) else ())):
        for node in tree.css(selector)[:MOST_NODES]:
            get = node.attributes.get
            text = get("datetime") or get("content") or get("title") or node.text().strip()
            if len(text) < _LONGEST_DATE and (date := _date(text)):
                yield date
    late = [*texts_of(about.get("dateModified")), *(value for name in _DATES[-2:] for value in metas.get(name, []))]
    yield from filter(None, map(_date, late))


def _date(text: str) -> str | None:
    """Return a date of markup as ISO 8601."""
    compact = _COMPACT.match(text)
    if compact is None:
        return fields.iso_date(text[:100])
    year, month, day, hour, minute = compact.groups()
    return fields.iso_date(f"{year}-{month}-{day}" + (f" {hour}:{minute}" if hour else ""))


def _publishers(tree: LexborHTMLParser, metas: Metas, about: dict[str, Any]) -> Iterator[str]:
    values = site_names(metas)
    if _PUBLIC_ACCOUNTS in values and (account := tree.css_first("#js_name")) is not None:
        values.insert(0, account.text())
    signed = [
        value for name in ("article:author", "author") for value in metas.get(name, []) if _OF_MEDIA.fullmatch(value)
    ]
    for value in [*values[:1], *texts_of(about.get("publisher")), *values[1:], *signed]:
        name = _SOURCE_LABEL.sub("", " ".join(value.split()))
        if name and len(name) <= _LONGEST_NAME and "http" not in name and not _NO_PUBLISHER.search(name):
            yield name


def _address(metas: Metas, links: list[Any], bases: list[Any]) -> str:
    """Return the address that a page gives itself, where it is whole."""
    values = [link.attributes.get("href") or "" for link in links[:1]]
    for value in values + metas.get("og:url", []):
        whole = urljoin(bases[0].attributes.get("href") or "", value) if bases else value
        try:
            parts = urlsplit(whole.strip())
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.hostname:
            return whole.strip()
    return ""


def _keywords(metas: Metas, about: dict[str, Any], titles: Iterable[str]) -> list[str]:
    """Return the keywords, each once; none where a page has its headline in their place, as forums do."""
    texts = next((metas[name] for name in _KEYWORDS if name in metas), None) or texts_of(about.get("keywords"))
    known = set(map(key_of, titles))
    words = (word for text in texts if key_of(text) not in known for word in fields.keywords(text) if "<" not in word)
    return list(dict.fromkeys(words))
