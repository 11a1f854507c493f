"""Run seeded cases of hostile input, each in a process of its own, and count what came out.

    python tests/hostile/hostile_campaign.py --cases 10000 --jobs 2
    python tests/hostile/hostile_campaign.py --case 4711        # one again, with what it printed

A case is a fork of one process that has everything imported: it costs milliseconds, and a crash of a library, a runaway
in memory (RLIMIT_AS) or in work (RLIMIT_CPU: seconds of the processor, so a busy machine changes nothing) is the end of
that case alone, with its seed.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
for _one in (HERE, HERE.parent / "ifc", HERE.parent / "portfolio", HERE.parents[1]):
    sys.path.insert(0, str(_one))

import hostile_cases  # noqa: E402
import hostile_oracle  # noqa: E402
import hostile_seeds  # noqa: E402

from optopscan.cli.app import COMMANDS, cli  # noqa: E402

CPU_S = 60
MEMORY_BYTES = 2 << 30
FILE_BYTES = 256 << 20
# Only a process that waits for ever meets this; work is bounded by CPU_S.
ASLEEP_S = 900
CRASHED = 70
_FRAME = re.compile(r'File "[^"]*/(optopscan/[^"]+)", line (\d+), in (\w+)')


def run_here(*args):
    """Run one command in this process; nothing on stdout."""
    sink = os.open(os.devnull, os.O_WRONLY)
    saved = os.dup(1)
    os.dup2(sink, 1)
    try:
        cli(list(args), prog_name="optopscan", standalone_mode=False)
    finally:
        sys.stdout.flush()
        os.dup2(saved, 1)
        os.close(saved)
        os.close(sink)


def warmed():
    """Import what the commands import, so that no case pays for it."""
    import importlib

    for name in COMMANDS:
        importlib.import_module(f"optopscan.cli.{name.replace('-', '_')}")
    for name in ("portfolio_run", "portfolio_screen", "match"):
        importlib.import_module(f"optopscan.cli.{name}")
    from optopscan.report.formats import FORMATS  # noqa: F401


def begin(case_folder, args, sound):
    """Start a case; return its process."""
    process = os.fork()
    if process:
        return process
    code = CRASHED
    try:
        os.chdir(case_folder)
        out = os.open("../stdout", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        err = os.open("../stderr", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(out, 1)
        os.dup2(err, 2)
        _limits()
        try:
            cli(list(args), prog_name="optopscan")
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
        except BaseException:  # noqa: BLE001 - a traceback is what the case looks for
            traceback.print_exc()
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)
    return 0


def _limits():
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY_BYTES,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class Campaign:
    """Cases under way, and what came out of those that ended."""

    def __init__(self, sound, work, keep):
        self.sound, self.work, self.keep = sound, work, keep
        self.running = {}
        self.counts, self.findings, self.places = Counter(), [], Counter()
        self.peak_mb = self.slowest_s = 0.0
        self.slowest = None

    def start(self, seed, kinds):
        """Make a case and start it."""
        folder = self.work / str(seed)
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "in").mkdir(parents=True)
        case = hostile_cases.make(seed, self.sound, folder / "in", kinds)
        given = {path.name for path in (folder / "in").iterdir()}
        sys.stdout.flush()
        self.running[begin(folder / "in", case.args, self.sound)] = (case, folder, given, time.monotonic())

    def wait(self):
        """Wait for one case to end and judge it."""
        process, status, usage = self._ended()
        case, folder, given, _ = self.running.pop(process)
        code = os.waitstatus_to_exitcode(status)
        stdout, stderr = (folder / "stdout").read_bytes(), (folder / "stderr").read_bytes()
        wrong = hostile_oracle.faults(case, code, stdout, stderr, folder / "in", given)
        cpu_s = usage.ru_utime + usage.ru_stime
        self.peak_mb = max(self.peak_mb, usage.ru_maxrss / 1024)
        if cpu_s > self.slowest_s:
            self.slowest_s, self.slowest = cpu_s, case.seed
        self.counts[case.kind, "finding" if wrong else f"exit {code}"] += 1
        if wrong:
            place = self._place(wrong, stderr)
            if place not in self.places:
                print(f"case {case.seed} {case.kind} {' '.join(case.args[:4])}: {place}", file=sys.stderr, flush=True)
            self.places[place] += 1
            self.findings.append(
                {"seed": case.seed, "kind": case.kind, "args": list(case.args), "wrong": wrong, "place": place, "cpu_s": round(cpu_s, 1)}
            )
        if not self.keep:
            shutil.rmtree(folder, ignore_errors=True)

    def _ended(self):
        while True:
            process, status, usage = os.wait4(-1, os.WNOHANG)
            if process in self.running:
                return process, status, usage
            for one, (_, _, _, began) in self.running.items():
                if time.monotonic() - began > ASLEEP_S:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(one, signal.SIGKILL)
            time.sleep(0.004)

    @staticmethod
    def _place(wrong, stderr):
        text = stderr.decode("utf-8", "replace")
        frames = _FRAME.findall(text)
        if "Traceback" not in text or not frames:
            return "; ".join(wrong)[:150]
        path, line, function = frames[-1]
        return f"{path}:{line} {function}: {text.rstrip().splitlines()[-1][:110]}"


def campaign(seeds, *, kinds=hostile_cases.KINDS, jobs=1, keep=False, sound=None, told=None):
    """Run the cases of these seeds; return counts, findings, peak memory [MB] and the slowest case.

    Parameters
    ----------
    seeds
        Numbers of the cases.
    kinds
        Kinds of input with their weights.
    jobs
        Cases at once.
    keep
        Leave the folder of every case.
    sound
        Folder of sound inputs that was made before; made anew without it.
    told
        Called with the campaign after each case.
    """
    with tempfile.TemporaryDirectory(prefix="hostile") as place:
        root = Path(place) if not keep else Path(tempfile.mkdtemp(prefix="hostile-kept"))
        if sound is None or not sound.exists():
            sound = hostile_seeds.write_seeds(sound or root / "sound", run_here)
        warmed()
        run = Campaign(sound, root / "cases", keep)
        for seed in seeds:
            while len(run.running) >= jobs:
                run.wait()
                if told:
                    told(run)
            run.start(seed, kinds)
        while run.running:
            run.wait()
        if keep:
            print(f"kept in {root}", file=sys.stderr)
    return run


def table(run):
    """Return counts per kind and outcome as text."""
    ends = sorted({end for _, end in run.counts})
    kinds = [kind for kind in hostile_cases.KINDS if any(kind == one for one, _ in run.counts)]
    lines = ["kind".ljust(14) + "".join(end.rjust(10) for end in ends) + "all".rjust(10)]
    for kind in [*kinds, "all"]:
        row = [sum(n for (one, other), n in run.counts.items() if kind in (one, "all") and other == end) for end in ends]
        lines.append(kind.ljust(14) + "".join(f"{n:10}" for n in row) + f"{sum(row):10}")
    return "\n".join(lines)


def main():
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, help="seed of the first case")
    parser.add_argument("--case", type=int, action="append", help="only this one, kept, with what it printed")
    parser.add_argument("--only", action="append", choices=list(hostile_cases.KINDS), help="kind of input")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--sound", type=Path, help="folder for the sound inputs, kept")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    kinds = {kind: hostile_cases.KINDS[kind] for kind in asked.only} if asked.only else hostile_cases.KINDS
    seeds = asked.case or range(asked.first, asked.first + asked.cases)
    began = time.monotonic()

    def told(run):
        done = sum(run.counts.values())
        if done % 100 == 0:
            print(
                f"{done} cases, {len(run.findings)} findings in {len(run.places)} places, {time.monotonic() - began:.0f} s",
                file=sys.stderr,
                flush=True,
            )

    run = campaign(seeds, kinds=kinds, jobs=asked.jobs, keep=bool(asked.case), sound=asked.sound, told=told)
    if asked.json:
        print(
            json.dumps(
                {
                    "counts": {f"{kind} {end}": n for (kind, end), n in sorted(run.counts.items())},
                    "findings": run.findings,
                    "peak_mb": round(run.peak_mb),
                    "slowest_s": round(run.slowest_s, 1),
                    "slowest": run.slowest,
                }
            )
        )
    else:
        print(table(run))
        print(
            f"{time.monotonic() - began:.0f} s; peak {run.peak_mb:.0f} MB; slowest {run.slowest_s:.1f} s of processor (case {run.slowest})"
        )
        for place, count in run.places.most_common():
            seeds_of = [one["seed"] for one in run.findings if one["place"] == place][:6]
            print(f"{count:5} {place}   cases {seeds_of}")
    return 1 if run.findings else 0


if __name__ == "__main__":
    sys.exit(main())
