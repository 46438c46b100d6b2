"""The report of a review as plain data: what `--to json` writes, and what the page and the comment are drawn from.

It holds no date, no path and no machine's name: the same rules and documents give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from ..cache import digest
from .collect import worst_first
from .compare import ALTERED, DocumentChange, LineChange, gold_says_article
from .review import Review
from .sides import Side
from .suspicion import Group
from .tables import GROWTH, Kept, RuleRow, RuleTally

FORMAT = "siftline-review/1"
LOSERS = 20
"""Documents that are named for losing most."""
INVALID, FAIL, CHANGED, SAME = "invalid", "fail", "changed", "same"


def report(found: Review) -> dict[str, Any]:
    """Return the report of a review."""
    groups = found.changes.groups()
    return {
        "format": FORMAT,
        "base": _side(found.base),
        "head": _side(found.head),
        "verdict": _verdict(found, sum(len(group.changes) for group in groups)),
        "control": {**found.control._asdict(), "holds": found.control.holds},
        "rules": [_row(row, found) for row in found.rows],
        "groups": [_group(group) for group in groups],
        "damage": _damage(found.changed),
        "documents": [_document(document) for document in sorted(found.changed, key=worst_first)],
    }


def status(data: dict[str, Any]) -> int:
    """Return the exit status that a report asks for: 1 where a change must not be merged as it is."""
    return int(data["verdict"]["status"] in (INVALID, FAIL))


def _side(side: Side) -> dict[str, Any]:
    return {"name": side.name, "rules": len(side.rules), "digest": side.digest[:12]}


def _verdict(found: Review, listed: int) -> dict[str, Any]:
    reasons = list(_reasons(found))
    touched, counts = found.changes.touched, found.changes.counts
    state = FAIL if reasons else CHANGED if touched else SAME
    return {
        "status": state if found.control.holds else INVALID,
        "reasons": reasons,
        "notes": list(_notes(found, listed)),
        "documents": found.documents,
        "touched": touched,
        **{kind: asdict(count) for kind, count in counts.items()},
        "listed": listed,
        "gold": _gold(found),
    }


def _reasons(found: Review) -> Iterable[dict[str, Any]]:
    """Yield why the change must not be merged as it is."""
    if not found.control.holds:
        text = f"the control failed: of {found.control.planted} planted faults {found.control.caught} were caught"
        yield {"kind": "control", "count": 1, "text": text}
    lost = found.changes.lost_gold
    if lost:
        yield {"kind": "gold-lost", "count": lost, "text": f"{_lines(lost)} that gold keeps would be lost"}
    emptied = [document.id for document in found.changed if document.emptied]
    if emptied:
        yield {"kind": "emptied", "count": len(emptied), "text": f"nothing is left of {_documents(emptied)}"}
    headless = [document.id for document in found.changed if document.loses_headline]
    if headless:
        yield {"kind": "headline-lost", "count": len(headless), "text": f"no headline in {_documents(headless)}"}
    broken = [document.id for document in found.changed if document.error and document.error[1]]
    if broken:
        yield {"kind": "rejected", "count": len(broken), "text": f"can no longer be cleaned: {_documents(broken)}"}
    for row in found.rows:
        if row.grew:
            text = f"{row.id} acts on {row.after.lines} lines, over {GROWTH} times the {row.before.lines} of before"
            yield {"kind": "growth", "count": row.after.lines, "rule": row.id, "text": text}
    for name, problem in sorted(found.runaways.items()):
        yield {"kind": "runaway", "count": 1, "rule": name, "text": f"{name} {problem}; it was not run"}


def _notes(found: Review, listed: int) -> Iterable[str]:
    changes = sum(count.lines for count in found.changes.counts.values())
    if listed < changes:
        yield f"of the {changes} changes the {listed} most suspicious are listed; the figures are of all"
    for old, new in sorted(found.renamed.items()):
        declared = old in found.head.by_id[new].was
        yield f"{old} is now {new}" + ("" if declared else f'; let it say so: was = ["{old}"]')
    if found.base.glossaries != found.head.glossaries:
        yield "the glossaries differ"
    for row in found.rows:
        if row.state == "added" and row.status == "active" and not row.after.lines:
            yield f"{row.id} is new and acts on nothing here"


def _lines(count: int) -> str:
    return f"{count} line" + "s" * (count != 1)


def _documents(names: Sequence[str]) -> str:
    shown = ", ".join(names[:3])
    return f"{len(names)} document{'s' * (len(names) != 1)}: {shown}" + (", …" if len(names) > 3 else "")


def _gold(found: Review) -> dict[str, Any] | None:
    if not found.has_gold:
        return None
    before, after = (tally.kept for tally in found.tallies)
    return {"before": _kept(before), "after": _kept(after)}


def _kept(kept: Kept) -> dict[str, float]:
    return {"precision": round(kept.precision, 5), "recall": round(kept.recall, 5)}


def _row(row: RuleRow, found: Review) -> dict[str, Any]:
    rule = found.head.by_id.get(row.id) or found.base.by_id.get(row.was or row.id)
    out: dict[str, Any] = {
        "id": row.id,
        "was": row.was,
        "state": row.state,
        "status": row.status,
        "why": rule.why if rule else "",
        "action": rule.action if rule else "",
        "revision": list(row.revisions),
        "before": _tally(row.before),
        "after": _tally(row.after),
        "precision": [round(value, 4) for value in row.precision] if row.precision else None,
        "differs": row.differs,
    }
    if row.id in found.seconds:
        out["ms_per_million_characters"] = found.seconds[row.id]
    return out


def _tally(tally: RuleTally) -> dict[str, Any]:
    out: dict[str, Any] = {"documents": tally.documents, "lines": tally.lines, "alone": tally.alone}
    out["languages"] = dict(sorted(tally.languages.items()))
    if tally.shadow:
        out["shadow"] = tally.shadow
    return out


def _group(group: Group) -> dict[str, Any]:
    return {
        "kind": group.kind,
        "rule": group.rule,
        "other": group.first.other,
        "points": group.suspicion.points,
        "reasons": list(group.suspicion.reasons),
        "count": group.size,
        "changes": [_change(change) for change in group.changes],
    }


def _change(change: LineChange) -> dict[str, Any]:
    name = digest(change.kind, change.document, str(change.line), change.text, change.rule)[:10]
    out: dict[str, Any] = {
        "id": name,
        "document": change.document,
        "line": change.line + 1,
        "lang": change.lang,
        "text": change.text,
        "span": list(change.span) if change.span else None,
        "above": list(change.above),
        "below": list(change.below),
        "gold": gold_says_article(change.gold),
    }
    if change.kind == ALTERED:
        out |= {"before": change.before, "after": change.after}
    return out


def _damage(changed: Sequence[DocumentChange]) -> dict[str, Any]:
    losers = sorted((document for document in changed if document.lost), key=worst_first)[:LOSERS]
    return {
        "losers": [document.id for document in losers],
        "emptied": [document.id for document in changed if document.emptied],
        "headlines": [document.id for document in changed if document.headline],
        "openings": [document.id for document in changed if document.opening],
        "rejected": [document.id for document in changed if document.error],
    }


def _document(document: DocumentChange) -> dict[str, Any]:
    out: dict[str, Any] = {"id": document.id, "lost": document.lost, "won": document.won, "emptied": document.emptied}
    for name in ("headline", "opening", "error"):
        pair = getattr(document, name)
        if pair:
            out[name] = list(pair)
    return out
