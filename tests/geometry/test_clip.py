"""Cutting triangles by planes: convex bodies against scipy's half-space intersection, others by hand and by what must add up."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mesh_factory import box, prism, upright_plate
from scipy.spatial import ConvexHull, HalfspaceIntersection

from optopscan.geometry import clip
from optopscan.geometry.mesh import face_vectors, merged, signed_volume, triangles
from optopscan.geometry.prism import GeometryError, Prism, area
from optopscan.model.building import Mesh

ELL = [(0, 0), (4, 0), (4, 1), (1, 1), (1, 3), (0, 3)]


def volume(soup):
    found, closed = signed_volume(clip.soup_mesh(soup))
    assert closed
    return found


def plane(normal, point):
    unit = np.asarray(normal, dtype=float)
    unit = unit / np.linalg.norm(unit)
    return unit, float(unit @ np.asarray(point, dtype=float))


NORMAL = st.tuples(*(st.floats(-1, 1),) * 3).filter(lambda n: np.linalg.norm(n) > 0.3)
PLANE = st.tuples(NORMAL, st.tuples(st.floats(0.2, 3.8), st.floats(0.2, 2.8), st.floats(0.2, 1.8)))


def convex_volume(planes, point):
    """Return the volume behind planes that all hold a point, by scipy."""
    rows = np.array([[*normal, -offset] for normal, offset in planes])
    return ConvexHull(HalfspaceIntersection(rows, point).intersections).volume


@settings(max_examples=60, deadline=None, derandomize=True)
@given(cuts=st.lists(PLANE, min_size=1, max_size=4))
def test_a_box_behind_planes_is_their_intersection(cuts):
    soup = triangles(box(0, 0, 0, 4, 3, 2))
    planes = [plane(*one) for one in cuts]
    for one in planes:
        soup = clip.behind(soup, one)
    sides = [(sign * axis, sign * limit if sign > 0 else 0.0) for axis, limit in zip(np.eye(3), (4, 3, 2), strict=True) for sign in (1, -1)]
    # a point well inside, if there is one
    points = np.random.default_rng(0).uniform((0, 0, 0), (4, 3, 2), (4000, 3))
    room = np.min([offset - points @ normal for normal, offset in [*planes, *sides]], axis=0)
    if room.max() < 0.05:
        return
    assert volume(soup) == pytest.approx(convex_volume([*planes, *sides], points[room.argmax()]), rel=1e-4, abs=1e-4)


BODIES = {
    "L": prism(ELL, 0, 2),
    "with a hole": prism([(0, 0), (4, 0), (4, 3), (0, 3)], 0, 2, holes=[[(1, 1), (3, 1), (3, 2), (1, 2)]]),
    "wall with a window": upright_plate([(0, 0), (4, 0), (4, 3), (0, 3)], 0.3, holes=[[(1, 1), (2, 1), (2, 2), (1, 2)]]),
    "two boxes": merged([box(0, 0, 0, 1, 1, 1), box(2, 0, 0, 4, 3, 2)]),
}


@settings(max_examples=80, deadline=None, derandomize=True)
@given(name=st.sampled_from(sorted(BODIES)), cut=PLANE)
def test_both_sides_of_a_plane_make_the_whole(name, cut):
    soup = triangles(BODIES[name])
    normal, offset = plane(*cut)
    back, front = clip.behind(soup, (normal, offset)), clip.behind(soup, (-normal, -offset))
    total = sum(volume(part) for part in (back, front) if len(part))
    # points within 0.02 mm of the plane lie on it: over a section of less than 20 m2 at most this
    assert total == pytest.approx(signed_volume(BODIES[name])[0], abs=20 * 2e-5)
    heights = [part.reshape(-1, 3) @ normal - offset for part in (back, -front) if len(part)]
    assert back.reshape(-1, 3) @ normal - offset == pytest.approx(np.minimum(back.reshape(-1, 3) @ normal - offset, 0.0), abs=3e-5)
    assert heights


@pytest.mark.parametrize(
    ("cut", "left_m3"),
    [
        (plane((0, 0, 1), (0, 0, 1)), 6.0),
        (plane((1, 0, 0), (1, 0, 0)), 6.0),  # along a face of the L
        (plane((0, 1, 0), (0, 1, 0)), 8.0),
        (plane((0, 0, 1), (0, 0, 2)), 12.0),  # on its top
        (plane((0, 0, 1), (0, 0, 5)), 12.0),
        (plane((1, 0, 0), (0, 0, 0)), 0.0),  # touches it from outside
        (plane((1, 0, 0), (-1, 0, 0)), 0.0),
    ],
)
def test_planes_on_faces(cut, left_m3):
    left = clip.behind(triangles(BODIES["L"]), cut)
    assert (volume(left) if len(left) else 0.0) == pytest.approx(left_m3, abs=1e-9)


def test_an_open_body_is_not_cut():
    whole = box(0, 0, 0, 4, 3, 2)
    faces = np.delete(whole.faces, [i for i, face in enumerate(whole.faces) if (whole.vertices_m[face][:, 0] == 0).all()], axis=0)
    with pytest.raises(GeometryError):
        clip.behind(triangles(Mesh(vertices_m=whole.vertices_m, faces=faces)), plane((0, 0, 1), (0, 0, 1)))


def test_a_body_that_overlaps_itself_is_not_cut():
    with pytest.raises(GeometryError, match="overlaps"):
        clip.behind(triangles(merged([box(0, 0, 0, 2, 2, 2), box(1, 1, 0, 3, 3, 2)])), plane((0, 0, 1), (0, 0, 1)))


def tool(ring, z0, z1):
    return Prism((np.array(ring, dtype=float),), np.eye(3)[:2], np.array([0.0, 0.0, z0]), np.array([0.0, 0.0, z1 - z0]))


@pytest.mark.parametrize(
    ("ring", "z0", "z1", "taken_m3"),
    [
        ([(1, -1), (2, -1), (2, 5), (1, 5)], -1, 3, 2.0),  # in two
        ([(2, 0.2), (3, 0.2), (3, 0.8), (2, 0.8)], 1, 3, 0.6),  # a pit
        ([(2, 0.2), (3, 0.2), (3, 0.8), (2, 0.8)], 0.5, 1.5, 0.6),  # a cave
        ([(2, 0.2), (3, 0.2), (2.5, 0.8)], -1, 3, 0.6),
        ([(-1, -1), (0.5, -1), (0.5, 0.5), (-1, 0.5)], -1, 1, 0.25),  # a corner
        ([(2, 2), (3, 2), (3, 3), (2, 3)], -1, 3, 0.0),  # in the open corner of the L
        ([(2, 1), (3, 1), (3, 3), (2, 3)], -1, 3, 0.0),  # touches
        ([(-1, -1), (9, -1), (9, 9), (-1, 9)], -1, 9, 12.0),  # all of it
    ],
)
def test_a_body_less_a_convex_tool(ring, z0, z1, taken_m3):
    (planes,) = clip.prism_planes(tool(ring, z0, z1))
    left = clip.without(triangles(BODIES["L"]), planes)
    assert (volume(left) if len(left) else 0.0) == pytest.approx(12.0 - taken_m3, abs=1e-5)


def test_what_is_left_has_no_faces_inside():
    (planes,) = clip.prism_planes(tool([(2, 0.2), (3, 0.2), (3, 0.8), (2, 0.8)], 1, 3))
    left = clip.without(triangles(BODIES["L"]), planes)
    # all faces of the L, the pit's four sides; its mouth moved to its floor
    surface = 2 * 6 + 2 * 14 + 2 * (1 + 0.6)
    assert np.linalg.norm(face_vectors(left), axis=1).sum() == pytest.approx(surface, abs=1e-4)


def test_a_hollow_tool_comes_in_convex_parts():
    parts = clip.convex_parts([np.array(ELL, dtype=float)])
    assert len(parts) == 2
    assert sum(abs(clip.area(part)) for part in parts) == pytest.approx(6.0)
    assert len(clip.convex_parts([np.array([(0, 0), (1, 0), (1, 1), (0, 1)], dtype=float)])) == 1
    with_hole = clip.convex_parts(
        [np.array([(0, 0), (3, 0), (3, 3), (0, 3)], dtype=float), np.array([(1, 1), (1, 2), (2, 2), (2, 1)], dtype=float)]
    )
    assert sum(abs(clip.area(part)) for part in with_hole) == pytest.approx(8.0)


def test_the_tools_of_a_prism_together_take_the_prism():
    soup = triangles(box(-1, -1, -1, 6, 6, 6))
    for planes in clip.prism_planes(tool(ELL, 0, 2)):
        soup = clip.without(soup, planes)
    assert volume(soup) == pytest.approx(343.0 - 12.0, abs=1e-4)


def test_a_prism_without_ends_reaches_everywhere():
    soup = triangles(box(-1, -1, -50, 6, 6, 50))
    for planes in clip.infinite_planes(tool(ELL, 0, 2)):
        soup = clip.without(soup, planes)
    assert volume(soup) == pytest.approx(100.0 * (49.0 - 6.0), abs=1e-2)


def test_axes_of_a_plane_are_right_handed():
    for normal in (*np.eye(3), *-np.eye(3), np.array([0.6, 0.0, -0.8])):
        u, v = clip.plane_axes(normal)
        assert np.cross(u, v) == pytest.approx(normal)
        assert float(u @ v) == pytest.approx(0.0)


def test_parallel_is_either_way():
    assert clip.parallel(np.array([0.0, 0.0, 1.0]), np.array([0.0, 0.0, -1.0]))
    assert not clip.parallel(np.array([0.0, 0.0, 1.0]), np.array([0.0, 0.001, 1.0]))


def test_faces_that_look_at_each_other_go_however_they_are_cut_in_triangles():
    below, above = box(0, 0, 0, 2, 1, 1), box(0, 0, 1, 2, 1, 3)
    faces = above.faces.copy()
    # the other diagonal of the face between
    level = np.flatnonzero((above.vertices_m[faces][:, :, 2] == 1.0).all(axis=1))
    corners = {tuple(point): row for row, point in enumerate(above.vertices_m.tolist())}
    ring = [corners[x, y, 1.0] for x, y in ((0.0, 0.0), (0.0, 1.0), (2.0, 1.0), (2.0, 0.0))]
    for turn in (0, 1):
        a, b, c, d = [*ring[turn:], *ring[:turn]]
        faces[level] = [(a, b, c), (a, c, d)]
        soup = np.concatenate([triangles(below), triangles(Mesh(vertices_m=above.vertices_m, faces=faces))])
        whole = clip.merged_on(soup, (np.array([0.0, 0.0, 1.0]), 1.0))
        assert len(whole) == len(soup) - 4
        assert volume(whole) == pytest.approx(6.0)


def test_of_a_wider_face_the_rest_stays():
    soup = np.concatenate([triangles(box(0, 0, 0, 3, 1, 1)), triangles(box(0, 0, 1, 2, 1, 3))])
    whole = clip.merged_on(soup, (np.array([0.0, 0.0, 1.0]), 1.0))
    up = face_vectors(whole)[:, 2][(np.abs(whole[:, :, 2] - 1.0) < 1e-9).all(axis=1)]
    assert up.sum() == pytest.approx(1.0)
    assert (up > 0.0).all()
    assert volume(whole) == pytest.approx(7.0)


@pytest.mark.parametrize(
    ("ring", "parts"), [([(0, 0), (4, 0), (4, 2), (0, 3)], 1), ([(0, 0), (0, 3), (4, 2), (4, 0)], 1), ([(0, 0), (4, 0), (1, 1), (0, 4)], 2)]
)
def test_four_corners_are_one_part_where_they_are_convex(ring, parts):
    found = clip.convex_parts([np.array(ring, dtype=float)])
    assert len(found) == parts
    x, y = np.array(ring, dtype=float).T
    assert sum(area(part) for part in found) == pytest.approx(abs(0.5 * (x @ np.roll(y, -1) - y @ np.roll(x, -1))))


def test_four_corners_that_cross_are_refused():
    with pytest.raises(GeometryError, match="crosses itself"):
        clip.convex_parts([np.array([(0, 0), (4, 2), (4, 0), (0, 2)], dtype=float)])
