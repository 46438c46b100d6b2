"""Translation memories: the paired paragraphs of all documents as TMX 1.4, one file for each pair of languages.

The format is LISA's "TMX 1.4b Specification" (2005). A unit holds one paragraph in each language, or several where the
aligner found that they translate each other only together. No date stands in it: the same input gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from html import escape
from pathlib import Path
from typing import IO, Any

import regex

from .. import __version__
from ..late import late
from .writing import one_line, replacing

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
<header creationtool="siftline" creationtoolversion="{version}" segtype="paragraph" o-tmf="siftline" adminlang="en"\
 srclang="{lang}" datatype="plaintext"/>
<body>
"""
_TAIL = b"</body>\n</tmx>\n"
_OURS = b'<header creationtool="siftline"'
_NO_XML = late(regex.compile, r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
"""Characters that XML 1.0 forbids, section 2.2."""
_MARK = late(regex.compile, r"(?:> )*(?:#{1,6} |- )|(?:> )+")
"""Markdown of a heading, a list item or a quotation, which is no part of what is translated."""

Unit = tuple[str, str]


@contextmanager
def memories(folder: Path) -> Iterator[Callable[[dict[str, Any]], int]]:
    """Give a function that adds the pairs of a result to `folder`/<a>-<b>.tmx and returns how many units they make.

    When all is done the files take their places, and what an earlier run wrote of other languages is removed.
    """
    with ExitStack() as stack:
        files: dict[Path, IO[bytes]] = {}

        def add(record: dict[str, Any]) -> int:
            found = units(record)
            if not found:
                return 0
            langs = list(record["body"])[:2]
            target = folder / f"{'-'.join(langs)}.tmx"
            if target not in files:
                files[target] = stack.enter_context(replacing(target))
                head = _HEAD.format(version=__version__, lang=_xml(langs[0]))
                files[target].write(head.encode())
            files[target].writelines(_unit(record, langs, unit) for unit in found)
            return len(found)

        yield add
        for file in files.values():
            file.write(_TAIL)
    _remove_stale(folder, files)


def units(record: dict[str, Any]) -> list[Unit]:
    """Return what translates each other in a result, as text in its first two languages.

    >>> body = {"zh": ["甲。", "乙。"], "en": ["A and b."]}
    >>> units({"body": body, "pairs": [[0, 0], [1, 0]]})
    [('甲。 乙。', 'A and b.')]
    """
    groups: list[tuple[list[int], list[int]]] = []
    for a, b in record["pairs"]:
        if not (groups and (a in groups[-1][0] or b in groups[-1][1])):
            groups.append(([], []))
        for places, place in zip(groups[-1], (a, b), strict=True):
            if place not in places:
                places.append(place)
    sides = list(record["body"].values())[:2]
    return [unit for group in groups if all(unit := _texts(sides, group))]


def _texts(sides: list[list[str]], group: tuple[list[int], list[int]]) -> Unit:
    first, second = ([one_line(side[place]) for place in places] for side, places in zip(sides, group, strict=True))
    marks = {found[0] if (found := _MARK.match(text)) else "" for text in (*first, *second)}
    cut = len(marks.pop()) if len(marks) == 1 else 0
    return " ".join(text[cut:] for text in first).strip(), " ".join(text[cut:] for text in second).strip()


def _unit(record: dict[str, Any], langs: list[str], unit: Unit) -> bytes:
    notes = {"x-document": record["id"], "x-url": record["meta"].get("source_url", "")}
    props = "".join(f'<prop type="{kind}">{_xml(value)}</prop>' for kind, value in notes.items() if value)
    tuvs = "".join(
        f'<tuv xml:lang="{_xml(lang)}"><seg>{_xml(text)}</seg></tuv>' for lang, text in zip(langs, unit, strict=True)
    )
    return f"<tu>{props}{tuvs}</tu>\n".encode()


def _xml(text: str) -> str:
    return escape(_NO_XML.sub("\ufffd", str(text)))


def _remove_stale(folder: Path, written: dict[Path, IO[bytes]]) -> None:
    for path in folder.glob("*-*.tmx"):
        if path not in written:
            with path.open("rb") as file:
                ours = _OURS in file.read(200)
            if ours:
                path.unlink()
