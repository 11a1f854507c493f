"""What a business case takes from the record of a scan: the variant, its amounts of work, and the foundation lines."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from optopscan.catalog.assumptions import Assumed
from optopscan.catalog.concept import Concept, Quantity
from optopscan.catalog.engineering import Engineering
from optopscan.catalog.wording import did_you_mean
from optopscan.errors import UsageError
from optopscan.feasibility.amount import ZERO, Amount, exactly, unknown
from optopscan.feasibility.scheme import Scheme, scheme_of
from optopscan.model.variant import Placed, Variant

Record = Mapping[str, Any]
LIFT_ABOVE = "lift"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One foundation line: ratio of new to old load (the larger of both, nan unknown), its length [m], and whether it is a pile."""

    ratio: float
    length_m: float
    pile: bool


@dataclass(frozen=True, kw_only=True)
class Facts:
    """One variant of a record as its business case sees it.

    ``works`` are amounts by id of the table of prices; one that the record does not hold is unknown under the name
    ``amount:<id>``. ``lines`` None: the scan found no foundation lines. ``own_columns``: columns of a product that stands beside.
    ``unknown`` are the subjects that keep the variant from being proven, as `optopscan.feasibility.choose.UNKNOWN` names
    them; the sentences of the scan where the variant was not weighed.
    """

    building: str
    variant: str
    concept: str
    fictitious: bool
    outcome: str
    storeys: int
    dwellings: int
    gfa_m2: float
    roof_m2: float
    works: Mapping[str, Amount]
    foundation: str
    lines: tuple[Line, ...] | None
    own_columns: int
    own_support: bool
    unknown: tuple[str, ...]
    others: tuple[str, ...]
    input_sha256: tuple[str, ...]


def chosen_variant(record: Record, wanted: str | None) -> Mapping[str, Any]:
    """Return a variant by id, else the first put forward, else the first that holds something.

    Raises
    ------
    UsageError
        If there is no such variant, it holds no dwellings, or the record has none at all.
    """
    rows: Sequence[Mapping[str, Any]] = record["variants"]
    if wanted is not None:
        found = next((row for row in rows if row["id"] == wanted), None)
        if found is None:
            hint = did_you_mean(wanted, [row["id"] for row in rows])
            raise UsageError(f"--variant {wanted}: the record has no such variant{hint or '; `optopscan place` lists them'}")
        if not found["placed"] or not found["dwellings"]:
            raise UsageError(f"--variant {wanted}: holds no dwellings; name another")
        return found
    filled = [row for row in rows if row["placed"] and row["dwellings"]]
    if not filled:
        raise UsageError("the record has no variant with dwellings; make one with `optopscan place record.json -o DIR`")
    return next((row for row in filled if _forward(row)), filled[0])


def _forward(row: Mapping[str, Any]) -> bool:
    return bool(row.get("worth") and row["worth"]["put_forward"])


def facts_of(record: Record, row: Mapping[str, Any], concepts: Mapping[str, Concept], values: Engineering) -> Facts:
    """Return the facts of one variant.

    Parameters
    ----------
    row
        The variant, a row of ``record["variants"]``.
    concepts
        Products by id.
    """
    scheme = scheme_from(row)
    made = record["extra_storeys"]["foundation"]
    beside = bool(row["columns"]) or any(concepts[name].own_support for name in scheme.areas_m2 if name in concepts)
    works = _works(record, row, values)
    roof = values.new_roof(str(row["asked"].get("new-roof", record["settings"]["new_roof"])))
    if roof.cost:
        works[roof.cost] = exactly(scheme.roof_m2)
    return Facts(
        building=str(record["building"]["name"] or ", ".join(str(one["name"]) for one in record["inputs"])),
        variant=str(row["id"]),
        concept=str(row["concept"]),
        fictitious=any(concepts[name].fictitious for name in scheme.areas_m2 if name in concepts),
        outcome=str(row["outcome"]),
        storeys=int(row["storeys"]),
        dwellings=int(row["dwellings"]),
        gfa_m2=float(row["gfa_m2"] or 0.0),
        roof_m2=scheme.roof_m2,
        works=works,
        foundation=str(made["outcome"]),
        lines=_lines(record) or None,
        own_columns=len(row["columns"]),
        own_support=beside,
        unknown=tuple(row["worth"]["unknown"] if row.get("worth") else record["extra_storeys"]["why_not_proven"]),
        others=tuple(str(one["id"]) for one in record["variants"] if _forward(one) and one["id"] != row["id"]),
        input_sha256=tuple(str(one["sha256"]) for one in record["inputs"]),
    )


def scheme_from(row: Mapping[str, Any]) -> Scheme:
    """Return a variant of a record as a scheme: its areas by product and its new roof."""
    placed = tuple(Placed(**{**one, "loads_on": tuple(one["loads_on"])}) for one in row["placed"])
    variant = Variant(
        **{key: row[key] for key in ("id", "concept", "storeys", "modules", "dwellings", "outcome", "optimal", "why")},
        max_uc=math.nan if row["max_uc"] is None else float(row["max_uc"]),
        gap=math.nan if row["gap"] is None else float(row["gap"]),
        dwellings_by_type=dict(row["dwellings_by_type"]),
        gfa_m2=float(row["gfa_m2"] or 0.0),
        placed=placed,
    )
    return scheme_of(variant)


def with_record(
    assumptions: Mapping[str, Assumed], row: Mapping[str, Any], concepts: Mapping[str, Concept], values: Engineering, record: Record
) -> dict[str, Assumed]:
    """Return the assumptions with what record and catalogue tell of them.

    Price and carbon of the variant's products per m2 of gross floor area (the new roof is in the carbon), and the term: the
    reference period of the scan.
    """
    scheme = scheme_from(row)
    roof = values.new_roof(str(row["asked"].get("new-roof", record["settings"]["new_roof"])))
    found = dict(assumptions)
    years = float(record["settings"]["reference_period_years"])
    found["period-years"] = dataclasses.replace(found["period-years"], lo=years, hi=years, unknown="")
    keys = (("product-price", "cost_eur_m2"), ("product-emitted", "carbon_emitted_kg_m2"), ("product-stored", "carbon_stored_kg_m2"))
    for name, key in keys:
        of_roof = 0.0 if name == "product-price" else scheme.roof_m2 * getattr(roof, key)
        found[name] = _of_product(found[name], key, scheme, of_roof, concepts)
    return found


def _of_product(assumed: Assumed, key: str, scheme: Scheme, of_roof: float, concepts: Mapping[str, Concept]) -> Assumed:
    lo, hi = of_roof, of_roof
    told: list[str] = []
    dates: set[str] = set()
    for name, area_m2 in scheme.areas_m2.items():
        if name not in concepts:
            return dataclasses.replace(assumed, unknown=f"product {name} staat niet in de catalogus")
        quantity: Quantity = getattr(concepts[name], key)
        lo, hi = lo + area_m2 * quantity.lo, hi + area_m2 * quantity.hi
        told.append(f"{concepts[name].name}: {quantity.source}")
        dates |= {quantity.date} - {""}
    source = "; ".join(told)
    if math.isnan(lo + hi) or not scheme.gfa_m2 > 0.0:
        return dataclasses.replace(assumed, unknown=source)
    per = [round(end / scheme.gfa_m2, 4) for end in (lo, hi)]
    return dataclasses.replace(assumed, lo=per[0], hi=per[1], unknown="", source=source, price_date=", ".join(sorted(dates)))


def _works(record: Record, row: Mapping[str, Any], values: Engineering) -> dict[str, Amount]:
    """Return the amounts of walkways, stairs and lifts, counted as the placement counts them."""
    if row["asked"].get("access", "none") == "none" and not row["walkways"]:
        return {name: unknown(f"amount:{name}") for name in ("gallery", "stair", "lift")}
    area_m2 = sum(piece["width_m"] * piece["length_m"] for piece in row["walkways"])
    found = {"gallery": exactly(area_m2)}
    if row["site"] is None:
        return {**found, **{name: unknown(f"amount:{name}") for name in ("stair", "lift")}}
    stairs, new_storeys = row["site"]["stairs"], int(row["storeys"])
    new = sum(one["new"] for one in stairs)
    old = sum("stair" in one["kind"] and not one["new"] for one in stairs)
    lifts = sum("lift" in one["kind"] for one in stairs)
    found["stair"] = exactly(float(old * new_storeys + new * (storeys_of(record) + new_storeys)))
    if lifts:
        found["lift-stop"] = exactly(float(lifts * new_storeys))
    else:
        limit = next(flag.limit for flag in values.flags if flag.code == LIFT_ABOVE)
        found["lift"] = exactly(1.0) if top_floor_m(record, row) > limit else ZERO
    return found


def storeys_of(record: Record) -> int:
    """Return the number of existing storeys: levels that lie below the highest roof."""
    base_m = float(record["building"]["base_z_m"])
    top_m = max((face["z_m"] for face in record["roof"]["faces"]), default=base_m)
    return sum(z_m < top_m - 1.0 for z_m in record["building"]["levels_z_m"])


def top_floor_m(record: Record, row: Mapping[str, Any]) -> float:
    """Return the highest new floor above the ground [m]."""
    return max(float(one["z_m"]) for one in row["placed"]) - float(record["building"]["base_z_m"])


def _lines(record: Record) -> tuple[Line, ...]:
    kinds = {part["id"]: part["kind"] for part in record["parts"]}
    found = []
    for row in record["extra_storeys"]["foundation"]["lines"]:
        ratios = [math.nan if row[key] is None else float(row[key]) for key in ("r_char", "r_psi")]
        ratio = math.nan if any(map(math.isnan, ratios)) else max(ratios)
        found.append(Line(ratio=ratio, length_m=float(row["length_m"]), pile=kinds.get(row["part"]) == "pile"))
    return tuple(found)
