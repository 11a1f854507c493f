"""The Dutch words of the answer."""

import ast
from pathlib import Path

import pytest

import optopscan
from optopscan.checks.answer import REASON_NL

SOURCE = Path(optopscan.__file__).parent
CALLS = {"without_check": 2, "explain_unknown": 2}


def reasons():
    """Every text that the code gives as the reason why a part has no verdict."""
    found = set()
    for path in [*sorted((SOURCE / "checks").rglob("*.py")), *sorted((SOURCE / "pipeline").rglob("*.py"))]:
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in CALLS and len(node.args) > CALLS[name] and isinstance(node.args[CALLS[name]], ast.Constant):
                found.add(node.args[CALLS[name]].value)
    return sorted(found)


def test_reasons_are_found():
    assert len(reasons()) >= 10


@pytest.mark.parametrize("reason", reasons())
def test_every_reason_has_dutch_words(reason):
    assert any(key in reason for key, _ in REASON_NL)
