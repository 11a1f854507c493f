"""Which parts lack how much for one more stack of dwellings, and how light a storey would have to be for a full roof."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import scipy.sparse as sp

from optopscan.catalog.concept import Concept, Quantity
from optopscan.model.arrays import IntArray
from optopscan.placement.below import rows_of
from optopscan.placement.programme import Programme
from optopscan.placement.why.fullest import Asked

LEVER = 1e-12


def next_choice(asked: Asked, chosen: IntArray) -> IntArray | None:
    """Return the choice with one stack more, or one made higher, that asks least more of the parts below [kN]; None where none is free."""
    candidates, rows = asked.candidates, asked.rows
    used = np.zeros(len(candidates))
    used[chosen] = 1.0
    cliques = sp.csc_array(asked.ground.cliques)
    full = cliques @ used
    plan_of = {(int(candidates.block[row]), int(candidates.row[row])): row for row in chosen.tolist()}
    matrix, load = sp.csc_array(rows.matrix), rows.matrix @ used - rows.rhs
    best: tuple[float, int, int] | None = None
    for row in np.flatnonzero(~rows.blocked & (used == 0)).tolist():
        old = plan_of.get((int(candidates.block[row]), int(candidates.row[row])), -1)
        if old >= 0 and candidates.height[old] >= candidates.height[row]:
            continue
        held = cliques.indices[cliques.indptr[row] : cliques.indptr[row + 1]]
        if np.any(full[held] > (0.5 if old < 0 else 1.5)):
            continue
        lacking = load.copy() if old < 0 else load - matrix[:, [old]].toarray().ravel()
        at = slice(matrix.indptr[row], matrix.indptr[row + 1])
        lacking[matrix.indices[at]] += matrix.data[at]
        key = (round(float(np.maximum(lacking, 0.0).sum()), 6), row, old)
        best = key if best is None or key < best else best
    if best is None:
        return None
    kept = chosen if best[2] < 0 else chosen[chosen != best[2]]
    return np.sort(np.append(kept, best[1]))


def lightest_kn_m2(asked: Asked, chosen: IntArray) -> float:
    """Return the largest weight of one storey, floor and walls together, at which a choice satisfies every row [kN/m2].

    inf without limit, -inf where no weight helps. Every row is linear in that weight, so two weights give it exactly. New roof
    and transfer layer stay as they are.
    """
    used = np.zeros(len(asked.candidates))
    used[chosen] = 1.0
    one, two = (rows_of(asked.below, _weighing(asked, load), asked.ground, mode=asked.mode, every=True) for load in (1.0, 2.0))
    # a part that hardly anything reaches has a row at the one weight and none at the other
    row_of = {name: row for row, name in enumerate(two.names)}
    both = np.array([(row, row_of[name]) for row, name in enumerate(one.names) if name in row_of], dtype=np.int64).reshape(-1, 2)
    at_one, at_two = (one.matrix @ used)[both[:, 0]], (two.matrix @ used)[both[:, 1]]
    slope, room = at_two - at_one, one.rhs[both[:, 0]] - at_one
    weight = 1.0 + room / np.where(np.abs(slope) > LEVER, slope, 1.0)
    most = float(np.min(weight[slope > LEVER], initial=math.inf))
    # rows that only more weight satisfies, or none
    least = float(np.max(weight[slope < -LEVER], initial=-math.inf))
    helpless = bool(np.any(room[np.abs(slope) <= LEVER] < 0.0))
    return -math.inf if helpless or least > most else most


def _weighing(asked: Asked, load_kn_m2: float) -> Programme:
    floor = Quantity(value=load_kn_m2, lo=load_kn_m2, hi=load_kn_m2, basis="calculated", source="tried", date="")
    none = dataclasses.replace(floor, value=0.0, lo=0.0, hi=0.0)
    concept = dataclasses.replace(asked.programme.concept, g_floor_kn_m2=floor, g_wall_kn_m=none)
    return dataclasses.replace(asked.programme, concept=concept)


def as_light(asked: Asked, others: tuple[Concept, ...], load_kn_m2: float) -> tuple[str, ...]:
    """Return the ids of products on walls that weigh no more on the roof than a storey of this weight with the present roof and layer."""
    own, n = asked.programme.concept, asked.programme.storeys
    most = n * load_kn_m2 + own.g_roof_kn_m2.hi + own.g_transfer_kn_m2.hi
    found = []
    for other in others:
        storey = other.storey_load_kn_m2(width_m=other.width_m, length_m=other.length_m)
        total = n * storey + other.g_roof_kn_m2.hi + other.g_transfer_kn_m2.hi
        # a weight that is not stated is nan, and no comparison with nan holds
        if other.id != own.id and not other.own_support and other.max_storeys >= n and total <= most:
            found.append(other.id)
    return tuple(sorted(found))
