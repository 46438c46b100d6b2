"""Which form of a noun or an adjective fits where a Chinese word was left standing in a Russian sentence.

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

from .english.words import words_of
from .entries import Entry

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
_Cells = frozenset[tuple[str, str]]
"""Cases and numbers, in the terms of OpenCorpora."""
_ALL: _Cells = frozenset(product(CASES, ("sing", "plur")))
_PREPOSITIONS = {
    "gent": "без близ вместо вне внутри вокруг для до из из-за из-под кроме около от после посреди против путём ради "
    "среди у насчёт помимо вследствие относительно вдоль накануне ввиду свыше",
    "datv": "к ко по благодаря согласно вопреки навстречу",
    "accs": "про через сквозь спустя включая",
    "ablt": "над надо перед передо между",
    "loct": "о об обо при",
    "accs loct": "в во на",
    "accs ablt": "за под",
    "gent accs ablt": "с со",
}
_GOVERNED = {word: frozenset(cases.split()) for cases, words in _PREPOSITIONS.items() for word in words.split()}
_QUANTITIES = words_of("много немало мало немного несколько сколько столько ряд множество большинство количество число")
"""Words that take a genitive plural."""
_ACTIONS = ("ние", "тие")
"""Ends of nouns of which a noun behind them says whose they are, or of what."""
_VERBS = {
    "ablt": "является являются являлся являлась являлось являлись стал стала стало стали станет станут становится "
    "становятся стать быть гордится гордятся гордимся занимается занимаются пользуется пользуются владеет владеют "
    "руководит управляет отличается отличаются доволен довольна довольны недовольны известен известна известны",
    "gent": "счёт помощью время результате ходе области сфере рамках основе пользу требует требуют достиг достигла "
    "достигли достичь добился добилась добились добиться хватает боится боятся",
    "datv": "способствует способствуют помогает помогают помочь угрожает угрожают учит учат принадлежит соответствует "
    "соответствуют рад рада рады",
}
"""Verbs, adjectives like them, and nouns of prepositions (`за счёт`), with the one case that they ask for."""
_GOVERNED.update({word: frozenset([case]) for case, words in _VERBS.items() for word in words.split()})
_LIKELY = 0.1
"""Share that a reading of a word has at least, of those that the dictionary knows."""
_MOSTLY = 0.7
"""Share of its readings from which a word is an adjective, or a noun: then each such reading counts, however rare."""
_AGREEING = frozenset({"ADJF", "PRTF"})
_NOUNS = frozenset({"NOUN"})
_MOST_AGREEING = 3


def fitted(before: Sequence[str], after: Sequence[str], entry: Entry) -> str:
    """Return the form of the entry's translation that fits between the words of its clause, or "" where none is sure,
    or where pymorphy3 is not installed. A word that begins a clause has one form.
    """
    if entry.pos == "connective":
        return "" if before else entry.translation
    lemma = entry.translation.lower()
    if _analyzer() is None or any(lemma in _lemmas(word) for word in (*before[-3:], *after[:3])):
        return ""
    low = [word.lower() for word in before]
    form = _adjective(low, after, lemma) if entry.pos == "adjective" else _noun_form(low, after, entry)
    return form.capitalize() if entry.pos == "name" else form


def _noun_form(before: Sequence[str], after: Sequence[str], entry: Entry) -> str:
    """Return the one form of a noun that the words before it allow."""
    noun = _noun(entry.translation.lower())
    if noun is None:
        return ""
    cells, left = _agreed(before, noun)
    governed = _governed(left, cells)
    if entry.mass or entry.pos == "name":
        governed = frozenset(cell for cell in governed if cell[1] == "sing")
    if _may_agree(after, cells):
        return ""
    forms = {noun.inflect(set(cell)).word for cell in governed if noun.inflect(set(cell))}
    return forms.pop() if len(forms) == 1 else ""


def _adjective(before: Sequence[str], after: Sequence[str], lemma: str) -> str:
    """Return the one form of an adjective that agrees with the noun behind it, as the words before allow."""
    adjective = next((one for one in _analyzer().parse(lemma) if "ADJF" in one.tag), None)
    if adjective is None or not after:
        return ""
    forms: set[str] = set()
    for noun in _readings_as(after[0], _NOUNS):
        cells, left = _agreed(before, noun)
        if (noun.tag.case, noun.tag.number) in _governed(left, cells):
            one = adjective.inflect(_agreement(noun.tag))
            forms.add(one.word if one else "")
    return forms.pop() if len(forms) == 1 else ""


def _agreement(tag: Any) -> set[str]:
    """Return what an adjective has in common with its noun, in the terms of OpenCorpora."""
    shared = {tag.case, tag.number} | ({tag.gender} if tag.number == "sing" else set())
    if tag.case == "accs" and (tag.number == "plur" or tag.gender == "masc"):
        shared.add(tag.animacy)
    return shared - {None}


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


def _readings_as(word: str, parts: frozenset[str]) -> list[Any]:
    """Return all readings of a word as some parts of speech, none where it is seldom one of them."""
    found = [one for one in _analyzer().parse(word.lower()) if one.tag.POS in parts]
    return found if sum(one.score for one in found) >= _MOSTLY else []


def _lemmas(word: str) -> frozenset[str]:
    return frozenset(one.normal_form for one in _readings(word))


def _agreed(before: Sequence[str], noun: Any) -> tuple[_Cells, Sequence[str]]:
    """Return the cases and numbers that all words right before a noun allow which agree with it, and what stands before
    those.
    """
    cells, left = _ALL, list(before)
    for _ in range(_MOST_AGREEING):
        found = _readings_as(left[-1], _AGREEING) if left else []
        if not found:
            break
        cells &= frozenset(cell for one in found for cell in _cells(one, noun))
        left.pop()
    return cells, left


def _cells(one: Any, noun: Any) -> Iterator[tuple[str, str]]:
    """Yield case and number of a reading that can agree with a noun."""
    tag = one.tag
    fits = tag.number == "plur" or tag.gender == noun.tag.gender
    if fits and tag.case in CASES and tag.animacy in (None, noun.tag.animacy):
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


def _may_agree(after: Sequence[str], cells: _Cells) -> bool:
    """Whether the word behind may be what the words before agree with, and the one in between part of its name."""
    if cells == _ALL or not after:
        return False
    return any(
        one.tag.POS in (_AGREEING | {"NOUN"}) and one.tag.case != "gent" and (one.tag.case, one.tag.number) in cells
        for one in _readings(after[0])
    )
