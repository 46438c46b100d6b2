"""docs/rules/: a page for each family of rules, generated from the rules and from the rates that were last measured."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import regex

from .. import files
from ..rules import Rule

RATES = "rates.json"
_STAGES = {
    "markup": "What is left of markup",
    "chrome": "What belongs to the site",
    "spam": "Adverts",
    "harvest": "Front matter",
}
_LANGUAGES = {"zh": "Chinese", "en": "English", "ru": "Russian", "ja": "Japanese", "any": "every language"}
_NOTE = "Generated from the rules by `make rule-pages`: change the rule and not this page."
_LONGEST_PATTERN = 400


def pages(rules: Sequence[Rule], rates: Mapping[str, Any]) -> dict[str, str]:
    """Return the pages by file name. `rates` is what `measured` returned, or empty."""
    families: dict[tuple[str, str], list[Rule]] = defaultdict(list)
    for rule in rules:
        families[rule.stage, rule.host or rule.lang].append(rule)
    out = {f"{stage}-{lang}.md": _page(stage, lang, own, rates) for (stage, lang), own in families.items()}
    return {"README.md": _index(families, rates), **out}


def measured(documents: int, found: Mapping[str, tuple[int, int]]) -> dict[str, Any]:
    """Return rates as they are kept: of how many documents, and for each rule documents and lines it acted on."""
    return {"documents": documents, "rules": {name: list(pair) for name, pair in sorted(found.items())}}


def load_rates(folder: Path) -> dict[str, Any]:
    """Return the rates that were last measured, or nothing."""
    path = folder / RATES
    data = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return data if isinstance(data, dict) else {}


def write(folder: Path, found: Mapping[str, str], rates: Mapping[str, Any]) -> None:
    """Write the pages, and remove those of families that are no more."""
    content = dict(found)
    if rates:
        content[RATES] = _rates_text(rates)
    for name, text in content.items():
        with files.replacing(folder / name) as file:
            file.write(text.encode("utf-8"))
    for path in sorted(folder.glob("*.md")):
        if path.name not in content:
            path.unlink()


def _rates_text(rates: Mapping[str, Any]) -> str:
    rows = [f"  {json.dumps(name)}: {json.dumps(pair)}" for name, pair in sorted(rates["rules"].items())]
    return f'{{"documents": {rates["documents"]}, "rules": {{\n' + ",\n".join(rows) + "\n}}\n"


def _index(families: Mapping[tuple[str, str], Sequence[Rule]], rates: Mapping[str, Any]) -> str:
    out = ["# The rules", "", _NOTE, "", "How to write one: [../rules.md](../rules.md).", ""]
    if rates:
        out += [f"Rates were measured on {rates['documents']} web pages, their markup gone.", ""]
    out += ["| family | rules | what |", "|---|---|---|"]
    for (stage, lang), own in sorted(families.items()):
        title = f"{_STAGES[stage]}, {_LANGUAGES.get(lang, lang)}"
        out.append(f"| [{stage}/{lang}]({stage}-{lang}.md) | {len(own)} | {title} |")
    return "\n".join(out) + "\n"


def _page(stage: str, lang: str, rules: Sequence[Rule], rates: Mapping[str, Any]) -> str:
    out = [f"# {stage}/{lang}", "", f"{_STAGES[stage]}, {_LANGUAGES.get(lang, lang)}. {_NOTE}", ""]
    for rule in rules:
        out += _entry(rule, rates)
    return "\n".join(out).rstrip() + "\n"


def _entry(rule: Rule, rates: Mapping[str, Any]) -> list[str]:
    facts = [f"`{rule.action}`"]
    facts += [f"in the {rule.zone}"] if rule.zone else []
    facts += [f"near `{rule.needs}`"] if rule.needs else []
    facts += ["not between two lines of prose"] if rule.heads else []
    facts += ["spaces, dots and look-alikes folded"] if rule.squeezed else []
    facts += ["in shadow"] if rule.status == "shadow" else []
    facts += [_rate(rule, rates)] if rates else []
    out = [f"## {rule.name}", "", f"{rule.why[:1].upper()}{rule.why[1:]}.", "", " · ".join(facts), ""]
    out += ["Acts on", "", *_block(rule.hits), "", "Leaves alone", "", *_block(rule.misses), ""]
    if len(rule.match) <= _LONGEST_PATTERN:
        out += ["Pattern", "", *_block([rule.match]), ""]
    return out


def _rate(rule: Rule, rates: Mapping[str, Any]) -> str:
    documents, lines = rates["rules"].get(rule.id, (0, 0))
    if not lines:
        return "not met in the pages measured"
    return f"{lines} line{'s' * (lines != 1)} in {documents} of {rates['documents']} documents"


def _block(texts: Sequence[str]) -> list[str]:
    """Return examples as a block of code that nothing in them can end."""
    longest = max((len(run) for text in texts for run in regex.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return [f"{fence}text", *texts, fence]
