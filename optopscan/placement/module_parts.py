"""A module as pieces of building: floor, bearing sides, roof. Together they weigh what the product states.

A product states weights per square metre of floor and roof and per metre of wall, and which sides of a
module bear; it draws nothing. The pieces here are therefore blocks of a plausible thickness, with the density that
makes them weigh exactly what a verdict counts (`hi`). All weight of the walls hangs in the sides that bear, as in the
reactions of a module; the other sides are closed by a facade without weight of its own.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping

from optopscan.catalog.concept import Concept
from optopscan.errors import UsageError
from optopscan.materials.recognise import recognise
from optopscan.model.new_top import ModuleType, Piece, PieceKind, Place
from optopscan.units import GRAVITY_M_S2

DENSER = 1.4
"""Floors and walls hold more than their main material (boards, screed, services): heavier than it, within what a reader believes."""
LEAST_M, MOST_WALL_M, MOST_FLOOR_M = 0.12, 0.30, 0.50
FACADE_M = 0.06
BEAM_M, BEAM_FOOT_M = 0.12, 0.17
STEEL_KG_M3 = 7850.0
POSTS_SHARE = 0.2  # of the weight of a piece of walkway that carries another one
WALKWAY_FLOOR = "looppad (galerij)"  # a reader knows a gallery by its name: loads of its own, and a floor apart from dwellings
WOOD, CONCRETE = "hout", "prefab beton"


def module_type(
    concept: Concept, width_m: float, length_m: float, height_m: float, *, with_roof: bool, densities: Mapping[str, float]
) -> ModuleType:
    """Return the pieces of one module; with its roof for the top storey.

    Parameters
    ----------
    densities
        Usual density per material group [kg/m3].

    Raises
    ------
    UsageError
        If the product does not state a weight that is needed.
    """
    area, perimeter = width_m * length_m, 2.0 * (width_m + length_m)
    floor_kn, wall_kn = concept.g_floor_kn_m2.hi * area, concept.g_wall_kn_m.hi * perimeter
    roof_kn = concept.g_roof_kn_m2.hi * area if with_roof else 0.0
    weight = floor_kn + wall_kn + roof_kn
    if not weight > 0.0:
        raise UsageError(f"{concept.id}: weight of floor, walls or roof unknown; a module without weight cannot be drawn")
    floor_material = CONCRETE if "beton" in f"{concept.id} {concept.system_material}".lower() else WOOD
    low_m = BEAM_FOOT_M + BEAM_M if concept.supports == "point" else 0.0
    floor = _slab("floor", "vloer", floor_kn, width_m, length_m, floor_material, densities)
    floor = dataclasses.replace(floor, place=Place(x_m=0.0, y_m=0.0, z_m=low_m))
    foot_m = low_m + floor.size_m[2]
    if concept.supports == "point":
        sides = _frame_sides(wall_kn, width_m, length_m, height_m, with_roof=with_roof)
    else:
        sides = _bearing_sides(concept, wall_kn, width_m, length_m, height_m, foot_m, densities)
    pieces = [floor, *sides]
    if with_roof:
        roof = _slab("roof", "dak", roof_kn, width_m, length_m, WOOD, densities)
        pieces.append(dataclasses.replace(roof, place=Place(x_m=0.0, y_m=0.0, z_m=height_m)))
    key = f"{concept.id} {width_m:.3f} x {length_m:.3f} x {height_m:.3f}{' dak' if with_roof else ''}"
    return ModuleType(
        key=key,
        width_m=width_m,
        length_m=length_m,
        height_m=height_m,
        with_roof=with_roof,
        weight_kn=weight,
        pieces=tuple(pieces),
    )


def walkway_type(
    concept: Concept, width_m: float, length_m: float, height_m: float, *, carries: bool, densities: Mapping[str, float]
) -> ModuleType:
    """Return one piece of walkway: a floor, and with one above it four posts and two beams along its long sides.

    Raises
    ------
    UsageError
        If its weight is unknown.
    """
    weight = concept.g_floor_kn_m2.hi * width_m * length_m
    if not weight > 0.0:
        raise UsageError(f"{concept.id}: weight of the walkway unknown; it cannot be drawn")
    frame = _posts(weight, width_m, length_m, height_m) if carries else []
    steel_kn = sum(piece.mass_kg for piece in frame) * GRAVITY_M_S2 / 1000.0
    floor = _slab("walkway", WALKWAY_FLOOR, weight - steel_kn, width_m, length_m, WOOD, densities)
    key = f"{concept.id} {width_m:.3f} x {length_m:.3f} x {height_m:.3f}{' met stijlen' if carries else ''}"
    return ModuleType(
        key=key, width_m=width_m, length_m=length_m, height_m=height_m, with_roof=False, weight_kn=weight, pieces=(floor, *frame)
    )


def _posts(weight_kn: float, width_m: float, length_m: float, height_m: float) -> list[Piece]:
    """Return four posts with a beam on each pair along the length, of a small part of the weight, as thin as that makes them."""
    tall_m = height_m - BEAM_M
    volume_m3 = 1000.0 * POSTS_SHARE * weight_kn / GRAVITY_M_S2 / STEEL_KG_M3
    side = _side_m(volume_m3, 4.0 * height_m, 2.0 * length_m, 2.0)
    found = []
    for n, (x, y) in enumerate(((x, y) for x in (0.0, width_m - side) for y in (0.0, length_m - side)), start=1):
        found.append(_steel("column", f"stijl {n}", Place(x_m=x, y_m=y, z_m=0.0), (side, side, tall_m)))
    for name, x in (("links", 0.0), ("rechts", width_m - side)):
        found.append(_steel("beam", f"ligger {name}", Place(x_m=x, y_m=0.0, z_m=tall_m), (side, length_m, BEAM_M)))
    return found


def _slab(
    kind: PieceKind, name: str, weight_kn: float, width_m: float, length_m: float, material: str, densities: Mapping[str, float]
) -> Piece:
    per_m2 = 1000.0 * weight_kn / GRAVITY_M_S2 / (width_m * length_m)
    thickness = _thickness_m(per_m2, material, densities, MOST_FLOOR_M)
    return Piece(
        kind=kind,
        name=name,
        place=Place(x_m=0.0, y_m=0.0, z_m=0.0),
        size_m=(width_m, length_m, thickness),
        material=material,
        density_kg_m3=per_m2 / thickness,
    )


def _thickness_m(mass_kg_m2: float, material: str, densities: Mapping[str, float], most_m: float) -> float:
    """Return a thickness, in whole centimetres, at which the density is one of the material."""
    usual = densities[recognise(material).group] * (DENSER if material != CONCRETE else 1.0)
    return min(max(round(mass_kg_m2 / usual, 2), LEAST_M), most_m)


def _bearing_sides(
    concept: Concept, wall_kn: float, width_m: float, length_m: float, height_m: float, foot_m: float, densities: Mapping[str, float]
) -> list[Piece]:
    """Return two bearing walls along the sides that bear, and a facade in the other two."""
    along_y = concept.supports == "line-long"
    run_m, tall_m = length_m if along_y else width_m, height_m - foot_m
    material = f"{concept.system_material} wand" if recognise(concept.system_material).group in ("timber", "timber-frame") else WOOD
    per_m2 = 1000.0 * wall_kn / GRAVITY_M_S2 / (2.0 * run_m * tall_m)
    thick = _thickness_m(per_m2, material, densities, MOST_WALL_M)
    across_m = width_m if along_y else length_m
    pieces = []
    for side, at in (("links", 0.0), ("rechts", across_m - thick)):
        place = Place(x_m=at, y_m=0.0, z_m=foot_m) if along_y else Place(x_m=0.0, y_m=at, z_m=foot_m)
        size = (thick, run_m, tall_m) if along_y else (run_m, thick, tall_m)
        pieces.append(Piece(kind="wall", name=f"wand {side}", place=place, size_m=size, material=material, density_kg_m3=per_m2 / thick))
    gap = across_m - 2.0 * thick
    for end, at in (("voor", 0.0), ("achter", run_m - FACADE_M)):
        place = Place(x_m=thick, y_m=at, z_m=foot_m) if along_y else Place(x_m=at, y_m=thick, z_m=foot_m)
        size = (gap, FACADE_M, tall_m) if along_y else (FACADE_M, gap, tall_m)
        pieces.append(Piece(kind="facade", name=f"gevel {end}", place=place, size_m=size, material="", density_kg_m3=float("nan")))
    return pieces


def _frame_sides(wall_kn: float, width_m: float, length_m: float, height_m: float, *, with_roof: bool) -> list[Piece]:
    """Return four columns with edge beams along the long sides, under the floor and under a roof: steel, as heavy as the walls."""
    levels = [BEAM_FOOT_M, height_m - BEAM_M][: 2 if with_roof else 1]
    mass_kg = 1000.0 * wall_kn / GRAVITY_M_S2
    beams_m = 2.0 * len(levels) * length_m
    # A beam runs from middle to middle of its columns: side^2 x 4 h + side x depth x (metres - side) x number is the volume.
    side = _side_m(mass_kg / STEEL_KG_M3, 4.0 * height_m, beams_m, 2.0 * len(levels))
    pieces = []
    for n, (x, y) in enumerate(((x, y) for x in (0.0, width_m - side) for y in (0.0, length_m - side)), start=1):
        place = Place(x_m=x, y_m=y, z_m=0.0)
        pieces.append(_steel("column", f"kolom {n}", place, (side, side, height_m)))
    for level, z in zip(("vloer", "dak"), levels, strict=False):
        for name, x in (("links", 0.0), ("rechts", width_m - side)):
            place = Place(x_m=x, y_m=0.5 * side, z_m=z)
            pieces.append(_steel("beam", f"{level}balk {name}", place, (side, length_m - side, BEAM_M)))
    return pieces


def _side_m(volume_m3: float, columns_m: float, beams_m: float, beams: float) -> float:
    """Return the side of columns and beams at which the frame has this volume."""
    a, b = columns_m - beams * BEAM_M, beams_m * BEAM_M
    return (math.sqrt(b * b + 4.0 * a * volume_m3) - b) / (2.0 * a)


def _steel(kind: PieceKind, name: str, place: Place, size_m: tuple[float, float, float]) -> Piece:
    return Piece(kind=kind, name=name, place=place, size_m=size_m, material="staal", density_kg_m3=STEEL_KG_M3)
