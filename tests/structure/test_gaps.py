"""Gaps and overlaps as people draw them change no load: two storeys of cross walls, every edge moved a little."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from optopscan.ifc.author import Author, Storey
from tests.structure.models import analyse, model

T = 0.214
SLAB = 0.2 * 2500 * 9.81 / 1000  # kN/m2
KZS = T * 1850 * 9.81 / 1000  # kN/m2 of wall face
LENGTH = 8.0
MIDDLES = {"A": 0.0, "B": 5.0, "C": 10.0}

# A foot on felt, mortar or nothing, or let into the floor; a head short of the soffit, or drawn up to the top of the floor.
FOOT = st.sampled_from([0.0, 0.01, 0.02, 0.03, -0.02, -0.05])
HEAD = st.sampled_from([0.0, -0.01, -0.03, 0.05, 0.1, 0.2])
# The edge of the floor against the axis of the outer walls: on it, at either face, 20 mm short of the inner face.
EDGE = st.sampled_from([0.0, T / 2, -T / 2, -T / 2 - 0.02])
WALLS = st.fixed_dictionaries({name: st.tuples(FOOT, HEAD) for name in MIDDLES})
STOREY = st.tuples(WALLS, EDGE, EDGE)


def draw(lower, upper):
    def build(author: Author, storey: Storey) -> None:
        for k, (walls, low, high) in enumerate((lower, upper)):
            here = storey if k == 0 else author.storey("01", 2.8)
            for name, y in MIDDLES.items():
                foot, head = walls[name]
                foot = 0.0 if k == 0 else foot
                author.wall(
                    here,
                    f"{name}{k}",
                    (0, y),
                    (LENGTH, y),
                    z0_m=2.8 * k + foot,
                    height_m=2.6 + head - foot,
                    thickness_m=T,
                    material="kalkzandsteen",
                )
            add = author.slab if k == 0 else author.roof_slab
            outline = [(0, -low), (LENGTH, -low), (LENGTH, 10 + high), (0, 10 + high)]
            add(here, f"vloer {k}", outline, z_top_m=2.8 * (k + 1), thickness_m=0.2, material="beton")

    return build


def by_hand(storeys):
    """Return the load under each lower wall: own weight, and floors hinged over the middle wall."""
    load = dict.fromkeys(MIDDLES, 0.0)
    for k, (walls, low, high) in enumerate(storeys):
        left, right = (5 + low) ** 2 / 10, (5 + high) ** 2 / 10
        floor = {"A": left, "B": 10 + low + high - left - right, "C": right}
        for name in MIDDLES:
            foot, head = walls[name]
            height = 2.6 + head - (foot if k else 0.0)
            load[name] += LENGTH * (floor[name] * SLAB + height * KZS)
    return load


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(lower=STOREY, upper=STOREY)
def test_gaps_and_overlaps_change_no_load(lower, upper):
    with tempfile.TemporaryDirectory() as folder:
        found = analyse(model(Path(folder), draw(lower, upper)))
    assert found.simple.unsupported_kn == pytest.approx(0.0, abs=1e-9)
    expected = by_hand((lower, upper))
    for name in MIDDLES:
        assert found.foot(f"{name}0") == pytest.approx(expected[name], rel=0.01)
    assert found.structure.through_floor == ()
