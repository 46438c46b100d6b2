"""From the decoded input to lines: HTML through trafilatura, an article file of our own, or plain text."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import urlsplit

import regex

from .. import article_file, fields
from ..document import Document, Fact, Source

_HTML = regex.compile(
    r"^[\s\ufeff]*+(?:<\?xml[^>]{0,200}>\s*+)?(?:<!--.{0,2000}?-->\s*+)*(?:<!doctype\s+html|<html|<head|<body)\b",
    regex.V1 | regex.I | regex.S,
)
_SNIFFED = 4096
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


def extract(text: str, *, html: bool = False, url: str = "", source: Source | None = None) -> Document:
    """Return the document of a text or, if `html`, of a page. Raises ExtractError for a page without text."""
    source = source or Source()
    host = urlsplit(url).hostname or ""
    if html:
        return _from_html(text, url, host, source)
    if text.startswith("---"):
        return article_file.parse(text, host=host, source=source)
    return Document.of(text, host=host, source=source)


def _from_html(page: str, url: str, host: str, source: Source) -> Document:
    found = _bare(page, url)
    text = (found.text if found else "") or _all_text(page)
    if not text.strip():
        raise ExtractError(
            "the page holds no text that can be reached: is it empty, filled by a script, or nested too deeply?"
        )
    facts = tuple(_facts(found)) if found else ()
    host = host or (found.hostname if found and found.hostname else "")
    digest = hashlib.sha256(page.encode("utf-8", "surrogatepass")).hexdigest()
    fresh = Source(codec=source.codec, bom=source.bom, sha256=source.sha256 or digest)
    return Document.of(text, facts=facts, host=host, source=fresh)


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
