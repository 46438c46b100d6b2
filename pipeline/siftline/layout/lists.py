"""Runs of brief lines in texts without markup: menus, lists at the ends of a text, poems.

What the trees think of a brief line hangs on little, most on how near the next paragraph is. So of one menu some lines
would stay and others go, and of a poem the first ones would go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from ..fences import fences
from ..prose import SECTIONS, ends_in_stop, is_article, wide_characters, width
from .chances import Mask
from .features import FRONT, Floats, Table
from .sheet import KIND

MARKS = ("- ", "• ", "· ", "* ", "▪ ", "► ")
"""What the items of a list begin with."""
RUN, NARROW, DRAWN = 12, 40, 0.5
"""Lines of a run whose chances are drawn together, the half-width characters that each has less than, and how far they
are drawn to their mean."""
MENU, ITEM, WIDE_ITEM, WORDS = 10, 20, 12, 2.2
"""Items of a menu, the half-width characters that each has less than, or at most if one of them is wide, and how many
words they have on average: lines of a poem have more. Of 800 such lines of unseen sites one was article."""
PARAGRAPH = 120
"""Half-width characters of the narrowest line that menus stand above."""
FIRST, LAST, MOST = 2, 3, 0.5
"""Items that a list on top or at the end has at least, and the share of the lines that it must stay below."""
BRIEF = 40
"""Half-width characters that an item on top has at most: the path of a page, the names of sections."""
_MARKED = 3
"""How wide the mark of an item is at most, with the blank behind it."""
_COMMAS = ("，", "、")
_WORD = re.compile(r"\w+")


def drawn_together(chance: Floats, roles: npt.NDArray[np.int8], table: Table) -> Floats:
    """Return chances (0 to 1), those of brief lines nearer to the mean of the run in which they stand. What rules took
    parts runs, and so does a line with a number, such as an ingredient.
    """
    brief = table.widths < NARROW
    if np.count_nonzero(brief) < RUN:
        return chance
    last = table.row("last character")
    brief &= (roles == 0) & (table.row("digits") == 0) & (last != KIND["end"]) & (last != KIND["colon"])
    out = chance
    for run in _runs(brief, RUN):
        if out is chance:
            out = chance.copy()
        out[run] += DRAWN * (chance[run].mean() - chance[run])
    return out


def drop_menus(kept: Mask, texts: Sequence[str], left: Mask, table: Table) -> list[int]:
    """Take from `kept` the menus above the first paragraph that stays, and return what was taken. Code between fences
    are none.

    `kept` speaks of the lines that the rules `left` in the article, these and `texts` of every line.
    """
    places = np.flatnonzero(left)
    long = (at for at in places[kept].tolist() if 2 * len(texts[at]) >= PARAGRAPH)
    paragraph = next((at for at in long if width(texts[at]) >= PARAGRAPH), 0)
    if paragraph < MENU:
        return []
    taken = []
    items = (table.widths[:paragraph] < ITEM + _MARKED) & (table.row("digits")[:paragraph] == 0)
    for run in _runs(items, MENU):
        items[run] = [_is_of_menu(text) for text in texts[run]]
    for begin, end in fences(texts[:paragraph]).items():
        items[begin : end + 1] = False
    for run in _runs(items, MENU):
        above = texts[run.start - 1] if run.start else ""
        if above.startswith(SECTIONS) or ends_in_stop(above.rstrip()):
            continue
        if sum(len(_WORD.findall(text)) for text in texts[run]) <= WORDS * (run.stop - run.start):
            taken += _taken(kept, slice(*np.searchsorted(places, (run.start, run.stop)).tolist()))
    return taken


def _runs(wanted: Mask, fewest: int) -> Iterator[slice]:
    """Yield the stretches of lines that are all wanted, of so many lines or more.

    >>> [*_runs(np.array([True, True, False, True]), 2)]
    [slice(0, 2, None)]
    """
    turns = np.flatnonzero(np.diff(wanted, prepend=False, append=False)).reshape(-1, 2)
    return (slice(first, last) for first, last in turns.tolist() if last - first >= fewest)


def _is_of_menu(text: str) -> bool:
    text = text.strip()
    if text.startswith(MARKS):
        text = text[1:].lstrip()
    if len(text) >= ITEM or text.startswith(SECTIONS) or text.endswith(_COMMAS) or ends_in_stop(text):
        return False
    return text.isascii() or width(text) < (WIDE_ITEM + 1 if wide_characters(text) else ITEM)


def _taken(kept: Mask, lines: slice) -> list[int]:
    """Take some lines from `kept`, and return which of them were there."""
    were: list[int] = (lines.start + np.flatnonzero(kept[lines])).tolist()
    kept[lines] = False
    return were


def drop_first(kept: Mask, texts: Sequence[str]) -> list[int]:
    """Take from `kept` a list of brief items with which the text begins: its path and its sections, as an extractor
    takes them along; return what was taken. An article says something before it lists.
    """
    size = next((at for at, text in enumerate(texts) if not _is_brief_item(text)), 0)
    return _taken(kept, slice(0, size)) if FIRST <= size < MOST * int(kept.sum()) else []


def _is_brief_item(text: str) -> bool:
    text = text.strip()
    return text.startswith(MARKS) and width(text) <= BRIEF and not ends_in_stop(text)


def drop_last(
    kept: Mask, texts: Sequence[str], inside: npt.NDArray[np.intp], roles: npt.NDArray[np.int8], told: int
) -> list[int]:
    """Take from `kept` a list that ends the text right below what is the site's, and return what was taken: of a list
    within the article the line above stays. It may be as long as the rest where that has `told` words.
    """
    left = np.flatnonzero(kept)
    above = next((n for n in left[::-1].tolist() if not texts[n].lstrip().startswith(MARKS)), None)
    size = 0 if above is None else int((left > above).sum())
    if size < LAST:
        return []
    said = (texts[n] for n in left[:-size].tolist() if not texts[n].lstrip().startswith(MARKS))
    if size >= MOST * left.size and not is_article(said, told):
        return []
    first = int(left[-size])
    beside = inside[first] - 1
    return _taken(kept, slice(first, kept.size)) if beside > inside[above] and roles[beside] < FRONT else []
