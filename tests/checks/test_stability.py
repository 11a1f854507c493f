"""Stability: SYS-S3 through the public functions, shares by hand, equilibrium, and what each number does to a panel."""

import numpy as np
import pytest

from optopscan.checks.shear_panels import Panels, in_direction
from optopscan.checks.stability import (
    Block,
    Cases,
    PanelStrength,
    Rules,
    Site,
    Weights,
    check_direction,
    panel_stiffness,
    panel_usage,
    share_of_force,
)

CITY = Site(region="II", terrain="bebouwd")


def panels(x, deg=90.0, length=9.0, thickness=0.22, storey=0, founded=True, y=5.0):
    n = len(x)
    full = np.ones(n)
    return Panels(
        parts=tuple((i,) for i in range(n)), storey=np.full(n, storey), deg=deg * full, x_m=np.array(x, dtype=float), y_m=y * full,
        length_m=length * full, thickness_m=thickness * full, z0_m=0 * full, founded=np.full(n, founded),
    )  # fmt: skip


def brick(n, fd=2.0, fk=4.4, fb=12.0):
    full = np.ones(n)
    return PanelStrength(
        e_mpa=700 * fk * full, fd_mpa=fd * full, concrete=np.zeros(n, dtype=bool), fck_mpa=np.nan * full, fvk0_mpa=0.2 * full,
        fb_mpa=fb * full, gamma_m=1.7 * full,
    )  # fmt: skip


def cast(n, fck=13.0):
    full = np.ones(n)
    return PanelStrength(
        e_mpa=13e3 * full, fd_mpa=0.8 * fck / 1.5 * full, concrete=np.ones(n, dtype=bool), fck_mpa=fck * full, fvk0_mpa=np.nan * full,
        fb_mpa=np.nan * full, gamma_m=np.nan * full,
    )  # fmt: skip


def cases(height, n_min, n, n_max=None):
    height = np.atleast_1d(np.array(height, dtype=float))
    low = np.array([[v] * n for v in np.atleast_1d(n_min)], dtype=float)
    zero = np.zeros(len(height))
    return Cases(
        height_m=height, n_min_kn=low, n_max_kn=low if n_max is None else np.full_like(low, n_max), top_z_m=height, top_permanent_kn=zero,
        top_imposed_kn=zero,
    )  # fmt: skip


NO_WEIGHT = Weights(z_m=np.zeros(1), permanent_kn=np.zeros(1), imposed_kn=np.zeros(1))
RULES = Rules(gamma_wind=1.4, gamma_g=1.15, gamma_g_inf=0.9, gamma_q=1.3, psi0=0.4)
BLOCK = Block(azimuth_deg=0.0, extent_m=(48.0, 10.0), middle_m=(24.0, 5.0), ground_m=0.0)
NINE = np.arange(9) * 6.0


def sys_s3(height, axial, **changes):
    with_ends = panels([*NINE], y=5.0)
    return check_direction(
        with_ends, brick(9), BLOCK, cases(height, axial, 9), NO_WEIGHT, CITY, RULES, along=1, levels_m=[0.0], **changes
    )  # fmt: skip


def test_sys_s3_before_and_after_one_storey():
    """Force and moment per wall 47.32 kN, 265.0 kNm and 67.53, 482.8; the end wall takes 1/9 + 2.4 x 24 / 2160 with 5 % accidental."""
    found = sys_s3([11.2, 14.3], [1400.0, 1500.0])
    assert found.force_kn / 9 == pytest.approx([47.32, 67.53], rel=3e-3)
    assert found.moment_knm / 9 == pytest.approx([265.0, 482.8], rel=3e-3)
    assert found.moment_knm[1] / found.moment_knm[0] == pytest.approx(1.822, rel=3e-3)
    share = 1 / 9 + 2.4 * 24 / 2160
    assert found.terms["share"] == pytest.approx([share, share], rel=1e-9)
    # SYS-S3: e = 0.265 and 0.451 m with equal shares
    assert found.terms["e_m"] == pytest.approx(9 * share * np.array([0.265, 0.451]), rel=3e-3)


def test_sys_s3_with_equal_shares_leaves_8_10_m():
    found = panel_usage(
        v_kn=np.array([1.4 * 67.53]), m_knm=np.array([1.4 * 482.8]), n_min_kn=np.array([1500.0]), n_max_kn=np.array([1500.0]),
        length_m=np.array([9.0]), thickness_m=np.array([0.22]), strength=brick(1),
    )  # fmt: skip
    assert found.e_m[0] == pytest.approx(0.451, rel=3e-3)
    # 1500 kN on 220 x 8098 mm is 0.842 N/mm2 of 2.0
    assert found.uc_stress[0] == pytest.approx(1500e3 / (220 * 8098) / 2.0, rel=1e-3)
    assert found.uc_e[0] == pytest.approx(0.451 / 3.0, rel=3e-3)
    # whole length compressed: f_vk = 0.2 + 0.4 x 1500e3 / (220 x 9000) = 0.503 of at most 0.78; V_Rd = 0.503/1.7 x 220 x 9000
    assert found.v_rd_kn[0] == pytest.approx(0.50303 / 1.7 * 220 * 9.0, rel=1e-3)


def test_mas_s6_shear_of_a_panel():
    """3.0 m x 100 mm under 80 kN without moment: V_Rd 54.1 kN."""
    found = panel_usage(
        v_kn=np.array([54.1]), m_knm=np.array([0.0]), n_min_kn=np.array([80.0]), n_max_kn=np.array([80.0]), length_m=np.array([3.0]),
        thickness_m=np.array([0.1]), strength=brick(1, fb=12.0),
    )  # fmt: skip
    assert found.v_rd_kn[0] == pytest.approx(54.1, rel=5e-3)
    assert found.uc_shear[0] == pytest.approx(1.0, rel=5e-3)


def test_axial_force_helps_and_harms():
    """V 5, M 60 on 2 m x 0.2 m, f_d 2: too little N overturns, too much crushes."""
    n = np.array([0.0, 60.0, 90.0, 120.0, 300.0, 700.0, 900.0])
    one = np.ones(len(n))
    found = panel_usage(
        v_kn=5 * one, m_knm=60 * one, n_min_kn=n, n_max_kn=n, length_m=2 * one, thickness_m=0.2 * one, strength=brick(len(n)),
    )  # fmt: skip
    assert np.isinf(found.uc[0])  # nothing compressed
    assert found.uc_e == pytest.approx(np.concatenate([[np.inf], 60 / n[1:] / (2 / 3)]))
    assert (found.uc > 1.0 + 1e-9).tolist() == [True, True, False, False, False, False, True]
    # 900 kN on 2000 - 2 x 66.7 mm: 2.41 N/mm2
    assert found.uc_stress[-1] == pytest.approx(900e3 / (200 * (2000 - 2 * 66667 / 1000)) / 2.0, rel=1e-6)


def test_concrete_panel_by_hand():
    """N 400, M 100, 4 m x 0.2 m, f_ck 13: 400e3 / (200 x (4000 - 500)) = 0.571 of 6.93 N/mm2."""
    one = np.ones(1)
    found = panel_usage(
        v_kn=50 * one, m_knm=100 * one, n_min_kn=400 * one, n_max_kn=400 * one, length_m=4 * one, thickness_m=0.2 * one, strength=cast(1),
    )  # fmt: skip
    assert found.uc_stress[0] == pytest.approx(0.5714 / 6.9333, rel=1e-3)
    # 12.6.3: f_ctd = 0.8 x 0.7 x 0.3 x 13^(2/3) / 1.5 = 0.6192; f_cvd = sqrt(0.6192^2 + 0.5714 x 0.6192) = 0.8587;
    # V = 0.8587 x 200 x 3500 / 1.5
    assert found.v_rd_kn[0] == pytest.approx(0.8587 * 200 * 3.5 / 1.5, rel=2e-3)


def test_unknown_strength_is_no_system():
    weak = brick(9, fd=np.nan)
    found = check_direction(panels(NINE), weak, BLOCK, cases(11.2, 1400.0, 9), NO_WEIGHT, CITY, RULES, along=1, levels_m=[0.0])
    assert np.isnan(found.uc).all()
    assert "geen doorgaande stabiliteitswand" in found.why


@pytest.mark.parametrize("change", [{"founded": False}, {"deg": 0.0}, {"length": 0.5}, {"storey": 1}])
def test_what_is_no_stability_wall(change):
    walls, state = panels(NINE, **change), cases(11.2, 1400.0, 9)
    found = check_direction(walls, brick(9), BLOCK, state, NO_WEIGHT, CITY, RULES, along=1, levels_m=[0.0, 2.8])
    assert np.isnan(found.uc).all()
    assert found.why


def test_one_line_of_walls_cannot_hold_torsion():
    found = check_direction(panels([24.0]), brick(1), BLOCK, cases(11.2, 5000.0, 1), NO_WEIGHT, CITY, RULES, along=1, levels_m=[0.0])
    assert "wringing" in found.why
    assert np.isnan(found.uc).all()


def test_shares_are_in_equilibrium():
    rng = np.random.default_rng(3)
    for _ in range(50):
        k, place = rng.uniform(0.1, 5.0, 6), rng.uniform(0, 40, 6)
        cross, cross_place = rng.uniform(0.1, 5.0, 3), rng.uniform(0, 12, 3)
        for sign in (-1.0, 1.0):
            # one sign at a time: the accidental part alone moves the middle
            middle = 20.0 + sign * 0.05 * 40
            found = share_of_force(
                stiffness=k, place_m=place, cross_stiffness=cross, cross_place_m=cross_place, middle_m=middle, width_m=40.0, accidental=0.0
            )
            centre = (k * place).sum() / k.sum()
            other = (cross * cross_place).sum() / cross.sum()
            polar = (k * (place - centre) ** 2).sum() + (cross * (cross_place - other) ** 2).sum()
            signed = k / k.sum() + (middle - centre) * k * (place - centre) / polar
            assert found.share == pytest.approx(np.abs(signed), rel=1e-12)
            across = (middle - centre) * cross * (cross_place - other) / polar
            # forces: one in direction, none across; moments about the origin: the force at its place
            assert signed.sum() == pytest.approx(1.0)
            assert across.sum() == pytest.approx(0.0, abs=1e-12)
            assert (signed * place).sum() + (across * cross_place).sum() == pytest.approx(middle, rel=1e-9)


def test_accidental_eccentricity_takes_the_larger_sign():
    given = {"stiffness": np.ones(2), "place_m": np.array([0.0, 10.0]), "cross_stiffness": np.zeros(0), "cross_place_m": np.zeros(0)}
    found = share_of_force(**given, middle_m=5.0, width_m=10.0)
    # e = 0.5 m: 0.5 + 0.5 x 5 / 50 = 0.55 at either end
    assert found.share == pytest.approx([0.55, 0.55])


def test_imperfection_by_hand():
    """One floor of 1000 kN at 3 m, G only: the lean of 1/(100 sqrt(11.2)) = 0.002988 gives 1.15 x 2.988 kN, and three times that in kNm."""
    heavy = Weights(z_m=np.array([3.0]), permanent_kn=np.array([1000.0]), imposed_kn=np.array([0.0]))
    bare = sys_s3([11.2], [1400.0])
    found = check_direction(panels(NINE), brick(9), BLOCK, cases(11.2, 1400.0, 9), heavy, CITY, RULES, along=1, levels_m=[0.0])
    share = found.terms["share"][0]
    assert (found.terms["v_ed_kn"] - bare.terms["v_ed_kn"])[0] == pytest.approx(share * 1.15 * 2.988, rel=1e-3)
    assert (found.terms["m_ed_knm"] - bare.terms["m_ed_knm"])[0] == pytest.approx(share * 1.15 * 2.988 * 3.0, rel=1e-3)


def test_tipping_of_the_block_by_hand():
    """Wind 9 x 265 kNm x 1.4 + lean 0.002988 x 0.9 x 10000 x 5 against 0.9 x 10000 x 10/2."""
    heavy = Weights(z_m=np.array([5.0]), permanent_kn=np.array([10000.0]), imposed_kn=np.array([4000.0]))
    found = check_direction(panels(NINE), brick(9), BLOCK, cases(11.2, 1400.0, 9), heavy, CITY, RULES, along=1, levels_m=[0.0])
    assert found.tipping[0] == pytest.approx((9 * 265.0 * 1.4 + 0.002988 * 9000 * 5) / 45000, rel=3e-3)


def test_the_storey_with_the_worst_panel_governs():
    """Two storeys alike, but the upper one has a tenth of the axial force: it governs although its moment is smaller."""
    low, high = panels(NINE), panels(NINE, storey=1)
    names = ("storey", "deg", "x_m", "y_m", "length_m", "thickness_m", "z0_m", "founded")
    joined = {name: np.concatenate([getattr(low, name), getattr(high, name)]) for name in names}
    both = Panels(**joined, parts=(*low.parts, *high.parts))
    n = np.concatenate([np.full(9, 1400.0), np.full(9, 140.0)])[None, :]
    zero = np.zeros(1)
    states = Cases(height_m=np.array([11.2]), n_min_kn=n, n_max_kn=n, top_z_m=zero, top_permanent_kn=zero, top_imposed_kn=zero)
    found = check_direction(both, brick(18), BLOCK, states, NO_WEIGHT, CITY, RULES, along=1, levels_m=[0.0, 2.8])
    assert found.storey.tolist() == [1]
    # moment about 2.8 m: 0.75 of the force at 4.2 m
    assert found.terms["wind_moment_knm"][0] == pytest.approx(9 * 47.32 * 0.75 * 4.2, rel=3e-3)


def test_batched_states_are_single_states():
    heavy = Weights(z_m=np.array([3.0, 6.0]), permanent_kn=np.array([900.0, 800.0]), imposed_kn=np.array([100.0, 90.0]))
    heights, axial = [9.0, 11.2, 14.3, 17.4], [900.0, 1400.0, 1500.0, 1600.0]
    wall = [*NINE[:-1], 47.0]
    whole = check_direction(panels(wall), brick(9), BLOCK, cases(heights, axial, 9), heavy, CITY, RULES, along=1, levels_m=[0.0])
    for k, (h, n) in enumerate(zip(heights, axial, strict=True)):
        one = check_direction(panels(wall), brick(9), BLOCK, cases(h, n, 9), heavy, CITY, RULES, along=1, levels_m=[0.0])
        assert whole.uc[k] == pytest.approx(one.uc[0], rel=1e-12)
        assert whole.tipping[k] == pytest.approx(one.tipping[0], rel=1e-12)
        assert whole.sway[k] == pytest.approx(one.sway[0], rel=1e-12)


def test_a_state_too_slender_for_the_rules_leaves_the_lower_states_checked():
    """45 m is over four times the depth of 10 m: no wind for that state, while the building of 39 m keeps its own check."""
    alone, together = sys_s3([39.0], [1400.0]), sys_s3([39.0, 45.0], [1400.0, 1400.0])
    assert np.isnan(together.force_kn[1])
    assert alone.uc[0] > 1.0
    assert together.uc[0] == pytest.approx(alone.uc[0], rel=1e-12)
    assert together.panel[0] == alone.panel[0]


def test_stiffness_of_a_cantilever():
    """9.0 x 0.22 m, E 3080, h 11.2: I = 13.365 m4, h3/3EI = 1.1377e-5, 1.2 h/GA = 5.510e-6 m/kN."""
    found = panel_stiffness(panels([0.0]), brick(1), height_m=np.array([11.2]))
    assert found[0, 0] == pytest.approx(1.0 / (1.1377e-5 + 5.510e-6), rel=1e-3)


def test_a_wall_out_of_line_counts_with_its_cosine():
    found = in_direction(panels([0.0, 1.0, 2.0], deg=np.array([100.0, 111.0, 70.5])), 90.0)
    assert found == pytest.approx([np.cos(np.radians(10.0)) ** 2, 0.0, np.cos(np.radians(19.5)) ** 2])
