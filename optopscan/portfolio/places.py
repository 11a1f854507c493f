"""Where buildings are grouped: areas that the user gives (polygons or a list), else squares of a grid that grow until they hold ten."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import shapely

from optopscan.errors import UnreadableInput, UsageError
from optopscan.model.arrays import IntArray
from optopscan.portfolio.attributes import identity
from optopscan.portfolio.block import Block
from optopscan.portfolio.groups import Group, Key, published
from optopscan.report.tidy import clean

OUTSIDE = -1
NAMES = ("gebied", "naam", "name", "buurtnaam", "wijknaam", "gemeentenaam", "id")
DOUBLINGS = 12
"""Grid squares grow at most this often: 250 m becomes a thousand kilometres."""


class Places(Protocol):
    """What gives every building a place, and every place a name and a shape."""

    def of(self, block: Block) -> tuple[IntArray, ...]:
        """Return the numbers of the key of every building's place, each (n,)."""

    def published(self, groups: Iterable[Group], least: int) -> list[Group]:
        """Return groups that are large enough."""

    def name(self, key: Key) -> str:
        """Return the name of a place."""

    def shape(self, key: Key) -> shapely.Geometry:
        """Return the shape of a place in the plane of the map, empty where it has none."""


# Further from the origin than any place on a national map [m]
FAR_M = 1e7


@dataclass(frozen=True, kw_only=True)
class Grid:
    """Squares; a key is (times doubled, column, row). Buildings without a place are outside."""

    size_m: float

    def of(self, block: Block) -> tuple[IntArray, ...]:
        """Return the finest square of every building."""
        if block.footprint is None:  # a table: no row has a place
            nothing = np.zeros(len(block), dtype=np.int64)
            return nothing + OUTSIDE, nothing, nothing
        known = (np.abs(block.x_m) < FAR_M) & (np.abs(block.y_m) < FAR_M)  # nan is nowhere
        x, y = (np.floor(np.where(known, axis, 0.0) / self.size_m).astype(np.int64) for axis in (block.x_m, block.y_m))
        return np.where(known, 0, OUTSIDE), x, y

    def published(self, groups: Iterable[Group], least: int) -> list[Group]:
        """Return squares; what a square has too few of goes to the square of twice the size around it."""
        waiting, done = [group for group in groups if group.key[0] != OUTSIDE], []
        outside = [group for group in groups if group.key[0] == OUTSIDE]
        for level in range(DOUBLINGS):
            done += [group for group in waiting if group.buildings >= least]
            small: dict[Key, Group] = {}
            for group in waiting:
                if group.buildings < least:
                    key = (level + 1, group.key[1] // 2, group.key[2] // 2)
                    moved = Group(key=key, sums=group.sums, reasons=group.reasons, merged=group.merged)
                    small[key] = small[key].plus(moved) if key in small else moved
            waiting = [small[key] for key in sorted(small)]
        return published([*done, *waiting, *outside], least, rest=(OUTSIDE, 0, 0), absorb=True)

    def name(self, key: Key) -> str:
        """Return the lower left corner and the size, in kilometres of the map."""
        if key[0] == OUTSIDE:
            return "overige"
        side = self.size_m * 2 ** key[0] / 1000.0
        words = f"vak {key[1] * side:g} / {key[2] * side:g} km; {side:g} km".replace(".", ",")
        return words + ("" if key[0] == 0 else " (restgebied)")

    def shape(self, key: Key) -> shapely.Geometry:
        """Return the square."""
        if key[0] == OUTSIDE:
            return shapely.Polygon()
        side = self.size_m * 2 ** key[0]
        return shapely.box(key[1] * side, key[2] * side, (key[1] + 1) * side, (key[2] + 1) * side)


@dataclass(frozen=True, kw_only=True, eq=False)
class Areas:
    """Named areas; a key is (index,). ``polygons`` where they are drawn, ``listed`` where a table names the buildings."""

    names: tuple[str, ...]
    polygons: tuple[shapely.Geometry, ...] = ()
    listed: Mapping[str, int] | None = None

    def of(self, block: Block) -> tuple[IntArray, ...]:
        """Return the area of every building; the first one where areas overlap."""
        found = np.full(len(block), OUTSIDE, dtype=np.int64)
        if self.listed is not None:
            found[:] = [self.listed.get(identity(one), OUTSIDE) for one in block.id.tolist()]
        elif len(block):
            known = np.flatnonzero(~(np.isnan(block.x_m) | np.isnan(block.y_m)))
            points = shapely.points(block.x_m[known], block.y_m[known])
            point, area = shapely.STRtree(np.array(self.polygons, dtype=object)).query(points, predicate="intersects")
            first = np.full(known.size, len(self.names), dtype=np.int64)
            np.minimum.at(first, point, area)
            found[known] = np.where(first < len(self.names), first, OUTSIDE)
        return (found,)

    def published(self, groups: Iterable[Group], least: int) -> list[Group]:
        """Return areas that are large enough; the others together."""
        return published(groups, least, rest=(OUTSIDE,), absorb=True)

    def name(self, key: Key) -> str:
        """Return the name of the area."""
        return "overige" if key[0] == OUTSIDE else self.names[key[0]]

    def shape(self, key: Key) -> shapely.Geometry:
        """Return its polygon."""
        return self.polygons[key[0]] if self.polygons and key[0] != OUTSIDE else shapely.Polygon()


def read_areas(path: Path, on: str) -> Areas:
    """Read areas: GeoJSON with polygons in the plane of the map, or a CSV list with the building and its area.

    Raises
    ------
    UnreadableInput
        If the file is neither.
    UsageError
        If areas are geographic (degrees), have no name or no polygon.
    """
    return _listed(path, on) if path.suffix.lower() == ".csv" else _drawn(path)


def _drawn(path: Path) -> Areas:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        features = data["features"]
        shapes = [shapely.make_valid(shapely.from_geojson(json.dumps(one["geometry"]))) for one in features]
        told = [dict(one.get("properties") or {}) for one in features]
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError, shapely.errors.GEOSException) as error:
        raise UnreadableInput(f"{path}: no GeoJSON with areas; name a FeatureCollection of polygons, or a CSV list") from error
    if not shapes or any(shape.area == 0.0 for shape in shapes):
        raise UsageError(f"{path}: an area without a polygon; every feature is one area")
    if all(-180.0 <= bound <= 180.0 for shape in shapes for bound in shape.bounds):
        raise UsageError(f"{path}: coordinates are degrees; give the areas in the coordinates of the buildings (EPSG:28992)")
    names = [next((clean(str(row[name])) for name in NAMES if row.get(name) is not None), "") for row in told]
    if "" in names:
        raise UsageError(f"{path}: area {names.index('') + 1} has no name; a property is called one of {', '.join(NAMES)}")
    return Areas(names=tuple(names), polygons=tuple(shapes))


def _listed(path: Path, on: str) -> Areas:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            head = stream.readline()
            stream.seek(0)
            rows = list(csv.DictReader(stream, delimiter=";" if head.count(";") > head.count(",") else ","))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnreadableInput(f"{path}: cannot be read as a table; name a CSV file in UTF-8") from error
    column = next((name for name in NAMES if rows and name in rows[0] and name != on), None)
    if column is None or on not in rows[0]:
        raise UsageError(f"{path}: a list of areas has the columns {on!r} and 'gebied', and at least one line")
    for row in rows:
        row[column] = clean(row[column] or "")
    short = next((k for k, row in enumerate(rows, start=2) if not row[column] or not row[on]), None)
    if short is not None:
        raise UsageError(f"{path}: line {short} has no {column!r} or no {on!r}; fill them in, or take the line out")
    names = sorted({row[column] for row in rows})
    index = {name: k for k, name in enumerate(names)}
    return Areas(names=tuple(names), listed={identity(row[on]): index[row[column]] for row in rows})
