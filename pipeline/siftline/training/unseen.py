"""Weights, adverts and articles that have not seen each other: what the forests learn from that are asked how lines and
sentences stand in their document.

For each fold of sites and of families of adverts there are weights trained without both, the articles of these sites,
and the adverts of these families, with the prose about them.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ..adverts.model import Model
from .adverts import LANGUAGES, SEED, Sample
from .examples import FOLDS, fold_of, records
from .spam import folds_of, trained
from .written import Talk

LARGEST = 120
"""Lines of an article that something is put into at most."""
_SENTENCES, _INVENTED = (5, 25), 60
"""Of how many sentences a document is made in a language of which there are no articles, and how many are."""


class Unseen(NamedTuple):
    """A fold, and weights that have seen nothing of it."""

    model: Model
    articles: dict[str, list[list[str]]]
    """The lines of each article, by language."""
    samples: list[Sample]
    """Adverts and prose about them."""

    def put(self, lang: str, is_advert: bool) -> list[Sample]:
        """Return what can be put into the articles of a language."""
        return [one for one in self.samples if one.lang == lang and one.is_advert == is_advert]


def unseen(own: Sequence[Sample], corpus: Path, spoken: Sequence[Talk]) -> Iterator[Unseen]:
    """Train weights without each fold."""
    folds = folds_of(own)
    for fold in range(FOLDS):
        known = [one for one, of in zip(own, folds, strict=True) if of != fold]
        samples = [one for one, of in zip(own, folds, strict=True) if of == fold]
        yield Unseen(trained(known, corpus, spoken, frozenset({fold})), _articles(corpus, spoken, fold), samples)


def _articles(corpus: Path, spoken: Sequence[Talk], fold: int) -> dict[str, list[list[str]]]:
    """Return the lines of each article of a fold, by language."""
    found: dict[str, list[list[str]]] = {lang: [] for lang in LANGUAGES}
    for page in records(corpus):
        if page["gold"] and page["lang"] in found and fold_of(page.get("site") or page["id"]) == fold:
            found[page["lang"]].append(page["gold"].split("\n"))
    for one in spoken:
        if one.fold == fold:
            found[one.lang].append(one.lines)
    sentences = json.loads((corpus / "sentences.json").read_text(encoding="utf-8"))
    rng = random.Random(f"{SEED} {fold}")
    for lang in LANGUAGES:
        while len(found[lang]) < _INVENTED:
            found[lang].append(rng.sample(sentences[lang], rng.randint(*_SENTENCES)))
    return found
