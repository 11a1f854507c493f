"""The table of a run: CSV for a spreadsheet, Parquet for programs, GeoPackage where the list told coordinates."""

from __future__ import annotations

import importlib
import io
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from typing import Any

from optopscan.errors import MissingExtra, UsageError
from optopscan.portfolio.row import CRASHED, REFUSED, SCANNED, Row
from optopscan.report.plain_words import group_name
from optopscan.report.record.build import STATEMENT
from optopscan.report.spreadsheet.csv_text import figure, words
from optopscan.report.spreadsheet.csv_text import table as text_table
from optopscan.report.tidy import clean

NAMES: Mapping[str, str] = {"csv": "portfolio.csv", "parquet": "portfolio.parquet", "gpkg": "portfolio.gpkg"}
# Format -> library of the extra that it needs
NEEDS: Mapping[str, str] = {"parquet": "pyarrow", "gpkg": "geopandas"}
X, Y, CRS = "x", "y", "EPSG:28992"
_DATE = "2000-01-01T00:00:00.000Z"
_STATUS_NL = {SCANNED: "gescand", REFUSED: "niet te scannen", CRASHED: "mislukt"}
# Key of a row -> Dutch head; the order is part of the file
_HEADS: Mapping[str, str] = {
    "name": "gebouw",
    "files": "bestanden",
    "status": "status",
    "proven": "bouwlagen_aangetoond",
    "possible": "bouwlagen_mogelijk",
    "why": "waarom",
    "label": "label",
    "concept": "concept",
    "chance_1": "kans_ten_minste_1",
    "chance_2": "kans_ten_minste_2",
    "governing_part": "maatgevend_deel",
    "governing_clause": "maatgevend_artikel",
    "governing_uc": "maatgevende_uc",
    "foundation_ratio": "fundering_nieuw_op_oud",
    "dwellings": "woningen",
    "modules": "modules",
    "variant": "variant",
    "variant_outcome": "uitkomst_variant",
    "building": "naam_in_model",
    "build_year": "bouwjaar",
    "storeys": "bouwlagen",
    "height_m": "hoogte_m",
    "flat_roof_m2": "plat_dak_m2",
    "elements": "elementen",
    "elements_unknown": "elementen_onbekend",
    "flags": "regels",
    "schema": "ifc_schema",
    "input_sha256": "invoer_sha256",
    "judged": "oordeel",
    "stops": "houdt_volgende_bouwlaag_tegen",
    "unknowns": "onbekend",
    "dwellings_proven": "woningen_aangetoond",
    "dwellings_possible": "woningen_mogelijk",
    "bearing_material": "dragend_materiaal",
    "not_checked": "niet_getoetst",
    "record": "record",
}


def files(rows: Sequence[Row], formats: Sequence[str]) -> dict[str, bytes]:
    """Return the tables asked for, by file name.

    Raises
    ------
    MissingExtra
        If a format needs a library that is not installed.
    UsageError
        If a GeoPackage is asked and the list has no coordinates.
    """
    check_libraries(formats)
    makers: Mapping[str, Callable[[Sequence[Row]], bytes]] = {"csv": _csv, "parquet": _parquet, "gpkg": _gpkg}
    return {NAMES[name]: makers[name](rows) for name in sorted(set(formats))}


def check_libraries(formats: Sequence[str]) -> None:
    """Raise before the work starts when a library of a format is missing.

    Raises
    ------
    MissingExtra
        With the command that installs it.
    """
    for name in formats:
        if name in NEEDS and find_spec(NEEDS[name]) is None:
            raise MissingExtra(f'{name} needs {NEEDS[name]}: pip install "optopscan[gis]"')


def columns_of(rows: Sequence[Row]) -> list[str]:
    """Return the keys of the table: ours in their order, what the list told after the files."""
    told = list(dict.fromkeys(key for row in rows for key in row if key not in _HEADS))
    head = list(_HEADS)
    return [*head[:2], *told, *head[2:]]


def _csv(rows: Sequence[Row]) -> bytes:
    """Semicolons, decimal commas, UTF-8 with a mark: what a Dutch spreadsheet opens as it is."""
    keys = columns_of(rows)
    head = [*(_HEADS.get(key) or words(key) for key in keys), "status_uitkomst"]
    return text_table([head, *([*(_cell(key, row.get(key)) for key in keys), STATEMENT] for row in rows)], "nl")


def _cell(key: str, value: Any) -> str:
    if value is None:
        return ""
    if key == "status":
        return _STATUS_NL[value]
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, int):
        return str(value)
    if key == "bearing_material":
        return group_name(value, "nl")
    if isinstance(value, float):
        return figure(value, 3, "nl")
    return words("; ".join(map(str, value)) if isinstance(value, list) else str(value))


def _plain(rows: Sequence[Row]) -> dict[str, list[Any]]:
    """Return columns with one type each; lists become text, and text is on one line without control characters."""
    return {key: [_plain_cell(row.get(key)) for row in rows] for key in columns_of(rows)}


def _plain_cell(value: Any) -> Any:
    told = "; ".join(map(str, value)) if isinstance(value, list) else value
    return clean(told) if isinstance(told, str) else told


def _parquet(rows: Sequence[Row]) -> bytes:
    pa, pq = importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    kinds = {"proven": pa.int32(), "possible": pa.int32(), "dwellings": pa.int32(), "modules": pa.int32(), "build_year": pa.int32()}
    kinds |= {"dwellings_proven": pa.int32(), "dwellings_possible": pa.int32(), "judged": pa.bool_()}
    kinds |= {"storeys": pa.int32(), "elements": pa.int32(), "elements_unknown": pa.int32()}
    kinds |= dict.fromkeys(("chance_1", "chance_2", "governing_uc", "foundation_ratio", "height_m", "flat_roof_m2"), pa.float64())
    arrays = {key: pa.array(values, type=kinds.get(key, pa.string())) for key, values in _plain(rows).items()}
    made = pa.table(arrays).replace_schema_metadata({"statement": STATEMENT})
    sink = io.BytesIO()
    pq.write_table(made, sink)
    return sink.getvalue()


def _gpkg(rows: Sequence[Row]) -> bytes:
    if not all(row.get(X) and row.get(Y) for row in rows):
        raise UsageError(f"gpkg needs columns {X} and {Y} ({CRS}, metres) in the list; use csv or parquet")
    geopandas = importlib.import_module("geopandas")
    try:
        points = geopandas.points_from_xy(*([float(str(row[key]).replace(",", ".")) for row in rows] for key in (X, Y)))
    except ValueError as error:
        raise UsageError(f"gpkg: {X} and {Y} must be numbers in metres ({error})") from error
    sink = io.BytesIO()
    # GeoPackage holds the moment of its last change; a fixed one keeps the clock out of the bytes
    importlib.import_module("pyogrio").set_gdal_config_options({"OGR_CURRENT_DATE": _DATE})
    geopandas.GeoDataFrame(_plain(rows), geometry=points, crs=CRS).to_file(sink, driver="GPKG", layer="portfolio")
    return sink.getvalue()


def summary(rows: Sequence[Row]) -> str:
    """Return the run in words: how many by answer, and why others have none."""
    done = [row for row in rows if row["status"] == SCANNED]
    lines = [f"{len(rows)} gebouwen, {len(done)} gescand. {STATEMENT}."]
    for storeys in range(max((row["possible"] for row in done), default=0), -1, -1):
        here = [row for row in done if row["possible"] == storeys]
        proven = sum(row["proven"] >= storeys for row in here)
        if here and storeys:
            lines.append(f"  +{storeys} mogelijk: {len(here)}, waarvan aangetoond {proven}")
        elif here:
            lines.append(f"  geen extra bouwlaag: {len(here)}")
    homes = [row["dwellings"] for row in done if row["dwellings"]]
    if homes:
        lines.append(f"  woningen in de grootste indeling per gebouw: {sum(homes)} op {len(homes)} gebouwen; zie de kolom uitkomst_variant")
    lines += [f"  {_STATUS_NL[row['status']]}: {row['name']}: {row['why']}" for row in rows if row["status"] != SCANNED]
    return "\n".join(lines)
