"""All evidence of one element, to be read as a hand calculation."""

from __future__ import annotations

import math
from collections import defaultdict

import numpy as np
import scipy.sparse as sp

from optopscan.errors import UsageError
from optopscan.materials.assign import bearing_thickness_m
from optopscan.model.arrays import FloatArray, IntArray
from optopscan.model.building import Elements
from optopscan.pipeline.inspecting import Inspection
from optopscan.pipeline.questions import carried_kn
from optopscan.report.inspection.text import figure, table
from optopscan.report.tidy import clean
from optopscan.units import GRAVITY_M_S2

GROUND, NOTHING = -1, -2
LEAST_KN = 0.05


def find(elements: Elements, key: str) -> int:
    """Return the row of an element by id ("0#123", "#123", "123") or GlobalId.

    Raises
    ------
    UsageError
        If there is none, or more than one.
    """
    wanted = key.strip()
    for match in (
        [i for i, name in enumerate(elements.id) if name == wanted],
        [i for i, guid in enumerate(elements.guid) if guid == wanted],
        [i for i, name in enumerate(elements.id) if name.rpartition("#")[2] == wanted.lstrip("#")],
    ):
        if len(match) == 1:
            return match[0]
        if match:
            raise UsageError(f"--element {key}: {len(match)} elements have it; use one of {', '.join(elements.id[i] for i in match[:5])}")
    raise UsageError(f"--element {key}: no such element; give an id such as {elements.id[0] if len(elements) else '0#1'} or a GlobalId")


def text(inspection: Inspection, key: str) -> str:
    """Return everything known of one element.

    Raises
    ------
    UsageError
        If the element cannot be found.
    """
    elements = inspection.building.elements
    i = find(elements, key)
    lines = [f"{_name(elements, i)}  {elements.ifc_class[i]}, taken as {elements.kind[i]}, GlobalId {elements.guid[i] or 'none'}", ""]
    lines += [*_bearing(inspection, i), *_material(inspection, i), *_geometry(inspection, i), *_loads(inspection, i)]
    about = [(q.what, q.value, q.source, q.alternative) for q in inspection.questions if i in q.elements]
    lines += table("Guessed", ("what", "value used", "source", "may also be"), about)
    told = [(x.code, x.severity, x.message) for x in inspection.issues if x.id == elements.id[i] or x.id.startswith(f"{elements.id[i]}/")]
    return "\n".join([*lines, *table("Issues", ("code", "severity", "message"), told)])


def _name(elements: Elements, i: int) -> str:
    if i in (GROUND, NOTHING):
        return "the ground" if i == GROUND else "NOTHING"
    return f"{elements.id[i]} {clean(elements.name[i] or elements.type_name[i])}".strip()


def _bearing(inspection: Inspection, i: int) -> list[str]:
    """Return the signals with their weights, and how they sum to the probability."""
    bearing = inspection.bearing
    rows = [(e.signal, e.value, f"{e.weight:+.2f}", e.text) for e in bearing.evidence[i]]
    total, p = sum(e.weight for e in bearing.evidence[i]), float(bearing.probability[i])
    lines = table(f"Bearing  {bearing.state[i]}, probability {p:.3f}", ("signal", "seen", "log-odds", "why this weight"), rows)
    if not rows:
        return [f"Bearing  {bearing.state[i]}, probability {p:.3f}: nothing speaks for it", ""]
    by_sum = 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))
    lines[-1:] = [f"  sum {total:+.2f}: probability 1 / (1 + exp({-total:+.2f})) = {by_sum:.3f}"]
    if abs(by_sum - p) > 5e-4:
        lines.append(f"  taken: {p:.3f}, set by the last rows above and not by the sum")
    return [*lines, ""]


def _material(inspection: Inspection, i: int) -> list[str]:
    elements, materials = inspection.building.elements, inspection.materials
    rho, stated, default = (
        float(column[i]) for column in (materials.density_kg_m3, materials.strength_mpa, materials.strength_default_mpa)
    )
    volume, weight = float(elements.volume_m3[i]), float(materials.self_weight_kn[i])
    if math.isfinite(materials.fk_mpa[i]):
        strength = f"fk {materials.fk_mpa[i]:g} N/mm2 of the masonry, stated"
    elif math.isfinite(stated):
        strength = f"{stated:g} N/mm2, class {materials.grade[i]}"
    else:
        strength = f"{default:g} N/mm2, assumed (low default of the period)" if math.isfinite(default) else "unknown"
    used = 1000.0 * weight / GRAVITY_M_S2 / volume if volume > 0 and math.isfinite(weight) else math.nan
    layers = "; ".join(f"{clean(layer.name)} {figure(1000 * layer.thickness_m, 0)} mm" for layer in elements.layers[i]) or "none stated"
    assumed = "" if math.isfinite(rho) else " (assumed, material not known)"
    rows = [
        ("group", materials.group[i]),
        ("source", materials.source[i] or "not stated"),
        ("layers", layers),
        ("strength", strength),
        ("density", f"{figure(used, 0)} kg/m3{assumed}"),
        ("weight", f"{figure(volume, 3)} m3 x {figure(used, 0)} kg/m3 x {GRAVITY_M_S2} / 1000 = {figure(weight, 1)} kN"),
    ]
    return table("Material", ("fact", "value"), rows)


def _geometry(inspection: Inspection, i: int) -> list[str]:
    elements = inspection.building.elements
    core = float(bearing_thickness_m(elements)[i]) if elements.kind[i] == "wall" else math.nan
    storey, middle = int(elements.storey[i]), elements.footprint[i].centroid
    rows = [
        ("z", f"{figure(elements.z0_m[i], 3)} to {figure(elements.z1_m[i], 3)} m"),
        ("thickness", f"{figure(1000 * elements.thickness_m[i], 0)} mm"),
        *([("bearing layer", f"{1000 * core:.0f} mm")] if math.isfinite(core) else []),
        ("length", f"{figure(elements.length_m[i], 3)} m"),
        ("plan", f"{elements.footprint[i].area:.3f} m2, middle at x {middle.x:.2f}, y {middle.y:.2f} m"),
        ("storey in the file", inspection.building.storeys.name[storey] if storey >= 0 else "none"),
        ("body from", elements.geometry_source[i]),
    ]
    return table("Geometry", ("fact", "value"), rows)


# -- loads ------------------------------------------------------------------------


def _loads(inspection: Inspection, i: int) -> list[str]:
    structure, loads = inspection.structure, inspection.loads
    if structure is None or loads is None:
        return [f"Loads  none: {clean(inspection.missing)}", ""]
    if i in set(np.asarray(structure.parts.element).tolist()):
        return _of_part(inspection, i)
    fields = [f for f, members in enumerate(structure.fields.elements) if i in members]
    if fields:
        return [line for f in fields for line in _of_field(inspection, f)]
    rows = np.flatnonzero(np.asarray(structure.loose.element) == i)
    if len(rows):
        weight = float(structure.loose.weight_kn[rows].sum())
        onto = _targets(inspection, structure.shares["simple"].loose, np.asarray(structure.loose.weight_kn), rows)
        return _handed(inspection, f"Kept as load  carries nothing, {weight:.1f} kN goes to", {k: (v, 0.0) for k, v in onto.items()})
    return ["Loads  none: no part of the structure and no load on it", ""]


def _targets(inspection: Inspection, shares: sp.csr_array, load_kn: FloatArray, rows: IntArray) -> dict[int, float]:
    """Return what loads bring to each element [kN]; -1 the ground, -2 nothing."""
    structure = inspection.structure
    if structure is None:
        return {}
    element = np.append(np.asarray(structure.parts.element), [GROUND, NOTHING])
    table_ = shares[rows].tocoo()
    sums: dict[int, float] = defaultdict(float)
    for col, value in zip(element[table_.col].tolist(), (table_.data * load_kn[rows][table_.row]).tolist(), strict=True):
        sums[col] += value
    return dict(sums)


def _of_field(inspection: Inspection, f: int) -> list[str]:
    structure, loads = inspection.structure, inspection.loads
    if structure is None or loads is None:
        return []
    cells, actions = structure.cells, loads.actions.cells
    rows = np.flatnonzero(np.asarray(cells.field) == f)
    shares = structure.shares["simple"].cells
    permanent, imposed = np.asarray(actions.permanent_kn), np.asarray(actions.imposed_kn + actions.roof_imposed_kn)
    g, q = _targets(inspection, shares, permanent, rows), _targets(inspection, shares, imposed, rows)
    own, area = float(cells.weight_kn[rows].sum()), float(cells.area_m2[rows].sum())
    deg = np.asarray(cells.span_deg)[rows]
    known = np.isfinite(deg)
    turn = ", ".join(f"{t:.0f} deg" for t in np.unique(np.round(deg[known]) % 180.0)[:4]) or "two ways"
    lines = [
        f"Floor field {f + 1}  {structure.fields.kind[f]}, {len(structure.fields.elements[f])} elements, {area:.2f} m2, spans {turn}",
        f"  G: slab {own:.1f} + finish {permanent[rows].sum() - own:.1f} = {permanent[rows].sum():.1f} kN"
        f" ({permanent[rows].sum() / area:.2f} kN/m2); Q {imposed[rows].sum():.1f} kN ({imposed[rows].sum() / area:.2f} kN/m2)",
        "",
    ]
    return lines + _handed(inspection, "Rests on (simple distribution)", {k: (g.get(k, 0.0), q.get(k, 0.0)) for k in {*g, *q}})


def _of_part(inspection: Inspection, i: int) -> list[str]:
    """Return what an element of the structure carries and what it rests on; the two sums are equal."""
    structure, loads = inspection.structure, inspection.loads
    if structure is None or loads is None:
        return []
    elements, down = inspection.building.elements, loads.take_downs["simple"]
    mine = np.flatnonzero(np.asarray(structure.parts.element) == i)
    imposed_foot = np.asarray(down.imposed_foot_kn.sum(axis=1) + down.roof_foot_kn)
    rows = [("own weight of its parts", float(structure.parts.self_weight_kn[mine].sum()), 0.0)]
    rows += [*_floors_on(inspection, mine), *_loose_on(inspection, mine), *_parts_on(inspection, i, mine, imposed_foot)]
    g_sum, q_sum = sum(row[1] for row in rows), sum(row[2] for row in rows)
    shown = [(name, f"{g:.1f}", f"{q:.1f}") for name, g, q in rows if abs(g) + abs(q) >= LEAST_KN]
    lines = table(
        f"Carries (simple distribution, characteristic, floors and roof fully loaded; {len(mine)} parts)",
        ("what", "G [kN]", "Q [kN]"),
        [*shown, ("sum", f"{g_sum:.1f}", f"{q_sum:.1f}")],
    )
    shares = structure.shares["simple"].parts
    permanent, imposed = (
        _targets(inspection, shares, np.asarray(down.permanent_foot_kn), mine),
        _targets(inspection, shares, imposed_foot, mine),
    )
    onto = {k: (permanent.get(k, 0.0), imposed.get(k, 0.0)) for k in {*permanent, *imposed} if k != i}
    whole = float(carried_kn(structure, loads, len(elements))[i])
    return lines + _handed(inspection, f"Rests on  {whole:.1f} kN leaves it", onto)


def _floors_on(inspection: Inspection, mine: IntArray) -> list[tuple[str, float, float]]:
    structure, loads = inspection.structure, inspection.loads
    if structure is None or loads is None:
        return []
    cells, fields, actions = structure.cells, structure.fields, loads.actions.cells
    owner = np.asarray(cells.field)
    share = np.asarray(structure.shares["simple"].cells[:, mine].sum(axis=1)).ravel()
    rows = []
    for f in sorted(set(owner[np.abs(share) > 1e-9].tolist())):
        here = np.where(owner == f, share, 0.0)
        first = inspection.building.elements.id[fields.elements[f][0]]
        name = f"floor field {f + 1} ({first}) at {fields.z1_m[f]:+.2f} m: {float(here @ cells.area_m2):.2f} m2"
        rows.append((name, float(here @ actions.permanent_kn), float(here @ (actions.imposed_kn + actions.roof_imposed_kn))))
    return rows


def _loose_on(inspection: Inspection, mine: IntArray) -> list[tuple[str, float, float]]:
    structure, loads = inspection.structure, inspection.loads
    if structure is None or loads is None or not len(structure.loose.element):
        return []
    share = np.asarray(structure.shares["simple"].loose[:, mine].sum(axis=1)).ravel()
    own, actions = structure.loose, loads.actions.loose
    return [
        (
            f"{_name(inspection.building.elements, int(own.element[k]))}, share {share[k]:.2f}",
            float(share[k] * actions.permanent_kn[k]),
            float(share[k] * actions.imposed_kn[k]),
        )
        for k in np.flatnonzero(np.abs(share) > 1e-9).tolist()
    ]


def _parts_on(inspection: Inspection, i: int, mine: IntArray, imposed_foot: FloatArray) -> list[tuple[str, float, float]]:
    structure, loads = inspection.structure, inspection.loads
    if structure is None or loads is None:
        return []
    permanent = loads.take_downs["simple"].permanent_foot_kn
    flow = structure.shares["simple"].parts[:, mine].tocoo()
    above: dict[int, FloatArray] = defaultdict(lambda: np.zeros(2))
    for row, share in zip(flow.row.tolist(), flow.data.tolist(), strict=True):
        above[int(structure.parts.element[row])] += share * np.array([permanent[row], imposed_foot[row]])
    return [(_name(inspection.building.elements, e), float(gq[0]), float(gq[1])) for e, gq in sorted(above.items()) if e != i]


def _handed(inspection: Inspection, title: str, onto: dict[int, tuple[float, float]]) -> list[str]:
    elements = inspection.building.elements
    total = sum(g + q for g, q in onto.values())
    ranked = sorted(onto.items(), key=lambda row: (-sum(row[1]), row[0]))
    rows = [
        (_name(elements, e), f"{(g + q) / total:.3f}" if total else "", f"{g:.1f}", f"{q:.1f}")
        for e, (g, q) in ranked
        if abs(g) + abs(q) >= LEAST_KN
    ]
    g_sum, q_sum = (sum(value[k] for value in onto.values()) for k in (0, 1))
    rows = [*rows, ("sum", "1.000", f"{g_sum:.1f}", f"{q_sum:.1f}")] if rows else rows
    return table(title, ("on", "share", "G [kN]", "Q [kN]"), rows)
