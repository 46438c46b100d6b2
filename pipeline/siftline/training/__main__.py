"""`python -m siftline.training CORPUS --out DIR`: train the layout models for text and for pages.

With --folds a model is trained for each fold of sites, without that fold, into DIR/fold-K.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from .corpus import Corpus
from .examples import FOLDS, read, read_html
from .fit import train_pages, train_text


def main() -> None:
    """Read the examples, train, write the weights."""
    parser = argparse.ArgumentParser(prog="python -m siftline.training", description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--folds", action="store_true", help="a model without each fold, instead of one for all")
    args = parser.parse_args()
    texts, pages = Corpus(list(read(args.corpus))), Corpus(list(read_html(args.corpus)))
    for fold in range(FOLDS) if args.folds else (None,):
        target = args.out if fold is None else args.out / f"fold-{fold}"
        target.mkdir(parents=True, exist_ok=True)
        without = frozenset(() if fold is None else (fold,))
        below = train_text(texts, without)
        below.model.save(target / "text.npz")
        train_pages(pages, texts, below, without).save(target / "html.npz")
        sizes = [f"{path.name} {path.stat().st_size / 1e6:.2f} MB" for path in sorted(target.glob("*.npz"))]
        print(f"{target}: {', '.join(sizes)}", flush=True)


if __name__ == "__main__":
    main()
