"""One building over two files, walls and floors: the same elements, weights and take-down as in one file."""

import numpy as np
import pytest
from chain_models import Row

from optopscan.pipeline import scan
from optopscan.settings import Settings

BARE = Settings(place=False)


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    folder = tmp_path_factory.mktemp("federatie")
    row = Row()
    whole = row.write(folder / "geheel.ifc")
    walls = row.write(folder / "wanden.ifc", draws=row.vertical())
    # the floors come from another office, that draws in metres
    floors = row.write(folder / "vloeren.ifc", draws=row.horizontal(), length_unit="m")
    return scan([whole], BARE), scan([walls, floors], BARE)


def by_guid(result, values):
    guids = result.building.elements.guid
    assert len(set(guids)) == len(guids)
    return dict(zip(guids, values, strict=True))


def feet_by_guid(result, distribution, kind):
    """Loads at the feet of the parts of each element, from one end to the other."""
    parts, take = result.structure.parts, result.take_downs[distribution]
    column = {"permanent": take.permanent_foot_kn, "imposed": np.asarray(take.imposed_foot_kn).sum(axis=1), "roof": take.roof_foot_kn}[kind]
    found = {}
    for i in range(len(parts)):
        key = result.building.elements.guid[parts.element[i]]
        found.setdefault(key, []).append((round(float(parts.x_m[i] - parts.x_m.min()), 3), float(parts.z0_m[i]), float(column[i])))
    return {key: [value for *_, value in sorted(rows)] for key, rows in found.items()}


def test_two_files_are_two_inputs(both):
    assert [file.name for file in both[0].building.inputs] == ["geheel.ifc"]
    assert [file.name for file in both[1].building.inputs] == ["wanden.ifc", "vloeren.ifc"]


def test_same_elements_of_the_same_weight(both):
    whole, parts = (by_guid(result, result.materials.self_weight_kn) for result in both)
    assert len(whole) == 24  # 6 walls, partition, 6 columns, 2 beams, 6 footings, floor, roof, chimney
    assert set(whole) == set(parts)
    for guid, weight in whole.items():
        assert parts[guid] == pytest.approx(weight, rel=1e-3)


def test_same_verdicts_of_bearing(both):
    whole, parts = (by_guid(result, result.bearing.state) for result in both)
    assert whole == parts


@pytest.mark.parametrize("distribution", ["simple", "continuous"])
@pytest.mark.parametrize("kind", ["permanent", "imposed", "roof"])
def test_same_take_down(both, distribution, kind):
    whole, parts = (feet_by_guid(result, distribution, kind) for result in both)
    assert set(whole) == set(parts)
    for guid, feet in whole.items():
        assert parts[guid] == pytest.approx(feet, rel=1e-6, abs=1e-6)


def test_same_answer(both):
    whole, parts = (result.extra_storeys for result in both)
    assert (whole.proven, whole.possible, whole.per_concept) == (parts.proven, parts.possible, parts.per_concept)
    assert whole.why_not_proven == parts.why_not_proven
    assert whole.governing.uc == pytest.approx(parts.governing.uc, rel=1e-6)
