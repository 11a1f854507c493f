"""First stages: products asked for, materials, bearing, what the roof looks like."""

from __future__ import annotations

import dataclasses

import numpy as np

from optopscan.catalog.concept import Concept
from optopscan.catalog.engineering import load_engineering
from optopscan.catalog.load import load_concepts
from optopscan.errors import UsageError
from optopscan.issues import Issue, issue
from optopscan.materials.assign import assign, bearing_thickness_m
from optopscan.materials.planks import SOURCE as TOPPING_SOURCE
from optopscan.materials.planks import toppings
from optopscan.model.building import Building
from optopscan.model.loads import Assumption
from optopscan.model.overrides import Given
from optopscan.model.structure import Bearing, Materials, Structure, is_wall
from optopscan.settings import Settings
from optopscan.structure.bearing import bearing_issues, infer_bearing
from optopscan.structure.roof import build_faces

SAME_THICKNESS_M = 0.001


def chosen_concepts(settings: Settings) -> tuple[Concept, ...]:
    """Return the products of the catalogue that the settings ask for; without a choice all that are meant for a roof.

    Raises
    ------
    UsageError
        If a product is not in the catalogue, not meant for a roof, or named twice.
    """
    every = load_concepts()
    known = {concept.id: concept for concept in every}
    for name in settings.concepts:
        if settings.concepts.count(name) > 1:
            raise UsageError(f"concept {name!r} is named {settings.concepts.count(name)} times; name each once")
        if name not in known:
            raise UsageError(f"concept {name!r} is not in the catalogue; known: {', '.join(sorted(known))}")
        if not known[name].on_roof:
            raise UsageError(f"concept {name!r} is not meant for a roof: its access is {', '.join(known[name].access)}; choose another")
    return tuple(known[name] for name in settings.concepts) if settings.concepts else tuple(one for one in every if one.on_roof)


def infer(building: Building, settings: Settings) -> tuple[Materials, Bearing, tuple[Issue, ...]]:
    """Return material and bearing of every element with what was noticed."""
    values = load_engineering()
    year = settings.build_year if settings.build_year is not None else building.build_year
    materials, issues = assign(
        building.elements, densities=values.densities, grades=values.grades, era=values.era_defaults, build_year=year
    )
    bearing = infer_bearing(building.elements, materials)
    return materials, bearing, (*issues, *bearing_issues(building.elements, bearing))


def assumed_toppings(building: Building, materials: Materials, given: Given | None = None) -> tuple[Assumption, ...]:
    """Return the toppings that were assumed on planks, one line per total thickness; none where a greater thickness is given."""
    found = toppings(building.elements, materials.group)
    volume_m3: dict[tuple[float, bool], list[float]] = {}
    drawn_m = np.asarray(building.elements.thickness_m)
    for row, total_m, shown, volume in zip(found.element, found.total_m, found.from_model, found.volume_m3, strict=True):
        if given is not None and given.thickness_m[row] > drawn_m[row]:
            continue
        volume_m3.setdefault((round(float(total_m), 3), shown), []).append(float(volume))
    return tuple(
        Assumption(
            what=f"druklaag op {len(volumes)} breedplaten zonder druklaag in het model",
            value=f"vloer {1000.0 * total_m:.0f} mm dik in totaal, druklaag {sum(volumes):.1f} m3",
            source="voet van de wanden boven de vloer" if shown else TOPPING_SOURCE,
            confidence="uncertain",
            alternative="geef het model van de druklaag mee; alleen het gewicht telt, geen sterkte",
        )
        for (total_m, shown), volumes in sorted(volume_m3.items())
    )


def with_bearing_thickness(structure: Structure, building: Building, given: Given | None = None) -> Structure:
    """Return the structure with the bearing layer's thickness on its wall parts: one leaf, not the whole build-up.

    What the engineer gives goes before what the layers tell, also that it is unknown.
    """
    core = bearing_thickness_m(building.elements)
    parts = structure.parts
    element, drawn = np.asarray(parts.element), np.asarray(parts.thickness_m)
    # A leg of a wall may be thinner than the wall was measured as a whole.
    thickness = np.minimum(core[element], drawn)
    if given is not None:
        leg = drawn < np.asarray(building.elements.thickness_m)[element] - SAME_THICKNESS_M
        told = np.asarray(given.thickness_m)[element]
        thickness = np.where(np.isfinite(told), np.where(leg, np.minimum(told, drawn), told), thickness)
        thickness = np.where(np.asarray(given.thickness_unknown)[element], np.nan, thickness)
    thickness = np.where(is_wall(parts), thickness, drawn)
    return dataclasses.replace(structure, parts=dataclasses.replace(parts, thickness_m=thickness))


def roof_notes(structure: Structure) -> tuple[Issue, ...]:
    """Return what there is to say about the roof: nothing flat, or flat faces that are not built on."""
    faces = structure.roof_faces
    chosen = build_faces(faces)
    if not chosen:
        return (issue("OPT-601", "", "no flat roof face wider than 2 m: pitched, too small, or no slab in the model"),)
    rest = sorted({round(face.z_m, 2) for k, face in enumerate(faces) if k not in chosen and face.polygon.area >= 20.0})
    return tuple(issue("OPT-604", "", f"flat roof at z {z:.2f} m is not built on: another level is larger") for z in rest)
