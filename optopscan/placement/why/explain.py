"""Why a layout is not larger: the roof, the parts below, or what is not known."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from optopscan.geometry import plane
from optopscan.model.arrays import BoolArray, FloatArray, IntArray
from optopscan.placement.candidates import Candidates
from optopscan.placement.rows import CapacityRows

SAME_AREA_M2 = 0.01
NAMED = 3


def explain(
    part_ids: Sequence[str], rows: CapacityRows, candidates: Candidates, chosen: IntArray, usable_m2: float, blind_area_m2: float
) -> str:
    """Return one to three short sentences in Dutch.

    Parameters
    ----------
    blind_area_m2
        Largest area that the roof alone would allow; where the layout reaches it,
        the roof is the limit, else the parts below are.
    """
    area_m2 = float(candidates.storey_area_m2[chosen, 0].sum())
    text = f"{chosen.size} woningen in de onderste nieuwe laag op {area_m2:.0f} van {usable_m2:.0f} m2 bruikbaar dak"
    if area_m2 > blind_area_m2 - SAME_AREA_M2:
        text += "; de vorm van het dak begrenst."
    else:
        text += f"; alleen naar dakvorm past {blind_area_m2:.0f} m2. " + _limits(part_ids, rows, candidates, chosen)
    if candidates.truncated:
        text += " Niet alle posities zijn onderzocht."
    used = int(rows.unknown[chosen].sum())
    if used:
        text += f" {used} stapels woningen rusten op delen met onbekende weerstand."
    return text


def _limits(part_ids: Sequence[str], rows: CapacityRows, candidates: Candidates, chosen: IntArray) -> str:
    reasons = []
    full = _full_parts(rows, len(candidates), chosen)
    if full.size:
        more = f" en {full.size - NAMED} andere delen" if full.size > NAMED else ""
        reasons.append(f"Geen ruimte voor nog een woning in {', '.join(part_ids[part] for part in full[:NAMED].tolist())}{more}.")
    elsewhere = _free_of(candidates, chosen)
    over = int((rows.over & elsewhere).sum())
    unknown = int((rows.unknown & rows.blocked & ~rows.over & elsewhere).sum())
    if over:
        reasons.append(f"{over} vrije plaatsen belasten delen die nu al geen reserve hebben.")
    if unknown:
        reasons.append(f"{unknown} vrije plaatsen belasten delen met onbekende weerstand of onbekende draagfunctie.")
    return " ".join(reasons) if reasons else "De delen eronder begrenzen."


def _free_of(candidates: Candidates, chosen: IntArray) -> BoolArray:
    """Return the candidates that lie clear of the chosen ones."""
    taken = plane.union([candidates.polygons[row] for row in chosen.tolist()])
    shared = shapely.area(plane.intersection(np.asarray(candidates.polygons, dtype=object), taken))
    return np.asarray(shared < SAME_AREA_M2, dtype=np.bool_)


def _full_parts(rows: CapacityRows, n_candidate: int, chosen: IntArray) -> IntArray:
    """Return the parts with less room than one more of the dwellings that load them, the fullest first."""
    used = np.zeros(n_candidate)
    used[chosen] = 1.0
    load = rows.matrix @ used
    if not rows.rhs.size:
        return np.zeros(0, dtype=np.int64)
    typical = np.array([_median_positive(data) for data in np.split(rows.matrix.data, rows.matrix.indptr[1:-1])])
    full = np.flatnonzero(rows.rhs - load < typical)
    one_more = (load[full] + typical[full]) / np.maximum(rows.rhs[full], 1e-9)
    order = full[np.lexsort((rows.part[full], -np.round(one_more, 9)))]
    return np.array(list(dict.fromkeys(rows.part[order].tolist())), dtype=np.int64)


def _median_positive(values: FloatArray) -> float:
    return float(np.median(values[values > 0])) if np.any(values > 0) else float("inf")
