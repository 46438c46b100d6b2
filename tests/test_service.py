"""Batches cleaned in processes that stay: like the command line, and what one bad document or a copy costs."""

from __future__ import annotations

import json
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from bad_items import Broken, Dying
from siftline.apart import StartError
from siftline.files import Item
from siftline.run import TOGETHER
from siftline.service import Service

SEEDS = Path(__file__).resolve().parents[1] / "seeds"


@pytest.fixture(scope="module")
def service():
    made = Service()
    yield made
    made.end()


def told(number):
    return Item(
        f"d{number}", content=f"The {number} boats came home on Monday, with nine baskets.\n\nShare\n", html=False
    )


def process(service):
    return service._started.workers[0].process


def test_the_records_are_those_of_the_pipe(service, siftline):
    inputs = [{"id": path.name, "text": path.read_text("utf-8", "replace")} for path in [*SEEDS.iterdir()] * 2]
    piped = siftline("pipe", stdin="".join(json.dumps(record) + "\n" for record in inputs).encode())
    found = service.clean([Item(record["id"], content=record["text"], html=False) for record in inputs])
    assert len(found) > TOGETHER
    assert b"".join(outcome.line for outcome in found) == piped.stdout


@pytest.mark.parametrize(
    ("kind", "reason", "message"),
    [
        (Dying, "crash", "the worker process ended with status 3"),
        (Broken, "defect", "KeyError: 'no such thing'"),
    ],
)
def test_what_goes_wrong_costs_one_document(service, kind, reason, message):
    items = [told(0), kind("bad"), told(1), kind("worse"), *map(told, range(2, TOGETHER + 3))]
    found = service.records(items)
    assert [one["id"] for one in found] == [item.id for item in items]
    error = {"kind": reason, "message": message}
    assert {one["id"]: one["error"] for one in found if "error" in one} == {"bad": error, "worse": error}
    assert "The 7 boats came home" in found[9]["text"]


def test_a_document_that_takes_too_long_costs_itself_alone(tmp_path):
    os.mkfifo(tmp_path / "slow.txt")  # to read it waits for a writer, and there is none
    service = Service(timeout=1.0)
    found = service.records([told(0), Item("slow", tmp_path / "slow.txt"), told(1)])
    service.end()
    assert found[1] == {"id": "slow", "error": {"kind": "timeout", "message": "slow.txt: took over 1 s"}}
    assert ["text" in one for one in found] == [True, False, True]


def test_the_process_stays_between_batches_and_one_that_died_costs_nothing(service):
    service.records([told(0)])
    first = process(service)
    service.records([told(1)])
    assert process(service) is first
    first.kill()
    first.join()
    assert "text" in service.records([told(2)])[0]
    assert process(service) is not first


def test_threads_take_turns(service):
    found = {}

    def work(number):
        found[number] = service.records([told(number)] * 3)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [[one["id"] for one in found[number]] for number in range(4)] == [[f"d{number}"] * 3 for number in range(4)]


def test_more_processes_give_the_same(service):
    items = [told(number) for number in range(3 * TOGETHER)]
    both = Service(jobs=2)
    assert both.clean(items) == service.clean(items)
    both.end()


def test_a_pickle_takes_no_process_along_and_stays_the_same(service):
    before = pickle.dumps(Service())
    service.records([told(0)])
    assert pickle.dumps(service) == before
    copy = pickle.loads(before)
    assert copy._started is None
    assert copy.records([told(1)]) == service.records([told(1)])
    copy.end()


def _in_a_copy(service, connection):
    connection.send(service.records([told(5)]))
    os._exit(0)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_forked_copy_has_a_process_of_its_own(service):
    service.records([told(0)])
    ours, theirs = multiprocessing.Pipe()
    child = multiprocessing.get_context("fork").Process(target=_in_a_copy, args=(service, theirs))
    child.start()
    assert ours.recv() == service.records([told(5)])
    child.join()


@pytest.mark.parametrize(
    ("options", "error"),
    [({"stages": ["no-such"]}, ValueError), ({"extractor": "none"}, ValueError), ({"colour": "red"}, TypeError)],
)
def test_options_that_are_none_are_said_at_once(options, error):
    with pytest.raises(error, match=r"no-such|none|colour"):
        Service(**options)


@pytest.mark.parametrize("switch", [{"timeout": 0}, {"jobs": 0}])
def test_limits_are_above_0(switch):
    with pytest.raises(ValueError, match="above 0"):
        Service(**switch)


def test_rules_that_are_not_right_are_the_callers_and_no_documents_fault(tmp_path):
    (tmp_path / "chrome").mkdir()
    (tmp_path / "chrome" / "en.toml").write_text("[x]\nmatch = '('\n")
    service = Service(rules=str(tmp_path))
    for _ in range(2):
        with pytest.raises(StartError, match=r"RuleError: .*en\.toml"):
            service.records([told(0)])


def test_the_processes_end_with_the_one_that_asked(tmp_path):
    code = (
        "from siftline.service import Service; from siftline.files import Item; import os\n"
        "s = Service(); s.records([Item('a', content='The boats came home.')])\n"
        "print(s._started.workers[0].process._program.pid, flush=True); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.returncode == -signal.SIGKILL
    number = int(done.stdout)
    for _ in range(100):
        if not _lives(number):
            return
        threading.Event().wait(0.1)
    raise AssertionError("the worker process is still there")


def _lives(number):
    try:
        status = Path(f"/proc/{number}/stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"
