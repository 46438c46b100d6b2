"""The scripts of bench/ whose output is committed."""

from __future__ import annotations

import json
import subprocess
import sys
from xml.etree import ElementTree

PEERS = {
    "text": {"keep all": {"big/zh": [40, 0.5, 1.0, 0.6], "tiny/ru": [2, 1.0, 1.0, 1.0]}},
    "html": {
        "trafilatura": {"big/zh": [40, 0.8, 0.8, 0.8], "tiny/ru": [2, 1.0, 1.0, 1.0], "ms_per_page": 100.0},
        "quick & <rough>": {"big/zh": [40, 0.7, 0.7, 0.7], "tiny/ru": [2, 1.0, 1.0, 1.0], "ms_per_page": 6.0},
    },
}
OURS = {"text": {"big/zh": {"n": 40, "F1": 0.75}}, "html": {"big/zh": {"n": 40, "F1": 0.91}}}


def test_the_table_names_the_best_and_puts_times_in_proportion(root, tmp_path):
    speed = {"speed": {"html": {"times_trafilatura": 4.0}}}
    for name, figures in {"peers": PEERS, "ours": OURS, "speed": speed}.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(figures))
    files = [tmp_path / f"{name}.json" for name in ("peers", "ours", "speed")]
    subprocess.run([sys.executable, root / "bench" / "table.py", *files, "--out", tmp_path], check=True)
    rows = (tmp_path / "peers.md").read_text().splitlines()
    assert "| **siftline** | **.750** | **.750** |" in rows
    assert "| **siftline** | **.910** | **.910** | 25.0 |" in rows
    assert "| trafilatura | .800 | .800 | 100.0 |" in rows
    assert not any("tiny" in row for row in rows)


def test_the_picture_holds_each_tool(root, tmp_path):
    (tmp_path / "peers.json").write_text(json.dumps(PEERS))
    (tmp_path / "ours.json").write_text(json.dumps(OURS | {"speed": {"html": {"times_trafilatura": 4.0}}}))
    command = [sys.executable, root / "bench" / "table.py", tmp_path / "peers.json", tmp_path / "ours.json"]
    subprocess.run([*command, "--out", tmp_path], check=True)
    tree = ElementTree.parse(tmp_path / "peers.svg")
    texts = [element.text for element in tree.iter("{http://www.w3.org/2000/svg}text")]
    assert {"siftline", "trafilatura", "quick & <rough>"} <= set(texts)
    assert len(list(tree.iter("{http://www.w3.org/2000/svg}circle"))) == 3
