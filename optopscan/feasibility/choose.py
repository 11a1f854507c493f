"""At most four variants to look at, far apart on the front, each with the sentence that says why it is put forward."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from optopscan.feasibility.pareto import front, oriented
from optopscan.feasibility.worth import OBJECTIVES, Worth, objective_values
from optopscan.model.arrays import FloatArray

MOST_CHOSEN = 4
LEAST_APART = 0.05  # a variant nearer than this to one already chosen shows nothing new

# Subject of `Scheme.unknown` -> (Dutch, English); a subject that is not here is printed as it is.
UNKNOWN = {
    "foundation": ("onbekende fundering", "an unknown foundation"),
    "strength": ("onbekende sterkte", "unknown strength"),
    "stability": ("onbekende stabiliteit", "unknown stability"),
    "roof": ("onbekende dakvloer", "an unknown roof slab"),
    "anchorage": ("onbekende verankering", "unknown anchorage"),
    "span": ("onbekende overspanning", "an unknown span direction"),
    "product": ("onbekend gewicht van het product", "an unknown product weight"),
    "own-support": ("eigen kolommen en fundering", "columns and a foundation of its own"),
    "robustness": ("onbekende robuustheid", "unknown robustness"),
}
_ACCESS = {
    "gallery": ("galerij", "gallery"),
    "corridor": ("corridor", "corridor"),
    "portiek": ("portiek", "stairwell"),
    "none": ("zonder ontsluiting", "without access"),
}


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A variant that is put forward, and why, in Dutch and in English."""

    id: str
    nl: str
    en: str


def choose(worths: Sequence[Worth], most: int = MOST_CHOSEN) -> tuple[Choice, ...]:
    """Return at most ``most`` variants of the front that differ from each other.

    A variant that is over, empty, or stopped by a rule is never put forward. The first is the best by outcome, then dwellings,
    then area, then the other objectives; each next one lies farthest from those chosen: root mean square of the
    objectives scaled over the front, plus the share of product, access and storeys in which they differ. Ties go to the
    lower id. Nothing is drawn at random.
    """
    able = sorted((w for w in worths if w.able), key=lambda w: w.scheme.id)
    if not able or most < 1:
        return ()
    directions = [objective.direction for objective in OBJECTIVES]
    values = objective_values(able)
    kept = np.flatnonzero(front(values, directions))
    rows, gain = [able[k] for k in kept], oriented(values[kept], directions)
    apart = _distances(rows, _scaled(gain))
    chosen = [_first(gain)]
    while len(chosen) < min(most, len(rows)):
        nearest = apart[:, chosen].min(axis=1)
        far = int(nearest.argmax())
        if nearest[far] < LEAST_APART:
            break
        chosen.append(far)
    claims = _claims(gain, chosen)
    return tuple(
        Choice(id=rows[k].scheme.id, nl=_sentence(rows[k], claim, 0, n), en=_sentence(rows[k], claim, 1, n))
        for n, (k, claim) in enumerate(zip(chosen, claims, strict=True))
    )


def why_none(worths: Sequence[Worth]) -> tuple[str, str]:
    """Return why no variant can be put forward, in Dutch and English; empty where one can."""
    if any(w.able for w in worths):
        return "", ""
    empty = [w for w in worths if not w.scheme.gfa_m2 > 0.0]
    over = [w for w in worths if w.scheme.gfa_m2 > 0.0 and w.scheme.outcome == "over"]
    rest = [w for w in worths if w.scheme.gfa_m2 > 0.0 and w.scheme.outcome != "over"]
    codes = ", ".join(sorted({row.code for w in rest for row in w.findings if row.effect == "stop"}))
    nl = [f"{len(empty)} zonder modules", f"{len(over)} voldoet niet", f"{len(rest)} verboden door {codes}"]
    en = [f"{len(empty)} without modules", f"{len(over)} over", f"{len(rest)} stopped by {codes}"]
    kept = [k for k, group in enumerate((empty, over, rest)) if group]
    told_nl, told_en = "; ".join(nl[k] for k in kept) or "niets geprobeerd", "; ".join(en[k] for k in kept) or "nothing tried"
    return f"geen variant om voor te stellen: {told_nl}", f"no variant to put forward: {told_en}"


def _scaled(gain: FloatArray) -> FloatArray:
    """Return every objective from 0, the worst known or unknown, to 1, the best of the front."""
    known = np.isfinite(gain)
    low = np.where(known, gain, np.inf).min(axis=0)
    high = np.where(known, gain, -np.inf).max(axis=0)
    span = np.where(high > low, high - low, 1.0)
    low = np.where(np.isfinite(low), low, 0.0)
    return np.where(known, (np.where(known, gain, low) - low) / span, 0.0)


def _distances(rows: Sequence[Worth], scaled: FloatArray) -> FloatArray:
    square = ((scaled[:, None, :] - scaled[None, :, :]) ** 2).mean(axis=2)
    kinds = [np.array([getattr(w.scheme, name) for w in rows]) for name in ("concept", "access", "storeys")]
    other = sum((kind[:, None] != kind[None, :]).astype(np.float64) for kind in kinds)
    found: FloatArray = np.sqrt(square) + other / len(kinds)
    return found


def _first(gain: FloatArray) -> int:
    names = [objective.name for objective in OBJECTIVES]
    order = [names.index("outcome"), *(k for k, name in enumerate(names) if name != "outcome")]
    return max(range(len(gain)), key=lambda k: (tuple(gain[k, order]), -k))


def _claims(gain: FloatArray, chosen: Sequence[int]) -> list[str]:
    """Return per chosen variant the objective it is the best in, each named once; empty where it leads in none."""
    best = gain.max(axis=0)
    telling = np.isfinite(best) & (gain < best).any(axis=0)
    taken: set[str] = set()
    found = []
    for k in chosen:
        names = [objective.name for j, objective in enumerate(OBJECTIVES) if telling[j] and gain[k, j] == best[j]]
        claim = next((name for name in names if name not in taken), "")
        taken.add(claim)
        found.append(claim)
    return found


def _sentence(worth: Worth, claim: str, lang: int, place: int) -> str:
    """Return why the variant at a place is put forward, from its numbers; lang 0 is Dutch, 1 English."""
    scheme = worth.scheme
    if claim:
        parts = [_claimed(worth, claim)[lang]]
    elif place == 0:
        # The first has no claim only where the whole front equals it.
        parts = [("beste op elk punt dat bekend is", "best on every point that is known")[lang]]
    else:
        access = _ACCESS.get(scheme.access, (scheme.access, scheme.access))[lang]
        parts = [f"{('ander plan', 'another plan')[lang]}: {scheme.concept}, {access}, +{scheme.storeys}"]
    if claim != "dwellings":
        parts.append(f"{scheme.dwellings} {_dwellings(scheme.dwellings)[lang]}")
    if claim != "max_uc":
        known = not math.isnan(scheme.max_uc)
        parts.append(f"{('bij', 'at')[lang]} UC {_number(scheme.max_uc, 2, lang)}" if known else ("UC niet bekend", "UC not known")[lang])
    text = ", ".join(parts)
    if scheme.outcome == "unknown":
        subjects = [UNKNOWN.get(name, (name, name))[lang] for name in scheme.unknown]
        rests = f"{('rust op', 'rests on')[lang]} {(' en ', ' and ')[lang].join(subjects)}"
        text += f"; {rests if subjects else ('niet aangetoond', 'not proven')[lang]}"
    return text


def _dwellings(n: int) -> tuple[str, str]:
    return ("woning", "dwelling") if n == 1 else ("woningen", "dwellings")


def _claimed(worth: Worth, claim: str) -> tuple[str, str]:
    """Return what the variant is the best of the front in, with the number."""
    scheme = worth.scheme
    value = next(objective.value(worth) for objective in OBJECTIVES if objective.name == claim)
    if claim == "outcome":
        return {"ok": ("aangetoond", "proven"), "unknown": ("niet uitgesloten", "not excluded"), "over": ("over", "over")}[scheme.outcome]
    nl, en, scale, digits, unit = {
        "dwellings": ("meeste woningen", "most dwellings", 1.0, 0, ""),
        "gfa_m2": ("meeste vloer", "most floor area", 1.0, 0, " m2"),
        "max_uc": ("laagste UC", "lowest UC", 1.0, 2, ""),
        "cost_hi_eur": ("laagste bovengrens van de kosten", "lowest upper cost", 1e-6, 2, " M EUR"),
        "carbon_emitted_kg": ("minste CO2-uitstoot", "least CO2 emitted", 1e-3, 0, " t"),
        "carbon_stored_kg": ("meeste CO2-opslag", "most CO2 stored", 1e-3, 0, " t"),
        "sun_lost_h": ("minste zonverlies", "least sun lost", 1.0, 2, " h"),
    }[claim]
    hours = ("uur per dag", "hours a day") if claim == "sun_lost_h" else None
    told = [f"{word}: {_number(value * scale, digits, lang)}" for lang, word in enumerate((nl, en))]
    units = (f" {hours[0]}", f" {hours[1]}") if hours else (unit, unit)
    return told[0] + units[0], told[1] + units[1]


def _number(value: float, digits: int, lang: int) -> str:
    text = f"{value:.{digits}f}"
    return text.replace(".", ",") if lang == 0 else text
