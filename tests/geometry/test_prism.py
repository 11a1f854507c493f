"""Prisms less prisms: volumes by hand, by counting cells, and by polygon areas."""

import itertools

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from optopscan.geometry.layers import cut, cut_along, parallel_to
from optopscan.geometry.mesh import face_vectors, signed_volume, triangles
from optopscan.geometry.prism import GeometryError, Prism, area, polygon_of, prism_mesh, prism_meshes

FLAT = np.eye(3)[:2]
SQUARE = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])


def turn(seed):
    """Return a rotation (3, 3) that leaves no axis where it was."""
    q, _ = np.linalg.qr(np.random.default_rng(seed).normal(size=(3, 3)))
    return q * np.sign(np.linalg.det(q))


def upright(ring, z0, z1, *holes, rotation=None, mirrored=False):
    rings = tuple(np.asarray(one, dtype=float) for one in (ring, *holes))
    axes = FLAT * [[1.0], [-1.0]] if mirrored else FLAT
    rings = tuple(one * [1.0, -1.0] for one in rings) if mirrored else rings
    r = np.eye(3) if rotation is None else rotation
    return Prism(rings, axes @ r.T, r @ np.array([0.0, 0.0, z0]), r @ np.array([0.0, 0.0, z1 - z0]))


def box(low, high, **more):
    (x0, y0, z0), (x1, y1, z1) = low, high
    return upright([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], z0, z1, **more)


def across(ring, y0, y1, rotation=None):
    """A prism along y; the ring lies in x and z."""
    r = np.eye(3) if rotation is None else rotation
    return Prism((np.asarray(ring, dtype=float),), np.eye(3)[[0, 2]] @ r.T, r @ np.array([0.0, y0, 0.0]), r @ np.array([0.0, y1 - y0, 0.0]))


def volume(mesh):
    found, closed = signed_volume(mesh)
    assert closed
    return found


def doubled_faces(mesh):
    """Return how much face area lies on another face that looks the opposite way [m2]."""
    corners = triangles(mesh)
    vectors = face_vectors(corners)
    size = np.linalg.norm(vectors, axis=1)
    keep = size > 1e-9
    corners, normals = corners[keep], vectors[keep] / size[keep][:, None]
    total = 0.0
    for i, j in itertools.combinations(range(len(corners)), 2):
        if normals[i] @ normals[j] < -1 + 1e-9 and abs((corners[j].mean(axis=0) - corners[i].mean(axis=0)) @ normals[i]) < 1e-6:
            u = corners[i][1] - corners[i][0]
            u /= np.linalg.norm(u)
            axes = np.stack([u, np.cross(normals[i], u)])
            one, other = (shapely.Polygon((corners[k] - corners[i][0]) @ axes.T) for k in (i, j))
            total += one.intersection(other).area
    return total


# --- one prism ------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("down", [1.0, -1.0])
@pytest.mark.parametrize("clockwise", [False, True])
@pytest.mark.parametrize(
    ("ring", "holes", "area_m2"),
    [
        ([(0, 0), (2, 0), (0, 1)], [], 1.0),
        ([(0, 0), (2, 0), (2, 1), (0, 1)], [], 2.0),
        ([(0, 0), (4, 0), (4, 1), (1, 1), (1, 3), (0, 3)], [], 6.0),
        ([(0, 0), (2, 0), (1, 0.5), (0, 2)], [], 1.0 + 0.5 - 0.0),
        ([(0, 0), (4, 0), (4, 3), (0, 3)], [[(1, 1), (2, 1), (2, 2), (1, 2)]], 11.0),
    ],
)
def test_faces_look_outward_however_it_is_drawn(ring, holes, area_m2, clockwise, down, mirrored):
    if ring == [(0, 0), (2, 0), (1, 0.5), (0, 2)]:
        area_m2 = shapely.Polygon(ring).area
    rings = [one[::-1] if clockwise else one for one in (ring, *holes)]
    one = upright(rings[0], 1.0, 1.0 + 2.0 * down, *rings[1:], rotation=turn(1), mirrored=mirrored)
    assert volume(prism_mesh(one)) == pytest.approx(2.0 * area_m2)


def test_an_oblique_prism_has_the_volume_of_its_height():
    one = Prism((SQUARE,), FLAT, np.zeros(3), np.array([1.0, 2.0, 3.0]))
    assert not one.straight
    assert one.height_m == pytest.approx(3.0)
    assert volume(prism_mesh(one)) == pytest.approx(3.0)


@pytest.mark.parametrize(
    "ring", [[(0, 0), (1, 1), (1, 0), (0, 1)], [(0, 0), (1, 0), (2, 0)], [(0, 0), (2, 0), (2, 1), (1, 1), (1, -1), (0, -1)]]
)
def test_an_outline_that_encloses_nothing_sound_is_refused(ring):
    with pytest.raises(GeometryError):
        prism_mesh(upright(ring, 0, 1))


def test_one_bad_outline_does_not_spoil_the_others():
    good, bad = upright([(0, 0), (2, 0), (2, 1), (1, 2), (0, 1)], 0, 1), upright([(0, 0), (2, 2), (2, 0), (0, 2), (-1, 1)], 0, 1)
    found = prism_meshes([good, bad, good])
    assert found[1] is None
    assert [volume(mesh) for mesh in (found[0], found[2])] == pytest.approx([3.0, 3.0])


def test_area_is_signed_and_does_not_mind_a_far_origin():
    assert area(SQUARE) == pytest.approx(1.0)
    assert area(SQUARE[::-1] + 1e7) == pytest.approx(-1.0)


def test_polygon_of_refuses_a_line_and_a_hole_outside():
    with pytest.raises(GeometryError):
        polygon_of([SQUARE[:2]])
    with pytest.raises(GeometryError):
        polygon_of([SQUARE, SQUARE + 5.0])


def test_a_box_can_be_swept_along_each_of_its_sides():
    one = box((1, 2, 3), (2, 4, 6), rotation=turn(2))
    for side in (0, 1):
        same = one.along_box_side(side)
        assert volume(prism_mesh(same)) == pytest.approx(6.0)
        assert np.sort(prism_mesh(same).vertices_m, axis=0) == pytest.approx(np.sort(prism_mesh(one).vertices_m, axis=0))
    assert upright([(0, 0), (1, 0), (0, 1)], 0, 1).along_box_side(0) is None


def test_parallel_finds_the_side_of_a_box_and_nothing_else():
    normal = np.array([0.0, 0.0, 1.0])
    assert parallel_to(normal, across([(0, 0), (1, 0), (1, 1), (0, 1)], 0, 1)) is not None
    assert parallel_to(normal, across([(0, 0), (1, 0), (0, 1)], 0, 1)) is None
    assert parallel_to(normal, box((0, 0, 0), (1, 1, 1), rotation=turn(3))) is None


# --- boxes less boxes -----------------------------------------------------------------------------------------------------------------

LATTICE = st.integers(-2, 12)
SIDE = st.tuples(LATTICE, LATTICE).filter(lambda pair: pair[0] != pair[1]).map(sorted)
BOXES = st.lists(st.tuples(SIDE, SIDE, SIDE), min_size=1, max_size=5)
SIZE = (10, 8, 6)


def cells_left(tools):
    """Count the cells of 1 in a box of 10 x 8 x 6 that no tool takes."""
    left = np.ones(SIZE, dtype=bool)
    for (x0, x1), (y0, y1), (z0, z1) in tools:
        left[max(x0, 0) : max(x1, 0), max(y0, 0) : max(y1, 0), max(z0, 0) : max(z1, 0)] = False
    return int(left.sum())


@settings(max_examples=60, deadline=None, derandomize=True)
@given(tools=BOXES, seed=st.integers(0, 5), mirrored=st.booleans())
def test_a_box_less_boxes_is_what_is_left_of_its_cells(tools, seed, mirrored):
    rotation = turn(seed)
    host = box((0, 0, 0), SIZE, rotation=rotation, mirrored=mirrored)
    prisms = [box(*np.transpose(tool), rotation=rotation) for tool in tools]
    left = cells_left(tools)
    if left == 0:
        with pytest.raises(GeometryError):
            cut(host, prisms)
        return
    mesh, others = cut(host, prisms)
    assert others == []
    assert volume(mesh) == pytest.approx(left)
    assert abs(face_vectors(triangles(mesh)).sum(axis=0)).max() < 1e-9


def test_boxes_that_end_flush_but_for_rounding_leave_no_skin():
    host = box((0, 0, 0), (4, 0.2, 3))
    mesh, _ = cut(host, [box((1, -1e-9, 1), (2, 0.2 + 4e-10, 2))])
    assert volume(mesh) == pytest.approx(0.2 * 11)
    # a frame of four boxes has 4 x 2 outer edges and no face inside the wall
    assert len(np.unique(np.round(mesh.vertices_m[:, 1], 6))) == 2


def test_niches_have_a_back_and_no_faces_between():
    mesh, _ = cut(box((0, 0, 0), (3, 1, 3)), [box((1, 0.5, 1), (2, 2, 2)), box((1.5, 0.2, 0), (1.8, 2, 1))])
    assert volume(mesh) == pytest.approx(9 - 0.5 - 0.3 * 0.8)
    assert doubled_faces(mesh) == pytest.approx(0.0, abs=1e-9)


# --- layers ---------------------------------------------------------------------------------------------------------------------------

RINGS = [
    [(0, 0), (10, 0), (10, 1), (2, 1), (2, 8), (0, 8)],
    [(0, 0), (10, 0), (9, 1), (1, 1)],
    [(0, 0), (10, 0), (5, 8)],
    (5 + 4 * np.stack([np.cos(t := np.linspace(0, 6, 20)), np.sin(t)], axis=1)).tolist(),
]
WINDOW = st.tuples(
    st.floats(-1, 9),
    st.floats(-1, 9),
    st.floats(0.5, 6),
    st.floats(0.5, 6),
    st.integers(-1, 5),
    st.integers(1, 6),
    st.sampled_from([0, 20, 45]),
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(ring=st.sampled_from(RINGS), windows=st.lists(WINDOW, min_size=1, max_size=4), seed=st.integers(0, 5))
def test_a_prism_less_parallel_prisms_is_the_sum_of_its_layers(ring, windows, seed):
    # by shapely: in every unit of height the outline less what reaches through it
    rotation = turn(seed)
    tools, shapes = [], []
    for x, y, dx, dy, z, dz, degrees in windows:
        shape = shapely.affinity.rotate(shapely.box(x, y, x + dx, y + dy), degrees)
        tools.append(upright(shapely.get_coordinates(shape)[:4], z, z + dz, rotation=rotation))
        shapes.append((shape, z, z + dz))
    plan = shapely.Polygon(ring)
    layers = [plan.difference(shapely.union_all([one for one, low, high in shapes if low <= z < high])).area for z in range(5)]
    host = upright(ring, 0, 5, rotation=rotation)
    if sum(layers) < 1e-3:
        return
    mesh, others = cut(host, tools)
    assert others == []
    # outlines are put on a grid of 0.01 mm: over outlines of at most 40 m in all, 5 layers
    assert volume(mesh) == pytest.approx(sum(layers), abs=40 * 1e-5 * 5)


def test_what_fits_is_cut_and_what_does_not_is_handed_back():
    host = upright(RINGS[0], 0, 5)
    window, arch = box((4, -1, 1), (5, 2, 2)), across([(6, 1), (7, 1), (6.5, 2)], -1, 2)
    mesh, others = cut(host, [window, arch])
    assert others == [arch]
    assert volume(mesh) == pytest.approx(5 * (10 + 14) - 1)
    assert cut(host, [arch]) is None
    assert volume(cut_along(host, [window])) == pytest.approx(5 * 24 - 1)


def test_a_box_is_cut_along_the_direction_of_its_openings():
    host = box((0, 0, 0), (4, 0.2, 3), rotation=turn(4))
    arch = across([(1, 1), (2, 1), (1.5, 2)], -1, 1, rotation=turn(4))
    mesh, others = cut(host, [arch])
    assert others == []
    assert volume(mesh) == pytest.approx(0.2 * (12 - 0.5))


def test_nothing_left_is_an_error():
    with pytest.raises(GeometryError, match="nothing"):
        cut(upright(RINGS[0], 0, 5), [box((-1, -1, -1), (11, 11, 11))])


def test_a_slanted_prism_is_not_cut_here():
    assert cut(Prism((SQUARE,), FLAT, np.zeros(3), np.array([1.0, 0.0, 1.0])), [box((0, 0, 0), (1, 1, 1))]) is None


def test_layers_share_no_faces():
    mesh, _ = cut(upright(RINGS[0], 0, 5), [box((4, -1, 1), (5, 2, 2)), box((4.5, 0.5, 2), (6, 2, 3))])
    assert volume(mesh) == pytest.approx(5 * 24 - 1 - 1.5 * 0.5)
    assert doubled_faces(mesh) == pytest.approx(0.0, abs=1e-9)
