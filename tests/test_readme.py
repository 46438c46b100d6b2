"""The README shows what the program does today."""

from __future__ import annotations

import re
from pathlib import Path

import siftline
from siftline import article_file

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_example_comes_out_as_shown():
    (raw,) = re.findall(r"```text\n(.*?)```", README, re.S)
    (shown,) = re.findall(r"```markdown\n(.*?)```", README, re.S)
    assert article_file.render(siftline.clean(raw).record("example")) == shown


def test_the_rules_that_it_names_exist(library):
    ids = {rule.id for rule in library.book.rules}
    named = set(re.findall(r"`((?:chrome|harvest|spam)/[a-z]+/[a-z-]+)`", README))
    assert named
    assert named <= ids


def test_documents_name_no_file_that_is_not_there():
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]:
        for link in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / link).exists(), f"{path.name}: {link}"
