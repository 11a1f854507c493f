"""Time storey counts and unity checks of many walls at once against a plain numpy broadcast (goals P3 and P4).

    python benchmarks/capacity.py                           # three sizes, the largest 24.6 million wall checks
    python benchmarks/capacity.py --size large --pairs 9 --threads 2 --json capacity.json

One wall check is one wall in one storey count of one concept with one sample of f_k: EN 1996-1-1 at head,
mid-height and foot and the Dutch minimum eccentricity. Both sides get the same seeded arrays and give the same answers:

- P3: how many storeys fit, per wall x concept x sample and for the building as a whole.
- P4: every unity check, element x storey x concept x sample, in double precision.

The peer is what one writes in numpy first: the clause functions of `optopscan.codes.en1996` on arrays that broadcast, so
nothing is computed larger than its arguments ask; all unity checks at once, the largest of them, then for P3 "is at
most 1" from state to state, a sum over the states and the least over the walls. Where no wall has a moment it tries the
largest axial force only, since less can then not be worse; with moments the smallest one as well. It has one thread.
Ours: `storeys_on_walls` and `wall_utilisations`.

Cases: `axial` has no fixed moments; in `moment` half of the walls have one. `P3 by interval` is `storeys_that_fit` with the
interval [N_lo, N_hi] solved per wall and sample, as it has to be where more than f_k is sampled; in `sampled` the
eccentricity is sampled too (medium size: in the large one the broadcast takes several GB). No goal is set for these rows.

Sides take turns in one process after a round that does not count; ratios are medians over the pairs, in wall and in CPU
time. P4 fills an ``out`` that is there, as the function is made for; in `P4 new out` ours asks the system for that memory
in every run, as the peer has to, and most of what is left is that. Memory is the peak that tracemalloc sees, inputs left
out and answers included, in a round of its own. The limit is np.fill of the answers, into arrays that are there. A goal
that is missed in the large size is marked "<".
"""

from __future__ import annotations

import argparse
import gc
import json
import statistics
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from optopscan.checks.batch import Storeys, storeys_that_fit
from optopscan.checks.batch_walls import Walls, masonry_walls, storeys_on_walls, wall_offer, wall_utilisations
from optopscan.codes import en1996

Floats = NDArray[np.float64]
Result = dict[str, Any]
SIZES = {"tiny": (8, 3, 2, 32), "small": (8, 4, 3, 512), "medium": (60, 5, 5, 2048), "large": (60, 5, 5, 16384)}
CASES = ("axial", "moment")
SEED = 1996
P3, P3_MEMORY, P4, P4_DIFFERENCE = 30.0, 0.02, 8.0, 1e-12


class Block(NamedTuple):
    """Walls of a block of flats and the axial forces of every state (n_element, n_storey, n_concept)."""

    walls: Walls
    n_max_kn: Floats
    n_min_kn: Floats


def block(shape: tuple[int, int, int, int], case: str) -> Block:
    """Return seeded walls: used for 40 to 85 % as they stand, 4 to 14 % more per storey."""
    n_element, n_storey, n_concept, n_sample = shape
    rng = np.random.default_rng([SEED, n_element, n_sample])
    t, length = rng.choice([100.0, 120.0, 150.0, 214.0], n_element), rng.uniform(800.0, 6000.0, n_element)
    height = rng.uniform(2500.0, 2800.0, n_element)
    mean = rng.uniform(3.0, 8.0, (n_element, 1))
    share = rng.choice([0.0, 0.03], n_element) if case != "axial" else np.zeros(n_element)
    sampled = rng.uniform(0.9, 1.1, (n_element, n_sample)) if case == "sampled" else 1.0
    given: dict[str, Any] = {
        "gamma_m": 2.2,
        "thickness_mm": t,
        "length_mm": length,
        "height_mm": height,
        "effective_height_mm": 0.75 * height,
        "phi_inf": 1.1,
        "e_head_mm": t[:, None] / 20.0 * sampled,
        "e_mid_mm": t[:, None] / 40.0 * sampled,
        "e_foot_mm": t / 20.0,
    }
    # what each wall takes with its mean strength
    mean_hi = wall_offer(masonry_walls(fk_mpa=mean, **{k: v if np.ndim(v) < 2 else v[:, :1] for k, v in given.items()}))
    basis = mean_hi.admissible(slice(None), slice(None)).hi[:, :, None]
    growth = np.cumsum(rng.uniform(0.04, 0.14, (n_element, n_storey, n_concept)), axis=1)
    n_max = basis * (rng.uniform(0.4, 0.85, (n_element, 1, 1)) + growth)
    moment = share * 0.4 * basis[:, 0, 0] * t / 1000.0
    walls = masonry_walls(
        fk_mpa=mean * rng.lognormal(0.0, 0.2, (n_element, n_sample)), m_head_knm=moment, m_mid_knm=0.5 * moment, m_foot_knm=0.0, **given
    )
    return Block(walls, n_max, n_max * rng.uniform(0.5, 0.7, n_max.shape))


# -- the peer ----------------------------------------------------------------


def unity_checks(walls: Walls, n_kn: Floats) -> list[Floats]:
    """Return N_Ed / N_Rd of head, mid-height, foot and minimum eccentricity by plain broadcasting."""
    w = walls.each(lambda table: table[:, None, None, :])
    n, t, h_ef, h = n_kn[..., None], w.thickness_mm, w.effective_height_mm, w.height_mm
    fd = w.fk_mpa / w.gamma_m * en1996.area_factor(t * w.length_mm * 1e-6)
    e_init, slenderness = en1996.initial_eccentricity_mm(h_ef), h_ef / t
    e_head, e_mid, e_foot = (
        e + 1000.0 * m / n if np.any(m) else e
        for e, m in ((w.e_head_mm, w.m_head_knm), (w.e_mid_mm, w.m_mid_knm), (w.e_foot_mm, w.m_foot_knm))
    )
    e_mk = en1996.mid_eccentricity_mm(e_load_mm=e_mid, e_init_mm=e_init, thickness_mm=t, slenderness=slenderness, phi_inf=w.phi_inf)
    least = en1996.minimum_eccentricity_mm(effective_height_mm=h, thickness_mm=t, slenderness=h / t, phi_inf=w.phi_inf)
    factors = [
        en1996.end_factor(e_mm=en1996.end_eccentricity_mm(e_load_mm=e, e_init_mm=e_init, thickness_mm=t), thickness_mm=t)
        for e in (e_head, e_foot)
    ]
    factors += [
        en1996.mid_factor(e_mm=e_mk, thickness_mm=t, slenderness=slenderness),
        en1996.mid_factor(e_mm=least, thickness_mm=t, slenderness=h / t),
    ]
    return [n / en1996.axial_resistance_kn(phi=phi, thickness_mm=t, length_mm=w.length_mm, fd_mpa=fd) for phi in factors]


def peer_utilisations(made: Block) -> Floats:
    """Return the largest unity check of every state and sample, all checks computed at once."""
    with np.errstate(divide="ignore"):
        checks = unity_checks(made.walls, made.n_max_kn)
        if any(np.any(m) for m in (made.walls.m_head_knm, made.walls.m_mid_knm, made.walls.m_foot_knm)):
            checks += unity_checks(made.walls, made.n_min_kn)
    largest = np.maximum(checks[0], checks[1])
    for one in checks[2:]:
        np.maximum(largest, one, out=largest)
    return largest


def peer_storeys(made: Block) -> Storeys:
    """Return the storeys that fit, from all unity checks."""
    passes = peer_utilisations(made) <= 1.0
    element = np.logical_and.accumulate(passes, axis=1, out=passes).sum(axis=1, dtype=np.int8) - np.int8(1)
    return Storeys(building=element.min(axis=0), element=element)


# -- ours --------------------------------------------------------------------


def our_storeys(made: Block, threads: int) -> Storeys:
    return storeys_on_walls(made.walls, made.n_max_kn, made.n_min_kn, threads=threads)


def our_storeys_by_interval(made: Block, threads: int) -> Storeys:
    return storeys_that_fit(made.n_max_kn, made.n_min_kn, wall_offer(made.walls), threads=threads)


def our_utilisations(made: Block, threads: int, out: Floats | None = None) -> Floats:
    kept = np.empty((*made.n_max_kn.shape, made.walls.fk_mpa.shape[1])) if out is None else out
    wall_utilisations(made.walls, made.n_max_kn, made.n_min_kn, out=kept, threads=threads)
    return kept


# -- measuring ---------------------------------------------------------------


def timed(job: Callable[[], Any]) -> tuple[float, float]:
    """Return the wall and CPU seconds of one run, without those for dropping its answer."""
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    kept = job()
    taken = time.perf_counter() - wall, time.process_time() - cpu
    del kept
    return taken


def peak_bytes(job: Callable[[], Any]) -> int:
    gc.collect()
    tracemalloc.start()
    kept = job()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    del kept
    return peak


def compared(ours: Callable[[], Any], peer: Callable[[], Any], checks: int, pairs: int) -> Result:
    """Return times and memory of both sides, in turns, and the medians of the ratios."""
    runs = [(timed(peer), timed(ours)) for _ in range(pairs + 1)][1:]
    memory = peak_bytes(ours), peak_bytes(peer)
    return {
        "ratio": statistics.median(a[0] / b[0] for a, b in runs),
        "ratio_cpu": statistics.median(a[1] / max(b[1], 1e-9) for a, b in runs),
        "peer_ns": statistics.median(a[0] for a, _ in runs) / checks * 1e9,
        "ours_ns": statistics.median(b[0] for _, b in runs) / checks * 1e9,
        "runs_s": runs,
        "peak_mb": [size / 1e6 for size in memory],
        "memory": memory[0] / memory[1],
    }


def same(ours: Storeys, peer: Storeys) -> bool:
    """True where both answers hold the same integers."""
    return ours.element is not None and np.array_equal(ours.element, peer.element) and np.array_equal(ours.building, peer.building)


def limit_ns(answers: NDArray[Any], checks: int) -> float:
    """Return what it takes to fill the answers, per check."""
    answers.fill(1)
    return statistics.median(timed(lambda: answers.fill(1))[0] for _ in range(5)) / checks * 1e9


def measured(size: str, case: str, *, pairs: int, threads: int) -> dict[str, Result]:
    """Return the rows of one size and case."""
    made = block(SIZES[size], case)
    shape = SIZES[size]
    checks = int(np.prod(shape))
    rows: dict[str, Result] = {}
    by = {"P3": our_storeys, "P3 by interval": our_storeys_by_interval}
    for name, ours in by.items() if case != "sampled" else [("P3 by interval", our_storeys_by_interval)]:
        rows[name] = compared(lambda ours=ours: ours(made, threads), lambda: peer_storeys(made), checks, pairs)
        rows[name]["identical"] = same(ours(made, threads), peer_storeys(made))
        rows[name]["limit_ns"] = limit_ns(np.empty((shape[0], shape[2], shape[3]), dtype=np.int8), checks)
    out, expected = np.empty(shape), peer_utilisations(made)
    for name, kept in (("P4", out), ("P4 new out", None)):
        rows[name] = compared(lambda kept=kept: our_utilisations(made, threads, kept), lambda: peer_utilisations(made), checks, pairs)
        rows[name]["difference"] = largest_difference(our_utilisations(made, threads, kept), expected)
        rows[name]["limit_ns"] = limit_ns(out, checks)
    return rows


def largest_difference(ours: Floats, peer: Floats) -> float:
    """Return the largest relative difference; inf and nan must stand in the same places."""
    finite = np.isfinite(peer)
    if not np.array_equal(ours[~finite], peer[~finite], equal_nan=True):
        return float("inf")
    return float(np.max(np.abs(ours[finite] / peer[finite] - 1.0), initial=0.0))


def missed(name: str, row: Result) -> bool:
    """True where a row does not reach its goal."""
    if name == "P3":
        return row["ratio"] < P3 or not row["identical"] or row["memory"] > P3_MEMORY
    return name == "P4" and (row["ratio"] < P4 or row["difference"] > P4_DIFFERENCE)


def line(size: str, case: str, name: str, row: Result) -> str:
    answer = f"difference {row['difference']:.1e}" if "difference" in row else "identical" if row["identical"] else "NOT IDENTICAL"
    mark = " <" if size == "large" and missed(name, row) else ""
    return (
        f"{size:7} {case:8} {name:15} {row['ratio']:7.1f} x {row['ratio_cpu']:7.1f} x {row['peer_ns']:8.2f} {row['ours_ns']:7.2f} "
        f"{row['limit_ns']:6.2f} {100.0 * row['memory']:6.2f} % of {row['peak_mb'][1]:6.0f} MB  {answer}{mark}"
    )


def main() -> None:
    """Run the benchmark of the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", choices=SIZES, action="append", help="only this size; may be repeated")
    parser.add_argument("--pairs", type=int, default=5, help="runs of each side, in turns (default 5)")
    parser.add_argument("--threads", type=int, default=1, help="threads of ours (default 1; the peer has one)")
    parser.add_argument("--json", type=Path, help="write all runs to this file")
    asked = parser.parse_args()
    print(f"goals, large size: P3 >= {P3:g} x, identical, <= {100 * P3_MEMORY:g} % of the memory; P4 >= {P4:g} x, <= {P4_DIFFERENCE:g}")
    print(f"{'size':7} {'case':8} {'':15} {'wall':>9} {'CPU':>9} {'peer ns':>8} {'ours ns':>7} {'limit':>6}  peak memory, answer")
    result: Result = {}
    for size in asked.size or SIZES:
        for case in (*CASES, "sampled") if size == "medium" else CASES:
            rows = measured(size, case, pairs=asked.pairs, threads=asked.threads)
            result.setdefault(size, {})[case] = rows
            for name, row in rows.items():
                print(line(size, case, name, row), flush=True)
    if asked.json is not None:
        asked.json.write_text(json.dumps({"sizes": SIZES, "threads": asked.threads, "rows": result}, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
