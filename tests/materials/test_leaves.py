"""Walls in leaves: what carries, how thick, and never the whole build-up."""

from __future__ import annotations

import math

import pytest
from elements_factory import NAN, One, elements

from optopscan.catalog.engineering import load_engineering
from optopscan.materials import assign, bearing_thickness_m, leaves

FACADE = (("baksteen", 0.10), ("spouw", 0.04), ("steenwol", 0.10), ("kalkzandsteen CS12", 0.10))
PARTY = (("kalkzandsteen", 0.12), ("spouw", 0.06), ("kalkzandsteen", 0.12))


def one(row: One) -> tuple[tuple[float, ...], tuple[str, ...], str, float]:
    found = leaves(elements(row))
    return found.thickness_m[0], found.group[0], found.cavity[0], found.counted_m[0]


@pytest.mark.parametrize("is_external", [True, False, None])
def test_facade_of_brick_and_calcium_silicate_carries_on_its_inner_leaf(is_external: bool | None) -> None:
    thickness, group, cavity, counted = one(One(layers=FACADE, is_external=is_external))
    assert (thickness, group, cavity) == ((0.10, 0.10), ("clay", "calcium-silicate"), "facade")
    assert counted == 0.10


@pytest.mark.parametrize(
    ("is_external", "name", "cavity"),
    [(False, "", "party"), (None, "ankerloze spouwmuur", "party"), (None, "woningscheidende wand", "party"), (None, "", "cavity")],
)
def test_two_equal_leaves_are_two_and_one_of_them_counts(is_external: bool | None, name: str, cavity: str) -> None:
    found = one(One(layers=PARTY, is_external=is_external, name=name))
    assert found == ((0.12, 0.12), ("calcium-silicate", "calcium-silicate"), cavity, 0.12)


def test_of_unequal_leaves_of_a_party_wall_the_thinner_one_counts() -> None:
    # On which leaf the floor rests is not known: 100 mm is the safe side of 100 and 150.
    layers = (("kalkzandsteen", 0.15), ("spouw", 0.06), ("kalkzandsteen", 0.10))
    assert one(One(layers=layers, name="ankerloze spouwmuur"))[3] == 0.10
    # A facade of one material carries on its thicker leaf.
    assert one(One(layers=layers, is_external=True))[2:] == ("facade", 0.15)


def test_insulation_alone_keeps_leaves_apart_and_touching_layers_do_not() -> None:
    assert len(one(One(layers=(("beton", 0.07), ("EPS", 0.14), ("beton", 0.15))))[0]) == 2
    assert one(One(layers=(("baksteen", 0.1), ("kalkzandsteen", 0.1))))[0] == (0.1,)
    assert one(One(layers=(("pleister", 0.015), ("beton", 0.2), ("pleister", 0.015)))) == ((0.2,), ("concrete",), "", 0.2)


def test_slips_and_boards_are_no_leaf() -> None:
    assert one(One(layers=(("baksteen", 0.02), ("EPS", 0.14), ("kalkzandsteen", 0.214))))[0] == (0.214,)
    assert one(One(layers=(("gipsplaat", 0.02), ("luchtspouw", 0.05), ("beton", 0.2))))[0] == (0.2,)


def test_a_cavity_wall_drawn_as_one_body_never_carries_with_its_whole_thickness() -> None:
    told = One(layers=(("kalkzandsteen", NAN),), thickness_m=0.30, name="ankerloze spouwmuur 120-60-120")
    assert one(told) == ((0.12, 0.12), ("calcium-silicate", "calcium-silicate"), "party", 0.12)
    for row in (
        One(layers=(("kalkzandsteen", NAN),), thickness_m=0.30, name="ankerloze spouwmuur"),
        # the sizes in the name do not add up to the body
        One(layers=(("kalkzandsteen", NAN),), thickness_m=0.40, name="spouwmuur 120-60-120"),
        One(layers=(), thickness_m=0.34, type_name="IFC_spouwmuur_baksteen"),
    ):
        assert math.isnan(one(row)[3])
        assert one(row)[0] == ()


def test_a_leaf_called_after_its_cavity_wall_is_itself() -> None:
    row = One(layers=(("kalkzandsteen", 0.214),), name="binnenblad spouwmuur")
    assert one(row) == ((0.214,), ("calcium-silicate",), "", 0.214)


def test_only_walls_have_leaves() -> None:
    assert one(One(layers=(("beton", 0.06), ("EPS", 0.1), ("beton", 0.2)), kind="slab"))[:3] == ((), (), "")


def test_weight_counts_both_leaves_and_the_issue_says_what_is_counted_on() -> None:
    values = load_engineering()
    rows = elements(One(layers=PARTY, volume_m3=0.30))
    found, issues = assign(rows, densities=values.densities, grades=values.grades, era=values.era_defaults, build_year=1970)
    # 2 x 0.12 m of calcium silicate, 1850 kg/m3, on one square metre of wall; air weighs nothing
    assert found.self_weight_kn[0] == pytest.approx(0.24 * 1850 * 9.81 / 1000, rel=1e-3)
    assert bearing_thickness_m(rows)[0] == 0.12
    said = [issue.message for issue in issues if issue.code == "OPT-222"]
    assert len(said) == 1
    assert "2 leaves" in said[0]
    assert "120 mm counted on" in said[0]
