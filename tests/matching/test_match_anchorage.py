"""Anchorage in a match: a condition with a number, alike for products that state too weak connectors and that state none."""

from __future__ import annotations

import dataclasses
import math
import re
from dataclasses import replace

import pytest

from optopscan.catalog.load import load_concepts
from optopscan.families import load_families
from optopscan.matching import Anchorage, blocks_of, match
from optopscan.matching.anchoring import anchorage_of, need_nl, up_nl
from optopscan.matching.match import checked, loaded
from optopscan.report.match import text as match_text
from optopscan.report.match.table_csv import match_csv
from optopscan.settings import Settings

BLOCK = "galerij-kalkzandsteen"
SETTINGS = Settings(max_extra_storeys=2)
BREED = next(product for product in load_concepts() if product.id == "fictief.hsb-breed")


def with_connectors(name: str, uplift_kn_m: float, shear_kn_m: float):
    return dataclasses.replace(BREED, id=name, connector_uplift_kn_m=uplift_kn_m, connector_shear_kn_m=shear_kn_m)


@pytest.fixture(scope="module")
def blocks():
    return blocks_of([family for family in load_families() if family.id == BLOCK])


@pytest.fixture(scope="module")
def found(blocks):
    """One product of which the connectors differ: none (first by name), one strength, the catalogue's weak ones, and strong ones."""
    some = [
        with_connectors("a-none", math.nan, math.nan),
        with_connectors("b-half", 1e6, math.nan),
        with_connectors("c-weak", 6.7, 6.7),
        with_connectors("d-strong", 1e4, 1e4),
    ]
    return match(some, blocks, SETTINGS, place=False)


def test_weak_connectors_and_none_get_one_class_and_one_number(found) -> None:
    cells = [found.cell(name, BLOCK) for name in ("a-none", "b-half", "c-weak", "d-strong")]
    assert [(cell.outcome, cell.possible, cell.lacks) for cell in cells] == [("fits-if", 2, ())] * 4
    assert len({(cell.anchorage.storeys, cell.anchorage.uplift_kn_m, cell.anchorage.shear_kn_m) for cell in cells}) == 1
    assert [cell.anchorage.stated for cell in cells] == [False, False, True, True]
    assert [cell.anchorage.holds for cell in cells] == [False, False, False, True]
    # what governs is told of the same check
    assert len({(cell.part, cell.clause, cell.uc) for cell in cells}) == 1


def test_the_condition_tells_the_number_and_what_is_stated(found) -> None:
    none, weak, strong = (found.cell(name, BLOCK) for name in ("a-none", "c-weak", "d-strong"))
    number = f"mits verankering >= {up_nl(none.anchorage.uplift_kn_m)} kN/m trek tegelijk met"
    assert number in none.why
    assert number in weak.why
    assert "geen volledige opgave" in none.why
    assert f"geeft 6,7 en 6,7, {up_nl(weak.anchorage.use)} keer te licht: daarmee 0 bouwlagen" in weak.why
    assert "verankering" not in strong.why
    assert weak.why.count("verankering") == 1


def test_what_states_its_connectors_is_never_behind_what_does_not(found) -> None:
    assert [reach.product for reach in found.ranking()] == ["c-weak", "d-strong", "a-none", "b-half"]
    assert [reach.unstated for reach in found.ranking()] == [0, 0, 1, 1]


def test_the_number_is_just_enough(found, blocks) -> None:
    need = found.cell("c-weak", BLOCK).anchorage
    # pull and shear are added up, so a connector that is used half by each just does
    up, down = 2.0 * need.uplift_kn_m, 2.0 * need.shear_kn_m
    again = match(
        [with_connectors("just", 1.001 * up, 1.001 * down), with_connectors("short", 0.999 * up, 0.999 * down)],
        blocks,
        SETTINGS,
        place=False,
    )
    assert [again.cell(name, BLOCK).anchorage.holds for name in ("just", "short")] == [True, False]
    assert "verankering" not in again.cell("just", BLOCK).why


def test_every_state_up_to_the_storeys_counts(found, blocks) -> None:
    """A single storey may pull more than two that weigh it down."""
    sides = checked([BREED], loaded(blocks[0], SETTINGS)).checks.sides
    light = tuple(replace(row, uplift_kn=9.0 * row.uplift_kn) if row.scenario.endswith("+1") else row for row in sides.anchorage)
    one, two = (anchorage_of(replace(sides, anchorage=light), BREED, storeys) for storeys in (1, 2))
    assert one.uplift_kn_m == two.uplift_kn_m
    assert two.uplift_kn_m > 2.0 * found.cell("c-weak", BLOCK).anchorage.uplift_kn_m
    assert two.shear_kn_m > one.shear_kn_m


def test_connectors_never_hide_what_else_stops() -> None:
    brick = blocks_of([family for family in load_families() if family.id == "portiek-baksteen-1950"])
    for some in (BREED, with_connectors("a-none", math.nan, math.nan)):
        [cell] = match([some], brick, SETTINGS, place=False).cells
        assert (cell.outcome, cell.possible) == ("fails", 0)
        assert cell.why.startswith("verticale last, hele dak, +1")
        assert [lack.key for lack in cell.lacks] == ["load_kn_m2"]


def test_the_views_tell_the_number(found) -> None:
    need = found.cell("c-weak", BLOCK).anchorage
    line = f"  c-weak: {need_nl(need)} op dit dak; opgegeven 6,7 en 6,7"
    text = match_text.text(found).splitlines()
    assert line in text
    assert not any(row.startswith("  d-strong: >=") for row in text)
    rows = match_csv(found).decode("utf-8-sig").splitlines()
    head = rows[0].split(";")
    weak = dict(zip(head, rows[3].split(";"), strict=False))
    assert weak["verankering_trek_kn_m"] == f"{need.uplift_kn_m:.1f}".replace(".", ",")
    assert weak["opgegeven_trek_kn_m"] == "6,7"
    plain = match_text.as_json(found)["cells"][0]["anchorage"]
    assert plain["stated_uplift_kn_m"] is None
    assert plain["uplift_kn_m"] == need.uplift_kn_m


def test_a_number_is_rounded_up_and_no_pull_is_no_number() -> None:
    assert [up_nl(value) for value in (6.0, 6.01, 6.1, 0.0)] == ["6,0", "6,1", "6,1", "0,0"]
    need = Anchorage(storeys=1, uplift_kn_m=0.0, shear_kn_m=2.0, stated_uplift_kn_m=math.nan, stated_shear_kn_m=math.nan, use=math.nan)
    assert need_nl(need) == ">= 2,0 kN/m afschuiving, geen trek"
    assert not need.holds


def test_reasons_have_decimal_commas(found) -> None:
    """Numbers of sentences, not of articles as 5.4(2) or 6.1.2.2."""
    told = " ".join(cell.why for cell in found.cells)
    assert re.search(r"\d,\d", told)
    assert not re.search(r"(UC|en|tot|:) \d+\.\d+(?![\d.]*\()", told)
