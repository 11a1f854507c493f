"""Plans of walls taken apart by hand: every corner belongs to the longer leg, areas add up."""

import numpy as np
import pytest
import shapely

from optopscan.geometry.legs import leg_face, straight_legs
from optopscan.geometry.mesh import triangles
from tests.geometry.mesh_factory import prism

box = shapely.box


def measures(plan):
    return [(round(leg.length_m, 2), round(leg.thickness_m, 3), round(leg.area_m2, 2)) for leg in straight_legs(plan)]


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (box(0, 0, 5, 0.2), [(5.0, 0.2, 1.0)]),
        # L: the leg of 5 m keeps the corner, the other is 3.0 - 0.2 long.
        (box(0, 0, 5, 0.2) | box(0, 0, 0.3, 3), [(5.0, 0.2, 1.0), (2.8, 0.3, 0.84)]),
        (box(0, 0, 6, 0.2) | box(3, 0, 3.15, 4), [(6.0, 0.2, 1.2), (3.8, 0.15, 0.57)]),
        (box(0, 0, 4, 0.2) | box(0, 0, 0.2, 3) | box(3.8, 0, 4, 3), [(4.0, 0.2, 0.8), (2.8, 0.2, 0.56), (2.8, 0.2, 0.56)]),
        (box(0, 0, 3, 2) - box(0.2, 0.2, 2.8, 1.8), [(3.0, 0.2, 0.6), (3.0, 0.2, 0.6), (1.6, 0.2, 0.32), (1.6, 0.2, 0.32)]),
    ],
    ids=["straight", "L", "T", "U", "ring"],
)
def test_straight_plans(plan, expected):
    assert measures(plan) == expected
    assert measures(shapely.affinity.rotate(plan, 27.0)) == expected


def test_a_quarter_circle_becomes_chords():
    """Radius 3.9 to the middle: 6.13 m of arc; chords turn 20 degrees at most, so at least five, each near 1.36 m."""
    angle = np.radians(np.linspace(0, 90, 25))
    outer, inner = ([(r * np.cos(a), r * np.sin(a)) for a in angle] for r in (4.0, 3.8))
    plan = shapely.Polygon([*outer, *inner[::-1]])
    legs = straight_legs(plan)
    assert 5 <= len(legs) <= 8
    assert sum(leg.area_m2 for leg in legs) == pytest.approx(plan.area, rel=0.03)
    assert sum(leg.length_m for leg in legs) == pytest.approx(3.9 * np.pi / 2, rel=0.02)
    assert {round(leg.thickness_m, 2) for leg in legs} == {0.2}
    radius = [np.hypot(leg.x0_m, leg.y0_m) for leg in legs]
    assert radius == pytest.approx([3.9] * len(legs), abs=0.03)


def test_no_wall_at_all():
    assert straight_legs(shapely.Point(0, 0).buffer(1.0)) == []


def test_each_leg_has_its_own_face():
    outline = shapely.get_coordinates((box(0, 0, 5, 0.2) | box(0, 0, 0.3, 3)).exterior)[:-1]
    corners = triangles(prism(outline.tolist(), 0.0, 2.6))
    areas = [leg_face(corners, leg, 0.0, 2.6).area for leg in straight_legs(shapely.Polygon(outline))]
    assert areas == pytest.approx([5.0 * 2.6, 2.8 * 2.6], rel=1e-3)
