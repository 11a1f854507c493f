"""Time a whole scan against opening the file and shaping all its products with OpenCASCADE (goal P11).

    python benchmarks/whole_scan.py MODEL.ifc [MODEL.ifc ...] --pairs 5

Scan: structure, storeys for all concepts, one placed variant per concept, the record as
bytes; no reports. Peer: `ifcopenshell.open` and `ifcopenshell.geom.iterator`, one thread,
every product. Each run is a process of its own, in turns; its imports are done before the
clock starts. Printed are the medians in CPU and wall seconds, children included, and the
median of the ratios of the pairs (goal: at most 1.0 on the real apartment block).
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path

SCAN = """
import json, resource, sys, time
from pathlib import Path
import scipy.optimize, shapely, ifcopenshell
from optopscan.pipeline import scan
from optopscan.report.record import build as record
start, cpu = time.perf_counter(), time.process_time()
built, arrays = record.build(scan([Path(sys.argv[1])]))
record.files(built, arrays)
child = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([time.process_time() - cpu + child.ru_utime + child.ru_stime, time.perf_counter() - start]))
"""
PEER = """
import json, sys, time
import ifcopenshell, ifcopenshell.geom
start, cpu = time.perf_counter(), time.process_time()
model = ifcopenshell.open(sys.argv[1])
shapes = ifcopenshell.geom.iterator(ifcopenshell.geom.settings(), model, 1)
going = shapes.initialize()
while going:
    shapes.get()
    going = bool(shapes.next())
print(json.dumps([time.process_time() - cpu, time.perf_counter() - start]))
"""


def timed(code: str, path: Path) -> tuple[float, float]:
    """Run one side in a process of its own; return CPU and wall seconds."""
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    cpu, wall = json.loads(done.stdout.strip().splitlines()[-1])
    return float(cpu), float(wall)


def main() -> None:
    """Run the benchmark of the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, metavar="IFC")
    parser.add_argument("--pairs", type=int, default=5, help="runs of each side, in turns (default 5)")
    asked = parser.parse_args()
    sys.stdout.write(f"{'':44} {'scan CPU':>9} {'peer CPU':>9} {'ratio':>6} {'scan wall':>9} {'peer wall':>9} {'ratio':>6}\n")
    for path in asked.files:
        pairs = [(timed(SCAN, path), timed(PEER, path)) for _ in range(asked.pairs)]
        cells = []
        for k in (0, 1):
            ours, peer = ([pair[side][k] for pair in pairs] for side in (0, 1))
            ratio = statistics.median(a / b for a, b in zip(ours, peer, strict=True))
            cells.append(f"{statistics.median(ours):9.2f} {statistics.median(peer):9.2f} {ratio:6.2f}")
        sys.stdout.write(f"{path.name:44} {' '.join(cells)}\n")


if __name__ == "__main__":
    main()
