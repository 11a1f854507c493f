"""A portfolio run killed at random moments against an undisturbed one: the table must be the same (issue: killed 20 times).

    python benchmarks/portfolio_kills.py --models 1000 --kills 20        # long: every model is scanned twice
    python benchmarks/portfolio_kills.py --models 40 --kills 5

Models: the three examples and a sampled block of every family, each with a comment of its own so that no two files are alike, and
files that cannot be read. Both runs use two processes, `--no-place --samples 0`. The process group is killed with SIGKILL after a
random time (seeded); the moments are random, the outcome must not be. Prints the counts, the time of both runs, and the largest process.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from optopscan.catalog.family import load_families
from optopscan.families import author_family, sample

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "ifc"


def models(folder: Path, count: int) -> None:
    """Write so many models: examples, families, broken files, in turn."""
    sources = [path.read_bytes() for path in sorted(EXAMPLES.glob("*.ifc"))]
    sources += [author_family(family, sample(family, 1, seed=1)[0], name=family.id) for family in load_families()]
    for k in range(count):
        if k % 25 == 24:
            (folder / f"{k:04}.ifc").write_text(f"geen model {k}")
        else:
            # a comment before the header's end makes each file another input with the same answer
            head, mark, rest = sources[k % len(sources)].partition(b"HEADER;")
            (folder / f"{k:04}.ifc").write_bytes(head + mark + f"/* {k} */".encode() + rest)


def command(folder: Path, out: Path) -> list[str]:
    return [
        sys.executable,
        "-m",
        "optopscan",
        "portfolio",
        "run",
        str(folder),
        "-o",
        str(out),
        "--no-place",
        "--samples",
        "0",
        "--workers",
        "2",
        "--quiet",
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=int, default=40)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        (root / "in").mkdir()
        models(root / "in", asked.models)
        started = time.monotonic()
        subprocess.run(command(root / "in", root / "one"), check=True, stdout=subprocess.DEVNULL)
        whole_s = time.monotonic() - started
        print(f"undisturbed: {asked.models} models in {whole_s:.0f} s, {whole_s / asked.models:.2f} s each")
        rng, kills, started = random.Random(asked.seed), 0, time.monotonic()
        for _ in range(10 * asked.kills):
            if kills == asked.kills:
                break
            child = subprocess.Popen(command(root / "in", root / "two"), stdout=subprocess.DEVNULL, start_new_session=True)
            time.sleep(rng.uniform(0.3, 1.6 * whole_s / asked.kills))
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGKILL)
                kills += 1
            child.wait()
        done = len(list((root / "two" / "rows").glob("*.json")))
        subprocess.run(command(root / "in", root / "two"), check=True, stdout=subprocess.DEVNULL)
        tables = [(root / run / "portfolio.csv").read_bytes() for run in ("one", "two")]
        same = tables[0] == tables[1]
        rows = [len(list((root / run / "rows").glob("*.json"))) for run in ("one", "two")]
        peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        took_s, told = time.monotonic() - started, "identical" if same else "NOT THE SAME"
        print(f"killed {kills} times ({done} rows there at the last start), {took_s:.0f} s; largest process {peak_mb:.0f} MB")
        print(f"rows kept {rows[0]} and {rows[1]}; table {hashlib.sha256(tables[0]).hexdigest()[:12]}, {told}")
        sys.exit(0 if same and rows[0] == rows[1] else 1)


if __name__ == "__main__":
    main()
