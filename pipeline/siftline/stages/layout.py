"""What no rule names: a statistical model judges each line in its neighbourhood, and drops what is not article.

Lines that left the article before stay visible as neighbours. The ledger has the chance that the model gave a line,
and the three features that spoke most against it.
"""

from __future__ import annotations

from ..document import Change, Document
from ..library import Library

FEWEST_LINES = 6
"""Lines with text below which a document has no layout: it is a fragment, and kept as it is."""


def layout(doc: Document, library: Library) -> Document:
    """Take out of the article the lines that the model gives too small a chance of being article."""
    filled = [at for at, line in enumerate(doc.lines) if line.text and not line.text.isspace()]
    if len(filled) < FEWEST_LINES or not library.strictness:
        return doc
    lines = [doc.lines[at] for at in filled]
    found = library.model("text").judge(lines)
    chances = found.chances.tolist()
    gone = [n for n, line in enumerate(lines) if line.in_article and chances[n] < library.strictness]
    return doc.apply(
        Change("layout", filled[n], 0, lines[n].text, None, "layout", f"{chances[n]:.2f}: {', '.join(reasons)}")
        for n, reasons in zip(gone, found.reasons(gone), strict=True)
    )
