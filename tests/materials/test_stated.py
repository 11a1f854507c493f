"""Density and strength class from properties of the element and its material."""

from __future__ import annotations

import math

import pytest
from elements_factory import One, elements

from optopscan.catalog.engineering import load_engineering
from optopscan.materials import assign
from optopscan.model.structure import Materials


def run(row: One) -> tuple[Materials, list[str]]:
    values = load_engineering()
    found, issues = assign(elements(row), densities=values.densities, grades=values.grades, era=values.era_defaults, build_year=1970)
    return found, [issue.code for issue in issues]


def test_a_stated_density_counts() -> None:
    found, codes = run(One(layers=[("kalkzandsteen", 0.2)], properties={"Material.MassDensity": 1750.0}))
    assert found.density_kg_m3[0] == 1750.0
    assert found.self_weight_kn[0] == pytest.approx(1750 * 9.81 / 1000, rel=1e-3)
    assert "OPT-223" not in codes


# OpenBIMtoFEM: concrete of 255 000 and timber board of 5600 kg/m3; a value in t/m3; a light digit slip
@pytest.mark.parametrize(
    ("name", "stated", "used"),
    [("beton", 255000.0, 2550.0), ("TimberBoard", 5600.0, 420.0), ("beton", 2.5, 2550.0), ("beton", 250.0, 2550.0)],
)
def test_a_density_that_cannot_be_meant_is_not_used(name: str, stated: float, used: float) -> None:
    found, codes = run(One(layers=[(name, 0.2)], properties={"Material.MassDensity": stated}))
    assert found.density_kg_m3[0] == used
    assert "OPT-223" in codes


def test_the_density_of_each_of_several_materials() -> None:
    properties = {"Material.baksteen.MassDensity": 2000.0, "Material.EPS.MassDensity": 40.0}
    found, _ = run(One(layers=[("baksteen", 0.1), ("EPS", 0.1)], properties=properties))
    assert found.density_kg_m3[0] == pytest.approx(1020.0)


def test_a_density_tells_the_weight_of_an_unknown_material_but_not_its_strength() -> None:
    found, codes = run(One(layers=[("Default", 0.2)], properties={"Material.MassDensity": 1850.0}))
    assert found.self_weight_kn[0] == pytest.approx(1850 * 9.81 / 1000, rel=1e-3)
    assert math.isnan(found.strength_mpa[0])
    assert "OPT-201" in codes


@pytest.mark.parametrize(
    "key", ["Pset_ConcreteElementGeneral.StrengthClass", "Kwaliteit.Betonkwaliteit", "x.Sterkteklasse", "y.Festigkeitsklasse"]
)
def test_strength_class_of_a_property(key: str) -> None:
    found, codes = run(One(layers=[("Concrete", 0.06)], properties={key: "C30/37"}))
    assert (found.grade[0], found.strength_mpa[0]) == ("C30/37", 30.0)
    assert key in found.source[0]
    assert "OPT-202" not in codes


def test_a_class_of_one_material_only_tells_the_group() -> None:
    found, _ = run(One(layers=[("Default", 0.2)], properties={"Pset_ConcreteElementGeneral.StrengthClass": "C30/37"}))
    assert (found.group[0], found.grade[0], found.density_kg_m3[0]) == ("concrete", "C30/37", 2550.0)


def test_a_class_of_another_material_is_not_taken() -> None:
    found, _ = run(One(layers=[("kalkzandsteen", 0.2)], properties={"a.StrengthClass": "C30/37"}))
    assert (found.group[0], found.grade[0]) == ("calcium-silicate", None)
    # An exposure class or a fire class is no strength class.
    assert run(One(layers=[("beton", 0.2)], properties={"a.ExposureClass": "C30/37"}))[0].grade[0] is None


def test_of_two_statements_the_lower_counts() -> None:
    for name, stated in (("beton C30/37", "C20/25"), ("beton C20/25", "C30/37")):
        found, codes = run(One(layers=[(name, 0.2)], properties={"a.StrengthClass": stated}))
        assert (found.grade[0], found.strength_mpa[0]) == ("C20/25", 20.0)
        assert "OPT-220" in codes
