"""Chinese words that a translator left standing in English or Russian sentences.

A word of the glossary, or in English one that the document itself explains, is put into the form that fits. Any other,
and one whose form the sentence leaves open, is only set off by spaces and recorded, for somebody who knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..bilingual import insertion
from ..bilingual.entries import Glossary
from ..bilingual.meanings import with_meanings
from ..document import ARTICLE_ROLES, Change, Document, Fact, Line
from ..languages import detection, scripts
from ..library import Library
from .pair import pair

_SCRIPT = {"en": "latin", "ru": "cyrillic"}
_MOST_SHARE = 0.25  # of the language's lines: where more of them hold Chinese words, the text is about China's words
_FEW_LINES = 4  # which may all have them


def leftovers(doc: Document, library: Library) -> Document:
    """Replace forgotten Chinese words by the glossary's, and record the unknown as facts of the field `leftovers`."""
    changes: list[Change] = []
    facts: list[Fact] = []
    candidates = _candidates(doc)
    for lang, script in _SCRIPT.items():
        found = candidates.get(lang)
        if not found or _is_about_chinese(doc, lang, len(found)):
            continue
        found = [number for number in found if _is_sentence(doc.lines[number].text, lang, script)]
        book = _book(doc, library, lang, found)
        for number in found:
            for change, fact in _mended(number, doc.lines[number], book):
                changes += [change] if change.before != change.after else []
                facts += [fact] if fact else []
    return doc.apply(changes).with_facts(facts)


def _candidates(doc: Document) -> dict[str, list[int]]:
    """Return by language the lines of the article with Chinese words in them."""
    found: dict[str, list[int]] = {}
    for number, (text, _, role, lang) in enumerate(doc.lines):
        if lang in _SCRIPT and role in ARTICLE_ROLES and not text.isascii():
            found.setdefault(lang, []).append(number)
    for lang, numbers in found.items():
        texts = [doc.lines[number].text for number in numbers]
        holds = scripts.holds_han("".join(texts))  # asked of all lines at once, since hardly a text holds any
        found[lang] = [number for number, text in zip(numbers, texts, strict=True) if holds and scripts.holds_han(text)]
    return found


def _is_about_chinese(doc: Document, lang: str, lines: int) -> bool:
    """Whether so many lines hold Chinese words that they are there on purpose."""
    if lines <= _FEW_LINES:
        return False
    return lines > _MOST_SHARE * sum(
        line.lang == lang and line.in_article and bool(line.text.strip()) for line in doc.lines
    )


def _is_sentence(text: str, lang: str, script: str) -> bool:
    evidence = detection.weigh(insertion.HAN.sub(" ", text[: 2 * detection.LONGEST_SAMPLE]), script)
    # Of a short sentence in Russian the words alone hardly tell: that is for its document to say, and was said.
    return evidence.lang in (lang, "und" if lang == "ru" else lang) and evidence.words >= 4


def _book(doc: Document, library: Library, lang: str, found: Sequence[int]) -> Glossary:
    """Return the glossary, and for English with what the document says of the words that were left in it."""
    book = library.glossary("zh", lang)
    words = {spot.word for number in found for spot in insertion.spots(doc.lines[number].text)}
    if lang != "en" or not words:
        return book
    texts = [line.text for line in doc.lines]
    pairs = []
    if any(book.entries[word].also for word in words if word in book.entries):
        for link in pair(doc, library).pairs:
            ours, theirs = sorted(link, key=lambda number: doc.lines[number].lang != "zh")
            pairs += [(texts[ours], texts[theirs])] if theirs not in found else []
    book = with_meanings(book, sorted(words), texts, pairs)
    english = [line.text for line in doc.lines if line.lang == lang]
    known = ((word, library.dictionary.entry(word, english)) for word in sorted(words - book.entries.keys()))
    return Glossary({**book.entries, **{word: entry for word, entry in known if entry}})


def _mended(number: int, line: Line, book: Glossary) -> Iterator[tuple[Change, Fact | None]]:
    """Yield each change, the last of the line first, with a fact where the glossary lacks the word."""
    for edit in insertion.edits(line.text, book):
        rule = edit.entry.id if edit.entry else f"leftovers/zh-{line.lang}/unknown-word"
        fact = None if edit.entry else Fact("leftovers", edit.word, line.lang, number)
        yield Change(rule, number, edit.start, line.text[edit.start : edit.end], edit.text), fact
