"""Walls that go on above a roof keep a clearance, a parapet does not."""

import dataclasses

import numpy as np
import pytest
import shapely

from optopscan.placement.roof import CLEARANCE_M, usable_roofs

from .factory import cross_walls, site

BOX = shapely.box(0.0, 0.0, 10.8, 10.0)


@pytest.mark.parametrize(("above_m", "kept"), [(2.8, True), (1.0, False)])
def test_a_wall_that_goes_on(above_m, kept):
    """The middle wall of three, 10 m long, made higher than the roof: a strip of its thickness and twice the clearance is lost."""
    structure = site(cross_walls([0, 5.4, 10.8], 10), BOX).structure
    parts = structure.parts
    z_m = structure.roof_faces[0].z_m
    middle = (np.abs(parts.x_m - 5.4) < 1e-6) & (parts.storey == parts.storey.max())
    assert middle.any()
    higher = dataclasses.replace(structure, parts=dataclasses.replace(parts, z1_m=np.where(middle, z_m + above_m, parts.z1_m)))
    before, after = (sum(roof.polygon.area for roof in usable_roofs(one)) for one in (structure, higher))
    thickness_m = float(parts.thickness_m[middle].max())
    lost = (thickness_m + 2.0 * CLEARANCE_M) * 10.0 if kept else 0.0
    assert before - after == pytest.approx(lost, abs=0.01)
