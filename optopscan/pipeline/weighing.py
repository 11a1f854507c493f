"""What each variant is worth: routes along its walkway, rules, cost, carbon and the sun that it takes away."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely

from optopscan.catalog.concept import Concept
from optopscan.catalog.engineering import Engineering
from optopscan.feasibility.carbon import carbon_of
from optopscan.feasibility.choose import Choice
from optopscan.feasibility.cost import cost_of
from optopscan.feasibility.rules import judge
from optopscan.feasibility.scheme import Prism, boxes_of, scheme_of
from optopscan.feasibility.sun import SunField, sun_field, sun_loss
from optopscan.feasibility.worth import Worth as Weighed
from optopscan.model.surroundings import Surroundings
from optopscan.model.variant import CarbonOf, Dwelling, Finding, Placed, Range, SunOf, Variant, Worth
from optopscan.pipeline.ways import WALKWAY_ID, Way, door_sides
from optopscan.placement.access.findings import Facts
from optopscan.placement.access.findings import Finding as Walked
from optopscan.placement.access.routes import Routes, routes
from optopscan.placement.access.rules import access_rules
from optopscan.placement.access.schemes import AccessScheme
from optopscan.placement.lines import Frame
from optopscan.placement.placing_ground import PlacingGround

SUN_NORM = "tno-light"
LIFT_ABOVE = "lift"


@dataclass(frozen=True, kw_only=True, eq=False)
class Scales:
    """What all variants of one building are weighed with."""

    ground: PlacingGround
    values: Engineering
    sun: SunField
    concepts: Mapping[str, Concept]
    ground_m: float
    storeys: int

    @classmethod
    def of(cls, ground: PlacingGround, values: Engineering, surroundings: Surroundings, *, north_known: bool) -> Scales:
        """Return the scales; the sun without the extension is worked out once, and not at all where north is not known."""
        structure = ground.structure
        base_m = structure.base_z_m
        body = tuple(Prism(polygon=face.polygon, z0_m=base_m, z1_m=face.z_m) for face in structure.roof_faces)
        [norm] = [row for key, row in sorted(values.sun_norms.items()) if key == SUN_NORM] or [next(iter(values.sun_norms.values()))]
        top_m = max((face.z_m for face in structure.roof_faces), default=base_m)
        return cls(
            ground=ground,
            values=values,
            sun=sun_field(body, norm, surroundings if north_known else None, ground_m=base_m),
            concepts={concept.id: concept for concept in ground.concepts},
            ground_m=base_m,
            storeys=sum(z < top_m - 1.0 for z in structure.level_z_m),
        )


def with_routes(variant: Variant, way: Way, values: Engineering, scales: Scales) -> Variant:
    """Return the variant with the door and the walking distances of every dwelling."""
    if not variant.homes:
        return variant
    homes: list[Dwelling] = []
    for storey in range(1, variant.storeys + 1):
        own = [home for home in variant.homes if home.storey == storey]
        found = _routes(variant, own, way.scheme, values, scales)
        for row, home in enumerate(own):
            homes.append(
                replace(
                    home,
                    door_x_m=float(found.doors.x_m[row]),
                    door_y_m=float(found.doors.y_m[row]),
                    route_m=float(found.distance_m[row]),
                    second_route_m=float(found.second_m[row]),
                )
            )
    return replace(variant, homes=tuple(homes))


def _routes(variant: Variant, homes: Sequence[Dwelling], scheme: AccessScheme, values: Engineering, scales: Scales) -> Routes:
    modules = {module.module_id: module for module in variant.placed}
    polygons = [home_polygon([modules[name] for name in home.modules]) for home in homes]
    facts = Facts(
        top_floor_m=top_floor_m(variant, scales.ground_m), gbo_m2=np.array([home.gbo_m2 for home in homes]), storeys=variant.storeys
    )
    # plans are drawn with the length along the second side, see `home_polygon`
    sides = door_sides(scheme, np.zeros(len(polygons), dtype=np.bool_))
    return routes(scheme, polygons, access_rules(values), facts=facts, entrance_sides=sides)


def home_polygon(modules: Sequence[Placed]) -> shapely.Polygon:
    """Return the plan of modules side by side, corners in the order of `rectangle_polygons` with the length along v."""
    frame = Frame(angle_deg=modules[0].rotation_deg, lines=())
    u, v = frame.to_frame([module.x_m for module in modules], [module.y_m for module in modules])
    widths = np.array([module.width_m for module in modules])
    u0, u1, v0, v1 = float(u.min()), float((u + widths).max()), float(v.min()), float(v.min()) + modules[0].length_m
    x, y = frame.to_building([u0, u1, u1, u0], [v0, v0, v1, v1])
    return shapely.Polygon(np.column_stack([x, y]))


def top_floor_m(variant: Variant, ground_m: float) -> float:
    """Return the highest new floor above the ground [m], nan without modules."""
    return max((module.z_m for module in variant.placed), default=math.nan) - ground_m


def weigh(variant: Variant, concepts: Sequence[Concept], scheme: AccessScheme | None, scales: Scales) -> Weighed:
    """Return everything the variant is weighed by; ``concepts`` are its products as they were placed, with their new roof."""
    own_support = any(concept.own_support for concept in concepts)
    settings = scales.ground.settings
    unknown = scales.ground.unproven if variant.placed else ()
    if own_support and variant.placed:
        # nothing of the old building carries it, so its foundation is not the question either
        unknown = ("own-support", *(name for name in unknown if name != "foundation"))
    elif variant.outcome == "unknown":
        unknown = ("strength", *unknown)
    seen = scheme_of(
        variant,
        access="none" if scheme is None else scheme.kind,
        mix=variant.asked.get("mix", ""),
        setback_m=float(variant.asked.get("setback", 0.0)) + float(variant.asked.get("storey-setback", 0.0)),
        works=_works(variant, scheme, scales),
        unknown=unknown,
        # what reaches down further than its own layer lies inside the old building and throws no shadow
        transfer_depth_m=max(concept.transfer_depth_m for concept in concepts),
    )
    if own_support:
        seen = replace(seen, max_uc=math.nan)
    if unknown and seen.outcome == "ok":
        # the parts hold; whether the building does is not known
        seen = replace(seen, outcome="unknown")
    roof = scales.values.new_roof(settings.new_roof)
    boxes = (*seen.boxes, *boxes_of(variant.walkways))
    walked = () if scheme is None or not variant.homes else _findings(variant, scheme, scales)
    judged = judge(scales.values.rules, quantities(variant, scheme, scales)) if variant.placed else ()
    return Weighed(
        scheme=seen,
        cost=cost_of(seen, scales.concepts, scales.values.costs, roof),
        carbon=carbon_of(seen, scales.concepts, roof),
        sun=sun_loss(scales.sun, boxes),
        findings=(*judged, *walked),
    )


def quantities(variant: Variant, scheme: AccessScheme | None, scales: Scales) -> dict[str, float]:
    """Return what the rules ask about a variant, by name; what is left out nobody knows."""
    settings = scales.ground.settings
    top_m = max((module.z_m + module.height_m for module in variant.placed), default=math.nan) - scales.ground_m
    both_ends = scheme is None or scheme.kind != "corridor"
    found = {
        "top_floor_m": round(top_floor_m(variant, scales.ground_m), 3),
        "building_height_m": round(top_m, 3),
        "storeys_above_ground": float(scales.storeys + variant.storeys),
        "dwelling_gbo_m2": max((home.gbo_m2 for home in variant.homes), default=math.nan),
        "depth_per_facade_m": max((module.length_m for module in variant.placed), default=math.nan) / (2.0 if both_ends else 1.0),
        "robustness_settled": float(settings.robustness_settled),
    }
    if settings.height_max_m is not None:
        found["height_max_m"] = settings.height_max_m
    if scheme is not None:
        found["lifts"] = float(sum(stair.has_lift for stair in scheme.stairs))
        second = [home.second_route_m for home in variant.homes]
        found["escape_routes"] = 2.0 if second and all(math.isfinite(one) for one in second) else 1.0
    return found


def _works(variant: Variant, scheme: AccessScheme | None, scales: Scales) -> dict[str, float]:
    """Return the amounts of work beside the product: walkways, stairs and lifts; without an access nobody knows them."""
    if not variant.placed:
        return {}
    if scheme is None:
        return {"gallery": math.nan}
    area_m2 = sum(piece.width_m * piece.length_m for piece in variant.walkways)
    new = sum(stair.new for stair in scheme.stairs)
    old = sum(stair.has_stair and not stair.new for stair in scheme.stairs)
    lifts = sum(stair.has_lift for stair in scheme.stairs)
    found = {"gallery": area_m2, "stair": float(old * variant.storeys + new * (scales.storeys + variant.storeys))}
    if lifts:
        found["lift-stop"] = float(lifts * variant.storeys)
    elif top_floor_m(variant, scales.ground_m) > next(flag.limit for flag in scales.values.flags if flag.code == LIFT_ABOVE):
        found["lift"] = 1.0
    return found


def _findings(variant: Variant, scheme: AccessScheme, scales: Scales) -> tuple[Finding, ...]:
    """Return what the rules say of the routes of the fullest storey: stops, needs and questions."""
    lowest = [home for home in variant.homes if home.storey == 1]
    found = _routes(variant, lowest, scheme, scales.values, scales).findings
    return tuple(_said(one) for one in found if one.outcome != "ok")


def _said(one: Walked) -> Finding:
    limit = "" if math.isnan(one.limit) else f", grens {one.limit:g}"
    value = "" if math.isnan(one.value) else f"{one.value:g}{limit}"
    return Finding(
        code=f"access-{one.rule}",
        effect="stop" if one.rule == "route" and one.outcome == "over" else "needs" if one.outcome == "over" else "ask",
        text=one.text,
        article=one.article,
        confidence=one.confidence,
        triggered_by=value,
    )


def with_worth(variant: Variant, weighed: Weighed, on_front: bool, choice: Choice | None) -> Variant:
    """Return the variant with what it is worth, for the record."""
    cost, carbon, sun = weighed.cost, weighed.carbon, weighed.sun
    nan = math.nan
    worth = Worth(
        cost_eur=Range(lo=nan if cost is None else cost.lo_eur, hi=nan if cost is None else cost.hi_eur),
        carbon_kg=CarbonOf(emitted=nan if carbon is None else carbon.emitted_kg, stored=nan if carbon is None else carbon.stored_kg),
        sun=SunOf(on="", lost_mean_h=nan, lost_max_h=nan, below_norm=-1, ground_m2=nan)
        if sun is None
        else SunOf(on=sun.on, lost_mean_h=sun.lost_mean_h, lost_max_h=sun.lost_max_h, below_norm=sun.below, ground_m2=sun.ground_m2),
        findings=weighed.findings,
        unknown=weighed.scheme.unknown,
        on_front=on_front,
        put_forward="" if choice is None else choice.nl,
        put_forward_en="" if choice is None else choice.en,
    )
    return replace(variant, worth=worth)


__all__ = ["WALKWAY_ID", "Scales", "home_polygon", "quantities", "top_floor_m", "weigh", "with_routes", "with_worth"]
