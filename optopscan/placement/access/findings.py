"""What the building regulations say about a scheme: ok only where the rule was read and every fact it asks for is known."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Literal, get_args

import numpy as np

from optopscan.catalog.row import Confidence
from optopscan.model.arrays import BoolArray, FloatArray, IntArray
from optopscan.model.verdict import Outcome, worst
from optopscan.placement.access.rules import ENCLOSED, AccessRules
from optopscan.placement.access.schemes import AccessScheme
from optopscan.placement.access.words import number

Rule = Literal[
    "route", "width", "distance", "dead-end", "one-stair-height", "one-stair-area", "one-stair-dwelling", "lift", "new-stair", "landing"
]  # fmt: skip
RULES: tuple[Rule, ...] = get_args(Rule)
"""What findings are about; in a record their code is ``access-`` and this."""
ESCAPE = "Bouwbesluit 2012 art. 2.106 lid 3, Bbl-nummer te controleren"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What rules ask beyond the plan; nan: not known.

    ``top_floor_m``: highest new floor above ground. ``gbo_m2`` (n): usable area of each dwelling of one storey.
    ``storeys``: new storeys alike. ``existing_gbo_m2``: already on each stair of the scheme (n_stair). ``building_gbo_m2``:
    of the whole building above 1.5 m, new storeys included.
    """

    top_floor_m: float = math.nan
    gbo_m2: FloatArray = field(default_factory=lambda: np.zeros(0))
    storeys: int = 1
    existing_gbo_m2: FloatArray = field(default_factory=lambda: np.zeros(0))
    building_gbo_m2: float = math.nan


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One rule: what it found [unit of the rule], its limit (nan without one), and the dwellings it is about."""

    rule: Rule
    outcome: Outcome
    value: float
    limit: float
    article: str
    confidence: Confidence
    dwellings: tuple[int, ...]
    text: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Walked:
    """The routes that the rules look at, as in `Routes`."""

    served: BoolArray
    distance_m: FloatArray
    second_m: FloatArray
    stair: IntArray
    dead_end_m: FloatArray
    two_ways: BoolArray
    lift: BoolArray
    piece: IntArray


def findings_of(scheme: AccessScheme, walked: Walked, rules: AccessRules, facts: Facts) -> tuple[Finding, ...]:
    """Return the findings on the dwellings of one scheme; none without dwellings."""
    if not walked.served.size:
        return ()
    found = [_route(scheme, walked), _width(rules, scheme), _distance(scheme, walked, rules)]
    found += _single(walked, rules, facts)
    found += [_lift(scheme, walked, rules, facts), *_new_stairs(scheme, rules), *_landings(scheme, walked, rules)]
    return tuple(item for item in found if item is not None)


def _rows(mask: BoolArray) -> tuple[int, ...]:
    return tuple(np.flatnonzero(mask).tolist())


def _limit(value: float, limit: float, confidence: Confidence) -> Outcome:
    """Return the outcome against a limit; a limit that is itself uncertain decides nothing."""
    if math.isnan(value) or confidence == "uncertain":
        return "unknown"
    return "over" if value > limit else "ok"


def _route(scheme: AccessScheme, walked: Walked) -> Finding:
    missing = ~walked.served
    # a doubtful second stair counts too: with it as second route nothing was asked of the first
    doubtful = [stair for stair in scheme.stairs if stair.has_stair and not stair.certain and not stair.new]
    text = f"{int(walked.served.sum())} van {len(missing)} woningen hebben een deur aan de ontsluiting."
    if doubtful:
        text += f" {len(doubtful)} trappenhuizen komen niet zeker tot het dak: klopt dat?"
    return Finding(
        rule="route",
        outcome="over" if missing.any() else "unknown" if doubtful else "ok",
        value=float(missing.sum()),
        limit=0.0,
        article="",
        confidence="expert",
        dwellings=_rows(missing),
        text=text,
    )


def _width(rules: AccessRules, scheme: AccessScheme) -> Finding | None:
    if not scheme.pieces:
        return None
    row = rules.row_width
    least = min(piece.dv_m if piece.along_u else piece.du_m for piece in scheme.pieces)
    outcome = _limit(row.value, round(least, 3), row.confidence)
    text = f"Kleinste vrije breedte {number(least, 2)} m, gevraagd {number(row.value, 2)} m."
    return Finding(
        rule="width",
        outcome=outcome,
        value=least,
        limit=row.value,
        article=row.article,
        confidence=row.confidence,
        dwellings=(),
        text=text,
    )


def _distance(scheme: AccessScheme, walked: Walked, rules: AccessRules) -> Finding | None:
    if not walked.served.any():
        return None
    row = rules.row_enclosed
    two = walked.two_ways
    if scheme.kind in ENCLOSED and two.any():
        longest = float(walked.second_m[two].max())
        far = two & (np.nan_to_num(walked.second_m, nan=0.0) > row.value)
        text = f"Langste van twee routes door de besloten ruimte {number(longest, 1)} m, grens {number(row.value)} m."
        outcome = _limit(longest, row.value, row.confidence)
        return _of(row.article, row.confidence, "distance", outcome, longest, row.value, _rows(far), text)
    longest = float(walked.distance_m[walked.served].max())
    space = "de besloten ruimte" if scheme.kind in ENCLOSED else "de galerij"
    text = f"Langste weg naar een trap {number(longest, 1)} m; voor één route over {space} is geen grens gevonden: aanvaardbaar?"
    return _of(ESCAPE, "uncertain", "distance", "unknown", longest, math.nan, (), text)


def _single(walked: Walked, rules: AccessRules, facts: Facts) -> list[Finding]:
    """Return the conditions on one stair for dwellings that have no second route in another direction."""
    alone = walked.served & ~walked.two_ways
    if not alone.any():
        return []
    found = []
    dead = alone & np.isfinite(walked.second_m)
    if dead.any():
        longest = float(walked.dead_end_m[dead].max())
        text = f"{int(dead.sum())} woningen aan een doodlopend eind van ten hoogste {number(longest, 1)} m: voor hen telt één trap."
        found.append(_of(ESCAPE, "uncertain", "dead-end", "unknown", longest, math.nan, _rows(dead), text))
    height, area, dwelling = rules.flag_height, rules.flag_area, rules.flag_dwelling
    outcome = _limit(facts.top_floor_m, height.above, height.confidence)
    text = f"Vloer op {_known(facts.top_floor_m, 'm')}, aan één trap hooguit {number(height.above, 1)} m."
    found.append(_of(height.article, height.confidence, "one-stair-height", outcome, facts.top_floor_m, height.above, _rows(alone), text))
    gbo = _gbo(facts, len(alone))
    on_stair = np.array([_on_stair(k, walked, gbo, facts) for k in np.unique(walked.stair[alone])]).reshape(-1, 2)
    least, whole = float(on_stair[:, 0].max()), float(np.max(on_stair[:, 1]))  # max keeps nan
    outcome = "over" if area.confidence != "uncertain" and least > area.above else _limit(whole, area.above, area.confidence)
    shown = whole if not math.isnan(whole) else least
    text = f"Op één trap {'ten minste ' if math.isnan(whole) else ''}{number(shown)} m2, hooguit {number(area.above)} m2."
    found.append(_of(area.article, area.confidence, "one-stair-area", outcome, shown, area.above, _rows(alone), text))
    largest = float(gbo[alone].max())
    outcome = _limit(largest, dwelling.above, dwelling.confidence)
    text = f"Grootste woning aan één trap {_known(largest, 'm2')}, hooguit {number(dwelling.above)} m2."
    found.append(_of(dwelling.article, dwelling.confidence, "one-stair-dwelling", outcome, largest, dwelling.above, _rows(alone), text))
    return found


def _gbo(facts: Facts, n: int) -> FloatArray:
    return facts.gbo_m2 if len(facts.gbo_m2) == n else np.full(n, math.nan)


def _on_stair(stair: int, walked: Walked, gbo: FloatArray, facts: Facts) -> tuple[float, float]:
    """Return the known area on a stair and the whole, nan when a part is not known [m2]; every dwelling nearest to it counts."""
    new = gbo[walked.served & (walked.stair == stair)] * facts.storeys
    existing = float(facts.existing_gbo_m2[stair]) if stair < len(facts.existing_gbo_m2) else math.nan
    return float(np.nansum(new)) + (0.0 if math.isnan(existing) else existing), float(new.sum()) + existing


def _lift(scheme: AccessScheme, walked: Walked, rules: AccessRules, facts: Facts) -> Finding:
    """Return whether a lift is needed, and whether each dwelling reaches one."""
    flag, area = rules.flag_lift, rules.row_lift_area
    needed = worst([_limit(facts.top_floor_m, flag.above, flag.confidence), _limit(facts.building_gbo_m2, area.value, area.confidence)])
    without = walked.served & ~walked.lift
    sure = all(stair.certain for stair in scheme.stairs if stair.has_lift)
    reach: Outcome = "over" if without.any() else "ok" if sure else "unknown"
    outcome: Outcome = "ok" if needed == "ok" or reach == "ok" else "over" if needed == reach == "over" else "unknown"
    words = {"over": "Een lift is nodig", "unknown": "Is een lift nodig? Dat hangt af van hoogte en oppervlakte", "ok": "Geen lift nodig"}
    text = f"{words[needed]}; {int(without.sum())} woningen bereiken geen lift."
    return _of(flag.article, flag.confidence, "lift", outcome, facts.top_floor_m, flag.above, _rows(without), text)


def _new_stairs(scheme: AccessScheme, rules: AccessRules) -> list[Finding]:
    if not scheme.new_stairs:
        return []
    text = f"{scheme.new_stairs} nieuwe trappenhuizen: fundering, stabiliteit, perceel en weg naar de straat zijn niet onderzocht."
    row = rules.row_new_stair
    return [_of(row.article, row.confidence, "new-stair", "unknown", float(scheme.new_stairs), 0.0, (), text)]


def _landings(scheme: AccessScheme, walked: Walked, rules: AccessRules) -> list[Finding]:
    if scheme.kind != "portiek" or not walked.served.any():
        return []
    row = rules.row_landing
    strip = np.array([piece.strip for piece in scheme.pieces], dtype=np.int64)
    at, count = np.unique(strip[walked.piece[walked.served]], return_counts=True)
    full = at[count > rules.landing_dwellings]
    crowded = walked.served & np.isin(strip[np.maximum(walked.piece, 0)], full)
    text = f"Ten hoogste {int(count.max())} woningen aan een bordes; gebruikelijk is hooguit {rules.landing_dwellings}."
    return [_of(row.article, row.confidence, "landing", "unknown", float(count.max()), row.value, _rows(crowded), text)]


def _known(value: float, unit: str) -> str:
    return "onbekend" if math.isnan(value) else f"{number(value, 1)} {unit}"


def _of(
    article: str, confidence: Confidence, rule: Rule, outcome: Outcome, value: float, limit: float, dwellings: tuple[int, ...], text: str
) -> Finding:
    return Finding(
        rule=rule, outcome=outcome, value=value, limit=limit, article=article, confidence=confidence, dwellings=dwellings, text=text
    )
