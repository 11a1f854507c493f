"""Facts from property sets and classifications; a vendor's habit is one row here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import ifcopenshell.util.element as element_util

from optopscan.ifc.material_facts import material_facts
from optopscan.ifc.materials import profile
from optopscan.ifc.shapes import body_representations
from optopscan.ifc.types import Types, attribute
from optopscan.model.building import PropertyValue

_COMMON = re.compile(r"^Pset_\w+Common$")
# What bears on structure, by property name: bearing flags of Revit, ArchiCAD, Tekla and makers, strength, density, code numbers.
_OF_INTEREST = re.compile(
    r"load.?bearing|structural.?(usage|function|class|material)?$|tragend|dragend|draagfunctie|"
    r"druksterkte|sterkteklasse|strength|festigkeit|betonkwaliteit|concrete.?grade|grade$|milieuklasse|exposure|"
    r"density|volumieke|soortelijk|rohdichte|nl.?.?sfb|assembly.?(code|description)|constructionmethod|"
    r"structure.?type|spanrichting|span.?direction|"
    r"^(floor_finish|partitions|imposed|roof_membrane|roof_ballast)_kn_m2$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(1[4-9]\d\d|20\d\d)\b")
_TYPE_SUFFIX = "Type"
_EMPTY_TEXTS = frozenset(("", "-", "n/a", "none", "undefined"))


def psets(entity: Any) -> dict[str, dict[str, Any]]:
    """Return property sets of a product, those of its type filled in."""
    sets: dict[str, dict[str, Any]] = element_util.get_psets(entity, psets_only=True)
    return sets


@lru_cache(maxsize=4096)
def _wanted(name: str) -> bool:
    return name in ("LoadBearing", "IsExternal", "Reference") or bool(_OF_INTEREST.search(name))


def _wanted_psets(entity: Any, kind: Any | None) -> dict[str, dict[str, Any]]:
    """Return what `psets` does, of the properties that bear on structure only: a product has dozens, and few do."""
    sets: dict[str, dict[str, Any]] = {}
    definitions = list(kind.HasPropertySets or ()) if kind is not None else []
    for relation in entity.IsDefinedBy or ():
        if relation.is_a() == "IfcRelDefinesByProperties":
            one = relation.get_argument(5)
            definitions.extend(one.wrappedValue if one.is_a("IfcPropertySetDefinitionSet") else (one,))
    for definition in definitions:
        if definition.is_a() == "IfcPropertySet":
            group = sets.setdefault(definition.get_argument(2), {})
            for one in definition.get_argument(4) or ():
                name = one.get_argument(0)
                if name is not None and _wanted(name):
                    group.update(element_util.get_properties([one]))
        elif definition.is_a("IfcPreDefinedPropertySet"):
            sets.setdefault(definition.Name, {}).update(element_util.get_property_definition(definition))
    return sets


def facts(
    entity: Any, parts: Sequence[Any], types: Types, ignore: frozenset[str], known: dict[int, list[tuple[str, Any]]] | None = None
) -> tuple[dict[str, PropertyValue], bool | None, bool | None]:
    """Return the properties that bear on structure, LoadBearing and IsExternal.

    Where the product says nothing its first part with the property speaks for it.
    A property named in ``ignore``, as "Pset.Property", as "Property" or by its set, is not read.
    ``known`` keeps what was read of the materials of the file.
    """
    kept: dict[str, PropertyValue] = {}
    flags: dict[str, bool | None] = {"LoadBearing": None, "IsExternal": None}
    for one in [entity, *(part for part in parts[:1] if part.id() != entity.id())]:
        kind = types.of(one)
        sets = _wanted_psets(one, kind)
        for flag in flags:
            if flags[flag] is None:
                flags[flag] = _flag(sets, flag, ignore)
        for key, value in _interesting(sets, ignore):
            kept.setdefault(key, value)
        for key, value in [*_classification(one, kind), *_profile(one), *_materials(one, known)]:
            if not _ignored(key, ignore):
                kept.setdefault(key, value)
    return dict(sorted(kept.items())), flags["LoadBearing"], flags["IsExternal"]


def build_year(building: Any) -> int | None:
    """Return the year of construction stated on an IfcBuilding, or None."""
    if building is None:
        return None
    for values in psets(building).values():
        for name in ("YearOfConstruction", "Bouwjaar"):
            match = _YEAR.search(str(values.get(name) or ""))
            if match:
                return int(match.group())
    return None


def type_name(entity: Any, kind: Any | None) -> str:
    """Return the name of the product's type, else its ObjectType, else an empty text."""
    return str(attribute(kind, "Name") or attribute(entity, "ObjectType") or "")


def predefined_type(entity: Any, kind: Any | None) -> str | None:
    """Return the predefined type of the product's type or of the product, or None; a type of the user's own by its name."""
    value = attribute(kind, "PredefinedType")
    if value == "USERDEFINED" or not value:
        value = attribute(kind, "ElementType") or attribute(kind, "ProcessType")
    if not value or value == "NOTDEFINED":
        value = attribute(entity, "PredefinedType")
        if value == "USERDEFINED" or not value:
            value = attribute(entity, "ObjectType")
    return str(value) if value else None


def _ignored(key: str, ignore: frozenset[str]) -> bool:
    group, _, name = key.rpartition(".")
    return key in ignore or name in ignore or group in ignore


def _flag(sets: Mapping[str, Mapping[str, Any]], name: str, ignore: frozenset[str]) -> bool | None:
    for group in sorted(sets):
        value = sets[group].get(name)
        if _COMMON.match(group) and isinstance(value, bool) and not _ignored(f"{group}.{name}", ignore):
            return value
    return None


def _interesting(sets: Mapping[str, Mapping[str, Any]], ignore: frozenset[str]) -> Iterable[tuple[str, PropertyValue]]:
    for group, values in sorted(sets.items()):
        common = bool(_COMMON.match(group))
        for name, value in sorted(values.items()):
            wanted = bool(_OF_INTEREST.search(name)) or (common and name in ("Reference", "IsExternal"))
            plain = _plain(value)
            if wanted and plain is not None and not _ignored(f"{group}.{name}", ignore):
                yield f"{group}.{name}", plain


def _plain(value: Any) -> PropertyValue | None:
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        return float(value)
    if isinstance(value, (list, tuple)):
        value = ", ".join(str(one) for one in value)
    text = value.strip() if isinstance(value, str) else ""
    return text if text.lower() not in _EMPTY_TEXTS else None


def _classification(entity: Any, kind: Any | None) -> list[tuple[str, PropertyValue]]:
    relations = [*(entity.HasAssociations or ()), *((kind.HasAssociations or ()) if kind is not None else ())]
    found: list[tuple[str, PropertyValue]] = []
    for relation in relations:
        if relation.is_a() != "IfcRelAssociatesClassification":
            continue
        reference = relation.get_argument(5)
        code = getattr(reference, "Identification", None) or getattr(reference, "ItemReference", None)
        if reference is None or not reference.is_a("IfcClassificationReference") or not code:
            continue
        system = str(getattr(reference.ReferencedSource, "Name", None) or "unknown")
        title = "NL-SfB" if "sfb" in system.lower() else system
        found.append((f"Classification.{title}", str(code)))
    return sorted(found, key=lambda pair: (pair[0], str(pair[1])))


def _profile(entity: Any) -> list[tuple[str, PropertyValue]]:
    if not any(entity.is_a(name) for name in ("IfcBeam", "IfcColumn", "IfcMember", "IfcPile")):
        return []
    name, kind = profile(entity, body_representations(entity))
    return [(key, value) for key, value in (("Profile.Name", name), ("Profile.Class", kind)) if value]


def _materials(entity: Any, known: dict[int, list[tuple[str, Any]]] | None) -> list[tuple[str, PropertyValue]]:
    """Return what the file says of the materials themselves that bears on structure; densities in kg/m3."""
    found = [(key, _plain(value)) for key, value in material_facts(entity, known) if _OF_INTEREST.search(key.rpartition(".")[2])]
    return [(key, value) for key, value in found if value is not None]
