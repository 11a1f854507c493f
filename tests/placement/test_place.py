"""Whole variants on synthetic roofs: optima counted by hand, and what must always hold."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely

from optopscan.placement.below import Below
from optopscan.placement.ground import survey
from optopscan.placement.programme import Programme
from optopscan.placement.recheck import placed_polygon
from optopscan.placement.roof import usable_roofs
from optopscan.placement.variants import place
from optopscan.settings import Settings

from .factory import UnitType, Wall, concept, cross_walls, quantity, site
from .test_solve import types

BOX = shapely.box(0, 0, 16.2, 10)
BAYS = (0, 5.4, 10.8, 16.2)
# stands on two walls at the bay, no transfer layer
DIRECT = concept(width_m=5.4, width_options_m=(), transfer_span_max_m=0.0, unit_types=types(1))


def below_of(test_site, settings=None, **changes):
    settings = settings or Settings()
    return Below(
        structure=test_site.structure,
        take_downs=test_site.take_downs,
        capacities=test_site.capacities,
        factors=test_site.factors,
        imposed_kn_m2=2.55,
        ballast_kn_m2=settings.roof_ballast_kn_m2 if settings.roof_ballast_evidence else 0.0,
        **({"rebuild": test_site.rebuild, "check": test_site.check} | changes),
    )


def roofs_of(test_site, storeys, setback_m=0.0):
    return (usable_roofs(test_site.structure, setback_m=setback_m),) * storeys


def run(test_site, product, storeys=1, mode="proven", settings=None, goal="area", roofs=None, mix=(), mix_yields="mix", **kwargs):
    settings = settings or Settings()
    changes = {name: kwargs.pop(name) for name in ("rebuild", "check") if name in kwargs}
    programme = Programme(concept=product, storeys=storeys, goal=goal, mix=mix, mix_yields=mix_yields)
    roofs = roofs or roofs_of(test_site, storeys, settings.setback_m)
    return place(below_of(test_site, settings, **changes), programme, roofs, mode=mode, **kwargs)


def x_of(variant):
    return sorted({round(module.x_m, 6) for module in variant.placed})


def test_three_bays_take_one_module_each():
    variant, issues = run(site(cross_walls(BAYS, 10), BOX), DIRECT)
    assert (variant.modules, variant.dwellings, variant.outcome, variant.optimal, issues) == (3, 3, "ok", True, ())
    assert x_of(variant) == [0.0, 5.4, 10.8]
    assert variant.gfa_m2 == pytest.approx(162.0)


def test_transfer_layer_frees_the_modules_from_the_bays():
    # 16.2 / 3.6 = 4.5: four modules, two dwellings of two
    variant, _ = run(site(cross_walls(BAYS, 10), BOX), concept())
    assert (variant.modules, variant.dwellings, variant.dwellings_by_type) == (4, 2, {"2m": 2})


def test_two_storeys_double_everything_in_place():
    variant, _ = run(site(cross_walls(BAYS, 10), BOX), concept(), storeys=2)
    assert (variant.modules, variant.dwellings, variant.gfa_m2) == (8, 4, pytest.approx(288.0))
    # roof at 6.0, transfer layer 0.4, module 3.0
    assert sorted({module.z_m for module in variant.placed}) == pytest.approx([6.4, 9.4])
    assert len({module.module_id for module in variant.placed}) == 8


@pytest.mark.parametrize("turn_deg", [30.0, 45.0, 90.0, 163.0])
def test_turned_building_same_answer(turn_deg):
    obstacles = [shapely.box(6, 4, 7, 6)]
    product = concept(width_options_m=(2.4, 3.0), unit_types=types(2, 1))
    straight, _ = run(site(cross_walls(BAYS, 10), BOX, obstacles=obstacles), product)
    turned, _ = run(site(cross_walls(BAYS, 10), BOX, obstacles=obstacles, turn_deg=turn_deg), product)
    assert (turned.modules, turned.dwellings_by_type, turned.outcome) == (straight.modules, straight.dwellings_by_type, "ok")
    assert turned.gfa_m2 == pytest.approx(straight.gfa_m2)


def test_weak_wall_carries_one_module_side_only():
    """Four bays of 5.4 m; wall 2 has room for one module side, not for two.

    Per metre of wall, own weight at mid-height of the lowest of two storeys: G0 = 2 x 10 + 1.5 x 10 = 35, one floor
    Q0 = 5: 6.10a 1.30 x 35 + 0.52 x 5 = 48.1, 6.10b 1.15 x 35 + 1.30 x 5 = 46.75. One module side: G = 5.4 x 3.0 / 2 =
    8.1, Q = 5.4 x 2.55 / 2 = 6.885: 6.10a 14.11, 6.10b 9.315 + 8.951 = 18.27. One side: 65.0, two sides: 83.3.
    """
    for room, modules in ((64.9, 2), (65.1, 3), (83.2, 3), (83.4, 4)):
        walls = cross_walls([0, 5.4, 10.8, 16.2, 21.6], 10, n_hi_kn_m={2: room})
        variant, _ = run(site(walls, shapely.box(0, 0, 21.6, 10)), DIRECT)
        assert variant.modules == modules, room
        assert variant.outcome == "ok"
        assert variant.max_uc <= 1.0
        if modules < 4:
            assert "w2." in variant.why


def test_unknown_wall_is_avoided_when_proof_is_asked():
    walls = cross_walls([0, 5.4, 10.8, 16.2, 21.6], 10, n_hi_kn_m={2: math.nan})
    test_site = site(walls, shapely.box(0, 0, 21.6, 10))
    proven, _ = run(test_site, DIRECT, mode="proven")
    # the outcome is that of the checks, and those are unknown for the wall as it stands
    assert (x_of(proven), proven.outcome) == ([0.0, 16.2], "unknown")
    assert not any(part.startswith("w2.") for module in proven.placed for part in module.loads_on)
    possible, _ = run(test_site, DIRECT, mode="possible")
    assert (possible.modules, possible.outcome) == (4, "unknown")
    assert "onbekende weerstand" in possible.why


def test_unknown_bearing_gives_unknown_even_if_the_checks_say_ok():
    test_site = site(cross_walls(BAYS, 10, bearing_known={0: False}), BOX)
    assert run(test_site, DIRECT, mode="possible")[0].outcome == "unknown"
    assert run(test_site, DIRECT, mode="proven")[0].modules == 2


def test_everything_unknown_places_nothing_and_says_unknown():
    test_site = site(cross_walls(BAYS, 10, n_hi_kn_m=dict.fromkeys(range(4), math.nan)), BOX)
    variant, _ = run(test_site, DIRECT)
    assert (variant.modules, variant.outcome) == (0, "unknown")


def test_wall_already_over_is_never_loaded():
    test_site = site(cross_walls(BAYS, 10, over={1: True}), BOX)
    for mode in ("proven", "possible"):
        variant, _ = run(test_site, DIRECT, mode=mode)
        assert x_of(variant) == [10.8]


def test_obstacle_in_the_middle_bay_costs_that_module():
    test_site = site(cross_walls(BAYS, 10), BOX, obstacles=[shapely.box(7, 4, 8, 5)])
    assert x_of(run(test_site, DIRECT)[0]) == [0.0, 10.8]


def test_setback_leaves_what_stands_on_walls_inside_it():
    # 1 m all round: bays 0 and 2 stick out, the middle bay is 10 m deep and sticks out too; 8 m modules fit there
    test_site = site(cross_walls(BAYS, 10), BOX)
    assert run(test_site, DIRECT, settings=Settings(setback_m=1.0))[0].modules == 1
    product = concept(width_m=5.4, width_options_m=(), transfer_span_max_m=0.0, length_lo_m=9.0, unit_types=types(1))
    variant, issues = run(test_site, product, settings=Settings(setback_m=1.0))
    assert (variant.modules, variant.outcome) == (0, "over")
    assert [item.code for item in issues] == ["OPT-601"]


def test_l_shaped_roof():
    """Wing A 16.2 x 10 with walls along y, wing B 10 x 10.8 above its left end with walls along x at 10, 15.4, 20.8.

    Three modules on the bays of A; on B two modules of 5.4 x 10 turned a quarter: five.
    """
    walls = cross_walls(BAYS, 10) + [Wall(0, y, 10, y) for y in (10.0, 15.4, 20.8)]
    roof = shapely.union(BOX, shapely.box(0, 10, 10, 20.8))
    variant, _ = run(site(walls, roof), DIRECT)
    assert (variant.modules, variant.outcome) == (5, "ok")
    assert sorted(module.rotation_deg % 180 for module in variant.placed) == pytest.approx([0, 0, 0, 90, 90])


def test_wall_line_just_inside_the_roof_edge_is_found():
    # the roof reaches 0.06 m past the outer walls: a module flush with the edge would stand 0.06 m beside its wall
    variant, _ = run(site(cross_walls(BAYS, 10), shapely.box(-0.06, 0, 16.26, 10)), DIRECT)
    assert x_of(variant) == [0.0, 5.4, 10.8]


def test_positions_left_out_are_said():
    test_site = site(cross_walls(BAYS, 10), BOX)
    ground = survey(test_site.structure, Programme(concept=DIRECT, storeys=1), roofs_of(test_site, 1), max_candidates=1)
    variant, _ = run(test_site, DIRECT, ground=ground)
    assert (variant.modules, variant.optimal) == (1, False)
    assert "Niet alle posities" in variant.why


def test_ground_is_shared_between_goals():
    test_site = site(cross_walls(BAYS, 10), BOX)
    product = concept(unit_types=types(1, 2))
    ground = survey(test_site.structure, Programme(concept=product, storeys=2), roofs_of(test_site, 2))
    assert ground.blind_area_m2 == pytest.approx(144.0)
    for goal in ("area", "dwellings"):
        assert run(test_site, product, 2, goal=goal, ground=ground) == run(test_site, product, 2, goal=goal)


def test_columns_carry_a_transfer_layer():
    # columns 5.4 x 5.0: the transfer layer spans 5.0 along the rows and 5.4 between them
    columns = [(x, y) for x in BAYS for y in (0.0, 5.0, 10.0)]
    variant, _ = run(site([], BOX, columns=columns), concept())
    assert (variant.modules, variant.outcome) == (4, "ok")
    assert run(site([], BOX, columns=columns), concept(transfer_span_max_m=4.9))[0].modules == 0


@pytest.mark.parametrize("seed", range(6))
def test_no_overlap_nothing_outside_every_reaction_named(seed):
    rng = np.random.default_rng(seed)
    xs = np.concatenate([[0.0], np.cumsum(rng.uniform(4.0, 6.0, 5))])
    x, y = rng.uniform(2, xs[-1] - 4), rng.uniform(0, 8)
    walls = cross_walls(xs, 10, n_hi_kn_m=dict(enumerate(rng.uniform(60, 120, xs.size))))
    test_site = site(walls, shapely.box(0, 0, xs[-1], 10), obstacles=[shapely.box(x, y, x + 1.5, y + 1.5)], turn_deg=rng.uniform(0, 180))
    product = concept(width_options_m=(3.0,), unit_types=types(2, 1), length_lo_m=5.0)
    variant, _ = run(test_site, product, storeys=int(rng.integers(1, 3)))
    plan = [module for module in variant.placed if module.storey == 1]
    polygons = [placed_polygon(module) for module in plan]
    roof = usable_roofs(test_site.structure)[0].polygon
    assert polygons
    for row, polygon in enumerate(polygons):
        assert polygon.difference(roof.buffer(1e-3)).area == pytest.approx(0.0, abs=1e-9)
        assert all(polygon.intersection(other).area < 1e-3 for other in polygons[:row])
    names = set(test_site.structure.parts.id)
    assert all(module.loads_on and set(module.loads_on) <= names for module in variant.placed)
    assert variant.outcome == "ok"
    assert variant.gfa_m2 == pytest.approx(sum(module.width_m * module.length_m for module in variant.placed))
    assert sum(int(code[0]) * number for code, number in variant.dwellings_by_type.items()) == variant.modules
    assert sorted(name for home in variant.homes for name in home.modules) == sorted(module.module_id for module in variant.placed)


def test_capacity_aware_keeps_what_a_blind_layout_loses():
    # wall 2 cannot take a side: blind fills all bays and fails; ours keeps the bays that do not touch it
    walls = cross_walls([0, 5.4, 10.8, 16.2, 21.6], 10, n_hi_kn_m={2: 60.0})
    test_site = site(walls, shapely.box(0, 0, 21.6, 10))
    blind_site = site(cross_walls([0, 5.4, 10.8, 16.2, 21.6], 10), shapely.box(0, 0, 21.6, 10))
    blind, _ = run(blind_site, DIRECT, check=test_site.check)
    assert run(blind_site, DIRECT, rebuild=None)[0].modules == 4
    ours, issues = run(test_site, DIRECT)
    assert (ours.modules, ours.outcome, issues) == (2, "ok", ())
    # even the blind search is saved by the re-check, at the price of cuts
    assert blind.outcome == "ok"


def test_same_input_same_layout():
    walls = cross_walls([0, 5.1, 9.9, 15.0, 20.6], 10, n_hi_kn_m={1: 70.0, 3: 66.0})
    test_site = site(walls, shapely.box(0, 0, 20.6, 10))
    product = concept(width_options_m=(2.4, 3.0))
    assert run(test_site, product) == run(test_site, product)


def test_goal_says_what_comes_first():
    """10.8 m of roof for 3.6 m modules: three of one module, or one of two and one of one: all 108 m2.

    With an obstacle that leaves 7.2 + 2 m, two dwellings of one or one of two on 72 m2.
    """
    test_site = site(cross_walls(BAYS[:3], 10), shapely.box(0, 0, 10.8, 10))
    assert run(test_site, concept(unit_types=types(3, 2, 1)), goal="dwellings")[0].dwellings_by_type == {"3m": 0, "2m": 0, "1m": 3}
    assert run(test_site, concept(unit_types=types(3, 2, 1)), goal="area")[0].dwellings_by_type == {"3m": 0, "2m": 0, "1m": 3}
    # dwellings of two cost area: 7.2 of 10.8 m, area first takes the one of three
    product = concept(unit_types=types(2, 3))
    assert run(test_site, product, goal="area")[0].dwellings_by_type == {"2m": 0, "3m": 1}
    wide = site(cross_walls([0, 4.8, 9.6, 14.4], 10), shapely.box(0, 0, 14.4, 10))
    assert run(wide, product, goal="dwellings")[0].dwellings_by_type == {"2m": 2, "3m": 0}


def test_mix_and_what_gives_way():
    """Six modules of 3.6 m on 21.6 m: six dwellings of one. Half of each type: two of one and two of two."""
    test_site = site(cross_walls([0, 5.4, 10.8, 16.2, 21.6], 10), shapely.box(0, 0, 21.6, 10))
    product = concept(unit_types=types(1, 2))
    assert run(test_site, product, goal="dwellings")[0].dwellings_by_type == {"1m": 6, "2m": 0}
    strict, _ = run(test_site, product, goal="dwellings", mix=(50, 50), mix_yields="dwellings")
    assert strict.dwellings_by_type == {"1m": 2, "2m": 2}
    assert run(test_site, product, goal="balanced", mix_yields="dwellings")[0].dwellings_by_type == {"1m": 2, "2m": 2}
    loose, _ = run(test_site, product, goal="dwellings", mix=(50, 50), mix_yields="mix")
    assert loose.dwellings_by_type == {"1m": 6, "2m": 0}
    # two storeys on four modules: area is the same for every mix, so the mix can be met
    area, _ = run(test_site, product, goal="area", mix=(50, 50), mix_yields="mix")
    assert area.gfa_m2 == pytest.approx(216.0)
    assert area.dwellings_by_type == {"1m": 2, "2m": 2}
    variant, _ = run(test_site, product, mix=(40, 40, 20))
    assert (variant.modules, variant.outcome) == (0, "over")
    assert "3 woningtypen" in variant.why


def test_weak_bay_stays_one_storey_lower():
    """Four bays, two storeys; the last wall carries one storey of one side only.

    Per metre of wall, as for the weak wall above: one side of one storey 65.0. Of two storeys: G = 5.4 x 5.0 / 2 = 13.5, both new
    floors full and the old one with psi0: 1.15 (35 + 13.5) + 1.30 (0.4 x 5 + 2 x 6.885) = 76.28.
    """
    walls = cross_walls([0, 5.4, 10.8, 16.2, 21.6], 10, n_hi_kn_m={4: 70.0})
    variant, _ = run(site(walls, shapely.box(0, 0, 21.6, 10)), DIRECT, storeys=2)
    assert sorted((round(module.x_m, 3), module.storey) for module in variant.placed) == [
        *((x, storey) for x in (0.0, 5.4, 10.8) for storey in (1, 2)),
        (16.2, 1),
    ]
    assert (variant.dwellings, variant.outcome) == (7, "ok")
    assert variant.gfa_m2 == pytest.approx(7 * 54.0)


def test_upper_storey_steps_back():
    """Roof 16.2 x 10, second storey 1 m less all round: its modules get 8 m long and only the middle bay lies within 1..15.2."""
    test_site = site(cross_walls(BAYS, 10), BOX)
    roofs = roofs_of(test_site, 1) + roofs_of(test_site, 1, setback_m=1.0)
    variant, _ = run(test_site, DIRECT, storeys=2, roofs=roofs)
    upper = [module for module in variant.placed if module.storey == 2]
    assert [(round(m.x_m, 3), round(m.y_m, 3), m.length_m) for m in upper] == [(5.4, 1.0, pytest.approx(8.0))]
    assert sum(module.storey == 1 for module in variant.placed) == 3
    assert variant.gfa_m2 == pytest.approx(3 * 54.0 + 5.4 * 8.0)
    assert {home.storey: home.gfa_m2 for home in variant.homes}[2] == pytest.approx(43.2)


@pytest.mark.parametrize(
    ("change", "outcome", "word"),
    [
        ({"g_roof_kn_m2": quantity(math.nan)}, "unknown", "dak"),
        ({"g_transfer_kn_m2": quantity(math.nan)}, "unknown", "tussenlaag"),
        ({"max_storeys": 0}, "over", "lagen"),
        ({"support_system": "table"}, "unknown", "table"),
        ({"width_m": 30.0, "width_options_m": ()}, "over", "past"),
    ],
)
def test_product_that_cannot_be_placed_says_why(change, outcome, word):
    variant, _ = run(site(cross_walls(BAYS, 10), BOX), concept(**change))
    assert (variant.modules, variant.outcome) == (0, outcome)
    assert word in variant.why


def test_without_recheck_the_outcome_is_unknown():
    variant, _ = run(site(cross_walls(BAYS, 10), BOX), DIRECT, rebuild=None, check=None)
    assert (variant.modules, variant.outcome) == (3, "unknown")
    assert math.isnan(variant.max_uc)


@pytest.mark.parametrize(("room", "without", "credited"), [(62.9, 0, 0), (63.0, 0, 1), (65.1, 1, 1)])
def test_ballast_is_credited_only_with_evidence(room, without, credited):
    """Two walls with one module side each ask 65.02 kN/m (weak wall test, 6.10b).

    The factory gives 2 m of the bay to the left wall: 0.9 x 2 = 1.8 kN/m of gravel, 65.02 - 1.15 x 1.8 = 62.95.
    """
    test_site = site(cross_walls([0, 5.4], 10, n_hi_kn_m={0: room, 1: room}), shapely.box(0, 0, 5.4, 10))
    assert run(test_site, DIRECT)[0].modules == without
    assert run(test_site, DIRECT, settings=Settings(roof_ballast_evidence=True))[0].modules == credited


def test_unit_type_without_dwelling_size_is_never_placed():
    variant, _ = run(site(cross_walls(BAYS, 10), BOX), concept(unit_types=types(5)))
    assert (variant.modules, variant.dwellings) == (0, 0)
    assert isinstance(types(5)[0], UnitType)
