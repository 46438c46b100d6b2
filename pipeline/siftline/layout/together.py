"""What is judged together, whatever a line looks like by itself: lines that are alike in their markup, as the posts of
a thread are, the items of one list or rows of one table, and a heading with its section.

What trees think of a brief line hangs on little: of two items of one list one would go and the other stay.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ..document import Line
from ..pages.marks import BIT, TAGS
from .features import Floats, role_codes
from .markup import Hints, totals

ALIKE = 0.4
"""How far a line is drawn to the mean of those whose blocks, and the blocks around, have the same tags and classes."""
BETWEEN = 0.8
"""A list between two lines of the article is at least as likely as the less likely of these, times this."""
LINKED = 0.5
"""Share of its text from which a list is one of links, whatever it stands between."""
EMPTY = 0.5
"""What the chance of a heading is multiplied by when rules took all that stands below it."""
HEADING_ALONE, ITEM_ALONE = 0.3, 0.6
"""What the least chance is multiplied by for a heading, or a term, that stands alone between two lines that stay, and
for a line of a list or table. Of 107 such headings of unseen sites 87 were article, of 254 lines 220; of other lines a
third."""
_ITEM, _APART = BIT["list"] | BIT["table"], BIT["figure"] | BIT["image"] | BIT["button"] | BIT["aside"]
_TERM, _TEXT = TAGS.index("dt"), TAGS.index("dd")  # a term heads what is said of it
_ROWS, _NONE = -2, -3  # stand for a container; -1 is none


def judged_together(chance: Floats, lines: Sequence[Line], text: Floats, hints: Hints) -> Floats:
    """Return chances (0 to 1) that are nearer to each other among lines that are alike, agree within each list, and are
    lower for headings with nothing left below them; `text` is how much text each line has.
    """
    inside = role_codes([line[2] for line in lines]) == 0
    text = text * inside
    chance = _alike(chance, text, hints.lines["group"])
    out = chance.copy()
    out[_bare(inside, (hints.lines["flags"] & BIT["heading"]) > 0)] *= EMPTY
    start, end = lists([line[0] for line in lines], hints)
    if start.size:
        value = _of_lists(chance, text, (start, end), hints)
        known = value >= 0
        start, size, value = start[known], (end - start)[known], value[known]
        at = np.repeat(start - np.cumsum(size) + size, size) + np.arange(size.sum())
        out[at] = np.repeat(value, size)
    return out


def declared_lines(hints: Hints) -> npt.NDArray[np.bool_] | bool:
    """Return which lines the page names as its own items, with their headings; False where it names none."""
    declared = hints.lines.get("declared")
    if declared is None:
        return False
    named = declared.astype(np.bool_)
    below = np.append(named, [False, False])
    heads = (hints.lines["flags"] & BIT["heading"] > 0) & (below[1:-1] | below[2:])
    found: npt.NDArray[np.bool_] = named | heads
    return found


def asked_alone(hints: Hints) -> Floats:
    """Return for each line what the least chance is multiplied by where it stands alone between two that stay."""
    flags = hints.lines["flags"]
    tag = hints.lines["tag"]
    item = ((flags & _ITEM > 0) | (tag == _TEXT)) & (flags & _APART == 0)
    heading = (flags & BIT["heading"] > 0) | (tag == _TERM)
    out: Floats = np.where(heading, HEADING_ALONE, np.where(item, ITEM_ALONE, 1)).astype(np.float32)
    return out


def _alike(chance: Floats, text: Floats, group: npt.NDArray[np.intp]) -> Floats:
    """Draw lines to the mean of their group. Those that have left the article have no text and count for nothing."""
    whole = np.bincount(group, text)
    mean = np.bincount(group, chance * text) / np.maximum(whole, 1)
    out: Floats = np.where(whole[group] > 0, (1 - ALIKE) * chance + ALIKE * mean[group], chance)
    return out


def lists(texts: Sequence[str], hints: Hints) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return where lists and tables begin and end: items below each other in one container, rows below each other."""
    begin = [text.lstrip()[:2] for text in texts]
    mark = np.full(len(texts) + 2, _NONE)
    mark[1:-1] = np.where([two == "- " for two in begin], hints.inside[0], _NONE)
    mark[1:-1][[two == "| " for two in begin]] = _ROWS
    turn = np.flatnonzero(mark[1:] != mark[:-1])
    some = mark[turn[:-1] + 1] != _NONE
    return turn[:-1][some], turn[1:][some]


def _of_lists(
    chance: Floats, text: Floats, span: tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]], hints: Hints
) -> Floats:
    """Return the chance of each list, -1 for those that have left the article: there `text` is 0."""
    start, end = span
    article, whole, here, linked, chars = totals(
        np.stack([chance * text, text, text > 0, hints.lines["link_chars"], hints.lines["chars"]]), span
    )
    beside = np.zeros(text.size + 2, np.float32)
    beside[1:-1] = np.where(text > 0, chance, 0)
    least = BETWEEN * np.minimum(beside[start], beside[end + 1])
    least[(here < end - start) | (linked >= LINKED * chars)] = 0
    mean: Floats = np.where(whole > 0, np.maximum(article / np.maximum(whole, 1), least), -1)
    return mean


def _bare(inside: npt.NDArray[np.bool_], heading: npt.NDArray[np.bool_]) -> npt.NDArray[np.intp]:
    """Return the headings with lines below them, down to the next heading, that have all left the article.

    >>> _bare(np.array([True, False, True, True]), np.array([True, False, True, False])).tolist()
    [0]
    """
    at = np.append(np.flatnonzero(heading), heading.size)
    left = np.append(0, np.cumsum(inside))
    gone: npt.NDArray[np.intp] = at[:-1][(np.diff(at) > 1) & (left[at[1:]] == left[np.minimum(at[:-1] + 1, at[-1])])]
    return gone
