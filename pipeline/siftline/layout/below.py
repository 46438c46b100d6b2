"""What stands below the element that holds the article: teasers, pleas, lines about the site. They are written in
sentences, and where the article ends only its markup says.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..document import Line
from ..pages.marks import BIT
from .chances import STAYS, Mask, lessened
from .features import Floats, role_codes
from .markup import Hints, totals

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
"""By how many log odds what stands below it is less likely. Of 168 lines that go from 1,115 pages, teasers included, 9
are article."""
ITEMS, MOST_LINES, OF_KIND = 2, 12, 0.7
"""How many items with a headline that went make a list of teasers, how many lines such an item has at most, and which
share of the brief elements of its kind is like that."""
LINKS = 0.22
"""The share of a line from which links make it a teaser rather than a paragraph."""
HEADLINE = 20
"""Characters that the headline of a teaser has at least: buttons are briefer."""
SURE, LESS_OF_TEASERS = 0.75, 4.0
"""The chance from which a line is no teaser, nor any other in its item: so the reviews of a guide to products stay, and
the entries of a ticker. And by how many log odds teasers are less likely: what goes with the linked headline of another
article is of that article."""


def less_below_article(chance: Floats, lines: Sequence[Line], rows: Floats, hints: Hints) -> Floats:
    """Return chances (0 to 1), less for what stands below the element that holds most of the page's prose, where most
    of the page is prose; of a thread, or what is worded as one, as they are. `rows` are those of `text_features`.
    """
    if hints.thread or rows[13].mean() >= THREAD:
        return chance
    inside = role_codes([line.role for line in lines]) == 0
    stays = (chance >= STAYS) & inside
    teasers = _teasers(chance, stays, hints)
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
    under = np.arange(chance.size) >= end
    others = under & ~teasers & ~_of_its_own(chance, stays, end, hints)
    return lessened(lessened(chance, others, LESS), under & teasers, LESS_OF_TEASERS)


def _smallest(prose: Floats, hints: Hints) -> tuple[int, int]:
    """Return where the smallest element begins and ends that holds SHARE of the prose."""
    start, end = hints.elements
    enough = totals(prose[None], hints.elements)[0] >= SHARE * prose.sum()
    best = int(np.where(enough, end - start, prose.size + 1).argmin())
    return int(start[best]), int(end[best])


def _of_its_own(chance: Floats, stays: Mask, end: int, hints: Hints) -> Mask:
    """Return which lines from `end` on are the article's for a reason of their own: those under a heading that stays
    and is no link, and those of an element of which any line would stay, so that none of its parts goes alone.
    """
    heading = hints.lines["flags"] & BIT["heading"] > 0
    last = np.maximum.accumulate(np.where(heading, np.arange(chance.size), -1))
    own: Mask = (last >= end) & (heading & (chance >= MAY_STAY) & ~hints.linked)[last]
    sure = stays & (lessened(chance, stays, LESS) >= STAYS)
    first, stop = hints.elements
    under = np.flatnonzero(first >= end)
    outer_first = under[np.lexsort((-stop[under], first[under]))]
    reached = end
    for begin, close in zip(first[outer_first].tolist(), stop[outer_first].tolist(), strict=True):
        if begin >= reached:
            own[begin:close] |= sure[begin:close].any()
            reached = close
    return own


def _teasers(chance: Floats, stays: Mask, hints: Hints) -> Mask:
    """Return which lines that stay, though not for sure, are parts of teasers: of brief elements of one kind, of which
    most have a link as long as a headline that goes.
    """
    out = np.zeros(stays.size, np.bool_)
    kind = hints.groups[:-1]
    start, end = (edge[:-1] for edge in hints.elements)
    if not start.size:
        return out
    links = ~stays & hints.linked & (hints.lines["chars"] >= HEADLINE)
    gone, left, sure = totals(np.stack([links, stays, stays & (chance >= SURE)]), (start, end))
    brief = end - start <= MOST_LINES
    linked = brief & (gone > 0) & (sure == 0)
    of_kind, with_link = (np.bincount(kind[some], minlength=int(kind.max()) + 1) for some in (brief, linked))
    told = (with_link >= ITEMS) & (with_link >= OF_KIND * of_kind)
    for at in np.flatnonzero(linked & (left > 0) & told[kind]).tolist():
        out[start[at] : end[at]] = True
    return out & stays
