"""Length unit of a file: read it, or set the one the engineer states."""

from __future__ import annotations

from typing import Any

import ifcopenshell.util.unit as unit_util

from optopscan.settings import LENGTH_UNITS_M

_RELATIVE = 1e-9
_prefix_size: Any = unit_util.get_prefix_multiplier


def length_unit(project: Any) -> tuple[str, float] | None:
    """Return name and size in metres of the project's length unit, or None when it states none."""
    assignment = project.UnitsInContext
    for unit in (assignment.Units or ()) if assignment else ():
        if getattr(unit, "UnitType", None) != "LENGTHUNIT" or not unit.is_a("IfcNamedUnit"):
            continue
        scale = _scale_m(unit)
        if scale is not None and scale > 0.0:
            return _name(unit, scale), scale
    return None


def with_length_unit(model: Any, project: Any, name: str) -> tuple[str, float]:
    """Give a model without length unit the one named (the geometry kernel needs it in the model)."""
    scale = LENGTH_UNITS_M[name]
    metre = model.create_entity("IfcSIUnit", None, "LENGTHUNIT", None, "METRE")
    unit = metre
    if scale != 1.0:
        exponents = model.create_entity("IfcDimensionalExponents", 1, 0, 0, 0, 0, 0, 0)
        factor = model.create_entity("IfcMeasureWithUnit", model.create_entity("IfcLengthMeasure", scale), metre)
        unit = model.create_entity("IfcConversionBasedUnit", exponents, "LENGTHUNIT", name, factor)
    assignment = project.UnitsInContext
    others = [old for old in (assignment.Units or ()) if getattr(old, "UnitType", None) != "LENGTHUNIT"] if assignment else []
    project.UnitsInContext = model.create_entity("IfcUnitAssignment", [*others, unit])
    return name, scale


def _scale_m(unit: Any) -> float | None:
    if unit.is_a("IfcSIUnit"):
        return float(_prefix_size(unit.Prefix))
    if unit.is_a("IfcConversionBasedUnit"):
        factor = unit.ConversionFactor
        base = factor.UnitComponent
        inner = _scale_m(base) if base.is_a("IfcNamedUnit") else None
        return None if inner is None else float(factor.ValueComponent.wrappedValue) * inner
    return None


def _name(unit: Any, scale_m: float) -> str:
    for name, size_m in LENGTH_UNITS_M.items():
        if abs(scale_m - size_m) <= _RELATIVE * size_m:
            return name
    return str(getattr(unit, "Name", "")).lower() or f"{scale_m:g} m"


def density_factor(model: Any, unit: Any) -> float:
    """Return the factor from a mass density in the file to kg/m3.

    Parameters
    ----------
    model
        The opened file; its MASSDENSITYUNIT counts where ``unit`` is None.
    unit
        Unit stated with the value, or None.

    Returns
    -------
    float
        1.0 where no usable unit is stated anywhere.
    """
    projects = model.by_type("IfcProject")
    assignment = projects[0].UnitsInContext if projects else None
    listed = (assignment.Units or ()) if assignment is not None else ()
    stated = unit or next((one for one in listed if getattr(one, "UnitType", None) == "MASSDENSITYUNIT"), None)
    factor = _derived_si(stated) if stated is not None else None
    return 1.0 if factor is None else factor


def _derived_si(unit: Any) -> float | None:
    """Return the size of a derived unit of masses and lengths in kg and m, None for anything else."""
    if not unit.is_a("IfcDerivedUnit"):
        return None
    total = 1.0
    for element in unit.Elements or ():
        size = _base_size(element.Unit)
        if size is None or not size > 0.0:
            return None
        total *= size ** int(element.Exponent)
    return total


def _base_size(unit: Any) -> float | None:
    """Return a named unit in metres or kilograms; the SI unit of mass is the gram with its prefix."""
    if unit.is_a("IfcSIUnit"):
        size = float(_prefix_size(unit.Prefix))
        return 0.001 * size if unit.Name == "GRAM" else _power_of_length(unit.Name, size)
    if unit.is_a("IfcConversionBasedUnit"):
        factor = unit.ConversionFactor
        base = _base_size(factor.UnitComponent) if factor.UnitComponent.is_a("IfcNamedUnit") else None
        return None if base is None else float(factor.ValueComponent.wrappedValue) * base
    return None


def _power_of_length(name: str, size: float) -> float | None:
    """Return a length, area or volume unit in m, m2 or m3; a prefix counts per metre."""
    power = {"METRE": 1, "SQUARE_METRE": 2, "CUBIC_METRE": 3}.get(name)
    return None if power is None else size**power
