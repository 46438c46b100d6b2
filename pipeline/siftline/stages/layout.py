"""What no rule names: a statistical model judges each line in its neighbourhood, and drops what is not article.

Lines that left the article before stay visible as neighbours. The ledger has the chance that a line had, and what it
goes for where not for that chance; where reasons are asked for, as by `siftline explain`, also what spoke most against
it: three features, or steps after the model.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ..document import Change, Document, Line, filled
from ..fences import fences, rows, tables
from ..layout import lists, stamped
from ..layout.chances import lessened
from ..layout.cohesion import asked_far, keep_cohesive
from ..layout.features import Floats, role_codes
from ..layout.model import Judgement
from ..layout.numbering import keep_numbered
from ..leaving import keep_front_matter
from ..library import Library
from ..prose import ends_in_stop

if TYPE_CHECKING:
    from ..pages.dom import Page

REASONS = 3
"""How many reasons are given where they are asked for."""
FEWEST_LINES = 6
"""Lines below which a text has no layout: it is a fragment, and kept as it is. The markup of a page says more."""

MOST_LINES = 50_000
"""Lines above which a document is left as it is: the features take some kilobytes a line."""
LINES_TOGETHER = 8_000
"""Lines of documents that are judged together: the more, the less time each takes; this bounds the memory."""
UNSEEN = 0.02
"""Share of lines that rules took as the site's up to which a text is an article already, and left as it is."""
LEAST_GAIN = 0.3
"""The chance that a text gets better by it, from which it loses lines all over."""
LITTLE, SURE = 0.2, 0.65
"""Up to which share of such lines the model must give that other chance: the less of a site is seen, the likelier it
is an article already."""
RULED, UNRULED_SURE = frozenset({"zh", "en", "ru"}), 0.45
"""The languages whose sites the rules know, and that chance for others, of which little would be seen of any site."""
ITEMS = 4
"""How many such lines of one kind are parts of items."""
FOREIGN, FOREIGN_PAGE = 0.7, 0.55
"""What strictness is multiplied by where most of the text is in a language whose wording the model does not know: of
text without markup, more by the share of lines that rules took, since the more of a site is seen, the surer it is a
page; and of a page."""
BARRED = 0.4
"""The share of lines that rules took from which a text is rather a thread with a bar at each post, than an article."""
LEARNT = 0
"""The number in `words.LANGUAGES` of the languages that the trees have learnt from."""
WORDED_ALONE = 0.8
"""What it is multiplied by in the others there, of which the model knows the wording alone."""
DOCUMENTATION = 0.5
"""What it is multiplied by for a page that a generator of manuals made: next to all but the navigation is the page's,
tables and brief items, too."""
FRAGMENT = 0.2
"""What it is multiplied by for a page of fewer lines than FEWEST_LINES."""
TOP = 0.6
"""What the least chance is multiplied by for the lines on top of a text that is left alone otherwise: extractors take
along the path of a page, its counters, the credit of a picture."""
BLOCK = 0.5
"""What it is multiplied by for code right below a line that stays, and for a table between two: of either hardly a word
is prose."""
_SIGNATURE = re.compile(r"[—–]\s?[^.!?]{2,60} \(@\w{2,20}\)(?: \w{3,9} \d{1,2}, \d{4})?")
"""Who wrote what was taken over from a social network, with his handle, in the line below it."""


class _Asked(NamedTuple):
    """A document of which the model is asked: its lines with text, their indices, and what else is known of them."""

    doc: Document
    filled: Sequence[int]
    lines: Sequence[Line]
    texts: Sequence[str]
    roles: npt.NDArray[np.int8]
    """See `layout.features.ROLES`."""
    seen: float
    """The share of lines that rules took as the site's."""


def layout(doc: Document, library: Library) -> Document:
    """Take out of the article the lines that the model gives too small a chance of being article, and then the links to
    themselves in the headings that stay: the model has learnt from pages with them.
    """
    return layouts([doc], library)[0]


def layouts(docs: Sequence[Document], library: Library) -> list[Document]:
    """Return what `layout` makes of each of several documents, whose lines are judged together."""
    asked = [_asked(doc) if library.strictness else None for doc in docs]
    found = iter(_judged([one for one in asked if one], library))
    left = (_without(one, next(found), library) if one else doc for doc, one in zip(docs, asked, strict=True))
    return list(map(_without_permalinks, left))


def _without_permalinks(doc: Document) -> Document:
    return doc.apply(_permalinks(doc)) if doc.page and doc.page.permalinks else doc


def _permalinks(doc: Document) -> Iterator[Change]:
    for at, sign in doc.page.permalinks.items() if doc.page else ():
        line, mark = doc.lines[at], re.escape(sign)
        found = re.search(rf"(?<=# ){mark}\s*(?=\w)|(?<=\S)\s*{mark}\s*$", line.text)
        if line.in_article and found:
            yield Change("layout/permalink", at, found.start(), found[0], "")


def _asked(doc: Document) -> _Asked | None:
    """Return what the model is to judge, or None where a document is left alone: it has too few lines or too many, or
    is an article already.
    """
    texts = [line[0] for line in doc.lines]
    places = filled(texts)
    if not (1 if doc.page else FEWEST_LINES) <= len(places) <= MOST_LINES:
        return None
    lines: Sequence[Line] = doc.lines
    if len(places) < len(texts):
        lines, texts = [lines[at] for at in places], [texts[at] for at in places]
    named = [line[2] for line in lines]
    roles = role_codes(named)
    seen = _seen(named, roles)
    return None if doc.page is None and seen <= UNSEEN else _Asked(doc, places, lines, texts, roles, seen)


def _without(asked: _Asked, found: Judgement, library: Library) -> Document:
    """Return the document without the lines that are to go."""
    doc, lines, texts, roles, seen = asked.doc, asked.lines, asked.texts, asked.roles, asked.seen
    if doc.page is None:
        found = found.then("run of brief lines", lists.drawn_together(found.chances, roles, found.table))
    thread = doc.page is not None and doc.page.head.thread
    comments = None if thread else stamped.comments(found.chances, lines, texts, roles, found.table)
    if comments is not None:
        found = found.then("comments below the article", lessened(found.chances, comments, stamped.LESS))
    left = roles == 0
    inside = np.flatnonzero(left)
    size = np.fromiter(map(len, texts), np.float32, len(texts)) * left
    least = found.cut(size, _strictness(asked, found, library))
    chances = found.chances[inside]
    article = [texts[at] for at in inside.tolist()]
    told: dict[int, str] = {}
    if found.gain < _least_gain(found, lines, seen):
        kept = _below_the_top(chances >= TOP * least, article)
    else:
        far = _asked_far(asked, found)[inside]
        kept = (chances >= far * least) | np.broadcast_to(found.declared, found.chances.shape)[inside]
        told |= dict.fromkeys(np.flatnonzero((chances >= least) & ~kept).tolist(), "far from the article")
        alone = np.broadcast_to(found.alone, found.chances.shape)[inside]
        right_above = np.diff(inside)[1:] == 1  # a heading whose text rules took is theirs
        kept[1:-1] |= kept[:-2] & (chances >= alone * least)[1:-1] & kept[2:] & (right_above | (doc.page is None))
        if comments is None:
            likely = chances >= least * (stamped.OF_PAGE if doc.page else stamped.OF_TEXT)
            stamped.keep_entries(kept, texts, roles, found.table, likely, thread)
    if found.languages != LEARNT:
        keep_cohesive(kept, article)
    if doc.page is None:
        keep_numbered(kept, article)
        told |= dict.fromkeys(lists.drop_menus(kept, texts, left, found.table), "menu above the first paragraph")
        told |= dict.fromkeys(lists.drop_first(kept, article), "list on top")
        told |= dict.fromkeys(lists.drop_last(kept, article, inside, roles, stamped.TOLD), "list at the end")
        _keep_signatures(kept, article)
        _keep_rows(kept, article)
    _keep_blocks(kept, chances >= BLOCK * least, article)
    told |= dict.fromkeys(_keep_code_whole(kept, article, size[inside]), "most of its code")
    gone = inside[~kept].tolist()
    whys = _whys(found, gone, {int(inside[at]): step for at, step in told.items()}, library)
    return keep_front_matter(
        doc,
        [Change.exit("layout", asked.filled[n], texts[n], "layout", why) for n, why in zip(gone, whys, strict=True)],
    )


def _whys(found: Judgement, gone: Sequence[int], told: Mapping[int, str], library: Library) -> list[str]:
    """Return for each line that goes its chance, the step that takes it whatever its chance, and what spoke against it
    where that is asked for.
    """
    reasons = [[told[at]] if at in told else [] for at in gone]
    if library.reasons:
        reasons = [[*own, *names][:REASONS] for own, names in zip(reasons, found.reasons(gone, REASONS), strict=True)]
    chances = found.chances[gone].tolist()
    pairs = zip(chances, reasons, strict=True)
    return [f"{chance:.2f}: {', '.join(names)}" if names else f"{chance:.2f}" for chance, names in pairs]


def _keep_blocks(kept: npt.NDArray[np.bool_], likely: npt.NDArray[np.bool_], texts: Sequence[str]) -> None:
    """Let code below a line that stays, and tables between two, stay where most of their lines are `likely`."""
    if kept.all():
        return
    code = fences(texts)
    for begin, end in (code | tables(texts)).items():
        beside = kept[max(0, begin - 1)] and (begin in code or end + 1 == kept.size or kept[end + 1])
        if begin and beside and 2 * likely[begin : end + 1].sum() >= end + 1 - begin:
            kept[begin : end + 1] = True


def _keep_rows(kept: npt.NDArray[np.bool_], texts: Sequence[str]) -> None:
    """Let the head and all rows of a table stay where half of its rows or more do."""
    for begin, end in rows(texts).items():
        block = slice(begin, end + 1)
        kept[block] |= 2 * kept[block].sum() >= end + 1 - begin


def _keep_code_whole(kept: npt.NDArray[np.bool_], texts: Sequence[str], size: Floats) -> list[int]:
    """Let code stay or go with its fences, as most of it would; return what goes with the rest."""
    taken = []
    for begin, end in fences(texts).items():
        block = slice(begin, end + 1)
        stays = 2 * (size[block] @ kept[block]) >= size[block].sum()
        if not stays:
            taken += (begin + np.flatnonzero(kept[block])).tolist()
        kept[block] = stays
    return taken


def _below_the_top(likely: npt.NDArray[np.bool_], texts: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Return which lines of an article stay where only its first ones can go: those that are not `likely` and end no
    sentence, down to the first that is not so. Nothing goes where all would.
    """
    ends = (at for at, text in enumerate(texts) if likely[at] or ends_in_stop(text.strip()))
    kept: npt.NDArray[np.bool_] = np.arange(len(texts)) >= next(ends, 0)
    return kept


def _keep_signatures(kept: npt.NDArray[np.bool_], texts: Sequence[str]) -> None:
    """Let a signature stay with what it stands below."""
    for at in np.flatnonzero(~kept[1:] & kept[:-1]).tolist():
        text = texts[at + 1].strip()
        if text.startswith(("—", "–")) and _SIGNATURE.fullmatch(text):
            kept[at + 1] = True


def _seen(named: Sequence[str], roles: npt.NDArray[Any]) -> float:
    """Return the share of lines that rules took as the site's, without those that are parts of the article's items,
    such as the rating of each firm in a list: several of one kind, each alone between lines of the article. Adverts
    that somebody put in say nothing of the site.
    """
    site = roles == 1
    near = np.concatenate([[False], site, [False]])
    alone = Counter(named[at] for at in np.flatnonzero(site & ~near[:-2] & ~near[2:]).tolist())
    return (int(site.sum()) - sum(count for count in alone.values() if count >= ITEMS)) / len(named)


def _least_gain(found: Judgement, lines: Sequence[Line], seen: float) -> float:
    """Return the chance of gain from which lines go all over a text."""
    if seen > LITTLE:
        return LEAST_GAIN
    if found.languages is not None or found.gain >= SURE:
        return SURE
    ruled = sum(len(line[0]) * (1 if line[3] in RULED else -1) for line in lines)
    return SURE if ruled > 0 else UNRULED_SURE


def _asked_far(asked: _Asked, found: Judgement) -> Floats:
    """Return for each line what the least chance is multiplied by for standing far from the article."""
    if found.languages is not None or asked.doc.page or asked.seen > BARRED:
        return np.ones(len(asked.texts))
    return asked_far(found.chances, asked.roles == 0, asked.texts, found.table)


def _strictness(asked: _Asked, found: Judgement, library: Library) -> float:
    """Return how strict to be: less where the model knows little, and where most is the page's own."""
    page, strictness = asked.doc.page, library.strictness
    if found.languages is None:
        strictness *= FOREIGN_PAGE if page else min(1, FOREIGN + asked.seen)
    elif found.languages != LEARNT:
        strictness *= WORDED_ALONE
    if page and page.head.documentation:
        strictness *= DOCUMENTATION
    return strictness * FRAGMENT if found.chances.size < FEWEST_LINES else strictness


def _judged(asked: Sequence[_Asked], library: Library) -> Iterator[Judgement]:
    """Yield what the models think of the lines of each document; those of texts are judged together."""
    texts = [one.lines for one in asked if one.doc.page is None]
    found = chain.from_iterable(map(library.text_model.judge_all, _together(texts))) if texts else iter(())
    for one in asked:
        yield next(found) if one.doc.page is None else _judged_page(one, one.doc.page, library)


def _together(documents: Iterable[Sequence[Line]]) -> Iterator[list[Sequence[Line]]]:
    """Yield documents in groups of at most LINES_TOGETHER lines, or one by one where they have more."""
    group: list[Sequence[Line]] = []
    for lines in documents:
        if group and sum(map(len, group)) + len(lines) > LINES_TOGETHER:
            yield group
            group = []
        group.append(lines)
    if group:
        yield group


def _judged_page(asked: _Asked, page: Page, library: Library) -> Judgement:
    from ..layout.markup import Hints  # noqa: PLC0415 - text needs no parser of markup

    hints = Hints.of(page, np.array(asked.filled))
    return library.page_model.judge(with_hyphens(asked.lines, asked.filled, page.numbered), hints)


def with_hyphens(lines: Sequence[Line], filled: Sequence[int], numbered: Mapping[int, int]) -> Sequence[Line]:
    """Return the lines with hyphens before all items of lists, as the model has learnt from."""
    if not numbered:
        return lines
    sizes = ((nth, numbered[at]) for nth, at in enumerate(filled) if at in numbered)
    shown = list(lines)
    for nth, size in sizes:
        text = shown[nth].text
        begin = len(text) - len(text.lstrip())
        shown[nth] = shown[nth]._replace(text=f"{text[:begin]}- {text[begin + size :]}")
    return shown
