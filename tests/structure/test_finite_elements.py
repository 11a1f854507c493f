"""Floors against PyNite, a finite-element program that is not ours; `benchmarks/finite_elements.py` makes its models."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.finite_elements import analyse, compare, floors, plate_reactions
from optopscan.ifc.author import Author, Rectangle


@pytest.fixture(scope="module")
def block(tmp_path_factory) -> Path:
    """A floor of 11 x 6 m: two end walls, a wall at 4 m over half of the width, in line with it a beam on a wall and a column."""
    author = Author("block")
    low = author.storey("00", 0.0)
    high = author.storey("01", 3.0)
    for name, x in (("left", 0.0), ("right", 11.0)):
        author.wall(low, name, (x, 0), (x, 6), z0_m=0, height_m=2.8, thickness_m=0.2, material="beton C20/25")
    author.wall(low, "middle", (4, 0), (4, 3), z0_m=0, height_m=2.8, thickness_m=0.2, material="beton C20/25")
    section = Rectangle(width_m=0.3, depth_m=0.4)
    author.beam(low, "beam", (4, 3), (4, 5.85), z_top_m=2.8, section=section, material="beton C20/25")
    author.column(low, "column", (4, 5.7), z0_m=0, z1_m=2.4, section=Rectangle(width_m=0.3, depth_m=0.3), material="beton C20/25")
    author.slab(high, "floor", [(-0.1, 0), (11.1, 0), (11.1, 6), (-0.1, 6)], z_top_m=3.0, thickness_m=0.2, material="beton C20/25")
    path = tmp_path_factory.mktemp("plate") / "block.ifc"
    author.write(path)
    return path


@pytest.fixture(scope="module")
def made(block):
    return analyse([block])


@pytest.fixture(scope="module")
def found(made):
    return next(compare(made, 0.6))


def named(rows):
    return {row.element.split()[0]: row for row in rows}


def test_hinged_each_support_takes_what_strips_bring(found):
    assert set(named(found.hinged)) == {"left", "right", "middle", "beam"}
    for row in found.hinged:
        assert row.ours == pytest.approx(row.elastic, rel=0.02), row.element


def test_continuous_the_envelope_holds_and_the_sum_is_the_load(found):
    assert set(named(found.continuous)) == {"left", "right", "middle", "column"}
    assert all(row.ratio >= 0.95 for row in found.continuous)
    assert sum(row.ours for row in found.continuous) == pytest.approx(found.load_kn, rel=1e-3)
    assert sum(row.elastic for row in found.continuous) == pytest.approx(found.load_kn, rel=1e-3)


def test_the_oracle_goes_by_stiffness_and_is_no_echo_of_ours(made, found):
    floor = next(floors(made, 0.6))
    left = next(s for s in floor.supports if made.building.elements.name[s.element] == "left")
    floor.supports = [replace(s, stiffness=0.001 * s.stiffness) if s is left else s for s in floor.supports]
    assert plate_reactions(floor)[left.element] < 0.9 * named(found.continuous)["left"].elastic
