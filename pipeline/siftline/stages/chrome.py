"""What belongs to the site and not to the article: navigation, share bars, comment forms, footers."""

from __future__ import annotations

from ..acting import run
from ..adverts.quoting import opening_quotation
from ..document import Change, Document
from ..library import Library


def chrome(doc: Document, library: Library) -> Document:
    """Take out of the article what rules/chrome names, but for what is written about it."""
    changes, facts = run(doc, library.lines, "chrome")
    changes = [change for change in changes if not _is_about_it(change, library)]
    return doc.apply(changes).with_facts(facts)


def _is_about_it(change: Change, library: Library) -> bool:
    """Whether a line quotes a notice of a site and goes on about it: the rule takes the quotation alone as well."""
    quoted = opening_quotation(change.before) if change.after is None else ""
    by_stage = library.lines.hits([quoted]).get(0, {}) if quoted else {}
    return any(hit.rule.id == change.rule for hit in by_stage.get("chrome", ()))
