"""Where a Chinese word was left standing in a sentence, and which form of its translation fits there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..late import late
from . import russian
from .english.words import ARTICLES, BREAKS, DETERMINERS, words_of
from .entries import Entry, Glossary

HAN = late(re.compile, "[\u3005\u3400-\u9fff\uf900-\ufaff]+")
_KANA = late(re.compile, "[\u3041-\u30fa\uac00-\ud7a3]")  # Japanese or Korean: nothing a translator from Chinese left
MOST_RUNS = 2
"""A line with more runs of Chinese characters gives them for their own sake: a list of terms, of names. But not where a
word stands right beside each, with no blank between, and there are many more words than runs."""
_WORDS_A_RUN = 6
LONGEST_WORD = 6
"""A longer run, in characters, is a phrase: a slogan, a title."""
_WORD = late(re.compile, r"[A-Za-zÀ-ɏЀ-ӿ][A-Za-zÀ-ɏЀ-ӿ'’-]*|\d[\d.,]*")
_GLUED = late(re.compile, "[A-Za-zА-яё][\u3400-\u9fff]|[\u3400-\u9fff][A-Za-zА-яё]")
_CLAUSE = late(re.compile, r"[^\w\s'’-]")
_SINGLE_QUOTED = late(re.compile, r"(?<!\w)['‘](?=\S)[^'’]{1,80}['’](?!\w)")

# Lines that speak of the language itself.
_ABOUT_WORDS = late(
    re.compile,
    r"\b(?:(?:chinese|han|kanji|hanzi|mandarin|cantonese)\s+(?:character|word|term|phrase|name|idiom|proverb|title"
    r"|text|script|writing|pun|surname|expression)s?|pinyin|kanji|hanzi|hanja|in\s+(?:chinese|mandarin|cantonese|japanese)"
    r"|(?:chinese|mandarin|japanese)\s+for|literally|transliterat\w+|romani[sz]\w+|pronounc\w+|ideogram\w*"
    r"|translat(?:es?|ed|ing|ion)\s+(?:as|to|into|of)|stands?\s+for|homophon\w*|etymolog\w*|calligraph\w*"
    r"|иероглиф\w*|пиньинь|по-китайски|китайск\w+\s+(?:слов|термин|назван|язык|выражен|им[яе])\w*|дословно|буквально"
    r"|произнос\w+)\b",
    re.IGNORECASE,
)
# Words that announce a word as a word: within the three before it, or right before it.
_ANNOUNCING = words_of(
    """term terms word words called character characters phrase phrases expression expressions meaning titled
    entitled dubbed nicknamed nickname termed slogan slogans motto hashtag keyword keywords labelled labeled
    surname alias aka subtitled inscription inscribed spelled spelt tagged idiom idioms proverb pun
    слово слова слов термин название названием называется именем имя фамилия лозунг надпись значит означает"""
)
_DIRECT = words_of(
    """as like call calls name names named known means mean reads reading read wrote written write writes says said
    say saying shouting shouted chanted marked sign signs label brand title titles or i.e e.g button buttons tab menu
    icon caption heading checkbox folder"""
)
_EXPLAINING = late(
    re.compile,
    r"""^["'”’]?\s*,?\s*(?:(?:which\s+|that\s+)?(?:means?|meaning|refers?\s+to|denotes?|signif\w+|translates?)\b"""
    r"""|or\s+["'“‘]|[(（\[【=])""",
    re.IGNORECASE,
)
_OPEN = {
    "(": ")",
    "[": "]",
    "{": "}",
    "“": "”",
    "‘": "’",
    "（": "）",
    "【": "】",
    "《": "》",
    "「": "」",
    "『": "』",
    "«": "»",
    "<": ">",
}
_TOUCHING = frozenset("'\"‘’“”*_`/|=~^#@:：·-–—<>()（）[]【】「」『』《》&+\\.·")

_UNITS = frozenset("年月日时分秒号元万亿千百十个名位件家次岁米吨度版届期点")
"""Characters that count something behind a figure."""
_SUFFIX = late(re.compile, r"(?:s|es|ed|ing)\b")
_OWNING = late(re.compile, r"['’]s\b")
_STOP = late(re.compile, "[.!?;:。！？；：]")
_SENTENCE_STOP = late(re.compile, r"[.!?;:。！？；：](?=\s|$)")  # not that of 3.5, or of a name
_STOP_OR_COMMA = late(re.compile, "[.!?;:,。！？；：，]")
_PAUSE = late(re.compile, r"[,，、()\[\]–—…\"“”]|\s-\s")


class Spot(NamedTuple):
    """A run of Chinese characters that was left in a sentence, with the words around it."""

    start: int
    end: int
    word: str
    before: list[str]
    """The words before it in the sentence, the nearest last."""
    after: list[str]
    """The words behind it in the sentence, the nearest first."""
    lead: str
    """The sentence up to the word."""
    suffix: str = ""
    """An English ending right behind the word, which `end` counts in."""
    owns: bool = False
    """Whether 's stands behind it."""


class Edit(NamedTuple):
    """What to put at start:end of the line; `entry` is None where the word is unknown and only spaced."""

    start: int
    end: int
    text: str
    entry: Entry | None
    word: str


def spots(line: str) -> list[Spot]:
    """Return the Chinese words in an English line that look forgotten; none where the line is about words.

    >>> [spot.word for spot in spots("It brought innovative成果 to the town.")]
    ['成果']
    >>> spots("The word 成果 has two characters.")
    []
    """
    found = list(HAN.finditer(line))
    if not found or _ABOUT_WORDS.search(line) or _KANA.search(line):
        return []
    if len(found) > MOST_RUNS and not _are_all_glued(line, found):
        return []
    enclosed = _enclosed(line)
    free = [m for m in found if not any(a <= m.start() < b for a, b in enclosed) and not _is_marked(line, m)]
    return [spot for m in free if _is_left_over(line, spot := _spot(line, m))]


def _are_all_glued(line: str, runs: Sequence[re.Match[str]]) -> bool:
    glued = all(_GLUED.search(line, max(0, run.start() - 1), run.end() + 1) for run in runs)
    return glued and len(_WORD.findall(line)) >= _WORDS_A_RUN * len(runs)


def edits(line: str, glossary: Glossary) -> Iterator[Edit]:
    """Yield what mends the line, the last first, so that offsets hold while they are made in this order."""
    for spot in reversed(spots(line)):
        entry = _entry(spot.word, glossary)
        if len(spot.before) + len(spot.after) < 3 and (entry is None or entry.pos != "connective"):
            continue  # a name between commas
        form = _form(line, spot, entry, glossary) if entry else ""
        if (entry and not form and _repeats(spot, entry)) or (not entry and _is_name(spot.before[-1:])):
            continue  # its translation, or a name, stands before it: a gloss
        start, text = spot.start, form or line[spot.start : spot.end]
        if form:
            start, text = _with_article(line, spot, _cased(line, spot, form))
        lead = " " if start and (line[start - 1].isalnum() or (form and line[start - 1] in ",;")) else ""
        trail = " " if spot.end < len(line) and line[spot.end].isalnum() else ""
        yield Edit(start, spot.end, lead + text + trail, entry if form else None, spot.word)


def mended(line: str, glossary: Glossary) -> str:
    """Return the line with every edit made."""
    for edit in edits(line, glossary):
        line = line[: edit.start] + edit.text + line[edit.end :]
    return line


def _enclosed(line: str) -> list[tuple[int, int]]:
    """Stretches in quotation marks or brackets."""
    out, stack = [], []
    straight = [i for i, letter in enumerate(line) if letter == '"']
    out += [(a, b) for a, b in zip(straight[::2], [*straight[1::2], len(line)], strict=False)]
    for i, letter in enumerate(line):
        if letter in _OPEN:
            stack.append((i, _OPEN[letter]))
        elif stack and letter == stack[-1][1]:
            start, _ = stack.pop()
            out.append((start, i))
    out += [m.span() for m in _SINGLE_QUOTED.finditer(line)]
    # One that never closes: ’ is an apostrophe more often than a mark, but an open “ means a quotation goes on.
    return out + [(start, len(line)) for start, closing in stack if closing != "’"]


def _spot(line: str, match: re.Match[str]) -> Spot:
    before = _SENTENCE_STOP.split(line[: match.start()])[-1]
    suffix = _SUFFIX.match(line, match.end())
    end = suffix.end() if suffix else match.end()
    owning = _OWNING.match(line, end)
    after = _STOP_OR_COMMA.split(line[owning.end() if owning else end :], maxsplit=1)[0]
    ahead, behind = (_WORD.findall(part.replace("’", "'")) for part in (before, after))
    return Spot(match.start(), end, match[0], ahead, behind, before, suffix[0] if suffix else "", owning is not None)


def _is_left_over(line: str, spot: Spot) -> bool:
    """Whether a run stands in the sentence like one of its words, not as a name, a gloss or a quotation."""
    rest = _STOP.split(line[spot.start + len(spot.word) :], maxsplit=1)[0]
    if len(spot.word) > LONGEST_WORD or len(spot.before) + len(_WORD.findall(rest)) < 3:
        return False
    near = {word.lower() for word in spot.before[-3:]}
    if near & _ANNOUNCING or (spot.before and spot.before[-1].lower() in _DIRECT):
        return False
    return not _is_in_name(line, spot)


def _is_marked(line: str, match: re.Match[str]) -> bool:
    """Whether a mark, a figure or an explanation stands next to a run."""
    left, right = line[: match.start()], line[match.end() :]
    if (left[-1:] == "*") != (right[:1] == "*"):  # bold marks around more than this word
        left, right = left.rstrip("*"), right.lstrip("*")
    if left.rstrip()[-1:] in _TOUCHING - {"", "-", "–", "—"} or left[-1:] in _TOUCHING or _EXPLAINING.match(right):
        return True
    if right[:1] in _TOUCHING - {".", "-", "–", "—", "'", "’"} or right[:1].isdigit():
        return True
    return left[-1:].isdigit() and (len(match[0]) == 1 or match[0][0] in _UNITS)


def _is_in_name(line: str, spot: Spot) -> bool:
    """Whether capitalised words on both sides, or before it and then a stop, make the run part of a name."""
    if _is_title_case(line):
        return False
    left = _is_capitalised(spot.before[-1:]) and len(spot.before) > 1
    right = _is_capitalised(spot.after[:1])
    full_name = left and _is_capitalised(spot.before[-2:-1]) and spot.before[-2].lower() not in BREAKS | ARTICLES
    return full_name or (left and (right or not spot.after))


def _is_capitalised(words: list[str]) -> bool:
    """Whether a word is written like a name; AI or EU says nothing of what follows it."""
    return bool(words) and words[0][0].isupper() and not (words[0].isupper() and len(words[0]) > 1)


def _is_name(words: list[str]) -> bool:
    """Whether a word is written like a name, and is not one that begins sentences."""
    return _is_capitalised(words) and words[0].lower() not in DETERMINERS | BREAKS


def _is_title_case(line: str) -> bool:
    words = [word for word in _WORD.findall(line) if len(word) > 3]
    return len(words) > 2 and all(word[0].isupper() for word in words)


def _repeats(spot: Spot, entry: Entry) -> bool:
    near = {word.lower() for word in [*spot.before[-3:], *spot.after[:3]]}
    return bool(near & entry.forms)


def _entry(word: str, glossary: Glossary) -> Entry | None:
    """Return the entry of a word, of the word without its particle, or of the second part of two words in one."""
    entries = glossary.entries
    found = entries.get(word) or entries.get(word.removesuffix("的")) or entries.get(word.removesuffix("地"))
    return found or (entries.get(word[len(first.word) :]) if (first := _first_part(word, glossary)) else None)


def _first_part(word: str, glossary: Glossary) -> Entry | None:
    """Return the entry of the adjective that a word begins with, where the rest is a word too."""
    if glossary.lang != "en":
        return None
    cuts = (glossary.entries.get(word[:cut]) for cut in range(2, len(word) - 1) if word[cut:] in glossary.entries)
    return next((entry for entry in cuts if entry and entry.pos in ("adjective", "adverb")), None)


def _form(line: str, spot: Spot, entry: Entry, glossary: Glossary) -> str:
    """Return the form of the translation that fits the sentence in its language, or "" where none is sure."""
    if glossary.lang == "ru":
        clause = _CLAUSE.split(line[: spot.start])[-1]  # what stands before a comma agrees with something else
        return russian.fitted(_WORD.findall(clause), spot.after, entry) if spot.word == entry.word else ""
    return "" if _repeats(spot, entry) else _english(spot, entry, glossary)


def _english(spot: Spot, entry: Entry, glossary: Glossary) -> str:
    """Return the form that fits an English sentence, or "" where none is sure."""
    from .english import forms  # noqa: PLC0415 - few texts need it
    from .english.place import PAUSE, Place  # noqa: PLC0415

    parts = [_WORD.findall(part.replace("’", "'")) for part in _PAUSE.split(spot.lead)]
    before = [word for part in parts for word in (*part, PAUSE)][:-1]
    # The month is no modal verb.
    low = ["May" if word == "May" and i else word.lower() for i, word in enumerate(before)]
    after = [] if spot.owns else [word.lower() for word in spot.after]
    place = Place(low, after, spot.suffix, glossary, spot.owns)
    if spot.word == entry.word:
        return forms.fitted(place, entry)
    if spot.word[:-1] == entry.word:
        return forms.with_particle(place, entry, spot.word[-1])
    first = _first_part(spot.word, glossary)
    return forms.compound(place, first, entry) if first else ""


def _cased(line: str, spot: Spot, form: str) -> str:
    head = line[: spot.start].rstrip()
    if not spot.before and (not head or head[-1] in ".!?"):
        return form[0].upper() + form[1:]
    return form.title() if _is_title_case(line) else form


def _with_article(line: str, spot: Spot, form: str) -> tuple[int, str]:
    """Where the change starts, and its text: with the article before it where that has to be a or an."""
    found = re.search(r"\b([Aa])(n?)(\s*)$", line[: spot.start])
    if not found or (found[1] == "A" and found[2] == "" and found.start() and not found[3]):
        return spot.start, form
    article = found[1] + ("n" if _starts_with_vowel(form) else "")
    if article == found[1] + found[2] and found[3]:
        return spot.start, form
    return found.start(), f"{article} {form}"


def _starts_with_vowel(form: str) -> bool:
    return form[:1].lower() in "aeiou" and not re.match(r"(?i)(?:uni|use|eu|one)", form)
