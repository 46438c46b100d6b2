"""Russian pages written to measure the layout stage, of which no weights have learnt: F1 over shingles of four tokens.

    python bench/written.py [FOLDER]

FOLDER holds pages as training/layout/ does, bench/layout/ where none is named. They stand in for pages with articles
that people cut out, of which there are next to none in Russian. `whole` is F1 of the text as it is.
"""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import mean

from siftline import Cleaner
from siftline.training.labels import f1
from siftline.training.written import marked


def main() -> None:
    """Print a line for each genre, and one for all."""
    for genre, (count, kept, whole) in measured(*map(Path, sys.argv[1:2])).items():
        print(f"{genre:8s} {count:3d} pages: {kept:.3f}, whole {whole:.3f}")


def measured(folder: Path = Path(__file__).parent / "layout") -> dict[str, tuple[int, float, float]]:
    """Return by genre, and for `all`, the number of pages, F1 of what stays, and of the text as it is."""
    cleaner = Cleaner()
    rows = []
    for page in marked(folder):
        article = "\n".join(line for line, mark in zip(page.lines, page.marks, strict=True) if mark)
        ours = cleaner.clean("\n".join(page.lines), html=False).text
        rows.append((page.genre, f1(ours.split("\n"), article), f1(page.lines, article)))
    found = {}
    for genre in (*sorted({row[0] for row in rows}), "all"):
        some = [row for row in rows if genre in ("all", row[0])]
        found[genre] = (len(some), mean(row[1] for row in some), mean(row[2] for row in some))
    return found


if __name__ == "__main__":
    main()
