"""Bays of the plinth: found in a model, and turned into dwellings."""

from __future__ import annotations

import dataclasses
import math
from pathlib import Path
from typing import Any

import pytest
import shapely

from optopscan.catalog.concept import UnitType
from optopscan.ifc.author import Incline, box
from optopscan.model.beyond import Bay, Beyond
from optopscan.placement.beyond.infill import fit_plinth
from optopscan.placement.beyond.plinth import find_bays
from optopscan.placement.beyond.use import NamedSpace

from .beyond_models import CONCRETE, Row, bay, limits, product, understood

LIMITS = limits()
HSB = product("plint")
DOOR = (3.0, 0.0, 0.9, 2.1)


def bays_of(tmp_path: Path, row: Row, spaces: Any = None) -> tuple[Bay, ...]:
    building, structure, bearing = understood(row.write(tmp_path / "rij.ifc"))
    x, y, *_ = shapely.union_all(structure.fields.polygon).bounds
    return find_bays(building, structure, bearing, LIMITS, spaces=spaces(x, y) if spaces else ())


def fit(*bays: Bay, **changes: Any) -> Beyond:
    return fit_plinth(bays, dataclasses.replace(HSB, **changes), LIMITS, dwelling_kn_m2=1.75, partitions_kn_m2=0.8)


def unit(code: str, modules: int, gbo_m2: float) -> UnitType:
    return UnitType(code=code, modules=modules, gbo_m2=gbo_m2, gfa_m2=gbo_m2, rooms=1, persons=1)


# in a model


def test_bays_between_cross_walls(tmp_path: Path) -> None:
    """Axes 5.0 m apart, walls of 0.2: 4.8 m clear; facades of 0.1 in 9.0 m: 8.8 m deep; slab to slab 3.0 - 0.2 = 2.8 m.

    Two windows of 2.0 x 1.5 m that begin above 0.6 m: 6.0 m2. The facade between the walls is 4.8 m on two sides;
    the outer bays lie at the gable wall too, 8.8 m that bears.
    """
    found = bays_of(tmp_path, Row())
    assert [b.id for b in found] == ["B1", "B2", "B3"]
    middle = found[1]
    assert middle.area_m2 == pytest.approx(4.8 * 8.8, rel=1e-3)
    assert (middle.width_m, middle.depth_m) == pytest.approx((4.8, 8.8), abs=2e-3)
    assert middle.clear_m == pytest.approx(2.8)
    assert (middle.floor_m, middle.soffit_m) == pytest.approx((0.0, 2.8))
    assert middle.daylight_m2 == pytest.approx(6.0)
    assert middle.facade_m == pytest.approx(9.6, abs=5e-3)
    assert middle.infill_m == pytest.approx(9.6, abs=5e-3)
    assert middle.sides == 2
    assert (middle.use, middle.doors_to) == ("storage", ())
    assert "bergingsvloer 1" in middle.use_source
    assert found[0].facade_m == pytest.approx(9.6 + 8.8, abs=5e-3)
    assert (found[0].width_m, found[0].depth_m) == pytest.approx((4.8, 8.8), abs=2e-3)


def test_a_turned_building_has_the_same_bays(tmp_path: Path) -> None:
    found = bays_of(tmp_path, Row(turn_deg=33.0))
    assert [b.area_m2 for b in found] == pytest.approx([4.8 * 8.8] * 3, rel=1e-3)
    assert [b.daylight_m2 for b in found] == pytest.approx([6.0] * 3)
    assert [b.sides for b in found] == [2, 2, 2]


def test_a_bearing_facade_has_no_infill(tmp_path: Path) -> None:
    assert [b.infill_m for b in bays_of(tmp_path, Row(bearing_facade=True))] == pytest.approx([0.0] * 3, abs=0.02)


def test_glass_below_the_sill_height_is_no_daylight(tmp_path: Path) -> None:
    """A door of 0.9 x 2.1 m from the floor counts from 0.6 m: 2 x 0.9 x 1.5 = 2.7 m2."""
    found = bays_of(tmp_path, Row(window=(1.0, 0.0, 0.9, 2.1)))
    assert found[1].daylight_m2 == pytest.approx(2.7)


def test_a_door_in_a_bearing_wall_joins_bays_and_a_hatch_does_not(tmp_path: Path) -> None:
    assert [b.doors_to for b in bays_of(tmp_path, Row(doors=[DOOR]))] == [("B2",), ("B1", "B3"), ("B2",)]
    assert [b.doors_to for b in bays_of(tmp_path, Row(doors=[(3.0, 0.0, 0.7, 2.1)]))] == [(), (), ()]
    assert [b.doors_to for b in bays_of(tmp_path, Row(doors=[(3.0, 0.0, 0.9, 1.8)]))] == [(), (), ()]
    assert [b.doors_to for b in bays_of(tmp_path, Row(doors=[(3.0, 0.3, 0.9, 2.1)]))] == [(), (), ()]


def test_a_name_that_says_nothing_leaves_the_use_unknown(tmp_path: Path) -> None:
    assert {b.use for b in bays_of(tmp_path, Row(floor_name="vloer"))} == {"unknown"}
    assert {b.use for b in bays_of(tmp_path, Row(floor_name="garagevloer"))} == {"garage"}


def test_a_space_goes_before_the_floor_and_only_on_its_storey(tmp_path: Path) -> None:
    def spaces(x: float, y: float) -> list[NamedSpace]:
        first = shapely.box(x + 0.2, y + 0.2, x + 5.0, y + 8.0)
        last = shapely.box(x + 10.2, y + 0.2, x + 15.0, y + 8.0)
        return [
            NamedSpace(name="0.01 keuken", polygon=first, z0_m=0.0, z1_m=2.8),
            NamedSpace(name="1.03 keuken", polygon=last, z0_m=3.0, z1_m=5.8),
        ]

    assert [b.use for b in bays_of(tmp_path, Row(), spaces)] == ["dwelling", "storage", "storage"]


def test_names_that_contradict_leave_the_use_unknown(tmp_path: Path) -> None:
    def spaces(x: float, y: float) -> list[NamedSpace]:
        return [
            NamedSpace(name=name, polygon=shapely.box(x + 0.2, y + a, x + 5.0, y + a + 3.0), z0_m=0.0, z1_m=2.8)
            for name, a in (("garage", 0.2), ("woonkamer", 4.0))
        ]

    found = bays_of(tmp_path, Row(), spaces)[0]
    assert found.use == "unknown"
    assert "spreken elkaar tegen" in found.use_source


def test_a_stair_makes_a_bay_a_stairwell(tmp_path: Path) -> None:
    def stair(author: Any, storeys: Any) -> None:
        up = Incline(start=(7.5, 1.0), end=(7.5, 6.0), z0_m=0.0, z1_m=2.8, width_m=2.0, depth_m=0.25)
        landing = box(6.0, 6.0, 9.0, 7.5, z0_m=2.6, z1_m=2.8)
        author.stair_flight(storeys[0], "trap", [up, landing], material=CONCRETE)

    assert [b.use for b in bays_of(tmp_path, Row(extra=[stair]))] == ["storage", "stairs", "storage"]


# turned into dwellings


def test_every_storage_bay_is_a_dwelling_of_the_largest_type_that_fits() -> None:
    """45 m2 holds 40 m2 of the types 24 and 40; 6.0 m2 of openings is over 10 % of 45 m2; floor on the ground."""
    found = fit(bay(1), bay(2))
    assert (found.outcome, found.dwellings, found.if_storage, found.load) == ("unknown", 2, 0, "soil")
    assert found.dwellings_by_type == {"1K-24": 0, "2K-40": 2, "2K-48": 0}
    assert found.gfa_m2 == pytest.approx(90.0)
    assert [p.at for p in found.places] == [("B1",), ("B2",)]
    assert (found.places[0].z0_m, found.places[0].z1_m) == (0.0, 2.8)
    assert any("berging kunnen missen" in text for text in found.unknown)
    assert not any("hoogte" in text or "daglicht: een nieuwe pui" in text for text in found.unknown)


def test_unknown_use_is_never_counted_but_said() -> None:
    found = fit(bay(1), bay(2, use="unknown", use_source=""))
    assert (found.dwellings, found.if_storage) == (1, 1)
    alone = fit(bay(1, use="unknown", use_source=""))
    assert (alone.outcome, alone.dwellings, alone.places, alone.if_storage) == ("unknown", 0, (), 1)
    assert "Nog 1 als" in alone.why


@pytest.mark.parametrize("use", ["dwelling", "other", "stairs"])
def test_another_use_is_no_bay_to_convert(use: Any) -> None:
    found = fit(bay(1, use=use))
    assert (found.outcome, found.dwellings, found.if_storage) == ("over", 0, 0)


@pytest.mark.parametrize(
    ("clear_m", "dwellings", "text"),
    [
        (2.09, 0, ""),
        (2.10, 1, "boven 2,1 m van bestaande bouw"),
        (2.59, 1, "boven 2,1 m van bestaande bouw"),
        (2.60, 1, "onder 2,75 m getekend"),
        (2.75, 1, None),
        (math.nan, 1, "vloer of plafond niet in het model"),
    ],
)
def test_clear_height(clear_m: float, dwellings: int, text: str | None) -> None:
    """2.6 m new, 2.1 m existing; 0.15 m for floor and ceiling, so 2.75 m drawn."""
    found = fit(bay(1, clear_m=clear_m))
    assert found.dwellings == dwellings
    assert found.outcome == ("unknown" if dwellings else "over")
    if not dwellings:
        assert f"1 x te laag (B1: {f'{clear_m:.2f}'.replace('.', ',')} m vrij, ten minste 2,1 m)" in found.why
    elif text is None:
        assert not any("hoogte" in line for line in found.unknown)
    else:
        assert any(text in line for line in found.unknown)


@pytest.mark.parametrize(
    ("daylight_m2", "infill_m", "dwellings", "new_front"),
    [
        # 45 m2: 10 % is 4.5 m2; at least 0.55 x 4.5 = 2.475 m2
        (4.5, 0.0, 1, False),
        (4.4, 0.0, 1, True),
        (2.4, 0.0, 0, False),
        # a light facade opens from 0.6 to 2.8 m: 2.2 m per metre; 1.2 m gives 2.64 m2, 1.1 m gives 2.42
        (0.0, 1.2, 1, True),
        (0.0, 1.1, 0, False),
    ],
)
def test_daylight(daylight_m2: float, infill_m: float, dwellings: int, new_front: bool) -> None:
    found = fit(bay(1, daylight_m2=daylight_m2, infill_m=infill_m))
    assert found.dwellings == dwellings
    assert any("nieuwe pui" in line for line in found.unknown) == new_front
    if not dwellings:
        assert "te weinig daglicht in een dragende gevel" in found.why


def test_a_bay_without_facade_is_dark() -> None:
    assert "zonder gevel" in fit(bay(1, facade_m=0.0, infill_m=0.0, daylight_m2=0.0, sides=0)).why


def test_two_bays_need_a_door_that_is_there() -> None:
    """Two bays of 20 m2 make 40 m2 for a type of 36 m2 in two bays, only where a door joins them."""
    types = (unit("1", 1, 24.0), unit("2", 2, 36.0))
    small = {"area_m2": 20.0, "daylight_m2": 3.0, "width_m": 4.0, "depth_m": 5.0}
    joined = fit(bay(1, doors_to=("B2",), **small), bay(2, doors_to=("B1",), **small), unit_types=types)
    assert joined.dwellings_by_type == {"1": 0, "2": 1}
    assert joined.places[0].at == ("B1", "B2")
    assert joined.gfa_m2 == pytest.approx(40.0)
    apart = fit(bay(1, **small), bay(2, **small), unit_types=types)
    assert (apart.dwellings, apart.outcome) == (0, "over")
    assert "2 x te klein" in apart.why


def test_no_bay_twice_and_as_much_area_as_can_be() -> None:
    """Chain of three bays of 20 m2: one pair; with a third of 26 m2 that stands alone, the pair of the other two and it."""
    types = (unit("1", 1, 24.0), unit("2", 2, 36.0))
    small = {"daylight_m2": 3.0, "width_m": 4.0, "depth_m": 5.0}
    doors = [("B2",), ("B1", "B3"), ("B2",)]
    bays = [bay(k + 1, area_m2=a, doors_to=doors[k], **small) for k, a in enumerate((20.0, 20.0, 26.0))]
    found = fit(*bays, unit_types=types)
    assert [p.at for p in found.places] == [("B1", "B2"), ("B3",)]
    assert found.gfa_m2 == pytest.approx(66.0)


def test_bays_that_stand_alone_stay_alone() -> None:
    found = fit(bay(1, doors_to=("B2",)), bay(2, doors_to=("B1",)))
    assert found.dwellings_by_type == {"1K-24": 0, "2K-40": 2, "2K-48": 0}


@pytest.mark.parametrize(
    ("use", "on_soil", "partitions", "load"),
    [
        # dwelling 1.75 + 0.8 = 2.55: storage was 1.75 to 5.0, garage 2.0 to 2.5
        ("storage", True, 0.8, "soil"),
        ("storage", False, 0.8, "unknown"),
        ("storage", False, 0.0, "same"),
        ("garage", False, 0.8, "higher"),
        ("garage", False, 0.0, "lower"),
        ("garage", False, 0.25, "same"),
        ("garage", False, 0.5, "unknown"),
    ],
)
def test_imposed_load_of_the_floor(use: Any, on_soil: bool, partitions: float, load: str) -> None:
    found = fit_plinth([bay(1, use=use, on_soil=on_soil)], HSB, LIMITS, dwelling_kn_m2=1.75, partitions_kn_m2=partitions)
    assert found.load == load


def test_the_worst_change_of_all_bays_counts() -> None:
    found = fit(bay(1), bay(2, on_soil=False), bay(3, on_soil=False, use="garage"))
    assert found.load == "higher"


def test_a_narrow_bay_and_a_hall_are_named() -> None:
    assert "te smal (B1: 2,9 m, ten minste 3,0 m)" in fit(bay(1, width_m=2.9)).why
    hall = fit(bay(1, area_m2=81.0, daylight_m2=20.0))
    assert (hall.outcome, hall.dwellings) == ("unknown", 0)
    assert any("indeling" in text for text in hall.unknown)


def test_deep_with_one_facade_is_named() -> None:
    assert any("licht achterin" in text for text in fit(bay(1, sides=1)).unknown)
    assert not any("licht achterin" in text for text in fit(bay(1, sides=2)).unknown)


def test_a_model_without_bays_is_unknown_not_over() -> None:
    found = fit()
    assert (found.outcome, found.dwellings) == ("unknown", 0)


def test_a_module_needs_its_own_height() -> None:
    """A module of 2.6 m slides into 2.6 m, not into 2.5 m; panels are cut to the bay."""
    assert fit(bay(1, clear_m=2.5), system_kind="module-3d").dwellings == 0
    assert fit(bay(1, clear_m=2.6), system_kind="module-3d").dwellings == 1
    assert fit(bay(1, clear_m=2.5)).dwellings == 1
