"""The table of other tools and siftline on the same pages, and a picture of quality against speed.

    python bench/table.py PEERS.json FIGURES.json [...] [--out bench]

PEERS has the other tools' figures, by kind (`html`: given the page; `text`: given its visible lines) and tool: for
each set of pages [n, precision, recall, F1], and `ms_per_page`. FIGURES are siftline's, as `crossval.py --json` and
the program that it runs write them: by task and set, with `F1`; the task `speed` has `times_trafilatura`. Where two
files have a task, the last one counts. Writes peers.md and peers.svg.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

OURS = "siftline"
KINDS = {"text": "Given the visible lines, without markup", "html": "Given the page"}
FEWEST = 10
"""Pages that a set must have for a column of its own."""
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 440, 60, 150, 30, 50
"""Of the picture and of what lies around its axes, in pixels."""
STYLE = """
text { font: 13px system-ui, sans-serif; fill: #24292f }
.axis, .grid { stroke: #57606a; stroke-width: 1 } .grid { stroke-opacity: .25 }
.peer { fill: #57606a } .ours { fill: #0969da } text.ours { font-weight: 600 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } .axis, .grid { stroke: #9198a1 } .peer { fill: #9198a1 } .ours { fill: #4493f8 }
}
"""


class Tool(NamedTuple):
    """The figures of one tool: F1 by set, 0 to 1, and CPU milliseconds a page where they are known."""

    name: str
    f1: dict[str, float]
    milliseconds: float | None

    def mean(self, sets: Sequence[str]) -> float | None:
        """Return the mean F1 over the sets; None where one is missing."""
        return sum(self.f1[name] for name in sets) / len(sets) if all(name in self.f1 for name in sets) else None


def main() -> None:
    """Write the tables and the picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("peers", type=Path)
    parser.add_argument("figures", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent)
    args = parser.parse_args()
    peers = json.loads(args.peers.read_text(encoding="utf-8"))
    ours: dict[str, Any] = {}
    for path in args.figures:
        ours |= json.loads(path.read_text(encoding="utf-8"))
    kinds = {kind: (columns(peers[kind]), tools(kind, peers, ours)) for kind in KINDS if kind in peers}
    (args.out / "peers.md").write_text(page(kinds), encoding="utf-8")
    (args.out / "peers.svg").write_text(picture(*kinds["html"]), encoding="utf-8")


def columns(peers: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return the sets with enough pages, Chinese first."""
    first = next(iter(peers.values()))
    names = [name for name, row in first.items() if isinstance(row, list) and row[0] >= FEWEST]
    return sorted(names, key=lambda name: (not name.endswith("/zh"), name.partition("/")[2], name))


def tools(kind: str, peers: Mapping[str, Any], ours: Mapping[str, Any]) -> list[Tool]:
    """Return the tools of a kind, siftline first where it was measured."""
    found = [
        Tool(name, {of: row[3] for of, row in rows.items() if isinstance(row, list)}, rows.get("ms_per_page"))
        for name, rows in peers[kind].items()
    ]
    if kind not in ours:
        return found
    return [Tool(OURS, {of: row["F1"] for of, row in ours[kind].items()}, our_milliseconds(kind, peers, ours)), *found]


def our_milliseconds(kind: str, peers: Mapping[str, Any], ours: Mapping[str, Any]) -> float | None:
    """Return siftline's time a page on the machine of the others: trafilatura was timed beside both."""
    times = ours.get("speed", {}).get(kind, {}).get("times_trafilatura")
    return peers[kind]["trafilatura"]["ms_per_page"] / times if times else None


def page(kinds: Mapping[str, tuple[list[str], list[Tool]]]) -> str:
    """Return the tables as Markdown."""
    parts = [
        "# siftline beside other tools\n",
        "F1 over shingles of four tokens, averaged over the pages of a set; the best in bold. `mean` is over the sets. "
        "siftline's weights were trained without the sites of the pages that they are measured on. CPU ms are those of "
        "one page on one core; siftline's were timed beside trafilatura's and put in proportion. "
        "`make table` writes this page.\n",
        "![F1 against CPU time](peers.svg)\n",
    ]
    return "\n".join(parts + [f"## {KINDS[kind]}\n\n{table(*rest)}" for kind, rest in kinds.items()])


def table(sets: Sequence[str], rows: Sequence[Tool]) -> str:
    """Return one table, the best tool first."""
    timed = any(tool.milliseconds for tool in rows)
    best = {name: max(round(tool.f1.get(name, 0), 3) for tool in rows) for name in sets}
    top = max((tool.mean(sets) or 0) for tool in rows)
    head = ["", *(name.replace("/", " ") for name in sets), "mean", *(["CPU ms"] if timed else [])]
    lines = [head, ["---", *["---:"] * (len(head) - 1)]]
    for tool in sorted(rows, key=lambda tool: (-(tool.mean(sets) or 0), tool.name)):
        cells = [figure(tool.f1.get(name), best[name]) for name in sets]
        cells.append(figure(tool.mean(sets), round(top, 3)))
        name = f"**{tool.name}**" if tool.name == OURS else tool.name
        lines.append([name, *cells, *([f"{tool.milliseconds:.1f}" if tool.milliseconds else "–"] if timed else [])])
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def figure(value: float | None, best: float) -> str:
    """Return a cell.

    >>> figure(0.91234, 0.912), figure(0.5, 0.912), figure(None, 0.912)
    ('**.912**', '.500', '–')
    """
    if value is None:
        return "–"
    text = f"{value:.3f}".removeprefix("0")
    return f"**{text}**" if round(value, 3) >= best else text


def picture(sets: Sequence[str], rows: Sequence[Tool]) -> str:
    """Return an SVG: mean F1 over the sets upwards, CPU ms a page to the right on a logarithmic axis."""
    points = [(tool.name, tool.milliseconds, mean) for tool in rows if tool.milliseconds and (mean := tool.mean(sets))]
    fast = math.floor(math.log10(min(time for _, time, _ in points)))
    slow = math.ceil(math.log10(max(time for _, time, _ in points)))
    low = math.floor(10 * min(mean for *_, mean in points)) / 10

    def across(time: float) -> float:
        return LEFT + (math.log10(time) - fast) / (slow - fast) * (WIDTH - LEFT - RIGHT)

    def down(mean: float) -> float:
        return HEIGHT - BOTTOM - (mean - low) / (1 - low) * (HEIGHT - TOP - BOTTOM)

    shapes = [line("grid", (across(10.0**n), TOP), (across(10.0**n), HEIGHT - BOTTOM)) for n in range(fast, slow + 1)]
    shapes += [label(f"{10.0**n:g}", (across(10.0**n), HEIGHT - BOTTOM + 20), "middle") for n in range(fast, slow + 1)]
    ticks = [n / 10 for n in range(round(low * 10), 11)]
    shapes += [line("grid", (LEFT, down(tick)), (WIDTH - RIGHT, down(tick))) for tick in ticks]
    shapes += [label(f"{tick:.1f}", (LEFT - 8, down(tick) + 4), "end") for tick in ticks]
    shapes.append(line("axis", (LEFT, HEIGHT - BOTTOM), (WIDTH - RIGHT, HEIGHT - BOTTOM)))
    shapes.append(label("CPU ms a page (logarithmic)", ((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10), "middle"))
    shapes.append(label("mean F1 over the sets", (LEFT, TOP - 12), "start"))
    shapes += dots([(name, across(time), down(mean)) for name, time, mean in points])
    body = "\n".join(shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">\n'
        f"<title>F1 against CPU time a page</title>\n<style>{STYLE}</style>\n{body}\n</svg>\n"
    )


def dots(points: Sequence[tuple[str, float, float]]) -> list[str]:
    """Return the tools as dots with their names beside them, names that would lie on each other moved down."""
    shapes: list[str] = []
    written: list[tuple[float, float]] = []
    for name, x, y in sorted(points, key=lambda point: (point[2], point[0])):
        kind = "ours" if name == OURS else "peer"
        shapes.append(f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{6 if kind == "ours" else 4}"/>')
        row = y + 4
        while any(abs(row - other) < 14 and abs(x - left) < 130 for left, other in written):
            row += 1
        written.append((x, row))
        shapes.append(label(name, (x + 9, row), "start", kind if kind == "ours" else ""))
    return shapes


def line(kind: str, start: tuple[float, float], end: tuple[float, float]) -> str:
    """Return a line."""
    return f'<path class="{kind}" d="M{start[0]:.1f} {start[1]:.1f}L{end[0]:.1f} {end[1]:.1f}"/>'


def label(text: str, place: tuple[float, float], anchor: str, kind: str = "") -> str:
    """Return a text."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;")
    style = f' class="{kind}"' if kind else ""
    return f'<text{style} x="{place[0]:.1f}" y="{place[1]:.1f}" text-anchor="{anchor}">{safe}</text>'


if __name__ == "__main__":
    main()
