"""The Formula section of a clause function: its lines, its names, and its value for given numbers."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import Any

import numpy as np

import optopscan.codes

HELPERS = {"interval"}
"""Modules without clauses."""


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.iter_modules(optopscan.codes.__path__):
        if found.name not in HELPERS:
            yield importlib.import_module(f"optopscan.codes.{found.name}")


def functions() -> dict[str, Callable[..., Any]]:
    """Every public function of every module of clauses, by module.name."""
    return {
        f"{module.__name__.rsplit('.', 1)[-1]}.{name}": member
        for module in modules()
        for name, member in sorted(vars(module).items())
        if inspect.isfunction(member) and member.__module__ == module.__name__ and not name.startswith("_")
    }


def lines(function: Callable[..., Any]) -> list[str]:
    """The lines of the Formula section, without indentation; none where there is no section."""
    doc = (inspect.getdoc(function) or "").split("\n")
    for place in range(len(doc) - 1):
        if doc[place] == "Formula" and doc[place + 1] == "-------":
            rest = doc[place + 2 :]
            return rest[: rest.index("")] if "" in rest else rest
    return []


def names(text: str) -> list[str]:
    """Names in a line, the first part of dotted ones, without what stands in quotes."""
    bare = re.sub(r'"[^"]*"', "", text)
    return re.findall(r"(?<![\w.])[A-Za-z_]\w*", bare)


def split(line: str) -> tuple[list[str], str]:
    """Symbols on the left and the text on the right; no symbol in a line without ' = '."""
    left, sign, right = line.partition(" = ")
    return ([name.strip() for name in left.split(",")], right) if sign else ([], line)


def _least(*values: Any) -> Any:
    return values[0] if len(values) == 1 else np.minimum(values[0], _least(*values[1:]))


def _most(*values: Any) -> Any:
    return values[0] if len(values) == 1 else np.maximum(values[0], _most(*values[1:]))


WORDS: dict[str, Any] = {
    "min": _least,
    "max": _most,
    "least": lambda values: np.min(values, axis=-1),
    "most": lambda values: np.max(values, axis=-1),
    "largest": lambda n, values: np.sum(np.sort(values, axis=-1)[..., -n:], axis=-1),
    "sum": lambda values: np.sum(np.atleast_1d(values), axis=-1),
    "mean": lambda values: np.mean(values, axis=-1),
    "deviation": lambda values: np.std(values, axis=-1, ddof=1),
    "count": lambda values: np.sum(values, axis=-1),
    "interp": np.interp,
    "abs": np.abs,
    "sign": np.sign,
    "sqrt": np.sqrt,
    "ln": np.log,
    "exp": np.exp,
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "atan": np.arctan,
    "radians": np.radians,
    "degrees": np.degrees,
    "pi": np.pi,
    "inf": np.inf,
    "nan": np.nan,
}
"""What a formula may use besides arithmetic and 'x if condition else y'; sums and means run over the last axis."""


def is_expression(line: str) -> bool:
    """Whether the right side can be computed: not words."""
    try:
        compile(split(line)[1], "formula", "eval")
    except SyntaxError:
        return False
    return True


def value(function: Callable[..., Any], arguments: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Every symbol of the formula for one set of arguments; ``given`` stands in for lines that are words."""
    known = {**vars(inspect.getmodule(function)), **WORDS, **arguments, **given}
    found: dict[str, Any] = {}
    for line in lines(function):
        left, right = split(line)
        if not set(left) <= set(given):
            result = eval(compile(right, "formula", "eval"), {"__builtins__": {}}, known)
            parts = result if len(left) > 1 else [np.asarray(result) if isinstance(result, tuple) else result]
            known |= dict(zip(left, parts, strict=True))
        found |= {name: known[name] for name in left}
    return found
