"""What the record tells of its loads: floors by load per m2, the area on each part, and sums that close by hand."""

import dataclasses

import numpy as np
import pytest
from report_factory import scan_result

from optopscan.report.load_path import load_path
from optopscan.report.record import build as records


def with_bathroom():
    """Return the building with 1.5 kN/m2 more finish on the first two cells of the floor of storey 1 (4 m2)."""
    made = scan_result()
    cells, basis = made.structure.cells, made.load_basis
    first = np.flatnonzero(np.asarray(cells.field) == 1)[:2]
    permanent = np.array(basis.cells.permanent_kn)
    permanent[first] += 1.5 * 2.0
    heavier = dataclasses.replace(basis, cells=dataclasses.replace(basis.cells, permanent_kn=permanent))
    return records.build(dataclasses.replace(made, load_basis=heavier))[0]


def test_a_floor_with_two_loads_is_two_rows():
    rows = [row for row in with_bathroom()["load_basis"]["floors"] if row["floor"] == 1]
    assert [(row["area_m2"], row["slab_kn_m2"], row["finish_kn_m2"]) for row in rows] == [(76.0, 6.0, 0.0), (4.0, 6.0, 1.5)]


def test_loads_of_a_pier_by_hand():
    """Storey 0, middle line: 20 m2 of floor at 6.0 and 1.75, own 40, the pier above 160 permanent: together 320."""
    path = load_path(records.build(scan_result())[0])
    pier = next(part for part in path.parts if part.id == "p0-1-0")
    (floor, area) = pier.floors[0]
    load = path.floors[floor]
    assert (area, load.slab + load.finish, load.imposed) == pytest.approx((20.0, 6.0, 1.75))
    assert [(path.parts[row].id, share) for row, share in pier.above] == [("p1-1-0", 1.0)]
    assert (pier.own, pier.foot_g, pier.other_g) == pytest.approx((40.0, 320.0, 0.0))
    assert pier.other_q == pytest.approx((0.0, 0.0))
    assert pier.bears_m2 == pytest.approx(20.0)


def test_the_leading_product_is_that_of_the_governing_check():
    record = records.build(scan_result())[0]
    assert load_path(record).leading.scenario == "hsb-2d+1"
    assert load_path(record).leading.per_m2 == pytest.approx(3.3)
    other = {**record, "extra_storeys": {**record["extra_storeys"], "governing": None}}
    assert load_path(other).leading.scenario == "hsb-2d+1", "else that of the best product"
    none = {**record, "load_basis": {**record["load_basis"], "extensions": []}}
    assert load_path(none).leading.per_m2 == 0.0
