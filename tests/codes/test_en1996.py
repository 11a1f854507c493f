"""Masonry: Roberts V7a (UK), the reference sheets of Open-Calculations-Studio check-metselwerkwand (NL), Calduran tables."""

import numpy as np
import pytest

from optopscan.codes import en1996 as ec6
from optopscan.codes.en1996_data import STRENGTH_ROWS, fvk0_mpa, gamma_m, strength_row


def wall(*, t=120.0, h=2800.0, length=1000.0, rho=0.75, e_head=0.0, e_mid=0.0, fk=5.94, gamma=1.7, phi_inf=1.1, rho_min=1.0):
    """The three resistances and the minimum-eccentricity one, put together as an engineer does."""
    fd = fk / gamma * ec6.area_factor(t * length * 1e-6)
    h_ef = rho * h
    e_init = ec6.initial_eccentricity_mm(h_ef)
    head = ec6.end_factor(e_mm=ec6.end_eccentricity_mm(e_load_mm=e_head, e_init_mm=e_init, thickness_mm=t), thickness_mm=t)
    lam = h_ef / ec6.effective_thickness_mm(t)
    e_mk = ec6.mid_eccentricity_mm(e_load_mm=e_mid, e_init_mm=e_init, thickness_mm=t, slenderness=lam, phi_inf=phi_inf)
    mid = ec6.mid_factor(e_mm=e_mk, thickness_mm=t, slenderness=lam)
    lam2 = rho_min * h / t
    e2 = ec6.minimum_eccentricity_mm(effective_height_mm=rho_min * h, thickness_mm=t, slenderness=lam2, phi_inf=phi_inf)
    least = ec6.mid_factor(e_mm=e2, thickness_mm=t, slenderness=lam2)
    n = [float(ec6.axial_resistance_kn(phi=phi, thickness_mm=t, length_mm=length, fd_mpa=fd)) for phi in (head, mid, least)]
    return {"fd": float(fd), "phi": (float(head), float(mid), float(least)), "n": n, "e_mk": float(e_mk), "e2": float(e2)}


def test_mas_s1_roberts_v7a():
    # K 0.75, alpha 0.7, beta 0.3, fb = fm = 4, gamma_M 2.7, E = 1000 fk, roof load at t/6 = 16.67 mm
    fk = ec6.fk_mpa(fb_mpa=4, fm_mpa=4, k=0.75, alpha=0.7, beta=0.3)
    t_ef = ec6.effective_thickness_mm(100, other_leaf_mm=100)
    e_init = ec6.initial_eccentricity_mm(2500)
    e_i = ec6.end_eccentricity_mm(e_load_mm=16.67, e_init_mm=e_init, thickness_mm=100)
    phi_i = ec6.end_factor(e_mm=e_i, thickness_mm=100)
    e_m = ec6.mid_eccentricity_mm(e_load_mm=0, e_init_mm=e_init, thickness_mm=100, slenderness=2500 / t_ef, phi_inf=1.5)
    phi_m = ec6.mid_factor(e_mm=e_m, thickness_mm=100, slenderness=2500 / t_ef, e_over_fk=1000)
    n_rd = ec6.axial_resistance_kn(phi=min(phi_i, phi_m), thickness_mm=100, length_mm=1000, fd_mpa=fk / 2.7)
    assert (float(fk), float(t_ef), float(2500 / t_ef)) == pytest.approx((3.0, 126, 19.84), rel=0.012)
    assert (float(e_init), float(e_i)) == pytest.approx((5.56, 22.23), rel=0.012)
    assert (float(phi_i), float(phi_m)) == pytest.approx((0.556, 0.62), rel=0.012)
    assert n_rd == pytest.approx(62.2, rel=0.012)


def test_mas_s2_axial_load_only():
    row = strength_row("calcium-silicate", unit_group=1, mortar="GP")
    fk = ec6.fk_mpa(fb_mpa=12, fm_mpa=15, k=row.k, alpha=row.alpha, beta=row.beta)
    assert fk == pytest.approx(5.94, rel=0.006)
    got = wall(fk=float(fk), gamma=gamma_m("I", consequence_class="CC2"), phi_inf=row.phi_inf)
    assert got["fd"] == pytest.approx(3.493, rel=0.006)
    assert got["phi"] == pytest.approx((0.9, 0.605, 0.36), rel=0.006)
    assert got["n"][1:] == pytest.approx([253.6, 151.07], rel=0.006)
    assert (got["e_mk"], got["e2"]) == pytest.approx((6.0, 10.0))
    assert [200 / n for n in got["n"][1:]] == pytest.approx([0.79, 1.32], rel=0.006)


def test_mas_s3_head_moment():
    got = wall(e_head=5000 / 200)
    assert got["phi"][0] == pytest.approx(0.506, rel=0.006)
    assert got["n"][0] == pytest.approx(211.91, rel=0.006)


@pytest.mark.parametrize(("moment_mid", "phi", "e_mk"), [(1.0, 0.539, 9.7), (5.0, 0.201, 29.7)], ids=["sheet 5", "sheet 3"])
def test_reference_sheets_with_a_moment_at_mid_height(moment_mid, phi, e_mk):
    got = wall(e_mid=moment_mid * 1000 / 200)
    assert got["phi"][1] == pytest.approx(phi, abs=1e-3)
    assert got["e_mk"] == pytest.approx(e_mk, abs=0.05)


def test_reference_sheet_10_restraint_lost():
    # M 10 / 5 / 7 kNm at N 200: rho2 = 1.0, Phi 0.063 / 0.313 / 0.075, N_Rd 26.39
    got = wall(rho=1.0, e_head=50.0, e_mid=25.0)
    assert got["phi"][:2] == pytest.approx((0.063, 0.075), abs=1e-3)
    assert got["n"][0] == pytest.approx(26.39, abs=0.05)
    assert wall(rho=1.0, e_head=35.0)["phi"][0] == pytest.approx(0.313, abs=1e-3)


def test_mas_s4_four_edges():
    rho = ec6.rho4(rho2=0.75, height_mm=2800, length_mm=2000, thickness_mm=120)
    assert rho == pytest.approx(0.357, rel=0.01)
    got = wall(rho=float(rho), rho_min=float(rho))
    assert got["phi"][1] == pytest.approx(0.839, rel=0.01)
    assert [200 / n for n in got["n"][1:]] == pytest.approx([0.57, 0.62], rel=0.01)


def test_three_edges():
    def rho(**kw):
        return float(ec6.rho3(**{"rho2": 0.75, "height_mm": 2800, "length_mm": 500, "thickness_mm": 120, **kw}))

    assert rho() == pytest.approx(0.3)  # 1.5 * 500 / 2800 = 0.268, not below 0.3 (reference case of the script)
    assert rho(length_mm=1800) == 0.75  # 15 t: the edge no longer counts
    # 0.75 / (1 + (0.75 * 2800 / 3000)^2) = 0.75 / 1.49
    assert rho(length_mm=1000) == pytest.approx(0.5034, abs=1e-4)
    assert rho(length_mm=1000, rho2=1.0) == pytest.approx(1 / (1 + (2.8 / 3) ** 2))
    assert float(ec6.rho4(rho2=1.0, height_mm=2000, length_mm=2000, thickness_mm=120)) == pytest.approx(0.5)
    assert float(ec6.rho4(rho2=1.0, height_mm=2000, length_mm=3600, thickness_mm=120)) == 1.0


def test_small_pier_of_400_by_120():
    # area factor 0.7 + 3 * 0.048 = 0.844: fd 2.948, N_Rd 85.6 and 51.0
    got = wall(length=400.0)
    assert got["fd"] == pytest.approx(2.948, rel=0.002)
    assert got["n"][1:] == pytest.approx([85.6, 51.0], rel=0.003)
    assert ec6.area_factor([0.0999, 0.1, 5.0]) == pytest.approx([0.9997, 1.0, 1.0])


@pytest.mark.parametrize(("unit", "fb", "fm", "n_rd", "e2"), [("clay", 20, 10, 85.6, 11.24), ("calcium-silicate", 12, 15, 64.1, 11.948)])
def test_creep_above_slenderness_27(unit, fb, fm, n_rd, e2):
    # t = 100, h = 2800: lambda2 = 28, e_k = 0.002 phi lambda sqrt(t e) = 1.24 (clay) and 1.948 (calcium silicate)
    row = strength_row(unit, unit_group=1, mortar="GP")
    fk = ec6.fk_mpa(fb_mpa=fb, fm_mpa=fm, k=row.k, alpha=row.alpha, beta=row.beta)
    got = wall(t=100.0, fk=float(fk), phi_inf=row.phi_inf)
    assert got["n"][2] == pytest.approx(n_rd, rel=0.003)
    assert got["e2"] == pytest.approx(e2, abs=0.005)


def test_mas_s5_thin_layer_calcium_silicate():
    row = strength_row("calcium-silicate", unit_group=1, mortar="TL")
    got = ec6.fk_mpa(fb_mpa=[25, 35], fm_mpa=12.5, k=row.k, alpha=row.alpha, beta=row.beta, thin_layer=True)
    assert got == pytest.approx([12.34, 16.43], rel=2e-3)


@pytest.mark.parametrize(
    ("unit", "mortar", "fb", "fm", "joint", "expected"),
    [
        ("clay", "TL", 18, 12.5, False, 9.00),  # reference sheet 8
        ("calcium-silicate", "GP", 12, 5, False, 4.51),  # reference sheet 9
        ("clay", "GP", 5, 15, False, 3.04),  # fm limited to 2 fb
        ("clay", "GP", 20, 10, False, 7.479),
        ("clay", "GP", 20, 10, True, 5.983),  # longitudinal joint: K 0.48
        ("clay", "GP", 90, 30, False, 0.6 * 75**0.65 * 20**0.25),  # limits 75 and 20
        ("calcium-silicate", "TL", 60, 12, False, 0.8 * 50**0.85),  # limit 50
    ],
)
def test_characteristic_strength(unit, mortar, fb, fm, joint, expected):
    row = strength_row(unit, unit_group=1, mortar=mortar)
    got = ec6.fk_mpa(fb_mpa=fb, fm_mpa=fm, k=row.k, alpha=row.alpha, beta=row.beta, thin_layer=mortar == "TL", longitudinal_joint=joint)
    assert got == pytest.approx(expected, rel=2e-3)


def test_mas_s6_in_plane_shear():
    args = {"n_ed_kn": 80, "thickness_mm": 100, "compressed_length_mm": 3000, "fvk0_mpa": 0.2, "fb_mpa": 12, "gamma_m": 1.7}
    assert ec6.fvk_mpa(fvk0_mpa=0.2, sigma_d_mpa=0.267, fb_mpa=12) == pytest.approx(0.307, rel=0.005)
    assert ec6.shear_resistance_kn(**args) == pytest.approx(54.1, rel=0.005)
    # sigma_d = 80 000 / (3000 x 100) = 0.267; f_vd = 0.307 / 1.7 = 0.18
    assert ec6.fvk_mpa(fvk0_mpa=0.2, sigma_d_mpa=80_000 / 300_000, fb_mpa=12) / 1.7 == pytest.approx(0.18, rel=0.005)
    # limit 0.065 fb = 0.78: 0.78 / 1.7 * 300 000 N
    assert ec6.shear_resistance_kn(**{**args, "n_ed_kn": 5000}) == pytest.approx(137.6, abs=0.1)
    assert ec6.shear_resistance_kn(**{**args, "n_ed_kn": -1}) == 0.0
    for change in ({"n_ed_kn": 90}, {"thickness_mm": 110}, {"compressed_length_mm": 3100}, {"fvk0_mpa": 0.3}):
        assert ec6.shear_resistance_kn(**{**args, **change}) > ec6.shear_resistance_kn(**args)


def test_vary_each_argument_of_the_mid_factor():
    base = {"e_mm": 10.0, "thickness_mm": 120.0, "slenderness": 20.0}
    phi = ec6.mid_factor(**base)
    assert ec6.mid_factor(**{**base, "e_mm": 11.0}) < phi
    assert ec6.mid_factor(**{**base, "thickness_mm": 130.0}) > phi
    assert ec6.mid_factor(**{**base, "slenderness": 21.0}) < phi
    assert ec6.mid_factor(**base, e_over_fk=1000.0) > phi


def test_resultant_outside_the_wall_leaves_nothing():
    assert ec6.end_factor(e_mm=[60, 61, 300], thickness_mm=120) == pytest.approx([0, 0, 0])
    got = ec6.mid_factor(e_mm=np.array([59.9, 60, 75, 1e6]), thickness_mm=120, slenderness=17)
    assert 0 < got[0] < 0.01
    assert got[1:] == pytest.approx([0, 0, 0])


def test_nan_in_nan_out():
    assert np.isnan(ec6.mid_factor(e_mm=np.nan, thickness_mm=120, slenderness=17))
    assert np.isnan(ec6.end_factor(e_mm=1.0, thickness_mm=np.nan))
    assert np.isnan(ec6.creep_eccentricity_mm(slenderness=10, thickness_mm=120, e_m_mm=np.nan, phi_inf=1))
    assert np.isnan(ec6.area_factor(np.nan))


@pytest.mark.parametrize(("category", "cc", "expected"), [("I", "CC2", 1.7), ("I", "CC3", 1.7), ("II", "CC2", 2.2), ("II", "CC1", 2.0)])
def test_partial_factor(category, cc, expected):
    assert gamma_m(category, consequence_class=cc) == pytest.approx(expected)


def test_data_rows():
    keys = [(r.unit, r.unit_group, r.mortar) for r in STRENGTH_ROWS]
    assert len(set(keys)) == len(keys)
    assert all(r.source and r.confidence for r in STRENGTH_ROWS)
    # creep, table NB-3: calcium silicate 1.1 / 0.8, concrete block 1.9 / 1.7
    assert strength_row("calcium-silicate", unit_group=1, mortar="TL").phi_inf == 0.8
    assert strength_row("concrete-block", unit_group=1, mortar="GP").phi_inf == 1.9
    with pytest.raises(KeyError, match="aerated"):
        strength_row("aerated-concrete", unit_group=2, mortar="GP")
    assert [fvk0_mpa(mortar="GP", fm_mpa=fm) for fm in (5, 10)] == [0.2, 0.3]
    assert np.isnan(fvk0_mpa(mortar="GP", fm_mpa=1.0))


@pytest.mark.parametrize(
    ("height", "length", "expected"),
    [
        # (5.6) 0.75 / (1 + (0.75 x 2800 / 3000)^2) = 0.75 / 1.49, and at its edge 0.75 / (1 + 0.875^2)
        (2800.0, 1000.0, 0.50336),
        (3500.0, 1000.0, 0.42478),
        # (5.7) 1.5 / 3.6, and no less than 0.3
        (3600.0, 1000.0, 0.41667),
        (6000.0, 1000.0, 0.3),
    ],
)
def test_one_edge_held_by_hand(height, length, expected):
    assert ec6.rho3(rho2=0.75, height_mm=height, length_mm=length, thickness_mm=214.0) == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize(
    ("height", "length", "expected"),
    # (5.8) 0.75 / (1 + 0.75^2) and at its edge 0.75 / (1 + 0.8625^2); (5.9) 0.5 x 2000 / 2600
    [(2000.0, 2000.0, 0.48), (2300.0, 2000.0, 0.43007), (2600.0, 2000.0, 0.38462)],
)
def test_both_edges_held_by_hand(height, length, expected):
    assert ec6.rho4(rho2=0.75, height_mm=height, length_mm=length, thickness_mm=214.0) == pytest.approx(expected, abs=1e-5)


def test_creep_of_an_eccentricity_to_either_side():
    # (6.8) 0.002 x 1.1 x 30 x sqrt(100 x 10) = 2.087 mm; nothing up to a slenderness of 27
    for e in (10.0, -10.0):
        found = ec6.creep_eccentricity_mm(slenderness=[27.0, 30.0], thickness_mm=100.0, e_m_mm=e, phi_inf=1.1)
        assert found == pytest.approx([0.0, 2.087], abs=1e-3)


@pytest.mark.parametrize(("height", "thickness", "expected"), [(2600.0, 150.0, 10.0), (3600.0, 150.0, 12.0), (2600.0, 300.0, 15.0)])
def test_least_eccentricity_is_the_largest_of_three(height, thickness, expected):
    """10 mm, a 300th of the height, a twentieth of the thickness; no creep below a slenderness of 27."""
    found = ec6.minimum_eccentricity_mm(effective_height_mm=height, thickness_mm=thickness, slenderness=height / thickness, phi_inf=1.1)
    assert found == pytest.approx(expected)
