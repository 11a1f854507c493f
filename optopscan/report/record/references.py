"""Do the ids and row numbers of a record lead somewhere? The views follow them without asking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

# Where an id stands (``[]``: in each of a list), and the table that it must be in.
_TO: tuple[tuple[str, str], ...] = (
    ("parts[].element", "elements"),
    ("floors[].elements[]", "elements"),
    ("roof.obstacles[].element", "elements"),
    ("overrides.applied[].elements[]", "elements"),
    ("topologies.doubts[].elements[]", "elements"),
    ("extra_storeys.slab_as_floor.fields[].elements[]", "elements"),
    ("variants[].drawing.elements[].element", "elements"),
    ("parts[].supported_by[].part", "parts"),
    ("checks[].part", "parts"),
    ("roof.heads[].part", "parts"),
    ("wall_wind[].part", "parts"),
    ("stability[].part", "parts"),
    ("stability[].system[]", "parts"),
    ("anchorage[].support", "parts"),
    ("extra_storeys.governing.part", "parts"),
    ("extra_storeys.next_bottlenecks[].part", "parts"),
    ("extra_storeys.foundation.lines[].part", "parts"),
    ("extra_storeys.per_concept[].governing.part", "parts"),
    ("variants[].placed[].loads_on[]", "parts"),
    ("variants[].walkways[].loads_on[]", "parts"),
    ("variants[].drawing.top.modules[].loads_on[]", "parts"),
    ("variants[].drawing.top.walkways[].loads_on[]", "parts"),
    ("checks[].scenario", "scenarios"),
    ("part_uc[].scenario", "scenarios"),
    ("stability[].scenario", "scenarios"),
    ("wall_wind[].scenario", "scenarios"),
    ("anchorage[].scenario", "scenarios"),
    ("robustness[].scenario", "scenarios"),
)
# Row numbers, and the table they count in: storeys as the file has them, levels as the floors lie.
_ROWS = (
    ("elements[].storey", "building.storeys"),
    ("parts[].storey", "building.levels_z_m"),
    ("parts[].floors[].load", "load_basis.floors"),
    ("load_basis.floors[].floor", "floors"),
    ("extra_storeys.slab_as_floor.fields[].field", "floors"),
)
# What stands where there is no id.
_NONE = frozenset({"", "ground", "unsupported"})
_UNIQUE = ("elements", "parts", "scenarios", "variants")


def dangling(record: Mapping[str, Any]) -> Iterator[str]:
    """Yield what leads nowhere, each as place and reason.

    Parameters
    ----------
    record
        Held against the schema before.
    """
    ids = {table: [row["id"] for row in record[table]] for table in _UNIQUE}
    for table, found in ids.items():
        yield from (f"{table}: id {one!r} stands twice" for one, count in Counter(found).items() if count > 1)
    known = {table: _NONE.union(found) for table, found in ids.items()}
    for one in _at(record, "parts[].element"):
        if one not in ids["elements"] and one in _NONE:
            yield f"parts[].element: {one!r} is none of elements"
    for place, table in _TO:
        yield from (f"{place}: {one!r} is none of {table}" for one in _at(record, place) if one is not None and one not in known[table])
    for place, table in _ROWS:
        for rows in _at(record, table):
            told = (one for one in _at(record, place) if one is not None and not 0 <= one < len(rows))
            yield from (f"{place}: there is no row {one} in {table}" for one in told)
    yield from _lengths(record)
    yield from _arrays(record)


def _at(node: Any, place: str) -> Iterator[Any]:
    """Yield the values at a place; what is optional and not there gives none."""
    nodes: Iterable[Any] = [node]
    for step in place.split("."):
        name = step.removesuffix("[]")
        nodes = [one[name] for one in nodes if one is not None and name in one]
        if step.endswith("[]"):
            nodes = [item for one in nodes if one is not None for item in one]
    yield from nodes


def _lengths(record: Mapping[str, Any]) -> Iterator[str]:
    n_part, n_level = len(record["parts"]), len(record["building"]["levels_z_m"])
    for name in ("uc", "outcome"):
        yield from (
            f"part_uc[].{name}: {len(one)} values for {n_part} parts" for one in _at(record, f"part_uc[].{name}") if len(one) != n_part
        )
    for one in _at(record, "parts[].foot.imposed_kn_by_storey"):
        if len(one) != n_level:
            yield f"parts[].foot.imposed_kn_by_storey: {len(one)} values for {n_level} levels"


def _arrays(record: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a view would look for in vain in ``record.npz``."""
    length = {row["name"]: (row["shape"] or [0])[0] for row in record["arrays"]}
    for name in _at(record["roof"], "influence_ref"):
        yield from (f"arrays: {one}.data is missing" for one in name.values() if f"{one}.data" not in length)
    for key, array in (("vertices", "mesh_vertices_m"), ("faces", "mesh_faces")):
        for low, high in _at(record, f"elements[].geometry.mesh_ref.{key}"):
            if not low <= high <= length.get(array, 0):
                yield f"elements[].geometry.mesh_ref.{key}: rows {low} to {high} of {array} are not there"
