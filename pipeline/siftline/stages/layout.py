"""What no rule names: a statistical model judges each line in its neighbourhood, and drops what is not article.

Lines that left the article before stay visible as neighbours. The ledger has the chance that the model gave a line;
where reasons are asked for, as by `siftline explain`, also the three features that spoke most against it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..document import Change, Document, Line
from ..layout.model import Judgement
from ..library import Library

FEWEST_LINES = 6
"""Lines with text below which a document has no layout: it is a fragment, and kept as it is."""


def layout(doc: Document, library: Library) -> Document:
    """Take out of the article the lines that the model gives too small a chance of being article."""
    filled = [at for at, line in enumerate(doc.lines) if line.text and not line.text.isspace()]
    if len(filled) < FEWEST_LINES or not library.strictness:
        return doc
    lines = [doc.lines[at] for at in filled]
    found = _judged(doc, filled, lines, library)
    chances = found.chances.tolist()
    gone = [n for n, line in enumerate(lines) if line.in_article and chances[n] < library.strictness]
    whys = [f"{chances[n]:.2f}" for n in gone]
    if library.reasons:
        whys = [f"{why}: {', '.join(names)}" for why, names in zip(whys, found.reasons(gone), strict=True)]
    return doc.apply(
        Change("layout", filled[n], 0, lines[n].text, None, "layout", why) for n, why in zip(gone, whys, strict=True)
    )


def _judged(doc: Document, filled: Sequence[int], lines: Sequence[Line], library: Library) -> Judgement:
    if doc.page is None:
        return library.text_model.judge(lines)
    from ..layout.markup import Hints  # noqa: PLC0415 - text needs no parser of markup

    return library.page_model.judge(lines, Hints.of(doc.page, np.array(filled)))
