"""What goes to the terminal: the result on stdout, everything else on stderr, never coloured."""

from __future__ import annotations

import codecs
import contextlib
import ctypes
import io
import os
import re
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

import click

from optopscan.errors import UsageError

PATIENCE_S = 1.0
SHOWN_LEFT = 3
STDOUT = 1
_ESCAPED = "optopscan-escaped"
# What a terminal obeys (control codes of 7 and 8 bits: colours, titles, clipboard, links), and what hides or turns the text around it.
_OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def prepare_streams() -> None:
    """Make the three streams fit to write any text to.

    A stream that the caller closed leads nowhere: else the next file that is opened takes its number, and what a library
    prints ends up in it. What the encoding of a terminal does not hold is written as JSON would, so `--json` stays JSON.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            null = os.open(os.devnull, os.O_RDWR)
            if null != number:
                os.dup2(null, number)
                os.close(null)
            setattr(sys, name, open(number, "r" if name == "stdin" else "w", encoding="utf-8", closefd=False))  # noqa: SIM115 - for good
    codecs.register_error(_ESCAPED, _escape)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_ESCAPED)
    if isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.isatty() and sys.stdout.fileno() == STDOUT:
        result = io.BufferedWriter(_Result(STDOUT, "w", closefd=False))
        sys.stdout = io.TextIOWrapper(result, encoding=sys.stdout.encoding, errors=_ESCAPED)


def _escape(error: UnicodeError) -> tuple[str, int]:
    r"""Return characters as ``\u20ac``, in two halves where they are beyond 16 bits, and where to go on."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return _as_json(error.object[error.start : error.end]), error.end


def _as_json(text: str) -> str:
    pairs = text.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{pairs[at : at + 4]}" for at in range(0, len(pairs), 4))


def give_up(stream: TextIO) -> None:
    """Have a stream lead nowhere: the interpreter flushes it once more when it ends."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, stream.fileno())
    os.close(null)


def quiet_libraries() -> None:
    """Keep what libraries log away from stderr, as where matplotlib keeps its fonts without a home; errors are raised, not logged."""
    import logging  # a third of the time that --help takes

    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(logging.NullHandler())


class _Result(io.FileIO):
    """Stdout where a write that fails (a full disk behind ``>``) is one line; a closed pipe is another matter."""

    _lost = False

    def write(self, data: Any) -> int:
        """Write, once: what is still in a buffer after a failure is lost with the rest."""
        if self._lost:
            return len(data)
        try:
            return super().write(data)
        except BrokenPipeError:
            raise
        except OSError as error:
            self._lost = True
            what = f"the result cannot be written ({error.strerror or error})"
            raise UsageError(f"stdout: {what}; send it elsewhere, or make room") from error


def printable(text: str) -> str:
    """Return text on one line; names in a model may hold line breaks and terminal codes."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def say(message: str) -> None:
    """Write one line to stderr."""
    try:
        click.echo("optopscan: " + printable(message), err=True)
    except OSError:  # nobody can be told; the exit code still tells
        give_up(sys.stderr)


def say_left(folder: Path, names: Sequence[str]) -> None:
    """Say which files in a folder belong to another answer than the one just written; nothing where there are none."""
    if names:
        told = ", ".join(names[:SHOWN_LEFT]) + (", ..." if len(names) > SHOWN_LEFT else "")
        many = f"{len(names)} files" if len(names) > 1 else "a file"
        say(f"{folder} also holds {many} that this run did not write ({told}); what an earlier run left there belongs to another answer")


def emit(text: str) -> None:
    """Write the result to stdout, closed by exactly one line break; a code for the terminal, as a name may hold, is a replacement mark."""
    click.echo(_OBEYED.sub("\ufffd", text.rstrip("\n")))


def emit_json(data: Any) -> None:
    """Write the result to stdout as JSON with sorted keys; nan is refused, never written."""
    import json

    text = json.dumps(data, sort_keys=True, ensure_ascii=False, allow_nan=False, indent=1)
    emit(_OBEYED.sub(lambda found: _as_json(found.group()), text))  # within a text: nowhere else can one stand


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
