"""What is left of markup: comments, stray tags, BBCode, style sheets; prose about markup stays."""

from __future__ import annotations

from collections.abc import Iterator

from .. import fragments
from ..acting import run
from ..document import Change, Document
from ..library import Library


def markup(doc: Document, library: Library) -> Document:
    """Take out of the article what rules/markup names, and all tags of a text that is a piece of HTML. Tags that a page
    shows are what it says.
    """
    if doc.page is None and fragments.is_fragment("\n".join([line[0] for line in doc.lines if line.in_article])):
        doc = doc.apply(_tags(doc))
    changes, facts = run(doc, library.lines, "markup")
    return doc.apply(changes).with_facts(facts)


def _tags(doc: Document) -> Iterator[Change]:
    """Yield what takes out tags, and the lines of elements that nobody reads."""
    inside = ""
    for at, line in enumerate(doc.lines):
        if not line.in_article:
            continue
        if inside:
            inside = "" if fragments.closes(line.text, inside) else inside
            yield Change("markup/any/unread", at, 0, line.text, None, "markup/unread")
        elif inside := fragments.unclosed(line.text):
            yield Change("markup/any/unread", at, 0, line.text, None, "markup/unread")
        else:
            for start, tag, shown in fragments.tags(line.text):
                yield Change("markup/any/tag", at, start, tag, shown)
