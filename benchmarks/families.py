"""Blocks of every building family at full length: is bearing read right, what does the scan answer, how long does it take?

Usage: ``python benchmarks/families.py [SAMPLES] [FAMILY]...`` (5 samples of every family). One row per block; the first is the
typical one. Exit code 1 when a wall or column is read wrong or a load finds no support.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import optopscan
from optopscan.families import Dimensions, Family, author_block, load_families, sample, typical


def row(family: Family, sizes: Dimensions, folder: Path) -> tuple[int, float, int, int, float, int, int]:
    """Return elements, seconds, walls and columns, those read wrong, unsupported load [kN], storeys possible, storeys now."""
    authored = author_block(family, sizes)
    path = folder / "block.ifc"
    path.write_bytes(authored.ifc)
    start = time.perf_counter()
    settings = optopscan.Settings(existing_use=family.file.existing_use, samples=0, place=False, max_extra_storeys=1)
    result = optopscan.scan([path], settings)
    seconds = time.perf_counter() - start
    elements = result.building.elements
    said = dict(zip(elements.name, result.bearing.state, strict=True))
    wrong = sum(said.get(name) != ("yes" if bears else "no") for name, bears in authored.bearing.items())
    unsupported = result.take_downs["simple"].unsupported_kn
    return len(elements), seconds, len(authored.bearing), wrong, unsupported, result.extra_storeys.possible, sizes.storeys


def main(samples: int, names: list[str]) -> int:
    """Print the table; return the exit code."""
    faults = 0
    print(f"{'family':<28}{'block':>8}{'elements':>10}{'bearing':>9}{'wrong':>7}{'loose kN':>10}{'storeys':>9}{'possible':>10}{'s':>7}")
    with TemporaryDirectory() as folder:
        for family in load_families():
            if names and family.id not in names:
                continue
            blocks = [("typical", typical(family)), *((str(k + 1), block) for k, block in enumerate(sample(family, samples)))]
            for label, sizes in blocks:
                n, seconds, parts, wrong, loose, possible, storeys = row(family, sizes, Path(folder))
                faults += wrong + (loose > 0)
                print(
                    f"{family.id:<28}{label:>8}{n:>10}{parts:>9}{wrong:>7}{loose:>10.1f}{storeys:>9}{possible:>10}{seconds:>7.1f}",
                    flush=True,
                )
    return 1 if faults else 0


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    sys.exit(main(count, sys.argv[2:]))
