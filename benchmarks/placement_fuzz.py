"""Place modules on many random buildings and judge each layout a second way: counts, and every case that differs.

    python benchmarks/placement_fuzz.py                          # 2,000 cases from 1,000, after those of the tests
    python benchmarks/placement_fuzz.py --seeds 20000 --first 3000

Buildings, second check and enumeration are those of `tests/placement/test_thousand_roofs.py`: per case one building, one
product, one goal and one mode. Ends with status 1 where a layout fails or is not the best.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.placement.thousand import FEW, best_by_force, faults, reached, run, tally

SAME = 1e-6


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", type=int, default=2000, help="number of cases")
    parser.add_argument("--first", type=int, default=1000, help="first case")
    asked = parser.parse_args()
    counts: Counter[str] = Counter()
    wrong, start = 0, time.process_time()
    for seed in range(asked.first, asked.first + asked.seeds):
        one = run(seed)
        counts += tally(one)
        told = faults(one)
        if 0 < len(one.candidates) <= FEW:
            counts["by force"] += 1
            ours, force, summed = reached(one), best_by_force(one), best_by_force(one, apart=False)
            if not _same(ours, force):
                told.append(f"{ours} reached, {force} by force")
            if not _same(force, summed):
                counts["more allowed if relief were summed"] += 1
        for text in told:
            print(f"case {seed} ({one.mode}, {', '.join(sorted(one.roof.has))}): {text}")
        wrong += bool(told)
    for name in sorted(counts):
        print(f"{name:40s} {counts[name]:7d}")
    print(f"{'cases':40s} {asked.seeds:7d}\n{'wrong':40s} {wrong:7d}\nprocessor time {time.process_time() - start:.0f} s")
    return int(wrong > 0)


def _same(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return all(abs(a - b) <= SAME * max(1.0, abs(a)) for a, b in zip(one, other, strict=True))


if __name__ == "__main__":
    sys.exit(main())
