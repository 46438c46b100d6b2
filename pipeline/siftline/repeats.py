"""Lines that stand on many pages of one site, learnt over a corpus and taken out as the site's chrome.

Two passes: the first counts, for each site, on how many pages a line stands; the second cleans, and knows. Counts
are kept by a hash, and for a bounded number of lines: where the table is full every count falls by one and lines at
nothing are forgotten (J. Misra, D. Gries, "Finding repeated elements", 1982). So a count may be too low and never
too high, and depends on nothing but the documents and their order.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

from .cleaner import Cleaner
from .document import META_ROLES, Change, Document
from .files import Item
from .prose import reads_like_article
from .stages import STAGES

RULE = "chrome/repeats"
FEWEST_PAGES, SHARE = 5, 0.2
"""Pages of a site, and share of its pages, that a line must stand on."""
SHARE_OF_PROSE = 0.5
"""The same share for a line that reads like article."""
SHORTEST_RUN = 3
"""Lines that must repeat one after the other where the page's own text stands above and below them: `Ingredients` may
well be on every page, and is a heading."""
MOST_LINES = 1_000_000
"""Lines that are counted at a time, at some 100 bytes each."""
_BEFORE = frozenset(takewhile(lambda name: name != "layout", STAGES))
"""Stages that run before repeats are taken out, so that what the front matter wants is safe."""


@dataclass(frozen=True)
class Repeats:
    """What was learnt: on how many pages each line that repeats stands, by its key, and how many pages a site has."""

    counts: Mapping[int, int]
    pages: Mapping[str, int]

    def run_all(self, cleaner: Cleaner, read: Sequence[tuple[Item, Document]]) -> list[Document]:
        """Return the documents that were read from items of the corpus after all stages."""
        sites = [site_of(doc, item) for item, doc in read]
        found = [{} if doc.finished else self._standing(doc, site) for (_, doc), site in zip(read, sites, strict=True)]
        docs = cleaner.run_all([doc for _, doc in read], [name for name in cleaner.stages if name in _BEFORE])
        docs = [
            take_out(doc, standing, self.pages.get(site, 0))
            for doc, standing, site in zip(docs, found, sites, strict=True)
        ]
        return cleaner.run_all(docs, [name for name in cleaner.stages if name not in _BEFORE])

    def _standing(self, doc: Document, site: str) -> dict[int, int]:
        """Return the lines of a document that repeat, each with the number of pages that it stands on."""
        known = ((at, self.counts.get(key(site, line.text))) for at, line in enumerate(doc.lines) if line.text.strip())
        return {at: count for at, count in known if count}


class Census:
    """Counts lines by site, page after page."""

    def __init__(self, most: int = MOST_LINES) -> None:
        self._most = most
        self._counts: dict[int, int] = {}
        self._pages: Counter[str] = Counter()

    def add(self, site: str, keys: Iterable[int]) -> None:
        """Count the lines of one page, each once; a page without a site says nothing."""
        if not site:
            return
        self._pages[site] += 1
        for one in sorted(set(keys)):
            self._counts[one] = self._counts.get(one, 0) + 1
        while len(self._counts) > self._most:
            self._counts = {one: count - 1 for one, count in self._counts.items() if count > 1}

    def repeats(self) -> Repeats:
        """Return what repeats on FEWEST_PAGES or more; the shares are looked at page by page.

        >>> census = Census()
        >>> for number in range(6):
        ...     census.add("example.com", [key("example.com", "Subscribe"), number])
        >>> list(census.repeats().counts.values()), dict(census.repeats().pages)
        ([6], {'example.com': 6})
        """
        return Repeats({one: n for one, n in self._counts.items() if n >= FEWEST_PAGES}, dict(self._pages))


def key(site: str, text: str) -> int:
    """Return 64 bits that stand for a line of a site, white space aside."""
    raw = f"{site}\n{' '.join(text.split())}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(raw, digest_size=8).digest(), "big")


def site_of(doc: Document, item: Item) -> str:
    """Return the site of a document: its host, or the folder of its file; "" for a record that names no page."""
    return doc.host.removeprefix("www.") or (item.path.parent.as_posix() if item.path else "")


def keys_of(cleaner: Cleaner, item: Item) -> tuple[str, tuple[int, ...]]:
    """Return the site of a document and the keys of its lines. Raises as `Item.read` and `Cleaner.read` do."""
    doc = cleaner.read(item.read(), html=item.html, url=item.url, charset=item.charset)
    site = site_of(doc, item)
    texts = {line.text for line in doc.lines} if site and not doc.finished else set()
    return site, tuple(key(site, text) for text in texts if text.strip())


def take_out(doc: Document, standing: Mapping[int, int], pages: int) -> Document:
    """Take the repeated lines of `standing`, by the pages they are on, out of a document of a site with `pages`.

    Those above and below the page's own text go, and those that follow each other inside it. A page on which
    nothing else stands is a copy, and stays whole; one that would lose half its prose keeps the prose.
    """
    filled = [at for at, line in enumerate(doc.lines) if line.text and not line.text.isspace()]
    taken = [at for run in _runs(doc, filled, standing, pages) for at in run if doc.lines[at].in_article]
    prose = [at for at in filled if doc.lines[at].in_article and reads_like_article(doc.lines[at].text)]
    if 2 * len(lost := set(taken).intersection(prose)) > len(prose):
        taken = [at for at in taken if at not in lost]
    return doc.apply(
        Change(RULE, at, 0, doc.lines[at].text, None, RULE, f"on {standing[at]} of {pages} pages of the site")
        for at in taken
    )


def _runs(doc: Document, filled: Sequence[int], standing: Mapping[int, int], pages: int) -> list[list[int]]:
    """Return the repeated lines that may go, run by run. Lines that left the article already part no run."""
    left = [at for at in filled if doc.lines[at].in_article or doc.lines[at].role in META_ROLES]
    runs = [(repeated, list(run)) for repeated, run in groupby(left, lambda at: _repeats(doc, at, standing, pages))]
    if not any(not repeated for repeated, _ in runs):
        return []
    last = len(runs) - 1
    return [
        run
        for number, (repeated, run) in enumerate(runs)
        if repeated and (number in (0, last) or len(run) >= SHORTEST_RUN or _is_prose(doc, run))
    ]


def _is_prose(doc: Document, run: Sequence[int]) -> bool:
    return all(reads_like_article(doc.lines[at].text) for at in run)


def _repeats(doc: Document, at: int, standing: Mapping[int, int], pages: int) -> bool:
    """Whether a line stands on enough pages of its site to be the site's; what the front matter took is the page's."""
    line = doc.lines[at]
    share = SHARE_OF_PROSE if reads_like_article(line.text) else SHARE
    return at in standing and line.in_article and standing[at] >= max(FEWEST_PAGES, share * pages)
