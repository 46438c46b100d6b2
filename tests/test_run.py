"""Many documents: taken through the stages side by side, and what one that goes wrong costs the others."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest

from bad_items import Broken, Dying
from siftline import Cleaner
from siftline.files import Item
from siftline.run import TOGETHER, Job, clean_all

SEEDS = Path(__file__).resolve().parents[1] / "seeds"


class Deep(Item):
    """A document that is nested too deeply."""

    def read(self) -> str:
        raise RecursionError


class Large(Item):
    """A document that needs more memory than there is, as numpy says it."""

    def read(self) -> str:
        raise np._core._exceptions._ArrayMemoryError((1,), np.dtype("int8"))


@pytest.fixture(scope="module")
def job():
    cleaner = Cleaner()
    cleaner.library.load()
    return Job(cleaner)


def told(number):
    return Item(
        f"d{number}", content=f"The {number} boats came home on Monday, with nine baskets.\n\nShare on Facebook\n"
    )


def outcomes(job, items, limit=60.0):
    return [outcome.record() for outcome in clean_all(job, items, 1, limit)]


def test_side_by_side_they_come_out_as_alone(job):
    items = [Item(path.name, path) for path in sorted(SEEDS.iterdir())]
    items += [Item(f"{path.name}-at", path, url="https://www.example.com/a/b") for path in sorted(SEEDS.iterdir())]
    assert len(items) > TOGETHER
    alone = [Cleaner().clean(item.read(), html=item.html, url=item.url).record(item.id) for item in items]
    assert outcomes(job, items) == json.loads(json.dumps(alone))


@pytest.mark.parametrize(
    ("kind", "reason", "message"),
    [
        (Dying, "crash", "the worker process ended with status 3"),
        (Broken, "defect", "KeyError: 'no such thing'"),
        (Deep, "too-deep", "nested too deeply to be read"),
        (Large, "too-large", "needs more memory than there is"),
    ],
)
def test_what_goes_wrong_costs_one_document(job, kind, reason, message):
    items = [told(0), kind("bad"), told(1), kind("worse"), *map(told, range(2, TOGETHER + 3))]
    found = outcomes(job, items)
    assert [one["id"] for one in found] == [item.id for item in items]
    failed = {one["id"]: one["error"] for one in found if "error" in one}
    error = {"kind": reason, "message": message}
    assert failed == {"bad": error, "worse": error}
    assert "The 7 boats came home" in found[9]["text"]


def test_a_document_that_takes_too_long_costs_itself_alone(job, tmp_path):
    os.mkfifo(tmp_path / "slow.txt")  # to read it waits for a writer, and there is none
    found = outcomes(job, [told(0), Item("slow", tmp_path / "slow.txt"), told(1)], 1.0)
    assert found[1] == {"id": "slow", "error": {"kind": "timeout", "message": "slow.txt: took over 1 s"}}
    assert ["text" in one for one in found] == [True, False, True]
