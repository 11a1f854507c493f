"""One row per building: its answer with what keeps it from being proven, or the one line that says why there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from optopscan.errors import OptopscanError, UsageError
from optopscan.portfolio import facts
from optopscan.portfolio.buildings import Building
from optopscan.report.leading import leading
from optopscan.report.marks import answer
from optopscan.settings import Settings

Row = dict[str, Any]
SCANNED, REFUSED, CRASHED = "scanned", "refused", "crashed"
VERSION = 2
"""Raise it when a row gets another meaning: rows kept by an earlier run are made again."""


def scan_row(building: Building, settings: Settings, records: Path | None = None) -> Row:
    """Scan one building and return its row; with ``records`` the record is kept in a folder of that name.

    An error of the input becomes a row with its one line; anything else is a fault of the program and says so.
    """
    try:
        return _scanned(building, settings, records)
    except OptopscanError as error:
        return failed(REFUSED, str(error))
    except Exception as error:  # noqa: BLE001 - one building never stops the others; the row tells what happened
        return failed(CRASHED, f"{type(error).__name__}: {' '.join(str(error).split())[:200]}; please report this")


def ready() -> None:
    """Import and read what every scan needs, for a process that forks one per building: longer than scanning a small block."""
    import optopscan.catalog.overrides
    import optopscan.pipeline
    import optopscan.report.record.build  # noqa: F401
    from optopscan.catalog.engineering import load_engineering
    from optopscan.catalog.load import load_concepts

    load_engineering()
    load_concepts()


def failed(status: str, why: str) -> Row:
    """Return the row of a building without an answer."""
    return {"status": status, "why": why, **dict.fromkeys(_FACTS)}


def _scanned(building: Building, settings: Settings, records: Path | None) -> Row:
    from optopscan.catalog.overrides import load_overrides
    from optopscan.pipeline import scan
    from optopscan.report.files import write_files
    from optopscan.report.record.build import build, files

    overrides = load_overrides(str(building.overrides)) if building.overrides else None
    record, arrays = build(scan(building.files, settings, overrides=overrides))
    if records is not None:
        try:
            write_files(records, files(record, arrays))
        except UsageError as error:  # the fault of a disk, not of the model: tried again by the next run
            return failed(CRASHED, str(error))
    return {"status": SCANNED, "why": answer(record, "nl"), **{name: take(record) for name, take in _FACTS.items()}}


def _best(record: Mapping[str, Any]) -> Mapping[str, Any]:
    placed = [row for row in record["variants"] if row["modules"]]
    return max(placed, key=lambda row: (row["outcome"] == "ok", row["dwellings"], row["id"]), default={})


def _ratio(record: Mapping[str, Any]) -> float | None:
    ratios = [row["r_char"] for row in record["extra_storeys"]["foundation"]["lines"] if row["r_char"] is not None]
    return max(ratios, default=None)


def _chance(storeys: int) -> Callable[[Mapping[str, Any]], Any]:
    def take(record: Mapping[str, Any]) -> float | None:
        rows = record["extra_storeys"]["probability"]
        return next((row["at_least"] for row in rows if row["storeys"] == storeys), None)

    return take


def _governing(key: str) -> Callable[[Mapping[str, Any]], Any]:
    return lambda record: (record["extra_storeys"]["governing"] or {}).get(key)


# Key of a row -> how it is taken from the record
_FACTS: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {
    "proven": lambda record: record["extra_storeys"]["proven"],
    "possible": lambda record: record["extra_storeys"]["possible"],
    "concept": leading,
    "chance_1": _chance(1),
    "chance_2": _chance(2),
    "label": lambda record: record["extra_storeys"]["label"],
    "governing_part": _governing("part"),
    "governing_clause": _governing("clause"),
    "governing_uc": _governing("uc"),
    "foundation_ratio": _ratio,
    "dwellings": lambda record: _best(record).get("dwellings"),
    "modules": lambda record: _best(record).get("modules"),
    "variant": lambda record: _best(record).get("id"),
    "variant_outcome": lambda record: _best(record).get("outcome"),
    "building": lambda record: record["building"]["name"],
    "build_year": lambda record: record["building"]["build_year"],
    "storeys": lambda record: len(record["take_down"]["storeys"]),
    "height_m": lambda record: record["building"]["height_m"],
    "flat_roof_m2": lambda record: record["building"]["flat_roof_area_m2"],
    "elements": lambda record: record["building"]["n_element"],
    "elements_unknown": lambda record: record["building"]["n_bearing_unknown"],
    "flags": lambda record: [row["code"] for row in record["flags"] if not row["asks"]],
    "input_sha256": lambda record: record["input_sha256"],
    "schema": lambda record: record["inputs"][0]["ifc_schema"],
    "judged": facts.judged,
    "stops": facts.stops,
    "unknowns": facts.unknowns,
    "dwellings_proven": lambda record: facts.dwellings(record, "proven"),
    "dwellings_possible": lambda record: facts.dwellings(record, "possible"),
    "bearing_material": facts.bearing_material,
    "not_checked": lambda record: list(record["not_checked"]),
}
FACTS = tuple(_FACTS)
