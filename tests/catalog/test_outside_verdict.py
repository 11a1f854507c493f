"""Loads that a product file states and no check over the whole roof takes are named, never forgotten."""

from __future__ import annotations

import pytest

from optopscan.catalog.data import CONCEPTS, data_root
from optopscan.catalog.load import load_concept, load_concepts

BASE = (data_root() / CONCEPTS / "hsb-2d-paneel.toml").read_text(encoding="utf-8")
BALCONY = 'g_balcony_kn_m2 = { value = "onbekend", reason = "balkons zijn per plan verschillend" }'


def outside(tmp_path, text: str) -> tuple[str, ...]:
    file = tmp_path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    return load_concept(file).outside_verdict


def changed(old: str, new: str) -> str:
    assert old in BASE
    return BASE.replace(old, new)


def test_the_catalogue_has_even_supports_and_only_galleries_outside() -> None:
    assert {key for product in load_concepts() for key in product.outside_verdict} == {"g_gallery_kn_m2"}
    assert {"portiek" in product.access for product in load_concepts() if product.on_roof and not product.outside_verdict} == {True}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (BASE, ()),
        (changed('access = ["portiek", "galerij"]', 'access = ["galerij"]'), ("g_gallery_kn_m2",)),
        (changed(BALCONY, "g_balcony_kn_m2 = 1.5"), ("g_balcony_kn_m2",)),
        (changed(BALCONY, "g_stair_kn_m2 = 3.0\ng_lift_kn = 30.0"), ("g_stair_kn_m2", "g_lift_kn")),
        (changed(BALCONY, "g_stair_kn_m2 = 0.0"), ()),
        # a stair of unknown weight is not a stair without weight
        (changed(BALCONY, 'g_stair_kn_m2 = { value = "onbekend", reason = "per plan" }'), ("g_stair_kn_m2",)),
        (changed('code = "2K-54"\n', 'code = "2K-54"\noutdoor_m2 = 6.0\n'), ("g_balcony_kn_m2",)),
    ],
)
def test_what_is_stated_beside_the_module_is_named(tmp_path, text, told) -> None:
    assert outside(tmp_path, text) == told


def rows(*loads: str) -> str:
    """The product with these loads on its two supports, in kN."""
    made = BASE
    for load in loads:
        at = made.index("\ng_kn = ")
        end = made.index("\n", at + 1)
        made = f"{made[:at]}\ng_kn  = {load}{made[end:]}"
    return made


def test_uneven_or_unknown_supports_are_named(tmp_path) -> None:
    product = load_concept(data_root() / CONCEPTS / "hsb-2d-paneel.toml")
    storey = product.storey_load_kn_m2(width_m=product.width_m, length_m=product.length_m, bound="value")
    half = storey * product.width_m * product.length_m / 2.0

    def measured(share: float, most: float) -> str:
        return f'{{ value = {half * share:.2f}, hi = {half * most:.2f}, basis = "calculated", source = "som" }}'

    assert outside(tmp_path, rows(measured(1.0, 1.0), measured(1.0, 1.0))) == ()
    high = product.storey_load_kn_m2(width_m=product.width_m, length_m=product.length_m) / storey
    # one line takes more than half of the upper weight
    assert outside(tmp_path, rows(measured(1.1, 1.02 * high), measured(0.9, high))) == ("supports",)
    assert outside(tmp_path, rows(measured(1.0, 1.005 * high), measured(1.0, high))) == ()
    assert outside(tmp_path, rows('{ value = "onbekend", reason = "per plan" }', measured(1.0, 1.0))) == ("supports",)
