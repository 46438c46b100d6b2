"""Undoing wrong readings: which stretches of a text are mojibake, and what they said.

Each stretch that can have been read wrongly is read again, and the reading that is the shortest to write down
wins, if it is much shorter than what stands there (`plausible.cost`). A line is decided by itself first; what most
of a document's damage turns out to be then helps to decide its short lines. See docs/repair.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from .edits import Edit, apply, line_ends, marked
from .plausible import cost
from .readings import ByteView, Reading, Span, decode_stretch, pattern_for, readings

SHORTEST = 3
"""A string of fewer characters is no evidence of anything."""
WORST, WORST_OF_RUN = 15.5, 13
"""Bits a character that what comes out may cost at most, ASCII aside: in one to three characters about those of a
rare Han character, in more of them a mean that text in no script reaches."""
RATIO = 0.8
"""Share of the cost of what stands there that what comes out may cost at most."""
SLACK, SLACK_RATIO = 5, 0.88
"""Bits to save, and share, where the rest of the document was read wrongly in the same way."""
DEPTH = 3
"""Wrong readings that are undone on top of each other."""
LONGEST = 20_000
"""Characters of a line above which it is read in parts, cut where a line of ASCII text could be cut."""
_ENOUGH = 60
"""Bits that a reading must save in a document before it helps to decide other lines."""
_ASCII = re.compile(r"[\x00-\x7f]+")
_UNUSUAL = re.compile("[^\x00-\x7f‘’“”–—…•©®™£é]")
"""What a text has at least beside ASCII that holds mojibake of any kind."""
_GATES = (
    ("cp1252", re.compile("[\xc0-\xe8\xea-\xff]")),
    ("cp1251", re.compile("[\u0401-\u0491]")),
    ("koi8-r", re.compile("[\u0410-\u044f]")),
    ("gb18030", re.compile("[\u3041-\u9fff\ue000-\ue864\ufffd]")),
    ("big5", re.compile("[\u4e00-\u9fff]")),
)
"""What a text holds at least that was read in a codec."""


def is_suspect(text: str) -> bool:
    """Whether a text has a trace of any wrong reading; clean text seldom has one."""
    return any(reading.trace.search(text) for reading in _possible(text))


def undo_readings(lines: Sequence[str]) -> dict[int, list[Edit]]:
    r"""Return, by the index of its line, what one step of undoing changes; nothing where all is well.

    >>> undo_readings(["don't", "Сегодня".encode().decode("cp1251")])[1][0].after
    'Сегодня'
    """
    suspects = _suspects(lines)
    best = {at: _best(lines[at], found) for at, found in suspects.items()}
    favourite = _favourite(best.values())
    if favourite is not None:
        for at, line in enumerate(lines):
            if not line.isascii():
                best[at] = _prefer(line, favourite, best.get(at, _NOTHING))
    return {at: list(found.edits) for at, found in sorted(best.items()) if found.edits}


class _Trial(NamedTuple):
    """A reading to be tried, how deep inside others, and whether the document speaks for it."""

    reading: Reading
    depth: int = 1
    slack: bool = False


class _Found(NamedTuple):
    saved: int
    edits: tuple[Edit, ...]
    reading: Reading | None


_NOTHING = _Found(0, (), None)


def _possible(text: str) -> Iterator[Reading]:
    """Yield the readings into whose codecs a text can have been decoded, for all that its characters say."""
    if text.isascii() or not _UNUSUAL.search(text):
        return
    open_codecs = {codec for codec, gate in _GATES if gate.search(text)}
    yield from (reading for reading in readings() if reading.false in open_codecs)


def _suspects(lines: Sequence[str]) -> dict[int, list[Reading]]:
    """Return for each line with traces the readings whose traces they are."""
    found: dict[int, list[Reading]] = {}
    text, ends = "\n".join(lines), line_ends(lines)
    for reading in _possible(text):
        for at in marked(reading.trace, text, ends):
            found.setdefault(at, []).append(reading)
    return found


def _best(line: str, candidates: Iterable[Reading], depth: int = 1) -> _Found:
    best = _NOTHING
    if len(line) >= (SHORTEST if depth == 1 else 2):
        for reading in candidates:
            found = _attempt(line, _Trial(reading, depth))
            if found.saved > best.saved:
                best = found
    return best


def _favourite(found: Iterable[_Found]) -> Reading | None:
    """Return the reading that explains most of a document's damage, where one explains more than half of it."""
    saved: Counter[Reading] = Counter()
    for one in found:
        if one.reading:
            saved[one.reading] += one.saved
    top = saved.most_common(1)
    return top[0][0] if top and top[0][1] >= max(_ENOUGH, saved.total() / 2) else None


def _prefer(line: str, favourite: Reading, best: _Found) -> _Found:
    """Return what the favourite makes of a line, unless the line's own best is much better."""
    if best.reading is favourite:
        return best
    found = _attempt(line, _Trial(favourite, slack=True))
    return found if found.saved * 4 >= best.saved * 3 else best


def _attempt(line: str, trial: _Trial) -> _Found:
    """Read a line again, a long one in parts: those can be decided apart."""
    if len(line) <= LONGEST:
        return _attempt_part(line, trial)
    saved, edits, at = 0, list[Edit](), 0
    while at < len(line):
        part = line[at : at + LONGEST]
        if len(part) == LONGEST:
            part = part[: max(part.rfind(mark) for mark in " ,.;:>") + 1] or part
        found = _attempt_part(part, trial)
        saved += found.saved
        edits.extend(edit._replace(start=edit.start + at) for edit in reversed(found.edits))
        at += len(part)
    return _Found(saved, tuple(reversed(edits)), trial.reading) if edits else _NOTHING


def _attempt_part(line: str, trial: _Trial) -> _Found:
    """Read a line again: whole stretches first, then those parts of a refused stretch that hold no ASCII."""
    edits: list[Edit] = []
    reading = trial.reading
    text = ByteView.of(line, reading.false)
    shortest = 2 if trial.slack or (reading.true == "utf-8" and text.starts is None) else 4
    for stretch in text.spans(pattern_for(text, reading), reading, None, shortest):
        spans: Iterable[Span] = [stretch]
        found = [_judged(line, stretch, trial)]
        if found[0] is None and _ASCII.search(stretch.raw):
            spans = list(text.spans(reading.piece, reading, stretch, shortest))
            found = [_judged(line, piece, trial) for piece in spans]
        for span, one in zip(spans, found, strict=True):
            if one:
                edits += [edit._replace(start=edit.start + span.start) for edit in reversed(one)]
    edits.reverse()
    return _Found(cost(line) - cost(apply(line, edits)), tuple(edits), reading) if edits else _NOTHING


def _judged(line: str, span: Span, trial: _Trial) -> list[Edit] | None:
    """Return the edits, to be made in their order, or None where what stands there stays."""
    reading, depth, slack = trial
    before, after = line[span.start : span.end], decode_stretch(span.raw, reading.true)
    if after is None or after == before:
        return None
    edits = [Edit(0, before, after, f"mojibake/{reading.name}")]
    final = after
    if depth < DEPTH and reading.true == "utf-8":
        deeper = _best(after, [found for found in _possible(after) if found.trace.search(after)], depth + 1)
        final, edits = apply(after, deeper.edits), edits + list(deeper.edits)
    old, new = _ASCII.sub(" ", before), _ASCII.sub(" ", final)
    left, right = line[max(0, span.start - 1) : span.start], line[span.end : span.end + 1]
    had, has = cost(left + old + right), cost(left + new + right)
    margin, ratio = (SLACK, SLACK_RATIO) if slack else (reading.margin, RATIO)
    worst = (WORST if len(new) < 4 else WORST_OF_RUN) * len(left + new + right)
    if had - has < margin or has > min(ratio * had, worst):
        return None
    return edits if len(edits) > 1 else _split(before, after, span, reading) or edits


def _split(before: str, after: str, span: Span, reading: Reading) -> list[Edit]:
    """Return edits of the single runs, last first, where they come to the same as an edit of the whole stretch."""
    if len(before) != len(span.raw):
        return []
    edits = []
    for run in reversed(list(reading.run.finditer(span.raw))):
        new = decode_stretch(run[0], reading.true) or ""
        edits.append(Edit(run.start(), before[run.start() : run.end()], new, f"mojibake/{reading.name}"))
    return edits if apply(before, edits) == after else []
