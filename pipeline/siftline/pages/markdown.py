"""The marks of Markdown that a page's lines get as they are written: `> ` for quotations, backticks for code.

No stage sees them: rules, models and the pairing of paragraphs read a quoted line as any other. Headings, items, tables
and blocks of code have theirs from the beginning (blocks.py, lines.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ..document import Change, Document, Line
from .lines import Span

MOST_QUOTED = 0.7
"""Share of an article's characters up to which quotations are marked: an element around more of it is its frame, as
in the posts of some forums. What is quoted within that is marked."""
_TICKS = re.compile("`+")


def marked(doc: Document) -> Document:
    """Return the document of a page with the marks in its lines. It is for writing only: the ledger knows nothing of
    them, and what `restore` gives has none.
    """
    page = doc.page
    if page is None or not (page.quoted or page.code):
        return doc
    lines = list(doc.lines)
    if page.code:
        for at, spans in _moved(page.code, doc.changes).items():
            if lines[at].in_article:
                lines[at] = lines[at]._replace(text=_with_ticks(lines[at].text, spans))
    for at, level in _levels(page.quoted, lines).items():
        lines[at] = lines[at]._replace(text=("> " * level + lines[at].text).rstrip())
    return replace(doc, lines=tuple(lines))


def _levels(quoted: Mapping[int, int], lines: Sequence[Line]) -> dict[int, int]:
    """Return how many marks each quoted line of the article gets."""
    levels = {at: level for at, level in quoted.items() if lines[at].in_article}
    most = MOST_QUOTED * sum(len(line.text) for line in lines if line.in_article) if levels else 0
    while levels and sum(len(lines[at].text) for at in levels) > most:
        levels = {at: level - 1 for at, level in levels.items() if level > 1}
    return levels


def _moved(code: Mapping[int, Sequence[Span]], changes: Iterable[Change]) -> dict[int, list[Span]]:
    """Return where code stands after the changes to its lines; one that a change has cut into is left out."""
    found = {at: list(spans) for at, spans in code.items()}
    for change in changes:
        if change.line in found and change.after is not None:
            spans = (_moved_by(change, span) for span in found[change.line])
            found[change.line] = [span for span in spans if span]
    return found


def _moved_by(change: Change, span: Span) -> Span | None:
    begin, end = span
    stop, more = change.start + len(change.before), len(change.after or "") - len(change.before)
    if stop <= begin:
        return begin + more, end + more
    if change.start >= end:
        return span
    inside = begin <= change.start and stop <= end and begin < end + more
    return (begin, end + more) if inside else None


def _with_ticks(text: str, spans: Iterable[Span]) -> str:
    """Return a line with backticks around these pieces, more of them where the code has some itself.

    >>> _with_ticks("Call f or a`b.", [(5, 6), (10, 13)])
    'Call `f` or `` a`b ``.'
    """
    for begin, end in sorted(spans, reverse=True):
        code = text[begin:end]
        if "`" in text[max(0, begin - 1) : begin] + text[end : end + 1]:
            continue  # the page shows them itself
        longest = max(map(len, _TICKS.findall(code)), default=0)
        pad = " " if longest else ""
        text = f"{text[:begin]}{'`' * (longest + 1)}{pad}{code}{pad}{'`' * (longest + 1)}{text[end:]}"
    return text
