"""One building in any unit, turned, far away, with other storey names or in another order: one structure, one answer."""

from dataclasses import replace

import numpy as np
import pytest
from chain_models import Row

from optopscan.pipeline import scan
from optopscan.settings import Settings

SETTINGS = Settings(place=False)
REL = 1e-6
REL_UC = 5e-5  # shapes are snapped to 0.01 mm on reading: 0.01 mm on a wall of 214 mm
# Bodies are read to 0.01 mm; where the local origin falls between, parts of 1.8 m move by 5e-6 at most.
REL_BETWEEN = 1e-5
FAR = (100_000.0, -55_000.0, 0.0)
WAYS = {
    "metres": {"length_unit": "m"},
    "inches": {"length_unit": "inch"},
    "feet": {"length_unit": "foot"},
    "turned 33 degrees": {"rotation_deg": 33.0},
    "shifted 100 km": {"offset_m": FAR},
    "turned, shifted, in feet": {"length_unit": "foot", "rotation_deg": -71.5, "offset_m": FAR},
    "storeys renamed": {"levels": Row.RENAMED},
    "elements shuffled": {"draws": Row().shuffled(3)},
    "IFC2X3": {"schema": "IFC2X3"},
}


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    return scan([Row().write(tmp_path_factory.mktemp("gewoon") / "blok.ifc")], SETTINGS)


@pytest.fixture(scope="module", params=sorted(WAYS))
def other(request, tmp_path_factory):
    return scan([Row().write(tmp_path_factory.mktemp("anders") / "blok.ifc", **WAYS[request.param])], SETTINGS)


def feet(result, values):
    """Values of the parts per element name, in order of size."""
    parts, names = result.structure.parts, result.building.elements.name
    found = {}
    for i, value in enumerate(np.asarray(values).tolist()):
        found.setdefault(names[parts.element[i]], []).append(value)
    return {name: sorted(rows) for name, rows in found.items()}


def same(one, two):
    assert set(one) == set(two)
    for name, rows in one.items():
        # A tenth of a newton: shapes are kept to a hundredth of a millimetre, which moves small shares of an elastic plate.
        assert two[name] == pytest.approx(rows, rel=REL_BETWEEN, abs=1e-4), name


def test_same_structure(plain, other):
    a, b = plain.structure, other.structure
    assert len(a.parts) == len(b.parts)
    assert len(a.heads) == len(b.heads)
    assert sorted(a.parts.kind) == sorted(b.parts.kind)
    assert np.asarray(a.level_z_m) == pytest.approx(np.asarray(b.level_z_m))
    same(feet(plain, a.parts.length_m), feet(other, b.parts.length_m))
    same(feet(plain, a.parts.thickness_m), feet(other, b.parts.thickness_m))
    assert [face.polygon.area for face in a.roof_faces] == pytest.approx([face.polygon.area for face in b.roof_faces], rel=REL)


def test_same_bearing(plain, other):
    a, b = (dict(zip(result.building.elements.name, result.bearing.state, strict=True)) for result in (plain, other))
    assert a == b
    assert a["binnenwand"] == "no"
    assert a["wand A0"] == "yes"


@pytest.mark.parametrize("distribution", ["simple", "continuous"])
def test_same_foot_loads(plain, other, distribution):
    a, b = plain.take_downs[distribution], other.take_downs[distribution]
    same(feet(plain, a.permanent_foot_kn), feet(other, b.permanent_foot_kn))
    same(feet(plain, np.asarray(a.imposed_foot_kn).sum(axis=1)), feet(other, np.asarray(b.imposed_foot_kn).sum(axis=1)))
    assert b.ground_permanent_kn == pytest.approx(a.ground_permanent_kn, rel=REL)


def test_same_answer(plain, other):
    a, b = plain.extra_storeys, other.extra_storeys
    assert (a.proven, a.possible, a.label) == (b.proven, b.possible, b.label)
    assert [replace(row, governing=None) for row in a.per_concept] == [replace(row, governing=None) for row in b.per_concept]
    stops = [[row.governing for row in answer.per_concept] for answer in (a, b)]
    assert [row.scenario for row in stops[0]] == [row.scenario for row in stops[1]]
    assert [row.uc for row in stops[1]] == pytest.approx([row.uc for row in stops[0]], rel=REL_UC)
    assert a.why_not_proven == b.why_not_proven
    assert [row.scenario for row in (a.governing, *a.next_bottlenecks)] == [row.scenario for row in (b.governing, *b.next_bottlenecks)]
    assert [row.uc for row in (a.governing, *a.next_bottlenecks)] == pytest.approx(
        [row.uc for row in (b.governing, *b.next_bottlenecks)], rel=REL_UC
    )
    for scenario in plain.part_uc:
        one, two = (np.sort(result.part_uc[scenario]) for result in (plain, other))
        assert two == pytest.approx(one, rel=REL_UC, nan_ok=True)
        assert sorted(plain.part_outcome[scenario]) == sorted(other.part_outcome[scenario])
