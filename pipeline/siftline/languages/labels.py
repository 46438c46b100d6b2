"""The languages of the lines of one document: by script, then by function words, then by their letters, and where
nothing tells by the lines around.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby, repeat

import numpy as np
import numpy.typing as npt

from ..late import late
from ..prose import ends_in_stop
from . import detection, scripts, wordlists

MOST_QUESTIONS = 40
"""How many lines of one document are judged by their letters: each takes about a quarter of a millisecond."""
HAN_WEIGHT = 2.5
"""Latin letters that say as much as one Chinese character."""
_TOO_SHORT = 16  # letters: of less, beside other lines, too little would be known
_NEAR = 3  # labelled lines on each side that are a line's neighbourhood
_NEWCOMER = 1.0  # evidence, in unshared function words, for a language that no other line is in
_KANA_SHARE = 0.1  # of Han and kana, from which a line is Japanese: a の in a Chinese shop sign stays below
_NO_EVIDENCE = detection.Evidence("und", 0.0, False, 1)
OWN = {
    "greek": "el", "arabic": "ar", "hebrew": "he", "thai": "th", "devanagari": "hi", "armenian": "hy",
    "georgian": "ka", "bengali": "bn", "tamil": "ta", "other": "und",
}  # fmt: skip
"""Languages of scripts that have one."""
_LANGUAGES = {"latin": frozenset(wordlists.LATIN), "cyrillic": frozenset(wordlists.CYRILLIC)}
_FEWEST_PHRASES, _SHARE_OF_PHRASES = 3, 4
"""How many phrases speak for a language together, and one in how many of the lines they must be."""
_C = scripts.CODE
CJK = [_C["han"], _C["kana"], _C["hangul"], _C["bopomofo"]]
"""Codes of the scripts in which Chinese, Japanese and Korean are written."""
_PLAIN_FROM, _PLAIN_LINES, _PLAIN_SHORT = 2_000, 16, 60
"""Letters of a document that is judged as a whole, lines that are looked at for that, letters of a short line."""
_CJK_BLOCKS = (
    (0x1100, 0x1200), (0x3040, 0x3130), (0x31A0, 0x3200), (0x3400, 0xA000), (0xAC00, 0xD7B0), (0xF900, 0xFB00),
    (0x20000, 0x40000),
)  # fmt: skip
_LONGEST_NAME = 200  # characters in which a sentence has shown itself
_CJK_COMMA = late(re.compile, "[，。！？；、]")
_FIRST_CASE = late(re.compile, r"(?:^|(?<=\s))[^\w\s]{0,2}([^\W\d_])")
_CJK_LANGUAGES = frozenset({"zh", "ja", "ko"})


class Labels:
    """The labels of one document's lines, in `labels`, found in passes from what is certain to what is guessed."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.counts = scripts.count(texts)
        self.one_script = False  # nearly all of the document is in one script, other than the Chinese
        self.labels = [""] * len(texts)  # "": nothing known yet
        self.open: list[tuple[int, str, detection.Evidence]] = []  # lines of a script that does not decide
        self.weighed: dict[str, detection.Evidence] = {}  # what the words say of lines that were asked for that
        self.by_script()
        if self.open:
            self.by_neighbours_or_question()
        found = set(self.labels) - {"", "und"}
        if len(found) == 1:  # there is nothing to choose between
            self.labels = [*found] * len(texts)
        else:
            self.inherit()

    def by_script(self) -> None:
        """Label what script, letters and function words decide."""
        sums = self.counts.sum(axis=0)
        sums[[_C["none"], *CJK]] = 0
        total, most = int(sums.sum()), int(sums.max())
        codes = np.flatnonzero(sums) if total else np.array([_C["latin"]])
        others = self.counts[:, codes]
        best, letters = codes[others.argmax(axis=1)], others.max(axis=1)
        chinese = self.counts[:, CJK].sum(axis=1) * HAN_WEIGHT
        self.one_script = len(self.texts) > 1 and most > 9 * (float(chinese.sum()) + total - most)
        decided = (chinese > 0) & (chinese >= letters)
        if decided.any():
            self.label(decided, cjk_languages(self.counts[decided]))
        plain = self.plain_language(total) if self.one_script else ""
        if plain:
            self.label_plainly(plain, (best == _C["latin"]) & (chinese == 0), letters)
        unknown = [not label for label in self.labels]
        for number in [at for at, more in enumerate((letters > chinese).tolist()) if more and unknown[at]]:
            found = scripts.NAMES[best[number]], int(letters[number]), float(chinese[number])
            self.labels[number] = self.script_label(number, *found)

    def label(self, where: npt.NDArray[np.bool_], langs: Iterable[str]) -> None:
        """Enter the labels of some lines."""
        for number, lang in zip(np.flatnonzero(where).tolist(), langs, strict=False):
            self.labels[number] = lang

    def plain_language(self, letters: float) -> str:
        """Return the language that long lines from all over a document speak for, where none speaks for another:
        then a short line need not be looked at, since it takes that language anyway.
        """
        if letters < _PLAIN_FROM:
            return ""
        long = [text for text in self.texts if len(text) >= _PLAIN_SHORT]
        texts = long[:: max(1, len(long) // _PLAIN_LINES)]
        found = [detection.weigh(text, "latin") for text in texts]
        self.weighed.update(zip(texts, found, strict=True))
        sure = {evidence.lang for evidence in found if evidence.sure}
        return sure.pop() if len(sure) == 1 and sum(evidence.sure for evidence in found) * 2 > len(found) else ""

    def label_plainly(self, plain: str, latin: npt.NDArray[np.bool_], letters: npt.NDArray[np.int64]) -> None:
        """Give lines in Latin letters the language that the document is plainly in, where they are short or show it."""
        self.label(latin & (letters > 0) & (letters < _PLAIN_SHORT), repeat(plain))
        for number in np.flatnonzero(latin & (letters >= _PLAIN_SHORT)).tolist():
            if detection.shows(self.texts[number], plain):
                self.labels[number] = plain

    def script_label(self, number: int, script: str, others: int, han: float) -> str:
        """Return the label of a line most of whose letters are not Chinese, or "" where its script does not decide."""
        if script not in ("latin", "cyrillic"):
            return OWN[script]
        if others < _TOO_SHORT and self.one_script:
            evidence = _NO_EVIDENCE
        else:
            text = self.texts[number]
            evidence = (script == "latin" and self.weighed.get(text)) or detection.weigh(text, script)
        if han and not evidence.sure and (han >= 4 * HAN_WEIGHT or han * 4 >= others):
            # Names in Latin letters are no sentence around Chinese words.
            return cjk_languages(self.counts[number : number + 1])[0]
        if evidence.sure:
            return evidence.lang
        self.open.append((number, script, evidence))
        return ""

    def by_neighbours_or_question(self) -> None:
        """Label lines of Latin or Cyrillic script that words did not decide.

        A short one takes a language of its script that the document has; the letters are asked where the line is
        long, or where there is no such language and the document would have none.
        """
        self.label_together()
        settled = {script: self.languages_of(script) for script in {script for _, script, _ in self.open}}
        carried = {script: self.carried(known) for script, known in settled.items()}
        anything = any(self.labels)
        questions = 0
        for number, script, evidence in self.open:
            known = settled[script]
            expected = evidence.lang in known or (len(known) == 1 and evidence.words < 14 and evidence.lang == "und")
            needed = evidence.words >= 5 if anything or known else True
            if needed and not expected and questions < MOST_QUESTIONS:
                questions += 1
                self.labels[number] = self.asked(number, evidence, script, known)
                if not known and self.labels[number]:
                    settled[script] = [self.labels[number]]
                    carried[script] = self.labels[number : number + 1] * len(self.labels)
            if known and not self.labels[number]:
                self.labels[number] = carried[script][number]

    def label_together(self) -> None:
        """Label the phrases of a script in which no line is known by what they say together: each may be too short."""
        for script in ("latin", "cyrillic"):
            if not _LANGUAGES[script].isdisjoint(self.labels):
                continue
            lines = [one for one, other, _ in self.open if other == script and _is_phrase(self.texts[one])]
            if len(lines) < _FEWEST_PHRASES:
                continue
            together = "\n".join([self.texts[one] for one in lines])
            evidence = detection.weigh(together, script)
            if evidence.sure or script == "cyrillic":
                lang = evidence.lang if evidence.sure else detection.ask(together, script, evidence)
                for one in lines:
                    self.labels[one] = lang
                self.open = [found for found in self.open if found[0] not in lines]

    def asked(self, number: int, evidence: detection.Evidence, script: str, known: Sequence[str]) -> str:
        """Return what the letters say, with the function words, or "".

        Where the document is known to be in languages of the script, another one needs a word of its own.
        """
        new = {lang for lang, weight in evidence.scores if weight >= _NEWCOMER and lang not in known}
        if len(known) == 1 and not new:
            return known[0]  # whatever the letters say
        found = detection.ask(self.texts[number], script, evidence)
        return "" if found == "und" or (known and found not in known and found not in new) else found

    def languages_of(self, script: str) -> list[str]:
        """Languages already found in lines of the script, that read like sentences there."""
        wanted = set(self.labels) - _CJK_LANGUAGES - {""}
        letters = self.counts[:, _C[script]]
        found: list[str] = []
        for number in _most_first(letters):  # a long one shows it best
            if not wanted:
                break
            lang = self.labels[number]
            if lang in wanted and _reads_like_sentence(self.texts[number], lang):
                found.append(lang)
                wanted.discard(lang)
        return found

    def carried(self, known: Iterable[str]) -> list[str]:
        """For each line the last label of `known` before it, or at the start of the document the first behind."""
        known = set(known)
        return inherited([lang if lang in known else "" for lang in self.labels])

    def inherit(self) -> None:
        """Let lines that say nothing, and strays, take their neighbours' label."""
        languages = counted(self.texts, self.labels)
        strays = [number for number, lang in enumerate(self.labels) if lang not in languages]
        strays += self.islands(languages)
        for number in strays:
            self.labels[number] = ""
        self.labels = inherited(self.labels)

    def islands(self, languages: Sequence[str]) -> list[int]:
        """Undecided lines, phrases aside, of a language which no line near them is in: names in another one's text."""
        if len(languages) < 2:
            return []
        unsure = {number for number, _, _ in self.open if not _is_phrase(self.texts[number])}
        found = []
        for number in sorted(unsure):
            near = [
                other
                for other in range(max(0, number - _NEAR), min(len(self.labels), number + _NEAR + 1))
                if other not in unsure and self.labels[other]
            ]
            if near and not any(self.labels[other] == self.labels[number] for other in near):
                found.append(number)
        return found


def _most_first(counts: npt.NDArray[np.int64]) -> Iterator[int]:
    """Yield the places of the counts above 0, the greatest first; that one, which is often enough, twice."""
    yield int(counts.argmax())
    yield from np.argsort(-counts)[: np.count_nonzero(counts)].tolist()


def cjk_languages(counts: npt.NDArray[np.int64]) -> list[str]:
    """Return the language of the Han characters, kana and Hangul of each line, whose letters are counted in a row."""
    han, kana, hangul, bopomofo = counts.T[CJK]
    if not (kana.any() or hangul.any()):
        return ["zh"] * len(counts)
    korean = hangul > 0.3 * (han + kana + hangul)
    japanese = (kana > 0) & (kana >= _KANA_SHARE * (han + kana + bopomofo))
    return [("ko" if k else "ja" if j else "zh") for k, j in zip(korean.tolist(), japanese.tolist(), strict=True)]


def inherited(labels: Sequence[str]) -> list[str]:
    """Fill the gaps ("") with the label before, at the start with the one behind; `und` where there is none."""
    out, last = [], next((lang for lang in labels if lang), "und")
    for lang in labels:
        last = lang or last
        out.append(last)
    return out


def counted(texts: Sequence[str], labels: Sequence[str]) -> tuple[str, ...]:
    """Languages with a line that reads like a sentence, in order of their first line."""
    first: dict[str, None] = {lang: None for lang, _ in groupby(labels) if lang and lang != "und"}
    real = set()
    phrases = Counter[str]()
    for text, lang in zip(texts, labels, strict=True):
        if lang in first and lang not in real and _reads_like_sentence(text, lang):
            real.add(lang)
            if len(real) == len(first):
                break
        elif lang in first and lang not in real:
            phrases[lang] += lang not in _CJK_LANGUAGES and _is_phrase(text)
    if len(first) > 1:
        fewest = max(_FEWEST_PHRASES, len(texts) / _SHARE_OF_PHRASES)
        real |= {lang for lang, count in phrases.items() if count >= fewest}
    if real:
        return tuple(lang for lang in first if lang in real)
    return _largest(texts, labels)


def _largest(texts: Sequence[str], labels: Sequence[str]) -> tuple[str, ...]:
    sizes: dict[str, int] = {}
    for text, lang in zip(texts, labels, strict=True):
        if lang and lang != "und":
            sizes[lang] = sizes.get(lang, 0) + len(text)
    return (max(sizes, key=lambda lang: (sizes[lang], lang)),) if sizes else ()


@cache
def _is_cjk() -> npt.NDArray[np.bool_]:
    """Return for each code point up to the last of the blocks, and one for all beyond, whether it is in them."""
    table = np.zeros(_CJK_BLOCKS[-1][1] + 1, dtype=np.bool_)
    for first, end in _CJK_BLOCKS:
        table[first:end] = True
    return table


def _cjk_letters(text: str) -> int:
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    return int(np.count_nonzero(_is_cjk().take(codes, mode="clip")))


def _reads_like_sentence(text: str, lang: str) -> bool:
    """Whether a line is prose rather than a name, a heading or a label."""
    text = scripts.sample(text)
    stopped = ends_in_stop(text.rstrip())
    if lang in _CJK_LANGUAGES or lang == "th":
        size = len(text.split(None, 1)[-1]) if lang == "ko" else _cjk_letters(text[:_LONGEST_NAME])
        return size >= 20 or (size >= 6 and (stopped or _CJK_COMMA.search(text) is not None))
    return _is_phrase(text) and (stopped or len(_FIRST_CASE.findall(text[: detection.LONGEST_SAMPLE])) >= 8)


def _is_phrase(text: str) -> bool:
    """Whether a line in an alphabet has three words or more, and most of them are no names."""
    if len(text.split(None, 2)) < 3:
        return False
    initials = _FIRST_CASE.findall(text[: detection.LONGEST_SAMPLE])
    small = sum(letter.islower() or not letter.isupper() for letter in initials)
    return len(initials) >= 3 and small * 2 >= len(initials)
