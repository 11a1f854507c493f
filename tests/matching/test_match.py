"""Products on building families: one take-down per block, nothing called a fit that is not proven."""

from __future__ import annotations

import dataclasses
import itertools
import math
import pickle
import sys
from pathlib import Path

import pytest

from optopscan.catalog.concept import UNSTATED
from optopscan.catalog.load import load_concepts
from optopscan.errors import UsageError
from optopscan.families import load_families
from optopscan.matching import Block, block_of_files, blocks_of, judge, match
from optopscan.matching.matrix import Cell
from optopscan.settings import Settings

FAMILIES = {family.id: family for family in load_families()}
PRODUCTS = {product.id: product for product in load_concepts()}
MODULE = sys.modules["optopscan.matching.match"]
HIGHEST = 6
LIGHT_TO_HEAVY = ("fictief.hsb-3d", "fictief.clt-3d", "fictief.betonvloer")
GALLERY, BRICK, TIMBER = "galerij-kalkzandsteen", "portiek-baksteen-1950", "vooroorlogs-houten-vloeren"


def products(*ids: str):
    return [PRODUCTS[name] for name in ids]


def typical_of(*ids: str) -> tuple[Block, ...]:
    return blocks_of([FAMILIES[name] for name in ids])


def as_high(*ids: str):
    """The products with one limit on their own storeys: the order is about the building below, not about what a maker stacks."""
    return [dataclasses.replace(PRODUCTS[name], max_storeys=HIGHEST) for name in ids]


@pytest.fixture(scope="module")
def every_family():
    return match(as_high(*LIGHT_TO_HEAVY), typical_of(*FAMILIES), Settings(max_extra_storeys=HIGHEST), place=False)


def test_the_lighter_product_never_reaches_lower(every_family) -> None:
    rows = {block.id: [every_family.cell(name, block.id) for name in LIGHT_TO_HEAVY] for block in every_family.blocks if not block.refused}
    storeys = {name: [cell.vertical_only for cell in cells] for name, cells in rows.items()}
    assert len(rows) == 8
    for name, cells in rows.items():
        assert storeys[name] == sorted(storeys[name], reverse=True), name
        for light, heavy in itertools.pairwise(cells):
            # of as many storeys the unity check is told about the same state
            assert light.vertical_only > heavy.vertical_only or light.uc < heavy.uc, name
    # not all the same: the heavy floor costs storeys somewhere
    assert any(row[0] > row[-1] for row in storeys.values())


def test_what_fails_says_where_and_by_how_much(every_family) -> None:
    cell = every_family.cell("fictief.betonvloer", BRICK)
    assert (cell.outcome, cell.possible, cell.dwellings) == ("fails", 0, None)
    assert cell.uc > 1.0
    assert cell.margin == pytest.approx(1.0 - cell.uc)
    assert cell.part in cell.why
    assert f"UC {cell.uc:.2f}".replace(".", ",") in cell.why


def test_a_condition_names_what_is_not_known(every_family) -> None:
    cell = every_family.cell("fictief.hsb-3d", GALLERY)
    assert (cell.outcome, cell.proven) == ("fits-if", 0)
    assert cell.possible > 0
    assert judge.NOT_LAID_OUT in cell.why
    assert "fundering" in cell.why


def test_an_excluded_family_is_refused_unread(every_family, monkeypatch) -> None:
    reach = every_family.reach("fictief.hsb-3d", TIMBER)
    assert (reach.n, reach.refused, reach.share) == (1, 1, 0.0)
    monkeypatch.setattr(MODULE, "loaded", None)
    cell = match(products("fictief.hsb-3d"), typical_of(TIMBER)).cells[0]
    assert (cell.outcome, cell.possible) == ("refused", 0)
    assert cell.why.startswith("timber-floors: ")


def test_products_together_get_the_answers_of_each_alone(every_family) -> None:
    alone = match(as_high("fictief.clt-3d"), typical_of(BRICK), Settings(max_extra_storeys=HIGHEST), place=False)
    assert alone.cells[0] == every_family.cell("fictief.clt-3d", BRICK)


def test_how_many_storeys_are_asked_loads_nothing(loaded_apart) -> None:
    """What the other tests rely on, where they share a loaded block: but for the settings it is the same to the last bit."""
    [block] = typical_of(BRICK)
    one, six = (loaded_apart(block, Settings(max_extra_storeys=n, samples=0)) for n in (1, HIGHEST))
    assert one.relief == dataclasses.replace(six.relief, max_extra_storeys=1)
    assert one.known.settings == dataclasses.replace(six.known.settings, max_extra_storeys=1)
    assert (one.issues, one.known.issues) == (six.issues, six.known.issues)
    for part in (lambda made: made.structure, lambda made: made.loads, lambda made: made.known.materials, lambda made: made.known.bearing):
        assert pickle.dumps(part(one)) == pickle.dumps(part(six))


def test_only_what_passes_is_laid_out(monkeypatch) -> None:
    asked = []
    monkeypatch.setattr(MODULE, "place_modules", lambda ground, **_: (asked.append((ground.concepts, ground.reach)), ((), ()))[1])
    found = match(products("fictief.hsb-3d", "fictief.betonvloer"), typical_of(BRICK, GALLERY), Settings(max_extra_storeys=1))
    assert [[one.id for one in concepts] for concepts, _ in asked] == [["fictief.betonvloer", "fictief.hsb-3d"]]
    assert asked[0][1] == {"fictief.betonvloer": 1, "fictief.hsb-3d": 1}
    # passed, but without a layout it does not fit
    assert {cell.outcome for cell in found.cells} == {"fails"}


def test_dwellings_are_those_of_the_layout() -> None:
    found = match(products("fictief.hsb-3d"), typical_of(GALLERY), Settings(max_extra_storeys=1))
    cell = found.cells[0]
    assert cell.dwellings == scanned_dwellings()
    assert cell.dwellings
    assert found.reach("fictief.hsb-3d").dwellings == cell.dwellings


def scanned_dwellings() -> int:
    from optopscan import scan

    [block] = typical_of(GALLERY)
    with block.paths() as paths:
        settings = Settings(max_extra_storeys=1, samples=0, concepts=("fictief.hsb-3d",), existing_use=block.existing_use)
        result = scan(paths, settings)
    return result.variants[0].dwellings


def test_unknown_loads_never_fit() -> None:
    blind = dataclasses.replace(PRODUCTS["fictief.hsb-3d"], g_roof_kn_m2=UNSTATED)
    found = match([blind], typical_of(GALLERY), Settings(max_extra_storeys=1))
    assert (found.cells[0].outcome, found.cells[0].dwellings) == ("unknown", None)
    assert "g_roof_kn_m2" in found.cells[0].why
    assert found.reach(blind.id).share == 0.0


def test_a_product_for_the_plinth_is_held_against_the_plinth() -> None:
    found = match(products("fictief.plint-hsb", "fictief.kop-clt"), typical_of(GALLERY), place=False)
    plinth, gable = found.cell("fictief.plint-hsb", GALLERY), found.cell("fictief.kop-clt", GALLERY)
    assert (plinth.outcome, plinth.dwellings) == ("fits-if", 0)
    assert plinth.why.startswith("6 woningen als de ruimten berging blijken")
    assert (gable.outcome, gable.proven) == ("fits-if", 0)
    assert gable.dwellings > 0


def test_a_building_that_cannot_be_read_costs_only_itself(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ifc"
    broken.write_text("no model")
    found = match(products("fictief.hsb-3d"), (block_of_files(broken), *typical_of(TIMBER)))
    assert [cell.outcome for cell in found.cells] == ["unknown", "refused"]
    assert "broken.ifc" in found.cells[0].why


def test_sizes_that_cannot_be_built_are_no_answer_but_a_wrong_setting_is_told() -> None:
    [block] = typical_of(GALLERY)
    flat = dataclasses.replace(block, dimensions=dataclasses.replace(block.dimensions, storey_height_m=0.1))
    found = match(products("fictief.hsb-3d"), [flat], place=False)
    assert (found.cells[0].outcome, GALLERY in found.cells[0].why) == ("unknown", True)
    with pytest.raises(UsageError, match="nen9999"):
        match(products("fictief.hsb-3d"), [block], Settings(factor_set="nen9999"), place=False)
    with pytest.raises(UsageError, match="asks for no storey"):
        match(products("fictief.hsb-3d"), [block], Settings(max_extra_storeys=0))


@pytest.mark.parametrize(
    ("chosen", "blocks", "told"),
    [
        ([], typical_of(TIMBER), "no product"),
        (products("fictief.hsb-3d"), (), "no block"),
        (products("fictief.hsb-3d", "fictief.hsb-3d"), typical_of(TIMBER), "product fictief.hsb-3d occurs twice"),
        (products("fictief.hsb-3d"), typical_of(TIMBER, TIMBER), f"block {TIMBER} occurs twice"),
    ],
)
def test_what_makes_no_matrix_is_one_line(chosen, blocks, told) -> None:
    with pytest.raises(UsageError, match=told):
        match(chosen, blocks)


# a cell with its layout


@dataclasses.dataclass
class Layout:
    placed: tuple[int, ...] = (1,)
    outcome: str = "ok"
    storeys: int = 2
    dwellings: int = 8
    why_not: tuple[object, ...] = ()
    why: str = "te kort"


PASSED = judge.Judged(
    cell=Cell(product="p", block="b", outcome="fits", why="", proven=2, possible=2, vertical_only=2, uc=0.8), may_place=True
)


@pytest.mark.parametrize(
    ("layout", "placed", "outcome", "dwellings"),
    [
        (Layout(), True, "fits", 8),
        (Layout(outcome="unknown"), True, "fits-if", 8),
        (Layout(outcome="over"), True, "fails", 0),
        (Layout(placed=()), True, "fails", 0),
        (Layout(placed=(), outcome="unknown"), True, "unknown", 0),
        (None, True, "fails", 0),
        (None, False, "fits-if", None),
    ],
)
def test_a_fit_needs_a_layout_that_is_ok(layout, placed, outcome, dwellings) -> None:
    cell = judge.cell_of(PASSED, PRODUCTS["fictief.hsb-3d"], layout, placed=placed)
    assert (cell.outcome, cell.dwellings) == (outcome, dwellings)
    assert bool(cell.why) == (outcome != "fits")
    assert not math.isnan(cell.margin)


def test_a_fit_is_about_the_proven_storeys_only() -> None:
    more = dataclasses.replace(PASSED, cell=dataclasses.replace(PASSED.cell, proven=1, possible=3))
    hsb = PRODUCTS["fictief.hsb-3d"]
    assert more.cell.storeys == 1
    fits = judge.cell_of(more, hsb, Layout(storeys=1, dwellings=4), placed=True)
    assert (fits.outcome, fits.storeys, fits.dwellings) == ("fits", 1, 4)
    # no condition was worked out for what lies above the proven storeys
    for cell in (
        judge.cell_of(more, hsb, Layout(storeys=1, dwellings=4, outcome="unknown"), placed=True),
        judge.cell_of(more, hsb, None, placed=False),
    ):
        assert (cell.outcome, cell.storeys) == ("fits-if", 1)


def test_what_fails_for_want_of_a_layout_has_no_storeys() -> None:
    cell = judge.cell_of(PASSED, PRODUCTS["fictief.hsb-3d"], Layout(placed=()), placed=True)
    assert (cell.proven, cell.possible, cell.vertical_only, cell.storeys) == (0, 0, 2, 0)


def test_a_layout_that_is_lower_lowers_the_storeys() -> None:
    open_ = dataclasses.replace(PASSED, cell=dataclasses.replace(PASSED.cell, outcome="fits-if", proven=0, why="wegens"))
    cell = judge.cell_of(open_, PRODUCTS["fictief.hsb-3d"], Layout(storeys=1, dwellings=4), placed=True)
    assert (cell.outcome, cell.storeys, cell.why) == ("fits-if", 1, "indeling tot 1 bouwlagen; wegens")


# which layouts are looked for


@pytest.fixture(scope="module")
def brick_like():
    """One checked block, for the search for a layout."""
    [block] = typical_of(GALLERY)
    return MODULE.checked(products("fictief.hsb-3d"), MODULE.loaded(block, Settings(max_extra_storeys=3, samples=0)))


def placings(monkeypatch, answers):
    """Record what is asked of placing and answer by the number of storeys and whether room counts."""
    asked = []

    def place_modules(ground, slack=True, better=True):
        assert not better
        [(name, storeys)] = [(one.id, ground.reach[one.id]) for one in ground.concepts]
        asked.append((storeys, slack))
        layout = answers(storeys, slack)
        layout.concept, layout.storeys = name, storeys
        return (layout,), ()

    monkeypatch.setattr(MODULE, "place_modules", place_modules)
    return asked


class Why:
    constraint = "capacity"
    text_nl = "wand te zwaar belast"
    value = math.nan
    limit = math.nan


def test_the_roomiest_layout_is_looked_for_only_where_the_first_does_not_do(brick_like, monkeypatch) -> None:
    [block] = typical_of(GALLERY)
    asked = placings(monkeypatch, lambda storeys, slack: Layout(outcome="unknown"))
    MODULE.cells_of(brick_like, products("fictief.hsb-3d"), block, place=True)
    assert asked == [(3, False)]
    asked = placings(monkeypatch, lambda storeys, slack: Layout(outcome="unknown" if slack else "over"))
    [cell] = MODULE.cells_of(brick_like, products("fictief.hsb-3d"), block, place=True)
    assert (asked, cell.outcome) == ([(3, False), (3, True)], "fits-if")


def test_fewer_storeys_are_tried_where_so_many_do_not_go(brick_like, monkeypatch) -> None:
    [block] = typical_of(GALLERY)

    def answers(storeys, slack):
        return Layout(outcome="unknown") if storeys == 1 else Layout(placed=(), outcome="over", why_not=(Why(),))

    asked = placings(monkeypatch, answers)
    [cell] = MODULE.cells_of(brick_like, products("fictief.hsb-3d"), block, place=True)
    assert [storeys for storeys, _ in asked] == [3, 2, 1]
    assert (cell.outcome, cell.storeys) == ("fits-if", 1)
    monkeypatch.setattr(Why, "constraint", "support-offset")
    asked = placings(monkeypatch, answers)
    [cell] = MODULE.cells_of(brick_like, products("fictief.hsb-3d"), block, place=True)
    # what stops one storey as well is not tried again
    assert ([storeys for storeys, _ in asked], cell.outcome) == ([3], "fails")


# what is not known says nothing against a product


def test_own_columns_do_not_make_an_unknown_load_known() -> None:
    table = PRODUCTS["fictief.tafel"]
    blind = [
        dataclasses.replace(table, g_floor_kn_m2=UNSTATED),
        dataclasses.replace(table, id="z", column_distance_m=math.nan),
    ]
    for place in (False, True):
        found = match(blind, typical_of(GALLERY), Settings(max_extra_storeys=1), place=place)
        assert [cell.outcome for cell in found.cells] == ["unknown", "unknown"]
        assert "kolomafstand" in found.cell("z", GALLERY).why


@pytest.mark.parametrize(
    ("issues", "structure", "outcome"),
    [
        ((), {"roof_faces": ()}, "fails"),
        ((judge.LOST,), {"roof_faces": ()}, "unknown"),
        ((judge.LOST,), {}, "unknown"),
        ((), {"heads": ()}, "unknown"),
    ],
)
def test_what_was_not_read_says_nothing_against_a_product(brick_like, issues, structure, outcome) -> None:
    from optopscan.issues import issue

    made = dataclasses.replace(
        brick_like,
        issues=tuple(issue(code, "blok", "wand ontbreekt") for code in issues),
        structure=dataclasses.replace(brick_like.structure, **structure),
    )
    cell = judge.judged(made, PRODUCTS["fictief.hsb-3d"], GALLERY).cell
    assert (cell.outcome, cell.possible) == (outcome, 0)


def test_what_fails_as_it_stands_is_not_said_to_fail_under_a_storey(brick_like) -> None:
    sides = brick_like.checks.sides
    over = tuple(dataclasses.replace(row, outcome="over", uc=3.0) for row in sides.stability)
    [row] = brick_like.checks.answer.per_concept
    for scenario, told in (("existing", "zoals het er staat"), ("fictief.hsb-3d+1", "hele dak, +1")):
        governing = dataclasses.replace(row.governing, scenario=scenario, uc=3.0)
        answer = dataclasses.replace(brick_like.checks.answer, per_concept=(dataclasses.replace(row, governing=governing, possible=0),))
        checks = dataclasses.replace(brick_like.checks, sides=dataclasses.replace(sides, stability=over), answer=answer)
        cell = judge.judged(dataclasses.replace(brick_like, checks=checks), PRODUCTS["fictief.hsb-3d"], GALLERY).cell
        assert cell.outcome == "fails"
        assert cell.why.startswith(f"stabiliteit, {told}: ")


def test_stated_loads_that_no_verdict_takes_are_a_condition(brick_like) -> None:
    """A product of which all is proven is no fit while a load of its own was left out."""
    checks = brick_like.checks
    sides = dataclasses.replace(
        checks.sides,
        **{
            name: tuple(dataclasses.replace(row, outcome="ok", why="") for row in getattr(checks.sides, name))
            for name in ("stability", "wall_wind", "anchorage", "robustness")
        },
    )
    [row] = checks.answer.per_concept
    answer = dataclasses.replace(checks.answer, per_concept=(dataclasses.replace(row, proven=1),))
    made = dataclasses.replace(brick_like, checks=dataclasses.replace(checks, sides=sides, answer=answer))
    whole = dataclasses.replace(PRODUCTS["fictief.hsb-3d"], outside_verdict=())
    assert judge.judged(made, whole, GALLERY).cell.outcome == "fits"
    part = dataclasses.replace(whole, outside_verdict=("g_balcony_kn_m2", "supports"))
    cell = judge.judged(made, part, GALLERY).cell
    assert (cell.outcome, cell.proven) == ("fits-if", 0)
    assert "niet in het oordeel, wel opgegeven: balkon, last per steunpunt" in cell.why
