"""Training of the spam score: weights of n-grams and of signs by logistic regression, then trees for a close look.

What the trees get as a line's wording comes from n-grams that have seen neither its family of adverts nor its site,
so that they learn how far wording can be trusted on what is new. The forest that is asked how a line stands in its
document comes after (see standing.py).
"""

from __future__ import annotations

import json
import random
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ..adverts import cues, signs, wording
from ..adverts.model import NAMES, Model
from ..layout.model import Stage
from .adverts import OTHERS, SEED, Sample, adverts, casual, from_rules, staying
from .examples import FOLDS, fold_of, records
from .forest import Lines, Recipe, grow, grow_stage
from .linear import regression
from .written import Talk

GLANCE_RECIPE = Recipe(trees=30, depth=4, rate=0.25, ridge=10.0, borders=24, seeds=(1, 2))
RECIPE = Recipe(trees=100, depth=5, rate=0.18, ridge=10.0, borders=32, seeds=(1, 2, 3, 4))
_RIDGE_GRAMS, _RIDGE_CUES = 4e-5, 1e-6
_GRAMS, _CUES = 3.0, 0.5  # what n-grams and cues are multiplied by, so that the regression gets on with both
_LONGEST = 400  # characters of a line that are looked at
_MOST = {("zh", "gold"): 16_000, ("en", "gold"): 45_000, ("zh", "chrome"): 3_000, ("en", "chrome"): 8_000}
"""Lines of a corpus that are trained on at most, by language and kind; of others all."""
_CASUAL = (2, 6)
"""One in so many lines is shown once more as it would be written in a thread, of English lines one in the second."""
_WEIGHTS = {"sentence": 3.0, "chrome": 0.1}
_LANGUAGES = {"zh": 1.2, "ru": 5.0}  # of lines that stay, of which few are Russian
_SHORTEST = 6
_REAL = frozenset({"gold", "sentence"})
_HARD, _HARD_WEIGHT = -1.0, 4.0
"""The log odds from which a real line that stays is hard to tell from an advert, and how often it counts then: with it
a quarter fewer lines of articles are taken where as many adverts go."""


@dataclass(frozen=True)
class Samples:
    """Lines to train on, and what training asks of them."""

    samples: list[Sample]
    folds: npt.NDArray[np.intp]

    @property
    def truth(self) -> npt.NDArray[np.uint8]:
        """1 for adverts."""
        return np.array([sample.is_advert for sample in self.samples], np.uint8)

    @property
    def weight(self) -> npt.NDArray[np.float64]:
        """The weight of each line: adverts together count for half of what stays."""
        raw = np.array([s.weight * (1.0 if s.is_advert else _LANGUAGES.get(s.lang, 1.0)) for s in self.samples])
        ads = self.truth == 1
        raw[ads] *= 0.5 * raw[~ads].sum() / raw[ads].sum()
        return raw


def own_lines(wordings: Path, rules: Path) -> list[Sample]:
    """Return the lines that are of no page: of the repository's wordings and rules."""
    return [*adverts(wordings), *staying(wordings), *from_rules(rules)]


def trained(own: list[Sample], corpus: Path, spoken: Sequence[Talk], without: frozenset[int] = frozenset()) -> Model:
    """Return the weights, trained on some lines, a folder of pages and talk, without the sites of some folds; those of
    how a line stands in its document are still to come (see standing.py).
    """
    own = [sample for sample in own if not sample.kind.startswith(f"{OTHERS[1]} ")]
    lines = [(sample, fold) for sample, fold in of_documents(corpus, spoken) if fold not in without]
    random.Random(SEED).shuffle(lines)
    return _trained(_samples(own, list(_thinned(lines))))


def of_documents(corpus: Path, spoken: Sequence[Talk]) -> Iterator[tuple[Sample, int]]:
    """Yield the lines of documents with the fold of their site: those of articles, some others of the same pages, those
    of talk, and sentences.
    """
    for page in chain(records(corpus), records(corpus / "silver")):
        fold, lang = fold_of(page.get("site") or page["id"]), page.get("lang", "zh")
        for text, label in zip(page["text"].split("\n"), page.get("labels") or "", strict=False):
            if len(text.strip()) >= _SHORTEST:
                kind = "gold" if label == "1" else "chrome"
                yield Sample(text.strip()[:_LONGEST], lang, kind, False, _WEIGHTS.get(kind, 1.0)), fold
    for one in spoken:
        for text in one.lines:
            if len(text) >= _SHORTEST:
                yield Sample(text[:_LONGEST], one.lang, "gold", False), one.fold
    sentences = json.loads((corpus / "sentences.json").read_text(encoding="utf-8"))
    for lang in ("zh", "en", "ru", "zh-Hant"):
        for text in sentences[lang]:
            yield Sample(text, lang[:2], "sentence", False, _WEIGHTS["sentence"]), zlib.crc32(text.encode()) % FOLDS


def _thinned(pages: list[tuple[Sample, int]]) -> Iterator[tuple[Sample, int]]:
    """Yield each line once, and of each kind as many as `_MOST` says."""
    seen: set[str] = set()
    count, rng = dict.fromkeys(_MOST, 0), random.Random(SEED)
    for sample, fold in pages:
        key = (sample.lang, sample.kind)
        if sample.text in seen or count.get(key, -1) >= _MOST.get(key, 0):
            continue
        seen.add(sample.text)
        if key in count:
            count[key] += 1
        yield sample, fold
        if sample.kind != "chrome" and len(seen) % _CASUAL[sample.lang == "en"] == 0:
            yield sample._replace(text=casual(sample.text, rng)), fold


def folds_of(own: Sequence[Sample]) -> list[int]:
    """Return the fold of each line: that of its family of adverts, or any."""
    families = sorted({sample.kind for sample in own if sample.is_advert})
    return [
        families.index(sample.kind.removeprefix("prose ")) % FOLDS
        if sample.kind.removeprefix("prose ") in families
        else zlib.crc32(sample.text.encode("utf-8", "surrogatepass")) % FOLDS
        for sample in own
    ]


def _samples(own: list[Sample], pages: list[tuple[Sample, int]]) -> Samples:
    return Samples([*own, *(one[0] for one in pages)], np.array([*folds_of(own), *(one[1] for one in pages)]))


def _trained(samples: Samples) -> Model:
    texts = [sample.text.strip().replace("\n", " ") for sample in samples.samples]
    truth, weight = samples.truth, samples.weight
    measured, seen = cues.table(texts), signs.signs(texts)
    rows = _gram_rows(texts, measured)
    unseen = np.zeros(len(texts), np.float32)
    for fold in range(FOLDS):
        used = samples.folds != fold
        unseen[~used] = rows[~used, : 1 << wording.BITS] @ (_worded(rows[used], truth[used], weight[used]) / _GRAMS)
    grams = _worded(rows, truth, weight)
    scale = float(np.abs(grams).max() / 127)
    whole: Any = np.round(grams / scale).astype(np.int8)
    table = np.concatenate([unseen[None], seen, measured])
    first = 1 + len(signs.NAMES)
    glance = grow_stage(Lines(table[:first], NAMES[:first], truth, weight), GLANCE_RECIPE)
    lines = Lines(table, NAMES, truth, weight)
    known = np.array([sample.kind in _REAL for sample in samples.samples])
    return Model(whole, scale, glance, grow_stage(_hard_ones_first(lines, known), RECIPE), Stage.empty(), Stage.empty())


def _hard_ones_first(lines: Lines, known: npt.NDArray[np.bool_]) -> Lines:
    """Give more weight to the lines of articles that look like adverts to a first forest."""
    odds = grow(lines, replace(RECIPE, seeds=RECIPE.seeds[:1])).raw(lines.table)
    hard = known & (lines.truth == 0) & (odds > _HARD)
    return replace(lines, weight=lines.weight * np.where(hard, _HARD_WEIGHT, 1.0))


def _worded(rows: Any, truth: npt.NDArray[np.uint8], weight: npt.NDArray[np.float64]) -> Any:
    """Return the weights of n-grams, in log odds, fitted together with the cues."""
    size = 1 << wording.BITS
    ridge = np.where(np.arange(rows.shape[1]) < size, _RIDGE_GRAMS, _RIDGE_CUES)
    found = regression(rows, truth, weight, ridge)[:size] * _GRAMS
    return found.astype(np.float32)


def _gram_rows(texts: list[str], measured: npt.NDArray[np.float32]) -> Any:
    """Return for each line its n-grams, divided as in wording.scores, and behind them its cues."""
    from scipy.sparse import csr_matrix, hstack  # noqa: PLC0415 - of the extra "train", which the tests lack

    lines = wording.Folded.of(texts)
    columns, owners = [], []
    for order in wording.ORDERS:
        first, last = wording.spans(lines, order)
        size = last - first
        place = np.repeat(first - np.cumsum(size) + size, size) + np.arange(size.sum())
        columns.append(wording.hashes(lines.codes, order).astype(np.int32)[place])
        owners.append(np.repeat(np.arange(size.size), size))
    owner = np.concatenate(owners)
    value = (_GRAMS / np.sqrt(np.bincount(owner, minlength=len(texts)) + 1.0)).astype(np.float32)[owner]
    grams = csr_matrix((value, (owner, np.concatenate(columns))), (len(texts), 1 << wording.BITS))
    return hstack([grams, csr_matrix(measured.T * np.float32(_CUES))]).tocsr()
