"""Why a product does not fit, or fits less than the roof alone allows: the first constraint that is hit, with its margin.

In the order in which a layout meets them: what the product states, room on the roof, bearing lines, access, upper storeys, parts
below, mix. A later constraint is only looked at where the earlier ones let a plan in.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from optopscan.catalog.concept import Concept
from optopscan.model.variant import Variant, WhyNot
from optopscan.placement.below import Below
from optopscan.placement.ground import Ground
from optopscan.placement.programme import Programme, sized_types
from optopscan.placement.roof import UsableRoof, usable_area_m2
from optopscan.placement.rows import CapacityRows, Mode
from optopscan.placement.solve import NODE_LIMIT, Known
from optopscan.placement.why.bearing import bearing_reasons
from optopscan.placement.why.below_reasons import below_reasons, mix_reason
from optopscan.placement.why.fullest import Asked
from optopscan.placement.why.room import SEAM_M, larger_roofs, plans_on, room_reasons, shortage
from optopscan.placement.why.words import bare, count_above


def why_not(
    below: Below,
    programme: Programme,
    roofs: Sequence[Sequence[UsableRoof]],
    ground: Ground | None,
    rows: CapacityRows | None,
    variant: Variant,
    mode: Mode,
    catalogue: Sequence[Concept] = (),  # noqa: ARG001
    *,
    asked: Asked | None = None,
) -> tuple[WhyNot, ...]:
    """Return what stops a variant, the first constraint first; none where the roof is full.

    Parameters
    ----------
    roofs
        Usable roofs per new storey as asked, without what a walkway takes.
    ground, rows
        Of the variant; None where the product itself rules it out or nothing lies on the roof.
    catalogue
        Not looked at; here for one signature with `remedies`.
    asked
        Ground and rows with what was worked out of them before.
    """
    own = product_reasons(programme)
    if own or ground is None:
        return own
    if not len(ground.candidates):
        return _no_candidate(below, programme, roofs, ground)
    if rows is None:
        return ()
    asked = asked or Asked(below=below, programme=programme, ground=ground, rows=rows, mode=mode, known=Known(), node_limit=NODE_LIMIT)
    return (*_upper(below, programme, ground), *below_reasons(asked, variant), *mix_reason(asked, variant))


def product_reasons(programme: Programme) -> tuple[WhyNot, ...]:
    """Return what the product itself does not do or does not state."""
    concept, storeys = programme.concept, programme.storeys
    found = []
    if storeys > concept.max_storeys:
        found.append(count_above("storeys", storeys, concept.max_storeys, "lagen van het product", "storeys of the product"))
    n = len(sized_types(concept))
    if len(programme.mix) > n:
        found.append(count_above("mix", len(programme.mix), n, "gevraagde woningtypen", "dwelling types asked"))
    loads = (
        ("vloer", "floor", "kN/m2", concept.g_floor_kn_m2),
        ("wanden", "walls", "kN/m", concept.g_wall_kn_m),
        ("dak", "roof", "kN/m2", concept.g_roof_kn_m2),
        ("tussenlaag", "transfer layer", "kN/m2", concept.g_transfer_kn_m2),
    )
    found += [
        WhyNot(
            constraint="load-unknown",
            value=math.nan,
            limit=math.nan,
            unit=unit,
            part=nl_name,
            text_nl=f"gewicht onbekend: {nl_name}",
            text_en=f"weight unknown: {en_name}",
        )
        for nl_name, en_name, unit, load in loads
        if math.isnan(load.hi)
    ]
    return tuple(found)


def _no_candidate(below: Below, programme: Programme, roofs: Sequence[Sequence[UsableRoof]], ground: Ground) -> tuple[WhyNot, ...]:
    structure, concept, walkway, lowest = below.structure, programme.concept, programme.walkway, roofs[0]
    found = room_reasons(structure, lowest, programme)
    if found:
        return found
    left = plans_on(structure, ground.roofs[0], programme, served=False)
    if not left:
        return (shortage(structure, ground.roofs[0] or lowest, concept, "access", "dak naast de galerij", "roof beside the walkway"),)
    found = bearing_reasons(structure, concept, left)
    if found or walkway is None:
        return found + (_larger(below, programme, lowest) if found else ())
    # what stands on bearing lines has no door on the walkway
    text = "geen plaats op draaglijnen met een deur aan de galerij", "no place on bearing lines with a door on the walkway"
    return (bare("access", *text, value=0.0, limit=1.0),)


def _larger(below: Below, programme: Programme, roofs: Sequence[UsableRoof]) -> tuple[WhyNot, ...]:
    """Return setback or obstacles where a plan would stand on bearing lines if they took no roof."""
    found = []
    for name, larger, nl_of, en_of in larger_roofs(below.structure, roofs):
        if usable_area_m2(larger) <= usable_area_m2(roofs) + SEAM_M:
            continue
        plans = plans_on(below.structure, larger, programme, served=False)
        if plans and not bearing_reasons(below.structure, programme.concept, plans):
            found.append(bare(name, f"geen plaats op draaglijnen op het {nl_of}", f"no place on bearing lines on the {en_of}"))
    return tuple(found)


def _upper(below: Below, programme: Programme, ground: Ground) -> tuple[WhyNot, ...]:
    """Return what ends every stack below the storeys asked: no roof allowed there, or too little of it."""
    tallest = int(ground.candidates.height.max())
    if tallest >= programme.storeys:
        return ()
    if not ground.roofs[tallest]:
        return (count_above("height", programme.storeys, tallest, "gevraagde lagen", "storeys asked"),)
    of = f"nieuwe laag {tallest + 1}", f"new storey {tallest + 1}"
    found = shortage(below.structure, ground.roofs[tallest], programme.concept, "setback", of[0], of[1])
    if found.value > found.limit:
        return (found,)
    # there is room, but not above what stands on the bearing lines
    of = "gevraagde lagen, na terugligging", "storeys asked, after setback"
    return (count_above("setback", programme.storeys, tallest, *of),)
