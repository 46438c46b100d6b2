"""Where a Chinese word was left standing in a sentence, and which form of its translation fits there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..late import late
from . import russian
from .entries import Entry, Glossary

HAN = late(re.compile, "[\u3005\u3400-\u9fff\uf900-\ufaff]+")
_KANA = late(re.compile, "[\u3041-\u30fa\uac00-\ud7a3]")  # Japanese or Korean: nothing a translator from Chinese left
MOST_RUNS = 2
"""A line with more runs of Chinese characters gives them for their own sake: a list of terms, of names."""
LONGEST_WORD = 6
"""A longer run, in characters, is a phrase: a slogan, a title."""
_WORD = late(re.compile, r"[A-Za-zÀ-ɏЀ-ӿ][A-Za-zÀ-ɏЀ-ӿ'’-]*|\d[\d.,]*")
_CLAUSE = late(re.compile, r"[^\w\s'’-]")
_SINGLE_QUOTED = late(re.compile, r"(?<!\w)['‘](?=\S)[^'’]{1,80}['’](?!\w)")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


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
_ANNOUNCING = _words(
    """term terms word words called character characters phrase phrases expression expressions meaning titled
    entitled dubbed nicknamed nickname termed slogan slogans motto hashtag keyword keywords labelled labeled
    surname alias aka subtitled inscription inscribed spelled spelt tagged idiom idioms proverb pun
    слово слова слов термин название названием называется именем имя фамилия лозунг надпись значит означает"""
)
_DIRECT = _words(
    """as like call calls name names named known means mean reads reading read wrote written write writes says said
    say saying shouting shouted chanted marked sign signs label brand title titles or i.e e.g"""
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

_SINGULAR = _words("""a an this that each every another one either neither""")
_PLURAL = _words(
    """these those many several few various numerous multiple both two three four five six seven eight nine ten
    eleven twelve twenty thirty forty fifty hundred thousand million billion hundreds thousands millions dozens
    scores"""
)
_OFTEN_PLURAL = _words("""more most all some other such fewer different certain""")
_ARTICLES = _words("""the its their his her our my your""")
_BE_PLURAL = _words("""are were have aren't weren't haven't""")
_BE_SINGULAR = _words("""is was has isn't wasn't hasn't does doesn't""")
_MODALS = _words("""will would can could shall should must may might cannot won't can't couldn't to""")
_BREAKS = _words(
    """of in on at by for with from to and or but nor as than that which who whose where when while because if into
    onto about over under between among through during before after against is are was were be been being has
    have had do does did will would can could may might must shall should not also it he she they we you i there"""
)
_VERB_OR_PLURAL = late(re.compile, r"[^'’sui]s$")  # offers, makes; not news's, glass, various, this
_OBJECT = _ARTICLES | _SINGULAR | _PLURAL | _words("""more all some any it them us""")


class Spot(NamedTuple):
    """A run of Chinese characters that was left in a sentence, with the words around it."""

    start: int
    end: int
    word: str
    before: list[str]
    """The words before it in the sentence, the nearest last."""
    after: list[str]
    """The words behind it in the sentence, the nearest first."""


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
    if not found or len(found) > MOST_RUNS or _ABOUT_WORDS.search(line) or _KANA.search(line):
        return []
    enclosed = _enclosed(line)
    return [
        _spot(line, m) for m in found if not any(a <= m.start() < b for a, b in enclosed) and _is_left_over(line, m)
    ]


def edits(line: str, glossary: Glossary) -> Iterator[Edit]:
    """Yield what mends the line, the last first, so that offsets hold while they are made in this order."""
    for spot in reversed(spots(line)):
        entry = glossary.entries.get(spot.word) or glossary.entries.get(spot.word.removesuffix("的"))
        form = _form(line, spot, entry, glossary) if entry else ""
        if (entry and not form and _repeats(spot, entry)) or (not entry and _is_capitalised(spot.before[-1:])):
            continue  # its translation, or a name, stands before it: a gloss
        start, text = spot.start, form or spot.word
        if form:
            start, text = _with_article(line, spot, _cased(line, spot, form))
        lead = " " if start and line[start - 1].isalnum() else ""
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
    before = re.split(r"[.!?;:。！？；：](?=\s|$)", line[: match.start()])[-1]
    after = re.split(r"[.!?;:,。！？；：，]", line[match.end() :], maxsplit=1)[0]
    return Spot(
        match.start(), match.end(), match[0], *(_WORD.findall(part.replace("’", "'")) for part in (before, after))
    )


def _is_left_over(line: str, match: re.Match[str]) -> bool:
    """Whether a run stands in the sentence like one of its words, not as a name, a gloss or a quotation."""
    if len(match[0]) > LONGEST_WORD:
        return False
    left, right = line[: match.start()], line[match.end() :]
    if left.rstrip()[-1:] in _TOUCHING - {"", "-", "–", "—"} or left[-1:] in _TOUCHING or _EXPLAINING.match(right):
        return False
    if right[:1] in _TOUCHING - {".", "-", "–", "—", "'", "’"} or right[:1].isdigit() or left[-1:].isdigit():
        return False
    spot = _spot(line, match)
    if len(spot.before) + len(spot.after) < 3:
        return False
    near = {word.lower() for word in spot.before[-3:]}
    if near & _ANNOUNCING or (spot.before and spot.before[-1].lower() in _DIRECT):
        return False
    return not _is_in_name(line, spot)


def _is_in_name(line: str, spot: Spot) -> bool:
    """Whether capitalised words on both sides, or before it and then a stop, make the run part of a name."""
    if _is_title_case(line):
        return False
    left = _is_capitalised(spot.before[-1:]) and len(spot.before) > 1
    right = _is_capitalised(spot.after[:1])
    full_name = left and _is_capitalised(spot.before[-2:-1]) and spot.before[-2].lower() not in _BREAKS | _ARTICLES
    return full_name or (left and (right or not spot.after))


def _is_capitalised(words: list[str]) -> bool:
    """Whether a word is written like a name; AI or EU says nothing of what follows it."""
    return bool(words) and words[0][0].isupper() and not (words[0].isupper() and len(words[0]) > 1)


def _is_title_case(line: str) -> bool:
    words = [word for word in _WORD.findall(line) if len(word) > 3]
    return len(words) > 2 and all(word[0].isupper() for word in words)


def _repeats(spot: Spot, entry: Entry) -> bool:
    near = {word.lower() for word in [*spot.before[-3:], *spot.after[:3]]}
    return bool(near & entry.forms)


def _form(line: str, spot: Spot, entry: Entry, glossary: Glossary) -> str:
    """Return the form of the translation that fits the sentence in its language, or "" where none is sure."""
    if glossary.lang != "ru":
        return _fitted(spot, entry, glossary)
    clause = _CLAUSE.split(line[: spot.start])[-1]  # what stands before a comma agrees with something else
    return russian.fitted(_WORD.findall(clause), spot.after, entry) if spot.word == entry.word else ""


def _fitted(spot: Spot, entry: Entry, glossary: Glossary) -> str:
    """Return the form of the translation that fits the sentence, or "" where none is sure."""
    if _repeats(spot, entry) or (entry.careful and not (_is_noun(spot) or _is_verb(spot))):
        return ""
    if spot.word != entry.word:  # with 的: a modifier
        return entry.modifier
    last = spot.before[-1].lower() if spot.before else ""
    following = spot.after[0].lower() if spot.after else ""
    if _is_verb(spot):
        return entry.verb
    if following in glossary.nouns:
        return entry.modifier or entry.translation
    if entry.pos == "name":
        return entry.translation.removeprefix("the ") if last == "the" else entry.translation
    return entry.plural if entry.plural and _wants_plural(spot, entry.mass) else entry.translation


def _is_verb(spot: Spot) -> bool:
    """Whether a modal verb before the word says that it is one."""
    last = spot.before[-1].lower() if spot.before else ""
    following = spot.after[0].lower() if spot.after else ""
    return last in _MODALS and not (last == "to" and following not in _OBJECT)


def _is_noun(spot: Spot) -> bool:
    """Whether a determiner says that the word is a noun, with no noun behind it that it belongs to."""
    phrase = [word.lower() for word in _phrase(spot.before)]
    determined = bool(frozenset(phrase) & (_ARTICLES | _SINGULAR | _PLURAL))
    return determined and (not spot.after or spot.after[0].lower() in _BREAKS | _BE_PLURAL | _BE_SINGULAR | _MODALS)


def _wants_plural(spot: Spot, mass: bool) -> bool:
    """Whether the words around a noun that can be counted ask for its plural; a `mass` noun needs more of them."""
    following = spot.after[0].lower() if spot.after else ""
    verdict = _by_determiner([word.lower() for word in spot.before[-4:]])
    if verdict is not None:
        return verdict
    if following in _BE_PLURAL:
        return True
    if following in _BE_SINGULAR or (spot.before and spot.before[-1].lower() in _ARTICLES):
        return False
    return not mass and not any(word.lower() in _ARTICLES for word in _phrase(spot.before))


def _phrase(before: list[str]) -> list[str]:
    """Return the words of the noun phrase before the noun: back to a preposition, a verb or the start."""
    out: list[str] = []
    for word in reversed(before[-4:]):
        if word.lower() in _BREAKS or _VERB_OR_PLURAL.search(word):
            break
        out.append(word)
    return out


def _by_determiner(before: list[str]) -> bool | None:
    """Tell what the determiner of the noun phrase says: plural, singular, or nothing (None)."""
    if before[-1:] == ["of"] and before[-2:-1] and before[-2] in ("number", "series", "range", "variety", "lot", "set"):
        return True
    for word in reversed(_phrase(before)):
        if word in _PLURAL or (word[0].isdigit() and word != "1" and not _is_year(word)):
            return True
        if word in _SINGULAR:
            return False
    nearest = _phrase(before)
    return True if any(word in _OFTEN_PLURAL for word in nearest) else None


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and word[:2] in ("19", "20")


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
