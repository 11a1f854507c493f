"""The way of the loads as tables show it: what enters on each part, what comes from above, what the leading product adds.

All is picked from the record. What enters on a part and is neither own weight nor a floor (walls that bear nothing,
stairs, rounding) is what is left of the foot load, so that every sum closes on the record.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from optopscan.errors import UsageError
from optopscan.model.sides import EXISTING
from optopscan.report.record.build import names_of

NAN = float("nan")
Record = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class FloorLoad:
    """A floor, or the part of it with one load per m2: all characteristic [kN/m2]; ``floor`` is the row of the record's floors."""

    floor: int
    name: str
    kind: str
    storey: int
    z1_m: float
    area_m2: float
    slab: float
    finish: float
    imposed: float
    on_roof: float


@dataclass(frozen=True, kw_only=True)
class PartLoad:
    """One part: ``floors`` (row, m2) and ``above`` (part row, share) come on it; G, Q per floor level and Q of the roof [kN].

    ``other_*`` is what else enters; ``foot_*`` what leaves at its foot, as the record has it. ``bears_m2``, ``lifts_m2``:
    roof area of the extension whose load comes down on it and lifts it. ``ground`` is the share of its foot load that goes
    to the ground.
    """

    row: int
    id: str
    name: str
    guid: str
    kind: str
    storey: int
    line: int | None
    x_m: float
    y_m: float
    length_m: float
    thickness_m: float
    height_m: float
    own: float
    floors: tuple[tuple[int, float], ...]
    above: tuple[tuple[int, float], ...]
    other_g: float
    other_q: tuple[float, ...]
    other_roof: float
    foot_g: float
    foot_q: tuple[float, ...]
    foot_roof: float
    bears_m2: float
    lifts_m2: float
    ground: float


@dataclass(frozen=True, kw_only=True)
class Leading:
    """The product and storeys that "after" is about; permanent load in kN/m2 of roof. ``scenario`` is empty without one."""

    scenario: str
    concept: str
    storeys: int
    storey: float
    roof: float
    transfer: float
    removed: float

    @property
    def per_m2(self) -> float:
        """Permanent load that it adds [kN/m2 of roof]."""
        return (self.storeys * self.storey + self.roof + self.transfer if self.storeys else 0.0) - self.removed


@dataclass(frozen=True, kw_only=True)
class LoadPath:
    """Floors, parts from the roof down, levels and the leading product of one record; ``roof_m2`` is the roof that parts bear."""

    floors: tuple[FloorLoad, ...]
    parts: tuple[PartLoad, ...]
    n_level: int
    roof_m2: float
    leading: Leading
    basis: Mapping[str, Any]


def load_path(record: Record) -> LoadPath:
    """Return the way of the loads of a record.

    Raises
    ------
    UsageError
        If the record does not tell what the loads rest on: it is of an earlier version.
    """
    basis = record.get("load_basis")
    if basis is None:
        raise UsageError("this record does not tell factors and floor loads; scan the model again with this version")
    floors = tuple(_floor(row, record) for row in basis["floors"])
    n_level = max((len(part["foot"]["imposed_kn_by_storey"]) for part in record["parts"]), default=0)
    roof = sum(known(head.get("bears_roof_m2")) for head in record["roof"]["heads"])
    parts = _parts(record, floors, n_level)
    return LoadPath(floors=floors, parts=parts, n_level=n_level, roof_m2=roof, leading=leading(record), basis=basis)


def leading(record: Record) -> Leading:
    """Return the product and storeys that govern the answer: those of the governing check, else of the best product."""
    weights = {row["concept"]: row for row in record["load_basis"]["extensions"]}
    states = {row["id"]: row for row in record["scenarios"] if row["concept"] in weights and row["storeys"] > 0}
    extra = record["extra_storeys"]
    ranked = sorted(extra["per_concept"], key=lambda row: (-row["possible"], -row["proven"], row["concept"]))
    named = [(extra["governing"] or {}).get("scenario", "")]
    named += [f"{row['concept']}+{max(row['possible'], 1)}" for row in ranked]
    chosen = next((states[name] for name in [*named, *sorted(states)] if name in states), None)
    if chosen is None:
        return Leading(scenario="", concept="", storeys=0, storey=0.0, roof=0.0, transfer=0.0, removed=0.0)
    weight = weights[chosen["concept"]]
    names = ("storey", "roof", "transfer", "removed")
    told = {name: known(weight[f"{name}_kn_m2"]) for name in names}
    return Leading(scenario=chosen["id"], concept=chosen["concept"], storeys=chosen["storeys"], **told)


def known(value: float | None) -> float:
    """Return a number of the record, nan where it is unknown."""
    return NAN if value is None else float(value)


def outcomes_of(record: Record, scenario: str) -> tuple[Sequence[float | None], Sequence[str]]:
    """Return UC and outcome per part in a scenario; unknown where the record has none."""
    row = next((row for row in record["part_uc"] if row["scenario"] == scenario), None)
    n = len(record["parts"])
    if row is None:
        return [None] * n, ["unknown"] * n
    return row["uc"], row.get("outcome", ["unknown"] * n)


def existing_scenario(record: Record) -> str:
    """Return the id of the state without extension."""
    return next((row["id"] for row in record["scenarios"] if not row["concept"]), EXISTING)


def _floor(row: Mapping[str, Any], record: Record) -> FloorLoad:
    field = record["floors"][row["floor"]]
    names = {element["id"]: element["name"] or element["ifc_class"] for element in record["elements"]}
    return FloorLoad(
        floor=row["floor"],
        name=", ".join(dict.fromkeys(names[element] for element in field["elements"])),
        kind=field["kind"],
        storey=field["storey"],
        z1_m=known(field["z1_m"]),
        area_m2=known(row["area_m2"]),
        slab=known(row["slab_kn_m2"]),
        finish=known(row["finish_kn_m2"]),
        imposed=known(row["imposed_kn_m2"]),
        on_roof=known(row["roof_imposed_kn_m2"]),
    )


def _foot(part: Record) -> tuple[float, list[float], float]:
    foot = part["foot"]
    return known(foot["permanent_kn"]), [known(q) for q in foot["imposed_kn_by_storey"]], known(foot["roof_kn"])


def _parts(record: Record, floors: Sequence[FloorLoad], n_level: int) -> tuple[PartLoad, ...]:
    rows, elements = record["parts"], names_of(record)
    row_of = {part["id"]: row for row, part in enumerate(rows)}
    above: list[list[tuple[int, float]]] = [[] for _ in rows]
    for row, part in enumerate(rows):
        for support in part["supported_by"]:
            if support["part"] in row_of:
                above[row_of[support["part"]]].append((row, support["share"]))
    feet = [_foot(part) for part in rows]
    made = []
    for row, part in enumerate(rows):
        resting = tuple((entry["load"], float(entry["rests_m2"])) for entry in part.get("floors", ()))
        own, (g, q, roof) = known(part["self_weight_kn"]), feet[row]
        on_it = [(floors[floor], m2) for floor, m2 in resting]
        from_above = [(feet[other], share) for other, share in above[row]]
        other_g = g - own - math.fsum(m2 * (f.slab + f.finish) for f, m2 in on_it) - math.fsum(s * foot[0] for foot, s in from_above)
        other_q = [
            q[k] - math.fsum(m2 * f.imposed for f, m2 in on_it if f.storey == k) - math.fsum(s * foot[1][k] for foot, s in from_above)
            for k in range(n_level)
        ]
        other_roof = roof - math.fsum(m2 * f.on_roof for f, m2 in on_it) - math.fsum(s * foot[2] for foot, s in from_above)
        element = elements[part["id"]]
        made.append(
            PartLoad(
                row=row,
                id=part["id"],
                name=element["name"] or element["ifc_class"],
                guid=element["guid"] or "",
                kind=part["kind"],
                storey=part["storey"],
                line=part["line"],
                x_m=0.5 * (known(part["x0_m"]) + known(part["x1_m"])),
                y_m=0.5 * (known(part["y0_m"]) + known(part["y1_m"])),
                length_m=known(part["length_m"]),
                thickness_m=known(part["thickness_m"]),
                height_m=known(part["z1_m"]) - known(part["z0_m"]),
                own=own,
                floors=resting,
                above=tuple(above[row]),
                other_g=other_g,
                other_q=tuple(other_q),
                other_roof=other_roof,
                foot_g=g,
                foot_q=tuple(q),
                foot_roof=roof,
                bears_m2=known(part.get("bears_roof_m2")),
                lifts_m2=known(part.get("lifts_roof_m2")),
                ground=math.fsum(support["share"] for support in part["supported_by"] if support["part"] == "ground"),
            )
        )
    return tuple(made)
