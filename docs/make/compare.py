"""Compare with what others found and keep it for the validation page: ``python -m docs.make.compare`` (needs the extra test).

Worked cases and outside values are those of the tests (`tests/codes`), finite elements those of `benchmarks/finite_elements.py`
on the examples, realised projects the answers of ``optopscan explain projects --scan``. A test holds the first two against
the kept file, so that the page cannot fall behind.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import click
import numpy as np

from docs.make import ROOT
from docs.make.figures import FOUND

MESH_M = 0.6
# A storey of each example; the others are alike and take as long.
LEVELS = {"galerijflat_1972": "z 2.80", "kantoor_1980": "z 3.40", "portiekflat_1958": "z 5.20"}
BESIDE = {"less": "missed", "same": "possible: the same", "more": "possible: more than built", "unknown": "cannot be compared"}


def worked() -> Iterator[dict[str, Any]]:
    """Yield every number of every worked case."""
    _tests_on_path()
    from test_golden import CASES

    for name, case in CASES.items():
        found = case.found()
        for quantity, expected in case.expected.items():
            yield {"case": name, "quantity": quantity, "source": case.source, **_beside(expected, found[quantity])}


def outside() -> Iterator[dict[str, Any]]:
    """Yield what others found for every clause function."""
    _tests_on_path()
    import formula_draws
    import formula_text
    import outside_values

    functions = formula_text.functions()
    for key, case in sorted(outside_values.OUTSIDE.items()):
        result = formula_draws.call(functions[key], case.arguments)
        yield {"function": key, "source": case.source, **_beside(case.expected, case.of(result) if case.of else result)}


def own_rules() -> dict[str, str]:
    """Return the functions that nobody outside was found for."""
    _tests_on_path()
    import outside_values

    return dict(outside_values.OWN_RULES)


def finite_elements() -> Iterator[dict[str, Any]]:
    """Yield the worst support of every floor on one storey of each example."""
    from benchmarks.finite_elements import Row, analyse, compare

    def told(row: Row | None) -> dict[str, Any] | None:
        return None if row is None else {"support": row.element.split(" #")[0], "ratio": round(row.ratio, 3)}

    for name, level in LEVELS.items():
        for one in compare(analyse([ROOT / "examples" / "ifc" / f"{name}.ifc"]), MESH_M, only=level):
            found = {"hinged": told(one.worst_hinged()), "continuous": told(one.worst_continuous())}
            yield {"model": name, "floor": one.floor.removeprefix(f"{name} "), "load_kn": round(one.load_kn, 1), **found}


def realised() -> Iterator[dict[str, Any]]:
    """Yield every project with what the program says of the typical block of its family."""
    from optopscan.catalog.engineering import load_engineering
    from optopscan.families import load_families
    from optopscan.matching.typical_answer import MOST_STOREYS, typical_answers

    rows = load_engineering().realised
    wanted = {row.family for row in rows}
    answers = typical_answers(family for family in load_families() if family.id in wanted)
    for row in rows:
        answer = answers.get(row.family)
        told, beside = "no family stands for it", "missed" if (row.storeys_added or 0) > MOST_STOREYS else "cannot be compared"
        if answer is not None:
            beside = BESIDE[answer.beside(row.storeys_added)]
            told = f"{row.family}: " + (
                f"refused by rule {answer.refused}" if answer.refused else f"+{answer.possible} possible, +{answer.proven} proven"
            )
        yield {"name": row.name, "state": row.state, "built": row.storeys_added, "answer": told, "beside": beside, "source": row.source}


def _beside(expected: Any, found: Any) -> dict[str, Any]:
    theirs, ours = (np.atleast_1d(np.asarray(value, dtype=float)).ravel() for value in (expected, found))
    theirs, ours = np.broadcast_arrays(theirs, ours)
    scale = np.maximum(np.abs(theirs), 1e-9)
    off = float(np.max(np.abs(ours - theirs) / scale)) if np.any(theirs) else float(np.max(np.abs(ours)))
    return {"expected": [float(f"{v:.6g}") for v in theirs], "found": [float(f"{v:.6g}") for v in ours], "off": round(off, 5)}


def _tests_on_path() -> None:
    folder = str(ROOT / "tests" / "codes")
    if folder not in sys.path:
        sys.path.insert(0, folder)


@click.command()
@click.option("--clauses-only", is_flag=True, help="Keep finite elements and projects as they are; these take minutes.")
def main(clauses_only: bool) -> None:
    """Compare, and keep what was found."""
    kept = json.loads(FOUND.read_text(encoding="utf-8")) if clauses_only else {}
    found = {"worked": list(worked()), "outside": list(outside()), "own_rules": own_rules()}
    if not clauses_only:
        kept = {"finite_elements": list(finite_elements()), "realised": list(realised())}
    FOUND.write_text(json.dumps({**kept, **found}, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
