"""Reserve by comparison: SYS-S2 (four storeys of brick, one more on top) and hand values."""

import numpy as np
import pytest

from optopscan.codes import nen9997_comparison as comparison

LOADS = {"permanent_old": 117.41, "imposed_old": 32.13, "permanent_new": 125.39, "imposed_new": 42.84}


def test_sys_s2():
    # by hand:
    # (125.39 + 0.4 * 42.84) / (117.41 + 0.4 * 32.13) = 142.526 / 130.262
    assert comparison.load_ratio(**LOADS) == pytest.approx(1.125, rel=2e-3)
    assert comparison.load_ratio(psi=0.4, **LOADS) == pytest.approx(1.094, rel=2e-3)


def test_nothing_to_compare_with():
    assert np.isnan(comparison.load_ratio(permanent_old=[0, -5, np.nan], imposed_old=0, permanent_new=1, imposed_new=0)).all()
    assert np.isnan(comparison.implied_utilisation(e_d_new=10, design_load_old=[0, 5], gamma_era=[1.5, np.nan])).all()


def test_psi_moves_the_ratio_either_way():
    # imposed load grows faster than permanent load: r rises with psi; the other way round it falls
    assert np.all(np.diff(comparison.load_ratio(psi=[0, 0.4, 1], **LOADS)) > 0)
    slow = {"permanent_old": 100, "imposed_old": 30, "permanent_new": 120, "imposed_new": 30}
    assert np.all(np.diff(comparison.load_ratio(psi=[0, 0.4, 1], **slow)) < 0)


def test_implied_utilisation_by_hand():
    # 185.29 / (1.7 * 149.54 * 0.9)
    assert comparison.implied_utilisation(e_d_new=185.29, design_load_old=149.54, gamma_era=1.7, efficiency=0.9) == pytest.approx(
        0.8099, abs=1e-4
    )


def test_steps_and_differences():
    assert comparison.remark_step([1.0, 1.05, 1.06, 1.10, 1.11, 1.2]).tolist() == [0, 0, 1, 1, 2, 3]
    assert np.isnan(comparison.remark_step(np.nan))
    assert comparison.remark_step(1.2, steps=(1.5,)) == 0
    assert comparison.differs([1.10, 1.11, 1.0], [1.05, 1.05, np.nan]).tolist()[:2] == [0, 1]
    assert np.isnan(comparison.differs(1.0, np.nan))
