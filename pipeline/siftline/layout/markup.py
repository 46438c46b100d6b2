"""What the markup of a page says of its lines, as features: tags, links, names of classes, and the elements around."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from ..pages.dom import Page
from ..pages.hints import BOXES
from ..pages.marks import BIT, FLAGS, TAGS, WORDS
from .features import LINKED, Floats, Table, Windows, shifted
from .parts import PART_NAMES, held, part_counts

NEAR = 2
"""Levels above a line's block up to which a word counts as near."""
_IS_TEXT = np.isin(TAGS, ("p", "blockquote", "pre")).astype(np.float32)
"""Whether a tag, by its number, is that of a paragraph."""
_RADII = (3, 10)
_FLAG_NAMES = [f"in {flag}" for flag in FLAGS]
_BITS = np.array([BIT[flag] for flag in FLAGS], np.int32)[:, None]
_NEAR = ("names", "links", "paragraphs", "headings", "depth", "given text")
_OFFSETS = (-2, -1, 1, 2)
_NEAR_NAMES = [f"{name} {by:+d}" for by in _OFFSETS for name in _NEAR]
_WITHIN_NAMES = [f"{name} within {radius}" for radius in _RADII for name in _NEAR]
_WITHIN = [(-radius, radius) for radius in _RADII]
LEVELS = range(1, BOXES + 1)
_AROUND = (
    "lines", "text", "linked text", "paragraph text", "prose", "names", "links", "wording", "rules", "given text",
)  # fmt: skip
_AROUND_NAMES = [f"{name} of box {level}" for name in _AROUND for level in LEVELS]


@dataclass(frozen=True)
class Hints:
    """The hints of a document's lines that are not blank."""

    lines: dict[str, npt.NDArray[Any]]
    """An array for each name in hints.py."""
    elements: tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]
    """The ranges of lines of all containers, and at last of the page."""
    inside: npt.NDArray[np.intp]
    """(levels, lines): the numbers of the containers around each line, from inside out; -1 where there is none."""
    groups: npt.NDArray[np.intp]
    """For each container, and at last for the page, a number that those share whose tags and classes are alike."""
    words: npt.NDArray[np.intp]
    """Numbers of the words, below 2 * WORDS: those near a line, then those farther up."""
    spans: tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]
    """The ranges of lines that the words hold for."""
    thread: bool = False
    """Whether the page says that it is a thread."""

    @classmethod
    def of(cls, page: Page, filled: npt.NDArray[np.intp]) -> Hints:
        """Take what a page says of the lines with these numbers; `filled` ascends."""
        place = np.searchsorted(filled, np.arange(len(page.lines) + 1))
        some = filled.size < len(page.lines)
        lines = {name: array[filled] for name, array in page.hints.items()} if some else page.hints.copy()
        inside = np.stack([lines.pop(f"box{level}") for level in range(1, BOXES + 1)])
        words = page.words["hash"].astype(np.intp) + WORDS * (page.words["near"] > NEAR)
        return cls(
            lines,
            (place[np.append(page.elements["start"], 0)], place[np.append(page.elements["end"], len(page.lines))]),
            inside,
            np.append(page.elements["group"], page.elements["group"].max(initial=-1) + 1),
            words,
            (place[page.words["start"]], place[page.words["end"]]),
            page.head.thread,
        )

    @cached_property
    def linked(self) -> npt.NDArray[np.bool_]:
        """Which lines are links, or mostly so."""
        linked: npt.NDArray[np.bool_] = self.lines["link_chars"] >= LINKED * np.maximum(self.lines["chars"], 1)
        return linked

    def word_scores(self, weights: npt.NDArray[np.int8]) -> Floats:
        """Return for each line the sum of its words' weights over the root of their number."""
        size = self.lines["tag"].size
        total, count = held(self.spans, size, weights[self.words].astype(np.int64)), held(self.spans, size)
        out: Floats = (total / np.sqrt(count + 1.0) / 64).astype(np.float32)
        return out


def markup_features(table: Table, hints: Hints, rows: Floats, weights: npt.NDArray[np.int8]) -> Floats:
    """Add what the markup says of each line, of those near it, and of the elements around it; return new rows."""
    of = hints.lines
    words = table.add("names", hints.word_scores(weights))
    table.extend(PART_NAMES, part_counts(hints.words, hints.spans, words.size))
    links, given = _own(table, of)
    depth, text = of["depth"].astype(np.float32), rows[12]
    middle = float((depth * text).sum() / max(float(text.sum()), 1.0))
    table.add("depth", depth)
    table.add("depth beside the text", depth - np.float32(middle))
    plain = _IS_TEXT[of["tag"]]
    heading = ((of["flags"] & BIT["heading"]) > 0).astype(np.float32)
    _near(table, np.stack([words, links, plain, heading, depth, given]), hints)
    mass = np.stack([text, text * links, text * plain, rows[8], words, links, rows[1], rows[3], text * given])
    _around(table, mass, hints)
    return mass


def _own(table: Table, of: Mapping[str, npt.NDArray[Any]]) -> tuple[Floats, Floats]:
    """Add what the markup says of each line alone; return the share of its links, and of the given text."""
    chars = np.maximum(of["chars"], 1).astype(np.float32)
    links = table.add("links", np.minimum(of["link_chars"] / chars, 1))
    table.add("number of links", np.log1p(of["links"]))
    table.add("bold", np.minimum(of["bold_chars"] / chars, 1))
    table.add("tag", of["tag"])
    table.add("break", of["gap"])
    table.add("tags before", np.log1p(of["tags"]))
    for name, hint in (("siblings", "repeat"), ("siblings around", "repeat_up"), ("alike", "alike")):
        table.add(name, np.log1p(of[hint]))
    table.add("like the title", of["title_like"])
    table.add("like the description", of["description_like"])
    given = table.add("in the given text", of["body_like"])
    table.extend(_FLAG_NAMES, (of["flags"] & _BITS) > 0)
    return links, given


def _near(table: Table, near: Floats, hints: Hints) -> None:
    table.extend(_NEAR_NAMES, shifted(near, _OFFSETS).reshape(-1, near.shape[1]))
    Windows(near).means(_WITHIN, table.room(_WITHIN_NAMES).reshape(len(_WITHIN), *near.shape))
    start, end = (edge[hints.inside[0]] for edge in hints.elements)
    at = np.arange(start.size)
    table.add("first of its box", at - start)
    table.add("last of its box", end - at)


def totals(rows: Floats, span: tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]) -> Floats:
    """Return the sums of rows over ranges of lines, a row for each row."""
    sums = np.zeros((rows.shape[0], rows.shape[1] + 1), np.float64)
    np.cumsum(rows, axis=1, dtype=np.float64, out=sums[:, 1:])
    return (sums[:, span[1]] - sums[:, span[0]]).astype(np.float32)


def _around(table: Table, mass: Floats, hints: Hints) -> None:
    """Add figures of the containers around each line, from inside out."""
    whole = max(float(mass[0].sum()), 1.0)
    start, end = hints.elements
    lines = np.maximum(end - start, 1).astype(np.float32)
    text, linked, plain, prose, words, links, wording, rules, given = totals(mass, hints.elements)
    some = text + 1
    figures = (
        np.log1p(lines), text / whole, linked / some, plain / some, prose / lines, words / lines, links / lines,
        wording / lines, rules / lines, given / some,
    )  # fmt: skip
    table.levels(_AROUND_NAMES, [figure[hints.inside] for figure in figures])
