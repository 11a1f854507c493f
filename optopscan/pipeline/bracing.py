"""Stability rows of the record: one per state and direction, each with the reason when it is not ok."""

from __future__ import annotations

import numpy as np

from optopscan.checks.defaults import CheckDefaults
from optopscan.checks.shear_panels import Panels
from optopscan.checks.stability import Cases, Direction, PanelStrength, Rules, Site, check_direction, panel_modulus_mpa
from optopscan.codes import en1991_1_4, en1996
from optopscan.codes.en1996_data import fvk0_mpa
from optopscan.model.arrays import FloatArray
from optopscan.model.sides import StabilityCheck
from optopscan.model.verdict import Outcome
from optopscan.pipeline.side_case import SideCase
from optopscan.pipeline.wind import DIRECTION_NL, DIRECTIONS, WindFrame, cases_of, number, rules_of, sites, states_of


def panel_strength(case: SideCase, panels: Panels) -> PanelStrength:
    """Return the strength of every panel: the lowest of its parts, with the area factor of the whole panel."""
    terms, n = case.resistance.terms, len(case.structure.parts)
    defaults = CheckDefaults()

    def term(name: str) -> FloatArray:
        return panels.least(np.asarray(terms[name]) if name in terms else np.full(n, np.nan))

    fk, gamma, fck, fcd = term("fk_mpa"), term("gamma_M"), term("fck_mpa"), term("fcd_pl_mpa")
    concrete = np.isfinite(fcd)
    fd = fk / gamma * en1996.area_factor(np.asarray(panels.thickness_m) * np.asarray(panels.length_m))
    # f_b is larger than f_k always; where only f_k is known it stands in for f_b, on the safe side.
    fb = np.where(np.isfinite(term("fb_mpa")), term("fb_mpa"), fk)
    return PanelStrength(
        e_mpa=panel_modulus_mpa(fk_mpa=fk, fck_mpa=np.where(concrete, fck, np.nan)),
        fd_mpa=np.where(concrete, fcd, fd),
        concrete=concrete,
        fck_mpa=fck,
        fvk0_mpa=np.where(concrete, np.nan, fvk0_mpa(mortar=defaults.mortar, fm_mpa=defaults.fm_mpa)),
        fb_mpa=fb,
        gamma_m=gamma,
    )


def stability_checks(case: SideCase, frame: WindFrame | None) -> tuple[StabilityCheck, ...]:
    """Return one row per state and direction."""
    if frame is None:
        return tuple(_nothing(name, direction) for name, *_ in states_of(case) for direction in DIRECTIONS)
    ids, cases = cases_of(case, frame)
    strength = panel_strength(case, frame.panels)
    rules = rules_of(case)
    rows: list[StabilityCheck] = []
    for along, name in enumerate(DIRECTIONS):
        found = [_direction(frame, strength, cases, site, rules, along) for site in sites(case.settings)]
        rows.extend(_stability_row(case, frame, strength, rules, ids, cases, found, along, k, name) for k in range(len(ids)))
    return tuple(sorted(rows, key=lambda row: (ids.index(row.scenario), row.direction)))


def _direction(frame: WindFrame, strength: PanelStrength, cases: Cases, site: Site, rules: Rules, along: int) -> Direction:
    levels = frame.levels_m[:-1] or frame.levels_m
    return check_direction(frame.panels, strength, frame.block, cases, frame.weights, site, rules, along=along, levels_m=levels)


def ground_peaks_kn_m(case: SideCase, frame: WindFrame) -> tuple[tuple[str, ...], FloatArray]:
    """Return the ids of all states and what every panel presses at one end of its foot under the safe wind [kN/m], (n_case, n_panel).

    N / L (1 + 6 e / L), beyond e = L / 6 2 N / (3 (L / 2 - e)), of the least and the largest force with leading wind; inf where
    nothing is pressed, nan for a panel that takes no part at the ground.
    """
    ids, cases = cases_of(case, frame)
    strength, rules, site = panel_strength(case, frame.panels), rules_of(case), sites(case.settings)[0]
    length = np.asarray(frame.panels.length_m)
    peak = np.full((len(ids), len(frame.panels)), np.nan)
    for along in range(len(DIRECTIONS)):
        m = np.abs(_direction(frame, strength, cases, site, rules, along).ground_m_knm)
        for n in (cases.n_min_kn, cases.n_max_kn):
            e = m / np.where(n > 0.0, n, np.nan)
            left = np.where(e < length / 2.0, length / 2.0 - e, np.nan)
            pressed = np.where(e <= length / 6.0, n / length * (1.0 + 6.0 * e / length), 2.0 * n / (3.0 * left))
            peak = np.fmax(peak, np.where(np.isnan(m), np.nan, np.where(np.isnan(pressed), np.inf, pressed)))
    return ids, peak


def _nothing(scenario: str, direction: str) -> StabilityCheck:
    nan = float("nan")
    return StabilityCheck(
        scenario=scenario,
        direction=direction,
        azimuth_deg=0.0 if direction == "x" else 90.0,
        base_moment_before_knm=nan,
        base_moment_after_knm=nan,
        base_force_before_kn=nan,
        base_force_after_kn=nan,
        system=(),
        part="",
        clause="",
        uc=nan,
        outcome="unknown",
        why=f"{DIRECTION_NL[direction]}: geen dragende wanden gevonden",
        inputs={},
    )


def _stability_row(
    case: SideCase,
    frame: WindFrame,
    strength: PanelStrength,
    rules: Rules,
    ids: tuple[str, ...],
    cases: Cases,
    found: list[Direction],
    along: int,
    k: int,
    name: str,
) -> StabilityCheck:
    safe, central, mild = found
    outcome, why = _verdict(case, frame, safe, central, mild, k, name)
    parts, panels = case.structure.parts, frame.panels
    panel = int(safe.panel[k])
    settled = panel >= 0 and not safe.why
    return StabilityCheck(
        scenario=ids[k],
        direction=name,
        azimuth_deg=frame.block.azimuth_deg + 90.0 * along,
        base_moment_before_knm=float(safe.moment_knm[0]),
        base_moment_after_knm=float(safe.moment_knm[k]),
        base_force_before_kn=float(safe.force_kn[0]),
        base_force_after_kn=float(safe.force_kn[k]),
        system=tuple(parts.id[i] for row in safe.system for i in panels.parts[row]),
        part=parts.id[panels.parts[panel][0]] if settled else "",
        clause=_clause(safe, strength, panel, k) if settled else "",
        uc=float(safe.uc[k]),
        outcome=outcome,
        why=why,
        inputs=_inputs(case, frame, strength, rules, cases, safe, central, along, k)
        if settled
        else _block_inputs(case, frame, cases, along, k),
    )


def _verdict(
    case: SideCase, frame: WindFrame, safe: Direction, central: Direction, mild: Direction, k: int, name: str
) -> tuple[Outcome, str]:
    about = DIRECTION_NL[name]
    if mild.tipping[k] > 1.0:
        return "over", f"{about}: het gebouw kantelt als geheel, UC {number(mild.tipping[k])}"
    if np.isnan(safe.force_kn[k]):
        return "unknown", f"{about}: zo slank dat windkracht en trilling buiten de regels voor een blok vallen"
    if frame.stiff_floors:
        return "unknown", f"{about}: {frame.stiff_floors}"
    if safe.why:
        return "unknown", f"{about}: {safe.why}"
    if not safe.sway[k] <= 1.0:
        return "unknown", f"{about}: tweede-orde-effecten niet verwaarloosbaar (5.4(2): {number(safe.sway[k])} maal de grens)"
    if safe.uc[k] <= 1.0:
        return "ok", ""
    told, shown = sites(case.settings)[:2]
    uc = number(safe.uc[k])
    if told == shown:
        return "unknown", f"{about}: UC {uc} als losse wandschijven; flenzen en koppeling niet meegerekend"
    return "unknown", f"{about}: UC {uc} bij {told}, {number(central.uc[k])} bij {shown}, als losse wandschijven"


def _clause(found: Direction, strength: PanelStrength, panel: int, k: int) -> str:
    parts = {name: found.terms[name][k] for name in ("uc_e", "uc_stress", "uc_shear")}
    shear = parts["uc_shear"] >= max(parts["uc_e"], parts["uc_stress"])
    if strength.concrete[panel]:
        return "NEN-EN 1992-1-1 12.6.3" if shear else "NEN-EN 1992-1-1 12.6.1"
    return "NEN-EN 1996-1-1 6.2" if shear else "NEN-EN 1996-1-1 6.1.2.1"


def _block_inputs(case: SideCase, frame: WindFrame, cases: Cases, along: int, k: int) -> dict[str, float | str]:
    site = sites(case.settings)[0]
    h = float(cases.height_m[k])
    return {
        "h_m": h,
        "b_m": frame.block.extent_m[1 - along],
        "d_m": frame.block.extent_m[along],
        "wind_region": site.region,
        "terrain": site.terrain,
        "q_p_kn_m2": float(en1991_1_4.peak_velocity_pressure(h, wind_speed_m_s=site.speed_m_s, terrain=en1991_1_4.TERRAINS[site.terrain])),
    }


def _inputs(
    case: SideCase,
    frame: WindFrame,
    strength: PanelStrength,
    rules: Rules,
    cases: Cases,
    safe: Direction,
    central: Direction,
    along: int,
    k: int,
) -> dict[str, float | str]:
    panel = int(safe.panel[k])
    told: dict[str, float | str] = _block_inputs(case, frame, cases, along, k)
    told |= {
        "c_prob2": rules.probability,
        "c_fr": rules.friction,
        "gamma_wind": rules.gamma_wind,
        "storey": float(safe.storey[k]),
        "panel_length_m": float(frame.panels.length_m[panel]),
        "panel_thickness_m": float(frame.panels.thickness_m[panel]),
        "fd_mpa": float(strength.fd_mpa[panel]),
        "tipping_uc": float(safe.tipping[k]),
        "sway_ratio": float(safe.sway[k]),
        "uc_central_site": float(central.uc[k]),
    }
    if not strength.concrete[panel]:
        told |= {
            "fvk0_mpa": float(strength.fvk0_mpa[panel]),
            "fb_mpa": float(strength.fb_mpa[panel]),
            "gamma_M": float(strength.gamma_m[panel]),
        }
    told |= {name: float(values[k]) for name, values in safe.terms.items()}
    return told
