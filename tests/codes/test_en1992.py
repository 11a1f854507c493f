"""Plain concrete walls (CON-S3, closed formula with a numerical second-order route) and old grades (MAT-S1)."""

import numpy as np
import pytest

from optopscan.codes import en1992 as ec2
from optopscan.codes.en1992_data import FCK_MPA, STEEL, fcd_mpa


def resistance(*, t=180.0, h=2600.0, beta=0.85, e0=0.0, fck=13.0, length=1000.0):
    l0 = ec2.effective_length_mm(h, beta=beta)
    phi = ec2.wall_factor(e_tot_mm=e0 + ec2.imperfection_mm(l0), l0_mm=l0, thickness_mm=t)
    n = ec2.wall_resistance_kn(phi=phi, length_mm=length, thickness_mm=t, fcd_plain_mpa=ec2.fcd_plain_mpa(fck))
    return float(phi), float(n)


def test_con_s3():
    assert ec2.effective_length_mm(2600, beta=0.85) == pytest.approx(2210)
    assert ec2.imperfection_mm(2210) == pytest.approx(5.525)
    assert ec2.fcd_plain_mpa(13) == pytest.approx(6.933, rel=2e-3)
    phi, n = resistance()
    assert phi == pytest.approx(0.8245, rel=2e-3)
    assert n == pytest.approx(1028.9, rel=2e-3)
    # a numerical second-order analysis without tension gives Phi 0.830
    assert phi == pytest.approx(0.830, rel=0.01)


def test_vary_each_argument():
    _, n = resistance()
    assert resistance(h=2700)[1] < n
    assert resistance(beta=1.0)[1] < n
    assert resistance(e0=10)[1] < n
    assert resistance(t=200)[1] > n
    assert resistance(fck=19)[1] == pytest.approx(n * 19 / 13)
    assert resistance(length=2000)[1] == pytest.approx(2 * n)


def test_factor_never_beats_the_section_and_never_goes_negative():
    e = np.linspace(0, 120, 25)
    phi = ec2.wall_factor(e_tot_mm=e, l0_mm=500, thickness_mm=180)
    assert np.all(phi <= ec2.section_factor(e_mm=e, thickness_mm=180) + 1e-12)
    assert np.all(phi >= 0)
    assert np.all(np.diff(phi) <= 0)
    # stocky and central: 1.14 - 0.02 * 2.78 = 1.084, limited to 1
    assert phi[0] == 1.0
    assert np.isnan(ec2.wall_factor(e_tot_mm=np.nan, l0_mm=500, thickness_mm=180))


def test_mat_s1_old_grades():
    assert [FCK_MPA[g] for g in ("K225", "K300", "B22.5")] == [13, 19, 18]
    assert [fcd_mpa(FCK_MPA[g]) for g in ("K225", "K300", "B22.5")] == pytest.approx([8.7, 12.7, 12.0], abs=0.1)
    assert [STEEL[g].fyk_mpa for g in ("QR24", "QR40", "FeB400")] == [240, 400, 400]
    # QR40: the table value 330 stands below 400 / 1.15 = 348
    assert [STEEL[g].fyd_mpa for g in ("QR24", "QR40", "FeB400")] == pytest.approx([209, 330, 348], rel=5e-3)


def test_grades_rise_with_their_number():
    for prefix in "KB":
        values = [v for k, v in FCK_MPA.items() if k.startswith(prefix)]
        assert values == sorted(values)
