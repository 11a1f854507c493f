"""The levels of a roof: every face once, the largest level first, strips last."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely

from optopscan.model.structure import RoofFace
from optopscan.structure.roof import build_faces, roof_levels

from .factory import cross_walls, site


def structure(*faces):
    """Return a structure with roof faces (polygon, z)."""
    made = site(cross_walls([0, 8, 16], 10), shapely.box(0, 0, 16, 10)).structure
    return replace(made, roof_faces=tuple(RoofFace(polygon=polygon, z_m=z, field=0) for polygon, z in faces))


LOW = (shapely.box(0, 0, 20, 10), 3.0)  # 200 m2
HIGH = (shapely.box(0, 0, 12, 10), 9.0)  # 120 m2
STEP = (shapely.box(12, 0, 21, 10), 9.3)  # 90 m2, within 0.6 m of HIGH
TOP = (shapely.box(4, 4, 8, 8), 12.0)  # 16 m2
GALLERY = (shapely.box(0, -1.5, 40, 0), 6.0)  # 60 m2, 1.5 m wide
GUTTER = (shapely.box(0, 10, 20, 11), 9.0)  # at the level of HIGH, too narrow for it
CANOPY = (shapely.box(0, -3, 20, -2), 2.9)


def test_largest_first_and_strips_last():
    """HIGH and STEP together (210 m2) are larger than LOW (200 m2)."""
    found = roof_levels(structure(LOW, HIGH, STEP, TOP, GALLERY, GUTTER, CANOPY))
    assert [(level.z_m, level.faces, level.buildable) for level in found] == [
        (9.3, (1, 2), True),
        (3.0, (0,), True),
        (12.0, (3,), True),
        (9.0, (5,), False),
        (6.0, (4,), False),
        (2.9, (6,), False),
    ]
    assert [level.area_m2 for level in found] == pytest.approx([210.0, 200.0, 16.0, 20.0, 60.0, 20.0])
    assert [level.wide_m2 for level in found] == pytest.approx([210.0, 200.0, 16.0, 0.0, 0.0, 0.0])


def test_first_level_is_the_one_that_was_built_on():
    made = structure(LOW, HIGH, STEP, TOP, GALLERY)
    assert roof_levels(made)[0].faces == build_faces(made.roof_faces)


def test_strips_at_one_height_are_one_level():
    found = roof_levels(structure(GUTTER, GALLERY, (shapely.box(0, 20, 20, 21), 8.7)))
    assert [(level.z_m, level.faces) for level in found] == [(9.0, (0, 2)), (6.0, (1,))]


def test_no_roof_no_level():
    assert roof_levels(structure()) == ()
