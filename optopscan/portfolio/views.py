"""Every file that a screening writes: which ones, from what, and why one is not there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely

from optopscan.portfolio import csv_views, geo, page
from optopscan.portfolio.drawing import Marked
from optopscan.portfolio.judged import Judged
from optopscan.portfolio.record import STATUS_NL
from optopscan.portfolio.screening import CONTEXT, Screening
from optopscan.report.tidy import clean

RECORD = "screening.json"
BUILDINGS = "gebouwen.csv"
PER_BUILDING_NL = "per gebouw op verzoek: een oordeel over een gebouw rust op aannamen over zijn soort; niet voor publicatie"


@dataclass(eq=False)
class PerBuilding:
    """What output per building gathers: rows of the table, and footprints with their word; held in memory."""

    found: Screening | None = None
    pieces: list[bytes] = field(default_factory=list)
    shapes: list[tuple[shapely.Geometry, tuple[Any, ...]]] = field(default_factory=list)

    def add(self, judged: Judged, rows: list[tuple[Any, ...]]) -> None:
        """Add a block."""
        head = (*csv_views.BUILDING, "status")
        stamped = [(*row, f"{STATUS_NL}; {PER_BUILDING_NL}") for row in rows]
        self.pieces.append(csv_views.table(head, stamped, first=not self.pieces))
        if judged.block.footprint is not None:
            self.shapes += [(shape, row) for shape, row in zip(judged.block.footprint.tolist(), rows, strict=True) if not shape.is_empty]

    def marked(self) -> list[Marked]:
        """Return the footprints to draw, none where there are too many for a page."""
        if len(self.shapes) > CONTEXT:
            return []
        word, why = csv_views.BUILDING.index("oordeel"), csv_views.BUILDING.index("waarom")
        return [Marked(shape=shape, id=str(row[0]), word=row[word], why=row[why]) for shape, row in self.shapes]

    def layer(self, record: dict[str, Any]) -> list[dict[str, Any]]:
        """Return a row per building with a shape."""
        credit = csv_views.stamp(record)
        return [
            {
                **{name: _plain(value) for name, value in zip(csv_views.BUILDING, row, strict=True)},
                "status": f"{credit[0]}; {PER_BUILDING_NL}",
                "bron": credit[1],
                "peildatum": credit[2],
                "geometry": shape,
            }
            for shape, row in self.shapes
        ]


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    return None if isinstance(value, float) and np.isnan(value) else value


def files_of(
    record: dict[str, Any], found: Screening, formats: Sequence[str], per_building: PerBuilding | None
) -> tuple[dict[str, bytes], list[str]]:
    """Return the files by name, and a line for each that cannot be made."""
    notes = [PER_BUILDING_NL] if per_building is not None else []
    if not found.drawn_all:
        notes.append(f"meer dan {CONTEXT} gebouwen: niet alle staan als achtergrond op de kaart")
    files = {RECORD: (json.dumps(record, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n").encode("utf-8")}
    if not record["withheld"]:
        files["families.csv"] = csv_views.families_csv(record)
        files["gebieden.csv"] = csv_views.places_csv(record)
        files["trechter.csv"] = csv_views.funnel_csv(record)
    marked = per_building.marked() if per_building is not None else []
    context = found.context if not marked else []
    files[page.NAME] = page.page_html(record, context, marked, notes=notes)
    if not any(row["shape"] for row in record["places"]) and not context and not marked:
        notes.append("geen kaart: de bestanden geven geen plaats van gebouwen en geen gebieden met een vorm")
    if per_building is not None and per_building.pieces:
        files[BUILDINGS] = b"".join(per_building.pieces)
    for form in formats:
        notes += _geo(files, record, form, per_building)
    return files, notes


def _geo(files: dict[str, bytes], record: dict[str, Any], form: str, per_building: PerBuilding | None) -> list[str]:
    layers = {"gebieden": geo.places_layer(record), "gebouwen": per_building.layer(record) if per_building is not None else []}
    for name, rows in layers.items():
        if rows:
            files[name + geo.FORMATS[form]] = geo.written(rows, name, form, record["data"]["crs"])
    return [] if any(layers.values()) else [f"--format {form}: nothing has a shape; no file"]
