"""Each seed comes out as a person who cleans it by hand would leave it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import siftline

ROOT = Path(__file__).resolve().parents[1]
GOLD = json.loads((ROOT / "tests" / "seeds_gold.json").read_text(encoding="utf-8"))
SEEDS = {path.name.split(".")[0]: path for path in sorted((ROOT / "seeds").iterdir())}
FOLDED = str.maketrans("，：；！？（）", ",:;!?()")


def plain(text):
    """Without what a fold of punctuation or a wrap can change."""
    return " ".join(text.translate(FOLDED).split())


def record_of(name):
    return siftline.clean(SEEDS[name].read_bytes()).record(name)


def test_every_seed_has_a_gold_and_every_gold_a_seed():
    assert set(GOLD) == set(SEEDS)
    assert len(SEEDS) >= 10


@pytest.mark.parametrize("name", sorted(GOLD))
def test_a_seed_comes_out_as_its_gold(name):
    want, got = GOLD[name], record_of(name)
    accepted = {other: phrase for phrase, others in want.get("accept", {}).items() for other in others}

    def fit(text):
        for other, phrase in accepted.items():
            text = text.replace(other, phrase)
        return plain(text)

    assert got["languages"] == want["languages"]
    assert {lang: [fit(p) for p in ps] for lang, ps in got["body"].items()} == {
        lang: [plain(p) for p in ps] for lang, ps in want["body"].items()
    }
    assert {k: plain(v) for k, v in got["title"].items()} == {k: plain(v) for k, v in want["title"].items()}
    if "pairs" in want:
        assert got["pairs"] == want["pairs"]
    for field, value in want.get("meta", {}).items():
        have = got["meta"].get(field)
        if have is None and field in want.get("optional", []):
            continue
        if field == "credits":
            have = {role: have[role] for role in value if role in have}
        assert plain(json.dumps(have, ensure_ascii=False)) == plain(json.dumps(value, ensure_ascii=False)), field


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_a_seed_can_be_restored(name):
    raw = SEEDS[name].read_bytes()
    record = json.loads(json.dumps(record_of(name)))
    if SEEDS[name].suffix == ".html":
        assert record["source"]["sha256"]
    else:
        assert siftline.restore(record) == raw


def test_the_clean_seed_is_left_alone():
    assert siftline.clean(SEEDS["clean-article"].read_bytes()).changes == ()
