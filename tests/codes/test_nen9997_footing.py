"""Footings: FND-S2 and the cases of OpenAEC check-en1997; EN 1997-1 annex D by hand where it has none."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optopscan.codes import nen9997_footing as footing

PHI_D = float(footing.design_angle_deg(25))
GAMMA_D = 18 / footing.GAMMA_WEIGHT
SOIL = {"phi_d_deg": PHI_D, "overburden_d_kpa": 0.8 * GAMMA_D, "gamma_d_kn_m3": GAMMA_D}


def strip(*, v=80.0, h=0.0, c_d=0.0, e=0.0, width=0.6, **soil):
    b = footing.effective_width_m(width, eccentricity_m=e)
    stress = footing.drained_stress_kpa(
        effective_width_m=b, c_d_kpa=c_d, inclination=footing.inclination_ratio(v_d_kn=v, h_d_kn=h), **{**SOIL, **soil}
    )
    r = footing.footing_resistance_kn(stress_kpa=stress, effective_width_m=b)
    return float(stress), float(r), float(footing.bearing_utilisation(v_d_kn=v, r_d_kn=r))


def test_fnd_s2():
    assert pytest.approx(22.07, rel=0.004) == PHI_D
    assert footing.overburden_factor(PHI_D) == pytest.approx(7.88, rel=0.004)
    assert footing.weight_factor(PHI_D) == pytest.approx(5.58, rel=0.004)
    assert SOIL["overburden_d_kpa"] == pytest.approx(13.09, rel=0.004)
    assert strip() == pytest.approx((130.5, 78.3, 1.02), rel=0.004)


@pytest.mark.parametrize(
    ("case", "resistance", "uc"),
    [
        ({"v": 50, "h": 5}, 62.1, 0.805),  # i_q 0.810, i_gamma 0.729
        ({"h": 100}, 0, np.inf),  # H above V: both factors 0, never a power of a negative number
        ({"c_d": 10 / 1.6, "h": 56}, 6.01, 13.3),  # i_c would be -0.042: 0
        ({"e": 0.4}, 0, np.inf),  # resultant outside the footing
    ],
)
def test_published_cases(case, resistance, uc):
    assert strip(**case)[1:] == pytest.approx((resistance, uc), rel=4e-3, abs=1e-9)


def test_water_below_the_base():
    # gamma' = 8 below the base: 103.13 + 0.5 * 7.2727 * 0.6 * 5.5781 = 103.13 + 12.17
    assert strip(gamma_d_kn_m3=8 / 1.1)[0] == pytest.approx(115.30, abs=0.05)


def test_bearing_factors_from_the_classic_table():
    # Prandtl: phi 30: N_q 18.40, N_c 30.14, N_gamma 2 (17.40) 0.5774 = 20.09; phi 0: 1, pi + 2, 0
    assert footing.overburden_factor([0, 30]) == pytest.approx([1, 18.401], abs=1e-3)
    assert footing.cohesion_factor([0, 30]) == pytest.approx([5.1416, 30.140], abs=1e-3)
    assert footing.weight_factor([0, 30]) == pytest.approx([0, 20.093], abs=1e-3)


def test_square_pad_by_hand():
    # phi_d 30, B' = L' = 2, q 10, gamma 18, c 5: s_q 1.5, s_gamma 0.7, s_c = (27.602 - 1) / 17.401 = 1.5287
    # 5 * 30.14 * 1.5287 + 10 * 18.401 * 1.5 + 0.5 * 18 * 2 * 20.093 * 0.7 = 230.4 + 276.0 + 253.2
    pad = {"phi_d_deg": 30, "effective_width_m": 2, "effective_length_m": 2, "overburden_d_kpa": 10, "gamma_d_kn_m3": 18, "c_d_kpa": 5}
    assert footing.drained_stress_kpa(**pad) == pytest.approx(759.6, rel=1e-3)
    # H / V = 0.2: m = 1.5: i_q = 0.8^1.5 = 0.71554, i_gamma = 0.8^2.5 = 0.57243, i_c = 0.71554 - 0.28446 / 17.401 = 0.69919
    assert footing.drained_stress_kpa(inclination=0.8, **pad) == pytest.approx(
        230.4 * 0.69919 + 276.0 * 0.71554 + 253.2 * 0.57243, rel=1e-3
    )
    assert footing.footing_resistance_kn(stress_kpa=100, effective_width_m=2, effective_length_m=3) == pytest.approx(600)
    # the longer side is L' however it is given
    turned = {**pad, "effective_width_m": 3, "effective_length_m": 2}
    assert footing.drained_stress_kpa(**turned) == footing.drained_stress_kpa(**{**pad, "effective_length_m": 3})


def test_friction_of_almost_nothing_meets_the_undrained_case():
    clay = {"effective_width_m": 1.0, "overburden_d_kpa": 10.0}
    drained = footing.drained_stress_kpa(phi_d_deg=[0.0, 0.01], c_d_kpa=20, gamma_d_kn_m3=8, **clay)
    assert drained == pytest.approx(float(footing.undrained_stress_kpa(cu_d_kpa=20, **clay)) * np.ones(2), rel=2e-3)
    assert footing.bearing_utilisation(v_d_kn=[-1, 0], r_d_kn=10).tolist() == [np.inf, 0]


def test_undrained_by_hand():
    # strip: (pi + 2) 20 + 10 = 112.83; square: 1.2 -> 133.4
    assert footing.undrained_stress_kpa(cu_d_kpa=20, effective_width_m=1, overburden_d_kpa=10) == pytest.approx(112.83, abs=0.01)
    square = footing.undrained_stress_kpa(cu_d_kpa=20, effective_width_m=1, effective_length_m=1, overburden_d_kpa=10)
    assert square == pytest.approx(133.40, abs=0.01)
    # H = 15 of A' c_u = 20: i_c = (1 + 0.5) / 2 = 0.75: 77.12 + 10; H = 20.1: nothing left
    tilted = footing.undrained_stress_kpa(cu_d_kpa=20, effective_width_m=1, overburden_d_kpa=10, h_d_kn=[15, 20.1])
    assert tilted == pytest.approx([87.12, 0], abs=0.01)
    assert footing.undrained_stress_kpa(cu_d_kpa=20, effective_width_m=0, overburden_d_kpa=10, h_d_kn=1) == 0


def test_sliding_published():
    assert footing.sliding_resistance_kn(v_d_kn=60, phi_d_deg=PHI_D) == pytest.approx(24.33, abs=0.01)
    assert footing.sliding_resistance_kn(v_d_kn=60, phi_d_deg=PHI_D, smooth=True) == pytest.approx(15.76, abs=0.01)
    assert footing.undrained_sliding_resistance_kn(area_m2=0.6, cu_d_kpa=50 / 1.35, v_d_kn=60) == pytest.approx(22.22, abs=0.01)
    assert footing.undrained_sliding_resistance_kn(area_m2=0.6, cu_d_kpa=50, v_d_kn=60) == pytest.approx(24)
    assert footing.sliding_resistance_kn(v_d_kn=-5, phi_d_deg=PHI_D) == 0


def test_weight_helps_a_footing_with_a_moment_and_then_hurts():
    def uc(v):
        return strip(v=v, e=5.0 / v)[2]

    assert uc(20) > 1 > uc(40)
    assert uc(60) > 1
    found = footing.footing_interval_kn(width_m=0.6, m_d_knm=5.0, **SOIL)
    assert 20 < found.lo < 40 < found.hi < 60
    assert (uc(float(found.lo)), uc(float(found.hi))) == (pytest.approx(1), pytest.approx(1))


def test_interval_ends():
    none = footing.footing_interval_kn(width_m=0.6, **SOIL)
    assert (none.lo, none.hi) == (0, pytest.approx(78.31, abs=0.01))
    assert footing.footing_interval_kn(width_m=0.6, m_d_knm=30.0, **SOIL) == (np.inf, -np.inf)
    found = footing.footing_interval_kn(width_m=0.6, m_d_knm=[1.0, np.nan], h_d_kn=[3.0, 0.0], **SOIL)
    assert np.isnan(found.lo).tolist() == [False, True]
    # by hand without overburden: R = k B'^2, k = 0.5 * 16.364 * 5.578 = 45.64 and M = 0: V <= 45.64 * 0.36
    loose = footing.footing_interval_kn(width_m=0.6, phi_d_deg=PHI_D, overburden_d_kpa=0, gamma_d_kn_m3=GAMMA_D)
    assert loose.hi == pytest.approx(16.43, abs=0.01)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    width=st.floats(0.4, 2.5),
    phi=st.floats(15, 35),
    q=st.floats(0, 40),
    c=st.floats(0, 10),
    m=st.floats(0, 30),
    h=st.floats(0, 15),
    length=st.just(np.inf) | st.floats(0.5, 4),
)
def test_never_wider_than_the_check(width, phi, q, c, m, h, length):
    soil = {"phi_d_deg": phi, "overburden_d_kpa": q, "gamma_d_kn_m3": 16.0, "c_d_kpa": c}
    found = footing.footing_interval_kn(width_m=width, length_m=length, m_d_knm=m, h_d_kn=h, **soil)
    if np.isfinite(found.lo):
        v = np.linspace(max(float(found.lo), 1e-3), max(float(found.hi), 1e-3), 50)
        b = footing.effective_width_m(width, eccentricity_m=m / v)
        tilt = footing.inclination_ratio(v_d_kn=v, h_d_kn=h)
        stress = footing.drained_stress_kpa(effective_width_m=b, effective_length_m=length, inclination=tilt, **soil)
        r = footing.footing_resistance_kn(stress_kpa=stress, effective_width_m=b, effective_length_m=length)
        inner = slice(1, -1)
        assert np.all(v[inner] <= r[inner] * (1 + 1e-6))


def test_settlement_published():
    # check-en1997: 1 x 1 m, 100 kPa, 3 m: mid-layer 100 / 2.5^2 = 16 kPa; E 10 MPa -> 4.8 mm, 2 MPa -> 24 mm
    pad = {"stress_kpa": 100, "width_m": 1, "length_m": 1, "layer_thickness_m": [3.0]}
    assert footing.spread_stress_kpa(stress_kpa=100, width_m=1, length_m=1, depth_m=1.5) == pytest.approx(16)
    assert footing.settlement_increment_mm(modulus_kpa=[10000.0], **pad) == pytest.approx(4.8)
    assert footing.settlement_increment_mm(modulus_kpa=[2000.0], **pad) == pytest.approx(24)


def test_settlement_of_a_strip_in_layers_by_hand():
    # B = 1, 50 kPa: mid-layers at 0.5 and 2: 50 / 1.5 * 1 / 20000 + 50 / 3 * 2 / 5000 = 1.667 + 6.667 mm
    layers = {"layer_thickness_m": [1.0, 2.0], "width_m": [1.0, 1.0], "stress_kpa": [50.0, 100.0]}
    s = footing.settlement_increment_mm(modulus_kpa=[20000.0, 5000.0], **layers)
    assert s == pytest.approx([8.333, 16.667], abs=1e-3)
    assert np.isnan(footing.settlement_increment_mm(modulus_kpa=[[20000.0, 0.0], [np.nan, 1.0]], **layers)).all()
