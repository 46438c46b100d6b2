"""Long paragraphs that speak of what the lines that stay speak of.

In languages that the trees have not learnt from, a paragraph below a row of buttons looks to them like a cookie notice.
What it shares with the rest of the article are words: lexical cohesion, as in TextTiling (Hearst 1997).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import regex

LONG = 300
"""Characters of a line that holds enough words to compare, and is no teaser of another article."""
SHARED = 0.25
"""The share of its words that stand in lines that stay. All 11 such lines that would have gone from pages of other
languages were article, of those with fewer words in common 6 of 16."""
_WORD = regex.compile(r"[\p{L}\p{M}]{5,}+", regex.V1)
"""A word that says what a text is about, rather than how."""


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


def _words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in _WORD.findall(text.casefold())}
