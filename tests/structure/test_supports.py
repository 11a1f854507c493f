"""Who stands on whom, against hand calculations: transfers, hangers, splices, shapes of walls, foundations (kN, m)."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from optopscan.ifc.author import Author, Prism, Rectangle, Storey
from optopscan.structure.support import SupportSearch
from tests.structure.models import Analysed, analyse, cross_walls, model

SLAB = 0.2 * 2500 * 9.81 / 1000  # kN/m2
WALL = 0.214 * 2.6 * 1850 * 9.81 / 1000  # kN/m, 2.6 m high
KZS = 1850 * 9.81 / 1000  # kN/m3
CONCRETE = 2500 * 9.81 / 1000  # kN/m3
BEAM = Rectangle(width_m=0.3, depth_m=0.5)
POST = Rectangle(width_m=0.3, depth_m=0.3)
FAR = 20.0  # the test objects stand this far from the walls that make the model a building


def analysed(tmp_path: Path, draw: Callable[[Author, Storey], None]) -> Analysed:
    def both(author: Author, storey: Storey) -> None:
        cross_walls(author, storey)
        draw(author, storey)

    found = analyse(model(tmp_path, both))
    assert found.simple.ground_permanent_kn + found.simple.unsupported_kn == pytest.approx(found.materials.self_weight_kn.sum(), rel=1e-9)
    return found


def wall(author: Author, storey: Storey, name: str, start: tuple[float, float], end: tuple[float, float], z0: float = 0.0, **more) -> None:
    author.wall(storey, name, start, end, z0_m=z0, thickness_m=0.214, material="kalkzandsteen", **{"height_m": 2.6, **more})


def floor(author: Author, storey: Storey, length: float) -> None:
    """A slab 5 m wide from the wall at FAR to another one: half of it, 2.5 m, comes to each."""
    wall(author, storey, "overkant", (0, FAR + 5), (length, FAR + 5))
    outline = [(0, FAR), (length, FAR), (length, FAR + 5), (0, FAR + 5)]
    author.slab(storey, "vloer", outline, z_top_m=2.8, thickness_m=0.2, material="beton")


def portal(author: Author, storey: Storey) -> None:
    """Two columns 6 m apart under a beam 0.5 m deep, its top at 3.2 m."""
    for name, x in (("K1", 0.0), ("K2", 6.0)):
        author.column(storey, name, (x, FAR), z0_m=0, z1_m=2.7, section=POST, material="beton")
    author.beam(storey, "ligger", (0, FAR), (6, FAR), z_top_m=3.2, section=BEAM, material="beton")


def codes(found: Analysed, code: str) -> list[str]:
    return [i.message for i in found.issues if i.code == code]


PORTAL_END = 0.5 * 6 * 0.15 * CONCRETE + 0.09 * 2.7 * CONCRETE  # half the beam and the column


def test_beam_carries_a_wall(tmp_path: Path) -> None:
    def draw(author: Author, storey: Storey) -> None:
        portal(author, storey)
        wall(author, storey, "W", (1, FAR), (4, FAR), 3.2)

    found = analysed(tmp_path, draw)
    # 3 m of wall with its centre at 2.5 m: 3.5/6 to the left.
    assert found.foot("K1") == pytest.approx(PORTAL_END + 3 * WALL * 3.5 / 6, rel=1e-6)
    assert found.foot("K2") == pytest.approx(PORTAL_END + 3 * WALL * 2.5 / 6, rel=1e-6)


@pytest.mark.parametrize("gap", [0.0, 0.02, -0.05])
def test_beam_carries_a_column(tmp_path: Path, gap: float) -> None:
    def draw(author: Author, storey: Storey) -> None:
        portal(author, storey)
        author.column(storey, "K3", (1.5, FAR), z0_m=3.2 + gap, z1_m=5.2, section=POST, material="beton")

    found = analysed(tmp_path, draw)
    post = 0.09 * (2.0 - gap) * CONCRETE
    assert found.foot("K1") == pytest.approx(PORTAL_END + 0.75 * post, rel=1e-6)
    assert found.foot("K2") == pytest.approx(PORTAL_END + 0.25 * post, rel=1e-6)


def test_beams_in_line_hand_over_at_the_hinge(tmp_path: Path) -> None:
    """Columns at 0, 5 and 9 m; the joint lies at 4 m, so the right beam sticks out and carries the end of the left one."""

    def draw(author: Author, storey: Storey) -> None:
        for name, x in (("K1", 0.0), ("K2", 5.0), ("K3", 9.0)):
            author.column(storey, name, (x, FAR), z0_m=0, z1_m=2.7, section=POST, material="beton")
        author.beam(storey, "links", (0, FAR), (3.99, FAR), z_top_m=3.2, section=BEAM, material="beton")
        author.beam(storey, "rechts", (4.01, FAR), (9, FAR), z_top_m=3.2, section=BEAM, material="beton")

    found = analysed(tmp_path, draw)
    q, column = 0.15 * CONCRETE, 0.09 * 2.7 * CONCRETE
    # left beam: half at each end; right beam with 4 q / 2 on its tip and 5 q of its own with the centre at 6.5 m
    k2 = 2 * q * 5 / 4 + 5 * q * (9 - 6.5) / 4
    assert found.foot("K1") == pytest.approx(2 * q + column, rel=0.01)
    assert found.foot("K2") == pytest.approx(k2 + column, rel=0.01)
    assert found.foot("K3") == pytest.approx(9 * q - 2 * q - k2 + column, rel=0.02)


def test_no_lever_over_more_than_a_cantilever(tmp_path: Path) -> None:
    """A beam 8 m long on two posts 2 m apart at one end: what the far end rests on is not in the model."""

    def draw(author: Author, storey: Storey) -> None:
        for name, x in (("K1", 0.0), ("K2", 2.0)):
            author.column(storey, name, (x, FAR), z0_m=0, z1_m=2.7, section=POST, material="beton")
        author.beam(storey, "ligger", (0, FAR), (8, FAR), z_top_m=3.2, section=BEAM, material="beton")

    found = analysed(tmp_path, draw)
    # Statics on the two posts would lift K1 by 8 q (4 - 2) / 2 = 8 q; nobody builds that, so it is unknown.
    assert found.foot("K1") > 0
    unknown = {found.building.elements.name[found.structure.parts.element[i]] for i in found.structure.unsettled}
    assert unknown == {"ligger", "K2"}
    assert any("sticks out" in text for text in codes(found, "OPT-331"))


def test_beams_that_carry_each_other_in_a_ring(tmp_path: Path) -> None:
    """Four beams, each on a column at one end and on the next beam at the other: no weight is lost, no order fails."""

    def draw(author: Author, storey: Storey) -> None:
        c, e = (3.0, FAR + 3.0), 1.0
        runs = [((-3, -e), (e, -e)), ((e, -3), (e, e)), ((3, e), (-e, e)), ((-e, 3), (-e, -e))]
        for k, (a, b) in enumerate(runs):
            start, end = ((c[0] + p[0], c[1] + p[1]) for p in (a, b))
            author.column(storey, f"K{k}", start, z0_m=0, z1_m=2.7, section=POST, material="beton")
            author.beam(storey, f"L{k}", start, end, z_top_m=3.2, section=BEAM, material="beton")

    found = analysed(tmp_path, draw)
    assert found.simple.unsupported_kn == pytest.approx(0, abs=1e-9)


def test_prefab_balcony_before_its_wall(tmp_path: Path) -> None:
    """80 mm of insulation between wall and balcony; the brackets are not drawn: the weight comes to the wall, which is unknown."""

    def draw(author: Author, storey: Storey) -> None:
        outline = [(2.0, -0.187), (5.0, -0.187), (5.0, -1.387), (2.0, -1.387)]
        author.slab(storey, "prefab balkon", outline, z_top_m=2.8, thickness_m=0.2, material="beton")

    found = analysed(tmp_path, draw)
    weight = 3.0 * 1.2 * SLAB
    assert found.simple.unsupported_kn == pytest.approx(0, abs=1e-9)
    assert found.foot("A") == pytest.approx(8 * (2.5 * SLAB + WALL) + weight, rel=1e-3)
    assert [i.id for i in found.issues if i.code == "OPT-330"]
    assert set(found.rows("A")) <= set(found.structure.unsettled)


def test_leaves_of_a_party_wall_carry_each_its_own_floor(tmp_path: Path) -> None:
    """Two walls of 120 mm and 60 mm of air between them, floors that end on either: nothing crosses the cavity."""

    def draw(author: Author, storey: Storey) -> None:
        for name, y in (("zuid", 0.0), ("L", 5.0), ("R", 5.18), ("noord", 9.0)):
            author.wall(storey, name, (0, FAR + y), (6, FAR + y), z0_m=0, height_m=2.6, thickness_m=0.12, material="kalkzandsteen")
        for name, low, high in (("links", 0.0, 5.06), ("rechts", 5.12, 9.0)):
            outline = [(0, FAR + low), (6, FAR + low), (6, FAR + high), (0, FAR + high)]
            author.slab(storey, f"vloer {name}", outline, z_top_m=2.8, thickness_m=0.2, material="beton")

    found = analysed(tmp_path, draw)
    leaf = 0.12 * 2.6 * KZS
    assert found.foot("zuid") + found.foot("L") == pytest.approx(6 * (2 * leaf + 5.06 * SLAB), rel=1e-6)
    assert found.foot("R") + found.foot("noord") == pytest.approx(6 * (2 * leaf + 3.88 * SLAB), rel=1e-6)


def test_shelf_angle_hangs_on_the_wall_behind_the_cavity(tmp_path: Path) -> None:
    def draw(author: Author, storey: Storey) -> None:
        section = Rectangle(width_m=0.1, depth_m=0.1)
        author.beam(storey, "geveldrager", (2.0, -0.3), (5.0, -0.3), z_top_m=2.75, section=section, material="staal")

    found = analysed(tmp_path, draw)
    weight = 0.01 * 3.0 * 7850 * 9.81 / 1000
    assert found.foot("A") == pytest.approx(8 * (2.5 * SLAB + WALL) + weight, rel=1e-6)
    assert len(codes(found, "OPT-330")) == 1
    assert found.structure.unsettled == ()  # it carries nothing


def test_wall_on_a_ground_beam_on_three_piles(tmp_path: Path) -> None:
    def draw(author: Author, storey: Storey) -> None:
        wall(author, storey, "W", (0, FAR), (8, FAR))
        floor(author, storey, 8)
        author.strip_footing(storey, "balk", (0, FAR), (8, FAR), z_top_m=0.0, width_m=0.4, height_m=0.5, material="beton")
        for name, x in (("P1", 0.5), ("P2", 4.0), ("P3", 7.5)):
            author.pile(storey, name, (x, FAR), z_top_m=-0.5, z_tip_m=-8.5, section=Rectangle(width_m=0.25, depth_m=0.25), material="beton")

    found = analysed(tmp_path, draw)
    q, pile = 2.5 * SLAB + WALL + 0.2 * CONCRETE, 0.0625 * 8 * CONCRETE
    # Hinged over the middle pile: 4 m of load with its centre 2 m from that pile, over a span of 3.5 m.
    assert found.foot("P1") == pytest.approx(4 * q * 2 / 3.5 + pile, rel=1e-6)
    assert found.foot("P2") == pytest.approx(8 * q - 2 * 4 * q * 2 / 3.5 + pile, rel=1e-6)


def test_stacked_openings_leave_two_piers(tmp_path: Path) -> None:
    def draw(author: Author, storey: Storey) -> None:
        for name, z0 in (("onder", 0.0), ("boven", 2.6)):
            wall(author, storey, name, (0, FAR), (6, FAR), z0, openings=[(2.0, 0.0, 2.0, 2.1)])

    found = analysed(tmp_path, draw)
    one = 6 * WALL - 2 * 2.1 * 0.214 * KZS
    piers = found.rows("onder", "pier")
    left = [i for i in piers if found.structure.parts.x_m[i] < 3]
    assert found.simple.permanent_foot_kn[piers].sum() == pytest.approx(2 * one, rel=1e-6)
    assert found.simple.permanent_foot_kn[left].sum() == pytest.approx(one, rel=1e-6)


def test_window_inside_a_door_recess_is_one_lintel(tmp_path: Path) -> None:
    """Openings that overlap (a door with a side light drawn twice) count once."""

    def draw(author: Author, storey: Storey) -> None:
        wall(author, storey, "W", (0, FAR), (6, FAR), openings=[(2.0, 0.0, 1.0, 2.1), (2.5, 0.9, 1.5, 1.2)])
        floor(author, storey, 6)

    found = analysed(tmp_path, draw)
    hole = 1.0 * 2.1 + 1.0 * 1.2  # the second adds 3.0..4.0 m wide, 1.2 m high
    assert found.simple.permanent_foot_kn[found.rows("W", "pier")].sum() == pytest.approx(
        6 * (2.5 * SLAB + WALL) - hole * 0.214 * KZS, rel=1e-6
    )
    assert [found.structure.parts.kind[i] for i in found.rows("W")].count("pier") == 2


def test_lintel_that_ends_at_a_cross_wall_brings_no_moment_on_it(tmp_path: Path) -> None:
    """A door right beside a cross wall: what is above it is built in there."""

    def draw(author: Author, storey: Storey) -> None:
        wall(author, storey, "dwars", (0, FAR), (6, FAR), load_bearing=True)
        wall(author, storey, "D", (3, FAR + 0.107), (3, FAR + 4), openings=[(0.023, 0.0, 0.9, 2.1)], load_bearing=True)
        floor(author, storey, 6)

    found = analysed(tmp_path, draw)
    (above,) = found.rows("D", "lintel")
    taken = np.asarray(found.structure.shares["simple"].parts.tocsr()[[above]].todense()).ravel()[found.rows("dwars")]
    # From the axis of the cross wall to the pier: 0.107 + 0.923 m; what is above the door and the stub lies 0.107 + 0.923 / 2 past it.
    assert taken.sum() == pytest.approx(1.0 - (0.107 + 0.4615) / 1.03, rel=1e-6)
    assert np.abs(np.asarray(found.simple.moment_knm)[found.rows("dwars"), 0]).max() == pytest.approx(0.0, abs=1e-9)


def test_lintel_drawn_as_a_beam(tmp_path: Path) -> None:
    """A concrete lintel bears 150 mm on both sides of an opening that reaches the head of the wall; a wall stands on it."""

    def draw(author: Author, storey: Storey) -> None:
        wall(author, storey, "links", (0, FAR), (2, FAR), height_m=2.1)
        wall(author, storey, "rechts", (4, FAR), (6, FAR), height_m=2.1)
        section = Rectangle(width_m=0.214, depth_m=0.2)
        author.beam(storey, "latei", (1.85, FAR), (4.15, FAR), z_top_m=2.3, section=section, material="beton")
        wall(author, storey, "boven", (1.85, FAR), (4.15, FAR), 2.3, height_m=0.3)

    found = analysed(tmp_path, draw)
    above = 2.3 * 0.214 * (0.2 * CONCRETE + 0.3 * KZS)
    assert found.foot("links") == pytest.approx(2 * 2.1 * 0.214 * KZS + above / 2, rel=1e-6)
    assert found.foot("rechts") == pytest.approx(found.foot("links"), rel=1e-6)


@pytest.mark.parametrize("gap", [0.0, 0.05, 0.1])
def test_beam_drawn_from_wall_end_to_wall_end(tmp_path: Path, gap: float) -> None:
    """Between two walls on its own line: drawn up to their ends, or with the play of a bearing plate."""

    def draw(author: Author, storey: Storey) -> None:
        wall(author, storey, "links", (0, FAR), (2, FAR))
        wall(author, storey, "rechts", (5, FAR), (7, FAR))
        section = Rectangle(width_m=0.3, depth_m=0.4)
        author.beam(storey, "balk", (2 + gap, FAR), (5 - gap, FAR), z_top_m=2.8, section=section, material="beton")
        wall(author, storey, "boven", (2.5, FAR), (4.5, FAR), 2.8)

    found = analysed(tmp_path, draw)
    half = 0.5 * (3 - 2 * gap) * 0.12 * CONCRETE + WALL
    assert found.simple.unsupported_kn == pytest.approx(0.0, abs=1e-9)
    assert found.foot("links") == pytest.approx(2 * WALL + half, rel=1e-6)
    assert found.foot("rechts") == pytest.approx(2 * WALL + half, rel=1e-6)


def test_beam_that_stops_a_foot_short_of_a_wall_is_not_carried_by_it(tmp_path: Path) -> None:
    def draw(author: Author, storey: Storey) -> None:
        wall(author, storey, "links", (0, FAR), (2, FAR))
        floor(author, storey, 2.0)
        section = Rectangle(width_m=0.3, depth_m=0.4)
        author.beam(storey, "balk", (2.3, FAR), (5, FAR), z_top_m=2.8, section=section, material="beton")
        wall(author, storey, "boven", (2.5, FAR), (4.5, FAR), 2.8)

    found = analysed(tmp_path, draw)
    assert found.foot("links") == pytest.approx(2 * (WALL + 2.5 * SLAB), rel=1e-6)
    assert found.simple.unsupported_kn == pytest.approx(2.7 * 0.12 * CONCRETE + 2 * WALL, rel=1e-6)


def test_wall_shifted_half_a_metre_is_carried_by_the_floor(tmp_path: Path) -> None:
    def draw(author: Author, storey: Storey) -> None:
        for name, y in (("D", FAR), ("E", FAR + 5)):
            wall(author, storey, name, (0, y), (8, y))
        outline = [(0, FAR), (8, FAR), (8, FAR + 5), (0, FAR + 5)]
        author.slab(storey, "vloer", outline, z_top_m=2.8, thickness_m=0.2, material="beton")
        wall(author, storey, "boven", (0, FAR + 0.5), (8, FAR + 0.5), 2.8)

    found = analysed(tmp_path, draw)
    # 0.5 of 5 m from the wall below: nine tenths go there.
    assert found.foot("D") == pytest.approx(8 * (2.5 * SLAB + WALL + 0.9 * WALL), rel=1e-6)
    assert found.foot("E") == pytest.approx(8 * (2.5 * SLAB + WALL + 0.1 * WALL), rel=1e-6)
    assert set(found.rows("boven")) == set(found.structure.through_floor)


def test_hanging_wall_is_listed_and_never_ground(tmp_path: Path) -> None:
    """A wall over a passage, 2.9 m up, with nothing below: no soil there, its weight and the nearest support are named."""
    found = analysed(tmp_path, lambda author, storey: wall(author, storey, "W", (3, 11), (6, 11), 2.9))
    assert found.simple.unsupported_kn == pytest.approx(3 * WALL, rel=1e-6)
    (text,) = codes(found, "OPT-302")
    assert f"{3 * WALL:.1f} kN" in text
    # Wall C ends at y = 10.107, the hanging one begins at 10.893; C is 2.6 m high.
    assert "0.79 m aside and 0.30 m lower" in text
    assert codes(found, "OPT-332") == []


def test_three_hanging_walls_are_no_soil(tmp_path: Path) -> None:
    """Three short walls in the air weigh an eighth of those on the ground: still a passage, not a second ground level."""

    def draw(author: Author, storey: Storey) -> None:
        for k in range(3):
            wall(author, storey, f"W{k}", (2.0 * k, 11), (2.0 * k + 1, 11), 2.9, load_bearing=True)

    found = analysed(tmp_path, draw)
    assert found.simple.unsupported_kn == pytest.approx(3 * WALL, rel=1e-6)


def test_cellar_under_half_of_the_building(tmp_path: Path) -> None:
    """Two of the five walls stand on cellar walls; the others start at the same height with nothing below: soil."""

    def draw(author: Author, storey: Storey) -> None:
        for name, y in (("D", 15.0), ("E", 20.0)):
            wall(author, storey, f"kelder {name}", (0, y), (8, y), -2.6)
            wall(author, storey, name, (0, y), (8, y))

    found = analysed(tmp_path, draw)
    assert found.simple.unsupported_kn == pytest.approx(0, abs=1e-9)
    assert found.foot("kelder D") == pytest.approx(16 * WALL, rel=1e-6)
    assert found.structure.parts.on_ground[found.rows("A")].all()
    assert len(codes(found, "OPT-332")) == 1


def outline_of_l() -> list[tuple[float, float]]:
    """L in plan: 5 m along x and 3 m along y, 0.2 m thick."""
    return [(0, FAR), (5, FAR), (5, FAR + 0.2), (0.2, FAR + 0.2), (0.2, FAR + 3), (0, FAR + 3)]


@pytest.mark.parametrize("gap", [0.0, 0.1])
def test_terrace_beside_a_cellar_is_no_roof_to_build_on(tmp_path: Path, gap: float) -> None:
    """A slab of 24 x 20 m on the soil at the level of the ground floor, larger than the roof; the cellar lies 3 m deeper."""

    def draw(author: Author, storey: Storey) -> None:
        for z in (-3.0, 0.0):
            for x in (0.0, 5.0, 10.0):
                author.wall(storey, f"wand {x} {z}", (x, 0), (x, 8), z0_m=z, height_m=2.8, thickness_m=0.2, material="kalkzandsteen")
            outline = [(-0.1, 0), (10.1, 0), (10.1, 8), (-0.1, 8)]
            author.slab(storey, f"vloer {z}", outline, z_top_m=z + 3.0, thickness_m=0.2, material="beton")
        x0 = 10.1 + gap
        outline = [(x0, 0), (x0 + 24, 0), (x0 + 24, 20), (x0, 20)]
        author.slab(storey, "terras", outline, z_top_m=-0.05, thickness_m=0.15, material="beton")

    found = analyse(model(tmp_path, draw))
    assert [round(face.z_m, 2) for face in found.structure.roof_faces] == [3.0]
    if gap:
        assert any("480.0 m2" in text for text in codes(found, "OPT-303"))
        assert found.simple.unsupported_kn == pytest.approx(480 * 0.15 * CONCRETE, rel=1e-6)


def test_l_shaped_wall_is_two_piers(tmp_path: Path) -> None:
    def draw(author: Author, storey: Storey) -> None:
        author.solids(storey, "IfcWall", "L", [Prism(polygon=outline_of_l(), z0_m=0.0, z1_m=2.6)], material="kalkzandsteen")
        wall(author, storey, "D", (0, FAR + 5.9), (5, FAR + 5.9))
        outline = [(0, FAR), (5, FAR), (5, FAR + 6), (0, FAR + 6)]
        author.slab(storey, "vloer", outline, z_top_m=2.8, thickness_m=0.2, material="beton")

    found = analysed(tmp_path, draw)
    rows, parts = found.rows("L"), found.structure.parts
    along = {(int(abs(parts.x1_m[i] - parts.x0_m[i]) > 0.01), round(float(parts.thickness_m[i]), 3)) for i in rows}
    assert along == {(0, 0.2), (1, 0.2)}
    # 5.0 m and 2.8 m of wall, the corner once.
    assert parts.length_m[rows].sum() == pytest.approx(7.8, abs=0.01)
    assert parts.self_weight_kn[rows].sum() == pytest.approx(7.8 * 0.2 * 2.6 * KZS, rel=1e-3)
    assert parts.bearing_known[rows].all()


def test_curved_wall_is_a_chain_of_chords(tmp_path: Path) -> None:
    angle = np.radians(np.linspace(0, 90, 19))
    ring = [(r * np.cos(a), FAR + r * np.sin(a)) for r, turn in ((4.0, 1), (3.8, -1)) for a in angle[::turn]]

    def draw(author: Author, storey: Storey) -> None:
        author.solids(storey, "IfcWall", "boog", [Prism(polygon=ring, z0_m=0.0, z1_m=2.6)], material="kalkzandsteen")
        outline = [(0, FAR), *ring[:19]]
        author.slab(storey, "vloer", outline, z_top_m=2.8, thickness_m=0.2, material="beton")

    found = analysed(tmp_path, draw)
    rows, parts = found.rows("boog"), found.structure.parts
    assert parts.length_m[rows].sum() == pytest.approx(3.9 * np.pi / 2, rel=0.02)
    assert parts.thickness_m[rows] == pytest.approx(np.full(len(rows), 0.2), abs=0.005)
    assert parts.on_ground[rows].all()


def test_wall_of_two_storeys_takes_each_floor_where_it_enters(tmp_path: Path) -> None:
    def draw(author: Author, storey: Storey) -> None:
        for name, y in (("D", FAR), ("E", FAR + 5)):
            wall(author, storey, name, (0, y), (8, y), height_m=5.4)
        inside = [(0, FAR + 0.107), (8, FAR + 0.107), (8, FAR + 4.893), (0, FAR + 4.893)]
        author.slab(storey, "vloer", inside, z_top_m=2.8, thickness_m=0.2, material="beton")
        outline = [(0, FAR), (8, FAR), (8, FAR + 5), (0, FAR + 5)]
        author.slab(storey, "dak2", outline, z_top_m=5.6, thickness_m=0.2, material="beton")

    found = analysed(tmp_path, draw)
    rows, parts = found.rows("D"), found.structure.parts
    upper = [i for i in rows if parts.z0_m[i] > 1]
    lower = [i for i in rows if parts.z0_m[i] < 1]
    top = 8 * (2.5 * SLAB + 2.6 * 0.214 * KZS)
    assert found.simple.permanent_foot_kn[upper].sum() == pytest.approx(top, rel=1e-6)
    assert found.simple.permanent_foot_kn[lower].sum() == pytest.approx(top + 8 * (0.5 * 4.786 * SLAB + 2.8 * 0.214 * KZS), rel=1e-6)


def test_pier_under_a_beam_end_is_divided_as_the_load_spreads(tmp_path: Path) -> None:
    """Half the height over tan 60 degrees and 0.2 m of bearing: 0.95 m, so 8 m of wall becomes nine parts."""

    def draw(author: Author, storey: Storey) -> None:
        wall(author, storey, "D", (0, FAR), (8, FAR))
        author.column(storey, "K1", (4, FAR + 5), z0_m=0, z1_m=2.6, section=POST, material="beton")
        author.beam(storey, "ligger", (4, FAR), (4, FAR + 5), z_top_m=3.1, section=BEAM, material="beton")

    found = analysed(tmp_path, draw)
    rows = found.rows("D")
    assert len(rows) == 9
    beam = 0.5 * 5 * 0.15 * CONCRETE
    assert found.foot("D") == pytest.approx(8 * WALL + beam, rel=1e-6)
    extra = found.simple.permanent_foot_kn[rows] - 8 * WALL / 9
    assert np.count_nonzero(extra > 0.01) == 1  # right above the middle part


def test_short_return_bonded_to_a_cross_wall(tmp_path: Path) -> None:
    def draw(author: Author, storey: Storey) -> None:
        wall(author, storey, "D", (0, FAR), (8, FAR))
        wall(author, storey, "neus", (4, FAR + 0.107), (4, FAR + 0.507))
        wall(author, storey, "los", (4, FAR + 3), (4, FAR + 3.4))
        author.wall(storey, "koud", (6, FAR + 0.107), (6, FAR + 0.507), z0_m=0, height_m=2.6, thickness_m=0.214, material="beton")

    found = analysed(tmp_path, draw)
    assert found.structure.bonded == tuple(found.rows("neus"))


def test_loads_asked_about_together_stand_where_each_stands_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two light walls on each other on a floor, one on the ground: all their points at once, and point by point."""

    def draw(author: Author, storey: Storey) -> None:
        wall(author, storey, "D", (0, FAR), (8, FAR))
        floor(author, storey, 8)
        light = {"thickness_m": 0.07, "material": "gips", "load_bearing": False}
        for name, z0 in (("onder", 2.8), ("boven", 5.4)):
            author.wall(storey, name, (1, FAR + 1.3), (7, FAR + 1.3), z0_m=z0, height_m=2.5, **light)
        author.wall(storey, "laag", (1, FAR + 3), (7, FAR + 3), z0_m=0.0, height_m=2.0, **light)

    together = analysed(tmp_path, draw).structure
    assert len(together.loose.element) == 3
    whole = SupportSearch.stand_all

    def one_by_one(search, x, y, z0_m, distribution):
        return [whole(search, x[[k]], y[[k]], z0_m[[k]], distribution)[0] for k in range(len(x))]

    monkeypatch.setattr(SupportSearch, "stand_all", one_by_one)
    alone = analysed(tmp_path, draw).structure
    for distribution, shares in together.shares.items():
        expected = alone.shares[distribution].loose.toarray()
        assert shares.loose.toarray() == pytest.approx(expected, abs=1e-12)
        assert (expected[:, :-2] > 0).any(axis=1).sum() == 2


def test_wall_on_beams_loads_them_along_its_foot(tmp_path: Path) -> None:
    """A wall of 2 m across three beams 1 m apart: a quarter, a half and a quarter, not all on the one under its middle."""

    def draw(author: Author, storey: Storey) -> None:
        for k in range(3):
            for end in (0.0, 4.0):
                author.column(storey, f"K{k}{end:.0f}", (k, FAR + end), z0_m=0, z1_m=2.7, section=POST, material="beton")
            author.beam(storey, f"L{k}", (k, FAR), (k, FAR + 4.0), z_top_m=3.2, section=BEAM, material="beton")
        wall(author, storey, "W", (0, FAR + 2.0), (2, FAR + 2.0), 3.2)

    found = analysed(tmp_path, draw)
    bare = 4 * 0.15 * CONCRETE + 2 * 0.09 * 2.7 * CONCRETE  # a beam with its two columns
    for k, share in enumerate((0.25, 0.5, 0.25)):
        assert found.foot(f"K{k}0") + found.foot(f"K{k}4") == pytest.approx(bare + 2 * WALL * share, rel=1e-6), k
