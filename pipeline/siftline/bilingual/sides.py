"""The two sides of an alignment: the lines of a language, and what of each of them a translation may have too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ..languages.wordlists import CYRILLIC, LATIN
from ..late import late
from ..prose import ends_in_stop
from .common_words import meanings
from .numerals import numbers

HAN_LETTERS = 3.0
"""Letters of English or Russian for one Chinese character."""
_TOKEN = late(
    re.compile,
    r"https?://\S+|[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9+#]*|[А-Яа-яЁёІіЇїЄєҐґ]+|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)"
    r"|\d+(?:[.,]\d+)*",
)
_HAN_RUN = late(re.compile, "[\u3400-\u9fff]+")
_HAN_GLUE = frozenset("的了是在和与及或也就都而但被把将对从到以为于之其这那个一不有我你他她它们们来去上下中可能会要")
_IN_NUMBERS = late(re.compile, "[, \u00a0\u202f]")
"""What parts the thousands of a number."""
_ITEM = late(re.compile, r"\(?(\d{1,2})[.)、）]")
_BULLET = late(re.compile, r"^(?:[-•·*●]|\(?\d{1,2}[.)、）]|[一二三四五六七八九十]{1,2}、)\s*")
_TURNS = tuple(
    late(re.compile, pattern, re.IGNORECASE)
    for pattern in (
        r"(?:Q|Question|问|問|提问|В|Вопрос)\s*\d{0,3}\s*[:：.]",
        r"(?:A|Answer|答|回答|О|Ответ)\s*\d{0,3}\s*[:：.]",
    )
)
_TO_LATIN = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфыэёіїєґ", "abvgdezijklmnoprstufyeeiieg", strict=True))
    | {"ж": "zh", "х": "h", "ц": "c", "ч": "ch", "ш": "sh", "щ": "sh", "ю": "u", "я": "a", "ъ": "", "ь": ""}
)
_SOUNDS = str.maketrans({"c": "k", "q": "k", "w": "v", "x": "ks", "y": "i", "h": "", "j": "i", "z": "s", "g": "g"})
_VOWELS = str.maketrans("", "", "aeiou")
_STOPWORDS = frozenset(" ".join([LATIN["en"], CYRILLIC["ru"], CYRILLIC["uk"]]).split())


@dataclass(frozen=True)
class Side:
    """The lines of one language, and where they stand in the document."""

    texts: Sequence[str]
    places: Sequence[int]
    lang: str = "en"

    @cached_property
    def sizes(self) -> list[float]:
        """Length of each line in letters, a Chinese character counting for HAN_LETTERS."""
        return [len(text) + (HAN_LETTERS - 1) * _han_count(text) for text in self.texts]

    @cached_property
    def shared(self) -> list[frozenset[str]]:
        """What of each line another language may write alike: numbers, addresses, words by their sound."""
        return [_shared_tokens(text, self.lang) for text in self.texts]

    @cached_property
    def meanings(self) -> list[frozenset[int]]:
        """What of each line is said in words of everyday speech, as numbers that are the same in all languages."""
        return [meanings(text, self.lang) for text in self.texts]

    @cached_property
    def items(self) -> list[int]:
        """The number of each line in a list, 0 for any other line."""
        return [int(item[1]) if (item := _ITEM.match(text)) else 0 for text in self.texts]

    @cached_property
    def turns(self) -> list[int]:
        """What each line is marked as: 1 as a question, 2 as an answer, 0 as neither."""
        return [next((n for n, turn in enumerate(_TURNS, 1) if turn.match(text)), 0) for text in self.texts]

    @cached_property
    def terms(self) -> list[frozenset[str]]:
        """What of each line another language renders in the same way each time: words, pairs of characters."""
        return [_terms(text) for text in self.texts]

    @cached_property
    def shapes(self) -> list[tuple[bool, bool, bool, int]]:
        """Of each line: whether it stops, asks, is listed; and how often it stands in the text (3: thrice or more)."""
        often = Counter(self.texts)
        return [
            (ends_in_stop(text), text.endswith(("?", "？")), bool(_BULLET.match(text)), min(3, often[text]))
            for text in self.texts
        ]


def _han_count(text: str) -> int:
    return sum(map(len, _HAN_RUN.findall(text)))


def _shared_tokens(text: str, lang: str) -> frozenset[str]:
    out: set[str] = set()
    for token in _TOKEN.findall(_BULLET.sub("", text)):
        if token[0].isdigit():
            out.add(_IN_NUMBERS.sub("", token))
        elif token.startswith("http"):
            out.add(token.rstrip(".,;)"))
        elif len(sound := _sound(token)) >= 3:
            out.add(sound[:5])
    if lang in ("zh", "en", "ru"):
        out.update(str(number) for number in numbers(text, lang))
    return frozenset(out)


def _sound(word: str) -> str:
    """Fold a word to the consonants that survive from one alphabet to the other; names in capitals stay."""
    if len(word) > 1 and word.isupper() and word.isascii():
        return word.lower() + "~"
    low = word.lower()
    if low in _STOPWORDS or len(low) < 3:
        return ""
    plain = low.translate(_TO_LATIN).translate(_SOUNDS)
    return plain[:1] + plain[1:].translate(_VOWELS)


def _terms(text: str) -> frozenset[str]:
    out: set[str] = set()
    for run in _HAN_RUN.findall(text):
        out.update(run[i : i + 2] for i in range(len(run) - 1) if not _HAN_GLUE.intersection(run[i : i + 2]))
    for token in _TOKEN.findall(text):
        low = token.lower()
        if len(low) > 2 and low not in _STOPWORDS:
            out.add(low[:6])
    return frozenset(out)


def low(text: str) -> list[str]:
    """Return the lower-case Latin words of a line."""
    return [token.lower() for token in _TOKEN.findall(text)]
