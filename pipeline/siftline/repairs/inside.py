"""Damaged runs inside text that is right: where a wrong reading begins and ends.

A stretch is cut into atoms, the smallest parts that can be read again alone. Of all runs of atoms the one that saves
the most bits is taken (J. Bentley, "Programming pearls: algorithm design techniques", 1984: the maximum-sum
subarray), then what is left and right of it is looked at likewise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .plausible import cost
from .readings import MULTIBYTE, ByteView, Reading, Span, decode_stretch

_NO_GAIN = -1000
"""Stands for what cannot be read again."""
MOST_RUNS = 60
"""Runs that are looked for in a stretch."""
_KANA = re.compile("[\u3041-\u30fe]")
_KANA_BITS = 8
"""Bits against kana: no reading here is of Japanese, and Chinese in the wrong codec is full of it."""
_COMMON_WORDS = re.compile(
    r"\b(?:на|не|что|по|как|это|но|из|за|то|для|до|от|так|он|мы|вы|они|она|или|при|бы|же|ли|его|все|под|без|об|со|во|уже)\b"
)
_LETTERS = re.compile("[^\\W\\d_]+")
_ABBREVIATED, _LONGEST_ABBREVIATION = 40, 6
"""Letters that abbreviations in a row have at most, and one of them."""
_LISTED = re.compile(r"\W*[^\W\d_]+(?:\s*[,;/]\s*[^\W\d_]+)+\W*")
"""Words each of which is parted from the next by more than a blank."""
_ABBREVIATIONS = frozenset({
    "США", "СССР", "РСФСР", "РФ", "ООН", "НАТО", "ЕС", "СНГ", "КНР", "КНДР", "ОАЭ", "ЮАР", "ФРГ", "ГДР", "ДНР",
    "ЛНР", "БРИКС", "ШОС", "ОДКБ", "ЕАЭС", "ОБСЕ", "ПАСЕ", "МВФ", "ВТО", "ВОЗ", "МОТ", "ЮНЕСКО", "МАГАТЭ", "ОПЕК",
    "ФИФА", "УЕФА", "МОК", "ФИДЕ", "ВАДА", "РУСАДА", "НХЛ", "НБА", "КХЛ", "РПЛ", "РФС", "ЦСКА", "СКА", "ХК", "ФК",
    "ЧМ", "ЧЕ", "МВД", "МЧС", "МИД", "ФСБ", "ФСО", "СВР", "ГРУ", "ФСИН", "ФССП", "ФНС", "ФАС", "ФТС", "ФМС",
    "ГИБДД", "ГАИ", "ДПС", "СКР", "СК", "ГУВД", "УВД", "РОВД", "ОВД", "УМВД", "ГУМВД", "УФСБ", "ОМОН", "СОБР",
    "НКВД", "КГБ", "ЧК", "ВЧК", "ГУЛАГ", "ЦК", "КПСС", "ВЛКСМ", "КПРФ", "ЛДПР", "ЕР", "СР", "ЦИК", "СПЧ", "ВЦИОМ",
    "ФОМ", "ЦБ", "ЦБР", "ФРС", "ВВП", "ВНП", "НДС", "НДФЛ", "МРОТ", "ПФР", "СФР", "ОМС", "ДМС", "ФОМС", "ИНН",
    "КПП", "ОГРН", "СНИЛС", "ОСАГО", "КАСКО", "ООО", "ОАО", "ЗАО", "ПАО", "АО", "ИП", "ГУП", "МУП", "ФГУП", "ГК",
    "УК", "ТК", "НК", "КОАП", "ГОСТ", "ТУ", "ЖКХ", "ТСЖ", "ЖСК", "СНТ", "ГСК", "ЗАГС", "МФЦ", "ВУЗ", "НИИ", "КБ",
    "РАН", "МГУ", "МГТУ", "МФТИ", "ВШЭ", "РПЦ", "ЕГЭ", "ОГЭ", "ГИА", "АЭС", "ГЭС", "ТЭЦ", "ТЭС", "ГРЭС", "ЛЭП",
    "АЗС", "НПЗ", "КПД", "ЭДС", "РЖД", "МКАД", "КАД", "ТТК", "ВДНХ", "ГУМ", "ЦУМ", "САО", "ВАО", "ЦАО", "ЮАО",
    "ДТП", "ЧП", "ЧС", "ГО", "ВМФ", "ВВС", "ВКС", "ВДВ", "ПВО", "ПРО", "РВСН", "БМП", "БТР", "САУ", "РСЗО", "БПЛА",
    "ВСУ", "СБУ", "ЧВК", "СВО", "ОПГ", "ВИЧ", "СПИД", "ОРВИ", "ОРЗ", "ПЦР", "ДНК", "РНК", "МРТ", "КТ", "УЗИ", "ЭКГ",
    "ЭЭГ", "ЛФК", "ЗОЖ", "ТАСС", "РИА", "ВГТРК", "НТВ", "ТНТ", "СТС", "РБК", "ТВ", "СМИ", "ПК", "ПО", "ОС", "ЭВМ",
    "СУБД", "АТС", "ТЮЗ", "МХАТ", "МХТ", "БДТ",
})  # fmt: skip
"""Russian abbreviations that papers use, of which a list of them has one: damaged words are none of them."""
_LITTLE = 15
"""Bits that a whole stretch may lose to its best run: a rare character or two, and no right text."""
FEW_FOREIGN = re.compile("[\u0530-\u1dff\u2c00-\ua7ff\uac00-\ud7ff]{1,2}")
"""A letter or two of scripts beyond those of Europe: other damage in Russian can be read so by chance."""
_TYPOGRAPHIC = "“”‘’…—–·"
_TYPOGRAPHIC_TEXT = re.compile(f"[{_TYPOGRAPHIC}×°\x00-\x7f]*")
_SIGNS = re.compile(f"[{_TYPOGRAPHIC}\x00-\x7f]+")
_LEADING, _TRAILING = re.compile(f"[{_TYPOGRAPHIC}]{{1,2}}"), re.compile(f"[{_TYPOGRAPHIC}]{{1,2}}$")


def runs(text: ByteView, line: str, stretch: Span, trial: tuple[Reading, int]) -> Iterator[tuple[Span, int]]:
    """Yield the parts of a stretch that are best read again, each with the bits that this saves, in no order; those
    alone that save as many bits as `trial` has beside the reading.
    """
    reading, least = trial
    atoms = text.atoms(stretch, reading)
    gains = _gains(text, line, atoms, reading)
    open_parts = [(0, len(atoms))]
    for _ in range(MOST_RUNS):
        if not open_parts:
            return
        first, last = open_parts.pop()
        saved, start, end = _best_run(gains, first, last)
        if saved >= least:
            start, end = _widened(gains, (first, start, end, last))
            yield narrowed(text, line, atoms[start:end], reading), saved
            open_parts += [(first, start), (end, last)]


def has_common_words(span: Span, reading: Reading) -> bool:
    """Whether the most frequent Russian words come out of a span, as they do of nearly any phrase."""
    return bool(_COMMON_WORDS.search(decode_stretch(span.raw, reading.true) or ""))


def is_abbreviated(text: str) -> bool:
    """Whether a text can be a few abbreviations in a row: brief words in capitals, which as bytes are brief words too,
    among them one that papers use, or Ё, which no Russian letter is read as, or all with a comma or the like between
    them.

    >>> is_abbreviated("МЧС, ФСБ и РЖД"), is_abbreviated("ЮФУ; ДВФУ"), is_abbreviated("ЮФУ ДВФУ")
    (True, True, False)
    >>> is_abbreviated("мНВЭЧ ЕЦН"), is_abbreviated("ГЮБРПЮ СРПНЛ")
    (False, False)
    """
    words = _LETTERS.findall(text)
    if sum(map(len, words)) > _ABBREVIATED:
        return False
    if "Ё" not in text.upper() and _ABBREVIATIONS.isdisjoint(words) and not _LISTED.fullmatch(text):
        return False
    return all(
        len(word) == 1 or (word[0].isupper() and sum(map(str.islower, word)) < 2 and len(word) <= _LONGEST_ABBREVIATION)
        for word in words
    )


def is_all_damage(text: ByteView, line: str, stretch: Span, reading: Reading) -> bool:
    """Whether a stretch that can be read again as a whole holds no more than a character or two of right text."""
    gains = _gains(text, line, text.atoms(stretch, reading), reading)
    return sum(gains) >= _best_run(gains, 0, len(gains))[0] - _LITTLE


def narrowed(text: ByteView, line: str, atoms: Sequence[Span], reading: Reading) -> Span:
    """Return the span of some atoms without those at its ends that are better left as they stand."""
    first, last = 0, len(atoms) - 1
    while first < last and _is_right(line, atoms[last], atoms[last - 1], reading):
        last -= 1
    while first < last and _is_right(line, atoms[first], atoms[first + 1], reading):
        first += 1
    return text.cut(atoms[first].start, atoms[last].end)


def _is_right(line: str, edge: Span, inner: Span, reading: Reading) -> bool:
    """Whether an atom at an end goes better with its neighbours as it stands than when it is read again."""
    here, there = line[edge.start : edge.end], decode_stretch(edge.raw, reading.true)
    if there is None:
        return True
    beside = decode_stretch(inner.raw, reading.true) or ""
    if edge.start < inner.start:
        before = line[max(0, edge.start - 1) : edge.start]
        return _weight(before + here + beside) < _weight(before + there + beside)
    after = line[edge.end : edge.end + 1]
    return _weight(beside + here + after) < _weight(beside + there + after)


def _weight(text: str) -> int:
    return cost(text) + _KANA_BITS * len(_KANA.findall(text))


def _cost_in_chinese(part: str, text: ByteView) -> int:
    """Return the cost of a part of a text; where that was read in a codec of Chinese, as a part of Chinese."""
    if text.starts is None:
        return cost(part)
    return _weight(f"的{part}的" if len(part) == 1 else part)


def is_typographic(text: str) -> bool:
    """Whether a text holds nothing but quotation marks, dashes, crosses in the place of names and what ASCII has: a
    dash of two is two bytes too, and a cross before a quotation mark a letter of Hebrew.

    >>> is_typographic("——"), is_typographic("××××"), is_typographic("“ÄÐ”")
    (True, True, False)
    """
    return _TYPOGRAPHIC_TEXT.fullmatch(text) is not None


def is_one_character(text: str) -> bool:
    """Whether what a text holds besides that is one character, as often as may be.

    >>> is_one_character("“¥¥¥¥”"), is_one_character("ÄÐ")
    (True, False)
    """
    return len(set(_SIGNS.sub("", text))) < 2


def trimmed(text: ByteView, line: str, stretch: Span, reading: Reading) -> Span:
    """Return a stretch without the quotation marks and dashes at its ends that are right as they are: in Windows-1252
    they are bytes too, and one of them shifts all pairs of bytes behind it.
    """
    if reading.true not in MULTIBYTE or text.starts is not None:
        return stretch
    lead, trail = _LEADING.match(line, stretch.start, stretch.end), _TRAILING.search(line[stretch.start : stretch.end])
    spans = [
        text.cut(stretch.start + left, stretch.end - right)
        for left in range(len(lead[0]) + 1 if lead else 1)
        for right in range(-1 if lead else 0, len(trail[0]) + 1 if trail else 1)
        if stretch.end - right - stretch.start - left > 1 and stretch.end - right <= len(line)
    ]
    return min(spans, key=lambda span: _cost_with(line, span, stretch, reading)) if len(spans) > 1 else stretch


def _cost_with(line: str, span: Span, stretch: Span, reading: Reading) -> int:
    after = decode_stretch(span.raw, reading.true)
    whole = line[stretch.start : span.start] + (after or span.raw * 2) + line[span.end : stretch.end]
    return cost(whole)


def _gains(text: ByteView, line: str, atoms: Sequence[Span], reading: Reading) -> list[int]:
    """Return for each atom the bits that reading it again saves."""
    return [_gain(text, line, atom, reading) for atom in atoms]


def _gain(text: ByteView, line: str, atom: Span, reading: Reading) -> int:
    """Return the bits that reading an atom again saves; far below 0 where it cannot be."""
    if atom.raw.isascii():
        return 0
    after = decode_stretch(atom.raw, reading.true)
    if after is None:
        return _NO_GAIN
    return _cost_in_chinese(line[atom.start : atom.end], text) - _cost_in_chinese(after, text)


def _widened(gains: Sequence[int], bounds: tuple[int, int, int, int]) -> tuple[int, int]:
    """Return the ends of a run with neighbours that are as good read again: right text seldom is."""
    first, start, end, last = bounds
    while start > first and gains[start - 1] == 0:
        start -= 1
    while end < last and gains[end] == 0:
        end += 1
    return start, end


def _best_run(gains: Sequence[int], first: int, last: int) -> tuple[int, int, int]:
    """Return the largest sum of neighbouring gains between two places, and where its run begins and ends."""
    best = (0, first, first)
    total, start = 0, first
    for at in range(first, last):
        if total <= 0:
            total, start = 0, at
        total += gains[at]
        if total > best[0]:
            best = (total, start, at + 1)
    return best
