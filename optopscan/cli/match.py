"""`optopscan catalog match`: products against building families and models."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from optopscan.cli import config
from optopscan.cli.files import check_output_folder, input_files
from optopscan.cli.terminal import Progress, clean_stdout, emit, emit_json, say
from optopscan.cli.words import nearest
from optopscan.errors import UsageError

if TYPE_CHECKING:
    from optopscan.catalog.concept import Concept
    from optopscan.catalog.family import Family
    from optopscan.matching import Block, Matrix
    from optopscan.report.words import Language

LEVELS = ("nieuwbouw", "verbouw", "afkeur")


@click.command("match")
@click.argument("products", metavar="[ID|TOML]...", nargs=-1)
@click.option("--family", "families", metavar="ID|TOML", multiple=True, help="Building family; all of them without --family and --ifc.")
@click.option("--ifc", "models", metavar="FILE", multiple=True, help="Model of one building; may be given several times.")
@click.option("--samples", type=click.IntRange(min=0), default=0, show_default=True, help="Blocks per family; 0: the typical one.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Where the samples begin.")
@click.option(
    "--max-extra-storeys",
    type=click.IntRange(min=1, max=20),
    default=3,
    show_default=True,
    envvar=config.variable("max_extra_storeys"),
    help="Most storeys to try.",
)
@click.option("--level", type=click.Choice(LEVELS), default="verbouw", show_default=True, help="Assessment level of changed parts.")
@click.option("--place/--no-place", default=True, show_default=True, help="Lay out modules and count dwellings, or only check.")
@click.option(
    "--sensitivity/--no-sensitivity",
    default=True,
    show_default=True,
    help="Find of each product that fails somewhere the property that opens most roofs; costs a second match.",
)
@click.option("-o", "--output", metavar="DIR", help="Also write match.csv, match.html and match.png into this folder.")
@click.option(
    "--lang",
    type=click.Choice(["nl", "en"]),
    default="nl",
    show_default=True,
    help="Language of text, page and picture; match.csv and the reasons stay Dutch.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--quiet", is_flag=True, help="No progress and no messages on stderr, except errors.")
def command(
    products: tuple[str, ...],
    families: tuple[str, ...],
    models: tuple[str, ...],
    samples: int,
    seed: int,
    max_extra_storeys: int,
    level: str,
    place: bool,
    sensitivity: bool,
    output: str | None,
    lang: Language,
    as_json: bool,
    quiet: bool,
) -> None:
    """Hold products against typical blocks and models: fits, fits if, or fails because; how many roofs, how many dwellings.

    Without products: the whole catalogue. Nothing is called a fit that is not proven and laid out.
    """
    folder = None if output is None else check_output_folder(output)
    chosen = _products(products)
    blocks = (*_family_blocks(families, samples, seed, every=not models), *_model_blocks(models))
    from optopscan.matching import match
    from optopscan.settings import Settings

    settings = Settings(max_extra_storeys=max_extra_storeys, level=level)  # type: ignore[arg-type]  # one of LEVELS
    with Progress(quiet=quiet) as progress, clean_stdout():
        matrix = match(chosen, blocks, settings, place=place, sensitivity=sensitivity, progress=progress)
    if folder is not None:
        _write(matrix, folder, lang, quiet=quiet)
    from optopscan.report.match import text as match_text

    if as_json:
        emit_json(match_text.as_json(matrix))
    else:
        emit(match_text.text(matrix, lang))


def _write(matrix: Matrix, folder: Path, lang: Language, *, quiet: bool) -> None:
    from optopscan.report.files import write_files
    from optopscan.report.match import html as match_html
    from optopscan.report.match import png as match_png
    from optopscan.report.match import table_csv as match_csv

    files = {
        match_csv.NAME: match_csv.match_csv(matrix),
        match_html.NAME: match_html.match_html(matrix, lang),
        match_png.NAME: match_png.match_png(matrix, lang),
    }
    for file in write_files(folder, files):
        if not quiet:
            say(f"written: {file.as_posix()}")


def _products(names: tuple[str, ...]) -> list[Concept]:
    from optopscan.catalog.load import concept_of, find_product, load_concept, load_concepts

    if not names:
        return list(load_concepts())
    return [load_concept(name) if name.endswith(".toml") else concept_of(find_product(name)) for name in names]


def _family_blocks(names: tuple[str, ...], samples: int, seed: int, *, every: bool) -> tuple[Block, ...]:
    from optopscan.matching import blocks_of

    return blocks_of(_families(names, every=every), samples, seed=seed)


def _families(names: tuple[str, ...], *, every: bool) -> list[Family]:
    from optopscan.catalog.family import load_families, load_family

    if not names and not every:
        return []
    known = {family.id: family for family in load_families()}
    found = []
    for name in names:
        if not name.endswith(".toml") and name not in known:
            raise UsageError(f"--family {name}: no such family; {nearest(name, known)}")
        found.append(load_family(name) if name.endswith(".toml") else known[name])
    return found if names else list(known.values())


def _model_blocks(names: tuple[str, ...]) -> tuple[Block, ...]:
    from optopscan.matching import blocks_of_files

    files = input_files(names)
    for k, file in enumerate(files):
        twin = next((other for other in files[:k] if other.samefile(file)), None)
        if twin is not None:
            raise UsageError(f"--ifc {names[k]}: the same file as --ifc {names[files.index(twin)]}; name each building once")
    return blocks_of_files(files)
