"""The language of a stretch of Latin or Cyrillic text: function words and letters first, langdetect for the rest."""

from __future__ import annotations

import re
from collections import Counter
from importlib.util import find_spec
from itertools import repeat
from operator import add
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import orjson

from ..tables import kept
from . import wordlists

LONGEST_SAMPLE = 400
"""Characters of a text that are looked at, both for words and for letters."""
SURE = 1.6
"""Evidence, in unshared function words, from which a language is taken without asking langdetect."""
_SETTLED = 3  # more different function words of English alone than this settle it, before anything is weighed
_BEGINNING = 100  # characters of a text that are looked at first, since they settle it where it is English prose
_AHEAD = 1.35  # how many times the evidence of the second language that of the first must be
# fmt: off
_PROFILES = {
    "latin": (
        "af", "ca", "cs", "cy", "da", "de", "en", "es", "et", "fi", "fr", "hr", "hu", "id", "it",
        "lt", "lv", "nl", "no", "pl", "pt", "ro", "sk", "sl", "sq", "sv", "sw", "tl", "tr", "vi",
    ),
    "cyrillic": ("bg", "mk", "ru", "uk"),
}
# fmt: on
# How likely each is before a letter is read: the three that siftline is for first, then what the web is written in
# (W3Techs, content languages), rounded. It decides only where a text is very short.
_PRIOR = {"en": 0.6, "de": 0.06, "fr": 0.05, "es": 0.06, "it": 0.03, "pt": 0.04, "ru": 0.8, "uk": 0.1, "bg": 0.06}
_RARE = 0.01
_OVERLAP = 0.35  # n-grams of one to three letters overlap, so they say less than as many independent ones
_TRUST = 4.0  # what a function word counts for, in natural logarithms
_UNSEEN = 5e-5  # langdetect's own smoothing: alpha 0.5 over 10,000
_WORD = re.compile(r"(?<![.@/\w])[^\W\d_]+(?:['’](?=t\b|s\b|m\b|re\b|ve\b|ll\b)[^\W\d_]+)?")
# The same for ASCII text in small letters with a blank before it, which takes half the time.
_ASCII_WORD = re.compile(r"[^.@/\w]([a-z]+(?:'(?:t|s|m|re|ve|ll)\b)?)", re.ASCII)
_ADDRESS = re.compile(r"\S*://\S*")
_LATIN_I = re.compile(r"(?<=[а-я])i|i(?=[а-я])")
_MARKED = re.compile(f"[{''.join(sorted(wordlists.letters('latin') | wordlists.letters('cyrillic')))}]")
_LETTER = 0.6  # what one such letter counts for, in function words
_SOFT_END = re.compile("ь(?!о)")  # Bulgarian writes ь before о alone
# Letters of its own that a language writes all the time, and half their share of its text (the n-grams tell the rest).
_EXPECTED = {"ru": ("ыэёь", 0.02), "uk": ("іїєґi", 0.02), "bg": ("ъ", 0.008), "mk": ("јљњќѓѕџ", 0.02)}
_KAZAKH, _KAZAKH_SHARE = wordlists.CYRILLIC_LETTERS["kk"], 0.05  # of the letters of a text, from which it is in no
# other of these languages: of Kazakh one letter in six is among them, of Russian with Kazakh names far fewer
_SHOWS_I = 60  # letters of Ukrainian text that hold і, ї or є: one letter in twelve is


class Evidence(NamedTuple):
    """What function words and letters say of a text."""

    lang: str
    """The best language, or `und`."""
    weight: float
    """How much speaks for it, in unshared function words."""
    sure: bool
    """Whether that decides."""
    words: int
    """How many words were looked at."""
    excluded: frozenset[str] = frozenset()
    """Languages whose alphabet does not fit."""
    scores: tuple[tuple[str, float], ...] = ()
    """The weight of every language that anything speaks for."""


_PLAINLY_ENGLISH = Evidence("en", _SETTLED + 1.0, True, 2 * (_SETTLED + 1))


def words_of(text: str) -> list[str]:
    """Return the lower-case words of the first LONGEST_SAMPLE characters.

    >>> words_of("It's l'eau, No. 5")
    ["it's", 'l', 'eau', 'no']
    """
    return _words(_head(text))


def _words(head: str) -> list[str]:
    return _ASCII_WORD.findall(" " + head) if head.isascii() else _WORD.findall(head)


def _head(text: str) -> str:
    """Return what is looked at of a text, in small letters; an address is in no language."""
    head = text[:LONGEST_SAMPLE].lower().replace("’", "'")
    return _ADDRESS.sub(" ", head) if "://" in head else head


def weigh(text: str, script: str) -> Evidence:
    """Say what function words and letters tell of `text`, which is in `script` (latin or cyrillic).

    >>> weigh("The results of the vote were clear.", "latin")[:3:2]
    ('en', True)
    >>> weigh("Kubernetes", "latin").lang
    'und'
    """
    if script == "latin" and len(text) > _BEGINNING and _is_english(text[:_BEGINNING].lower().split()[:-1]):
        return _PLAINLY_ENGLISH
    head = _head(text)
    if script == "latin" and _is_english(head.split()):
        return _PLAINLY_ENGLISH
    found = _words(head)
    table = wordlists.latin() if script == "latin" else wordlists.cyrillic()
    scores: dict[str, float] = {}
    for known in filter(None, map(table.get, dict.fromkeys(found))):
        for lang, weight in known:
            scores[lang] = scores.get(lang, 0.0) + weight
    if not head.isascii():
        _weigh_letters(head, script, scores)
    if script == "latin":
        return _judged(scores, len(found), frozenset())
    excluded = _excluded(head)
    evidence = _judged({lang: score for lang, score in scores.items() if lang not in excluded}, len(found), excluded)
    # Half of the function words are spelt alike in Russian, Ukrainian and Bulgarian: it takes a letter as well.
    own = wordlists.CYRILLIC_LETTERS.get(evidence.lang, "")
    return evidence._replace(sure=evidence.sure and any(letter in head for letter in own))


def _is_english(words: list[str]) -> bool:
    return len(words) > _SETTLED and len(wordlists.english_alone().intersection(words)) > _SETTLED


def shows(text: str, lang: str) -> bool:
    """Whether a text has a word that English alone has, for a line of a document that is in English: a cheap
    question before `weigh`. Of another language nothing is known so cheaply.

    >>> shows("Grazie for the pizza", "en"), shows("Grazie per la pizza", "en"), shows("the", "fr")
    (True, False, False)
    """
    return lang == "en" and any(map(text[:LONGEST_SAMPLE].__contains__, wordlists.english_commonest()))


def _weigh_letters(text: str, script: str, scores: dict[str, float]) -> None:
    owners = wordlists.letters(script)
    hits: dict[str, float] = {}
    for letter in _MARKED.findall(text):
        for lang in owners.get(letter, ()):
            hits[lang] = hits.get(lang, 0.0) + _LETTER
    for lang, weight in hits.items():
        scores[lang] = scores.get(lang, 0.0) + min(2.0, weight)
    if script == "cyrillic" and _LATIN_I.search(text):  # typed on a keyboard without the Ukrainian letter
        scores["uk"] = scores.get("uk", 0.0) + 1.0


def _excluded(text: str) -> frozenset[str]:
    """Cyrillic languages whose alphabet lacks what the text is written with, or has what it should show."""
    counts = Counter(text)
    kazakh = sum(counts[letter] for letter in _KAZAKH)
    if kazakh > 1 and kazakh >= _KAZAKH_SHARE * sum(map(str.isalpha, text)):
        return frozenset(wordlists.CYRILLIC) - {"kk"}
    russian = counts["ы"] + counts["э"] + counts["ё"]
    ukrainian = counts["і"] + counts["ї"] + counts["є"] + counts["ґ"]
    out = set()
    if russian > ukrainian:
        out |= {"uk", "bg", "sr", "mk"}
    elif ukrainian:
        out |= {"bg", "sr", "mk"} | ({"ru"} if ukrainian > counts["і"] else set())
    elif sum(map(str.isalpha, text)) >= _SHOWS_I and not _LATIN_I.search(text):
        out.add("uk")
    if not counts["ў"]:
        out.add("be")
    if not any(counts[letter] for letter in "ђћџјљњѓќѕ"):
        out |= {"sr", "mk"}
    if _SOFT_END.search(text):
        out |= {"bg", "sr", "mk"}
    return frozenset(out)


def _judged(scores: dict[str, float], words: int, excluded: frozenset[str]) -> Evidence:
    if not scores:
        return Evidence("und", 0.0, False, words, excluded)
    *_, second, best = sorted([0.0, *scores.values()])
    rest = (words, excluded, tuple(scores.items()))
    if best - second < 1e-9:
        return Evidence("und", 0.0, False, *rest)
    lang = next(lang for lang, score in scores.items() if score == best)
    # Of a few words one must be enough, where no other language claims any of them.
    enough = best >= SURE or (words <= 6 and best >= 0.99 and lang in _PRIOR)
    return Evidence(lang, best, enough and best >= _AHEAD * second, *rest)


def ask(text: str, script: str, evidence: Evidence | None = None) -> str:
    """Return the likeliest language of `text`, which is in `script`, by langdetect's letter n-grams.

    langdetect draws n-grams at random and again, until it is sure of something; on a few words that is noise
    and drowns the prior. Here each n-gram counts once, as in the naive Bayes of Cavnar and Dunning, so that the
    answer depends on the text alone. `evidence` is what function words said. `und` where nothing is known.

    >>> ask("Bildungsausschuss Protokolle Sitzungen", "latin")
    'de'
    """
    langs, rows, logs = _profiles(script)
    if evidence and evidence.excluded.issuperset(langs):
        return evidence.lang
    grams = [row for row in map(rows.get, _grams(words_of(text))) if row is not None]
    if not grams:
        return "und"
    scores = logs.take(grams, axis=0).sum(axis=0) * _OVERLAP
    scores += np.log([_PRIOR.get(lang, _RARE) for lang in langs])
    for lang, weight in evidence.scores if evidence else ():
        if lang in langs:
            scores[langs.index(lang)] += _TRUST * weight
    if script == "cyrillic":
        scores += _absences(_head(text), langs)
    if evidence and evidence.excluded:
        scores[[lang in evidence.excluded for lang in langs]] = -np.inf
    return langs[int(scores.argmax())]


def _absences(text: str, langs: list[str]) -> npt.NDArray[np.float64]:
    """Return what it tells against each language that its own letters are nowhere in a text of that length."""
    size = sum(map(str.isalpha, text))
    missing = [
        (rate, not any(letter in text for letter in own)) for own, rate in map(_EXPECTED.get, langs, repeat(("", 0.0)))
    ]
    return np.array([-rate * size if absent else 0.0 for rate, absent in missing])


def _grams(words: list[str]) -> list[str]:
    """Return the strings of one to three characters in words with a blank at each side, and some over their borders,
    which hold two blanks and are in no profile.
    """
    text = f" {'  '.join(words)} "
    pairs = list(map(add, text, text[1:]))
    return [*text, *pairs, *map(add, pairs, text[2:])]


@kept
def _profiles(script: str) -> tuple[list[str], dict[str, int], npt.NDArray[np.float32]]:
    """Return the languages of langdetect that write the script, the row of each n-gram, and the logarithms of its
    frequency in each language. They are read without langdetect, which takes longer to import and reads all 55.
    """
    folder = Path(str(find_spec("langdetect").origin)).parent / "profiles"  # type: ignore[union-attr]
    langs = list(_PROFILES[script])
    rows: dict[str, int] = {}
    columns = []
    for lang in langs:
        profile = orjson.loads((folder / lang).read_bytes())
        counts: dict[str, int] = profile["freq"]
        totals = np.array([np.inf, *profile["n_words"]])[list(map(len, counts))]  # by the length of each n-gram
        columns.append(([rows.setdefault(gram, len(rows)) for gram in counts], np.array([*counts.values()]) / totals))
    rates = np.zeros((len(rows), len(langs)), np.float32)
    for column, (places, rate) in enumerate(columns):
        rates[places, column] = rate
    return langs, rows, np.log(rates + np.float32(_UNSEEN))
