"""Foundation rows of the record: every line of every state against what was given about soil and piles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from optopscan.checks.foundation import (
    Ground,
    LineResistance,
    line_peak,
    line_resistance,
    line_sum,
    lines_of,
    lines_shown,
    piles_per_line,
    undrawn_weight_kn,
    without_crossings,
)
from optopscan.checks.resistance import FOOT
from optopscan.checks.utilisation import Utilisation
from optopscan.codes import nen9997_footing
from optopscan.model.loads import Assumption
from optopscan.model.overrides import UNKNOWN, Value
from optopscan.model.sides import EXISTING, FoundationCheck
from optopscan.model.verdict import Outcome
from optopscan.pipeline.bracing import ground_peaks_kn_m
from optopscan.pipeline.side_case import SideCase
from optopscan.pipeline.wind import WindFrame, lean_effects, number, states_of

NO_DATA = "geen grond- of paalgegevens"


def foundation_checks(case: SideCase, frame: WindFrame | None) -> tuple[FoundationCheck, ...]:
    """Return one row per line with data and one for all lines without, in every state; nothing where nothing was given."""
    parts = case.structure.parts
    lines = lines_of(parts)
    given = {k: _given(case, k) for k in lines}
    if not any(given.values()):
        return ()
    ground = Ground.of(case.values.ground_values)
    length = line_sum(parts, np.asarray(parts.length_m))
    first = {k: parts.id[int(np.flatnonzero(np.asarray(parts.line) == k)[0])] for k in lines}
    found = without_crossings(parts, _alone(case, given, ground))
    before = _quasi(case, case.vertical.existing_verbouw)
    wind, shown = _wind_ends(case, frame, length), lines_shown(parts)
    rows: list[FoundationCheck] = []
    for name, result, _, _ in states_of(case):
        e_d, psi = _design(case, result), _quasi(case, result)
        peak = _peak(case, result)
        told = [
            _row(
                name,
                k,
                first[k],
                found[k],
                _Loads(
                    e_d_kn=e_d[k],
                    peak_kn=peak[k],
                    wind_kn=wind.get((name, k), float("nan")),
                    undrawn_kn=0.0 if k in shown else undrawn_weight_kn(found[k], ground, e_d[k]),
                    r_psi=_growth(before, psi, k),
                ),
                ground.settles_ratio,
            )
            for k in sorted(found)
        ]
        rows.extend(sorted(told, key=_worst_first))
        missing = [k for k in lines if k not in found]
        if missing:
            rows.append(_missing(name, missing, first))
    return tuple(rows)


def _worst_first(row: FoundationCheck) -> tuple[bool, float, int]:
    """Order rows: what is over first, then by utilisation from high to low, one that is not known before all."""
    return row.outcome != "over", -float(np.nan_to_num(row.uc, nan=np.inf)), row.line


def foundation_assumptions(case: SideCase) -> tuple[Assumption, ...]:
    """Return what the checks of the foundation lines took because nobody told it."""
    given = {k: _given(case, k) for k in lines_of(case.structure.parts)}
    rows = case.values.ground_values
    shown = lines_shown(case.structure.parts)
    used = {
        name
        for k, found in _alone(case, given, Ground.of(rows)).items()
        for name in (*found.taken, *(() if k in shown else found.buried_with))
    }
    return tuple(
        Assumption(
            what=row.nl,
            value=f"{row.value:g} {row.unit}",
            source=row.source,
            confidence=row.confidence,
            alternative=row.alternative_nl,
        )
        for name, row in rows.items()
        if name in used
    )


def _alone(case: SideCase, given: Mapping[int, Mapping[str, Value]], ground: Ground) -> dict[int, LineResistance]:
    """Return the resistance of every line that something was given about, as if no other line were near."""
    parts = case.structure.parts
    piles, length = piles_per_line(parts), line_sum(parts, np.asarray(parts.length_m))
    return {k: line_resistance(told, ground, length_m=length[k], n_pile=piles[k]) for k, told in given.items() if told}


def _given(case: SideCase, line: int) -> Mapping[str, Value]:
    """Return what was given about a line; a later table goes before an earlier one."""
    told: dict[str, Value] = {}
    for row in case.foundation:
        if line in row.lines:
            told |= row.values
    # A kind that is said to be unknown is no data.
    return {} if told.get("kind", UNKNOWN) == UNKNOWN and len(told) <= 1 else told


def _design(case: SideCase, result: Utilisation) -> dict[int, float]:
    """Return the design load of every line [kN], the larger of the distributions."""
    sums = [line_sum(case.structure.parts, effects.n_max_kn[:, FOOT]) for effects in result.effects]
    return {k: max(row[k] for row in sums) for k in sums[0]}


def _peak(case: SideCase, result: Utilisation) -> dict[int, float]:
    """Return the design load of every line if all of it were loaded as its most loaded piece [kN], the larger of the distributions."""
    peaks = [line_peak(case.structure.parts, effects.n_max_kn[:, FOOT]) for effects in result.effects]
    return {k: float(np.max([row[k] for row in peaks])) for k in peaks[0]}


def _wind_ends(case: SideCase, frame: WindFrame | None, length_m: Mapping[int, float]) -> dict[tuple[str, int], float]:
    """Return what a line would carry if all of it were pressed as wind presses it below the end of a wall [kN], by state and line.

    Only of lines that a stability wall stands on in the model; a footing drawn in between has no check of its own anyway.
    """
    if frame is None or not len(frame.panels):
        return {}
    ids, peaks = ground_peaks_kn_m(case, frame)
    line, found = np.asarray(case.structure.parts.line), dict[tuple[str, int], float]()
    for row, members in enumerate(frame.panels.parts):
        for k in sorted({int(line[i]) for i in members if line[i] >= 0}):
            for name, peak in zip(ids, peaks[:, row].tolist(), strict=True):
                if not np.isnan(peak):
                    found[name, k] = max(found.get((name, k), 0.0), peak * length_m[k])
    return found


def _quasi(case: SideCase, result: Utilisation) -> list[dict[int, float]]:
    """Return G + psi0 Q of every line [kN] per distribution, without ballast that nobody showed: it never pressed the soil for sure."""
    sums = []
    for effects in lean_effects(case, result):
        load = effects.permanent_kn[:, FOOT] + effects.relief_kn + (effects.imposed_kn * effects.psi0).sum(axis=1)
        sums.append(line_sum(case.structure.parts, load))
    return sums


def _growth(before: list[dict[int, float]], after: list[dict[int, float]], line: int) -> float:
    """Return the largest ratio of new to old load over the distributions, nan where one has no load to compare with."""
    return float(np.max([new[line] / old[line] if old[line] > 0 else np.nan for old, new in zip(before, after, strict=True)]))


@dataclass(frozen=True, kw_only=True)
class _Loads:
    """What a line carries in one state: in all, at its peak, below the end that wind presses (nan: none); what the model leaves out."""

    e_d_kn: float
    peak_kn: float
    wind_kn: float
    undrawn_kn: float
    r_psi: float


def _row(scenario: str, line: int, part: str, found: LineResistance, on: _Loads, settles_ratio: float) -> FoundationCheck:
    uc = float(nen9997_footing.bearing_utilisation(v_d_kn=on.e_d_kn, r_d_kn=found.r_d_kn))
    whole, peak, wind = (load + on.undrawn_kn for load in (on.e_d_kn, on.peak_kn, on.wind_kn))
    outcome: Outcome = "ok"
    why = ""
    if np.isnan(uc):
        outcome, why = "unknown", f"lijn {line}: {found.why or 'last onbekend'}"
    elif uc > 1.0:
        outcome, why = "over", f"lijn {line}: UC {number(uc)} ({found.clause})"
    elif not whole <= found.r_d_kn:
        with_it = f"{number(whole / found.r_d_kn)} met het gewicht van de niet getekende fundering"
        outcome, why = "unknown", f"lijn {line}: UC {number(uc)} zonder, {with_it}"
    elif not peak <= found.r_d_kn:
        worst = f"{number(peak / found.r_d_kn)} plaatselijk"
        outcome, why = "unknown", f"lijn {line}: UC {number(uc)} gemiddeld, {worst}; spreiding niet getoetst"
    elif wind > found.r_d_kn:
        use = number(wind / found.r_d_kn)
        outcome, why = "unknown", f"lijn {line}: UC {number(uc)} zonder wind, {use} aan een einde met wind; spreiding niet getoetst"
    elif found.settles and scenario != EXISTING and not on.r_psi <= settles_ratio:
        outcome, why = "unknown", f"lijn {line}: zetting niet getoetst, blijvende last maal {number(on.r_psi)}"
    inputs = {**found.inputs, "r_psi": on.r_psi, "e_d_peak_kn": on.peak_kn}
    if np.isfinite(on.undrawn_kn):
        inputs["undrawn_weight_d_kn"] = on.undrawn_kn
    if np.isfinite(on.wind_kn):
        inputs["e_d_wind_end_kn"] = on.wind_kn
    return FoundationCheck(
        scenario=scenario, line=line, part=part, clause=found.clause, e_d_kn=on.e_d_kn, r_d_kn=found.r_d_kn, uc=uc,
        outcome=outcome, why=why, inputs=inputs,
    )  # fmt: skip


def _missing(scenario: str, lines: list[int], first: Mapping[int, str]) -> FoundationCheck:
    nan = float("nan")
    shown = ", ".join(map(str, lines[:8])) + (" ..." if len(lines) > 8 else "")
    return FoundationCheck(
        scenario=scenario,
        line=lines[0],
        part=first[lines[0]],
        clause="",
        e_d_kn=nan,
        r_d_kn=nan,
        uc=nan,
        outcome="unknown",
        why=f"{NO_DATA} van {len(lines)} funderingslijnen ({shown})",
        inputs={},
    )
