"""Concrete against structuralcodes (fib, Apache-2.0), an implementation of EN 1992-1-1 by others, on random numbers."""

from __future__ import annotations

import numpy as np
import pytest
from structuralcodes.codes import ec2_2004
from structuralcodes.codes.ec2_2004 import shear as theirs
from structuralcodes.geometry import CircularGeometry, RectangularGeometry, add_reinforcement_circle, add_reinforcement_line
from structuralcodes.materials.concrete import create_concrete
from structuralcodes.materials.reinforcement import create_reinforcement
from structuralcodes.sections import BeamSection

from optopscan.codes import en1992, en1992_material, en1992_section, en1992_slab


def test_materials_over_all_strengths() -> None:
    fck = np.arange(12.0, 90.5, 1.0)
    fctm = np.array([ec2_2004.fctm(x) for x in fck])
    block = en1992_material.stress_block(fck)
    pairs = {
        "f_ctm": (en1992_material.fctm_mpa(fck), fctm),
        "f_ctk": (en1992_material.fctk_005_mpa(fck), [ec2_2004.fctk_5(x) for x in fctm]),
        "E_cm": (en1992_material.ecm_mpa(fck), [ec2_2004.Ecm(ec2_2004.fcm(x)) for x in fck]),
        "f_cd": (en1992_material.fcd_mpa(fck), [ec2_2004.fcd(x, alpha_cc=1.0, gamma_c=1.5) for x in fck]),
        "f_cd,pl": (en1992.fcd_plain_mpa(fck), [ec2_2004.fcd(x, alpha_cc=0.8, gamma_c=1.5) for x in fck]),
        "f_ctd,pl": (en1992.fctd_plain_mpa(fck), [ec2_2004.fctd(ec2_2004.fctk_5(x), alpha_ct=0.8, gamma_c=1.5) for x in fctm]),
        "eps_cu3": (block.eps_cu3, [ec2_2004.eps_cu3(x) for x in fck]),
        "eps_c3": (block.eps_c3, [ec2_2004.eps_c3(x) for x in fck]),
        "f_yd": (en1992_material.fyd_mpa(5.0 * fck), [ec2_2004.fyd(5.0 * x, gamma_s=1.15) for x in fck]),
    }
    for name, (ours, other) in pairs.items():
        np.testing.assert_allclose(ours, other, rtol=1e-9, err_msg=name)


def test_shear_without_links() -> None:
    rng = np.random.default_rng(31)
    for _ in range(300):
        fck, d, b = rng.uniform(12, 90), rng.uniform(80, 900), rng.uniform(200, 1000)
        fcd, steel, n = fck / 1.5, rng.uniform(0, 0.03) * b * d, rng.uniform(-0.03, 0.3) * fck / 1.5 * b * d
        ours = en1992_slab.shear_resistance_kn(fck_mpa=fck, fcd_mpa=fcd, b_mm=b, d_mm=d, steel_mm2=steel, sigma_cp_mpa=n / (b * d))
        assert float(ours) == pytest.approx(theirs.VRdc(fck, d, steel, b, n, b * d, fcd) / 1000, rel=1e-9)
        most = en1992_slab.crushing_resistance_kn(fck_mpa=fck, fcd_mpa=fcd, b_mm=b, d_mm=d)
        assert float(most) == pytest.approx(theirs.VEdmax_unreinf(b, d, fck, fcd) / 1000, rel=1e-9)
        assert float(en1992_slab.minimum_shear_strength_mpa(fck_mpa=fck, d_mm=d)) == pytest.approx(theirs.vmin(fck, d), rel=1e-9)


def steel_and_concrete(fck: float, fyk: float) -> tuple[object, object]:
    concrete = create_concrete(fck=fck, alpha_cc=1.0, design_code="ec2_2004")
    law = {"constitutive_law": "elasticperfectlyplastic", "design_code": "ec2_2004"}
    return concrete, create_reinforcement(fyk=fyk, Es=200_000, ftk=fyk, epsuk=0.05, **law)


def strength(geometry: object, n_kn: float) -> float:
    """Their M_Rd [kNm]; compression is negative there."""
    return -float(BeamSection(geometry).section_calculator.calculate_bending_strength(theta=0, n=-1000.0 * n_kn).m_y) / 1e6


def test_rectangles_under_axial_force() -> None:
    # theirs has the parabola-rectangle and does not take off displaced concrete: within 3.5 %
    rng = np.random.default_rng(32)
    for _ in range(25):
        b, h, fck, fyk = rng.uniform(200, 1000), rng.uniform(200, 600), rng.uniform(12, 50), rng.uniform(220, 500)
        axis, diameter, count = rng.uniform(35, 55), float(rng.choice([10, 12, 16, 20])), int(rng.integers(2, 6))
        concrete, steel = steel_and_concrete(fck, fyk)
        geometry = RectangularGeometry(b, h, concrete)
        for z in (0.5 * h - axis, axis - 0.5 * h):
            geometry = add_reinforcement_line(geometry, (axis - 0.5 * b, z), (0.5 * b - axis, z), diameter, steel, n=count)
        area = 2 * count * np.pi * diameter**2 / 4
        rows = en1992_section.face_rows(h_mm=h, axis_distance_mm=axis, area_mm2=area)
        curve = en1992_section.rectangle_curve(b_mm=b, h_mm=h, rows=rows, fcd_mpa=fck / 1.5, fyd_mpa=fyk / 1.15)
        for share in (0.0, 0.2, 0.45):
            n = share * b * h * fck / 1500
            assert float(en1992_section.moment_resistance_knm(curve, n)) == pytest.approx(strength(geometry, n), rel=0.035)


def test_round_columns_are_never_stronger() -> None:
    # 0.9 eta of 3.1.7(3) makes ours the lower one
    rng = np.random.default_rng(33)
    for _ in range(8):
        d, fck, count = rng.uniform(300, 700), rng.uniform(20, 50), int(rng.integers(6, 13))
        concrete, steel = steel_and_concrete(fck, 500.0)
        geometry = add_reinforcement_circle(CircularGeometry(d, concrete), (0, 0), 0.5 * d - 50, 20, steel, n=count)
        section = {"diameter_mm": d, "axis_distance_mm": 50, "area_mm2": count * np.pi * 100, "n_bars": count}
        curve = en1992_section.circle_curve(**section, fcd_mpa=fck / 1.5, fyd_mpa=500 / 1.15)
        for share in (0.0, 0.3):
            n = share * np.pi * d**2 / 4 * fck / 1500
            ours, other = float(en1992_section.moment_resistance_knm(curve, n)), strength(geometry, n)
            assert 0.85 * other < ours < 1.01 * other
