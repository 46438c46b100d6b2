"""What the commands do. Each takes the parsed arguments and returns the exit status."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from . import examples, files, report
from .cleaner import Cleaner
from .document import LedgerError
from .library import Library
from .report_document import category
from .run import Job, clean_all, clean_item, workers
from .stages.write import restore_text

FORMATS = ("md", "txt", "jsonl")
_BAR_FROM = 20
"""Documents from which a progress bar is worth its lines."""


class UsageError(ValueError):
    """The command line asks for what cannot be done: the message says what and how to mend it, in one line."""


def clean(args: argparse.Namespace) -> int:
    """Clean the sources into a folder, or with --to jsonl into one file."""
    job = _job(args)
    found = list(files.items(args.sources)) if _countable(args.sources) else files.items(args.sources)
    total = len(found) if isinstance(found, list) else None
    records = _watched(clean_all(job, found, workers(args.jobs), args.timeout), total)
    target = Path(args.out)
    _check_target(target, args.to)
    tally = Tally()
    if args.to == "jsonl":
        _to_lines(records, target, tally)
    else:
        _to_folder(records, target, args, tally)
    print(tally.table(target), end="")
    return 1 if tally.rejects else 0


def pipe(args: argparse.Namespace) -> int:
    """Clean JSON lines from standard input to standard output, one for one and in order."""
    job = _job(args)
    status = 0
    for record in clean_all(job, _lines(sys.stdin.buffer), args.jobs, args.timeout):
        status |= "error" in record
        _print(record)
    return status


def restore(args: argparse.Namespace) -> int:
    """Print {"id", "text"} for each result line on standard input: the inputs as they were."""
    status = 0
    for number, raw in enumerate(sys.stdin.buffer, 1):
        if not raw.strip():
            continue
        name: Any = f"line-{number}"
        try:
            record = json.loads(raw.decode("utf-8", "surrogatepass"))
            name = record.get("id", name)
            _print({"id": name, "text": restore_text(record)})
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            status = 1
            message = str(error) if isinstance(error, LedgerError) else "not a result with `lines` and `changes`"
            _print({"id": name, "error": {"kind": "no-ledger", "message": f"line {number}: {message}"}})
    return status


def explain(args: argparse.Namespace) -> int:
    """Print each line of a file with its role, and the rules that took or changed it."""
    path, _, line = args.file.rpartition(":")
    path, wanted = (path, int(line)) if path and line.isdecimal() and not Path(args.file).exists() else (args.file, None)
    item = next(iter(files.items([path])))
    try:
        doc = Cleaner(args.rules, args.stages).clean(item.read(), html=item.html).document
    except ValueError as error:
        raise UsageError(f"{path}: {error}") from error
    history: dict[int, list[str]] = {}
    for change in doc.changes:
        what = f"-> {change.role}" if change.after is None else f"{change.before!r} -> {change.after!r} at {change.start}"
        history.setdefault(change.line, []).append(f"{change.rule}  {what}")
    for at, text in enumerate(doc.lines):
        if wanted is not None and at != wanted - 1:
            continue
        print(f"{at + 1:5d} {' ' if text.in_article else '-'} {text.lang:3s} {text.role:10s} {text.text}")
        for entry in history.get(at, ()):
            print(f"{'':10s}{entry}")
    return 0


def rules(args: argparse.Namespace) -> int:
    """List the rules, or check them all: their form, their examples, and that none runs away."""
    library = Library(args.rules)
    book = library.book
    if args.action == "check":
        examples.check_runaway(book.rules)
        print(f"{len(book.rules)} rules are right about {sum(len(r.hits) + len(r.misses) for r in book.rules)} examples")
        return 0
    width = max((len(rule.id) for rule in book.rules), default=0)
    for rule in book.rules:
        print(f"{rule.id:{width}s}  {rule.action:12s} {rule.status:7s} {rule.why}")
    return 0


def _job(args: argparse.Namespace) -> Job:
    cleaner = Cleaner(args.rules, args.stages)
    cleaner.library.load()
    return Job(cleaner, args.ledger == "full")


def _countable(sources: Iterable[str]) -> bool:
    """Whether the documents can be listed beforehand: record files are streamed, since they may be huge."""
    return not any(files.RECORDS[0] in source for source in sources)


def _check_target(target: Path, fmt: str) -> None:
    if fmt == "jsonl" and target.is_dir():
        raise UsageError(f"{target} is a folder: with --to jsonl, -o names a file")
    if fmt != "jsonl" and target.exists() and not target.is_dir():
        raise UsageError(f"{target} is a file: with --to {fmt}, -o names a folder")


def _lines(stream: IO[bytes]) -> Iterator[files.Item]:
    for number, raw in enumerate(stream, 1):
        if raw.strip():
            yield files.item_of(raw, f"line-{number}")


def _print(record: dict[str, Any]) -> None:
    sys.stdout.buffer.write(files.json_line(record).encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def _watched(records: Iterator[dict[str, Any]], total: int | None) -> Iterator[dict[str, Any]]:
    if not sys.stderr.isatty() or (total or _BAR_FROM) < _BAR_FROM:
        return records
    from rich.console import Console
    from rich.progress import track

    return iter(track(records, description="cleaning", total=total, console=Console(stderr=True), transient=True))


def _to_lines(records: Iterable[dict[str, Any]], target: Path, tally: Tally) -> None:
    rejects = files.Rejects(target.with_name(target.name + ".rejects.jsonl"))
    with files.replacing(target) as out:
        for record in records:
            tally.add(record)
            if "error" in record:
                rejects.add(record)
            else:
                out.write(files.json_line(record))
    rejects.write()


def _to_folder(records: Iterable[dict[str, Any]], target: Path, args: argparse.Namespace, tally: Tally) -> None:
    rejects = files.Rejects(target / "rejects.jsonl")
    full = args.ledger == "full"
    page = report.Report()
    for record in records:
        tally.add(record)
        if "error" in record:
            rejects.add(record)
        else:
            files.write_article(target, record, args.to, full)
        if full:
            page.add(report.ReportEntry(record["id"], record))
    if full:
        with files.replacing(target / "index.html") as out:
            out.writelines(page.pieces())
    rejects.write()


class Tally:
    """What a run did, counted for the table at its end."""

    def __init__(self) -> None:
        self.documents = self.rejects = self.paragraphs = 0
        self.languages: Counter[str] = Counter()
        self.removed: Counter[str] = Counter()

    def add(self, record: dict[str, Any]) -> None:
        """Count one record."""
        self.documents += 1
        if "error" in record:
            self.rejects += 1
            return
        self.paragraphs += sum(map(len, record["body"].values()))
        self.languages.update(record["languages"])
        for change in record.get("changes", ()):
            self.removed[category(change)] += 1

    def table(self, target: Path) -> str:
        """Return the table as text."""
        rows = [("documents", self.documents), ("rejected", self.rejects), ("paragraphs kept", self.paragraphs)]
        rows += [(f"  in {lang}", n) for lang, n in sorted(self.languages.items())]
        rows += [(name, n) for name, n in sorted(self.removed.items())]
        width = max(len(name) for name, _ in rows)
        return "".join(f"{name:{width}s} {n:7d}\n" for name, n in rows) + f"-> {target}\n"
