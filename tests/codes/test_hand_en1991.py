"""EN 1991 by hand where a slip would take load off: steps of a table, and points that lie exactly on a limit."""

import numpy as np
import pytest

from optopscan.codes import en1991_1_1, en1991_1_7
from optopscan.codes import en1991_1_4 as wind


def test_partitions_step_at_one_two_and_three_kn_per_metre():
    """EN 1991-1-1 6.3.1.2(8): 0.5, 0.8, 1.2 kN/m2 up to and including 1, 2, 3 kN/m; a hair more is the next step."""
    weights = [0.0, 0.01, 1.0, 1.01, 2.0, 2.01, 3.0]
    assert en1991_1_1.movable_partitions_kn_m2(weights).tolist() == [0.0, 0.5, 0.5, 0.8, 0.8, 1.2, 1.2]
    assert np.isnan(en1991_1_1.movable_partitions_kn_m2(3.01))


def test_points_on_the_line_between_roof_zones_take_the_larger_suction():
    """EN 1991-1-4 figure 7.6 with e = 20 m: F and G to e / 10 = 2 m from the edge, F to e / 4 = 5 m from the corner, H to e / 2 = 10 m."""
    from_edge = [2.0, 2.0, 2.001, 10.0, 10.001]
    from_corner = [5.0, 5.001, 5.0, 5.0, 5.0]
    found = wind.roof_zone(from_edge_m=from_edge, from_corner_m=from_corner, edge_m=20.0)
    assert [wind.ROOF_ZONES[row] for row in found] == ["F", "G", "H", "H", "I"]


def test_structural_factor_is_not_known_from_the_limits_on():
    """EN 1991-1-4 6.2(1): 1 below 15 m; with walls below 100 m and below four times the depth; on a limit it must be computed."""
    found = wind.structural_factor_cscd(height_m=[14.9, 15.0, 99.9, 100.0, 39.9, 40.0], depth_m=[1.0, 1.0, 50.0, 50.0, 10.0, 10.0])
    assert np.isnan(found).tolist() == [False, True, False, True, False, True]
    assert found[[0, 2, 4]] == pytest.approx(1.0)


def test_one_building_without_storeys_is_refused():
    """EN 1991-1-7 table A.1 begins at one storey, also for one of many."""
    with pytest.raises(ValueError, match="must be 1 or more"):
        en1991_1_7.robustness_class([5, 0])


def test_no_pressure_inside_where_none_is_said():
    """EN 1991-1-4 5.2(3): 0.7 x 0.8 = 0.56; with 0.2 inside 0.7 x 0.6, with -0.3 0.7 x 1.1."""
    assert wind.net_pressure_kn_m2(pressure_kn_m2=0.7, external=0.8) == pytest.approx(0.56)
    found = wind.net_pressure_kn_m2(pressure_kn_m2=0.7, external=0.8, internal=[0.2, -0.3])
    assert found == pytest.approx([0.42, 0.77])
