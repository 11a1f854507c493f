"""EN 1993-1-1 and section properties by hand where a slip would make a section stronger."""

import pytest

from optopscan.codes import en1993_bending, en1993_sections


def test_web_a_little_more_than_half_compressed():
    """Table 5.2 sheet 1, alpha = 0.54, S235: class 1 to 396 / (13 x 0.54 - 1) = 65.78, not to 36 / 0.54 = 66.67; class 2 to 75.75."""
    found = en1993_bending.internal_class([65.7, 66.2, 75.6], fy_mpa=235.0, compressed_share=0.54, stress_ratio=-1.0)
    assert found.tolist() == [1.0, 2.0, 2.0]


def test_torsion_of_a_channel_is_that_of_its_plates():
    """UNP200, 200 x 75 x 8.5 x 11.5 mm: (2 (75 - 0.63 x 11.5) 11.5^3 + (200 - 23) 8.5^3) / 3 = (206 093 + 108 700) / 3 = 104 931 mm4.

    Tables, which count the radii, have 11.9 cm4.
    """
    channel = en1993_sections.tapered_channel(height_mm=200, width_mm=75, web_mm=8.5, flange_mm=11.5, root_mm=11.5, toe_mm=6.0)
    assert channel.i_t_mm4 == pytest.approx(104_931.0, rel=1e-4)
    assert channel.i_t_mm4 < 119_000.0
