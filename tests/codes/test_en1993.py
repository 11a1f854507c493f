"""Steel columns: check-stalenkolom of Open-Calculations-Studio (STE-S1), steelcalculator.app (STE-S2)."""

import numpy as np
import pytest

from optopscan.codes import en1993 as ec3


def test_ste_s1_hea180_both_axes():
    n_cr = ec3.critical_force_kn(second_moment_mm4=[25.1e6, 9.246e6], buckling_length_mm=3200)
    assert n_cr == pytest.approx([5080, 1871], rel=2e-3)
    lam = ec3.relative_slenderness(area_mm2=4525, fy_mpa=235, n_cr_kn=n_cr)
    chi = ec3.buckling_reduction(lam, imperfection=[ec3.IMPERFECTION["b"], ec3.IMPERFECTION["c"]])
    assert chi == pytest.approx([0.9026, 0.6912], rel=2e-3)
    assert ec3.buckling_resistance_kn(chi=chi.min(), area_mm2=4525, fy_mpa=235) == pytest.approx(735.0, rel=2e-3)


def test_ste_s2_uc152_weak_axis():
    n_cr = ec3.critical_force_kn(second_moment_mm4=3830 * 38.3**2, buckling_length_mm=4000)
    lam = ec3.relative_slenderness(area_mm2=3830, fy_mpa=275, n_cr_kn=n_cr)
    assert lam == pytest.approx(1.203, rel=3e-3)
    assert ec3.buckling_auxiliary(lam, imperfection=0.49) == pytest.approx(1.4694, rel=3e-3)
    chi = ec3.buckling_reduction(lam, imperfection=0.49)
    assert chi == pytest.approx(0.432, rel=3e-3)
    assert ec3.buckling_resistance_kn(chi=chi, area_mm2=3830, fy_mpa=275) == pytest.approx(455, rel=3e-3)


def test_reduction_is_one_below_the_plateau_and_falls_beyond():
    assert ec3.buckling_reduction([0.0, 0.1, 0.2], imperfection=0.49) == pytest.approx([1, 1, 1])
    chi = ec3.buckling_reduction(np.linspace(0.2, 3, 30), imperfection=0.34)
    assert np.all(np.diff(chi) < 0)
    # Euler is an upper bound
    assert np.all(chi <= 1 / np.linspace(0.2, 3, 30) ** 2 + 1e-12)
    assert np.isnan(ec3.buckling_reduction(np.nan, imperfection=0.34))


def test_curves_are_ordered():
    chi = [float(ec3.buckling_reduction(1.0, imperfection=a)) for a in ec3.IMPERFECTION.values()]
    # EN 1993-1-1 at slenderness 1.0, curves a0 a b c d: 0.725 0.666 0.597 0.540 0.467 (published tables)
    assert chi == pytest.approx([0.725, 0.666, 0.597, 0.540, 0.467], abs=1e-3)


def test_vary_each_argument():
    base = {"second_moment_mm4": 1e7, "buckling_length_mm": 3000.0}
    n = ec3.critical_force_kn(**base)
    assert ec3.critical_force_kn(**{**base, "second_moment_mm4": 2e7}) == pytest.approx(2 * n)
    assert ec3.critical_force_kn(**{**base, "buckling_length_mm": 6000.0}) == pytest.approx(n / 4)
    assert ec3.critical_force_kn(**base, e_mpa=105_000) == pytest.approx(n / 2)
    assert ec3.buckling_resistance_kn(chi=0.5, area_mm2=1000, fy_mpa=235, gamma_m1=1.1) == pytest.approx(106.8, abs=0.05)
