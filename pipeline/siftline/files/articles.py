"""The files of one article, as `--to md` and `--to txt` write them."""

from __future__ import annotations

import glob
from pathlib import Path
from typing import Any

import regex

from .. import article_file
from ..late import late
from .ids import safe_id
from .json_lines import json_line
from .writing import one_line, replacing

_OURS = late(regex.compile, r"\.(?:[a-z]{2,3}\.txt|[a-z]{2,3}-[a-z]{2,3}\.tsv)")


def write_article(folder: Path, record: dict[str, Any], fmt: str, ledger: bool = True) -> list[Path]:
    """Write the files of one document below `folder`; return them. `fmt` is md or txt."""
    name = safe_id(record["id"])
    written: list[Path] = []

    def put(ending: str, content: str | bytes) -> None:
        target = folder / f"{name}.{ending}"
        with replacing(target) as file:
            file.write(content if isinstance(content, bytes) else content.encode("utf-8", "replace"))
        written.append(target)

    if fmt == "md":
        put("md", article_file.render(record))
    for lang, paragraphs in record["body"].items():
        put(f"{lang}.txt", "".join(f"{one_line(p)}\n" for p in paragraphs))
    if record["pairs"]:
        first, second = list(record["body"])[:2]
        rows = ((record["body"][first][a], record["body"][second][b]) for a, b in record["pairs"])
        put(f"{first}-{second}.tsv", "".join(f"{one_line(a)}\t{one_line(b)}\n" for a, b in rows))
    if ledger:
        put("changes.jsonl", b"".join(json_line(change) for change in record["changes"]))
    _remove_stale(folder / name, written)
    return written


def _remove_stale(stem: Path, written: list[Path]) -> None:
    """Remove what an earlier run wrote of the same document in a language that it no longer has."""
    for path in stem.parent.glob(f"{glob.escape(stem.name)}.*"):
        if _OURS.fullmatch(path.name[len(stem.name) :]) and path not in written:
            path.unlink()
