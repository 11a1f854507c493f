"""Span direction of floors: what the model shows, what is given, and what supports alone say."""

from pathlib import Path

import ifcopenshell.guid as guid
import numpy as np
import pytest
import shapely

from optopscan.ifc.author import Author, ISection, Storey
from optopscan.ifc.read import read
from optopscan.structure.bearing import infer_bearing
from optopscan.structure.build import build_structure
from optopscan.structure.rooms import room_spans, rooms
from optopscan.structure.span import facade_span, joist_spans
from tests.structure.floor_cases import spread, walls
from tests.structure.models import BARE, analyse, materials_of, model

SLAB = 0.2 * 25.0 * 9.81 / 10.0  # kN/m2: 0.2 m, 2500 kg/m3


def box_of_walls(author: Author, storey: Storey, x: float, y: float) -> None:
    """Four kalkzandsteen walls around x by y."""
    lines = {"zuid": ((0, 0), (x, 0)), "noord": ((0, y), (x, y)), "west": ((0, 0), (0, y)), "oost": ((x, 0), (x, y))}
    for name, (start, end) in lines.items():
        author.wall(storey, name, start, end, z0_m=0, height_m=2.6, thickness_m=0.214, material="kalkzandsteen")


def slab(author: Author, storey: Storey, name: str, x0: float, y0: float, x1: float, y1: float, material: str = "beton") -> None:
    author.slab(storey, name, [(x0, y0), (x1, y0), (x1, y1), (x0, y1)], z_top_m=2.8, thickness_m=0.2, material=material)


def deg_of(found) -> np.ndarray:
    return np.unique(np.round(np.asarray(found.structure.cells.span_deg)) % 180)


def test_hollow_core_spans_along_its_length_though_the_other_way_is_shorter(tmp_path: Path) -> None:
    """Planks 1.2 x 6 m along y in a box of 4.8 x 6 m: supports alone would say x (4.8 m)."""

    def draw(author: Author, storey: Storey) -> None:
        box_of_walls(author, storey, 4.8, 6.0)
        for k in range(4):
            slab(author, storey, f"kanaalplaat {k}", 1.2 * k, 0, 1.2 * k + 1.2, 6)

    found = analyse(model(tmp_path, draw))
    fields = found.structure.fields
    assert deg_of(found).tolist() == [90.0]
    assert (fields.span_source, fields.span_deg.tolist()) == (("planks",), [90.0])
    assert fields.span_probability[0] > 0.9


def bars(author: Author, storey: Storey, lines, diameter_m: float, shape: str) -> None:
    """Add straight bars from (x, y) to (x, y) at a height, as swept disks or extruded circles, each with the storey as its place."""
    f = author.model
    context = f.by_type("IfcGeometricRepresentationContext")[0]

    def point(*xyz: float) -> object:
        return f.create_entity("IfcCartesianPoint", tuple(1000.0 * v for v in xyz))

    for k, ((x0, y0), (x1, y1), z) in enumerate(lines):
        if shape == "disk":
            axis = f.create_entity("IfcPolyline", [point(0, 0, 0), point(x1 - x0, y1 - y0, 0)])
            solid, kind = f.create_entity("IfcSweptDiskSolid", axis, 500.0 * diameter_m), "AdvancedSweptSolid"
        else:
            way = [f.create_entity("IfcDirection", v) for v in ((x1 - x0, y1 - y0, 0.0), (0.0, 0.0, 1.0), (0.0, 0.0, 1.0))]
            place = f.create_entity("IfcAxis2Placement3D", point(0, 0, 0), way[0], way[1])
            circle = f.create_entity("IfcCircleProfileDef", "AREA", None, None, 500.0 * diameter_m)
            length = 1000.0 * float(np.hypot(x1 - x0, y1 - y0))
            solid, kind = f.create_entity("IfcExtrudedAreaSolid", circle, place, way[2], length), "SweptSolid"
        body = f.create_entity("IfcShapeRepresentation", context, "Body", kind, [solid])
        axes = f.create_entity("IfcAxis2Placement3D", point(x0, y0, z))
        f.create_entity(
            "IfcReinforcingBar",
            GlobalId=guid.compress(f"{k:032x}"[:-4] + f"{int(10000 * diameter_m):04x}"),
            ObjectPlacement=f.create_entity("IfcLocalPlacement", storey.entity.ObjectPlacement, axes),
            Representation=f.create_entity("IfcProductDefinitionShape", Representations=[body]),
        )


def reinforced(author: Author, storey: Storey, along_y_m: float, along_x_m: float, *, shape: str = "disk", top_m: float = 0.0) -> None:
    """In a slab of 4.8 x 6 m: bars of these diameters, six along y and seven along x, 30 mm above the soffit; the last at the top."""
    box_of_walls(author, storey, 4.8, 6.0)
    slab(author, storey, "vloer", 0, 0, 4.8, 6)
    along_y = [((0.4 + 0.8 * k, 0.05), (0.4 + 0.8 * k, 5.95), 2.63) for k in range(6)]
    along_x = [((0.05, 0.4 + 0.85 * k), (4.75, 0.4 + 0.85 * k), 2.64) for k in range(7)]
    bars(author, storey, along_y, along_y_m, shape)
    bars(author, storey, along_x, along_x_m, shape)
    if top_m:
        bars(author, storey, [(a, b, 2.77) for a, b, _ in along_x], top_m, shape)


@pytest.mark.parametrize("shape", ["disk", "extrusion"])
@pytest.mark.parametrize("how", [{}, {"rotation_deg": 33.0, "offset_m": (100_000.0, 400_000.0, 0.0)}, {"schema": "IFC2X3"}])
def test_main_bars_at_the_bottom_show_the_span(tmp_path: Path, shape: str, how: dict) -> None:
    """12 mm along y, 6 mm along x, and 20 mm along x at the top, which hangs over the walls: y, though x is shorter."""

    def draw(author: Author, storey: Storey) -> None:
        reinforced(author, storey, 0.012, 0.006, shape=shape, top_m=0.02)

    found = analyse(model(tmp_path, draw, **how))
    fields = found.structure.fields
    assert fields.span_source == ("reinforcement",)
    assert fields.span_deg[0] == pytest.approx(90.0, abs=0.2)
    assert fields.span_probability[0] == pytest.approx(0.95)


def test_a_little_more_steel_one_way_leaves_doubt_and_as_much_both_ways_says_nothing(tmp_path: Path) -> None:
    found = {
        d: analyse(model(tmp_path, lambda author, storey, d=d: reinforced(author, storey, d, 0.008))).structure.fields
        for d in (0.008, 0.0095, 0.012)
    }
    assert found[0.008].span_source == ("supports",)
    assert [found[d].span_source for d in (0.0095, 0.012)] == [("reinforcement",)] * 2
    assert [float(found[d].span_probability[0]) for d in (0.0095, 0.012)] == pytest.approx([0.75, 0.95])


def test_planks_say_more_than_bars(tmp_path: Path) -> None:
    def draw(author: Author, storey: Storey) -> None:
        box_of_walls(author, storey, 4.8, 6.0)
        for k in range(4):
            slab(author, storey, f"breedplaat {k}", 1.2 * k, 0, 1.2 * k + 1.2, 6)
        bars(author, storey, [((0.05, 0.4 + 0.85 * k), (1.15, 0.4 + 0.85 * k), 2.64) for k in range(7)], 0.016, "disk")

    assert analyse(model(tmp_path, draw)).structure.fields.span_source == ("planks",)


def test_strips_without_a_name_show_it_by_their_joints(tmp_path: Path) -> None:
    def draw(author: Author, storey: Storey) -> None:
        box_of_walls(author, storey, 4.8, 6.0)
        for k in range(4):
            slab(author, storey, f"Floor {k}", 1.2 * k, 0, 1.2 * k + 1.2, 6)

    found = analyse(model(tmp_path, draw))
    assert deg_of(found).tolist() == [90.0]
    assert found.structure.fields.span_source == ("joints",)


def test_a_square_plank_follows_its_neighbours(tmp_path: Path) -> None:
    """The last plank is cut to 1.2 x 1.2 m beside a stair well: it lies as the others do."""

    def draw(author: Author, storey: Storey) -> None:
        box_of_walls(author, storey, 4.8, 6.0)
        for k in range(3):
            slab(author, storey, f"kanaalplaat {k}", 1.2 * k, 0, 1.2 * k + 1.2, 6)
        slab(author, storey, "kanaalplaat pas", 3.6, 0, 4.8, 1.2)

    found = analyse(model(tmp_path, draw))
    assert deg_of(found).tolist() == [90.0]


def test_trimmed_plank_hangs_on_the_planks_beside_it(tmp_path: Path) -> None:
    """Four planks of 1.2 m span 6 m in y; the one from x = 1.2 to 2.4 ends at y = 4 at a stair well.

    Equilibrium: its far end hangs on planks 0 and 2 at y = 4, which bring two thirds of that to the wall
    at y = 6. Total on "noord", moments about y = 0: whole planks 3 * 1.2 * 6 * SLAB / 2, and the short one
    1.2 * 4 * SLAB * 2 / 6.
    """

    def draw(author: Author, storey: Storey) -> None:
        for name, y in (("zuid", 0.0), ("noord", 6.0)):
            author.wall(storey, name, (0, y), (4.8, y), z0_m=0, height_m=2.6, thickness_m=0.214, material="kalkzandsteen")
        for k in range(4):
            slab(author, storey, f"kanaalplaat {k}", 1.2 * k, 0, 1.2 * k + 1.2, 4 if k == 1 else 6)

    found = analyse(model(tmp_path, draw))
    wall = 0.214 * 2.6 * 1850 * 9.81 / 1000 * 4.8
    north = 3 * 1.2 * 6 * SLAB / 2 + 1.2 * 4 * SLAB * 2 / 6
    south = 3 * 1.2 * 6 * SLAB / 2 + 1.2 * 4 * SLAB * 4 / 6
    assert found.foot("noord") == pytest.approx(north + wall, rel=1e-3)
    assert found.foot("zuid") == pytest.approx(south + wall, rel=1e-3)
    assert deg_of(found).tolist() == [90.0]
    assert "OPT-321" in {i.code for i in found.issues}


def test_planks_over_a_window_hang_on_the_walls_beside_it(tmp_path: Path) -> None:
    """The north wall has a gap of 2 m without lintel: the planks keep their direction, the wall takes half the floor."""

    def draw(author: Author, storey: Storey) -> None:
        lines = {"zuid": ((0, 0), (9.6, 0)), "noord 1": ((0, 6), (4, 6)), "noord 2": ((6, 6), (9.6, 6))}
        for name, (start, end) in lines.items():
            author.wall(storey, name, start, end, z0_m=0, height_m=2.6, thickness_m=0.214, material="kalkzandsteen")
        for k in range(8):
            slab(author, storey, f"kanaalplaat {k}", 1.2 * k, 0, 1.2 * k + 1.2, 6)

    found = analyse(model(tmp_path, draw))
    wall = 0.214 * 2.6 * 1850 * 9.81 / 1000
    assert deg_of(found).tolist() == [90.0]
    assert found.foot("noord 1") + found.foot("noord 2") == pytest.approx(9.6 * 6 * SLAB / 2 + wall * 7.6, rel=1e-3)
    assert found.simple.unsupported_kn == 0


def test_deck_spans_across_the_joists_that_carry_it(tmp_path: Path) -> None:
    """Joists along y every 0.6 m from wall to wall, 3.6 m: the deck spans 0.6 m in x."""

    def draw(author: Author, storey: Storey) -> None:
        for name, y in (("zuid", 0.0), ("noord", 3.6)):
            author.wall(storey, name, (0, y), (6, y), z0_m=0, height_m=2.6, thickness_m=0.214, material="kalkzandsteen")
        for k in range(11):
            section = ISection(width_m=0.1, depth_m=0.2, web_m=0.006, flange_m=0.008)
            author.beam(storey, f"balk {k}", (0.6 * k, 0), (0.6 * k, 3.6), z_top_m=2.8, section=section, material="staal")
        author.slab(storey, "vloer", [(0, 0), (6, 0), (6, 3.6), (0, 3.6)], z_top_m=2.86, thickness_m=0.06, material="beton")

    found = analyse(model(tmp_path, draw))
    fields, elements = found.structure.fields, found.building.elements
    assert fields.span_source == ("joists",)
    assert fields.span_deg.tolist() == pytest.approx([0.0])
    bars = [i for i, kind in enumerate(elements.kind) if kind == "beam"]
    (deck,) = joist_spans(elements, fields.polygon[0], 2.8, 2.86, carriers=frozenset(bars), bars=bars)
    # Bars in a floor that rest under nothing by themselves are its ribs.
    (ribbed,) = joist_spans(elements, fields.polygon[0], 2.6, 2.86, carriers=frozenset(), bars=bars)
    assert (deck.deg, ribbed.deg) == pytest.approx((0.0, 90.0))
    assert deck.polygon.area == pytest.approx(6 * 3.6, rel=1e-6)
    assert joist_spans(elements, fields.polygon[0], 2.8, 2.86, carriers=frozenset(), bars=bars[:2]) == []


def test_what_the_engineer_gives_wins(tmp_path: Path) -> None:
    def draw(author: Author, storey: Storey) -> None:
        box_of_walls(author, storey, 4.8, 6.0)
        for k in range(4):
            slab(author, storey, f"kanaalplaat {k}", 1.2 * k, 0, 1.2 * k + 1.2, 6)

    building, _ = read([model(tmp_path, draw)], BARE)
    materials = materials_of(building)
    bearing = infer_bearing(building.elements, materials)
    given = np.array([0.0 if name.startswith("kanaalplaat") else np.nan for name in building.elements.name])
    structure, _ = build_structure(building, materials, bearing, BARE, given_span_deg=given)
    assert np.unique(np.round(structure.cells.span_deg) % 180).tolist() == [0.0]
    assert (structure.fields.span_source, structure.fields.span_probability.tolist()) == (("given",), [1.0])


def test_cantilever_leaves_its_wall(tmp_path: Path) -> None:
    """A slab of 5 m between two walls sticks out 1.2 m over the facade: the gallery strip spans across the facade, too."""

    def draw(author: Author, storey: Storey) -> None:
        for name, y in (("A", 0.0), ("B", 5.0)):
            author.wall(storey, name, (0, y), (8, y), z0_m=0, height_m=2.6, thickness_m=0.214, material="kalkzandsteen")
        slab(author, storey, "vloer", 0, -1.2, 8, 5)

    found = analyse(model(tmp_path, draw))
    cells = found.structure.cells
    outside = np.asarray(cells.y_m) < -0.2
    assert np.round(cells.span_deg[outside]) == pytest.approx(np.full(int(outside.sum()), 90.0))


def test_balcony_on_hangers_spans_away_from_its_floor() -> None:
    """A plate of 3 x 1.5 m, 20 mm before the edge y = 0 of a floor; a plate at a corner takes its longer border."""
    floor = shapely.box(0, 0, 8, 6)
    assert facade_span(shapely.box(2, -1.52, 5, -0.02), [floor]).deg == pytest.approx(90.0)
    corner = shapely.box(8.02, 1, 10, 5) | shapely.box(7.5, 6.02, 8.02, 7)
    assert facade_span(shapely.box(8.02, 1, 10, 5), [floor]).deg == pytest.approx(0.0)
    assert facade_span(corner.buffer(0).envelope, [shapely.box(50, 50, 51, 51)]) is None


# -- rooms --------------------------------------------------------------------

BOX = [(0, 0, 9, 0), (0, 6, 9, 6), (0, 0, 0, 6), (9, 0, 9, 6), (4, 0, 4, 6)]


def test_bearing_lines_divide_the_floor() -> None:
    """Walls at x = 0, 4, 9 and y = 0, 6: two rooms, 4 x 6 and 5 x 6, less the cut of 10 mm on every side."""
    found = sorted(round(room.area, 6) for room in rooms(shapely.box(0, 0, 9, 6), walls(BOX), np.arange(5)))
    assert found == pytest.approx([3.98 * 5.98, 4.98 * 5.98], abs=1e-6)


def test_door_in_a_wall_does_not_join_two_rooms_and_a_wide_hall_does() -> None:
    door = [*BOX[:4], (4, 0, 4, 2.5), (4, 3.5, 4, 6)]
    hall = [*BOX[:4], (4, 0, 4, 1.5), (4, 4.5, 4, 6)]
    assert len(rooms(shapely.box(0, 0, 9, 6), walls(door), np.arange(6))) == 2
    assert len(rooms(shapely.box(0, 0, 9, 6), walls(hall), np.arange(6))) == 1


@pytest.mark.parametrize(("width", "one_way", "deg"), [(3.0, True, 0.0), (3.0, False, 0.0), (5.0, True, 0.0), (5.0, False, None)])
def test_room_of_four_walls(width: float, one_way: bool, deg: float | None) -> None:
    """Width x 6 m: 3 m is half of 6, one way for any floor; 5 m is within 1.5, so in-situ concrete spans two ways."""
    lines = [(0, 0, width, 0), (0, 6, width, 6), (0, 0, 0, 6), (width, 0, width, 6)]
    floor = spread(shapely.box(0, 0, width, 6), lines)
    (found,) = room_spans(floor, floor.polygon, one_way=one_way)
    assert np.isnan(found.deg) if deg is None else found.deg == pytest.approx(deg)
    # log-odds of 2 at the limit ratio 1.5 scaled to log(4): 6 / 3 gives log(4) * log(2) / log(1.5) = 2.37, so 0.914.
    if width == 3.0:
        assert found.probability == pytest.approx(1 / (1 + 0.25 ** (np.log(2) / np.log(1.5))), rel=1e-6)


def test_square_timber_floor_is_left_open() -> None:
    """Rounding must not choose: a square room has no shorter way."""
    floor = spread(shapely.box(0, 0, 5, 5), [(0, 0, 5, 0), (0, 5, 5, 5), (0, 0, 0, 5), (5, 0, 5, 5)])
    assert room_spans(floor, floor.polygon, one_way=True) == []


@pytest.mark.parametrize("turn", [0.0, 33.0, 71.0])
def test_wing_at_an_angle_spans_by_its_own_walls(turn: float) -> None:
    """Two wings, each 4 x 9 m and spanning its 4 m, the second turned: each follows its own walls."""
    wing = shapely.box(0, 0, 4, 9)
    sides = [shapely.LineString([(x, 0), (x, 9)]) for x in (0, 4)]
    moved = [shapely.affinity.translate(shapely.affinity.rotate(shape, turn, origin=(0, 0)), 30, 0) for shape in (wing, *sides)]
    lines = [tuple(np.ravel(side.coords)) for side in (*sides, *moved[1:])]
    floor = spread(wing | moved[0], lines)
    found = sorted(evidence.deg for evidence in room_spans(floor, floor.polygon, one_way=True) if evidence.polygon.area > 5)
    assert found == pytest.approx(sorted([0.0, turn]), abs=1e-6)


def test_flat_slab_on_columns_has_no_direction() -> None:
    columns = [(x, y, x, y) for x in (0, 5.4, 10.8) for y in (0, 5.4)]
    floor = spread(shapely.box(-1, -1, 11.8, 6.4), columns, thickness_m=0.4)
    assert [evidence.deg for evidence in room_spans(floor, floor.polygon, one_way=True)] == []


# -- one building, drawn otherwise ----------------------------------------------

HOWS: dict[str, dict[str, object]] = {
    "mm": {"length_unit": "mm"},
    "inch": {"length_unit": "inch"},
    "foot": {"length_unit": "foot"},
    "turned": {"rotation_deg": 33.0},
    "turned the other way": {"rotation_deg": -71.5, "length_unit": "foot"},
    "far": {"offset_m": (100e3, -55e3, 0.0)},
}


def mixed_floor(author: Author, storey: Storey, *, backwards: bool = False) -> None:
    """Trimmed planks over a window, an in-situ room near the square, and a gallery strip, on one storey."""
    lines = {"zuid": ((0, 0), (9.6, 0)), "noord 1": ((0, 6), (4, 6)), "noord 2": ((6, 6), (9.6, 6))}
    lines |= {"west": ((20, 0), (20, 5)), "oost": ((24.6, 0), (24.6, 5)), "voor": ((20, 0), (24.6, 0)), "achter": ((20, 5), (24.6, 5))}
    steps = [lambda n=name, a=a, b=b: _wall(author, storey, n, a, b) for name, (a, b) in lines.items()]
    for k in range(8):
        steps.append(lambda k=k: slab(author, storey, f"kanaalplaat {k}", 1.2 * k, 0, 1.2 * k + 1.2, 4.5 if k == 6 else 6))
    steps.append(lambda: slab(author, storey, "vloer ihw", 20, -1.2, 24.6, 5))
    for step in reversed(steps) if backwards else steps:
        step()


def _wall(author: Author, storey: Storey, name: str, start: tuple[float, float], end: tuple[float, float]) -> None:
    author.wall(storey, name, start, end, z0_m=0, height_m=2.6, thickness_m=0.214, material="kalkzandsteen")


@pytest.mark.parametrize("how", [*sorted(HOWS), "shuffled"])
@pytest.mark.parametrize("distribution", ["simple", "continuous"])
def test_drawn_otherwise_the_loads_are_the_same(tmp_path: Path, how: str, distribution: str) -> None:
    (tmp_path / "a").mkdir()
    plain = analyse(model(tmp_path / "a", mixed_floor))
    if how == "shuffled":
        other = analyse(model(tmp_path, lambda author, storey: mixed_floor(author, storey, backwards=True)))
    else:
        other = analyse(model(tmp_path, mixed_floor, **HOWS[how]))
    for name in ("zuid", "noord 1", "noord 2", "west", "oost", "voor", "achter"):
        one, two = (np.sort(getattr(found, distribution).permanent_foot_kn[found.rows(name)]) for found in (plain, other))
        # Bodies are read to 0.01 mm.
        assert two == pytest.approx(one, rel=2e-5), name
    assert sorted(other.structure.fields.span_source) == sorted(plain.structure.fields.span_source)
