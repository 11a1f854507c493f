"""Walkways that a layout may be reached by, each looked at before any dwelling is placed: does it stand, can it be carried?"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal

import numpy as np
import shapely

from optopscan.catalog.concept import Concept, Quantity
from optopscan.geometry import plane
from optopscan.model.arrays import BoolArray
from optopscan.model.variant import Placed
from optopscan.placement.access.routes import landings_of, module_ends, serves
from optopscan.placement.access.rules import AccessRules, Kind, Side
from optopscan.placement.access.schemes import AccessScheme, access_schemes
from optopscan.placement.below import Below, walkway_standing
from optopscan.placement.candidates import Serves
from optopscan.placement.placing_ground import PlacingGround
from optopscan.placement.programme import Walkway
from optopscan.placement.recheck import Product, carried_shares
from optopscan.placement.roof import UsableRoof

KINDS: dict[str, Kind] = {"galerij": "gallery", "portiek": "portiek", "corridor": "corridor"}
WALKWAY_ID = "ontsluiting"
CANTILEVER_M = 0.5
"""The beams of a walkway run on over its supports, and stick out past the last one by half a wall and a little more."""
CORE_WALL_M = 0.8
"""From the clear plan of a core to the usable roof at most: its wall, with the clearance on both sides [m]."""
MOST: dict[Kind, int] = {"gallery": 2, "corridor": 1, "portiek": 1}
Access = Literal["none", "gallery", "portiek", "corridor"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Way:
    """One walkway with its scheme; ``walkway`` is None where it cannot be built, ``fault`` says why in Dutch."""

    scheme: AccessScheme
    walkway: Walkway | None
    fault: str = ""


def ways(
    ground: PlacingGround,
    below: Below,
    roofs: Sequence[Sequence[UsableRoof]],
    concept: Concept,
    kind: Kind,
    rules: AccessRules,
    *,
    side: Side,
    north_deg: float,
    before: dict[Hashable, Any],
) -> tuple[Way, ...]:
    """Return the walkways of one kind, the best first: on the roof of the highest new storey, so that every storey has it.

    Walkways on the roofs of one level belong together; ``roofs`` are those per new storey, the lowest first. ``before`` keeps
    the schemes found before on this building.
    """
    # what cannot hold the smallest dwelling is no way to one: the inside of a stair head, a strip behind a chimney
    least_m2 = min((concept.width_m, *concept.width_options_m)) * concept.length_lo_m
    pieces = [piece for roof in roofs[-1] for piece in shapely.get_parts(roof.polygon) if piece.area >= least_m2]
    if not pieces:
        return ()
    top = plane.union(pieces)
    settings = ground.settings
    gap_m = CORE_WALL_M + settings.setback_m + settings.storey_setback_m * (len(roofs) - 1)
    asked = (kind, top.wkb, concept.length_lo_m, gap_m, side, north_deg)
    if asked not in before:
        schemes = access_schemes(
            kind,
            top,
            ground.cores,
            side=side,
            rules=rules,
            north_deg=north_deg,
            existing=ground.galleries,
            dwelling_depth_m=concept.length_lo_m,
            core_gap_m=gap_m,
        )
        # one function per scheme: what was asked of it before is known by it
        before[asked] = [(scheme, partial(_serves, scheme, rules), partial(_landings, scheme, rules)) for scheme in schemes[: MOST[kind]]]
    found = before[asked]
    return tuple(_way(below, roofs, concept, scheme, has_door, on_landing, rules) for scheme, has_door, on_landing in found)


def _way(
    below: Below,
    roofs: Sequence[Sequence[UsableRoof]],
    concept: Concept,
    scheme: AccessScheme,
    has_door: Serves,
    on_landing: Serves,
    rules: AccessRules,
) -> Way:
    product = walkway_product(concept, rules)
    pieces = tuple(_placed(scheme, row, roofs[0], concept) for row in range(len(scheme.pieces)))
    _, _, carried = carried_shares(below.structure, roofs[0], product.concept, pieces)
    if not carried.all():
        return Way(scheme=scheme, walkway=None, fault=_no_support(scheme, carried, concept))
    walkway = Walkway(
        pieces=pieces,
        product=product,
        reserved=scheme.reserved,
        serves=has_door,
        landings=on_landing,
        landing_most=rules.landing_dwellings,
    )
    fault = overloaded(below, roofs, walkway)
    return Way(scheme=scheme, walkway=None if fault else walkway, fault=fault)


def walkway_product(concept: Concept, rules: AccessRules) -> Product:
    """Return the walkway as a product on the transfer layer of another, no walls, no roof: its own weight where stated, else the usual."""
    nothing = Quantity(value=0.0, lo=0.0, hi=0.0, basis="assumed", source="", date="")
    usual = replace(nothing, value=rules.permanent_kn_m2, lo=rules.permanent_lo_kn_m2, hi=rules.permanent_hi_kn_m2)
    weight = concept.g_gallery_kn_m2 if concept.g_gallery_kn_m2.known else usual
    return Product(
        concept=replace(
            concept,
            id=WALKWAY_ID,
            transfer_takes_moment=True,
            support_offset_max_m=CANTILEVER_M,
            g_floor_kn_m2=weight,
            g_wall_kn_m=nothing,
            g_roof_kn_m2=nothing,
            supports="line-long",
            unit_types=(),
        ),
        imposed_kn_m2=rules.imposed.q_k_kn_m2,
    )


def _placed(scheme: AccessScheme, row: int, roofs: Sequence[UsableRoof], concept: Concept) -> Placed:
    piece = scheme.pieces[row]
    x_m, y_m = piece.frame.to_building(piece.u_m, piece.v_m)
    at = shapely.Point(piece.polygon.centroid)
    z_m = min(roofs, key=lambda roof: (round(roof.polygon.distance(at), 6), roof.z_m)).z_m
    return Placed(
        module_id=f"G{row + 1:03d}",
        storey=1,
        x_m=float(x_m),
        y_m=float(y_m),
        z_m=z_m + concept.transfer_depth_m,
        rotation_deg=piece.angle_deg,
        width_m=piece.du_m,
        length_m=piece.dv_m,
        height_m=concept.height_m,
        loads_on=(),
        concept=WALKWAY_ID,
    )


def door_sides(scheme: AccessScheme, long_u: BoolArray) -> BoolArray | None:
    """Return the sides that may have the door: the ends of the modules, on a landing any."""
    return None if scheme.kind == "portiek" else module_ends(long_u)


def _serves(scheme: AccessScheme, rules: AccessRules, polygons: Sequence[shapely.Polygon], long_u: BoolArray) -> BoolArray:
    return serves(scheme, polygons, rules, entrance_sides=door_sides(scheme, long_u))


def _landings(scheme: AccessScheme, rules: AccessRules, polygons: Sequence[shapely.Polygon], long_u: BoolArray) -> BoolArray:
    return landings_of(scheme, polygons, rules, entrance_sides=door_sides(scheme, long_u))


def _no_support(scheme: AccessScheme, carried: BoolArray, concept: Concept) -> str:
    length_m = sum(max(piece.du_m, piece.dv_m) for piece, stands in zip(scheme.pieces, carried, strict=True) if not stands)
    numbers = f"over {length_m:.1f} m rust het looppad nergens op; de tussenlaag overspant {concept.transfer_span_max_m:.1f} m"
    return f"{scheme.text} {numbers.replace('.', ',')}."


def overloaded(below: Below, roofs: Sequence[Sequence[UsableRoof]], walkway: Walkway) -> str:
    """Return why the whole walkway in every storey is too much for the parts below, empty where it is not."""
    standing = walkway_standing(below, walkway, roofs[0], len(roofs))
    rows = below.rows(standing, mode="possible")
    if rows.over.any():
        return f"{int(rows.over.sum())} delen van het looppad belasten delen die nu al geen reserve hebben."
    load = np.asarray(rows.matrix.sum(axis=1)).ravel()
    full = rows.part[load > rows.rhs]
    if full.size:
        worst = int(rows.part[np.argmax(load - rows.rhs)])
        over_kn = math.ceil(float((load - rows.rhs).max()))
        return f"Het looppad alleen is al te zwaar voor {below.structure.parts.id[worst]} (rekenwaarde {over_kn} kN te veel)."
    return ""
