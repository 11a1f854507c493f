"""Which families are refused by rule and which keep a reservation, by what they are made of."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from family_scans import FAMILIES

from optopscan.catalog.data import data_root
from optopscan.catalog.engineering import load_engineering
from optopscan.catalog.family_rows import FamilyRule
from optopscan.catalog.faults import CatalogError
from optopscan.families import Family, excluded, reservations


def made_of(family_id: str, **change: object) -> Family:
    """A family of ours that is built of something else."""
    family = FAMILIES[family_id]
    materials = {key: change.pop(key) for key in ("wall", "floor") if key in change}
    file = family.file.model_copy(update={**change, "materials": family.file.materials.model_copy(update=materials)})
    return replace(family, file=file)


def test_of_the_nine_only_timber_floors_are_refused() -> None:
    assert {family_id for family_id, family in FAMILIES.items() if excluded(family)} == {"vooroorlogs-houten-vloeren"}
    refused = excluded(FAMILIES["vooroorlogs-houten-vloeren"])
    assert refused is not None
    assert refused.rule == "timber-floors"
    for word in ("schijfwerking", "brand", "geluid"):
        assert word in refused.nl
    assert refused.source
    assert refused.confidence == "expert"


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"floor": "houten balken met delen"}, "timber-floors"),
        ({"systems": ["Airey"]}, "light-montage"),
        ({"systems": ["iets", "bmb"]}, "light-montage"),
        ({"systems": ["aireyachtig"]}, None),
        ({"wall": "hout"}, None),
        ({}, None),
    ],
)
def test_a_rule_looks_at_what_it_is_made_of(change: dict[str, object], rule: str | None) -> None:
    refused = excluded(made_of("gietbouw-portiek", **change))
    assert (refused.rule if refused else None) == rule


def test_what_stays_unknown() -> None:
    kept = {family_id: [row.rule for row in reservations(family)] for family_id, family in FAMILIES.items()}
    assert {family_id: rules for family_id, rules in kept.items() if rules} == {
        "grootpaneel-portiek": ["panel-joints"],
        "muwi-holle-blokken": ["hollow-block"],
    }


def test_a_rule_without_condition_is_a_fault(tmp_path) -> None:
    folder = tmp_path / "engineering"
    shutil.copytree(str(data_root() / "engineering"), folder)
    table = folder / "families.toml"
    table.write_text(table.read_text(encoding="utf-8").replace('floor_group = "timber"\n', ""), encoding="utf-8")
    with pytest.raises(CatalogError, match=r"families.toml:\d+: family_rule\[1\]: no condition; expected one or more of wall_group"):
        load_engineering(folder)


def test_every_condition_of_a_rule_must_hold() -> None:
    rule = FamilyRule(
        id="both", outcome="refused", wall_group="concrete", systems=["airey"], nl="beide", en="both", source="test", confidence="uncertain"
    )
    values = replace(load_engineering(), family_rules={"both": rule})
    assert excluded(made_of("gietbouw-portiek", systems=["airey"]), values) is not None
    assert excluded(made_of("gietbouw-portiek", systems=["gietbouw"]), values) is None
    assert excluded(made_of("muwi-holle-blokken", systems=["airey"]), values) is None
