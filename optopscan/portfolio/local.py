"""Buildings in processes of their own on this machine: a crash loses one building, and memory goes back after each."""

from __future__ import annotations

import json
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, cast

from optopscan.portfolio.row import CRASHED, Row, failed

Work = Callable[[Any], Row]
Done = Callable[[Any, Row], None]


def run_local(tasks: Iterable[Any], work: Work, done: Done, workers: int, before: Callable[[], None] | None = None) -> None:
    """Call ``work`` on every task, at most ``workers`` at once, and ``done`` with each row as it comes.

    A process that ends without a row makes one that says how it ended. Where processes can be forked, ``before`` is called
    once in this one: what it imports and reads is there for all of them.
    """
    forked = "fork" in multiprocessing.get_all_start_methods()
    if forked and before is not None:
        before()
    context: Any = multiprocessing.get_context("fork" if forked else "spawn")
    waiting = iter(tasks)
    running: dict[Connection, tuple[Any, BaseProcess]] = {}
    try:
        while True:
            while len(running) < workers:
                task = next(waiting, None)
                if task is None:
                    break
                receive, send = context.Pipe(duplex=False)
                process = context.Process(target=_child, args=(work, task, send))
                process.start()
                send.close()
                running[receive] = (task, process)
            if not running:
                return
            for ready in wait(list(running)):
                receive = cast(Connection, ready)  # only these were waited for
                task, process = running.pop(receive)
                done(task, _received(receive, process))
    finally:
        for receive, (_, process) in running.items():
            process.terminate()
            process.join()
            receive.close()


def run_alone(work: Work, task: Any) -> Row:
    """Return the row of one task from a fresh interpreter: for a worker that must outlive it and may not fork."""
    asked = pickle.dumps((work, task))
    paths = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    done = subprocess.run([sys.executable, "-c", _ALONE], input=asked, capture_output=True, env=paths, check=False)
    try:
        row: Row = json.loads(done.stdout.rpartition(b"\n")[2])
    except ValueError:
        return failed(CRASHED, _ended(done.returncode))
    return row


# The row is the last line: a library may print before it.
_ALONE = """
import json, pickle, sys
work, task = pickle.load(sys.stdin.buffer)
row = json.dumps(work(task), allow_nan=False)
sys.stdout.write("\\n" + row)
"""


def _child(work: Work, task: Any, send: Connection) -> None:
    # Ctrl-C goes to the whole group: the parent says so and ends us; and it must end us at once, also inside a library.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    row = work(task)
    send.send_bytes(json.dumps(row, allow_nan=False).encode())
    send.close()


def _received(receive: Connection, process: BaseProcess) -> Row:
    try:
        row: Row = json.loads(receive.recv_bytes())
    except (EOFError, OSError):
        process.join()
        return failed(CRASHED, _ended(process.exitcode))
    finally:
        receive.close()
    process.join()
    return row


def _ended(code: int | None) -> str:
    if code is not None and code < 0:
        name = signal.Signals(-code).name if -code in set(signal.Signals) else str(-code)
        return f"the process was ended by {name}" + (
            "; memory may have run out" if name == "SIGKILL" else "; a library crashed on this model"
        )
    return f"the process ended with {code} and gave no answer"
