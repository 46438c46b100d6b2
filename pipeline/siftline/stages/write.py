"""From a finished document to the result: paragraphs by language, front matter, and what restore needs."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from textwrap import dedent
from typing import Any

from ..document import ARTICLE_ROLES, Change, Document, Fact, Source, undo
from ..fences import fences, indented
from ..pages import markdown
from .language import document_languages, settle

_NESTED = re.compile(r" {2,32}(?:-|\d{1,6}\.|[A-Za-z]{1,6}\.) ")
_UNUSUAL = "`|>"
"""What a line begins with that may be one of several of a paragraph."""
_QUOTED = re.compile("(?:> ?)+")
_ORDER = ("subtitle", "author", "date", "publisher", "source_url", "credits", "captions", "keywords", "leftovers")


def write(doc: Document, name: str | None = None, ledger: bool = True) -> dict[str, Any]:
    """Return the result record of a document; without `ledger` it lacks what restore needs."""
    source, languages = (doc, document_languages(doc)) if doc.finished else settle(doc)
    doc = markdown.marked(source)
    kept = {at: text for at, line in enumerate(doc.lines) if line[2] in ARTICLE_ROLES and (text := line[0].strip())}
    if doc.page or doc.finished:
        kept |= _nested(doc, kept)
    body: dict[str, list[str]] = {lang: [] for lang in languages}
    places: dict[int, int] = {}
    paragraphs: list[str] = []
    for group in _paragraphs(doc, kept):
        of_language = body.setdefault(doc.lines[group[0]].lang, [])
        if doc.pairs:
            places.update(dict.fromkeys(group, len(of_language)))
        paragraph = kept[group[0]] if len(group) == 1 else _paragraph(doc, group)
        paragraphs.append(paragraph)
        of_language.append(paragraph)
    record: dict[str, Any] = {} if name is None else {"id": name}
    record["languages"] = list(body)
    record["title"] = _by_language(doc.facts, "title", record["languages"])
    record["body"] = body
    record["text"] = "\n\n".join(paragraphs)
    pairs = dict.fromkeys((places[a], places[b]) for a, b in doc.pairs if a in places and b in places)
    record["pairs"] = [list(pair) for pair in pairs]
    record["meta"] = _meta(doc.facts, record["languages"])
    return record | _ledger(source) if ledger else record


def _ledger(doc: Document) -> dict[str, Any]:
    """Return what restore needs."""
    ledger: dict[str, Any] = {"lines": doc.remains(), "changes": [change.record() for change in doc.changes]}
    if doc.source != Source():
        ledger["source"] = _source_record(doc.source)
    return ledger


def _nested(doc: Document, kept: Mapping[int, str]) -> dict[int, str]:
    """Return the items of lists within lists with the blanks before them: without these they are of the outer list."""
    lines = ((at, doc.lines[at].text) for at in kept)
    return {at: text.rstrip() for at, text in lines if text.startswith("  ") and _NESTED.match(text)}


def _paragraphs(doc: Document, kept: Mapping[int, str]) -> Iterator[list[int]]:
    """Yield the lines of each paragraph: one, but all those of a table or of code between its fences, also of such as
    are quoted. `kept` holds the lines of the article, stripped.
    """
    lines, texts = list(kept), list(kept.values())
    code = {} if doc.page else indented(lines, [doc.lines[at][0] for at in lines])
    if not code and not any(text[0] in _UNUSUAL for text in texts):
        yield from ([at] for at in lines)
        return
    texts = [_QUOTED.sub("", text, count=1) if text[0] == ">" else text for text in texts]
    ends = {lines.index(begin): lines.index(end) for begin, end in code.items()} | fences(texts)
    place = 0
    while place < len(lines):
        end = ends.get(place, place)
        if end == place and _is_row(texts[place]):
            while end + 1 < len(lines) and _is_row(texts[end + 1]) and _touch(doc, lines[end], lines[end + 1]):
                if end > place and end + 2 < len(lines) and _is_rule(texts[end + 2]):
                    break  # the head of another table
                end += 1
        yield lines[place : end + 1]
        place = end + 1


def _is_row(text: str) -> bool:
    return len(text) > 2 and text[0] == "|" == text[-1]


def _is_rule(text: str) -> bool:
    """Whether a row is the line below the head of a table."""
    return text.startswith("| -") and not text.strip("| -")


def _touch(doc: Document, above: int, below: int) -> bool:
    """Whether nothing of the article, not even a blank line, stands between two lines."""
    return not any(line.in_article for line in doc.lines[above + 1 : below])


def _paragraph(doc: Document, group: list[int]) -> str:
    lines = doc.lines[group[0] : group[-1] + 1]
    return dedent("\n".join(line.text.rstrip() for line in lines if line.in_article)).strip()


def restore_text(record: dict[str, Any]) -> str:
    """Return the text that a result was made from, by replaying its ledger backwards.

    Raises LedgerError where lines and changes do not belong together, KeyError where they are missing.
    """
    changes = [Change(c["rule"], c["line"], c["start"], c["before"], c["after"]) for c in record["changes"]]
    return undo(record["lines"], changes)


def source_of(record: dict[str, Any]) -> Source:
    """Return what a record says of the bytes it was made from."""
    entry = record.get("source", {})
    residue = tuple((at, length, base64.b64decode(raw)) for at, length, raw in entry.get("residue", ()))
    return Source(entry.get("codec"), bytes.fromhex(entry.get("bom", "")), residue, entry.get("sha256"))


def _source_record(source: Source) -> dict[str, Any]:
    out: dict[str, Any] = {}
    if source.codec:
        out["codec"] = source.codec
    if source.bom:
        out["bom"] = source.bom.hex()
    if source.residue:
        out["residue"] = [[at, length, base64.b64encode(raw).decode()] for at, length, raw in source.residue]
    if source.sha256:
        out["sha256"] = source.sha256
    return out


def _by_language(facts: tuple[Fact, ...], field: str, languages: list[str]) -> dict[str, str]:
    """Return the first value for each language; one of no known language counts for the document's first."""
    out: dict[str, str] = {}
    for fact in facts:
        if fact.field == field:
            out.setdefault(_lang(fact, languages), fact.value)
    return out


def _lang(fact: Fact, languages: list[str]) -> str:
    return fact.lang if fact.lang != "und" or not languages else languages[0]


def _meta(facts: tuple[Fact, ...], languages: list[str]) -> dict[str, Any]:
    meta: dict[str, Any] = {}
    for fact in facts:
        if fact.field == "subtitle":
            meta.setdefault("subtitle", {}).setdefault(_lang(fact, languages), fact.value)
        elif fact.field == "keywords":
            _add(meta.setdefault("keywords", {}).setdefault(_lang(fact, languages), []), fact.value)
        elif fact.field == "credits":
            role, people = fact.value
            for person in people:
                _add(meta.setdefault("credits", {}).setdefault(role, []), person)
        elif fact.field in ("author", "captions", "leftovers"):
            _add(meta.setdefault(fact.field, []), fact.value)
        elif fact.field != "title":
            meta.setdefault(fact.field, fact.value)
    return {key: meta[key] for key in sorted(meta, key=lambda k: (_ORDER.index(k) if k in _ORDER else len(_ORDER), k))}


def _add(values: list[Any], value: Any) -> None:
    if value not in values:
        values.append(value)
