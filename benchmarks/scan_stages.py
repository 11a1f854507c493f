"""Time the stages of a scan, from IFC file to drawn plans.

    python benchmarks/scan_stages.py examples/ifc/*.ifc --repeat 5 --json stages.json

Each file is one building. Prints the median CPU seconds of every stage (and the wall
time of the whole scan); ``--json`` keeps every run with the versions and the machine.
Files take turns, so that a slow minute of the machine touches all of them alike.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import sys
import time
from importlib.metadata import version
from pathlib import Path

from optopscan import __version__
from optopscan.pipeline import scan
from optopscan.report.plans import render as plans
from optopscan.report.record import build as record

PACKAGES = ("numpy", "scipy", "shapely", "ifcopenshell", "matplotlib")
Run = dict[str, float]


class Clock:
    """Collects the CPU time between calls; a call names the stage that begins."""

    def __init__(self) -> None:
        self.seconds: Run = {}
        self._stage = "setting up"
        self._cpu = time.process_time()
        self._start = time.perf_counter()

    def __call__(self, stage: str) -> None:
        """End the running stage and begin another."""
        now = time.process_time()
        self.seconds[self._stage] = self.seconds.get(self._stage, 0.0) + now - self._cpu
        self._stage, self._cpu = stage, now

    def done(self) -> Run:
        """Return the CPU seconds per stage and the wall seconds of all."""
        self("")
        self.seconds["wall, all stages"] = time.perf_counter() - self._start
        return self.seconds


def timed_scan(path: Path) -> Run:
    """Scan one file, build and serialise its record, draw its plans; return the seconds per stage."""
    clock = Clock()
    result = scan([path], progress=clock)
    clock("making the record")
    built, arrays = record.build(result)
    record.files(built, arrays)
    clock("drawing plans")
    plans.render(built, arrays)
    return clock.done()


def versions() -> dict[str, str]:
    """Return what ran: packages, Python and processor."""
    packages = {name: version(name) for name in PACKAGES}
    return {"optopscan": __version__, "python": platform.python_version(), "machine": platform.machine(), **packages}


def table(medians: dict[str, Run]) -> str:
    """Return the medians as text, a row per stage and a column per file."""
    stages = list(next(iter(medians.values())))
    width = max(map(len, stages))
    names = [Path(name).stem[:18] for name in medians]
    rows = [" ".join([f"{'seconds':{width}}", *(f"{name:>18}" for name in names)])]
    rows.extend(" ".join([f"{stage:{width}}", *(f"{run[stage]:18.3f}" for run in medians.values())]) for stage in stages)
    return "\n".join(rows)


def main() -> None:
    """Run the benchmark of the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, metavar="IFC")
    parser.add_argument("--repeat", type=int, default=3, help="runs per file; the median is printed (default 3)")
    parser.add_argument("--json", type=Path, help="write all runs to this file")
    asked = parser.parse_args()
    runs: dict[str, list[Run]] = {path.name: [] for path in asked.files}
    for _ in range(asked.repeat):
        for path in asked.files:
            runs[path.name].append(timed_scan(path))
    medians = {name: {stage: statistics.median(run[stage] for run in rows) for stage in rows[0]} for name, rows in runs.items()}
    sys.stdout.write(table(medians) + "\n")
    if asked.json is not None:
        asked.json.write_text(json.dumps({"versions": versions(), "median_s": medians, "runs_s": runs}, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
