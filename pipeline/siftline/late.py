"""Patterns that are compiled where they are first used, and from then on found in the cache: a class of Chinese
characters takes `re` three milliseconds, and there are many of them of which most texts need few.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
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
    made = _of_regex if make is cast(Any, regex.compile) else _of_re
    return cast(Pattern, _Late(lambda: made(text, str(int(flags))), text))


@kept
def _of_regex(text: str, flags: str) -> regex.Pattern[str]:
    return regex.compile(text, int(flags))


def _of_re(text: str, flags: str) -> re.Pattern[str]:
    """Return a pattern of `re`, which keeps nothing of what it compiles where a pattern is pickled: so its code is
    kept, and made a pattern again, or compiled where another Python goes about it differently.
    """
    try:
        pattern: re.Pattern[str] = import_module("_sre").compile(*_code(text, flags))
    except (ImportError, AttributeError, TypeError, RuntimeError):
        return re.compile(text, int(flags))
    return pattern


@kept
def _code(text: str, flags: str) -> tuple[Any, ...]:
    """Return what the last step of `re.compile` takes, as it comes to it: the pattern, its flags and code, and how many
    groups there are, with their names. To make a pattern of that takes a twentieth of the time.
    """
    parsed = import_module("re._parser").parse(text, int(flags))
    groups = parsed.state.groupdict
    names: list[str | None] = [None] * parsed.state.groups
    for name, number in groups.items():
        names[number] = name
    code = [int(one) for one in import_module("re._compiler")._code(parsed, int(flags))]
    return text, int(flags) | int(parsed.state.flags), code, parsed.state.groups - 1, groups, tuple(names)
