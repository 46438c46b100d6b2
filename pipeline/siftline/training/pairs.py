"""Counts how characters go together in Chinese, on a dictionary of words and their frequencies.

    python -m siftline.training.pairs dict.txt [--out pipeline/siftline/models/pairs.npz]

Each line of the dictionary has a word and how often it was met, as that of jieba (MIT) does. Words of simplified
characters are counted in traditional ones too, as OpenCC converts them.
"""

from __future__ import annotations

import argparse
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from opencc import OpenCC

from ..repairs.pairs import RARE

LEAST_MET, LEAST_GAIN = 20, 2
"""Times that a pair was met, and bits that it gains, below which it is left out."""
MOST_END = 6
_WORD = re.compile(r"([\u4e00-\u9fff]+) (\d+)")


def main() -> None:
    """Read the dictionary, count, write the table."""
    parser = argparse.ArgumentParser(prog="python -m siftline.training.pairs", description=__doc__)
    parser.add_argument("dictionary", type=Path)
    parser.add_argument("--out", type=Path, default=Path("pipeline/siftline/models/pairs.npz"))
    args = parser.parse_args()
    found = _WORD.findall(args.dictionary.read_text(encoding="utf-8"))
    save(args.out, list(in_both_scripts([(word, int(met)) for word, met in found])))
    print(f"{args.out}: {args.out.stat().st_size / 1e6:.2f} MB")


def in_both_scripts(words: list[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Yield words as they are, and once more in traditional characters where these differ."""
    yield from words
    converted = OpenCC("s2t").convert("\n".join(word for word, _ in words)).split("\n")
    for (word, met), other in zip(words, converted, strict=True):
        if other != word and max(other) <= "\u9fff":  # the dictionary has no rarer ones
            yield other, met


def save(path: Path, words: Iterable[tuple[str, int]]) -> None:
    """Count and write: see `siftline.repairs.pairs`."""
    uses, starts, ends, pairs = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for word, met in words:
        starts[word[0]] += met
        ends[word[-1]] += met
        for at, char in enumerate(word):
            uses[char] += met
            pairs[word[at : at + 2]] += met if at + 1 < len(word) else 0
    characters = sorted(uses)
    begins = {char: (starts[char] + 0.5) / starts.total() for char in characters}
    closes = {char: (ends[char] + 1) / (uses[char] + 2) for char in characters}
    row = {char: at for at, char in enumerate(characters)}
    kept: list[list[tuple[int, int]]] = [[] for _ in characters]
    for pair, met in pairs.items():
        if met >= LEAST_MET:
            back_off = closes[pair[0]] * begins[pair[1]]
            gain = math.log2((met / uses[pair[0]] + back_off) / back_off)
            if gain >= LEAST_GAIN:
                kept[row[pair[0]]].append((row[pair[1]], min(255, round(gain))))
    flat = [one for some in kept for one in sorted(some)]
    np.savez_compressed(
        path,
        characters=np.array([ord(char) for char in characters], dtype=np.uint16),
        starts=np.array([min(RARE, _bits(begins[char])) for char in characters], dtype=np.uint8),
        ends=np.array([min(MOST_END, _bits(closes[char])) for char in characters], dtype=np.uint8),
        counts=np.array([len(some) for some in kept], dtype=np.uint16),
        seconds=np.array([second for second, _ in flat], dtype=np.uint16),
        gains=np.array([gain for _, gain in flat], dtype=np.uint8),
    )


def _bits(share: float) -> int:
    return round(-math.log2(share))


if __name__ == "__main__":
    main()
