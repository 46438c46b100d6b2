"""What one set of rules does to one document: its ledger, with the span that each rule matched.

A `Measured` is what the cache keeps, so it holds plain values alone and nothing that the input says already.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from ..acting import Page
from ..adverts.quoting import opening_quotation
from ..cache import digest
from ..cleaner import Cleaner
from ..document import ARTICLE_ROLES, META_ROLES, Change, Document, Line, split_lines
from ..files import Item, ItemError
from ..matching import span_of
from ..rules import STAGES, Rule
from ..stages.decode import DecodeError
from ..stages.extract import ExtractError
from ..stages.write import write
from .sides import Side

_WHOLE = ("drop", "drop-rest")
_FIRST = ("repair", "markup", "language")
"""The first stages, of which all but `markup` look at no rules."""
Runs = tuple[tuple[str, int], ...]
"""The language of the lines, each with how many lines in a row have it."""


class Entry(NamedTuple):
    """One change of a document's ledger, and what the rule saw."""

    rule: str
    line: int
    start: int
    before: str | None
    """None where the whole line left the article: its text is what stood there."""
    after: str | None
    role: str | None
    span: tuple[int, int] | None
    """Where in the line the rule's own pattern matched; None where another rule's list took the line along."""
    alone: bool
    """Whether no other rule would have taken the line."""


class Measured(NamedTuple):
    """What became of one document."""

    changes: tuple[Entry, ...] = ()
    shadow: tuple[tuple[str, int, int, int], ...] = ()
    """(rule, line, start, end) where a rule in shadow would have acted."""
    languages: Runs = ()
    title: tuple[tuple[str, str], ...] = ()
    output: str = ""
    """Digest of the result without its ledger."""
    host: str = ""
    text: str | None = None
    """The lines of the input where these are not the input itself: for bytes and HTML."""
    error: str = ""
    labels: Runs = ()
    """The languages as the stage `language` gave them, where a later stage altered them."""
    marks: tuple[int, int, int] = (0, 0, 0)
    """How many changes there were after the stages `repair`, `markup`, and the last that has rules."""
    facts: str = ""
    """Digest of the facts found by then."""

    def record(self) -> list[Any]:
        """Return the same as JSON can hold it."""
        return list(self)

    @classmethod
    def of(cls, record: Sequence[Any]) -> Measured:
        """Return what `record` gave. Raises TypeError or ValueError for anything else."""
        changes, shadow, languages, title, output, host, text, error, labels, marks, facts = record
        entries = tuple([Entry(*entry) for entry in changes])
        texts = (output, host, error, facts)
        if not all(isinstance(value, str) for value in texts) or not isinstance(text, str | None):
            raise TypeError("not what was stored")
        now, first = (tuple((str(name), int(count)) for name, count in runs) for runs in (languages, labels))
        names = tuple((str(lang), str(name)) for lang, name in title)
        seen = tuple((str(name), int(line), int(a), int(b)) for name, line, a, b in shadow)
        numbers = (int(marks[0]), int(marks[1]), int(marks[2]))
        return cls(entries, seen, now, names, output, host, text, error, first, numbers, facts)


CHANGES, HOST, TEXT, ERROR = map(Measured._fields.index, ("changes", "host", "text", "error"))
"""Where a record has them."""


class State(NamedTuple):
    """One line of the input, and what became of it."""

    source: str
    """As it stood in the input."""
    text: str
    """As it stands now; for a line that left, as it stood then."""
    role: str
    rules: tuple[str, ...]
    """The rules responsible, the one that took the line last."""
    span: tuple[int, int] | None
    alone: bool = False

    @property
    def kept(self) -> bool:
        """Whether the line is in the article."""
        return self.role in ARTICLE_ROLES

    @property
    def shown(self) -> bool:
        """Whether the line is in the article or in the front matter."""
        return self.kept or self.role in META_ROLES


def measure(item: Item, side: Side, known: Measured | None = None) -> Measured:
    """Clean a document under one side's rules. What is known of it under other rules, with the same glossaries, saves
    the stages that come out the same.
    """
    try:
        raw = item.read()
        start = side.cleaner.read(raw, html=item.html, url=item.url, charset=item.charset)
        cleaned = _cleaned(start, side.cleaner, known if known and not known.error else None)
    except ItemError as error:
        return Measured(error=error.kind)
    except DecodeError:
        return Measured(error="not-text")
    except ExtractError:
        return Measured(error="no-text")
    except RecursionError:
        return Measured(error="too-deep")
    doc = cleaned.doc
    changes, shadow = tuple(entries(doc, side)), tuple(shadow_hits(doc, side))
    if known and cleaned.same:
        return known._replace(changes=changes, shadow=shadow)
    return _finished(cleaned, raw)._replace(changes=changes, shadow=shadow)


def _finished(cleaned: _Cleaned, raw: str | bytes) -> Measured:
    """Return what is kept of a document but for its changes."""
    doc = cleaned.doc
    record = write(doc, ledger=False)
    given = _given(doc)
    languages = _runs(line.lang for line in doc.lines)
    return Measured(
        languages=languages,
        title=tuple(sorted(record["title"].items())),
        output=digest(repr(record))[:16],
        host=doc.host,
        text=None if given == raw else given,
        labels=() if cleaned.labels == languages else cleaned.labels,
        marks=cleaned.marks,
        facts=cleaned.facts,
    )


class _Cleaned(NamedTuple):
    """A finished document, and what a Measured has of the way there."""

    doc: Document
    labels: Runs
    marks: tuple[int, int, int] = (0, 0, 0)
    facts: str = ""
    same: bool = False
    """Whether all came out as it is known."""


def _cleaned(doc: Document, cleaner: Cleaner, known: Measured | None) -> _Cleaned:
    """Clean a document, and take over what `known` has of it.

    `repair` and `language` look at texts alone: what the first did is taken over, and what the second did where
    `markup` between them did the same as before. The stages behind the last that has rules look at the document as
    those left it, so where that is the same they are not run.
    """
    if cleaner.stages[: len(_FIRST)] != _FIRST or doc.finished:
        doc = cleaner.run(doc, cleaner.stages)
        doc.notes.clear()
        return _Cleaned(doc, _runs(line.lang for line in doc.lines))
    doc, early = _labelled(doc, cleaner, known)
    labels = _runs(line.lang for line in doc.lines)
    cut = 1 + max(at for at, name in enumerate(cleaner.stages) if name in STAGES)
    doc = cleaner.run(doc, cleaner.stages[len(_FIRST) : cut])
    marks, facts = (*early, len(doc.changes)), digest(repr(doc.facts))[:16]
    if known and (marks, facts) == (known.marks, known.facts) and _same(doc, known, 0):
        doc = doc.apply(_changes(doc, known.changes[len(doc.changes) :]))
        return _Cleaned(doc, labels, marks, facts, True)
    doc = cleaner.run(doc, cleaner.stages[cut:])
    doc.notes.clear()
    return _Cleaned(doc, labels, marks, facts)


def _labelled(doc: Document, cleaner: Cleaner, known: Measured | None) -> tuple[Document, tuple[int, int]]:
    """Run the stages up to `language`; return with the document how many changes `repair` and `markup` left."""
    if known:
        doc = doc.apply(_changes(doc, known.changes[len(doc.changes) : known.marks[0]]))
    else:
        doc = cleaner.run(doc, _FIRST[:1])
    repaired = len(doc.changes)
    doc = cleaner.run(doc, _FIRST[1:2])
    marks = repaired, len(doc.changes)
    if known and marks == known.marks[:2] and _same(doc, known, repaired):
        langs = _expanded(known.labels or known.languages)
        return doc.with_lines(line._replace(lang=lang) for line, lang in zip(doc.lines, langs, strict=True)), marks
    return cleaner.run(doc, _FIRST[2:]), marks


def _changes(doc: Document, found: Iterable[Entry]) -> Iterator[Change]:
    """Yield the changes of a ledger as they were, for the document that they were made to."""
    texts: dict[int, str] = {}
    for entry in found:
        text = texts.get(entry.line, doc.lines[entry.line].text)
        before = text if entry.before is None else entry.before
        yield Change(entry.rule, entry.line, entry.start, before, entry.after, entry.role)
        if entry.after is not None:
            texts[entry.line] = text[: entry.start] + entry.after + text[entry.start + len(before) :]


def _same(doc: Document, known: Measured, start: int) -> bool:
    """Whether the changes of a document, from one on, are those that are known."""
    pairs = zip(doc.changes[start:], known.changes[start : len(doc.changes)], strict=True)
    return all(
        (a.rule, a.line, a.start, a.after, a.role) == (b.rule, b.line, b.start, b.after, b.role) for a, b in pairs
    )


def _runs(languages: Iterable[str]) -> Runs:
    return tuple((lang, sum(1 for _ in run)) for lang, run in groupby(languages))


def _expanded(runs: Runs) -> list[str]:
    return [lang for lang, count in runs for _ in range(count)]


def source_lines(item: Item, found: Measured) -> list[str]:
    """Return the lines of the input, without terminators, as the stages were given them."""
    return _lines_of(item, found.text)


def _lines_of(item: Item, read: str | None) -> list[str]:
    text = item.content if read is None else read
    if not isinstance(text, str):
        return []
    if "\r" in text:
        return [line.text for line in split_lines(text)]
    lines = text.split("\n")
    return lines if lines[-1] else lines[:-1]


def seen_lines(item: Item, record: Sequence[Any]) -> list[str]:
    """Return every text that a line had while the document was cleaned, and the quotations with which these begin: all
    that a rule can have looked at.

    `record` is a Measured, or what its `record` gave.
    """
    lines = _lines_of(item, record[TEXT])
    now: dict[int, str] = {}
    seen = list(lines)
    for _, line, start, before, after, *_ in record[CHANGES]:
        if after is not None:
            text = now.get(line, lines[line])
            text = text[:start] + after + text[start + len(before or "") :]
            now[line] = text
            seen.append(text)
    return [*seen, *filter(None, map(opening_quotation, seen))]


def states(item: Item, found: Measured) -> list[State]:
    """Return what became of each line of the input."""
    out = [State(text, text, "body", (), None) for text in source_lines(item, found)]
    for change in found.changes:
        old = out[change.line]
        if change.after is None:
            out[change.line] = State(
                old.source, old.text, change.role or "", (*old.rules, change.rule), change.span, change.alone
            )
        else:
            end = change.start + len(change.before or "")
            text = old.text[: change.start] + change.after + old.text[end:]
            out[change.line] = old._replace(text=text, rules=(*old.rules, change.rule), span=change.span)
    return out


def lines_languages(found: Measured) -> list[str]:
    """Return the language of each line."""
    return _expanded(found.languages)


def _given(doc: Document) -> str:
    """Return the lines that the stages were given as a text, a line feed behind those that were paragraphs of one."""
    *lines, last = _source(doc) or [Line("")]
    return "".join([line.text + (line.end or "\n") for line in lines]) + last.text + last.end


def _source(doc: Document) -> list[Line]:
    """Undo the ledger, keeping the lines apart (`document.undo` joins them)."""
    texts = [line.text for line in doc.lines]
    for change in reversed(doc.changes):
        after, text = change.after, texts[change.line]
        if after is not None:
            texts[change.line] = text[: change.start] + change.before + text[change.start + len(after) :]
    return [line._replace(text=text) for line, text in zip(doc.lines, texts, strict=True)]


def entries(doc: Document, side: Side) -> Iterator[Entry]:
    """Yield the ledger with what each rule matched, in the lines as rules last saw them."""
    page = Page(Document(tuple(line._replace(role="body") for line in doc.lines), host=doc.host), side.library.lines)
    for change in doc.changes:
        if change.after is not None:
            span = (change.start, change.start + len(change.before))
            yield Entry(change.rule, change.line, change.start, change.before, change.after, None, span, True)
            continue
        hits = [hit for stage in page.hits.get(change.line, ()) for hit in page.acting(change.line, stage)]
        own = next(
            (span_of(hit.rule, doc.lines[change.line].text, doc.host) for hit in hits if hit.rule.id == change.rule),
            None,
        )
        others = any(_takes(hit.rule) and hit.rule.id != change.rule for hit in hits)
        yield Entry(change.rule, change.line, 0, None, None, change.role, own, not others)


def _takes(rule: Rule) -> bool:
    return rule.action in _WHOLE or rule.action.startswith("meta.")


def shadow_hits(doc: Document, side: Side) -> Iterator[tuple[str, int, int, int]]:
    """Yield (rule, line, start, end) where a rule in shadow would have acted on a line as it came in."""
    if not side.shadows:
        return
    source = _source(doc)
    if not side.shadow_matcher.hits([line.text for line in source], doc.host):
        return
    page = Page(Document(tuple(line._replace(role="body") for line in source), host=doc.host), side.full_matcher)
    for at in sorted(page.hits):
        for stage in STAGES:
            for hit in page.acting(at, stage):
                if hit.rule.status == "shadow":
                    yield hit.rule.id, at, *(span_of(hit.rule, page.doc.lines[at].text, doc.host) or (0, 0))
