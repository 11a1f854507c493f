"""Break the clauses one small way at a time and see whether a test notices.

    python benchmarks/mutation.py                                        # an hour, all that fits in it
    python benchmarks/mutation.py --minutes 15 --sample 1000 --seed 7
    python benchmarks/mutation.py --modules codes/en1996 --kept survivors.json

Per mutant (`mutants.py`) the tests that run its lines, the quickest first, until one fails: a mutant that no test notices has
survived. Prints the score per module and every survivor with what is known of it: `mutation_survivors.toml` says of those that were
looked at why they change no answer; anything else is news, and the status is 1.

Why not a program that exists: cosmic-ray starts pytest anew for every mutant (4.5 s each on the smallest module, and four in
five of its 875 mutants there are `%` or `<<` between floats, which any test stops); mutmut adds a function per mutant to the module, and
our tests ask every module for its functions. Here pytest collects once and every mutant is a fork with the code of the
changed functions put in place of the old: 0.1 to 0.3 s each.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
import tomllib
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

from mutants import Mutant, mutants  # noqa: E402
from mutation_fork import Outcome, Timed, outcome_of, timed  # noqa: E402

TARGETS = ("codes/*.py", "checks/resistance/*.py", "checks/utilisation.py", "checks/capacity.py", "loads/take_down.py")
TESTS = ("tests/codes", "tests/checks", "tests/loads")
TOO_SLOW = (
    "tests/checks/test_never_unsafe.py", "tests/checks/test_batch.py::test_smallest_benchmark", "tests/checks/test_estimator.py",
    "tests/checks/test_alternatives.py", "tests/checks/test_batch.py::test_answers_do_not_depend",
)  # fmt: skip
"""Left out: they take minutes and look at the same functions from further away."""
READER = "tests/codes/test_typed_constants.py"
"""Reads the numbers at the head of the modules and so runs no line of them."""
FIRST_S, WHOLE_S = 8.0, 60.0
"""Seconds of tests per mutant in the first round, and for those that survive it."""
KNOWN = Path(__file__).with_name("mutation_survivors.toml")


@dataclass(frozen=True, kw_only=True)
class Result:
    """What became of one mutant: ``outcome`` is killed, timeout, survived or not run (no test runs its lines)."""

    module: str
    mutant: Mutant
    outcome: Outcome


def targets() -> list[Path]:
    """Return the modules that are broken."""
    return [path for pattern in TARGETS for path in sorted((ROOT / "optopscan").glob(pattern))]


def sampled(modules: list[Path], *, sample: int, seed: int) -> list[tuple[Path, Mutant]]:
    """Return the mutants to try in a random order that the seed decides; all where ``sample`` is 0."""
    every = [(path, mutant) for path in modules for mutant in mutants(path.read_text())]
    random.Random(seed).shuffle(every)
    return every[:sample] if sample else every


class Round:
    """The pytest plugin that, once all tests are collected, runs the mutants instead of the tests."""

    def __init__(self, chosen: list[tuple[Path, Mutant]], *, minutes: float, times: Path | None = None) -> None:
        self.chosen, self.times, self.results = chosen, times, list[Result]()
        self.deadline = time.monotonic() + 60.0 * minutes

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [item for item in items if not item.nodeid.startswith(TOO_SLOW)]

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        start = time.monotonic()
        ring = timed(session.items, set(targets()), self.times)
        print(
            f"\n{len(session.items)} tests collected and timed in {time.monotonic() - start:.0f} s; {len(self.chosen)} mutants", flush=True
        )
        for path, mutant in self.chosen:
            if time.monotonic() > self.deadline:
                break
            self.results.append(Result(module=path.relative_to(ROOT).as_posix(), mutant=mutant, outcome=self._judge(ring, path, mutant)))
        return True

    def _judge(self, ring: Timed, path: Path, mutant: Mutant) -> Outcome:
        tests = ring.of_module(path, reader=READER) if mutant.within == "module" else ring.of_lines(path, mutant.lines)
        if not tests:
            return "not run"
        first = ring.within(tests, FIRST_S)
        found = outcome_of(path, mutant, first, ring)
        rest = ring.within(tests, WHOLE_S)[len(first) :]
        return outcome_of(path, mutant, rest, ring) if found == "survived" and rest else found


def known_survivors(path: Path = KNOWN) -> dict[tuple[str, str], str]:
    """Return the survivors that were looked at, by module and mutant, with why they may live."""
    rows = tomllib.loads(path.read_text())["survivor"]
    return {(row["module"], row["mutant"]): row["reason"] for row in rows}


def told(results: list[Result], known: dict[tuple[str, str], str]) -> int:
    """Print scores and survivors; return how many survivors nobody has looked at."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in results:
        counts[row.module][row.outcome] += 1
    print(f"{'module':48s} {'tried':>6s} {'killed':>7s} {'timeout':>8s} {'survived':>9s} {'not run':>8s} {'score':>7s}")
    counts["all"] = sum(counts.values(), Counter())
    for module, row in sorted(counts.items(), key=lambda item: (item[0] == "all", item[0])):
        tried, dead = sum(row.values()), row["killed"] + row["timeout"]
        numbers = f"{tried:6d} {row['killed']:7d} {row['timeout']:8d} {row['survived']:9d} {row['not run']:8d}"
        print(f"{module:48s} {numbers} {100.0 * dead / max(tried, 1):6.1f}%")
    news = 0
    for row in sorted(results, key=lambda r: (r.module, r.mutant.line)):
        if row.outcome in ("killed", "timeout"):
            continue
        why = known.get((row.module, row.mutant.key))
        news += why is None
        print(f"{row.module}:{row.mutant.line}  {row.outcome}  {row.mutant.key}  [{why or 'NOT LOOKED AT'}]")
    return news


def main() -> int:
    """Run the mutants that fit in the time."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--minutes", type=float, default=60.0, help="stop after this long")
    parser.add_argument("--sample", type=int, default=0, help="number of mutants; 0 is all")
    parser.add_argument("--seed", type=int, default=0, help="which mutants, and in which order")
    parser.add_argument("--modules", nargs="*", default=[], help="only modules whose path has one of these in it")
    parser.add_argument("--tests", nargs="*", default=list(TESTS), help="tests that may notice")
    parser.add_argument("--nice", type=int, default=10, help="how much others go first")
    parser.add_argument(
        "--times", type=Path, help="keep here what each test takes and reaches, or take it from here; only while no line moves"
    )
    parser.add_argument("--kept", type=Path, help="write every result to this JSON file")
    asked = parser.parse_args()
    os.chdir(ROOT)
    os.nice(asked.nice)
    # before numpy comes in with the tests: a fork does not take threads along
    os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"))
    modules = [p for p in targets() if not asked.modules or any(word in p.as_posix() for word in asked.modules)]
    plugin = Round(sampled(modules, sample=asked.sample, seed=asked.seed), minutes=asked.minutes, times=asked.times)
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        status = pytest.main(
            ["-p", "no:cacheprovider", "--disable-warnings", "--tb=no", "--assert=plain", "--basetemp", f"{folder}/t", *asked.tests],
            plugins=[plugin],
        )
    if status not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        return 2
    news = told(plugin.results, known_survivors())
    print(
        f"seed {asked.seed}: {len(plugin.results)} of {len(plugin.chosen)} mutants in {time.monotonic() - start:.0f} s; "
        f"{news} survivors not looked at"
    )
    if asked.kept:
        rows = [{"module": r.module, "outcome": r.outcome, "key": r.mutant.key, **asdict(r.mutant)} for r in plugin.results]
        asked.kept.write_text(json.dumps(rows, indent=1, sort_keys=True))
    return int(news > 0)


if __name__ == "__main__":
    sys.exit(main())
