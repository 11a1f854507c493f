"""From a variant to things that can be built: modules of pieces on their transfer layer."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from optopscan.catalog.concept import Concept
from optopscan.errors import UsageError
from optopscan.model.new_top import ModuleType, NewTop, Piece, Place, PlacedModule
from optopscan.model.structure import Structure
from optopscan.model.variant import Placed, Variant
from optopscan.placement.module_parts import module_type, walkway_type
from optopscan.placement.recheck import placed_polygon
from optopscan.placement.roof import UsableRoof
from optopscan.placement.standing import piece_plan, upward_parts
from optopscan.placement.transfer import transfer_pieces

SAME_M = 1e-6
ALONG_M, SAME_LINE_M = 0.01, 0.002  # a beam nearer beside a sill than this is read as lying on it
RESTS_M = 0.12  # a beam that ends nearer to a wall than this is read as resting on it
TOUCHES_M = 0.06  # a post nearer to a wall than this is read as standing on it
STRAIGHT_DOWN_M = 1.3  # a post is read as standing on what is right below it, through a floor and beams
RECORD_HOLDS = "wat een scan van dit model onder de modules vindt kan van de indeling verschillen; het record geldt"


def new_top(
    structure: Structure,
    roofs: Sequence[UsableRoof],
    concepts: Sequence[Concept],
    variant: Variant,
    *,
    walkway: Concept | None = None,
    walkway_imposed_kn_m2: float = 0.0,
    partitions_kn_m2: float,
    densities: Mapping[str, float],
) -> NewTop:
    """Return what has to be drawn of a variant.

    Parameters
    ----------
    concepts
        The products of the variant.
    structure
        Of the building as it stands, with the roofs that are built on only.
    walkway
        Its walkway as a product, with the imposed load of its floor [kN/m2]; None: it has none.
    partitions_kn_m2
        Allowance for movable partitions that the imposed load of the new storeys holds.
    densities
        Usual density per material group [kg/m3].

    Raises
    ------
    UsageError
        If the product states too little, or a module stands on nothing.
    """
    known = {one.id: one for one in concepts}
    for concept in concepts:
        if concept.own_support:
            raise UsageError(f"{concept.id} stands on columns of its own, which are not drawn")
    types: dict[str, ModuleType] = {}
    tops = _tops(variant.placed)
    modules = []
    for one in variant.placed:
        concept = known[one.concept or variant.concept]
        kind = module_type(concept, one.width_m, one.length_m, one.height_m, with_roof=tops[_stack(one)] == one.storey, densities=densities)
        types.setdefault(kind.key, kind)
        modules.append(_placed(one, kind.key))
    walk, ends = [], _tops(variant.walkways)
    for one in variant.walkways:
        if walkway is None:
            raise UsageError(f"{variant.id}: a walkway without its weight; it cannot be drawn")
        carries = ends[_stack(one)] > one.storey
        kind = walkway_type(walkway, one.width_m, one.length_m, one.height_m, carries=carries, densities=densities)
        types.setdefault(kind.key, kind)
        walk.append(dataclasses.replace(_placed(one, kind.key), dwelling=""))
    standing = [(one, known[one.concept or variant.concept]) for one in variant.placed]
    standing += [(one, walkway) for one in variant.walkways if walkway is not None]
    first = [(one, concept) for one, concept in standing if one.storey == 1]
    transfer = transfer_pieces(structure, roofs, first)
    return NewTop(
        variant=variant.id,
        concept=variant.concept,
        concept_name=" + ".join(one.name for one in concepts),
        supplier=" + ".join(dict.fromkeys(one.supplier for one in concepts)),
        fictitious=any(one.fictitious for one in concepts),
        z_m=min(one.z_m for one, _ in first),
        storey_height_m=max(one.height_m for one in concepts),
        storeys=variant.storeys,
        types=tuple(types[key] for key in sorted(types)),
        modules=tuple(modules),
        walkways=tuple(walk),
        transfer=transfer,
        transfer_kn=sum(concept.g_transfer_kn_m2.hi * one.width_m * one.length_m for one, concept in first),
        floor_loads=(("floor_finish_kn_m2", 0.0), ("partitions_kn_m2", partitions_kn_m2)),
        walkway_loads=(("floor_finish_kn_m2", 0.0), ("partitions_kn_m2", 0.0), ("imposed_kn_m2", walkway_imposed_kn_m2)),
        roof_loads=(("roof_membrane_kn_m2", 0.0), ("roof_ballast_kn_m2", 0.0)),
        notes=_notes(structure, roofs, concepts, variant, transfer),
    )


def _notes(
    structure: Structure, roofs: Sequence[UsableRoof], concepts: Sequence[Concept], variant: Variant, transfer: Sequence[Piece]
) -> tuple[str, ...]:
    """Return what of the variant is not drawn, and where a scan of the drawing finds other loads than the layout has."""
    found = [RECORD_HOLDS]
    first = [one for one in variant.placed if one.storey == 1]
    modules, beams = (
        shapely.MultiPolygon([placed_polygon(one) for one in first]),
        shapely.union_all([piece_plan(piece) for piece in transfer]),
    )
    beside = {
        part.split("/")[0]
        for roof in roofs
        for part, plan in upward_parts(structure, roof.z_m).items()
        if plan.dwithin(beams, RESTS_M) or plan.dwithin(modules, TOUCHES_M)
    }
    if beside:
        found.append(f"modules staan tegen wanden die boven het dak doorgaan ({', '.join(sorted(beside))}): in dit model dragen die mee")
    near = _beside_lines(transfer)
    if near:
        found.append(f"{len(near)} randbalken vlak naast een wandkop: in dit model rusten ze er geheel op; de indeling verdeelt ze")
    if any(one.supports == "point" for one in concepts):
        found.append("hoeken staan in dit model recht op de wand eronder; de indeling verdeelt ze over de twee wandkoppen ernaast")
        over = _under_corners(structure, first)
        if over:
            found.append(
                f"hoeken staan boven wanden waarop de indeling niet rekent ({', '.join(sorted(over))}): in dit model dragen die mee"
            )
    return tuple(found)


def _beside_lines(transfer: Sequence[Piece]) -> tuple[str, ...]:
    """Return the edge beams that lie so near beside a sill that a reader lets them rest on it, though cross beams carry them."""
    sills, beams = ([piece for piece in transfer if piece.name.startswith(name)] for name in ("oplegging", "randbalk"))
    if not sills or not beams:
        return ()
    found = set()
    tree = shapely.STRtree([piece_plan(sill) for sill in sills])
    for beam in beams:
        plan = piece_plan(beam)
        for k in tree.query(plan, predicate="dwithin", distance=ALONG_M).tolist():
            turn = (beam.place.rotation_deg - sills[k].place.rotation_deg + 1e-3) % 180.0
            apart = abs(_across_m(sills[k], plan))
            if turn < 1.0 and apart > SAME_LINE_M:
                found.add(beam.name)
    return tuple(sorted(found))


def _across_m(sill: Piece, plan: BaseGeometry) -> float:
    """Return how far the middle of a plan lies beside the axis of a sill [m]."""
    turn = math.radians(sill.place.rotation_deg)
    middle, own = plan.centroid, piece_plan(sill).centroid
    return float(-(middle.x - own.x) * math.sin(turn) + (middle.y - own.y) * math.cos(turn))


def _under_corners(structure: Structure, first: Sequence[Placed]) -> set[str]:
    """Return the walls and columns right below the corners of modules, that the layout does not load there."""
    parts, found = structure.parts, set()
    plans = [placed_polygon(one) for one in first]
    for k, kind in enumerate(parts.kind):
        if kind not in ("pier", "column"):
            continue
        axis = shapely.LineString([(parts.x0_m[k], parts.y0_m[k]), (parts.x1_m[k], parts.y1_m[k])])
        reach_m = 0.5 * float(parts.thickness_m[k]) + TOUCHES_M
        for one, plan in zip(first, plans, strict=True):
            counted = {name.split("/")[0] for name in one.loads_on}
            near = 0.0 < one.z_m - float(parts.z1_m[k]) < STRAIGHT_DOWN_M and parts.id[k].split("/")[0] not in counted
            if near and any(axis.dwithin(shapely.Point(corner), reach_m) for corner in plan.exterior.coords):
                found.add(parts.id[k].split("/")[0])
    return found


def _stack(module: Placed) -> str:
    return module.module_id.rsplit(".", 1)[0]


def _tops(placed: Sequence[Placed]) -> dict[str, int]:
    """Return the highest storey of every stack; all its modules must be alike.

    Raises
    ------
    UsageError
        If a storey steps back: the roof of what it leaves open is not drawn.
    """
    tops: dict[str, int] = {}
    lengths: dict[str, float] = {}
    for one in placed:
        tops[_stack(one)] = max(one.storey, tops.get(_stack(one), 0))
        if abs(lengths.setdefault(_stack(one), one.length_m) - one.length_m) > SAME_M:
            raise UsageError(f"module {one.module_id} is not as long as the one below it; storeys that step back are not drawn")
    return tops


def _placed(module: Placed, key: str) -> PlacedModule:
    """Return a module; its dwelling is the first part of its number with its storey."""
    return PlacedModule(
        module_id=module.module_id,
        dwelling=f"{module.module_id.split('.')[0]}.{module.storey}",
        storey=module.storey,
        type_key=key,
        place=Place(x_m=module.x_m, y_m=module.y_m, z_m=module.z_m, rotation_deg=module.rotation_deg),
        loads_on=module.loads_on,
    )
