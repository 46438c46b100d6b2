"""Patterns that are compiled where they are first used, and from then on found in the cache: a class of Chinese
characters takes `re` three milliseconds, and there are many of them of which most texts need few.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, TypeVar, cast

from . import cache

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
    return cast(Pattern, _Late(lambda: _made(make, text, flags), text))


def _made(make: Callable[[str, int], Any], text: str, flags: int) -> Any:
    """Return a compiled pattern, from the cache where it was made before. One of `regex` can be pickled; of one of `re`
    the code is kept, or nothing where another Python goes about it differently.
    """
    name = cache.key("late", sys.version, make.__module__, text, str(int(flags))) + ".late"
    kept = found = cache.recall(name, cache.PATTERNS)
    try:
        if make is cast(Any, re.compile):
            kept = found or _code(text, flags)
            pattern = import_module("_sre").compile(*kept)
        else:
            pattern = kept = found or make(text, flags)
    except (ImportError, AttributeError, TypeError, RuntimeError):
        return make(text, flags)
    if not found:
        cache.keep(name, kept)
    return pattern


def _code(text: str, flags: int) -> tuple[Any, ...]:
    """Return what the last step of `re.compile` takes, as it comes to it: the pattern, its flags and code, and how many
    groups there are, with their names. To make a pattern of that takes a twentieth of the time.
    """
    parsed = import_module("re._parser").parse(text, flags)
    groups = parsed.state.groupdict
    names: list[str | None] = [None] * parsed.state.groups
    for name, number in groups.items():
        names[number] = name
    code = [int(one) for one in import_module("re._compiler")._code(parsed, flags)]
    return text, int(flags | parsed.state.flags), code, parsed.state.groups - 1, groups, tuple(names)
