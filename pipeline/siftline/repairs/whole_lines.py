"""Whole lines that one wrong reading explains from end to end: nearly all damage, read again many lines at a time.

What is decided here needs no second look: every byte of a line reads in the true codec, and the line becomes text by
any standard. All other lines, short ones, mixed ones, ones with bytes lost, are left to `mojibake`, one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ..late import late
from . import pairs, swapped, traces
from .census import Census
from .edits import Edit, apply
from .plausible import line_costs
from .readings import MULTIBYTE, ByteView, Reading, bytes_of_characters

DEPTH = 3
"""Readings that may lie on top of each other."""
SAMPLE = 12
"""Lines that each reading is tried on, to see which are worth trying on all."""
RATIO = 0.8
"""Share of the cost of what stands there that what comes out may cost at most."""
SLACK, SLACK_RATIO = 5, 0.88
"""Bits to save, and share, where the rest of the document was read wrongly in the same way."""
MOST_BITS = {"utf-8": 13.0, "gb18030": 12.0, "big5": 12.0, "cp1251": 7.0, "koi8-r": 7.0}
"""Bits a character, ASCII aside, that a line of text costs at most: far below what the wrong one of two readings
costs. UTF-8 needs little of it, since text that is UTF-8 by chance is rare."""
_MOST_OF_RARE = 16
"""The same for UTF-8 without a trace of more below it: letters that only some languages have cost that much."""
LEAST = {"utf-8": 4, "gb18030": 8, "big5": 8, "cp1251": 12, "koi8-r": 12}
"""Characters, ASCII aside, that a line must have."""
_LEAST_NESTED = 5
"""The same where characters were taken for others more than once: what is none of it hardly survives that."""
IN_WORD = 12
"""Bits of a Chinese character inside a Latin word: no language has one."""
HAN_IN_WORD = late(re.compile, "[\u4e00-\u9fff](?<=[A-Za-z].)(?=[\u4e00-\u9fff]?[a-z])")
HAN_BESIDE = late(re.compile, "[A-Za-z][\u4e00-\u9fff]|[\u4e00-\u9fff][a-z]")
_FOUR_BYTES = re.compile("\x81[0-9]")
"""What most letters of Western languages have in GB18030."""
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_RUN = re.compile(r"[^\x00-\x7f]+(?:[\x00-\x7f]{1,3}[^\x00-\x7f]+)*")


class Whole(NamedTuple):
    """A line read again."""

    saved: int
    edits: tuple[Edit, ...]
    reading: Reading
    nested: bool = False
    """Whether more readings lie below that one."""


def read_again(lines: Sequence[str], suspects: Mapping[int, Iterable[Reading]], depth: int = DEPTH) -> dict[int, Whole]:
    """Return, by the index of its line, the lines that are explained as a whole. `suspects` has the readings whose
    traces each line has, `depth` says how many of them may lie on top of each other.
    """
    left = {at: tuple(some) for at, some in suspects.items() if len(lines[at]) >= 4}
    if not left:
        return {}
    places = list(left)
    found = _read_again(tuple([lines[at] for at in places]), tuple(left.values()), depth)
    return {places[number]: one for number, one in found.items()}


@lru_cache(maxsize=4)  # a document is gone over twice at least, and what nothing explains is the same
def _read_again(lines: Sequence[str], suspects: Sequence[tuple[Reading, ...]], depth: int) -> Mapping[int, Whole]:
    left = dict(enumerate(suspects))
    best: dict[int, tuple[int, str, Reading]] = {}
    for reading in _promising(lines, left, depth):
        wanted = [at for at, some in left.items() if reading in some and _may_win(reading, best.get(at))]
        for number, saved, text in _explained([lines[at] for at in wanted], reading, depth):
            at = wanted[number]
            if at not in best or saved > best[at][0]:
                best[at] = saved, text, reading
    done = {at: Whole(one[0], edits_of(lines[at], one[1], one[2]), one[2]) for at, one in best.items()}
    left = {at: some for at, some in left.items() if at not in done}
    return done | _nested(lines, left, depth - 1) if depth > 1 else done


def _may_win(reading: Reading, best: tuple[int, str, Reading] | None) -> bool:
    """Whether a reading is worth trying on a line that another one explains: there are two kinds of Big5."""
    return best is None or (reading.swaps_characters and reading.true == best[2].true)


def _nested(lines: Sequence[str], left: Mapping[int, tuple[Reading, ...]], depth: int) -> dict[int, Whole]:
    """Return the lines that become text when readings are undone that lie on top of each other."""
    done: dict[int, Whole] = {}
    for reading in sorted({reading for some in left.values() for reading in some}, key=lambda reading: reading.name):
        places = [
            at for at, some in left.items() if reading in some and at not in done and _may_hide(lines[at], reading)
        ]
        texts = read_lines([lines[at] for at in places], reading)
        read = {at: text for at, text in zip(places, texts, strict=True) if text and not text.isascii()}
        below = list(read.values())
        found = traces.found_in(Census("\n".join(below))) if below else {}
        inner = read_again(below, {at: [*_others(some, reading)] for at, some in found.items()}, depth) if below else {}
        if not inner:
            continue
        edits = {
            at: (*edits_of(lines[at], read[at], reading), *inner[number].edits)
            for number, at in enumerate(read)
            if number in inner
        }
        before = _costs([lines[at] for at in edits], reading.false)
        after = _costs([apply(lines[at], some) for at, some in edits.items()], reading.true)
        for (at, some), had, has in zip(edits.items(), before, after, strict=True):
            if had - has >= reading.margin and has <= RATIO * had:
                done[at] = Whole(had - has, some, reading, nested=True)
    return done


def _others(readings: Iterable[Reading], reading: Reading) -> Iterator[Reading]:
    """Yield readings but for the reverse of one, which would give back what that one was given."""
    return (one for one in readings if (one.true, one.false) != (reading.false, reading.true))


def _may_hide(line: str, reading: Reading) -> bool:
    """Whether a line that a reading alone does not explain may hold another one below it."""
    if reading.false in MULTIBYTE:
        return reading.true in MULTIBYTE  # `mojibake` undoes UTF-8 there
    return (
        reading.true == "utf-8"
        or reading.swaps_case
        or (reading.true == "gb18030" and _FOUR_BYTES.search(line) is not None)
    )


def _promising(lines: Sequence[str], suspects: Mapping[int, tuple[Reading, ...]], depth: int) -> list[Reading]:
    """Return the readings that explain some of a sample of the lines, the best first; one alone that explains all."""
    places = list(suspects)
    sample = places[:: max(1, len(places) // SAMPLE)][:SAMPLE]
    saved: list[tuple[int, str, Reading]] = []
    sure = ""
    for reading in {reading.name: reading for at in sample for reading in suspects[at]}.values():
        if sure not in ("", reading.true):
            continue
        some = [lines[at] for at in sample if reading in suspects[at]]
        bits = [bits for _, bits, _ in _explained(some, reading, depth)]
        if bits:
            saved.append((-sum(bits), reading.name, reading))
        if len(bits) == len(sample):
            sure = reading.true
    return [reading for _, _, reading in sorted(saved)]


def _explained(lines: Sequence[str], reading: Reading, depth: int) -> Iterator[tuple[int, int, str]]:
    """Yield the indices of the lines that a reading makes text of, the bits that this saves, and the text."""
    read = read_lines(lines, reading)
    known = [number for number, after in enumerate(read) if after and after != lines[number]]
    if not known:
        return
    before = _costs([lines[number] for number in known], reading.false)
    if reading.true == "utf-8" and reading.false in MULTIBYTE:
        before = [bits + in_words(lines[number]) for number, bits in zip(known, before, strict=True)]
    after = _costs([read[number] or "" for number in known], reading.true)
    least = _LEAST_NESTED if reading.swaps_characters and depth < DEPTH else least_of(reading)
    for number, had, has in zip(known, before, after, strict=True):
        text = read[number] or ""
        letters = len(text) - len(text.encode("ascii", "ignore"))
        fits = had - has >= reading.margin and has <= RATIO * had and letters >= least
        if (
            fits
            and (has <= MOST_BITS[reading.true] * letters or is_rare(text, has / letters, reading))
            and (not reading.swaps_characters or swapped.may_be_damage(lines[number], text))
        ):
            yield number, had - has, text


def in_words(line: str) -> int:
    """Return the bits of Chinese characters inside Latin words.

    >>> in_words("M眉ller fuhr nach K枚ln."), in_words("用Python写")
    (24, 0)
    """
    return IN_WORD * len(HAN_IN_WORD.findall(line))


def is_rare(text: str, bits: float, reading: Reading) -> bool:
    """Whether a text that UTF-8 gives, with letters that cost so many bits each, is right although they are rare."""
    many = len(text) - len(text.encode("ascii", "ignore")) >= LEAST["utf-8"]
    return reading.true == "utf-8" and many and bits <= _MOST_OF_RARE and not reading.trace.search(text)


def may_be_utf8(text: str, reading: Reading) -> bool:
    """Whether a text has a trace of UTF-8, or where the document has it, Chinese beside Latin letters."""
    beside = reading.false in MULTIBYTE and HAN_BESIDE.search(text)
    return bool(beside or reading.trace.search(text))


def _costs(lines: Sequence[str], codec: str) -> list[int]:
    """Return the bits of each line, but for what is ASCII: in a codec of Chinese by how its characters go together."""
    return pairs.line_costs(lines) if codec in MULTIBYTE else line_costs("\n".join(lines)).tolist()


def read_lines(lines: Sequence[str], reading: Reading) -> list[str | None]:
    """Return what each line says in the true codec, None where it says nothing."""
    if not lines:
        return []
    read = [_decoded(raw, reading.true) for raw in _bytes_of(lines, reading.false)]
    if reading.swaps_characters:
        for number, line in enumerate(lines):
            if read[number] is None and "\ufffd" in line:
                read[number] = swapped.with_lost_bytes(line, reading)
    return read


def read_text(text: str, reading: Reading) -> str | None:
    """Return what a text says in the true codec, None where one of its lines says nothing."""
    return _decoded(_raw(text, reading.false), reading.true)


@lru_cache(maxsize=4)  # several readings begin with the same bytes
def _raw(text: str, codec: str) -> bytes | None:
    """Return the bytes that were decoded as `codec` to give a text; None where it has other characters."""
    if codec in MULTIBYTE:
        return _encoded(text, codec)
    found = _table_bytes(text, codec)
    return None if (found == _NONE).any() else found.astype(np.uint8).tobytes()


def least_of(reading: Reading) -> int:
    """Return the characters, ASCII aside, that a line must have to be read again as a whole."""
    return 1 if reading.true == "utf-8" and reading.false in ("cp1252", *MULTIBYTE) else LEAST[reading.true]


def _bytes_of(lines: Sequence[str], codec: str) -> list[bytes | None]:
    """Return the bytes that were decoded as `codec` to give each line; None where it has other characters."""
    text = "\n".join(lines)
    raw = _raw(text, codec)
    if raw is not None:
        return [*raw.split(b"\n")]
    if codec in MULTIBYTE:
        return [_encoded(line, codec) for line in lines]
    found = _table_bytes(text, codec)
    raws = found.astype(np.uint8).tobytes().split(b"\n")
    ends = np.cumsum([len(raw) + 1 for raw in raws])
    bad = set(np.searchsorted(ends, np.flatnonzero(found == _NONE), side="right").tolist())
    return [None if number in bad else raw for number, raw in enumerate(raws)]


_NONE = 256


def _table_bytes(text: str, codec: str) -> npt.NDArray[np.uint16]:
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    return _byte_table(codec).take(points, mode="clip")


@cache
def _byte_table(codec: str) -> npt.NDArray[np.uint16]:
    """Return the byte of each character of the BMP in a codec of single bytes, or _NONE."""
    table = np.full(0x10001, _NONE, dtype=np.uint16)
    table[:0x80] = range(0x80)
    for point, byte in bytes_of_characters(codec).items():
        table[point] = byte
    return table


def _encoded(line: str, codec: str) -> bytes | None:
    try:
        return line.encode(codec)
    except UnicodeEncodeError:
        return None


def _decoded(raw: bytes | None, codec: str) -> str | None:
    try:
        return raw.decode(codec) if raw is not None else None
    except UnicodeDecodeError:
        return None


@lru_cache(maxsize=4096)
def _run_read(run: str, false: str, true: str) -> str:
    return ByteView.of(run, false).raw.encode("latin-1").decode(true)


def edits_of(line: str, text: str, reading: Reading) -> tuple[Edit, ...]:
    """Return the edits that make `text` of a line, last first: one of all that is damaged, or where most is ASCII one
    of each run.
    """
    name = f"mojibake/{reading.name}"
    chinese = reading.false in MULTIBYTE or reading.true in MULTIBYTE
    if chinese and line[:1] > "\x7f" and line[-1] != text[-1:]:
        return (Edit(0, line, text, name),)
    first = None if line[:1] > "\x7f" else _NOT_ASCII.search(line)
    start = first.start() if first else 0
    if not chinese and _is_sparse(line, start):
        runs = reversed(list(_RUN.finditer(line)))
        return tuple(Edit(run.start(), run[0], _run_read(run[0], reading.false, reading.true), name) for run in runs)
    end, most = 0, min(len(line), len(text)) - start
    while end < most and line[-end - 1] == text[-end - 1] <= "\x7f":
        end += 1
    if start or end:
        return (Edit(start, line[start : len(line) - end], text[start : len(text) - end], name),)
    return (Edit(0, line, text, name),)


def _is_sparse(line: str, start: int) -> bool:
    """Whether most of a line from an offset on is ASCII."""
    return 2 * (len(line) - len(line.encode("ascii", "ignore"))) < len(line) - start
