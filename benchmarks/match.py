"""The whole catalogue on every building family in one command: how long, against the sum of single scans, and the same answers?

Usage: ``python benchmarks/match.py [SAMPLES] [--place] [FAMILY]...`` (1 sample of every family, nothing laid out). A single scan is
the same match of one product on one block; it is done for the first `SINGLE` blocks of a family, and the ratio is about these.
Exit code 1 when an answer differs. Seconds are of the processor, so that other work on the machine does not count; the clock is told once.
"""

from __future__ import annotations

import sys
import time

from optopscan.catalog.load import load_concepts
from optopscan.families import load_families
from optopscan.matching import Matrix, blocks_of, match
from optopscan.report.match.text import text

SINGLE = 1
"""Blocks per family of which every product is scanned alone."""


def timed(products, blocks, *, place: bool) -> tuple[Matrix, float]:
    """Return a match and its seconds."""
    start = time.process_time()
    return match(products, blocks, place=place, progress=lambda name: print(name, file=sys.stderr, flush=True)), time.process_time() - start


def main(samples: int, names: list[str], *, place: bool) -> int:
    """Print the matrix and the ratio; return the exit code."""
    products = load_concepts()
    families = [family for family in load_families() if not names or family.id in names]
    blocks = blocks_of(families, samples)
    began = time.perf_counter()
    together, seconds = timed(products, blocks, place=place)
    wall = time.perf_counter() - began
    print(text(together))
    alone, wrong, of_these = 0.0, 0, 0.0
    chosen = [block for block in blocks if block.sample <= SINGLE]
    for block in chosen:
        of_these += timed(products, [block], place=place)[1]
        for product in products:
            single, took = timed([product], [block], place=place)
            alone += took
            wrong += single.cells[0] != together.cell(product.id, block.id)
    print()
    size = f"{len(products)} products x {len(blocks)} blocks of {len(families)} families"
    print(f"{size}: {seconds:.1f} s in one command ({wall:.1f} s on the clock)")
    print(f"{len(chosen)} of these blocks: together {of_these:.1f} s, every product alone {alone:.1f} s: ratio {alone / of_these:.1f}")
    print(f"other answers alone: {wrong} of {len(chosen) * len(products)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if word != "--place"]
    count = int(words.pop(0)) if words and words[0].isdigit() else 1
    sys.exit(main(count, words, place="--place" in sys.argv))
