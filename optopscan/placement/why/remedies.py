"""What would let more stand here: never a promise, always for the structural engineer to judge.

A gain is counted by a layout with that one thing changed and the rows of the parts below, without re-check.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Sequence

from optopscan.catalog.concept import Concept
from optopscan.model.variant import Remedy, RemedyKind, Variant, WhyNot
from optopscan.placement.below import Below, rows_of
from optopscan.placement.ground import Ground, survey
from optopscan.placement.programme import Programme, goal_values, sized_types
from optopscan.placement.roof import UsableRoof
from optopscan.placement.rows import CapacityRows, Mode
from optopscan.placement.solve import NODE_LIMIT, Known, solve
from optopscan.placement.support import unstated
from optopscan.placement.why.below_reasons import reached
from optopscan.placement.why.below_remedies import below_remedies, fewer_remedy
from optopscan.placement.why.fullest import Asked
from optopscan.placement.why.reasons import why_not
from optopscan.placement.why.words import JUDGE_EN, JUDGE_NL, nl

Count = Callable[[Programme], int]
SYSTEMS: dict[str, tuple[RemedyKind, str, str]] = {
    "facade-frame": ("facade-frame", "gevelframes", "facade frames"),
    "table": ("table", "een tafel", "a table"),
}
SIZES = ("roof-size", "setback", "obstacle", "access")


def remedies(
    below: Below,
    programme: Programme,
    roofs: Sequence[Sequence[UsableRoof]],
    ground: Ground | None,
    rows: CapacityRows | None,
    variant: Variant,
    mode: Mode,
    catalogue: Sequence[Concept] = (),
    *,
    asked: Asked | None = None,
    reasons: tuple[WhyNot, ...] | None = None,
    known: Known | None = None,
) -> tuple[Remedy, ...]:
    """Return what would let more dwellings stand here, as a rule what changes least first; none where nothing stops the variant.

    Parameters
    ----------
    roofs
        Usable roofs per new storey as asked, without what a walkway takes.
    ground, rows
        Of the variant; None where the product itself rules it out or nothing lies on the roof.
    catalogue
        Products to look among for a lighter or smaller one and for one on columns of its own.
    asked, reasons, known
        What was worked out before of the same arguments.
    """
    known = known or Known()
    if reasons is None:
        reasons = why_not(below, programme, roofs, ground, rows, variant, mode, catalogue, asked=asked)
    if not reasons:
        return ()

    def count(other: Programme) -> int:
        # the same few products are asked about for every product that does not fit
        asked_for = (below, other.concept, other.storeys, other.goal, other.mix, other.walkway, mode, *(tuple(storey) for storey in roofs))
        return known.count(asked_for, lambda: _dwellings(below, other, roofs, mode, known))

    found: list[Remedy] = []
    if ground is not None and len(ground.candidates) and rows is not None:
        asked = asked or Asked(below=below, programme=programme, ground=ground, rows=rows, mode=mode, known=known, node_limit=NODE_LIMIT)
        if not reached(asked, variant):
            found += below_remedies(asked, variant, tuple(catalogue))
    found += _product(programme, reasons, variant, catalogue, count)
    if not all(reason.constraint in ("load-unknown", "mix") for reason in reasons):
        found += _own_columns(programme, variant, catalogue, count)
    return tuple(found)


def _dwellings(below: Below, programme: Programme, roofs: Sequence[Sequence[UsableRoof]], mode: Mode, known: Known) -> int:
    """Return the dwellings of the best layout of another programme by the rows, without re-check; 0 where nothing can stand."""
    if programme.storeys < 1 or programme.storeys > len(roofs) or programme.fault():
        return 0
    ground = survey(below.structure, programme, roofs, known=known)
    if not len(ground.candidates):
        return 0
    rows = rows_of(below, programme, ground, mode=mode)
    values = goal_values(ground.candidates, programme.goal)
    chosen = solve(ground.candidates, rows, ground.cliques, values=values, known=known).chosen
    return int(ground.candidates.height[chosen].sum())


def _product(
    programme: Programme, reasons: tuple[WhyNot, ...], variant: Variant, catalogue: Sequence[Concept], count: Count
) -> list[Remedy]:
    """Return what another size, transfer layer or bearing line would do, for what stops the product before any part below does."""
    found, concept = [], programme.concept
    for reason in reasons:
        if reason.constraint == "storeys":
            gain = count(dataclasses.replace(programme, storeys=concept.max_storeys)) - variant.dwellings
            found += [fewer_remedy(concept.max_storeys, gain)] if gain > 0 else []
        elif reason.constraint in SIZES and not math.isnan(reason.limit) and reason.unit == "m":
            found.append(_size_remedy(programme, reason, variant, catalogue, count))
        elif reason.constraint in ("transfer-span", "transfer-depth", "overhang"):
            found += _relaxed(programme, reason, reasons, variant, count)
        elif reason is reasons[0] and reason.constraint == "support-offset" and not math.isnan(reason.value):
            near = f"{nl(reason.limit)} m", f"{reason.limit:.2f} m"
            text_nl = f"zou passen met een draaglijn binnen {near[0]} van de oplegging of een andere modulebreedte; {JUDGE_NL}"
            text_en = f"would fit with a bearing line within {near[1]} of the support or another width of module; {JUDGE_EN}"
            found.append(Remedy(kind="other-lines", text_nl=text_nl, text_en=text_en))
    return found


def _size_remedy(programme: Programme, reason: WhyNot, variant: Variant, catalogue: Sequence[Concept], count: Count) -> Remedy:
    fitting = []
    for other in catalogue:
        if other.id == programme.concept.id or other.own_support or other.max_storeys < programme.storeys or not _weighed(other):
            continue
        gain = count(_with(programme, other)) - variant.dwellings
        fitting += [(-gain, other.id)] if gain > 0 else []
    best = min(fitting, default=None)
    listed_nl = f"in de catalogus: {best[1]}" if best else "geen product in de catalogus past"
    listed_en = f"in the catalogue: {best[1]}" if best else "no product in the catalogue fits"
    size = f"{nl(reason.limit, 2)} m in plaats van {nl(reason.value, 2)} m", f"{reason.limit:.2f} m instead of {reason.value:.2f} m"
    text_nl = f"zou passen bij een kleinste woning van {size[0]}; {listed_nl}; {JUDGE_NL}"
    text_en = f"would fit for a smallest dwelling of {size[1]}; {listed_en}; {JUDGE_EN}"
    return Remedy(kind="other-size", text_nl=text_nl, text_en=text_en, gain=-best[0] if best else None)


def _relaxed(programme: Programme, reason: WhyNot, reasons: tuple[WhyNot, ...], variant: Variant, count: Count) -> list[Remedy]:
    """Return the gain of one limit made as large as a first plan needs; where that is not enough, of all told together."""
    concept = programme.concept
    together = {one.constraint: one.value for one in reasons}
    if concept.own_support or (reason.constraint == "transfer-depth" and "transfer-span" in together):
        # a depth is told with its span
        return []
    span_m = together.get("transfer-span", together.get("transfer-depth", 0.0) * concept.transfer_span_to_depth_max)
    depth_m, overhang_m = together.get("transfer-depth", 0.0), together.get("overhang", 0.0)
    value, limit = nl(reason.value), nl(reason.limit)
    if reason.constraint == "overhang":
        kind: RemedyKind = "longer-overhang"
        text = f"de module {value} m uitkraagt (nu {limit} m)", f"the module overhung {reason.value:.2f} m (now {reason.limit:.2f} m)"
        gain = count(_with(programme, _longer(concept, 0.0, overhang_m))) - variant.dwellings
    elif reason.constraint == "transfer-depth":
        kind = "deeper-transfer"
        text = (
            f"de tussenlaag {value} m hoog is (nu {limit} m)",
            f"the transfer layer were {reason.value:.2f} m deep (now {reason.limit:.2f} m)",
        )
        gain = count(_with(programme, _longer(concept, span_m, 0.0))) - variant.dwellings
    else:
        kind = "longer-transfer-span"
        deep = (f", en {nl(depth_m)} m hoog is", f" and were {depth_m:.2f} m deep") if depth_m else ("", "")
        text = (
            f"de tussenlaag {value} m overspant (nu {limit} m){deep[0]}",
            f"the transfer layer spanned {reason.value:.2f} m (now {reason.limit:.2f} m){deep[1]}",
        )
        gain = count(_with(programme, _longer(concept, span_m, 0.0))) - variant.dwellings
    if gain <= 0:
        gain = count(_with(programme, _longer(concept, span_m, overhang_m))) - variant.dwellings
    if gain <= 0:
        return []
    return [Remedy(kind=kind, text_nl=f"zou passen als {text[0]}; {JUDGE_NL}", text_en=f"would fit if {text[1]}; {JUDGE_EN}", gain=gain)]


def _longer(concept: Concept, span_m: float, overhang_m: float) -> Concept:
    """Return a product whose transfer layer reaches and whose modules overhang at least so far."""
    return dataclasses.replace(
        concept,
        transfer_span_max_m=max(concept.transfer_span_max_m, span_m),
        transfer_span_to_depth_max=math.nan if span_m > 0.0 else concept.transfer_span_to_depth_max,
        overhang_max_m=max(concept.overhang_max_m, overhang_m),
    )


def _own_columns(programme: Programme, variant: Variant, catalogue: Sequence[Concept], count: Count) -> list[Remedy]:
    """Return per system on columns of its own the product with the most dwellings more."""
    found = []
    for system, (kind, nl_name, en_name) in SYSTEMS.items():
        gains = []
        for other in catalogue:
            if other.support_system != system or other.id == programme.concept.id or unstated(other) or not _weighed(other):
                continue
            tried = dataclasses.replace(_with(programme, other), storeys=min(programme.storeys, other.max_storeys))
            gains.append((variant.dwellings - count(tried), other.id))
        gain, name = min(gains, default=(0, ""))
        if gain < 0:
            text_nl = f"zou passen met {nl_name} ({name}), op eigen kolommen en fundering, als daar ruimte voor is; {JUDGE_NL}"
            text_en = f"would fit with {en_name} ({name}), on its own columns and foundation, if there is room for them; {JUDGE_EN}"
            found.append(Remedy(kind=kind, text_nl=text_nl, text_en=text_en, gain=-gain))
    return found


def _with(programme: Programme, concept: Concept) -> Programme:
    """Return the programme with another product; a mix of more types than it has is not asked of it."""
    mix = programme.mix if len(programme.mix) <= len(sized_types(concept)) else ()
    return dataclasses.replace(programme, concept=concept, mix=mix)


def _weighed(concept: Concept) -> bool:
    loads = (concept.g_floor_kn_m2, concept.g_wall_kn_m, concept.g_roof_kn_m2, concept.g_transfer_kn_m2)
    return not any(math.isnan(load.hi) for load in loads)
