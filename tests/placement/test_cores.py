"""Stairs and lifts found by their signs; obstacles on the roof that may and may not be taken away."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import shapely

from optopscan.errors import UsageError
from optopscan.ifc.author import Author, Incline, box, rectangle
from optopscan.ifc.read import read
from optopscan.model.cores import core_words
from optopscan.pipeline.reading import infer
from optopscan.placement.cores import find_cores
from optopscan.placement.roof import removable, roof_things
from optopscan.settings import Settings
from optopscan.structure.build import build_structure

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "ifc"
REAL = os.environ.get("OPTOPSCAN_REAL_MODELS")
BRICK, CONCRETE = "kalkzandsteen", "beton gewapend ihw"
WELL = (3.0, 3.0, 5.5, 7.0)  # 10 m2
SHAFT = (6.0, 3.0, 7.5, 5.0)  # 3 m2


def analysed(path, settings=None):
    settings = settings or Settings()
    building, _ = read([path], settings)
    materials, bearing, _ = infer(building, settings)
    structure, _ = build_structure(building, materials, bearing, settings)
    return building, structure


def cores(path):
    building, structure = analysed(path)
    return find_cores(building.elements, structure, building.rooms)


@pytest.fixture
def block(tmp_path):
    """Return a writer of a block of three storeys of 3 m, 10 x 10 m; drawn around: walls, floors with the wells given."""

    def write(*wells, draw=lambda author, storeys: None):
        author = Author("blok", schema="IFC4", length_unit="m")
        storeys = [author.storey(f"{k}", 3.0 * k) for k in range(4)]
        for k in range(3):
            for name, y in (("A", 0.0), ("B", 5.0), ("C", 10.0)):
                author.wall(
                    storeys[k], f"wand {name}-{k}", (0, y), (10, y), z0_m=3.0 * k, height_m=2.8, thickness_m=0.2, material=BRICK
                )  # fmt: skip
            roof = k == 2
            author.slab(
                storeys[k + 1], f"vloer-{k + 1}", rectangle(0, -0.1, 10, 10.1), z_top_m=3.0 * (k + 1), thickness_m=0.2, material=CONCRETE,
                voids=[] if roof else [rectangle(*well) for well in wells], voids_as_openings=True,
            )  # fmt: skip
        draw(author, storeys)
        path = tmp_path / "blok.ifc"
        author.write(path)
        return path

    return write


def flight(author, storeys, k, name="trap"):
    up = Incline(start=(4.25, 7.0), end=(4.25, 3.0), z0_m=3.0 * k, z1_m=3.0 * (k + 1), width_m=1.0, depth_m=0.25)
    author.stair_flight(storeys[k], f"{name}-{k}", [up], material=CONCRETE)


def bounds(core):
    # the local frame begins at the lower left corner of the building, rounded down to a metre
    x0, y0, x1, y1 = core.polygon.bounds
    return pytest.approx((x0, y0 - 1.0, x1, y1 - 1.0), abs=1e-6)


def test_stairs_above_each_other_with_their_wells(block):
    def draw(author, storeys):
        flight(author, storeys, 0)
        flight(author, storeys, 1)

    (core,) = cores(block(WELL, draw=draw))
    assert (core.kind, core.certain, core.faces) == ("stair", True, (0,))
    assert bounds(core) == WELL
    assert core.z_top_m == pytest.approx(6.0)
    assert core.source == "2 trappen (trap-0, trap-1); sparing in vloer op z 3,00, 6,00 m"


def test_one_flight_is_a_guess(block):
    (core,) = cores(block(draw=lambda author, storeys: flight(author, storeys, 1)))
    assert (core.kind, core.certain) == ("stair", False)


def test_stairs_that_stop_below_are_a_guess(block):
    """Stairs from cellar to first floor: two above each other, but 3 m under the highest floor."""

    def draw(author, storeys):
        flight(author, storeys, -1, "keldertrap")
        flight(author, storeys, 0)

    (core,) = cores(block(draw=draw))
    assert not core.certain


def test_wells_above_each_other_are_a_guess(block):
    found = cores(block(WELL, SHAFT))
    assert [(core.kind, core.certain) for core in found] == [("stair", False), ("lift", False)]
    assert [round(core.polygon.area, 3) for core in found] == [10.0, 3.0]


def test_wells_with_walls_named_so_are_certain(block):
    def draw(author, storeys):
        for k in range(3):
            author.wall(storeys[k], f"liftwand-{k}", (5.9, 3.0), (5.9, 5.0), z0_m=3.0 * k, height_m=2.8, thickness_m=0.2, material=CONCRETE)

    (core,) = cores(block(SHAFT, draw=draw))
    assert (core.kind, core.certain) == ("lift", True)
    assert bounds(core) == SHAFT


def test_a_space_tells_stair_from_lift_and_side_by_side_is_one(block):
    """Stair well and shaft 0.3 m apart: one core over both and the wall between, 4.5 x 4 m where both are 4 m deep."""

    def draw(author, storeys):
        for k in range(3):
            author.space(storeys[k], f"Lift {k}", rectangle(5.8, 3.0, 7.5, 7.0), z0_m=3.0 * k, height_m=2.8)
            author.space(storeys[k], f"Trappenhuis {k}", rectangle(*WELL), z0_m=3.0 * k, height_m=2.8)
            author.space(storeys[k], f"Slaapkamer {k}", rectangle(0.5, 0.5, 2.5, 2.5), z0_m=3.0 * k, height_m=2.8)

    (core,) = cores(block(draw=draw))
    assert (core.kind, core.certain) == ("stair+lift", True)
    assert core.polygon.area == pytest.approx(4.5 * 4.0)


def test_a_lift_that_the_file_has(block):
    def draw(author, storeys):
        author.solids(storeys[0], "IfcTransportElement", "cabine", [box(6.0, 3.0, 7.5, 5.0, z0_m=0.0, z1_m=8.5)], material=None)

    (core,) = cores(block(draw=draw))
    assert (core.kind, core.certain, core.source) == ("lift", True, "1 lift (cabine)")


def test_walls_named_so_without_anything_else(block):
    def draw(author, storeys):
        for k in range(3):
            for name, x in (("links", 3.0), ("rechts", 5.5)):
                ends = (x, 3.0), (x, 4.9)
                author.wall(
                    storeys[k], f"trappenhuiswand {name}-{k}", *ends, z0_m=3.0 * k, height_m=2.8, thickness_m=0.2, material=BRICK
                )  # fmt: skip

    (core,) = cores(block(draw=draw))
    assert (core.kind, core.certain) == ("stair", False)
    # from outer face to outer face: 2.7 x 1.9
    assert core.polygon.area == pytest.approx(2.7 * 1.9)


def test_nothing_there_is_nothing_found(block):
    def draw(author, storeys):
        for k in range(3):
            author.wall(storeys[k], f"trapgevel-{k}", (10, 0.2), (10, 4.8), z0_m=3.0 * k, height_m=2.8, thickness_m=0.2, material=BRICK)

    # a duct too narrow for anybody, and one too small
    assert cores(block((2.0, 2.0, 2.5, 4.5), (7.0, 7.0, 8.0, 8.0), draw=draw)) == ()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("trap-1", (True, False)),
        ("Trappenhuis 2", (True, False)),
        ("dakvloer trapopbouw", (True, False)),
        ("portiek", (True, False)),
        ("liftwand", (False, True)),
        ("dakvloer liftopbouw", (False, True)),
        ("Schacht lift", (False, True)),
        ("Stair:Residential", (True, False)),
        ("leidingschacht", (False, False)),
        ("trapeziumplaat", (False, False)),
        ("trapgevel", (False, False)),
        ("lifting anchor", (False, False)),
        ("kernwand links", (False, False)),
    ],
)
def test_words(name, expected):
    assert core_words(name) == expected


@cache
def example(name):
    building, structure = analysed(EXAMPLES / name)
    return building, structure, find_cores(building.elements, structure, building.rooms)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # two wells of 2.18 x 2.49 m with the last 0.2 m of the stairs
        ("portiekflat_1958.ifc", [("stair", 2.18 * 2.69, 10.68)] * 2),
        # stair 2.1 x 2.95 m with the last 0.15 m of the stairs, lift 1.9 x 1.9 m, and the wall between them
        ("galerijflat_1972.ifc", [("stair+lift", 2.1 * 2.95 + 1.9 * 1.9 + 0.2 * 1.9, 15.42)]),
        ("kantoor_1980.ifc", [("stair", 2.6 * 3.6, 10.2)]),
    ],
)
def test_examples(name, expected):
    _, _, found = example(name)
    assert all(core.certain for core in found)
    assert [core.kind for core in found] == [kind for kind, *_ in expected]
    # the hull of a stair takes its corners along
    assert [core.polygon.area for core in found] == pytest.approx([area for _, area, _ in expected], rel=0.03)
    assert [core.z_top_m for core in found] == pytest.approx([top for *_, top in expected], abs=0.01)


@pytest.mark.skipif(REAL is None, reason="real models are not here")
def test_apartment_block_and_semi_detached_houses():
    """Read off the plans: one stair and one lift in the block; in each of the two houses a stair of its own."""
    found = cores(Path(REAL) / "Schependomlaan_ROOT_casco_merged.ifc")
    assert [(core.kind, core.certain) for core in found] == [("stair", True), ("lift", True)]
    assert found[1].polygon.area == pytest.approx(6.41, abs=0.01)
    found = cores(Path(REAL) / "Duplex_A_20110907.ifc")
    assert [(core.kind, core.certain) for core in found] == [("stair", False)] * 2


# what may be taken away


def on_roof(author, storeys):
    for name, x, z0 in (("schoorsteen", 1.0, 9.0), ("luchtbehandeling 1", 3.0, 9.0), ("luchtbehandeling 2", 5.0, 9.0), ("kast", 7.0, 8.8)):
        author.proxy(storeys[3], name, [box(x, 1.0, x + 1.0, 2.0, z0_m=z0, z1_m=10.5)], material="staal")
    author.proxy(storeys[3], "liftmachinekamer", [box(1.0, 7.0, 2.0, 8.0, z0_m=9.0, z1_m=11.0)], material="staal")
    author.proxy(storeys[3], "leidingschacht", [box(3.0, 7.0, 4.0, 8.0, z0_m=9.0, z1_m=11.0)], material="staal")
    author.proxy(storeys[3], "koeler [2]", [box(5.0, 7.0, 6.0, 8.0, z0_m=9.0, z1_m=11.0)], material="staal")


@pytest.fixture
def roof(block):
    building, structure = analysed(block(draw=on_roof))
    assert len(structure.roof_obstacles) == 7
    return building.elements, structure


def names(elements, rows):
    return sorted(elements.name[row] for row in rows)


def test_named_by_pattern_id_or_guid(roof):
    elements, structure = roof
    both = ["luchtbehandeling 1", "luchtbehandeling 2"]
    assert names(elements, removable(roof_things(elements, structure), ["LUCHT*"])) == both
    row = elements.name.index("luchtbehandeling 1")
    by_id, by_guid = (removable(roof_things(elements, structure), [column[row]]) for column in (elements.id, elements.guid))
    assert by_id == by_guid == {row}
    assert names(elements, removable(roof_things(elements, structure), ["*2", "*1"])) == both
    assert names(elements, removable(roof_things(elements, structure), ["koeler [2]"])) == ["koeler [2]"]
    assert removable(roof_things(elements, structure), []) == frozenset()


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("schoorsteen", "is a chimney"),
        ("lift*", "belongs to a stair or lift"),
        ("leidingschacht", "is a shaft"),
        ("kast", "goes through the roof"),
        ("*", "so it is not taken away"),
        ("wand A-2", "matches nothing on the roof"),
        ("dakkapel", "matches nothing on the roof"),
        ("luchtbehandeling ?", "matches nothing on the roof"),
    ],
)
def test_refused_in_one_line(roof, pattern, why):
    with pytest.raises(UsageError) as told:
        removable(roof_things(*roof), [pattern])
    assert why in str(told.value)
    assert repr(pattern) in str(told.value)
    assert "\n" not in str(told.value)


def test_what_carries_stays(roof):
    elements, structure = roof
    row = elements.name.index("luchtbehandeling 1")
    element = structure.parts.element.copy()
    element[0] = row
    structure = replace(structure, parts=replace(structure.parts, element=element))
    with pytest.raises(UsageError, match="carries load"):
        removable(roof_things(elements, structure), ["luchtbehandeling 1"])


def test_what_stands_on_a_core_stays(roof):
    with pytest.raises(UsageError, match="stands on a stair or lift core"):
        removable(roof_things(*roof, [shapely.box(3.5, 2.5, 6.0, 4.0)]), ["luchtbehandeling 1"])
