"""The stages, in the order in which they run, and why in this one.

decode and extract turn the input into lines. repair comes before anything that reads text, since a rule or a
language cannot be told from mojibake; markup comes next, since a tag hides what stands in it. language labels
lines, which later stages use. chrome comes before spam, because a list under "related" takes its adverts along;
harvest reads the front matter from what is left. layout judges the lines that no rule took, and comes behind
harvest, since headline and date say where an article begins, and would be lost where it does not count them to the
article. leftovers need sentences without chrome; pair needs the final paragraphs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from ..document import Document
from ..library import Library
from .chrome import chrome
from .harvest import harvest
from .language import language
from .layout import layout, layouts
from .leftovers import leftovers
from .markup import markup
from .pair import pair
from .repair import repair
from .spam import spam, spam_in_all

Stage = Callable[[Document, Library], Document]

FIRST = ("decode", "extract")
"""Stages that make the document; they run always, since without them there are no lines."""

STAGES: dict[str, Stage] = {
    "repair": repair,
    "markup": markup,
    "language": language,
    "chrome": chrome,
    "spam": spam,
    "harvest": harvest,
    "layout": layout,
    "leftovers": leftovers,
    "pair": pair,
}
"""The stages that work on a document, by the names that --stages takes, in their order."""

TOGETHER: Mapping[str, Callable[[Sequence[Document], Library], list[Document]]] = {
    "spam": spam_in_all,
    "layout": layouts,
}
"""Stages that take several documents at once in less time than one after the other, and do the same to them."""

NAMES = (*FIRST, *STAGES, "write")


def choose(names: Iterable[str] | None) -> tuple[str, ...]:
    """Return the chosen stages in their order; None means all. Raises ValueError for an unknown name."""
    if names is None:
        return tuple(STAGES)
    wanted = {names} if isinstance(names, str) else set(names)
    unknown = wanted.difference(NAMES)
    if unknown:
        raise ValueError(f"unknown stage {', '.join(sorted(unknown))}; known are {', '.join(NAMES)}")
    return tuple(name for name in STAGES if name in wanted)
