"""Bodies: closed, outward, of the volume that the record tells, and where the record puts them."""

from __future__ import annotations

import copy

import numpy as np
import pytest
import trimesh
from report_factory import scan_result
from shapely.geometry import Polygon

from optopscan.report.bodies import DECK_M, element_bodies, part_bodies, variant_bodies
from optopscan.report.record import build as records


@pytest.fixture(scope="module")
def built():
    return records.build(scan_result())


def one(bodies, row):
    """Return one body as a mesh that is not repaired in any way."""
    return trimesh.Trimesh(bodies.vertices_m, bodies.faces[bodies.owner == row], process=False)


def with_shape(built, **geometry):
    """Return the record with only one element, of this geometry."""
    record = copy.deepcopy(built[0])
    record["elements"] = [{**record["elements"][0], "geometry": {"z0_m": 1.0, "z1_m": 3.0, **geometry}}]
    return record


SQUARE = [[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0]]
HOLE = [[1.0, 1.0], [1.0, 2.0], [3.0, 2.0], [3.0, 1.0]]


def test_every_element_is_closed_outward_and_of_its_volume(built):
    record, arrays = built
    bodies = element_bodies(record, arrays)
    assert bodies.missing == ()
    assert set(bodies.owner.tolist()) == set(range(len(record["elements"])))
    for row, element in enumerate(record["elements"]):
        mesh, geometry = one(bodies, row), element["geometry"]
        assert mesh.is_watertight
        assert mesh.is_winding_consistent
        told_m3 = Polygon(geometry["footprint"]).area * (geometry["z1_m"] - geometry["z0_m"])
        assert mesh.volume == pytest.approx(told_m3 if "mesh_ref" not in geometry else element["volume_m3"], rel=1e-6)


@pytest.mark.parametrize("turned", [1, -1])
def test_holes_pieces_and_either_turn(built, turned):
    other = {"footprint": [[10.0, 0.0], [11.0, 0.0], [11.0, 1.0]][::turned], "holes": []}
    record = with_shape(built, footprint=SQUARE[::turned], holes=[HOLE[::turned]], more=[other])
    bodies = element_bodies(record, {})
    mesh = one(bodies, 0)
    assert mesh.is_watertight
    assert mesh.volume == pytest.approx((16.0 - 2.0 + 0.5) * 2.0)
    assert bodies.vertices_m[:, 2].min() == 1.0
    assert bodies.vertices_m[:, 2].max() == 3.0


def test_a_ring_that_crosses_itself_is_taken_apart(built):
    record = with_shape(built, footprint=[[0.0, 0.0], [2.0, 2.0], [2.0, 0.0], [0.0, 2.0]])
    assert one(element_bodies(record, {}), 0).volume == pytest.approx(2.0 * 2.0)


@pytest.mark.parametrize(
    "geometry", [{"footprint": []}, {"footprint": SQUARE, "z0_m": None}, {"footprint": SQUARE, "z1_m": 1.0}, {"footprint": SQUARE[:2]}]
)
def test_what_has_no_shape_is_missing(built, geometry):
    bodies = element_bodies(with_shape(built, **geometry), {})
    assert bodies.missing == (0,)
    assert bodies.faces.shape == (0, 3)


@pytest.mark.parametrize("turned", [1, -1])
def test_a_mesh_is_taken_from_the_arrays_and_turned_outward(built, turned):
    record = with_shape(built, footprint=SQUARE, mesh_ref={"vertices": [1, 9], "faces": [2, 14]})
    box = trimesh.creation.box((1.0, 2.0, 3.0))
    arrays = {
        "mesh_vertices_m": np.concatenate([np.full((1, 3), 99.0), box.vertices]),
        "mesh_faces": np.concatenate([np.zeros((2, 3), dtype=np.int32), box.faces[:, ::turned]]),
    }
    mesh = one(element_bodies(record, arrays), 0)
    assert mesh.is_watertight
    assert mesh.volume == pytest.approx(6.0)


def test_parts_are_boxes_around_their_axes(built):
    record = built[0]
    bodies = part_bodies(record)
    assert bodies.missing == ()
    for row, part in enumerate(record["parts"]):
        length_m = np.hypot(part["x1_m"] - part["x0_m"], part["y1_m"] - part["y0_m"]) or part["thickness_m"]
        told_m3 = length_m * part["thickness_m"] * (part["z1_m"] - part["z0_m"])
        assert one(bodies, row).is_watertight
        assert one(bodies, row).volume == pytest.approx(told_m3)


def test_a_variant_stands_on_its_transfer_layer(built):
    record = copy.deepcopy(built[0])
    variant = record["variants"][0]
    roof_m = record["roof"]["faces"][0]["z_m"]
    first = {**variant["placed"][0], "storey": 1, "x_m": 1.0, "y_m": 1.0, "z_m": roof_m + 0.45, "rotation_deg": 0.0}
    first |= {"width_m": 3.0, "length_m": 5.0, "height_m": 3.1}
    variant |= {"placed": [first, {**first, "storey": 2, "z_m": roof_m + 3.55}], "walkways": [], "columns": [{"x_m": -1.0, "y_m": 0.0}]}
    made = variant_bodies(record, variant)
    assert one(made.modules, 1).volume == pytest.approx(3.0 * 5.0 * 3.1)
    assert one(made.transfer, 0).volume == pytest.approx(3.0 * 5.0 * 0.45)
    assert set(made.transfer.owner.tolist()) == {0}
    assert one(made.transfer, 0).bounds[:, 2] == pytest.approx([roof_m, roof_m + 0.45])
    assert one(made.columns, 0).bounds[:, 2] == pytest.approx([record["building"]["base_z_m"], roof_m + 0.45])
    assert len(made.walkways.faces) == 0


def test_a_walkway_is_a_deck(built):
    record = copy.deepcopy(built[0])
    variant = record["variants"][0]
    piece = {**variant["placed"][0], "storey": 2, "x_m": 0.0, "y_m": 0.0, "z_m": 9.0, "rotation_deg": 0.0, "width_m": 5.0, "length_m": 1.5}
    variant["walkways"] = [piece]
    made = variant_bodies(record, variant)
    assert one(made.walkways, 0).bounds.tolist() == [[0.0, 0.0, 9.0], [5.0, 1.5, pytest.approx(9.0 + DECK_M)]]


def test_a_turned_module_turns_about_its_first_corner(built):
    record = copy.deepcopy(built[0])
    variant = record["variants"][0]
    variant["placed"] = [{**variant["placed"][0], "x_m": 2.0, "y_m": 3.0, "rotation_deg": 90.0, "width_m": 3.0, "length_m": 5.0}]
    assert one(variant_bodies(record, variant).modules, 0).bounds[:, :2].tolist() == [pytest.approx([-3.0, 3.0]), pytest.approx([2.0, 6.0])]
