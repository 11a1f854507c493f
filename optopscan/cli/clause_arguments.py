"""Arguments of a clause function as they can be typed: numbers, lists, words, and structures by their parts."""

from __future__ import annotations

import dataclasses
import inspect
import sys
import types
from collections.abc import Callable, Mapping
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import numpy as np

from optopscan.checks.clause_functions import Clause, unit_of
from optopscan.cli.words import nearest
from optopscan.codes.en1990 import FactorSet
from optopscan.errors import UsageError

FactorSets = Callable[[str, str, str], FactorSet]
_YES_NO = {"true": True, "yes": True, "false": False, "no": False}


def parse(clause: Clause, typed: tuple[str, ...], *, factor_set: FactorSets) -> dict[str, Any]:
    """Return the arguments of one call, by name, without those left at their default.

    Parameters
    ----------
    clause
        The function.
    typed
        "key=value" or "key.part=value", in any order.
    factor_set
        Gives the partial factors of a set, level and consequence class.

    Raises
    ------
    UsageError
        With one line: what is not known, missing or cannot be typed.
    """
    parameters = inspect.signature(clause.function).parameters
    groups = _grouped(clause, typed, parameters)
    hints = get_type_hints(clause.function)
    made = {}
    for name, texts in groups.items():
        made[name] = _argument(f"{clause.name}: {name}", hints[name], texts, factor_set)
    lost = [row for row in parameters.values() if row.name not in made and row.default is row.empty]
    lost = [row for row in lost if row.kind is not row.VAR_POSITIONAL]
    if lost:
        raise UsageError(f"{clause.name}: missing {', '.join(f'{row.name} {kind_of(row, hints)}' for row in lost)}")
    return made


def kind_of(parameter: inspect.Parameter, hints: Mapping[str, Any]) -> str:
    """Return what an argument is, in words: its unit, the words it may be, or the parts of a structure."""
    hint = _certain(hints[parameter.name])
    if get_origin(hint) is Literal:
        return "one of " + ", ".join(map(str, get_args(hint)))
    if _fields(hint):
        return f"{hint.__name__} of {', '.join(f'{parameter.name}.{field}' for field in _fields(hint))}"
    if hint is bool:
        return "true or false"
    if hint is str:
        return "word"
    if _cannot(hint) or parameter.kind is parameter.VAR_POSITIONAL:
        return "cannot be typed"
    return f"[{unit_of(parameter.name) or '-'}]"


def _grouped(clause: Clause, typed: tuple[str, ...], parameters: Mapping[str, inspect.Parameter]) -> dict[str, dict[str, str]]:
    """Return the texts by argument and part ("" for the argument itself)."""
    groups: dict[str, dict[str, str]] = {}
    for text in typed:
        key, equals, value = text.partition("=")
        name, _, part = key.strip().partition(".")
        if not equals:
            raise UsageError(f"{clause.name}: {text!r} is not KEY=VALUE; keys are {', '.join(parameters)}")
        if name not in parameters:
            raise UsageError(f"{clause.name}: no argument {name!r}; {nearest(name, parameters)}")
        if part in groups.setdefault(name, {}):
            raise UsageError(f"{clause.name}: {key.strip()} is given twice")
        groups[name][part] = value.strip()
    return groups


def _argument(where: str, hint: Any, texts: Mapping[str, str], factor_set: FactorSets) -> Any:
    hint = _certain(hint)
    fields = _fields(hint)
    if fields and "" not in texts:
        return _structure(where, hint, fields, texts)
    if fields:
        return _by_name(where, hint, texts[""], factor_set)
    if set(texts) != {""}:
        raise UsageError(f"{where} has no parts; type {where.rpartition(' ')[2]}=VALUE")
    return _plain(where, hint, texts[""])


def _structure(where: str, hint: Any, fields: Mapping[str, Any], texts: Mapping[str, str]) -> Any:
    """Return a structure from its parts; a number that was not typed is unknown (nan)."""
    for part in texts:
        if part not in fields:
            raise UsageError(f"{where} has no part {part!r}; {nearest(part, fields)}")
    values = {}
    for part, kind in fields.items():
        text = kind in (str,) or get_origin(kind) is Literal
        values[part] = _plain(f"{where}.{part}", kind, texts[part]) if part in texts else ("" if text else float("nan"))
    return hint(**values)


def _by_name(where: str, hint: Any, text: str, factor_set: FactorSets) -> Any:
    """Return a structure that has a name: a factor set as SET/LEVEL/CLASS, or a row of a table in its module."""
    if hint is FactorSet:
        row = text.split("/")
        if len(row) != 3:
            raise UsageError(f"{where}={text}: type SET/LEVEL/CLASS, or the numbers one by one (factors.gamma_q=1.5)")
        return factor_set(row[0], row[1], row[2])
    tables = [table for table in vars(sys.modules[hint.__module__]).values() if isinstance(table, Mapping)]
    named = {key: value for table in tables for key, value in table.items() if isinstance(value, hint)}
    if text in named:
        return named[text]
    hint_text = nearest(text, named) if named else "type its parts one by one"
    raise UsageError(f"{where}={text}: no such {hint.__name__}; {hint_text}")


def _plain(where: str, hint: Any, text: str) -> Any:
    hint = _certain(hint)
    if _cannot(hint):
        raise UsageError(
            f"{where}: a {getattr(hint, '__name__', 'function')} cannot be typed; this function can be called from Python only"
        )
    if get_origin(hint) is Literal:
        words = {str(choice): choice for choice in get_args(hint)}
        if text not in words:
            raise UsageError(f"{where}={text}: {nearest(text, words)}")
        return words[text]
    if hint is str:
        return text
    if hint is bool:
        if text.lower() not in _YES_NO:
            raise UsageError(f"{where}={text}: true or false")
        return _YES_NO[text.lower()]
    number = _numbers(where, text)
    if hint in (int, float) and np.ndim(number):
        raise UsageError(f"{where}={text}: one number, not a list")
    return int(number) if hint is int else number


def _numbers(where: str, text: str) -> Any:
    """Return a number, a list ("1,2,3") or a matrix ("1,2;3,4") of floats or booleans."""
    rows = [[_number(where, cell) for cell in row.split(",")] for row in text.split(";")]
    if len({len(row) for row in rows}) > 1:
        raise UsageError(f"{where}={text}: rows of a matrix must be equally long")
    if len(rows) > 1:
        return np.array(rows)
    return np.array(rows[0]) if len(rows[0]) > 1 else rows[0][0]


def _number(where: str, text: str) -> float | bool:
    word = text.strip().lower()
    if word in _YES_NO:
        return _YES_NO[word]
    try:
        return float(word)
    except ValueError:
        raise UsageError(f"{where}={text}: not a number (decimal point; commas part a list)") from None


def _certain(hint: Any) -> Any:
    """Return a hint without None beside it."""
    if get_origin(hint) in (Union, types.UnionType):
        rest = [kind for kind in get_args(hint) if kind is not type(None)]
        return rest[0] if len(rest) == 1 else hint
    return hint


def _fields(hint: Any) -> dict[str, Any]:
    """Return the parts of a structure (dataclass or named tuple) with their types, none for anything else."""
    if inspect.isclass(hint) and (dataclasses.is_dataclass(hint) or hasattr(hint, "_fields")):
        return get_type_hints(hint)
    return {}


def _cannot(hint: Any) -> bool:
    return get_origin(hint) is Callable or hint is Callable or get_origin(hint) is types.FunctionType
