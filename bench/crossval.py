"""Cross-validation over sites: each fold of the pages is cleaned with weights trained without its sites.

    crossval.py WEIGHTS SCORE [TASK ...] [--json FILE]

WEIGHTS is the folder that `python -m siftline.training CORPUS --out WEIGHTS --folds` filled, SCORE a program that
takes a task, --fold K/N and --json FILE, and cleans with the weights that SIFTLINE_MODEL names. Prints the average
over the folds for each figure, and with --json writes it to FILE, by task and group, beside what FILE holds already.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

TASKS = ("text", "html", "lift", "harm")
COUNTS = ("n", "under_95")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("score")
    parser.add_argument("tasks", nargs="*", default=TASKS)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    folds = sorted(args.weights.glob("fold-*"))
    means = {}
    for task in args.tasks or TASKS:
        figures = [run(args.score, task, fold, f"{number}/{len(folds)}") for number, fold in enumerate(folds)]
        means[task] = averages(figures)
        for group, row in sorted(means[task].items()):
            print(f"{task:5s} {group:22s} " + "  ".join(f"{name} {value:.4f}" for name, value in row.items()))
    if args.json:
        before = json.loads(args.json.read_text(encoding="utf-8")) if args.json.exists() else {}
        args.json.parent.mkdir(parents=True, exist_ok=True)
        args.json.write_text(json.dumps(before | means, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def run(score: str, task: str, weights: Path, fold: str) -> dict[str, dict[str, float]]:
    """Return the figures of one fold by group."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "figures.json"
        command = [sys.executable, score, task, "--fold", fold, "--json", str(out)]
        subprocess.run(command, check=True, stdout=sys.stderr, env=os.environ | {"SIFTLINE_MODEL": str(weights)})
        found: dict[str, Any] = json.loads(out.read_text())[task]
        return found


def averages(figures: list[dict[str, dict[str, float]]]) -> dict[str, dict[str, float]]:
    """Average each figure over the folds that have its group; what counts documents is summed up."""
    values: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for fold in figures:
        for group, row in fold.items():
            for name, value in row.items():
                values[group][name].append(value)
    return {
        group: {name: sum(of) if name in COUNTS else sum(of) / len(of) for name, of in row.items()}
        for group, row in values.items()
    }


if __name__ == "__main__":
    main()
