"""What the tests of the adapters share: documents, what the command line makes of them, and the examples of the docs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import siftline

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT / "seeds"
PROSE = (
    "The harbour master said on Monday that the ferry would be back before the first frost, whatever the yard may say."
)
ZH = "县水利局昨天公布了新的灌溉计划，沿河十二个村子从明年春天起将分批用上改造后的水渠，工程由省里出资。"
PAGE = (
    '<html><head><title>The ferry is back - Example News</title><meta property="og:title" content="The ferry is back">'
    '<meta name="author" content="Ann Example"><meta property="article:published_time" content="2024-03-05T08:00:00">'
    f"</head><body><nav><a href=/>Home</a></nav><article><h1>The ferry is back</h1>{f'<p>{PROSE}</p>' * 3}</article>"
    "<footer>Share on Facebook</footer></body></html>"
)
DOCUMENTS = [
    *[path.read_text(encoding="utf-8", errors="replace") for path in sorted(SEEDS.iterdir()) if path.suffix == ".txt"],
    f"{PROSE}\n\nShare on Facebook\n",
    f"{ZH}\n\n京ICP备00000000号-1\n",
    "京ICP备00000000号-1\n",  # of which nothing is left
    *[f"{PROSE} It was berth {number}.\n\nShare on Facebook\n" for number in range(40)],
]


def piped(documents: list[str], kind: str = "text") -> list[dict[str, Any]]:
    """Return what `siftline pipe` gives for texts or pages."""
    lines = "".join(json.dumps({"id": str(at), kind: text}) + "\n" for at, text in enumerate(documents))
    command = [sys.executable, "-m", "siftline", "pipe"]
    done = subprocess.run(command, input=lines.encode(), capture_output=True, check=True, timeout=300)
    return [json.loads(line) for line in done.stdout.splitlines()]


def columns(record: dict[str, Any]) -> dict[str, Any]:
    """Return the columns that a table has of a result."""
    found = {key: record[key] for key in ("text", "languages", "pairs")}
    found |= {key: json.loads(json.dumps(record[key])) for key in ("title", "meta", "body")}
    found["ledger"] = {key: record[key] for key in ("lines", "changes", "source") if key in record}
    return found


def as_columns(row: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """Return the columns of a row of a table with what is JSON read."""
    found = {key: row.get(prefix + key) for key in ("text", "languages", "pairs", "title", "meta", "body", "ledger")}
    found["languages"] = list(found["languages"])
    found["pairs"] = [list(pair) for pair in found["pairs"]]
    return found | {key: json.loads(found[key]) for key in ("title", "meta", "body", "ledger")}


def restored(ledger: str) -> str | bytes:
    """Return what a ledger restores."""
    return siftline.restore(json.loads(ledger))


def examples(framework: str) -> list[str]:
    """Return the Python in a section of docs/adapters.md."""
    text = (ROOT / "docs" / "adapters.md").read_text(encoding="utf-8")
    (section,) = re.findall(rf"^## {framework}\n(.*?)(?=^## |\Z)", text, re.S | re.M)
    found = re.findall(r"```python\n(.*?)```", section, re.S)
    assert found
    return found


def run_example(code: str) -> str:
    """Run an example in the current folder, in a process of its own; returns what it prints."""
    Path("job.py").write_text(code, encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, "job.py"], capture_output=True, check=False, timeout=300, env=env)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()
