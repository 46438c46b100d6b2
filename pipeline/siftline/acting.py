"""What the hits of a stage's rules change in a document: which of them act, and the changes and facts they make."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from copy import copy
from itertools import accumulate
from typing import NamedTuple

from .document import ARTICLE_ROLES, Change, Document, Fact, filled
from .fences import code_in, in_table
from .matching import WHOLE, Hit, Hits, LineHits, Matcher, hit_of, scripts_of
from .prose import SECTIONS, SHORTEST, ends_in_stop, holds_sentences, is_sentence, reads_like_article, width
from .rules import Rule

NEAR = 5
"""How many lines that are not blank count as nearby for `needs`."""
FRAGMENT_LINES = 12
"""Up to so many lines without any prose are a fragment, in which every zone is everywhere."""
MIDDLE = 0.5
"""Share of the prose that must stand above a list for it to reach down to the end of the document."""
BOX_LINES = 15
"""Lines with text that a box of links between two paragraphs has at most."""
HEAD, TAIL = 0.25, 0.75
"""Shares of the document's prose above a line: up to HEAD it is in the head, from TAIL in the tail."""
OF_ITEM = 0.5
"""How long a line is at most, as a share of the briefest item above it, that ends a box of links and heads what
follows, as it often does in Japanese papers."""
LONG_ITEM = 30
"""Cells of an item that says something; those of menus, and what heads other items, are briefer."""
_ITEM = re.compile(r"(\s*)(?:[-*+•]|\d{1,2}[.)])\s")
_BULLETS = frozenset("•·‣◦▪■□◆●*▸►»›-–")


class _Able(NamedTuple):
    """A hit whose rule acts on the lines that are in both."""

    hit: Hit
    near: Collection[int]
    """The lines beside those that its rule `needs`."""
    zone: Collection[int]


class Page:
    """A document under the eyes of one stage: the lines still in the article, the hits, and where the prose is."""

    def __init__(self, doc: Document, matcher: Matcher, hits: Hits | None = None) -> None:
        """Take the document, and what the rules hit in it where that is known."""
        self.doc = doc
        self.matcher = matcher
        self.texts = [text if role in ARTICLE_ROLES else "" for text, _, role, _ in doc.lines]
        self.scripts = scripts_of(self.texts)
        self.hits = matcher.hits(self.texts, doc.host, self.scripts) if hits is None else hits
        self._sizes: list[int] | None = None
        self._code: frozenset[int] | None = None
        self._start()

    @classmethod
    def of(cls, doc: Document, matcher: Matcher) -> Page:
        """Return the page of a document. It is made from the page of the stage before, where there was one: then
        only the lines that changed are looked at again.
        """
        before = doc.notes.get("page")
        if isinstance(before, Page) and before.matcher is matcher and before._precedes(doc):
            page = copy(before)
            page._follow(doc)
        else:
            page = cls(doc, matcher)
        doc.notes["page"] = page
        return page

    def _start(self) -> None:
        """Forget what is only true of the article as it stood."""
        self._everywhere = range(len(self.texts))
        self._above: list[int] | None = None
        self._zoned = True
        self._zones: dict[str, range] | None = None
        self._near: dict[str, set[int]] | None = None
        self._able: dict[int, tuple[_Able, ...]] = {}

    def _precedes(self, doc: Document) -> bool:
        """Whether the document came from this page's by changes alone."""
        made = self.doc.changes
        return len(self.doc.lines) == len(doc.lines) and doc.changes[: len(made)] == made

    def _follow(self, doc: Document) -> None:
        """Take over the changes that were made since."""
        touched = sorted({change.line for change in doc.changes[len(self.doc.changes) :]})
        self.doc, self.texts, self.hits = doc, self.texts.copy(), self.hits.copy()
        for at in touched:
            text, _, role, _ = doc.lines[at]
            self.texts[at] = text if role in ARTICLE_ROLES else ""
            self.hits.pop(at, None)
        left = [at for at in touched if self.texts[at]]
        found = self.matcher.hits([self.texts[at] for at in left], doc.host, self.scripts)
        self.hits.update((left[nth], hits) for nth, hits in found.items())
        if self._sizes:
            self._sizes = self._sizes.copy()
            for at in touched:
                self._sizes[at] = self._size(at, self.texts[at])
        self._start()

    def _size(self, at: int, text: str) -> int:
        """Return the characters of a line of prose, and 0 for any other line."""
        return len(text) if len(text) >= SHORTEST and at not in self.hits and reads_like_article(text) else 0

    def acting(self, at: int, stage: str) -> list[Hit]:
        """Return the hits of a stage's rules on a line whose `zone`, `needs` and `heads` are met."""
        by_stage = self.hits.get(at)
        able = self._able_of(by_stage[stage]) if by_stage and stage in by_stage else ()
        return [hit for hit, near, zone in able if at in near and at in zone and not self._stays(at, hit.rule)]

    def drop(self, at: int, stage: str) -> Rule | None:
        """Return the first rule of a stage that acts on a line and takes it as a whole, if any does."""
        by_stage = self.hits.get(at)
        able = self._able_of(by_stage[stage]) if by_stage and stage in by_stage else ()
        for hit, near, zone in able:
            if at in near and at in zone and hit.rule.action in WHOLE and not self._stays(at, hit.rule):
                return hit.rule
        return None

    def _stays(self, at: int, rule: Rule) -> bool:
        """Whether a line heads a section of prose, and the rule leaves such a line alone; or whether it heads what no
        rule hits, as a heading or an item with others inside.
        """
        if rule.action == "drop" and self._heads(at):
            return True
        if not rule.heads:
            return False
        above, below = self._next(range(at - 1, -1, -1)), self._next(range(at + 1, len(self.texts)))
        return min(above, below) >= 0 and self._is_prose(above) and self._is_prose(below)

    def _heads(self, at: int) -> bool:
        """Whether a line is a heading of a text, or a brief item, and what stands below belongs to it and is hit by no
        rule. Of a page the layout stage knows what is below a heading: many a site has prose about itself.
        """
        text = self.texts[at]
        if not (item := _ITEM.match(text)) and (self.doc.page is not None or not text.startswith("#")):
            return False
        below = self._next(range(at + 1, min(at + 3, len(self.texts))))
        if below < 0 or below in self.hits:
            return False
        under = self.texts[below]
        if item is None:
            return self._is_prose(below)
        inner = _ITEM.match(under)
        return inner is not None and inner.end(1) > item.end(1) and width(text) < LONG_ITEM <= width(under)

    def _next(self, span: range) -> int:
        """Return the first of some lines with text, and -1 where there is none."""
        return next((at for at in span if self.texts[at].strip()), -1)

    def _reads_like_article(self, at: int) -> bool:
        return at not in self.hits and reads_like_article(self.texts[at])

    def _is_prose(self, at: int) -> bool:
        text = self.texts[at]
        return at not in self.hits and (is_sentence(text) or holds_sentences(text))

    def lines_hit(self, stage: str) -> list[int]:
        """Return the lines that rules of a stage hit which have what they need somewhere in the document."""
        kinds = {id(hits): hits for hits in self.hits.values()}  # lines share their hits
        able = {key for key, hits in kinds.items() if stage in hits and self._able_of(hits[stage])}
        return sorted([at for at, hits in self.hits.items() if id(hits) in able]) if able else []

    def _able_of(self, hits: tuple[Hit, ...]) -> tuple[_Able, ...]:
        """Return the hits that may act, and on which lines. Lines share their hits."""
        known = self._able.get(id(hits))
        if known is None:
            where = [(hit, near) for hit in hits if (near := self._lines_near(hit.rule))]
            known = self._able[id(hits)] = tuple([_Able(*one, self._lines_of(one[0].rule.zone)) for one in where])
        return known

    def code(self) -> frozenset[int]:
        """Return the lines between fences of code: what stands there may read like anything."""
        if self._code is None:
            self._code = code_in([line[0] for line in self.doc.lines])
        return self._code

    def share_above(self, at: int) -> float:
        """Return the share of the document's prose, in characters, that stands above a line (0.0 to 1.0)."""
        if self._above is None:
            if self._sizes is None:
                long = SHORTEST  # what is shorter is no prose, and most lines are
                self._sizes = [self._size(at, text) if len(text) >= long else 0 for at, text in enumerate(self.texts)]
            sizes = self._sizes
            if not any(sizes):  # a page without prose is measured in lines, and a fragment has no zones
                sizes = [int(bool(text.strip())) for text in self.texts]
                self._zoned = sum(sizes) > FRAGMENT_LINES
            self._above = list(accumulate(sizes, initial=0))
        return self._above[at] / self._above[-1] if self._above[-1] else 0.0

    def reach(self, at: int) -> int:
        """Return the last line that a list beginning at `at` may take along.

        Below the middle of the prose that is the end of the document; above it a list is a box between
        paragraphs, which is short.
        """
        if self.share_above(at) >= MIDDLE:
            return len(self.texts) - 1
        below = [n for n in range(at + 1, len(self.texts)) if self.texts[n].strip()][: BOX_LINES + 1]
        article = next((n for n in below if self._reads_like_article(n)), None)
        return at if article is None else article - 1

    def begins_section(self, at: int) -> bool:
        """Whether a line is the page's own heading, one with prose right below it, or the row of a table."""
        text = self.texts[at]
        if not text.startswith(SECTIONS):
            return False
        if not text.startswith("##"):
            return text.startswith(("# ", "| "))
        below = self._next(range(at + 1, len(self.texts)))
        return below >= 0 and self._reads_like_article(below)

    def stays_in_a_list(self, text: str) -> bool:
        """Whether a list leaves a line alone: one that holds whole sentences; of a page one sentence with its stop will
        do, since the layout stage sees its markup.
        """
        return holds_sentences(text) or (self.doc.page is not None and ends_in_stop(text.rstrip()))

    def _lines_of(self, zone: str) -> range:
        """Return the lines of a zone, or all of them where a rule names none."""
        if not zone:
            return self._everywhere
        if self._zones is None:
            self.share_above(0)
            above = self._above or [0]
            whole = above[-1] or 1
            head, tail = bisect_right(above, HEAD * whole), bisect_left(above, TAIL * whole)
            self._zones = {"head": range(head), "body": range(head, tail), "tail": range(tail, len(above))}
        return self._zones[zone] if self._zoned else self._everywhere

    def _lines_near(self, rule: Rule) -> Collection[int]:
        """Return the lines that have what a rule needs beside them: a line that another rule hits, among the NEAR lines
        with text above and below.
        """
        if not rule.needs:
            return self._everywhere
        if self._near is None:
            self._near = self._find_near()
        return self._near.get(rule.needs, ())

    def _find_near(self) -> dict[str, set[int]]:
        """Return, for each rule that another one needs, the lines beside those that it hits."""
        places: dict[str, list[int]] = {}
        needed: dict[int, list[str]] = {}  # lines share what they are hit by
        for at, by_stage in self.hits.items():
            found = needed.get(id(by_stage))
            if found is None:
                ids = {hit.rule.id for hits in by_stage.values() for hit in hits}
                found = needed[id(by_stage)] = sorted(ids & self.matcher.needed)
            for rule in found:
                places.setdefault(rule, []).append(at)
        if not places:
            return {}
        with_text = list(filled(self.texts))  # quicker to look up in than a range
        near: dict[str, set[int]] = {rule: set() for rule in places}
        for rule, lines in places.items():
            for place in (bisect_left(with_text, at) for at in lines):
                near[rule].update(with_text[max(0, place - NEAR) : place], with_text[place + 1 : place + 1 + NEAR])
        return near


def look_ahead(docs: Iterable[Document], matcher: Matcher) -> None:
    """Find what the rules hit in several documents at once, before the first stage that has rules asks for it: a search
    costs less a line the more lines there are.
    """
    alike: dict[tuple[str, str], list[Page]] = defaultdict(list)
    for doc in docs:
        if "page" not in doc.notes:
            page = doc.notes["page"] = Page(doc, matcher, {})
            alike[matcher.site(doc.host), page.scripts].append(page)
    for (host, scripts), pages in alike.items():
        starts = [*accumulate((len(page.texts) for page in pages), initial=0)]
        found = matcher.hits([text for page in pages for text in page.texts], host, scripts)
        for at, hits in found.items():
            nth = bisect_right(starts, at) - 1
            pages[nth].hits[at - starts[nth]] = hits


def run(doc: Document, matcher: Matcher, stage: str) -> tuple[list[Change], list[Fact]]:
    """Return what the rules of a stage change in a document, and the raw facts that their named groups read.

    A line is taken by the first rule that drops it; otherwise its cuts and replacements are made, and it may
    leave for the front matter; the rows of a table stay with it, and code stays as it is. `Document.apply` carries the
    changes out.
    """
    page = Page.of(doc, matcher)
    changes: list[Change] = []
    facts: list[Fact] = []
    done = -1
    lines = page.lines_hit(stage)
    code = page.code() if lines else frozenset()
    for at in lines:
        if at <= done or at in code or (stage != "markup" and in_table(page.texts, at)):
            continue
        whole = page.drop(at, stage)
        if whole is None:
            _edit(page, at, page.acting(at, stage), changes, facts)
            continue
        changes.append(_exit(page, at, whole))
        if whole.action == "drop-rest":
            done = _drop_rest(page, at, whole, changes)
    return changes, facts


def _exit(page: Page, at: int, rule: Rule) -> Change:
    return Change.exit(rule.id, at, page.texts[at], rule.role)


def _drop_rest(page: Page, at: int, rule: Rule, changes: list[Change]) -> int:
    """Drop the lines below `at` that a list takes along; return the last line that was looked at.

    A line that another rule drops goes in that rule's name; a further list takes over with its own reach. The last
    line of a box between two paragraphs stays if it is no item: it heads what follows.
    """
    reach, above = page.reach(at), ""
    items: list[int] = []  # lines that went in the name of the list alone
    while (at := at + 1) <= reach:
        text, hits = page.texts[at], page.hits.get(at, {})
        if not hits and (page.begins_section(at) or (reads_like_article(text) and not _is_next_item(text, above))):
            break
        above = text.strip() or above
        whole = page.drop(at, rule.stage) or page.drop(at, "spam")
        if whole and whole.action == "drop-rest":
            rule, reach, items = whole, page.reach(at), []
        if whole or (text and not text.isspace() and not _is_credit(hits) and not page.stays_in_a_list(text)):
            changes.append(_exit(page, at, whole or rule))
            if not whole:
                items.append(at)
    if at == reach + 1 < len(page.texts) and _is_no_item([page.texts[nth] for nth in items]):
        head = next(nth for nth in reversed(range(len(changes))) if changes[nth].line == items[-1])
        del changes[head]
        return items[-1] - 1 if head == len(changes) else at - 1
    return at - 1


def _is_no_item(texts: Sequence[str]) -> bool:
    """Whether the last of some lines is unlike those above: not half as long as any, or the only sentence.

    >>> _is_no_item(["Old ferry sells for three times its price", "A second ferry by June, says council", "At sea"])
    True
    """
    *items, last = [text.strip() for text in texts] or [""]
    marked = items and (last[0] in _BULLETS & {item[0] for item in items} or _ITEM.match(last))
    if not items or marked or last[-1] in "?!:？！：" or any(map(str.isdigit, last)):
        return False
    brief = width(last) <= OF_ITEM * min(map(width, items))
    return brief or (is_sentence(last) and not any(map(ends_in_stop, items)))


def _is_next_item(text: str, above: str) -> bool:
    """Whether a line is one more item, of one sentence at most, below another one of the same list."""
    text = text.strip()
    return text[0] in _BULLETS and above.startswith(text[0]) and not holds_sentences(text)


def _is_credit(hits: LineHits) -> bool:
    """Whether the front matter wants the line, so that it stays when what stands around it is dropped."""
    return any(hit.rule.action == "meta.credit" for hit in hits.get("harvest", ()))


def _edit(page: Page, at: int, hits: list[Hit], changes: list[Change], facts: list[Fact]) -> None:
    """Make the cuts and replacements of a line, or let it leave for the front matter."""
    text, lang = page.texts[at], page.doc.lines[at].lang
    fresh = True
    for hit in hits:
        rule = hit.rule
        again = hit if fresh else hit_of(rule, text, page.doc.host)
        if again is None:
            continue
        if rule.action.startswith("meta."):
            facts += _facts(again, text, lang, at)
            if not text[: again.start].strip() and not text[again.end :].strip():
                changes.append(Change(rule.id, at, 0, text, None, rule.role))
                return
        for change in _spans(again, at, text):
            changes.append(change)
            text = text[: change.start] + (change.after or "") + text[change.start + len(change.before) :]
            fresh = False


def _spans(hit: Hit, at: int, text: str) -> list[Change]:
    """Return the edits of a cut, a replacement or a partial meta hit: all its matches, last first."""
    rule = hit.rule
    if rule.squeezed or rule.action.startswith("meta."):
        return [Change(rule.id, at, hit.start, text[hit.start : hit.end], "")]
    matches = list(rule.pattern.finditer(text))
    after = [match.expandf(rule.replacement) if rule.replacement else "" for match in matches]
    edits = [Change(rule.id, at, m.start(), m[0], new) for m, new in zip(matches, after, strict=True)]
    return [edit for edit in reversed(edits) if edit.before != edit.after]


def _facts(hit: Hit, text: str, lang: str, at: int) -> list[Fact]:
    field = hit.rule.action[5:]
    groups = hit.groups or {field: text[hit.start : hit.end]}
    return [Fact(name, value.strip(), lang, at) for name, value in groups.items()]
