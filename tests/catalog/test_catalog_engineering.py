"""Engineering values: against figures typed from their sources, and faults in the files."""

from __future__ import annotations

import math
import shutil
from pathlib import Path

import pytest

from optopscan.catalog.engineering import Engineering, load_engineering, load_new_roof
from optopscan.catalog.faults import CatalogError
from optopscan.catalog.load import lint
from optopscan.errors import UsageError

FOLDER = Path(__file__).resolve().parents[2] / "catalog" / "engineering"


@pytest.fixture(scope="module")
def values() -> Engineering:
    return load_engineering()


# Columns: 6.10a, 6.10b, imposed, wind. nieuwbouw: EN 1990 Dutch annex NB.4/NB.5 (wind as imposed);
# nen8700: NEN 8700 table A1.2 as practice knows it; nen8700-brug: public table of Amsterdam bridges.
FACTORS = [
    ("nen8700", "nieuwbouw", "CC1", (1.20, 1.10, 1.35, 1.35)),
    ("nen8700", "nieuwbouw", "CC2", (1.35, 1.20, 1.50, 1.50)),
    ("nen8700", "nieuwbouw", "CC3", (1.50, 1.30, 1.65, 1.65)),
    ("nen8700", "verbouw", "CC1", (1.15, 1.05, 1.10, 1.20)),
    ("nen8700", "verbouw", "CC2", (1.30, 1.15, 1.30, 1.40)),
    ("nen8700", "verbouw", "CC3", (1.40, 1.25, 1.50, 1.60)),
    ("nen8700", "afkeur", "CC1", (1.10, 1.00, 1.05, 1.10)),
    ("nen8700", "afkeur", "CC2", (1.20, 1.10, 1.15, 1.30)),
    ("nen8700", "afkeur", "CC3", (1.30, 1.15, 1.30, 1.50)),
    ("nen8700-brug", "verbouw", "CC1", (1.10, 1.10, 1.10, 1.20)),
    ("nen8700-brug", "verbouw", "CC2", (1.25, 1.15, 1.30, 1.40)),
    ("nen8700-brug", "verbouw", "CC3", (1.30, 1.20, 1.50, 1.60)),
    ("nen8700-brug", "afkeur", "CC1", (1.00, 1.00, 1.05, 1.10)),
    ("nen8700-brug", "afkeur", "CC2", (1.10, 1.10, 1.15, 1.30)),
    ("nen8700-brug", "afkeur", "CC3", (1.25, 1.15, 1.30, 1.50)),
]


@pytest.mark.parametrize(("name", "level", "cc", "gammas"), FACTORS)
def test_factor_sets(values: Engineering, name: str, level: str, cc: str, gammas: tuple[float, ...]) -> None:
    found = values.factor_set(name, level, cc)
    assert (found.gamma_ga, found.gamma_gb, found.gamma_q, found.gamma_q_wind) == gammas
    assert found.gamma_g_inf == 0.9
    assert found.source


def test_heavier_set_is_the_default_and_never_below_the_other(values: Engineering) -> None:
    assert values.factor_set_names == ("nen8700", "nen8700-brug")
    heavier = {(f.level, f.consequence_class): f for f in values.factor_sets if f.id == "nen8700"}
    for other in values.factor_sets:
        own = heavier[other.level, other.consequence_class]
        assert own.gamma_q == other.gamma_q
        assert own.gamma_ga >= other.gamma_ga


def test_unread_standard_is_marked_uncertain(values: Engineering) -> None:
    assert {values.factor_set("nen8700", level, "CC2").confidence for level in ("verbouw", "afkeur")} == {"uncertain"}


@pytest.mark.parametrize(
    ("name", "level", "cc", "message"),
    [
        ("nen8701", "verbouw", "CC2", "did you mean nen8700"),
        ("nen8700", "renovatie", "CC2", "renovatie"),
        ("nen8700", "verbouw", "CC4", "CC4"),
    ],
)
def test_unknown_factor_set_is_a_usage_error(values: Engineering, name: str, level: str, cc: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        values.factor_set(name, level, cc)


@pytest.mark.parametrize(
    ("use", "load"),
    [
        ("dwelling", (1.75, 0.4, 0.5, 0.3)),
        ("office", (2.5, 0.5, 0.5, 0.3)),
        ("roof", (1.0, 0.0, 0.0, 0.0)),
        ("balcony", (2.5, 0.4, 0.5, 0.3)),
    ],
)
def test_imposed_loads(values: Engineering, use: str, load: tuple[float, ...]) -> None:
    found = values.use(use)
    assert (found.q_k_kn_m2, found.psi0, found.psi1, found.psi2) == load


def test_unknown_use_is_a_usage_error(values: Engineering) -> None:
    with pytest.raises(UsageError, match="did you mean dwelling"):
        values.use("dweling")


# Old Dutch grades as in a published assessment table: concrete fck, reinforcement fyk and prescribed fyd.
@pytest.mark.parametrize(
    ("grade", "strength", "design"),
    [
        ("K225", 13, None),
        ("K300", 19, None),
        ("B22.5", 18, None),
        ("QR24", 240, None),
        ("QR40", 400, 330),
        ("FeB400", 400, None),
        ("C20/25", 20, None),
        ("S235", 235, None),
        ("C18", 18, None),
        ("C24", 21, None),
    ],
)
def test_grades(values: Engineering, grade: str, strength: float, design: float | None) -> None:
    (row,) = (row for row in values.grades if row.grade == grade)
    assert row.strength_mpa == strength
    assert math.isnan(row.design_mpa) if design is None else row.design_mpa == design


@pytest.mark.parametrize(
    ("group", "year", "strength"),
    [
        ("clay", 1944, 3.0),
        ("clay", 1958, 3.8),
        ("calcium-silicate", 1977, 4.5),
        ("calcium-silicate", 1978, 6.6),
        ("concrete", 1950, 9),
        ("concrete", 1955, 10),
        ("concrete", 1970, 13),
        ("concrete", 1980, 14),
        ("concrete", 1995, 20),
        ("steel", 1980, 235),
    ],
)
def test_era_defaults(values: Engineering, group: str, year: int, strength: float) -> None:
    (row,) = (row for row in values.era_defaults if row.group == group and row.year_from <= year < row.year_before)
    assert row.strength_mpa == strength


def test_no_default_for_materials_that_nobody_can_guess(values: Engineering) -> None:
    assert not {"masonry", "natural-stone", "aerated-concrete", "timber-frame"} & {row.group for row in values.era_defaults}


# Height of the highest floor -> minutes of fire resistance of the new main structure.
@pytest.mark.parametrize(("floor_m", "minutes"), [(5.6, 60), (7.0, 60), (7.01, 90), (12.9, 90), (13.0, 90), (13.1, 120)])
def test_fire_bands_meet_without_gap_or_overlap(values: Engineering, floor_m: float, minutes: float) -> None:
    hits = [flag.limit for flag in values.flags if flag.code.startswith("fire-") and flag.limit_unit == "min" and flag.applies(floor_m)]
    assert hits == [minutes]


@pytest.mark.parametrize(
    ("code", "value", "applies", "near"),
    [
        ("lift", 12.5, False, True),
        ("lift", 12.6, True, True),
        ("lift", 11.9, False, False),
        ("second-stair-area", 801, True, True),
        ("cc2b", 4, False, False),
        ("cc2b", 5, True, False),
        ("cavity-ties", 1984, True, False),
        ("cavity-ties", 1985, False, False),
        ("chloride-floor", 1964, False, False),
        ("chloride-floor", 1965, True, False),
        ("lift", math.nan, False, False),
        ("groningen", 1.0, False, False),
    ],
)
def test_flag_thresholds(values: Engineering, code: str, value: float, applies: bool, near: bool) -> None:
    (flag,) = (flag for flag in values.flags if flag.code == code)
    assert (flag.applies(value), flag.is_near(value)) == (applies, near)


def test_no_article_pretends_to_be_a_current_one(values: Engineering) -> None:
    for flag in values.flags:
        assert "Bouwbesluit" not in flag.article or "Bbl-nummer te controleren" in flag.article


def test_texts_exist_in_both_languages(values: Engineering) -> None:
    rows = [*values.flags, *values.not_checked]
    assert all(row.nl.strip() and row.en.strip() and row.nl != row.en for row in rows if row.nl != "Asbest.")


def changed(folder: Path, name: str, old: str, new: str) -> Path:
    copy = folder / "engineering"
    shutil.copytree(FOLDER, copy)
    text = (copy / name).read_text(encoding="utf-8")
    assert old in text
    (copy / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return copy


@pytest.mark.parametrize(
    ("name", "old", "new", "key"),
    [
        ("factor_sets.toml", "gamma_ga = 1.35", "gamma_ga = 13.5", "factor[2].gamma_ga"),
        ("factor_sets.toml", 'confidence = "sourced"', 'confidence = "sure"', "factor[1].confidence"),
        ("factor_sets.toml", 'set = "nen8700"', 'set = "nen8700x"', "factor"),
        ("imposed.toml", "psi0 = 0.4", 'psi0 = "0,4"', "imposed[1].psi0"),
        ("imposed.toml", 'use = "communal"', 'use = "dwelling"', "imposed[2].use"),
        ("densities.toml", "lo_kg_m3 = 2400.0", "lo_kg_m3 = 2600.0", "density[1].lo_kg_m3"),
        ("grades.toml", 'grade = "K160"', 'grade = "K150"', "grade[2].group"),
        ("era_defaults.toml", "year_from = 1945", "year_from = 1940", "era[2].year_from"),
        ("not_checked.toml", "en = ", "eng = ", "not_checked[1].eng"),
        ("flags.toml", 'topic = "fire"', 'topic = "fires"', "flag[1].topic"),
        ("flags.toml", 'source = "', '# source = "', "flag[1].source"),
        ("costs.toml", "lo_eur = 600.0", "lo_eur = 6000.0", "cost[1].lo_eur"),
        ("costs.toml", 'unit = "m2"', 'unit = "m3"', "cost[1].unit"),
        ("business.toml", 'unknown = "geen gepubliceerde huur gevonden"\n', "", "assumption[4].lo"),
        ("business.toml", "hi = 3333.0", "hi = 333.0", "assumption[17].lo"),
        ("business.toml", "hi = 3333.0", "", "assumption[17].lo"),
        ("business.toml", "lo = 833.0", 'unknown = "x"', "assumption[17].unknown"),
        ("consent.toml", "share = 0.7", "share = 70.0", "consent[1].share"),
        ("new_roof.toml", "lo_kn_m2 = 0.15", "lo_kn_m2 = 15.0", "new_roof[2].lo_kn_m2"),
        ("sun.toml", '"02-19"', '"02-30"', "sun_norm[1].dates[1]"),
        ("sun.toml", '"02-19"', '"19-02"', "sun_norm[1].dates[1]"),
        ("rules.toml", 'effect = "stop"', 'effect = "stops"', "rule[1].effect"),
        ("rules.toml", 'article = "omgevingsplan van de gemeente"\n', "", "rule[1].article"),
        ("rules.toml", 'above_quantity = "height_max_m"\n', "", "rule[1].quantity"),
        ("rules.toml", "met_from = 60.0\n", "", "rule[2].met_by"),
    ],
)
def test_faults_in_engineering_files(tmp_path: Path, name: str, old: str, new: str, key: str) -> None:
    folder = changed(tmp_path, name, old, new)
    with pytest.raises(CatalogError) as caught:
        load_engineering(folder)
    assert caught.value.faults[0].key == key
    assert {fault.file for fault in caught.value.faults} == {name}
    assert [fault.key for fault in lint([folder])] == [fault.key for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("name", "old", "new", "key"),
    [
        ("rules.toml", 'flag = "fire-60"', 'flag = "fire-6"', "rule[2].flag"),
        ("new_roof.toml", 'cost = "roof-pv"', 'cost = "roof-pvx"', "new_roof[2].cost"),
        ("new_roof.toml", 'cost = "roof-pv"', 'cost = "lift"', "new_roof[2].cost"),
    ],
)
def test_names_of_rows_in_another_file(tmp_path: Path, name: str, old: str, new: str, key: str) -> None:
    with pytest.raises(CatalogError) as caught:
        load_engineering(changed(tmp_path, name, old, new))
    assert [(fault.file, fault.key) for fault in caught.value.faults] == [(name, key)]


@pytest.mark.parametrize(("kind", "lo", "hi"), [("bare", 0.0, 0.0), ("pv", 0.15, 0.25), ("pv-ballast", 0.3, 0.6), ("green", 0.8, 1.5)])
def test_new_roofs(kind: str, lo: float, hi: float) -> None:
    roof = load_new_roof(kind)
    assert (roof.lo_kn_m2, roof.hi_kn_m2) == (lo, hi)
    assert math.isnan(roof.carbon_emitted_kg_m2) == (kind != "bare")


def test_unknown_roof_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="did you mean green"):
        load_new_roof("gren")


def test_missing_file_is_a_usage_error(tmp_path: Path) -> None:
    copy = tmp_path / "engineering"
    shutil.copytree(FOLDER, copy)
    (copy / "flags.toml").unlink()
    with pytest.raises(UsageError, match=r"flags\.toml is missing"):
        load_engineering(copy)
