"""Training of the spam score's last forest, which is asked how a line stands in its document.

It learns from lines that the other weights have not seen: articles of a fold of sites, scored by weights trained
without that fold, and adverts of families that those weights do not know, and prose about them, put into these
articles. Only lines count that the search would leave, since the forest is asked for no others.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ..adverts.model import LAST, Model
from ..adverts.outliers import standing
from ..adverts.parts import Judge
from ..adverts.screen import screen
from ..adverts.search import search
from ..layout.model import Stage
from .adverts import LANGUAGES, SEED, Sample
from .examples import FOLDS, fold_of
from .forest import Lines, Recipe, grow_stage
from .spam import folds_of, trained

RECIPE = Recipe(trees=200, depth=6, rate=0.08, ridge=10.0, borders=64, seeds=(1, 2, 3))
_LEAST = 0.35
"""The log odds from which the search takes a line: a little more than it asks for at work, so that it leaves more."""
_MOST = 500
"""Adverts, and other lines, of a language and a fold that are put into articles at most."""
_TOGETHER, _MIXED = 3, 0.25
"""How many of them go into one article at most, and how often one of the other kind goes with them."""
_LARGEST = 120
"""Lines of an article that something is put into at most."""
_SENTENCES, _INVENTED = (5, 25), 60
"""Of how many sentences a document is made in a language of which there are no articles, and how many are."""
_STAYS, _BESIDE = 2.0, 0.6
"""What a line about adverts counts, and a line of an article that an advert was put into; others count once."""


class _Row(NamedTuple):
    measures: npt.NDArray[np.float32]
    is_advert: bool
    weight: float


@dataclass(frozen=True)
class Standings:
    """Lines as they stand in documents."""

    lines: Lines
    folds: npt.NDArray[np.intp]

    def forest(self, without: Collection[int] = ()) -> Stage:
        """Return the forest, grown without some folds."""
        return grow_stage(self.lines.some(~np.isin(self.folds, list(without))), RECIPE)


def in_documents(own: Sequence[Sample], corpus: Path) -> Standings:
    """Return the lines of articles, and others put into these, as they stand in documents."""
    folds, rows, sizes = folds_of(own), list[_Row](), list[int]()
    for fold in range(FOLDS):
        known = [one for one, of in zip(own, folds, strict=True) if of != fold]
        unknown = [one for one, of in zip(own, folds, strict=True) if of == fold]
        model, articles = trained(known, corpus, frozenset({fold})), _articles(corpus, fold)
        before = len(rows)
        rows += (row for of_lang in articles.values() for lines in of_lang for row in _rows(lines, {}, model, 1.0))
        rows += _put(unknown, articles, model)
        sizes.append(len(rows) - before)
    measures, truth, weight = zip(*rows, strict=True)
    lines = Lines(np.array(measures, np.float32).T.copy(), LAST, np.array(truth, np.uint8), np.array(weight))
    return Standings(lines, np.arange(FOLDS).repeat(sizes))


def _rows(lines: Sequence[str], put: dict[int, Sample], model: Model, others: float) -> Iterator[_Row]:
    """Yield how the lines of a document stand that the search leaves; `others` is the weight of its own lines, `put`
    says which are not.
    """
    known = {found.line for found in search(lines, Judge(model, _LEAST))}
    stands = standing(lines, screen(lines), known, model)
    for at, measures in zip(stands.lines, stands.table.T, strict=True):
        if at in put:
            yield _Row(measures, put[at].is_advert, 1.0 if put[at].is_advert else _STAYS)
        elif others:
            yield _Row(measures, False, others)


def _put(unknown: Sequence[Sample], articles: dict[str, list[list[str]]], model: Model) -> Iterator[_Row]:
    """Yield how lines stand that were put into articles, and the lines of those articles."""
    rng = random.Random(SEED)
    for lang in LANGUAGES:
        small = [lines for lines in articles[lang] if sum(map(bool, lines)) <= _LARGEST]
        kinds = {truth: [one for one in unknown if one.lang == lang and one.is_advert == truth] for truth in (1, 0)}
        for truth, samples in kinds.items():
            waiting = iter(rng.sample(samples, min(_MOST, len(samples))))
            while some := list(islice(waiting, rng.randint(1, _TOGETHER))):
                if rng.random() < _MIXED:
                    some.append(rng.choice(kinds[not truth]))
                yield from _rows(*_with(some, rng.choice(small), rng), model, _BESIDE if truth else 0.0)


def _with(some: Sequence[Sample], article: Sequence[str], rng: random.Random) -> tuple[list[str], dict[int, Sample]]:
    """Return an article with some lines put into it, and where they stand.

    >>> lines, put = _with([Sample("advert", "en", "loans", True)], ["title"], random.Random(0))
    >>> lines, list(put)
    (['title', 'advert'], [1])
    """
    document: list[str | Sample] = list(article)
    for sample in some:
        document.insert(rng.randint(1, len(document)), sample)
    put = {at: one for at, one in enumerate(document) if isinstance(one, Sample)}
    return [one if isinstance(one, str) else " ".join(one.text.split("\n")).strip() for one in document], put


def _articles(corpus: Path, fold: int) -> dict[str, list[list[str]]]:
    """Return the lines of each article of a fold, by language."""
    found: dict[str, list[list[str]]] = {lang: [] for lang in LANGUAGES}
    with gzip.open(corpus / "pages.jsonl.gz", "rt", encoding="utf-8", errors="surrogatepass") as pages:
        for page in map(json.loads, pages):
            if page["gold"] and page["lang"] in found and fold_of(page.get("site") or page["id"]) == fold:
                found[page["lang"]].append(page["gold"].split("\n"))
    sentences = json.loads((corpus / "sentences.json").read_text(encoding="utf-8"))
    rng = random.Random(f"{SEED} {fold}")
    for lang in LANGUAGES:
        while len(found[lang]) < _INVENTED:
            found[lang].append(rng.sample(sentences[lang], rng.randint(*_SENTENCES)))
    return found
