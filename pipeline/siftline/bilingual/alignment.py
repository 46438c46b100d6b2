"""Sentence alignment of two lists of lines, by length and by what both languages write alike.

The dynamic programme and its beads are those of W. Gale and K. Church, "A Program for Aligning Sentences in
Bilingual Corpora" (1993); the second pass with a dictionary drawn from the first one is that of D. Varga et
al., "Parallel corpora for medium density languages" (hunalign, 2005). Scores are natural logarithms: how much
likelier two lines are as translations of each other than as strangers.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import fsum
from typing import NamedTuple, TypeVar

from .sides import Side, low

T = TypeVar("T")
BEADS = {(1, 1): 0.0, (1, 0): -1.2, (0, 1): -1.2, (2, 1): -1.4, (1, 2): -1.4, (2, 2): -3.2}
"""Lines taken on each side, and what the bead costs before its lines are looked at; Gale and Church count 89 % of
beads as 1-1, 9 % as 2-1 or 1-2, 1 % as 1-0 or 0-1; web pages leave out more."""
_SPREAD = 0.24  # standard deviation of the logarithm of the ratio of two long translations' lengths
_SMALL = 12.0  # letters added to both lengths, so that short lines may differ by a word
_LENGTH = 1.3  # what equal lengths say for two lines
SURE = -0.2
"""Score from which a bead holds."""
# Translations were seen from 2.9, 1.4 and 0.7 up, unrelated texts of one length to 2.2, 0.9 and 0.6.
_MEAN_SCORE = 1.3
_MEAN_ANCHORS = 0.5  # what names, numbers and known words must say for a bead on average
_COVERED = 0.4  # share of each side's text that must be in beads
_SAME, _OTHER, _ALONE = 0.5, 0.12, 1.0
"""What a word of everyday speech says that both have, and one that one of them has, for each point of its rarity; and
how rare one is that the other side has nowhere."""
_BRIEF = 160
"""Letters of a line in which they say as much: long ones have many by chance."""
_HOPELESS = -6.0  # what lengths say at worst; then nothing else is looked at
_MOST_ANCHORED = 5.0
_ITEM_INSIDE = 2.0  # what tells against a bead with an item that is not its first line, on one side alone
_ADJACENT = 1.2  # what neighbours in the document get where it goes paragraph by paragraph
_BAND = 14  # lines off the diagonal that are tried, and one more for each 24 lines up to as many again


class Bead(NamedTuple):
    """Lines first[a0:a1] and second[b0:b1] that belong together, and by how much."""

    a0: int
    a1: int
    b0: int
    b1: int
    score: float


class _Said(NamedTuple):
    """The meanings of some lines, how much they would say together, and how long the lines are, in letters."""

    meanings: frozenset[int]
    weight: float
    size: float


def align(first: Side, second: Side, lexicon: Mapping[str, Collection[str]]) -> list[Bead]:
    """Return the beads that hold, in order; none where one side is no translation of the other.

    `lexicon` names for terms of the first side's language what they may be in the second's.
    Time grows with the number of lines times the band.
    """
    if not first.texts or not second.texts:
        return []
    scorer = _Scorer(first, second, lexicon)
    beads = _best_path(scorer)
    # Judged by the first pass: the second has learnt its dictionary from what it then confirms.
    if not _is_translation(scorer, [bead for bead in beads if bead.score >= SURE]):
        return []
    scorer.learnt = _learn(first, second, beads)
    return [bead for bead in _best_path(scorer) if bead.score >= SURE]


def _is_translation(scorer: _Scorer, beads: Sequence[Bead]) -> bool:
    """Whether so much of both sides is paired, and so well, that one is a translation of the other."""
    if not beads or fsum(bead.score for bead in beads) < _MEAN_SCORE * len(beads):
        return False
    if fsum(scorer.anchors(*bead[:4]) + scorer.words(*bead[:4]) for bead in beads) < _MEAN_ANCHORS * len(beads):
        return False
    ours = fsum(sum(scorer.first.sizes[bead.a0 : bead.a1]) for bead in beads)
    theirs = fsum(sum(scorer.second.sizes[bead.b0 : bead.b1]) for bead in beads)
    return ours >= _COVERED * sum(scorer.first.sizes) and theirs >= _COVERED * sum(scorer.second.sizes)


def _learn(first: Side, second: Side, beads: Sequence[Bead]) -> dict[str, dict[str, float]]:
    """Terms of the first side, each with those of the second that keep turning up beside it (Dice's coefficient)."""
    left: Counter[str] = Counter()
    right: Counter[str] = Counter()
    both: Counter[tuple[str, str]] = Counter()
    for bead in beads:
        a = sorted(_union(first.terms, bead.a0, bead.a1))[:80]
        b = sorted(_union(second.terms, bead.b0, bead.b1))[:80]
        left.update(a)
        right.update(b)
        both.update((x, y) for x in a for y in b)
    out: dict[str, dict[str, float]] = {}
    for (x, y), count in both.items():
        dice = 2 * count / (left[x] + right[y])
        if count >= 2 and dice >= 0.6:
            out.setdefault(x, {})[y] = dice
    return out


@dataclass
class _Scorer:
    """What speaks for a stretch of one side being a translation of a stretch of the other."""

    first: Side
    second: Side
    lexicon: Mapping[str, Collection[str]]
    learnt: dict[str, dict[str, float]] = field(default_factory=dict)
    _expected: dict[tuple[int, int], dict[str, float]] = field(default_factory=dict)
    _said: dict[tuple[bool, int, int], _Said] = field(default_factory=dict)

    def __post_init__(self) -> None:
        a, b = sum(self.first.sizes), sum(self.second.sizes)
        # Halfway, in logarithms, between equal lengths and the ratio of this document, which has gaps.
        self.ratio = min(1.4, max(0.7, (b + 200) / (a + 200))) ** 0.5 if a and b else 1.0
        self.rarity = _rarity(self.first.shared, self.second.shared)
        self.telling = _rarity(self.first.meanings, self.second.meanings)
        self.anchored_a = [tokens & self.rarity.keys() for tokens in self.first.shared]
        self.anchored_b = [tokens & self.rarity.keys() for tokens in self.second.shared]
        self.places = {place: rank for rank, place in enumerate(sorted([*self.first.places, *self.second.places]))}
        self.adjacent = _ADJACENT if _turns(self.first, self.second) else 0.0
        self.asked = any(self.first.turns) and any(self.second.turns)
        self.english = [frozenset(low(text)) for text in self.second.texts]
        self.known = [
            [words for term, words in self.lexicon.items() if term in text] if self.lexicon else []
            for text in self.first.texts
        ]

    def bead(self, a0: int, a1: int, b0: int, b1: int) -> float:
        """Score lines a0:a1 of the first side against b0:b1 of the second."""
        score = self.length(sum(self.first.sizes[a0:a1]), sum(self.second.sizes[b0:b1]))
        if score <= _HOPELESS:
            return score
        score += self.anchors(a0, a1, b0, b1) + self.words(a0, a1, b0, b1)
        if any(self.first.items[a0 + 1 : a1]) != any(self.second.items[b0 + 1 : b1]):
            score -= _ITEM_INSIDE
        if a1 - a0 == b1 - b0 == 1:
            score += self.shape(a0, b0)
        if self.asked:
            score += self.turns(a0, a1, b0, b1)
        return score + self.neighbourhood(a0, a1, b0, b1)

    def length(self, a: float, b: float) -> float:
        """Score the lengths."""
        a, b = a * self.ratio + _SMALL, b + _SMALL
        off = math.log(a / b)
        spread = _SPREAD**2 + 1.5 / min(a, b)
        telling = min(1.0, 0.3 + min(a, b) / 80)  # that two short lines are of one length tells little
        return max(_HOPELESS, telling * _LENGTH - off * off / (2 * spread))

    def anchors(self, a0: int, a1: int, b0: int, b1: int) -> float:
        """Score the numbers, addresses and names that stand on both sides of the document."""
        a, b = _union(self.anchored_a, a0, a1), _union(self.anchored_b, b0, b1)
        item = self.item(a0, b0) if a1 - a0 == b1 - b0 == 1 else 0.0
        if not a and not b:
            return item
        score = item + fsum(self.rarity[token] for token in a & b)
        score -= 0.25 * fsum(self.rarity[token] for token in a ^ b)
        return max(-2.5, min(_MOST_ANCHORED, score))

    def item(self, a: int, b: int) -> float:
        """Score two items of one number where the languages take turns: two lists below each other have the same
        numbers whatever they say.
        """
        same = self.first.items[a] == self.second.items[b] > 0
        return math.log(1 + min(len(self.first.texts), len(self.second.texts))) if same and self.adjacent else 0.0

    def words(self, a0: int, a1: int, b0: int, b1: int) -> float:
        """Score words of everyday speech, what the lexicon knows, and the terms learnt from the first pass."""
        score = self.everyday(a0, a1, b0, b1)
        for known in self.known[a0:a1]:
            english = _union(self.english, b0, b1)
            score += fsum(0.5 if english.intersection(words) else -0.25 for words in known)
        if self.learnt:
            terms = _union(self.second.terms, b0, b1)
            expected = self.expected(a0, a1)
            hit = fsum(dice for other, dice in expected.items() if other in terms)
            missed = fsum(expected.values()) - hit
            score += min(4.0, 0.5 * hit) - min(2.0, 0.25 * missed)
        return max(-3.0, min(6.0, score))

    def everyday(self, a0: int, a1: int, b0: int, b1: int) -> float:
        """Score words of everyday speech that one has, or both."""
        if not self.telling:
            return 0.0
        ours, theirs = self.said(self.first, a0, a1), self.said(self.second, b0, b1)
        both = fsum(self.telling[one] for one in ours.meanings & theirs.meanings)
        score = _SAME * both - _OTHER * (ours.weight + theirs.weight - 2 * both)
        return score * min(1.0, _BRIEF / max(ours.size, theirs.size))

    def said(self, side: Side, start: int, stop: int) -> _Said:
        """Return what some lines of a side say in words of everyday speech."""
        key = (side is self.first, start, stop)
        if key not in self._said:
            found = _union(side.meanings, start, stop)
            weight = fsum(self.telling.get(one, _ALONE) for one in found)
            self._said[key] = _Said(found, weight, sum(side.sizes[start:stop]))
        return self._said[key]

    def expected(self, a0: int, a1: int) -> dict[str, float]:
        """Return the second side's terms that lines a0:a1 of the first let expect, and how strongly (0 to 1)."""
        if (a0, a1) not in self._expected:
            found: dict[str, float] = {}
            for term in _union(self.first.terms, a0, a1):
                for other, dice in self.learnt.get(term, {}).items():
                    found[other] = max(dice, found.get(other, 0.0))
            self._expected[a0, a1] = found
        return self._expected[a0, a1]

    def shape(self, a: int, b: int) -> float:
        """Score headings, questions, list marks and repeated lines."""
        ours, theirs = self.first.shapes[a], self.second.shapes[b]
        score = 0.3 if ours[0] == theirs[0] else -0.7
        score += 0.0 if ours[1] == theirs[1] else -1.0
        score += 0.0 if ours[2] == theirs[2] else -1.0
        if max(ours[3], theirs[3]) > 1:
            score += 0.8 if min(ours[3], theirs[3]) > 1 else -0.8
        return score

    def turns(self, a0: int, a1: int, b0: int, b1: int) -> float:
        """Score marks of questions and answers."""
        ours, theirs = set(self.first.turns[a0:a1]) - {0}, set(self.second.turns[b0:b1]) - {0}
        return (0.5 if ours == theirs else -2.0) if ours and theirs else 0.0

    def neighbourhood(self, a0: int, a1: int, b0: int, b1: int) -> float:
        """Score standing side by side, where the languages take turns."""
        if not self.adjacent:
            return 0.0
        ranks = [self.places[p] for p in [*self.first.places[a0:a1], *self.second.places[b0:b1]]]
        gap = max(ranks) - min(ranks) + 1 - len(ranks)
        return self.adjacent if not gap else -min(3.0, self.adjacent * gap)


def _rarity(first: Sequence[Collection[T]], second: Sequence[Collection[T]]) -> dict[T, float]:
    """Return for what both sides have in some lines how much it says that two of these are translations."""
    seen_a, seen_b = (Counter(token for tokens in side for token in tokens) for side in (first, second))
    lines = 2 * min(len(first), len(second))
    return {token: math.log(1 + lines / (seen_a[token] + seen_b[token])) for token in seen_a.keys() & seen_b.keys()}


def _union(sets: Sequence[frozenset[T]], start: int, stop: int) -> frozenset[T]:
    return sets[start] if stop - start == 1 else sets[start].union(*sets[start + 1 : stop])


def _turns(first: Side, second: Side) -> bool:
    """Whether the document goes from one language to the other about as often as it could."""
    order = sorted([(p, 0) for p in first.places] + [(p, 1) for p in second.places])
    changes = sum(a[1] != b[1] for a, b in pairwise(order))
    return changes > 2 and changes >= 0.8 * min(len(first.places), len(second.places))


def _best_path(scorer: _Scorer) -> list[Bead]:
    """Run the dynamic programme, over cells near the diagonal alone."""
    n, m = len(scorer.first.texts), len(scorer.second.texts)
    band = _BAND + min(_BAND, (n + m) // 24)
    best: dict[tuple[int, int], tuple[float, int, int, float]] = {(0, 0): (0.0, 0, 0, 0.0)}
    for i in range(n + 1):
        centre = round(i * m / n)
        for j in range(max(0, centre - band), min(m, centre + band) + 1):
            for (da, db), cost in BEADS.items():
                before = best.get((i - da, j - db))
                if before is None:
                    continue
                own = scorer.bead(i - da, i, j - db, j) if da and db else 0.0
                total = before[0] + own + cost
                if (i, j) not in best or total > best[i, j][0]:
                    best[i, j] = (total, da, db, own + cost)
    return _trace(best, n, m)


def _trace(best: Mapping[tuple[int, int], tuple[float, int, int, float]], n: int, m: int) -> list[Bead]:
    beads = []
    i, j = n, m
    while i or j:
        _, da, db, score = best[i, j]
        if da and db:
            beads.append(Bead(i - da, i, j - db, j, score))
        i, j = i - da, j - db
    return beads[::-1]
