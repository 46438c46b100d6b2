"""What is installed from the wheel works without the checkout: the rules travel inside."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def python(tmp_path_factory):
    """A fresh environment with nothing but the wheel and what it asks for."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("siftline-*.whl")
    venv.create(folder / "env", with_pip=True)
    found = folder / "env" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    pip = [str(found), "-m", "pip", "install", "--quiet", "--constraint", str(ROOT / "constraints.txt"), str(wheel)]
    subprocess.run(pip, check=True, capture_output=True)
    return found


def test_the_wheel_cleans_a_file_from_another_folder(python, tmp_path):
    (tmp_path / "a.txt").write_text(
        "县里昨天修好了桥，沿河的村民都来看热闹。\n\n京ICP备00000000号-1\n", encoding="utf-8"
    )
    run = [str(python), "-m", "siftline", "clean", "a.txt", "--to", "jsonl", "-o", "out.jsonl"]
    done = subprocess.run(run, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    record = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
    assert record["text"] == "县里昨天修好了桥，沿河的村民都来看热闹。"
    assert record["changes"][0]["rule"] == "chrome/zh/icp-licence"


def test_the_python_lines_of_the_readme_run(python, tmp_path):
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.S)
    (tmp_path / "seeds").mkdir()
    seed = "news-divider-zh-en.txt"
    (tmp_path / "seeds" / seed).write_bytes((ROOT / "seeds" / seed).read_bytes())
    done = subprocess.run([str(python), "-X", "utf8", "-c", code], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert "chrome/zh/" in done.stdout.decode()
    assert (
        "site-packages"
        in subprocess.check_output(
            [str(python), "-c", "import siftline; print(siftline.__file__)"], cwd=tmp_path
        ).decode()
    )
