"""Outer walls under wind: the moment by hand, and the interval against the plain check at a given force."""

import numpy as np
import pytest
from checks_factory import wall_resistance

from optopscan.checks.resistance import MID
from optopscan.checks.wall_wind import wall_wind, wind_moment_knm
from optopscan.codes import en1992, en1996

SIXTY = np.array([[60.0]])


def test_moment_of_a_strip():
    # 1.4 x 1.1 x 0.70 kN/m2 on 1.2 m, 2.6 m high: 1.2936 x 2.6^2 / 8
    found = wind_moment_knm(pressure_kn_m2=np.array([1.078]), width_m=np.array([1.2]), height_m=np.array([2.6]))
    assert found == pytest.approx(1.0931, rel=1e-4)


@pytest.mark.parametrize("group", ["clay", "concrete"])
def test_interval_is_where_the_plain_check_turns(group):
    resistance = wall_resistance(group)
    rows, moment = np.array([0]), np.array([[1.2]])
    base = wall_wind(resistance, rows, n_min_kn=np.array([[60.0]]), n_max_kn=np.array([[60.0]]), m_ed_knm=moment)
    lo, hi = float(base.n_lo_kn[0, 0]), float(base.n_hi_kn[0, 0])
    assert 0.0 < lo < 60.0 < hi
    for n, passes in ((0.999 * lo, False), (1.001 * lo, True), (0.999 * hi, True), (1.001 * hi, False)):
        assert (n <= _plain(resistance, group, n, 1.2)) is passes
        found = wall_wind(resistance, rows, n_min_kn=np.array([[n]]), n_max_kn=np.array([[n]]), m_ed_knm=moment)
        assert bool(found.uc[0, 0] <= 1.0) is passes


def _plain(resistance, group, n, m):
    """N_Rd of the middle section with e = M/N beside what the load itself brings along."""
    t = resistance.terms
    e = 1000.0 * m / n + t["e_load_mm"][0, MID]
    if group == "concrete":
        phi = en1992.wall_factor(e_tot_mm=e + t["e_init_mm"][0, MID], l0_mm=t["l0_mm"][0], thickness_mm=t["t_mm"][0])
        return float(
            en1992.wall_resistance_kn(phi=phi, length_mm=t["l_mm"][0], thickness_mm=t["t_mm"][0], fcd_plain_mpa=t["fcd_pl_mpa"][0])
        )
    lam = t["slenderness"][0, MID]
    e_mk = max(e + t["e_init_mm"][0, MID], 0.05 * t["t_mm"][0])
    phi = en1996.mid_factor(e_mm=e_mk, thickness_mm=t["t_mm"][0], slenderness=lam)
    return float(en1996.axial_resistance_kn(phi=phi, thickness_mm=t["t_mm"][0], length_mm=t["l_mm"][0], fd_mpa=t["fd_mpa"][0]))


def test_too_much_wind_leaves_no_force_at_all():
    found = wall_wind(wall_resistance("clay"), np.array([0]), n_min_kn=SIXTY, n_max_kn=SIXTY, m_ed_knm=np.array([[60.0]]))
    assert np.isinf(found.uc[0, 0])


@pytest.mark.parametrize("field", ["n_min_kn", "n_max_kn", "m_ed_knm"])
def test_unknown_stays_unknown(field):
    given = {"n_min_kn": np.array([[60.0]]), "n_max_kn": np.array([[60.0]]), "m_ed_knm": np.array([[1.0]])}
    found = wall_wind(wall_resistance("clay"), np.array([0]), **{**given, field: np.array([[np.nan]])})
    assert np.isnan(found.uc[0, 0])


def test_a_wall_without_vertical_verdict_has_none_with_wind():
    found = wall_wind(wall_resistance("timber"), np.array([0]), n_min_kn=SIXTY, n_max_kn=SIXTY, m_ed_knm=np.array([[1.0]]))
    assert np.isnan(found.uc[0, 0])
