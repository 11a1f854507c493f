"""Tests that are collected once and run in forks: timed with the lines they reach, and again for every mutant. Used by `mutation.py`."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import tempfile
import time
import types
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import hypothesis
import pytest
from _pytest.runner import runtestprotocol
from mutants import Mutant

Outcome = Literal["killed", "timeout", "survived", "not run"]
Line = tuple[str, int]
SLACK_S, SLACK = 5.0, 6.0
"""A mutant may take this many times the processor time of the untouched code, and this much more."""
KILLED = 3
SHARED_S = 0.02
"""A test that sets up for longer makes something that the other tests of its file use too."""

# the first draw that fails will do: to look for a smaller one takes minutes
PHASES = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
hypothesis.settings.register_profile("mutation", database=None, derandomize=True, deadline=None, phases=PHASES)
hypothesis.settings.load_profile("mutation")


@dataclass(frozen=True)
class Timed:
    """Processor seconds per test, and the tests that reach a line; what a test sets up counts for all tests of its file."""

    items: dict[str, pytest.Item]
    seconds: dict[str, float]
    reach: dict[Line, set[str]]

    @cached_property
    def modules(self) -> dict[str, set[str]]:
        """Return the tests that run anything of a file."""
        found: dict[str, set[str]] = defaultdict(set)
        for (file, _), tests in self.reach.items():
            found[file] |= tests
        return found

    def of_module(self, path: Path, *, reader: str) -> list[str]:
        """Return the tests that run anything of a file, and those of the test file that only reads its numbers, quickest first."""
        reading = {test for test in self.items if test.startswith(reader)}
        return self._quickest(self.modules.get(str(path), set()) | reading)

    def of_lines(self, path: Path, lines: tuple[int, ...]) -> list[str]:
        """Return the tests that run one of the lines, quickest first."""
        return self._quickest(set().union(*(self.reach.get((str(path), line), set()) for line in lines)))

    def within(self, tests: list[str], seconds: float) -> list[str]:
        """Return the first tests that together take no longer; always at least one."""
        total, chosen = 0.0, list[str]()
        for test in tests:
            total += self.seconds[test]
            if chosen and total > seconds:
                break
            chosen.append(test)
        return chosen

    def _quickest(self, tests: set[str]) -> list[str]:
        return sorted(tests, key=lambda test: (self.seconds[test], test))


def timed(items: list[pytest.Item], files: set[Path], kept: Path | None = None) -> Timed:
    """Run every test once in a fork, and return what each takes and reaches; from ``kept`` where that is there."""
    # what is there now stays where it is: the collector would copy it into every fork
    gc.freeze()
    with tempfile.TemporaryDirectory() as folder:
        place = kept or Path(folder) / "times.pickle"
        if not place.exists():
            pid = os.fork()
            if not pid:
                _quiet()
                place.write_bytes(pickle.dumps(_traced(items, {str(path) for path in files})))
                os._exit(0)
            os.waitpid(pid, 0)
        seconds, reach, failed = pickle.loads(place.read_bytes())
    if failed:
        raise pytest.UsageError(f"these tests fail on the untouched code: {', '.join(failed)}")
    return Timed({item.nodeid: item for item in items}, seconds, reach)


def _traced(items: list[pytest.Item], files: set[str]) -> tuple[dict[str, float], dict[Line, set[str]], list[str]]:
    seconds, reach, failed = dict[str, float](), defaultdict[Line, set[str]](set), list[str]()
    of_file: dict[str, list[str]] = defaultdict(list)
    for item in items:
        of_file[item.nodeid.partition("::")[0]].append(item.nodeid)
    seen: set[Line] = set()

    def local(frame: types.FrameType, _event: str, _: Any) -> Any:
        seen.add((frame.f_code.co_filename, frame.f_lineno))
        return local

    def calls(frame: types.FrameType, _event: str, _: Any) -> Any:
        return local if frame.f_code.co_filename in files else None

    for item, following in zip(items, [*items[1:], None], strict=True):
        start = time.process_time()
        seen.clear()
        sys.settrace(calls)
        reports = runtestprotocol(item, nextitem=following, log=False)
        sys.settrace(None)
        seconds[item.nodeid] = time.process_time() - start
        if any(report.failed for report in reports):
            failed.append(item.nodeid)
        shared = any(report.when == "setup" and report.duration > SHARED_S for report in reports)
        for line in seen:
            reach[line] |= set(of_file[item.nodeid.partition("::")[0]]) if shared else {item.nodeid}
    return seconds, dict(reach), failed


def outcome_of(path: Path, mutant: Mutant, tests: list[str], ring: Timed) -> Outcome:
    """Return what the tests make of one mutant, in a fork that ends at the first failure or after its time."""
    pid = os.fork()
    if not pid:
        _quiet()
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, SLACK_S + SLACK * sum(ring.seconds[test] for test in tests))
        os._exit(_run(path, mutant, [ring.items[test] for test in tests]))
    status = os.waitpid(pid, 0)[1]
    if os.WIFSIGNALED(status):
        return "timeout" if os.WTERMSIG(status) == signal.SIGPROF else "killed"
    return "survived" if os.WEXITSTATUS(status) == 0 else "killed"


def _run(path: Path, mutant: Mutant, items: list[pytest.Item]) -> int:
    try:
        apply(path, mutant)
        # tests of one file together, so that what they share is made once
        for item, following in zip(items, [*items[1:], None], strict=True):
            if any(report.failed for report in runtestprotocol(item, nextitem=following, log=False)):
                return KILLED
    except BaseException:  # noqa: BLE001  whatever a mutant breaks, it was noticed
        return KILLED
    return 0


def apply(path: Path, mutant: Mutant) -> None:
    """Put the changed code in place of the old, in every module that holds a part of it."""
    module = next(m for m in list(sys.modules.values()) if getattr(m, "__file__", None) == str(path) and m.__name__.startswith("optopscan"))
    changed = types.ModuleType(module.__name__)
    changed.__file__, changed.__package__ = module.__file__, module.__package__
    # under its own name while it runs: dataclasses look their module up there
    sys.modules[module.__name__] = changed
    try:
        exec(compile(mutant.source(path.read_text()), str(path), "exec", dont_inherit=True), changed.__dict__)
    finally:
        sys.modules[module.__name__] = module
    holders = [m.__dict__ for m in list(sys.modules.values()) if m.__name__.split(".")[0] == "optopscan" or _is_test(m)]
    for name, new in list(vars(changed).items()):
        old = vars(module).get(name)
        if name.startswith("__") or old is None:
            continue
        if getattr(old, "__module__", None) == module.__name__ and (
            isinstance(old, type) or hasattr(old, "__code__") or hasattr(old, "__wrapped__")
        ):
            for one, other in _functions(old, new):
                one.__code__, one.__defaults__, one.__kwdefaults__ = other.__code__, other.__defaults__, other.__kwdefaults__
        elif not isinstance(old, (types.ModuleType, type)) and not callable(old):
            for holder in holders:
                if holder.get(name) is old:
                    holder[name] = new


def _is_test(module: types.ModuleType) -> bool:
    return str(getattr(module, "__file__", None) or "").find("/tests/") >= 0


def _functions(old: Any, new: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the plain functions of two versions of one thing, pairwise."""
    if isinstance(old, type):
        for name, member in vars(old).items():
            if (name in vars(new) and getattr(member, "__qualname__", "").startswith(old.__qualname__)) or isinstance(
                member, (property, cached_property)
            ):
                yield from _functions(member, vars(new).get(name))
        return
    for name in ("fget", "func", "__func__", "__wrapped__"):
        if getattr(old, name, None) is not None and getattr(new, name, None) is not None:
            yield from _functions(getattr(old, name), getattr(new, name))
            return
    if isinstance(old, types.FunctionType) and isinstance(new, types.FunctionType):
        yield old, new


def _quiet() -> None:
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    if not sys.flags.dev_mode:
        sys.unraisablehook = lambda _: None
