"""EN 1995-1-1 by hand where a slip would make timber stronger."""

from optopscan.codes import en1995


def test_a_long_contact_on_a_single_support_gains_nothing():
    """6.1.5(4): glued laminated timber 1.75 with a contact to and including 400 mm, 1.0 beyond it."""
    found = en1995.bearing_factor(continuous=False, glued=True, clear_distance_mm=1000.0, depth_mm=200.0, contact_mm=[400.0, 400.1, 430.0])
    assert found.tolist() == [1.75, 1.0, 1.0]
