"""Which lines of a page are its article, told by the article that a reader cut out: `labels`.

The measure is F1 over shingles of four tokens, a CJK character or a word being a token; the lines are chosen so
that together they score high, so that a line counts by what it adds and not by what it resembles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..prose import TOKEN

_SIZE = 4
_KNOWN = 0.5
"""Share of a line's shingles that the article has, from which the line is chosen to begin with."""
_PASSES = 6
_AROUND = 5
"""Lines on each side that say how much of the article stands around a line."""

Shingle = tuple[str, ...]


def labels(lines: Sequence[str], gold: str) -> list[int]:
    """Return 1 for each line that is article and 0 for the others.

    >>> labels(["Home News", "# The ferry is back", "It came on Monday after a winter.", "Read more"],
    ...        "It came on Monday after a winter.")
    [0, 0, 1, 0]
    """
    choice = _Choice([tokens(line) for line in lines], gold)
    for _ in range(_PASSES):
        if not choice.improve():
            break
    return _with_marks(choice)


def tokens(text: str) -> list[str]:
    """Return the tokens of a text: words and single CJK characters, in lower case."""
    return TOKEN.findall(text.lower())


def shingles(words: Sequence[str]) -> Counter[Shingle]:
    """Return the shingles of a list of tokens; a shorter list than a shingle is one by itself."""
    if not words:
        return Counter()
    return Counter(tuple(words[at : at + _SIZE]) for at in range(max(1, len(words) - _SIZE + 1)))


def f1(lines: Sequence[str], gold: str) -> float:
    """Return how well lines, put together, are the article, 0 to 1."""
    have, want = shingles(tokens("\n".join(lines))), shingles(tokens(gold))
    if not have or not want:
        return float(have == want)
    return 2 * sum((have & want).values()) / (sum(have.values()) + sum(want.values()))


class _Choice:
    """Lines that are chosen, with what they score."""

    def __init__(self, words: list[list[str]], gold: str) -> None:
        self.words = words
        self.want = shingles(tokens(gold))
        self.chosen = [self._is_known(line) for line in words]
        self.have = shingles([word for line, chosen in zip(words, self.chosen, strict=True) if chosen for word in line])
        self.total = sum(self.have.values()) + sum(self.want.values())
        self.overlap = sum((self.have & self.want).values())
        self.known = {word for shingle in self.want for word in shingle}

    def _is_known(self, line: list[str]) -> bool:
        if len(line) < _SIZE:
            return False
        found = shingles(line)
        return sum((found & self.want).values()) >= _KNOWN * sum(found.values())

    def improve(self) -> bool:
        """Turn every line whose turning raises the score; return whether there was one.

        Lines with the least of the article around them come first: of a text that stands twice, that copy goes.
        """
        return sum([self._turn(at) for at in sorted(range(len(self.words)), key=self._company)]) > 0

    def _company(self, at: int) -> int:
        around = range(max(0, at - _AROUND), min(len(self.words), at + _AROUND + 1))
        return sum(len(self.words[n]) for n in around if self.chosen[n])

    def _turn(self, at: int) -> bool:
        line = self.words[at]
        if not line or (not self.chosen[at] and self.known.isdisjoint(line)):
            return False
        before, after = self._near(at, -1), self._near(at, 1)
        there, gone = _inner([*before, *line, *after]), _inner([*before, *after])
        lost, won = (there, gone) if self.chosen[at] else (gone, there)
        overlap, total = self.overlap, self.total
        for shingle in {*lost, *won}:
            had = self.have[shingle]
            has = had - lost[shingle] + won[shingle]
            overlap += min(has, self.want[shingle]) - min(had, self.want[shingle])
            total += has - had
        if overlap * self.total <= self.overlap * total:
            return False
        self.have.update(won)
        self.have.subtract(lost)
        self.overlap, self.total, self.chosen[at] = overlap, total, not self.chosen[at]
        return True

    def _near(self, at: int, step: int) -> list[str]:
        """Return the chosen tokens next to a line, as many as a shingle reaches beyond it."""
        found: list[str] = []
        at += step
        while 0 <= at < len(self.words) and len(found) < _SIZE - 1:
            if self.chosen[at]:
                found = found + self.words[at] if step > 0 else self.words[at] + found
            at += step
        return found[: _SIZE - 1] if step > 0 else found[-(_SIZE - 1) :]


def _inner(words: list[str]) -> Counter[Shingle]:
    return Counter(tuple(words[at : at + _SIZE]) for at in range(len(words) - _SIZE + 1))


def _with_marks(choice: _Choice) -> list[int]:
    """Return the labels; a line without tokens, such as a fence, goes with the lines on both sides."""
    chosen = choice.chosen
    filled = [at for at, line in enumerate(choice.words) if line]
    above = 0
    for at, line in enumerate(choice.words):
        if line:
            above += 1
        elif 0 < above < len(filled):
            chosen[at] = chosen[filled[above - 1]] and chosen[filled[above]]
    return [int(one) for one in chosen]
