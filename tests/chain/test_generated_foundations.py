"""Drawn buildings on known foundations: the unity check by hand, more load or less resistance never better, unknown never ok."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from drawn_buildings import over_buildings
from hand_formulas import design_force
from hypothesis import strategies as st
from known_buildings import KNOWN, Known, Soil, known, soils
from recomputing import close

from optopscan import pipeline
from optopscan.catalog.load import load_concepts
from optopscan.report import tidy
from optopscan.report.record import build as records

STATES = ("existing", "fictief.clt-2d+1", "fictief.clt-2d+2")
ORDER = {"ok": 0, "unknown": 1, "over": 2}
BUILDINGS = known(soils(least=0.3))
STOREY_KN_M2 = 2.0 + 1.54 * 2.0 * (3.6 + 9.0) / (3.6 * 9.0)
TOP_KN_M2 = 0.9 + 0.8
"""fictief.clt-2d, upper values: floor, walls along the sides of 3.6 x 9.0 m; roof and transfer layer."""
DWELLING_KN_M2, PSI0 = 1.75 + 0.8, 0.4
VERBOUW = {"gamma_ga": 1.30, "gamma_gb": 1.15, "gamma_q": 1.30, "gamma_g_inf": 0.9}
REL = 1e-9


def rows_of(result: Any) -> dict[tuple[str, int], Any]:
    """The foundation rows of a scan by state and line."""
    return {(row.scenario, row.line): row for row in result.sides.foundation}


def tilted(row: Any) -> bool:
    """Whether wind makes a row unknown: weight may cure that, as the force then lies nearer to the middle of the wall."""
    return "met wind" in row.why


def reach(result: Any, worst: str) -> int:
    """How many storeys the foundation alone allows, with no line worse than ``worst`` up to there."""
    good = [ORDER[result.sides.outcome("foundation", state)] <= ORDER[worst] for state in STATES]
    return 0 if not good[0] else 2 if all(good) else 1 if good[1] else 0


def of_products(building: Known, heavier_kn_m2: float) -> Any:
    """The scan with a product of which the floor weighs more."""
    product = next(one for one in load_concepts() if one.id == "fictief.clt-2d")
    floor = replace(product.g_floor_kn_m2, hi=product.g_floor_kn_m2.hi + heavier_kn_m2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "chosen_concepts", lambda _: (replace(product, g_floor_kn_m2=floor),))
        return building.scan()


# by hand


def resistance(soil: Soil, length_m: float, n_pile: int) -> float:
    """R_d of a line [kN]: NEN 9997-1 7.6.2 and 6.5.2 with EN 1997-1 annex D, factors of tables A.4 and A.6."""
    if soil["kind"] == "pile":
        one = soil["pile_capacity_kn"] / (1.2 if soil["capacity_basis"] == "characteristic" else 1.0)
        return one * (n_pile or math.floor(length_m / soil["pile_spacing_m"]))
    width = soil["width_m"]
    if "bearing_resistance_kpa" in soil:
        return soil["bearing_resistance_kpa"] * width * length_m
    depth, water = soil["depth_m"], soil.get("groundwater_m", 0.0)
    above = min(depth, water)
    beside = (17.0 * above + 7.0 * (depth - above)) / 1.1
    found = []
    if "friction_angle_deg" in soil:
        phi = math.atan(math.tan(math.radians(soil["friction_angle_deg"])) / 1.15)
        n_q = math.exp(math.pi * math.tan(phi)) * (1.0 + math.sin(phi)) / (1.0 - math.sin(phi))
        below = (17.0 if water >= depth + 1.5 * width else 7.0) / 1.1
        found.append(beside * n_q + 0.5 * below * width * 2.0 * (n_q - 1.0) * math.tan(phi))
    if "undrained_strength_kpa" in soil:
        found.append((2.0 + math.pi) * soil["undrained_strength_kpa"] / 1.35 + beside)
    return min(found) * width * length_m


def shared_m2(parts: Any, line: int, width_m: float) -> float:
    """Half of the ground that the strips of a line share with those of other lines [m2]; strips lie along the axes here."""
    lows, highs = (
        np.minimum([parts.x0_m, parts.y0_m], [parts.x1_m, parts.y1_m]),
        np.maximum([parts.x0_m, parts.y0_m], [parts.x1_m, parts.y1_m]),
    )
    wide = np.where(highs - lows > 1e-6, 0.0, 0.5 * width_m)
    lows, highs = lows - wide, highs + wide
    on = np.asarray(parts.line)
    found = 0.0
    for a in np.flatnonzero(on == line):
        for b in np.flatnonzero((on >= 0) & (on != line)):
            both = np.minimum(highs[:, a], highs[:, b]) - np.maximum(lows[:, a], lows[:, b])
            found += 0.5 * float(np.prod(np.maximum(both, 0.0)))
    return found


def undrawn(soil: Soil, length_m: float, e_d_kn: float, *, shown: bool) -> float:
    """Weight of a foundation that the model leaves out [kN]: 1.2 x 20 kN/m3 of what is dug in, of caps and beams a tenth of the load."""
    if shown:
        return 0.0
    return 0.1 * e_d_kn if soil["kind"] == "pile" else 1.2 * 20.0 * soil["width_m"] * soil.get("depth_m", 0.8) * length_m


def part_loads(result: Any, distribution: str, storeys: int) -> list[dict[str, float]]:
    """Loads at the foot of every part with so many storeys on top, as inputs of a combination."""
    take, area = result.take_downs[distribution], np.asarray(result.structure.heads.trib_area_m2)
    influence = np.asarray(take.influence_foot.todense()) if hasattr(take.influence_foot, "todense") else np.asarray(take.influence_foot)
    down, up = np.maximum(influence, 0.0) @ area, np.minimum(influence, 0.0) @ area
    weight = storeys * STOREY_KN_M2 + TOP_KN_M2 if storeys else 0.0
    found = []
    for k in range(len(result.structure.parts)):
        old = np.asarray(take.imposed_foot_kn)[k].tolist()
        imposed = [*old, *[down[k] * DWELLING_KN_M2] * storeys]
        loads = {
            **VERBOUW,
            "permanent_kn": float(np.asarray(take.permanent_foot_kn)[k]) + weight * down[k],
            "permanent_relief_kn": weight * up[k],
            "imposed_roof_kn": float(np.asarray(take.roof_foot_kn)[k]),
        }
        for n, q in enumerate(imposed):
            loads |= {f"imposed_{n}_kn": q, f"psi0_{n}": PSI0}
        found.append(loads)
    return found


def lasting(loads: dict[str, float]) -> float:
    """G + psi0 Q [kN]."""
    imposed = [value for key, value in loads.items() if key.startswith("imposed_") and key != "imposed_roof_kn"]
    return loads["permanent_kn"] + loads["permanent_relief_kn"] + PSI0 * sum(max(q, 0.0) for q in imposed)


@over_buildings(2, 150, BUILDINGS)
def test_every_line_by_hand(building: Known) -> None:
    """Load, resistance, unity check and outcome of each line in each state, from take-down, product and soil; against the record."""
    building = replace(building, told=replace(KNOWN, roof_ballast_kn_m2=0.0))
    result = building.scan()
    told = json.loads(tidy.dumps(records.build(result)[0]))["extra_storeys"]["foundation"]["checks"]
    parts = result.structure.parts
    line, length = np.asarray(parts.line), np.asarray(parts.length_m)
    pile = np.array([kind == "pile" for kind in parts.kind])
    assert len(told) == len(STATES) * len(set(line[line >= 0].tolist()))
    for storeys, state in enumerate(STATES):
        for row in (row for row in told if row["scenario"] == state):
            own = np.flatnonzero(line == row["line"])
            forces, growth, peaks = [], [], []
            for name in result.take_downs:
                before, loads = part_loads(result, name, 0), part_loads(result, name, storeys)
                force = np.array([design_force(loads[k])[0] for k in own])
                forces.append(force.sum())
                growth.append(sum(lasting(loads[k]) for k in own) / sum(lasting(before[k]) for k in own))
                on_piles = pile[own]
                if on_piles.any():
                    peaks.append(force[on_piles].max() * on_piles.sum())
                else:
                    peaks.append((force / length[own]).max() * length[own].sum())
            r_d = resistance(building.soil, length[own].sum(), int(pile[own].sum()))
            shared = 0.0
            if building.soil["kind"] == "strip":
                shared = shared_m2(parts, row["line"], building.soil["width_m"]) / (building.soil["width_m"] * length[own].sum())
            r_d *= 1.0 - shared
            e_d = max(forces)
            assert close(e_d / row["e_d_kn"], 1.0), (state, row["line"])
            assert close(r_d / row["r_d_kn"], 1.0), (state, row["line"])
            assert close(e_d / r_d, row["uc"]), (state, row["line"])
            assert close(max(growth), row["inputs"]["r_psi"]), (state, row["line"])
            shown = any(parts.kind[k] in ("footing", "pile") for k in own)
            weight = undrawn(building.soil, length[own].sum(), e_d, shown=shown) * (1.0 - shared)
            assert close(weight + 1.0, row["inputs"]["undrawn_weight_d_kn"] + 1.0), (state, row["line"])
            if row["outcome"] == "ok":
                assert max(e_d, *peaks) + weight <= r_d * (1.0 + 1e-9)
                assert building.soil["kind"] == "pile" or not storeys or max(growth) <= 1.10 + 1e-9
                assert row["inputs"].get("e_d_wind_end_kn", 0.0) + weight <= r_d * (1.0 + 1e-9)
            assert (row["outcome"] == "over") == (e_d > r_d)


# one way only


@over_buildings(1, 100, BUILDINGS, st.sampled_from(("roof_membrane_kn_m2", "floor_finish_kn_m2", "partitions_kn_m2")), st.floats(0.05, 2.0))
def test_a_heavier_building_never_rests_better(building: Known, what: str, more_kn_m2: float) -> None:
    """No line is loaded or used less, none that was over is not; but what settles less beside a heavier building may be ok then."""
    before, after = building.scan(), building.scan(**{what: getattr(KNOWN, what) + more_kn_m2})
    heavier = rows_of(after)
    for key, row in rows_of(before).items():
        assert row.e_d_kn <= heavier[key].e_d_kn * (1.0 + REL), key
        assert row.uc <= heavier[key].uc * (1.0 + REL), key
        assert row.outcome != "over" or heavier[key].outcome == "over", key
    assert reach(after, "unknown") <= reach(before, "unknown")
    if building.soil["kind"] == "pile" and not any(map(tilted, rows_of(before).values())):
        assert reach(after, "ok") <= reach(before, "ok")


@over_buildings(1, 100, BUILDINGS, st.floats(0.05, 2.0))
def test_a_heavier_product_never_rests_better(building: Known, more_kn_m2: float) -> None:
    """The building as it stands keeps its rows; with storeys no line has a better outcome, and the foundation allows no more."""
    before, after = of_products(building, 0.0), of_products(building, more_kn_m2)
    heavier = rows_of(after)
    for key, row in rows_of(before).items():
        assert ORDER[row.outcome] <= ORDER[heavier[key].outcome] or tilted(row), key
        assert row.uc <= heavier[key].uc * (1.0 + REL), key
        assert key[0] != "existing" or row == heavier[key], key
    assert reach(after, "unknown") <= reach(before, "unknown")
    if not any(map(tilted, rows_of(before).values())):
        assert reach(after, "ok") <= reach(before, "ok")


STRONGER = {
    "pile_capacity_kn": 1.3, "pile_spacing_m": 0.7, "bearing_resistance_kpa": 1.3, "width_m": 1.2, "depth_m": 1.3,
    "friction_angle_deg": 1.1, "undrained_strength_kpa": 1.3, "groundwater_m": 2.0,
}  # fmt: skip


@over_buildings(2, 120, BUILDINGS, st.integers(0, 5))
def test_a_stronger_foundation_never_allows_less(building: Known, which: int) -> None:
    """More capacity, more piles, more width, depth, friction or strength, deeper water: no resistance and no answer falls, loads stay.

    A deeper footing also weighs more: where that is all that stands against it, a line may become unknown.
    """
    keys = [key for key in STRONGER if key in building.soil]
    key = keys[which % len(keys)]
    stronger = replace(building, soil={**building.soil, key: round(building.soil[key] * STRONGER[key], 3)})
    before, after = building.scan(), stronger.scan()
    better = rows_of(after)
    for place, row in rows_of(before).items():
        assert row.e_d_kn == better[place].e_d_kn
        assert row.r_d_kn <= better[place].r_d_kn * (1.0 + REL), place
        weighs = key == "depth_m" and "niet getekende fundering" in better[place].why
        assert ORDER[better[place].outcome] <= ORDER[row.outcome] or (weighs and better[place].outcome == "unknown"), place
    if key == "depth_m":
        return
    for one, two in zip(before.extra_storeys.per_concept, after.extra_storeys.per_concept, strict=True):
        assert (one.proven <= two.proven, one.possible <= two.possible) == (True, True)


@over_buildings(2, 120, BUILDINGS, st.integers(0, 9))
def test_an_unknown_foundation_is_never_ok(building: Known, which: int) -> None:
    """Nothing told, a kind that is unknown, one key left out, or one line that nobody told about: no plain fit, and nothing more proven."""
    needed = [
        key for key in ("capacity_basis", "pile_capacity_kn", "pile_spacing_m", "resistance_basis", "width_m") if key in building.soil
    ]
    gone = [{}, {"kind": "unknown"}, {"kind": "ground"}]
    for key in needed:
        # a value goes with the word that says which value it is
        pair = {"capacity_basis", "pile_capacity_kn"} if key in ("capacity_basis", "pile_capacity_kn") else {key}
        gone.append({name: value for name, value in building.soil.items() if name not in pair})
    less = gone[which % len(gone)]
    if "bearing_resistance_kpa" in less and "resistance_basis" not in less:
        less = {**less, "resistance_basis": "characteristic"}
    if building.piles and "pile_capacity_kn" in less:
        less = {}
    result = replace(building, soil=less).scan()
    for state in STATES:
        assert result.sides.outcome("foundation", state) == "unknown", (state, less)
    assert all(row.outcome == "unknown" for row in result.sides.foundation)
    assert result.extra_storeys.proven == 0
    assert all(row.proven == 0 for row in result.extra_storeys.per_concept)
    assert result.extra_storeys.foundation_outcome == "unknown"
    assert any(text.startswith("fundering") for text in result.extra_storeys.why_not_proven)


@over_buildings(1, 80, BUILDINGS)
def test_products_and_storeys_together_rest_as_each_alone(building: Known) -> None:
    """Three products and three storeys in one scan give the foundation rows of the scan of one product and two."""
    alone, together = building.scan(), building.scan(concepts=("fictief.hsb-2d", *KNOWN.concepts, "fictief.hsb-3d"), max_extra_storeys=3)
    many = rows_of(together)
    for key, row in rows_of(alone).items():
        assert replace(many[key], inputs={}) == replace(row, inputs={}), key
        assert set(many[key].inputs) == set(row.inputs), key
        for name, value in row.inputs.items():
            assert many[key].inputs[name] == (value if isinstance(value, str) else pytest.approx(value, rel=1e-12)), (key, name)
    assert len(many) > len(rows_of(alone))
