"""Properties that a file attaches to a material itself, densities converted to kg/m3.

IFC4: IfcMaterialProperties with single values (`Pset_MaterialCommon.MassDensity`). IFC2X3:
IfcGeneralMaterialProperties and its sisters with attributes of their own, and extended
properties. The unit of a density is that of the value, else the project's MASSDENSITYUNIT,
else kg/m3: files without a declared unit mean that, and a value that is far off is judged
where materials are.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import ifcopenshell.util.element as element_util

from optopscan.ifc.units import density_factor

# IFC2X3 attributes that hold a value, with the name that IFC4 gives the property.
_ATTRIBUTES = {"MassDensity": "MassDensity", "CompressiveStrength": "CompressiveStrength", "YieldStress": "YieldStress"}


def material_facts(entity: Any, known: dict[int, list[tuple[str, Any]]] | None = None) -> list[tuple[str, Any]]:
    """Return ("Material.<property>", value) pairs; of several materials each key holds its name.

    ``known`` keeps what was read of a material of this file, by step id: many elements share one.

    A key reads "Material.MassDensity" where the product has one material and
    "Material.<name>.MassDensity" where it has more.
    """
    materials = sorted({one.id(): one for one in element_util.get_materials(entity) if one is not None}.items())
    names = {str(one.Name or "") for _, one in materials}
    found: list[tuple[str, Any]] = []
    for _, material in materials:
        owner = "Material" if len(names) < 2 else f"Material.{str(material.Name or '').strip()}"
        for name, value in _sorted_values(material, {} if known is None else known):
            found.append((f"{owner}.{name}", value))
    return found


def _sorted_values(material: Any, known: dict[int, list[tuple[str, Any]]]) -> list[tuple[str, Any]]:
    key = int(material.id())
    if key not in known:
        known[key] = sorted(_values(material), key=lambda pair: pair[0])
    return known[key]


def _values(material: Any) -> Iterable[tuple[str, Any]]:
    for group in _groups(material):
        for one in [*(getattr(group, "Properties", None) or ()), *(getattr(group, "ExtendedProperties", None) or ())]:
            nominal = getattr(one, "NominalValue", None)
            if nominal is not None:
                yield str(one.Name), _converted(material.file, nominal.is_a(), nominal.wrappedValue, getattr(one, "Unit", None))
        for attribute, name in _ATTRIBUTES.items():
            value = getattr(group, attribute, None)
            if value is not None:
                measure = "IfcMassDensityMeasure" if attribute == "MassDensity" else ""
                yield name, _converted(material.file, measure, value, None)


def _groups(material: Any) -> list[Any]:
    """Return the property groups of a material; IFC2X3 knows no inverse attribute for them."""
    own = getattr(material, "HasProperties", None)
    if own is not None:
        return list(own)
    users = [user for user in material.file.get_inverse(material) if user.is_a("IfcMaterialProperties")]
    return sorted(users, key=lambda user: int(user.id()))


def _converted(model: Any, measure: str, value: Any, unit: Any) -> Any:
    if measure != "IfcMassDensityMeasure" or isinstance(value, bool) or not isinstance(value, (int, float)):
        return value
    return float(value) * density_factor(model, unit)
