"""A placed variant as a scheme: bodies, roof, and area per product, by hand."""

import pytest
from shapely.geometry import Polygon

from optopscan.feasibility.scheme import boxes_of, scheme_of
from optopscan.model.variant import Placed, Variant


def placed(**changed):
    made = {"module_id": "m", "storey": 1, "x_m": 2.0, "y_m": 1.0, "z_m": 12.0, "rotation_deg": 0.0, "width_m": 3.0, "length_m": 9.0}
    return Placed(**{**made, "height_m": 3.05, "loads_on": (), **changed})


def variant(*modules):
    return Variant(
        id="v",
        concept="a+b",
        storeys=2,
        modules=len(modules),
        dwellings=1,
        dwellings_by_type={"2K": 1},
        gfa_m2=108.0,
        max_uc=0.9,
        outcome="ok",
        optimal=True,
        gap=0.0,
        placed=modules,
        why="",
    )


def test_box_turned_a_quarter():
    """Width 3 m runs along y, length 9 m to the left of it, along minus x."""
    flat, turned = boxes_of([placed(), placed(rotation_deg=90.0)])
    assert flat.polygon.equals(Polygon([(2, 1), (5, 1), (5, 10), (2, 10)]))
    assert turned.polygon.bounds == pytest.approx((-7.0, 1.0, 2.0, 4.0))
    assert (flat.z0_m, flat.z1_m) == (12.0, 15.05)


def test_the_lowest_storey_closes_the_transfer_layer():
    low, high = boxes_of([placed(), placed(storey=2, z_m=15.05)], transfer_depth_m=0.45)
    assert (low.z0_m, high.z0_m) == (11.55, 15.05)


def test_roof_counts_a_stack_once_and_area_goes_to_products_by_plan():
    """Two stacked on one place and one beside it: roof 2 x 27 m2; area 108 m2 is 1/3 of a and 2/3 of b."""
    made = scheme_of(
        variant(placed(concept="b"), placed(concept="b", storey=2, z_m=15.05), placed(concept="a", x_m=5.0)), works={"lift": 1.0}
    )
    assert made.roof_m2 == pytest.approx(54.0)
    assert made.areas_m2 == pytest.approx({"a": 36.0, "b": 72.0})
    assert (made.works["lift"], made.dwellings_by_type["2K"], len(made.boxes)) == (1.0, 1, 3)


def test_nothing_placed():
    made = scheme_of(variant())
    assert (made.roof_m2, made.boxes, made.areas_m2) == (0.0, (), {"a+b": 108.0})
