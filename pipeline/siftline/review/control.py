"""The control of a review: a bad rule that is planted in the same run must be caught, or the report is worth nothing.

The rule drops every line that reads like a sentence of an article. It is put behind the rules of the head and goes
the whole way with them, over a text made up for the purpose and the first documents of the corpus.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..files import Item
from ..prose import reads_like_article
from ..rules import Rule
from .compare import REMOVED, Both, compare
from .measure import measure, states
from .sides import Side, lend, library_of

RULE = Rule(
    id="chrome/any/planted-by-review", stage="chrome", lang="any", path="", why="must be caught by every review",
    match=r"^(?=.*[.。!！?？…][”’\"'」』）)]{0,3}\s*$).{30,}$", action="drop", hits=("x",), misses=("x", "y"),
)  # fmt: skip
DOCUMENTS = 3
"""Documents of the corpus on which the planted rule is tried as well."""
PLANTED = """\
The council of the lower valley has decided to mend the old ferry before the winter, whatever the yard may say about it.

全村的水渠从明年春天起分批改造，工程由县里出资，村民们说这是他们等了二十年的好消息，谁也没有想到会来得这么快。

Паром вернётся на реку в понедельник, после долгой зимы в доке, и жители обоих берегов спорят, кто первым сядет в него.
"""


_PLANTED = Item("planted", content=PLANTED)
_EXPECTED = 3
"""Lines of PLANTED, all of which must go."""


class Control(NamedTuple):
    """Whether the planted rule was caught."""

    planted: int
    """Lines that it took."""
    caught: int
    """Those of them that the comparison calls newly removed, and by this rule."""
    emptied: bool
    """Whether it says of the text made up for the purpose that nothing is left of it."""

    @property
    def holds(self) -> bool:
        """Whether every line was caught, the known ones among them."""
        return self.planted == self.caught >= _EXPECTED and self.emptied


def control(base: Side, head: Side, items: Iterable[Item]) -> Control:
    """Plant the rule among those of a side, and count what the comparison says of it; `items` are a few documents."""
    good = _ground(base, head)
    bad = Side("control", library_of([*good.rules, RULE], good.library))
    lend(base.library, bad.library)
    planted = caught = 0
    emptied = False
    for item in (_PLANTED, *items):
        both = Both(item, measure(item, good), measure(item, bad))
        taken = {
            at
            for at, (old, new) in enumerate(zip(states(item, both.base), states(item, both.head), strict=True))
            if old.kept and not new.kept and reads_like_article(old.source)
        }
        found = compare(both, "", {})
        seen = [c for c in found.changes if c.kind == REMOVED and c.rule == RULE.id] if found else []
        planted += len(taken)
        caught += len(taken.intersection(change.line for change in seen))
        emptied |= found is not None and item is _PLANTED and found.emptied
    return Control(planted, caught, emptied)


def _ground(base: Side, head: Side) -> Side:
    """Return the head, or where that spoils the text made up for the purpose the base, or else no rules at all."""
    for side in (head, base):
        if all(state.kept for state in states(_PLANTED, measure(_PLANTED, side)) if state.source):
            return side
    return Side("no rules", library_of([], head.library))
