"""A portfolio run killed at random moments beside an undisturbed one: the tables must be the same, and memory must stay flat.

    python benchmarks/portfolio_kills.py --models 1000 --kills 20 --real FOLDER      # long: every model is scanned twice
    python benchmarks/portfolio_kills.py --models 40 --kills 5

Models: the smallest blocks of every family in several sizes, now and then an example, a model of ``--real`` or a file that is no model;
each with a comment of its own, so that no two inputs are alike. Both runs go on at the same time, one process each. The killed
run is ended with SIGKILL, children included, a random while after a random number of rows (seeded): the moments differ from one
machine to another, the outcome must not. Prints the largest process of the undisturbed run at 50 rows, at 500 and at the end.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from optopscan.errors import UsageError
from optopscan.families import author_family, load_families, sample

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "ifc"
SIZES = 8
WHOLE_EACH = 100
"""One model in so many is an example or a real one, of a whole building."""
REAL_MOST = 2_000_000
"""Real models larger than this take tens of seconds; left out [bytes]."""
MARKS = (50, 500)
POLL_S = 0.2


def blocks() -> list[bytes]:
    """Return blocks of one bay and one storey of every family, families in turn: a scan of one takes about half a second."""
    made = []
    drawn = [(family, sample(family, SIZES, seed=1)) for family in load_families()]
    for k in range(SIZES):
        for family, sizes in drawn:
            small = replace(sizes[k], bays=1, storeys=1, stairs=min(sizes[k].stairs, 1))
            try:
                made.append(author_family(family, small))
            except UsageError:  # these sizes leave no room for a part
                continue
    return made


def models(folder: Path, count: int, real: Path | None) -> None:
    """Write so many models."""
    small, whole = blocks(), [path.read_bytes() for path in sorted(EXAMPLES.glob("*.ifc"))]
    whole += [path.read_bytes() for path in sorted(real.glob("*.ifc")) if path.stat().st_size < REAL_MOST] if real else []
    for k in range(count):
        if k % 25 == 24:
            content = f"geen model {k}".encode()
        else:
            source = whole[k // WHOLE_EACH % len(whole)] if k % WHOLE_EACH == 10 else small[k % len(small)]
            head, mark, rest = source.partition(b"HEADER;")
            content = head + mark + f"/* {k} */".encode() + rest
        (folder / f"{k:04}.ifc").write_bytes(content)


def started(folder: Path, out: Path) -> subprocess.Popen[bytes]:
    asked = ["--no-place", "--samples", "0", "--max-extra-storeys", "1", "--concept", "fictief.hsb-2d", "--workers", "1", "--quiet"]
    command = [sys.executable, "-m", "optopscan", "portfolio", "run", str(folder), "-o", str(out), *asked]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)


def rows_of(out: Path) -> int:
    return sum(1 for path in (out / "rows").glob("*.json")) if (out / "rows").is_dir() else 0


def peak_mb(pid: int) -> float:
    """Return the largest resident size that a process had [MB], 0 where it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def children_of(pid: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


class Undisturbed:
    """The run that nobody touches, with the largest parent and child seen so far."""

    def __init__(self, folder: Path, out: Path) -> None:
        self.out, self.begun = out, time.monotonic()
        self.process = started(folder, out)
        self.parent_mb = self.child_mb = self.took_s = 0.0
        self.marks: dict[int, tuple[float, float]] = {}

    def look(self) -> bool:
        """Return whether it is still busy."""
        if self.took_s:
            return False
        self.parent_mb = max(self.parent_mb, peak_mb(self.process.pid))
        self.child_mb = max([self.child_mb, *map(peak_mb, children_of(self.process.pid))])
        rows = rows_of(self.out)
        for mark in MARKS:
            if rows >= mark:
                self.marks.setdefault(mark, (self.parent_mb, self.child_mb))
        if self.process.poll() is None:
            return True
        self.took_s = time.monotonic() - self.begun
        self.marks[rows] = (self.parent_mb, self.child_mb)
        return False


class Killed:
    """The run that is killed so many times, and then left to end."""

    def __init__(self, folder: Path, out: Path, count: int, kills: int, rng: random.Random) -> None:
        self.folder, self.out = folder, out
        # the first few before there is much, so that starting itself is killed too
        early = [0] * (kills // 5)
        later = sorted(rng.sample(range(1, max(count * 9 // 10, kills + 1)), kills - len(early)))
        self.left = [(rows, rng.uniform(0.0, 4.0)) for rows in early + later]
        self.kills = 0
        self.at: list[int] = []
        self.process, self.due = started(folder, out), float("inf")

    def look(self) -> bool:
        if self.left and self.due == float("inf") and rows_of(self.out) >= self.left[0][0]:
            self.due = time.monotonic() + self.left[0][1]
        if self.process.poll() is not None:
            return False
        if time.monotonic() >= self.due:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.at.append(rows_of(self.out))
            self.left.pop(0)
            self.kills, self.due = self.kills + 1, float("inf")
            self.process = started(self.folder, self.out)
        return True


def same(one: Path, two: Path) -> bool:
    """Whether both runs left the same table and the same rows, byte for byte, and nothing half-written."""
    rows = [{path.name: path.read_bytes() for path in (out / "rows").iterdir()} for out in (one, two)]
    tables = [(out / "portfolio.csv").read_bytes() for out in (one, two)]
    return tables[0] == tables[1] and rows[0] == {name: rows[1][name] for name in rows[1] if name.endswith(".json")}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=int, default=40)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--real", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        (root / "in").mkdir()
        models(root / "in", asked.models, asked.real)
        sizes = sum(path.stat().st_size for path in (root / "in").iterdir())
        print(f"{asked.models} models, {sizes / 1e6:.0f} MB", flush=True)
        calm = Undisturbed(root / "in", root / "one")
        hurt = Killed(root / "in", root / "two", asked.models, asked.kills, random.Random(asked.seed))
        told = time.monotonic()
        while any([calm.look(), hurt.look()]):
            time.sleep(POLL_S)
            if time.monotonic() - told > 60:
                told = time.monotonic()
                print(f"  rows {rows_of(calm.out)} and {rows_of(hurt.out)}, killed {hurt.kills} times", file=sys.stderr, flush=True)
        codes = f"codes {calm.process.poll()} and {hurt.process.poll()}"
        print(f"undisturbed: {calm.took_s:.0f} s, {calm.took_s / asked.models:.2f} s each; {codes}")
        for rows, (parent, child) in calm.marks.items():
            print(f"  at {rows} rows: parent {parent:.0f} MB, largest child {child:.0f} MB")
        alike = same(calm.out, hurt.out)
        table = hashlib.sha256((calm.out / "portfolio.csv").read_bytes()).hexdigest()[:12]
        print(f"killed {hurt.kills} times, with {hurt.at} rows there; rows kept {rows_of(calm.out)} and {rows_of(hurt.out)}")
        print(f"table {table}: {'identical' if alike else 'NOT THE SAME'}")
        sys.exit(0 if alike and hurt.kills == asked.kills else 1)


if __name__ == "__main__":
    main()
