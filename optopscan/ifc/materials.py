"""Material names and layer thicknesses of a product, whatever way the file attaches them.

Also the profile of a bar, which names its section and often its grade.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ifcopenshell.util.element as element_util

from optopscan.model.building import Layer

_NAN = float("nan")


def layers(entity: Any, parts: Sequence[Any], styles: Sequence[str], unit_m: float) -> tuple[tuple[Layer, ...], str]:
    """Return layers in file order and where they come from.

    First the product, then its type, then its parts, then the names of surface styles (a last
    resort: a style is a colour). The source reads like "IfcMaterialLayerSetUsage",
    "IfcMaterialList of type", "parts: IfcMaterial", "style", or "" when nothing is named.
    """
    found = _of(entity, unit_m)
    if found[0]:
        return found
    others = [part for part in parts if part.id() != entity.id()]
    of_parts = [(layer, origin) for part in others for listed, origin in (_of(part, unit_m),) for layer in listed]
    if of_parts:
        names: dict[str, Layer] = {}
        for layer, _ in of_parts:
            names.setdefault(layer.name, Layer(name=layer.name, thickness_m=_NAN))
        return tuple(names[name] for name in sorted(names)), f"parts: {of_parts[0][1]}"
    named = sorted({style for style in styles if style and not style.startswith("IfcSurfaceStyle")})
    return tuple(Layer(name=name, thickness_m=_NAN) for name in named), "style" if named else ""


def _of(entity: Any, unit_m: float) -> tuple[tuple[Layer, ...], str]:
    own: Any = element_util.get_material(entity, should_inherit=False)
    material: Any = own if own is not None else element_util.get_material(entity, should_inherit=True)
    if material is None:
        return (), ""
    # A nameless layer with a thickness is part of the wall: of an unknown material, not absent.
    listed = tuple(layer for layer in _listed(material, unit_m) if layer.name or layer.thickness_m > 0.0)
    listed = listed if any(layer.name for layer in listed) else ()
    return listed, f"{material.is_a()}{'' if own is not None else ' of type'}" if listed else ""


def _listed(material: Any, unit_m: float) -> list[Layer]:
    name = material.is_a()
    if name == "IfcMaterialLayerSetUsage":
        return _listed(material.ForLayerSet, unit_m)
    if name == "IfcMaterialLayerSet":
        return [layer for one in material.MaterialLayers or () for layer in _listed(one, unit_m)]
    if material.is_a("IfcMaterialLayer"):
        title = _name(material.Material) or str(getattr(material, "Name", None) or "")
        # A layer said to be ventilated, or to be air at rest (UNKNOWN), is a cavity.
        title = title or ("air" if getattr(material, "IsVentilated", None) in (True, "UNKNOWN") else "")
        return [Layer(name=title, thickness_m=float(material.LayerThickness) * unit_m)]
    if name == "IfcMaterialProfileSetUsage":
        return _listed(material.ForProfileSet, unit_m)
    if name in ("IfcMaterialProfileSet", "IfcMaterialConstituentSet"):
        inner = material.MaterialProfiles if name == "IfcMaterialProfileSet" else material.MaterialConstituents
        return [layer for one in inner or () for layer in _listed(one, unit_m)]
    if name == "IfcMaterialList":
        return [Layer(name=_name(one), thickness_m=_NAN) for one in material.Materials or ()]
    # A profile or constituent carries a name of its own ("400x400"): the material says what it is made of.
    return [Layer(name=_name(getattr(material, "Material", None)) or _name(material), thickness_m=_NAN)]


def _name(material: Any) -> str:
    return str(getattr(material, "Name", None) or "").strip() if material is not None else ""


def profile(entity: Any, representations: Sequence[Any]) -> tuple[str, str]:
    """Return name and class of a bar's profile, from its material profile or its swept area; empty where none."""
    material: Any = element_util.get_material(entity, should_skip_usage=True)
    if material is not None and material.is_a("IfcMaterialProfileSet"):
        for one in material.MaterialProfiles or ():
            definition = one.Profile
            title = str((definition.ProfileName if definition else None) or one.Name or "")
            if title:
                return title, str(definition.is_a() if definition else "")
    for shape in representations:
        for item in shape.Items:
            area = _swept_area(item)
            if area is not None:
                return str(area.ProfileName or ""), str(area.is_a())
    return "", ""


def _swept_area(item: Any) -> Any | None:
    for _ in range(64):
        if item is None:
            return None
        if item.is_a("IfcSweptAreaSolid"):
            return item.SweptArea
        if item.is_a("IfcBooleanResult"):
            item = item.FirstOperand
        elif item.is_a("IfcMappedItem"):
            inner = item.MappingSource.MappedRepresentation.Items
            item = inner[0] if inner else None
        else:
            return None
    return None
