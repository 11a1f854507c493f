"""The Formula section of every clause function: it is there, names its arguments, and computes what the function computes."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import formula_draws
import formula_text
import numpy as np
import pytest

from optopscan.codes import en1991_1_4, en1993_bending, en1993_stability

FUNCTIONS = formula_text.functions()
MOST_LINES = 4
LONGER = {
    "en1990.design_axial_force": 6,
    "en1992_column.design_moment_knm": 5,
    "en1993_bending.i_section_class": 5,
    "en1993_sections.i_section": 5,
    "en1993_stability.interaction_factors": 10,
    "nen9997_footing.drained_stress_kpa": 8,
}
"""Chains that are clearer with more lines than `MOST_LINES`."""

WORDS_ONLY = {
    # an iteration, a scan, an outline or a search in a table
    "en1991_1_4.pressure_strips",
    "en1992.wall_interval_kn",
    "en1992_column.column_interval_kn",
    "en1992_section.circle_curve",
    "en1992_section.circle_rows",
    "en1992_section.rectangle_curve",
    "en1992_section.ring_rows",
    "en1992_section.section_interval_kn",
    "en1993_sections.i_section",
    "en1993_sections.rectangular_tube",
    "en1993_sections.tapered_channel",
    "en1993_sections.tapered_i_section",
    "en1993_stability.axial_limit_kn",
    "en1996_data.flexural_row",
    "en1996_data.strength_row",
    "en1996_interval.end_interval_kn",
    "en1996_interval.in_plane_interval_kn",
    "en1996_interval.mid_interval_kn",
    "en1996_interval.shear_least_axial_kn",
    "nen9997_footing.footing_interval_kn",
    "nen9997_footing.settlement_increment_mm",
    "nen9997_pile.koppejan_means_mpa",
    "nen9997_pile.shaft_mean_mpa",
    "nen9997_pile.stress_integral_kn_m",
}
"""Not plain expressions: a line of their formula is in words; `SOLVED` and `PARTLY` test what can be."""


def _strips(a: dict[str, Any]) -> dict[str, Any]:
    keys = ("height_m", "width_m", "wind_speed_m_s", "terrain", "n_middle_strip")
    edges, pressure = en1991_1_4.pressure_strips(**{name: a[name] for name in keys})
    above = np.maximum(edges, max(a.get("level_m", 0.0), 0.0))
    return {"q_p": pressure, "dz": np.diff(above), "z": 0.5 * (above[1:] + above[:-1]) - max(a.get("level_m", 0.0), 0.0)}


def _pressure(a: dict[str, Any]) -> dict[str, Any]:
    return {"q_p": en1991_1_4.peak_velocity_pressure(a["height_m"], wind_speed_m_s=a["wind_speed_m_s"], terrain=a["terrain"])}


def _classes(a: dict[str, Any]) -> dict[str, Any]:
    web = a["height_mm"] - 2 * (a["flange_mm"] + a["root_mm"])
    share = min(0.5 * (1 + 1000 * a["n_ed_kn"] / (web * a["web_mm"] * a["fy_mpa"])), 1.0)
    psi = min(2000 * a["n_ed_kn"] / (a["area_mm2"] * a["fy_mpa"]) - 1, 1.0)
    out = (a["width_mm"] - a["web_mm"] - 2 * a["root_mm"]) / (2 * a["flange_mm"])
    return {
        "web": en1993_bending.internal_class(web / a["web_mm"], fy_mpa=a["fy_mpa"], compressed_share=share, stress_ratio=psi),
        "flange": en1993_bending.outstand_class(out, fy_mpa=a["fy_mpa"]),
    }


def _interaction(a: dict[str, Any]) -> dict[str, Any]:
    names = ("k_yy", "k_yz", "k_zy", "k_zz")
    return dict(zip(names, en1993_stability.interaction_factors(a["member"], n_ed_kn=a["n_ed_kn"]), strict=True))


GIVEN: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "en1991_1_4.friction_on_block": _pressure,
    "en1991_1_4.wind_above": _strips,
    "en1991_1_4.wind_on_block": _strips,
    "en1993_bending.i_section_class": _classes,
    "en1993_stability.utilisation": _interaction,
}
"""Lines in words that stand for another clause function: its value is filled in."""

SEVERAL: dict[str, tuple[str, ...]] = {
    "en1990.design_axial_force": ("N_Ed",),
    "en1990.wind_leading_axial_force": ("N_max", "N_min"),
    "en1991_1_3.snow_drift": ("l_s", "mu_w", "mu_s", "s"),
    "en1991_1_4.facade_coefficients": ("c_d", "c_e"),
    "en1991_1_4.friction_on_block": ("F", "M"),
    "en1991_1_4.wind_above": ("F", "M"),
    "en1991_1_4.wind_on_block": ("F", "M"),
    "en1992_material.stress_block": ("lam", "eta", "eps_cu3", "eps_c3"),
    "en1992_section.face_rows": ("depth", "area"),
    "en1993.imperfection_i_section": ("alpha_y", "alpha_z"),
    "en1993_bending.moment_with_axial_knm": ("M_y", "M_z"),
    "en1993_stability.interaction_factors": ("k_yy", "k_yz", "k_zy", "k_zz"),
    "en1993_stability.utilisation": ("uc_y", "uc_z"),
    "en1995.stability_utilisation": ("uc_y", "uc_z"),
}
"""Symbols of the results of functions that return several; one that is not listed returns its last symbol."""
FIELDS = {"en1993_sections.round_tube": {"A": "area_mm2", "I": "i_y_mm4", "W_pl": "w_pl_y_mm3", "A_v": "shear_area_z_mm2"}}
PLAIN = sorted(set(FUNCTIONS) - WORDS_ONLY)


@pytest.mark.parametrize("key", FUNCTIONS)
def test_the_section_is_there_and_names_every_argument(key: str) -> None:
    function = FUNCTIONS[key]
    found = formula_text.lines(function)
    assert 1 <= len(found) <= LONGER.get(key, MOST_LINES)
    doc = inspect.getdoc(function) or ""
    assert "Parameters\n---" not in doc or doc.index("\nFormula\n") < doc.index("\nParameters\n")
    assert all(line.isascii() for line in found)
    named = {name for line in found for name in formula_text.names(formula_text.split(line)[1])}
    missing = set(inspect.signature(function).parameters) - named
    # how often a result is refined is no part of it
    assert missing <= {"rounds"}


@pytest.mark.parametrize("key", FUNCTIONS)
def test_every_name_is_known_where_it_stands(key: str) -> None:
    function = FUNCTIONS[key]
    parameters = set(inspect.signature(function).parameters)
    known = parameters | set(vars(inspect.getmodule(function)))
    for line in formula_text.lines(function):
        left, right = formula_text.split(line)
        assert not parameters & set(left), line
        assert {name for name in formula_text.names(right) if "_" in name} <= known, line
        known |= set(left)


@pytest.mark.parametrize("key", FUNCTIONS)
def test_words_are_told(key: str) -> None:
    worded = any(not formula_text.is_expression(line) for line in formula_text.lines(FUNCTIONS[key]))
    assert worded == (key in WORDS_ONLY or key in GIVEN)


@pytest.mark.parametrize("key", PLAIN)
def test_the_formula_computes_what_the_function_computes(key: str) -> None:
    function, rng = FUNCTIONS[key], np.random.default_rng(11)
    compared = 0
    for _ in range(200):
        arguments = formula_draws.draw(rng, key, function)
        with np.errstate(all="ignore"):
            result = formula_draws.call(function, arguments)
            symbols = formula_text.value(function, arguments, GIVEN[key](arguments) if key in GIVEN else {})
        if key in FIELDS:
            pairs = [(symbols[name], getattr(result, field)) for name, field in FIELDS[key].items()]
        elif key in SEVERAL:
            pairs = [(symbols[name], result[place]) for place, name in enumerate(SEVERAL[key])]
        else:
            pairs = [(list(symbols.values())[-1], result)]
        for formula, answer in pairs:
            np.testing.assert_allclose(np.asarray(formula, dtype=float), np.asarray(answer, dtype=float), rtol=1e-9, atol=1e-12)
            compared += bool(np.all(np.isfinite(answer)))
    assert compared >= 50


SOLVED: dict[str, tuple[str, dict[str, tuple[float, float]]]] = {
    "en1992.wall_interval_kn": ("N_Rd", {"m_ed_knm": (1, 10), "l0_mm": (1e3, 2e3), "thickness_mm": (150, 300), "e_0_mm": (0, 9)}),
    "en1992_section.section_interval_kn": ("M_Rd", {"m_ed_knm": (20, 60), "eccentricity_mm": (40, 90)}),
    "en1996_interval.end_interval_kn": ("N_Rd", {"moment_knm": (0.5, 2)}),
    "en1996_interval.in_plane_interval_kn": ("N_Rd", {"moment_knm": (10, 60), "length_mm": (2e3, 6e3)}),
    "en1996_interval.mid_interval_kn": ("N_Rd", {"moment_knm": (0.5, 2), "slenderness": (8, 20)}),
}
"""Intervals: the symbol that N, or the moment that goes with N, reaches at each end; and ranges where there is one."""
PARTLY = {
    "en1993_sections.i_section": ({"I_y": "i_y_mm4"}, {"A": "area_mm2", "W_y": "w_el_y_mm3", "A_v": "shear_area_z_mm2"}),
    "en1993_sections.rectangular_tube": ({"A": "area_mm2", "I_y": "i_y_mm4"}, {"W_y": "w_el_y_mm3", "A_v": "shear_area_z_mm2"}),
    "en1993_sections.tapered_channel": ({"A": "area_mm2", "I_y": "i_y_mm4"}, {"W_y": "w_el_y_mm3", "A_v": "shear_area_z_mm2"}),
    "en1993_sections.tapered_i_section": (
        {"A": "area_mm2", "I_y": "i_y_mm4", "I_z": "i_z_mm4"},
        {"W_y": "w_el_y_mm3", "A_v": "shear_area_z_mm2", "I_w": "i_w_mm6"},
    ),
}
"""Sections: what their lines in words give, and what the other lines make of it."""


@pytest.mark.parametrize("key", SOLVED)
def test_an_interval_ends_where_its_formula_says(key: str) -> None:
    function, rng = FUNCTIONS[key], np.random.default_rng(12)
    symbol, ranges = SOLVED[key]
    compared = 0
    for _ in range(100):
        arguments = formula_draws.draw(rng, key, function) | {name: rng.uniform(*span) for name, span in ranges.items()}
        with np.errstate(all="ignore"):
            ends = formula_draws.call(function, arguments)
        for end in (float(value) for value in ends):
            if not np.isfinite(end) or end <= 0.0:
                continue
            found = formula_text.value(function, arguments, {"N": end, "lo": ends.lo, "hi": ends.hi})[symbol]
            moment = arguments.get("m_ed_knm", 0.0) + arguments.get("eccentricity_mm", 0.0) * end / 1000.0
            np.testing.assert_allclose(found, moment if symbol == "M_Rd" else end, rtol=1e-8)
            compared += 1
    assert compared >= 40


def test_the_least_force_for_shear_is_where_its_formula_says() -> None:
    key = "en1996_interval.shear_least_axial_kn"
    function, rng = FUNCTIONS[key], np.random.default_rng(13)
    compared = 0
    for _ in range(100):
        span = {"v_ed_kn": (30, 90), "m_ed_knm": (20, 80), "length_mm": (2e3, 4e3), "thickness_mm": (100, 200), "fb_mpa": (8, 20)}
        arguments = formula_draws.draw(rng, key, function) | {name: rng.uniform(*ends) for name, ends in span.items()}
        least = float(formula_draws.call(function, arguments))
        if np.isfinite(least) and least > 0.0:
            found = formula_text.value(function, arguments, {"N": least, "N_min": least})["V_Rd"]
            np.testing.assert_allclose(found, arguments["v_ed_kn"], rtol=1e-9)
            compared += 1
    assert compared >= 40


@pytest.mark.parametrize("key", PARTLY)
def test_what_follows_from_lines_in_words(key: str) -> None:
    function, rng = FUNCTIONS[key], np.random.default_rng(14)
    given, compare = PARTLY[key]
    for _ in range(50):
        arguments = formula_draws.draw(rng, key, function)
        result = formula_draws.call(function, arguments)
        symbols = formula_text.value(function, arguments, {name: getattr(result, field) for name, field in given.items()})
        for name, field in compare.items():
            np.testing.assert_allclose(symbols[name], getattr(result, field), rtol=1e-12)
