"""The rules of the IFC schemas, made ready once per schema: ifcopenshell does so for every file, which takes seconds each time."""

from __future__ import annotations

import ast
import types
from typing import Any
from unittest.mock import patch

import ifcopenshell.validate
from _pytest.assertion import rewrite
from ifcopenshell.express import rule_executor

READY: dict[str, types.CodeType] = {}
"""The code of the rules of a schema by its text. It is run anew for every file, so nothing of one file comes to another."""


def statements(model: Any, *, rules: bool = True) -> list[dict[str, Any]]:
    """Return what the schema, with its rules, has against a model or the file at a path."""
    log = ifcopenshell.validate.json_logger()
    with (
        patch.object(rule_executor, "ast", types.SimpleNamespace(parse=_parse)),
        patch.object(rule_executor, "compile", _compile, create=True),
        patch.object(rewrite, "rewrite_asserts", _rewrite),
    ):
        ifcopenshell.validate.validate(model, log, express_rules=rules)
    return log.statements


_rewrite_asserts = rewrite.rewrite_asserts


def _parse(source: str) -> ast.Module:
    tree = ast.Module(body=[], type_ignores=[]) if source in READY else ast.parse(source)
    tree.text = source
    return tree


def _rewrite(mod: ast.Module, source: str) -> None:
    if source not in READY:
        _rewrite_asserts(mod=mod, source=source)


def _compile(tree: ast.Module, name: str, mode: str) -> types.CodeType:
    if tree.text not in READY:
        READY[tree.text] = compile(tree, name, mode)
    return READY[tree.text]
