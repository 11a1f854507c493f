"""From a variant to things that can be built: modules of pieces on their transfer layer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from optopscan.catalog.concept import Concept
from optopscan.model.new_top import ModuleType, NewTop, Place, PlacedModule
from optopscan.model.structure import Structure
from optopscan.model.variant import Placed, Variant
from optopscan.placement.module_parts import module_type
from optopscan.placement.roof import UsableRoof
from optopscan.placement.transfer import transfer_pieces


def new_top(
    structure: Structure,
    roofs: Sequence[UsableRoof],
    concept: Concept,
    variant: Variant,
    *,
    partitions_kn_m2: float,
    densities: Mapping[str, float],
) -> NewTop:
    """Return what has to be drawn of a variant.

    Parameters
    ----------
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
    types: dict[str, ModuleType] = {}
    modules = []
    for one in variant.placed:
        kind = module_type(concept, one.width_m, one.length_m, one.height_m, with_roof=one.storey == variant.storeys, densities=densities)
        types.setdefault(kind.key, kind)
        modules.append(_placed(one, kind.key))
    first = [one for one in variant.placed if one.storey == 1]
    return NewTop(
        variant=variant.id,
        concept=concept.id,
        concept_name=concept.name,
        supplier=concept.supplier,
        fictitious=concept.fictitious,
        z_m=min(one.z_m for one in first),
        storey_height_m=concept.height_m,
        storeys=variant.storeys,
        types=tuple(types[key] for key in sorted(types)),
        modules=tuple(modules),
        transfer=transfer_pieces(structure, roofs, concept, variant.placed),
        transfer_kn=concept.g_transfer_kn_m2.hi * sum(one.width_m * one.length_m for one in first),
        floor_loads=(("floor_finish_kn_m2", 0.0), ("partitions_kn_m2", partitions_kn_m2)),
        roof_loads=(("roof_membrane_kn_m2", 0.0), ("roof_ballast_kn_m2", 0.0)),
    )


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
