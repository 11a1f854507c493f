"""Partial factors, pile types and xi as data: equal to the defaults of the clauses, and faults found."""

from __future__ import annotations

import math
import shutil
from dataclasses import asdict
from pathlib import Path

import pytest

from optopscan.catalog.engineering import Engineering, load_engineering
from optopscan.catalog.faults import CatalogError
from optopscan.checks.foundation import Ground
from optopscan.codes import en1992, en1992_material, nen9997_footing, nen9997_pile

FOLDER = Path(__file__).resolve().parents[2] / "catalog" / "engineering"


@pytest.fixture(scope="module")
def values() -> Engineering:
    return load_engineering()


def test_every_factor_is_the_default_of_its_clause(values: Engineering) -> None:
    defaults = {}
    for module in (en1992, en1992_material, nen9997_footing, nen9997_pile):
        defaults |= {name.lower(): value for name, value in vars(module).items() if name.startswith(("GAMMA_", "ALPHA_"))}
    assert {row.id: row.value for row in values.design_factors.values()} == defaults


# Typed from their sources: EN 1992-1-1 tables 2.1N and 12.3.1 with the Dutch annex, NEN 9997-1 tables A.4a and A.6.
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("gamma_c", 1.5),
        ("gamma_s", 1.15),
        ("alpha_cc", 1.0),
        ("alpha_cc_plain", 0.8),
        ("gamma_phi", 1.15),
        ("gamma_weight", 1.1),
        ("gamma_t", 1.2),
    ],
)
def test_factors(values: Engineering, name: str, value: float) -> None:
    assert values.design_factors[name].value == value


def test_unread_values_say_so(values: Engineering) -> None:
    assert values.design_factors["alpha_ct_plain"].confidence == "uncertain"
    assert {row.confidence for row in values.xi_factors if row.n_tests >= 4} == {"uncertain"}
    assert values.pile_types["steel-tube-closed"].confidence == "uncertain"
    assert math.isnan(values.pile_types["auger"].alpha_p_before)


def test_ground_values_are_the_fields_of_the_check(values: Engineering) -> None:
    """Soil low and what is not drawn heavy; 20 kN/m3 x 1.2."""
    assert asdict(Ground.of(values.ground_values)) == {row.id: row.value for row in values.ground_values.values()}
    assert Ground.of(values.ground_values) == Ground(
        soil_dry_kn_m3=17.0, soil_wet_kn_m3=7.0, buried_d_kn_m3=24.0, frost_depth_m=0.8, caps_share=0.1, settles_ratio=1.1
    )


def test_xi_columns(values: Engineering) -> None:
    n, xi3, xi4 = values.xi_table(stiff=True)
    assert n == (1, 2, 3, 4, 5, 7, 10)
    assert xi3 == (1.26, 1.20, 1.18, 1.17, 1.17, 1.15, 1.14)
    assert xi4 == (1.26, 0.96, 0.94, 0.93, 0.93, 0.92, 0.91)
    assert values.xi_table(stiff=False)[1] == (1.39, 1.32, 1.30, 1.28, 1.28, 1.27, 1.25)


@pytest.mark.parametrize(
    ("name", "old", "new", "key"),
    [
        ("design_factors.toml", "value = 1.15", "value = 0.0", "design_factor[2].value"),
        ("design_factors.toml", 'id = "gamma_s"', 'id = "gamma_c"', "design_factor[2].id"),
        ("ground_values.toml", "value = 17.0", "value = 170.0", "ground_value[1].value"),
        ("ground_values.toml", 'alternative_en = "', 'alternative_en = "" # ', "ground_value[1].alternative_en"),
        ("pile_types.toml", "alpha_p = 0.7\n", "alpha_p = 7.0\n", "pile_type[1].alpha_p"),
        ("pile_types.toml", "driven = true", 'driven = "yes"', "pile_type[1].driven"),
        ("pile_xi.toml", "n_tests = 2", "n_tests = 1", "xi[2].stiff"),
        ("reinforcement.toml", "ratio_low = 0.008", "ratio_low = 0.02", "reinforcement[1].ratio_low"),
        ("reinforcement.toml", "axis_distance_small_mm = 30.0", "axis_distance_small_mm = 60.0", "reinforcement[1].axis_distance_small_mm"),
        ("reinforcement.toml", 'member = "column"', 'member = "beam"', "reinforcement[1].member"),
        ("pile_xi.toml", 'source = "', '# source = "', "xi[1].source"),
    ],
)
def test_faults(tmp_path: Path, name: str, old: str, new: str, key: str) -> None:
    copy = tmp_path / "engineering"
    shutil.copytree(FOLDER, copy)
    text = (copy / name).read_text(encoding="utf-8")
    assert old in text
    (copy / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        load_engineering(copy)
    assert [fault.key for fault in caught.value.faults] == [key]
