"""What happened to the lines of one document: stage, rule, span, and the commit that last changed the rule."""

from __future__ import annotations

from collections.abc import Container
from functools import cache
from itertools import accumulate
from pathlib import Path

from ..document import Change, Document
from . import git
from .measure import Entry, entries, shadow_hits
from .sides import Side


def numbered(doc: Document) -> list[int]:
    r"""Return the number of each line in the file that it came from, from 1: paragraphs of one line share it.

    >>> from ..document import Line
    >>> numbered(Document((Line("First."), Line("Second.", "\n"), Line("Third."))))
    [1, 1, 2]
    """
    before = accumulate((bool(line.end) for line in doc.lines), initial=1)
    return [number for number, _ in zip(before, doc.lines, strict=False)]


def explained(doc: Document, side: Side, wanted: Container[int]) -> dict[int, list[str]]:
    """Return for the index of each line that is wanted what changed it, in order, as lines for a terminal."""
    last_change = cache(_last_change)
    out: dict[int, list[str]] = {}
    for change, entry in zip(doc.changes, entries(doc, side), strict=True):
        if change.line in wanted:
            rule = side.by_id.get(change.rule)
            commit = last_change(rule.path, rule.name) if rule else None
            told = [_stage(change, side), change.rule, _what(change, entry, rule is not None)]
            out.setdefault(change.line, []).append("  ".join([*told, *([f"[{commit}]"] if commit else [])]))
    for name, line, start, end in shadow_hits(doc, side):
        if line in wanted:
            out.setdefault(line, []).append(f"shadow  {name}  would act at {start}-{end}")
    return out


def _last_change(path: str, name: str) -> git.Commit | None:
    try:
        return git.last_change(Path(path), name)
    except git.GitError:
        return None


def _stage(change: Change, side: Side) -> str:
    rule = side.by_id.get(change.rule)
    return rule.stage if rule else change.rule.partition("/")[0]


def _what(change: Change, entry: Entry, by_rule: bool) -> str:
    if change.after is not None:
        return f"{change.before!r} -> {change.after!r} at {change.start}-{change.start + len(change.before)}"
    if entry.span is None:
        reason = f" ({change.why})" if change.why else ""
        return f"-> {change.role}{reason}" + ", taken along" * by_rule
    return f"-> {change.role} for {entry.span[0]}-{entry.span[1]}"
