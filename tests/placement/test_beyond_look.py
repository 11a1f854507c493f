"""Everything beyond the roof of one building, kept apart from the roof."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from optopscan.catalog.engineering import load_engineering
from optopscan.catalog.load import load_concepts
from optopscan.errors import UsageError
from optopscan.model.beyond import Beyond
from optopscan.pipeline.reading import chosen_concepts
from optopscan.placement.beyond.limits import Limits
from optopscan.placement.beyond.look import BeyondRoof, look_beyond
from optopscan.settings import Settings

from .beyond_models import Row, understood


def look(path: Path) -> BeyondRoof:
    building, structure, bearing = understood(path)
    return look_beyond(building, structure, bearing, load_concepts(), load_engineering(), Settings())


def test_a_row_with_storage_below(tmp_path: Path) -> None:
    """Two gable ends and three bays of storage; roof products get nothing.

    Gable ends: depth not told, 7.5 m counted: 2 columns, 2 storeys of 2.8 m: 2 dwellings each.
    Bays of 42.2 m2 with 6.0 m2 of openings: 3 dwellings of 40 m2.
    """
    found = look(Row().write(tmp_path / "rij.ifc"))
    assert [(r.kind, r.where, r.concept, r.dwellings, r.outcome) for r in found.results] == [
        ("aanplak", "K1", "fictief.kop-clt", 2, "unknown"),
        ("aanplak", "K2", "fictief.kop-clt", 2, "unknown"),
        ("plint", "plint", "fictief.plint-hsb", 3, "unknown"),
    ]
    assert [g.id for g in found.gables] == ["K1", "K2"]
    assert len(found.bays) == 3


def test_nothing_is_ever_ok_and_unknown_has_its_reasons(tmp_path: Path) -> None:
    low = Row(clear_m=2.0, window=(1.0, 0.9, 2.0, 0.9))
    rows = (Row(), Row(floor_name="vloer"), low, Row(gable_holes=[(1.0, 0.5, 6.0, 2.0)]), Row(bearing_facade=True))
    for k, row in enumerate(rows):
        results = look(row.write(tmp_path / f"{k}.ifc")).results
        assert results
        for result in results:
            assert result.outcome != "ok"
            assert bool(result.unknown) == (result.outcome == "unknown")
            assert (result.outcome == "over") <= (result.dwellings == 0)
            assert result.dwellings == len(result.places) == sum(result.dwellings_by_type.values())
            assert result.why


def test_places_do_not_overlap_and_stay_out_of_the_old_plan(tmp_path: Path) -> None:
    found = look(Row().write(tmp_path / "rij.ifc"))
    beside = [place for result in found.results if result.kind == "aanplak" for place in result.places]
    for place in beside:
        assert all(place.polygon.intersection(bay.polygon).area == pytest.approx(0.0, abs=1e-6) for bay in found.bays)
        for other in beside:
            shared = place.polygon.intersection(other.polygon).area
            apart = min(place.z1_m, other.z1_m) <= max(place.z0_m, other.z0_m) + 1e-9
            assert place is other or apart or shared == pytest.approx(0.0, abs=1e-6)


def test_the_same_model_gives_the_same_answer(tmp_path: Path) -> None:
    one, two = (look(Row().write(tmp_path / name)) for name in ("a.ifc", "b.ifc"))

    def told(result: Beyond) -> str:
        return repr(dataclasses.asdict(result))

    assert [told(result) for result in one.results] == [told(result) for result in two.results]


def test_every_limit_has_a_row_and_every_row_is_a_limit() -> None:
    rules = load_engineering().beyond
    limits = Limits.of(rules)
    assert sorted(row.value for row in rules.values()) == sorted(dataclasses.asdict(limits).values())
    assert len(rules) == len(dataclasses.fields(limits))
    assert (limits.height_new_m, limits.height_existing_m, limits.daylight_share) == (2.6, 2.1, 0.1)


def test_no_bbl_number_is_guessed() -> None:
    for row in load_engineering().beyond.values():
        assert "Bbl" not in row.article or "te controleren" in row.article


def test_the_roof_gets_only_roof_products() -> None:
    assert all(concept.on_roof for concept in chosen_concepts(Settings()))
    assert len(chosen_concepts(Settings())) == 10
    with pytest.raises(UsageError, match=r"fictief\.kop-clt.*not meant for a roof"):
        chosen_concepts(Settings(concepts=("fictief.kop-clt",)))
