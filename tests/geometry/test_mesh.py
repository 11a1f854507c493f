import numpy as np
import pytest
from mesh_factory import box, prism

from optopscan.geometry.mesh import distinct_rows, merged, oriented, section_points, signed_volume, signed_volumes, turned
from optopscan.model.building import Mesh


def test_volume_of_a_box_is_the_product_of_its_sides():
    assert signed_volume(box(1, 2, 3, 5, 5, 5)) == (pytest.approx(4 * 3 * 2), True)


def test_volume_does_not_depend_on_a_far_origin():
    near = box(0, 0, 0, 4, 3, 2)
    far = Mesh(vertices_m=near.vertices_m + [1.2e6, -4e5, 50.0], faces=near.faces)
    assert signed_volume(far) == (pytest.approx(24.0, abs=1e-6), True)


def test_a_prism_with_a_hole():
    ring = prism([(0, 0), (4, 0), (4, 4), (0, 4)], 0, 1, holes=[[(1, 1), (1, 2), (3, 2), (3, 1)]])
    assert signed_volume(ring) == (pytest.approx(16 - 2), True)


def test_inside_out_is_closed_with_negative_volume():
    assert signed_volume(turned(box(0, 0, 0, 1, 1, 1))) == (pytest.approx(-1.0), True)


def test_any_missing_face_opens_the_body():
    whole = box(0, 0, 0, 1, 2, 3)
    for index in range(len(whole.faces)):
        assert not signed_volume(Mesh(vertices_m=whole.vertices_m, faces=np.delete(whole.faces, index, axis=0)))[1]


def test_two_opposite_faces_missing_open_the_body():
    whole = box(0, 0, 0, 1, 2, 3)
    flat = np.ptp(whole.vertices_m[whole.faces][:, :, 2], axis=1) == 0
    assert not signed_volume(Mesh(vertices_m=whole.vertices_m, faces=whole.faces[~flat]))[1]


def test_a_turned_face_opens_the_body():
    whole = box(0, 0, 0, 1, 2, 3)
    faces = whole.faces.copy()
    faces[3] = faces[3][::-1]
    assert not signed_volume(Mesh(vertices_m=whole.vertices_m, faces=faces))[1]


def test_t_junctions_do_not_open_the_body():
    # The top of the unit cube is cut in four about its middle edge points; its sides are not.
    cube = box(0, 0, 0, 1, 1, 1)
    top = (np.ptp(cube.vertices_m[cube.faces][:, :, 2], axis=1) == 0) & (cube.vertices_m[cube.faces][:, 0, 2] == 1)
    ring = np.array([[0, 0, 1], [0.5, 0, 1], [1, 0, 1], [1, 1, 1], [0, 1, 1]], dtype=float)
    fan = np.array([[0, 1, 4], [1, 3, 4], [1, 2, 3]])
    joined = merged([Mesh(vertices_m=cube.vertices_m, faces=cube.faces[~top]), Mesh(vertices_m=ring, faces=fan)])
    assert signed_volume(joined) == (pytest.approx(1.0), True)


def test_section_points_lie_on_the_plane():
    points = section_points(box(0, 0, 0, 2, 1, 4), np.array([0, 0, 1.5]), np.array([0, 0, 1.0]))
    assert np.allclose(points[:, 2], 1.5)
    assert np.ptp(points[:, 0]) == pytest.approx(2.0)
    assert len(section_points(box(0, 0, 0, 2, 1, 4), np.array([0, 0, 9.0]), np.array([0, 0, 1.0]))) == 0


def test_faces_are_turned_to_one_side_and_outward():
    whole = box(0, 0, 0, 1, 2, 3)
    for turned_over in ([0], [3, 4, 7], list(range(11)), list(range(12))):
        faces = whole.faces.copy()
        faces[turned_over] = faces[turned_over, ::-1]
        assert signed_volume(oriented(Mesh(vertices_m=whole.vertices_m, faces=faces))) == (pytest.approx(6.0), True)


def test_which_side_is_out_is_not_guessed_for_open_or_several_bodies():
    whole = box(0, 0, 0, 1, 1, 1)
    assert oriented(Mesh(vertices_m=whole.vertices_m, faces=whole.faces[1:])) is None
    # a box in a box may be a hollow or a body of its own
    assert oriented(merged([box(0, 0, 0, 3, 3, 3), box(1, 1, 1, 2, 2, 2)])) is None


def test_a_surface_with_one_side_is_not_turned():
    # the smallest triangulation of the projective plane: six corners, ten faces, every edge in two of them
    faces = [(0, 1, 2), (0, 2, 3), (0, 3, 4), (0, 4, 5), (0, 5, 1), (1, 2, 4), (2, 3, 5), (3, 4, 1), (4, 5, 2), (5, 1, 3)]
    points = np.random.default_rng(0).uniform(size=(6, 3))
    assert oriented(Mesh(vertices_m=points, faces=np.array(faces))) is None


def test_many_bodies_at_once_are_judged_as_one_by_one():
    whole = box(1, 2, 3, 2, 4, 6)
    bodies = [whole, turned(whole), Mesh(vertices_m=whole.vertices_m, faces=whole.faces[1:]), box(-5, 0, 0, 4, 1, 1)]
    owner = np.repeat(np.arange(4), [len(one.faces) for one in bodies])
    middles = np.array([0.5 * (one.vertices_m.min(axis=0) + one.vertices_m.max(axis=0)) for one in bodies])
    found = signed_volumes(np.concatenate([one.vertices_m[one.faces] for one in bodies]), owner, middles)
    for one, (volume, closed) in zip(bodies, found, strict=True):
        assert (volume, closed) == (pytest.approx(signed_volume(one)[0]), signed_volume(one)[1])


@pytest.mark.parametrize("columns", [2, 3])
def test_distinct_rows_are_those_of_numpy(columns):
    rows = np.random.default_rng(3).integers(-2, 3, (200, columns)).astype(float)
    found, names = distinct_rows(rows)
    expected, inverse = np.unique(rows, axis=0, return_inverse=True)
    assert (found == expected).all()
    assert (names == inverse.reshape(-1)).all()
