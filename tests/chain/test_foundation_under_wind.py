"""Foundations by hand: piles below a wall that takes wind, what is not drawn, strips that cross."""

from dataclasses import replace

import pytest
from known_buildings import Known

from optopscan.report.phrases import phrase

PILES = {"kind": "pile", "pile_capacity_kn": 2000.0, "capacity_basis": "design", "pile_spacing_m": 1.0}
BUILDING = Known(
    storeys=2, bays_m=(3.6, 3.6), length_m=8.0, clear_m=2.6, floor_m=0.2, walls_m=(0.3, 0.3, 0.3), stone=("beton C20/25",) * 3,
    strips=False, across=(0.0, 0.5, 1.0), cross_m=0.3, soil=PILES,
)  # fmt: skip


@pytest.fixture(scope="module")
def strong():
    return BUILDING.scan()


def pressed_kn_m(given):
    """N / L (1 + 6 M / (N L)), where that leaves tension 2 N / (3 (L / 2 - M / N)); the larger of both forces."""
    found, length = [], given["panel_length_m"]
    for n in (given["n_min_kn"], given["n_max_kn"]):
        e = given["m_ed_knm"] / n
        found.append(n / length + 6.0 * given["m_ed_knm"] / length**2 if e <= length / 6.0 else 2.0 * n / 3.0 / (length / 2.0 - e))
    return max(found)


def governed(result):
    """The stability row of one storey across the lines, with the line below its wall and the length of that."""
    rows = [row for row in result.sides.stability if row.scenario == "fictief.clt-2d+1" and row.inputs["storey"] == 0]
    row = max(rows, key=lambda row: row.uc)
    parts = result.structure.parts
    line = int(parts.line[parts.id.index(row.part)])
    return row, line, sum(parts.length_m[k] for k in range(len(parts)) if parts.line[k] == line)


def test_the_end_that_wind_presses_by_hand(strong):
    row, line, length = governed(strong)
    below = next(one for one in strong.sides.foundation if (one.scenario, one.line) == (row.scenario, line))
    # two walls in one line share the wind alike: the end of the one is the end of both
    assert below.inputs["e_d_wind_end_kn"] == pytest.approx(pressed_kn_m(row.inputs) * length, rel=1e-9)
    assert below.inputs["e_d_wind_end_kn"] > below.e_d_kn
    assert (below.outcome, strong.extra_storeys.proven) == ("ok", 2)


def test_enough_without_and_too_little_with_the_weight_of_what_is_not_drawn_is_unknown(strong):
    """Caps and beams weigh a tenth of the load: 1.05 times the load is not enough for both."""
    rows = [row for row in strong.sides.foundation if row.scenario == "fictief.clt-2d+1"]
    found = max(rows, key=lambda row: row.uc)
    assert found.inputs["undrawn_weight_d_kn"] == pytest.approx(0.1 * found.e_d_kn)
    n_pile = found.r_d_kn / PILES["pile_capacity_kn"]
    weak = replace(BUILDING, soil={**PILES, "pile_capacity_kn": round(1.05 * found.e_d_kn / n_pile, 1)}).scan()
    now = next(row for row in weak.sides.foundation if (row.scenario, row.line) == (found.scenario, found.line))
    assert now.uc == pytest.approx(1.0 / 1.05, rel=1e-3)
    assert now.outcome == "unknown"
    assert "met het gewicht van de niet getekende fundering" in now.why
    assert "with the weight of the foundation that is not drawn" in phrase(now.why, "en")
    assert weak.extra_storeys.proven == 0


def test_strips_below_walls_that_meet_share_the_ground():
    """Three lines of 8 m and cross walls at both ends and half way, between their faces; strips of 1.0 m.

    A cross wall ends at the face, 0.15 m from the axis: its strip lies 0.35 m under that of the wall, 1.0 m wide, in the
    middle of the line. At the ends the axis of the cross wall lies 0.15 m from the end of the line, so 0.65 m of it.
    """
    strips = {"kind": "strip", "width_m": 1.0, "depth_m": 0.8, "bearing_resistance_kpa": 400.0, "resistance_basis": "design"}
    result = replace(BUILDING, soil=strips).scan()
    parts = result.structure.parts
    rows = {row.line: row for row in result.sides.foundation if row.scenario == "existing"}
    outer = [row for row in rows.values() if row.inputs["area_m2"] > 7.0]
    assert len(outer) == 3
    shared = [0.5 * 0.35 * (1.0 + 2 * 0.65) * n for n in (1, 1, 2)]
    assert sorted(row.inputs["shared_m2"] for row in outer) == pytest.approx(sorted(shared), abs=1e-6)
    for row in rows.values():
        length = sum(parts.length_m[k] for k in range(len(parts)) if parts.line[k] == row.line)
        assert row.inputs["area_m2"] == pytest.approx(length - row.inputs["shared_m2"])
        assert row.r_d_kn == pytest.approx(400.0 * row.inputs["area_m2"])


def test_enough_on_average_and_too_little_at_the_end_is_unknown(strong):
    row, line, _ = governed(strong)
    below = next(one for one in strong.sides.foundation if (one.scenario, one.line) == (row.scenario, line))
    n_pile = below.r_d_kn / PILES["pile_capacity_kn"]
    between = 0.5 * (max(below.e_d_kn, below.inputs["e_d_peak_kn"]) + below.inputs["e_d_wind_end_kn"])
    weak = replace(BUILDING, soil={**PILES, "pile_capacity_kn": round(between / n_pile, 1)}).scan()
    found = next(one for one in weak.sides.foundation if (one.scenario, one.line) == (row.scenario, line))
    assert found.uc < 1.0
    assert found.outcome == "unknown"
    assert "aan een einde met wind" in found.why
    assert "at one end with wind" in phrase(found.why, "en")
    assert weak.extra_storeys.proven == 0
