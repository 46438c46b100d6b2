"""What belongs to the article in languages that the trees have not learnt from.

There a paragraph below a row of buttons looks to them like a cookie notice. What it shares with the rest of the article
are words: lexical cohesion, as in TextTiling (Hearst 1997). And brief lines far from the article are asked more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import regex

from .features import Floats, Table
from .second import best_stretch

LONG = 300
"""Characters of a line that holds enough words to compare, and is no teaser of another article."""
SHARED = 0.25
"""The share of its words that stand in lines that stay. All 11 such lines that would have gone from pages of other
languages were article, of those with fewer words in common 6 of 16."""
LIKELY, WIDE = 0.3, 200
"""The chance from which a line speaks for the stretch that it stands in rather than against it, and half-width
characters of which a line counts at most."""
BRIEF, FAR = 100, 2.0
"""Half-width characters from which a line is no item of a list, and what the least chance is multiplied by for one
outside the best stretch that is narrower. Of 286 pages in such languages 65 are better for it and 26 worse."""
_WORD = regex.compile(r"[\p{L}\p{M}]{5,}+", regex.V1)
"""A word that says what a text is about, rather than how."""
_AMOUNT = regex.compile(r"\W*\p{N}", regex.V1)


def keep_cohesive(kept: npt.NDArray[np.bool_], texts: Sequence[str]) -> None:
    """Let long lines stay a quarter of whose words stand in what stays.

    >>> kept = np.array([True, False, False])
    >>> again, notice = "Die Fähre blieb gestern im Hafen. " * 9, "Diese Website verwendet Cookies. " * 9
    >>> keep_cohesive(kept, ["Die Fähre legte gestern morgen nicht ab.", again, notice])
    >>> kept.tolist()
    [True, True, False]
    """
    asked = [at for at in np.flatnonzero(~kept).tolist() if len(texts[at]) >= LONG]
    known = _words(texts[at] for at in np.flatnonzero(kept).tolist()) if asked else set()
    for at in asked:
        own = _words([texts[at]])
        kept[at] = bool(own) and len(own & known) >= SHARED * len(own)


def asked_far(chances: Floats, inside: npt.NDArray[np.bool_], texts: Sequence[str], table: Table) -> Floats:
    """Return for each line what the least chance is multiplied by: more for brief ones outside the stretch whose lines
    are likeliest together, but for those that begin with a number, as ingredients do. Lines that are not `inside` the
    article count for nothing.
    """
    width = table.widths
    first, last = best_stretch(np.where(inside, np.minimum(width, WIDE) * (chances - LIKELY), 0))
    at = np.arange(chances.size)
    far = (width < BRIEF) & ((at < first) | (at > last))
    far[[nth for nth in np.flatnonzero(far).tolist() if _AMOUNT.match(texts[nth])]] = False
    out: Floats = np.where(far, FAR, 1.0)
    return out


def _words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in _WORD.findall(text.casefold())}
