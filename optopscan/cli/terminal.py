"""What goes to the terminal: the result on stdout, everything else on stderr, never coloured."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
import threading
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Self

import click

PATIENCE_S = 1.0
STDOUT = 1


def printable(text: str) -> str:
    """Return text on one line; names in a model may hold line breaks and terminal codes."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def say(message: str) -> None:
    """Write one line to stderr."""
    click.echo("optopscan: " + printable(message), err=True)


def emit(text: str) -> None:
    """Write the result to stdout, closed by exactly one line break."""
    click.echo(text.rstrip("\n"))


def emit_json(data: Any) -> None:
    """Write the result to stdout as JSON with sorted keys; nan is refused, never written."""
    import json

    emit(json.dumps(data, sort_keys=True, ensure_ascii=False, allow_nan=False, indent=1))


class Progress:
    """Shows the stages of a run on stderr once the run has lasted over a second.

    Call it with the name of each stage as it begins. The stage that is under
    way when the second is over is shown then, every later one as it begins.
    """

    def __init__(self, *, quiet: bool = False, patience_s: float = PATIENCE_S) -> None:
        self._quiet = quiet
        self._lock = threading.Lock()
        self._stage = ""
        self._patient = True
        self._timer = threading.Timer(patience_s, self._lose_patience)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        if not self._quiet:
            self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with self._lock:
            self._quiet = True  # a timer that fires from here on says nothing
        self._timer.cancel()

    def __call__(self, stage: str) -> None:
        """Note that a stage begins."""
        with self._lock:
            self._stage = stage
            if not self._patient and not self._quiet:
                say(stage)

    def _lose_patience(self) -> None:
        with self._lock:
            self._patient = False
            if self._stage and not self._quiet:
                say(self._stage)


@contextlib.contextmanager
def clean_stdout() -> Iterator[None]:
    """Keep what libraries print away from stdout, which carries the result only.

    The MILP solver (HiGHS, in C) now and then prints a line even when told not to.
    """
    sys.stdout.flush()
    try:
        saved = os.dup(STDOUT)
    except OSError:
        yield
        return
    sink = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(sink, STDOUT)
        yield
    finally:
        # The C library buffers on its own: empty it before stdout returns.
        with contextlib.suppress(OSError, TypeError, AttributeError):
            ctypes.CDLL(None).fflush(None)
        os.dup2(saved, STDOUT)
        os.close(saved)
        os.close(sink)
