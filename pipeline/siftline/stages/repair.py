"""Damage that is not the author's: mojibake, lost bytes, control and zero-width characters, HTML entities.

Mojibake comes before everything that touches single characters: U+0085, U+00A0 and U+00AD are data in a wrong
decoding. ftfy comes after the readings that it does not know, since a line that it has touched can seldom be read
again. Each round may uncover more damage, so a line is gone over until it stays as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from .. import characters, mojibake, second_opinion
from ..document import Change, Document
from ..library import Library
from ..mojibake import Edit

ROUNDS = 12
"""Rounds after which a line is left as it is; real text needs at most four."""
MOST_EDITS = 100
"""A line with more edits gets one change for all of them."""

_Editor = Callable[[Sequence[str]], dict[int, list[Edit]]]


def repair(doc: Document, library: Library) -> Document:
    """Undo damage, with a change for each damaged run. The library is not asked: repair has no rules."""
    return doc.apply(_changes(doc))


def repair_text(text: str) -> str:
    r"""Return `text` with its damage undone; text without damage comes back as it is.

    >>> repair_text("donâ€™t")
    'don’t'
    """
    doc = Document.of(text)
    return doc.apply(_changes(doc)).text


def _changes(doc: Document) -> list[Change]:
    text = doc.text
    if not any(module.is_suspect(text) for module in (characters, second_opinion, mojibake)):
        return []
    lines = {at: line.text for at, line in enumerate(doc.lines) if line.in_article and line.text}
    edits = _mended(lines)
    return [change for at in sorted(edits) for change in _ledger(at, doc.lines[at].text, edits[at])]


def _mended(lines: dict[int, str]) -> dict[int, list[Edit]]:
    """Return all edits of the lines, in the order in which they are to be made."""
    done: dict[int, list[Edit]] = {}
    for _ in range(ROUNDS):
        touched: dict[int, str] = {}
        for editor in _EDITORS:
            numbers, texts = list(lines), list(lines.values())
            for at, edits in editor(texts).items():
                done.setdefault(numbers[at], []).extend(edits)
                lines[numbers[at]] = touched[numbers[at]] = mojibake.apply(texts[at], edits)
        if not touched:
            break
        lines = touched
    return done


_EDITORS: tuple[_Editor, ...] = (
    characters.entities_in,
    characters.surrogate_pairs_in,
    mojibake.undo_readings,
    second_opinion.edits,
    characters.odd_characters_in,
)


def _ledger(at: int, text: str, edits: Iterable[Edit]) -> list[Change]:
    """Return the changes of one line: its edits, or one change for all where they are too many."""
    edits = list(edits)
    if len(edits) <= MOST_EDITS:
        return [Change(f"repair/{edit.name}", at, edit.start, edit.before, edit.after) for edit in edits]
    after = mojibake.apply(text, edits)
    start = _common(text, after)
    end = min(_common(text[::-1], after[::-1]), len(text) - start, len(after) - start)
    name = Counter(edit.name for edit in edits).most_common(1)[0][0]
    return [Change(f"repair/{name}", at, start, text[start : len(text) - end], after[start : len(after) - end])]


def _common(first: str, second: str) -> int:
    """Return how many characters two strings have in common at their beginning."""
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if first[low:middle] == second[low:middle] else (low, middle - 1)
    return low
