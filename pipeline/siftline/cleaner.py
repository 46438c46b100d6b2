"""The way in from Python: `clean`, `Cleaner` and the `Article` they return."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from .acting import look_ahead
from .document import Change, Document, LedgerError, Source
from .library import STRICTNESS, Library
from .rules import STAGES as RULED
from .stages import STAGES, TOGETHER, choose
from .stages.decode import decode, encode
from .stages.extract import DEFAULT_EXTRACTOR, EXTRACTORS, extract, looks_like_html
from .stages.repair import repair_text
from .stages.write import restore_text, source_of, write

FINISHED_STAGES = frozenset({"pair"})
"""What still runs on an article file that siftline wrote: nothing that changes it."""


@dataclass(frozen=True)
class Article:
    """What became of one document. `record()` is the same as a line of `siftline clean --to jsonl`."""

    document: Document

    @cached_property
    def _record(self) -> dict[str, Any]:
        return write(self.document)

    def record(self, id: str | None = None, ledger: bool = True) -> dict[str, Any]:
        """Return the result as one JSON object; without `ledger` it cannot be restored."""
        return write(self.document, id, ledger)

    @property
    def languages(self) -> list[str]:
        """The article's languages in order of appearance, as ISO 639-1 codes."""
        return list(self._record["languages"])

    @property
    def title(self) -> dict[str, str]:
        """The headline by language."""
        return dict(self._record["title"])

    @property
    def body(self) -> dict[str, list[str]]:
        """The paragraphs by language."""
        return dict(self._record["body"])

    @property
    def text(self) -> str:
        """All paragraphs in document order, a blank line between."""
        return str(self._record["text"])

    @property
    def pairs(self) -> list[list[int]]:
        """Paragraphs of the first two languages that translate each other, as [index, index]."""
        return list(self._record["pairs"])

    @property
    def meta(self) -> dict[str, Any]:
        """The front matter besides the headline."""
        return dict(self._record["meta"])

    @property
    def changes(self) -> tuple[Change, ...]:
        """The ledger: every removal and every edit, in the order in which they were made."""
        return self.document.changes

    def restore(self) -> str | bytes:
        """Return the input: text, or the bytes that were given. For HTML it is the extracted lines."""
        return restore(self._record)


class Cleaner:
    """Cleans documents with one set of rules and stages. Picklable; rules are loaded on first use. With `keep_width`
    punctuation that was folded to ASCII, and full-width letters, stay as they are.

    `extractor` says what reads a page: see `siftline.stages.extract`. Raises ValueError for an unknown stage or
    extractor, and on first use siftline.RuleError for a rule file that is not right.
    """

    def __init__(
        self,
        rules: Path | str | None = None,
        stages: Iterable[str] | None = None,
        extractor: str = DEFAULT_EXTRACTOR,
        strictness: float = STRICTNESS,
        *,
        keep_width: bool = False,
        dictionary: str = "",
    ) -> None:
        """Take the folder of rules, the names of the stages to run, what reads a page, and how strict the layout
        model and the score of adverts are: 0 keeps every line that no rule names, 0.5 gives the best F1 if the model is
        right, 1 keeps only what is sure.
        `dictionary` names a file of CC-CEDICT for leftover words, or is `cc-cedict` for that of the extra.
        """
        if extractor not in EXTRACTORS:
            raise ValueError(f"unknown extractor {extractor}; known are {', '.join(EXTRACTORS)}")
        if not 0 <= strictness <= 1:
            raise ValueError(f"strictness must be from 0 to 1, not {strictness:g}")
        self.extractor = extractor
        self.stages = choose(stages)
        self.library = Library(rules, strictness, keep_width, dictionary)

    def clean(self, raw: str | bytes, *, html: bool | None = None, url: str = "", charset: str = "") -> Article:
        """Clean one document, given as text, or as the bytes of a text or an HTML page.

        `html` says what it is; without it a whole page is recognised by how it begins. `url` names the page,
        for its front matter and for the rules of its site; `charset` is what the server said of the bytes. Raises
        siftline.DecodeError for bytes that are no text and siftline.ExtractError for a page without text.
        """
        doc = self.run(self.read(raw, html=html, url=url, charset=charset), self.stages)
        doc.notes.clear()
        return Article(doc)

    def read(self, raw: str | bytes, *, html: bool | None = None, url: str = "", charset: str = "") -> Document:
        """Return the document of an input, as the first stage gets it. Raises as `clean` does."""
        source, data = Source(), None
        if isinstance(raw, bytearray | memoryview):
            raw = bytes(raw)
        if not isinstance(raw, str | bytes):
            raise TypeError(f"a document is str or bytes, not {type(raw).__name__}")
        if isinstance(raw, bytes):
            digest = hashlib.sha256(raw).hexdigest() if html is not False else None
            data = raw
            raw, source = decode(data, charset)
            if source != Source(codec="utf-8"):
                data = None  # not what the text is in UTF-8
        else:
            digest = None
        page = looks_like_html(raw) if html is None else html
        if page and digest:
            source = Source(codec=source.codec, bom=source.bom, sha256=digest)
        return extract(raw, extractor=self.extractor if page else None, url=url, source=source, data=data)

    def run(self, doc: Document, stages: Iterable[str]) -> Document:
        """Return a document after some stages, in the order given."""
        return self.run_all([doc], stages)[0]

    def run_all(self, docs: Sequence[Document], stages: Iterable[str]) -> list[Document]:
        """Return several documents after some stages, in the order given. Side by side they take less time than one
        after the other: what a stage works with stays in the processor's cache, and rules and the score of adverts look
        at them together.
        """
        docs = list(docs)
        for name in stages:
            going = [at for at, doc in enumerate(docs) if not doc.finished or name in FINISHED_STAGES]
            if name in RULED:
                look_ahead([docs[at] for at in going], self.library.lines)
            if name in TOGETHER:
                done = TOGETHER[name]([docs[at] for at in going], self.library)
            else:
                done = [STAGES[name](docs[at], self.library) for at in going]
            for at, doc in zip(going, done, strict=True):
                docs[at] = doc
        return docs


@cache
def _default() -> Cleaner:
    return Cleaner()


def clean(raw: str | bytes, *, html: bool | None = None, url: str = "", charset: str = "") -> Article:
    r"""Clean one document with the rules that come with siftline. See `Cleaner.clean`.

    >>> clean("The ferry came back on Monday, after a winter in the yard.\n\nShare on Facebook\n").text
    'The ferry came back on Monday, after a winter in the yard.'
    """
    return _default().clean(raw, html=html, url=url, charset=charset)


def restore(record: dict[str, Any]) -> str | bytes:
    """Return the input that a result record was made from: text, or bytes where bytes were read.

    Raises LedgerError where the record's lines and changes do not belong together, or are not there.
    """
    try:
        text = restore_text(record)
        source = source_of(record)
    except (KeyError, TypeError, AttributeError) as error:
        raise LedgerError("not a result with `lines` and `changes`: was it made without its ledger?") from error
    if source.codec is None or source.sha256:
        return text
    return encode(text, source)


def repair(text: str, *, keep_width: bool = False) -> str:
    """Undo wrong decodings, remove characters that are no text, and mend folded punctuation and broken lines; with
    `keep_width`, full and half width stay as they are. See docs/repair.md.

    >>> repair("naÃ¯ve cafÃ©")
    'naïve café'
    """
    return repair_text(text, keep_width=keep_width)
