"""Rules proposed from lines that stand on many sites: short, kept by the cleaner, and no sentence of an article.

A line that many sites have is theirs and not an article's. What is proposed is a start: look at the pattern, and write
the reason anew in the words of someone who knows what the thing is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

import regex

from .. import examples, toml_text
from ..prose import reads_like_article, with_numbers_alike
from ..rules import Rule, RuleBook, RuleError, check_pattern
from . import SITES
from .gold import ARTICLE

LONGEST = 60
"""Characters of a line that is proposed."""
MOST = 50
_LETTER = regex.compile(r"\p{L}", regex.V1)
_DIGITS = regex.compile(r"\d+", regex.V1)
_WORDS = regex.compile(r"[a-z0-9]+", regex.V1)
_EDGES = regex.compile(r"^\W+|\W+$", regex.V1)
_SAYINGS = {
    "zh": ("他在信里写道，“{}”这几个字他看了三遍。", "牌子上写着“{}”，谁也没有理会。"),
    "ru": ("На двери висела записка «{}», но никто её не читал.", "Слова «{}» она услышала впервые в тот вечер."),
    "en": ("He wrote “{}” on the wall, and nobody asked him why.", "The sign said “{}”, but the door was shut."),
}
"""Sentences around a line that is quoted, as near misses where the corpus has none."""


class Seen(NamedTuple):
    """A line of the corpus that the cleaner kept."""

    text: str
    lang: str
    site: str
    label: str
    """What gold says of it, a character of gold.py."""


class Proposal(NamedTuple):
    """A rule that could be added, and how often its line stands where."""

    place: str
    """The file that it would go to, `chrome/zh.toml`."""
    name: str
    toml: str
    sites: int
    lines: int


def site_of(url: str, host: str, document: str) -> str:
    """Return what tells sites apart: the host without its `www.`, or where there is none the document."""
    return (host or urlsplit(url).hostname or document).removeprefix("www.")


def suggest(lines: Iterable[Seen], book: RuleBook, least: int = SITES) -> list[Proposal]:
    """Return rules for lines that stand on at least so many sites, those on the most sites first.

    A line that gold counts to an article anywhere is never proposed.
    """
    found: dict[tuple[str, str], list[Seen]] = defaultdict(list)
    for line in lines:
        text = line.text.strip()
        if not reads_like_article(text) and len(text) <= LONGEST and len(_LETTER.findall(text)) >= 2:
            found[line.lang, _key(text)].append(line)
    ranked = sorted(((_sites(seen), len(seen), key) for key, seen in found.items()), key=lambda r: (-r[0], -r[1], r[2]))
    proposals: list[Proposal] = []
    names = {rule.name for rule in book.rules}
    for sites, count, key in ranked:
        if sites < least or len(proposals) == MOST:
            break
        if any(line.label == ARTICLE for line in found[key]):
            continue
        proposal = _proposal(found[key], (sites, count), names)
        if proposal:
            names.add(proposal.name)
            proposals.append(proposal)
    return proposals


def _key(text: str) -> str:
    return with_numbers_alike(_EDGES.sub("", text)).casefold()


def _sites(seen: Sequence[Seen]) -> int:
    return len({line.site for line in seen})


def _proposal(seen: Sequence[Seen], counts: tuple[int, int], taken: set[str]) -> Proposal | None:
    """Return a rule for lines that are the same but for their edges and digits, or None where none passes its check."""
    lang = seen[0].lang if seen[0].lang in _SAYINGS else "any"
    forms = sorted(
        {_DIGITS.sub(lambda m: "0" * len(m[0]), line.text.strip()) for line in seen}, key=lambda f: (len(f), f)
    )
    core = _EDGES.sub("", forms[0])
    misses = tuple(_misses(core, lang))
    why = f"line of {counts[1]} pages on {counts[0]} sites: say here what it is"
    name = _name(core, taken)
    rule = Rule(
        id=f"chrome/{lang}/{name}", stage="chrome", lang=lang, path="", why=why, match=pattern(core), action="drop",
        hits=tuple(forms[:2]), misses=misses,
    )  # fmt: skip
    try:
        check_pattern(rule)
        examples.check(RuleBook((rule,)))
    except RuleError:
        return None
    return Proposal(f"chrome/{lang}.toml", name, _toml(rule), *counts)


def pattern(text: str) -> str:
    r"""Return an anchored pattern for a line, whatever its digits, its spaces and what stands at its edges.

    >>> pattern("Read 12 comments")
    '^\\W*+Read\\s++\\d++\\s++comments\\W*+$'
    """
    parts = regex.findall(r"\d+|\s+|[^\d\s]+", text)
    known = {True: r"\d++", False: r"\s++"}
    made = (known[p.isdecimal()] if p.isdecimal() or p.isspace() else regex.escape(p, special_only=True) for p in parts)
    return rf"^\W*+{''.join(made)}\W*+$"


def _misses(core: str, lang: str) -> Iterator[str]:
    """Yield near misses: sentences made up around the line, in the language of the line."""
    for saying in _SAYINGS.get(lang, _SAYINGS["en"]):
        yield saying.format(core)


def _name(core: str, taken: set[str]) -> str:
    words = "-".join(_WORDS.findall(core.casefold())[:4]) or "line"
    name, number = words, 2
    while name in taken:
        name, number = f"{words}-{number}", number + 1
    return name


def _literal(pattern: str) -> str:
    return toml_text.quoted(pattern) if "'" in pattern else f"'''{pattern}'''"


def _toml(rule: Rule) -> str:
    rows = [f"[{rule.name}]", f"why    = {toml_text.quoted(rule.why)}", f"match  = {_literal(rule.match)}"]
    rows.append('action = "drop"')
    for key, entries in (("hits  ", rule.hits), ("misses", rule.misses)):
        rows.append(f"{key} = [{', '.join(map(toml_text.quoted, entries))}]")
    return "\n".join(rows) + "\n"
