"""Throughput of siftline beside the libraries that it stands on, on this machine, in this run.

    python bench/speed.py [CORPUS.jsonl]

CORPUS holds a JSON object a line with `text`; without it the documents of seeds/ are used, over and over. All
figures are CPU time in one process, after a first round that is not counted, and lines seen before are forgotten.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import ftfy
import trafilatura

import siftline

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 5


def main() -> None:
    """Print a line for each thing measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, nargs="?")
    texts, pages = documents(parser.parse_args().corpus)
    rate("clean: text", lambda text: siftline.Cleaner().clean(text, html=False).record(), texts[:1])
    cleaner = siftline.Cleaner()
    rate("clean: text, rules loaded", fresh(cleaner), texts)
    rate("repair alone", siftline.repair, texts)
    rate("ftfy.fix_text", ftfy.fix_text, texts)
    rate("clean: pages", lambda page: cleaner.clean(page, html=True).record(), pages)
    rate("trafilatura.extract", lambda page: trafilatura.extract(page, with_metadata=True), pages)


def fresh(cleaner: siftline.Cleaner) -> Callable[[str], object]:
    """Clean as if each document were the first of its site."""

    def clean(text: str) -> object:
        cleaner.library.lines.forget()
        return cleaner.clean(text, html=False).record()

    return clean


def documents(corpus: Path | None) -> tuple[list[str], list[str]]:
    """Return texts and pages."""
    seeds = sorted((ROOT / "seeds").iterdir())
    pages = [siftline.stages.decode.decode(path.read_bytes())[0] for path in seeds if path.suffix == ".html"]
    if corpus:
        with corpus.open(encoding="utf-8", errors="surrogatepass") as file:
            return [json.loads(line)["text"] for line in file], pages
    return [path.read_text(encoding="utf-8") for path in seeds if path.suffix == ".txt"], pages


def rate(name: str, work: Callable[[str], object], inputs: Sequence[str]) -> None:
    """Print the median rate of some rounds over the inputs."""
    spent = []
    for _ in range(ROUNDS + 1):
        start = time.process_time()
        for text in inputs:
            work(text)
        spent.append(time.process_time() - start)
    median = sorted(spent[1:])[ROUNDS // 2]
    size = sum(len(text.encode("utf-8", "surrogatepass")) for text in inputs)
    print(f"{name:28s} {size / 1e6 / median:8.2f} MB a CPU second, {1000 * median / len(inputs):8.2f} ms a document")


if __name__ == "__main__":
    main()
