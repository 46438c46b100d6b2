"""Patterns that are compiled where they are first used: a class of Chinese characters takes `re` three milliseconds,
and there are many of them of which most texts need few.

What `re` and `regex` compile a text to is kept in the cache, so that only the first process compiles at all.
"""

from __future__ import annotations

import pickle
import re
import sys
from array import array
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar, cast

import regex

from . import cache

try:  # what re.compile consists of; a Python that has it elsewhere compiles in every process
    import _sre  # type: ignore[import-not-found]
    from re import _compiler, _parser  # type: ignore[attr-defined]
except ImportError:  # pragma: no cover
    _sre = None

Pattern = TypeVar("Pattern")
_Key = tuple[str, str, int]
_INVALID = (re.error, regex.error, OverflowError, RecursionError)

_late: dict[_Key, Callable[[str, int], Any]] = {}
"""Every pattern that this process has asked for, by the module that compiles it, its text and flags."""
_programs: dict[_Key, Any] = {}
"""What such patterns were compiled to, as far as the cache was looked at."""


class _Late:
    """Stands for a pattern. What is asked of it is kept, so that only the first use passes through here."""

    def __init__(self, key: _Key) -> None:
        self._key = key

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        pattern = vars(self).setdefault("_pattern", None) or _compiled(self._key)
        vars(self).update({"_pattern": pattern, name: getattr(pattern, name)})
        return vars(self)[name]


def late(make: Callable[[str, int], Pattern], text: str, flags: int = 0) -> Pattern:
    """Return the pattern that `make`, of `re` or `regex`, compiles of a text. What is wrong with the text is said at
    the first use.

    >>> import re
    >>> late(re.compile, "[a-c]+").search("xabc")[0]
    'abc'
    """
    key = (make.__module__, text, int(flags))
    _late[key] = make
    return cast(Pattern, _Late(key))


def _compiled(key: _Key) -> Any:
    if key not in _programs:
        _programs.update(_all_programs())
    program, made = _programs.get(key), None
    if program is not None:
        # What another version of `re` or `regex` made, or a broken file.
        with suppress(RuntimeError, TypeError, ValueError, OverflowError):
            made = _from_program(key, program)
    return made or _late[key](*key[1:])


def _all_programs() -> dict[_Key, Any]:
    """Return the programs of all patterns that are known by now; where the cache lacks them, they are made and kept."""
    keys = sorted(_late)
    name = cache.key(sys.version, regex.__version__, *map(repr, keys)) + ".patterns"
    found = cache.recall(name)
    if not isinstance(found, dict):
        if not cache.is_usable():
            return {}
        found = {key: _programs.get(key) or _program(key) for key in keys}
        cache.keep(name, found)
    return found


def _program(key: _Key) -> Any:
    """Return what a text is compiled to, None where it is no pattern: that is said where it is used."""
    module, text, flags = key
    with suppress(*_INVALID):
        if module != "re":
            return pickle.dumps(_late[key](text, flags), protocol=5)
        if _sre is not None:
            parsed = _parser.parse(text, flags)
            groups = parsed.state.groupdict
            names = [None] * parsed.state.groups
            for name, number in groups.items():
                names[number] = name
            code = array("I", _compiler._code(parsed, flags)).tobytes()
            return flags | parsed.state.flags, code, parsed.state.groups - 1, dict(groups), tuple(names)
    return None


def _from_program(key: _Key, program: Any) -> Any:
    if key[0] != "re":
        return cache.unpickled(program, cache.PATTERNS)
    flags, code, *groups = program
    return _sre.compile(key[1], flags, array("I", code).tolist(), *groups)
