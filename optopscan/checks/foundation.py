"""Foundation lines: load before and after, and the check against soil or pile data that the user gave.

Comparison alone never gives ok (ENGINEERING: an increase is a remark). Ok needs a resistance: piles with a stated
capacity, strips and pads with a stated bearing resistance or with the shear strength of the soil.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from optopscan.catalog.clause_rows import GroundValue
from optopscan.codes import nen9997_footing as footing
from optopscan.codes import nen9997_pile as pile
from optopscan.codes.nen9997_comparison import load_ratio
from optopscan.geometry import plane
from optopscan.model.arrays import FloatArray, IntArray
from optopscan.model.loads import TakeDown
from optopscan.model.overrides import Value
from optopscan.model.result import FoundationLine
from optopscan.model.structure import Distribution, Parts


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What a check takes where nobody told it; ``catalog/engineering/ground_values.toml`` says where each value comes from.

    The heavier the soil beside a footing, the more it carries, so its weights are low; the weight of a footing that is not
    drawn is high: ``buried_d_kn_m3`` of the block with the soil on it, ``caps_share`` of the load on piles. A strip whose
    lasting load grows beyond ``settles_ratio`` needs a settlement check.
    """

    soil_dry_kn_m3: float
    soil_wet_kn_m3: float
    buried_d_kn_m3: float
    frost_depth_m: float
    caps_share: float
    settles_ratio: float

    @classmethod
    def of(cls, rows: Mapping[str, GroundValue]) -> Ground:
        """Return the values of the catalogue."""
        return cls(**{field.name: rows[field.name].value for field in fields(cls)})


@dataclass(frozen=True, kw_only=True)
class LineResistance:
    """Design resistance of one line [kN], nan with a Dutch reason where the data do not give one.

    ``buried_kn`` is the design weight of footing and soil on it that a model without the footing leaves out; nan of piles,
    where it goes with the load (`undrawn_weight_kn`). ``taken``: fields of `Ground` that it used for the resistance,
    ``buried_with`` for the weight.
    """

    r_d_kn: float
    buried_kn: float
    clause: str
    why: str
    settles: bool
    inputs: dict[str, float | str]
    strip: bool = False
    taken: tuple[str, ...] = ()
    buried_with: tuple[str, ...] = ()


def lines_of(parts: Parts) -> tuple[int, ...]:
    """Return the numbers of the foundation lines, ascending."""
    line = np.asarray(parts.line)
    return tuple(sorted(set(line[line >= 0].tolist())))


def foundation_lines(
    parts: Parts,
    lean: Mapping[Distribution, TakeDown],
    head_permanent_kn: FloatArray,
    head_imposed_kn: FloatArray,
    psi0: float,
) -> tuple[FoundationLine, ...]:
    """Return every foundation line before and after, the distribution with the largest increase of each.

    ENGINEERING 2.9: r_char = (G' + Q') / (G + Q), r_psi with psi0 Q. The old load is
    the lower bound: ballast on the roof counts only with evidence.

    Parameters
    ----------
    lean
        Take-down of the existing building without unproven ballast.
    head_permanent_kn, head_imposed_kn
        Extension on the heads, (n_head,) and (n_head, n_new) [kN].
    """
    best: dict[int, FoundationLine] = {}
    for distribution in sorted(lean):
        td = lean[distribution]
        more_g = td.influence_foot @ head_permanent_kn
        more_q = (td.influence_foot @ head_imposed_kn).sum(axis=1) if head_imposed_kn.size else np.zeros(len(parts))
        old_g, old_q = np.asarray(td.permanent_foot_kn), np.asarray(td.imposed_foot_kn).sum(axis=1)
        for line in lines_of(parts):
            rows = np.flatnonzero(np.asarray(parts.line) == line)
            g, q = float(old_g[rows].sum()), float(old_q[rows].sum())
            dg, dq = float(more_g[rows].sum()), float(np.maximum(more_q[rows].sum(), 0.0))
            length = float(np.asarray(parts.length_m)[rows].sum())
            if g + q <= 0 or length <= 0:
                continue
            row = FoundationLine(
                part=parts.id[int(rows[0])],
                line=int(line),
                length_m=length,
                old_kn_m=(g + q) / length,
                new_kn_m=(g + q + dg + dq) / length,
                r_char=float(load_ratio(permanent_old=g, imposed_old=q, permanent_new=g + dg, imposed_new=q + dq)),
                r_psi=float(load_ratio(permanent_old=g, imposed_old=q, permanent_new=g + dg, imposed_new=q + dq, psi=psi0)),
            )
            if line not in best or max(row.r_char, row.r_psi) > max(best[line].r_char, best[line].r_psi):
                best[line] = row
    return tuple(best[line] for line in sorted(best))


def line_resistance(given: Mapping[str, Value], ground: Ground, *, length_m: float, n_pile: int) -> LineResistance:
    """Return the design resistance of a foundation line from what was given about it.

    Piles: stated capacity times the number of piles (from the model, else length over spacing), a characteristic one over
    gamma_t = 1.2 (NEN 9997-1 table A.6 to A.8). Strips and pads: stated design bearing resistance, or NEN 9997-1 6.5.2
    with friction angle or undrained strength (the lower of both where both are given), depth and width, central load.

    Parameters
    ----------
    given
        Keys of ``[[foundation]] set`` in an override file.
    ground
        What is taken where ``given`` does not tell.
    length_m
        Length of the line [m]; of pads and piles the sum of their own sides.
    n_pile
        Piles of the line in the model, 0 where it shows none.
    """
    kind = str(given.get("kind", "unknown"))
    if kind == "pile":
        return _piles(given, length_m, n_pile)
    if kind in ("strip", "pad"):
        return _footing(given, ground, length_m)
    return _open(f"soort fundering '{kind}': geen toets")


def _open(why: str) -> LineResistance:
    nan = float("nan")
    return LineResistance(r_d_kn=nan, buried_kn=nan, clause="", why=why, settles=False, inputs={})


def without_crossings(parts: Parts, found: Mapping[int, LineResistance]) -> dict[int, LineResistance]:
    """Return the resistances with the ground below crossing strips counted once: half of what two lines share goes to each.

    Only of strips, which have a ``width_m`` among their inputs; pads and piles stay as they are.
    """
    plans = {k: _plan(parts, k, float(row.inputs["width_m"])) for k, row in found.items() if row.strip}
    left = dict(found)
    for k, plan in plans.items():
        shared = 0.5 * sum(plan.intersection(other).area for j, other in plans.items() if j != k)
        row = found[k]
        area = float(row.inputs["area_m2"])
        if shared > 0.0 and area > 0.0:
            share = max(1.0 - shared / area, 0.0)
            told = {**row.inputs, "area_m2": share * area, "shared_m2": shared}
            left[k] = replace(row, r_d_kn=share * row.r_d_kn, buried_kn=share * row.buried_kn, inputs=told)
    return left


def _plan(parts: Parts, line: int, width_m: float) -> BaseGeometry:
    rows = np.flatnonzero((np.asarray(parts.line) == line) & (np.asarray(parts.length_m) > 0.0))
    ends = np.stack([np.column_stack([parts.x0_m, parts.y0_m])[rows], np.column_stack([parts.x1_m, parts.y1_m])[rows]], axis=1)
    return plane.union(shapely.buffer(shapely.linestrings(ends), 0.5 * width_m, cap_style="flat").tolist())


def undrawn_weight_kn(found: LineResistance, ground: Ground, e_d_kn: float) -> float:
    """Return the design weight [kN] of the foundation of a line that the model does not show, under a load of ``e_d_kn``.

    Nan where the line has no resistance to hold it against.
    """
    if np.isnan(found.r_d_kn):
        return float("nan")
    return ground.caps_share * e_d_kn if np.isnan(found.buried_kn) else found.buried_kn


def lines_shown(parts: Parts) -> frozenset[int]:
    """Return the lines whose footings or piles are in the model, and so in the load."""
    line = np.asarray(parts.line).tolist()
    return frozenset(k for k, kind in zip(line, parts.kind, strict=True) if k >= 0 and kind in ("footing", "pile"))


def _number(given: Mapping[str, Value], key: str) -> float:
    value = given.get(key)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else float("nan")


def _piles(given: Mapping[str, Value], length_m: float, n_pile: int) -> LineResistance:
    capacity, spacing = _number(given, "pile_capacity_kn"), _number(given, "pile_spacing_m")
    if np.isnan(capacity):
        return _open("draagvermogen van de palen niet gegeven; uit sonderingen alleen volgt de negatieve kleef niet")
    basis = str(given.get("capacity_basis", ""))
    if basis not in ("design", "characteristic"):
        return _open("niet gezegd of het draagvermogen van de palen karakteristiek of rekenwaarde is")
    count = float(n_pile) if n_pile else np.floor(length_m / spacing) if spacing > 0 else float("nan")
    if not count >= 1:
        return _open("aantal palen onbekend: geen palen in het model en geen hart-op-hart afstand gegeven")
    one = capacity if basis == "design" else float(pile.design_resistance_kn(capacity))
    inputs: dict[str, float | str] = {"pile_capacity_kn": capacity, "capacity_basis": basis, "n_pile": count, "r_d_pile_kn": one}
    return LineResistance(
        r_d_kn=count * one, buried_kn=float("nan"), clause="NEN 9997-1 7.6.2", why="", settles=False, inputs=inputs,
        buried_with=("caps_share",),
    )  # fmt: skip


def _footing(given: Mapping[str, Value], ground: Ground, length_m: float) -> LineResistance:
    width = _number(given, "width_m")
    if np.isnan(width):
        return _open("breedte van de fundering niet gegeven")
    side = _number(given, "length_m")
    if given.get("kind") == "pad" and not side > 0.0:
        return _open("lengte van de poer niet gegeven")
    long = side if side > 0 else np.inf
    stated, depth = _number(given, "bearing_resistance_kpa"), _number(given, "depth_m")
    if stated > 0:
        if given.get("resistance_basis") != "design":
            return _open("draagkracht van de grond alleen karakteristiek gegeven")
        stress, clause = stated, "NEN 9997-1 6.5.2"
        inputs: dict[str, float | str] = {"bearing_resistance_kpa": stated}
        taken: tuple[str, ...] = ()
    else:
        stress, clause, inputs = _soil_stress(given, ground, width, long, depth)
        taken = ("soil_dry_kn_m3", "soil_wet_kn_m3")
        if np.isnan(stress):
            return _open("diepte met hoek van inwendige wrijving of ongedraineerde sterkte nodig voor de draagkracht van de grond")
    area = width * (side if side > 0 else length_m)
    deep = depth >= 0.0
    buried = ground.buried_d_kn_m3 * area * (depth if deep else ground.frost_depth_m)
    told = {**inputs, "width_m": width, "area_m2": area, "stress_rd_kpa": stress}
    return LineResistance(
        r_d_kn=stress * area, buried_kn=buried, clause=clause, why="", settles=True, inputs=told, strip=not side > 0.0,
        taken=(*taken, "settles_ratio"), buried_with=("buried_d_kn_m3",) if deep else ("buried_d_kn_m3", "frost_depth_m"),
    )  # fmt: skip


def _soil_stress(
    given: Mapping[str, Value], ground: Ground, width: float, long: float, depth: float
) -> tuple[float, str, dict[str, float | str]]:
    phi, cu = _number(given, "friction_angle_deg"), _number(given, "undrained_strength_kpa")
    water = _number(given, "groundwater_m")
    dry = 0.0 if np.isnan(water) else min(depth, water)
    beside = (ground.soil_dry_kn_m3 * dry + ground.soil_wet_kn_m3 * (depth - dry)) / footing.GAMMA_WEIGHT
    told: dict[str, float | str] = {"depth_m": depth, "overburden_d_kpa": beside}
    found: list[tuple[float, str, dict[str, float | str]]] = []
    if phi > 0 and depth >= 0:
        below = (ground.soil_dry_kn_m3 if water >= depth + 1.5 * width else ground.soil_wet_kn_m3) / footing.GAMMA_WEIGHT
        phi_d = float(footing.design_angle_deg(phi))
        stress = footing.drained_stress_kpa(
            phi_d_deg=phi_d, effective_width_m=width, overburden_d_kpa=beside, gamma_d_kn_m3=below, effective_length_m=long
        )
        found.append((float(stress), "NEN 9997-1 6.5.2.2, bijlage D.4", {**told, "phi_d_deg": phi_d, "gamma_d_kn_m3": below}))
    if cu > 0 and depth >= 0:
        stress = footing.undrained_stress_kpa(
            cu_d_kpa=cu / footing.GAMMA_UNDRAINED, effective_width_m=width, overburden_d_kpa=beside, effective_length_m=long
        )
        found.append((float(stress), "NEN 9997-1 6.5.2.2, bijlage D.3", {**told, "cu_d_kpa": cu / footing.GAMMA_UNDRAINED}))
    # clay with both has to stand on the short and on the long term
    return min(found, key=lambda row: row[0]) if found else (float("nan"), "", {})


def line_sum(parts: Parts, values: FloatArray) -> dict[int, float]:
    """Return the sum of a value per part over each foundation line."""
    line = np.asarray(parts.line)
    return {k: float(np.asarray(values)[line == k].sum()) for k in lines_of(parts)}


def line_peak(parts: Parts, load_kn: FloatArray) -> dict[int, float]:
    """Return what each line would carry if all of it were loaded as its most loaded pile, or metre, is [kN]; nan where one is unknown.

    Equal to `line_sum` under an even load. Nothing spreads a peak for sure: that is the bending of a strip nobody checked.
    """
    line, length = np.asarray(parts.line), np.asarray(parts.length_m)
    pile = np.array([kind == "pile" for kind in parts.kind], dtype=bool)
    found = {}
    for k in lines_of(parts):
        own = line == k
        piles = own & pile
        if piles.any():
            found[k] = float(load_kn[piles].max() * piles.sum())
        else:
            found[k] = float((load_kn[own] / np.where(length[own] > 0.0, length[own], np.nan)).max() * length[own].sum())
    return found


def piles_per_line(parts: Parts) -> dict[int, int]:
    """Return how many piles the model shows under each line."""
    line: IntArray = np.asarray(parts.line)
    own = np.array([kind == "pile" for kind in parts.kind], dtype=bool)
    return {k: int((own & (line == k)).sum()) for k in lines_of(parts)}
