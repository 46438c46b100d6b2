"""Passages that stand in a text a second time: a page shows its article in full and cut, or quotes what is above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .prose import is_sentence, width

LEAST_PARAGRAPHS, LEAST_WIDTH = 3, 600
"""Paragraphs that a copied passage has at least, and their width (see prose.width). What is shorter is often meant to
come back: the step of a recipe, a refrain, a clause of a contract."""
PARAGRAPH = 60
"""Width from which on a sentence counts as a paragraph."""
PROSE = 0.8
"""Share of a passage's width that is paragraphs, at least: tables and lists of items repeat themselves."""
LONG = PARAGRAPH // 2
"""Characters of a line that may be one, and of whatever ends a passage if it is new."""


def may_repeat(texts: Sequence[str]) -> bool:
    """Whether enough of these long lines stand there twice for a passage, at next to no cost."""
    if len(texts) - len(set(texts)) < LEAST_PARAGRAPHS:
        return False
    wide = [text for text in texts if len(text) >= PARAGRAPH or not text.isascii()]
    return len(wide) - len(set(wide)) >= LEAST_PARAGRAPHS


def later_copies(texts: Sequence[str]) -> list[int]:
    """Return the places of the lines that repeat a passage further up, for the lines of a text, none of them blank.

    >>> first, second, third = (f"Of the boats {name} there is much to say, and little good. " * 4 for name in "abc")
    >>> later_copies([first, second, third, "Reply", "He wrote:", first, second, third, "So it is."])
    [5, 6, 7]
    """
    texts = [text.strip() for text in texts]
    copied: list[int] = []
    for stretch in _repeated(texts):
        if _is_passage([texts[at] for at in range(stretch[0], stretch[-1] + 1)]):
            copied += stretch
    return copied


def _repeated(texts: Sequence[str]) -> Iterator[list[int]]:
    """Yield the lines of each stretch of long lines that repeat others in the order of those, and the brief lines
    between them that repeat any. Brief lines of its own do not end a stretch.
    """
    first: dict[str, int] = {}
    stretch: list[int] = []
    brief: list[int] = []
    last = -1
    for at, text in enumerate(texts):
        above = first.setdefault(text, at)
        if len(text) < LONG:
            if stretch and above < stretch[0]:
                brief.append(at)
        elif last < above < (stretch[0] if stretch else at):
            stretch += [*brief, at]
            brief, last = [], above
        else:
            if stretch:
                yield stretch
            stretch, brief, last = ([at], [], above) if above < at else ([], [], -1)
    if stretch:
        yield stretch


def _is_passage(texts: Sequence[str]) -> bool:
    widths = [width(text) for text in texts if is_sentence(text) and width(text) >= PARAGRAPH]
    return len(widths) >= LEAST_PARAGRAPHS and sum(widths) >= max(LEAST_WIDTH, PROSE * sum(map(width, texts)))
