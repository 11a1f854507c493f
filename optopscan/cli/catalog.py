"""`optopscan catalog`: the concepts (products) that can be placed."""

from __future__ import annotations

import dataclasses
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from optopscan.cli import config
from optopscan.cli import match as match_command
from optopscan.cli.files import check_new_file, check_output_folder
from optopscan.cli.terminal import emit, emit_json, say
from optopscan.errors import UsageError

if TYPE_CHECKING:
    from optopscan.catalog.concept import Concept
    from optopscan.catalog.product import Product
    from optopscan.report.words import Language

_as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group("catalog")
def command() -> None:
    """List, show, check, describe and match the concepts that can be placed."""


command.add_command(match_command.command)


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
@click.argument("concept_id", metavar="ID|TOML")
@click.option("-o", "--output", metavar="FILE", help="Write the sheet as a page with a drawing of the supports: name.svg or name.png.")
@click.option(
    "--lang",
    type=click.Choice(["nl", "en"]),
    default="nl",
    show_default=True,
    envvar=config.variable("lang"),
    help="Language of the sheet.",
)
@_as_json
def show(concept_id: str, output: str | None, lang: Language, as_json: bool) -> None:
    """Show the sheet of one concept, of the catalogue or of a file: every number with its source."""
    form = _form(output)
    product = _product(concept_id)
    from optopscan.catalog.load import concept_of

    concept = concept_of(product)
    if output is not None:
        from optopscan.report.files import write_files
        from optopscan.report.product.page import render as page

        target = Path(output)
        write_files(target.parent, {target.name: page(product, concept, form, lang)})
        say(f"written: {target.as_posix()}")
    if as_json:
        emit_json(_plain(concept))
    elif output is None:
        from optopscan.report.product.sheet import sheet_of
        from optopscan.report.product.text import render as text

        emit(text(sheet_of(product, concept, lang), lang))


def _form(output: str | None) -> str:
    if output is None:
        return ""
    form = Path(output).suffix.lower().removeprefix(".")
    if form not in ("svg", "png"):
        raise UsageError(f"{output}: a page is an .svg or a .png; name a file that ends so")
    check_output_folder(str(Path(output).parent))
    return form


def _product(name: str) -> Product:
    """Return a product of the catalogue by id, or of the TOML file of that name."""
    from optopscan.catalog.load import find_product, load_product

    return load_product(name) if name.endswith(".toml") else find_product(name)


@command.command("new")
@click.argument("concept_id", metavar="ID")
@click.option("-o", "--output", metavar="FILE", help="Write this file, and the schema for editors beside it, instead of printing.")
@click.option("--force", is_flag=True, help="Replace FILE if it exists.")
def new(concept_id: str, output: str | None, force: bool) -> None:
    """Print a commented product file to fill in; it has no faults, and proves nothing before its loads are filled in."""
    from optopscan.catalog.schema import SCHEMA_FILE, schema_text
    from optopscan.catalog.template import template

    text = template(concept_id)
    if output is None:
        emit(text)
        return
    from optopscan.report.files import write_files

    target = check_new_file(output, force=force)
    if target.name == SCHEMA_FILE or target.suffix != ".toml":
        raise UsageError(f"{output}: a product file ends in .toml; name it so")
    files = {target.name: text.encode("utf-8")}
    if force or not (target.parent / SCHEMA_FILE).exists():
        files[SCHEMA_FILE] = schema_text().encode("utf-8")
    for file in write_files(target.parent, files):
        say(f"written: {file.as_posix()}")


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
    from optopscan.catalog.schema import schema_text

    emit(schema_text())


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
