r"""The surroundings file, schema ``optopscan/surroundings/1``: neighbours, plot and north, told by the user.

::

    north_deg = 12.0
    source = "3DBAG, tile of 2025"

    [plot]
    polygon = [[-5, -8], [70, -8], [70, 25], [-5, 25]]

    [[neighbour]]
    name = "flat aan de overkant"
    polygon = [[0, 40], [60, 40], [60, 52], [0, 52]]
    height_m = 11.5

Coordinates are those of the IFC file, in metres; heights are above
the ground of the building. ``north_deg`` is the angle from the y axis to north, clockwise.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from os import PathLike
from typing import Annotated, Any, Literal

import shapely
from pydantic import BaseModel, ConfigDict, Field
from shapely.geometry import Polygon
from shapely.validation import explain_validity

from optopscan.catalog.faults import CatalogError, Document, Fault, check, merged, parse
from optopscan.catalog.named_file import named_file
from optopscan.catalog.wording import shown
from optopscan.model.surroundings import Neighbour, Surroundings

AREA_MIN_M2 = 1.0
# A model stands near the origin; a coordinate of kilometres is one of a national grid.
FAR_M = 5_000.0

_Coordinate = Annotated[float, Field(allow_inf_nan=False)]
_Point = Annotated[list[_Coordinate], Field(min_length=2, max_length=2)]
_Ring = Annotated[list[_Point], Field(min_length=3)]
_Text = Annotated[str, Field(min_length=1)]
_RING = "corners [[x, y], ...] in metres, in order around"


class _Table(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class NeighbourTable(_Table):
    """One building nearby."""

    name: _Text = Field(description="name for the report")
    polygon: _Ring = Field(description=_RING)
    height_m: Annotated[float, Field(gt=0, le=400, allow_inf_nan=False)] = Field(
        description="height of the roof above our ground in metres"
    )


class PlotTable(_Table):
    """The plot of the building."""

    polygon: _Ring = Field(description=_RING)


class SurroundingsFile(_Table):
    """One surroundings file."""

    schema_: Literal["optopscan/surroundings/1"] = Field(
        "optopscan/surroundings/1", alias="schema", description='"optopscan/surroundings/1"'
    )
    north_deg: Annotated[float, Field(ge=-360, le=360, allow_inf_nan=False)] = Field(
        description="angle from the y axis of the model to north in degrees, clockwise"
    )
    source: _Text = Field(description="where it comes from, in words")
    plot: PlotTable | None = Field(None, description="table [plot]")
    neighbour: list[NeighbourTable] = Field(default=[], description="one [[neighbour]] table or more")


def load_surroundings(path: str | PathLike[str]) -> Surroundings:
    """Read a surroundings file.

    Raises
    ------
    CatalogError
        With every fault of the file, each with line and key.
    UsageError
        If the file cannot be opened.
    """
    return read_surroundings(*named_file(path, "with surroundings"))


def read_surroundings(name: str, content: bytes) -> Surroundings:
    """Return the surroundings that a TOML text holds; ``name`` is for messages.

    Raises
    ------
    CatalogError
        With every fault of the text.
    """
    document = parse(name, content)
    record, faults = check(document, SurroundingsFile)
    faults = merged(faults, _relations(document) if document.usable else ())
    if faults or not isinstance(record, SurroundingsFile):
        raise CatalogError(faults)
    return Surroundings(
        neighbours=tuple(
            Neighbour(name=row.name, polygon=shapely.normalize(Polygon(row.polygon)), height_m=row.height_m) for row in record.neighbour
        ),
        plot=None if record.plot is None else shapely.normalize(Polygon(record.plot.polygon)),
        north_deg=record.north_deg,
        source=record.source,
    )


def _relations(document: Document) -> Iterator[Fault]:
    """Yield polygons that enclose nothing or cross themselves, grid coordinates, and names used twice."""
    plot = document.data.get("plot")
    if isinstance(plot, dict):
        yield from _of_ring(document, ("plot", "polygon"), plot.get("polygon"))
    first: dict[str, int] = {}
    rows = document.data.get("neighbour")
    for n, row in enumerate(rows if isinstance(rows, list) else []):
        if not isinstance(row, dict):
            continue
        yield from _of_ring(document, ("neighbour", n, "polygon"), row.get("polygon"))
        name = row.get("name")
        if isinstance(name, str) and name in first:
            text = f"name used twice; got {shown(name)}; expected another name than neighbour[{first[name] + 1}] has"
            yield document.fault(("neighbour", n, "name"), text)
        elif isinstance(name, str):
            first[name] = n


def _of_ring(document: Document, path: tuple[str | int, ...], ring: Any) -> Iterator[Fault]:
    if not _is_ring(ring):
        return
    far = max(abs(value) for point in ring for value in point)
    if far > FAR_M:
        yield document.fault(path, f"far from the model; got {far:g}; expected metres in coordinates of the model, within {FAR_M:g}")
        return
    polygon = Polygon(ring)
    if not polygon.is_valid:
        yield document.fault(path, f"not a plain polygon ({explain_validity(polygon)}); expected {_RING}")
    elif polygon.area < AREA_MIN_M2:
        yield document.fault(path, f"too small; got {polygon.area:.3g} m2; expected at least {AREA_MIN_M2:g} m2, in metres")


def _is_ring(ring: Any) -> bool:
    """Return True for a list of three finite points or more; anything else is a fault of the table already."""
    if not isinstance(ring, list) or len(ring) < 3 or not all(isinstance(point, list) and len(point) == 2 for point in ring):
        return False
    return all(type(value) in (int, float) and abs(value) <= sys.float_info.max for point in ring for value in point)
