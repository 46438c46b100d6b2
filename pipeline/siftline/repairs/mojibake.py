"""Undoing wrong readings: which stretches of a text are mojibake, and what they said.

Each stretch that can have been read wrongly is read again, and the reading that is the shortest to write down
wins, if it is much shorter than what stands there (`plausible.cost`). A line is decided by itself first; what most
of a document's damage turns out to be then helps to decide its short lines. See docs/repair.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from ..late import late
from . import census, inside, pairs, residue, swapped, traces, whole_documents, whole_lines
from .census import Census
from .edits import Edit, apply, is_shown
from .plausible import cost
from .readings import LOST, MULTIBYTE, ByteView, Reading, Span, decode_stretch, pattern_for
from .whole_lines import DEPTH, RATIO, SLACK, SLACK_RATIO, Whole

SHORTEST = 3
"""A string of fewer characters is no evidence of anything."""
SHORTEST_SWAPPED = 8
"""The same inside a line where Russian letters were read as others."""
BITS_A_LETTER = 6.0
"""Bits that each letter saves there of what could be abbreviations in a row: of 6000 lists of them the one that saves
most saves 5.7."""
WORST, WORST_OF_RUN = 15.5, 13
"""Bits a character that what comes out may cost at most, ASCII aside: in one to three characters about those of a
rare Han character, in more of them a mean that text in no script reaches."""
LONGEST = 20_000
"""Characters of a line above which it is read in parts, cut where a line of ASCII text could be cut."""
_ENOUGH = 60
"""Bits that a reading must save in a document before it helps to decide other lines."""
_HIRAGANA = late(re.compile, "[\u3041-\u3096]")
_APART = 6
"""Bits against a reading for each blank between Chinese characters: Chinese has none between words, Russian has."""
_REPEATED = 40
"""Bits that a run of fewer different characters saves at least, such as `天天向上`."""
_FOREIGN = 16
"""Bits against a reading in a script that the line is not in."""
_CYRILLIC, _HAN = late(re.compile, "[А-яё]"), late(re.compile, "[\u4e00-\u9fff]")
_HAN_APART = late(re.compile, "(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
_ASCII = re.compile(r"[\x00-\x7f]+")

_SIZES = re.compile("(?:[×Ø]\xa0|[\x00-\x7f])*")
"""2 × 3, Ø 20, with blanks that do not break: bytes of letters in Hebrew and Arabic."""
_CUT_UTF8 = late(re.compile, "(?:[\xe4-\xe9][\x80-\xbf]{0,2})+")
"""Chinese in UTF-8 that has lost bytes: as bytes of a codec of Chinese, rare characters alone."""
_PRIVATE = late(re.compile, "[\ue000-\uf8ff]")
_INSIDE_ASCII = re.compile(r"(?<=[\x00-\x7f])[\x00-\x7f]+(?=[\x00-\x7f])")

_Suspects = Mapping[int, Sequence[Reading]]
"""By the index of a line the readings that it may have gone through."""


def is_suspect(text: Census) -> bool:
    """Whether a text has a trace of any wrong reading; clean text seldom has one."""
    if text.ascii:
        return False
    if whole_documents.is_suspect(text):
        return True
    return bool(_suspects(text))


@lru_cache(maxsize=2)
def _suspects(text: Census) -> _Suspects:
    """Return for each line of a text the readings that are worth a look."""
    return _likely(text.lines, traces.found_in(text))


def undo_readings(lines: Sequence[str]) -> dict[int, list[Edit]]:
    r"""Return, by the index of its line, what one step of undoing changes; nothing where all is well.

    >>> undo_readings(["don't", "Сегодня".encode().decode("cp1251")])[1][0].after
    'Сегодня'
    """
    text = census.of("\n".join(lines))
    whole = whole_documents.read_again(text, lines)
    if not whole and not traces.found_in(text):
        return {}
    rest = [at for at, line in enumerate(lines) if at not in whole and not line.isascii()] if whole else []
    best: dict[int, _Found | Whole] = {**whole}
    if rest:
        left = [lines[at] for at in rest]
        best |= {rest[at]: one for at, one in _one_by_one(census.of("\n".join(left)), left).items()}
    elif not whole:
        best |= _one_by_one(text, lines)
    favourite = _favourite(best.values()) if rest or not whole else None
    if favourite is not None:
        for at, line in enumerate(lines):
            own = best.get(at, _NOTHING)
            if own.reading is not favourite and not line.isascii():
                best[at] = _prefer(line, favourite, own)
    if all(is_shown(lines[at], edit) for at, found in best.items() for edit in found.edits):
        return {}
    return {at: list(found.edits) for at, found in sorted(best.items()) if found.edits}


def _one_by_one(text: Census, lines: Sequence[str]) -> dict[int, _Found | Whole]:
    """Return the lines that are read again, each by itself, of those that are not explained with the whole document."""
    some, suspects = _decided(lines, text)
    found: dict[int, _Found | Whole] = {**some}
    hopeful = _hopeful(lines, {at: readings for at, readings in suspects.items() if at not in some})
    return found | {at: _best(lines[at], readings) for at, readings in hopeful.items()}


def _decided(lines: Sequence[str], text: Census) -> tuple[dict[int, Whole], _Suspects]:
    """Return the lines that are explained as a whole, and the readings that others may have been."""
    found = traces.found_in(text)
    whole = whole_lines.read_again(lines, _only_utf8(found), depth=1)  # nothing else is UTF-8 by chance
    left = {at: some for at, some in found.items() if at not in whole}
    suspects = _likely(lines, left) if whole else _suspects(text)
    return whole | _whole(lines, suspects), suspects


def _only_utf8(found: _Suspects) -> _Suspects:
    only = {at: [reading for reading in some if reading.true == "utf-8"] for at, some in found.items()}
    return {at: some for at, some in only.items() if some}


def _whole(lines: Sequence[str], suspects: _Suspects) -> dict[int, Whole]:
    """Return the lines that readings explain as a whole; one that happened twice to some of them may have to all."""
    whole = whole_lines.read_again(lines, _may_be_whole(lines, suspects))
    twice = {found.reading for found in whole.values() if found.nested and found.reading.twice}
    if twice:
        rest = {at: twice for at, line in enumerate(lines) if at not in whole and not line.isascii()}
        whole |= whole_lines.read_again(lines, rest)
    return whole


def _may_be_whole(lines: Sequence[str], suspects: _Suspects) -> _Suspects:
    """Return the suspects without lines of Russian letters that cost as little as in Russian text."""
    places = [at for at, some in suspects.items() if any(reading.swaps_case for reading in some)]
    if not places:
        return suspects
    dear = traces.are_dear([lines[at] for at in places])
    fine = {at for at, much in zip(places, dear, strict=True) if not much}
    return {at: readings for at, readings in suspects.items() if at not in fine}


class _Trial(NamedTuple):
    """A reading to be tried, how deep inside others, and whether the document speaks for it."""

    reading: Reading
    depth: int = 1
    slack: bool = False
    words: bool = False
    """Whether common words come out, which makes less evidence enough."""


class _Found(NamedTuple):
    saved: int
    edits: tuple[Edit, ...]
    reading: Reading | None


_NOTHING = _Found(0, (), None)


def _likely(lines: Sequence[str], found: _Suspects) -> _Suspects:
    """Return for each line the readings without those that swap characters and have too little to gain there."""
    swaps = {at: [reading for reading in some if reading.swaps_characters] for at, some in found.items()}
    readings = sorted({reading for some in swaps.values() for reading in some}, key=lambda reading: reading.name)
    if not readings:
        return found
    places = [at for at, some in swaps.items() if some and swapped.is_varied(lines[at])]
    likely = swapped.promising(tuple([lines[at] for at in places]), tuple(readings))
    hopes = {(places[n], readings[which]) for which, n in zip(*likely.nonzero(), strict=True)}
    return _without(found, {(at, one) for at, some in swaps.items() for one in some} - hopes)


def _hopeful(lines: Sequence[str], found: _Suspects) -> _Suspects:
    """Return for each line the readings without those that swap characters and have no run there that saves enough."""
    vain = set[tuple[int, Reading]]()
    for reading in {reading for some in found.values() for reading in some if reading.swaps_characters}:
        here = [at for at, some in found.items() if reading in some]
        most = swapped.most_savings(tuple([lines[at] for at in here]), reading)
        vain.update((at, reading) for at, bits in zip(here, most, strict=True) if bits < reading.margin)
    return _without(found, vain)


def _without(found: _Suspects, vain: Set[tuple[int, Reading]]) -> _Suspects:
    left = {at: [reading for reading in some if (at, reading) not in vain] for at, some in found.items()}
    return {at: some for at, some in left.items() if some}


def _best(line: str, candidates: Iterable[Reading], depth: int = 1) -> _Found:
    best = _NOTHING
    if len(line) >= (SHORTEST if depth == 1 else 2):
        for reading in candidates:
            found = _attempt(line, _Trial(reading, depth))
            if found.saved > best.saved:
                best = found
    return best


def _favourite(found: Iterable[_Found | Whole]) -> Reading | None:
    """Return the reading that explains most of a document's damage, where one explains more than half of it."""
    saved, named = Counter[str](), dict[str, Reading]()
    for one in found:
        if (reading := one[2]) is not None:
            saved[reading.name] += one.saved
            named[reading.name] = reading
    top = saved.most_common(1)
    return named[top[0][0]] if top and top[0][1] >= max(_ENOUGH, saved.total() / 2) else None


def _prefer(line: str, favourite: Reading, best: _Found | Whole) -> _Found | Whole:
    """Return what the favourite makes of a line, unless the line's own best is much better."""
    if favourite.true == "utf-8" and not whole_lines.may_be_utf8(line, favourite):
        return best  # as `_judged` has it
    if favourite.swaps_case and not traces.are_dear([line])[0]:
        return best  # Russian with an abbreviation
    found = _attempt(line, _Trial(favourite, slack=True))
    sure = favourite.swaps_characters  # there are two kinds of Big5, and right text can be read again
    return found if found.saved * (4 - sure) >= best.saved * 3 else best


def _attempt(line: str, trial: _Trial) -> _Found:
    """Read a line again, a long one in parts: those can be decided apart."""
    if len(line) <= LONGEST:
        return _attempt_part(line, trial)
    saved, edits, at = 0, list[Edit](), 0
    while at < len(line):
        part = line[at : at + LONGEST]
        if len(part) == LONGEST:
            part = part[: max(part.rfind(mark) for mark in " ,.;:>") + 1] or part
        found = _attempt_part(part, trial)
        saved += found.saved
        edits.extend(edit._replace(start=edit.start + at) for edit in reversed(found.edits))
        at += len(part)
    return _Found(saved, tuple(reversed(edits)), trial.reading) if edits else _NOTHING


def _attempt_part(line: str, trial: _Trial) -> _Found:
    """Read a line again: whole stretches first, then the best parts of a refused one."""
    reading = trial.reading
    if reading.false in MULTIBYTE and len(_HIRAGANA.findall(line)) * 5 > len(line):
        return _NOTHING  # Japanese
    if reading.swaps_characters:
        return _swapped(line, trial)
    edits: list[Edit] = []
    text = ByteView.of(line, reading.false)
    utf8 = 2 if text.starts is None else 3  # bytes of a quotation mark in a Western text
    shortest = 2 if trial.slack else utf8 if reading.true == "utf-8" else 4
    for stretch in text.spans(pattern_for(text, reading), reading, None, shortest):
        for start, found in sorted(_parts(line, text, inside.trimmed(text, line, stretch, reading), trial)):
            edits += [edit._replace(start=edit.start + start) for edit in reversed(found)]
    edits.reverse()
    if not edits:
        return _NOTHING
    after = apply(line, edits)
    foreign = _APART * len(_HAN_APART.findall(after)) + _FOREIGN * _is_foreign(line, reading)
    has = pairs.line_costs([after])[0] if reading.true in MULTIBYTE else cost(_ASCII.sub(" ", after))
    return _Found(cost(_ASCII.sub(" ", line)) - has - foreign, tuple(edits), reading)


def _swapped(line: str, trial: _Trial) -> _Found:
    """Read the runs of a line again in which each character stands for another."""
    reading, edits, total = trial.reading, list[Edit](), 0
    if not swapped.is_varied(line):
        return _NOTHING
    for start, end, saved in swapped.runs(line, reading, swapped.NO_SWITCH if trial.slack else swapped.SWITCH):
        before = line[start:end]
        after = before.encode(reading.false).decode(reading.true)
        varied = swapped.is_varied(before) or (saved >= _REPEATED and swapped.is_repeated(before))
        if saved >= _margin(trial) and varied and not swapped.is_other(before):
            edits.append(Edit(start, before, after, f"mojibake/{reading.name}"))
            total += saved
    return _Found(total, tuple(reversed(edits)), reading) if edits else _NOTHING


def _is_foreign(line: str, reading: Reading) -> bool:
    """Whether a reading brings Chinese into a line of Russian, or Russian into one of Chinese."""
    if reading.true in MULTIBYTE:
        return bool(_CYRILLIC.search(line)) and not _HAN.search(line)
    return reading.true in ("cp1251", "koi8-r") and bool(_HAN.search(line)) and not _CYRILLIC.search(line)


def _parts(line: str, text: ByteView, stretch: Span, trial: _Trial) -> Iterator[tuple[int, list[Edit]]]:
    """Yield where edits of a stretch begin, and the edits: of the whole of it, or of its best parts."""
    reading = trial.reading
    mixed = text.starts is not None and LOST not in stretch.raw and not trial.slack  # right text is bytes too
    if mixed and not (line[: stretch.start] + line[stretch.end :]).isascii():
        stretch = inside.narrowed(text, line, text.atoms(stretch, reading), reading)
    whole = _judged(line, stretch, trial)
    unsure = not trial.slack and reading.swaps_case  # what is right can be read again too
    if whole and unsure and not inside.is_all_damage(text, line, stretch, reading):
        whole = None
    if whole:
        yield stretch.start, whole
    elif trial.slack:
        for piece in text.spans(reading.piece, reading, stretch, 2) if _ASCII.search(stretch.raw) else ():
            if one := _judged(line, piece, trial):
                yield piece.start, one
    else:
        least = _margin(trial._replace(words=reading.swaps_case))
        for run, saved in inside.runs(text, line, stretch, (reading, least)):
            likely = trial._replace(words=reading.swaps_case and inside.has_common_words(run, reading))
            shortest = SHORTEST_SWAPPED if reading.swaps_case else SHORTEST
            if run.end - run.start >= shortest and saved >= _margin(likely) and (one := _judged(line, run, likely)):
                yield run.start, one


def _margin(trial: _Trial) -> int:
    if trial.slack:
        return SLACK
    return trial.reading.margin // 2 if trial.words else trial.reading.margin


def _judged(line: str, span: Span, trial: _Trial) -> list[Edit] | None:
    """Return the edits, to be made in their order, or None where what stands there stays."""
    reading, depth, slack = trial[:3]
    before, after = line[span.start : span.end], decode_stretch(span.raw, reading.true)
    signs = inside.is_typographic(before) and (reading.true != "utf-8" or _HAN.search(line))
    if after is None or after == before or signs or (not slack and _is_chance((before, after), span.raw, reading)):
        return None
    if any(map(after.__contains__, residue.IN_PAIRS)) or _SIZES.fullmatch(before):
        return None  # what is left of lost bytes, as `residue` knows them; sizes
    left, right = line[max(0, span.start - 1) : span.start], line[span.end : span.end + 1]
    if slack and reading.true == "utf-8" and not whole_lines.may_be_utf8(left + before + right, reading):
        return None  # `её` is UTF-8 too
    edits = [Edit(0, before, after, f"mojibake/{reading.name}")]
    final = after
    if depth < DEPTH and reading.true == "utf-8":
        deeper = _best(after, traces.found_in(Census(after)).get(0, ()), depth + 1)
        final, edits = apply(after, deeper.edits), edits + list(deeper.edits)
    if not _saves((left, before, right), final, trial):
        return None
    if slack and not _fits(left + before + right, left + final + right, reading):
        return None
    return edits if len(edits) > 1 else _split(before, after, span, reading) or edits


def _is_chance(edit: tuple[str, str], raw: str, reading: Reading) -> bool:
    """Whether what is right, or damaged otherwise, can be read so by chance: one character over and over, UTF-8 that
    has lost bytes as a codec of Chinese, and Russian of DOS as a letter or two of a script that the line is not in.
    """
    before, after = edit
    if _is_emphasis(before, reading):
        return True
    if reading.true in MULTIBYTE:
        return reading.false == "cp1252" and (_CUT_UTF8.fullmatch(raw) or _PRIVATE.search(after)) is not None
    return reading.true == "utf-8" and reading.false == "cp1251" and inside.FEW_FOREIGN.fullmatch(after) is not None


def _saves(stretch: tuple[str, str, str], final: str, trial: _Trial) -> bool:
    """Whether so many bits are saved that what comes out is text; `stretch` has a character on each side."""
    left, before, right = stretch
    reading, _, slack = trial[:3]
    old, new = _ASCII.sub(" ", before), _ASCII.sub(" ", final)
    had, has = cost(left + old + right), cost(left + new + right)
    if reading.true == "utf-8" and reading.false in MULTIBYTE:
        beside = whole_lines.HAN_BESIDE if slack else whole_lines.HAN_IN_WORD
        had += whole_lines.IN_WORD * len(beside.findall(left + before + right))
    elif reading.true in MULTIBYTE:
        has += whole_lines.IN_WORD * len(whole_lines.HAN_IN_WORD.findall(left + final + right))
    margin, ratio = _margin(trial), SLACK_RATIO if slack else RATIO
    if reading.swaps_case and not slack and inside.is_abbreviated(before):
        margin = max(margin, int(BITS_A_LETTER * sum(map(str.isalpha, before))))
    worst = (WORST if len(new) < 4 else WORST_OF_RUN) * len(left + new + right)
    return had - has >= margin and has <= min(ratio * had, worst)


def _is_emphasis(text: str, reading: Reading) -> bool:
    """Whether a text is one character over and over, marks aside: `¥¥¥` and `àààà` are neither Chinese nor Russian."""
    return reading.true != "utf-8" and not reading.swaps_characters and inside.is_one_character(text)


def _fits(before: str, after: str, reading: Reading) -> bool:
    """Whether what comes out goes with the ASCII beside and inside it, where little is enough to read it again: `é` in
    a Latin word stays, and so does `é` before a blank that does not break, both bytes of a rare character.
    """
    if reading.true in MULTIBYTE and before.count("\xa0") >= len(_HAN.findall(after)) > 0:
        return False
    had, has = (
        cost(_INSIDE_ASCII.sub(" ", text)) + whole_lines.IN_WORD * len(whole_lines.HAN_BESIDE.findall(text))
        for text in (before, after)
    )
    return had - has >= SLACK


def _split(before: str, after: str, span: Span, reading: Reading) -> list[Edit]:
    """Return edits of the single runs, last first, where they come to the same as an edit of the whole stretch."""
    if len(before) != len(span.raw):
        return []
    edits = []
    for run in reversed(list(reading.run.finditer(span.raw))):
        new = decode_stretch(run[0], reading.true) or ""
        edits.append(Edit(run.start(), before[run.start() : run.end()], new, f"mojibake/{reading.name}"))
    return edits if apply(before, edits) == after else []
