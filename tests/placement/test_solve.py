"""The solver against enumeration of every layout, and its behaviour at the edges."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely

from optopscan.placement import solve as module
from optopscan.placement.candidates import find_candidates, rectangle_polygons
from optopscan.placement.effects import Standing
from optopscan.placement.loads import stack_loads
from optopscan.placement.roof import usable_roofs
from optopscan.placement.rows import capacity_rows
from optopscan.placement.solve import Cut, Known, largest_area_m2, overlap_cliques, solve

from .factory import UnitType, concept, cross_walls, site

IMPOSED = 2.55


def types(*sizes):
    return tuple(UnitType(code=f"{n}m", modules=n, gbo_m2=30.0 * n, gfa_m2=36.0 * n, rooms=n, persons=n) for n in sizes)


def problem(test_site, product, storeys, max_candidates=2000):
    roofs = (usable_roofs(test_site.structure),) * storeys
    candidates = find_candidates(test_site.structure, roofs, product, max_candidates=max_candidates // storeys)
    loads = stack_loads(product, candidates.width_m, candidates.length_m, candidates.n_module, imposed_kn_m2=IMPOSED)
    standing = Standing(share=candidates.share, loads=loads)
    rows = capacity_rows(test_site.structure, test_site.take_downs, test_site.capacities, test_site.factors, standing, mode="proven")
    return candidates, rows, loads


def best_of(candidates, rows, cliques, **kwargs):
    return solve(candidates, rows, cliques, values=candidates.area_m2[None, :], **kwargs)


def enumerate_best(test_site, candidates, loads, storeys):
    """Return the largest area over all subsets: sorted floors, dense inverse, polygons; no rows, no cliques, no influence matrix."""
    parts, heads, factors = test_site.structure.parts, test_site.structure.heads, test_site.factors
    n_part, n = len(parts), len(candidates)
    down = np.linalg.inv(np.eye(n_part) - test_site.structure.shares["simple"].parts[:, :n_part].toarray().T)
    unit = []
    for share in candidates.share:
        on_part = np.zeros((n_part, n))
        np.add.at(on_part, heads.part, share.toarray())
        unit.append(down @ on_part)
    capacity, before = test_site.capacities["simple"], test_site.take_downs["simple"]
    base = before.permanent_foot_kn - (1 - capacity.own_weight_factor) * before.self_weight_kn
    unknown = np.isnan(capacity.n_hi_kn)
    subsets = ((np.arange(2**n)[:, None] >> np.arange(n)) & 1).astype(float)
    for one in range(n):
        for other in range(one):
            if candidates.polygons[one].intersection(candidates.polygons[other]).area > 1e-3:
                subsets = subsets[subsets[:, one] * subsets[:, other] == 0]

    def fails(x, count):
        new = range(count)
        g = base + sum((x * loads.permanent_kn[:, count - 1, s]) @ unit[s].T for s in new)
        q = [np.broadcast_to(before.imposed_foot_kn, (len(x), *before.imposed_foot_kn.shape))]
        floors = np.concatenate(q + [((x * loads.imposed_kn[:, s]) @ unit[s].T)[:, :, None] for s in new], axis=2)
        floors = -np.sort(-floors, axis=2)
        leading = floors[:, :, :2].sum(2) + factors.psi0 * floors[:, :, 2:].sum(2)
        n_a = factors.gamma_ga * g + factors.gamma_q * factors.psi0 * floors.sum(2)
        n_max = np.maximum(n_a, factors.gamma_gb * g + factors.gamma_q * leading)
        return (n_max > capacity.n_hi_kn) | (factors.gamma_g_inf * g < capacity.n_lo_kn)

    over = fails(np.zeros((1, n)), 0)[0] | capacity.existing_over
    blocked = (np.abs(unit[0][over | unknown]) > 1e-9).any(axis=0)
    subsets = subsets[(subsets[:, blocked] == 0).all(axis=1)]
    good = np.ones(len(subsets), dtype=bool)
    for count in range(1, storeys + 1):
        good &= ~fails(subsets, count)[:, ~(over | unknown)].any(axis=1)
    return float((subsets[good] @ candidates.area_m2).max()), blocked


@pytest.mark.parametrize("seed", range(30))
def test_equal_to_enumeration(seed):
    rng = np.random.default_rng(seed)
    xs = np.concatenate([[0.0], np.cumsum(rng.uniform(3.0, 6.0, rng.integers(3, 6)))])
    capacity = rng.uniform(90.0, 190.0, xs.size)
    if rng.random() < 0.3:
        capacity[rng.integers(xs.size)] = np.nan
    walls = cross_walls(
        xs,
        10.0,
        n_hi_kn_m=dict(enumerate(capacity)),
        over={int(rng.integers(xs.size)): bool(rng.random() < 0.2)},
        n_lo_kn={int(rng.integers(xs.size)): float(rng.uniform(0, 40))},
    )
    test_site = site(walls, shapely.box(0, 0, xs[-1], 10), spread=float(rng.choice([0.0, 0.2])))
    product = concept(width_options_m=(float(rng.choice([2.4, 3.0])),), unit_types=types(*rng.choice([1, 2, 3], 2, replace=False)))
    storeys = int(rng.integers(1, 4))
    candidates, rows, loads = problem(test_site, product, storeys, max_candidates=12)
    assert 0 < len(candidates) <= 12
    best, blocked = enumerate_best(test_site, candidates, loads, storeys)
    found = best_of(candidates, rows, overlap_cliques(candidates))
    assert found.optimal
    assert rows.blocked.tolist() == blocked.tolist()
    assert candidates.area_m2[found.chosen].sum() == pytest.approx(best)


def test_enumeration_meets_every_kind_of_limit():
    """The seeds above are worth nothing if capacity never binds: count how often it does."""
    bound = 0
    for seed in range(10):
        rng = np.random.default_rng(seed)
        capacity = dict(enumerate(rng.uniform(60.0, 130.0, 5)))
        test_site = site(cross_walls(np.arange(5) * 5.0, 10.0, n_hi_kn_m=capacity), shapely.box(0, 0, 20, 10))
        candidates, _, loads = problem(test_site, concept(unit_types=types(1)), 1, max_candidates=12)
        best, _ = enumerate_best(test_site, candidates, loads, 1)
        cliques = overlap_cliques(candidates)
        bound += 0 < best < largest_area_m2(candidates, cliques) - 1.0
    assert bound >= 3


def test_relief_never_makes_a_layout_that_the_ordinary_check_rejects():
    for seed in range(6):
        rng = np.random.default_rng(seed)
        capacity = dict(enumerate(rng.uniform(110.0, 190.0, 5)))
        test_site = site(cross_walls(np.arange(5) * 5.0, 10.0, n_hi_kn_m=capacity), shapely.box(0, 0, 20, 10), spread=-0.3)
        candidates, rows, loads = problem(test_site, concept(unit_types=types(1)), 2, max_candidates=12)
        best, _ = enumerate_best(test_site, candidates, loads, 2)
        found = best_of(candidates, rows, overlap_cliques(candidates))
        assert candidates.area_m2[found.chosen].sum() <= best + 1e-6


def test_cliques_name_every_overlapping_pair_and_no_other():
    test_site = site(cross_walls([0, 5.4, 10.8], 10), shapely.box(0, 0, 10.8, 10), obstacles=[shapely.box(7, 0, 8, 2)])
    candidates, _, _ = problem(test_site, concept(width_options_m=(2.4,), unit_types=types(1, 2)), 1)
    together = (overlap_cliques(candidates).T @ overlap_cliques(candidates)).toarray() > 0
    for one in range(len(candidates)):
        for other in range(one):
            meets = candidates.polygons[one].intersection(candidates.polygons[other]).area > 1e-3
            assert together[one, other] == meets, (one, other)


def test_nothing_free_is_an_empty_optimum():
    test_site = site(cross_walls([0, 5.4], 10, over={0: True}), shapely.box(0, 0, 5.4, 10))
    candidates, rows, _ = problem(test_site, concept(unit_types=types(1)), 1)
    found = best_of(candidates, rows, overlap_cliques(candidates))
    assert (found.chosen.size, found.optimal, found.gap) == (0, True, 0.0)


def test_cut_is_kept():
    test_site = site(cross_walls([0, 5.4, 10.8, 16.2], 10), shapely.box(0, 0, 16.2, 10))
    candidates, rows, _ = problem(test_site, concept(unit_types=types(1)), 1)
    cliques = overlap_cliques(candidates)
    first = best_of(candidates, rows, cliques).chosen
    second = best_of(
        candidates,
        rows,
        cliques,
        cuts=[Cut(candidates=tuple(range(len(candidates))), weights=(1.0,) * len(candidates), most=first.size - 1.0)],
    ).chosen
    assert second.size == first.size - 1


def test_what_was_asked_before_is_not_solved_again_and_nothing_else_is_taken_for_it(monkeypatch):
    walls = cross_walls([0, 5.4, 10.8, 16.2], 10, n_hi_kn_m=dict.fromkeys(range(4), 150.0))
    test_site = site(walls, shapely.box(0, 0, 16.2, 10))
    candidates, rows, _ = problem(test_site, concept(unit_types=types(1)), 1)
    solved = []
    whole = module.choose
    monkeypatch.setattr(module, "choose", lambda asked, **limits: solved.append(asked) or whole(asked, **limits))
    known = Known()
    cliques = known.cliques(candidates)
    assert known.cliques(candidates) is cliques
    assert (cliques != overlap_cliques(candidates)).nnz == 0
    first = best_of(candidates, rows, cliques, known=known)
    count = len(solved)
    assert best_of(candidates, rows, cliques, known=known).chosen.tolist() == first.chosen.tolist()
    assert len(solved) == count
    fewer = Cut(candidates=tuple(range(len(candidates))), weights=(1.0,) * len(candidates), most=first.chosen.size - 1.0)
    assert best_of(candidates, rows, cliques, cuts=[fewer], known=known).chosen.size == first.chosen.size - 1
    still_fewer = Cut(candidates=fewer.candidates, weights=fewer.weights, most=first.chosen.size - 2.0)
    assert best_of(candidates, rows, cliques, cuts=[still_fewer], known=known).chosen.size == first.chosen.size - 2
    [block] = candidates.blocks
    narrow = replace(block.rectangles, du_m=0.5 * block.rectangles.du_m, dv_m=0.5 * block.rectangles.dv_m)
    other = replace(
        candidates, blocks=(replace(block, rectangles=narrow, levels=(narrow,)),), polygons=rectangle_polygons(block.frame, narrow)
    )
    assert known.cliques(other).shape != cliques.shape
    assert (known.cliques(other) != overlap_cliques(other)).nnz == 0
