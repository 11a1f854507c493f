"""The products that come with optopscan, the margin on single values, the published schema."""

from __future__ import annotations

import datetime
import json
import math
import shutil
import tomllib
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

import optopscan.catalog.data as data
from optopscan.catalog.concept import Concept
from optopscan.catalog.engineering import load_engineering
from optopscan.catalog.load import lint, load_concept, load_concepts, schema
from optopscan.catalog.numbers import LoadNumber, quantity
from optopscan.catalog.schema import SCHEMA_FILE, schema_text
from optopscan.errors import UsageError

CHECKOUT = Path(__file__).resolve().parents[2] / "catalog"
DATE = datetime.date(2026, 11, 1)

# Weight of one added storey, floor and walls, in kN/m2 gross floor area (lo, usual, hi): the
# bands per way of building that the products were drawn from, typed here from their source.
STOREY_BANDS = {
    "fictief.hsb-2d": (1.2, 1.6, 2.2),
    "fictief.hsb-3d": (1.8, 2.1, 2.6),
    "fictief.clt-3d": (2.4, 2.8, 3.5),
    "fictief.staal-hybride": (1.6, 2.0, 2.4),
    "fictief.betonvloer": (4.5, 5.0, 6.5),
    "fictief.clt-2d": (2.2, 2.7, 3.2),
    "fictief.hsb-breed": (1.8, 2.1, 2.6),
    # within the band of timber frame elements, heavier than these by its wet core
    "fictief.kern-hsb": (1.39, 1.79, 2.34),
    # the module of hsb-3d on columns of its own
    "fictief.gevelframe": (1.8, 2.1, 2.6),
    "fictief.tafel": (1.8, 2.1, 2.6),
}


@pytest.fixture(scope="module")
def concepts() -> dict[str, Concept]:
    """The examples among them; a product of a maker has numbers of its own."""
    return {concept.id: concept for concept in load_concepts() if concept.id.startswith("fictief.")}


def test_everything_that_ships_is_free_of_faults() -> None:
    assert lint([CHECKOUT]) == ()


def test_a_dozen_products_all_marked_fictitious_ten_for_a_roof(concepts: dict[str, Concept]) -> None:
    assert len(concepts) == 12
    assert sorted(name for name, concept in concepts.items() if concept.on_roof) == sorted(STOREY_BANDS)
    assert {name: concept.access for name, concept in concepts.items() if not concept.on_roof} == {
        "fictief.kop-clt": ("aanplak",),
        "fictief.plint-hsb": ("plint",),
    }
    assert all(concept.fictitious and "fictief" in concept.name for concept in concepts.values())


@pytest.mark.parametrize("name", sorted(STOREY_BANDS))
@pytest.mark.parametrize(("bound", "n"), [("lo", 0), ("value", 1), ("hi", 2)])
def test_weight_of_a_storey_lies_in_the_band_of_its_way_of_building(concepts: dict[str, Concept], name: str, bound: str, n: int) -> None:
    concept = concepts[name]
    weight = concept.storey_load_kn_m2(width_m=concept.width_m, length_m=concept.length_m, bound=bound)  # type: ignore[arg-type]
    assert weight == pytest.approx(STOREY_BANDS[name][n], abs=0.02)


@pytest.mark.parametrize("width_m", [3.0, 3.6])
@pytest.mark.parametrize("length_m", [6.0, 12.0])
@pytest.mark.parametrize("bound", ["lo", "value", "hi"])
def test_heavier_ways_of_building_weigh_more_at_every_size(
    concepts: dict[str, Concept], width_m: float, length_m: float, bound: str
) -> None:
    order = ["fictief.hsb-2d", "fictief.kern-hsb", "fictief.hsb-3d", "fictief.clt-2d", "fictief.clt-3d", "fictief.betonvloer"]
    weights = [concepts[name].storey_load_kn_m2(width_m=width_m, length_m=length_m, bound=bound) for name in order]  # type: ignore[arg-type]
    assert weights == sorted(weights)
    assert len(set(weights)) == len(weights)


def test_walkway_of_the_products_is_that_of_the_access_table(concepts: dict[str, Concept]) -> None:
    """A product without a walkway of its own takes that table's; the fictitious ones state the same, so nothing hangs on who says it."""
    usual = load_engineering().access["walkway_permanent"]
    stated = {name: one.g_gallery_kn_m2 for name, one in concepts.items() if one.g_gallery_kn_m2.known}
    assert set(stated) == {name for name, one in concepts.items() if {"galerij", "corridor"} & set(one.access)}
    assert {(one.lo, one.value, one.hi) for one in stated.values()} == {(usual.lo, usual.value, usual.hi)}


def test_anchorage_of_a_product_follows_from_its_connectors(concepts: dict[str, Concept]) -> None:
    """Lower values over their distance: 10 kN / 1.5 m; a product without connectors states none."""
    assert concepts["fictief.hsb-breed"].connector_uplift_kn_m == pytest.approx(6.667, abs=0.001)
    assert concepts["fictief.clt-2d"].connector_shear_kn_m == pytest.approx(6.667, abs=0.001)
    assert math.isnan(concepts["fictief.hsb-3d"].connector_uplift_kn_m)


def test_modules_fit_dutch_bays_and_the_road(concepts: dict[str, Concept]) -> None:
    for concept in (one for one in concepts.values() if one.on_roof):
        wide = concept.id == "fictief.hsb-breed"
        assert concept.width_options_m == ((4.2,) if wide else (3.0, 3.6))
        assert (concept.length_lo_m, concept.length_hi_m) == ((9.0, 11.0) if wide else (6.0, 12.0))
        assert 3.0 <= concept.height_m <= 3.3


def number(**keys: object) -> LoadNumber:
    return LoadNumber.model_validate(keys)


@pytest.mark.parametrize(
    ("keys", "lo", "hi"),
    [
        # 2.0 x 0.85 = 1.7 and 2.0 x 1.15 = 2.3
        ({"value": 2.0}, 1.7, 2.3),
        ({"value": 2.0, "basis": "declared"}, 1.7, 2.3),
        ({"value": 2.0, "basis": "assumed"}, 1.7, 2.3),
        ({"value": 2.0, "basis": "measured"}, 2.0, 2.0),
        ({"value": 2.0, "basis": "calculated"}, 2.0, 2.0),
        ({"value": 2.0, "lo": 1.9, "hi": 2.1, "basis": "assumed"}, 1.9, 2.1),
        ({"value": 2.0, "lo": 1.9}, 1.9, 2.3),
    ],
)
def test_single_value_that_nobody_measured_gets_a_margin(keys: dict[str, object], lo: float, hi: float) -> None:
    found = quantity(number(**keys), date=DATE)
    assert (found.lo, found.value, found.hi) == pytest.approx((lo, 2.0, hi))


def test_unknown_stays_unknown_with_its_reason() -> None:
    found = quantity(number(value="onbekend", reason="niet gewogen"), date=DATE)
    assert math.isnan(found.value)
    assert math.isnan(found.lo)
    assert math.isnan(found.hi)
    assert not found.known
    assert found.source == "niet gewogen"


def test_published_schema_is_the_one_that_the_reader_gives() -> None:
    published = (CHECKOUT / SCHEMA_FILE).read_text(encoding="utf-8")
    assert published == schema_text(), "run: optopscan catalog schema > catalog/concept.schema.json"


def test_every_product_names_the_schema_for_its_editor() -> None:
    for file in sorted((CHECKOUT / "concepts").glob("*.toml")):
        first = file.read_text(encoding="utf-8").split("\n", 1)[0]
        assert first.startswith("#:schema ")
        assert (file.parent / first.removeprefix("#:schema ")).resolve() == CHECKOUT / SCHEMA_FILE


def test_schema_accepts_every_product_that_ships() -> None:
    published = schema()
    jsonschema.Draft202012Validator.check_schema(published)
    validator = jsonschema.Draft202012Validator(published)
    for file in sorted((CHECKOUT / "concepts").glob("*.toml")):
        content = json.loads(json.dumps(tomllib.loads(file.read_text(encoding="utf-8")), default=str))
        assert not list(validator.iter_errors(content)), file.name


@pytest.mark.parametrize(
    ("table", "key", "value"),
    [
        ("structure", "g_wall_kn_m", "0,8"),
        ("structure", "g_wall_kn_m", -1),
        ("structure", "g_wall_kn_m", "onbekend"),
        ("structure", "supports", "line"),
        ("geometry", "width_m", 3600),
        ("geometry", "wide_m", 3.6),
    ],
)
def test_schema_refuses_what_the_loader_refuses(table: str, key: str, value: object) -> None:
    file = CHECKOUT / "concepts" / "hsb-3d-module.toml"
    content = json.loads(json.dumps(tomllib.loads(file.read_text(encoding="utf-8")), default=str))
    content[table][key] = value
    assert list(jsonschema.Draft202012Validator(schema()).iter_errors(content))


# Where the data stand


def complete(folder: Path) -> Path:
    for name in (data.CONCEPTS, data.ENGINEERING):
        (folder / name).mkdir(parents=True)
    return folder


def test_package_data_come_before_the_checkout(tmp_path: Path) -> None:
    wheel, checkout = complete(tmp_path / "wheel"), complete(tmp_path / "checkout")
    assert data.data_root([wheel, checkout]) == wheel


def test_incomplete_place_is_passed_over(tmp_path: Path) -> None:
    stray = tmp_path / "stray"
    (stray / data.CONCEPTS).mkdir(parents=True)
    checkout = complete(tmp_path / "checkout")
    assert data.data_root([tmp_path / "absent", stray, checkout]) == checkout


def test_no_data_at_all_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="catalogue data not found"):
        data.data_root([tmp_path])


def test_candidates_are_the_package_then_the_folder_beside_it() -> None:
    package = Path(str(files("optopscan.catalog")))
    assert [Path(str(place)) for place in data.candidates()] == [package / "data", package.parent.parent / "catalog"]


def test_installed_package_reads_its_own_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site-packages" / "optopscan" / "catalog"
    shutil.copytree(CHECKOUT, package / "data")
    only = package / "data" / "concepts" / "hsb-3d-module.toml"
    for file in only.parent.glob("*.toml"):
        if file != only:
            file.unlink()
    # A stray folder of another distribution beside the package.
    (tmp_path / "site-packages" / "catalog").mkdir()
    monkeypatch.setattr(data, "files", lambda _: package)
    assert [concept.id for concept in load_concepts()] == ["fictief.hsb-3d"]


def test_one_file_and_its_folder_give_the_same_record(concepts: dict[str, Concept]) -> None:
    assert load_concept(CHECKOUT / "concepts" / "clt-3d-module.toml") == concepts["fictief.clt-3d"]


def test_products_on_their_own_columns_state_where_these_stand(concepts: dict[str, Concept]) -> None:
    own = {name for name, concept in concepts.items() if concept.own_support}
    assert own == {"fictief.gevelframe", "fictief.tafel"}
    assert (concepts["fictief.gevelframe"].columns, concepts["fictief.tafel"].columns) == ("outside", "through")
    assert all(concepts[name].column_distance_m <= concepts[name].transfer_reach_m for name in own)


def test_reach_of_a_transfer_layer_is_the_least_of_limit_and_depth(concepts: dict[str, Concept]) -> None:
    """20 x 0.35 m = 7.0 m, above the limit of 6.0 m; 20 x 0.25 m = 5.0 m, below it; without a ratio the limit alone."""
    concept = concepts["fictief.hsb-2d"]
    assert concept.transfer_reach_m == pytest.approx(6.0)
    assert replace(concept, transfer_depth_m=0.25).transfer_reach_m == pytest.approx(5.0)
    assert replace(concept, transfer_depth_m=0.25, transfer_span_to_depth_max=math.nan).transfer_reach_m == pytest.approx(6.0)
