"""What a page's markup says of the article: headline, authors, date, publisher, address and keywords.

Read from schema.org objects (JSON-LD), meta tags (OpenGraph, Dublin Core and the names that publishers use),
itemprop and rel attributes, `<time>` and the page's title, in the order of how much they can be trusted. Nothing
is guessed from the text: that is for harvest.
"""

from __future__ import annotations

import html
import json
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

import regex
from selectolax.lexbor import LexborHTMLParser

from .. import fields
from ..document import Fact

_TITLES = (
    "og:title",
    "twitter:title",
    "parsely-title",
    "citation_title",
    "dc.title",
    "dcterms.title",
    "sailthru.title",
)
_AUTHORS = (
    "author", "article:author", "article:author_name", "parsely-author", "sailthru.author", "byl", "citation_author",
    "dc.creator", "dcterms.creator", "dc.creator.name", "article.author",
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
_PUBLISHERS = (
    "og:site_name",
    "publisher",
    "dc.publisher",
    "dcterms.publisher",
    "mediaid",
    "application-name",
    "source",
)
_KEYWORDS = ("news_keywords", "keywords", "article:tag", "parsely-tags", "sailthru.tags")
_ARTICLE = regex.compile(
    r"article|posting|report|review|recipe|newspage|question|howto|story|book|product|event", regex.I
)
_DATED = (
    "[itemprop=datePublished],time[pubdate],[itemprop=dateCreated],[itemprop=datepublished],abbr.published",
    "time[datetime]",
    "[class*=publish],[class*=pubtime],[class*=date],[class*=time],[id*=publish],[id*=pubtime],[id*=date],[id*=time]",
)
_SIGNED = (
    "[itemprop=author] [itemprop=name]",
    "[itemprop=author],[rel~=author]",
    ".byline-name,.author-name,.byline a,.author a,a.author,.p-author",
    ".byline,.post-author,.entry-author,.author",
)
_ANY_SIGNED, _ANY_DATED = ",".join(_SIGNED), ",".join(_DATED)
"""One walk over the page that stops at the first hit; most pages that declare no author have none of these either."""
_FEW = 3
_BY = regex.compile(
    r"^\s*(?:(?:written |posted |published |story )?by\b|author\s*:|文[:：/]|作者\s*[:：]|автор\s*:?)\s*", regex.I
)
_NAMES = regex.compile(r"\s*(?:[,，、;；|｜&]|\s(?:and|и|und|et|y)\s)\s*", regex.V1)
_NO_NAME = regex.compile(
    r"https?:|www\.|@|[<>{}=]|»|\d{4}|\d:\d|^[\W\d]*+$|^(?:admin(?:istrator)?|editor|staff|guest|unknown|anonymous"
    r"|(?:your |author )?name|author|user|null|none|undefined|n/a|webmaster|test|(?:系统)?管理员|未知|不详|无|佚名"
    r"|匿名|小编|本站(?:原创)?|原创|转载|互联网|网络(?:整理|转载)?|相关\p{Han}{2})$",
    regex.V1 | regex.I,
)
"""What stands in the field of an author and is no name."""
_NO_PUBLISHER = regex.compile(
    r"^(?:本站(?:原创)?|原创|转载|互联网|网络(?:整理|转载)?|未知|不详|unknown|null|undefined)$", regex.V1 | regex.I
)
_SOURCE_LABEL = regex.compile(r"^(?:(?:文章|信息|稿件)?来源|稿源|source|источник)\s*[:：]\s*", regex.V1 | regex.I)
_HEADINGS = "h2,h3,[class*=tit],[id*=tit],[class*=headline]"
"""Where a page shows its headline that has no `h1` for it."""
_IN_ADDRESS = regex.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?!\d)")
_COMPACT = regex.compile(r"^\s*((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:\D|$)")
_MOST_NAMES, _LONGEST_NAME, _LONGEST_DATE, _LONGEST_TITLE, _LONGEST_JSON = 8, 60, 80, 300, 500_000
_MOST_OBJECTS, _MOST_NODES = 2000, 20
_INNER = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement")
_BASIC = ("headline", "author", "datePublished")
_BODIES = ("articleBody", "reviewBody", "text")
_DESCRIPTIONS = ("description", "og:description", "twitter:description")
_MARKUP = regex.compile(r"<[^<>]*>")
_NO_LETTERS = re.compile(r"[\W_]+")
_MOST_SITES = 3
_BAR = regex.compile(r"\s+[-–—·•»]\s+|\s*[|｜_]\s*", regex.V1)
"""What stands between the headline, the section and the name of the site in a page's title."""

_DECLARED = "meta[content],script[type='application/ld+json'],link[rel~=canonical],base[href],h1"
"""What is read of the whole page, in one walk over it: each costs a fifth of a millisecond."""

Metas = dict[str, list[str]]


class Head(NamedTuple):
    """What the markup of a page says of its article."""

    facts: list[Fact]
    """Headline, authors, date, publisher, address and keywords."""
    description: str
    """What it is about; may be empty."""
    body: str
    """The article itself, as far as a schema.org object holds it; may be empty."""

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
    articles = [one for one in objects if _ARTICLE.search(" ".join(_texts(one.get("@type"))))]
    about = max(articles, key=lambda one: sum(key in one for key in _BASIC), default={})
    description = next((values[0] for name in _DESCRIPTIONS if (values := metas.get(name))), "")
    titles = _titles(tree, _plain(declared.get("h1", [])), metas, about)
    facts = [Fact("title", title) for title in _first(titles)] + _facts(tree, metas, about, address)
    return Head(facts, " ".join(description.split()), _body(articles))


def _body(articles: list[dict[str, Any]]) -> str:
    """Return the longest text that an object gives as the article's, without markup."""
    texts = [one[key] for one in articles for key in _BODIES if isinstance(one.get(key), str)]
    text = max(texts, key=len, default="")[:_LONGEST_JSON]
    return html.unescape(_MARKUP.sub(" ", text)) if "<" in text or "&" in text else text


def _facts(tree: LexborHTMLParser, metas: Metas, about: dict[str, Any], address: str) -> list[Fact]:
    found = [Fact("author", name) for name in _first_list(_authors(tree, metas, about))]
    found += [Fact("date", date) for date in _first(_dates(tree, metas, about, address))]
    found += [Fact("publisher", name) for name in _first(_publishers(metas, about))]
    if address:
        found.append(Fact("source_url", address))
    words = dict.fromkeys(word for text in _keywords(metas, about) for word in fields.keywords(text) if "<" not in word)
    return found + [Fact("keywords", word) for word in words]


def _metas(nodes: Iterable[Any]) -> Metas:
    """Return the values of the meta tags by name, in lower case."""
    found: Metas = {}
    for node in nodes:
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        value = (attributes.get("content") or "").strip()
        if name and value:
            found.setdefault(name.lower(), []).append(value)
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


def _texts(value: Any) -> list[str]:
    """Return the texts of a value of JSON-LD: a text, an object with a name, or a list of them."""
    if isinstance(value, str):
        return [value.strip()] if value.strip() else []
    if isinstance(value, dict):
        return _texts(value.get("name") or value.get("@value") or "")
    if isinstance(value, list):
        return [text for one in value for text in (_texts(one) if not isinstance(one, list) else [])]
    return []


def _first(values: Iterator[str]) -> list[str]:
    first = next(values, None)
    return [] if first is None else [first]


def _titles(tree: LexborHTMLParser, headings: Iterable[str], metas: Metas, about: dict[str, Any]) -> Iterator[str]:
    """Yield headlines, the surest first: a heading that the page's title holds is the headline as it is shown."""
    shown = [" ".join(text.split()) for text in headings if _key(text)]
    named = [value for name in _TITLES for value in metas.get(name, [])] + _texts(about.get("headline"))
    node = tree.css_first("title")
    title = " ".join(node.text().split()) if node else ""
    keys = {
        _key(part) for value in (*named, title) for part in (max(_BAR.split(value), key=len), _without_sites(value))
    }
    for heading in shown:
        key = _key(heading)
        if len(key) > 3 and any(key in other and 2 * len(key) > len(other) for other in keys):
            yield heading[:_LONGEST_TITLE]
    if not named:
        yield from _beginnings(tree, title)
    yield from (_without_sites(" ".join(value.split()))[:_LONGEST_TITLE] for value in named if _key(value))
    if len(shown) == 1 and len(shown[0]) > len(title):  # the title is but the name of the site
        yield shown[0][:_LONGEST_TITLE]
    yield from (_without_sites(value)[:_LONGEST_TITLE] for value in (title, *shown) if _key(value))


def _beginnings(tree: LexborHTMLParser, title: str) -> Iterator[str]:
    """Yield what the page shows as a heading and begins its title with, before the name of the site."""
    whole = _key(title)
    for heading in _plain(tree.css(_HEADINGS)):
        key = _key(heading)
        if len(key) < len(whole) < 2 * len(key) and whole.startswith(key):
            yield " ".join(heading.split())[:_LONGEST_TITLE]


def _without_sites(title: str) -> str:
    """Return a page's title without the names of section and site behind it, while the longer part is left.

    A second one behind a long dash may be the headline's own second half.
    """
    for number in range(_MOST_SITES):
        shorter = fields.without_site(title)
        if 2 * len(shorter) < len(title) or (number and title[len(shorter) :].lstrip()[:1] in ("–", "—")):
            break
        title = shorter
    return title


def _key(text: str) -> str:
    return _NO_LETTERS.sub("", text.casefold())


def _plain(nodes: Sequence[Any]) -> Iterator[str]:
    return (text for node in nodes[:_MOST_NODES] if (text := node.text(separator=" ").strip()))


def _authors(tree: LexborHTMLParser, metas: Metas, about: dict[str, Any]) -> Iterator[list[str]]:
    """Yield lists of names, the surest first."""
    yield _people(_texts(about.get("author")))
    for name in _AUTHORS:
        yield _people(metas.get(name, []))
    if tree.css_first(_ANY_SIGNED) is None:
        return
    for selector in _SIGNED:  # where posts of many people are signed, the first has the floor
        signed = list(dict.fromkeys(_plain(tree.css(selector))))
        yield _people(signed if len(signed) <= _FEW else signed[:1])


def _first_list(values: Iterable[list[str]]) -> list[str]:
    return next((value for value in values if value), [])


def _people(texts: Iterable[str]) -> list[str]:
    """Return the names in the values of an author field, none where they hold something else."""
    found: dict[str, None] = {}
    for text in texts:
        if len(text) > _LONGEST_NAME * 3:
            continue
        for part in _NAMES.split(_BY.sub("", " ".join(text.split()))):
            name = part.strip(" .。*·-–—|")
            if 1 < len(name) <= _LONGEST_NAME and not _NO_NAME.search(name):
                found.setdefault(name)
    return list(found)[:_MOST_NAMES]


def _dates(tree: LexborHTMLParser, metas: Metas, about: dict[str, Any], url: str) -> Iterator[str]:
    """Yield dates, the surest first."""
    values = _texts(about.get("datePublished")) + [value for name in _DATES[:-2] for value in metas.get(name, [])]
    yield from filter(None, map(_date, values))
    found = _IN_ADDRESS.search(url)
    if found and (date := _date("-".join(found.groups()))):
        yield date
    for selector in _DATED if tree.css_first(_ANY_DATED) else ():
        for node in tree.css(selector)[:_MOST_NODES]:
            get = node.attributes.get
            text = get("datetime") or get("content") or get("title") or node.text().strip()
            if len(text) < _LONGEST_DATE and (date := _date(text)):
                yield date
    late = [*_texts(about.get("dateModified")), *(value for name in _DATES[-2:] for value in metas.get(name, []))]
    yield from filter(None, map(_date, late))


def _date(text: str) -> str | None:
    """Return a date of markup as ISO 8601."""
    compact = _COMPACT.match(text)
    return fields.iso_date("-".join(compact.groups()) if compact else text[:100])


def _publishers(metas: Metas, about: dict[str, Any]) -> Iterator[str]:
    values = [value for name in _PUBLISHERS for value in metas.get(name, [])]
    for value in [*values[:1], *_texts(about.get("publisher")), *values[1:]]:
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


def _keywords(metas: Metas, about: dict[str, Any]) -> list[str]:
    for name in _KEYWORDS:
        if name in metas:
            return metas[name]
    return _texts(about.get("keywords"))
