"""EN 1996-1-1 by hand: its tables typed anew, limits, and walls that carry almost nothing."""

import numpy as np
import pytest

from optopscan.codes import en1996, en1996_interval, en1996_local
from optopscan.codes.en1996_data import (
    FLEXURAL_AERATED,
    FLEXURAL_ROWS,
    STRENGTH_ROWS,
    flexural_row,
    fvk0_mpa,
    fxk_aerated_mpa,
    gamma_m,
    strength_row,
)

STRENGTH = """
clay             1 GP  0.60 0.65 0.25  0.7
clay             2 GP  0.50 0.65 0.25  0.7
clay             1 TL  0.80 0.75 0.10  0.5
clay             2 TL  0.70 0.70 0     0.5
calcium-silicate 1 GP  0.60 0.65 0.25  1.1
calcium-silicate 2 GP  0.50 0.65 0.25  1.1
calcium-silicate 1 TL  0.80 0.85 0     0.8
calcium-silicate 2 TL  0.65 0.85 0     0.8
concrete-block   1 GP  0.60 0.65 0.25  1.9
concrete-block   2 GP  0.50 0.65 0.25  1.9
concrete-block   1 TL  0.80 0.85 0     1.7
concrete-block   2 TL  0.65 0.85 0     1.7
aerated-concrete 1 GP  0.60 0.65 0.25  0.6
aerated-concrete 1 TL  0.80 0.85 0     0.5
"""
"""3.6.1.2 and 3.7.4 with the Dutch tables NB-2 and NB-3: unit, group, mortar; K, alpha, beta; phi_inf."""

FLEXURAL = """
clay             GP 4.9  0.10 0.20
clay             GP 5.0  0.10 0.40
clay             TL 10   0.15 0.15
calcium-silicate GP 4.9  0.05 0.20
calcium-silicate GP 5.0  0.10 0.40
calcium-silicate TL 10   0.20 0.30
concrete-block   GP 4.9  0.05 0.20
concrete-block   GP 5.0  0.10 0.40
concrete-block   TL 10   0.20 0.30
"""
"""3.6.3(3): unit, mortar, f_m that falls in the row; f_xk1, f_xk2 [N/mm2]."""


def rows(text):
    return [line.split() for line in text.strip().splitlines()]


def test_the_table_of_strength_constants_has_these_rows():
    assert len(rows(STRENGTH)) == len(STRENGTH_ROWS)


@pytest.mark.parametrize(("unit", "group", "mortar", "k", "alpha", "beta", "phi"), rows(STRENGTH))
def test_strength_constants(unit, group, mortar, k, alpha, beta, phi):
    row = strength_row(unit, unit_group=int(group), mortar=mortar)
    assert (row.k, row.alpha, row.beta, row.phi_inf) == (float(k), float(alpha), float(beta), float(phi))


def test_the_table_of_flexural_strengths_has_these_rows():
    assert len(rows(FLEXURAL)) == len(FLEXURAL_ROWS)


@pytest.mark.parametrize(("unit", "mortar", "fm", "fxk1", "fxk2"), rows(FLEXURAL))
def test_flexural_strengths(unit, mortar, fm, fxk1, fxk2):
    row = flexural_row(unit, mortar=mortar, fm_mpa=float(fm))
    assert (row.fxk1_mpa, row.fxk2_mpa) == (float(fxk1), float(fxk2))


def test_small_tables():
    """NB-1 (gamma_M, 0.2 less in CC1), table 3.4 (f_vk0 by mortar), Dutch annex to 3.6.4(7) (aerated concrete)."""
    assert [gamma_m(c, consequence_class=cc) for c in ("I", "II") for cc in ("CC1", "CC2", "CC3")] == pytest.approx(
        [1.5, 1.7, 1.7, 2.0, 2.2, 2.2]
    )
    assert [fvk0_mpa(mortar="GP", fm_mpa=fm) for fm in (2.5, 9.9, 10.0, 20.0)] == [0.2, 0.2, 0.3, 0.3]
    assert fvk0_mpa(mortar="TL", fm_mpa=10.0) == 0.3
    assert np.isnan(fvk0_mpa(mortar="GP", fm_mpa=2.4))
    assert FLEXURAL_AERATED == {"GP": 0.10, "TL": 0.15}


def test_concrete_floors_hold_a_wall_up_to_a_quarter_of_its_thickness():
    """5.5.1.2(11), t = 200: e to 50 mm and to either side 0.75, beyond and without concrete floors 1.0."""
    found = en1996.rho2(concrete_floors=[True, True, True, True, True, False], e_top_mm=[0, 50, -50, 50.1, -50.1, 0], thickness_mm=200.0)
    assert found.tolist() == [0.75, 0.75, 0.75, 1.0, 1.0, 1.0]


def test_creep_counts_beyond_27_alone():
    """(6.8), t = 100, phi_inf 1.5: lambda 28, e_m 9: 0.002 x 1.5 x 28 x sqrt 900 = 2.52 mm; to 27 and without e_m nothing."""
    found = en1996.creep_eccentricity_mm(slenderness=[20.0, 27.0, 28.0, 28.0], thickness_mm=100.0, e_m_mm=[0.0, 9.0, 9.0, 0.0], phi_inf=1.5)
    assert found == pytest.approx([0.0, 0.0, 2.52, 0.0])


def test_compressed_length_needs_compression_and_not_much_of_it():
    """6.2(3), l = 3000: no moment leaves all; e = 1000 leaves 3 (1500 - 1000); no force or tension leaves nothing."""
    found = en1996.compressed_length_mm(
        n_ed_kn=[0.05, 0.05, 10.0, -10.0, 0.0, 0.0], m_ed_knm=[0.0, 0.05, -10.0, 0.0, 0.0, 5.0], length_mm=3000.0
    )
    assert found.tolist() == pytest.approx([3000.0, 1500.0, 1500.0, 0.0, 0.0, 0.0])


def test_in_plane_moment_by_hand():
    """6.1.2.1: N = (1 - 2 x 32 000 / (2000 N)) x 200 gives N^2 - 200 N + 6400 = 0: 40 and 160 kN; a two thousandth of all likewise.

    Nothing is carried where nothing resists.
    """
    big = en1996_interval.in_plane_interval_kn(squash_kn=200.0, length_mm=2000.0, moment_knm=[32.0, -32.0, 101.0])
    assert big.lo == pytest.approx([40.0, 40.0, np.inf])
    assert big.hi == pytest.approx([160.0, 160.0, -np.inf])
    weak = en1996_interval.in_plane_interval_kn(squash_kn=0.1, length_mm=2000.0, moment_knm=0.016)
    assert weak == (pytest.approx(0.02), pytest.approx(0.08))
    none = en1996_interval.in_plane_interval_kn(squash_kn=[0.0, 0.0, -1.0, -1.0], length_mm=2000.0, moment_knm=[0.0, 1.0, 0.0, 0.1])
    assert none.lo.tolist() == [np.inf] * 4
    assert none.hi.tolist() == [-np.inf] * 4


def test_least_axial_force_for_shear_needs_every_input():
    """6.2, t 100, l 2000, f_vk0 0.2, gamma 1.7: V = 40 kN needs 68 000 = 0.2 x 200 000 + 0.4 N: 70 kN; with one unknown it is unknown."""
    wall = {"v_ed_kn": 40.0, "m_ed_knm": 0.0, "thickness_mm": 100.0, "length_mm": 2000.0, "fvk0_mpa": 0.2, "fb_mpa": 12.0, "gamma_m": 1.7}
    assert en1996_interval.shear_least_axial_kn(**wall) == pytest.approx(70.0)
    for name in wall:
        assert np.isnan(en1996_interval.shear_least_axial_kn(**{**wall, name: np.nan})), name
    # nothing to carry, but one side not known
    assert np.isnan(en1996_interval.shear_least_axial_kn(**{**wall, "v_ed_kn": 0.0, "length_mm": np.nan}))


NO_SLENDERNESS = {"slenderness": 0.063 * 700.0**0.5, "e_over_fk": 700.0}
"""Annex G: lambda sqrt(f_k / E) = 0.063 makes u = 0, so that mid-height is as strong as an end."""


def interval_of(middle, **given):
    found = en1996_interval.mid_interval_kn(**given, **NO_SLENDERNESS) if middle else en1996_interval.end_interval_kn(**given)
    return tuple(map(float, found))


@pytest.mark.parametrize("middle", [True, False], ids=["mid", "end"])
@pytest.mark.parametrize(
    ("squash", "e_init", "moment", "lo", "hi"),
    [
        (200.0, 10.0, 1.5, 60.0, 100.0),
        (0.1, 10.0, 0.00075, 0.03, 0.05),
        (1000.0, 47.0, 0.04, 20.0, 40.0),
        (200.0, 2.0, 0.3, 6.467883, 180.0),
    ],
    ids=["common", "a two thousandth of it", "near the face", "least eccentricity"],
)
def test_moment_out_of_plane_by_hand(middle, squash, e_init, moment, lo, hi):
    """6.1.2.2, t = 100: N = (1 - 2 (e + 1000 M / N) / 100) S.

    N^2 - 160 N + 6000 = 0; e = 47: N^2 - 60 N + 800 = 0; e = 2: N^2 - 192 N + 1200 = 0 gives 96 - sqrt 8016 = 6.4679,
    and up to e = 0.05 t it takes 0.9 S.
    """
    for sign in (1.0, -1.0):
        found = interval_of(middle, squash_kn=squash, thickness_mm=100.0, e_init_mm=e_init, moment_knm=sign * moment)
        assert found == pytest.approx((lo, hi), rel=1e-6)


@pytest.mark.parametrize("middle", [True, False], ids=["mid", "end"])
@pytest.mark.parametrize("moment", [0.0, 0.01, -0.01])
def test_walls_that_carry_nothing_out_of_plane(middle, moment):
    """6.1.2.2, t = 100: no strength, or a load at the face (e = t / 2) or beyond it."""
    for squash, e_init in ((0.0, 10.0), (-1.0, 10.0), (200.0, 50.0), (200.0, 60.0), (0.0, 60.0), (-1.0, 60.0)):
        assert interval_of(middle, squash_kn=squash, thickness_mm=100.0, e_init_mm=e_init, moment_knm=moment) == (np.inf, -np.inf)


@pytest.mark.parametrize("moment", [0.0, 0.1])
def test_mid_height_may_be_as_slender_as_27(moment):
    """5.5.1.4(2): to and including 27, E / f_k 700: u = (27 / 26.458 - 0.063) / (0.73 - 0.117) = 1.5621, Phi = 0.8 x 0.29523 = 0.23618."""
    given = {"squash_kn": 200.0, "thickness_mm": 100.0, "e_init_mm": 10.0, "e_over_fk": 700.0}
    at, beyond = (en1996_interval.mid_interval_kn(slenderness=s, moment_knm=moment, **given) for s in (27.0, 27.0001))
    assert beyond == (np.inf, -np.inf)
    assert at.hi == pytest.approx(47.236, abs=1e-2) if moment == 0.0 else 0.0 < at.lo < at.hi < 47.236


@pytest.mark.parametrize("moment", [50.0, -50.0])
def test_shear_with_a_moment_to_either_side(moment):
    """6.2, t 100, l 2000, f_vk0 0.2, f_b 12, gamma 1.7, V = 40 kN: 68 000 = 20 x 3 (1000 - 50e6 / N) + 0.4 N.

    0.4 N^2 - 8000 N - 3e9 = 0: N = (8000 + sqrt(64e6 + 4.8e9)) / 0.8 = 97 178 N; l_c = 1456.4 mm holds 78 x 1456.4 = 113.6 kN.
    """
    found = en1996_interval.shear_least_axial_kn(
        v_ed_kn=40.0, m_ed_knm=moment, thickness_mm=100.0, length_mm=2000.0, fvk0_mpa=0.2, fb_mpa=12.0, gamma_m=1.7
    )
    assert found == pytest.approx(97.178, abs=1e-3)


def test_shear_strength_that_the_units_limit():
    """6.2, f_b 5: 0.065 x 5 x 100 = 32.5 N/mm; V = 20 kN needs 34 000 / 32.5 = 1046.15 mm = 3 (1000 - 50e6 / N): 76.772 kN.

    f_vk0 alone would ask (-26 000 + sqrt(26 000^2 + 4.8e9)) / 0.8 = 60 kN.
    """
    found = en1996_interval.shear_least_axial_kn(
        v_ed_kn=20.0, m_ed_knm=50.0, thickness_mm=100.0, length_mm=2000.0, fvk0_mpa=0.2, fb_mpa=[5.0, 12.0], gamma_m=1.7
    )
    assert found == pytest.approx([76.772, 60.0], abs=1e-3)


def test_small_loads_meet_where_large_ones_do():
    """Statics: 0.02 kN at 10 mm and 0.03 kN at 20 mm: (0.2 + 0.6) / 0.05 = 16 mm; without load there is no place."""
    assert en1996_local.combined_eccentricity_mm(n_kn=[0.02, 0.03], offset_mm=[10.0, 20.0]) == pytest.approx(16.0)
    assert np.isnan(en1996_local.combined_eccentricity_mm(n_kn=[0.0, 0.0], offset_mm=[10.0, 20.0]))


def test_a_lintel_is_deep_from_half_of_its_span():
    """6.6.4, l = 1.15 x 2000, d 1100, A_s f_yd 43.5 kN: from 1150 mm z = 0.4 x 1150 + 0.2 x 2300 = 920 mm, 40.02 kNm.

    One millimetre less deep it is a beam of z = 1100 - 0.5 x 43 500 / (100 x 3) = 1027.5 mm, 44.70 kNm.
    """
    found = en1996_local.lintel_moment_knm(
        as_mm2=100.0,
        fyd_mpa=435.0,
        clear_span_mm=2000.0,
        depth_mm=[1150.0, 1149.0],
        effective_depth_mm=1100.0,
        width_mm=100.0,
        fd_mpa=3.0,
        strong_units=True,
    )
    assert found == pytest.approx([40.02, 44.696], abs=1e-3)


@pytest.mark.parametrize(("strong", "moment"), [(True, 74.419), (False, 55.814)])
def test_masonry_limits_a_deep_lintel(strong, moment):
    """6.6.4, l = 1.15 x 1000, depth 1000, d 950: z = 400 + 230 = 630, the compressed depth that of 1.25 z = 787.5 mm.

    0.4 x 3 x 100 x 787.5^2 = 74.42 kNm, group 2 with 0.3; the steel would give 435 000 x 630 = 274 kNm.
    """
    given = {"as_mm2": 1000.0, "fyd_mpa": 435.0, "clear_span_mm": 1000.0, "depth_mm": 1000.0, "effective_depth_mm": 950.0}
    found = en1996_local.lintel_moment_knm(**given, width_mm=100.0, fd_mpa=3.0, strong_units=strong)
    assert found == pytest.approx(moment, abs=1e-3)


def test_a_bearing_of_exactly_45_percent_may_be_enhanced():
    """6.1.3(4): A_b to and including 0.45 A_ef: 1.5 - 1.1 x 0.45 = 1.005 at the end of a wall; beyond it 1."""
    given = {"end_distance_mm": 0.0, "height_mm": 2600.0, "effective_area_mm2": 1000.0, "enhanced": True}
    assert en1996_local.concentrated_factor(bearing_area_mm2=[450.0, 451.0], **given) == pytest.approx([1.005, 1.0])


def test_aerated_concrete_bends_from_1_to_5():
    """Dutch annex to 3.6.4(7): 0.10 f_k with general purpose mortar for f_k of 1 to 5 N/mm2, both included."""
    assert [fxk_aerated_mpa(fk, mortar="GP") for fk in (1.0, 5.0)] == pytest.approx([0.1, 0.5])
    assert np.isnan([fxk_aerated_mpa(fk, mortar="GP") for fk in (0.999, 5.001)]).all()
