"""The three examples against the hand calculation in `expectations.py`: weights, areas, bearing, spans, line loads."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from expectations import EXPECTED, Assumed, Expected

from optopscan.catalog.engineering import load_engineering
from optopscan.catalog.load import load_concepts
from optopscan.checks.foundation import foundation_lines
from optopscan.checks.scenarios import full_cover
from optopscan.ifc.read import read
from optopscan.pipeline.loading import existing_loads
from optopscan.pipeline.reading import infer, with_bearing_thickness
from optopscan.settings import Settings
from optopscan.structure.build import build_structure

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "ifc"
USE = {"kantoor_1980.ifc": "office"}


@cache
def scanned(name: str):
    settings = Settings(existing_use=USE.get(name, "dwelling"))
    building, issues = read([FOLDER / name], settings)
    materials, bearing, _ = infer(building, settings)
    structure, noticed = build_structure(building, materials, bearing, settings)
    structure = with_bearing_thickness(structure, building)
    loads = existing_loads(structure, building, materials, bearing, load_engineering(), settings)
    return building, materials, bearing, structure, loads, (*issues, *noticed)


@cache
def expected(name: str) -> tuple[Expected, Assumed]:
    """Hand calculation with the densities of the program's own table; gravel is modelled on the galerijflat."""
    rows = {row.group: row.density_kg_m3 for row in load_engineering().densities}
    density = {**Assumed().density_kg_m3, **{k: v for k, v in rows.items() if k in Assumed().density_kg_m3}}
    density["plain-concrete"] = rows["concrete"]  # the table does not tell plain from reinforced concrete
    assumed = replace(Assumed(), density_kg_m3=density, roof_ballast=0.0 if name.startswith("galerij") else 0.9)
    return EXPECTED[name](assumed), assumed


def line_load(name: str, element: str) -> tuple[float, np.ndarray]:
    """Return permanent [kN] and imposed per floor [kN] that leave an element at its foot, simple distribution."""
    building, _, _, structure, loads, _ = scanned(name)
    take, shares, parts = loads.take_downs["simple"], structure.shares["simple"], structure.parts
    names = building.elements.name
    rows = np.array([i for i in range(len(parts)) if names[parts.element[i]] == element])
    own = shares.parts[rows][:, rows].sum(axis=1)
    leaving = 1.0 - np.asarray(own).ravel()
    imposed = np.column_stack([take.imposed_foot_kn, take.roof_foot_kn])[rows]
    return float(leaving @ take.permanent_foot_kn[rows]), leaving @ imposed


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_self_weight_by_kind(name: str) -> None:
    building, materials, *_ = scanned(name)
    hand, assumed = expected(name)
    kinds = np.array(building.elements.kind)
    for kind, weight in hand.self_weight_kn(assumed).items():
        got = materials.self_weight_kn[(kinds == kind) | ((kinds == "slab") if kind == "roof" else False)].sum()
        if kind in ("slab", "roof"):
            both = hand.self_weight_kn(assumed)
            weight, got = both["slab"] + both["roof"], materials.self_weight_kn[(kinds == "slab") | (kinds == "roof")].sum()
        # The kernel draws round piles as polygons.
        assert got == pytest.approx(weight, rel=5e-3 if kind == "pile" else 1e-3), kind


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_nothing_hangs_in_the_air(name: str) -> None:
    _, materials, _, _, loads, issues = scanned(name)
    assert loads.take_downs["simple"].unsupported_kn == 0
    assert not [i for i in issues if i.code in ("OPT-302", "OPT-303", "OPT-305")]
    permanent = loads.applied_permanent_kn(scanned(name)[3])
    assert loads.take_downs["simple"].ground_permanent_kn == pytest.approx(permanent, rel=1e-9)
    assert permanent > materials.self_weight_kn.sum()


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_bearing_is_told_from_partition(name: str) -> None:
    building, _, bearing, *_ = scanned(name)
    hand, _ = expected(name)
    walls = [bearing.state[i] for i, k in enumerate(building.elements.kind) if k == "wall"]
    columns = [bearing.state[i] for i, k in enumerate(building.elements.kind) if k == "column"]
    assert (walls.count("yes"), walls.count("no"), walls.count("unknown")) == (hand.n_bearing_wall, hand.n_other_wall, 0)
    assert columns.count("yes") == hand.n_bearing_column


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_areas(name: str) -> None:
    _, _, _, structure, _, _ = scanned(name)
    hand, _ = expected(name)
    fields, levels = structure.fields, structure.level_z_m
    area = np.zeros(len(levels))
    np.add.at(area, np.asarray(fields.storey), np.array([p.area for p in fields.polygon]))
    assert area[: len(hand.floor_area_m2)] == pytest.approx(np.array(hand.floor_area_m2), rel=3e-3)
    assert sum(face.polygon.area for face in structure.roof_faces) == pytest.approx(hand.roof_area_m2, rel=3e-3)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_span_direction_on_nearly_all_floor_area(name: str) -> None:
    _, _, _, structure, _, _ = scanned(name)
    hand, _ = expected(name)
    cells = structure.cells
    upper = np.array([structure.fields.kind[f] != "ground" for f in cells.field])
    wanted = 0.0 if hand.span_direction == "x" else 90.0
    right = np.abs((cells.span_deg - wanted + 90.0) % 180.0 - 90.0) < 1.0
    assert cells.area_m2[upper & right].sum() / cells.area_m2[upper].sum() > 0.85


CASES = [(name, line.element) for name in sorted(EXPECTED) for line in expected(name)[0].lines]


@pytest.mark.parametrize(("name", "element"), CASES)
def test_line_loads_at_the_foot(name: str, element: str) -> None:
    hand = next(line for line in expected(name)[0].lines if line.element == element)
    permanent, imposed = line_load(name, element)
    assert permanent == pytest.approx(hand.permanent_kn, rel=0.02)

    assert imposed.sum() == pytest.approx(sum(hand.imposed_kn), rel=0.02)


def test_the_office_stands_on_its_piles() -> None:
    """Columns, core and ground beams all end on pads with piles: nothing but the ground floor goes straight into the soil."""
    name = "kantoor_1980.ifc"
    _, _, _, structure, loads, _ = scanned(name)
    take, parts = loads.take_downs["simple"], structure.parts
    piles = np.array([kind == "pile" for kind in parts.kind])
    ground = np.asarray(structure.shares["simple"].parts[:, [len(parts)]].todense()).ravel()
    assert take.permanent_foot_kn[piles].sum() == pytest.approx(ground @ take.permanent_foot_kn, rel=1e-9)
    # The core pad carries its walls: eight piles under it share them evenly within a fifth.
    assert take.permanent_foot_kn.min() > -1e-6


def test_facade_piers_have_a_floor_on_one_side_and_middle_walls_on_two() -> None:
    building, _, _, structure, _, _ = scanned("galerijflat_1972.ifc")
    names, parts = building.elements.name, structure.parts
    sides = {}
    for i in range(len(parts)):
        if parts.kind[i] == "pier":
            sides.setdefault(names[parts.element[i]], set()).add(int(parts.floor_sides[i]))
    assert sides["bouwmuur as 1-2"] == {1}
    assert sides["bouwmuur as 2-2"] == {2}
    assert sides["bouwmuur as 3L-2"] == {1}


def test_load_share_of_a_foundation_line_by_hand() -> None:
    """Galerijflat, axis 5, one HSB storey: r_char and r_psi of the pile row under the cross wall and its gallery fin.

    Old: wall with floors and roof, the ground floor on the ground beam, the fin, the beam (11.6 x 0.5 x 0.6 m) and
    seven piles (0.29 x 0.29 x 12.22 m). New, on 54 m2 of roof (5.4 x 10 m): storey, roof and transfer layer of the
    product at their upper values, imposed 1.75 + 0.80 partitions. The roof's own imposed load does not count (psi0 = 0).
    """
    name = "galerijflat_1972.ifc"
    _, _, _, structure, loads, _ = scanned(name)
    hand, assumed = expected(name)
    wall = next(line for line in hand.lines if line.element == "bouwmuur as 5-0")
    fin = next(line for line in hand.lines if line.element == "galerijwand as 5-0")
    concrete = assumed.kn_m3("concrete")
    old_g = wall.permanent_kn + wall.below_permanent_kn + fin.permanent_kn + (11.6 * 0.5 * 0.6 + 7 * 0.29**2 * 12.22) * concrete
    old_q = sum(wall.imposed_kn[:4]) + wall.below_imposed_kn + sum(fin.imposed_kn)
    product = next(c for c in load_concepts() if c.id == "fictief.hsb-3d")
    # Upper values of the product file: floor 1.80, walls 1.03 kN/m on 2 (3.6 + 9.0) m round 32.4 m2, roof 0.90, layer 0.80.
    added = 1.80 + 1.03 * 25.2 / 32.4 + 0.90 + 0.80
    new_g, new_q = old_g + 54.0 * added, old_q + 54.0 * 2.55
    one = next(s for s in full_cover([product], structure, Settings(), 2.55) if s.storeys == 1)
    rows = foundation_lines(structure.parts, loads.lean, one.head_permanent_kn, one.head_imposed_kn, 0.4)
    parts = structure.parts
    axis_x = float(
        np.mean([parts.x_m[i] for i in range(len(parts)) if scanned(name)[0].elements.name[parts.element[i]] == "bouwmuur as 5-0"])
    )
    at = {part: float(x) for part, x in zip(parts.id, parts.x_m, strict=True)}
    here = [row for row in rows if abs(at[row.part] - axis_x) < 0.5]
    assert len(here) == 7
    old = sum(row.old_kn_m * row.length_m for row in here)
    new = sum(row.new_kn_m * row.length_m for row in here)
    # Each line shows its heavier distribution, so the sum may lie a little above the simple one worked out here.
    assert old == pytest.approx(old_g + old_q, rel=0.03)
    assert new / old == pytest.approx((new_g + new_q) / (old_g + old_q), rel=0.01)
