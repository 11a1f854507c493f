"""The whole calculation of one element: where its load comes from, combinations, every clause step, unity checks.

Nothing is calculated a second way. Load rows are the shares that the take-down used, design forces
and resistances those of the scan, and the steps come from running the checks on one part alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from optopscan.checks.answer import REASON_NL
from optopscan.checks.capacity import State
from optopscan.checks.resistance import FOOT, HEAD, MID, OWN_WEIGHT_FACTOR, SECTIONS, Resistance
from optopscan.checks.trace import Step, trace_part
from optopscan.checks.utilisation import OUTCOMES, Effects, Utilisation, section_utilisation, why_unknown
from optopscan.codes.en1990 import COMBINATIONS, FULL_STOREYS, FactorSet
from optopscan.errors import UsageError
from optopscan.model.sides import EXISTING
from optopscan.model.structure import Distribution
from optopscan.model.verdict import Outcome
from optopscan.pipeline import CheckedBuilding
from optopscan.pipeline.load_rows import Extension, LoadRow, extension_of, load_rows


@dataclass(frozen=True, kw_only=True)
class Combination:
    """One combination [kN]: gamma_g G + gamma_inf relief + gamma_q times the sum of factor times Q (``terms``: level, factor, Q)."""

    name: str
    gamma_g: float
    permanent_kn: float
    gamma_inf: float
    relief_kn: float
    gamma_q: float
    terms: tuple[tuple[str, float, float], ...]
    n_kn: float


@dataclass(frozen=True, kw_only=True)
class SectionCheck:
    """Effect against resistance at one section of a part [kN]; nan where it is not known."""

    section: str
    clause: str
    own_weight_factor: float
    permanent_kn: float
    combinations: tuple[Combination, ...]
    governing: str
    n_max_kn: float
    n_min_kn: float
    n_lo_kn: float
    n_hi_kn: float
    n_best_kn: float
    uc: float


@dataclass(frozen=True, kw_only=True)
class SideRow:
    """A verdict beside the vertical one that is about this part."""

    subject: str
    clause: str
    uc: float
    outcome: Outcome
    why: str
    inputs: dict[str, float | str]


@dataclass(frozen=True, kw_only=True)
class PartCalculation:
    """Everything that leads to the verdict of one part in one scenario.

    ``uc_best`` is the unity check with the highest plausible strength; it says nothing of a ``bonded`` part, a short return
    that shares its load with the cross wall it is bonded to. ``moments`` holds per distribution the moment of walls and of
    floors across the part [kNm] and the permanent load on its head [kN]. ``inputs`` is what the record holds of the
    governing section.
    """

    part: str
    kind: str
    storey: int
    thickness_m: float
    length_m: float
    z0_m: float
    z1_m: float
    distribution: Distribution
    loads: tuple[LoadRow, ...]
    extension: Extension | None
    moments: tuple[tuple[Distribution, float, float, float], ...]
    eccentricity_m: float
    psi0: tuple[float, ...]
    sections: tuple[SectionCheck, ...]
    steps: tuple[Step, ...]
    inputs: Mapping[str, float | str]
    uc_afkeur: float
    uc_existing: float
    uc: float
    uc_best: float
    bonded: bool
    governing_section: str
    outcome_existing: Outcome
    outcome: Outcome
    reasons: tuple[str, ...]
    sides: tuple[SideRow, ...]


@dataclass(frozen=True, kw_only=True)
class Calculation:
    """One element in one scenario, part by part."""

    element: str
    name: str
    guid: str
    material: str
    grade: str
    density_kg_m3: float
    storey_names: tuple[str, ...]
    scenario: str
    level: str
    factors: FactorSet
    parts: tuple[PartCalculation, ...]


def scenario_names(made: CheckedBuilding) -> tuple[str, ...]:
    """Return the states that were checked, the existing building first."""
    return (EXISTING, *(state.scenario.id for state in made.checks.vertical.states))


def governing_scenario(made: CheckedBuilding) -> str:
    """Return the state that the answer is about: the one of what governs, else the first with a storey."""
    names, governing = scenario_names(made), made.checks.answer.governing
    if governing is not None and governing.scenario in names:
        return governing.scenario
    return next((state.scenario.id for state in made.checks.vertical.states if state.scenario.storeys == 1), EXISTING)


def calculate(made: CheckedBuilding, element: int, scenario: str, *, part: str | None = None) -> Calculation:
    """Return the calculation of an element (row), or of one of its parts (id, or the number after its slash).

    Raises
    ------
    UsageError
        If nothing of the element is part of the structure, or it has no such part.
    """
    elements, materials = made.known.building.elements, made.known.materials
    rows = _rows(made, element, part)
    state = next((state for state in made.checks.vertical.states if state.scenario.id == scenario), None)
    levels = [f"vloer op {z:+.2f} m".replace(".", ",") for z in made.structure.level_z_m]
    new = state.scenario.head_imposed_kn.shape[1] if state is not None else 0
    checks = made.checks
    return Calculation(
        element=elements.id[element],
        name=elements.name[element] or elements.type_name[element],
        guid=elements.guid[element] or "",
        material=materials.group[element],
        grade=materials.grade[element] or "",
        density_kg_m3=float(materials.density_kg_m3[element]),
        storey_names=(*levels[: made.loads.actions.n_level], *(f"nieuwe bouwlaag {k + 1}" for k in range(new))),
        scenario=scenario,
        level=made.known.settings.level,
        factors=checks.factors,
        parts=tuple(_part(made, row, state) for row in rows),
    )


def _rows(made: CheckedBuilding, element: int, part: str | None) -> Sequence[int]:
    parts, name = made.structure.parts, made.known.building.elements.id[element]
    rows = np.flatnonzero(np.asarray(parts.element) == element).tolist()
    if not rows:
        raise UsageError(f"--element {name}: carries nothing in this structure; optopscan inspect --element {name} shows what it is")
    if part is None:
        return rows
    found = [row for row in rows if parts.id[row] == part or parts.id[row].rpartition("/")[2] == part]
    if not found:
        raise UsageError(f"--part {part}: {name} has no such part; it has {', '.join(parts.id[row] for row in rows)}")
    return found


def _part(made: CheckedBuilding, row: int, state: State | None) -> PartCalculation:
    parts, checks, inputs = made.structure.parts, made.checks, made.checks.inputs
    existing, resistance = checks.vertical.existing_verbouw, checks.resistance
    result = existing if state is None else state.result
    which = int(result.distribution[row])
    distribution, effects = result.distributions[which], result.effects[which]
    take_down = made.loads.take_downs[distribution]
    extension = None if state is None else extension_of(made, state, take_down, row)
    code = max(int(result.outcome[row]), int(existing.outcome[row]))
    best = np.nanmax(np.append(np.concatenate([section_utilisation(e, resistance, best=True)[row] for e in result.effects]), -1.0))
    return PartCalculation(
        part=parts.id[row],
        kind=parts.kind[row],
        storey=int(parts.storey[row]),
        thickness_m=float(parts.thickness_m[row]),
        length_m=float(parts.length_m[row]),
        z0_m=float(parts.z0_m[row]),
        z1_m=float(parts.z1_m[row]),
        distribution=distribution,
        loads=load_rows(made, distribution, take_down, row, extension, effects),
        extension=extension,
        moments=tuple(
            (d, float(t.moment_knm[row, 0]), float(t.floor_moment_knm[row, 0]), float(t.permanent_head_kn[row]))
            for d, t in made.loads.take_downs.items()
        ),
        eccentricity_m=float(inputs["eccentricity_m"][row, 0]),
        psi0=tuple(np.asarray(effects.psi0).tolist()),
        sections=tuple(
            _section(effects, resistance, row, k)
            for k in range(len(SECTIONS))
            if resistance.applies[row, k] or not resistance.applies[row].any()
        ),
        steps=trace_part(row, **inputs),
        inputs=resistance.explain(row, int(result.section[row]) if not np.isnan(result.uc[row]) else None),
        uc_afkeur=float(checks.vertical.existing_afkeur.uc[row]),
        uc_existing=float(existing.uc[row]),
        uc=float(result.uc[row]),
        uc_best=float(best) if best >= 0.0 else float("nan"),
        bonded=row in made.structure.bonded,
        governing_section=SECTIONS[int(result.section[row])],
        outcome_existing=existing.verdict(row),
        outcome=OUTCOMES[code],
        reasons=_reasons(made, result, existing, row, OUTCOMES[code]),
        sides=_sides(made, parts.id[row], EXISTING if state is None else state.scenario.id),
    )


def _columns(resistance: Resistance, row: int) -> list[int]:
    """Return the sections that a check is about; all where no check covers the part, so that its forces can still be read."""
    return [k for k, clause in enumerate(resistance.clauses[row]) if clause] or [HEAD, MID, FOOT]


def _reasons(made: CheckedBuilding, result: Utilisation, existing: Utilisation, row: int, outcome: Outcome) -> tuple[str, ...]:
    """Return in Dutch why there is no verdict; a part that is over as it stands says so."""
    if outcome != "unknown":
        return ("bestaande toestand voldoet niet",) if existing.verdict(row) == "over" else ()
    parts, resistance = made.structure.parts, made.checks.resistance
    told = why_unknown(result, resistance, parts, row) or why_unknown(existing, resistance, parts, row)
    return tuple(next((nl for key, nl in REASON_NL if key in why), why) for why in told.split("; ") if why)


# -- effects against resistance ---------------------------------------------------


def _section(effects: Effects, resistance: Resistance, row: int, k: int) -> SectionCheck:
    return SectionCheck(
        section=SECTIONS[k],
        clause=resistance.clauses[row][k],
        own_weight_factor=float(OWN_WEIGHT_FACTOR[k]),
        permanent_kn=float(effects.permanent_kn[row, k]),
        combinations=combinations(effects, row, k),
        governing=COMBINATIONS[int(effects.combination[row, k])],
        n_max_kn=float(effects.n_max_kn[row, k]),
        n_min_kn=float(effects.n_min_kn[row, k]),
        n_lo_kn=float(resistance.n_lo_kn[row, k]),
        n_hi_kn=float(resistance.n_hi_kn[row, k]),
        n_best_kn=float(resistance.n_best_kn[row, k]),
        uc=float(section_utilisation(effects, resistance)[row, k]),
    )


def combinations(effects: Effects, row: int, k: int) -> tuple[Combination, ...]:
    """Return 6.10a and both forms of 6.10b of one section, each load with its factor.

    The largest is the design force that the scan used (`en1990.design_axial_force`); a test compares them part by part.
    """
    f, psi = effects.factors, np.asarray(effects.psi0)
    q = np.maximum(effects.imposed_kn[row], 0.0)
    leading = np.argsort(-(1.0 - psi) * q, kind="stable")[:FULL_STOREYS]
    full = psi.copy()
    full[leading] = 1.0
    roof = max(float(effects.roof_kn[row]), 0.0)
    made = []
    for name, gamma_g, factor, on_roof in zip(
        COMBINATIONS, (f.gamma_ga, f.gamma_gb, f.gamma_gb), (psi, full, psi), (0.0, 0.0, 1.0), strict=True
    ):
        terms = [(str(j), float(factor[j]), float(q[j])) for j in range(len(q)) if q[j] > 0.0]
        terms += [("dak", on_roof, roof)] if on_roof and roof else []
        permanent, relief = float(effects.permanent_kn[row, k]), float(effects.relief_kn[row])
        gamma = f.gamma_g_inf if permanent < 0.0 else gamma_g
        made.append(
            Combination(
                name=name,
                gamma_g=gamma,
                permanent_kn=permanent,
                gamma_inf=f.gamma_g_inf,
                relief_kn=relief,
                gamma_q=f.gamma_q,
                terms=tuple(terms),
                n_kn=gamma * permanent + f.gamma_g_inf * relief + f.gamma_q * sum(factor * load for _, factor, load in terms),
            )
        )
    return tuple(made)


def _sides(made: CheckedBuilding, part: str, scenario: str) -> tuple[SideRow, ...]:
    """Return the verdicts beside the vertical one in which this part is named."""
    sides = made.checks.sides
    named: list[tuple[str, str, Any]] = [
        *(("stability", row.clause, row) for row in sides.stability if row.part == part),
        *(("wall_wind", row.clause, row) for row in sides.wall_wind if row.part == part),
        *(("foundation", row.clause, row) for row in sides.foundation if row.part == part),
        *(("anchorage", "", row) for row in sides.anchorage if row.support == part),
    ]
    return tuple(
        SideRow(subject=subject, clause=clause, uc=row.uc, outcome=row.outcome, why=row.why, inputs=dict(row.inputs))
        for subject, clause, row in named
        if row.scenario == scenario
    )
