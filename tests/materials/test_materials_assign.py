"""Weight and bearing layer of layered elements, worked by hand from the densities below."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from shapely.geometry import box

from optopscan.materials import assign, bearing_thickness_m
from optopscan.model.building import Elements, Kind, Layer, Mesh
from optopscan.model.structure import Materials

NAN = math.nan


@dataclass(frozen=True)
class Row:
    group: str
    density_kg_m3: float = NAN
    grade: str = ""
    strength_mpa: float = NAN
    year_from: int = 0
    year_before: int = 9999


DENSITIES = [
    Row("concrete", 2500.0),
    Row("calcium-silicate", 1850.0),
    Row("clay", 1900.0),
    Row("concrete-block", 2000.0),
    Row("timber", 420.0),
    Row("board", 700.0),
    Row("insulation", 50.0),
    Row("air", 0.0),
    Row("metal-stud", 60.0),
    Row("plasterboard", 900.0),
    Row("steel", 7850.0),
    Row("unknown-wall", 2000.0),
    Row("unknown-slab", 2500.0),
    Row("unknown-frame", 2400.0),
    Row("unknown-profile", 7850.0),
]
GRADES = [Row("calcium-silicate", grade="CS12", strength_mpa=12.0), Row("concrete", grade="K225", strength_mpa=13.0)]
ERA = [
    Row("clay", strength_mpa=3.0, year_before=1945),
    Row("clay", strength_mpa=3.8, year_from=1945),
    Row("calcium-silicate", strength_mpa=4.5, year_before=1978),
    Row("calcium-silicate", strength_mpa=6.6, year_from=1978),
]


@dataclass(frozen=True)
class One:
    """One element of the test building; thickness in metres, volume in m3."""

    layers: Sequence[tuple[str, float]]
    kind: Kind = "wall"
    thickness_m: float = NAN
    volume_m3: float = 1.0
    length_m: float = 1.0
    type_name: str = ""
    name: str = ""


def elements(*rows: One) -> Elements:
    n = len(rows)
    nan = np.full(n, np.nan)
    mesh = Mesh(vertices_m=np.zeros((0, 3)), faces=np.zeros((0, 3), dtype=np.int64))
    total = [row.thickness_m if not math.isnan(row.thickness_m) else sum(t for _, t in row.layers) for row in rows]
    return Elements(
        id=tuple(f"0#{n}" for n in range(n)),
        guid=(None,) * n,
        ifc_class=("IfcWall",) * n,
        kind=tuple(row.kind for row in rows),
        name=tuple(row.name for row in rows),
        type_name=tuple(row.type_name for row in rows),
        predefined_type=(None,) * n,
        storey=np.zeros(n, dtype=np.int64),
        z0_m=nan,
        z1_m=nan,
        thickness_m=np.array(total, dtype=float),
        length_m=np.array([row.length_m for row in rows]),
        section_m=np.full((n, 2), np.nan),
        volume_m3=np.array([row.volume_m3 for row in rows]),
        slope_deg=nan,
        axis_m=np.full((n, 4), np.nan),
        footprint=(box(0, 0, 1, 1),) * n,
        elevation=(None,) * n,
        mesh=(mesh,) * n,
        layers=tuple(tuple(Layer(name=name, thickness_m=t) for name, t in row.layers) for row in rows),
        material_source=("IfcMaterialLayerSet",) * n,
        load_bearing=(None,) * n,
        is_external=(None,) * n,
        properties=({},) * n,
        geometry_source=("prism",) * n,
    )


def run(*rows: One, year: int | None = 1970) -> tuple[Materials, list[tuple[str, str]]]:
    materials, issues = assign(elements(*rows), densities=DENSITIES, grades=GRADES, era=ERA, build_year=year)
    return materials, [(found.code, found.id) for found in issues]


BRICK_ON_BLOCK = (
    ("Masonry - Brick", 0.092),
    ("Misc. Air Layers - Air Space", 0.025),
    ("Insulation / Thermal Barriers - Rigid insulation", 0.05),
    ("Masonry - Concrete Block", 0.193),
    ("Metal - Stud Layer", 0.041),
    ("Plasterboard", 0.016),
)


def test_weight_of_a_single_layer() -> None:
    materials, _ = run(One([("beton K225", 0.2)], volume_m3=2.0))
    # 2.0 m3 x 2500 kg/m3 x 9.81 m/s2 = 49.05 kN
    assert materials.self_weight_kn[0] == pytest.approx(49.05)
    assert materials.strength_mpa[0] == 13.0
    assert materials.source == ('IfcMaterialLayerSet "beton K225"',)


def test_weight_of_a_cavity_wall_counts_every_layer_by_thickness() -> None:
    materials, codes = run(One(BRICK_ON_BLOCK, volume_m3=4.17))
    # kg per m2: 0.092 x 1900 + 0 + 0.05 x 50 + 0.193 x 2000 + 0.041 x 60 + 0.016 x 900
    #          = 174.8 + 2.5 + 386.0 + 2.46 + 14.4 = 580.16 over 0.417 m; 4.17 m3 is 10 m2 of wall
    assert materials.density_kg_m3[0] == pytest.approx(580.16 / 0.417)
    assert materials.self_weight_kn[0] == pytest.approx(10 * 580.16 * 9.81 / 1000)
    assert materials.group == ("concrete-block",)
    assert "OPT-203" not in dict(codes)


@pytest.mark.parametrize(
    ("layers", "total", "group", "thickness"),
    [
        (BRICK_ON_BLOCK, NAN, "concrete-block", 0.193),
        # Equal leaves: the inner leaf of a facade is the stronger group
        ((("baksteen", 0.1), ("spouw", 0.06), ("kalkzandsteen", 0.1)), NAN, "calcium-silicate", 0.1),
        ((("kalkzandsteen", 0.1), ("spouw", 0.06), ("baksteen", 0.1)), NAN, "calcium-silicate", 0.1),
        # A clearly thicker leaf wins whatever it is made of
        ((("baksteen", 0.22), ("spouw", 0.05), ("kalkzandsteen", 0.1)), NAN, "clay", 0.22),
        # Party wall: one leaf of two
        ((("kalkzandsteen", 0.12), ("spouw", 0.06), ("kalkzandsteen", 0.12)), NAN, "calcium-silicate", 0.12),
        # Plaster does not carry
        ((("pleister", 0.015), ("beton", 0.18), ("pleister", 0.015)), NAN, "concrete", 0.18),
        # The only layer is the whole body, whatever it states
        ((("beton", NAN),), 0.2, "concrete", 0.2),
        # One layer without thickness gets what is left
        ((("beton", NAN), ("isolatie", 0.15)), 0.35, "concrete", 0.2),
        # A thick layer of unknown material may be the one that carries
        ((("Default Wall", 0.2), ("hout", 0.02)), NAN, "unknown", 0.2),
        # Never thicker than the body
        ((("beton", 0.2), ("isolatie", 0.1)), 0.15, "concrete", 0.15),
    ],
)
def test_layer_that_carries(layers: Sequence[tuple[str, float]], total: float, group: str, thickness: float) -> None:
    row = One(layers, thickness_m=total)
    materials, _ = run(row)
    assert materials.group == (group,)
    assert bearing_thickness_m(elements(row))[0] == pytest.approx(thickness)


def test_list_without_thickness_weighs_as_its_heaviest_and_has_no_bearing_thickness() -> None:
    row = One([("baksteen", NAN), ("isolatie", NAN), ("kalkzandsteen", NAN)], thickness_m=0.3)
    materials, codes = run(row)
    assert materials.self_weight_kn[0] == pytest.approx(1900 * 9.81 / 1000)
    assert math.isnan(bearing_thickness_m(elements(row))[0])
    assert ("OPT-203", "0#0") in codes


@pytest.mark.parametrize(
    ("kind", "volume_m3", "length_m", "density"),
    [
        ("wall", 1.0, 5.0, 2000.0),
        ("slab", 1.0, 5.0, 2500.0),
        ("roof", 1.0, 5.0, 2500.0),
        # 0.09 m2 of section is a concrete column, 0.0149 m2 the section of a heavy steel profile
        ("column", 0.27, 3.0, 2400.0),
        ("beam", 0.0447, 3.0, 7850.0),
    ],
)
def test_unknown_material_weighs_heavy_and_says_so(kind: Kind, volume_m3: float, length_m: float, density: float) -> None:
    materials, codes = run(One([("Default", 0.2)], kind=kind, volume_m3=volume_m3, length_m=length_m))
    assert materials.group == ("unknown",)
    assert math.isnan(materials.density_kg_m3[0])
    assert math.isnan(materials.strength_default_mpa[0])
    assert materials.self_weight_kn[0] == pytest.approx(volume_m3 * density * 9.81 / 1000)
    assert codes == [("OPT-201", "0#0"), ("OPT-203", "0#0")]


def test_unknown_layer_beside_known_ones_weighs_heavy() -> None:
    materials, codes = run(One([("kalkzandsteen", 0.1), ("zXas7M", 0.05), ("baksteen", 0.1)]))
    # (0.1 x 1850 + 0.05 x 2000 + 0.1 x 1900) / 0.25 = 1900
    assert materials.density_kg_m3[0] == pytest.approx(1900.0)
    assert ("OPT-203", "0#0") in codes


def test_layer_without_thickness_of_unknown_material_weighs_nothing() -> None:
    materials, codes = run(One([("beton", 0.2), ("Vapour Retarder", 0.0)]))
    assert materials.density_kg_m3[0] == 2500.0
    assert "OPT-203" not in dict(codes)


def test_type_name_helps_when_the_material_says_nothing() -> None:
    rows = [
        One([("Default", 0.2)], type_name="IFC_kalkzandsteen_214mm"),
        One([], type_name="", name="Wand beton 180", thickness_m=0.18),
        # A bare class in a name is a mark; an air handling unit is not air
        One([], name="Wand B25", thickness_m=0.2),
        One([], name="Air handling unit", thickness_m=0.2),
    ]
    materials, _ = run(*rows)
    assert materials.group == ("calcium-silicate", "concrete", "unknown", "unknown")
    assert materials.source[0] == 'element name "IFC_kalkzandsteen_214mm"'


@pytest.mark.parametrize(("year", "default"), [(1950, 4.5), (1977, 4.5), (1978, 6.6), (None, 4.5)])
def test_strength_of_the_era(year: int | None, default: float) -> None:
    materials, codes = run(One([("kalkzandsteen", 0.2)]), year=year)
    assert materials.strength_default_mpa[0] == default
    assert math.isnan(materials.strength_mpa[0])
    assert codes == [("OPT-202", "0#0")]


def test_stated_class_is_not_an_assumption() -> None:
    materials, codes = run(One([("Silka Kalkzandsteen CS12", 0.214)]))
    assert (materials.grade, materials.strength_mpa[0]) == (("CS12",), 12.0)
    assert codes == []


def test_masonry_of_unknown_kind_has_no_strength() -> None:
    materials, codes = run(One([("StructuralMasonry4", 0.5)]))
    assert materials.group == ("masonry",)
    assert math.isnan(materials.strength_default_mpa[0])
    assert ("OPT-202", "0#0") in codes


@pytest.mark.parametrize(
    "row",
    [
        One([("Wood - Sheathing - plywood", 0.019), ("Wood - Dimensional Lumber", 0.286)], kind="slab"),
        One([("02 Beton gewapend - prefab VLOER", 0.2)], kind="slab", type_name="IFC_vloer_geisoleerde_kanaalplaat"),
    ],
)
def test_body_drawn_solid_that_is_not_is_an_upper_bound(row: One) -> None:
    materials, codes = run(row)
    assert ("OPT-203", "0#0") in codes
    assert materials.density_kg_m3[0] > 400


def test_partition_is_not_a_bearing_material() -> None:
    materials, codes = run(One([("Plasterboard", 0.016), ("Metal - Stud Layer", 0.092), ("Plasterboard", 0.016)]))
    assert materials.group == ("metal-stud",)
    assert codes == []


def test_heavier_when_unknown_than_when_known() -> None:
    """Losing the name of a light material never makes the building lighter."""
    known, _ = run(One([("hout", 0.1), ("isolatie", 0.1)]))
    lost, _ = run(One([("hout", 0.1), ("", 0.1)]))
    assert lost.self_weight_kn[0] > known.self_weight_kn[0]
