"""Planks without their topping, and hollow-core floors by name."""

from __future__ import annotations

import math

import numpy as np
import pytest
from elements_factory import One, elements
from shapely.geometry import box

from optopscan.catalog.engineering import load_engineering
from optopscan.materials import assign, toppings
from optopscan.materials.given import GivenMaterials, with_given

G = 9.81 / 1000.0


def plank(
    x: float, name: str = "breedplaat", *, length_m: float = 6.0, z0_m: float = 2.6, thickness_m: float = 0.06, width_m: float = 2.4
) -> One:
    plan = box(x, 0.0, x + width_m, length_m)
    return One(
        layers=[("prefab beton", thickness_m)],
        kind="slab",
        name=name,
        plan=plan,
        z_m=(z0_m, z0_m + thickness_m),
        volume_m3=plan.area * thickness_m,
    )


def run(*rows: One) -> tuple[list[float], list[str]]:
    values = load_engineering()
    found, issues = assign(elements(*rows), densities=values.densities, grades=values.grades, era=values.era_defaults, build_year=1990)
    return found.self_weight_kn.tolist(), [issue.message for issue in issues if issue.code == "OPT-221"]


def test_a_bare_plank_weighs_with_a_topping_by_its_span() -> None:
    weight, said = run(plank(0.0))
    # 6.0 m / 27 = 222 mm, rounded up to 230 mm; 2.4 x 6.0 m of concrete at 2550 kg/m3
    assert weight == [pytest.approx(2.4 * 6.0 * 0.23 * 2550 * G, rel=1e-3)]
    assert len(said) == 1
    assert "170 mm assumed, 230 mm in all" in said[0]


def test_no_floor_thinner_than_200_mm() -> None:
    assert run(plank(0.0, length_m=3.0))[0] == [pytest.approx(2.4 * 3.0 * 0.20 * 2550 * G, rel=1e-3)]


def test_walls_above_show_the_thickness() -> None:
    wall = One(layers=[("beton", 0.2)], plan=box(0, 0, 0.2, 6), z_m=(2.9, 5.5), volume_m3=3.1)
    weight, said = run(plank(0.0), wall)
    assert weight[0] == pytest.approx(2.4 * 6.0 * 0.30 * 2550 * G, rel=1e-3)
    assert "walls above" in said[0]


def test_an_in_situ_body_is_the_topping() -> None:
    body = One(layers=[("beton ihw", 0.23)], kind="slab", plan=box(0, 0, 4.8, 6), z_m=(2.6, 2.83), volume_m3=4.8 * 6 * 0.17)
    weight, said = run(plank(0.0), plank(2.4), body)
    assert said == []
    assert sum(weight) == pytest.approx(4.8 * 6 * 0.23 * 2550 * G, rel=1e-3)


def test_a_screed_on_the_planks_is_not_their_topping() -> None:
    screed = One(layers=[("zandcementdekvloer", 0.05)], kind="slab", plan=box(0, 0, 2.4, 6), z_m=(2.66, 2.71), volume_m3=0.72)
    assert len(run(plank(0.0), screed)[1]) == 1


def test_three_narrow_pieces_of_one_thickness_are_planks_without_a_word() -> None:
    rows = [plank(2.4 * k, "Floor") for k in range(3)]
    assert len(run(*rows)[1]) == 3
    assert run(*rows[:2])[1] == []
    # Of room size, or lying on a floor: a thin slab or a finish, not a plank.
    assert run(*[plank(5.0 * k, "Floor", width_m=5.0) for k in range(3)])[1] == []
    floor = One(layers=[("beton", 0.2)], kind="slab", plan=box(0, 0, 7.2, 6), z_m=(2.4, 2.6), volume_m3=7.2 * 6 * 0.2)
    assert run(*rows, floor)[1] == []


@pytest.mark.parametrize("thickness_m", [0.04, 0.10, 0.20])
def test_only_what_is_as_thin_as_a_plank(thickness_m: float) -> None:
    assert run(plank(0.0, thickness_m=thickness_m))[1] == []


def test_timber_planks_have_no_topping() -> None:
    row = One(layers=[("vuren", 0.06)], kind="slab", name="vloerplank", plan=box(0, 0, 2.4, 6), z_m=(2.6, 2.66))
    assert toppings(elements(row), ("timber",)).element.tolist() == []


@pytest.mark.parametrize(
    ("name", "material"),
    [
        ("kanaalplaatvloer 200", "beton"),
        ("VBI A260", "prefab beton"),
        ("plaat K200", "beton"),
        ("Floor", "Hollow core slab"),
        ("Decke", "Spannbeton-Hohlplatte"),
        ("HCS 265", "Concrete"),
    ],
)
def test_hollow_core_by_name_is_an_upper_bound(name: str, material: str) -> None:
    values = load_engineering()
    row = elements(One(layers=[(material, 0.2)], kind="slab", name=name, z_m=(0.0, 0.2)))
    _, issues = assign(row, densities=values.densities, grades=values.grades, era=values.era_defaults, build_year=None)
    assert any(issue.code == "OPT-203" and "hollow-core" in issue.message for issue in issues)


@pytest.mark.parametrize(
    ("density", "thickness", "depth_m"),
    # A given density is that of the plank, the topping stays; a given thickness is that of the floor.
    [(2400.0, math.nan, 0.06 * 2400 / 2550 + 0.17), (math.nan, 0.29, 0.29), (math.nan, 0.20, 0.20), (math.nan, 0.06, 0.23)],
)
def test_what_the_engineer_gives_replaces_the_assumed_topping(density: float, thickness: float, depth_m: float) -> None:
    values = load_engineering()
    data = {"densities": values.densities, "grades": values.grades, "era": values.era_defaults, "build_year": 1990}
    rows = elements(plank(0.0))
    told = GivenMaterials(
        group=(None,),
        grade=(None,),
        strength_key=("",),
        strength_mpa=np.array([math.nan]),
        strength_sourced=np.array([False]),
        density_kg_m3=np.array([density]),
        thickness_m=np.array([thickness]),
        source=("",),
    )
    found = with_given(assign(rows, **data)[0], rows, told, **data)
    assert found.self_weight_kn[0] == pytest.approx(2.4 * 6.0 * depth_m * 2550 * G, rel=1e-3)
