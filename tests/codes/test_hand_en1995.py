"""EN 1995-1-1 by hand where a slip would make timber stronger."""

import pytest

from optopscan.codes import en1995


def test_a_long_contact_on_a_single_support_gains_nothing():
    """6.1.5(4): glued laminated timber 1.75 with a contact to and including 400 mm, 1.0 beyond it."""
    found = en1995.bearing_factor(continuous=False, glued=True, clear_distance_mm=1000.0, depth_mm=200.0, contact_mm=[400.0, 400.1, 430.0])
    assert found.tolist() == [1.75, 1.0, 1.0]


def test_compression_alone_counts_squared():
    """(6.19): 100 kN on 10 000 mm2 of 20 N/mm2 is (10 / 20)^2 = 0.25; with 0.3 and 0.1 of bending 0.25 + 0.3 + 0.7 x 0.1 = 0.62."""
    given = {"n_ed_kn": 100.0, "area_mm2": 10_000.0, "fc0d_mpa": 20.0}
    assert en1995.section_utilisation(**given) == pytest.approx(0.25)
    assert en1995.section_utilisation(**given, bending_y=0.3, bending_z=0.1) == pytest.approx(0.62)
    assert en1995.section_utilisation(**given, bending_y=0.1, bending_z=0.3) == pytest.approx(0.62)


def test_a_beam_held_everywhere_does_not_tilt():
    """(6.34): 1 from no slenderness at all to 0.75, then 1.56 - 0.75 x 1.2 = 0.66, and 1 / 2^2."""
    assert en1995.tilting_factor([0.0, 0.75, 1.2, 2.0]) == pytest.approx([1.0, 1.0, 0.66, 0.25])
