"""What the commands that clean do. Each takes the parsed arguments and returns the exit status.

Those that look at rules and reviews are in review/commands.py, so that a run that cleans need not import them.
"""

from __future__ import annotations

import argparse
import gc
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from . import arriving, files
from .cleaner import Cleaner
from .document import LedgerError
from .files.errors import reason
from .run import Job, Outcome, clean_all, learn, rejected
from .stages.write import restore_text

FORMATS = ("md", "txt", "jsonl", "parquet", "tmx")
_ONE_FILE = ("jsonl", "parquet")
_UNITS = "translation units"
_BAR_FROM = 20
"""Documents from which a progress bar is worth its lines."""


class UsageError(ValueError):
    """The command line asks for what cannot be done: the message says what and how to mend it, in one line."""


def clean(args: argparse.Namespace) -> int:
    """Clean the sources into a folder, or with --to jsonl or parquet into one file."""
    job = _job(args)
    target = Path(args.out)
    _check_target(args.out, args.to)
    counts: Counter[str] = Counter()
    found = files.items(args.sources, counts, target)
    if args.repeats:
        if "-" in args.sources:
            raise UsageError("--repeats reads everything twice, so - cannot be a source: name a file")
        job = learn(job, files.items(args.sources, target=target), args.jobs, args.timeout)
    outcomes = _watched(clean_all(job, found, args.jobs, args.timeout), args.sources, target)
    if args.to in _ONE_FILE:
        _to_file(outcomes, target, args, counts)
    else:
        _to_folder(outcomes, target, args, counts)
    print(_table(counts), f"-> {target}", sep="\n")
    return 1 if counts["rejected"] else 0


def pipe(args: argparse.Namespace) -> int:
    """Clean JSON lines from standard input to standard output, one for one and in order."""
    job = replace(_job(args), counted=False)
    status = 0
    for outcome in clean_all(job, _items(files.standard_input()), args.jobs, args.timeout):
        status |= outcome.error
        print_line(outcome.line)
    return status


def restore(args: argparse.Namespace) -> int:
    """Print {"id", "text"} for each result on standard input, or in a file: the inputs as they were."""
    status = 0
    results = files.standard_input() if args.file == "-" else files.result_lines(Path(args.file))
    for number, raw in enumerate(results, 1):
        if not raw.strip():
            continue
        name: Any = f"line-{number}"
        try:
            record = files.parse_line(raw)
            name = record.get("id", name)
            print_line(files.json_line({"id": name, "text": restore_text(record)}))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            status = 1
            name = name if isinstance(name, str | int | float) else f"line-{number}"
            message = str(error) if isinstance(error, LedgerError) else "not a result with `lines` and `changes`"
            print_line(files.json_line(rejected(name, "no-ledger", f"line {number}: {message}")))
    return status


def cleaner(args: argparse.Namespace, rules: Path | None = None) -> Cleaner:
    """Return the cleaner that the arguments ask for, with another folder of rules where one is given."""
    switches = {"keep_width": args.keep_width, "dictionary": args.dictionary}
    return Cleaner(rules or args.rules, args.stages, args.extractor, args.strictness, **switches)


def _job(args: argparse.Namespace) -> Job:
    made = cleaner(args)
    try:
        made.library.dictionary  # noqa: B018 - read now, so that what is not right is said before any work
    except (OSError, EOFError, zlib.error, ValueError) as error:
        raise UsageError(f"--dictionary {args.dictionary}: {reason(error)}") from error
    made.library.load()
    gc.freeze()  # what is loaded stays: workers share it, and neither they nor the end of the process go through it
    return Job(made, args.ledger == "full")


def _check_target(given: str, fmt: str) -> None:
    target = Path(given)
    if not given:
        raise UsageError("-o is empty: name a file or a folder")
    if given == "-":
        raise UsageError("-o - is no file or folder: it is `siftline pipe` that writes to standard output")
    if fmt == "parquet":
        files.require_parquet("--to parquet")
    if fmt in _ONE_FILE and target.is_dir():
        raise UsageError(f"{target} is a folder: with --to {fmt}, -o names a file")
    if fmt not in _ONE_FILE and target.exists() and not target.is_dir():
        raise UsageError(f"{target} is a file: with --to {fmt}, -o names a folder")


def _items(stream: IO[bytes]) -> Iterator[files.Item | None]:
    """Yield the document of each line, and None where there is none for now."""
    number = 0
    for raw in arriving.lines(stream):
        if raw is None:
            yield None
            continue
        number += 1
        if raw.strip():
            yield replace(files.item_of(raw, f"line-{number}"), place=f"line {number}")


def print_line(line: bytes) -> None:
    """Write a line to standard output, and pass it on at once."""
    if sys.stdout is None:
        raise UsageError("standard output is closed: name a file with >")
    sys.stdout.buffer.write(line)
    sys.stdout.buffer.flush()


def _watched(outcomes: Iterator[Outcome], sources: list[str], target: Path) -> Iterator[Outcome]:
    total = files.count(sources, target) if sys.stderr.isatty() else 0
    if (_BAR_FROM if total is None else total) < _BAR_FROM:
        return outcomes
    # A run without a terminal shows no bar, and need not wait for the import.
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import track  # noqa: PLC0415

    return iter(track(outcomes, description="cleaning", total=total, console=Console(stderr=True), transient=True))


def _to_file(outcomes: Iterable[Outcome], target: Path, args: argparse.Namespace, counts: Counter[str]) -> None:
    rejects = files.Rejects(files.rejects_of(target))
    with ExitStack() as stack:
        out = stack.enter_context(files.replacing(target))
        full = args.ledger == "full"
        add = stack.enter_context(files.parquet_writer(out, full)) if args.to == "parquet" else out.write
        for outcome in outcomes:
            counts.update(outcome.counts)
            if outcome.error:
                rejects.add(outcome.line)
            else:
                add(outcome.line)
    rejects.write()


def _to_folder(outcomes: Iterable[Outcome], target: Path, args: argparse.Namespace, counts: Counter[str]) -> None:
    from . import report  # noqa: PLC0415 - a pipe draws nothing

    rejects = files.Rejects(target / "rejects.jsonl")
    full = args.ledger == "full"
    page = report.Report()
    with files.memories(target) if args.to == "tmx" else nullcontext() as add:
        for outcome in outcomes:
            counts.update(outcome.counts)
            record = outcome.record()
            if outcome.error:
                rejects.add(outcome.line)
            elif add:
                counts[_UNITS] += add(record)
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
    counts["skipped"] = sum(counts[name] for name in files.SKIPPED)
    first = ["documents", "rejected"]
    if counts["skipped"]:
        first += ["skipped", *(name for name in files.SKIPPED if counts[name])]
    first += ["paragraphs", *sorted(name for name in counts if name.startswith("  in "))]
    names = [*first, *sorted(name for name in set(counts) - set(first) if counts[name] or name == _UNITS)]
    width = max(map(len, names))
    return "\n".join(f"{name:{width}s} {counts[name]:7d}" for name in names)
