"""Which rules hit which lines, and what that changes.

All rules of a stage go through the prefilter of prefilter.py, so that a line is searched with few patterns. What
passes is a hit where the rule's own conditions are met, and hits become changes and facts here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from itertools import accumulate
from typing import NamedTuple

import regex

from .document import ARTICLE_ROLES, Change, Document, Fact
from .prefilter import Derived, Prefilter, View
from .prose import SHORTEST, holds_sentences, reads_like_article
from .rules import Rule
from .squeeze import Squeeze

NEAR = 5
"""How many lines that are not blank count as nearby for `needs`."""
FRAGMENT_LINES = 12
"""Up to so many lines without any prose are a fragment, in which every zone is everywhere."""
MIDDLE = 0.5
"""Share of the prose that must stand above a list for it to reach down to the end of the document."""
BOX_LINES = 15
"""Lines with text that a box of links between two paragraphs has at most."""
REMEMBERED, LONGEST_REMEMBERED = 30_000, 1_000
"""How many lines a matcher remembers the hits of, and how many characters such a line has at most."""
HEAD, TAIL = 0.25, 0.75
"""Shares of the document's prose above a line: up to HEAD it is in the head, from TAIL in the tail."""
_BULLETS = frozenset("•·‣◦▪■□◆●*▸►»›-–")
_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_CYRILLIC = re.compile("[\u0400-\u052f]")
SCRIPT_OF = {"zh": "H", "ja": "H", "ru": "C"}
"""The script that a language's rules are tried on, as `scripts_of` calls it; a language without one is tried on all."""
_ALL_SCRIPTS = "CH"
_WHOLE = ("drop", "drop-rest")
"""Actions that take a line as a whole."""


class Hit(NamedTuple):
    """A rule matched a line: the span in the line as it stands, and the named groups; both empty where the rule takes
    the whole line.
    """

    rule: Rule
    start: int
    end: int
    groups: Mapping[str, str]


LineHits = dict[str, tuple[Hit, ...]]
"""The hits of one line by stage, in the order of the rules."""
Hits = dict[int, LineHits]
"""For the index of each line that is hit, its hits."""
_NO_HITS: LineHits = {}


class Matcher:
    """The rules of some stages, behind their prefilter."""

    def __init__(
        self,
        rules: Sequence[Rule],
        derived: Derived | None = None,
        anywhere: bool = False,
        idle: Iterable[Rule] = (),
    ) -> None:
        """Take what `proofs.prove` returned for the rules as `derived`; without it there is no prefilter. With
        `anywhere` the rules of a language are tried whatever the script, as an example of three words needs it.
        Rules that are `idle` hit nothing: with them the automata are those of a set of rules that is in the cache.
        """
        self.rules = tuple(rules)
        self._anywhere = anywhere
        derived = derived or {}
        twins: dict[tuple[str, str, str, str, Squeeze | None], list[int]] = defaultdict(list)
        for number, rule in enumerate(rules):
            twins[rule.match, rule.unless, rule.host, SCRIPT_OF.get(rule.lang, ""), rule.squeeze].append(number)
        self._twins = {numbers[0]: numbers for numbers in twins.values()}
        self._whole = {number: Hit(rule, 0, 0, {}) for number, rule in enumerate(rules) if rule.action in _WHOLE}
        self._combined: dict[tuple[int, ...], LineHits] = {}
        groups: dict[tuple[str, Squeeze | None], list[tuple[int, Rule]]] = defaultdict(list)
        for (*_, script, squeeze), numbers in twins.items():
            groups[script, squeeze].append((numbers[0], rules[numbers[0]]))
        unused: dict[tuple[str, Squeeze | None], list[Rule]] = defaultdict(list)
        for rule in idle:
            unused[SCRIPT_OF.get(rule.lang, ""), rule.squeeze].append(rule)
        self._groups = [(*group, Prefilter(found, derived, unused[group])) for group, found in groups.items()]
        self.needed = frozenset(rule.needs for rule in rules if rule.needs)
        """Ids of the rules that others need nearby."""
        self._has_sites = any(rule.host for rule in rules)
        self._known: dict[tuple[str, str], dict[str, LineHits]] = {}

    def hits(self, lines: Sequence[str], host: str = "", scripts: str | None = None) -> Hits:
        """Return for each index of `lines` that any rule matches its hits by stage, in the order of the rules.

        Rules of a language are tried on documents in whose script it is written: those of `scripts` (see
        `scripts_of`), or of the lines themselves. `zone` and `needs` are not looked at here; `unless` is. What was
        found of a line is remembered, since it stands in many pages of a site.
        """
        scripts = scripts_of(lines) if scripts is None else scripts
        scripts = _ALL_SCRIPTS if self._anywhere else scripts
        known = self._known.setdefault((host if self._has_sites else "", scripts), {"": _NO_HITS})
        if len(known) > REMEMBERED:
            known.clear()
            known[""] = _NO_HITS
        fresh = [line for line in dict.fromkeys(lines) if line not in known]
        if fresh:
            known.update(dict.fromkeys(fresh, _NO_HITS))
            known.update((fresh[at], found) for at, found in self._search(fresh, host, scripts).items())
        hits = {at: found for at, line in enumerate(lines) if (found := known[line])}
        for line in fresh:
            if len(line) > LONGEST_REMEMBERED:
                del known[line]
        return hits

    def forget(self) -> None:
        """Forget the lines seen so far; nothing that is found depends on them."""
        self._known.clear()

    def _search(self, lines: Sequence[str], host: str, scripts: str) -> Hits:
        found: dict[int, dict[int, Hit]] = {}
        views: dict[Squeeze | None, View] = {}
        for script, squeeze, prefilter in self._groups:
            if script not in scripts:
                continue
            if squeeze not in views:
                views[squeeze] = View(lines, squeeze)
            self._search_in(views[squeeze], prefilter, host, found)
        return {at: self._by_stage(hits) for at, hits in found.items()}

    def _search_in(self, view: View, prefilter: Prefilter, host: str, found: dict[int, dict[int, Hit]]) -> None:
        """Enter the hits of the prefilter's rules into `found`: by line, and by the number of the rule."""
        rules, whole, lines = self.rules, self._whole, view.lines
        for at, number in prefilter.candidates(view):
            rule, line = rules[number], lines[at]
            match = rule.pattern.search(line)
            if match is None or ((rule.host or rule.unless) and not _holds(rule, line, host)):
                continue
            hits = found.setdefault(at, {})
            for twin in self._twins[number]:
                hits[twin] = whole.get(twin) or _part(rules[twin], match, view.originals[at])

    def _by_stage(self, hits: dict[int, Hit]) -> LineHits:
        """Return the hits of a line by stage, in the order of the rules. Lines that rules take as a whole share it."""
        numbers = tuple(sorted(hits))
        known = self._combined.get(numbers)
        if known is None:
            known = {}
            for number in numbers:
                stage = self.rules[number].stage
                known[stage] = (*known.get(stage, ()), hits[number])
            if self._whole.keys() >= hits.keys():
                self._combined[numbers] = known
        return known


def scripts_of(lines: Iterable[str]) -> str:
    """Return the scripts of a document whose languages have rules of their own, as the letters that stand for them.

    >>> scripts_of(["a", "中文", "по-русски"]), scripts_of(["naïve"])
    ('CH', '')
    """
    text = "\n".join([line for line in lines if not line.isascii()])
    return ("C" if _CYRILLIC.search(text) else "") + ("H" if _HAN.search(text) else "")


def _hit(rule: Rule, line: str, host: str) -> Hit | None:
    """Return the hit of a rule on a line, if there is one."""
    folded = rule.squeeze(line) if rule.squeeze else line
    match = rule.pattern.search(folded)
    return _part(rule, match, line) if match and _holds(rule, folded, host) else None


def span_of(rule: Rule, line: str, host: str) -> tuple[int, int] | None:
    """Return what a rule matches in a line, if it hits it: a hit of a rule that takes lines as a whole does not say."""
    hit = _hit(rule, line, host)
    return (hit.start, hit.end) if hit else None


def _holds(rule: Rule, folded: str, host: str) -> bool:
    """Whether the veto and the site of a rule let it act on a line that its pattern matches."""
    if rule.host and host != rule.host and not host.endswith("." + rule.host):
        return False
    return not (rule.veto and rule.veto.search(folded))


def _part(rule: Rule, match: regex.Match[str], line: str) -> Hit:
    """Return the hit of a rule that acts on a part of a line, which is given as it stands."""
    start, end = match.span()
    if rule.squeeze:
        offsets = rule.squeeze.offsets(line)
        start, end = offsets[start], offsets[end - 1] + 1
    groups = {name: value for name, value in match.groupdict().items() if value} if rule.pattern.groups else {}
    return Hit(rule, start, end, groups)


class Page:
    """A document under the eyes of one stage: the lines still in the article, the hits, and where the prose is."""

    def __init__(self, doc: Document, matcher: Matcher) -> None:
        self.doc = doc
        self.matcher = matcher
        self.texts = [line.text if line.role in ARTICLE_ROLES else "" for line in doc.lines]
        self.scripts = scripts_of(self.texts)
        self.hits = matcher.hits(self.texts, doc.host, self.scripts)
        self._sizes: list[int] | None = None
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
        self._above: list[int] | None = None
        self._zoned = True
        self._near: dict[str, set[int]] | None = None

    def _precedes(self, doc: Document) -> bool:
        """Whether the document came from this page's by changes alone."""
        made = self.doc.changes
        return len(self.doc.lines) == len(doc.lines) and doc.changes[: len(made)] == made

    def _follow(self, doc: Document) -> None:
        """Take over the changes that were made since."""
        touched = sorted({change.line for change in doc.changes[len(self.doc.changes) :]})
        self.doc, self.texts, self.hits = doc, self.texts.copy(), self.hits.copy()
        for at in touched:
            line = doc.lines[at]
            self.texts[at] = line.text if line.role in ARTICLE_ROLES else ""
            self.hits.pop(at, None)
        found = self.matcher.hits([self.texts[at] for at in touched], doc.host, self.scripts)
        self.hits.update((touched[nth], hits) for nth, hits in found.items())
        if self._sizes:
            self._sizes = self._sizes.copy()
            for at in touched:
                self._sizes[at] = self._size(at)
        self._start()

    def _size(self, at: int) -> int:
        """Return the characters of a line of prose, and 0 for any other line."""
        text = self.texts[at]
        return len(text) if len(text) >= SHORTEST and at not in self.hits and reads_like_article(text) else 0

    def acting(self, at: int, stage: str) -> list[Hit]:
        """Return the hits of a stage's rules on a line whose `zone` and `needs` are met."""
        hits = self.hits.get(at, {}).get(stage, ())
        return [hit for hit in hits if not hit.rule.depends or self._is_met(hit.rule, at)]

    def share_above(self, at: int) -> float:
        """Return the share of the document's prose, in characters, that stands above a line (0.0 to 1.0)."""
        if self._above is None:
            if self._sizes is None:
                self._sizes = [self._size(at) for at in range(len(self.texts))]
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
        filled = [n for n in range(at + 1, len(self.texts)) if self.texts[n].strip()][: BOX_LINES + 1]
        article = next((n for n in filled if n not in self.hits and reads_like_article(self.texts[n])), None)
        return at if article is None else article - 1

    def _is_met(self, rule: Rule, at: int) -> bool:
        """Whether a line is in the rule's zone, and the rule that it `needs` hits one of the NEAR lines with text above
        the line or below it.
        """
        return (not rule.needs or self._has_company(rule, at)) and (not rule.zone or self._in_zone(rule, at))

    def _in_zone(self, rule: Rule, at: int) -> bool:
        share = self.share_above(at)
        head, tail = share <= HEAD, share >= TAIL
        return not self._zoned or {"head": head, "tail": tail, "body": not head and not tail}[rule.zone]

    def _has_company(self, rule: Rule, at: int) -> bool:
        if self._near is None:
            self._near = self._find_near()
        return at in self._near.get(rule.needs, ())

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
        filled = [at for at, text in enumerate(self.texts) if text and not text.isspace()]
        near: dict[str, set[int]] = {rule: set() for rule in places}
        for rule, lines in places.items():
            for place in (bisect_left(filled, at) for at in lines):
                near[rule].update(filled[max(0, place - NEAR) : place], filled[place + 1 : place + 1 + NEAR])
        return near


def run(doc: Document, matcher: Matcher, stage: str) -> tuple[list[Change], list[Fact]]:
    """Return what the rules of a stage change in a document, and the raw facts that their named groups read.

    A line is taken by the first rule that drops it; otherwise its cuts and replacements are made, and it may
    leave for the front matter. `Document.apply` carries the changes out.
    """
    page = Page.of(doc, matcher)
    changes: list[Change] = []
    facts: list[Fact] = []
    done = -1
    for at in sorted(at for at, by_stage in page.hits.items() if stage in by_stage):
        if at <= done:
            continue
        acting = page.acting(at, stage)
        whole = _first_drop(acting)
        if whole is None:
            _edit(page, at, acting, changes, facts)
            continue
        changes.append(_exit(page, at, whole))
        if whole.action == "drop-rest":
            done = _drop_rest(page, at, whole, changes)
    return changes, facts


def _first_drop(acting: Iterable[Hit]) -> Rule | None:
    for hit in acting:
        if hit.rule.action in _WHOLE:
            return hit.rule
    return None


def _exit(page: Page, at: int, rule: Rule) -> Change:
    return Change(rule.id, at, 0, page.texts[at], None, rule.role)


def _drop_rest(page: Page, at: int, rule: Rule, changes: list[Change]) -> int:
    """Drop the lines below `at` that a list takes along; return the last line that was looked at.

    A line that another rule drops goes in that rule's name; a further list takes over with its own reach.
    """
    reach, above = page.reach(at), ""
    while (at := at + 1) <= reach:
        text, hits = page.texts[at], page.hits.get(at, {})
        if not hits and reads_like_article(text) and not _is_next_item(text, above):
            return at - 1
        above = text.strip() or above
        whole = _first_drop(page.acting(at, rule.stage)) or _first_drop(page.acting(at, "spam"))
        if whole and whole.action == "drop-rest":
            rule, reach = whole, page.reach(at)
        if whole or (text and not text.isspace() and not _is_credit(hits) and not holds_sentences(text)):
            changes.append(_exit(page, at, whole or rule))
    return at - 1


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
        again = hit if fresh else _hit(rule, text, page.doc.host)
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
