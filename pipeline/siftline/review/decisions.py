"""What a reviewer decided becomes data: an example in the rule, and a line in a gold file.

A change that was wrong is a near miss of the rule that made it; one that was right is a hit. The line stands in the
gold file with whether it belongs to the article, so that the next review says of itself when it happens again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from .. import examples, files, toml_text
from ..files import safe_id
from ..matching import Matcher
from ..rules import Rule, check_pattern, read
from .compare import KEPT, MOVED, REMOVED
from .report import FORMAT

RIGHT, WRONG = "right", "wrong"
DECISIONS = "siftline-decisions/1"
_FIELDS = ("id", "kind", "rule", "other", "document", "text")
LONGEST = 400
"""Characters of a line that is taken as an example; of a longer one only the gold file gets a line."""


class DecisionError(ValueError):
    """A decision cannot be carried out: the message says which and why, in one line."""


class Decision(NamedTuple):
    """One change and what a reviewer says of it."""

    change: str
    """The change's id in its report."""
    verdict: str
    kind: str
    rule: str
    other: str
    document: str
    text: str
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()

    @property
    def keep(self) -> bool | None:
        """Whether the line belongs to the article; None where the decision does not say."""
        if self.kind in (REMOVED, KEPT):
            return (self.kind == REMOVED) == (self.verdict == WRONG)
        return True if self.verdict == WRONG else None

    @property
    def list(self) -> str:
        """The list that the line goes to: the rule acted rightly on it, or should have; or should not."""
        return "hits" if (self.verdict == RIGHT) == (self.kind != KEPT) else "misses"


class Done(NamedTuple):
    """What became of one decision."""

    decision: Decision
    place: str
    """The rule and the list that got an example, or nothing."""
    note: str


def load(path: Path, names: Sequence[str], verdict: str) -> list[Decision]:
    """Return the decisions about the changes `names` of a report, or those that the page saved.

    Of a file from the page all decisions are taken as they stand; `names` may choose among them. Raises DecisionError.
    """
    data = _data(path)
    if data.get("format") == DECISIONS:
        found = [_decision(entry, str(entry.get("verdict", ""))) for entry in data.get("decisions", ())]
    elif data.get("format") == FORMAT:
        if not names:
            raise DecisionError("say which changes are meant: the ids stand beside them in the report")
        found = [_decision({**group, **change}, verdict) for group in data["groups"] for change in group["changes"]]
    else:
        raise DecisionError(f"{path}: neither a report written with --to json nor decisions saved by its page")
    if not names:
        return found
    chosen = [decision for decision in found if any(decision.change.startswith(name) for name in names)]
    missing = [name for name in names if not any(decision.change.startswith(name) for decision in chosen)]
    if missing:
        raise DecisionError(f"{path}: no change {', '.join(missing)}")
    return chosen


def _data(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DecisionError(f"{path}: {error.strerror}") from error
    except ValueError as error:
        raise DecisionError(f"{path}: not JSON: {error}") from error
    return data if isinstance(data, dict) else {}


def _decision(entry: Mapping[str, Any], verdict: str) -> Decision:
    if verdict not in (RIGHT, WRONG):
        raise DecisionError(f"unknown verdict {verdict!r}; known are {RIGHT}, {WRONG}")
    try:
        name, kind, rule, other, document, text = (str(entry[key]) for key in _FIELDS)
        company = tuple(entry["above"]), tuple(entry["below"])
        return Decision(name, verdict, kind, rule, other, document, text, *company)
    except (KeyError, TypeError) as error:
        raise DecisionError(f"a change lacks {error}") from error


def carry_out(decisions: Iterable[Decision], rules: Path, gold: Path, wording: str = "") -> list[Done]:
    """Write each decision into the rule and the gold file. Raises DecisionError, RuleError and toml_text.EditError.

    `wording` stands in the rule in place of the line, where that names somebody.
    """
    decisions = [decision for decision in decisions if decision.kind != MOVED]
    texts: dict[str, str] = {}
    book = {name: rule for rule in read(rules).rules for name in (rule.id, *rule.was)}
    done = [_exemplified(decision, book, texts, wording or decision.text) for decision in decisions]
    for path, text in texts.items():
        ending = b"\r\n" if b"\r\n" in Path(path).read_bytes() else b"\n"
        with files.replacing(Path(path)) as file:
            file.write(text.encode("utf-8").replace(b"\n", ending))
    _add_to_gold(gold, decisions)
    return done


def _exemplified(decision: Decision, book: Mapping[str, Rule], texts: dict[str, str], example: str) -> Done:
    """Add an example to the rule that is responsible, in the text of its file, which is read on first use."""
    rule = book.get(decision.rule)
    if rule is None:
        return Done(decision, "", f"{decision.rule or 'nothing'} is no rule of the folder")
    if len(example) > LONGEST:
        return Done(decision, "", "too long for an example")
    company = "\n".join([*decision.above, f"> {example}", *decision.below])
    fitting = next((form for form in (example, company) if _hits(rule, book, form)), None)
    if fitting is None and decision.list == "hits":
        return Done(decision, "", "the rule needs more of the page to act than an example can hold")
    fitting = fitting or example
    if fitting in (*rule.hits, *rule.misses):
        return Done(decision, "", f"stands among the examples of {rule.id} already")
    text = texts.get(rule.path) or Path(rule.path).read_text(encoding="utf-8-sig")
    texts[rule.path] = toml_text.add_to_list(text, rule.name, decision.list, fitting)
    wrong = decision.list == "misses" and _hits(rule, book, fitting)
    return Done(decision, f"{rule.id}, {decision.list}", "now narrow the rule until it passes" if wrong else "")


def _hits(rule: Rule, book: Mapping[str, Rule], example: str) -> bool:
    check_pattern(rule)
    company = [rule, *([book[rule.needs]] if rule.needs in book else [])]
    return examples.touches(rule, Matcher(company, anywhere=True), example)


def _add_to_gold(path: Path, decisions: Sequence[Decision]) -> None:
    """Add a line for each decision; an earlier one about the same line gives way, and all else stays as it is."""
    new = list(_gold_lines(decisions))
    said = {(record["id"], record["text"]) for record in new}
    old = path.read_bytes().splitlines() if path.exists() else []
    with files.replacing(path) as file:
        file.writelines(line + b"\n" for line in old if _about(line) not in said)
        file.writelines(files.json_line(record) for record in new)


def _about(line: bytes) -> tuple[str, str] | None:
    """Return which line of which document a line of a gold file is about, if any."""
    try:
        record = files.parse_line(line)
    except ValueError:
        return None
    name, text = (record.get("id"), record.get("text")) if isinstance(record, dict) else (None, None)
    return (name, text) if isinstance(name, str) and isinstance(text, str) else None


def _gold_lines(decisions: Sequence[Decision]) -> Iterator[dict[str, Any]]:
    found = {(safe_id(decision.document), decision.text): decision for decision in decisions}
    for (name, text), decision in found.items():
        if decision.keep is None:
            continue
        yield {"id": name, "text": text, "keep": decision.keep, "rule": decision.rule}


def says(done: Done) -> str:
    """Return what became of a decision, as one line for a terminal."""
    where = f"-> {done.place}" if done.place else "-> gold file alone"
    verb = {True: "belongs to the article", False: "does not belong to it", None: "is as it should be"}[
        done.decision.keep
    ]
    note = f" ({done.note})" if done.note else ""
    return f"{done.decision.change}  {verb}: {done.decision.text.strip()[:60]!r} {where}{note}"
