"""One call of a clause function worked out: formula, numbers filled in, result, clause."""

from __future__ import annotations

import dataclasses
import inspect
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from optopscan.checks.clause_functions import Clause, unit_of
from optopscan.checks.formula import Filled, figure, filled_in, formula_of
from optopscan.errors import UsageError


@dataclass(frozen=True, kw_only=True)
class Worked:
    """One call: arguments by name (parts of a structure as "factors.gamma_q"), filled formula and results by name.

    ``results`` has one entry named "" where the function returns one value.
    """

    clause: Clause
    arguments: Mapping[str, Any]
    defaults: frozenset[str]
    lines: tuple[Filled, ...]
    results: Mapping[str, Any]


def worked(clause: Clause, arguments: Mapping[str, Any]) -> Worked:
    """Call a clause function and return the call worked out.

    Raises
    ------
    UsageError
        If the function refuses the arguments, or their shapes do not fit.
    """
    try:
        with np.errstate(all="ignore"):
            found = clause.function(**arguments)
    except (ValueError, KeyError, IndexError, TypeError) as exc:
        raise UsageError(f"{clause.name}: cannot be computed from these arguments ({exc})") from exc
    bound = inspect.signature(clause.function).bind(**arguments)
    given = frozenset(bound.arguments)
    bound.apply_defaults()
    flat = {name: value for key, whole in bound.arguments.items() for name, value in _flat(key, whole).items()}
    constants = vars(inspect.getmodule(clause.function))
    return Worked(
        clause=clause,
        arguments=flat,
        defaults=frozenset(name for name in flat if name.partition(".")[0] not in given),
        lines=filled_in(formula_of(clause.function), flat, constants=constants),
        results=_results(found),
    )


def text(made: Worked) -> str:
    """Return a call as lines of text, numbers with a decimal point."""
    rows = [
        f"  {name} = {_with_unit(name, value)}{'  (default)' if name in made.defaults else ''}" for name, value in made.arguments.items()
    ]
    head = f"{made.clause.name}  {made.clause.clause}".rstrip()
    formula = [f"  {line}" for row in made.lines for line in formula_lines(row)] or ["  no formula is stated in its docstring"]
    unit = f" {made.clause.unit}" if made.clause.unit not in ("", "-") else ""
    results = [f"  {name or 'result'} = {figure(value)}{unit if not name else ''}" for name, value in made.results.items()]
    return "\n".join([head, made.clause.title, "", *rows, "", *formula, "", *results])


def formula_lines(row: Filled, *, decimal: str = ".", digits: int = 6, unit: str = "") -> list[str]:
    """Return a formula as stated, and under it with numbers and its value; one line where it has no symbol."""
    if not row.formula.symbol:
        return [row.stated]
    indent = " " * len(row.formula.symbol)
    value = "" if row.value is None else f" = {figure(row.value, decimal=decimal, digits=digits)} {unit}".rstrip()
    filled = [] if row.numbers == row.stated and not value else [f"{indent} = {row.numbers}{value}"]
    return [f"{row.formula.symbol} = {row.stated}", *filled]


def as_json(made: Worked) -> dict[str, Any]:
    """Return a call as plain data; what is unknown is null."""
    return {
        "name": made.clause.name,
        "clause": made.clause.clause,
        "title": made.clause.title,
        "unit": made.clause.unit,
        "arguments": {name: {"value": _plain(value), "unit": unit_of(name)} for name, value in made.arguments.items()},
        "formula": [
            {
                "symbol": row.formula.symbol,
                "expression": row.formula.expression,
                "numbers": row.numbers,
                "value": None if row.value is None else _plain(row.value),
            }
            for row in made.lines
        ],
        "result": {name or "value": _plain(value) for name, value in made.results.items()},
    }


def _default(name: str, made: Worked) -> str:
    return "  (default)" if name in made.defaults else ""


def _with_unit(name: str, value: Any) -> str:
    unit = unit_of(name)
    return f"{figure(value)} {unit}" if unit else figure(value)


def _flat(name: str, value: Any) -> dict[str, Any]:
    """Return one argument by name, a structure as its parts."""
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        parts = value._asdict()
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        parts = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    elif isinstance(value, tuple):
        parts = {str(k): row for k, row in enumerate(value, 1)}
    else:
        return {name: value}
    return {f"{name}.{key}" if name else key: row for key, row in parts.items()}


def _results(found: Any) -> dict[str, Any]:
    return _flat("", found)


def _plain(value: Any) -> Any:
    if isinstance(value, str | bool) or value is None:
        return value
    array = np.asarray(value)
    if array.ndim:
        return [_plain(row) for row in array]
    if array.dtype == np.bool_:
        return bool(array)
    number = float(array)
    return number if math.isfinite(number) else None
