"""Bodies from the geometry kernel, in processes of its own: a crash loses the element it was on, and nothing else.

On Linux the process is forked: it has the model already and costs some milliseconds. Where forking is not
safe (other threads run) or not there (Windows), a fresh interpreter reads the file again.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from optopscan.ifc.kernel_worker import BEGINS, HEADER, OUT_OF_WORK, REFUSED, serve
from optopscan.ifc.open_file import Source
from optopscan.model.building import Mesh

Made = tuple[Mesh, tuple[str, ...], str]
# What a worker does not bound itself (`BODY_CPU_S`): one that sleeps, or any on Windows.
_PATIENCE_S = 300.0
# A file with so many shapes that never end is made to hang; what is left of it is lost untried.
_ENDLESS_MOST = 5
# A second process pays when each has this many bodies to make.
_WORTH_A_PROCESS = 30
_PROCESSES = 2
_CHUNK = 1 << 20


@dataclass(eq=False)
class Child:
    """A running worker: the pipe it writes to, how to end it (the exit code, minus a signal), and how to close the pipe afterwards."""

    pipe: int
    kill: Callable[[], int]
    close: Callable[[], None]


Heard = queue.SimpleQueue[tuple[Child, bytes]]
Start = Callable[[Source, Sequence[int]], Child]


@dataclass(eq=False)
class _Run:
    """A share of the steps, the worker that is on them, and what came out."""

    todo: list[int]
    child: Child | None = None
    listener: threading.Thread | None = None
    buffer: bytearray = field(default_factory=bytearray)
    current: int | None = None
    made: dict[int, Made] = field(default_factory=dict)
    lost: list[int] = field(default_factory=list)
    endless: int = 0


def kernel_bodies(
    source: Source, steps: Sequence[int], *, start: Start | None = None, patience_s: float = _PATIENCE_S
) -> tuple[dict[int, Made], list[int]]:
    """Return the bodies of products by step id, and the steps on which the kernel crashed or hung.

    A step that the kernel refused is in neither.

    Parameters
    ----------
    source
        The opened file.
    steps
        Step ids of products.
    start
        How to start a worker; by default forked, or as a fresh interpreter.
    patience_s
        How long a worker may be silent [s].
    """
    count = min(_PROCESSES, os.cpu_count() or 1, max(1, len(steps) // _WORTH_A_PROCESS)) if steps else 0
    begin = start or _default_start()
    runs = [_Run(todo=list(steps[number::count])) for number in range(count)]
    heard: Heard = queue.SimpleQueue()
    try:
        while _keep_running(source, runs, begin, heard):
            try:
                child, data = heard.get(timeout=patience_s)
            except queue.Empty:
                for run in runs:
                    _stopped(run, silent=True)
                continue
            for run in runs:
                if run.child is child:
                    _receive(run, data)
            if sum(run.endless for run in runs) >= _ENDLESS_MOST:
                _give_up(runs)
    finally:
        for run in runs:
            _end(run)
    made = {step: body for run in runs for step, body in run.made.items()}
    return dict(sorted(made.items())), sorted(step for run in runs for step in run.lost)


def _keep_running(source: Source, runs: Sequence[_Run], start: Start, heard: Heard) -> bool:
    """Start a worker for each share that has steps left and none; return whether any runs."""
    for run in runs:
        if run.child is None and run.todo:
            run.child = start(source, run.todo)
            run.listener = threading.Thread(target=_listen, args=(run.child, heard), daemon=True)
            run.listener.start()
    return any(run.child is not None for run in runs)


def _listen(child: Child, heard: Heard) -> None:
    """Pass on what a worker writes; nothing, once, when it has ended. (A thread, since Windows cannot wait for pipes.)"""
    data = b"-"
    while data:
        try:
            data = os.read(child.pipe, _CHUNK)
        except OSError:
            data = b""
        heard.put((child, data))


def _receive(run: _Run, data: bytes) -> None:
    if not data:
        _stopped(run)
        return
    run.buffer.extend(data)
    while _message(run):
        pass


def _give_up(runs: Sequence[_Run]) -> None:
    for run in runs:
        _end(run)
        run.lost.extend(run.todo)
        run.todo = []


def _end(run: _Run) -> int:
    """End the worker, if there is one; return its exit code."""
    code = 0
    if run.child is not None:
        code = run.child.kill()
        if run.listener is not None:
            run.listener.join()
        run.child.close()
    run.child = run.listener = None
    return code


def _message(run: _Run) -> bool:
    """Take one whole message out of the buffer; return whether there was one."""
    if len(run.buffer) < HEADER.size:
        return False
    step, n_vertices, n_faces, n_text = HEADER.unpack_from(run.buffer)
    size = HEADER.size if n_vertices < 0 else HEADER.size + 24 * n_vertices + 24 * n_faces + n_text
    if len(run.buffer) < size:
        return False
    body = bytes(run.buffer[HEADER.size : size])
    del run.buffer[:size]
    if n_vertices == BEGINS:
        run.current = step
        return True
    run.todo.remove(step)
    run.current = None
    if n_vertices != REFUSED:
        at = 24 * n_vertices
        vertices = np.frombuffer(body, dtype="<f8", count=3 * n_vertices).reshape(-1, 3)
        faces = np.frombuffer(body, dtype="<i8", count=3 * n_faces, offset=at).reshape(-1, 3)
        styles, origin = json.loads(body[at + 24 * n_faces :])
        run.made[step] = (Mesh(vertices_m=vertices, faces=faces), tuple(styles), origin)
    return True


def _stopped(run: _Run, *, silent: bool = False) -> None:
    """Take note that a worker ended or hangs; the step it was on is lost, or all that are left if it never began one."""
    if run.child is None:
        return
    run.endless += _end(run) == OUT_OF_WORK or silent
    run.buffer.clear()
    lost = [run.current] if run.current is not None else list(run.todo)
    run.lost.extend(lost)
    run.todo = [step for step in run.todo if step not in lost]
    run.current = None


def _default_start() -> Start:
    return forked if sys.platform == "linux" and threading.active_count() == 1 else fresh


def forked(source: Source, steps: Sequence[int], *, fine: bool = False) -> Child:
    """Start a worker as a copy of this process; ``fine`` as in `kernel_worker.computed`."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        # Python cannot tell idle threads of a numerical library from threads at work; there are none of the latter
        warnings.simplefilter("ignore", DeprecationWarning)
        process = os.fork()
    if process == 0:
        try:
            os.close(reading)
            serve(source.model, steps, writing, fine=fine)
        finally:
            os._exit(0)  # without the clean-up that belongs to the parent
    os.close(writing)

    def kill() -> int:
        os.kill(process, 9)  # a zombie until the next line, so the number is still ours
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])

    return Child(reading, kill, lambda: os.close(reading))


def fresh(source: Source, steps: Sequence[int]) -> Child:
    """Start a worker as a fresh interpreter, which reads the file again."""
    package = str(Path(__file__).resolve().parents[2])
    paths = os.pathsep.join(part for part in (package, os.environ.get("PYTHONPATH", "")) if part)
    process = subprocess.Popen(
        [sys.executable, "-m", "optopscan.ifc.kernel_worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": paths},
    )
    return asked(process, {"path": str(source.path), "unit": source.assumed_unit, "steps": list(steps)})


def asked(process: subprocess.Popen[bytes], task: dict[str, object]) -> Child:
    """Give a fresh worker its task."""
    if process.stdin is None or process.stdout is None:
        raise ValueError("a worker needs pipes")
    try:
        process.stdin.write(json.dumps(task).encode() + b"\n")
        process.stdin.close()
    except BrokenPipeError:  # it ended at once; the silence of its pipe says so
        pass

    def kill() -> int:
        process.kill()
        return process.wait()

    return Child(process.stdout.fileno(), kill, process.stdout.close)
