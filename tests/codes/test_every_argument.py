"""Every clause function: each argument varied alone as `directions` states, and a batch equal to a loop of single calls."""

from __future__ import annotations

import dataclasses
from typing import Any

import directions
import formula_draws
import formula_text
import numpy as np
import pytest
import vary

from optopscan.codes import en1991_1_4

FUNCTIONS = {key: function for key, function in formula_text.functions().items() if key not in vary.ROWS}
VARIED = {key: function for key, function in FUNCTIONS.items() if key not in vary.ELSEWHERE}
DRAWS, MOST_DRAWS = 20, 120
"""Cases per argument; more only until an argument that goes both ways has done so."""
FEW = {"en1993_stability.axial_limit_kn": 8, "nen9997_pile.koppejan_means_mpa": 8}
STATED: dict[str, dict[str, dict[str, str]]] = {}
for _row, _text in directions.DIRECTIONS.items():
    _key, _, _field = _row.partition(" ")
    for _group in _text.split("; "):
        _sign, *_names = _group.split()
        for _name in _names:
            STATED.setdefault(_key, {}).setdefault(_name, {})[_field] = _sign
UNCHANGED = {"height_mm", "width_mm", "web_mm", "flange_mm"}
"""Sizes that a steel section gives back as it got them."""


def test_every_argument_of_every_function_is_stated() -> None:
    assert set(STATED) == set(VARIED)
    for key, function in VARIED.items():
        assert set(STATED[key]) == set(vary.arguments(function)), key


CASES = [(key, name) for key, function in VARIED.items() for name in vary.arguments(function)]


def shown(sign: str, rises: bool, falls: bool) -> bool:
    """Whether what is stated has been seen."""
    return (rises and falls) if sign == "~" else sign == "0" or rises or falls


@pytest.mark.parametrize(("key", "name"), CASES)
def test_direction(key: str, name: str) -> None:
    function, stated, rng = VARIED[key], STATED[key][name], np.random.default_rng(5)
    seen: dict[str, list[bool]] = {field: [False, False] for field in stated}
    least, most = FEW.get(key, DRAWS), MOST_DRAWS
    for case in range(most):
        if case >= least and all(shown(stated[field], *moves) for field, moves in seen.items()):
            break
        given = formula_draws.draw(rng, key, function)
        with np.errstate(all="ignore"):
            series = vary.series(key, function, given, name)
        assert {field for field in series if field not in UNCHANGED} == set(stated)
        for field, sign in stated.items():
            rises, falls, _ = vary.seen(series[field])
            assert not (rises and sign[0] in "-0"), (field, sign)
            assert not (falls and sign[0] in "+0"), (field, sign)
            seen[field] = [seen[field][0] or rises, seen[field][1] or falls]
    for field, sign in stated.items():
        rises, falls = seen[field]
        assert (rises, falls) == {"+": (True, False), "-": (False, True), "~": (True, True), "0": (False, False)}[sign[0]], field


def stack(values: list[Any]) -> Any:
    """Several values of one argument on a first axis; names, counts and tables stay the first one."""
    first = values[0]
    if dataclasses.is_dataclass(first) and type(first).__name__ == "BeamColumn":
        fields = {spec.name: np.array([getattr(value, spec.name) for value in values]) for spec in dataclasses.fields(first)}
        return type(first)(**fields)
    if isinstance(first, tuple) and hasattr(first, "_fields"):
        return type(first)(*(np.stack(parts) for parts in zip(*values, strict=True)))
    if isinstance(first, bool | float) or (isinstance(first, np.ndarray) and first.dtype == np.float64):
        return np.stack([np.asarray(value) for value in values])
    return first


SHARED = {"factors", "terrain", "half_turn", "steps", "table_n", "table_xi", "depth_m@sounding", "gamma_sup", "gamma_inf"}


@pytest.mark.parametrize("key", [key for key in FUNCTIONS if key not in vary.LOOKUPS])
def test_batch_is_a_loop_of_single_calls(key: str) -> None:
    function, rng, n = FUNCTIONS[key], np.random.default_rng(6), 5
    single = [formula_draws.draw(rng, key, function) for _ in range(n)]
    sounding = "qc_mpa" in single[0]
    for name, value in single[0].items():
        fixed = name in SHARED or (sounding and name == "depth_m") or (isinstance(value, str | int) and not isinstance(value, bool))
        if fixed and name != "storeys":
            for one in single[1:]:
                one[name] = value
    batch = {name: value if name in SHARED else stack([one[name] for one in single]) for name, value in single[0].items()}
    if "storeys" in batch:
        batch["storeys"] = np.array([one["storeys"] for one in single])
    if sounding:
        batch["depth_m"] = single[0]["depth_m"]
    if set(batch) & {"variable_kn", "imposed_by_storey_kn"} and "psi0" in batch:
        batch["psi0"] = batch["psi0"][:, None]
    with np.errstate(all="ignore"):
        whole = vary.results(formula_draws.call(function, batch))
        each = [vary.results(formula_draws.call(function, one)) for one in single]
    for field, together in whole.items():
        alone = np.stack([np.asarray(one[field], dtype=float) for one in each])
        found = np.broadcast_to(np.asarray(together, dtype=float), alone.shape)
        np.testing.assert_allclose(found, alone, rtol=1e-12, atol=0.0, err_msg=field)


PLAYS_NO_PART = {
    "en1990.permanent_maximum": ("gamma_sup", "gamma_inf"),  # the factor of the other sign
    "en1991_1_4.roof_zone": ("from_edge_m", "from_corner_m", "edge_m"),  # a row, not a number: unknown is zone F
    "en1992_material.fyd_mpa": ("prescribed_mpa",),  # nan: nothing prescribed
    "en1993_bending.moment_resistance_knm": ("w_pl_mm3", "w_el_mm3"),  # the modulus of the other class
    # nothing is left beyond V_pl,Rd, whatever the rest
    "en1993_bending.moment_with_shear_knm": ("m_c_rd_knm", "w_pl_y_mm3", "web_height_mm", "web_mm", "fy_mpa", "gamma_m0"),
    # k_zy of a member that twists does not hold k_yy, and the other way round
    "en1993_stability.axial_limit_kn": ("member.c_mlt",),
    "en1993_stability.interaction_factors": (
        *("member.chi_y", "member.chi_z", "member.slenderness_y", "member.slenderness_z", "member.c_my", "member.c_mlt"),
    ),
    "en1993_stability.utilisation": ("member.chi_y", "member.slenderness_y", "member.c_my", "member.c_mlt"),
    "en1996.rho2": ("e_top_mm", "thickness_mm"),  # timber floors: 1.0 anyway
    "en1996.rho3": ("height_mm",),  # an edge too far away does not count
    "en1996.rho4": ("height_mm", "rho2"),
    "en1996_data.fvk0_mpa": ("fm_mpa",),  # thin layer mortar has one value
    "nen9997_pile.shaft_mean_mpa": ("qc_mpa",),  # a reading above the length
    "nen9997_pile.shaft_resistance_kn": ("qc_mean_mpa",),  # no length, no resistance
}
"""Arguments that decide nothing in some cases: unknown, they leave a known result then."""
NUMBERS = [(key, name) for key, name in CASES if name not in formula_draws.COUNTS and name.partition(".")[0] not in vary.PARTS]


@pytest.mark.parametrize(("key", "name"), NUMBERS)
def test_unknown_stays_unknown(key: str, name: str) -> None:
    if vary.values(key, name).dtype == np.bool_ or name in PLAYS_NO_PART.get(key, ()):
        return
    function, rng = VARIED[key], np.random.default_rng(9)
    for _ in range(6):
        given = vary.put(formula_draws.draw(rng, key, function), name, np.float64(np.nan))
        with np.errstate(all="ignore"):
            found = vary.results(formula_draws.call(function, given))
        for field, value in found.items():
            signs = {sign for stated, sign in STATED[key][name].items() if stated.partition("[")[0] == field}
            if signs - {"0"}:
                assert np.isnan(np.asarray(value, dtype=float)).any(), field


def test_what_once_came_out_of_the_unknown() -> None:
    call = formula_text.functions()
    axial = {"m_pl_y_knm": 100.0, "m_pl_z_knm": 30.0, "area_mm2": 5381.0, "width_mm": 150.0, "flange_mm": 10.7, "fy_mpa": 235.0}
    assert np.isnan(call["en1993_bending.moment_with_axial_knm"](**axial, n_ed_kn=np.nan)).all()
    column = {"n_ed_kn": 100.0, "m02_knm": 10.0, "e_i_mm": 5.0, "braced": False}
    assert np.isnan(call["en1992_column.design_moment_knm"](m01_knm=np.nan, **column))
    wall = {"rho2": 0.75, "height_mm": 2800.0, "length_mm": 1000.0, "thickness_mm": np.nan}
    assert np.isnan(call["en1996.rho3"](**wall))
    assert np.isnan(call["en1996.rho4"](**wall))
    for name in ("lateral_torsional_reduction", "lateral_torsional_reduction_rolled"):
        assert np.isnan(call[f"en1993_bending.{name}"](0.9, height_over_width=np.nan))
    assert np.isnan(call["nen9997_comparison.differs"](1.0, 1.2, limit=np.nan))
    assert call["en1991_1_4.roof_zone"](from_edge_m=np.nan, from_corner_m=9.0, edge_m=10.0) == 0


def kept(rng: np.random.Generator, given: dict[str, Any], others: dict[str, Any]) -> dict[str, Any]:
    """The arguments with some of them kept at a value, within a range, or at a terrain by name."""
    for name, value in others.items():
        fixed: Any = rng.uniform(*value) if isinstance(value, tuple) else value
        if isinstance(value, str):
            fixed = en1991_1_4.TERRAINS[value]
        first, _, part = name.partition(".")
        given = {**given, first: dataclasses.replace(given[first], **{part: fixed}) if part else fixed}
    return given


@pytest.mark.parametrize("row", directions.REGIONS)
def test_where_it_goes_one_way(row: str) -> None:
    key, name = row.split(" ")
    for region in directions.REGIONS[row]:
        rng, rose, fell = np.random.default_rng(8), False, False
        for _ in range(12):
            given = kept(rng, formula_draws.draw(rng, key, VARIED[key]), region.others)
            with np.errstate(all="ignore"):
                run = vary.series(key, VARIED[key], given, name, run=np.linspace(region.low, region.high, vary.STEPS))[region.field]
            rises, falls, stays = vary.seen(run)
            rose, fell = rose or rises, fell or falls
            assert region.sign.endswith("0") or not stays, region
        assert (rose, fell) == {"+": (True, False), "-": (False, True), "0": (False, False)}[region.sign[0]], region


def test_both_ways_is_explained() -> None:
    both = {f"{key} {name}" for key, names in STATED.items() for name, fields in names.items() if "~" in fields.values()}
    flags = {row for row in both if vary.values(*row.split(" ")).dtype == np.bool_}
    assert both - flags == set(directions.REGIONS) | set(directions.NOWHERE)
