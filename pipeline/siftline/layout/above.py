"""What stands above or around decides: comments below an article are no part of it, though they are written in
sentences; where no article stands above, a page is one of items or of services, and the headings of these belong to it.
Links in the page's navigation are no part of it anywhere.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ..document import Line
from ..pages.marks import BIT, COMMENTS
from ..prose import is_article
from .chances import STAYS, Mask, lessened
from .features import Floats, role_codes
from .markup import Hints
from .parts import named_navigation
from .stamped import LESS

NAVIGATION = 2.0
"""By how many log odds links in what a page calls its navigation are less likely: of 24,101 such lines of pages with
gold 99 are article, of 16,349 of the labelled ones 47."""
ALIKE = 2
"""From how many headings of one kind on they are those of items. Of 230 such headings that the trees would drop from
above what stays 207 are article, of 54 others in articles a third."""


def judged_by_what_is_above(chance: Floats, lines: Sequence[Line], hints: Hints) -> Floats:
    """Return chances (0 to 1), less for comments below an article, and more for headings of items above what stays,
    where no article stands above these; of a thread as they are.
    """
    if hints.thread:
        return chance
    flags = hints.lines["flags"]
    inside = role_codes([line.role for line in lines]) == 0
    stays = (chance >= STAYS) & inside
    comments = (flags & COMMENTS > 0) & (flags & BIT["code"] == 0)
    if _is_below_article(comments & stays, stays, lines):
        chance = lessened(chance, comments, LESS)
    headings = _dropped_headings(stays, inside, (flags & BIT["heading"]) > 0, hints.lines["group"])
    if headings.any() and not _is_below_article(headings, stays, lines):
        chance = np.where(headings, np.append(chance[1:], 0), chance).astype(np.float32)
    return chance


def less_of_navigation(chance: Floats, hints: Hints) -> Floats:
    """Return chances (0 to 1), less for links in what the page calls its navigation. A heading is none, though it may
    be a link that folds its section.
    """
    of = hints.lines
    named = (of["flags"] & BIT["nav"] > 0) | named_navigation(hints.words, hints.spans, chance.size)
    return lessened(chance, named & (of["flags"] & BIT["heading"] == 0) & hints.linked, NAVIGATION)


def _is_below_article(some: Mask, stays: Mask, lines: Sequence[Line]) -> bool:
    """Whether an article stands above the first of some lines."""
    if not some.any():
        return False
    above = np.flatnonzero(stays[: int(some.argmax())]).tolist()
    return is_article(lines[at].text for at in above)


def _dropped_headings(stays: Mask, inside: Mask, heading: Mask, group: npt.NDArray[np.intp]) -> Mask:
    """Return which headings go from right above what stays, ALIKE of a kind or more."""
    gone = np.zeros(stays.size, np.bool_)
    gone[:-1] = (heading & inside & ~stays)[:-1] & (stays & ~heading)[1:]
    many: Mask = np.bincount(group, gone)[group] >= ALIKE
    return gone & many
