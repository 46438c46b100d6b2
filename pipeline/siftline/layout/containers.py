"""What the model for text thought of the lines, gathered over the elements of a page: containers, those that are alike,
the best one, and the sections below headings.
"""

from __future__ import annotations

import numpy as np

from ..pages.marks import BIT
from .features import Floats, Table
from .markup import LEVELS, Hints, totals
from .second import best_stretch

_FAR = 60
_BOX = ("judgement of box", "judgement of text of box", "share of the article in box")
_KIND = ("judgement of boxes like box", "boxes like box", "share of the article in boxes like box")
_BOX_NAMES, _KIND_NAMES = ([f"{name} {level}" for name in names for level in LEVELS] for names in (_BOX, _KIND))
_F1_NAMES = [f"F1 of box {level}" for level in LEVELS]
_TITLE, _DESCRIPTION = 0.5, 0.4
"""How like the title or the description a line is that shows it."""
_LONGEST, _NOWHERE = 200, -100
_ABOVE_NAMES = [f"{name} of the heading above" for name in ("judgement", "wording", "rules", "width", "tag")]
_MOST = 30


def judged_containers(table: Table, chance: Floats, rows: Floats, hints: Hints) -> None:
    """Add what the model for text thought of the containers around each line, and how it lies to the best of all.

    `rows` are those of text_features.
    """
    text = rows[12]
    mass = np.stack([chance * text, text, chance])
    whole = float(mass[0].sum()) + 1e-3
    _boxes(table, mass, whole, hints)
    _best_element(table, chance, text, hints)
    depth = hints.lines["depth"].astype(np.float32)
    table.add("depth beside the article", depth - np.float32((depth * mass[0]).sum() / whole))
    same = np.bincount(hints.lines["tag"], chance * text, 64)
    table.add("article in this tag", same[hints.lines["tag"]] / whole)
    _alike(table, mass, whole, hints)
    _best_box(table, mass[0] * (rows[3] == 0), text * (rows[3] == 0), hints)
    _headings(table, chance, rows, hints)


def _boxes(table: Table, mass: Floats, whole: float, hints: Hints) -> None:
    start, end = hints.elements
    article, all_text, lines = totals(mass, hints.elements)
    figures = (lines / np.maximum(end - start, 1), article / (all_text + 1), article / whole)
    table.levels(_BOX_NAMES, [figure[hints.inside] for figure in figures])


def _best_element(table: Table, chance: Floats, text: Floats, hints: Hints) -> None:
    """Find the container in which likely lines outweigh the others by most; without one, the stretch of lines."""
    start, end = (edge[:-1] for edge in hints.elements)
    gain = (chance - np.float32(0.4)) * np.sqrt(text)
    first, last = best_stretch(gain)
    if start.size:
        best = int(totals(gain[None], (start, end))[0].argmax())
        first, last = int(start[best]), int(end[best]) - 1
    _place(table, "the best element", first, last + 1)


def _place(table: Table, name: str, start: int, end: int) -> None:
    """Add how each line lies to a range of lines."""
    size = table.array.shape[1]
    at = np.arange(size)
    table.add(f"within {name}", (at >= start) & (at < end))
    table.add(f"lines above {name}", np.clip(start - at, -_FAR, _FAR))
    table.add(f"lines below {name}", np.clip(at - end + 1, -_FAR, _FAR))
    table.add(f"share of {name}", (end - start) / size)


def _alike(table: Table, mass: Floats, whole: float, hints: Hints) -> None:
    """Add figures of all lines and of all containers whose tags and classes are alike: the posts of a thread, the
    teasers of a list, the paragraphs of an article are judged together.
    """
    group = hints.lines["group"]
    article, text, chances = (np.bincount(group, row) for row in mass)
    table.add("judgement of text of alike lines", (article / (text + 1))[group])
    table.add("judgement of alike lines", (chances / np.maximum(np.bincount(group), 1))[group])
    table.add("share of the article in alike lines", article[group] / whole)
    table.add("share of text in alike lines", text[group] / (float(mass[1].sum()) + 1))
    kind = hints.groups
    sums = totals(mass[:2], hints.elements)[:, :-1]
    article, text = (np.bincount(kind[:-1], row, kind[-1] + 1) for row in sums)
    figures = (article / (text + 1), np.log1p(np.bincount(kind[:-1], minlength=kind[-1] + 1)), article / whole)
    around = kind[hints.inside]
    table.levels(_KIND_NAMES, [figure[around] for figure in figures])


def _best_box(table: Table, article: Floats, text: Floats, hints: Hints) -> None:
    """Find the container whose text, taken as the article, has the greatest expected F1, and add how others fare."""
    start, end = hints.elements
    found, all_text = totals(np.stack([article, text]), hints.elements)
    score = 2 * found / (all_text + float(article.sum()) + 1e-3)
    best = int(score.argmax())
    _place(table, "the best box", int(start[best]), int(end[best]))
    table.add("F1 of the best box", score[best])
    table.extend(_F1_NAMES, score[hints.inside] / max(float(score[best]), 1e-6))


def _headings(table: Table, chance: Floats, rows: Floats, hints: Hints) -> None:
    """Add what is known of the heading above each line and of the section below it, and of where the page shows its
    title and its description.
    """
    size = chance.size
    at = np.arange(size)
    heading = (hints.lines["flags"] & BIT["heading"]) > 0
    last = np.maximum.accumulate(np.where(heading, at, -1))
    table.add("lines since the heading", np.minimum(at - last, _FAR))
    above = np.stack([chance, rows[1], rows[3], rows[0], hints.lines["tag"]])
    table.extend(_ABOVE_NAMES, np.where(last < 0, -1, above[:, last]))
    section = np.cumsum(heading)
    table.add("headings above", np.minimum(section, _MOST))
    article, text = np.bincount(section, chance * rows[12]), np.bincount(section, rows[12])
    table.add("judgement of the section", (article / (text + 1))[section])
    table.add("lines of the section", np.log1p(np.bincount(section))[section])
    table.add("share of the article in the section", article[section] / (float(article.sum()) + 1e-3))
    for name, least in (("title", _TITLE), ("description", _DESCRIPTION)):
        like = hints.lines[f"{name}_like"]
        best = int(like.argmax())
        below = np.clip(at - best, -_FAR, _LONGEST) if like[best] > least else _NOWHERE
        table.add(f"lines below the {name}", below)
