"""`python -m siftline.training CORPUS --out DIR`: train the spam score, then the layout models for text and for pages.

With --folds a model is trained for each fold of sites, without that fold, into DIR/fold-K.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from ..library import default_folder
from .corpus import Corpus
from .examples import FOLDS, read, read_html
from .fit import train_pages, train_text
from .paragraphs import in_paragraphs
from .spam import own_lines, trained
from .standing import in_documents
from .unseen import unseen
from .written import pages as written_pages
from .written import talk


def main() -> None:
    """Read the examples, train, write the weights."""
    parser = argparse.ArgumentParser(prog="python -m siftline.training", description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--extra", type=Path, nargs="*", default=[], help="more folders of pages like CORPUS/silver")
    parser.add_argument("--folds", action="store_true", help="a model without each fold, instead of one for all")
    parser.add_argument("--wordings", type=Path, default=Path("training/spam"), help="adverts, and what stays")
    parser.add_argument("--pages", type=Path, default=Path("training/layout"), help="pages in other languages")
    parser.add_argument("--spam", action="store_true", help="the spam score alone")
    args = parser.parse_args()
    train_spam(args)
    if not args.spam:
        train_layout(args)


def train_spam(args: argparse.Namespace) -> None:
    """Train the spam score."""
    own, spoken = own_lines(args.wordings, default_folder()), list(talk(args.wordings / "talk"))
    folds = list(unseen(own, args.corpus, spoken))
    standings, paragraphs = in_documents(folds), in_paragraphs(folds)
    for fold in range(FOLDS) if args.folds else (None,):
        last, inside = (seen.forest(without(fold)) for seen in (standings, paragraphs))
        model = replace(trained(own, args.corpus, spoken, without(fold)), last=last, inside=inside)
        model.save(folder(args.out, fold) / "spam.npz")


def train_layout(args: argparse.Namespace) -> None:
    """Train the layout models."""
    texts = Corpus(list(read(args.corpus, *args.extra)), list(written_pages(args.pages)))
    pages = Corpus(list(read_html(args.corpus, *args.extra)))
    for fold in range(FOLDS) if args.folds else (None,):
        target = folder(args.out, fold)
        below = train_text(texts, without(fold))
        below.model.save(target / "text.npz")
        train_pages(pages, texts, below, without(fold)).save(target / "html.npz")
        sizes = [f"{path.name} {path.stat().st_size / 1e6:.2f} MB" for path in sorted(target.glob("*.npz"))]
        print(f"{target}: {', '.join(sizes)}", flush=True)


def folder(out: Path, fold: int | None) -> Path:
    """Return the folder of a fold's weights, or of those for all, and make it."""
    target = out if fold is None else out / f"fold-{fold}"
    target.mkdir(parents=True, exist_ok=True)
    return target


def without(fold: int | None) -> frozenset[int]:
    """Return the folds to leave out."""
    return frozenset(() if fold is None else (fold,))


if __name__ == "__main__":
    main()
