"""What a product lacks, and the one property that opens most roofs."""

from __future__ import annotations

import dataclasses
import math
import sys

import pytest

from optopscan.catalog.load import load_concepts
from optopscan.families import load_families
from optopscan.matching import Block, Cell, Lack, Matrix, blocks_of, match
from optopscan.matching.sensitivity import Change, changed, changes, sensitivities
from optopscan.settings import Settings

PRODUCTS = {product.id: product for product in load_concepts()}
MODULE = sys.modules["optopscan.matching.match"]
HSB, CLT = "fictief.hsb-3d", "fictief.clt-3d"
BRICK = "portiek-baksteen-1950"
SETTINGS = Settings(max_extra_storeys=1)


def blocks(name: str) -> tuple[Block, ...]:
    return blocks_of([family for family in load_families() if family.id == name])


def lighter(name: str, by: float):
    return dataclasses.replace(changed(Change(product=PRODUCTS[name], key="load_kn_m2", now=0.0, by=by, opens=1)), id=f"lighter-{by:.2f}")


@pytest.fixture(scope="module")
def brick():
    """The brick block, on which two products fail by their load."""
    return match([PRODUCTS[HSB], PRODUCTS[CLT]], blocks(BRICK), SETTINGS, place=False)


def test_the_load_a_block_can_take_does_not_depend_on_the_product(brick) -> None:
    lacks = [cell.lacks for cell in brick.cells]
    assert [[lack.key for lack in row] for row in lacks] == [["load_kn_m2"], ["load_kn_m2"]]
    assert lacks[0][0].needed == pytest.approx(lacks[1][0].needed, abs=1e-6)
    assert lacks[0][0].now - lacks[1][0].now == pytest.approx(5.1978 - 4.3011, abs=1e-3)


def test_the_load_that_is_needed_is_just_enough(brick) -> None:
    [lack] = brick.cell(HSB, BRICK).lacks
    short = lack.now - lack.needed
    found = match([lighter(HSB, short - 0.01), lighter(HSB, short + 0.01)], blocks(BRICK), SETTINGS, place=False)
    assert [cell.outcome for cell in found.cells] == ["fails", "fits-if"]


# cells made by hand


def failing(*rows: tuple[Lack, ...]) -> Matrix:
    made = tuple(Block(id=f"b{k}", group="g") for k in range(len(rows)))
    cells = [
        Cell(product=HSB, block=block.id, outcome="fails" if row else "fits-if", why="", lacks=row)
        for block, row in zip(made, rows, strict=True)
    ]
    return Matrix(products=(HSB,), blocks=made, cells=tuple(cells), placed=True)


def load(needed: float) -> Lack:
    return Lack(key="load_kn_m2", now=4.3, needed=needed)


def span(needed: float) -> Lack:
    return Lack(key="transfer_span_max_m", now=4.0, needed=needed)


def test_the_change_that_opens_most_and_no_more_than_that() -> None:
    best, _ = changes(failing((load(4.1),), (load(4.0),), (span(4.3),), ()), PRODUCTS[HSB])
    assert (best.key, best.by, best.opens) == ("load_kn_m2", pytest.approx(0.3), 2)
    # the smaller share of the property goes first among equals: 0.1 of 4.0 against 0.6 of 4.3
    assert changes(failing((load(3.7),), (span(4.1),)), PRODUCTS[HSB])[0].key == "transfer_span_max_m"


def test_what_one_property_cannot_open_is_left_out() -> None:
    assert changes(failing((load(4.1), span(4.3))), PRODUCTS[HSB]) == ()
    assert changes(failing((Lack(key="building", now=math.nan, needed=math.nan),)), PRODUCTS[HSB]) == ()
    assert changes(failing((load(math.nan),)), PRODUCTS[HSB]) == ()
    # no floor weighs less than nothing
    assert changes(failing((load(4.3 - PRODUCTS[HSB].g_floor_kn_m2.lo - 0.1),)), PRODUCTS[HSB]) == ()


def test_what_the_match_says_goes_before_what_the_margins_say() -> None:
    before = failing((load(4.1),), (load(4.0),), (), ())
    after = dataclasses.replace(
        before, cells=tuple(dataclasses.replace(c, product="0000", outcome="fails" if c.block == "b2" else "fits-if") for c in before.cells)
    )
    asked = []
    [row] = sensitivities(before, [PRODUCTS[HSB]], lambda some: (asked.append(some), after)[1])
    assert len(asked) == 1
    assert asked[0][0].g_floor_kn_m2.hi == pytest.approx(PRODUCTS[HSB].g_floor_kn_m2.hi - row.by)
    assert (row.predicted, row.opened, row.closed, row.n) == (2, 2, 1, 4)
    assert row.text_nl == f"{row.by:.2f} kN/m2 lichter: +25 % van de daken".replace(".", ",")


def test_of_several_that_would_do_the_one_that_does_when_tried_is_told() -> None:
    either = (
        dataclasses.replace(span(4.1), instead=True),
        dataclasses.replace(span(1.2), key="support_offset_max_m", now=0.15, instead=True),
    )
    before = failing(either)
    after = dataclasses.replace(
        before, cells=tuple(dataclasses.replace(before.cells[0], product=f"000{k}", outcome=("fails", "fits-if")[k]) for k in (0, 1))
    )
    [row] = sensitivities(before, [PRODUCTS[HSB]], lambda some: after)
    assert (row.key, row.opened) == ("support_offset_max_m", 1)


def test_a_frame_that_is_too_short_tells_its_span() -> None:
    short = dataclasses.replace(PRODUCTS["fictief.gevelframe"], frame_span_max_m=8.0)
    found = match([short], blocks("galerij-kalkzandsteen"), SETTINGS, sensitivity=True)
    [lack] = found.cells[0].lacks
    assert (found.cells[0].outcome, lack.key) == ("fails", "frame_span_max_m")
    [row] = found.sensitivities
    assert (row.opened, row.closed) == (1, 0)
    assert row.by == pytest.approx(lack.needed - 8.0, abs=0.05)


@pytest.mark.parametrize(("room", "times"), [(1, 1), (0, 2)])
def test_the_second_match_starts_from_the_loaded_block_where_it_was_kept(monkeypatch, room: int, times: int) -> None:
    load, read = MODULE.loaded, []
    monkeypatch.setattr(MODULE, "loaded", lambda block, settings: (read.append(block.id), load(block, settings))[1])
    monkeypatch.setattr(MODULE, "KEPT_BLOCKS", room)
    short = dataclasses.replace(PRODUCTS["fictief.gevelframe"], frame_span_max_m=8.0)
    [row] = match([short], blocks("galerij-kalkzandsteen"), SETTINGS, sensitivity=True).sensitivities
    assert (row.key, row.opened, read) == ("frame_span_max_m", 1, ["galerij-kalkzandsteen"] * times)


def test_nothing_to_change_asks_for_no_second_match() -> None:
    assert sensitivities(failing(()), [PRODUCTS[HSB]], None) == ()


@pytest.mark.parametrize(
    ("key", "by", "after"),
    [
        ("length_lo_m", 0.3, {"length_lo_m": PRODUCTS[HSB].length_lo_m - 0.3}),
        ("transfer_span_max_m", 0.3, {"transfer_span_max_m": PRODUCTS[HSB].transfer_span_max_m + 0.3}),
        ("width_m", 0.2, {"width_m": PRODUCTS[HSB].width_m - 0.2}),
    ],
)
def test_a_change_changes_one_property(key, by, after) -> None:
    found = changed(Change(product=PRODUCTS[HSB], key=key, now=0.0, by=by, opens=1))
    for name, value in after.items():
        assert getattr(found, name) == pytest.approx(value)
    left = {**after, "width_options_m": found.width_options_m} if key == "width_m" else after
    assert dataclasses.replace(PRODUCTS[HSB], **{name: getattr(found, name) for name in left}) == found


@pytest.mark.parametrize(
    ("opened", "n", "told"),
    [
        (1, 300, "+1 % van de daken"),
        (299, 300, "+99 % van de daken"),
        (3, 3, "+100 % van de daken"),
        (37, 50, "+74 % van de daken"),
        (1, 8, "+13 % van de daken"),
    ],
)
def test_a_gain_never_rounds_to_all_or_nothing(opened, n, told) -> None:
    before = failing(*((load(4.1),) for _ in range(n)))
    after = dataclasses.replace(
        before,
        cells=tuple(
            dataclasses.replace(c, product="0000", outcome="fits-if" if k < opened else "fails") for k, c in enumerate(before.cells)
        ),
    )
    [row] = sensitivities(before, [PRODUCTS[HSB]], lambda some: after)
    assert row.text_nl == f"0,20 kN/m2 lichter: {told}"
    assert row.text_en == f"0.20 kN/m2 lighter: {told}".replace("van de daken", "of the roofs")


@pytest.mark.parametrize(("more", "told"), [(0, "0 % van de daken"), (-1, "-33 % van de daken")])
def test_a_property_that_opens_nothing_is_not_said_to(more, told) -> None:
    before = failing((load(4.1),), (), ())
    fails = {0: ("b0",), -1: ("b0", "b1")}[more]
    after = dataclasses.replace(
        before,
        cells=tuple(dataclasses.replace(c, product="0000", outcome="fails" if c.block in fails else "fits-if") for c in before.cells),
    )
    [row] = sensitivities(before, [PRODUCTS[HSB]], lambda some: after)
    assert row.text_nl == f"geen enkele eigenschap alleen opent meer daken (nagerekend: 0,20 kN/m2 lichter: {told})"


# length and width: what the roof lacks, opened by a module that is so much smaller


def opened_by_size(product, key: str) -> None:
    """Match a product on the gallery block, and see its sensitivity open the roof and no less than that do so."""
    block = blocks("galerij-kalkzandsteen")
    found = match([product], block, SETTINGS, sensitivity=True)
    [cell], [row] = found.cells, found.sensitivities
    assert (cell.outcome, [lack.key for lack in cell.lacks]) == ("fails", [key])
    assert (row.key, row.predicted, row.opened, row.closed) == (key, 1, 1, 0)
    assert row.text_nl.endswith("+100 % van de daken")
    assert row.by == pytest.approx(cell.lacks[0].now - cell.lacks[0].needed, abs=0.05)
    # the least step: one less does not open it
    less = changed(Change(product=product, key=key, now=row.now, by=row.by - 0.05, opens=1))
    assert match([less], block, SETTINGS).cells[0].outcome == "fails"


def of_large_dwellings(modules: int, **sizes):
    """A product whose dwellings are so many modules side by side that they lie on the block in one direction only."""
    unit = dataclasses.replace(PRODUCTS[HSB].unit_types[0], modules=modules, gfa_m2=36.0 * modules)
    return dataclasses.replace(PRODUCTS[HSB], unit_types=(unit,), width_options_m=(3.6,), **sizes)


def test_a_module_that_is_too_long_is_told_how_much_shorter() -> None:
    opened_by_size(of_large_dwellings(4, length_lo_m=10.7, length_m=10.7, length_hi_m=11.0), "length_lo_m")


def test_of_modules_side_by_side_each_is_narrower_by_its_share() -> None:
    # three of 3.6 m on 10.0 m: 0.8 m too wide together, so 0.27 m each
    opened_by_size(of_large_dwellings(3, length_lo_m=12.0, length_m=12.0, length_hi_m=12.0), "width_m")
