"""One argument at a time: the values it runs through, and what the result does meanwhile."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable
from typing import Any

import formula_draws
import numpy as np

STEPS = 13
LOOKUPS = {"en1996_data.fvk0_mpa", "en1996_data.fxk_aerated_mpa"}
"""Functions of one row of data: no arrays in, no arrays out."""
ROWS = {"en1996_data.flexural_row", "en1996_data.gamma_m", "en1996_data.strength_row"}
"""Functions that look up by names and classes: nothing to vary."""
CHOICES = {"category", "consequence_class", "mortar", "place", "unit", "zone"}
"""Names, which have no order."""
WHOLE = {"curve", "rows", "depth_m@sounding", "table_n", "table_xi", "steps"}
"""Objects and tables: given as they are."""
SIZES = {
    *("e_load_mm", "e_m_mm", "e_top_mm", "eccentricity_m", "eccentricity_mm", "h_d_kn", "m_0eqp_knm", "m_d_knm", "m_ed_knm", "m_y_knm"),
    *("m_z_knm", "moment_knm", "v_ed_kn"),
}
"""Arguments with a sign of which only the size counts: they run from zero."""
ELSEWHERE = {
    "en1992_column.column_interval_kn": "column_hi and column_lo in test_clauses_concrete",
    "en1992_section.circle_curve": "round_resistance in test_clauses_concrete",
    "en1992_section.rectangle_curve": "moment_resistance in test_clauses_concrete",
    "nen9997_footing.footing_interval_kn": "footing_hi and footing_lo in test_clauses_concrete",
}
"""Slow functions, and those that return a curve: their directions are rows of another table."""
UNORDERED = {"combination"}
"""Results that are a number of something."""
PARTS = {"factors": ("gamma_ga", "gamma_gb", "gamma_q", "gamma_g_inf"), "terrain": ("z0_m", "z_min_m")}
PART_RANGES: dict[str, tuple[float, float]] = {
    "factors.gamma_ga": (1.0, 1.6), "factors.gamma_gb": (1.0, 1.6), "factors.gamma_q": (1.0, 1.6), "factors.gamma_g_inf": (0.7, 1.0),
    "terrain.z0_m": (0.005, 0.5), "terrain.z_min_m": (1.0, 7.0), "block.lambda_": (0.7, 0.8), "block.eta": (0.8, 1.0),
    "block.eps_cu3": (0.0026, 0.0035), "block.eps_c3": (0.00175, 0.0023), "member.n_rd_kn": (500, 2000), "member.m_y_rd_knm": (50, 200),
    "member.m_z_rd_knm": (20, 90), "member.chi_y": (0.3, 1), "member.chi_z": (0.2, 1), "member.slenderness_y": (0.1, 2),
    "member.slenderness_z": (0.1, 2), "member.chi_lt": (0.3, 1), "member.c_my": (0.4, 1), "member.c_mz": (0.4, 1), "member.c_mlt": (0.4, 1),
}  # fmt: skip
MEMBER = [name.partition(".")[2] for name in PART_RANGES if name.startswith("member.")]
BLOCK = ["lambda_", "eta", "eps_cu3", "eps_c3"]


def arguments(function: Callable[..., Any]) -> list[str]:
    """Everything that can be varied: arguments, and parts of those that hold several numbers."""
    parts = {**PARTS, "member": [*MEMBER, "plastic", "twists"], "block": BLOCK}
    names = list(inspect.signature(function).parameters)
    sounding = "qc_mpa" in names
    out: list[str] = []
    for name in names:
        if name in parts:
            out += [f"{name}.{part}" for part in parts[name]]
        elif name not in CHOICES | WHOLE and not (sounding and name == "depth_m"):
            out.append(name)
    return out


def values(key: str, name: str) -> np.ndarray[Any, Any]:
    """The values that an argument runs through, rising; False and True for a flag."""
    last = name.rsplit(".", 1)[-1]
    if name in formula_draws.FLAGS or last in ("plastic", "twists"):
        return np.array([False, True])
    if name in formula_draws.COUNTS:
        low, high = formula_draws.COUNTS[name]
        return np.arange(low, high + 1)
    span = PART_RANGES.get(name) or formula_draws.OF_ONE.get(key, {}).get(name) or formula_draws.VECTORS.get(name)
    span = span or formula_draws.BY_NAME[name]
    if isinstance(span, list):
        return np.sort(np.array(span))
    return np.linspace(0.0 if name in SIZES else span[0], span[1], STEPS)


def put(arguments: dict[str, Any], name: str, run: np.ndarray[Any, Any]) -> dict[str, Any]:
    """The arguments with one of them, or the first component of one, running through its values."""
    first, _, part = name.partition(".")
    old = arguments[first]
    if part:
        new = old._replace(**{part: run}) if hasattr(old, "_replace") else dataclasses.replace(old, **{part: run})
    elif np.ndim(old) == 1 and np.ndim(run):
        new = np.repeat(np.asarray(old, dtype=float)[None, :], len(run), axis=0)
        new[:, 0] = run
    elif np.ndim(old) == 1:
        new = np.concatenate([[run], np.asarray(old)[1:]])
    else:
        new = run
    if np.ndim(run) and first not in PARTS:
        # all on the same axis of cases; the last axis of what has one stays
        arguments = {name: np.full(len(run), value) if isinstance(value, float) else value for name, value in arguments.items()}
    if "psi0" in arguments and not part:
        psi0 = new if first == "psi0" else arguments["psi0"]
        if np.ndim(psi0) and set(arguments) & {"variable_kn", "imposed_by_storey_kn"}:
            arguments, new = {**arguments, "psi0": psi0[:, None]}, psi0[:, None] if first == "psi0" else new
    return {**arguments, first: new}


def results(result: Any) -> dict[str, Any]:
    """Every array of a result by name: fields, places of a tuple, or the one result itself."""
    if dataclasses.is_dataclass(result):
        # what a section was made of comes back unchanged
        return {spec.name: getattr(result, spec.name) for spec in dataclasses.fields(result)}
    if isinstance(result, tuple):
        names = getattr(result, "_fields", None) or [str(place) for place in range(len(result))]
        return dict(zip(names, result, strict=True))
    return {"": result}


def series(
    key: str, function: Callable[..., Any], given: dict[str, Any], name: str, *, run: np.ndarray[Any, Any] | None = None
) -> dict[str, np.ndarray[Any, Any]]:
    """Every result while one argument runs through its values; the first and last component of results with an axis of their own."""
    run = values(key, name) if run is None else run
    last = name.rsplit(".", 1)[-1]
    # counts, parts of a roughness and rows of data are single values
    single = name in formula_draws.COUNTS and name != "storeys"
    loop = single or name.partition(".")[0] in PARTS or last == "half_turn" or key in LOOKUPS
    if loop:
        each = [results(formula_draws.call(function, put(given, name, value.item()))) for value in run]
        table = {field: [np.asarray(one[field], dtype=float) for one in each] for field in each[0]}
        found = {field: np.stack([_ends(one) for one in column]) for field, column in table.items()}
    else:
        found = {
            field: _ends(np.asarray(value, dtype=float), lead=1)
            for field, value in results(formula_draws.call(function, put(given, name, run))).items()
        }
    out: dict[str, np.ndarray[Any, Any]] = {}
    for field, value in found.items():
        if field in UNORDERED:
            continue
        full = np.broadcast_to(value, (len(run), value.shape[-1])) if value.ndim > 1 else np.repeat(value[None, :], len(run), axis=0)
        for place in range(full.shape[-1]):
            out[field + ("" if full.shape[-1] == 1 else ("[first]", "[last]")[place])] = full[:, place]
    return out


def _ends(value: np.ndarray[Any, Any], *, lead: int = 0) -> np.ndarray[Any, Any]:
    if value.ndim == lead:
        return value[..., None]
    return value[..., [0, -1]] if value.ndim > lead else value[None, None]


def seen(run: np.ndarray[Any, Any]) -> tuple[bool, bool, bool]:
    """Whether the values rise, fall, or stay somewhere; steps from or to nan say nothing."""
    before, after = run[:-1], run[1:]
    known = ~(np.isnan(before) | np.isnan(after))
    finite = run[np.isfinite(run)]
    noise = 1e-9 * (np.abs(finite).max() if finite.size else 1.0)
    with np.errstate(invalid="ignore"):
        same = (before == after) | (np.abs(after - before) <= noise)
    return bool(np.any(known & ~same & (after > before))), bool(np.any(known & ~same & (after < before))), bool(np.any(known & same))


def direction(rises: bool, falls: bool, stays: bool) -> str:
    """+ or - (with 0 where it may stay), 0 where it plays no part, ~ where it goes both ways."""
    if rises and falls:
        return "~"
    if not rises and not falls:
        return "0"
    return ("+" if rises else "-") + ("0" if stays else "")
