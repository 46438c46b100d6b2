"""`python -m siftline.training CORPUS --out DIR`: train the layout model.

With --folds a model is trained for each fold of sites too, without that fold, into DIR/fold-K.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from .examples import FOLDS, read
from .fit import Corpus, train


def main() -> None:
    """Read the examples, train, write the weights."""
    parser = argparse.ArgumentParser(prog="python -m siftline.training", description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--folds", action="store_true", help="a model without each fold, instead of one for all")
    args = parser.parse_args()
    corpus = Corpus(list(read(args.corpus)))
    for fold in range(FOLDS) if args.folds else (None,):
        target = args.out / f"fold-{fold}" if fold is not None else args.out
        target.mkdir(parents=True, exist_ok=True)
        train(corpus, frozenset() if fold is None else frozenset({fold})).save(target / "text.npz")
        print(f"{target}: {(target / 'text.npz').stat().st_size / 1e6:.2f} MB", flush=True)


if __name__ == "__main__":
    main()
