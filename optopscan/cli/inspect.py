"""`optopscan inspect`: what was read and inferred, before any load is put on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from optopscan.cli.files import check_new_file, input_files
from optopscan.cli.options import SectionedCommand, overrides_from, settings_from, settings_options
from optopscan.cli.terminal import Progress, clean_stdout, emit, emit_json, printable, say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from optopscan.issues import Issue
    from optopscan.model.building import Building
    from optopscan.model.overrides import Overrides
    from optopscan.model.structure import Bearing, Materials
    from optopscan.settings import Settings

_STATES = ("yes", "no", "unknown")


@click.command("inspect", cls=SectionedCommand)
@click.argument("files", metavar="IFC...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON: one row per element, with its evidence.")
@click.option("--write-overrides", "template", metavar="FILE", help="Write a commented override file of everything guessed, and stop.")
@click.option("--force", is_flag=True, help="Let --write-overrides replace a file that exists.")
@click.option("--quiet", is_flag=True, help="No progress and no messages on stderr, except errors.")
@settings_options
def command(files: tuple[str, ...], as_json: bool, quiet: bool, template: str | None, force: bool, **params: Any) -> None:
    """Show what was read from IFC...: storeys, elements, materials, what bears and what is not known."""
    from optopscan.ifc.read import read
    from optopscan.pipeline import understand

    paths, settings, overrides = input_files(files), settings_from(params), overrides_from(params)
    if template is not None:
        _write_template(paths, settings, overrides, check_new_file(template, force=force), quiet=quiet)
        return
    with Progress(quiet=quiet) as progress:
        progress("reading")
        building, issues = read(paths, settings)
        progress("inferring materials and bearing")
        known = understand(building, settings, overrides)
    building, materials, bearing = known.building, known.materials, known.bearing
    found = sorted([*issues, *known.issues])
    if as_json:
        emit_json(_as_json(building, materials, bearing, found))
    else:
        emit("\n".join(_lines(building, materials, bearing, found)))


def _write_template(paths: Sequence[Path], settings: Settings, overrides: Overrides | None, target: Path, *, quiet: bool) -> None:
    """Write the commented override file, complete or not at all."""
    from optopscan.pipeline.inspecting import inspect
    from optopscan.report.files import write_files
    from optopscan.report.override_template import Known, template

    with Progress(quiet=quiet) as progress, clean_stdout():
        seen = inspect(paths, settings, progress, overrides)
        known = Known(
            building=seen.building,
            materials=seen.materials,
            bearing=seen.bearing,
            settings=seen.settings,
            questions=seen.questions,
            file_names=[file.name for file in seen.building.inputs],
        )
        write_files(target.parent, {target.name: template(known).encode()})
    if not quiet:
        say(f"{target}: {len(seen.questions)} questions; take the # off what you know, then scan with --overrides {target}")


def _lines(building: Building, materials: Materials, bearing: Bearing, issues: Sequence[Issue]) -> list[str]:
    built = f"built {building.build_year}" if building.build_year is not None else "build year not stated"
    lines = [f"Building  {printable(building.name) or '(no name)'}, {built}", ""]
    lines += table(
        "Files", ("name", "schema", "unit", "exporter"), [(f.name, f.ifc_schema, f.length_unit, f.exporter) for f in building.inputs]
    )
    lines += table("Storeys", ("name", "elevation [m]", "elements"), _storey_rows(building))
    lines += table(
        "Elements",
        ("kind", "n", *(f"bearing {s}" for s in _STATES), "volume [m3]", "weight [kN]"),
        _kind_rows(building, materials, bearing),
    )
    lines += table("Materials", ("material", "n", "no strength", "no density"), _material_rows(materials))
    return lines + table("Issues", ("code", "severity", "n", "first"), _issue_rows(issues))


def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of a table: title, heads, one line per row, an empty line; "none" without rows."""
    if not rows:
        return [f"{title}  none", ""]
    clean = [[printable(cell) for cell in row] for row in (heads, *rows)]
    widths = [max(len(row[column]) for row in clean) for column in range(len(heads))]
    return [title, *("  " + "  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in clean), ""]


def _storey_rows(building: Building) -> list[tuple[str, str, str]]:
    storeys, of_element = building.storeys, building.elements.storey
    rows = [
        (name, _number(z, 2), str(int((of_element == i).sum())))
        for i, (name, z) in enumerate(zip(storeys.name, storeys.elevation_m, strict=True))
    ]
    homeless = int((of_element < 0).sum())
    return [*rows, ("(no storey)", "", str(homeless))] if homeless else rows


def _kind_rows(building: Building, materials: Materials, bearing: Bearing) -> list[tuple[str, ...]]:
    kinds = building.elements.kind
    rows = []
    for kind in sorted(set(kinds)):
        at = [i for i, k in enumerate(kinds) if k == kind]
        states = [bearing.state[i] for i in at]
        counts = [str(sum(state == s for s in states)) for state in _STATES]
        rows.append((kind, str(len(at)), *counts, _total(building.elements.volume_m3[at]), _total(materials.self_weight_kn[at])))
    return rows


def _material_rows(materials: Materials) -> list[tuple[str, ...]]:
    rows = []
    for group in sorted(set(materials.group)):
        at = [i for i, g in enumerate(materials.group) if g == group]
        gaps = [str(sum(x != x for x in column[at])) for column in (materials.strength_mpa, materials.density_kg_m3)]
        rows.append((group, str(len(at)), *gaps))
    return rows


def _issue_rows(issues: Sequence[Issue]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for code in sorted({issue.code for issue in issues}):
        same = [issue for issue in issues if issue.code == code]
        rows.append((code, same[0].severity, str(len(same)), f"{same[0].id} {same[0].message}"))
    return rows


def _total(values: Any) -> str:
    """Return the sum of what is known, and how many are not."""
    unknown = int((values != values).sum())
    known = _number(float(values[values == values].sum()), 1)
    return f"{known} + {unknown} unknown" if unknown else known


def _number(value: float, digits: int) -> str:
    return "unknown" if value != value else f"{value:.{digits}f}"


def _null(value: float) -> float | None:
    return round(float(value), 4) if abs(value) < float("inf") else None


def _as_json(building: Building, materials: Materials, bearing: Bearing, issues: Sequence[Issue]) -> dict[str, Any]:
    from optopscan import __version__

    inputs = [{"name": f.name, "sha256": f.sha256, "ifc_schema": f.ifc_schema, "length_unit": f.length_unit} for f in building.inputs]
    storeys = [{"name": n, "elevation_m": _null(z)} for n, z in zip(building.storeys.name, building.storeys.elevation_m, strict=True)]
    return {
        "schema": "optopscan/inspect/1",
        "tool": {"version": __version__},
        "note": "quickscan, not a design check",
        "inputs": inputs,
        "building": {"name": building.name, "build_year": building.build_year, "storeys": storeys},
        "elements": [_element(building, materials, bearing, i) for i in range(len(building.elements))],
        "issues": [{"code": x.code, "id": x.id, "message": x.message, "severity": x.severity} for x in issues],
    }


def _element(building: Building, materials: Materials, bearing: Bearing, i: int) -> dict[str, Any]:
    elements = building.elements
    evidence = [{"signal": e.signal, "value": e.value, "weight": round(e.weight, 4), "text": e.text} for e in bearing.evidence[i]]
    return {
        "id": elements.id[i],
        "guid": elements.guid[i],
        "ifc_class": elements.ifc_class[i],
        "kind": elements.kind[i],
        "name": elements.name[i],
        "storey": int(elements.storey[i]),
        "z0_m": _null(elements.z0_m[i]),
        "z1_m": _null(elements.z1_m[i]),
        "thickness_m": _null(elements.thickness_m[i]),
        "volume_m3": _null(elements.volume_m3[i]),
        "self_weight_kn": _null(materials.self_weight_kn[i]),
        "geometry_source": elements.geometry_source[i],
        "material": {"group": materials.group[i], "grade": materials.grade[i], "source": materials.source[i]},
        "bearing": bearing.state[i],
        "bearing_probability": _null(bearing.probability[i]),
        "evidence": evidence,
    }
