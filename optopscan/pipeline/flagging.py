"""What must be named beside the load result: red flags that the building shows, and what no check covered."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from optopscan.catalog.concept import Concept
from optopscan.catalog.engineering import Engineering
from optopscan.feasibility.flags import raised_flags
from optopscan.model.building import Building
from optopscan.model.result import Flag
from optopscan.model.sides import Sides
from optopscan.model.structure import Bearing, Materials, Structure
from optopscan.settings import Settings
from optopscan.structure.fields import is_gallery
from optopscan.structure.roof import build_faces

WEAK_ROOFS = {"aerated-concrete": "cellenbeton", "timber": "hout", "steel": "staal"}
SYSTEM_WORDS = ("muwi", "korrel", "airey", "coignet", "dura", "pronto", "rbm", "era-bouw", "bmb", "vaneg", "systeembouw", "grootpaneel")
MOST_NAMED = 3


def flags(
    structure: Structure,
    building: Building,
    materials: Materials,
    bearing: Bearing,
    concepts: Sequence[Concept],
    values: Engineering,
    settings: Settings,
    *,
    storeys: int,
    ground_m: float,
) -> tuple[Flag, ...]:
    """Return the flags of an extension of ``storeys`` on this building, at least of one storey."""
    n = max(1, storeys)
    quantities = _quantities(structure, building, concepts, settings, n, ground_m)
    return raised_flags(values.flags, quantities, signals(structure, building, materials, bearing, settings, storeys=n))


def _quantities(
    structure: Structure, building: Building, concepts: Sequence[Concept], settings: Settings, n: int, ground_m: float
) -> dict[str, float]:
    chosen = build_faces(structure.roof_faces)
    found: dict[str, float] = {}
    if chosen and concepts:
        roof = structure.roof_faces[chosen[0]].z_m
        # The highest product of those asked gives the highest floor, on the safe side.
        deep = max((c.transfer_depth_m for c in concepts if math.isfinite(c.transfer_depth_m)), default=0.0)
        high = max(concept.height_m for concept in concepts)
        found["top_floor_m"] = round(roof - ground_m + deep + (n - 1) * high, 3)
        found["building_height_m"] = round(roof - ground_m + deep + n * high, 3)
        found["storeys_above_ground"] = float(sum(z < roof - 1.0 for z in structure.level_z_m) + n)
    year = settings.build_year if settings.build_year is not None else building.build_year
    if year is not None:
        found["build_year"] = float(year)
    return found


def signals(
    structure: Structure, building: Building, materials: Materials, bearing: Bearing, settings: Settings, *, storeys: int
) -> Mapping[str, str]:
    """Return what the model shows of the red flags, by the name of the signal, in the words of the report."""
    told = {
        "extension": f"optopping met {storeys} {'bouwlaag' if storeys == 1 else 'bouwlagen'}",
        "gallery-slab": _galleries(structure, building),
        "weak-roof": _weak_roof(structure, building, materials),
        "system-building": _system(building, materials, bearing),
        "partial-extension": _partial(structure, settings),
    }
    return {name: text for name, text in told.items() if text}


def _galleries(structure: Structure, building: Building) -> str:
    ids = building.elements.id
    rows = [ids[members[0]] for members in structure.fields.elements if is_gallery(building.elements, members)]
    return f"{len(rows)} galerij- of balkonplaten in het model ({_named(rows)})" if rows else ""


def _weak_roof(structure: Structure, building: Building, materials: Materials) -> str:
    found: dict[str, list[str]] = {}
    for k in build_faces(structure.roof_faces):
        for i in structure.fields.elements[structure.roof_faces[k].field]:
            if materials.group[i] in WEAK_ROOFS:
                found.setdefault(WEAK_ROOFS[materials.group[i]], []).append(building.elements.id[i])
    return "; ".join(f"dakvloer van {what} ({_named(rows)})" for what, rows in sorted(found.items()))


def _system(building: Building, materials: Materials, bearing: Bearing) -> str:
    """Return signs of system building: its names on what bears, and hollow blocks."""
    elements = building.elements
    bears = [i for i in range(len(elements)) if bearing.state[i] != "no" and elements.kind[i] in ("wall", "column", "slab", "roof")]
    texts = {i: f"{elements.name[i]} {elements.type_name[i]} {' '.join(layer.name for layer in elements.layers[i])}".lower() for i in bears}
    told = [
        f"naam met '{word}' ({_named([elements.id[i] for i in bears if word in texts[i].split()])})"
        for word in SYSTEM_WORDS
        if any(word in text.split() for text in texts.values())
    ]
    blocks = [elements.id[i] for i in bears if materials.group[i] == "concrete-block" and elements.kind[i] == "wall"]
    return "; ".join([*told, *([f"dragende wanden van betonblokken ({_named(blocks)})"] if blocks else [])])


def _partial(structure: Structure, settings: Settings) -> str:
    chosen = set(build_faces(structure.roof_faces))
    rest = sorted({round(face.z_m, 2) for k, face in enumerate(structure.roof_faces) if k not in chosen})
    told = [f"ook plat dak op z {', '.join(f'{z:.2f}' for z in rest)} m".replace(".", ",")] if rest else []
    if settings.setback_m > 0.0:
        told.append(f"terugligging {settings.setback_m:g} m".replace(".", ","))
    return "; ".join(told)


def _named(ids: Sequence[str]) -> str:
    return ", ".join(ids[:MOST_NAMED]) + (f" en {len(ids) - MOST_NAMED} meer" if len(ids) > MOST_NAMED else "")


def not_checked(values: Engineering, sides: Sides) -> tuple[str, ...]:
    """Return the standing list of what no check covers, without the entries that a check with numbers did cover.

    A check that could not say anything (no system found, no soil data, settlement left open, no connector stated) covers nothing.
    """
    covered = set()
    if sides.stability and all(np.isfinite(row.base_moment_after_knm) and not np.isnan(row.uc) and row.system for row in sides.stability):
        covered.add("stability")
    if sides.foundation and all(np.isfinite(row.r_d_kn) and row.outcome != "unknown" for row in sides.foundation):
        covered.add("foundation")
    if sides.anchorage and all(np.isfinite(row.uc) for row in sides.anchorage):
        covered.add("anchorage")
    return tuple(row.nl for row in values.not_checked if row.id not in covered)
