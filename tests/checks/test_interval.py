"""Axial load can help: the admissible interval under a fixed moment against brute force and closed form."""

import math

import numpy as np
import pytest

from optopscan.checks.interval import admissible_interval
from optopscan.codes import en1996 as ec6


def head(moment_knm, *, t=100.0, length=1000.0, fd=3.8 / 1.7, e_init=0.0):
    m = np.asarray(moment_knm, dtype=float)

    def resistance(n):
        e = ec6.end_eccentricity_mm(e_load_mm=1000.0 * m / n, e_init_mm=e_init, thickness_mm=t)
        return ec6.axial_resistance_kn(phi=ec6.end_factor(e_mm=e, thickness_mm=t), thickness_mm=t, length_mm=length, fd_mpa=fd)

    return resistance


def mid(moment_knm, *, t=120.0, fd=3.493):
    m = np.asarray(moment_knm, dtype=float)

    def resistance(n):
        e = ec6.mid_eccentricity_mm(e_load_mm=1000.0 * m / n, e_init_mm=4.67, thickness_mm=t, slenderness=17.5, phi_inf=1.1)
        phi = ec6.mid_factor(e_mm=e, thickness_mm=t, slenderness=17.5)
        return ec6.axial_resistance_kn(phi=phi, thickness_mm=t, length_mm=1000, fd_mpa=fd)

    return resistance


def test_unity_check_falls_and_rises_again():
    # t 100, M 1.0 kNm/m, fk 3.8, gamma_M 2.2, h_ef 0.75 * 2600 so e_init 4.33; at N 100 by hand:
    # e = 10 + 4.33, Phi = 0.7133, N_Rd = 0.7133 * 172.7 = 123.2, uc 0.81
    n = np.array([20.0, 30.0, 40.0, 60.0, 100.0])
    n_rd = head(1.0, fd=3.8 / 2.2, e_init=1950 / 450)(n)
    assert n_rd[0] == 0.0
    assert n[1:] / n_rd[1:] == pytest.approx([0.70, 0.56, 0.60, 0.81], abs=5e-3)


def test_closed_form_of_the_head():
    # without e_init and above 0.05 t: N^2 - C N + 2 C M / t = 0, C = t l fd = 223.5 kN
    c, m = 100 * 3.8 / 1.7, 1.5
    root = math.sqrt(c * c - 8 * c * m / 0.1)
    lo, hi = admissible_interval(head(m), c)
    assert lo == pytest.approx((c - root) / 2, rel=1e-6)
    assert hi == pytest.approx((c + root) / 2, rel=1e-6)


@pytest.mark.parametrize("make", [head, mid])
def test_interval_equals_brute_force(make):
    moments = np.array([0.0, 0.3, 1.0, 2.0, 3.0, 50.0])
    top = np.full(moments.size, 450.0)
    lo, hi = admissible_interval(make(moments), top)
    grid = np.linspace(0.01, 450, 45_000)[:, None]
    ok = make(moments)(np.broadcast_to(grid, (grid.size, moments.size))) >= grid
    for i in range(moments.size):
        if not ok[:, i].any():
            assert lo[i] == hi[i] == 0.0
            continue
        admissible = grid[ok[:, i], 0]
        assert lo[i] == pytest.approx(admissible.min(), abs=0.02)
        assert hi[i] == pytest.approx(admissible.max(), abs=0.02)


def test_every_force_inside_is_admissible_and_just_outside_is_not():
    for make in (head, mid):
        resistance = make(1.0)
        lo, hi = admissible_interval(resistance, 450.0)
        inside = np.linspace(lo, hi, 200)
        assert np.all(resistance(inside) >= inside - 1e-9)
        for n in (0.999 * float(lo), 1.001 * float(hi)):
            assert resistance(np.array(n)) < n


def test_no_moment_needs_no_axial_load():
    lo, hi = admissible_interval(head(0.0), 300.0)
    assert lo == 0.0
    assert hi == pytest.approx(0.9 * 100 * 3.8 / 1.7, rel=1e-6)


def test_more_moment_narrows_the_interval():
    lo, hi = admissible_interval(head(np.linspace(0, 2.5, 11)), np.full(11, 300.0))
    assert np.all(np.diff(lo) >= 0)
    assert np.all(np.diff(hi) <= 1e-9)


def test_unknown_stays_unknown():
    lo, hi = admissible_interval(head(np.array([1.0, np.nan])), np.array([300.0, 300.0]))
    assert np.isnan(lo).tolist() == np.isnan(hi).tolist() == [False, True]
