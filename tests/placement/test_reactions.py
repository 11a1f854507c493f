"""Reactions: lever rule by hand, equilibrium on random modules, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from optopscan.errors import EquilibriumError
from optopscan.placement import reactions as module
from optopscan.placement.candidates import roof_frames
from optopscan.placement.lines import head_points
from optopscan.placement.reactions import Rectangles, reactions
from optopscan.placement.roof import usable_roofs

from .factory import Wall, concept, cross_walls, site

ROOF = shapely.box(0, 0, 16.2, 10)
BAYS = cross_walls([0, 5.4, 10.8, 16.2], 10)


def rectangle(u, v, du, dv, long_u=False, n_module=1):
    return Rectangles(
        u_m=np.array([u]),
        v_m=np.array([v]),
        du_m=np.array([du]),
        dv_m=np.array([dv]),
        long_u=np.array([long_u]),
        n_module=np.array([n_module]),
    )


def by_wall(test_site, product, rect, frame_row=0):
    structure = test_site.structure
    frame = roof_frames(structure.heads, usable_roofs(structure)[0], product)[frame_row]
    found = reactions(structure.heads, frame, rect, product)
    share = found.share.toarray()[:, 0]
    return np.bincount(test_site.wall_of_part[structure.heads.part], share), found, share


def test_side_between_walls_goes_to_both_by_the_lever_rule():
    # side at 0 stands on wall 0; side at 3.6 in a bay of 5.4: 2/3 to wall 1, 1/3 to wall 0
    shares, _, _ = by_wall(site(BAYS, ROOF), concept(), rectangle(0, 0, 3.6, 10))
    assert shares[:2] == pytest.approx([0.5 + 0.5 / 3, 0.5 * 2 / 3])
    assert shares.sum() == pytest.approx(1.0)


def test_full_wall_is_loaded_evenly():
    # 20 heads of 0.5 m under 10 m of module side: each a twentieth
    _, _, share = by_wall(site(BAYS, ROOF), concept(width_m=5.4), rectangle(0, 0, 5.4, 10))
    assert share[share > 0] == pytest.approx(np.full(40, 0.5 / 20))


def test_dwelling_of_three_modules_is_the_mean_of_its_modules():
    # sides at 0, 3.6, 3.6, 7.2, 7.2, 10.8, a sixth each: wall 0 has 1 + 1/3 + 1/3 of them; by symmetry wall 2 too
    shares, _, _ = by_wall(site(BAYS, ROOF), concept(), rectangle(0, 0, 10.8, 10, n_module=3))
    assert shares[:3] == pytest.approx([(1 + 2 / 3) / 6, (6 - 2 * (1 + 2 / 3)) / 6, (1 + 2 / 3) / 6])


def test_supports_on_short_sides_stand_on_walls_at_that_distance():
    product = concept(supports="line-short", length_m=5.4, width_m=3.0, transfer_span_max_m=0.0)
    shares, _, share = by_wall(site(BAYS, ROOF), product, rectangle(5.4, 2.0, 5.4, 3.0, long_u=True))
    assert shares[:3] == pytest.approx([0.0, 0.5, 0.5])
    # 3 m of wall in 0.5 m heads from a head boundary: 6 full heads and nothing but lever tails beside them
    assert np.count_nonzero(share > 0.5 / 12) == 12


def test_no_transfer_layer_no_module_between_walls():
    _, found, _ = by_wall(site(BAYS, ROOF), concept(transfer_span_max_m=0.0), rectangle(0, 0, 3.6, 10))
    assert not found.carried[0]
    assert found.share.nnz == 0


def test_bay_wider_than_the_transfer_layer_carries_nothing():
    _, found, _ = by_wall(site(BAYS, ROOF), concept(transfer_span_max_m=5.3), rectangle(0, 0, 3.6, 10))
    assert not found.carried[0]


@pytest.mark.parametrize(("offset_m", "carried"), [(0.03, True), (0.04, False)])
def test_offset_beside_a_wall_is_at_most_a_sixth_of_its_thickness(offset_m, carried):
    # t = 0.2: t / 6 = 0.033 m, less than the product's 0.05 m
    product = concept(width_m=5.4, transfer_span_max_m=0.0)
    _, found, _ = by_wall(site(BAYS, ROOF), product, rectangle(-offset_m, 0, 5.4 + 2 * offset_m, 10))
    assert found.carried[0] == carried


def test_eccentricity_without_transfer_layer_is_kept_as_shift():
    # both sides 0.02 m to the right of their walls: the resultant of the heads lies 0.02 m to the left of the module
    product = concept(width_m=5.4, transfer_span_max_m=0.0)
    _, found, _ = by_wall(site(BAYS, ROOF), product, rectangle(0.02, 0, 5.4, 10))
    assert found.shift_m[0] == pytest.approx([-0.02, 0.0], abs=1e-9)


def test_transfer_layer_that_takes_the_moment_reaches_back():
    # side 0.2 m outside wall 0: lever over the bay, 1 + 0.2 / 5.4 on wall 0, lifting 0.2 / 5.4 at wall 1
    product = concept(width_m=5.6, support_offset_max_m=0.2, transfer_takes_moment=True)
    shares, found, _ = by_wall(site(BAYS, ROOF), product, rectangle(-0.2, 0, 5.6, 10))
    assert shares[:2] == pytest.approx([0.5 * (1 + 0.2 / 5.4), 0.5 * (1 - 0.2 / 5.4)])
    assert np.abs(found.shift_m).max() == pytest.approx(0.0, abs=1e-12)


def test_four_corners_on_columns():
    # corners on four columns: a quarter each
    columns = [(x, y) for x in (0.0, 5.4, 10.8) for y in (0.0, 5.0)]
    _, _, share = by_wall(site([], ROOF, columns=columns), concept(supports="point"), rectangle(0, 0, 5.4, 5.0))
    assert sorted(share[share > 0]) == pytest.approx([0.25] * 4)


def test_past_the_end_of_a_wall_only_as_far_as_the_product_overhangs():
    walls = [Wall(x, 0.3, x, 9.7) for x in (0.0, 5.4, 10.8)]
    for overhang_m, carried in ((0.3, True), (0.2, False)):
        _, found, _ = by_wall(site(walls, ROOF), concept(overhang_max_m=overhang_m), rectangle(0, 0, 3.6, 10))
        assert found.carried[0] == carried


@pytest.mark.parametrize("turn_deg", [0.0, 30.0, 77.0])
def test_sum_and_resultant_are_kept_for_any_module(turn_deg):
    rng = np.random.default_rng(7)
    walls = [Wall(x, 0.1, x, 9.8) for x in (0.1, 4.9, 5.2, 10.0, 16.0)]
    test_site = site(walls, ROOF, turn_deg=turn_deg)
    heads = test_site.structure.heads
    product = concept(overhang_max_m=0.3, transfer_takes_moment=True, support_offset_max_m=0.2)
    frame = roof_frames(heads, usable_roofs(test_site.structure)[0], product)[0]
    corner = frame.to_frame(*shapely.get_coordinates(test_site.structure.roof_faces[0].polygon).T)
    n = 200
    long_u = rng.random(n) < 0.5
    du, dv = rng.uniform(2.4, 4.0, n), rng.uniform(2.4, 4.0, n)
    rects = Rectangles(
        u_m=corner[0].min() + rng.uniform(0, np.ptp(corner[0]) - 4.0, n),
        v_m=corner[1].min() + rng.uniform(0, np.ptp(corner[1]) - 4.0, n),
        du_m=du,
        dv_m=dv,
        long_u=long_u,
        n_module=rng.integers(1, 3, n),
    )
    found = reactions(heads, frame, rects, product)
    assert found.carried.sum() > 100
    x_m, y_m = head_points(heads)
    middle = frame.to_building(rects.u_m + du / 2, rects.v_m + dv / 2)
    share = found.share.toarray()[:, found.carried]
    assert share.sum(axis=0) == pytest.approx(np.ones(share.shape[1]), abs=1e-9)
    for axis, at in enumerate((x_m, y_m)):
        moved = at @ share - middle[axis][found.carried]
        assert moved == pytest.approx(found.shift_m[found.carried, axis], abs=1e-3)


def test_lost_weight_is_an_error(monkeypatch):
    along = module._along_line
    monkeypatch.setattr(module, "_along_line", lambda *args: along(*args)[:1])
    with pytest.raises(EquilibriumError, match="do not keep"):
        by_wall(site(BAYS, ROOF), concept(), rectangle(0, 0, 3.6, 10))


def test_a_module_stands_the_same_whatever_stands_beside_it():
    # a side past the end of the heads: its couple depends on how finely the side is cut
    test_site = site([Wall(0, 0, 0, 8.4), Wall(3.6, 0, 3.6, 8.4), Wall(7.2, 0, 7.2, 8.4)], shapely.box(0, 0, 7.2, 8.4))
    product = concept(length_m=6.0, length_lo_m=5.0)
    frame = roof_frames(test_site.structure.heads, usable_roofs(test_site.structure)[0], product)[0]
    short, long = rectangle(0, 2.4, 3.6, 6.0), rectangle(3.6, 0, 3.6, 8.4)
    both = Rectangles(**{name: np.concatenate([getattr(long, name), getattr(short, name)]) for name in vars(short)})
    alone = reactions(test_site.structure.heads, frame, short, product)
    together = reactions(test_site.structure.heads, frame, both, product)
    assert together.share.toarray()[:, 1].tolist() == alone.share.toarray()[:, 0].tolist()
    assert (
        together.share.toarray()[:, 0].tolist() == reactions(test_site.structure.heads, frame, long, product).share.toarray()[:, 0].tolist()
    )
