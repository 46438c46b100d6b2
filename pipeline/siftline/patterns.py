"""What can be read off a pattern's parse tree: its anchors, the literals that any match must hold, inputs to pump.

The tree is the one that the `regex` package itself builds, so what is said here is said of the engine that
runs. The method for literals is the one of RE2's prefilter and of Google Code Search: a finite set of
strings for what is small, a required set for the rest (R. Cox, "Regular Expression Matching with a Trigram
Index", 2012).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import regex
from regex import _regex_core  # private, and pinned in constraints.txt: there is no public parser

core: Any = _regex_core  # the stubs leave its nodes out
FLAGS = regex.V1 | regex.IGNORECASE
VERSION = "9"
"""Changes with what is derived here, so that nothing older is taken from a cache."""
MOST_STRINGS = 48
"""A literal set larger than this costs more than it filters."""
MOST_PREFIXES = 400
"""As many ways to begin are tried on a line at once; more are not worth the list."""
ANY = "\0"
"""Among prefixes: anything may stand here."""
DIGIT = "0"
"""Stands for any digit at the beginning of a line."""
_FIRST_WORD = regex.compile(r"\W*+", regex.V1)
LONGEST_STRING = 8
"""Longer literals filter no better."""
_SMALL_SET = 24
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


class Needed(NamedTuple):
    """Folded strings of which any match holds at least `times`, each at a place of its own."""

    strings: frozenset[str]
    times: int = 1


class _Strings(NamedTuple):
    exact: frozenset[str] | None  # all that the node matches, where that is a small set
    needed: Needed | None  # what is in whatever the node matches


_UNKNOWN = _Strings(None, None)
_NOTHING = _Strings(frozenset([""]), None)


def needed(pattern: str) -> Needed | None:
    r"""Return folded strings that the folded text of any match holds so and so often; None where none can be named.

    >>> needed(r"^(?:Cookie|Privacy) policy$").strings, needed(r"(?:(?:News|Sport)\s*){3,9}").times
    (frozenset({'policy'}), 3)
    """
    return _best(_strings(parse(pattern)))


def leading(pattern: str) -> frozenset[str] | None:
    r"""Return folded strings with one of which a line that matches begins, its leading non-word characters aside.

    None where the pattern does not say so.

    >>> sorted(leading(r"^\W*+(?:by|from)\s")), leading("by")
    (['by', 'from'], None)
    """
    tree = parse(pattern)
    items = tree.items if isinstance(tree, core.Sequence) else [tree]
    if not items or not isinstance(items[0], _STARTS):
        return None
    start = next((at for at, item in enumerate(items) if at and not _is_wordless(item)), len(items))
    strings = {DIGIT if s[:1].isdecimal() else s for s in _prefixes(items[start:])}
    return frozenset(strings) if all(s and regex.match(r"\w", s) for s in strings) else None


def opening(line: str) -> str:
    """Return the folded beginning of a line, as `leading` means it: what stands behind the non-word characters,
    with a digit in the first place shown as DIGIT.

    >>> opening("• ７ Ways"), opening("【By】")
    ('0 ways', 'by】')
    """
    match = _FIRST_WORD.match(line)
    start = match.end() if match else 0
    text = fold(line[start : start + LONGEST_STRING])
    return DIGIT + text[1:] if text[:1].isdecimal() else text


def _prefixes(items: Sequence[Any]) -> frozenset[str]:
    """Return folded strings with one of which any match of the items begins; ANY is among them where one may not,
    and "" where the items can match nothing.
    """
    if not items:
        return frozenset([""])
    strings, whole = _prefixes_of(items[0])
    rest: frozenset[str] | None = None
    found: set[str] = set()
    for string in strings:
        if string and (string == ANY or not whole or len(string) >= LONGEST_STRING):
            found.add(string[:LONGEST_STRING])
            continue
        rest = _prefixes(items[1:]) if rest is None else rest
        found |= {(string + more)[:LONGEST_STRING] for more in rest if more != ANY}
        if ANY in rest:
            found.add(string or ANY)
    return frozenset(found) if len(found) <= MOST_PREFIXES else frozenset([ANY])


def _prefixes_of(node: Any) -> tuple[frozenset[str], bool]:
    """Return the same for one node, and whether these strings are all of what it matches."""
    if isinstance(node, core.Sequence):
        exact = _strings(node).exact
        return (exact, True) if exact is not None else (_prefixes(node.items), False)
    if isinstance(node, _WRAPPERS):
        return _prefixes_of(node.subpattern)
    if isinstance(node, core.Branch):
        parts = [_prefixes_of(branch) for branch in node.branches]
        return frozenset().union(*(strings for strings, _ in parts)), all(whole for _, whole in parts)
    if isinstance(node, _REPEATS):
        strings, whole = _prefixes_of(node.subpattern)
        return (strings if node.min_count else strings | {""}), whole and node.max_count == 1
    if isinstance(node, core.Property) and node._key[1:3] == _DIGITS:
        return frozenset([DIGIT]), False
    exact = _strings(node).exact
    return (frozenset([ANY]), False) if exact is None else (exact, True)


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


def _strings(node: Any) -> _Strings:  # noqa: PLR0911 - one for each kind of node
    if isinstance(node, core.Character):
        return _Strings(frozenset([fold(chr(node.value))]), None) if node.positive else _UNKNOWN
    if isinstance(node, core.Sequence):
        return _sequence(node.items)
    if isinstance(node, core.Branch):
        return _union([_strings(branch) for branch in node.branches])
    if isinstance(node, _REPEATS):
        return _repeat(node)
    if isinstance(node, _WRAPPERS):
        return _strings(node.subpattern)
    if isinstance(node, core.SetUnion) and node.positive:
        return _union([_strings(item) for item in node.items]) if len(node.items) <= _SMALL_SET else _UNKNOWN
    if isinstance(node, core.LookAround) and node.positive:
        return _Strings(frozenset([""]), _best(_strings(node.subpattern)))
    if isinstance(node, core.ZeroWidthBase | core.LookAround):
        return _NOTHING
    return _UNKNOWN


def _sequence(items: list[Any]) -> _Strings:
    found: Needed | None = None
    run: frozenset[str] = frozenset([""])
    exact = True
    for item in items:
        part = _strings(item)
        found = _better(found, part.needed)
        joined = _product(run, part.exact)
        if joined is None:
            found, exact = _better(found, Needed(run)), False
            run = part.exact if part.exact is not None else frozenset([""])
        else:
            run = joined
    return _Strings(run if exact else None, _better(found, Needed(run)))


def _product(left: frozenset[str], right: frozenset[str] | None) -> frozenset[str] | None:
    if right is None or len(left) * len(right) > MOST_STRINGS:
        return None
    if max(map(len, left)) >= LONGEST_STRING:
        return None
    return frozenset(a + b for a, b in itertools.product(left, right))


def _union(parts: list[_Strings]) -> _Strings:
    exact = [part.exact for part in parts]
    if None not in exact:
        joined = frozenset().union(*exact)  # type: ignore[arg-type]
        return _Strings(joined if len(joined) <= MOST_STRINGS else None, Needed(joined))
    each = [_best(part) for part in parts]
    if None in each:
        return _UNKNOWN
    strings = frozenset().union(*(need.strings for need in each if need))
    return _Strings(None, Needed(strings, min(need.times for need in each if need)))


def _repeat(node: Any) -> _Strings:
    inner = _strings(node.subpattern)
    if node.min_count == 0:
        if node.max_count == 1 and inner.exact is not None:
            return _Strings(inner.exact | {""}, None)
        return _UNKNOWN
    if node.min_count == node.max_count == 1:
        return inner
    best = _best(inner)
    if best and not _looks_around(node.subpattern):  # each time round takes characters of its own
        best = Needed(best.strings, best.times * node.min_count)
    return _Strings(None, best)


def _looks_around(node: Any) -> bool:
    """Whether a lookaround is anywhere in a node: what it sees it does not take."""
    if isinstance(node, core.LookAround):
        return True
    if isinstance(node, core.Sequence):
        return any(map(_looks_around, node.items))
    if isinstance(node, core.Branch):
        return any(map(_looks_around, node.branches))
    return isinstance(node, (*_REPEATS, *_WRAPPERS)) and _looks_around(node.subpattern)


def _best(found: _Strings) -> Needed | None:
    return _better(found.needed, None if found.exact is None else Needed(found.exact))


def _better(a: Needed | None, b: Needed | None) -> Needed | None:
    return b if _worth(b) > _worth(a) else a


def _worth(need: Needed | None) -> tuple[int, int]:
    """Rarer is better: a Han or Cyrillic character says more than a Latin one, a digit or a space nothing."""
    if not need or not need.strings or "" in need.strings:
        return (0, 0)
    return (min(need.times, 3) * min(sum(map(_weight, s)) for s in need.strings), -len(need.strings))


def _weight(char: str) -> int:
    if char.isalpha():
        return 2 if char.isascii() else 4
    if char.isspace() or char.isdigit() or char in ".,-:/'":
        return int(not char.isspace())
    return 3


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


_WORDS = {parse(r"\w").items[0]._key[1:3]}
_LETTERS_AND_DIGITS = {parse(source).items[0]._key[1:3] for source in (r"\p{L}", r"\p{N}")}
_DIGITS = parse(r"\d").items[0]._key[1:3]
_WORDLESS = {
    core_node._key[1:3] for source in (r"\W", r"\s", r"\p{P}", r"\p{Z}", r"\p{S}") for core_node in parse(source).items
}


def _is_wordless(node: Any) -> bool:
    r"""Whether a node can only match characters that are not \w, or nothing."""
    if isinstance(node, core.Character):
        return node.positive and not regex.match(r"\w", chr(node.value))
    if isinstance(node, core.Property):
        return node._key[1:3] in _WORDLESS
    if isinstance(node, core.SetUnion):
        return all(map(_is_wordless, node.items)) if node.positive else _leaves_out_words(node)
    if isinstance(node, core.Sequence):
        return all(map(_is_wordless, node.items))
    if isinstance(node, (*_REPEATS, *_WRAPPERS)):
        return _is_wordless(node.subpattern)
    return isinstance(node, core.LookAround)


def _leaves_out_words(node: Any) -> bool:
    r"""Whether a negated class leaves out all of \w, or letters and digits."""
    keys = {item._key[1:3] for item in node.items if isinstance(item, core.Property)}
    return bool(keys & _WORDS) or keys >= _LETTERS_AND_DIGITS


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
