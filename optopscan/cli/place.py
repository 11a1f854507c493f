"""`optopscan place`: variants with unit counts, from a model or from the record of a scan."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from optopscan.cli.files import check_output_folder, input_files
from optopscan.cli.options import SectionedCommand, given_from, overrides_from, settings_options
from optopscan.cli.terminal import Progress, clean_stdout, emit, emit_json, say, say_left
from optopscan.errors import UsageError

DRAWN = "variant"
"""What the names of drawings of variants begin with; other files beside a record are of the building as it stands."""

if TYPE_CHECKING:
    from optopscan.model.surroundings import Surroundings
    from optopscan.pipeline.generating import Generated
    from optopscan.placement.placing_ground import PlacingGround

    Made = tuple[dict[str, Any], dict[str, Any]]
    Drawn = tuple[Mapping[str, bytes], Sequence[str]] | None


@click.command("place", cls=SectionedCommand)
@click.argument("files", metavar="IFC...|record.json", nargs=-1, required=True)
@click.option(
    "-o", "--output", metavar="DIR", help="Also write record, variants.csv and drawings of the variants put forward into this folder."
)
@click.option(
    "--ifc", "as_ifc", is_flag=True, help="With -o: also the model with each variant put forward in it, <id>.ifc; from IFC files only."
)
@click.option("--surroundings", "surroundings_file", metavar="FILE", help="Neighbours, plot and north (TOML): sun, fire distance, sides.")
@click.option("--json", "as_json", is_flag=True, help="Print the variants as JSON instead of text.")
@click.option("--lang", type=click.Choice(["nl", "en"]), default="nl", show_default=True, help="Language of text and table.")
@click.option("--quiet", is_flag=True, help="No progress and no messages on stderr, except errors.")
@settings_options
def command(files: tuple[str, ...], output: str | None, as_ifc: bool, surroundings_file: str | None, **params: Any) -> None:
    """Place catalogue products on the building in IFC..., or on that of an earlier scan, and weigh the variants.

    Every product, 1 to --max-extra-storeys storeys, every access that a product is made for and every goal are tried, as far as
    no option settles them; at most four are put forward, each with the reason. A record needs no model: settings about loads and
    strengths are those of its scan.
    """
    paths = input_files(files)
    folder = None if output is None else check_output_folder(output)
    if as_ifc and folder is None:
        raise UsageError("--ifc: name a folder to write into with -o")
    if as_ifc and _is_record(paths):
        raise UsageError("--ifc: a record has no model to draw in; name the IFC files that it was made from")
    given = given_from(params)
    with Progress(quiet=params["quiet"]) as progress, clean_stdout():
        around = _surroundings(surroundings_file)
        drawn: Drawn = None
        if _is_record(paths):
            made, generated = _from_record(paths, given, params, around, progress)
        else:
            made, generated, drawn = _from_model(paths, given, params, around, progress, as_ifc=as_ifc)
        if folder is not None:
            progress("writing")
            models, said = drawn or ({}, ())
            left = _write(made, generated, folder, params["lang"], models)
            for line in said if not params["quiet"] else ():
                say(line)
            if not params["quiet"]:
                say_left(folder, left)
    from optopscan.report.variants import text as variants_text

    record = made[0]
    if params["as_json"]:
        emit_json(variants_text.as_json(record))
    else:
        emit(variants_text.text(record, params["lang"]))


def _is_record(paths: tuple[Path, ...]) -> bool:
    records = [path for path in paths if path.suffix.lower() == ".json"]
    if records and len(paths) > 1:
        raise UsageError(f"{records[0]}: a record stands for a whole building; name it alone, or name IFC files")
    return bool(records)


def _surroundings(name: str | None) -> Surroundings | None:
    if name is None:
        return None
    from optopscan.catalog.surroundings import load_surroundings

    return load_surroundings(name)


def _generated(ground: PlacingGround, around: Surroundings | None, progress: Progress) -> Generated:
    from optopscan.catalog.engineering import load_engineering
    from optopscan.pipeline.generating import generate

    return generate(ground, load_engineering(), around, progress)


def _from_model(
    paths: tuple[Path, ...], given: dict[str, Any], params: dict[str, Any], around: Surroundings | None, progress: Progress, *, as_ifc: bool
) -> tuple[Made, Generated, Drawn]:
    from optopscan.pipeline import scan
    from optopscan.report.ifc_overlay import merged_variants
    from optopscan.report.record.build import build, with_variants
    from optopscan.settings import Settings

    asked = Settings(**given)
    result = scan(paths, dataclasses.replace(asked, place=False), progress, overrides_from(params))
    ground = dataclasses.replace(result.ground, settings=dataclasses.replace(result.ground.settings, place=asked.place))
    generated = _generated(ground, around, progress)
    scanned, arrays = build(result)
    record = with_variants(scanned, generated.variants, ground.settings, generated.issues)
    drawn: Drawn = None
    if as_ifc:
        progress("drawing models")
        drawn = merged_variants(record, arrays, paths[0], params["lang"])
    return (record, arrays), generated, drawn


def _from_record(
    paths: tuple[Path, ...], given: dict[str, Any], params: dict[str, Any], around: Surroundings | None, progress: Progress
) -> tuple[Made, Generated]:
    from optopscan.pipeline.reading import chosen_concepts
    from optopscan.placement.placing_ground import asked
    from optopscan.report.record.build import read, with_variants
    from optopscan.report.record.placing_state import ground_of

    if params.pop("overrides_file", None) is not None:
        raise UsageError("--overrides goes into the loads and strengths; scan the model again with it")
    [path] = paths
    record, arrays = read(path)
    kept = ground_of(record, arrays, path.name)
    changes = {"place": True, **{name: value for name, value in given.items() if name != "threads"}}
    ground = asked(kept, chosen_concepts(dataclasses.replace(kept.settings, **changes)), changes)
    generated = _generated(ground, around, progress)
    return (with_variants(record, generated.variants, ground.settings, generated.issues), arrays), generated


def _write(made: Made, generated: Generated, folder: Path, lang: Any, models: Mapping[str, bytes]) -> tuple[str, ...]:
    """Write record, table, drawings and models, all or none; return the drawings of other variants that stay beside."""
    from optopscan.report import ifc_overlay
    from optopscan.report.files import of_another_answer, write_files
    from optopscan.report.names import file_part
    from optopscan.report.record.build import files
    from optopscan.report.variants import table_csv as variants_csv
    from optopscan.report.variants.render import render

    record, arrays = made
    front = [bool(variant.worth and variant.worth.on_front) for variant in generated.variants]
    table = variants_csv.variants_csv(generated.weighed, front, generated.choices, lang)
    taken: set[str] = set()
    named = {f"{file_part(name, taken)}.ifc": data for name, data in models.items()}
    drawn = {**dict(render(record, arrays, lang)), **dict(ifc_overlay.render(record, arrays, lang))}
    made_here = {**files(record, arrays), variants_csv.NAME: table, **drawn, **named}
    left = of_another_answer(folder, made_here)
    write_files(folder, made_here)
    return tuple(name for name in left if name.startswith(DRAWN))
