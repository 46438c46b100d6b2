"""Worker processes: results in order, and what a worker that dies, hangs or raises costs."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterator

import pytest

from siftline import pool


def work(item: str) -> str:
    """Do as the item says."""
    if item == "die":
        os._exit(3)
    if item == "hang":
        time.sleep(60)
    if item == "raise":
        raise ValueError("no\nsuch thing")
    if item == "slow":
        time.sleep(0.2)
    return item.upper()


def results(items: list[str], size: int = 1, limit: float = 30.0) -> list[object]:
    return [found for _, found in pool.results(work, items, size, limit)]


@pytest.mark.parametrize("size", [1, 3])
def test_results_come_in_the_order_of_the_items(size: int) -> None:
    items = ["slow", *map(str, range(20)), "slow", "a" * 1_000_000]
    assert results(items, size) == [item.upper() for item in items]


@pytest.mark.parametrize(
    ("item", "failure"),
    [
        ("die", pool.Failure("crash", "the worker process ended with status 3")),
        ("hang", pool.Failure("timeout", "took over 0.5 s")),
        ("raise", pool.Failure("defect", "ValueError: no such thing")),
    ],
)
@pytest.mark.parametrize("size", [1, 2])
def test_what_goes_wrong_costs_one_item(item: str, failure: pool.Failure, size: int) -> None:
    assert results(["a", item, "b", item, "c"], size, 0.5) == ["A", failure, "B", failure, "C"]


def test_only_a_few_items_are_read_ahead() -> None:
    read = []

    def items() -> Iterator[str]:
        for number in range(100):
            read.append(number)
            yield str(number)

    taken = pool.results(work, items(), 2, 30.0)
    assert next(taken) == ("0", "0")
    assert len(read) <= 10
    taken.close()  # type: ignore[attr-defined]
    assert not multiprocessing.active_children()


def test_none_waits_for_what_is_under_way() -> None:
    taken = []

    def items() -> Iterator[str | None]:
        yield from ("slow", "b", None)
        assert taken == ["SLOW", "B"]
        yield from (None, "c")

    for _, found in pool.results(work, items(), 2, 30.0):
        taken += [found]
    assert taken == ["SLOW", "B", "C"]


def test_one_item_may_take_longer_than_the_others() -> None:
    workers = pool.Pool([pool.Worker(work, 0.1)])
    begun = [workers.begin("slow", 100), workers.begin("slow"), workers.begin("b")]
    try:
        assert [workers.wait(task) for task in begun] == ["SLOW", pool.Failure("timeout", "took over 0.1 s"), "B"]
    finally:
        workers.end()


def test_a_defect_is_raised_for_those_who_want_to_know() -> None:
    died, broken = results(["die", "raise"])
    assert pool.sound(died) is died
    with pytest.raises(RuntimeError, match="no such thing"):
        pool.sound(broken)
