"""Usable roof: setback, obstacles, slivers, joined slabs; areas by hand."""

from __future__ import annotations

import dataclasses

import pytest
import shapely

from optopscan.placement.roof import covered_cells, usable_area_m2, usable_roofs

from .factory import cross_walls, site

BOX = shapely.box(0, 0, 16, 10)


def roofs(roof, **kwargs):
    obstacles = kwargs.pop("obstacles", ())
    return usable_roofs(site(cross_walls([0, 8, 16], 10), roof, obstacles=obstacles).structure, **kwargs)


def test_setback_on_all_sides():
    # (16 - 3) x (10 - 3)
    assert usable_area_m2(roofs(BOX, setback_m=1.5)) == pytest.approx(91.0)


def test_obstacle_takes_its_clearance():
    # 160 - (2 + 0.2) x (1 + 0.2)
    found = roofs(BOX, obstacles=[shapely.box(5, 4, 7, 5)], clearance_m=0.1)
    assert usable_area_m2(found) == pytest.approx(160 - 2.64)
    assert found[0].obstacles == (0,)


def test_narrow_strip_is_dropped():
    # an obstacle over the full depth leaves 0.5 m at the left edge: too narrow for anything
    found = roofs(BOX, obstacles=[shapely.box(0.5, 0, 2, 10)], clearance_m=0.0)
    assert usable_area_m2(found) == pytest.approx(140.0)


def test_slabs_at_one_level_are_one_roof():
    slabs = [shapely.box(0, 0, 8, 10), shapely.box(8.02, 0, 16, 10)]
    found = roofs(slabs)
    assert [roof.faces for roof in found] == [(0, 1)]
    assert usable_area_m2(found) == pytest.approx(160.0)


def test_slabs_at_two_levels_stay_apart():
    structure = site(cross_walls([0, 8, 16], 10), [shapely.box(0, 0, 8, 10), shapely.box(8, 0, 16, 10)]).structure
    low, high = structure.roof_faces
    structure = dataclasses.replace(structure, roof_faces=(low, dataclasses.replace(high, z_m=high.z_m + 3)))
    assert [(roof.faces, roof.z_m) for roof in usable_roofs(structure)] == [((0,), 6.0), ((1,), 9.0)]


def test_nothing_left_is_no_roof():
    assert roofs(BOX, setback_m=6.0) == ()


def test_covered_area_adds_up_to_the_module():
    structure = site(cross_walls([0, 8, 16], 10), BOX).structure
    module = shapely.box(1, 1, 4.6, 9)
    assert covered_cells(structure.cells, [module]).sum() == pytest.approx(3.6 * 8)
