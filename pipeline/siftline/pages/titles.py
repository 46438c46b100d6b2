"""The headline of a page: of what its title, its meta tags and its headings say, the surest first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import regex
from selectolax.lexbor import LexborHTMLParser

from .. import fields
from .values import Metas, key_of, site_names, texts_in, texts_of

_TITLES = (
    "articletitle",
    "og:title",
    "twitter:title",
    "parsely-title",
    "citation_title",
    "dc.title",
    "dcterms.title",
    "sailthru.title",
)
_HEADINGS = "h2,h3,[class*=tit],[id*=tit],[class*=headline]"
"""Where a page shows its headline that has no `h1` for it."""
_MOST_SITES = 3
_BAR = regex.compile(rf"\s+(?:[-–—·•]|{fields.ARROW})\s+|\s*[|｜_]\s*", regex.V1)
"""What stands between the headline, the section and the name of the site in a page's title."""

_VIEWED = regex.compile(
    r"^.{2,80}? (?:•|::|-) (?:View topic|Просмотр темы|Thema anzeigen|Voir le sujet|Ver tema|查看主题|檢視主題)"
    r" (?:-|•) (?=\S)",
    regex.V1 | regex.I,
)
"""What phpBB has before the headline in the title of a page."""
_ENTRY, _HEADED = re.compile(r"(?:entry|post|topic)-title"), ("h1", "h2", "h3", "h4", "a", "span", "div")
"""Classes that forums and blogs give to headlines, and elements that have them."""
LONGEST_TITLE = 300


def candidates(
    tree: LexborHTMLParser, declared: dict[str, list[Any]], metas: Metas, about: dict[str, Any]
) -> Iterator[str]:
    """Yield headlines, the surest first: a heading that the page's title holds is the headline as it is shown."""
    headings = declared.get("h1", [])
    shown = [" ".join(text.split()) for text in texts_in(headings) if key_of(text)]
    named = [value for name in _TITLES for value in metas.get(name, [])] + texts_of(about.get("headline"))
    node = tree.css_first("title")
    title = " ".join(node.text().split()) if node else ""
    yield from _entries(declared, title)
    if viewed := _VIEWED.match(title):
        yield title[viewed.end() :][:LONGEST_TITLE]
    keys = {
        key_of(part) for value in (*named, title) for part in (max(_BAR.split(value), key=len), _without_sites(value))
    }
    first = key_of(_BAR.split(title)[0])
    if first not in map(key_of, site_names(metas)):
        keys.add(first)
    whole = {key_of(value) for value in named}  # a heading that is just that has no name of a site behind it
    for heading in shown:
        key = key_of(heading)
        if key in whole or (len(key) > 3 and any(key in other and 2 * len(key) > len(other) for other in keys)):
            yield heading[:LONGEST_TITLE]
    if not named:
        yield from _beginnings(tree, title)
    yield from (_without_sites(" ".join(value.split()))[:LONGEST_TITLE] for value in named if key_of(value))
    if len(shown) == 1 and len(title) < len(shown[0]) <= LONGEST_TITLE:  # the title is but the name of the site
        yield shown[0]
    yield from (_without_sites(value)[:LONGEST_TITLE] for value in (title, *shown) if key_of(value))


def _entries(declared: dict[str, list[Any]], title: str) -> Iterator[str]:
    """Yield what has a class of a headline and is a part of the page's title, before or behind the name of the site."""
    marked = [
        node for tag in _HEADED for node in declared.get(tag, []) if _ENTRY.search(node.attributes.get("class") or "")
    ]
    parts = {key_of(part) for part in (*_BAR.split(title), title, title.partition(": ")[2])} if marked else set()
    for text in texts_in(marked):
        if len(key_of(text)) > 3 and key_of(text) in parts:
            yield " ".join(text.split())[:LONGEST_TITLE]


def _beginnings(tree: LexborHTMLParser, title: str) -> Iterator[str]:
    """Yield what the page shows as a heading and begins its title with, before the name of the site."""
    whole = key_of(title)
    for heading in texts_in(tree.css(_HEADINGS)):
        key = key_of(heading)
        if len(key) < len(whole) < 2 * len(key) and whole.startswith(key):
            yield " ".join(heading.split())[:LONGEST_TITLE]


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
