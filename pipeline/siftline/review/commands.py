"""What the commands do that look at rules, reviews and single documents; those that clean are in ..commands."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .. import files
from ..commands import UsageError, cleaner, print_line
from ..library import Library, default_folder
from ..toml_text import EditError
from . import care, decisions, git, markdown, rule_pages, sides, suggest
from .explain import explained, numbered
from .render import render
from .report import report, status
from .review import Options
from .review import review as run_review


def explain(args: argparse.Namespace) -> int:
    """Print each line of a file with its role, and for each change its stage, rule, span and the rule's last commit."""
    path, _, line = args.file.rpartition(":")
    path, wanted = (
        (path, int(line)) if path and line.isdecimal() and not Path(args.file).exists() else (args.file, None)
    )
    if Path(path).is_dir():
        raise UsageError(f"{path} is a folder: name one document in it")
    item = next(iter(files.items([path])), None)
    if item is None:
        raise UsageError(f"{path}: there is no document in it")
    side = sides.side("", _rules_folder(args.rules))
    try:
        made = cleaner(args, side.library.folder)
        made.library.reasons = True
        doc = made.clean(item.read(), html=item.html, url=item.url, charset=item.charset).document
    except ValueError as error:
        raise UsageError(f"{path}: {error}") from error
    numbers = numbered(doc)
    shown = {at: number for at, number in enumerate(numbers) if wanted in (None, number)}
    if wanted is not None and not shown:
        raise UsageError(f"{path}: there is no line {wanted}; the last one is {max(numbers, default=0)}")
    history = explained(doc, side, shown)
    for at, number in shown.items():
        text = doc.lines[at]
        print(f"{number:5d} {' ' if text.in_article else '-'} {text.lang:3s} {text.role:10s} {text.text}")
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
    if not found:
        print(f"nothing to propose: no line that is left stands on {args.sites} sites", file=sys.stderr)
    for proposal in found:
        print(f"# {proposal.place}: on {proposal.sites} sites, {proposal.lines} lines\n{proposal.toml}")
    return 0


def _write_pages(args: argparse.Namespace) -> int:
    """Write docs/rules/, with rates measured anew where a corpus is named."""
    side, folder = sides.side("", _rules_folder(args.rules)), Path(args.out)
    rates = rule_pages.load_rates(folder)
    if args.corpus:
        rates = rule_pages.measured(*care.rates(care.results(side, _corpus(args), args.jobs)))
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
    data = report(found)
    text = render(args.to, data, found)
    if args.out == "-":
        print_line(text.encode("utf-8", "backslashreplace"))
    else:
        with files.replacing(Path(args.out)) as out:
            out.write(text.encode("utf-8", "backslashreplace"))
        print(markdown.summary(data, plain=True), f"-> {args.out}", sep="\n")
    return status(data)


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
    if len(done) < len(found):
        print(f"{len(found) - len(done)} left out: the output is the same, and only another rule is responsible")
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
