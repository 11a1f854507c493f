"""From the checks of one building to what is said of one product on it, in words."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from optopscan.catalog.concept import Concept
from optopscan.checks.answer import unknown_sentences
from optopscan.checks.capacity import Bottleneck as Over
from optopscan.checks.gates import SUBJECT_NL, Reach, Verdicts, reaches, side_sentences, stopping
from optopscan.checks.scenarios import scenario_id
from optopscan.matching.anchoring import anchorage_of, condition_nl, with_strong_connectors, without_anchorage
from optopscan.matching.lacks import lacks_below, lacks_of_layout
from optopscan.matching.matrix import Cell, Outcome
from optopscan.model.result import Bottleneck, ConceptAnswer
from optopscan.model.sides import EXISTING
from optopscan.model.variant import Variant
from optopscan.pipeline import CheckedBuilding
from optopscan.pipeline.checking import refusals
from optopscan.placement.support import unstated
from optopscan.placement.why.words import nl
from optopscan.structure.roof import build_faces

NOT_LAID_OUT = "plaatsing niet geprobeerd"
LOST = "OPT-104"
"""Code of the issue that elements were not read."""
NOTHING = Bottleneck(part="", clause="", uc=math.nan)
OUTSIDE_NL = {
    "g_gallery_kn_m2": "galerij",
    "g_balcony_kn_m2": "balkon",
    "g_stair_kn_m2": "trap",
    "g_lift_kn": "lift",
    "supports": "last per steunpunt (hoger of anders verdeeld dan vloer en wanden gelijk over de steunpunten)",
}
OWN_SUPPORT = "fundering en kolommen van de eigen draagconstructie niet getoetst"


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A cell before anything is laid out; ``may_place``: nothing is known to be exceeded, so a layout is worth its time."""

    cell: Cell
    may_place: bool


def judged(made: CheckedBuilding, product: Concept, block: str) -> Judged:
    """Return what the checks of a building say of a product on its roof."""
    refused = refusals(made.structure, made.issues)
    if refused:
        # what was not read or not found says nothing of the product
        blind = bool(build_faces(made.structure.roof_faces)) or any(row.code == LOST for row in made.issues)
        return _stopped(product, block, "unknown" if blind else "fails", "; ".join(refused))
    if product.unknown_loads:
        return _stopped(product, block, "unknown", f"last van het product onbekend: {', '.join(product.unknown_loads)}")
    if product.own_support:
        return _own(made, product, block)
    row = next(one for one in made.checks.answer.per_concept if one.concept == product.id)
    return _on_walls(made, product, row, block)


def _stopped(product: Concept, block: str, outcome: Outcome, why: str) -> Judged:
    return Judged(cell=Cell(product=product.id, block=block, outcome=outcome, why=why), may_place=False)


def _own(made: CheckedBuilding, product: Concept, block: str) -> Judged:
    """A product on columns of its own puts nothing on the old walls: only a layout says whether it goes."""
    lacking = unstated(product)
    if lacking:
        return _stopped(product, block, "unknown", f"draagconstructie van het product onbekend: {', '.join(lacking)}")
    storeys = min(product.max_storeys, made.relief.max_extra_storeys)
    # what is not safe as it stands is told, though nothing of the product comes on it
    stands = [row for row in made.checks.vertical.existing_over if row.scenario.endswith(" afkeur")]
    why = _joined(OWN_SUPPORT, _stands(stands[0]) if stands else "")
    cell = Cell(product=product.id, block=block, outcome="fits-if", why=why, possible=storeys)
    return Judged(cell=cell, may_place=True)


def _on_walls(made: CheckedBuilding, product: Concept, row: ConceptAnswer, block: str) -> Judged:
    held = Verdicts(vertical=made.checks.vertical, sides=with_strong_connectors(made.checks.sides))
    reach = next(one for one in reaches(held, ()) if one.concept == product.id)
    outcome: Outcome = "fails" if not reach.possible else "fits" if row.proven and not product.outside_verdict else "fits-if"
    why = _because(made, row) if outcome == "fails" else _conditions(made, product, row, reach.possible) if outcome == "fits-if" else ""
    governing = (row if outcome == "fails" else replace(row, governing=_governing(held, reach))).governing or NOTHING
    storeys = row.proven if outcome == "fits" else reach.possible
    cell = Cell(
        product=product.id,
        block=block,
        outcome=outcome,
        why=why,
        proven=0 if product.outside_verdict else row.proven,
        possible=reach.possible,
        vertical_only=row.vertical_only,
        part=governing.part,
        clause=governing.clause,
        uc=governing.uc,
        lacks=() if reach.possible else lacks_below(made, product, row),
        anchorage=anchorage_of(made.checks.sides, product, max(storeys, 1)),
    )
    return Judged(cell=cell, may_place=reach.possible > 0)


def _governing(held: Verdicts, reach: Reach) -> Bottleneck | None:
    """Return the check that stops the next storey, or is used most, with connectors as strong as they must be."""
    row = next(one for one in held.vertical.per_concept if one.concept == reach.concept).governing
    vertical = None if row is None else Bottleneck(part=row.part, clause=row.clause, uc=row.uc, scenario=row.scenario)
    return stopping(held, reach) or vertical


def _conditions(made: CheckedBuilding, product: Concept, row: ConceptAnswer, possible: int) -> str:
    """Return what stands between possible and proven: anchorage with its number, loads left out, vertical load, the rest."""
    vertical = next(one for one in made.checks.vertical.per_concept if one.concept == product.id)
    sides = made.checks.sides
    anchored = condition_nl(sides, product, possible, row.possible)
    others = side_sentences(without_anchorage(sides), scenario_id(product, possible), [scenario_id(product, n) for n in range(1, possible)])
    return _joined(anchored, outside_nl(product), *unknown_sentences(vertical, made.structure.parts), *others)


def outside_nl(product: Concept) -> str:
    """Return in Dutch which stated loads no verdict takes, empty where there are none."""
    words = [OUTSIDE_NL[key] for key in product.outside_verdict]
    return f"niet in het oordeel, wel opgegeven: {', '.join(words)}" if words else ""


def _because(made: CheckedBuilding, row: ConceptAnswer) -> str:
    """Return the part and check that leave no storey, over the whole roof."""
    existing = made.checks.vertical.existing_over
    if existing:
        return _stands(existing[0])
    if row.governing is None:
        return "geen bouwlaag mogelijk; maatgevend deel niet bekend"
    what = "verticale last" if row.possible >= row.vertical_only else " en ".join(_sides_over(made, row)) or "nevencontrole"
    when = "zoals het er staat" if row.governing.scenario == EXISTING else "hele dak, +1"
    return f"{what}, {when}: {_at(row.governing.part, row.governing.clause, row.governing.uc)}"


def _stands(first: Over) -> str:
    level = first.scenario.rpartition(" ")[2]
    return f"bestaande toestand voldoet niet op niveau {level}: {_at(first.part, first.clause, first.uc)}"


def _sides_over(made: CheckedBuilding, row: ConceptAnswer) -> list[str]:
    """Return the subjects beside vertical load that are over as it stands or with one storey."""
    sides, states = made.checks.sides, (EXISTING, f"{row.concept}+{row.possible + 1}")
    return [name for subject, name in SUBJECT_NL.items() if any(sides.outcome(subject, state) == "over" for state in states)]


def _at(part: str, clause: str, uc: float) -> str:
    margin = "" if math.isnan(uc) else f" UC {shown(uc)}" + (f", marge {shown(1.0 - uc)}" if uc < 100.0 else "")
    return f"{part}{margin}" + (f" ({clause})" if clause else "")


def shown(uc: float) -> str:
    """Return a number in Dutch, above 100 only that it is."""
    return "> 100" if uc > 100.0 else nl(uc)


def cell_of(row: Judged, product: Concept, variant: Variant | None, *, placed: bool) -> Cell:
    """Return the cell with its layout; a fit that is not laid out, or whose layout is not ok, is no more than conditional."""
    cell = row.cell
    if not row.may_place:
        return cell
    if not placed:
        # no condition was told of the storeys above the proven ones
        possible = cell.proven if cell.outcome == "fits" else cell.possible
        return replace(cell, outcome="fits-if", why=_joined(NOT_LAID_OUT, cell.why), possible=possible)
    if variant is None or not variant.placed or variant.outcome == "over":
        # nothing stands where something is not known: that says nothing against the product
        lost = variant is not None and not variant.placed and variant.outcome == "unknown"
        why, lacks = _no_layout(variant), lacks_of_layout(product, variant)
        return replace(cell, outcome="unknown" if lost else "fails", why=why, dwellings=0, lacks=lacks, proven=0, possible=0)
    if cell.outcome == "fits" and variant.outcome != "ok":
        return replace(
            cell, outcome="fits-if", why="indeling niet aangetoond", dwellings=variant.dwellings, proven=0, possible=variant.storeys
        )
    if cell.outcome == "fits":
        return replace(cell, dwellings=variant.dwellings, proven=min(cell.proven, variant.storeys))
    if variant.storeys < cell.possible:
        told = "" if product.own_support else f"indeling tot {variant.storeys} bouwlagen"
        return replace(cell, dwellings=variant.dwellings, possible=variant.storeys, why=_joined(told, cell.why))
    return replace(cell, dwellings=variant.dwellings)


def _no_layout(variant: Variant | None) -> str:
    if variant is None:
        return "geen indeling gevonden"
    reasons = [reason.text_nl for reason in variant.why_not]
    return f"geen indeling: {reasons[0]}" if reasons else f"geen indeling: {variant.why or 'reden niet bekend'}"


def _joined(*texts: str) -> str:
    return "; ".join(text for text in texts if text)
