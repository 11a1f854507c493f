"""From a variant to things that can be built: modules of pieces on their transfer layer."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from optopscan.catalog.concept import Concept
from optopscan.errors import UsageError
from optopscan.model.new_top import ModuleType, NewTop, Piece, Place, PlacedModule
from optopscan.model.structure import Structure
from optopscan.model.variant import Placed, Variant
from optopscan.placement.module_parts import module_type
from optopscan.placement.recheck import placed_polygon
from optopscan.placement.roof import UsableRoof
from optopscan.placement.transfer import transfer_pieces

SAME_M = 1e-6
ABOVE_M = 0.2  # what still stands this high above the roof goes on
BESIDE_M = 0.15  # nearer to a module than this, a wall is read as carrying it
RECORD_HOLDS = "wat een scan van dit model onder de modules vindt kan van de indeling verschillen; het record geldt"
NO_WALKWAY = "looppad niet getekend; het gewicht ervan ontbreekt in dit model"


def new_top(
    structure: Structure,
    roofs: Sequence[UsableRoof],
    concepts: Sequence[Concept],
    variant: Variant,
    *,
    partitions_kn_m2: float,
    densities: Mapping[str, float],
) -> NewTop:
    """Return what has to be drawn of a variant.

    Parameters
    ----------
    concepts
        The products of the variant; a walkway is none of them and is not drawn, the notes say so.
    structure
        Of the building as it stands, with the roofs that are built on only.
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
    modules = []
    tops = _tops(variant.placed)
    for one in variant.placed:
        concept = known[one.concept or variant.concept]
        kind = module_type(concept, one.width_m, one.length_m, one.height_m, with_roof=tops[_stack(one)] == one.storey, densities=densities)
        types.setdefault(kind.key, kind)
        modules.append(_placed(one, kind.key))
    first = [one for one in variant.placed if one.storey == 1]
    transfer: list[Piece] = []
    for concept in concepts:
        own = [one for one in first if known[one.concept or variant.concept] is concept]
        pieces = transfer_pieces(structure, roofs, concept, own)
        transfer += [dataclasses.replace(piece, name=f"{piece.name} {concept.id}") for piece in pieces] if len(concepts) > 1 else pieces
    return NewTop(
        variant=variant.id,
        concept=variant.concept,
        concept_name=" + ".join(one.name for one in concepts),
        supplier=" + ".join(dict.fromkeys(one.supplier for one in concepts)),
        fictitious=any(one.fictitious for one in concepts),
        z_m=min(one.z_m for one in first),
        storey_height_m=max(one.height_m for one in concepts),
        storeys=variant.storeys,
        types=tuple(types[key] for key in sorted(types)),
        modules=tuple(modules),
        transfer=tuple(transfer),
        transfer_kn=sum(known[one.concept or variant.concept].g_transfer_kn_m2.hi * one.width_m * one.length_m for one in first),
        floor_loads=(("floor_finish_kn_m2", 0.0), ("partitions_kn_m2", partitions_kn_m2)),
        roof_loads=(("roof_membrane_kn_m2", 0.0), ("roof_ballast_kn_m2", 0.0)),
        notes=_notes(structure, roofs, concepts, variant, first),
    )


def _notes(
    structure: Structure, roofs: Sequence[UsableRoof], concepts: Sequence[Concept], variant: Variant, first: Sequence[Placed]
) -> tuple[str, ...]:
    """Return what of the variant is not drawn, and where a scan of the drawing finds other loads than the layout has."""
    found = [RECORD_HOLDS, *([NO_WALKWAY] if variant.walkways else [])]
    plans = shapely.MultiPolygon([placed_polygon(one) for one in first])
    beside = {
        part.split("/")[0]
        for roof in roofs
        for part, plan in _upward_parts(structure, roof.z_m).items()
        if roof.polygon.distance(plans) < BESIDE_M and plan.distance(plans) < BESIDE_M
    }
    if beside:
        found.append(f"modules staan tegen wanden die boven het dak doorgaan ({', '.join(sorted(beside))}): in dit model dragen die mee")
    if any(one.supports == "point" for one in concepts):
        found.append("hoeken staan in dit model recht op de wand eronder; de indeling verdeelt ze over de twee wandkoppen ernaast")
    return tuple(found)


def _upward_parts(structure: Structure, z_m: float) -> dict[str, BaseGeometry]:
    """Return the plan of each wall part and column that goes on above a roof at ``z_m``, by id."""
    parts, found = structure.parts, {}
    for k, kind in enumerate(parts.kind):
        if kind in ("pier", "lintel", "column") and parts.z1_m[k] > z_m + ABOVE_M > parts.z0_m[k]:
            axis = shapely.LineString([(parts.x0_m[k], parts.y0_m[k]), (parts.x1_m[k], parts.y1_m[k])])
            found[parts.id[k]] = axis.buffer(0.5 * float(parts.thickness_m[k]), cap_style="flat")
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
