"""Modules beside a core that goes on above the roof: the merged file does not let them rest on it."""

import importlib.util
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import shapely
from shapely import affinity

from optopscan.model.variant import Placed
from optopscan.pipeline.placing import below_of, placeable_roof
from optopscan.placement import new_top
from optopscan.placement.recheck import Product
from optopscan.placement.solve import Known
from optopscan.placement.standing import upward_parts
from optopscan.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
SPEC = importlib.util.spec_from_file_location("round_trip", ROOT / "benchmarks" / "round_trip.py")
round_trip = importlib.util.module_from_spec(SPEC)
sys.modules["round_trip"] = round_trip
SPEC.loader.exec_module(round_trip)

OFFICE = ROOT / "examples/ifc/kantoor_1980.ifc"
READ_AS_RESTING_M = 0.12


@pytest.fixture(scope="module")
def office():
    made, ground = round_trip.ground_of(OFFICE, Settings(samples=0, concepts=("fictief.clt-3d",), max_extra_storeys=1))
    below = below_of(ground)
    variant = round_trip.variants(below, made.concepts[0], 1, Known())
    assert variant.placed
    return made, variant, Product(concept=made.concepts[0], imposed_kn_m2=below.imposed_kn_m2)


def test_the_old_parts_carry_what_the_layout_puts_on_them(office, tmp_path):
    """The core walls took a fifth of a module before; what is left is the couple of the layout at the ends of beams."""
    made, variant, product = office
    found = round_trip.round_trip(OFFICE, made, variant, [product], tmp_path)
    assert found.permanent.largest < 0.012
    assert found.imposed.largest < 0.022
    assert found.modules == variant.modules
    assert found.total_weight < 1e-6


def test_no_beam_ends_within_a_bearing_of_the_core(office):
    made, variant, _ = office
    structure = placeable_roof(made.structure)
    top, _ = round_trip.drawn_top([OFFICE], structure, variant, made)
    core = upward_parts(structure, top.z_m - 0.45)
    assert core
    near = []
    for piece in (one for one in top.transfer if one.kind == "beam"):
        dx, dy, _ = piece.size_m
        plan = affinity.rotate(shapely.box(0.0, 0.0, dx, dy), piece.place.rotation_deg, origin=(0.0, 0.0))
        plan = affinity.translate(plan, piece.place.x_m, piece.place.y_m)
        near += [(piece.name, part) for part, wall in core.items() if plan.distance(wall) < READ_AS_RESTING_M]
    assert near == []
    assert all(one.size_m[0] > one.size_m[1] for one in top.transfer if one.kind == "beam"), "a reader takes the long side for the axis"
    assert not any("dragen die mee" in note for note in top.notes)


def test_corners_above_a_wall_that_was_not_counted_on_are_told():
    parts = SimpleNamespace(
        id=("0#7/1", "0#8/1", "0#9/1"), kind=("pier",) * 3, x0_m=np.array([0.0, 0.0, 0.0]), y0_m=np.array([0.0, 9.0, 9.0]),
        x1_m=np.array([3.0, 3.0, 3.0]), y1_m=np.array([0.0, 9.0, 9.0]), thickness_m=np.full(3, 0.2), z1_m=np.array([9.6, 9.6, 6.0]),
    )  # fmt: skip
    module = Placed(
        module_id="W001.1.1", storey=1, x_m=0.0, y_m=0.0, z_m=10.2, rotation_deg=0.0, width_m=3.0, length_m=9.0, height_m=3.0,
        loads_on=("0#7/1",),
    )  # fmt: skip
    assert new_top._under_corners(SimpleNamespace(parts=parts), [module]) == {"0#8"}


def test_a_wall_that_is_cut_finer_is_compared_as_a_whole():
    names, old, new = round_trip.same_things(["0#1/1", "0#1/2", "0#2/1"], ["0#1/1", "0#1/2", "0#1/3", "0#2/1", "0#9/1"])
    assert names == ["0#1", "0#2/1"]
    assert (old @ [1.0, 2.0, 4.0]).tolist() == [3.0, 4.0]
    assert (new @ [1.0, 2.0, 3.0, 4.0, 5.0]).tolist() == [6.0, 4.0]
