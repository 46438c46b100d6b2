"""From the decoded input to lines: a page, an article file of our own, or plain text.

A page is read by one of the `EXTRACTORS`: `trafilatura` gives the lines that it takes to be the article, `dom`
all that are visible, with what the markup says of each, for the layout stage to choose from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import regex

from .. import article_file, fields, fragments
from ..document import Document, Fact, Line, Source
from ..late import late
from ..repairs import glued

_HTML = late(
    regex.compile,
    r"^[\s\ufeff]*+(?:<\?xml[^>]{0,200}>\s*+)?(?:<!--.{0,2000}?-->\s*+)*(?:<!doctype\s+html|<html|<head|<body)\b",
    regex.V1 | regex.I | regex.S,
)
_SNIFFED = 4096
EXTRACTORS = ("trafilatura", "dom")
DEFAULT_EXTRACTOR = "dom"
_DATES = {"extensive_search": False, "original_date": True}
"""Dates from markup alone: what stands in the text is for harvest, and guesses over the whole page cost a tenth of
the time."""


class ExtractError(ValueError):
    """No article text could be taken from a page."""


def looks_like_html(text: str) -> bool:
    """Whether a text is a whole HTML page: it begins with a doctype, <html>, <head> or <body>.

    >>> looks_like_html("<!DOCTYPE html><p>a"), looks_like_html("<p> is a tag.")
    (True, False)
    """
    return bool(_HTML.search(text[:_SNIFFED]))


def extract(
    text: str,
    *,
    extractor: str | None = None,
    url: str = "",
    source: Source | None = None,
    data: bytes | None = None,
) -> Document:
    """Return the document of a text or, if an `extractor` is named, of a page. `data` is the text in UTF-8, where that
    is at hand: a parser of pages takes it.

    Raises ExtractError for a page without text.
    """
    source = source or Source()
    host = urlsplit(url).hostname or ""
    if extractor:
        return _from_html(text, extractor, url, source, data)
    if text.startswith("---"):
        doc = article_file.parse(text, host=host, source=source)
    else:
        facts = (Fact("source_url", url),) if url else ()
        doc = Document.of(text, host=host, source=source, facts=facts)
    if doc.finished:
        return doc
    doc = _apart(doc, fragments.parts) if fragments.is_fragment(text) else doc
    return _apart(doc, glued.parts) if glued.is_suspect(text) else doc


def _apart(doc: Document, paragraphs: Callable[[str], list[str]]) -> Document:
    """Return a document with a line for each paragraph, where several stand on one; `repair` and `markup` take out what
    parts them.

    >>> [line.text for line in _apart(Document.of("桥修好了。　　昨天通车。"), glued.parts).lines]
    ['桥修好了。　　', '昨天通车。']
    """
    lines: list[Line] = []
    for line in doc.lines:
        parts = paragraphs(line.text) if line.in_article else []
        if len(parts) < 2:
            lines.append(line)
            continue
        lines += [line._replace(text=text, end="") for text in parts[:-1]]
        lines.append(line._replace(text=parts[-1]))
    return replace(doc, lines=tuple(lines))


def _from_html(html: str, extractor: str, url: str, source: Source, data: bytes | None) -> Document:
    digest = source.sha256 or hashlib.sha256(html.encode("utf-8", "surrogatepass")).hexdigest()
    doc = _through_dom(html, url, data) if extractor == "dom" else _through_trafilatura(html, url)
    if not any(line.text.strip() for line in doc.lines):
        raise ExtractError(
            "the page holds no text that can be reached: is it empty, filled by a script, or nested too deeply?"
        )
    address = url or next((fact.value for fact in doc.facts if fact.field == "source_url"), "")
    fresh = Source(codec=source.codec, bom=source.bom, sha256=digest)
    return replace(doc, host=urlsplit(address).hostname or "", source=fresh)


def _through_dom(html: str, url: str, data: bytes | None) -> Document:
    from ..pages import dom  # noqa: PLC0415 - text needs no parser of markup

    page = dom.read(html, url, data)
    return Document.of("\n".join(page.lines), facts=tuple(page.head.facts), page=page)


def _through_trafilatura(html: str, url: str) -> Document:
    found = _bare(html, url)
    text = (found.text if found else "") or _all_text(html)
    return Document.of(text, facts=tuple(_facts(found)) if found else ())


def _bare(page: str, url: str) -> Any:
    """Run trafilatura. It raises what lxml raises on pages that are no HTML at all: those have no text."""
    import trafilatura  # noqa: PLC0415 - 0.2 s to import, and text needs none of it
    from lxml.etree import ParserError  # noqa: PLC0415 - as above

    try:
        return trafilatura.bare_extraction(
            page, url=url or None, include_comments=False, with_metadata=True, date_extraction_params=_DATES
        )
    except (ParserError, ValueError, RecursionError):
        return None


def _all_text(page: str) -> str:
    """Return all visible text, for a page or a fragment in which trafilatura finds no article."""
    import trafilatura  # noqa: PLC0415 - see _bare
    from lxml import etree, html  # noqa: PLC0415

    try:
        text = trafilatura.html2txt(page) or ""
        if not text.strip():
            tree = html.document_fromstring(page)
            etree.strip_elements(tree, "script", "style", "template", "noscript", with_tail=False)
            text = "\n".join(part.strip() for part in tree.itertext() if part.strip())
    except (etree.ParserError, ValueError, RecursionError):
        return ""
    return str(text)


def _facts(found: Any) -> list[Fact]:
    """Keep what trafilatura knows of title, author, date, publisher and address."""
    facts = []
    if found.title:
        facts.append(Fact("title", fields.without_site(found.title.strip())))
    facts += [Fact("author", name.strip()) for name in (found.author or "").split(";") if name.strip()]
    for field, value in (("date", found.date), ("publisher", found.sitename), ("source_url", found.url)):
        if value:
            facts.append(Fact(field, value))
    for tags in found.tags or []:
        facts += [Fact("keywords", word) for word in fields.keywords(tags)]
    return facts
