"""Care for the rules: patterns that can run away, rules that never hit, that another shadows, or that overlap."""

from __future__ import annotations

import time
from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import NamedTuple

from .. import examples, files, pool
from ..acting import Page
from ..cache import digest
from ..document import Document
from ..matching import Matcher
from ..rules import STAGES, Rule, RuleError
from ..run import TIME_LIMIT
from .compare import Both
from .gold import UNKNOWN, Gold, labels_of
from .measure import Measured, lines_languages, states
from .sides import Side
from .suggest import Seen, site_of
from .work import BATCH, Result, Task, measured

RUNAWAY_LIMIT = 10.0
"""Seconds after which the process that tries a pattern is killed: the engine's own limit is much shorter, but what
it does not look at must end too."""
OVERLAP = 0.5
"""Share of the lines of a rule that another acts on too, from which the two overlap."""
FEW = 3
"""Lines of which a share says something."""
SAMPLE = 60
"""Documents on which the time of rules is taken."""
_TAKES = ("drop", "drop-rest")


class Note(NamedTuple):
    """Something to look at in a rule."""

    rule: str
    kind: str
    """`never-hits`, `shadowed` or `overlaps`."""
    text: str


def runaways(rules: Sequence[Rule], jobs: int = 1) -> dict[str, str]:
    """Return the rules whose pattern can run away, each with what was found.

    The inputs are made from the pattern's own parse tree, and the search is the one of a run; each rule is tried in a
    process of its own pool, which is killed after RUNAWAY_LIMIT seconds.
    """
    found: dict[str, str] = {}
    if not rules:
        return found
    for rule, result in pool.results(_try, rules, jobs, RUNAWAY_LIMIT):
        problem = pool.sound(result)
        if isinstance(problem, pool.Failure):
            problem = f"runs away: killed after {RUNAWAY_LIMIT:g} s; bound its repeats or make them possessive"
        if problem:
            found[rule.id] = problem
    return found


def refuse_runaways(rules: Sequence[Rule], jobs: int = 1) -> None:
    """Raise RuleError for the first rule whose pattern can run away."""
    found = runaways(rules, jobs)
    for rule in rules:
        if rule.id in found:
            raise RuleError(rule.path, rule.name, found[rule.id])


def _try(rule: Rule) -> str:
    try:
        examples.check_runaway([rule])
    except RuleError as error:
        return error.problem
    return ""


class Sample:
    """The lines of some documents, the same ones of the same corpus."""

    def __init__(self, wanted: bool = True) -> None:
        self._wanted = wanted
        self._found: list[tuple[str, list[str]]] = []

    def add(self, found: Result) -> None:
        """Take a document if it belongs to the sample."""
        place = digest(found.item.id)
        if self._wanted and (len(self._found) < SAMPLE or place < self._found[-1][0]):
            insort(self._found, (place, found.both.lines))
            del self._found[SAMPLE:]

    @property
    def texts(self) -> list[list[str]]:
        """The lines by document."""
        return [lines for _, lines in self._found]


def timed(side: Side, texts: Sequence[Sequence[str]]) -> dict[str, float]:
    """Return the milliseconds that each rule takes for a million characters of some documents, given as lines."""
    size = sum(len(line) for lines in texts for line in lines)
    out: dict[str, float] = {}
    for rule in side.rules if size else ():
        matcher = Matcher([rule], side.library.derived)
        start = time.process_time()
        for lines in texts:
            matcher.hits(lines)
        out[rule.id] = round((time.process_time() - start) * 1e9 / size, 2)
    return out


def by_examples(side: Side) -> list[Note]:
    """Return the rules whose every example an earlier rule of the same stage takes already, zones left aside."""
    active = [rule for rule in side.rules if rule.status == "active" and not rule.host]
    matcher = Matcher(active)
    notes = []
    for number, rule in enumerate(active):
        earlier = {other.id for other in active[:number] if other.stage == rule.stage and _always(other)}
        if rule.action != "drop" or not earlier:
            continue
        hiding = set.intersection(*(_takers(example, rule, matcher) for example in rule.hits)) & earlier
        if hiding:
            names = ", ".join(sorted(hiding))
            notes.append(Note(rule.id, "shadowed", f"all its examples are taken by {names} before it"))
    return notes


def _always(rule: Rule) -> bool:
    return rule.action in _TAKES and not rule.zone and not rule.needs


def _takers(example: str, rule: Rule, matcher: Matcher) -> set[str]:
    text, meant = examples.marked(example)
    page = Page(Document.of(text), matcher)
    return {hit.rule.id for hit in page.acting(meant, rule.stage) if hit.rule.id != rule.id}


class Use(NamedTuple):
    """On how many lines of a corpus a rule's conditions are met, and with which other rules it shares them."""

    lines: int
    shared: Mapping[str, int]


def use(side: Side, corpus: str, jobs: int = 1) -> dict[str, Use]:
    """Return for each rule its use over a corpus, in which every line is looked at as it came in."""
    lines: dict[str, int] = defaultdict(int)
    shared: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    documents = _measured(side, corpus, jobs)
    batches = iter(lambda: list(islice(documents, BATCH)), [])
    for _, found in pool.results(partial(_acting, side), batches, jobs, TIME_LIMIT * BATCH):
        for acting, count in pool.sound(found, ("timeout", "crash", "defect")).items():
            for name in acting:
                lines[name] += count
                for other in acting:
                    if other != name:
                        shared[name][other] += count
    return {rule.id: Use(lines[rule.id], dict(shared[rule.id])) for rule in side.rules}


def _acting(side: Side, documents: Sequence[Both]) -> Counter[tuple[str, ...]]:
    """Return which rules act together on lines of some documents, and on how many."""
    found: Counter[tuple[str, ...]] = Counter()
    for both in documents:
        page = Page(Document.of("\n".join(both.lines), host=both.head.host), side.full_matcher)
        for n in sorted(page.hits):
            names = dict.fromkeys(hit.rule.id for stage in STAGES for hit in page.acting(n, stage))
            found.update([tuple(names)] if names else ())
    return found


def results(side: Side, corpus: str, jobs: int = 1) -> Iterator[Measured]:
    """Yield what one set of rules does to each document of a corpus."""
    return (both.head for both in _measured(side, corpus, jobs))


def _measured(side: Side, corpus: str, jobs: int) -> Iterator[Both]:
    items = files.items([corpus])
    side.library.load()  # before the workers start
    return measured(Task(side, side, items, jobs))


def kept_lines(side: Side, corpus: str, jobs: int = 1) -> Iterator[Seen]:
    """Yield the lines of a corpus that the rules leave in the article, with what gold says of them."""
    truth = Gold([corpus])
    for both in _measured(side, corpus, jobs):
        lines = states(both.item, both.head)
        site = site_of(both.item.url, both.head.host, both.item.id)
        labels = labels_of(truth.truth(both.item.id), both.lines) or UNKNOWN * len(lines)
        for line, lang, label in zip(lines, lines_languages(both.head), labels, strict=True):
            if line.kept and line.text.strip():
                yield Seen(line.text, lang, site, label)


def by_corpus(side: Side, used: Mapping[str, Use]) -> list[Note]:
    """Return the rules that never hit, that others shadow wholly, and that overlap with another, in a corpus."""
    notes = []
    order = {rule.id: number for number, rule in enumerate(side.rules)}
    for rule in side.rules:
        found = used[rule.id]
        if not found.lines:
            notes.append(Note(rule.id, "never-hits", "hits no line of the corpus"))
        for other, count in sorted(found.shared.items()):
            whole = count == found.lines and order[other] < order[rule.id] and side.by_id[other].action in _TAKES
            if whole and found.lines >= FEW and side.by_id[other].stage == rule.stage:
                notes.append(Note(rule.id, "shadowed", f"all its {found.lines} lines are taken by {other} before it"))
            elif count >= OVERLAP * found.lines and found.lines >= FEW and rule.action == side.by_id[other].action:
                notes.append(Note(rule.id, "overlaps", f"{count} of its {found.lines} lines are hit by {other} too"))
    return notes


def rates(found: Iterable[Measured]) -> tuple[int, dict[str, tuple[int, int]]]:
    """Return how many documents there are, and for each rule in how many of them and on how many lines it acted."""
    count = 0
    documents: dict[str, int] = defaultdict(int)
    lines: dict[str, int] = defaultdict(int)
    for one in found:
        count += 1
        seen = {(change.rule, change.line) for change in one.changes}
        for name in {name for name, _ in seen}:
            documents[name] += 1
        for name, _ in seen:
            lines[name] += 1
    return count, {name: (documents[name], lines[name]) for name in sorted(documents)}
