"""Unity checks of a record computed anew from their inputs, with formulas typed apart (`hand_formulas`); nothing of the program is used."""

from __future__ import annotations

import math
from typing import Any

from hand_formulas import DRAWN, RESISTANCE, design_force

HALF_DIGIT = 5e-5
"""Half a unit in the fourth decimal of the record, and in the fourth digit."""


def close(value: float, told: float) -> bool:
    return abs(value - told) <= HALF_DIGIT * (1.0 + abs(told))


def recomputed(check: dict[str, Any]) -> float:
    """Return the unity check from the inputs of a check alone."""
    force, combination = design_force(check["inputs"])
    assert close(force / check["n_kn"], 1.0)
    assert combination == check["combination"]
    resistance = RESISTANCE[check["clause"]](check["inputs"])
    if resistance <= 0.0:
        return math.inf
    return max(force, 0.0) / resistance


def agrees(check: dict[str, Any]) -> bool:
    """Whether a check of the record comes out; on curves that are drawn, on their safe side."""
    exact, told = recomputed(check), check["uc"]
    if check["clause"] not in DRAWN:
        return close(exact, told)
    return exact * (1.0 - HALF_DIGIT) <= told + HALF_DIGIT and told - HALF_DIGIT <= exact * (1.0 + DRAWN[check["clause"]])


OUT_OF_PLANE = {
    "NEN-EN 1996-1-1 6.1.2.2(1)(ii) wind": "NEN-EN 1996-1-1 6.1.2.2(1)(ii) mid",
    "NEN-EN 1992-1-1 12.6.5.2 wind": "NEN-EN 1992-1-1 12.6.5.2",
}
"""Clause of a wall under wind -> the formula that gives its resistance once the moment is an eccentricity."""


def holds_under_wind(row: dict[str, Any]) -> bool:
    """Whether a wall stands the moment of the wind beside the least and the largest force: N <= N_Rd with e = e_load + M / N."""
    given, resistance = row["inputs"], RESISTANCE[OUT_OF_PLANE[row["clause"]]]
    for force in (row["n_min_kn"], row["n_max_kn"]):
        bent = {**given, "e_load_mm": abs(given["e_load_mm"]) + 1000.0 * row["m_knm"] / force}
        if force > resistance(bent) * (1.0 + HALF_DIGIT) + HALF_DIGIT:
            return False
    return True


def use_of_panel(row: dict[str, Any]) -> float:
    """Return the unity check of a stability wall: its share of wind and lean, e <= l / 3, stress on what stays pressed, shear."""
    given = row["inputs"]
    force = given["share"] * (given["gamma_wind"] * given["wind_force_kn"] + given["inclination"] * given["load_above_kn"])
    moment = given["gamma_wind"] * given["wind_moment_knm"] + given["inclination"] * given["load_above_times_height_knm"]
    moment *= given["share"]
    length = given["panel_length_m"]
    pressed = length - 2.0 * moment / given["n_max_kn"]
    stress = given["n_max_kn"] / (pressed * given["panel_thickness_m"] * given["fd_mpa"] * 1000.0)
    return max(moment / given["n_min_kn"] / (length / 3.0), stress, force / given["v_rd_kn"])
