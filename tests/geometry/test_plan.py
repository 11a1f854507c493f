import numpy as np
import pytest
from mesh_factory import box, prism, turned_about_z

from optopscan.geometry.mesh import faces_of, merged
from optopscan.geometry.plan import footprint, rectangle, slope_deg
from optopscan.model.building import Mesh


def test_footprint_keeps_holes():
    ring = prism([(0, 0), (4, 0), (4, 4), (0, 4)], 0, 1, holes=[[(1, 1), (1, 2), (3, 2), (3, 1)]])
    plan = footprint(faces_of(ring), closed=True)
    assert plan.area == pytest.approx(14.0)
    assert len(plan.interiors) == 1


def test_footprint_of_two_touching_bodies_is_one_polygon():
    both = merged([box(0, 0, 0, 1, 1, 1), box(1, 0, 0, 3, 1, 2)])
    plan = footprint(faces_of(both), closed=True)
    assert plan.geom_type == "Polygon"
    assert plan.area == pytest.approx(3.0)
    assert len(plan.exterior.coords) == 5  # points on straight lines are gone


def test_footprint_of_an_open_body_uses_all_faces_that_are_not_upright():
    whole = box(0, 0, 0, 2, 3, 1)
    top = np.all(whole.vertices_m[whole.faces][:, :, 2] == 1, axis=1)
    lidless = Mesh(vertices_m=whole.vertices_m, faces=whole.faces[~top])
    assert footprint(faces_of(lidless), closed=False).area == pytest.approx(6.0)


def test_rectangle_of_a_turned_box():
    mesh = turned_about_z(box(0, 0, 0, 5, 0.3, 1), 33.0, (100.0, 50.0, 0.0))
    middle, along, longer, shorter = rectangle(mesh.vertices_m[:, :2])
    a = np.radians(33.0)
    assert (longer, shorter) == (pytest.approx(5.0), pytest.approx(0.3))
    assert along == pytest.approx([np.cos(a), np.sin(a)])
    assert middle == pytest.approx([100 + 2.5 * np.cos(a) - 0.15 * np.sin(a), 50 + 2.5 * np.sin(a) + 0.15 * np.cos(a)])


def test_rectangle_of_points_on_a_line_has_no_width():
    _, along, longer, shorter = rectangle(np.array([[0.0, 0.0], [0.0, 2.0], [0.0, 1.0]]))
    assert (longer, shorter) == (pytest.approx(2.0), pytest.approx(0.0))
    assert along == pytest.approx([0.0, 1.0])


def gable(pitch_deg):
    # ridge along y over a 4 m span
    rise = 2.0 * np.tan(np.radians(pitch_deg))
    points = np.array([[0, 0, 0], [4, 0, 0], [2, 0, rise], [0, 5, 0], [4, 5, 0], [2, 5, rise]], dtype=float)
    faces = [[0, 1, 2], [3, 5, 4], [0, 3, 4], [0, 4, 1], [1, 4, 5], [1, 5, 2], [0, 2, 5], [0, 5, 3]]
    return Mesh(vertices_m=points, faces=np.array(faces))


@pytest.mark.parametrize("pitch", [0.5, 15.0, 45.0])
def test_slope_of_a_gable_roof(pitch):
    assert slope_deg(faces_of(gable(pitch))) == pytest.approx(pitch, abs=1e-3)


def test_a_small_bevel_does_not_make_a_flat_slab_slope():
    # 10 m long, bevel of 0.4 m in plan: 4 % of the area is steep, under the 5 % that counts
    outline = [(0, 0), (10, 0), (10, 0.1), (9.6, 0.5), (0, 0.5)]
    bevelled = prism(outline, 0.0, 3.0)
    x, z, y = bevelled.vertices_m.T
    mesh = Mesh(vertices_m=np.stack([x, 3.0 - y, z], axis=1), faces=bevelled.faces)
    assert slope_deg(faces_of(mesh)) == pytest.approx(0.0, abs=1e-3)
