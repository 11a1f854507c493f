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
