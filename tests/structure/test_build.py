"""Support graphs of small buildings against hand calculations (kN, m; g = 9.81)."""

from pathlib import Path

import numpy as np
import pytest

from optopscan.errors import NothingToScan
from optopscan.ifc.author import Author, ISection, Rectangle, Storey, box
from optopscan.settings import Settings
from tests.structure.models import BARE, analyse, cross_walls, model

SLAB = 0.2 * 25.0 * 9.81 / 10.0  # 0.2 m x 2500 kg/m3 x 9.81 / 1000 = 4.905 kN/m2
WALL = 0.214 * 2.6 * 1850 * 9.81 / 1000  # 10.0978 kN/m


def test_one_way_slab_over_three_walls(tmp_path: Path) -> None:
    found = analyse(model(tmp_path, cross_walls))
    # Simple: outer walls carry half a bay (2.5 m), the middle wall two halves (5.0 m), over 8 m.
    assert found.foot("A") == pytest.approx(8 * (2.5 * SLAB + WALL), rel=1e-6)
    assert found.foot("B") == pytest.approx(8 * (5.0 * SLAB + WALL), rel=1e-6)
    # Continuous: 0.375 and 1.25 of 5 m on supports that do not give; walls do, and the floor is a plate with free ends.
    rows_a, rows_b = found.rows("A"), found.rows("B")
    assert found.continuous.permanent_foot_kn[rows_a].sum() == pytest.approx(8 * (1.875 * SLAB + WALL), rel=2e-3)
    assert found.continuous.permanent_foot_kn[rows_b].sum() == pytest.approx(8 * (6.25 * SLAB + WALL), rel=2e-3)
    # Every part of a wall carries the same line load.
    per_m = found.simple.permanent_foot_kn[rows_b] / found.structure.parts.length_m[rows_b]
    assert per_m == pytest.approx(np.full(len(rows_b), 5.0 * SLAB + WALL), rel=1e-6)
    assert found.simple.unsupported_kn == 0
    assert found.structure.parts.floor_sides[rows_b].tolist() == [2] * len(rows_b)
    assert found.structure.parts.floor_sides[rows_a].tolist() == [1] * len(rows_a)


def test_roof_area_and_heads(tmp_path: Path) -> None:
    found = analyse(model(tmp_path, cross_walls))
    heads, parts = found.structure.heads, found.structure.parts
    assert [round(f.polygon.area, 6) for f in found.structure.roof_faces] == [80.0]
    assert heads.trib_area_m2.sum() == pytest.approx(80.0, rel=1e-9)
    on_b = np.isin(heads.part, found.rows("B"))
    assert heads.trib_area_m2[on_b].sum() == pytest.approx(40.0, rel=1e-9)
    assert np.hypot(heads.x1_m - heads.x0_m, heads.y1_m - heads.y0_m).max() <= 0.5 + 1e-9
    # A unit load on a head arrives at the feet of its own wall, once.
    assert found.simple.influence_foot.shape == (len(parts), len(heads))
    assert found.simple.influence_foot.sum(axis=0) == pytest.approx(np.ones(len(heads)), abs=1e-12)


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("length_m", [8.0, 6.5, 7.3, 2.2])
def test_an_even_roof_loads_an_even_wall_evenly(tmp_path: Path, length_m: float, turned: bool) -> None:
    """Half of 5.2 m on either side: 5.2 m2 per metre of head and of part, however heads and parts divide the wall and it is drawn."""

    def draw(author: Author, storey: Storey) -> None:
        for name, y in (("A", 0.0), ("B", 5.2), ("C", 10.4)):
            ends = [(0.0, y), (length_m, y)]
            start, end = ends[::-1] if turned else ends
            author.wall(storey, name, start, end, z0_m=0, height_m=2.6, thickness_m=0.214, material="kalkzandsteen")
        plan = [(0, 0), (length_m, 0), (length_m, 10.4), (0, 10.4)]
        author.roof_slab(storey, "dak", plan, z_top_m=2.8, thickness_m=0.2, material="beton")

    found = analyse(model(tmp_path, draw))
    heads, parts, rows = found.structure.heads, found.structure.parts, found.rows("B")
    on_b = np.isin(heads.part, rows)
    metres = np.hypot(heads.x1_m - heads.x0_m, heads.y1_m - heads.y0_m)[on_b]
    # cells and heads of half a metre go to the pieces by the lever rule, so not to the last digit
    assert heads.trib_area_m2[on_b] == pytest.approx(5.2 * metres, rel=0.01)
    brought = found.simple.influence_foot[rows] @ heads.trib_area_m2
    assert brought == pytest.approx(5.2 * parts.length_m[rows], rel=0.015)


@pytest.mark.parametrize("how", [{"length_unit": "mm"}, {"length_unit": "inch"}, {"rotation_deg": 33.0}, {"offset_m": (100e3, -50e3, 0.0)}])
def test_unit_rotation_and_offset_change_nothing(tmp_path: Path, how: dict[str, object]) -> None:
    plain = analyse(model(tmp_path, cross_walls))
    other = analyse(model(tmp_path, cross_walls, **how))
    for name in "ABC":
        assert other.foot(name) == pytest.approx(plain.foot(name), rel=1e-6)


def test_lintel_goes_to_its_piers(tmp_path: Path) -> None:
    def draw(author: Author, storey: Storey) -> None:
        for name, y, holes in (("A", 0.0, [(3.0, 0.0, 2.0, 2.1)]), ("B", 5.0, [])):
            author.wall(storey, name, (0, y), (8, y), z0_m=0, height_m=2.6, thickness_m=0.214, material="kalkzandsteen", openings=holes)
        author.roof_slab(storey, "dak", [(0, 0), (8, 0), (8, 5), (0, 5)], z_top_m=2.8, thickness_m=0.2, material="beton")

    found = analyse(model(tmp_path, draw))
    piers, lintels = found.rows("A", "pier"), found.rows("A", "lintel")
    hole = 2.0 * 2.1 * 0.214 * 1850 * 9.81 / 1000
    total = 8 * (2.5 * SLAB + WALL) - hole
    assert len(lintels) == 1
    assert found.simple.permanent_foot_kn[piers].sum() == pytest.approx(total, rel=1e-6)
    # Symmetric: the lintel (2 m of slab and 0.5 m of wall) adds half to each side.
    lintel = 2 * 2.5 * SLAB + 2.0 * 0.5 * 0.214 * 1850 * 9.81 / 1000
    assert found.simple.permanent_foot_kn[lintels].sum() == pytest.approx(lintel, rel=1e-6)
    left = [i for i in piers if found.structure.parts.x_m[i] < found.structure.parts.x_m[lintels[0]]]
    assert found.simple.permanent_foot_kn[left].sum() == pytest.approx(total / 2, rel=1e-6)


def two_storeys(shift_m: float):
    def draw(author: Author, storey: Storey) -> None:
        upper = author.storey("01 eerste verdieping", 2.8)
        for name, y in (("A", 0.0), ("B", 5.0)):
            author.wall(storey, name, (0, y), (8, y), z0_m=0, height_m=2.6, thickness_m=0.214, material="kalkzandsteen")
        author.slab(storey, "vloer", [(0, -0.2), (8, -0.2), (8, 5.2), (0, 5.2)], z_top_m=2.8, thickness_m=0.2, material="beton")
        for name, y in (("A1", shift_m), ("B1", 5.0)):
            author.wall(upper, name, (0, y), (8, y), z0_m=2.8, height_m=2.6, thickness_m=0.214, material="kalkzandsteen")
        author.roof_slab(upper, "dak", [(0, shift_m), (8, shift_m), (8, 5), (0, 5)], z_top_m=5.6, thickness_m=0.2, material="beton")

    return draw


def test_wall_stands_on_wall_through_the_slab(tmp_path: Path) -> None:
    found = analyse(model(tmp_path, two_storeys(0.0)))
    floor = 2.5 * SLAB + 0.2 * SLAB  # half a bay and the 0.2 m overhang beyond the axis
    # The overhang hangs on the wall with the lever 5.1 / 5 and lifts the other wall by as much; symmetric, so it cancels.
    assert found.foot("A") == pytest.approx(8 * (2.5 * SLAB + floor + 2 * WALL), rel=1e-6)
    assert found.structure.level_z_m == pytest.approx((0.0, 2.8, 5.6))
    assert found.simple.imposed_foot_kn[found.rows("A")].sum(axis=0) == pytest.approx([0.0, 8 * 2.7 * 1.75, 0.0], rel=1e-6)


def test_shifted_wall_leaves_its_moment(tmp_path: Path) -> None:
    found = analyse(model(tmp_path, two_storeys(0.05)))
    upper = found.simple.permanent_foot_kn[found.rows("A1")].sum()
    across = found.simple.moment_knm[found.rows("A"), 0].sum()
    assert abs(across) == pytest.approx(0.05 * upper, rel=1e-6)
    assert found.simple.ground_permanent_kn == pytest.approx(found.materials.self_weight_kn.sum(), rel=1e-9)


def test_beam_reactions(tmp_path: Path) -> None:
    def draw(author: Author, storey: Storey) -> None:
        for name, x in (("K1", 0.0), ("K2", 6.0)):
            author.column(storey, name, (x, 0), z0_m=0, z1_m=2.7, section=Rectangle(width_m=0.3, depth_m=0.3), material="beton")
        section = ISection(width_m=0.2, depth_m=0.2, web_m=0.009, flange_m=0.015)
        author.beam(storey, "ligger", (0, 0), (6, 0), z_top_m=2.9, section=section, material="staal")
        author.wall(storey, "W", (0, 4), (6, 4), z0_m=0, height_m=2.9, thickness_m=0.214, material="kalkzandsteen")
        author.roof_slab(storey, "dak", [(0, 0), (6, 0), (6, 4), (0, 4)], z_top_m=3.1, thickness_m=0.2, material="beton")

    found = analyse(model(tmp_path, draw))
    steel = (2 * 0.2 * 0.015 + (0.2 - 2 * 0.015) * 0.009) * 6 * 7850 * 9.81 / 1000
    column = 0.09 * 2.7 * 2500 * 9.81 / 1000
    assert found.foot("K1") == pytest.approx(6 * 2.0 * SLAB / 2 + steel / 2 + column, rel=1e-5)
    assert found.foot("K2") == pytest.approx(found.foot("K1"), rel=1e-6)


def test_gallery_cantilevers_over_its_wall(tmp_path: Path) -> None:
    def draw(author: Author, storey: Storey) -> None:
        for name, y in (("A", 0.0), ("B", 5.0)):
            author.wall(storey, name, (0, y), (8, y), z0_m=0, height_m=2.6, thickness_m=0.214, material="kalkzandsteen")
        author.roof_slab(storey, "dak", [(0, -1.2), (8, -1.2), (8, 5), (0, 5)], z_top_m=2.8, thickness_m=0.2, material="beton")

    found = analyse(model(tmp_path, draw))
    # Lever about B: 6.2 m of slab with its centre at y = 1.9 gives A 6.2 * 3.1 / 5.
    assert found.foot("A") == pytest.approx(8 * (6.2 * 3.1 / 5 * SLAB + WALL), rel=1e-6)
    assert found.foot("B") == pytest.approx(8 * (6.2 * 1.9 / 5 * SLAB + WALL), rel=1e-6)


def test_what_hangs_in_the_air_is_listed_with_its_weight(tmp_path: Path) -> None:
    def draw(author: Author, storey: Storey) -> None:
        cross_walls(author, storey)
        author.wall(storey, "zwevend", (30, 0), (34, 0), z0_m=6, height_m=2.6, thickness_m=0.3, material="kalkzandsteen", load_bearing=True)
        author.slab(storey, "grond", [(28, -2), (36, -2), (36, 2), (28, 2)], z_top_m=0.0, thickness_m=0.2, material="beton")

    found = analyse(model(tmp_path, draw))
    weight = 4 * 0.3 * 2.6 * 1850 * 9.81 / 1000
    assert found.simple.unsupported_kn == pytest.approx(weight, rel=1e-6)
    assert "OPT-302" in {i.code for i in found.issues}


def test_bearing_without_any_property(tmp_path: Path) -> None:
    def draw(author: Author, storey: Storey) -> None:
        cross_walls(author, storey)
        author.wall(storey, "binnenwand", (3, 0.2), (3, 4.8), z0_m=0, height_m=2.6, thickness_m=0.07, material="gips")

    found = analyse(model(tmp_path, draw))
    states = dict(zip(found.building.elements.name, found.bearing.state, strict=True))
    assert states == {"A": "yes", "B": "yes", "C": "yes", "binnenwand": "no", "dak": "yes"}
    assert all(e.text for row in found.bearing.evidence for e in row)


def test_all_false_says_nothing_and_thin_true_is_not_believed(tmp_path: Path) -> None:
    def draw(author: Author, storey: Storey) -> None:
        for name, y in (("A", 0.0), ("B", 5.0)):
            author.wall(storey, name, (0, y), (8, y), z0_m=0, height_m=2.6, thickness_m=0.214, material="kalkzandsteen", load_bearing=False)
        author.wall(storey, "plaat", (2, 1), (6, 1), z0_m=0, height_m=1.0, thickness_m=0.06, material="gips", load_bearing=False)
        author.roof_slab(storey, "dak", [(0, 0), (8, 0), (8, 5), (0, 5)], z_top_m=2.8, thickness_m=0.2, material="beton")

    states = dict(zip(*(lambda f: (f.building.elements.name, f.bearing.state))(analyse(model(tmp_path, draw))), strict=True))
    assert (states["A"], states["B"], states["plaat"]) == ("yes", "yes", "no")


def test_planks_in_an_in_situ_body_count_once(tmp_path: Path) -> None:
    """Two planks 60 mm lie in recesses of a 290 mm body, as breedplaatvloeren are exported: all weight, one area."""

    def draw(author: Author, storey: Storey) -> None:
        for name, y in (("A", 0.0), ("B", 5.0)):
            author.wall(storey, name, (0, y), (6, y), z0_m=0, height_m=2.6, thickness_m=0.214, material="kalkzandsteen")
        for k in (0, 1):
            plank = [(3 * k, 0), (3 * k + 3, 0), (3 * k + 3, 5), (3 * k, 5)]
            author.slab(storey, f"breedplaat {k}", plank, z_top_m=2.66, thickness_m=0.06, material="beton prefab")
        author.slab(storey, "druklaag", [(0, 0), (6, 0), (6, 5), (0, 5)], z_top_m=2.89, thickness_m=0.23, material="beton")

    found = analyse(model(tmp_path, draw))
    fields = found.structure.fields
    assert len(fields) == 1
    assert fields.polygon[0].area == pytest.approx(30.0)
    planks = 30 * 0.06 * 2000 * 9.81 / 1000  # the test table does not know "beton prefab": 2000 kg/m3
    assert fields.weight_kn[0] == pytest.approx(30 * 0.23 * 25 * 0.981 + planks, rel=1e-6)
    assert np.unique(np.round(found.structure.cells.span_deg)).tolist() == [90.0]


def test_pile_cap_and_strip(tmp_path: Path) -> None:
    def draw(author: Author, storey: Storey) -> None:
        cross_walls(author, storey)
        author.strip_footing(storey, "balk B", (0, 5), (8, 5), z_top_m=0.0, width_m=0.5, height_m=0.5, material="beton")
        for k, x in enumerate((1.0, 4.0, 7.0)):
            author.pile(
                storey, f"paal {k}", (x, 5.0), z_top_m=-0.5, z_tip_m=-8.5, section=Rectangle(width_m=0.29, depth_m=0.29), material="beton"
            )

    found = analyse(model(tmp_path, draw))
    line = 5.0 * SLAB + WALL + 0.25 * 25 * 0.981
    pile = 0.29**2 * 8 * 25 * 0.981
    loads = [found.foot(f"paal {k}") - pile for k in range(3)]
    assert sum(loads) == pytest.approx(8 * line, rel=1e-6)
    # Beam parts of 2 m with centres at 1, 3, 5 and 7 m, hinged over the piles: 3 m gives 1/3 to the first pile.
    assert loads[0] == pytest.approx(2 * line * (1 + 1 / 3), rel=1e-6)


def test_nothing_bearing_and_no_roof_are_refused(tmp_path: Path) -> None:
    def floors_only(author: Author, storey: Storey) -> None:
        author.slab(storey, "vloer", [(0, 0), (8, 0), (8, 5), (0, 5)], z_top_m=2.8, thickness_m=0.2, material="beton")

    def walls_only(author: Author, storey: Storey) -> None:
        author.wall(storey, "A", (0, 0), (8, 0), z0_m=0, height_m=2.6, thickness_m=0.214, material="kalkzandsteen", load_bearing=True)

    with pytest.raises(NothingToScan, match="no bearing structure"):
        analyse(model(tmp_path, floors_only))
    with pytest.raises(NothingToScan, match="no roof"):
        analyse(model(tmp_path, walls_only))


def test_chimney_is_an_obstacle_and_overrun_is_cut_out(tmp_path: Path) -> None:
    def draw(author: Author, storey: Storey) -> None:
        cross_walls(author, storey)
        author.proxy(storey, "schoorsteen", [box(2.0, 2.0, 2.6, 2.6, z0_m=2.8, z1_m=3.8)], material="kalkzandsteen")

    found = analyse(model(tmp_path, draw))
    assert [round(o.polygon.area, 3) for o in found.structure.roof_obstacles] == [0.36]


def test_part_length_is_a_setting(tmp_path: Path) -> None:
    path = model(tmp_path, cross_walls)
    fine = analyse(path, Settings(**{**BARE.__dict__, "part_length_max_m": 0.5}))
    assert len(fine.rows("B")) == 16
    assert fine.foot("B") == pytest.approx(8 * (5.0 * SLAB + WALL), rel=1e-6)


def test_a_wall_on_a_floor_is_marked_and_never_ok(tmp_path: Path) -> None:
    """The upper wall stands in the middle of the slab: its load goes through bending that nobody checks."""

    def draw(author: Author, storey: Storey) -> None:
        upper = author.storey("01 eerste verdieping", 2.8)
        for name, y in (("A", 0.0), ("B", 5.0)):
            author.wall(storey, name, (0, y), (8, y), z0_m=0, height_m=2.6, thickness_m=0.214, material="kalkzandsteen")
            author.wall(upper, f"{name}1", (0, y), (8, y), z0_m=2.8, height_m=2.6, thickness_m=0.214, material="kalkzandsteen")
        author.wall(upper, "op vloer", (1, 2.5), (7, 2.5), z0_m=2.8, height_m=2.6, thickness_m=0.214, material="kalkzandsteen")
        author.slab(storey, "vloer", [(0, 0), (8, 0), (8, 5), (0, 5)], z_top_m=2.8, thickness_m=0.2, material="beton")
        author.roof_slab(upper, "dak", [(0, 0), (8, 0), (8, 5), (0, 5)], z_top_m=5.6, thickness_m=0.2, material="beton")

    found = analyse(model(tmp_path, draw))
    names, parts = found.building.elements.name, found.structure.parts
    assert {names[parts.element[i]] for i in found.structure.through_floor} == {"op vloer"}
    # Half of what stands in the middle of the floor goes to each wall.
    assert found.foot("A") == pytest.approx(found.foot("B"), rel=1e-6)
    assert found.simple.unsupported_kn == 0


def test_load_without_a_way_down_counts_as_lost(tmp_path: Path) -> None:
    """The column under one end of the roof beam hangs in the air: heads above it lose load."""

    def draw(author: Author, storey: Storey) -> None:
        author.slab(storey, "vloer", [(0, 0), (6, 0), (6, 4), (0, 4)], z_top_m=0.0, thickness_m=0.2, material="beton")
        author.column(storey, "K1", (0, 0), z0_m=0, z1_m=5.7, section=Rectangle(width_m=0.3, depth_m=0.3), material="beton")
        author.column(storey, "K2", (6, 0), z0_m=4.0, z1_m=5.7, section=Rectangle(width_m=0.3, depth_m=0.3), material="beton")
        section = ISection(width_m=0.2, depth_m=0.2, web_m=0.009, flange_m=0.015)
        author.beam(storey, "ligger", (0, 0), (6, 0), z_top_m=5.9, section=section, material="staal")
        author.wall(storey, "W", (0, 4), (6, 4), z0_m=0, height_m=5.9, thickness_m=0.214, material="kalkzandsteen")
        author.roof_slab(storey, "dak", [(0, 0), (6, 0), (6, 4), (0, 4)], z_top_m=6.1, thickness_m=0.2, material="beton")

    found = analyse(model(tmp_path, draw))
    assert found.simple.unsupported_kn > 0
    assert found.simple.influence_lost.max() > 0.4
    on_wall = np.isin(found.structure.heads.part, found.rows("W"))
    assert np.abs(found.simple.influence_lost[on_wall]).max() == pytest.approx(0.0, abs=1e-12)
