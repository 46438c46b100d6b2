"""Words of everyday speech that a translation renders in much the same way each time, in Chinese, English and Russian.

They speak for two lines as numbers and names do, and are all that brief lines such as those of a dialogue share. A
word stands here where its translations are few, and where they seldom stand for something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from ..adverts.folding import simplified
from ..late import late

LANGUAGES = ("zh", "en", "ru")
_WORDS = Path(__file__).with_name("common_words.tsv")
"""A meaning a line, with its words in LANGUAGES. A star stands for the rest of a word; Chinese words without others are
there because a shorter one stands in them."""
_WORD = late(re.compile, r"[^\W\d_]+")


def meanings(text: str, lang: str) -> frozenset[int]:
    """Return which of the meanings here a text has, as numbers; none in other languages than LANGUAGES.

    >>> meanings("爺爺修了這座橋。", "zh") == meanings("Grandfather repaired the bridge.", "en") != frozenset()
    True
    """
    if lang not in LANGUAGES:
        return frozenset()
    known = _by_word(lang)
    found = _han_words(simplified(text), known) if lang == "zh" else _words(text.lower(), known)
    return frozenset(number for word in found for number in known[word])


def _han_words(text: str, known: dict[str, tuple[int, ...]]) -> Iterator[str]:
    """Yield the longest word that begins at each place behind the last one."""
    longest = max(map(len, known))
    at = 0
    while at < len(text):
        word = next((text[at:end] for end in range(at + longest, at, -1) if text[at:end] in known), "")
        if word:
            yield word
        at += len(word) or 1


def _words(text: str, known: dict[str, tuple[int, ...]]) -> Iterator[str]:
    longest = max(map(len, known))
    for word in _WORD.findall(text):
        if word in known:
            yield word
        yield from (stem for end in range(2, min(longest, len(word) + 1)) if (stem := f"{word[:end]}*") in known)


@cache
def _by_word(lang: str) -> dict[str, tuple[int, ...]]:
    """Return for each word of a language the numbers of its meanings."""
    column = LANGUAGES.index(lang)
    found: dict[str, tuple[int, ...]] = {}
    for number, line in enumerate(_WORDS.read_text(encoding="utf-8").splitlines()[1:]):
        names = line.split("	")
        if names[1] or column == 0:
            for word in names[column].split():
                found[word] = (*found.get(word, ()), number) if names[1] else ()
    return found
