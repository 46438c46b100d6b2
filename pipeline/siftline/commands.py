"""What the commands do. Each takes the parsed arguments and returns the exit status."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from . import files, report
from .cleaner import Cleaner
from .document import LedgerError
from .library import Library, default_folder
from .review import care, decisions, git, markdown, rule_pages, sides, suggest
from .review.explain import explained
from .review.render import render as render_review
from .review.report import report as report_of_review
from .review.report import status as review_status
from .review.review import Options
from .review.review import review as run_review
from .run import Job, Outcome, clean_all, rejected
from .stages.write import restore_text
from .toml_text import EditError

FORMATS = ("md", "txt", "jsonl")
_BAR_FROM = 20
"""Documents from which a progress bar is worth its lines."""


class UsageError(ValueError):
    """The command line asks for what cannot be done: the message says what and how to mend it, in one line."""


def clean(args: argparse.Namespace) -> int:
    """Clean the sources into a folder, or with --to jsonl into one file."""
    job = _job(args)
    target = Path(args.out)
    _check_target(target, args.to)
    found: Iterable[files.Item] = files.items(args.sources)
    total = None
    if not any(files.RECORDS[0] in source for source in args.sources):  # files can be counted, records may be many
        found = list(found)
        total = len(found)
    outcomes = _watched(clean_all(job, found, args.jobs, args.timeout), total)
    counts: Counter[str] = Counter()
    if args.to == "jsonl":
        _to_lines(outcomes, target, counts)
    else:
        _to_folder(outcomes, target, args, counts)
    print(_table(counts), f"-> {target}", sep="\n")
    return 1 if counts["rejected"] else 0


def pipe(args: argparse.Namespace) -> int:
    """Clean JSON lines from standard input to standard output, one for one and in order."""
    job = _job(args)
    status = 0
    for outcome in clean_all(job, _lines(sys.stdin.buffer), args.jobs, args.timeout):
        status |= outcome.error
        _print(outcome.line)
    return status


def restore(args: argparse.Namespace) -> int:
    """Print {"id", "text"} for each result line on standard input: the inputs as they were."""
    status = 0
    for number, raw in enumerate(sys.stdin.buffer, 1):
        if not raw.strip():
            continue
        name: Any = f"line-{number}"
        try:
            record = files.parse_line(raw)
            name = record.get("id", name)
            _print(files.json_line({"id": name, "text": restore_text(record)}))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            status = 1
            message = str(error) if isinstance(error, LedgerError) else "not a result with `lines` and `changes`"
            _print(files.json_line(rejected(name, "no-ledger", f"line {number}: {message}")))
    return status


def explain(args: argparse.Namespace) -> int:
    """Print each line of a file with its role, and for each change its stage, rule, span and the rule's last commit."""
    path, _, line = args.file.rpartition(":")
    path, wanted = (
        (path, int(line)) if path and line.isdecimal() and not Path(args.file).exists() else (args.file, None)
    )
    item = next(iter(files.items([path])))
    side = sides.side("", _rules_folder(args.rules))
    try:
        cleaner = _cleaner(args, side.library.folder)
        cleaner.library.reasons = True
        doc = cleaner.clean(item.read(), html=item.html).document
    except ValueError as error:
        raise UsageError(f"{path}: {error}") from error
    shown = [at for at in range(len(doc.lines)) if wanted is None or at == wanted - 1]
    history = explained(doc, side, set(shown))
    for at in shown:
        text = doc.lines[at]
        print(f"{at + 1:5d} {' ' if text.in_article else '-'} {text.lang:3s} {text.role:10s} {text.text}")
        for entry in history.get(at, ()):
            print(f"{'':10s}{entry}")
    return 0


def rules(args: argparse.Namespace) -> int:
    """List the rules, check them all, propose new ones, or write their pages."""
    return {"list": _list_rules, "check": _check_rules, "suggest": _suggest_rules, "pages": _write_pages}[args.action](
        args
    )


def _list_rules(args: argparse.Namespace) -> int:
    book = Library(_rules_folder(args.rules)).book
    width = max((len(rule.id) for rule in book.rules), default=0)
    for rule in book.rules:
        print(f"{rule.id:{width}s}  {rule.action:12s} {rule.status:7s} {rule.why}")
    return 0


def _check_rules(args: argparse.Namespace) -> int:
    """Check form and examples, and that no pattern runs away; note rules that are shadowed, overlap or never hit."""
    side = sides.Side("", Library(_rules_folder(args.rules)))  # no automata: they take longer to make than the check
    care.refuse_runaways(side.rules, args.jobs)
    notes = care.by_examples(side)
    if args.corpus:
        notes += care.by_corpus(side, care.use(side, args.corpus, args.jobs))
    for note in sorted(set(notes)):
        print(f"{note.rule}  {note.kind}: {note.text}")
    count = sum(len(rule.hits) + len(rule.misses) for rule in side.rules)
    print(f"{len(side.rules)} rules are right about {count} examples")
    return 0


def _suggest_rules(args: argparse.Namespace) -> int:
    """Print rules for lines that stand on many sites, ready to paste."""
    side = sides.side("", _rules_folder(args.rules))
    found = suggest.suggest(care.kept_lines(side, _corpus(args), args.jobs), side.library.book, args.sites)
    for proposal in found:
        print(f"# {proposal.place}: on {proposal.sites} sites, {proposal.lines} lines\n{proposal.toml}")
    return 0


def _write_pages(args: argparse.Namespace) -> int:
    """Write docs/rules/, with rates measured anew where a corpus is named."""
    side, folder = sides.side("", _rules_folder(args.rules)), Path(args.out)
    rates = rule_pages.load_rates(folder)
    if args.corpus:
        found = care.results(side, _corpus(args), args.jobs)
        rates = rule_pages.measured(len(found), care.rates(found))
    rule_pages.write(folder, rule_pages.pages(side.rules, rates), rates)
    print(f"{len(side.rules)} rules -> {folder}")
    return 0


def _corpus(args: argparse.Namespace) -> str:
    if not args.corpus:
        raise UsageError("rules suggest needs --corpus: documents in which lines repeat across sites")
    return str(args.corpus)


def review(args: argparse.Namespace) -> int:
    """Say what a change of the rules does to a corpus; 1 where it must not be merged as it is."""
    try:
        found = run_review(
            Options(
                args.base, args.corpus, args.head, _rules_folder(args.rules), args.gold, args.jobs, args.timeout,
                args.time, not args.no_cache,
            )
        )  # fmt: skip
    except git.GitError as error:
        raise UsageError(str(error)) from error
    data = report_of_review(found)
    text = render_review(args.to, data, found)
    if args.out == "-":
        _print(text.encode("utf-8", "backslashreplace"))
    else:
        with files.replacing(Path(args.out)) as out:
            out.write(text.encode("utf-8", "backslashreplace"))
        print(markdown.summary(data, plain=True), f"-> {args.out}", sep="\n")
    return review_status(data)


def decide(args: argparse.Namespace) -> int:
    """Write into rules and gold file what a reviewer says of changes."""
    try:
        found = decisions.load(Path(args.report), args.changes, args.verdict)
        if args.wording and len(found) != 1:
            raise UsageError("--as goes with a single change")
        done = decisions.carry_out(found, _rules_folder(args.rules), Path(args.gold), args.wording)
    except (decisions.DecisionError, EditError) as error:
        raise UsageError(str(error)) from error
    for one in done:
        print(decisions.says(one))
    if any(one.place for one in done):
        print("Look over the new examples: names, numbers and accounts in them must be made up.")
    return 0


def _rules_folder(given: str | None) -> Path:
    """Return the rules of the working tree: those named, those of the checkout one stands in, or those that came
    with the package.
    """
    if given:
        return Path(given)
    here = git.top(Path.cwd()) or Path.cwd()
    return here / "rules" if (here / "rules").is_dir() else default_folder()


def _cleaner(args: argparse.Namespace, rules: Path | None = None) -> Cleaner:
    return Cleaner(rules or args.rules, args.stages, args.extractor, args.strictness, keep_width=args.keep_width)


def _job(args: argparse.Namespace) -> Job:
    cleaner = _cleaner(args)
    cleaner.library.load()
    return Job(cleaner, args.ledger == "full")


def _check_target(target: Path, fmt: str) -> None:
    if fmt == "jsonl" and target.is_dir():
        raise UsageError(f"{target} is a folder: with --to jsonl, -o names a file")
    if fmt != "jsonl" and target.exists() and not target.is_dir():
        raise UsageError(f"{target} is a file: with --to {fmt}, -o names a folder")


def _lines(stream: IO[bytes]) -> Iterator[files.Item]:
    for number, raw in enumerate(stream, 1):
        if raw.strip():
            yield files.item_of(raw, f"line-{number}")


def _print(line: bytes) -> None:
    sys.stdout.buffer.write(line)
    sys.stdout.buffer.flush()


def _watched(outcomes: Iterator[Outcome], total: int | None) -> Iterator[Outcome]:
    if not sys.stderr.isatty() or (total or _BAR_FROM) < _BAR_FROM:
        return outcomes
    # A run without a terminal shows no bar, and need not wait for the import.
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import track  # noqa: PLC0415

    return iter(track(outcomes, description="cleaning", total=total, console=Console(stderr=True), transient=True))


def _to_lines(outcomes: Iterable[Outcome], target: Path, counts: Counter[str]) -> None:
    rejects = files.Rejects(target.with_name(target.name + ".rejects.jsonl"))
    with files.replacing(target) as out:
        for outcome in outcomes:
            counts.update(outcome.counts)
            if outcome.error:
                rejects.add(outcome.line)
            else:
                out.write(outcome.line)
    rejects.write()


def _to_folder(outcomes: Iterable[Outcome], target: Path, args: argparse.Namespace, counts: Counter[str]) -> None:
    rejects = files.Rejects(target / "rejects.jsonl")
    full = args.ledger == "full"
    page = report.Report()
    for outcome in outcomes:
        counts.update(outcome.counts)
        record = outcome.record()
        if outcome.error:
            rejects.add(outcome.line)
        else:
            files.write_article(target, record, args.to, full)
        if full:
            page.add(report.ReportEntry(outcome.id, record))
    if full:
        with files.replacing(target / "index.html") as out:
            out.writelines(piece.encode("utf-8", "replace") for piece in page.pieces())
    rejects.write()


def _table(counts: Counter[str]) -> str:
    """Return what a run did as a table: documents, paragraphs by language, then what was taken out and mended."""
    first = ["documents", "rejected", "paragraphs", *sorted(name for name in counts if name.startswith("  in "))]
    names = [*first, *sorted(set(counts) - set(first))]
    width = max(map(len, names))
    return "\n".join(f"{name:{width}s} {counts[name]:7d}" for name in names)
