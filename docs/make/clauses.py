"""Every clause function with its source, its formula and its place, from the docstrings that also feed the printed calculation."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from typing import Any

import optopscan.codes
from docs.make.markdown import block, cell, code
from optopscan.checks.formula import formula_of

QUOTED = re.compile("(?:&#96;)+(.+?)(?:&#96;)+")


def functions() -> Iterator[tuple[str, dict[str, Callable[..., Any]]]]:
    """Yield (module, its public clause functions that state a formula), in the order of their names and lines."""
    for found in pkgutil.iter_modules(optopscan.codes.__path__):
        module = importlib.import_module(f"optopscan.codes.{found.name}")
        own: dict[str, Callable[..., Any]] = {
            name: member
            for name, member in vars(module).items()
            if inspect.isfunction(member) and member.__module__ == module.__name__ and not name.startswith("_") and formula_of(member)
        }
        if own:
            yield found.name, own


def reference() -> str:
    """Return all clauses, a heading per module."""
    parts = []
    for module, own in functions():
        title = (inspect.getdoc(importlib.import_module(f"optopscan.codes.{module}")) or "").split("\n", 1)[0]
        parts.append(f"## {module}\n\n{cell(title)} Module `optopscan/codes/{module}.py`.\n")
        parts += [_clause(f"{module}.{name}", function) for name, function in own.items()]
    return "\n".join(parts)


def named(name: str) -> str:
    """Return one clause, by its module and name.

    Raises
    ------
    KeyError
        If there is no such function with a formula.
    """
    return _clause(name, {f"{module}.{one}": function for module, own in functions() for one, function in own.items()}[name])


def _clause(name: str, function: Callable[..., Any]) -> str:
    paragraphs = (inspect.getdoc(function) or "").split("\n\n")
    source = paragraphs[1] if len(paragraphs) > 1 and not paragraphs[1].startswith("Formula") else ""
    lines = [f"{row.symbol} = {row.expression}" if row.symbol else row.expression for row in formula_of(function)]
    told = "<br>".join(QUOTED.sub(lambda match: code(match[1]), cell(text)) for text in (paragraphs[0], source) if text)
    return f"{code(name)}<br>{told}\n\n{block(chr(10).join(lines))}"
