"""Another product per wing: counts and loads by hand on wings whose walls stand 5.4 and 4.0 m apart.

Module A of 5.4 x 10 m and B of 4.0 x 10 m stand on two walls at just that distance, without a transfer layer to bridge
another: each fits one wing.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely

from optopscan.placement.per_wing import place_per_wing
from optopscan.placement.programme import Programme
from optopscan.placement.recheck import CheckedLayout, placed_polygon
from optopscan.placement.variants import place

from .factory import Wall, concept, cross_walls, quantity, site
from .test_place import below_of, roofs_of
from .test_solve import types

FITS = {"width_options_m": (), "transfer_span_max_m": 0.0, "length_lo_m": 10.0, "length_hi_m": 10.0, "unit_types": types(1)}
A = concept(id="a", name="A", width_m=5.4, **FITS)
B = concept(id="b", name="B", width_m=4.0, **FITS)
LIGHT_B = concept(id="b", name="B", width_m=4.0, g_floor_kn_m2=quantity(1.5), transfer_depth_m=0.2, height_m=2.9, **FITS)


def l_site():
    """Return five bays of 5.4 m along x (27 x 10 m, walls along y), and above the left end three of 4 m along y (10 x 12 m)."""
    walls = [*cross_walls([0, 5.4, 10.8, 16.2, 21.6, 27.0], 10), *(Wall(0, y, 10, y) for y in (10, 14, 18, 22))]
    return site(walls, shapely.union_all([shapely.box(0, 0, 27, 10), shapely.box(0, 10, 10, 22)]))


def coupled_site(room_kn_m):
    """Return four bays of 5.4 m (21.6 x 10 m) against a wing of three of 4 m (12 x 30 m); ``room`` is of the wall between, number 4."""
    walls = cross_walls([0, 5.4, 10.8, 16.2], 10)
    walls += [Wall(x, 0, x, 30, n_hi_kn_m=room_kn_m if x == 21.6 else 1e6) for x in (21.6, 25.6, 29.6, 33.6)]
    return site(walls, shapely.union_all([shapely.box(0, 0, 21.6, 10), shapely.box(21.6, 0, 33.6, 30)]))


def run(test_site, products, storeys=1, goal="dwellings", **changes):
    below, roofs = below_of(test_site, **changes), roofs_of(test_site, storeys)
    programmes = {one.id: Programme(concept=one, storeys=storeys, goal=goal) for one in products}
    single = [place(below, one, roofs, mode="proven")[0] for one in programmes.values()]
    found = place_per_wing(below, programmes, dict.fromkeys(programmes, roofs), mode="proven", single=single)
    return single, found


def count(variant):
    return {name: sum(module.concept == name for module in variant.placed) for name in ("a", "b")}


def test_each_wing_has_the_product_that_fits_it():
    """Five of A on one wing and three of B on the other; apart they make 5 and 3."""
    single, found = run(l_site(), [A, LIGHT_B])
    variant, issues = found
    assert [one.dwellings for one in single] == [5, 3]
    assert (variant.concept, variant.dwellings, count(variant), issues) == ("a+b", 8, {"a": 5, "b": 3}, ())
    # A 5 x 5.4 x 10 and B 3 x 4.0 x 10
    assert variant.gfa_m2 == pytest.approx(270.0 + 120.0)
    assert (variant.outcome, variant.optimal, variant.gap) == ("ok", True, 0.0)
    assert variant.why == "Per vleugel een eigen product. Vleugel 1: A, 5 woningen. Vleugel 2: B, 3 woningen."
    assert len({home.id for home in variant.homes}) == 8
    assert {module.dwelling for module in variant.placed} == {home.id for home in variant.homes}
    assert shapely.union_all([placed_polygon(module) for module in variant.placed]).area == pytest.approx(390.0)
    assert sum(variant.dwellings_by_type.values()) == 8


def test_loads_of_both_products_by_hand():
    """A: 5.4 x 10 x (2.0 + 0.5 + 0.5) = 162 kN, half on each wall; B: 4.0 x 10 x (1.5 + 0.5 + 0.5) = 100 kN.

    Walls of A: 81 at the ends, 162 between; of B: 50 at the ends, 100 between. Imposed 2.55 x 54 = 137.7 and 2.55 x 40 = 102 kN.
    """
    test_site, seen = l_site(), []

    def rebuild(loads):
        seen.append(loads)
        return test_site.rebuild(loads)

    run(test_site, [A, LIGHT_B], rebuild=rebuild)
    wall = test_site.wall_of_part[test_site.structure.heads.part]
    permanent = np.bincount(wall, weights=seen[-1].permanent_head_kn)
    imposed = np.bincount(wall, weights=seen[-1].imposed_head_kn[:, 0])
    assert permanent == pytest.approx([81, 162, 162, 162, 162, 81, 50, 100, 100, 50])
    assert imposed == pytest.approx(np.array([0.5, 1, 1, 1, 1, 0.5, 0, 0, 0, 0]) * 137.7 + np.array([0] * 6 + [0.5, 1, 1, 0.5]) * 102.0)


def test_every_product_has_its_own_heights():
    """Roof at 6.0: A 6.0 + 0.4 and 3.0 higher; B 6.0 + 0.2 and 2.9 higher."""
    _, (variant, _) = run(l_site(), [A, LIGHT_B], storeys=2)
    z_m = {name: sorted({round(module.z_m, 6) for module in variant.placed if module.concept == name}) for name in ("a", "b")}
    assert z_m == {"a": [6.4, 9.4], "b": [6.2, 9.1]}
    assert variant.dwellings == 16


@pytest.mark.parametrize(("room", "on_a", "optimal"), [(78.4, 3, False), (78.7, 4, True)])
def test_the_second_wing_has_the_room_that_the_first_leaves(room, on_a, optimal):
    """The wing of B (9 dwellings) goes first; per metre of the wall between, of 35 kN permanent and 5 imposed:

    B alone G = 4 x 3.0 / 2 = 6.0, Q = 4 x 2.55 / 2 = 5.1; A G = 8.1, Q = 6.885. Both, 6.10b: 1.15 (35 + 14.1) +
    1.3 (5 + 11.985) = 78.55; 6.10a: 1.3 x 49.1 + 0.52 x 16.985 = 72.7. Below that the last bay of A stays empty.
    """
    single, (variant, _) = run(coupled_site(room), [A, B])
    assert [one.dwellings for one in single] == [4, 9]
    assert count(variant) == {"a": on_a, "b": 9}
    assert (variant.outcome, variant.optimal) == ("ok", optimal)
    assert variant.gap == pytest.approx(13 / (9 + on_a) - 1.0)
    assert variant.max_uc <= 1.0


def test_a_recheck_that_fails_keeps_modules_off_the_last_wing():
    """Checks that say no to any load on the first wall: the bay beside it stays empty, and nothing is called optimal."""
    test_site = coupled_site(1e6)
    first = np.flatnonzero(test_site.wall_of_part == 0)

    def check(rebuilt):
        more = any(
            (take.permanent_foot_kn - test_site.take_downs[name].permanent_foot_kn)[first].max() > 1e-6 for name, take in rebuilt.items()
        )
        failing = tuple(first.tolist()) if more else ()
        return CheckedLayout(max_uc=1.5 if more else 0.5, outcome="over" if more else "ok", failing=failing)

    _, (variant, issues) = run(test_site, [A, B], check=check)
    assert count(variant) == {"a": 3, "b": 9}
    assert min(module.x_m for module in variant.placed) == pytest.approx(5.4)
    assert (variant.outcome, variant.optimal) == ("ok", False)
    assert [one.code for one in issues] == ["OPT-603"]


def test_nothing_where_one_product_is_best_everywhere():
    walls = [*cross_walls([0, 5.4, 10.8, 16.2, 21.6, 27.0], 10), *(Wall(0, y, 10, y) for y in (10, 15.4, 20.8))]
    test_site = site(walls, shapely.union_all([shapely.box(0, 0, 27, 10), shapely.box(0, 10, 10, 20.8)]))
    single, found = run(test_site, [A, B])
    assert (single[0].dwellings, found) == (7, None)


def test_nothing_on_one_wing_or_of_one_product():
    assert run(site(cross_walls([0, 5.4, 10.8], 10), shapely.box(0, 0, 10.8, 10)), [A, B])[1] is None
    assert run(l_site(), [A])[1] is None


@pytest.mark.parametrize(("room", "dwellings", "better"), [(78.7, 12, True), (78.7, 13, False), (78.4, 12, False), (78.4, 11, True)])
def test_nothing_that_is_no_better_than_one_product(room, dwellings, better):
    """13 dwellings fit where the wall between has the room and 12 where not, on 576 and 522 m2; one product has as many on 576 m2."""
    test_site = coupled_site(room)
    single = [replace(run(test_site, [A, B])[0][1], dwellings=dwellings, gfa_m2=576.0)]
    programmes = {one.id: Programme(concept=one, storeys=1) for one in (A, B)}
    roofs = dict.fromkeys(programmes, roofs_of(test_site, 1))
    assert (place_per_wing(below_of(test_site), programmes, roofs, mode="proven", single=single) is not None) == better


def test_same_every_time_and_whatever_the_order_of_the_products():
    test_site = coupled_site(78.4)
    one, other, again = (run(test_site, products)[1][0] for products in ([A, B], [B, A], [A, B]))
    assert one == again
    assert (other.placed, other.concept) == (one.placed, one.concept)
