"""Which parts below stop the layout that the roof alone would allow."""

from __future__ import annotations

import math

import numpy as np

from optopscan.model.arrays import FloatArray
from optopscan.model.variant import Variant, WhyNot
from optopscan.placement.layout import Job, loaded
from optopscan.placement.programme import STRICT, sized_types
from optopscan.placement.why.fullest import SAME, Asked
from optopscan.placement.why.words import above, nl


def below_reasons(asked: Asked, variant: Variant) -> tuple[WhyNot, ...]:
    """Return what the fullest layout meets below, where the variant has fewer dwellings (or less area) than it; none otherwise."""
    if reached(asked, variant):
        return ()
    return tuple(reason for reason in (_existing(asked), _unknown(asked), _capacity(asked)) if reason is not None)


def reached(asked: Asked, variant: Variant) -> bool:
    """Return whether a variant is as good for its goal as the roof alone allows."""
    best = float(asked.values[0][asked.fullest].sum())
    own = variant.gfa_m2 if asked.programme.goal == "area" else float(variant.dwellings)
    return own >= best - SAME * max(1.0, best)


def mix_reason(asked: Asked, variant: Variant) -> tuple[WhyNot, ...]:
    """Return the dwelling type that is farthest from the mix asked, where it is farther than the tolerance and half a dwelling."""
    shares = asked.programme.shares
    if not shares.size or not variant.dwellings:
        return ()
    units = sized_types(asked.programme.concept)
    got = np.array([variant.dwellings_by_type[unit.code] for unit in units]) / variant.dwellings
    apart = np.abs(got - shares)
    row = int(apart.argmax())
    if apart[row] <= STRICT + 0.5 / variant.dwellings + SAME:
        return ()
    code = units[row].code
    sign = ">" if got[row] > shares[row] else "<"
    of = f"aandeel {code}", f"share of {code}"
    return (above("mix", float(got[row]), float(shares[row]), part=code, nl_of=of[0], en_of=of[1], unit="", more=sign),)


def _existing(asked: Asked) -> WhyNot | None:
    """Return the part with the largest utilisation as it stands, of those that fail already and that the fullest layout loads."""
    _, over = asked.states
    parts = np.flatnonzero(over & (asked.loads_kn(asked.fullest) > 0))
    if not parts.size:
        return None
    uc = existing_uc(asked)[parts]
    # what fails by something else than its axial load has no number here
    uc = np.where(uc > 1.0, uc, np.nan)
    row = int(np.argmax(np.where(np.isnan(uc), -np.inf, uc)))
    name, value = asked.below.structure.parts.id[parts[row]], float(uc[row])
    also = parts.size - 1
    told = f"UC {nl(value)} > 1 zonder opbouw" if value > 1.0 else "voldoet nu al niet"
    told_en = f"UC {value:.2f} > 1 as it stands" if value > 1.0 else "fails as it stands"
    return WhyNot(
        constraint="existing-over",
        value=value,
        limit=1.0,
        unit="UC",
        part=name,
        text_nl=f"{name} {told}" + (f", en {also} andere delen" if also else ""),
        text_en=f"{name} {told_en}" + (f", and {also} other parts" if also else ""),
    )


def _unknown(asked: Asked) -> WhyNot | None:
    """Return how many parts without a verdict the fullest layout loads, where those may not be used."""
    unknown, _ = asked.states
    load_kn = asked.loads_kn(asked.fullest)
    parts = np.flatnonzero(unknown & (load_kn > 0))
    if asked.mode != "proven" or not parts.size:
        return None
    name = asked.below.structure.parts.id[parts[int(np.argmax(load_kn[parts]))]]
    return WhyNot(
        constraint="unknown",
        value=float(parts.size),
        limit=0.0,
        unit="delen",
        part=name,
        text_nl=f"{parts.size} delen met onbekende weerstand of draagfunctie, het zwaarst belast {name}",
        text_en=f"{parts.size} parts of unknown resistance or bearing, most load on {name}",
    )


def _capacity(asked: Asked) -> WhyNot | None:
    """Return the part with the largest unity check under the fullest layout, by the ordinary re-check; without checks by the rows."""
    unknown, over = asked.states
    job = Job(asked.below, asked.programme, asked.ground, asked.rows, asked.node_limit, asked.known)
    _, checked = loaded(job, asked.fullest)
    uc = np.zeros(len(over))
    if checked is not None and checked.failing_uc:
        uc[list(checked.failing)] = checked.failing_uc
    else:
        uc = _uc_by_rows(asked)
    uc[over | unknown] = 0.0
    part = int(np.argmax(uc))
    if not uc[part] > 1.0:
        return None
    name, also = asked.below.structure.parts.id[part], int(np.sum(uc > 1.0)) - 1
    value = float(uc[part])
    return WhyNot(
        constraint="capacity",
        value=value,
        limit=1.0,
        unit="UC",
        part=name,
        text_nl=f"{name} UC {nl(value)} bij een vol dak" + (f", en {also} andere delen" if also else ""),
        text_en=f"{name} UC {value:.2f} with a full roof" + (f", and {also} other parts" if also else ""),
    )


def existing_uc(asked: Asked) -> FloatArray:
    """Return the design axial load over its upper bound per part as it stands (n_part,); nan where there is no bound."""
    below, factors = asked.below, asked.below.factors
    found = np.full(len(below.structure.parts), -np.inf)
    for name in sorted(below.take_downs):
        take, capacity = below.take_downs[name], below.capacities[name]
        permanent = take.permanent_foot_kn - (1.0 - capacity.own_weight_factor) * take.self_weight_kn
        imposed = np.sort(np.maximum(take.imposed_foot_kn, 0.0), axis=1)[:, ::-1]
        every, two = factors.psi0 * imposed.sum(axis=1), (1.0 - factors.psi0) * imposed[:, :2].sum(axis=1)
        roof = np.maximum(take.roof_foot_kn, 0.0)
        most = np.maximum(
            factors.gamma_ga * permanent + factors.gamma_q * every,
            factors.gamma_gb * permanent + factors.gamma_q * (every + np.maximum(two, roof)),
        )
        room = np.where(capacity.n_hi_kn > 0, capacity.n_hi_kn, np.nan)
        found = np.fmax(found, np.where(np.isfinite(room), most / room, np.where(np.isnan(room), np.nan, 0.0)))
    return np.where(np.isinf(found), math.nan, found)


def _uc_by_rows(asked: Asked) -> FloatArray:
    """Return axial load over its bound per part: 1 and what the fullest layout asks beyond the room left, over the bound."""
    uc = np.zeros(len(asked.below.structure.parts))
    bound = np.min([capacity.n_hi_kn for capacity in asked.below.capacities.values()], axis=0)
    named = dict(zip(asked.below.structure.parts.id, range(len(uc)), strict=True))
    for lack in asked.shortages(asked.fullest):
        row = named[lack.part]
        uc[row] = 1.0 + lack.kn / bound[row] if bound[row] > 0 and not math.isnan(lack.kn) else 0.0
    return uc
