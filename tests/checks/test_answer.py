"""The Dutch words of the answer."""

import ast
from pathlib import Path

import pytest

import optopscan
from optopscan.checks.answer import REASON_NL
from optopscan.checks.resistance import steel_beam, table, timber, timber_beam

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


def test_reasons_that_are_put_together_have_dutch_words_too():
    """Reasons with a name or a number in them, and what stands between the lower and the upper assumption."""
    made = [
        *(
            table._no_check(kind, group)
            for kind in ("beam", "lintel", "pier", "column")
            for group in ("concrete", "clay", "timber", "glass")
        ),
        steel_beam.BETWEEN,
        timber.BETWEEN,
        timber_beam.BETWEEN,
        "beam on one support: its moment is not checked",
        "beam too short to span",
        "support of the beam unknown",
        "section HEA200 lies flat or slopes: 200 mm high in the model",
        "overhang of the beam over half its span: lateral torsion of the free end is not checked",
    ]
    for reason in made:
        assert any(key in reason for key, _ in REASON_NL), reason
