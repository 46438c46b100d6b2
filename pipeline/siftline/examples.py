"""Trying rules on their own examples: what `siftline rules check` does, and the loader before a run."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

import regex

from . import patterns
from .acting import Page
from .document import Document
from .matching import Matcher
from .rules import STAGES, Rule, RuleBook, RuleError

PUMP_SIZE = 10_000
"""Characters in an input that is pumped to find a pattern that runs away."""
PUMP_SECONDS = 0.05
"""How long a search of a pumped input may take."""
TRIES = 3
"""How often it must take longer: on a busy machine once is no proof."""


def check(book: RuleBook, only: Container[str] | None = None) -> None:
    """Raise RuleError where rules are wrong about their examples: for the first, with the rest in its `others`.

    `only` names the rules whose examples are tried, where not all are.
    """
    found = list(_faults(book, only))
    if found:
        found[0].others = found[1:]
        raise found[0]


def _faults(book: RuleBook, only: Container[str] | None) -> Iterator[RuleError]:
    by_id = {rule.id: rule for rule in book.rules}
    for rule in book.rules:
        if only is not None and rule.id not in only:
            continue
        company = [rule, *([by_id[rule.needs]] if rule.needs else [])]
        matcher = Matcher(company, anywhere=True)
        for example in rule.hits:
            if not touches(rule, matcher, example):
                problem = f"does not hit its example {example!r}: mend the pattern or the example"
                yield RuleError(rule.path, rule.name, problem)
        for example in rule.misses:
            if touches(rule, matcher, example):
                problem = f"hits {example!r}, which stands under `misses`: narrow the pattern"
                yield RuleError(rule.path, rule.name, problem)


def check_runaway(rules: Iterable[Rule]) -> None:
    """Raise RuleError for the first rule with a pattern that runs away on an input pumped from its own parse tree."""
    for rule in rules:
        for key, pattern, size in _searched(rule):
            for text in patterns.pumped(pattern.pattern, size):
                if all(_runs_away(pattern, text) for _ in range(TRIES)):
                    problem = f"`{key}` runs away: over {PUMP_SECONDS * 1000:.0f} ms on {text[:20]!r}…"
                    raise RuleError(rule.path, rule.name, f"{problem}; bound its repeats or make them possessive")


def _searched(rule: Rule) -> Iterator[tuple[str, regex.Pattern[str], int]]:
    """Yield the patterns of a rule with the length of a line that they can meet: `unless` sees what `match` hit."""
    yield "match", rule.pattern, PUMP_SIZE
    if rule.veto:
        longest = patterns.longest_match(rule.match) if patterns.is_anchored(rule.match) else None
        yield "unless", rule.veto, min(longest or PUMP_SIZE, PUMP_SIZE)


def touches(rule: Rule, matcher: Matcher, example: str) -> bool:
    """Whether `rule` acts on the line meant: the one after `> `, or the only one."""
    text, meant = marked(example)
    doc = Document.of(text)
    page = Page(Document(doc.lines, host=rule.host), matcher)
    return any(hit.rule is rule for hit in page.acting(meant, rule.stage))


def marked(example: str) -> tuple[str, int]:
    """Return the text of an example, and the index of the line that is meant."""
    lines = example.split("\n")
    meant = [at for at, line in enumerate(lines) if line.startswith("> ")] if len(lines) > 1 else []
    if not meant:
        return example, 0
    lines[meant[0]] = lines[meant[0]][2:]
    return "\n".join(lines), meant[0]


def check_prose(book: RuleBook, tried: Container[str] = (), spared: Container[str] = ()) -> None:
    """Raise RuleError for the first rule that touches protected prose.

    `tried` names rules that were tried on the sentences `spared`: whether a rule acts on a line that stands alone
    hangs on no other rule.
    """
    rules = [rule for rule in book.active if not rule.host]
    every, fresh = Matcher(rules), Matcher([rule for rule in rules if rule.id not in tried])
    for path, sentence in book.prose:
        page = Page(Document.of(sentence), fresh if sentence in spared and "\n" not in sentence else every)
        for hit in (hit for stage in STAGES for hit in page.acting(0, stage)):
            raise RuleError(path, "prose", f"{hit.rule.id} touches {sentence!r}: narrow that rule")


def _runs_away(pattern: regex.Pattern[str], text: str) -> bool:
    try:
        pattern.search(text, timeout=PUMP_SECONDS)
    except TimeoutError:
        return True
    return False
