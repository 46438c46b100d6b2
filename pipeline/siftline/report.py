"""The report of a run: one HTML page that shows every document before and after, side by side.

The page is plain HTML and CSS: no script, no font, no picture, nothing from the network, and a content security
policy that forbids them, so that a document full of markup shows as text and does nothing. It holds no date and
no machine's name: the same run gives the same bytes.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

from .categories import CATEGORIES, QUIET, category
from .report_document import (
    LONG_ENDS,
    SHORT_LIMIT,
    Budget,
    css,
    document,
    escape,
    lines_of,
    shortened,
)

DOCUMENT_LIMIT = 20_000
"""Characters shown of one document. A browser copes with a few megabytes of page for each hundred documents."""
RUN_LIMIT = 4_000_000
"""Characters shown in a run before documents are shown short, so that thousands of them make a page that opens."""
PAGE_LIMIT, ROWS = 16_000_000, 10_000
"""Characters of what is drawn in a run, and documents in its table, beyond which others are only counted: a page for
each document of a large run would open nowhere. Of rejects the table has as many once more.
"""
_OPEN = 24
"""Runs of up to so many documents show them unfolded."""


@dataclass(frozen=True)
class ReportEntry:
    """One document of the run: its id, and the record that cleaning gave (a result, or an error)."""

    id: str
    record: dict[str, Any]


@dataclass
class _Tally:
    """What the table says of one document."""

    id: str
    languages: tuple[str, ...] = ()
    kept: int = 0
    removed: int = 0
    front: int = 0
    edits: int = 0
    categories: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    error: Mapping[str, Any] | None = None


@dataclass
class _Totals:
    """What the top of the page says of all documents, listed or not."""

    documents: int = 0
    rejected: int = 0
    kept: int = 0
    removed: int = 0
    front: int = 0
    edits: int = 0
    languages: Counter[str] = field(default_factory=Counter)
    categories: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    documents_of: Counter[str] = field(default_factory=Counter)
    """How many documents each rule acted on."""

    def add(self, tally: _Tally) -> None:
        self.documents += 1
        self.rejected += tally.error is not None
        self.kept += tally.kept
        self.removed += tally.removed
        self.front += tally.front
        self.edits += tally.edits
        self.languages.update(tally.languages)
        self.categories.update(tally.categories)
        self.rules.update(tally.rules)
        self.documents_of.update(tally.rules.keys())


def render(run: Iterable[ReportEntry]) -> Iterator[str]:
    """Yield the pieces of the page for the documents of `run`, in their order; `run` is read once.

    Raises LedgerError for a record whose changes do not fit its lines.

    >>> page = "".join(render([ReportEntry("a", {"id": "a", "error": {"kind": "empty", "message": "no <text>"}})]))
    >>> "no &lt;text&gt;" in page
    True
    """
    report = Report()
    for entry in run:
        report.add(entry)
    yield from report.pieces()


class Report:
    """The page in the making.

    What a document shows is kept packed, a few kilobytes each, until the table above all of them is complete.
    """

    def __init__(self) -> None:
        self._totals = _Totals()
        self._tallies: list[_Tally] = []
        self._packed: list[bytes] = []
        self._room, self._page = RUN_LIMIT, PAGE_LIMIT

    def add(self, entry: ReportEntry) -> None:
        """Draw one more document. Raises LedgerError where its changes do not fit its lines."""
        tally = _tally(entry)
        self._totals.add(tally)
        if len(self._tallies) >= ROWS and (tally.error is None or self._totals.rejected > ROWS):
            return
        drawn = ""
        if tally.error is None and self._page > 0:
            limit = DOCUMENT_LIMIT if self._room > 0 else SHORT_LIMIT
            budget = Budget(limit)
            drawn = "".join(document(entry.record, budget, self._room <= 0))
            self._room -= limit - max(0, budget.left)
            self._page -= len(drawn)
        self._tallies.append(tally)
        self._packed.append(zlib.compress(drawn.encode(), 1) if drawn else b"")

    def pieces(self) -> Iterator[str]:
        """Yield the page, piece by piece."""
        yield _head()
        yield from _summary(self._totals, list(zip(self._tallies, map(bool, self._packed), strict=True)))
        unfolded = " open" if len(self._tallies) <= _OPEN else ""
        for number, (tally, drawn) in enumerate(zip(self._tallies, self._packed, strict=True), 1):
            if drawn:
                yield f'<details class="doc"{unfolded}>{_doc_summary(tally)}<div id="d{number}" class="inside">\n'
                yield zlib.decompress(drawn).decode() + "</div></details>\n"
        yield "</main>\n</body>\n</html>\n"


# --- counting ---------------------------------------------------------------------------------------------------


def _tally(entry: ReportEntry) -> _Tally:
    record = entry.record
    tally = _Tally(entry.id, tuple(record.get("languages") or ()), error=record.get("error"))
    if tally.error is not None:
        return tally
    for change in record.get("changes") or ():
        name = category(change)
        tally.categories[name] += 1
        tally.rules[change["rule"]] += 1
        if change["after"] is not None:
            tally.edits += 1
        elif change["before"].strip():
            tally.front += name == "front matter"
            tally.removed += name != "front matter"
    tally.kept = sum(1 for line in lines_of(record) if line.strip())
    return tally


# --- the top of the page ----------------------------------------------------------------------------------------


def _head() -> str:
    style = resources.files("siftline").joinpath("report.css").read_text(encoding="utf-8")
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>siftline: before and after</title>
<style>
{style}</style>
</head>
<body>
"""


def _summary(totals: _Totals, listed: Sequence[tuple[_Tally, bool]]) -> Iterator[str]:
    yield '<header><p class="mark">siftline</p><h1>Before and after</h1>\n<dl class="tiles">'
    yield _tile("documents", totals.documents, f"{totals.rejected} rejected" if totals.rejected else "")
    yield _tile("lines kept", totals.kept, "")
    yield _tile("lines removed", totals.removed, "")
    yield _tile("lines to front matter", totals.front, "")
    yield _tile("edits inside lines", totals.edits, "")
    spoken = ", ".join(f"{code} {n}" for code, n in sorted(totals.languages.items(), key=lambda kv: (-kv[1], kv[0])))
    yield f'</dl>\n<p class="spoken">Languages: {escape(spoken or "none")}</p>\n'
    yield from _category_bar(totals.categories)
    yield "</header>\n"
    yield from _table(totals, listed)
    yield from _rule_table(totals)
    yield (
        '<input type="checkbox" id="changes-only"><label for="changes-only">Show only the lines that changed</label>\n'
        "<main>\n"
    )


def _tile(name: str, number: int, note: str) -> str:
    small = f" <small>{escape(note)}</small>" if note else ""
    return f"<div><dt>{name}</dt><dd>{number:,}{small}</dd></div>"


def _category_bar(counts: Mapping[str, int]) -> Iterator[str]:
    total = sum(counts.values())
    yield '<div class="bar" aria-hidden="true">'
    for name in CATEGORIES:
        if counts.get(name):
            yield f'<i class="{css(name)}" style="flex-grow:{counts[name]}" title="{name}: {counts[name]}"></i>'
    yield f'</div>\n<ul class="legend" aria-label="{total} changes by category">'
    for name in CATEGORIES:
        if counts.get(name) or name not in QUIET:
            yield f'<li class="{css(name)}"><b>{name}</b> <span>{counts.get(name, 0):,}</span></li>'
    yield "</ul>\n"


_COLUMNS = ("document", "languages", "kept", "removed", "front matter", "edits", "changes by category")


def _table(totals: _Totals, listed: Sequence[tuple[_Tally, bool]]) -> Iterator[str]:
    kind = "run long" if len(listed) > _OPEN else "run"
    yield f'<section class="{kind}" tabindex="0" aria-label="The run"><table>\n<thead><tr>'
    yield "".join(f'<th scope="col">{name}</th>' for name in _COLUMNS) + "</tr></thead>\n<tbody>\n"
    for number, (tally, drawn) in enumerate(listed, 1):
        yield _reject_row(tally) if tally.error is not None else _row(tally, f"d{number}" if drawn else "")
    yield "</tbody>\n</table></section>\n"
    if more := totals.documents - len(listed):
        yield f'<p class="note">The run is long: {more:,} more documents are counted and not listed.</p>\n'
    if hidden := sum(not drawn and tally.error is None for tally, drawn in listed):
        yield f'<p class="note">The run is long: of {hidden:,} documents that are listed the lines are not shown.</p>\n'
    yield '<p class="note">Lines with text are counted; blank ones are not. Line numbers start at 1.</p>\n'


def _row(tally: _Tally, target: str) -> str:
    name = f'<a href="#{target}">{escape(tally.id)}</a>' if target else escape(tally.id)
    chips = " ".join(
        f'<span class="chip {css(name)}">{name} {tally.categories[name]:,}</span>'
        for name in CATEGORIES
        if tally.categories[name]
    )
    numbers = zip(_COLUMNS[2:6], (tally.kept, tally.removed, tally.front, tally.edits), strict=True)
    cells = "".join(f'<td class="num" data-label="{name}">{value:,}</td>' for name, value in numbers)
    return (
        f'<tr><th scope="row">{name}</th>'
        f'<td data-label="languages">{_languages(tally.languages)}</td>{cells}'
        f'<td data-label="changes">{chips or "<span class=untouched>untouched</span>"}</td></tr>\n'
    )


def _reject_row(tally: _Tally) -> str:
    error = tally.error or {}
    kind, message = str(error.get("kind", "error")), str(error.get("message", ""))
    return (
        f'<tr class="reject"><th scope="row">{escape(tally.id)}</th><td colspan="6">'
        f"<b>rejected: {escape(kind)}</b> {shortened(message, LONG_ENDS)}</td></tr>\n"
    )


def _rule_table(totals: _Totals) -> Iterator[str]:
    hits, documents = totals.rules, totals.documents_of
    if not hits:
        return
    yield f'<details class="rules"><summary>{len(hits):,} rules acted</summary><table><thead><tr>'
    yield '<th scope="col">rule</th><th scope="col">changes</th><th scope="col">documents</th></tr></thead>\n<tbody>\n'
    for rule, count in sorted(hits.items(), key=lambda item: (-item[1], item[0])):
        yield f'<tr><th scope="row">{escape(rule)}</th><td class="num">{count:,}</td>'
        yield f'<td class="num">{documents[rule]:,}</td></tr>\n'
    yield "</tbody></table></details>\n"


def _doc_summary(tally: _Tally) -> str:
    figures = f"{tally.kept:,} kept, {tally.removed:,} removed, {tally.front:,} front matter, {tally.edits:,} edits"
    plain = "untouched" if not tally.categories else figures
    return (
        f'<summary><span class="name">{escape(tally.id)}</span> {_languages(tally.languages)} '
        f'<span class="figures">{plain}</span></summary>'
    )


def _languages(codes: Iterable[str]) -> str:
    return " ".join(f'<span class="lang">{escape(code)}</span>' for code in codes)
