"""Admissible axial force: against hand solutions and against the clauses themselves, tried force by force."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optopscan.codes import en1996 as ec6
from optopscan.codes import en1996_interval as ivl

# t 100, M 1.0 kNm/m, f_k 3.8 with gamma_M 2.2, h_ef 0.75 x 2600: e_init = 1950 / 450 = 4.333 mm
THIN = {"squash_kn": 100 * 3.8 / 2.2, "thickness_mm": 100.0, "e_init_mm": 1950 / 450, "moment_knm": 1.0}


def head_use(n: float) -> float:
    """UC of the head of that wall by the clause functions."""
    e = ec6.end_eccentricity_mm(e_load_mm=1000.0 / n, e_init_mm=1950 / 450, thickness_mm=100)
    phi = float(ec6.end_factor(e_mm=e, thickness_mm=100))
    n_rd = float(ec6.axial_resistance_kn(phi=phi, thickness_mm=100, length_mm=1000, fd_mpa=3.8 / 2.2))
    return n / n_rd if n_rd > 0 else math.inf


def test_axial_load_helps_and_then_harms():
    # published series for this wall: UC inf / 0.70 / 0.56 / 0.60 / 0.81 at N = 20 / 30 / 40 / 60 / 100 kN/m
    assert [head_use(n) for n in (20, 30, 40, 60, 100)] == [math.inf, *(pytest.approx(x, abs=0.006) for x in (0.70, 0.56, 0.60, 0.81))]
    # S = 172.73, A = 1 - 8.667 / 100: N^2 - 157.76 N + 172.73 x 20 = 0 -> 78.88 -+ sqrt(6222.0 - 3454.5)
    lo, hi = ivl.end_interval_kn(**THIN)
    assert (float(lo), float(hi)) == pytest.approx((26.27, 131.49), abs=0.01)
    assert head_use(float(lo) - 0.01) > 1.0 >= head_use(float(lo))
    assert head_use(float(hi)) <= 1.0 < head_use(float(hi) + 0.01)


def test_head_without_a_moment_runs_from_zero():
    lo, hi = ivl.end_interval_kn(squash_kn=[400.0, 400.0, 400.0], thickness_mm=120, e_init_mm=[4.0, 10.0, 10.0], e_load_mm=[0, 20, -55])
    # 0.05 t = 6 > 4: 0.9 x 400; 1 - 60 / 120; resultant outside
    assert lo == pytest.approx([0, 0, np.inf])
    assert hi == pytest.approx([360.0, 200.0, -np.inf])


def test_moment_against_the_eccentricity_helps():
    # at N = 250 the moment 5 kNm just takes away e_load = -20 mm: only e_init is left
    same = ivl.end_interval_kn(squash_kn=400.0, thickness_mm=120.0, e_init_mm=8.0, e_load_mm=20.0, moment_knm=5.0)
    against = ivl.end_interval_kn(squash_kn=400.0, thickness_mm=120.0, e_init_mm=8.0, e_load_mm=-20.0, moment_knm=5.0)
    assert against[0] < 250 < against[1]
    assert same == (np.inf, -np.inf)  # both add up: nothing is admissible
    # s = -1: A = 1 - 2 (8 + 20) / 120 = 0.5333, B = -83.33: N = 106.67 + sqrt(106.67^2 + 33333) = 318.2
    assert float(against[1]) == pytest.approx(318.2, abs=0.1)


def test_mid_height_sheet_of_the_reference_wall():
    # reference sheet 5 (M_m 1 kNm at N 200: Phi 0.539, N_Rd 225.77) read backwards: a force equal to
    # its own resistance is the edge. S = 120 x 3.493; without moment N_hi = N_Rd = 253.6 (sheet 1)
    squash = 120 * 5.937 / 1.7
    lo, hi = ivl.mid_interval_kn(squash_kn=squash, thickness_mm=120, slenderness=17.5, e_init_mm=2100 / 450)
    assert (float(lo), float(hi)) == (0.0, pytest.approx(253.6, rel=0.006))
    lo, hi = ivl.mid_interval_kn(squash_kn=squash, thickness_mm=120, slenderness=17.5, e_init_mm=2100 / 450, moment_knm=1.0)
    assert 200 < float(hi) < 253.6
    assert 0.0 < float(lo) < 100.0
    # sheet 3 (M_m 5 kNm: Phi 0.201 at N 200, UC 2.37) leaves nothing at all
    assert ivl.mid_interval_kn(squash_kn=squash, thickness_mm=120, slenderness=17.5, e_init_mm=2100 / 450, moment_knm=5.0) == (
        np.inf,
        -np.inf,
    )


def test_too_slender_admits_nothing():
    kw = {"squash_kn": 400.0, "thickness_mm": 100.0, "e_init_mm": 6.0}
    assert ivl.mid_interval_kn(slenderness=27.0, **kw)[1] > 0
    for moment in (0.0, 0.1):
        assert ivl.mid_interval_kn(slenderness=27.1, moment_knm=moment, **kw) == (np.inf, -np.inf)


def _resistance(n, *, middle, s, t, lam, e_init, e_load, moment):
    e = np.maximum(np.abs(e_load + 1000.0 * moment / n) + e_init, 0.05 * t)
    return s * (ec6.mid_factor(e_mm=e, thickness_mm=t, slenderness=lam) if middle else ec6.end_factor(e_mm=e, thickness_mm=t))


@pytest.mark.parametrize("middle", [True, False], ids=["mid", "end"])
def test_edges_against_the_clause_at_many_forces(middle):
    rng = np.random.default_rng(7)
    n = 1500
    t, lam = rng.uniform(80, 400, n), rng.uniform(0.5, 27, n)
    s = t * rng.uniform(0.5, 40, n)
    wall = {"e_init": lam * t / 450, "e_load": rng.uniform(-0.45, 0.45, n) * t, "moment": rng.uniform(-0.1, 0.1, n) * s * t / 1000}
    wall["moment"] *= rng.choice([0.0, 1e-6, 0.05, 1.0], n)
    given_ = {"squash_kn": s, "thickness_mm": t, "e_init_mm": wall["e_init"], "e_load_mm": wall["e_load"], "moment_knm": wall["moment"]}
    lo, hi = ivl.mid_interval_kn(slenderness=lam, **given_) if middle else ivl.end_interval_kn(**given_)
    force = s * np.geomspace(1e-7, 1.0, 3000)[:, None]
    passes = force <= _resistance(force, middle=middle, s=s, t=t, lam=lam, **wall)
    told = (force >= lo) & (force <= hi)
    # never unsafe: every force inside the interval passes the clause; edges excepted within rounding
    edge = np.isclose(force, hi, rtol=1e-9) | np.isclose(force, lo, rtol=1e-9)
    assert not (told & ~passes & ~edge).any()
    # and nothing that passes is left out
    assert not (passes & ~told & ~edge).any()
    assert (hi > 0).sum() > 400
    assert ((lo > 0) & (hi > lo)).sum() > 100
    ok = hi > 0
    back = _resistance(np.where(ok, hi, 1.0), middle=middle, s=s, t=t, lam=lam, **wall)
    assert np.all(hi[ok] <= back[ok] * (1 + 1e-12))


@given(
    st.floats(80, 400),
    st.floats(2, 27),
    st.floats(50, 5000),
    st.floats(-0.4, 0.4),
    st.floats(-0.1, 0.1).filter(lambda m: abs(m) > 1e-9 or m == 0),
)
def test_mid_interval_is_inside_the_clause(t, lam, s, share, arm):
    wall = {"e_init": lam * t / 450, "e_load": share * t, "moment": arm * s * t / 1000}
    lo, hi = (
        float(x)
        for x in ivl.mid_interval_kn(
            squash_kn=s, thickness_mm=t, slenderness=lam, e_init_mm=wall["e_init"], e_load_mm=wall["e_load"], moment_knm=wall["moment"]
        )
    )
    assert (lo, hi) == (np.inf, -np.inf) or 0.0 <= lo <= hi <= s
    if hi > 0.0:
        inside = np.array([max(lo, 1e-6 * hi), 0.5 * (lo + hi), hi])
        assert np.all(inside <= _resistance(inside, middle=True, s=s, t=t, lam=lam, **wall) * (1 + 1e-9))


def test_in_plane_interval():
    # (1 - 2 M / (N l)) S >= N, S 900, l 2 m, M 90: N^2 - 900 N + 81000 = 0 -> 450 -+ 348.6
    lo, hi = ivl.in_plane_interval_kn(squash_kn=900.0, length_mm=2000.0, moment_knm=90.0)
    assert (float(lo), float(hi)) == pytest.approx((101.4, 798.6), abs=0.1)
    lo, hi = ivl.in_plane_interval_kn(squash_kn=900.0, length_mm=2000.0, moment_knm=0.0)
    assert (float(lo), float(hi)) == (0.0, 900.0)
    assert ivl.in_plane_interval_kn(squash_kn=900.0, length_mm=2000.0, moment_knm=300.0) == (np.inf, -np.inf)


WALL = {"thickness_mm": 100.0, "length_mm": 3000.0, "fvk0_mpa": 0.2, "fb_mpa": 12.0, "gamma_m": 1.7}


def shear(n: float, moment: float) -> float:
    length = ec6.compressed_length_mm(n_ed_kn=n, m_ed_knm=moment, length_mm=3000.0)
    kw = {k: v for k, v in WALL.items() if k != "length_mm"}
    return float(ec6.shear_resistance_kn(n_ed_kn=n, compressed_length_mm=length, **kw))


def test_least_axial_force_for_shear():
    # read backwards from the published wall: V_Rd 54.1 at N 80 (sigma 0.267, f_vd 0.18)
    assert float(ivl.shear_least_axial_kn(v_ed_kn=54.1, m_ed_knm=0.0, **WALL)) == pytest.approx(80.0, abs=0.2)
    # bond alone carries 0.2 / 1.7 x 300 = 35.3 kN; the limit 0.065 f_b 137.6 kN is never reached
    assert float(ivl.shear_least_axial_kn(v_ed_kn=35.0, m_ed_knm=0.0, **WALL)) == 0.0
    assert float(ivl.shear_least_axial_kn(v_ed_kn=137.7, m_ed_knm=0.0, **WALL)) == math.inf
    assert float(ivl.shear_least_axial_kn(v_ed_kn=0.0, m_ed_knm=80.0, **WALL)) == 0.0


@pytest.mark.parametrize(("force", "moment"), [(20.0, 60.0), (54.1, 120.0), (100.0, 30.0), (130.0, 200.0), (10.0, 1.0)])
def test_shear_is_just_reached_at_the_least_force(force, moment):
    n = float(ivl.shear_least_axial_kn(v_ed_kn=force, m_ed_knm=moment, **WALL))
    assert shear(n * (1 + 1e-9), moment) >= force * (1 - 1e-9)
    assert shear(n * 0.999, moment) < force
    # more load never lowers the resistance, and the limit caps it
    values = [shear(x, moment) for x in np.linspace(1, 5000, 400)]
    assert np.all(np.diff(values) >= -1e-9)
    assert max(values) <= 137.65


def test_unity_check_falls_and_rises_again():
    # t 100, M 1.0 kNm/m, fk 3.8, gamma_M 2.2, h_ef 0.75 * 2600 so e_init 4.33; at N 100 by hand:
    # e = 10 + 4.33, Phi = 0.7133, N_Rd = 0.7133 * 172.7 = 123.2, uc 0.81
    n = np.array([20.0, 30.0, 40.0, 60.0, 100.0])
    e = ec6.end_eccentricity_mm(e_load_mm=1000.0 / n, e_init_mm=1950 / 450, thickness_mm=100.0)
    phi = ec6.end_factor(e_mm=e, thickness_mm=100.0)
    n_rd = ec6.axial_resistance_kn(phi=phi, thickness_mm=100.0, length_mm=1000.0, fd_mpa=3.8 / 2.2)
    assert n_rd[0] == 0.0
    assert n[1:] / n_rd[1:] == pytest.approx([0.70, 0.56, 0.60, 0.81], abs=5e-3)
    lo, hi = ivl.end_interval_kn(squash_kn=172.727, thickness_mm=100.0, e_init_mm=1950 / 450, moment_knm=1.0)
    assert 20.0 < lo < 30.0
    assert hi > 100.0
