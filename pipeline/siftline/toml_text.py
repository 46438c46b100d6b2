"""TOML as text: where a table stands in a file, and how an entry is added to one of its lists.

tomllib reads values and forgets comments, layout and line numbers; here only the strings, brackets and comments are
told apart, which is enough to find a place and to leave everything else as it is.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from typing import NamedTuple

import regex

from .late import late

WIDTH = 120
"""Characters of a line beyond which an entry begins a line of its own."""
_TOKEN = late(
    regex.compile,
    r"(?P<comment>\#[^\n]*+)|(?P<string>\"{3}(?:\\.|[^\\])*?\"{3,5}|'{3}.*?'{3,5}|\"(?:\\.|[^\"\\\n])*+\"|'[^'\n]*+')"
    r"|(?P<open>[\[{])|(?P<close>[\]}])|(?P<newline>\n)|(?P<other>[^\#\"'\[\]{}\n]++|.)",
    regex.V1 | regex.S,
)


class EditError(ValueError):
    """An entry cannot be added: the message says why, in one line."""


class Table(NamedTuple):
    """A table of a file, by offsets: its header, and the end of its last entry."""

    name: str
    start: int
    end: int


class _Token(NamedTuple):
    kind: str
    start: int
    end: int
    depth: int
    """Brackets that are open before it."""
    first: bool
    """Whether only spaces stand before it on its line."""


def _tokens(text: str) -> Iterator[_Token]:
    depth, first = 0, True
    for match in _TOKEN.finditer(text):
        kind = str(match.lastgroup)
        if kind == "close":
            depth = max(0, depth - 1)
        yield _Token(kind, *match.span(), depth, first)
        depth += kind == "open"
        first = kind == "newline" or (first and kind == "other" and not match[0].strip())


def tables(text: str) -> list[Table]:
    """Return the tables of a file, in order; blank lines and comments between two belong to neither."""
    found: list[Table] = []
    heads: list[tuple[str, int]] = []
    ends: list[int] = []
    for token in _tokens(text):
        if token.kind == "open" and token.first and token.depth == 0:
            heads.append((text[token.end : text.index("]", token.end)].strip(" \t\"'"), token.start))
            ends.append(token.end)
        elif heads and token.kind != "comment" and text[token.start : token.end].strip():
            ends[-1] = token.end
    for (name, start), end in zip(heads, ends, strict=True):
        found.append(Table(name, start, end))
    return found


def lines_of(text: str, name: str) -> tuple[int, int] | None:
    r"""Return the first and the last line of a table, from 1; None where the file has no such table.

    >>> lines_of("prose = []\n\n[share]\nwhy = 'x'\n\n[print]\n", "share")
    (3, 4)
    """
    table = next((table for table in tables(text) if table.name == name), None)
    return (text.count("\n", 0, table.start) + 1, text.count("\n", 0, table.end) + 1) if table else None


def add_to_list(text: str, name: str, key: str, value: str) -> str:
    r"""Return the file with a string added to a list of a table, all else as it was. Raises EditError.

    >>> add_to_list('[share]\nmisses = ["a"]  # near\n', "share", "misses", "b")
    '[share]\nmisses = ["a", "b"]  # near\n'
    """
    table = next((table for table in tables(text) if table.name == name), None)
    if table is None:
        raise EditError(f"has no table [{name}]")
    opened, closed, last = _list(text, table, key)
    before = tomllib.loads(text)
    after = _added(text, (opened, closed, last), quoted(value))
    before[name][key].append(value)
    try:
        same = tomllib.loads(after) == before
    except tomllib.TOMLDecodeError:
        same = False
    if not same:
        raise EditError(f"[{name}] {key}: the entry cannot be added without altering more; add it by hand")
    return after


def quoted(value: str) -> str:
    """Return a string as TOML writes it on one line. Raises EditError for a lone surrogate, which TOML cannot hold."""
    if any("\ud800" <= c <= "\udfff" for c in value):
        raise EditError("the text holds half a character, which TOML cannot hold")
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _list(text: str, table: Table, key: str) -> tuple[int, int, int]:
    """Return where a list opens, where it closes, and where its last entry ends."""
    wanted = regex.compile(rf"[\"']?{regex.escape(key)}[\"']?\s*=\s*")
    opened = last = None
    for token in _tokens(text[: table.end]):
        if token.start < table.start:
            continue
        if opened is None:
            if token.kind == "open" and token.depth == 0 and wanted.fullmatch(_line_before(text, token.start)):
                opened, last = token.start, token.end
        elif token.kind == "close" and token.depth == 0:
            return opened, token.start, last or opened
        elif token.kind == "string":
            last = token.end
    raise EditError(f"[{table.name}] has no list `{key}`")


def _line_before(text: str, at: int) -> str:
    return text[text.rfind("\n", 0, at) + 1 : at].lstrip()


def _added(text: str, place: tuple[int, int, int], entry: str) -> str:
    opened, closed, last = place
    empty = last == opened + 1
    line_start, line_end = text.rfind("\n", 0, closed) + 1, (text + "\n").find("\n", closed)
    if "\n" not in text[last:closed]:
        fits = line_end - line_start + len(entry) + 2 <= WIDTH
        indent = " " * (opened + 1 - (text.rfind("\n", 0, opened) + 1))
        comma = "" if empty else ", " if fits else ",\n" + indent
        return text[:last] + comma + entry + text[last:]
    indent = text[text.rfind("\n", 0, last) + 1 : last]
    indent = indent[: len(indent) - len(indent.lstrip())] or "  "
    rest = text[last:]
    comma = "" if rest.lstrip().startswith(",") or empty else ","
    if rest.lstrip().startswith(","):
        cut = rest.index(",") + 1
        comma, rest = rest[:cut], rest[cut:]
    stop = rest.index("\n")  # a comment behind the last entry stays with it
    return text[:last] + comma + rest[:stop] + f"\n{indent}{entry}," + rest[stop:]
