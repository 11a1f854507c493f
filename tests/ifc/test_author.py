"""The author writes valid, equal, measurable files; the examples are what their hand calculation says."""

from __future__ import annotations

import math
import sys
from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import Any

import ifcopenshell
import ifcopenshell.geom
import ifcopenshell.util.element
import ifcopenshell.util.pset
import ifcopenshell.util.shape
import ifcopenshell.util.unit
import numpy as np
import pytest
from express_rules import statements

from optopscan.ifc.author import Author, Hollow, Incline, ISection, Rectangle, Round, box, rectangle

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "examples"), str(ROOT / "tests" / "examples")]

import expectations  # noqa: E402
import make_examples  # noqa: E402

SCHEMAS = ("IFC2X3", "IFC4", "IFC4X3")
FILES = tuple(make_examples.EXAMPLES)
HEA200 = ISection(width_m=0.2, depth_m=0.19, web_m=0.0065, flange_m=0.01, fillet_m=0.018, name="HEA200")

# Names in the examples and the material of the hand calculation they stand for.
GROUPS = {
    "metselwerk baksteen": "clay",
    "metselwerk baksteen gevelsteen": "clay",
    "kalkzandsteen": "calcium-silicate",
    "gipsblokken": "gypsum-block",
    "houten gevelpui": "timber",
    "isolatie minerale wol": "insulation",
    "grind": "gravel",
    "beton ongewapend": "plain-concrete",
}


def small(schema: str, unit: str = "mm", **place: Any) -> Author:
    """A model of nothing but one of everything."""
    author = Author("klein", schema=schema, length_unit=unit, build_year=1960, **place)
    one_of_everything(author)
    return author


def one_of_everything(a: Author) -> None:
    s = a.storey("proef", 0.0)
    a.wall(
        s, "W1", (0, 0), (4, 3), z0_m=0, height_m=2.6, thickness_m=0.2, material="kalkzandsteen", openings=[(1, 0, 0.9, 2.1)],
        load_bearing=True, is_external=False, type_name="ksz 200", nl_sfb="22.2",
    )  # fmt: skip
    a.wall(
        s, "W2", (0, 0), (4, 0), z0_m=0, height_m=2.6, layers=[("baksteen", 0.1), ("spouw", 0.05), ("baksteen", 0.11)], type_name="spouw"
    )
    a.wall(s, "W3", (0, 1), (4, 1), z0_m=0, height_m=2.6, thickness_m=0.1)
    hole = [rectangle(1, 1, 2, 2)]
    a.slab(s, "V1", rectangle(0, 0, 4, 3), z_top_m=0, thickness_m=0.2, material="beton", voids=hole, type_name="vloer")
    a.slab(s, "V2", rectangle(0, 0, 4, 3), z_top_m=2.8, thickness_m=0.2, material="beton", voids=hole, voids_as_openings=True)
    a.roof_slab(s, "D1", rectangle(0, 0, 4, 3), z_top_m=5.8, thickness_m=0.2, load_bearing=True, type_name="dak")
    a.column(s, "K1", (0, 0), z0_m=0, z1_m=2.6, section=HEA200, material="staal S235", type_name="HEA200", load_bearing=True)
    a.column(s, "K2", (1, 0), z0_m=0, z1_m=2.6, section=Hollow(width_m=0.1, depth_m=0.1, wall_m=0.005, name="K100"), angle_deg=30)
    a.column(s, "K3", (2, 0), z0_m=0, z1_m=2.6, section=Round(diameter_m=0.2, wall_m=0.01))
    section = Rectangle(width_m=0.3, depth_m=0.5, name="300x500")
    a.beam(s, "B1", (1, 0), (1, 3), z_top_m=2.6, section=section, material="beton", type_name="balk", is_external=False)
    a.strip_footing(s, "F1", (0, 0), (4, 0), z_top_m=-0.6, width_m=0.8, height_m=0.4, material="beton ongewapend", type_name="strook")
    a.pad_footing(s, "F2", (0, 0), z_top_m=-0.6, size_m=(1.0, 1.2), height_m=0.4, material="beton ongewapend")
    a.pile(s, "P1", (0, 0), z_top_m=-1, z_tip_m=-10, section=Round(diameter_m=0.4), material="beton", construction="CAST_IN_PLACE")
    a.pile(s, "P2", (0, 1), z_top_m=-1, z_tip_m=-10, section=Rectangle(width_m=0.3, depth_m=0.3), type_name="paal")
    flight = Incline(start=(0, 0), end=(2, 0), z0_m=0, z1_m=1.4, width_m=1, depth_m=0.25)
    a.stair_flight(s, "T1", [flight, box(2, -0.5, 3, 1.5, z0_m=1.2, z1_m=1.4)], material="beton", type_name="trap")
    a.proxy(s, "S1", [box(0, 0, 1, 1, z0_m=3, z1_m=4)], material="baksteen", type_name="schoorsteen")
    a.covering(s, "G1", [box(0, 0, 1, 1, z0_m=3, z1_m=3.05)], material="grind", type_name="grind")
    a.space(s, "R1", rectangle(0, 0, 4, 3), z0_m=0, height_m=2.6)
    a.describe(a.building, "Optop_Test", {"Count": 3, "Share": 0.5, "Known": True, "Text": "één"})


# Volumes [m3] by hand. K1: table value of HEA 200, A = 53.83 cm2. W1 is 5 m long. T1: flight 0.5 x 2 x 1.4
# less soffit 0.5 x (2 - .25 x 2 / 1.4) x 1.15 = .4554, landing .4.
SMALL_M3 = {
    "W1": 0.2 * (5 * 2.6 - 0.9 * 2.1),
    "W2": 0.26 * 4 * 2.6,
    "W3": 0.1 * 4 * 2.6,
    "V1": 0.2 * 11,
    "V2": 0.2 * 11,
    "D1": 0.2 * 12,
    "K1": 53.83e-4 * 2.6,
    "K2": (0.1**2 - 0.09**2) * 2.6,
    "K3": math.pi * (0.1**2 - 0.09**2) * 2.6,
    "B1": 0.45,
    "F1": 1.28,
    "F2": 0.48,
    "P1": math.pi * 0.04 * 9,
    "P2": 0.81,
    "T1": 0.4554 + 0.4,
    "S1": 1.0,
    "G1": 0.05,
}


def read(data: bytes) -> Any:
    return ifcopenshell.file.from_string(data.decode("ascii"))


def bodies(model: Any) -> dict[Any, tuple[float, np.ndarray, np.ndarray]]:
    """Volume [m3] and bounding box [m] per element, by the kernel."""
    settings = ifcopenshell.geom.settings()
    settings.set("use-world-coords", True)
    # Finer than the default, so that a round section misses less than 0.1 %.
    settings.set("mesher-angular-deflection", 0.05)
    settings.set("mesher-linear-deflection", 0.0002)
    wanted = [e for e in model.by_type("IfcElement") if not e.is_a("IfcOpeningElement")]
    found = {}
    for shape in ifcopenshell.geom.iterate(settings, model, num_threads=2, include=wanted):
        points = ifcopenshell.util.shape.get_vertices(shape.geometry)
        found[model.by_id(shape.id)] = (ifcopenshell.util.shape.get_volume(shape.geometry), points.min(axis=0), points.max(axis=0))
    return found


@lru_cache
def example(name: str) -> tuple[Any, dict[Any, tuple[float, np.ndarray, np.ndarray]]]:
    model = read((ROOT / "examples" / "ifc" / name).read_bytes())
    return model, bodies(model)


@pytest.mark.parametrize("name", FILES)
def test_example_and_one_of_everything_have_no_fault(name: str) -> None:
    # In one file, because the rules of a schema take seconds to make ready; the examples cover the three schemas.
    author = make_examples.EXAMPLES[name]()
    one_of_everything(author)
    assert statements(read(author.to_bytes())) == []


def test_the_examples_cover_the_schemas() -> None:
    assert sorted(example(name)[0].schema for name in FILES) == sorted(SCHEMAS)


def test_the_validator_would_see_a_fault() -> None:
    model = read(small("IFC4").to_bytes())
    model.by_type("IfcWall")[0].GlobalId = "short"
    assert [fault["instance"].Name for fault in statements(model, rules=False)] == ["W1"]


def test_a_broken_rule_is_seen_every_time_and_not_in_the_next_file() -> None:
    sound, broken = (read(small("IFC4").to_bytes()) for _ in range(2))
    wall = broken.by_type("IfcWall")[0]
    wall.PredefinedType, wall.ObjectType = "USERDEFINED", None  # of a kind of its own, and no word of which
    found = [[(one["attribute"], one["instance"].Name) for one in statements(model)] for model in (broken, sound, broken)]
    assert found == [[("IfcWall.CorrectPredefinedType", "W1")], [], [("IfcWall.CorrectPredefinedType", "W1")]]


@pytest.mark.parametrize("schema", SCHEMAS)
@pytest.mark.parametrize("unit", ["mm", "foot"])
def test_volumes_by_hand(schema: str, unit: str) -> None:
    found = {e.Name: v[0] for e, v in bodies(small(schema, unit).model).items()}
    assert found == pytest.approx(SMALL_M3, rel=1e-3)


@pytest.mark.parametrize("unit", ["mm", "cm", "m", "inch", "foot"])
def test_unit_rotation_and_offset_only_move_the_building(unit: str) -> None:
    plain = {e.Name: v for e, v in bodies(small("IFC4", "m").model).items()}
    moved = {e.Name: v for e, v in bodies(small("IFC4", unit, rotation_deg=90.0, offset_m=(1000.0, 2000.0, 5.0)).model).items()}
    for name, (volume, low, high) in plain.items():
        assert moved[name][0] == pytest.approx(volume, rel=1e-3)
        # A quarter turn: x' = 1000 - y, y' = 2000 + x.
        assert moved[name][1] == pytest.approx([1000 - high[1], 2000 + low[0], low[2] + 5], abs=2e-4)
        assert moved[name][2] == pytest.approx([1000 - low[1], 2000 + high[0], high[2] + 5], abs=2e-4)


@pytest.mark.parametrize(("unit", "metres"), [("mm", 0.001), ("m", 1.0), ("inch", 0.0254), ("foot", 0.3048)])
def test_unit_is_declared(unit: str, metres: float) -> None:
    assert ifcopenshell.util.unit.calculate_unit_scale(small("IFC2X3", unit).model) == pytest.approx(metres)


def test_beam_hangs_under_its_top() -> None:
    found = {e.Name: v for e, v in bodies(small("IFC4").model).items()}
    assert found["B1"][1] == pytest.approx([0.85, 0.0, 2.1], abs=1e-6)
    assert found["B1"][2] == pytest.approx([1.15, 3.0, 2.6], abs=1e-6)


@pytest.mark.parametrize(
    ("end", "foot_x", "foot_y", "head"),
    [
        # 1 m wide about the line of travel; foot .25 x 2 / 1.4 = .357 long at the start (3, 5).
        ((3, 3), (2.5, 3.5), (4.643, 5.0), (3.0, 3.0)),
        ((5, 5), (3.0, 3.357), (4.5, 5.5), (5.0, 5.0)),
        ((1, 5), (2.643, 3.0), (4.5, 5.5), (1.0, 5.0)),
    ],
)
def test_flight_starts_at_its_foot(end: Any, foot_x: Any, foot_y: Any, head: Any) -> None:
    a = Author("trap", schema="IFC4")
    a.stair_flight(a.storey("0", 0.0), "T", [Incline(start=(3, 5), end=end, z0_m=1, z1_m=2.4, width_m=1, depth_m=0.25)])
    settings = ifcopenshell.geom.settings()
    settings.set("use-world-coords", True)
    shape = ifcopenshell.geom.create_shape(settings, a.model.by_type("IfcStairFlight")[0])
    points = ifcopenshell.util.shape.get_vertices(shape.geometry)
    foot, top = points[points[:, 2] < 1.001], points[points[:, 2] > 2.399]
    assert (foot[:, 0].min(), foot[:, 0].max()) == pytest.approx(foot_x, abs=1e-3)
    assert (foot[:, 1].min(), foot[:, 1].max()) == pytest.approx(foot_y, abs=1e-3)
    assert top.mean(axis=0) == pytest.approx([*head, 2.4], abs=1e-3)
    assert len(foot) > 0
    assert points[:, 2].min() == pytest.approx(1.0)


def test_layers_run_from_right_to_left() -> None:
    a = Author("gevel", schema="IFC4")
    wall = a.wall(a.storey("0", 0.0), "W", (0, 0), (5, 0), z0_m=0, height_m=3, layers=[("buiten", 0.1), ("binnen", 0.2)])
    assert a.model.schema == "IFC4"  # writes the relations
    usage = ifcopenshell.util.element.get_material(wall)
    assert (usage.LayerSetDirection, usage.DirectionSense, usage.OffsetFromReferenceLine) == ("AXIS2", "POSITIVE", pytest.approx(-150))
    assert [layer.Material.Name for layer in usage.ForLayerSet.MaterialLayers] == ["buiten", "binnen"]


@pytest.mark.parametrize("schema", SCHEMAS)
def test_same_calls_same_bytes_and_unique_guids(schema: str) -> None:
    data = small(schema).to_bytes()
    assert data == small(schema).to_bytes()
    guids = [e.GlobalId for e in read(data).by_type("IfcRoot")]
    assert len(set(guids)) == len(guids)


def test_guid_depends_on_the_project() -> None:
    walls = [Author(name, schema="IFC4") for name in ("a", "b")]
    assert walls[0].building.GlobalId != walls[1].building.GlobalId


def test_model_may_be_asked_for_halfway() -> None:
    a = Author("half", schema="IFC4")
    s = a.storey("0", 0.0)
    a.wall(s, "W1", (0, 0), (1, 0), z0_m=0, height_m=1, thickness_m=0.1)
    assert len(a.model.by_type("IfcRelContainedInSpatialStructure")[0].RelatedElements) == 1
    a.wall(s, "W2", (0, 1), (1, 1), z0_m=0, height_m=1, thickness_m=0.1)
    (contained,) = a.model.by_type("IfcRelContainedInSpatialStructure")
    assert [e.Name for e in contained.RelatedElements] == ["W1", "W2"]


@pytest.mark.parametrize("schema", SCHEMAS)
def test_facts_are_readable(schema: str) -> None:
    model = small(schema).model
    by_name = {e.Name: e for e in model.by_type("IfcElement")}
    psets = ifcopenshell.util.element.get_psets(by_name["W1"])
    assert {k: psets["Pset_WallCommon"][k] for k in ("LoadBearing", "IsExternal")} == {"LoadBearing": True, "IsExternal": False}
    assert ifcopenshell.util.element.get_type(by_name["W1"]).Name == "ksz 200"
    (classified,) = model.by_type("IfcRelAssociatesClassification")
    code = classified.RelatingClassification
    assert "22.2" in (code.ItemReference if schema == "IFC2X3" else code.Identification)
    assert ifcopenshell.util.element.get_psets(by_name["W3"]) == {}
    building = ifcopenshell.util.element.get_psets(model.by_type("IfcBuilding")[0])
    assert building["Pset_BuildingCommon"]["YearOfConstruction"] == "1960"
    assert [building["Optop_Test"][k] for k in ("Count", "Share", "Known", "Text")] == [3, 0.5, True, "één"]


@pytest.mark.parametrize("schema", SCHEMAS)
def test_standard_property_sets_hold_standard_properties(schema: str) -> None:
    model = small(schema).model
    templates = ifcopenshell.util.pset.get_template("IFC4X3" if schema == "IFC4X3" else schema)
    seen = 0
    for rel in model.by_type("IfcRelDefinesByProperties"):
        pset = rel.RelatingPropertyDefinition
        if not pset.Name.startswith("Pset_"):
            continue
        for element in rel.RelatedObjects:
            names = templates.get_applicable_names(element.is_a(), pset_only=True)
            assert pset.Name in names, (element.is_a(), pset.Name)
        known = {p.Name for p in templates.get_by_name(pset.Name).HasPropertyTemplates}
        assert {p.Name for p in pset.HasProperties} <= known
        seen += 1
    assert seen >= 5


SQUARE = rectangle(0, 0, 1, 1)
WALL: dict[str, Any] = {"z0_m": 0, "height_m": 2}
STEEP = Incline(start=(0, 0), end=(1, 0), z0_m=0, z1_m=0.2, width_m=1, depth_m=0.3)


@pytest.mark.parametrize(
    ("text", "call"),
    [
        ("does not lie in", lambda a, s: a.wall(s, "W", (0, 0), (2, 0), thickness_m=0.1, openings=[(1.5, 0, 0.9, 1)], **WALL)),
        ("does not lie in", lambda a, s: a.wall(s, "W", (0, 0), (2, 0), thickness_m=0.1, openings=[(0.5, 1.5, 0.9, 1)], **WALL)),
        ("either thickness_m or layers", lambda a, s: a.wall(s, "W", (0, 0), (2, 0), **WALL)),
        ("no length", lambda a, s: a.wall(s, "W", (0, 0), (0, 0), thickness_m=0.1, **WALL)),
        ("three different points", lambda a, s: a.slab(s, "V", [(0, 0), (1, 0), (0, 0)], z_top_m=0, thickness_m=0.1)),
        ("more than zero", lambda a, s: a.slab(s, "V", SQUARE, z_top_m=0, thickness_m=0.0)),
        ("property LoadBearing", lambda a, s: a.covering(s, "G", [box(0, 0, 1, 1, z0_m=0, z1_m=1)], load_bearing=True)),
        ("no area", lambda a, s: box(0, 0, 0, 1, z0_m=0, z1_m=1)),
        ("a flight needs", lambda a, s: a.stair_flight(s, "T", [STEEP])),
    ],
)
def test_nonsense_is_refused(text: str, call: Any) -> None:
    a = Author("fout", schema="IFC4")
    with pytest.raises(ValueError, match=text):
        call(a, a.storey("0", 0.0))


@pytest.mark.parametrize(("schema", "unit"), [("IFC5", "mm"), ("IFC4", "ell")])
def test_unknown_schema_and_unit_are_refused(schema: str, unit: str) -> None:
    with pytest.raises(ValueError, match="cannot be written"):
        Author("fout", schema=schema, length_unit=unit)


# The examples


@pytest.mark.parametrize("name", FILES)
def test_example_on_disk_is_what_the_script_writes(name: str) -> None:
    data = (ROOT / "examples" / "ifc" / name).read_bytes()
    assert data == make_examples.EXAMPLES[name]().to_bytes()
    assert len(data) < 1_000_000


@pytest.mark.parametrize("name", FILES)
def test_example_is_described(name: str) -> None:
    assert f"## `{name}`" in (ROOT / "examples" / "ifc" / "README.md").read_text(encoding="utf-8")


def kind(element: Any) -> str:
    if element.is_a("IfcSlab") and ifcopenshell.util.element.get_predefined_type(element) == "ROOF":
        return "roof"
    names = {"IfcBuildingElementProxy": "proxy", "IfcStairFlight": "stair"}
    return names.get(element.is_a(), element.is_a().removeprefix("Ifc").removesuffix("StandardCase").lower())


def shares(element: Any) -> list[tuple[str, float]]:
    """Material names of an element and their share of the thickness."""
    material = ifcopenshell.util.element.get_material(element, should_skip_usage=True)
    if material.is_a("IfcMaterialProfileSet"):
        return [(material.MaterialProfiles[0].Material.Name, 1.0)]
    if material.is_a("IfcMaterial"):
        return [(material.Name, 1.0)]
    layers = [(layer.Material.Name, layer.LayerThickness) for layer in material.MaterialLayers]
    return [(name, thickness / sum(t for _, t in layers)) for name, thickness in layers]


@pytest.mark.parametrize("name", FILES)
def test_example_volumes_are_those_of_the_hand_calculation(name: str) -> None:
    found: dict[tuple[str, str], float] = defaultdict(float)
    for element, (volume, _, _) in example(name)[1].items():
        for material, share in shares(element):
            found[kind(element), GROUPS.get(material, "concrete")] += share * volume
    expected = expectations.EXPECTED[name](expectations.Assumed()).volume_m3
    assert dict(found) == pytest.approx(dict(expected), rel=1e-3)


@pytest.mark.parametrize("name", FILES)
def test_example_counts(name: str) -> None:
    model, _ = example(name)
    expected = expectations.EXPECTED[name](expectations.Assumed())
    flags = [ifcopenshell.util.element.get_pset(wall, "Pset_WallCommon", "LoadBearing") for wall in model.by_type("IfcWall")]
    assert len(flags) == expected.n_bearing_wall + expected.n_other_wall
    if name == "portiekflat_1958.ifc":
        assert b"LoadBearing" not in (ROOT / "examples" / "ifc" / name).read_bytes()
    else:
        assert flags.count(True) == expected.n_bearing_wall
    assert len(model.by_type("IfcColumn")) == expected.n_bearing_column
    names = [e.Name for e in model.by_type("IfcElement") if not e.is_a("IfcOpeningElement")]
    assert len(names) == len(set(names)) < 300
    assert {line.element for line in expected.lines} <= set(names)


@pytest.mark.parametrize("name", FILES)
def test_nothing_overlaps_and_nothing_hangs(name: str) -> None:
    # Every body but the stairs is a block parallel to the axes, so bounding boxes decide.
    found = [(e, *v[1:]) for e, v in example(name)[1].items()]
    low, high = np.array([v[1] for v in found]), np.array([v[2] for v in found])
    common = np.minimum(high[:, None], high[None]) - np.maximum(low[:, None], low[None])
    block = np.array([not e.is_a("IfcStairFlight") for e, *_ in found])
    clash = (common > 1e-4).all(axis=-1) & block[:, None] & block[None] & ~np.eye(len(found), dtype=bool)
    assert not clash.any(), [(found[i][0].Name, found[j][0].Name) for i, j in np.argwhere(clash)[:3]]
    rests = (common[..., :2] > 1e-4).all(axis=-1) & (np.abs(low[:, None, 2] - high[None, :, 2]) < 1e-4)
    hanging = {e for (e, *_), held in zip(found, rests.any(axis=1), strict=True) if not held}
    on_ground = {e for e in hanging if e.is_a("IfcPile") or (e.is_a("IfcFooting") and not model_has_piles(name)) or is_on_sand(e)}
    assert hanging == on_ground


def model_has_piles(name: str) -> bool:
    return bool(example(name)[0].by_type("IfcPile"))


def is_on_sand(element: Any) -> bool:
    return ifcopenshell.util.element.get_predefined_type(element) == "BASESLAB"
