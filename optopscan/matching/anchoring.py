"""Anchorage of a match: connectors are a choice that can be made stronger, so they are a condition with a number and stop nothing.

A product that states too weak connectors and one that states none get the same class: possible, if the anchorage holds so much.
"""

from __future__ import annotations

import math
from dataclasses import replace

from optopscan.catalog.concept import Concept
from optopscan.checks.gates import SUBJECT_NL
from optopscan.checks.scenarios import scenario_id
from optopscan.matching.matrix import Anchorage
from optopscan.model.sides import Sides
from optopscan.placement.why.words import nl

OLD_WALL_NL = "bevestiging in de oude constructie niet getoetst"
TENTH = 0.1
SURPLUS = 1e-9


def with_strong_connectors(sides: Sides) -> Sides:
    """Return the verdicts with connectors that are too weak taken as not known yet: nothing fails by them alone."""
    rows = (replace(row, outcome="unknown") if row.outcome == "over" else row for row in sides.anchorage)
    return replace(sides, anchorage=tuple(rows))


def without_anchorage(sides: Sides) -> Sides:
    """Return the verdicts with anchorage taken as settled, for what else stands in the way."""
    return replace(sides, anchorage=tuple(replace(row, outcome="ok", why="") for row in sides.anchorage))


def anchorage_of(sides: Sides, product: Concept, storeys: int) -> Anchorage | None:
    """Return what must hold the top down at a number of storeys; None where no support was found or the pull is not known.

    Every state up to it counts, as fewer storeys weigh less. The rows are those of the supports that govern, so their
    largest pull per metre is that of the whole top.
    """
    states = {scenario_id(product, n) for n in range(1, storeys + 1)}
    rows = [row for row in sides.anchorage if row.scenario in states]
    lengths = [float(row.inputs.get("length_m", math.nan)) for row in rows]
    pulls = [row.uplift_kn / length for row, length in zip(rows, lengths, strict=True)]
    shears = [row.shear_kn / length for row, length in zip(rows, lengths, strict=True)]
    if not rows or not all(math.isfinite(value) for value in (*pulls, *shears)):
        return None
    uses = [row.uc for row in rows]
    return Anchorage(
        storeys=storeys,
        uplift_kn_m=max(pulls),
        shear_kn_m=max(shears),
        stated_uplift_kn_m=product.connector_uplift_kn_m,
        stated_shear_kn_m=product.connector_shear_kn_m,
        use=math.nan if any(math.isnan(use) for use in uses) else max(uses),
    )


def condition_nl(sides: Sides, product: Concept, storeys: int, as_stated: int) -> str:
    """Return the anchorage that is a condition, in Dutch; empty where the stated one is enough.

    Parameters
    ----------
    as_stated
        Storeys that are possible with the connectors that the product states.
    """
    need = anchorage_of(sides, product, storeys)
    if need is None:
        told = "; ".join(sides.reasons("anchorage", scenario_id(product, storeys))) or "niet gecontroleerd"
        return f"{SUBJECT_NL['anchorage']}: {told}"
    per = "rekenwaarde per m steun"
    return "" if need.holds else f"mits verankering {need_nl(need)} ({per}){_stated_nl(need, as_stated)}; {OLD_WALL_NL}"


def need_nl(need: Anchorage) -> str:
    """Return pull and shear in Dutch, rounded up: who takes the number as it stands has enough."""
    shear = f"{up_nl(need.shear_kn_m)} kN/m afschuiving"
    return f">= {up_nl(need.uplift_kn_m)} kN/m trek tegelijk met {shear}" if need.uplift_kn_m > 0.0 else f">= {shear}, geen trek"


def up(value: float) -> float:
    """Return a number rounded up to one decimal."""
    return math.ceil(value / TENTH - SURPLUS) * TENTH


def up_nl(value: float) -> str:
    """Return a number in Dutch with one decimal, rounded up."""
    return nl(up(value), 1)


def _stated_nl(need: Anchorage, as_stated: int) -> str:
    if not need.stated:
        return ", product geeft geen volledige opgave"
    pull, shear = nl(need.stated_uplift_kn_m, 1), nl(need.stated_shear_kn_m, 1)
    short = f", {up_nl(need.use)} keer te licht" if math.isfinite(need.use) else ""
    storeys = "1 bouwlaag" if as_stated == 1 else f"{as_stated} bouwlagen"
    return f", product geeft {pull} en {shear}{short}: daarmee {storeys}"
