"""Adverts put among the article's lines, also with names broken up to slip past filters.

What no rule names is scored by its wording and by what adverts have in common (see adverts/): such a line, or such
sentences at the end of a paragraph, leave in the name of `spam/score`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from math import log

from ..acting import Page, run
from ..adverts.context import Context
from ..adverts.masks import hidden
from ..adverts.parts import Found, Judge, odds, within
from ..adverts.quoting import is_advice, is_quotation, narration
from ..adverts.search import Subject, search_all
from ..document import Change, Document
from ..library import STRICTNESS, Library

SCORE = "spam/score"
LEAST, STEP = 0.1, 1.5
"""Log odds from which a line is an advert, at the usual strictness, and by how much they rise for e times less."""
VETO = -1.6
"""Log odds below which no rule takes a line: of lines of articles that the rules of rules/spam took, all lay below, and
of adverts one in a hundred."""
WORDED = frozenset({"zh", "en", "ru", "und"})
"""The languages whose adverts the score has learnt."""
AT_HOME = 0.2
"""The share of a document from which another language is one that it is written in: of its lines the score knows
nothing. A brief advert is labelled wrongly now and then."""
WANTED = frozenset({"harvest"})
"""Stages whose rules want a line, which is then no advert."""


def spam(doc: Document, library: Library) -> Document:
    """Take out of the article what rules/spam names, and what scores as an advert."""
    return spam_in_all([doc], library)[0]


def spam_in_all(docs: Sequence[Document], library: Library) -> list[Document]:
    """Do the same in several documents at once, which takes less time than one after the other."""
    ruled = [_ruled(doc, library) for doc in docs]
    if not library.strictness:
        return [doc for doc, _ in ruled]
    judge = Judge(library.adverts, LEAST + STEP * log(STRICTNESS / library.strictness), library.reasons)
    asked = [Subject(_worded(doc, library), gone, hidden(doc)) for doc, gone in ruled]
    found = search_all(asked, judge)
    return [
        doc.apply(_scored(subject, of, judge, library))
        for (doc, _), subject, of in zip(ruled, asked, found, strict=True)
    ]


def _ruled(doc: Document, library: Library) -> tuple[Document, set[int]]:
    """Return a document without what rules/spam names, and which lines went."""
    changes, facts = run(doc, library.lines, "spam")
    if not library.strictness:
        return doc.apply(changes).with_facts(facts), set()
    texts = [line.text if line.in_article else "" for line in doc.lines] if changes else []
    taken = [one for change in changes if (one := _sparing_prose(change, texts, library))]
    return doc.apply(taken).with_facts(facts), {change.line for change in taken if change.after is None}


def _sparing_prose(change: Change, texts: Sequence[str], library: Library) -> Change | None:
    """Return the drop of a line, or the cut of some sentences alone where a paragraph stands around the advert, or none
    where the line is worded as prose is: then a rule takes what is written about adverts.
    """
    if change.after is not None:
        return change
    judge, context = Judge(library.adverts, LEAST), Context(texts, {change.line})
    if odds(change.before, library.adverts) < VETO or _is_report(change.before, library):
        return None
    found = within(change.before, change.line, judge, context)
    return (
        Change(change.rule, change.line, found.start, change.before[found.start : found.end], "") if found else change
    )


def _is_report(text: str, library: Library) -> bool:
    """Whether what is offered stands between quotation marks, and around them nothing, or no offer but who made it;
    or it says what to do about one.
    """
    if is_quotation(text) or is_advice(text):
        return True
    own = narration(text)
    return bool(own) and odds(own, library.adverts) < LEAST and "spam" not in library.lines.hits([own]).get(0, {})


def _foreign(texts: Sequence[str], doc: Document) -> set[str]:
    """Return the languages that a document is written in whose adverts the score has not learnt."""
    if WORDED.issuperset(langs := [line.lang for line in doc.lines]):
        return set()
    sizes: Counter[str] = Counter()
    for lang, text in zip(langs, texts, strict=True):
        sizes[lang] += len(text)
    return {lang for lang in sizes if lang not in WORDED and sizes[lang] >= AT_HOME * sizes.total()}


def _worded(doc: Document, library: Library) -> list[str]:
    """Return the lines of a document, those empty of which the score knows nothing, or that harvest wants."""
    page = Page.of(doc, library.lines)
    foreign = _foreign(page.texts, doc)
    texts = ["" if line.lang in foreign else text for text, line in zip(page.texts, doc.lines, strict=True)]
    for at, hits in page.hits.items():
        if not WANTED.isdisjoint(hits):
            texts[at] = ""
    return texts


def _scored(of: Subject, found: Sequence[Found], judge: Judge, library: Library) -> Iterator[Change]:
    """Yield the exits and cuts of the adverts that were found among lines, without reports about adverts."""
    texts = of.lines
    if reports := {at for at, start, end, *_ in found if _is_report(texts[at][start:end], library)}:
        spared = ["" if at in reports else text for at, text in enumerate(texts)]
        found = search_all([of._replace(lines=spared)], judge)[0]
    for at, start, end, score, whole in found:
        why = f"{score.chance:.2f}" + (f": {', '.join(score.reasons)}" if score.reasons else "")
        text = texts[at]
        if whole:
            yield Change(SCORE, at, 0, text, None, SCORE, why)
        else:
            yield Change(SCORE, at, start, text[start:end], "", None, why)
