"""Wings of roofs drawn by hand: sizes known, whatever the angle."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from shapely import affinity

from optopscan.placement.roof import UsableRoof
from optopscan.placement.wings import roof_wings, wings

from .factory import concept, cross_walls, site

BAR = shapely.box(0, 0, 30, 10)
L = shapely.union_all([shapely.box(0, 0, 40, 10), shapely.box(0, 10, 12, 26)])
U = shapely.union_all([shapely.box(0, 0, 40, 10), shapely.box(0, 10, 12, 25), shapely.box(29, 10, 40, 22)])
COURTYARD = shapely.Polygon(shapely.box(0, 0, 40, 32).exterior, [shapely.box(10, 12, 28, 22).exterior])
LEVELS = shapely.MultiPolygon([shapely.box(0, 0, 20, 10), shapely.box(25, 0, 60, 12)])


def sizes(found):
    """Return the sides of each wing, the shortest first."""
    sides = []
    for wing in found:
        x, y = shapely.get_coordinates(wing).T
        sides.append(tuple(sorted(np.round(np.hypot(np.diff(x), np.diff(y))[:2], 2).tolist())))
    return sides


CASES = {
    "bar": (BAR, [(10.0, 30.0)]),
    # 40 x 10 = 400 against 12 x 26 = 312
    "l": (L, [(10.0, 40.0), (12.0, 16.0)]),
    # 400, then 12 x 15 = 180 and 11 x 12 = 132
    "u": (U, [(10.0, 40.0), (12.0, 15.0), (11.0, 12.0)]),
    # around a court of 18 x 10: 40 x 12 = 480 below, 40 x 10 = 400 above, 12 x 32 = 384 right: the lower takes 40 x 12, of
    # what is left (40 x 20 with the court at the bottom) the upper 40 x 10 = 400, then 12 x 10 right and 10 x 10 left
    "courtyard": (COURTYARD, [(12.0, 40.0), (10.0, 40.0), (10.0, 12.0), (10.0, 10.0)]),
    "pieces": (LEVELS, [(12.0, 35.0), (10.0, 20.0)]),
}


@pytest.mark.parametrize("turn_deg", [0.0, 33.3, 90.0, 151.0])
@pytest.mark.parametrize("name", sorted(CASES))
def test_wings_by_hand(name, turn_deg):
    roof, expected = CASES[name]
    found = wings(affinity.rotate(roof, turn_deg, origin=(0, 0)), turn_deg % 90.0)
    assert sizes(found) == [pytest.approx(pair, abs=0.011) for pair in expected]
    covered = shapely.union_all(found)
    assert covered.area == pytest.approx(roof.area, abs=0.2)
    assert covered.difference(affinity.rotate(roof, turn_deg, origin=(0, 0)).buffer(0.01)).area == 0.0


def test_a_chimney_parts_no_wing_and_a_court_does():
    """A hole of 2 x 2 m is an obstacle; one of 6 x 6 m in 18 m of width leaves 6 m on both sides."""
    chimney = shapely.Polygon(shapely.box(0, 0, 40, 18).exterior, [shapely.box(10, 8, 12, 10).exterior])
    court = shapely.Polygon(shapely.box(0, 0, 40, 18).exterior, [shapely.box(10, 6, 16, 12).exterior])
    assert sizes(wings(chimney, 0.0)) == [(18.0, 40.0)]
    assert len(wings(court, 0.0)) > 1


def test_an_oblique_part_has_its_own_frame():
    """A bar of 30 x 10 m and one of 25 x 8 m at 30 degrees from its end: both whole within the wedge that they share."""
    oblique = affinity.rotate(shapely.box(30, 0, 55, 8), 30.0, origin=(30, 0))
    found = wings(shapely.union_all([BAR, oblique]), 0.0)
    assert sizes(found)[0] == (10.0, 30.0)
    (short, long) = sizes(found)[1]
    assert short == pytest.approx(8.0, abs=0.02)
    assert 20.0 < long <= 25.0
    x, y = shapely.get_coordinates(found[1]).T
    turn_deg = np.degrees(np.arctan2(np.diff(y), np.diff(x))) % 90.0
    assert turn_deg == pytest.approx([30.0] * 4, abs=1e-3)


def test_what_cannot_hold_a_module_is_no_wing():
    """Left of the bar a strip of 2 x 10 m, above it a piece of 4 x 5 m: no 2.4 x 6 m lies in either."""
    roof = shapely.union_all([shapely.box(0, 0, 30, 10), shapely.box(-2, 0, 0, 9), shapely.box(5, 10, 9, 15)])
    assert sizes(wings(roof, 0.0)) == [(10.0, 30.0)]
    assert wings(shapely.box(0, 0, 2, 40), 0.0) == ()
    assert sizes(wings(shapely.box(0, 0, 2, 40), 0.0, least_m=(1.8, 6.0))) == [(2.0, 40.0)]


def test_nothing_of_nothing():
    assert wings(shapely.Polygon(), 0.0) == ()


def test_wings_of_two_levels_keep_their_own_level_and_faces():
    """30 x 10 m at 9.0 m and 12 x 12 m at 6.0 m, the lower as it is under one product only; 2 x 20 m holds nothing 2.4 m wide."""
    made = site(cross_walls([0, 30], 10), BAR).structure
    high, low, strip = (
        UsableRoof(polygon=shape, z_m=z_m, faces=faces, obstacles=())
        for shape, z_m, faces in ((BAR, 9.0, (0,)), (shapely.box(40, 0, 52, 12), 6.0, (1,)), (shapely.box(60, 0, 62, 20), 6.0, (2,)))
    )
    product = concept(width_m=3.6, width_options_m=(2.4,))
    found = roof_wings(made.heads, [product, product], [[high], [high, low, strip]])
    assert [(one.z_m, one.faces, round(one.polygon.area, 2)) for one in found] == [(9.0, (0,), 300.0), (6.0, (1,), 144.0)]
