"""A worker process that has nothing of the process that asks: a new interpreter. For programs that are not ours, which
may have threads, so that no copy of them can be made safely, and whose main module cannot be run a second time.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe
from typing import Any, Protocol

from .pool import Failure, Process, Worker, serve

_BEGIN = "import sys; sys.path[:] = sys.argv[2:]; from siftline import apart; apart.begin(int(sys.argv[1]))"
"""What the interpreter runs: it finds modules where the process that asks finds them."""


class StartError(RuntimeError):
    """No worker process could be started; the message says in one line why."""


class Work(Protocol):
    """What a process does: `prepare` once, and then it is called with one item at a time. It is sent as a pickle."""

    def prepare(self) -> None:
        """Load what is needed."""

    def __call__(self, item: object, /) -> object:
        """Return the result for an item."""


class ApartWorker(Worker):
    """A worker whose process is a new interpreter. Where there is none that could begin, it raises StartError."""

    starts_in = 600.0  # the first process on a machine compiles all rules

    def launch(self) -> tuple[Process, Connection]:
        """Start the process; return it with our end of the line to it."""
        if os.name == "nt":  # where no open file can be handed on
            return super().launch()
        ours, theirs = Pipe()
        number = theirs.fileno()
        command = [sys.executable, "-c", _BEGIN, str(number), *sys.path]
        program = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, pass_fds=[number])
        theirs.close()
        with suppress(OSError):  # where it has died already, nothing will come back either
            ours.send(self.work)
        return _Program(program), ours

    def done(self, result: Any) -> None:
        """Note the result of the task, or say why there was no beginning."""
        if isinstance(result, StartError):
            self.end()
            raise result
        super().done(result)

    def replace(self, failure: Failure) -> None:
        """Start another process instead of one that could not do a task."""
        if self.grace:
            self.end()
            raise StartError(f"a worker process could not begin: {failure.message}")
        super().replace(failure)


class _Program:
    """A process as `pool` needs it."""

    def __init__(self, program: subprocess.Popen[bytes]) -> None:
        self._program = program

    @property
    def exitcode(self) -> int | None:
        return self._program.poll()

    def kill(self) -> None:
        self._program.kill()

    def join(self) -> None:
        self._program.wait()


def begin(number: int) -> None:
    """Serve on an open file that was handed on to this process."""
    connection = Connection(number)
    try:
        work: Work = connection.recv()
        work.prepare()
    except Exception as error:  # noqa: BLE001 - whoever asked shall know
        connection.send(StartError(f"{type(error).__name__}: {error}"))
        return
    serve(work, connection)
