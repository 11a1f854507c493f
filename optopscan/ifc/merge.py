"""The new top in the file of the building: storeys, modules of pieces, transfer layer, dwellings.

The file itself is kept to the byte; new entities follow its own. Modules are element assemblies of a type, decomposed into
walls and slabs that share the geometry of their type; every piece has a material with a density, so that volume
times density is the weight the product states. A reader that knows nothing of optopscan sees an ordinary building
with timber storeys on top, and that is what `optopscan.scan` reads.

Identifiers come from the content of the file and the variant: the same input gives the same bytes. Every assembly says
that this is a quickscan and no design check.

Examples
--------
>>> data = write_merged([Path("flat.ifc")], top, result.building.local_to_ifc)  # doctest: +SKIP
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from optopscan.errors import UsageError
from optopscan.ifc.author_core import Entity
from optopscan.ifc.author_elements import PropertyValue
from optopscan.ifc.merge_host import FileHost, Host, grown_bytes, open_host, overlay_bytes
from optopscan.ifc.merge_shapes import ModuleWriter
from optopscan.model.building import LocalToIfc
from optopscan.model.drawing import ElementUse, ModuleUse
from optopscan.model.new_top import NewTop, Place, PlacedModule
from optopscan.settings import Settings

MODULE, WALKWAY = "VOLUMETRICMODULE", "WALKWAY"
NOTE = "quickscan, geen toetsing"
NL_SFB = "28.31"  # hoofddraagconstructies; ruimte-eenheden, doosconstructies
CHECK_SET, STAMP_SET = "Optop_Check", "Optop_Quickscan"
MODULE_SET, DWELLING_SET, VARIANT_SET = "Optopscan_Module", "Optopscan_Dwelling", "Optopscan_Variant"


@dataclass(frozen=True, kw_only=True)
class Said:
    """What is said in a model beside what is drawn: the stamp by property, and unity checks; all may be empty."""

    variant: str = ""
    outcome: str = ""
    max_uc: float = math.nan
    stamp: Mapping[str, PropertyValue] = field(default_factory=dict)
    modules: tuple[ModuleUse, ...] = ()
    elements: tuple[ElementUse, ...] = ()


def write_merged(
    source_paths: Sequence[Path],
    top: NewTop,
    local_to_ifc: LocalToIfc,
    *,
    settings: Settings | None = None,
    overlay: bool = False,
    said: Said | None = None,
) -> bytes:
    """Return the first file of a building with a new top in it.

    Parameters
    ----------
    source_paths
        The files of the building, as they were scanned. Of aspect models the first one gets the new top; the others
        stay as they are, and together they are the whole building.
    top
        What is new, in the local frame of the scan.
    local_to_ifc
        `Building.local_to_ifc` of that scan.
    settings
        ``building`` and ``assume_unit`` of that scan.
    overlay
        Only what is new, in a file of its own with the same project, site and building.
    said
        What the record says of the variant: stamp, unity checks of modules and of what was there.

    Raises
    ------
    UnreadableInput, UsageError
        If the file cannot be read or has no building, or nothing is given to write.
    """
    if not source_paths or not top.modules:
        raise UsageError("nothing to write: give a file and a variant with modules")
    host = open_host(Path(source_paths[0]), settings or Settings(), local_to_ifc, top.variant)
    fill(host, top, said)
    if said and not overlay:
        _describe_old(host, said)
    host.core.flush()
    return overlay_bytes(host) if overlay else grown_bytes(host)


def fill(host: Host, top: NewTop, said: Said | None = None) -> None:
    """Write a new top into a host, with what is said of it."""
    said = said or Said()
    writer = ModuleWriter(host)
    storeys = _storeys(host, writer, top)
    uses = {use.module_id: use for use in said.modules}
    assemblies = []
    for module in top.modules:
        assembly = _module(host, writer, top, module, storeys[module.storey - 1], MODULE)
        writer.classify(assembly, NL_SFB)
        if module.module_id in uses:
            writer.describe(assembly, CHECK_SET, _check(uses[module.module_id], said))
        assemblies.append(assembly)
    walkways = [_module(host, writer, top, piece, storeys[piece.storey - 1], WALKWAY) for piece in top.walkways]
    for piece in top.transfer:
        writer.piece_in_storey(piece, storeys[0])
    for dwelling in sorted({module.dwelling for module in top.modules}):
        _dwelling(host, writer, top, dwelling, storeys)
    group = host.core.rooted("IfcGroup", top.variant, Description="; ".join([top.concept_name, NOTE, *top.notes]))
    writer.describe(group, VARIANT_SET, {"Concept": top.concept, "Modules": len(assemblies), "Storeys": top.storeys, "Note": NOTE})
    if said.stamp:
        for one in (group, *storeys):
            writer.describe(one, STAMP_SET, dict(said.stamp))
    for assembly in [*assemblies, *walkways]:
        host.core.relate("IfcRelAssignsToGroup", group, assembly)


def _check(use: ModuleUse, said: Said) -> dict[str, PropertyValue]:
    """Return the check of a module: of the parts it stands on, and of the variant as a whole, which may fail further down."""
    told: tuple[tuple[str, float], ...] = (("UC_supports", use.uc), ("UC_variant", said.max_uc))
    known: dict[str, PropertyValue] = {name: uc for name, uc in told if not math.isnan(uc)}
    return {**known, "Outcome": use.outcome, "Outcome_variant": said.outcome, "Status": "NEW", "Note": NOTE}


def _describe_old(host: FileHost, said: Said) -> None:
    """Give the elements of this file that carry their unity check before and with the variant."""
    writer = ModuleWriter(host)
    for use in said.elements:
        index, step = use.element.split("#")
        element = host.core.file.by_id(int(step)) if index == "0" and int(step) <= host.last_step else None
        if element is None or not element.is_a("IfcObject"):
            continue
        values: dict[str, PropertyValue] = {}
        for name, uc in (("UC_before", use.uc_before), ("UC_after", use.uc_after)):
            if not math.isnan(uc):
                values[name] = uc
        writer.describe(element, CHECK_SET, {**values, "Outcome": use.outcome, "Status": "EXISTING", "Variant": said.variant, "Note": NOTE})


def _storeys(host: Host, writer: ModuleWriter, top: NewTop) -> list[Entity]:
    """Add a storey per layer of modules; its elevation is the top of its floor."""
    core = host.core
    floor = next(piece for piece in top.types[0].pieces if piece.kind == "floor")
    found = []
    for k in range(top.storeys):
        z = top.z_m + k * top.storey_height_m + floor.place.z_m + floor.size_m[2]
        placement = writer.placed(host.building.ObjectPlacement, writer.in_building(Place(x_m=0.0, y_m=0.0, z_m=z)))
        name = f"optop {k + 1}"
        attributes = {
            "ObjectPlacement": placement,
            "CompositionType": "ELEMENT",
            "Elevation": core.length(z - host.base_z_m),
            "LongName": f"nieuwe bouwlaag {k + 1}, {top.variant}",
        }
        storey = core.rooted("IfcBuildingStorey", name, **attributes)
        writer.places[storey.id()] = Place(x_m=0.0, y_m=0.0, z_m=z)
        core.relate("IfcRelAggregates", host.building, storey)
        found.append(storey)
    return found


def _module(host: Host, writer: ModuleWriter, top: NewTop, module: PlacedModule, storey: Entity, element_type: str) -> Entity:
    """Add one module with its pieces; the pieces belong to the module, the module to the storey."""
    core = host.core
    kind = next(one for one in top.types if one.key == module.type_key)
    attributes = {
        "ObjectPlacement": writer.placed(storey.ObjectPlacement, writer.in_storey(storey, module.place)),
        "ObjectType": element_type,
        "AssemblyPlace": "FACTORY",
        "PredefinedType": "USERDEFINED" if core.schema == "IFC2X3" else None,
        "Tag": module.module_id,
    }
    name = f"{'module' if element_type == MODULE else 'looppad'} {module.module_id}"
    assembly = core.rooted("IfcElementAssembly", name, key=f"{top.variant}/{module.module_id}", **attributes)
    core.relate("IfcRelContainedInSpatialStructure", storey, assembly)
    values: dict[str, PropertyValue] = {
        "ModuleId": module.module_id,
        "Variant": top.variant,
        "Concept": top.concept,
        "ConceptName": top.concept_name,
        "Supplier": top.supplier,
        "Fictitious": top.fictitious,
        "Dwelling": module.dwelling,
        "Storey": module.storey,
        "ProductWeight_kN": round(kind.weight_kn, 6),
        "LoadsOn": " ".join(module.loads_on),
        "Status": "NEW",
        "Note": NOTE,
    }
    writer.describe(assembly, MODULE_SET, values)
    writer.pieces_of(assembly, kind, top)
    return assembly


def _dwelling(host: Host, writer: ModuleWriter, top: NewTop, dwelling: str, storeys: Sequence[Entity]) -> None:
    """Add the space of one dwelling: the inside of its modules."""
    core = host.core
    modules = [module for module in top.modules if module.dwelling == dwelling]
    storey = storeys[modules[0].storey - 1]
    kinds = {one.key: one for one in top.types}
    solids = [writer.inside(storey, module, kinds[module.type_key]) for module in modules]
    kind = {"InteriorOrExteriorSpace": "INTERNAL"} if core.schema == "IFC2X3" else {"PredefinedType": "INTERNAL"}
    attributes = {
        "CompositionType": "ELEMENT",
        **kind,
        "ObjectPlacement": writer.placed(storey.ObjectPlacement, writer.in_storey(storey, writer.places[storey.id()])),
        "Representation": writer.shape(solids),
        "LongName": "woning",
    }
    space = core.rooted("IfcSpace", dwelling, key=f"{top.variant}/{dwelling}", **attributes)
    core.relate("IfcRelAggregates", storey, space)
    gross = sum(kinds[module.type_key].width_m * kinds[module.type_key].length_m for module in modules)
    values: dict[str, PropertyValue] = {"Dwelling": dwelling, "Modules": len(modules), "GrossArea_m2": round(gross, 6), "Note": NOTE}
    writer.describe(space, DWELLING_SET, values)
