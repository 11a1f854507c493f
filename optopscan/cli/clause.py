"""`optopscan clause`: one clause of a standard, run by hand with the function that the checks use."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any, get_type_hints

import click

from optopscan.cli.terminal import emit, emit_json
from optopscan.cli.words import nearest
from optopscan.errors import UsageError

if TYPE_CHECKING:
    from optopscan.checks.clause_functions import Clause

    Clauses = dict[str, Clause]

TYPED = """\b
Typed as:
  number            thickness_mm=214
  list              n_ed_kn=100,200,300   (a matrix: 1,2;3,4)
  yes or no         thin_layer=true
  a word            zone=F
  factor set        factors=SET/LEVEL/CLASS, or its numbers: factors.gamma_q=1.5
  terrain           terrain=bebouwd, or its numbers: terrain.z0_m=0.5
  other structure   its numbers one by one, as member.chi_y=0.8
A function as argument cannot be typed."""


@click.command("clause", epilog=TYPED)
@click.argument("name", required=False)
@click.argument("values", metavar="[KEY=VALUE]...", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print JSON: arguments, formula with numbers, result, clause.")
def command(name: str | None, values: tuple[str, ...], as_json: bool) -> None:
    """Run one clause function by hand: formula, numbers filled in, result, clause.

    Without NAME all are listed, with a module (en1996) those of one standard; without values the parameters
    and their units are shown. The functions are the ones that the checks use.
    """
    from optopscan.checks.clause_functions import clause_functions

    known = clause_functions()
    if name is None or (not values and any(row.startswith(f"{name}.") for row in known)):
        _list({key: row for key, row in known.items() if name is None or key.startswith(f"{name}.")}, as_json=as_json)
        return
    clause = _named(name, known)
    if values:
        _run(clause, values, as_json=as_json)
    elif as_json:
        emit_json(_described(clause))
    else:
        emit(_help(clause))


def _list(known: Clauses, *, as_json: bool) -> None:
    if as_json:
        emit_json([{"name": row.name, "title": row.title, "clause": row.clause, "unit": row.unit} for row in known.values()])
        return
    width = max(map(len, known))
    emit("\n".join(f"{key:<{width}}  {row.title}  {row.clause or '-'}" for key, row in known.items()))


def _named(name: str, known: Clauses) -> Clause:
    """Return the function of this name; one that is right but for its module is named in the answer.

    Raises
    ------
    UsageError
        If there is none.
    """
    if name in known:
        return known[name]
    last = name.rpartition(".")[2]
    same = [key for key in known if key.rpartition(".")[2] == last]
    hint = f"did you mean {', '.join(same)}?" if same else nearest(name, known)
    if hint.startswith("use one of"):
        hint = "optopscan clause lists them all"
    raise UsageError(f"{name}: no such clause function; {hint}")


def _help(clause: Clause) -> str:
    hints = get_type_hints(clause.function)
    rows = [f"  {_declared(row, hints)}" for row in inspect.signature(clause.function).parameters.values()]
    return "\n".join([f"{clause.name}  {clause.clause}", "", inspect.getdoc(clause.function) or "", "", "Arguments", *rows])


def _declared(parameter: inspect.Parameter, hints: dict[str, Any]) -> str:
    from optopscan.cli.clause_arguments import kind_of

    default = "" if parameter.default is parameter.empty else f", default {parameter.default}"
    return f"{parameter.name}  {kind_of(parameter, hints)}{default}"


def _described(clause: Clause) -> dict[str, Any]:
    return {"name": clause.name, "title": clause.title, "clause": clause.clause, "doc": inspect.getdoc(clause.function) or ""}


def _run(clause: Clause, values: tuple[str, ...], *, as_json: bool) -> None:
    from optopscan.catalog.engineering import load_engineering
    from optopscan.cli.clause_arguments import parse
    from optopscan.report import worked

    made = worked.worked(clause, parse(clause, values, factor_set=lambda *row: load_engineering().factor_set(*row)))
    if as_json:
        emit_json(worked.as_json(made))
    else:
        emit(worked.text(made))
