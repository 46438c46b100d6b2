"""What stands below the element that holds the article: teasers, pleas, lines about the site. They are written in
sentences, and where the article ends only its markup says.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ..document import Line
from ..pages.marks import BIT
from .features import Floats, role_codes
from .markup import Hints, totals
from .model import logistic
from .repeated import odds

THREAD = 0.35
"""The mean wording of a forum from which a page is a thread that does not say so: its posts stand below the first. Of
18 such threads among 510 written pages 11 are above it, of 145 articles 3, with their comments."""
PROSE, SHARE = 0.65, 0.7
"""The share of a page's text that is prose where it is one of an article, and the share of that prose which the
article's element holds."""
PARAGRAPHS, WIDTH = 3, 600
"""Paragraphs that stand in that element at least, and half-width characters of all that count, 400 of each at most."""
BELOW, MAY_STAY = 0.6, 0.25
"""The most that stands below it, as a share of its prose, and the chance from which lines there count: where more
does, as the steps of a recipe below notes on it, they are the page's."""
LESS = 1.2
"""By how many log odds what stands below it is less likely. Of 320 lines that go from 1,115 pages, teasers included, 21
are article."""
ITEMS, MOST_LINES, OF_KIND = 2, 12, 0.7
"""How many items with a link that went make a list of teasers, how many lines such an item has at most, and which
share of the elements of its kind is like that."""
LINKS = 0.22
"""The share of a line from which links make it a teaser rather than a paragraph."""
LINKED, LESS_OF_TEASERS = 0.6, 4.0
"""The share from which a line is a link, and by how many log odds teasers are less likely: what goes with the
linked headline of another article is of that article."""
_STAYS = 0.45
Mask = npt.NDArray[np.bool_]


def less_below_article(chance: Floats, lines: Sequence[Line], rows: Floats, hints: Hints) -> Floats:
    """Return chances (0 to 1), less for what stands below the element that holds most of the page's prose, where most
    of the page is prose; of a thread, or what is worded as one, as they are. `rows` are those of `text_features`.
    """
    if hints.thread or rows[13].mean() >= THREAD:
        return chance
    inside = role_codes([line.role for line in lines]) == 0
    stays = (chance >= _STAYS) & inside
    teasers = _teasers(stays, hints)
    text = rows[12] * (inside & ~teasers)
    of = hints.lines
    own = (of["flags"] & (BIT["heading"] | BIT["list"]) == 0) & (of["link_chars"] < LINKS * of["chars"])
    prose = text * (stays & own & (rows[8] > 0))
    if prose.sum() < max(WIDTH, PROSE * (text * stays).sum()):
        return chance
    start, end = _smallest(prose, hints)
    below = (text * (chance >= MAY_STAY))[end:].sum()
    if np.count_nonzero(prose[start:end]) < PARAGRAPHS or below > BELOW * prose[start:end].sum():
        return chance
    less = np.where(teasers, LESS_OF_TEASERS, LESS) * (np.arange(chance.size) >= end)
    out: Floats = np.where(less > 0, logistic(odds(chance) - less), chance).astype(np.float32)
    return out


def _smallest(prose: Floats, hints: Hints) -> tuple[int, int]:
    """Return where the smallest element begins and ends that holds SHARE of the prose."""
    start, end = hints.elements
    enough = totals(prose[None], hints.elements)[0] >= SHARE * prose.sum()
    best = int(np.where(enough, end - start, prose.size + 1).argmin())
    return int(start[best]), int(end[best])


def _teasers(stays: Mask, hints: Hints) -> Mask:
    """Return which lines that stay are parts of teasers: of brief elements of one kind, from each of which a link
    went.
    """
    out = np.zeros(stays.size, np.bool_)
    of, kind = hints.lines, hints.groups[:-1]
    start, end = (edge[:-1] for edge in hints.elements)
    if not start.size:
        return out
    links = ~stays & (of["link_chars"] >= LINKED * np.maximum(of["chars"], 1))
    gone, left = totals(np.stack([links, stays]), (start, end))
    brief = end - start <= MOST_LINES
    linked = brief & (gone > 0)
    of_kind, with_link = (np.bincount(kind[some], minlength=int(kind.max()) + 1) for some in (brief, linked))
    told = (with_link >= ITEMS) & (with_link >= OF_KIND * of_kind)
    for at in np.flatnonzero(linked & (left > 0) & told[kind]).tolist():
        out[start[at] : end[at]] = True
    return out & stays
