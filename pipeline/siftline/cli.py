"""The command line: arguments only. What a command does is in commands.py and review/commands.py."""

from __future__ import annotations

import argparse
import io
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress

from . import __version__, commands
from .files import KNOWN, PACKED, SourceError
from .files.writing import FULL
from .library import STRICTNESS
from .pool import ENDING
from .review import FORMATS, SITES
from .rules import RuleError
from .run import TIME_LIMIT
from .stages import NAMES, choose
from .stages.extract import DEFAULT_EXTRACTOR, EXTRACTORS

EXIT_REJECTS, EXIT_USAGE = 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; return 0 when all is done, 1 when some documents were rejected, 2 for wrong usage or rules."""
    argv = list(sys.argv[1:] if argv is None else argv)
    if argv[:1] == ["review"] and argv[1:2] in (["accept"], ["reject"]):
        argv[:2] = [" ".join(argv[:2])]
    args = _parser().parse_args(argv)
    _prepare()
    try:
        status = int(args.run(args))
        if sys.stdout:
            sys.stdout.flush()
    except _Ended as ended:
        print(f"siftline: ended by {signal.Signals(ended.number).name}", file=sys.stderr)
        return 128 + ended.number
    except (RuleError, SourceError, commands.UsageError) as error:
        for each in (error, *getattr(error, "others", ())):
            print(f"siftline: {each}", file=sys.stderr)
        return EXIT_USAGE
    except BrokenPipeError:
        sys.stderr.close()
        return EXIT_REJECTS
    except OSError as error:
        return _cannot_go_on(error)
    except KeyboardInterrupt:
        print("siftline: interrupted", file=sys.stderr)
        return 130
    return status


class _Ended(BaseException):
    """A signal asked the process to end."""

    def __init__(self, number: int) -> None:
        self.number = number


def _prepare() -> None:
    """Let what is under way be cleared up when the process is asked to end, and let no character that a terminal of
    another encoding has not end it.
    """
    for number in ENDING if threading.current_thread() is threading.main_thread() else ():
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _end(number: int, _: object) -> None:
    raise _Ended(number)


def _cannot_go_on(error: OSError) -> int:
    """Say what the system refused. Python would try at its end to print again what could not be: it is given up."""
    place = error.filename or ("standard output" if error.errno in FULL else "")
    print(f"siftline: {f'{place}: ' if place else ''}{error.strerror or error}", file=sys.stderr)
    if not error.filename:
        with suppress(OSError, ValueError, AttributeError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return EXIT_USAGE


def _reviewing(name: str) -> Callable[[argparse.Namespace], int]:
    """Return a command of review/commands.py, which is imported when it is run: most runs only clean."""

    def run(args: argparse.Namespace) -> int:
        from .review import commands as reviewing  # noqa: PLC0415 - see above

        return int(getattr(reviewing, name)(args))

    return run


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="siftline", description="Turn messy web articles into clean article files.")
    parser.add_argument("--version", action="version", version=f"siftline {__version__}")
    commands_of = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_clean(commands_of)
    _add_pipe(commands_of)
    restore = commands_of.add_parser("restore", help="result lines in, the inputs as they were out")
    restore.add_argument(
        "file", nargs="?", default="-", metavar="FILE", help="results as .jsonl or .parquet (default: standard input)"
    )
    restore.set_defaults(run=commands.restore)
    explain = commands_of.add_parser("explain", help="what happened to each line, and which rule did it")
    explain.add_argument("file", metavar="FILE[:LINE]")
    _add_common(explain)
    explain.set_defaults(run=_reviewing("explain"))
    _add_review(commands_of)
    _add_rules(commands_of)
    return parser


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--stages", type=_stages, metavar="NAME,...", help=f"run only these: {', '.join(NAMES)}")
    parser.add_argument("--rules", metavar="DIR", help="read the rules from this folder")
    parser.add_argument(
        "--keep-width", action="store_true", help="leave Chinese punctuation that was folded to ASCII as it is"
    )
    parser.add_argument(
        "--dictionary",
        default="",
        metavar="FILE",
        help="look leftover words up in this file of CC-CEDICT; `cc-cedict` is that of the extra `dictionary`",
    )
    parser.add_argument(
        "--extractor",
        choices=EXTRACTORS,
        default=DEFAULT_EXTRACTOR,
        help="what reads a page of HTML (default: %(default)s)",
    )
    parser.add_argument(
        "--strictness",
        type=_share,
        default=STRICTNESS,
        metavar="0..1",
        help="how strict the layout model and the score of adverts are: 0 keeps every line that no rule names, "
        "1 only what is sure to be article (default: %(default)s)",
    )


def _add_work(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--jobs", type=_positive, default=1, metavar="N", help="worker processes (default: %(default)s)"
    )
    parser.add_argument(
        "--timeout",
        type=_seconds,
        default=TIME_LIMIT,
        metavar="SECONDS",
        help="time limit for one document (default: %(default)s)",
    )
    parser.add_argument(
        "--ledger", choices=("full", "none"), default="full", help="none: leave the changes out of the output"
    )


def _add_clean(commands_of: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    clean = commands_of.add_parser("clean", help="clean files, folders, globs or - into article files")
    clean.add_argument(
        "sources",
        nargs="+",
        metavar="SRC",
        help=f"{' '.join(KNOWN)}, each also {' '.join(PACKED)}; a folder; a glob; - for standard input",
    )
    clean.add_argument("-o", "--out", default="out", help="folder, or with --to jsonl or parquet a file (default: out)")
    clean.add_argument("--to", choices=commands.FORMATS, default="md", help="what to write (default: md)")
    clean.add_argument(
        "--repeats",
        action="store_true",
        help="read everything twice, and take out lines that repeat over the pages of a site",
    )
    _add_common(clean)
    _add_work(clean)
    clean.set_defaults(run=commands.clean)


def _add_pipe(commands_of: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    pipe = commands_of.add_parser("pipe", help="JSON lines in, JSON lines out, in order, one for one")
    _add_common(pipe)
    _add_work(pipe)
    pipe.set_defaults(run=commands.pipe)


def _add_review(commands_of: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    review = commands_of.add_parser("review", help="what a change of the rules does to a corpus")
    review.add_argument("base", metavar="BASE", help="git revision or rules folder to compare with")
    review.add_argument("head", metavar="HEAD", nargs="?", default="", help="the same (default: the working tree)")
    review.add_argument("--corpus", required=True, metavar="DIR", help="documents: a folder, a file or a glob")
    review.add_argument("--gold", default="", metavar="FILE", help="JSON lines that say what belongs to the article")
    review.add_argument("--to", choices=FORMATS, default="md", help="what to write (default: %(default)s)")
    review.add_argument("-o", "--out", default="-", metavar="FILE", help="where to (default: standard output)")
    review.add_argument("--rules", metavar="DIR", help="where the rules are in the working tree")
    review.add_argument("--jobs", type=_positive, default=os.cpu_count() or 1, metavar="N", help="worker processes")
    review.add_argument("--timeout", type=_seconds, default=TIME_LIMIT, metavar="SECONDS", help="for one document")
    review.add_argument("--time", action="store_true", help="say what time each rule takes; the bytes then differ")
    review.add_argument("--no-cache", action="store_true", help="run everything, and keep nothing")
    review.set_defaults(run=_reviewing("review"))
    for verdict, what in (("accept", "right"), ("reject", "wrong")):
        decide = commands_of.add_parser(f"review {verdict}", help=f"say that changes of a review are {what}")
        decide.add_argument("report", metavar="FILE", help="a report written with --to json, or what its page saved")
        decide.add_argument("changes", metavar="CHANGE", nargs="*", help="ids of changes; of saved decisions: all")
        decide.add_argument(
            "--gold", default="gold.jsonl", metavar="FILE", help="file to add to (default: %(default)s)"
        )
        decide.add_argument("--rules", metavar="DIR", help="where the rules are in the working tree")
        decide.add_argument("--as", dest="wording", default="", metavar="TEXT", help="what to write as the example")
        decide.set_defaults(run=_reviewing("decide"), verdict=what)


def _add_rules(commands_of: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    rules = commands_of.add_parser("rules", help="list the rules, check them, propose new ones, or write their pages")
    rules.add_argument(
        "action",
        choices=("list", "check", "suggest", "pages"),
        nargs="?",
        default="list",
        help="list: a rule a line (default); check: try each on its examples, and with --corpus note those that never "
        "hit; suggest: propose rules for lines that many sites of --corpus have; pages: write a page for each family",
    )
    rules.add_argument("--rules", metavar="DIR", help="read the rules from this folder")
    rules.add_argument("--corpus", default="", metavar="DIR", help="documents on which the rules are tried")
    rules.add_argument(
        "--sites", type=_positive, default=SITES, metavar="N", help="for suggest: sites that have a line"
    )
    rules.add_argument("-o", "--out", default="docs/rules", metavar="DIR", help="for pages: where to (%(default)s)")
    rules.add_argument("--jobs", type=_positive, default=os.cpu_count() or 1, metavar="N", help="worker processes")
    rules.set_defaults(run=_reviewing("rules"))


def _stages(text: str) -> tuple[str, ...]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    if not names:
        raise argparse.ArgumentTypeError(f"names no stage; known are {', '.join(NAMES)}")
    try:
        return choose(names)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _share(text: str) -> float:
    share = _number(text)
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to 1")
    return share


def _seconds(text: str) -> float:
    seconds = _number(text)
    if not seconds > 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number above 0")
    return seconds


def _number(text: str) -> float:
    """Return a number; what is none fails all comparisons."""
    try:
        return float(text)
    except ValueError:
        return float("nan")


def _positive(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number above 0")
    return number
