"""Sheets and columns of the Structural Analysis Format 2.2 that are used here, as its open documentation names them.

Order is free for a reader of the format, names are not. Columns that stay empty for every row are left out unless required.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from optopscan.report.spreadsheet.workbook import LINE_PT, Book, Sheet

VERSION = "2.2.0"
_NAMESPACE = uuid.UUID("6f5f1a52-0f0e-5d5c-9d3c-3a8f4b1d7c10")
Value = str | float | int

_FREEDOMS = ("ux", "uy", "uz", "fix", "fiy", "fiz")
_ALONG = ("Coordinate definition", "Origin", "Start point [m]", "End point [m]")

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "StructuralMaterial": ("Name", "Type", "Quality", "Unit mass [kg/m3]", "Id"),
    "StructuralCrossSection": ("Name", "Material", "Cross-section type", "Shape", "Parameters [mm]", "Profile", "Form code", "Id"),
    "StructuralPointConnection": ("Name", "Coordinate X [m]", "Coordinate Y [m]", "Coordinate Z [m]", "Id"),
    "StructuralCurveMember": (
        *(
            "Name",
            "Type",
            "Cross section",
            "Nodes",
            "Segments",
            "Begin node",
            "End node",
            "Internal nodes",
            "Length [m]",
            "Geometrical shape",
        ),
        *("LCS", "LCS Rotation [deg]", "Coordinate X [m]", "Coordinate Y [m]", "Coordinate Z [m]", "System line"),
        *("Analysis Y Eccentricity of Beg Node [mm]", "Analysis Z Eccentricity of Beg Node [mm]"),
        *("Analysis Y Eccentricity of End Node [mm]", "Analysis Z Eccentricity of End Node [mm]"),
        *("Layer", "Behaviour in analysis", "Id"),
    ),
    "StructuralSurfaceMember": (
        *("Name", "Type", "Material", "Thickness type", "Thickness [mm]", "System plane at", "Nodes", "Edges", "Area [m2]", "Layer"),
        *("LCS Type", "Coordinate X [m]", "Coordinate Y [m]", "Coordinate Z [m]", "LCS Rotation [deg]"),
        *("Analysis Z Eccentricity [mm]", "Shape", "Behavior in analysis", "Id"),
    ),
    "StructuralSurfaceMemberOpening": ("Name", "2D Member", "Nodes", "Edges", "Area [m2]", "Id"),
    "StructuralStorey": ("Name", "Height level [m]", "Id"),
    "StructuralPointSupport": ("Name", "Type", "Node", *_FREEDOMS, "Id"),
    "StructuralCurveConnection": ("Name", "Type", "Member", *_FREEDOMS, "Coordinate system", *_ALONG, "Id"),
    "StructuralEdgeConnection": (
        *("Name", "Type", "Boundary condition", "2D Member", "Edge", *_FREEDOMS, "Coordinate system", *_ALONG, "Id"),
    ),
    "StructuralLoadGroup": ("Name", "Load group type", "Relation", "Load type", "Id"),
    "StructuralLoadCase": ("Name", "Description", "Action type", "Load group", "Load type", "Duration", "Id"),
    "StructuralPointAction": (
        *("Name", "Type", "Direction", "Force action", "Reference node", "Value [kN]", "Load case", "Coordinate system", "Id"),
    ),
    "StructuralCurveAction": (
        *("Name", "Type", "Force action", "Distribution", "Direction", "Value 1 [kN/m]", "Member", "2D Member", "Edge", "Load case"),
        *("Coordinate system", "Location", "Coordinate definition", "Origin", "Extent", "Start point [m]", "End point [m]"),
        *("Eccentricity ey [mm]", "Eccentricity ez [mm]", "Id"),
    ),
    "StructuralSurfaceAction": (
        *("Name", "Direction", "Type", "Force action", "Value [kN/m2]", "2D Member", "Load case", "Coordinate system", "Location", "Id"),
    ),
}


class Tables:
    """Rows per sheet of the format; every object gets an id that is the same each time."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self.rows: dict[str, list[dict[str, Value]]] = {name: [] for name in COLUMNS}

    def id_of(self, kind: str, name: str) -> str:
        """Return the id of an object by its sheet and name."""
        return str(uuid.uuid5(_NAMESPACE, f"{self._seed}/{kind}/{name}"))

    def add(self, sheet: str, values: Mapping[str, Value]) -> str:
        """Add an object; return its name."""
        name = str(values["Name"])
        self.rows[sheet].append({**values, "Id": self.id_of(sheet, name)})
        return name

    def write(self, book: Book) -> None:
        """Write a sheet for every kind of object that there is."""
        for name, columns in COLUMNS.items():
            if self.rows[name]:
                sheet = book.sheet(name)
                sheet.widths([max(len(head), 12) + 2 for head in columns])
                for column, head in enumerate(columns):
                    sheet.text(0, column, head, "head")
                for row, values in enumerate(self.rows[name], 1):
                    _row(sheet, row, columns, values)


def pairs(book: Book, name: str, values: Mapping[str, str]) -> None:
    """Write a sheet with a property and its value on each row, as "Project" and "Model" are."""
    sheet = book.sheet(name)
    sheet.widths((28, 90))
    for row, (label, value) in enumerate(values.items()):
        sheet.text(row, 0, label, "head")
        sheet.text(row, 1, value, "wrap")
        sheet.height(row, LINE_PT * max(1, -(-len(value) // 80)))


def _row(sheet: Sheet, row: int, columns: tuple[str, ...], values: Mapping[str, Value]) -> None:
    for column, head in enumerate(columns):
        value = values.get(head, "")
        if isinstance(value, str):
            if value:
                sheet.text(row, column, value)
        else:
            sheet.number(row, column, float(value), "text")
