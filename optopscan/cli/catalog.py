"""`optopscan catalog`: the concepts (products) that can be placed."""

from __future__ import annotations

import dataclasses
import math
from typing import TYPE_CHECKING, Any

import click

from optopscan.cli.terminal import emit, emit_json, say
from optopscan.cli.words import nearest
from optopscan.errors import UsageError

if TYPE_CHECKING:
    from optopscan.catalog.concept import Concept, Quantity

_as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group("catalog")
def command() -> None:
    """List, show and check the concepts that can be placed."""


@command.command("list")
@_as_json
def list_concepts(as_json: bool) -> None:
    """List the concepts, one a line."""
    concepts = _concepts()
    if as_json:
        emit_json([_plain(concept) for concept in concepts.values()])
        return
    width = max((len(name) for name in concepts), default=0)
    emit("\n".join(f"{c.id:<{width}}  {c.system_kind:<10}  {c.name}{' (fictitious)' if c.fictitious else ''}" for c in concepts.values()))


@command.command("show")
@click.argument("concept_id", metavar="ID")
@_as_json
def show(concept_id: str, as_json: bool) -> None:
    """Show one concept with the source of each number."""
    concepts = _concepts()
    if concept_id not in concepts:
        raise UsageError(f"{concept_id}: no such concept; {nearest(concept_id, concepts)}")
    plain = _plain(concepts[concept_id])
    if as_json:
        emit_json(plain)
    else:
        emit("\n".join(_lines(concepts[concept_id], plain)))


@command.command("lint")
@click.argument("files", metavar="[TOML]...", nargs=-1)
def lint(files: tuple[str, ...]) -> None:
    """Check catalogue files (the built-in ones if none is named); exit code 1 if any has a fault."""
    from optopscan.catalog.data import data_root
    from optopscan.catalog.load import lint as faults_of

    faults = [str(fault) for fault in faults_of(files or (str(data_root()),))]
    if faults:
        emit("\n".join(faults))
        click.get_current_context().exit(1)
    say("catalogue: no faults")


@command.command("schema")
def schema() -> None:
    """Print the JSON Schema of a concept file."""
    from optopscan.catalog.load import schema as build_schema

    emit_json(build_schema())


def _concepts() -> dict[str, Concept]:
    from optopscan.catalog.load import load_concepts

    return {concept.id: concept for concept in sorted(load_concepts(), key=lambda concept: concept.id)}


def _plain(concept: Concept) -> dict[str, Any]:
    """Return the concept as JSON can hold it; what the supplier does not state is null."""
    plain: dict[str, Any] = _without_nan(dataclasses.asdict(concept))
    return plain


def _without_nan(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nan(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without_nan(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _lines(concept: Concept, plain: dict[str, Any]) -> list[str]:
    width = max(len(key) for key in plain)
    lines = []
    for key, value in plain.items():
        field = getattr(concept, key)
        if isinstance(value, dict):
            lines.append(f"{key:<{width}}  {_quantity(field)}")
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            lines += [f"{key:<{width}}  " + ", ".join(f"{name} {item}" for name, item in row.items()) for row in value]
        else:
            lines.append(f"{key:<{width}}  {', '.join(map(str, value)) if isinstance(value, list) else value}")
    return lines


def _quantity(quantity: Quantity) -> str:
    if not quantity.known:
        return f"unknown ({quantity.source})" if quantity.source else "unknown"
    return f"{quantity.value:g} ({quantity.lo:g} to {quantity.hi:g}; {quantity.basis}, {quantity.source}, {quantity.date})"
