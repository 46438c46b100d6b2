"""What can be read off a pattern's parse tree: its anchors, the size of a match, inputs to pump.

The tree is the one that the `regex` package itself builds, so what is said here is said of the engine that runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile
from typing import Any

import regex
from regex import _regex_core  # private, and pinned in constraints.txt: there is no public parser

core: Any = _regex_core  # the stubs leave its nodes out
FLAGS = regex.V1 | regex.IGNORECASE
_REPEATS = (core.GreedyRepeat, core.LazyRepeat, core.PossessiveRepeat)
_WRAPPERS = (core.Group, core.Atomic)
_STARTS = (core.StartOfString,)
_ENDS = (core.EndOfString, core.EndOfStringLine)


@lru_cache(maxsize=8)
def parse(pattern: str) -> Any:
    """Return the parse tree of `pattern`, which must be one that `regex` compiles. Read it, never change it."""
    flags = int(FLAGS | regex.UNICODE)
    while True:
        source = core.Source(pattern)
        info = core.Info(flags, source.char_type, {})
        info.guess_encoding = core.UNICODE
        source.ignore_space = bool(info.flags & core.VERBOSE)
        try:
            return core._parse_pattern(source, info)
        except core._UnscopedFlagSet:
            flags = int(info.global_flags)


def fold(text: str) -> str:
    """Fold case so that whatever `regex` calls equal while ignoring case is equal here too.

    >>> fold("ſİıK") == fold("siik")
    True
    """
    if "İ" in text or "ı" in text:
        text = text.replace("İ", "i").replace("ı", "i")
    return text.casefold()


def is_anchored(pattern: str) -> bool:
    """Whether every way through the pattern is tied to the start and to the end of the line."""
    tree = parse(pattern)
    return _edge(tree, 0, _STARTS) and _edge(tree, -1, _ENDS)


def is_alternation(pattern: str) -> bool:
    """Whether anchors tie only some branches of a top-level alternation, as in `^a|b$`, which surprises.

    >>> is_alternation("^a|b$"), is_alternation("^(?:a|b)$")
    (True, False)
    """
    tree = parse(pattern)
    while isinstance(tree, core.Sequence) and len(tree.items) == 1:
        tree = tree.items[0]
    if not isinstance(tree, core.Branch):
        return False
    tied = [{_edge(branch, side, anchors) for branch in tree.branches} for side, anchors in ((0, _STARTS), (-1, _ENDS))]
    return any(len(kinds) == 2 for kinds in tied)


def longest_match(pattern: str) -> int | None:
    """Return the largest number of characters a match can have, or None where there is no bound."""
    width = parse(pattern).max_width()
    return None if width >= core.UNLIMITED else int(width)


def is_without(pattern: str, char: str) -> bool:
    """Whether the pattern matches no line with a character, since it begins with a look at the whole line that says so.

    >>> is_without("^(?=[^。]{8,80}+$).*猫", "。"), is_without("^(?=[^。]{8}).*猫.*$", "。")
    (True, False)
    """
    items = getattr(parse(pattern), "items", ())
    if not items or not isinstance(items[0], _STARTS):
        return False
    looks = takewhile(lambda item: isinstance(item, core.LookAround), items[1:])
    wholes: list[Any] = [getattr(look.subpattern, "items", ()) for look in looks if look.positive and not look.behind]
    return any(
        len(whole) == 2
        and isinstance(whole[0], _REPEATS)
        and isinstance(whole[0].subpattern, (core.SetUnion, core.Character))
        and not whole[0].subpattern.matches(ord(char))
        and isinstance(whole[1], _ENDS)
        for whole in wholes
    )


def pumped(pattern: str, size: int) -> Iterator[str]:
    """Yield inputs of about `size` characters that repeat, in turn, what each open-ended part matches.

    Each ends in what breaks the match, once bare and once with a whole match behind it, since an engine that
    first looks for a literal gives up early without.
    """
    tree = parse(pattern)
    seen = set()
    for before, unit in _pumps(tree, ""):
        text = before + unit * (size // max(1, len(unit))) + "\x01"
        if unit and text not in seen:
            seen.add(text)
            yield text
            yield text + _sample(tree) + "\x01"


def _edge(node: Any, side: int, anchors: tuple[type, ...]) -> bool:
    if isinstance(node, core.Sequence):
        return bool(node.items) and _edge(node.items[side], side, anchors)
    if isinstance(node, core.Branch):
        return all(_edge(branch, side, anchors) for branch in node.branches)
    if isinstance(node, _WRAPPERS):
        return _edge(node.subpattern, side, anchors)
    return isinstance(node, anchors)


def _pumps(node: Any, before: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, core.Sequence):
        for item in node.items:
            yield from _pumps(item, before)
            before += _sample(item)
    elif isinstance(node, core.Branch):
        for branch in node.branches:
            yield from _pumps(branch, before)
    elif isinstance(node, _REPEATS):
        if node.max_count is None or node.max_count > 50:
            for unit in _units(_bare(node.subpattern)):
                yield before, unit
            yield "", before + _sample(node.subpattern)
        yield from _pumps(node.subpattern, before)
    elif isinstance(node, (*_WRAPPERS, core.LookAround)):
        yield from _pumps(node.subpattern, before)


def _bare(node: Any) -> Any:
    while isinstance(node, _WRAPPERS) or (isinstance(node, core.Sequence) and len(node.items) == 1):
        node = node.subpattern if isinstance(node, _WRAPPERS) else node.items[0]
    return node


def _sample(node: Any) -> str:  # noqa: PLR0911 - one for each kind of node
    """Return a short string that the node matches, or most likely matches."""
    if isinstance(node, core.Character):
        return chr(node.value) if node.positive else "x"
    if isinstance(node, core.Sequence):
        return "".join(_sample(item) for item in node.items)
    if isinstance(node, core.Branch):
        return _sample(node.branches[0])
    if isinstance(node, _REPEATS):
        return _sample(node.subpattern) * int(min(node.min_count, 20))
    if isinstance(node, _WRAPPERS):
        return _sample(node.subpattern)
    if isinstance(node, core.ZeroWidthBase | core.LookAround):
        return ""
    return _units(node)[0]


def _units(node: Any) -> list[str]:
    """Return what to pump for a part. What a property or a negated class holds can't be read off the tree, so
    for those one character of each common kind is tried.
    """
    if isinstance(node, core.Range) and node.positive:
        return [chr(node.lower)]
    if isinstance(node, core.SetUnion) and node.positive:
        return [unit for item in node.items[:4] for unit in _units(item)]
    if isinstance(node, core.Property | core.SetBase | core.Any):
        return ["中", "a", "1", " ", "."]
    return [_sample(node)] if not isinstance(node, core.Range | core.RefGroup) else ["a"]
