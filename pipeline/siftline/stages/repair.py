"""Damage that is not the author's: mojibake, lost bytes, odd characters, folded punctuation, broken flow.

Mojibake comes before everything that touches single characters: U+0085, U+00A0 and U+00AD are data in a wrong
decoding. ftfy comes after the readings that it does not know, since a line that it has touched can seldom be read
again. What joins lines comes last, when each says what it said. Each round may uncover more damage, so a document
is gone over until it stays as it is; that is why repairing repaired text does nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import takewhile
from typing import NamedTuple, cast

from ..document import ARTICLE_ROLES, Change, Document
from ..library import Library
from ..repairs import (
    census,
    characters,
    escapes,
    flow,
    forms,
    glued,
    missing_bytes,
    mojibake,
    punctuation,
    residue,
    second_opinion,
    western,
    wrapping,
)
from ..repairs.census import Census
from ..repairs.edits import Edit, Exit, Work, apply

ROUNDS = 12
"""Rounds after which a document is left as it is; real text needs at most four."""
DEPTH = 4
"""Times that an editor comes back before the next one: damage lies on damage of its own kind."""
MOST_EDITS = 100
"""A line with more edits gets one change for all of them."""
VANISHING = frozenset({"joined", "duplicate"})
"""Roles of lines of which not even the end stays in a repaired text."""
_LOST = "\ufffd"
_END = re.compile("\r\n|\r|\n")
_Done = dict[int, list[Edit | Exit]]


class _Editor(NamedTuple):
    """A kind of damage: whether a text may have it, at next to no cost, and what mends its lines."""

    is_suspect: Callable[[Census], bool]
    mend: Callable[[Sequence[str]], Work]


_WRAPS = _Editor(wrapping.is_suspect, wrapping.joined_in)
_WIDTH = (
    _Editor(punctuation.is_suspect, punctuation.folded_in),
    _Editor(forms.has_wide, forms.narrowed_in),
)
_MOJIBAKE = _Editor(mojibake.is_suspect, mojibake.undo_readings)
_EDITORS = (
    _Editor(characters.has_entity, characters.entities_in),
    _Editor(escapes.has_escape, escapes.escapes_in),
    _Editor(characters.has_surrogate_pair, characters.surrogate_pairs_in),
    _Editor(missing_bytes.is_suspect, missing_bytes.edits),
    _MOJIBAKE,
    _Editor(western.is_suspect, western.edits),
    _Editor(second_opinion.is_suspect, second_opinion.edits),
    _Editor(characters.has_odd_character, characters.odd_characters_in),
    _Editor(forms.has_form, forms.forms_in),
    _Editor(residue.is_suspect, residue.residue_in),
    *_WIDTH,
    _Editor(flow.has_spread, flow.closed_in),
    _Editor(flow.has_unspaced, flow.spaced_in),
    _WRAPS,
    _Editor(flow.has_double, flow.doubles_in),
)


def repair(doc: Document, library: Library) -> Document:
    """Undo damage, with a change for each damaged run. Repair has no rules: the library only says whether full and
    half width stay as they are.
    """
    doc = doc.apply(_gaps(doc))
    return doc.apply(_changes(doc, _editors(library.keep_width)))


def _gaps(doc: Document) -> Iterator[Change]:
    """Yield what takes out the gaps behind paragraphs that stood on a line with the next: `extract` set them apart."""
    for at, (text, end, role, _) in enumerate(doc.lines[:-1]):
        if not end and role in ARTICLE_ROLES:
            start = glued.gap_behind(text)
            if start < len(text):
                yield Change("repair/flow/glued", at, start, text[start:], "")


def repair_text(text: str, *, keep_width: bool = False) -> str:
    r"""Return `text` with its damage undone; text without damage comes back as it is. Of a line that is lost, U+FFFD
    remains.

    >>> repair_text("donâ€™t")
    'don’t'
    """
    editors = _editors(keep_width)
    for _ in range(ROUNDS):  # a gap may show where damage was undone
        before, text = text, _mended_text(glued.apart(text), editors)
        if text == before or glued.apart(text) == text:
            break
    return text


def _mended_text(text: str, editors: Sequence[_Editor]) -> str:
    plain = census.of(text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text)
    content = dict.fromkeys(takewhile(lambda editor: not editor.is_suspect(plain), editors), plain.text)
    if len(content) == len(editors):
        return text
    ends: list[str] = _END.findall(text) if "\r" in text else ["\n"] * text.count("\n")
    done, lines = _mended([*plain.lines], editors, content)  # a ledger would take longer
    left = dict(lines)
    out: list[str] = []
    for at, end in enumerate([*ends, ""]):
        if at in left:
            out += (left[at], end)
        elif _exit(done[at]).role == "joined":
            out[-1] = end
    return "".join(out)


@cache
def _editors(keep_width: bool) -> tuple[_Editor, ...]:
    return tuple(editor for editor in _EDITORS if not (keep_width and editor in _WIDTH))


def _changes(doc: Document, editors: Sequence[_Editor]) -> list[Change]:
    numbers = [at for at, line in enumerate(doc.lines) if line[2] in ARTICLE_ROLES]
    done, _ = _mended([doc.lines[at][0] for at in numbers], editors, {})
    return [change for at in sorted(done) for change in _ledger(numbers[at], doc.lines[numbers[at]].text, done[at])]


def _mended(
    lines: list[str], editors: Sequence[_Editor], content: dict[_Editor, str]
) -> tuple[_Done, Iterable[tuple[int, str]]]:
    """Return all that is to be done to the lines, in its order, and which are left, with what those say in the end.
    `content` has for each editor the text that it left as it was: it need not be asked about it again.
    """
    done: _Done = {}
    live = list(range(len(lines)))  # where each line that is still there came from
    text = census.of("\n".join(lines))
    for _ in range(ROUNDS):
        before = text.text
        for editor in editors:
            for _ in range(DEPTH):
                work = _work(editor, text, lines) if content.get(editor) != text.text else {}
                if not work:
                    content[editor] = text.text
                    break
                live, lines = _after(work, live, lines, done)
                text = census.of("\n".join(lines))
        if text.text == before:
            break
    return done, zip(live, lines, strict=True)


def _work(editor: _Editor, text: Census, lines: Sequence[str]) -> Work:
    return editor.mend(lines) if editor is _MOJIBAKE or editor.is_suspect(text) else {}


def _after(work: Work, live: list[int], lines: Sequence[str], done: _Done) -> tuple[list[int], list[str]]:
    """Enter `work` into `done`, and return which lines are left and what they say."""
    texts: list[str | None] = list(lines)
    for at, steps in work.items():
        done.setdefault(live[at], []).extend(steps)
        last = steps[-1]
        if isinstance(last, Exit):
            texts[at] = None if last.role in VANISHING else _LOST
        elif len(steps) == 1 and last.before == lines[at]:
            texts[at] = last.after
        else:
            texts[at] = apply(lines[at], cast(Sequence[Edit], steps))  # an exit comes last
    if None not in texts:
        return live, cast(list[str], texts)
    kept = [(origin, text) for origin, text in zip(live, texts, strict=True) if text is not None]
    return [origin for origin, _ in kept], [text for _, text in kept]


def _ledger(at: int, text: str, steps: Sequence[Edit | Exit]) -> list[Change]:
    """Return the changes of one line: its edits, or one for all where they are too many, and then its exit."""
    edits = [step for step in steps if isinstance(step, Edit)]
    leaves = next((step for step in steps if isinstance(step, Exit)), None)
    if len(edits) <= MOST_EDITS:
        changes = [Change(f"repair/{edit.name}", at, edit.start, edit.before, edit.after) for edit in edits]
    else:
        changes = [_summary(at, text, edits)]
    if leaves:
        changes.append(Change(f"repair/{leaves.name}", at, 0, apply(text, edits), None, leaves.role))
    return changes


def _exit(steps: Sequence[Edit | Exit]) -> Exit:
    return next(step for step in steps if isinstance(step, Exit))


def _summary(at: int, text: str, edits: Sequence[Edit]) -> Change:
    """Return one change for many edits, under the name that most of them have."""
    after = apply(text, edits)
    start = _common(text, after)
    end = min(_common(text[::-1], after[::-1]), len(text) - start, len(after) - start)
    name = Counter(edit.name for edit in edits).most_common(1)[0][0]
    return Change(f"repair/{name}", at, start, text[start : len(text) - end], after[start : len(after) - end])


def _common(first: str, second: str) -> int:
    """Return how many characters two strings have in common at their beginning."""
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if first[low:middle] == second[low:middle] else (low, middle - 1)
    return low
