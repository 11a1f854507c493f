"""Formulas as the docstrings of the clause functions state them, with numbers filled in.

A clause function has a section "Formula" in its docstring, written with its own parameter
names, one symbol per line. Here those lines are read, computed and printed; nothing is typed
again, so what is printed is what the function says of itself. A line in words (no plain
expression) is shown as it stands.
"""

from __future__ import annotations

import ast
import functools
import inspect
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

Value = Any
"""A number or an array of numbers."""

_TOKEN = re.compile(r"(?P<number>(?<![\w.])\d+\.?\d*(?:[eE][+-]?\d+)?)|(?P<name>[A-Za-z_]\w*(?:\.\w+)*)|(?P<comma>,\s*)")
_ASSIGNED = re.compile(r"^\s*([A-Za-z_]\w*(?:, [A-Za-z_]\w*)*)\s*=(?!=)\s*(.+?)\s*$")
_CONSTANTS = (int, float, tuple, np.ndarray, Mapping)
_WORDS = frozenset({"if", "else", "and", "or", "not", "for", "in", "where", "at", "of", "from", "to", "is"})


@dataclass(frozen=True, kw_only=True)
class Formula:
    """One line of a formula: ``symbol`` = ``expression``; several symbols are parted by commas, none where the line is words."""

    symbol: str
    expression: str


@dataclass(frozen=True, kw_only=True)
class Filled:
    """A line with its numbers: the text as it stands, with numbers filled in, value (None where it was not computed)."""

    formula: Formula
    stated: str
    numbers: str
    value: Value | None


def formula_of(function: Callable[..., Any]) -> tuple[Formula, ...]:
    """Return the lines of the section "Formula" of a docstring, none where it has no such section."""
    lines = (inspect.getdoc(function) or "").split("\n")
    start = next((k + 2 for k in range(len(lines) - 1) if lines[k] == "Formula" and set(lines[k + 1]) == {"-"}), None)
    if start is None:
        return ()
    rows: list[str] = []
    for line in lines[start:]:
        if not line.strip():
            break
        if line.startswith(" ") and rows:
            rows[-1] = f"{rows[-1]} {line.strip()}"
        else:
            rows.append(line.rstrip())
    return tuple(_line(row) for row in rows)


def _line(text: str) -> Formula:
    match = _ASSIGNED.match(text)
    return Formula(symbol=match[1], expression=match[2]) if match else Formula(symbol="", expression=text.strip())


def filled_in(
    formulas: tuple[Formula, ...],
    values: Mapping[str, Value],
    *,
    constants: Mapping[str, Any] | None = None,
    decimal: str = ".",
    digits: int = 6,
) -> tuple[Filled, ...]:
    """Return every line with the numbers in place of the names.

    Parameters
    ----------
    formulas
        As `formula_of` returns them.
    values
        Arguments by name; attributes of structured ones as "factors.gamma_q".
    constants
        What else a name may mean, e.g. the globals of the function's module; only numbers are used.
    decimal
        Decimal mark; with a comma the arguments of min and max are parted by semicolons.
    digits
        Significant digits of the numbers filled in.

    Examples
    --------
    >>> filled_in((Formula(symbol="phi", expression="1 - 2 * e / t"),), {"e": 20.0, "t": 200.0})[0].numbers
    '1 - 2 * 20 / 200'
    """
    known: dict[str, Value] = {name: value for name, value in (constants or {}).items() if isinstance(value, _CONSTANTS)}
    known |= values
    made = []
    for row in formulas:
        value = evaluate(row.expression, known)
        stated, numbers = (_numbers(row.expression, names, decimal, digits) for names in ({}, known))
        made.append(Filled(formula=row, stated=stated, numbers=numbers, value=value))
        symbols = row.symbol.split(", ")
        if value is not None:
            known |= dict(zip(symbols, value if len(symbols) > 1 else [value], strict=True))
    return tuple(made)


def _numbers(expression: str, known: Mapping[str, Value], decimal: str, digits: int) -> str:
    def of(match: re.Match[str]) -> str:
        text = match[0]
        if match["number"]:
            return text.replace(".", decimal)
        if match["comma"]:
            return "; " if decimal == "," else text
        called = expression[match.end() : match.end() + 1] == "("
        if text not in known or called or text in _WORDS or isinstance(known[text], Mapping):
            return text
        shown = figure(known[text], digits=digits, decimal=decimal)
        return f"({shown})" if shown.startswith("-") else shown

    return _TOKEN.sub(of, expression)


def figure(value: Value, *, digits: int = 6, decimal: str = ".") -> str:
    """Return a number with so many significant digits and without an exponent where that stays short; lists in brackets.

    Examples
    --------
    >>> figure(0.8130841, digits=4), figure(214.0), figure([1.5, 2.0]), figure(12345678.0)
    ('0.8131', '214', '[1.5, 2]', '12345678')
    """
    if isinstance(value, str):
        return value
    array = np.asarray(value)
    if array.ndim:
        parted = "; " if decimal == "," else ", "
        return f"[{parted.join(figure(row, digits=digits, decimal=decimal) for row in array)}]"
    if array.dtype == np.bool_:
        return "true" if bool(array) else "false"
    number = float(array)
    if math.isfinite(number) and 10**digits <= abs(number) < 1e12:
        return f"{number:.0f}"
    return f"{number:.{digits}g}".replace(".", decimal)


# -- computing a line -----------------------------------------------------------------

_BINARY: Mapping[type[ast.operator], Callable[[Value, Value], Value]] = {
    ast.Add: np.add,
    ast.Sub: np.subtract,
    ast.Mult: np.multiply,
    ast.Div: np.true_divide,
    ast.Pow: np.power,
}
_COMPARE: Mapping[type[ast.cmpop], Callable[[Value, Value], Value]] = {
    ast.Lt: np.less,
    ast.LtE: np.less_equal,
    ast.Gt: np.greater,
    ast.GtE: np.greater_equal,
    ast.Eq: np.equal,
    ast.NotEq: np.not_equal,
}


_FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    "min": lambda *values: functools.reduce(np.minimum, values),
    "max": lambda *values: functools.reduce(np.maximum, values),
    "least": lambda values: np.min(values, axis=-1),
    "most": lambda values: np.max(values, axis=-1),
    "largest": lambda n, values: np.sum(np.sort(values, axis=-1)[..., -int(n) :], axis=-1),
    "sum": lambda values: np.sum(np.atleast_1d(values), axis=-1),
    "mean": lambda values: np.mean(values, axis=-1),
    "deviation": lambda values: np.std(values, axis=-1, ddof=1),
    "count": lambda values: np.sum(values, axis=-1),
    "interp": np.interp,
    "abs": np.abs,
    "sign": np.sign,
    "sqrt": np.sqrt,
    "exp": np.exp,
    "ln": np.log,
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "atan": np.arctan,
    "radians": np.radians,
    "degrees": np.degrees,
}
"""What a formula may use; sums and means run over the last axis (`optopscan.codes` states the list)."""
_NUMBERS = {"pi": math.pi, "inf": math.inf, "nan": math.nan}


class _NotPlainError(Exception):
    """The line is words, or names something that has no number."""


def evaluate(expression: str, known: Mapping[str, Value]) -> Value | None:
    """Return the value of an expression, None where it is no plain expression of known numbers.

    Arithmetic, comparison, ``a if condition else b``, min, max, sqrt, exp and the like; numbers broadcast.
    """
    try:
        tree = ast.parse(expression, mode="eval")
        with np.errstate(all="ignore"):
            value = np.asarray(_number(_value(tree.body, _NUMBERS | dict(known))))
        return None if value.dtype.kind not in "biuf" else value if value.ndim else value.item()
    except (SyntaxError, _NotPlainError, TypeError, ValueError, KeyError):
        return None


def _value(node: ast.expr, known: Mapping[str, Value]) -> Value:
    match node:
        case ast.Constant(value=bool() | int() | float() | str()):
            return node.value
        case ast.Subscript(value=ast.Name(id=table)) if isinstance(known.get(table), Mapping):
            return _number(known[table][_value(node.slice, known)])
        case ast.Tuple():
            return np.stack(np.broadcast_arrays(*(_value(part, known) for part in node.elts)))
        case ast.Name() | ast.Attribute() if ast.unparse(node) in known:
            return _number(known[ast.unparse(node)])
        case ast.UnaryOp(op=ast.USub()):
            return np.negative(_value(node.operand, known))
        case ast.UnaryOp(op=ast.Not()):
            return np.logical_not(_value(node.operand, known))
        case ast.BinOp() if type(node.op) in _BINARY:
            return _BINARY[type(node.op)](np.asarray(_value(node.left, known), dtype=np.float64), _value(node.right, known))
        case ast.Compare():
            return _compared(node, known)
        case ast.BoolOp():
            join = np.logical_and if isinstance(node.op, ast.And) else np.logical_or
            return functools.reduce(join, [_value(part, known) for part in node.values])
        case ast.IfExp():
            return np.where(_value(node.test, known), _value(node.body, known), _value(node.orelse, known))
        case ast.Call(func=ast.Name(id=name), keywords=[]) if name in _FUNCTIONS:
            return _FUNCTIONS[name](*(_value(part, known) for part in node.args))
    raise _NotPlainError


def _number(value: Value) -> Value:
    if isinstance(value, str | bool):
        return value
    array = np.asarray(value)
    if array.dtype.kind not in "biuf":
        raise _NotPlainError
    return array


def _compared(node: ast.Compare, known: Mapping[str, Value]) -> Value:
    sides = [_value(part, known) for part in (node.left, *node.comparators)]
    if not all(type(op) in _COMPARE for op in node.ops):
        raise _NotPlainError
    pairs = zip(node.ops, sides, sides[1:], strict=False)
    return functools.reduce(np.logical_and, [_COMPARE[type(op)](left, right) for op, left, right in pairs])
