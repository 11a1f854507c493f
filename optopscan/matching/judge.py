"""From the checks of one building to what is said of one product on it, in words."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from optopscan.catalog.concept import Concept
from optopscan.checks.answer import unknown_sentences
from optopscan.checks.gates import SUBJECT_NL, side_sentences
from optopscan.checks.scenarios import scenario_id
from optopscan.matching.lacks import lacks_below, lacks_of_layout
from optopscan.matching.matrix import Cell, Outcome
from optopscan.model.result import Bottleneck, ConceptAnswer
from optopscan.model.sides import EXISTING
from optopscan.model.variant import Variant
from optopscan.pipeline import CheckedBuilding
from optopscan.pipeline.checking import refusals
from optopscan.placement.why.words import nl

NOT_LAID_OUT = "plaatsing niet geprobeerd"
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
        return Judged(cell=Cell(product=product.id, block=block, outcome="fails", why="; ".join(refused)), may_place=False)
    if product.own_support:
        return _own(made, product, block)
    if product.unknown_loads:
        why = f"last van het product onbekend: {', '.join(product.unknown_loads)}"
        return Judged(cell=Cell(product=product.id, block=block, outcome="unknown", why=why), may_place=False)
    row = next(one for one in made.checks.answer.per_concept if one.concept == product.id)
    return _on_walls(made, product, row, block)


def _own(made: CheckedBuilding, product: Concept, block: str) -> Judged:
    """A product on columns of its own puts nothing on the old walls: only a layout says whether it goes."""
    storeys = min(product.max_storeys, made.relief.max_extra_storeys)
    cell = Cell(product=product.id, block=block, outcome="fits-if", why=OWN_SUPPORT, possible=storeys)
    return Judged(cell=cell, may_place=True)


def _on_walls(made: CheckedBuilding, product: Concept, row: ConceptAnswer, block: str) -> Judged:
    outcome: Outcome = "fits" if row.proven else "fits-if" if row.possible else "fails"
    why = "" if row.proven else _conditions(made, product, row) if row.possible else _because(made, row)
    governing = row.governing or Bottleneck(part="", clause="", uc=math.nan)
    cell = Cell(
        product=product.id,
        block=block,
        outcome=outcome,
        why=why,
        proven=row.proven,
        possible=row.possible,
        vertical_only=row.vertical_only,
        part=governing.part,
        clause=governing.clause,
        uc=governing.uc,
        lacks=() if row.possible else lacks_below(made, product, row),
    )
    return Judged(cell=cell, may_place=row.possible > 0)


def _conditions(made: CheckedBuilding, product: Concept, row: ConceptAnswer) -> str:
    """Return what stands between possible and proven, the vertical load first."""
    vertical = next(one for one in made.checks.vertical.per_concept if one.concept == product.id)
    sides = side_sentences(made.checks.sides, scenario_id(product, row.possible))
    return "; ".join((*unknown_sentences(vertical, made.structure.parts), *sides))


def _because(made: CheckedBuilding, row: ConceptAnswer) -> str:
    """Return the part and check that leave no storey, over the whole roof."""
    existing = made.checks.vertical.existing_over
    if existing:
        first = existing[0]
        level = first.scenario.rpartition(" ")[2]
        return f"bestaande toestand voldoet niet op niveau {level}: {_at(first.part, first.clause, first.uc)}"
    if row.governing is None:
        return "geen bouwlaag mogelijk; maatgevend deel niet bekend"
    what = "verticale last" if row.possible >= row.vertical_only else " en ".join(_sides_over(made, row)) or "nevencontrole"
    return f"{what}, hele dak, +1: {_at(row.governing.part, row.governing.clause, row.governing.uc)}"


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
        return replace(cell, outcome="fits-if", why=_joined(NOT_LAID_OUT, cell.why))
    if variant is None or not variant.placed or variant.outcome == "over":
        return replace(cell, outcome="fails", why=_no_layout(variant), dwellings=0, lacks=lacks_of_layout(product, variant))
    lower = variant.storeys < cell.possible
    # a product on its own columns reaches as high as its layout does
    storeys = {"possible": variant.storeys} if not cell.vertical_only and lower else {}
    if cell.outcome == "fits" and variant.outcome != "ok":
        return replace(cell, outcome="fits-if", why="indeling niet aangetoond", dwellings=variant.dwellings)
    return replace(cell, dwellings=variant.dwellings, **storeys)  # type: ignore[arg-type]


def _no_layout(variant: Variant | None) -> str:
    if variant is None:
        return "geen indeling gevonden"
    reasons = [reason.text_nl for reason in variant.why_not]
    return f"geen indeling: {reasons[0]}" if reasons else f"geen indeling: {variant.why or 'reden niet bekend'}"


def _joined(*texts: str) -> str:
    return "; ".join(text for text in texts if text)
