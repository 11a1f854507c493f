"""Loads that a model states itself, and floors that nobody can use because another one lies right above them."""

from types import SimpleNamespace

import numpy as np
import pytest
import shapely

from optopscan.loads.actions import shut_in
from optopscan.loads.given import GivenLoads
from optopscan.loads.stated import stated_loads


def plate(x0, x1, z0, z1):
    return SimpleNamespace(polygon=shapely.box(x0, 0.0, x1, 1.0), z0=z0, z1=z1)


class Cells(SimpleNamespace):
    def __len__(self):
        return len(self.x_m)


def counted(plates, cells):
    """``cells``: (row of the plate, x, under the sky)."""
    field, x, roof = (np.array(column) for column in zip(*cells, strict=True))
    return SimpleNamespace(
        cells=Cells(field=field, x_m=x, y_m=np.full(len(x), 0.5), roof=roof),
        fields=SimpleNamespace(
            polygon=tuple(p.polygon for p in plates),
            z0_m=np.array([p.z0 for p in plates]),
            z1_m=np.array([p.z1 for p in plates]),
            elements=tuple((k,) for k in range(len(plates))),
        ),
    )


@pytest.mark.parametrize(("clear_m", "shut"), [(0.45, True), (0.99, True), (1.01, False), (2.6, False)])
def test_a_floor_with_another_right_above_it_is_shut_in(clear_m, shut):
    old, new = plate(0.0, 10.0, 2.8, 3.0), plate(0.0, 10.0, 3.0 + clear_m, 3.4 + clear_m)
    found, beside = shut_in(counted([old, new], [(0, 5.0, False), (1, 5.0, True)]))
    assert found.tolist() == [shut, False]
    assert beside.tolist() == [False, False]


def test_a_strip_left_open_beside_it_is_roof_still():
    """The new floor covers x 0 to 4.8 of an old roof of 10 m: 4.9 is a strip under the sky too narrow to be a face, 7 is roof."""
    old, new = plate(0.0, 10.0, 2.8, 3.0), plate(0.0, 4.8, 3.45, 3.8)
    found, beside = shut_in(counted([old, new], [(0, 2.0, False), (0, 4.9, False), (0, 7.0, True)]))
    assert found.tolist() == [True, False, False]
    assert beside.tolist() == [False, True, False]


def test_an_open_strip_of_an_ordinary_floor_stays_floor():
    found, beside = shut_in(counted([plate(0.0, 10.0, 2.8, 3.0)], [(0, 2.0, False)]))
    assert not found.any()
    assert not beside.any()


def elements(*properties):
    return SimpleNamespace(properties=properties, footprint=tuple(shapely.box(0.0, 0.0, 10.0, 1.0) for _ in properties))


def test_what_the_model_states_counts_where_the_engineer_gives_nothing():
    building = counted([plate(0.0, 10.0, 2.8, 3.0), plate(0.0, 10.0, 5.6, 5.8)], [(0, 5.0, False), (1, 5.0, False)])
    told = elements({"Optopscan_Loads.floor_finish_kn_m2": 0.0}, {"Other.floor_finish_kn_m2": 3.0})
    found = stated_loads(building, told, None)
    assert found.floor_finish_kn_m2 == pytest.approx([0.0, np.nan], nan_ok=True)
    assert np.isnan(found.partitions_kn_m2).all()
    values = {name: np.full(2, np.nan) for name in ("partitions_kn_m2", "roof_membrane_kn_m2", "roof_ballast_kn_m2", "imposed_kn_m2")}
    given = GivenLoads(floor_finish_kn_m2=np.array([1.0, np.nan]), **values)
    assert stated_loads(building, told, given).floor_finish_kn_m2 == pytest.approx([1.0, np.nan], nan_ok=True)


@pytest.mark.parametrize("value", [True, "veel", -1.0, 1000.0])
def test_nonsense_in_the_model_is_not_a_load(value):
    building = counted([plate(0.0, 10.0, 2.8, 3.0)], [(0, 5.0, False)])
    assert stated_loads(building, elements({"Optopscan_Loads.floor_finish_kn_m2": value}), None) is None


def test_the_imposed_load_counts_of_a_gallery_only():
    """Elsewhere a file could lower what stands on a floor."""
    building = counted([plate(0.0, 10.0, 2.8, 3.0), plate(0.0, 10.0, 5.6, 5.8)], [(0, 5.0, False), (1, 5.0, False)])
    told = elements({"Optopscan_Loads.imposed_kn_m2": 3.0}, {"Optopscan_Loads.imposed_kn_m2": 0.1})
    told.name, told.type_name = ("looppad (galerij)", "vloer"), ("", "")
    assert stated_loads(building, told, None).imposed_kn_m2 == pytest.approx([3.0, np.nan], nan_ok=True)
