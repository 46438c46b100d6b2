"""Rules: what they are, how they are read from rules/, and what the loader refuses.

A rule is data: see docs/rules.md. Its id is its address, `chrome/zh/icp-licence`. Matching is in matching.py.
"""

from __future__ import annotations

import os
import pickle
import string
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import regex

from . import cache, patterns, toml_text
from .squeeze import Squeeze

STAGES = ("markup", "chrome", "spam", "harvest")
"""Stages that rules can belong to; rules/leftovers/ holds glossaries instead."""
ZONES = ("head", "body", "tail")
META_FIELDS = {
    "title": "title",
    "subtitle": "subtitle",
    "author": "author",
    "date": "date",
    "source": "source",
    "publisher": "source",
    "credit": "credit",
    "caption": "caption",
    "keywords": "keywords",
    "url": "url",
}
"""The fields that `meta.<field>` can name, and the role of a line that is nothing else."""
_ACTIONS = ("drop", "cut", "drop-rest", "replace")
_GROUPS = frozenset(
    {"title", "subtitle", "author", "date", "publisher", "credit", "names", "caption", "keywords", "source_url"}
)
_ROLE_PREFIX = {"harvest": "chrome"}
_KEYS: dict[str, type] = {
    "why": str,
    "match": str,
    "action": str,
    "with": str,
    "zone": str,
    "needs": str,
    "heads": bool,
    "unless": str,
    "squeeze": bool,
    "status": str,
    "stage": str,
    "was": list,
    "hits": list,
    "misses": list,
}


_COMPILED = ("squeeze", "pattern", "veto", "_unpacked")
_AT_LINE = regex.compile(r"\(at line (\d+), column \d+\)")


class RuleError(ValueError):
    """A rule file is not right: the message names the file, the line, the rule and the mend, in one line."""

    def __init__(self, path: Path | str, rule: str, problem: str) -> None:
        self.path, self.rule, self.problem = str(path), rule, problem
        self.line = _line_of(Path(path), rule, problem)
        self.others: list[RuleError] = []
        """What else is wrong with the rules, where it is known."""
        place = f"{path}:{self.line}" if self.line else f"{path}"
        super().__init__(f"{place}: {rule + ': ' if rule else ''}{' '.join(problem.split())}")


def _line_of(path: Path, rule: str, problem: str) -> int:
    """Return the line of a file that a problem is on, from 1; 0 where it cannot be told."""
    if said := _AT_LINE.search(problem):
        return int(said[1])
    try:
        text = path.read_text(encoding="utf-8") if rule and path.is_file() else ""
    except (OSError, ValueError):
        return 0
    found = toml_text.lines_of(text, rule)
    key = regex.search(rf"^\s*+{regex.escape(rule)}\s*+=", text, regex.M) if rule and not found else None
    return found[0] if found else text.count("\n", 0, key.start()) + 1 if key else 0


@dataclass(frozen=True)
class Rule:
    """One rule as its file gives it."""

    id: str
    stage: str
    lang: str
    path: str
    why: str
    match: str
    action: str
    hits: tuple[str, ...]
    misses: tuple[str, ...]
    replacement: str = ""
    zone: str = ""
    needs: str = ""
    heads: bool = False
    """Whether what it hits can head a section, where it stands between two lines of prose."""
    unless: str = ""
    squeezed: bool = False
    status: str = "active"
    was: tuple[str, ...] = ()
    host: str = ""
    """For a rule of rules/sites/: the host that it holds for, with the hosts below it."""

    @property
    def name(self) -> str:
        """The last part of the id."""
        return self.id.rpartition("/")[2]

    @cached_property
    def role(self) -> str:
        """The role of a line that the rule takes out of the article."""
        if self.action.startswith("meta."):
            return META_FIELDS[self.action[5:]]
        return f"{_ROLE_PREFIX.get(self.stage, self.stage)}/{self.name}"

    @cached_property
    def pattern(self) -> regex.Pattern[str]:
        """The compiled pattern, V1 and ignoring case."""
        return self._unpacked[0] if self._unpacked else regex.compile(self.match, patterns.FLAGS)

    @cached_property
    def veto(self) -> regex.Pattern[str] | None:
        """The compiled `unless`, or None."""
        if self._unpacked:
            return self._unpacked[1]
        return regex.compile(self.unless, patterns.FLAGS) if self.unless else None

    def pack(self) -> None:
        """Take along what is compiled where the rule is pickled, to be unpacked only where the rule is tried."""
        vars(self)["packed"] = pickle.dumps((self.pattern, self.veto), protocol=5)

    @cached_property
    def _unpacked(self) -> tuple[regex.Pattern[str], regex.Pattern[str] | None] | None:
        packed = vars(self).get("packed")
        found = cache.unpickled(packed, cache.PATTERNS) if packed else None
        return found if isinstance(found, tuple) else None

    @cached_property
    def squeeze(self) -> Squeeze | None:
        """How the line is folded before matching, or None."""
        return Squeeze.for_language(self.lang) if self.squeezed else None

    def __getstate__(self) -> dict[str, Any]:
        left = _COMPILED if "packed" in vars(self) else ("squeeze",)
        return {key: value for key, value in vars(self).items() if key not in left}


@dataclass(frozen=True)
class RuleBook:
    """All rules of a folder, in the order in which they are tried, and the prose that none may touch."""

    rules: tuple[Rule, ...]
    prose: tuple[tuple[str, str], ...] = ()
    """(file, sentence) for each sentence of a `prose` list."""

    @property
    def active(self) -> tuple[Rule, ...]:
        """The rules that are applied, those in shadow left out."""
        return tuple(rule for rule in self.rules if rule.status == "active")


def read(folder: Path) -> RuleBook:
    """Read a rules folder, without trying the rules on their examples. Raises RuleError."""
    if not folder.is_dir():
        raise RuleError(folder, "", "no such folder of rules")
    rules: list[Rule] = []
    prose: list[tuple[str, str]] = []
    for path in _rule_files(folder):
        table = parsed(path)
        prose.extend((str(path), sentence) for sentence in _sentences(path, table))
        for name, entry in table.items():
            rules.append(_rule(path, name, entry))
    _refuse_twins(rules)
    _refuse_orphans(rules)
    return RuleBook(tuple(rules), tuple(prose))


def _rule_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_dir() and (path.is_symlink() or not os.access(path, os.R_OK | os.X_OK)):
            why = "is a link to a folder, which is not followed: copy it" if path.is_symlink() else "cannot be read"
            raise RuleError(path, "", why)
        if path.is_dir() or parts[0] == "leftovers" or parts[-1].startswith("."):
            continue
        if path.suffix != ".toml":
            raise RuleError(path, "", "not a .toml file: move it out of the rules folder")
        if len(parts) != 2 or parts[0] not in (*STAGES, "sites"):
            raise RuleError(path, "", f"lies outside <stage>/<lang>.toml; stages are {', '.join(STAGES)} and sites")
        yield path


def parsed(path: Path) -> dict[str, Any]:
    """Return what a file of TOML holds. Raises RuleError."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise RuleError(path, "", f"not valid TOML: {error}") from error
    except UnicodeDecodeError as error:
        raise RuleError(path, "", f"not UTF-8 at byte {error.start}: save it as UTF-8") from error
    except OSError as error:
        raise RuleError(path, "", f"cannot be read: {error.strerror}") from error


def _sentences(path: Path, table: dict[str, Any]) -> list[str]:
    prose = table.pop("prose", [])
    if not isinstance(prose, list) or not all(isinstance(s, str) and s for s in prose):
        raise RuleError(path, "prose", "must be a list of sentences")
    return prose


def _rule(path: Path, name: str, entry: Any) -> Rule:
    def check(ok: object, problem: str) -> None:
        if not ok:
            raise RuleError(path, name, problem)

    check(isinstance(entry, dict), f"is not a rule: write it as a table, [{name}]")
    check(regex.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", name), "a rule's name has small letters, digits and hyphens")
    _check_types(entry, check)
    site = path.parent.name == "sites"
    check(site or "stage" not in entry, "the folder names the stage: remove `stage`")
    rule = _made(path, name, entry)
    check(rule.stage in STAGES, f"needs stage = one of {', '.join(STAGES)}")
    _check_words(rule, entry, check)
    return rule


def _made(path: Path, name: str, entry: Mapping[str, Any]) -> Rule:
    kind = path.parent.name
    site = kind == "sites"
    return Rule(
        id=f"{kind}/{path.stem}/{name}",
        stage=entry.get("stage", "") if site else kind,
        lang="any" if site else path.stem,
        path=str(path),
        why=entry.get("why", ""),
        match=entry.get("match", ""),
        action=entry.get("action", ""),
        hits=tuple(entry.get("hits", ())),
        misses=tuple(entry.get("misses", ())),
        replacement=entry.get("with", ""),
        zone=entry.get("zone", ""),
        needs=_needed(entry.get("needs", ""), f"{kind}/{path.stem}"),
        heads=entry.get("heads", False),
        unless=entry.get("unless", ""),
        squeezed=entry.get("squeeze", False),
        status=entry.get("status", "active"),
        was=tuple(entry.get("was", ())),
        host=path.stem if site else "",
    )


def _needed(name: str, place: str) -> str:
    return name if "/" in name or not name else f"{place}/{name}"


_Check = Callable[[object, str], None]


def _check_types(entry: Mapping[str, Any], check: _Check) -> None:
    for key, value in entry.items():
        check(key in _KEYS, f"unknown key `{key}`; known are {', '.join(_KEYS)}")
        kind = _KEYS[key]
        check(isinstance(value, kind), f"`{key}` must be a {kind.__name__}")
        if kind is list:
            check(
                all(isinstance(item, str) and item for item in value), f"`{key}` must hold strings that are not empty"
            )
    for key in ("why", "match", "action", "hits", "misses"):
        check(key in entry, f"has no `{key}`")


def _check_words(rule: Rule, entry: Mapping[str, Any], check: _Check) -> None:
    actions = [*_ACTIONS, *(f"meta.{field}" for field in META_FIELDS)]
    check(rule.why.strip(), "`why` is empty: say what the offending thing is")
    check(rule.action in actions, f"unknown action `{rule.action}`; known are {', '.join(actions)}")
    check(("with" in entry) == (rule.action == "replace"), '`with` goes with action = "replace", and only with it')
    check(rule.zone in ("", *ZONES), f"unknown zone `{rule.zone}`; known are {', '.join(ZONES)}")
    check(rule.status in ("active", "shadow"), f"unknown status `{rule.status}`; known are active, shadow")
    check(rule.hits, "needs at least one example under `hits`")
    check(len(rule.misses) >= 2, "needs at least two examples under `misses`, one of them prose with the same words")


def check_pattern(rule: Rule) -> None:
    """Raise RuleError where a rule's `match` or `unless` is no pattern, or one that a rule may not have."""

    def check(ok: object, problem: str) -> None:
        if not ok:
            raise RuleError(rule.path, rule.name, problem)

    for key, text in (("match", rule.match), ("unless", rule.unless)):
        try:
            compiled = regex.compile(text, patterns.FLAGS)
        except (regex.error, RecursionError) as error:
            raise RuleError(rule.path, rule.name, f"`{key}` is not a pattern: {error}") from error
        if text:
            check(not compiled.fullmatch(""), f"`{key}` matches the empty string: make a part of it required")
            check(
                not patterns.is_alternation(text),
                f"`{key}` is a bare alternation: put it in (?:…) so that anchors hold",
            )
    check(rule.action != "drop" or patterns.is_anchored(rule.match), "a drop must be anchored at both ends: ^…$")
    unknown = set(rule.pattern.groupindex) - _GROUPS
    check(not unknown, f"unknown group {', '.join(sorted(unknown))}; known are {', '.join(sorted(_GROUPS))}")
    check(_fits(rule), "`with` may hold {1} or {name} for the groups of `match`; braces of the text are written twice")


def _fits(rule: Rule) -> bool:
    """Whether all groups that the new text names are there."""
    groups = {*map(str, range(rule.pattern.groups + 1)), *rule.pattern.groupindex}
    try:
        fields = [field[1:] for field in string.Formatter().parse(rule.replacement) if field[1] is not None]
    except ValueError:  # a single brace
        return False
    return all(name in groups and not (form or conversion) for name, form, conversion in fields)


def _refuse_twins(rules: Iterable[Rule]) -> None:
    taken: dict[str, Rule] = {}
    patterns_seen: dict[tuple[str, ...], Rule] = {}
    for rule in rules:
        for name in (rule.id, *rule.was):
            if name in taken:
                raise RuleError(
                    rule.path, rule.name, f"the id {name} is taken by {taken[name].path}: an id is never reused"
                )
            taken[name] = rule
        key = (rule.stage, rule.match, rule.action, rule.zone, rule.needs, rule.unless, rule.host)
        if key in patterns_seen:
            raise RuleError(rule.path, rule.name, f"does the same as {patterns_seen[key].id}: remove one")
        patterns_seen[key] = rule


def _refuse_orphans(rules: list[Rule]) -> None:
    ids = {rule.id for rule in rules}
    for rule in rules:
        if rule.needs and rule.needs not in ids:
            raise RuleError(rule.path, rule.name, f"needs {rule.needs}, which is no rule")
