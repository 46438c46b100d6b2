"""Which form of a noun fits where a Chinese word was left standing in a Russian sentence.

The words before it say so: those that agree with it (`новых`), a preposition (`для`), a numeral or word of quantity, a
noun that takes a genitive. What each of them allows is what OpenCorpora's dictionary says of it, through pymorphy3
(M. Korobov, "Morphological analyzer and generator for Russian and Ukrainian languages", 2015), which the extra
`russian` brings. Where more than one form is left, none is chosen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product
from typing import Any

from .entries import Entry

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
_Cells = frozenset[tuple[str, str]]
"""Cases and numbers, in the terms of OpenCorpora."""
_ALL: _Cells = frozenset(product(CASES, ("sing", "plur")))
_PREPOSITIONS = {
    "gent": "без близ вместо вне внутри вокруг для до из из-за из-под кроме около от после посреди против путём ради "
    "среди у насчёт помимо вследствие относительно",
    "datv": "к ко по благодаря согласно вопреки навстречу",
    "accs": "про через сквозь спустя включая",
    "ablt": "над надо перед передо между",
    "loct": "о об обо при",
    "accs loct": "в во на",
    "accs ablt": "за под",
    "gent accs ablt": "с со",
}
_GOVERNED = {word: frozenset(cases.split()) for cases, words in _PREPOSITIONS.items() for word in words.split()}
_QUANTITIES = frozenset(
    [
        "много",
        "немало",
        "мало",
        "немного",
        "несколько",
        "сколько",
        "столько",
        "ряд",
        "множество",
        "большинство",
        "количество",
        "число",
    ]
)
"""Words that take a genitive plural."""
_ACTIONS = ("ние", "тие")
"""Ends of nouns of which a noun behind them says whose they are, or of what."""
_LIKELY = 0.1
"""Share that a reading of a word has at least, of those that the dictionary knows."""
_AGREEING = frozenset({"ADJF", "PRTF"})
_MOST_AGREEING = 3


def fitted(before: Sequence[str], after: Sequence[str], entry: Entry) -> str:
    """Return the form of the entry's translation that fits between the words of its clause, or "" where none is sure,
    or where pymorphy3 is not installed.
    """
    noun = _noun(entry.translation)
    if noun is None or any(entry.translation in _lemmas(word) for word in (*before[-3:], *after[:3])):
        return ""
    cells, left = _agreed([word.lower() for word in before], noun)
    governed = _governed(left, cells)
    if entry.mass:
        governed = frozenset(cell for cell in governed if cell[1] == "sing")
    if _may_agree(after, cells, noun):
        return ""
    forms = {noun.inflect(set(cell)).word for cell in governed if noun.inflect(set(cell))}
    return forms.pop() if len(forms) == 1 else ""


@cache
def _analyzer() -> Any:
    """Return the analyser of pymorphy3, None where it is not installed."""
    try:
        from pymorphy3 import MorphAnalyzer  # noqa: PLC0415 - few texts need it, and it takes half a second
    except ImportError:
        return None
    return MorphAnalyzer(lang="ru")


@cache
def _noun(lemma: str) -> Any:
    """Return the reading of a word as a noun in the nominative; None where it is none."""
    found = _analyzer().parse(lemma) if _analyzer() else ()
    return next((one for one in found if "NOUN" in one.tag and "nomn" in one.tag and one.normal_form == lemma), None)


def _readings(word: str) -> list[Any]:
    """Return what a word may be, without what it seldom is."""
    return [one for one in _analyzer().parse(word.lower()) if one.score >= _LIKELY]


def _lemmas(word: str) -> frozenset[str]:
    return frozenset(one.normal_form for one in _readings(word))


def _agreed(before: Sequence[str], noun: Any) -> tuple[_Cells, Sequence[str]]:
    """Return the cases and numbers that all words right before a noun allow which agree with it, and what stands before
    those.
    """
    cells, left = _ALL, list(before)
    for _ in range(_MOST_AGREEING):
        found = _readings(left[-1]) if left else []
        if not found or any(one.tag.POS not in _AGREEING for one in found):
            break
        cells &= frozenset(cell for one in found for cell in _cells(one, noun))
        left.pop()
    return cells, left


def _cells(one: Any, noun: Any) -> Iterator[tuple[str, str]]:
    """Yield case and number of a reading that can agree with a noun."""
    tag = one.tag
    fits = tag.number == "plur" or tag.gender == noun.tag.gender
    if fits and tag.case in CASES and tag.animacy in (None, "inan"):
        yield tag.case, tag.number


def _governed(left: Sequence[str], cells: _Cells) -> _Cells:
    """Return those of some cases and numbers that the word before the phrase allows."""
    word = left[-1] if left else ""
    if word in _GOVERNED:
        return frozenset(cell for cell in cells if cell[0] in _GOVERNED[word])
    cells = frozenset(cell for cell in cells if cell[0] != "loct")  # which takes a preposition
    if word in _QUANTITIES:
        return cells & {("gent", "plur")}
    if word[:1].isdigit() or any(one.tag.POS == "NUMR" for one in (_readings(word) if word else ())):
        return frozenset()
    if any("NOUN" in one.tag and one.normal_form.endswith(_ACTIONS) for one in (_readings(word) if word else ())):
        return frozenset(cell for cell in cells if cell[0] == "gent")
    return cells


def _may_agree(after: Sequence[str], cells: _Cells, noun: Any) -> bool:
    """Whether the word behind may be what the words before agree with, and the one in between part of its name."""
    if cells == _ALL or not after:
        return False
    return any(
        one.tag.POS in (_AGREEING | {"NOUN"}) and one.tag.case != "gent" and (one.tag.case, one.tag.number) in cells
        for one in _readings(after[0])
    )
