"""The transfer layer as beams: what brings the sides of the modules to the bearing lines by the lever rule.

Three layers, from below. *Sills* lie on the old roof over the bearing lines. *Cross beams* span from line to line,
one at the middle of every head, so that they meet the lines where the reactions of a module do. *Edge beams* lie under
the sides of the modules, in pieces from cross beam to cross beam. A side right above a line needs no cross beams.
Sills and cross beams are light; the edge beams hold what is left of the weight that the product states, where the reactions
put it: under the sides.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

import numpy as np
import shapely

from optopscan.catalog.concept import Concept
from optopscan.errors import UsageError
from optopscan.model.new_top import Piece, Place
from optopscan.model.structure import Heads, Structure
from optopscan.model.variant import Placed
from optopscan.placement.candidates import roof_frames
from optopscan.placement.lines import BearingLine, Frame
from optopscan.placement.reactions import Rectangles, reactions
from optopscan.placement.recheck import placed_polygon
from optopscan.placement.roof import UsableRoof
from optopscan.placement.standing import Standing, piece_plan
from optopscan.placement.stations import SAME_M, offset_at
from optopscan.placement.transfer_beams import CROSS_M, Layer, Side, across_lines, along_lines
from optopscan.units import GRAVITY_M_S2

SILL_M = 0.12  # width
SILL_SHARE, EDGE_SHARE = 0.45, 0.31  # of the depth of the layer
LEAST_SILL_M, LEAST_EDGE_M, LEAST_DEPTH_M = 0.17, 0.11, 0.30
WOOD_KG_M3, STEEL_KG_M3 = 420.0, 7850.0
LEAST_WIDTH_M = 0.03
SHARED_M = 0.03  # sides of neighbours closer together than this stand on one edge beam
_Key = tuple[float, float, int, int]  # depth and reach [m], roof, frame
PAD_M = 0.1  # half the length of the sill under a corner: one part for a reader, so that it bears in its middle


def transfer_pieces(structure: Structure, roofs: Sequence[UsableRoof], standing: Sequence[tuple[Placed, Concept]]) -> tuple[Piece, ...]:
    """Return the transfer layer under what stands on the roof, in the local frame of the building.

    Products with layers of one depth and reach share their beams.

    Parameters
    ----------
    standing
        Modules and pieces of walkway with their product; those above the first storey stand on others.

    Raises
    ------
    UsageError
        If the layer of a product is too shallow to draw, its weight is unknown, or two layers lie on one wall.
    """
    layers: dict[_Key, Layer] = {}
    sides: dict[_Key, list[tuple[int, Side]]] = {}
    for concept in dict.fromkeys(one for _, one in standing):
        _drawable(concept)
        stands = [(roof, roof_frames(structure.heads, roof, concept)) for roof in roofs]
        for module in (one for one, own in standing if own is concept and one.storey == 1):
            r, f, axis, rectangle = _stand(structure.heads, stands, concept, module)
            key = (round(concept.transfer_depth_m, 6), round(concept.transfer_reach_m, 6), r, f)
            if key not in layers:
                frame, z_m = stands[r][1][f], stands[r][0].z_m
                layers[key] = Layer(
                    frame=frame, z_m=z_m, depths_m=_depths_m(concept.transfer_depth_m), standing=Standing(structure, z_m, frame)
                )
            sides.setdefault(key, []).extend((axis, side) for side in _sides(concept, rectangle, module))
    found: list[Piece] = []
    for n, key in enumerate(sorted(layers), start=1):
        pieces = list(_pieces(structure, layers[key], sides[key], f"{n}.{key[3] + 1}"))
        _apart([one for one in found if one.kind == "sill"], [one for one in pieces if one.kind == "sill"])
        found += pieces
    return tuple(found)


def _drawable(concept: Concept) -> None:
    if not concept.g_transfer_kn_m2.hi > 0.0:
        raise UsageError(f"{concept.id}: weight of the transfer layer unknown or zero; it cannot be drawn")
    if concept.transfer_depth_m < LEAST_DEPTH_M - 1e-9:
        raise UsageError(
            f"{concept.id}: transfer layer of {concept.transfer_depth_m:.2f} m; under {LEAST_DEPTH_M:.2f} m it cannot be drawn"
        )


def _apart(some: Sequence[Piece], others: Sequence[Piece]) -> None:
    """Refuse sills of two layers on one wall: a reader takes them for one."""
    plans = shapely.union_all([piece_plan(one) for one in some])
    for other in others:
        if plans.intersects(piece_plan(other)):
            raise UsageError(f"{other.name}: transfer layers of two depths or spans meet on one wall; they cannot be drawn")


def _depths_m(depth_m: float) -> tuple[float, float, float]:
    """Return the depths of sill, cross beam and edge beam [m]."""
    sill = max(SILL_SHARE * depth_m, min(LEAST_SILL_M, 0.55 * depth_m))
    edge = max(EDGE_SHARE * depth_m, min(LEAST_EDGE_M, 0.35 * depth_m))
    return round(sill, 3), round(depth_m - round(sill, 3) - round(edge, 3), 6), round(edge, 3)


def _stand(
    heads: Heads, stands: Sequence[tuple[UsableRoof, Sequence[Frame]]], concept: Concept, module: Placed
) -> tuple[int, int, int, Rectangles]:
    """Return roof, frame, axis of the lines that carry a module, and its plan in that frame."""
    polygon = placed_polygon(module)
    for r, (roof, frames) in enumerate(stands):
        if not roof.polygon.intersects(polygon.centroid):
            continue
        for f, frame in enumerate(frames):
            turn = (module.rotation_deg - frame.angle_deg + 1e-3) % 180.0 - 1e-3
            long_u = abs(turn - 90.0) < 1e-3
            if not long_u and abs(turn) > 1e-3:
                continue
            u, v = frame.to_frame(*np.asarray(polygon.exterior.coords)[:, :2].T)
            du, dv = (module.length_m, module.width_m) if long_u else (module.width_m, module.length_m)
            one = Rectangles(
                u_m=np.array([u.min()]),
                v_m=np.array([v.min()]),
                du_m=np.array([du]),
                dv_m=np.array([dv]),
                long_u=np.array([long_u]),
                n_module=np.array([1]),
            )
            side_on_u = long_u if concept.supports != "line-short" else not long_u
            for axis in (0, 1) if side_on_u else (1, 0):
                lines = tuple(line for line in frame.lines if line.axis == axis)
                if lines and reactions(heads, dataclasses.replace(frame, lines=lines), one, concept).carried[0]:
                    return r, f, axis, one
    raise UsageError(f"module {module.module_id} stands on no bearing line; it cannot be drawn")


def _sides(concept: Concept, rectangle: Rectangles, module: Placed) -> list[Side]:
    """Return the two sides of a module that bear."""
    u, v, du, dv = (float(value[0]) for value in (rectangle.u_m, rectangle.v_m, rectangle.du_m, rectangle.dv_m))
    long_u = bool(rectangle.long_u[0])
    along_u = long_u if concept.supports != "line-short" else not long_u
    kn_m = 0.5 * concept.g_transfer_kn_m2.hi * module.width_m * module.length_m / (du if along_u else dv)
    if along_u:
        return [Side(axis=0, at_m=at, low_m=u, high_m=u + du, kn_m=kn_m, concept=concept) for at in (v, v + dv)]
    return [Side(axis=1, at_m=at, low_m=v, high_m=v + dv, kn_m=kn_m, concept=concept) for at in (u, u + du)]


def _pieces(structure: Structure, layer: Layer, sides: Sequence[tuple[int, Side]], name: str) -> Iterable[Piece]:
    for line_axis, same in _grouped(sides):
        if same[0].axis == line_axis:
            along_lines(layer, same, line_axis)
        else:
            across_lines(layer, same, line_axis)
    sill, cross, edge = layer.depths_m
    light = [piece for n, k in enumerate(sorted(layer.used), 1) for piece in _sills(layer, structure, k, f"oplegging {name}.{n}")]
    for n, (axis, at, low, high) in enumerate(layer.crosses.values(), start=1):
        place, size = _bar(layer, axis, at, low, high, CROSS_M, sill, cross)
        light.append(Piece(kind="beam", name=f"dwarsbalk {name}.{n}", place=place, size_m=size, material="hout", density_kg_m3=WOOD_KG_M3))
    total_kn = sum(kn for *_, kn in layer.edges)
    left_kn = total_kn - sum(piece.mass_kg for piece in light) * GRAVITY_M_S2 / 1000.0
    if not left_kn > 0.0:
        raise UsageError(
            f"{sides[0][1].concept.id}: transfer layer of {total_kn:.1f} kN is lighter than the beams it needs; it cannot be drawn"
        )
    yield from light
    for n, (axis, at, low, high, kn) in enumerate(sorted(layer.edges), start=1):
        mass_kg_m = 1000.0 * kn * left_kn / total_kn / GRAVITY_M_S2 / (high - low)
        width = max(mass_kg_m / (STEEL_KG_M3 * edge), LEAST_WIDTH_M)
        place, size = _bar(layer, axis, at, low, high, width, sill + cross, edge)
        density = mass_kg_m / (width * edge)
        material = "staal" if density > 0.8 * STEEL_KG_M3 else "randbalk"
        yield Piece(kind="beam", name=f"randbalk {name}.{n}", place=place, size_m=size, material=material, density_kg_m3=density)


def _grouped(sides: Sequence[tuple[int, Side]]) -> list[tuple[int, list[Side]]]:
    """Return the sides on one line of the plan together, so that neighbours share their edge beams."""
    ordered = sorted(sides, key=lambda pair: (pair[0], pair[1].axis, pair[1].at_m, pair[1].low_m))
    found: list[tuple[int, list[Side]]] = []
    for axis, side in ordered:
        last = found[-1] if found else None
        same = last is not None and last[0] == axis and last[1][-1].axis == side.axis and abs(last[1][-1].at_m - side.at_m) <= SHARED_M
        same = same and last is not None and (last[1][-1].concept.supports == "point") == (side.concept.supports == "point")
        if same and last is not None and side.low_m <= max(one.high_m for one in last[1]) + SAME_M:
            last[1].append(side)
        else:
            found.append((axis, [side]))
    return found


def _sills(layer: Layer, structure: Structure, k: int, name: str) -> Iterable[Piece]:
    """Yield the sills on the stretch of a bearing line that is used: one per wall or beam below, one over a gap that is loaded itself."""
    line, used = layer.frame.lines[k], sorted(layer.used[k])
    if k not in layer.whole:
        yield from _pads(layer, line, used, name)
        return
    below = structure.parts.element[structure.heads.part[line.head]].tolist()
    runs: list[list[int]] = []
    for i, element in enumerate(below):
        last = runs[-1][-1] if runs else -1
        bridged = last >= 0 and any(line.end_m[last] + SAME_M < s < line.start_m[i] - SAME_M for s in used)
        touching = last >= 0 and line.start_m[i] - line.end_m[last] <= SHARED_M
        if last >= 0 and ((touching and below[last] == element) or bridged):
            runs[-1].append(i)
        else:
            runs.append([i])
    first, last = max(int(np.searchsorted(line.mid_m, used[0], side="right")) - 1, 0), int(np.searchsorted(line.mid_m, used[-1]))
    for n, run in enumerate([kept for run in runs if (kept := [i for i in run if first <= i <= last])], start=1):
        low, high = float(line.start_m[run[0]]), float(line.end_m[run[-1]])
        low = min(low, used[0]) if run[0] == 0 else low
        high = max(high, used[-1]) if run[-1] == len(below) - 1 else high
        place, size = _bar(layer, line.axis, offset_at(line, 0.5 * (low + high)), low, high, SILL_M, 0.0, layer.depths_m[0])
        yield Piece(kind="sill", name=f"{name}.{n}", place=place, size_m=size, material="hout", density_kg_m3=WOOD_KG_M3)


def _pads(layer: Layer, line: BearingLine, used: Sequence[float], name: str) -> Iterable[Piece]:
    """Yield a short sill under every corner, one where two lie close together."""
    runs: list[tuple[float, float]] = []
    for s in used:
        middle = float(np.clip(s, min(line.start_m[0] + PAD_M, s + PAD_M), max(line.end_m[-1] - PAD_M, s - PAD_M)))
        low, high = middle - PAD_M, middle + PAD_M
        runs[-1:] = [(runs[-1][0], high)] if runs and low <= runs[-1][1] + SHARED_M else [*runs[-1:], (low, high)]
    for n, (low, high) in enumerate(runs, start=1):
        place, size = _bar(layer, line.axis, offset_at(line, 0.5 * (low + high)), low, high, SILL_M, 0.0, layer.depths_m[0])
        yield Piece(kind="sill", name=f"{name}.{n}", place=place, size_m=size, material="hout", density_kg_m3=WOOD_KG_M3)


def _bar(
    layer: Layer, axis: int, at: float, low: float, high: float, width_m: float, z_m: float, depth_m: float
) -> tuple[Place, tuple[float, float, float]]:
    """Return place and size of a bar along an axis of the frame, centred on ``at``; ``z_m`` above the old roof."""
    u, v = (low, at - 0.5 * width_m) if axis == 0 else (at + 0.5 * width_m, low)
    x, y = layer.frame.to_building(u, v)
    place = Place(x_m=float(x), y_m=float(y), z_m=layer.z_m + z_m, rotation_deg=layer.frame.angle_deg + 90.0 * axis)
    return place, (high - low, width_m, depth_m)
