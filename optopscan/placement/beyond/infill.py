"""Turn bays of the plinth into dwellings: what fits, what stops the rest, what the floor feels of it.

An opening through a bearing wall is never assumed: two bays make one dwelling only
where a door joins them already, and light through a bearing facade is the light of
the openings that are there.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
import shapely
from scipy.optimize import Bounds, LinearConstraint, milp

from optopscan.catalog.concept import Concept, UnitType
from optopscan.model.beyond import Bay, Beyond, BeyondPlace, LoadChange
from optopscan.placement.beyond.limits import Limits
from optopscan.placement.why.words import nl

TOO_LARGE_NL = "te groot voor een woning, indeling niet onderzocht"
PER_DWELLING_M2 = 0.01  # of plans with the same area the one with more dwellings
TOO_LARGE = 2.0  # a room of more than two dwellings needs walls that nobody drew
SAME_KN_M2 = 0.005
ROUNDING = 1e-6
CANDIDATE = ("storage", "garage", "unknown")
ALWAYS_UNKNOWN = (
    "of de laagste bouwlaag boven het maaiveld ligt",
    "geluid en brand tussen plint en woning erboven",
    "vocht, isolatie en leidingen van de begane grond",
    "of de bestaande woningen hun berging kunnen missen",
    "blijvende last van vloeropbouw en wanden op een begane-grondvloer die niet op de grond ligt",
)
WORST: tuple[LoadChange, ...] = ("higher", "unknown", "same", "lower", "soil")
LOAD_NL: dict[LoadChange, str] = {
    "none": "",
    "soil": "De vloer ligt op de grond: de constructie draagt niets extra.",
    "lower": "De veranderlijke belasting van de begane-grondvloer daalt.",
    "same": "De veranderlijke belasting van de begane-grondvloer blijft gelijk.",
    "higher": "De veranderlijke belasting van de begane-grondvloer stijgt.",
    "unknown": "Of de veranderlijke belasting van de begane-grondvloer daalt, hangt af van het oude ontwerp.",
}


@dataclass(frozen=True, kw_only=True)
class _Option:
    """One dwelling in one bay or two."""

    bays: tuple[int, ...]
    unit: UnitType
    area_m2: float


def fit_plinth(bays: Sequence[Bay], concept: Concept, limits: Limits, *, dwelling_kn_m2: float, partitions_kn_m2: float) -> Beyond:
    """Return the dwellings of one product in the bays of the lowest storey.

    The outcome is "over" where nothing fits and "unknown" where something does, or would
    if the bays of unknown use are storage, or where no bay was found: never ok.

    Parameters
    ----------
    bays
        From `find_bays`.
    concept
        A product with access "plint"; a module is a bay.
    dwelling_kn_m2, partitions_kn_m2
        Imposed load of the new use and of its partitions [kN/m2].
    """
    stops = {k: _stop(bay, concept, limits) for k, bay in enumerate(bays)}
    known = [k for k, bay in enumerate(bays) if bay.use in ("storage", "garage")]
    rest = [k for k, bay in enumerate(bays) if bay.use == "unknown"]
    chosen = _choose(_options(bays, known, concept, limits), len(bays))
    if_storage = len(_choose(_options(bays, [*known, *rest], concept, limits), len(bays))) - len(chosen)
    places = tuple(_place(k, option, bays) for k, option in enumerate(chosen, start=1))
    used = [bays[k] for option in chosen for k in option.bays]
    load = _load(used, limits, dwelling_kn_m2 + partitions_kn_m2)
    too_large = any(stop is not None and stop[0] == TOO_LARGE_NL for stop in stops.values())
    open_ = bool(places) or if_storage > 0 or too_large or not bays
    by_type = Counter(place.unit for place in places)
    return Beyond(
        kind="plint",
        where="plint",
        concept=concept.id,
        storeys=1 if places else 0,
        places=places,
        dwellings=len(places),
        dwellings_by_type={unit.code: by_type[unit.code] for unit in concept.unit_types},
        if_storage=if_storage,
        gfa_m2=float(sum(place.area_m2 for place in places)),
        load=load,
        outcome="unknown" if open_ else "over",
        unknown=(*_unknown(used, if_storage, limits, too_large=too_large), *ALWAYS_UNKNOWN) if open_ else (),
        why=_why(bays, concept, places, if_storage, known, rest, stops, load),
    )


def _options(bays: Sequence[Bay], rows: Sequence[int], concept: Concept, limits: Limits) -> list[_Option]:
    """Return every dwelling that fits in one bay, or in two that a door joins."""
    fits = [k for k in rows if _stop(bays[k], concept, limits, alone=False) is None]
    groups: list[tuple[int, ...]] = [(k,) for k in fits]
    groups += [(a, b) for a, b in itertools.combinations(fits, 2) if bays[b].id in bays[a].doors_to]
    found = []
    for group in groups:
        area = sum(bays[k].area_m2 for k in group)
        units = [unit for unit in concept.unit_types if unit.modules == len(group) and unit.gbo_m2 <= area + ROUNDING]
        if units and _light([bays[k] for k in group], limits) != "too little":
            found.append(_Option(bays=group, unit=max(units, key=lambda unit: unit.gbo_m2), area_m2=area))
    return found


def _choose(options: Sequence[_Option], n_bay: int) -> list[_Option]:
    """Return the options that use the most area, no bay twice, in the order of their first bay."""
    if not options:
        return []
    rows = [k for option in options for k in option.bays]
    columns = [c for c, option in enumerate(options) for _ in option.bays]
    once = sp.csr_array((np.ones(len(rows)), (rows, columns)), shape=(n_bay, len(options)))
    worth = np.array([option.area_m2 + PER_DWELLING_M2 for option in options])
    found = milp(-worth, constraints=LinearConstraint(once, ub=1.0), integrality=np.ones(len(options)), bounds=Bounds(0, 1))
    if found.x is None:
        raise ValueError(f"bays cannot be assigned: {found.message}")
    return sorted((options[c] for c in np.flatnonzero(found.x > 0.5).tolist()), key=lambda option: option.bays)


def _stop(bay: Bay, concept: Concept, limits: Limits, *, alone: bool = True) -> tuple[str, str] | None:
    """Return in Dutch what keeps a dwelling out of a bay and the numbers; None for nothing known. Alone: no second bay helps."""
    if bay.use not in CANDIDATE:
        return {"dwelling": "al een woning", "stairs": "verkeersruimte"}.get(bay.use, "andere functie"), bay.use_source
    if bay.clear_m < limits.height_existing_m:
        return "te laag", f"{nl(bay.clear_m, 2)} m vrij, ten minste {nl(limits.height_existing_m, 1)} m"
    narrow = min(concept.width_options_m)
    if min(bay.width_m, bay.depth_m) < narrow:
        return "te smal", f"{nl(min(bay.width_m, bay.depth_m), 1)} m, ten minste {nl(narrow, 1)} m"
    if concept.system_kind == "module-3d" and not bay.clear_m >= concept.height_m:
        return "te laag voor een module", f"{nl(bay.clear_m, 2)} m vrij, module {nl(concept.height_m, 2)} m"
    largest = max(unit.gbo_m2 / unit.modules for unit in concept.unit_types)
    if bay.area_m2 > TOO_LARGE * largest:
        return TOO_LARGE_NL, f"{nl(bay.area_m2, 0)} m2, grootste woning {nl(largest, 0)} m2 per beuk"
    if not alone:
        return None
    least = min((unit.gbo_m2 for unit in concept.unit_types if unit.modules == 1), default=math.inf)
    if bay.area_m2 < least:
        return "te klein voor een woning in een beuk", f"{nl(bay.area_m2, 0)} m2, kleinste {nl(least, 0)} m2"
    return _dark(bay, limits) if _light([bay], limits) == "too little" else None


def _dark(bay: Bay, limits: Limits) -> tuple[str, str]:
    if bay.facade_m <= 0:
        return "zonder gevel", "geen daglicht"
    need = _need_m2(bay.area_m2, limits)
    return "te weinig daglicht in een dragende gevel", f"openingen {nl(bay.daylight_m2, 1)} m2, ten minste {nl(need, 1)} m2"


def _need_m2(area_m2: float, limits: Limits) -> float:
    """Return the least daylight area for a dwelling of this area [m2]: the living area at its smallest."""
    return limits.daylight_share * limits.living_share * area_m2


def _light(bays: Sequence[Bay], limits: Limits) -> str:
    """Return "there", "new front" or "too little": openings as they are, and what a facade that does not bear can be opened to."""
    area = sum(bay.area_m2 for bay in bays)
    now = sum(bay.daylight_m2 for bay in bays)
    if now >= limits.daylight_share * area:
        return "there"
    height = [limits.height_existing_m if math.isnan(bay.clear_m) else bay.clear_m for bay in bays]
    opened = sum(bay.infill_m * max(h - limits.daylight_sill_m, 0.0) for bay, h in zip(bays, height, strict=True))
    return "new front" if max(now, opened) >= _need_m2(area, limits) else "too little"


def _place(number: int, option: _Option, bays: Sequence[Bay]) -> BeyondPlace:
    own = [bays[k] for k in option.bays]
    return BeyondPlace(
        id=f"P{number}",
        unit=option.unit.code,
        polygon=shapely.union_all([bay.polygon for bay in own]),
        z0_m=min(bay.floor_m for bay in own),
        z1_m=max(bay.soffit_m for bay in own),
        storey=1,
        area_m2=option.area_m2,
        at=tuple(bay.id for bay in own),
    )


def _load(bays: Sequence[Bay], limits: Limits, new_kn_m2: float) -> LoadChange:
    """Return what happens to the imposed load on the ground floor under the dwellings; the worst of the bays."""
    found: set[LoadChange] = set()
    for bay in bays:
        garage = bay.use == "garage"
        least = limits.garage_load_least_kn_m2 if garage else limits.storage_load_least_kn_m2
        most = limits.garage_load_most_kn_m2 if garage else limits.storage_load_most_kn_m2
        if bay.on_soil:
            found.add("soil")
        elif new_kn_m2 > most + SAME_KN_M2:
            found.add("higher")
        elif new_kn_m2 > least + SAME_KN_M2:
            found.add("unknown")
        else:
            found.add("lower" if new_kn_m2 < least - SAME_KN_M2 else "same")
    return next((change for change in WORST if change in found), "none")


def _unknown(used: Sequence[Bay], if_storage: int, limits: Limits, *, too_large: bool) -> list[str]:
    found = []
    if too_large:
        found.append("indeling van ruimten die groter zijn dan twee woningen")
    if if_storage:
        found.append("gebruik van ruimten zonder naam in het model")
    if any(math.isnan(bay.clear_m) for bay in used):
        found.append("vrije hoogte (vloer of plafond niet in het model)")
    new, old, finished = limits.height_new_m, limits.height_existing_m, limits.height_new_m + limits.height_taken_m
    low = [bay.clear_m for bay in used if bay.clear_m < new]
    if low:
        found.append(f"of {nl(min(low), 2)} m hoogte mag: onder {nl(new, 1)} m van nieuwbouw, boven {nl(old, 1)} m van bestaande bouw")
    if any(new <= bay.clear_m < finished for bay in used):
        found.append(f"hoogte na afwerking: onder {nl(finished, 2)} m getekend blijft na vloer en plafond geen {nl(new, 1)} m over")
    if any(_light([bay], limits) != "there" for bay in used):
        found.append("daglicht: een nieuwe pui in de gevel is nodig")
    if used:
        found.append("belemmering van het daglicht en glas in de openingen")
    if any(bay.sides <= 1 and bay.depth_m > limits.one_sided_depth_m for bay in used):
        found.append(f"licht achterin: dieper dan {nl(limits.one_sided_depth_m, 0)} m met een enkele gevel")
    return found


def _why(
    bays: Sequence[Bay],
    concept: Concept,
    places: Sequence[BeyondPlace],
    if_storage: int,
    known: Sequence[int],
    rest: Sequence[int],
    stops: Mapping[int, tuple[str, str] | None],
    load: LoadChange,
) -> str:
    if not bays:
        return "Geen ruimten tussen dragende wanden gevonden onder de eerste verdiepingsvloer."
    area = sum(bays[k].area_m2 for k in known)
    text = f"Plint: {len(bays)} ruimten, waarvan {len(known)} berging of garage ({nl(area, 0)} m2) en {len(rest)} van onbekend gebruik. "
    if places:
        text += f"{len(places)} woningen met {concept.name} op {nl(sum(p.area_m2 for p in places), 0)} m2. {LOAD_NL[load]}"
    else:
        text += f"Geen woning met {concept.name}."
    if if_storage:
        text += f" Nog {if_storage} als de ruimten van onbekend gebruik bergingen zijn."
    clear = sorted(bays[k].clear_m for k in known if not math.isnan(bays[k].clear_m))
    if clear:
        text += f" Vrije hoogte van de bergingen {nl(clear[0], 2)} tot {nl(clear[-1], 2)} m."
    taken = {bay for place in places for bay in place.at}
    first: dict[str, str] = {}
    count: Counter[str] = Counter()
    for k in (*known, *rest):
        stop = stops[k]
        if stop is not None and bays[k].id not in taken:
            count[stop[0]] += 1
            first.setdefault(stop[0], f"{bays[k].id}: {stop[1]}")
    if count:
        text += " Niet: " + "; ".join(f"{count[reason]} x {reason} ({first[reason]})" for reason in sorted(count)) + "."
    return text
