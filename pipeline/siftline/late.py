"""Patterns that are compiled where they are first used: a class of Chinese characters takes `re` three milliseconds,
and there are many of them of which most texts need few. Those of `regex`, which takes longer, are found in the cache.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import regex

from .tables import kept

Pattern = TypeVar("Pattern")


class _Late:
    """Stands for a pattern. What is asked of it is kept, so that only the first use passes through here."""

    def __init__(self, make: Callable[[], Any], text: str) -> None:
        self._make = make
        self.pattern = text

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        pattern = vars(self).setdefault("_pattern", None) or self._make()
        vars(self).update({"_pattern": pattern, name: getattr(pattern, name)})
        return vars(self)[name]


def late(make: Callable[[str, int], Pattern], text: str, flags: int = 0) -> Pattern:
    """Return the pattern that `make`, of `re` or `regex`, compiles of a text. What is wrong with the text is said at
    the first use.

    >>> import re
    >>> late(re.compile, "[a-c]+").search("xabc")[0]
    'abc'
    """
    if make is regex.compile:
        return cast(Pattern, _Late(lambda: _of_regex(text, str(int(flags))), text))
    return cast(Pattern, _Late(lambda: make(text, flags), text))


@kept
def _of_regex(text: str, flags: str) -> regex.Pattern[str]:
    return regex.compile(text, int(flags))
