"""The commands that docs/review.md, the workflow files and the pre-commit hook give are run as they stand there."""

from __future__ import annotations

import gzip
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from review_help import CHROME_EN, PROSE, corpus_in, rules_in

pytestmark = [
    pytest.mark.usefixtures("own_cache"),
    pytest.mark.skipif(not (shutil.which("bash") and shutil.which("git")), reason="needs bash and git"),
]

MALFORMED = "[x]\nwhy = 'no pattern'\n"
STUB = """#!/bin/sh
printf '%s\\n' "$0 $*" >> "$CALLS"
case " $* " in *" --edit-last "*) exit 1;; esac
"""


def git(folder, *args):
    names = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", "-C", str(folder), *names, *args], check=True, capture_output=True)
    return done.stdout.decode().strip()


def program(folder, name, text):
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    (folder / name).chmod(0o755)


@pytest.fixture
def repo(tmp_path, monkeypatch):
    """A checkout on `feature`, cut from `main`, with `siftline` on the path, and other programs as stubs."""
    repo = tmp_path / "repo"
    rules_in(repo / "rules")
    corpus_in(repo / "a corpus")
    git(tmp_path, "init", "-q", "-b", "main", str(repo))
    git(repo, "add", "-A")
    git(repo, "commit", "-q", "-m", "rules")
    git(repo, "checkout", "-q", "-b", "feature")
    program(tmp_path / "bin", "siftline", f'#!/bin/sh\nexec {sys.executable} -m siftline "$@"\n')
    for name in ("pip", "gh", "curl"):
        program(tmp_path / "bin", name, STUB)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("CALLS", str(tmp_path / "calls"))
    (tmp_path / "calls").touch()
    return repo


def shell(repo, script, env):
    command = ["bash", "-eu", "-o", "pipefail", "-c", script]
    return subprocess.run(command, cwd=repo, env={**os.environ, **env}, capture_output=True, check=False, timeout=300)


def calls(repo):
    return (repo.parent / "calls").read_text(encoding="utf-8")


# Workflows


def github(root, repo, base):
    """Run the steps of the GitHub workflow; return the exit status of the first that fails, or 0."""
    job = yaml.safe_load((root / "docs/workflows/github.yml").read_text(encoding="utf-8"))["jobs"]["review"]
    outputs, summary = repo.parent / "outputs", repo.parent / "summary"
    outputs.touch()

    def filled(text):
        said = dict(line.split("=", 1) for line in outputs.read_text(encoding="utf-8").splitlines())
        known = {
            "github.event.pull_request.base.sha": base,
            "github.event.pull_request.number": "7",
            "github.token": "none",
            "steps.review.outputs.status": said.get("status"),
        }
        return re.sub(r"\$\{\{ *(.*?) *\}\}", lambda match: known[match[1]], str(text))

    files = {"GITHUB_OUTPUT": str(outputs), "GITHUB_STEP_SUMMARY": str(summary)}
    for step in job["steps"]:
        assert set(step) <= {"uses", "with", "run", "id", "env", "if"}
        if "run" in step:
            env = {**job["env"], "CORPUS": "a corpus", **step.get("env", {})}
            done = shell(repo, filled(step["run"]), {**files, **{key: filled(value) for key, value in env.items()}})
            if done.returncode:
                return done.returncode
    return 0


def gitlab(root, repo, base):
    """Run the script of the GitLab job, its lines in one shell; return the exit status."""
    job = yaml.safe_load((root / "docs/workflows/gitlab.yml").read_text(encoding="utf-8"))["rules review"]
    given = {name: f"http://host.example.com/{name}" for name in ("CI_API_V4_URL", "CI_PROJECT_DIR")}
    given |= {"CI_PROJECT_ID": "1", "CI_MERGE_REQUEST_IID": "7", "CI_MERGE_REQUEST_DIFF_BASE_SHA": base}
    env = {key: str(value) for key, value in job["variables"].items() if key != "XDG_CACHE_HOME"}
    given |= {**env, "CORPUS": "a corpus", "REVIEW_TOKEN": "none"}
    script = "\n".join(job["script"])
    used = set(re.findall(r"\$\{?([A-Z_\d]{2,})", script))
    assert used <= given.keys()
    assert job["artifacts"]["when"] == "always"
    return shell(repo, script, given).returncode


TIDES = "Tides are high today, as everybody in the valley has noticed by now, and the mill stands still."
AGAINST_TIDES = CHROME_EN.replace("|Weather)", "|Weather|Tides are.+)")


@pytest.mark.parametrize("host", [github, gitlab])
@pytest.mark.parametrize(
    ("changed", "kept", "status"),
    [(AGAINST_TIDES, False, 0), (AGAINST_TIDES, True, 1), (MALFORMED, False, 2)],
    ids=["changed", "gold lost", "malformed"],
)
def test_a_workflow_ends_as_the_review_does(root, repo, host, changed, kept, status):
    (repo / "a corpus/tides.txt").write_text("\n".join([*PROSE, TIDES, *PROSE]), encoding="utf-8")
    (repo / "gold.jsonl").write_text(json.dumps({"id": "tides", "text": TIDES, "keep": kept}) + "\n", encoding="utf-8")
    base = git(repo, "rev-parse", "main")
    rules_in(repo / "rules", chrome_en=changed)
    git(repo, "commit", "-q", "-a", "-m", "a change")
    assert host(root, repo, base) == status
    commented = [line for line in calls(repo).splitlines() if "review.md" in line]
    assert bool(commented) is (status < 2)
    if status < 2:
        text = (repo / "review.md").read_text(encoding="utf-8")
        assert text.startswith("## Rules: " + ("❌" if status else "🔎"))
        assert f"{base[:12]} → working tree" in text
        assert len(text) <= 60_000
        assert TIDES in (repo / "review.html").read_text(encoding="utf-8")


# The hook


def test_the_pre_commit_hook_checks_the_rules(root, repo):
    (hook,) = yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook.keys() == {"id", "name", "description", "entry", "language", "files", "pass_filenames"}
    assert re.search(hook["files"], "rules/chrome/en.toml")
    assert not re.search(hook["files"], "docs/rules/chrome-en.md")
    command = shlex.split(hook["entry"])
    assert subprocess.run(command, cwd=repo, check=False, capture_output=True).returncode == 0
    (repo / "rules/chrome/en.toml").write_text(MALFORMED, encoding="utf-8")
    done = subprocess.run(command, cwd=repo, check=False, capture_output=True)
    assert done.returncode == 2
    assert done.stderr.startswith(b"siftline: rules/chrome/en.toml:1: x: ")


# docs/review.md


def commands_in(text):
    """Return the command lines of a page: those of its blocks of code, and those between backquotes."""
    blocks = "\n".join(re.findall(r"```sh\n(.*?)```", text, re.S))
    found = re.findall(r"^(?:siftline|make) .*", blocks, re.M) + re.findall(r"`((?:siftline|make) [^`]+)`", text)
    return [re.sub(r"\s+#.*", "", line) for line in found if len(line.split()) > 2]


def test_every_command_of_the_guide_does_what_it_says(root, repo):
    text = (root / "docs/review.md").read_text(encoding="utf-8")
    prepared(repo)
    ran = []
    for line in dict.fromkeys(commands_in(text)):
        if line.startswith("make "):
            assert re.search(rf"^{re.escape(line.split()[1])}:", (root / "Makefile").read_text(encoding="utf-8"), re.M)
            continue
        if "decisions.json" in line:
            decide(repo)
        words = [changes(repo)[0]["id"] if re.fullmatch("[0-9a-f]{10}", word) else word for word in shlex.split(line)]
        done = subprocess.run(words, cwd=repo, capture_output=True, check=False, timeout=300)
        assert done.returncode == 0, (line, done.stderr)
        assert b"Traceback" not in done.stderr
        ran.append(line)
    assert len(ran) > 8
    assert {line.split()[1] for line in ran} == {"review", "rules", "explain"}


def prepared(repo):
    """Make what the guide takes for given: a corpus in two forms, an older checkout beside this one, and a change."""
    (repo / "pages").mkdir()
    corpus = (repo / "a corpus/corpus.jsonl").read_bytes()
    (repo / "pages/corpus.jsonl").write_bytes(corpus)
    (repo / "pages.jsonl.gz").write_bytes(gzip.compress(corpus))
    (repo / "page.txt").write_text("\n".join(["Home", *PROSE * 4]), encoding="utf-8")
    rules_in(repo.parent / "old/rules")
    rules_in(repo / "rules", chrome_en=CHROME_EN.replace("|Weather)", ")"))


def changes(repo):
    data = json.loads((repo / "review.json").read_text(encoding="utf-8"))
    return [{**group, **change} for group in data["groups"] for change in group["changes"]]


def decide(repo):
    found = [{**change, "verdict": "right"} for change in changes(repo)[1:3]]
    content = {"format": "siftline-decisions/1", "decisions": found}
    (repo / "decisions.json").write_text(json.dumps(content), encoding="utf-8")


def test_the_workflow_files_are_those_of_the_guide(root):
    text = (root / "docs/review.md").read_text(encoding="utf-8")
    for path in re.findall(r"\]\((workflows/[^)]+)\)", text):
        assert Path(root / "docs" / path).is_file()
