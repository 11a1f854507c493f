"""`optopscan portfolio screen`: promising roofs in city data."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from optopscan.cli.files import check_output_folder, input_files
from optopscan.cli.terminal import emit, emit_json, say

if TYPE_CHECKING:
    from optopscan.portfolio.screening import Ask

CONCEPT = "fictief.hsb-2d"
FORMATS = ("gpkg", "geoparquet")
SAMPLES = 512


@click.command("screen")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("-o", "--output", metavar="DIR", help="Write record, tables and map into this folder.")
@click.option(
    "--join", "joins", multiple=True, metavar="TABLE.csv", help="Use, owner, energy label, monument or foundation risk by building."
)
@click.option("--on", default="identificatie", show_default=True, metavar="COLUMN", help="Column of tables and lists with the building.")
@click.option("--areas", metavar="FILE", help="Areas to group by: GeoJSON polygons, or a CSV list of building and 'gebied'. Else a grid.")
@click.option("--filters", "filters_file", metavar="FILE.toml", help="Filters of your own, in the form of screening_filters.toml.")
@click.option("--concept", default=CONCEPT, show_default=True, metavar="ID", help="Catalogue product whose weight is screened.")
@click.option("--format", "formats", multiple=True, type=click.Choice(FORMATS), help="Also write this map layer (extra gis).")
@click.option("--per-building", is_flag=True, help="Also write every building by itself; groups of ten or more otherwise.")
@click.option("--samples", type=int, default=SAMPLES, show_default=True, help="Draws for the probability: 16 times a power of two.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Where the draws begin.")
@click.option("--json", "as_json", is_flag=True, help="Print the record as JSON instead of the summary.")
@click.option("--quiet", is_flag=True, help="No messages on stderr, except errors.")
def command(files: tuple[str, ...], output: str | None, as_json: bool, quiet: bool, per_building: bool, **given: Any) -> None:
    """Where are promising roofs, in which families, and what is lost at each filter?

    FILE is CityJSON, CityJSONSeq (3D BAG) or a Parquet table with the attributes of 3D BAG. The words are kansrijk,
    mogelijk, niet and onbekend; the probability is of vertical load on bearing walls alone.
    """
    from optopscan.errors import UsageError

    paths = _inputs(files)
    if (given["formats"] or per_building) and output is None:
        raise UsageError("--format and --per-building write files; name a folder with -o")
    folder = check_output_folder(output) if output is not None else None
    for form in given["formats"]:
        from optopscan.portfolio.geo import check_libraries

        check_libraries(form)
    from optopscan.catalog.engineering import load_engineering
    from optopscan.portfolio.csv_views import building_rows
    from optopscan.portfolio.record import record_of
    from optopscan.portfolio.screening import Screening, start, walk
    from optopscan.portfolio.text import summary
    from optopscan.portfolio.views import PerBuilding, files_of

    values = load_engineering()
    found: Screening = start(values, _ask(given, values))
    single = PerBuilding() if per_building else None
    walk(found, paths, each=None if single is None else lambda judged: single.add(judged, building_rows(judged, found.judge)))
    record = record_of(found)
    if folder is not None:
        from optopscan.report.files import write_files

        made, notes = files_of(record, found, given["formats"], single)
        write_files(folder, made)
        if not quiet:
            say(f"{output}: {', '.join(sorted(made))}")
            for note in notes:
                say(note)
    if as_json:
        emit_json(record)
    else:
        emit(summary(record))


def _inputs(files: tuple[str, ...]) -> tuple[Path, ...]:
    from optopscan.errors import UsageError

    for name in files:
        if os.path.isdir(name):
            raise UsageError(f"{name}: is a folder; name the files of city data in it")
    paths = input_files(files)
    if len({path.resolve() for path in paths}) < len(paths):
        raise UsageError("a file is named twice; its buildings would count twice")
    return paths


def _ask(given: dict[str, Any], values: Any) -> Ask:
    from optopscan.catalog.filter_rows import load_filters
    from optopscan.catalog.load import concept_of, find_product
    from optopscan.checks.estimator.samples import REPEATS
    from optopscan.errors import UsageError
    from optopscan.portfolio.joins import read_join
    from optopscan.portfolio.places import read_areas
    from optopscan.portfolio.screening import Ask

    each = given["samples"] // REPEATS
    if each < 1 or each * REPEATS != given["samples"] or each & (each - 1):
        raise UsageError(f"--samples {given['samples']}: must be {REPEATS} times a power of two")
    return Ask(
        concept=concept_of(find_product(given["concept"])),
        filters=load_filters(given["filters_file"]) if given["filters_file"] else None,
        joins=tuple(read_join(path, given["on"], values.city_attributes) for path in input_files(given["joins"])),
        places=read_areas(input_files([given["areas"]])[0], given["on"]) if given["areas"] else None,
        seed=given["seed"],
        samples=given["samples"],
    )
