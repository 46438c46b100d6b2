"""A review from its options to its report: read both sides, run them, compare, weigh."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from .. import files
from ..files import Item
from ..rules import RuleError
from ..run import TIME_LIMIT
from . import care, git
from .collect import Collection
from .compare import DocumentChange
from .control import DOCUMENTS, Control, control
from .gold import Gold, Labels
from .sides import Side, fingerprint, lend, library_of, renamed, share_model, side
from .tables import RuleRow, Tally, rule_rows
from .work import Run, Task

WORKING_TREE = "working tree"
_FULL_HASH, _HASH = re.compile("[0-9a-f]{40}|[0-9a-f]{64}"), 12
"""The name of a commit, and how much of it a reader is shown."""


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
    changes: Collection
    renamed: Mapping[str, str]
    runaways: Mapping[str, str]
    """Rules that can run away, with an input that makes them; they were not run."""
    control: Control
    seconds: Mapping[str, float]
    """Milliseconds that a rule takes for a megabyte of text, where that was asked for."""

    @property
    def changed(self) -> Sequence[DocumentChange]:
        """The documents that came out otherwise, in the order of the corpus."""
        return self.changes.documents


def review(options: Options) -> Review:
    """Run a review. Raises RuleError, files.SourceError or git.GitError where it cannot be run."""
    items = files.items([options.corpus])  # says at once what is wrong with the corpus, and reads nothing yet
    truth = Gold([one for one in (options.corpus, options.gold) if one])
    with ExitStack() as stack:
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
        return side(asked[:_HASH] if _FULL_HASH.fullmatch(asked) else asked, folder)
    except RuleError as error:  # the file is in a folder that nobody knows of
        place = Path(error.path).relative_to(folder.parent).as_posix()
        line = f":{error.line}" if error.line else ""
        raise RuleError(f"{asked}:{place}{line}", error.rule, error.problem) from error


def _reviewed(options: Options, sides: tuple[Side, Side], items: Iterator[Item], truth: Gold) -> Review:
    base, head = sides
    share_model(base.library, head.library)
    known = set(base.prints)
    runaways = care.runaways([rule for rule in head.rules if fingerprint(rule) not in known], options.jobs)
    runs = _without(head, runaways)
    lend(base.library, runs.library)
    first = list(islice(items, DOCUMENTS))
    planted = control(base, runs, first)  # before the workers start, so that they have what it loads
    labels = Labels(truth, options.remember)
    names = renamed(base, head)
    whole = chain(first, items)
    changes, sample = Collection(), care.Sample(options.timed)
    documents, has_gold = 0, False
    with Run(Task(base, runs, whole, options.jobs, options.limit, options.remember, labels, names)) as run:
        for found in run:
            documents += 1
            has_gold |= bool(found.labels)
            sample.add(found)
            if found.change:
                changes.add(found)
    labels.save()
    tallies = run.totals.sides
    return Review(
        base=base,
        head=head,
        documents=documents,
        has_gold=has_gold,
        tallies=tallies,
        rows=rule_rows(base, head, tallies, names),
        changes=changes,
        renamed=names,
        runaways=runaways,
        control=planted,
        seconds=care.timed(head, sample.texts) if options.timed else {},
    )


def _without(head: Side, runaways: Mapping[str, str]) -> Side:
    if not runaways:
        return head
    return Side(head.name, library_of([rule for rule in head.rules if rule.id not in runaways], head.library))
