"""Time to the proven best layout, to a first good one and to a whole front, against HiGHS and CP-SAT (goals P5, P6, P7).

    python benchmarks/placement.py                      # four roofs, ten seeds; more than half an hour, the peers take it
    python benchmarks/placement.py --quick              # two seeds, peers stop after 10 s
    python benchmarks/placement.py --roof L --seeds 3 --limit 120 --json placement.json

Roofs: a rectangle of 60 x 11 m, an L, a courtyard, and a deep building with two strips back to back on the same cross
walls. Dwellings of 1 to 3 modules of 3.0 or 3.6 m stand on a grid of 0.3 m, a gallery keeps one side free. A dwelling
loads the cross walls beside it by the lever rule, with its floor area and with the party wall at either end. Modules of a wing that owns a
corner also load the walls of the other wing there, so wings are not independent. Per seed: distances of the walls, and what each
still takes, 55 to 115 % of full cover, half of that for one in five.

Peers get the same problem with maximal cliques: HiGHS as in SciPy without node limit, CP-SAT with one thread. One that
has not proven its answer within the limit counts with its time at the limit (marked +: the ratio is at least this).
All methods take turns within a seed; only ratios mean anything, in wall and in CPU time. The limit is wall time: on a busy machine a peer
gets less of a processor before it is cut off, and the ratio is understated.

- P5: time to proven optimum, ours (`auto`) against the faster peer. Both must reach the same value.
- P6: `first_good` against `greedy` (value), against the optimum (value) and against the proof of HiGHS (time).
- P7: front of area against the number of dwellings, as many (rectangle) or as few as possible (rectangle, L), against one HiGHS
  solve per point: area and number weighted so that area comes first. HiGHS is told how many points there are.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from optopscan.placement.solver.choose import choose
from optopscan.placement.solver.cpsat import cpsat
from optopscan.placement.solver.front import front
from optopscan.placement.solver.greedy import greedy
from optopscan.placement.solver.highs import highs
from optopscan.placement.solver.problem import Problem, Solution, unit_of
from optopscan.placement.solver.strips import first_good

Floats = NDArray[np.float64]
Result = dict[str, Any]
ROOFS = ("rectangle", "L", "courtyard", "deep")
GRID_M = 0.3
WIDTHS_M = (3.0, 3.6)
DWELLINGS = (1, 2, 3)
LENGTH_M = 9.3  # of 11 m, after the gallery
LOAD_KN_M2 = 7.0
PARTY_KN = 18.6  # 2 kN/m at either end of a dwelling
BAY_M = 5.4
P5, P6_MORE, P6_LOSS, P6_TIME, P7, P7_POINTS = 6.0, 0.25, 0.01, 0.2, 5.0, 10
SAME = 1e-6


class Wing(NamedTuple):
    """A strip or a row of cross walls: along ``axis`` (0 is x) from ``origin``, ``depth_m`` wide."""

    origin: tuple[float, float]
    axis: int
    length_m: float
    depth_m: float = LENGTH_M


def wings(roof: str) -> tuple[list[Wing], list[Wing]]:
    """Return the strips of a roof and the rows of cross walls; where wings meet, the walls run along the first."""
    d = LENGTH_M
    if roof == "rectangle":
        return [Wing((0, 0), 0, 60)], [Wing((0, 0), 0, 60)]
    if roof == "deep":
        return [Wing((0, 0), 0, 60), Wing((0, d), 0, 60)], [Wing((0, 0), 0, 60, 2 * d)]
    if roof == "L":
        return [Wing((0, 0), 0, 60), Wing((0, 0), 1, 45)], [Wing((0, 0), 0, 60), Wing((0, d), 1, 45 - d)]
    flat = [Wing((0, 0), 0, 60), Wing((0, 51 - d), 0, 60)]
    up = [Wing((0, 0), 1, 51), Wing((60 - d, 0), 1, 51)]
    return flat + up, flat + [Wing((wing.origin[0], d), 1, 51 - 2 * d) for wing in up]


def instance(roof: str, seed: int) -> Problem:
    """Return the seeded problem of one roof; levels: area [m2] and number of dwellings."""
    rng = np.random.default_rng([seed, ROOFS.index(roof)])
    strips, walls = wings(roof)
    table = []
    for number, wing in enumerate(strips):
        for width in WIDTHS_M:
            for count in DWELLINGS:
                start = np.arange(0.0, wing.length_m - count * width + 1e-6, GRID_M)
                table.append(np.column_stack([np.full(start.size, number), start, start + count * width]))
    strip, start, end = np.round(np.concatenate(table), 6).T
    low, high = np.empty((strip.size, 2)), np.empty((strip.size, 2))
    for number, wing in enumerate(strips):
        mine = strip == number
        for axis in (0, 1):
            along = axis == wing.axis
            low[mine, axis] = wing.origin[axis] + (start[mine] if along else 0.0)
            high[mine, axis] = wing.origin[axis] + (end[mine] if along else wing.depth_m)
    rows, rhs = [], []
    for wing in walls:
        bays = rng.uniform(0.8, 1.2, round(wing.length_m / BAY_M))
        at = np.concatenate([[0.0], np.cumsum(bays * wing.length_m / bays.sum())])
        a, b = (np.clip(side[:, wing.axis] - wing.origin[wing.axis], 0.0, wing.length_m) for side in (low, high))
        across = 1 - wing.axis
        c, e = (np.clip(side[:, across] - wing.origin[across], 0.0, wing.depth_m) for side in (low, high))
        load = lever(at, a, b) * (e - c)[:, None] * LOAD_KN_M2
        ends = hats(at, a) + hats(at, b)
        share = np.where(b - a > 1e-9, (e - c) / LENGTH_M, 0.0)
        load = np.where((load > 0).any(axis=1)[:, None], load + ends * share[:, None] * PARTY_KN, 0.0)
        full = lever(at, np.zeros(1), np.full(1, wing.length_m))[0] * wing.depth_m * LOAD_KN_M2
        weak = np.where(rng.random(at.size) < 0.2, 0.5, 1.0)
        rows.append(load.T)
        rhs.append(full * rng.uniform(0.55, 1.15, at.size) * weak)
    area = (high - low).prod(axis=1)
    return Problem(
        values=np.stack([area, np.ones(area.size)]),
        cliques=cliques(low, high),
        rows=sp.csr_array(np.concatenate(rows)),
        rhs=np.concatenate(rhs),
        strip=strip.astype(np.int64),
        start_m=start,
        end_m=end,
    )


def hats(at: Floats, x: Floats) -> Floats:
    """Return the share of a point load at x that each support takes (n, n_support)."""
    return np.stack([np.interp(x, at, one) for one in np.eye(at.size)], axis=1)


def lever(at: Floats, a: Floats, b: Floats) -> Floats:
    """Return what each support takes of a load of 1 per metre from a to b (n, n_support)."""

    def until(x: Floats) -> Floats:
        part = np.clip((x[:, None] - at[:-1]) / np.diff(at), 0.0, 1.0)
        right = np.diff(at) * part**2 / 2.0
        left = np.diff(at) * part - right
        none = np.zeros((x.size, 1))
        return np.concatenate([left, none], axis=1) + np.concatenate([none, right], axis=1)

    return until(b) - until(a)


def cliques(low: Floats, high: Floats) -> sp.csr_array:
    """Return the maximal sets of rectangles with a point in common; such a point lies on a left and on a low edge."""
    over, starts = [], []
    for axis in (0, 1):
        line = np.unique(low[:, axis])[:, None]
        over.append((low[:, axis] < line + 1e-4) & (high[:, axis] > line + 1e-4))
        starts.append(np.abs(low[:, axis] - line) < 1e-4)
    found = []
    for row in range(len(over[0])):
        members = over[0][row] & over[1]
        held = (members & starts[0][row]).any(axis=1) & (members & starts[1]).any(axis=1)
        found.append(members[held & (members.sum(axis=1) > 1)])
    sets = np.unique(np.concatenate(found), axis=0).astype(np.float32)
    size = sets.sum(axis=1)
    inside = (sets @ sets.T >= size[:, None]) & (size > size[:, None])
    return sp.csr_array(sets[~inside.any(axis=1)].astype(np.float64))


def timed(job: Callable[[], Any]) -> tuple[Any, float, float]:
    """Return the answer, wall and CPU seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    answer = job()
    return answer, time.perf_counter() - wall, time.process_time() - cpu


def exact(roof: str, seed: int, limit_s: float) -> Result:
    """Return values and times of all methods on one instance (P5, P6)."""
    problem = instance(roof, seed).at_level(0, np.zeros(0))
    jobs: dict[str, Callable[[], Solution | None]] = {
        "highs": lambda: highs(problem, node_limit=None, time_limit_s=limit_s),
        "ours": lambda: choose(problem),
        "cpsat": lambda: cpsat(problem, conflict_limit=None, time_limit_s=limit_s),
        "first_good": lambda: first_good(problem),
        "greedy": lambda: greedy(problem),
    }
    # ours between the peers and again after them
    runs: Result = {name: timed(job) for name, job in jobs.items()}
    again = timed(jobs["ours"])
    row: Result = {"roof": roof, "seed": seed, "candidates": len(problem), "how": runs["ours"][0].how, "unit_m2": unit_of(problem.values)}
    for name, (answer, wall, cpu) in runs.items():
        times = [wall, cpu] if name != "ours" else [0.5 * (wall + again[1]), 0.5 * (cpu + again[2])]
        row[name] = {
            "value": float(answer.values[0]),
            "proven": bool(answer.optimal),
            "bound": float(answer.bound),
            "wall_s": times[0],
            "cpu_s": times[1],
        }
    return row


def faster(row: Result, clock: str) -> tuple[float, bool]:
    """Return the time of the faster peer and whether it was cut off: a proof beats any time without one."""
    times = [(row[name][clock], not row[name]["proven"]) for name in ("highs", "cpsat")]
    return min([time for time in times if not time[1]] or times)


def same(row: Result) -> bool:
    """True where ours is proven and no peer says otherwise."""
    ours = row["ours"]
    for peer in (row["highs"], row["cpsat"]):
        if peer["value"] > ours["value"] + SAME * ours["value"] or (peer["proven"] and peer["value"] < ours["value"] * (1 - SAME)):
            return False
    return bool(ours["proven"])


def geomean(values: list[float]) -> float:
    return math.exp(statistics.fmean(math.log(value) for value in values))


def front_of_peer(problem: Problem, points: Floats) -> Floats:
    """Return the points that HiGHS finds, one solve each, told from where to look for the next."""
    area, number = problem.values
    unit = unit_of(area) or 1.0
    both = np.round(area / unit) * (len(WIDTHS_M) * 1000.0) + number
    found = []
    more = -1e6
    for _ in range(len(points)):
        rows = sp.csr_array(sp.vstack([problem.rows, sp.csr_array(-number[None, :])], format="csr"))
        asked = replace(problem, values=both[None, :], rows=rows, rhs=np.append(problem.rhs, -more))
        point = problem.reached(highs(asked, node_limit=None).chosen)
        found.append(point)
        more = float(point[1]) + 0.5
    return np.array(found)


def fronts(roof: str, seed: int, sign: int) -> Result:
    """Return both fronts and their times (P7): area against the number of dwellings (sign 1) or how few they are (-1)."""
    given = instance(roof, seed)
    problem = replace(given, values=given.values * np.array([[1.0], [sign]]))
    ours, wall, cpu = timed(lambda: front(problem))
    peer, peer_wall, peer_cpu = timed(lambda: front_of_peer(problem, ours.points))
    equal = bool(ours.complete and np.allclose(ours.points, peer))
    return {
        "roof": roof,
        "seed": seed,
        "against": "most dwellings" if sign > 0 else "fewest dwellings",
        "points": len(ours.points),
        "same": equal,
        "ratio": peer_wall / wall,
        "ratio_cpu": peer_cpu / cpu,
        "ours_s": wall,
        "peer_s": peer_wall,
    }


def report(rows: list[Result]) -> Result:
    """Print one line per roof and one for all, and return the numbers."""
    found: Result = {}
    for roof in [*dict.fromkeys(row["roof"] for row in rows), "all"]:
        mine = [row for row in rows if roof in (row["roof"], "all")]
        peer = {clock: [(faster(row, clock), row["ours"][clock]) for row in mine] for clock in ("wall_s", "cpu_s")}
        ratio = {clock: [times[0] / ours for times, ours in pairs] for clock, pairs in peer.items()}
        cut = sum(times[1] for times, _ in peer["wall_s"])
        best = [row["ours"]["value"] for row in mine]
        more = [row["first_good"]["value"] / row["greedy"]["value"] - 1.0 for row in mine]
        loss = [1.0 - row["first_good"]["value"] / value for row, value in zip(mine, best, strict=True)]
        part = [row["first_good"]["wall_s"] / row["highs"]["wall_s"] for row in mine]
        found[roof] = {
            "P5": geomean(ratio["wall_s"]),
            "P5_cpu": geomean(ratio["cpu_s"]),
            "P5_least": min(ratio["wall_s"]),
            "P5_least_cpu": min(ratio["cpu_s"]),
            "cut": cut,
            "same": all(same(row) for row in mine),
            "P6_more": geomean([1.0 + value for value in more]) - 1.0,
            "P6_loss": statistics.median(loss),
            "P6_loss_most": max(loss),
            "P6_time": statistics.median(part),
        }
        one = found[roof]
        met = one["P5"] >= P5 and one["P5_least"] >= 1.0 and one["same"]
        met6 = one["P6_more"] >= P6_MORE and one["P6_loss"] <= P6_LOSS and one["P6_time"] <= P6_TIME
        print(
            f"{roof:10} P5 {'>' if cut else ' '}{one['P5']:7.1f} x wall {one['P5_cpu']:7.1f} x CPU, least {one['P5_least']:6.1f} x"
            f" ({cut} of {len(mine)} peers cut off), {'same values' if one['same'] else 'NOT THE SAME'}{'' if met else ' <'}"
        )
        print(
            f"{'':10} P6 {100 * one['P6_more']:+7.1f} % over greedy, {100 * one['P6_loss']:.2f} % under the best"
            f" (most {100 * one['P6_loss_most']:.2f} %), {100 * one['P6_time']:.1f} % of the time of HiGHS{'' if met6 else ' <'}",
            flush=True,
        )
    return found


def main() -> None:
    """Run the benchmark of the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--roof", choices=ROOFS, action="append", help="only this roof; may be repeated")
    parser.add_argument("--seeds", type=int, default=10, help="instances per roof (default 10)")
    parser.add_argument("--limit", type=float, default=60.0, help="seconds that a peer gets per instance (default 60)")
    parser.add_argument("--quick", action="store_true", help="two seeds and 10 s")
    parser.add_argument("--front-seeds", type=int, default=3, help="instances of each front (default 3)")
    parser.add_argument("--json", type=Path, help="write all runs to this file")
    asked = parser.parse_args()
    seeds, limit_s, n_front = (2, 10.0, 1) if asked.quick else (asked.seeds, asked.limit, asked.front_seeds)
    print(f"goals: P5 >= {P5:g} x geomean, never slower, same values; P6 >= {100 * P6_MORE:g} % more,")
    print(f"<= {100 * P6_LOSS:g} % under the best, <= {100 * P6_TIME:g} % of the time of HiGHS; P7 >= {P7:g} x on fronts of")
    print(f">= {P7_POINTS} points. Missed is marked <. Only ratios count.")
    print(f"peers stop after {limit_s:g} s; cut off counts at its time, so the ratio is a least one")
    rows = []
    for roof in asked.roof or ROOFS:
        for seed in range(seeds):
            row = exact(roof, seed, limit_s)
            rows.append(row)
            times = "  ".join(
                f"{name} {row[name]['value'] / row['unit_m2']:.0f}{'' if row[name]['proven'] else '?'} {row[name]['wall_s']:.2f} s"
                for name in ("ours", "highs", "cpsat", "first_good", "greedy")
            )
            print(f"  {roof} {seed} ({row['candidates']} candidates, {row['how']}): {times}", flush=True)
    result: Result = {"limit_s": limit_s, "rows": rows, "roofs": report(rows) if rows else {}, "fronts": []}
    for seed in range(n_front):
        for roof, sign in (("rectangle", 1), ("rectangle", -1), ("L", -1)):
            one = fronts(roof, seed, sign)
            result["fronts"].append(one)
            print(
                f"  front {roof} {seed}, area against {one['against']}: {one['points']} points, ours {one['ours_s']:.2f} s,"
                f" HiGHS {one['peer_s']:.2f} s{'' if one['same'] else ', NOT THE SAME'}",
                flush=True,
            )
    for least in (1, P7_POINTS):
        some = [one for one in result["fronts"] if one["points"] >= least]
        if some:
            ratio, cpu = (geomean([one[key] for one in some]) for key in ("ratio", "ratio_cpu"))
            equal = all(one["same"] for one in some)
            print(
                f"{'front':10} P7 {ratio:8.1f} x wall {cpu:7.1f} x CPU on {len(some)} fronts of at least {least} points,"
                f" {'same points' if equal else 'NOT THE SAME'}{'' if ratio >= P7 and equal else ' <'}"
            )
    if asked.json is not None:
        asked.json.write_text(json.dumps(result, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
