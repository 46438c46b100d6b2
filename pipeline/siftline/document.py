"""What flows through the stages: a `Document` of `Line`s, and the `Change`s made to them.

A line is never deleted or renumbered. What a stage decides about it is its role; what a stage does to
its text is a change, and `Document.apply` is the only way to make one. So the changes, replayed
backwards, give the input back: see `undo`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from .pages.dom import Page

ARTICLE_ROLES = frozenset({"body", "heading"})
"""Roles whose lines the writer puts into the article."""

META_ROLES = frozenset(
    {"title", "subtitle", "author", "date", "source", "credit", "caption", "keywords", "url", "front-matter"}
)
"""Roles whose lines leave the article for the front matter."""

REMOVED_ROLES = frozenset({"chrome", "spam", "markup", "duplicate", "layout", "lost", "joined"})
"""Roles whose lines stay in the ledger alone; chrome, spam and markup carry the rule's name behind a slash."""

# Only these three end a line. U+0085 is a plain byte of many wrong decodings, so it must not.
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")


class LedgerError(ValueError):
    """A change does not fit the document that it is applied to."""


class Line(NamedTuple):
    """One line of the input, with what has been decided about it."""

    text: str
    """The text as it stands now, without its terminator."""
    end: str = ""
    r"""The terminator: ``\n``, ``\r\n``, ``\r``, or nothing at the end of the input, and where the next paragraph stood
    on the same line (`repairs.glued`)."""
    role: str = "body"
    lang: str = "und"
    """ISO 639-1 code, or ``und``."""

    @property
    def in_article(self) -> bool:
        """Whether the writer puts this line into the article."""
        return self.role in ARTICLE_ROLES


_line = tuple.__new__  # makes a Line in a third of the time that Line() takes, where there are many
_change = tuple.__new__  # and so a Change


class Change(NamedTuple):
    """One entry of the ledger: `before` at `start` of `line` became `after`, because of `rule`."""

    rule: str
    """The rule's id, e.g. ``chrome/zh/icp-licence``."""
    line: int
    """Index of the line, from 0."""
    start: int
    """Offset in the text of the line as it stood at the time, in characters."""
    before: str
    after: str | None
    """The new text; None where the whole line left the article for `role`."""
    role: str | None = None
    """The role that the line got; None where only its text changed."""
    why: str = ""
    """What it rests on, where the rule alone does not say it: the score of the layout model and its reasons."""

    @classmethod
    def exit(cls, rule: str, line: int, text: str, role: str, why: str = "") -> Change:
        """Return the change by which a line with this text leaves the article for a role."""
        return _change(cls, (rule, line, 0, text, None, role, why))

    def record(self) -> dict[str, Any]:
        """Return the change as the JSON object that a result holds."""
        rule, line, start, before, after, role, why = self
        out: dict[str, Any] = {"rule": rule, "line": line, "start": start, "before": before, "after": after}
        if role is not None:
            out["role"] = role
        if why:
            out["why"] = why
        return out


class Fact(NamedTuple):
    """One value for the front matter, and the line it was read from (None: from the markup or the caller)."""

    field: str
    value: Any
    lang: str = "und"
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """What the bytes were, so that they can be given back.

    `residue` holds (offset, length, bytes) for the stretches of the encoded text that differ from the input.
    For HTML, `sha256` is the digest of the page that the lines were extracted from.
    """

    codec: str | None = None
    bom: bytes = b""
    residue: tuple[tuple[int, int, bytes], ...] = ()
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """Lines, the changes made to them, and the facts found; frozen: a stage returns a new one."""

    lines: tuple[Line, ...]
    changes: tuple[Change, ...] = ()
    facts: tuple[Fact, ...] = ()
    pairs: tuple[tuple[int, int], ...] = ()
    """Indices of lines that are translations of each other, ascending."""
    source: Source = field(default_factory=Source)
    host: str = ""
    """Host name of the page, where it is known; it selects rules/sites/<host>.toml."""
    page: Page | None = field(default=None, compare=False, repr=False)
    """What the markup said of each line, for a page that dom.py read; it goes into no record."""
    finished: bool = False
    """The text is an article file that siftline wrote: nothing is left to decide."""
    notes: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """What stages found out about the lines and may use again, shared with the documents that come from this one.
    It only saves time: what holds of the document is in the other fields."""

    @classmethod
    def of(cls, text: str, **fields: Any) -> Document:
        r"""Split a text into lines that keep their terminators.

        >>> [line.text + line.end for line in Document.of("a\r\n\nb").lines]
        ['a\r\n', '\n', 'b']
        """
        return cls(tuple(split_lines(text)), **fields)

    @property
    def text(self) -> str:
        """The text of all lines as they stand, whatever their role."""
        return "".join([line.text + line.end for line in self.lines])

    def apply(self, changes: Iterable[Change]) -> Document:
        """Return the document after `changes`, made in this order and entered into its ledger.

        Raises LedgerError for a change whose `before` is not what stands there, that takes a line which
        has already left the article, or that gives a role nobody knows.
        """
        changes = tuple(changes)
        if not changes:
            return self
        lines = list(self.lines)
        for change in changes:
            at = change[1]
            lines[at] = _changed(lines[at], change)
        return replace(self, lines=tuple(lines), changes=self.changes + changes)

    def with_lines(self, lines: Iterable[Line]) -> Document:
        """Return the document with other labels on its lines (`lang`, and `heading` for `body`), texts and all
        else alike. Raises LedgerError where more than that differs.
        """
        lines = tuple(lines)
        for old, new in zip(self.lines, lines, strict=True):
            if old is not new and (
                old[:2] != new[:2] or (old.role != new.role and not (old.in_article and new.in_article))
            ):
                raise LedgerError(f"not a label: {old!r} became {new!r}")
        return replace(self, lines=lines)

    def with_languages(self, numbers: Sequence[int], langs: Sequence[str]) -> Document:
        """Return the document with these languages on the lines of these indices, ascending."""
        if not numbers:
            return self
        texts, ends, roles, known = zip(*self.lines, strict=True)
        if len(langs) < len(known):
            labels = list(known)
            for number, lang in zip(numbers, langs, strict=True):
                labels[number] = lang
            langs = labels
        return replace(self, lines=tuple(map(_line, repeat(Line), zip(texts, ends, roles, langs, strict=True))))

    def with_facts(self, facts: Iterable[Fact]) -> Document:
        """Return the document with `facts` added behind those it has."""
        facts = tuple(facts)
        return replace(self, facts=self.facts + facts) if facts else self

    def remains(self) -> list[str]:
        """Return what a result keeps of each line: the text as it stands, or for a line that left the article
        only its terminator, since the ledger has the rest. `undo` takes it back.
        """
        return [text + end if role in ARTICLE_ROLES else end for text, end, role, _ in self.lines]


def is_blank(text: str) -> bool:
    """Whether a text is empty or white space; quicker than to strip it, and asked of every line many times.

    >>> is_blank(" \u3000"), is_blank("a")
    (True, False)
    """
    return not text or text.isspace()


def filled(texts: Sequence[str]) -> Sequence[int]:
    """Return the indices of the texts that are not blank.

    >>> list(filled(["a", " ", "b"]))
    [0, 2]
    """
    if all(texts) and not any(map(str.isspace, texts)):
        return range(len(texts))
    return [at for at, text in enumerate(texts) if text and not text.isspace()]


def article_languages(lines: Iterable[Line]) -> list[str]:
    """Return the labels of the article's lines that are not blank, `und` among them, each once and in the order in
    which they appear.
    """
    seen: list[str] = []
    for text, _, role, lang in lines:
        if lang not in seen and role in ARTICLE_ROLES and text and not text.isspace():
            seen.append(lang)
    return seen


def split_lines(text: str) -> list[Line]:
    r"""Split at ``\n``, ``\r\n`` and ``\r`` alone; an empty text has no lines.

    >>> split_lines("a\x85b\n")
    [Line(text='a\x85b', end='\n', role='body', lang='und')]
    """
    lines = []
    if "\r" not in text:
        parts = text.split("\n")
        last = parts.pop()
        lines = list(map(_line, repeat(Line), zip(parts, repeat("\n"), repeat("body"), repeat("und"), strict=False)))
        return [*lines, Line(last)] if last else lines
    return [Line(m[1], m[2]) for m in _LINE.finditer(text) if m[0]]


def undo(lines: Sequence[str], changes: Sequence[Any]) -> str:
    r"""Give the input back: replay `changes` (`Change`s, or as many five-tuples) backwards over `lines`.

    `lines` is what `Document.remains` returned. Raises LedgerError when they do not belong together.

    >>> undo(["\n"], [Change("chrome/en/share-bar", 0, 0, "Share", None, "chrome/share-bar")])
    'Share\n'
    """
    out = list(lines)
    for number in range(len(changes) - 1, -1, -1):
        _, line, start, before, after = changes[number][:5]
        after = after or ""
        if not 0 <= line < len(out) or out[line][start : start + len(after)] != after:
            raise LedgerError(f"change {number} does not fit line {line}")
        out[line] = out[line][:start] + before + out[line][start + len(after) :]
    return "".join(out)


def _changed(line: Line, change: Change) -> Line:
    text, end, role, lang = line
    rule, at, start, before, after, new_role, _ = change
    if after is None:
        if new_role is None or not _is_exit(new_role):
            raise LedgerError(f"{rule}: {new_role!r} is no role that a line can leave for")
        if role not in ARTICLE_ROLES or before != text or start:
            raise LedgerError(f"{rule}: line {at} is not in the article as {before!r}")
        return _line(Line, (text, end, new_role, lang))
    stop = start + len(before)
    if role not in ARTICLE_ROLES or start < 0 or text[start:stop] != before:
        raise LedgerError(f"{rule}: line {at} does not hold {before!r} at {start}")
    return _line(Line, (text[:start] + after + text[stop:], end, role, lang))


@lru_cache(1024)
def _is_exit(role: str) -> bool:
    return role in META_ROLES or role.partition("/")[0] in REMOVED_ROLES
