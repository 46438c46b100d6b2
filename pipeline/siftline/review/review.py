"""A review from its options to its report: read both sides, run them, compare, weigh."""

from __future__ import annotations

import gc
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from .. import files
from ..files import Item
from ..rules import RuleError
from ..run import TIME_LIMIT
from . import care, git, gold
from .compare import DocumentChange, compare
from .control import Control, control
from .gold import UNKNOWN, Gold
from .measure import source_lines
from .sides import Side, fingerprint, library_of, renamed, share_model, side
from .tables import RuleRow, Tally, rule_rows, tally_of
from .work import Both, Task, measure_both
from .workers import spread

WORKING_TREE = "working tree"


@dataclass(frozen=True)
class Options:
    """What is asked of a review."""

    base: str
    corpus: str
    head: str = ""
    """A revision or a folder; nothing stands for the rules of the working tree."""
    rules: Path = Path("rules")
    """Where the rules are in the working tree."""
    gold: str = ""
    jobs: int = 1
    limit: float = TIME_LIMIT
    timed: bool = False
    remember: bool = True


@dataclass(frozen=True)
class Review:
    """What a change of rules does to a corpus."""

    base: Side
    head: Side
    documents: int
    has_gold: bool
    tallies: tuple[Tally, Tally]
    rows: Sequence[RuleRow]
    changed: Sequence[DocumentChange]
    renamed: Mapping[str, str]
    runaways: Mapping[str, str]
    """Rules that can run away, with an input that makes them; they were not run."""
    control: Control
    items: Mapping[str, Both]
    """The documents that changed, by id, for those who show them."""
    seconds: Mapping[str, float]
    """Milliseconds that a rule takes for a megabyte of text, where that was asked for."""


def review(options: Options) -> Review:
    """Run a review. Raises RuleError, files.SourceError or git.GitError where it cannot be run."""
    with ExitStack() as stack:
        gc.disable()  # what a review makes it needs to the end: a fifth of its time would go into looking at it
        stack.callback(gc.enable)
        items = tuple(files.items([options.corpus]))
        truth = Gold([options.corpus, options.gold] if options.gold else [options.corpus])
        base = _side(stack, options.base, options)
        head = _side(stack, options.head, options)
        return _reviewed(options, (base, head), items, truth)


def _side(stack: ExitStack, asked: str, options: Options) -> Side:
    if not asked:
        return side(WORKING_TREE, options.rules)
    if Path(asked).is_dir():
        return side(asked, Path(asked))
    folder = stack.enter_context(git.rules_at(asked, options.rules))
    try:
        return side(asked, folder)
    except RuleError as error:  # the file is in a folder that nobody knows of
        place = Path(error.path).relative_to(folder).as_posix()
        raise RuleError(f"{asked}:{place}", error.rule, error.problem) from error


def _reviewed(options: Options, sides: tuple[Side, Side], items: tuple[Item, ...], truth: Gold) -> Review:
    base, head = sides
    share_model(base.library, head.library)
    known = set(map(fingerprint, base.rules))
    runaways = care.runaways([rule for rule in head.rules if fingerprint(rule) not in known], options.jobs)
    runs = _without(head, runaways)
    both = measure_both(Task(base, runs, items, options.jobs, options.limit, options.remember))
    labels = _labels(both, truth, options)
    names = renamed(base, head)
    changed = [found for one in both if (found := compare(one, labels[one.item.id], names))]
    tallies = _tallies(both, labels)
    touched = {found.id for found in changed}
    return Review(
        base=base,
        head=head,
        documents=len(both),
        has_gold=any(labels.values()),
        tallies=tallies,
        rows=rule_rows(base, head, tallies, names),
        changed=changed,
        renamed=names,
        runaways=runaways,
        control=control(base, runs, items),
        items={one.item.id: one for one in both if one.item.id in touched},
        seconds=care.timed(head, both) if options.timed else {},
    )


def _without(head: Side, runaways: Mapping[str, str]) -> Side:
    if not runaways:
        return head
    return Side(head.name, library_of([rule for rule in head.rules if rule.id not in runaways], head.library))


def _tallies(both: Sequence[Both], labels: Mapping[str, str]) -> tuple[Tally, Tally]:
    before, after = Tally(), Tally()
    for one in both:
        sizes = [len(line) for line in _lines(one)]
        known = labels[one.item.id] or UNKNOWN * len(sizes)
        tally = tally_of(one.base, sizes, known)
        before.add(tally)
        after.add(tally if one.same else tally_of(one.head, sizes, known))
    return before, after


def _labels(both: Sequence[Both], truth: Gold, options: Options) -> dict[str, str]:
    """Return a character of gold.py for each line of each document, by id."""
    known = gold.Labels(truth, options.remember)
    missing = [at for at, one in enumerate(both) if known.get(one.item.id, one.key) is None]
    if missing:
        truth.articles, truth.lines  # noqa: B018 - read before the workers start, so that they need not
        for at, found in zip(missing, spread(_label, (truth, both), missing, options.jobs), strict=True):
            known.add(both[at].item.id, both[at].key, found)
        known.save()
    return {one.item.id: known.get(one.item.id, one.key) or "" for one in both}


def _label(state: tuple[Gold, Sequence[Both]], at: int) -> str:
    truth, both = state
    return truth.labels(both[at].item.id, _lines(both[at]))


def _lines(one: Both) -> list[str]:
    return source_lines(one.item, one.base if not one.base.error else one.head)
