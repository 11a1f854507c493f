"""Global stability: wind on the whole block, shared over shear panels storey by storey.

Per direction: the wind above the foot of a storey gives shear V and moment M there; panels share
them by stiffness, with torsion about the centre of stiffness and 5 % of the width as accidental
eccentricity. A panel is a single cantilever, without flanges and without help of lintels. Its
checks at the foot: e = M / N <= L / 3, stress on the length L - 2e, shear on the compressed part.

Single cantilevers are a lower bound of the real stability, so panels that fail prove nothing: the
outcome is then unknown with the reason. Over is only said where the block as a whole would tip.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import NamedTuple

import numpy as np

from optopscan.checks.shear_panels import SHORTEST_M, Panels, in_direction
from optopscan.codes import en1991_1_4 as wind
from optopscan.codes import en1992, en1992_column, en1992_material, en1996
from optopscan.model.arrays import BoolArray, FloatArray, IntArray, check_lengths, freeze

ACCIDENTAL = 0.05
"""Share of the width by which the wind resultant may lie beside its middle."""
E_MOST = 1.0 / 3.0
"""Largest eccentricity over the length of a panel: beyond it less than a third of the panel is left to carry."""
CONCRETE_STIFFNESS = 0.5
"""Cracked stiffness of a concrete panel over E_cm."""
SHEAR_OVER_E = 0.4
SHAPE = 1.2
SAME_LEVEL_M = 0.05
TURNS = 1e-9
"""Torsional stiffness over that of the panels in translation times the width squared: less is none."""


@dataclass(frozen=True, kw_only=True)
class Block:
    """The building as wind meets it: azimuth of its own x direction, extent along x and y [m], middle and ground level."""

    azimuth_deg: float
    extent_m: tuple[float, float]
    middle_m: tuple[float, float]
    ground_m: float


@dataclass(frozen=True, kw_only=True)
class Site:
    """One reading of the wind climate: region and terrain, and a name to show."""

    region: str
    terrain: str

    @property
    def speed_m_s(self) -> float:
        """v_b,0 [m/s]."""
        return wind.WIND_SPEED_M_S[self.region]

    def __str__(self) -> str:
        return f"gebied {self.region} {self.terrain}"


@dataclass(frozen=True, kw_only=True, eq=False)
class Weights:
    """Vertical loads by level: characteristic permanent and imposed load [kN] at a height [m], (n_load,)."""

    z_m: FloatArray
    permanent_kn: FloatArray
    imposed_kn: FloatArray

    def __post_init__(self) -> None:
        freeze(self)


@dataclass(frozen=True, kw_only=True, eq=False)
class PanelStrength:
    """Strength per panel (n_panel,), nan where unknown: stiffness E [N/mm2], f_d, shear values.

    ``concrete`` panels use ``fck_mpa``; masonry ones ``fvk0_mpa``, ``fb_mpa`` and ``gamma_m``.
    """

    e_mpa: FloatArray
    fd_mpa: FloatArray
    concrete: BoolArray
    fck_mpa: FloatArray
    fvk0_mpa: FloatArray
    fb_mpa: FloatArray
    gamma_m: FloatArray

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def known(self) -> BoolArray:
        """True where a panel can be checked."""
        masonry = np.isfinite(self.fvk0_mpa) & np.isfinite(self.fb_mpa) & np.isfinite(self.gamma_m)
        return np.asarray(np.isfinite(self.e_mpa) & (self.fd_mpa > 0.0) & np.where(self.concrete, np.isfinite(self.fck_mpa), masonry))

    def of(self, rows: IntArray) -> PanelStrength:
        """Return the strength of some panels."""
        return PanelStrength(**{spec.name: getattr(self, spec.name)[rows] for spec in fields(self)})


@dataclass(frozen=True, kw_only=True, eq=False)
class Cases:
    """States of the building (n_case,), each with its height above ground and what stands on the roof.

    ``n_min_kn``, ``n_max_kn`` (n_case, n_panel): axial force at the foot of every panel with leading
    wind. ``top_z_m``, ``top_permanent_kn``, ``top_imposed_kn``: the extension as one load.
    """

    height_m: FloatArray
    n_min_kn: FloatArray
    n_max_kn: FloatArray
    top_z_m: FloatArray
    top_permanent_kn: FloatArray
    top_imposed_kn: FloatArray

    def __post_init__(self) -> None:
        freeze(self)
        check_lengths(self, len(self.height_m))

    def __len__(self) -> int:
        return len(self.height_m)


@dataclass(frozen=True, kw_only=True)
class Rules:
    """Factors and choices: gamma of wind, permanent and imposed load with leading wind, c_prob^2, friction."""

    gamma_wind: float
    gamma_g: float
    gamma_g_inf: float
    gamma_q: float
    psi0: float
    probability: float = 1.0
    friction: float = wind.FRICTION["rough"]


class Shared(NamedTuple):
    """Share of the storey force per panel (..., n_panel), the larger over both signs of the accidental eccentricity; (...,) held or not."""

    share: FloatArray
    held: BoolArray


def share_of_force(
    *,
    stiffness: FloatArray,
    place_m: FloatArray,
    cross_stiffness: FloatArray,
    cross_place_m: FloatArray,
    middle_m: float,
    width_m: float,
    accidental: float = ACCIDENTAL,
) -> Shared:
    """Return which share of a storey force every panel takes, torsion included.

    Linear elastic with floors as stiff discs. The shares of one sign of the eccentricity add up to one and
    turn about the middle as the force does; the larger of both signs is returned.

    Parameters
    ----------
    stiffness, place_m
        Panels along the force: stiffness (any unit) (..., n) and place across it [m], (n,).
    cross_stiffness, cross_place_m
        Panels across the force and their place along it, which help against torsion.
    middle_m, width_m
        Where the resultant acts, and the width for the accidental eccentricity [m].
    """
    total = stiffness.sum(axis=-1, keepdims=True)
    some = total > 0.0
    plain = stiffness / np.where(some, total, 1.0)
    centre = (plain * place_m).sum(axis=-1, keepdims=True)
    arm = place_m - centre
    polar = (stiffness * arm**2).sum(axis=-1, keepdims=True)
    if cross_stiffness.shape[-1]:
        cross = cross_stiffness.sum(axis=-1, keepdims=True)
        other = cross_place_m - (cross_stiffness * cross_place_m).sum(axis=-1, keepdims=True) / np.where(cross > 0.0, cross, 1.0)
        polar = polar + (cross_stiffness * other**2).sum(axis=-1, keepdims=True)
    # one line of panels and nothing across it: the block can turn
    loose = polar <= TURNS * total * max(width_m, 1.0) ** 2
    both = []
    for sign in (-1.0, 1.0):
        e = middle_m + sign * accidental * width_m - centre
        both.append(np.abs(plain + np.where(loose, 0.0, e * stiffness * arm / np.where(loose, 1.0, polar))))
    return Shared(share=np.maximum(*both), held=np.asarray((some & ~loose)[..., 0]))


def panel_stiffness(panels: Panels, strength: PanelStrength, *, height_m: FloatArray) -> FloatArray:
    """Return the stiffness of panels as cantilevers of the height of the building [kN/m], (n_case, n_panel).

    1 / (h^3 / 3EI + 1.2 h / GA) with G = 0.4 E (EN 1996-1-1 3.7.3).
    """
    e = np.asarray(strength.e_mpa) * 1000.0
    area = np.asarray(panels.thickness_m) * np.asarray(panels.length_m)
    inertia = area * np.asarray(panels.length_m) ** 2 / 12.0
    h = np.asarray(height_m, dtype=np.float64)[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        result: FloatArray = 1.0 / (h**3 / (3.0 * e * inertia) + SHAPE * h / (SHEAR_OVER_E * e * area))
    return result


def panel_modulus_mpa(*, fk_mpa: FloatArray, fck_mpa: FloatArray) -> FloatArray:
    """Return E of a panel [N/mm2]: 700 f_k of masonry, half of E_cm of concrete."""
    concrete = CONCRETE_STIFFNESS * en1992_material.ecm_mpa(np.where(fck_mpa > 0.0, fck_mpa, np.nan))
    return np.where(np.isfinite(fck_mpa), concrete, en1996.E_OVER_FK * fk_mpa)


class Usage(NamedTuple):
    """Utilisation of panels at their foot and what it is made of, all (n,)."""

    uc: FloatArray
    e_m: FloatArray
    uc_e: FloatArray
    uc_stress: FloatArray
    uc_shear: FloatArray
    v_rd_kn: FloatArray


def panel_usage(
    *, v_kn: FloatArray, m_knm: FloatArray, n_min_kn: FloatArray, n_max_kn: FloatArray, length_m: FloatArray, thickness_m: FloatArray,
    strength: PanelStrength,
) -> Usage:  # fmt: skip
    """Return the utilisation of unreinforced panels under shear, moment and axial force in their plane.

    EN 1996-1-1 6.1.2.1 and 6.2, EN 1992-1-1 12.6.1 and 12.6.3: e = M / N_min against L / 3; N / (t (L - 2 e))
    against f_d for both the smallest and the largest N; V against the shear resistance of the compressed length with N_min.

    Parameters
    ----------
    v_kn, m_knm
        Design shear and moment in the plane.
    n_min_kn, n_max_kn
        Design axial forces that go with them; nothing is left of a panel in tension.
    length_m, thickness_m, strength
        Per panel.

    Returns
    -------
    Usage
        ``uc`` is the largest of the three; inf where nothing is compressed, nan where an input is.
    """
    length, t = 1000.0 * length_m, 1000.0 * thickness_m
    pressed = n_min_kn > 0.0
    safe = np.where(pressed, n_min_kn, 1.0)
    e = np.where(pressed, np.abs(m_knm) / safe, np.inf)
    uc_e = e / (E_MOST * length_m)
    stresses = []
    for n in (n_min_kn, np.maximum(n_max_kn, n_min_kn)):
        left = length - 2000.0 * np.abs(m_knm) / np.where(n > 0.0, n, 1.0)
        area = np.where((n > 0.0) & (left > 0.0), t * left, 1.0)
        stresses.append(np.where((n > 0.0) & (left > 0.0), 1000.0 * n / area / strength.fd_mpa, np.inf))
    uc_stress = np.maximum(*stresses)
    fctd = en1992.fctd_plain_mpa(np.where(strength.concrete, strength.fck_mpa, np.nan))
    block = np.clip(length - 2000.0 * np.where(pressed, np.abs(m_knm) / safe, np.inf), 0.0, None)
    concrete = en1992.shear_resistance_kn(
        n_ed_kn=n_min_kn, thickness_mm=t, compressed_length_mm=block, fcd_plain_mpa=strength.fd_mpa, fctd_plain_mpa=fctd
    )
    held = en1996.compressed_length_mm(n_ed_kn=n_min_kn, m_ed_knm=m_knm, length_mm=length)
    masonry = en1996.shear_resistance_kn(
        n_ed_kn=n_min_kn, thickness_mm=t, compressed_length_mm=held, fvk0_mpa=strength.fvk0_mpa, fb_mpa=strength.fb_mpa,
        gamma_m=strength.gamma_m,
    )  # fmt: skip
    v_rd = np.where(strength.concrete, concrete, masonry)
    uc_shear = np.where(v_rd > 0.0, np.abs(v_kn) / np.where(v_rd > 0.0, v_rd, 1.0), np.where(np.abs(v_kn) > 0.0, np.inf, 0.0))
    uc_shear = np.where(np.isnan(v_rd), np.nan, uc_shear)
    uc = np.maximum(np.maximum(uc_e, uc_stress), uc_shear)
    return Usage(uc=uc, e_m=e, uc_e=uc_e, uc_stress=uc_stress, uc_shear=uc_shear, v_rd_kn=v_rd)


@dataclass(frozen=True, kw_only=True, eq=False)
class Direction:
    """Stability of all states in one direction under one wind.

    Wind at the ground, characteristic: ``force_kn``, ``moment_knm`` (n_case,). ``uc`` of the panel that
    governs (nan: none, ``why`` says so), its row ``panel`` and floor ``storey`` (-1: none), and in
    ``terms`` (n_case,) the numbers behind it. ``tipping``: the block as one stiff body. ``sway``: slenderness
    over its limit (EN 1996-1-1 5.4(2)), above 1 second-order effects would count. ``ground_m_knm`` (n_case, n_panel):
    design moment at the foot of the lowest storey, nan for what takes no part there.
    """

    force_kn: FloatArray
    moment_knm: FloatArray
    uc: FloatArray
    panel: IntArray
    storey: IntArray
    tipping: FloatArray
    sway: FloatArray
    system: tuple[int, ...]
    why: str
    terms: dict[str, FloatArray]
    ground_m_knm: FloatArray


def check_direction(
    panels: Panels,
    strength: PanelStrength,
    block: Block,
    cases: Cases,
    weights: Weights,
    site: Site,
    rules: Rules,
    *,
    along: int,
    levels_m: Sequence[float],
) -> Direction:
    """Return the stability of all states in one direction.

    Parameters
    ----------
    weights
        The existing building; the extension comes with the cases.
    along
        0: wind along the block's own x, 1: along y.
    levels_m
        Floor levels of the storeys of ``panels``, the ground floor first; storeys at or above the roof have no wind above them.
    """
    levels = np.asarray(levels_m, dtype=np.float64)
    depth, width = block.extent_m[along], block.extent_m[1 - along]
    force, moment = _wind(block, cases, site, rules, levels, depth, width)
    lean = _inclination(strength, cases.height_m)
    system, along_k, cross_k = _system(panels, strength, block, cases, along)
    place, cross_place = _places(panels, block, along)
    found, why = _Worst(len(cases)), ""
    ground = np.full((len(cases), len(panels)), np.nan)
    # a state too slender for the rules has no number; the others still have wind above this floor
    for k in np.flatnonzero((force > 0.0).any(axis=0)).tolist():
        rows = system[panels.storey[system] == k]
        if not len(rows):
            why = f"geen doorgaande stabiliteitswand met bekende sterkte op bouwlaag {k + 1}"
            break
        other = np.flatnonzero((panels.storey == k) & (cross_k[0] > 0.0))
        shared = share_of_force(
            stiffness=along_k[:, rows],
            place_m=place[rows],
            cross_stiffness=cross_k[:, other],
            cross_place_m=cross_place[other],
            middle_m=block.middle_m[1 - along],
            width_m=width,
        )
        if not shared.held.all():
            why = f"niets houdt de wringing op bouwlaag {k + 1}: alle stabiliteitswanden op een lijn"
            break
        load, arm = _above(weights, cases, levels[k], rules.gamma_g, rules.gamma_q * rules.psi0)
        v = shared.share * (rules.gamma_wind * force[:, k] + lean * load)[:, None]
        m = shared.share * (rules.gamma_wind * moment[:, k] + lean * arm)[:, None]
        n_min, n_max = cases.n_min_kn[:, rows], cases.n_max_kn[:, rows]
        if k == 0:
            ground[:, rows] = m
        usage = panel_usage(
            v_kn=v,
            m_knm=m,
            n_min_kn=n_min,
            n_max_kn=n_max,
            length_m=panels.length_m[rows],
            thickness_m=panels.thickness_m[rows],
            strength=strength.of(rows),
        )
        storey = {"wind_force_kn": force[:, k], "wind_moment_knm": moment[:, k], "inclination": lean}
        storey |= {"load_above_kn": load, "load_above_times_height_knm": arm}
        own = {"share": shared.share, "v_ed_kn": v, "m_ed_knm": m, "n_min_kn": n_min, "n_max_kn": n_max}
        found.take(k, rows, usage, {**storey, **own})
    return Direction(
        force_kn=force[:, 0],
        moment_knm=moment[:, 0],
        uc=np.full(len(cases), np.nan) if why else found.uc,
        panel=found.panel,
        storey=found.storey,
        tipping=_tipping(block, cases, weights, rules, moment[:, 0], lean, depth),
        sway=_sway(panels, strength, block, cases, weights, rules, system, along, len(levels)),
        system=tuple(int(i) for i in system),
        why=why,
        terms=found.terms,
        ground_m_knm=ground,
    )


class _Worst:
    """The panel with the highest utilisation of every case, storey by storey."""

    def __init__(self, n: int) -> None:
        self.uc: FloatArray = np.zeros(n)
        self.panel: IntArray = np.full(n, -1, dtype=np.int64)
        self.storey: IntArray = np.full(n, -1, dtype=np.int64)
        self.terms: dict[str, FloatArray] = {}

    def take(self, k: int, rows: IntArray, usage: Usage, terms: dict[str, FloatArray]) -> None:
        uc = np.where(np.isnan(usage.uc), np.inf, usage.uc)
        at = np.argmax(uc, axis=1)
        case = np.arange(len(uc))
        worse = (uc[case, at] > self.uc) | (self.panel < 0)
        self.panel = np.where(worse, rows[at], self.panel)
        self.storey = np.where(worse, k, self.storey)
        self.uc = np.where(worse, uc[case, at], self.uc)
        told = {**terms, **{name: np.asarray(value) for name, value in usage._asdict().items() if name != "uc"}}
        for name, value in told.items():
            own = value[case, at] if value.ndim == 2 else np.broadcast_to(value, len(case))
            self.terms[name] = np.where(worse, own, self.terms.get(name, np.full(len(case), np.nan)))


def _wind(
    block: Block, cases: Cases, site: Site, rules: Rules, levels: FloatArray, depth: float, width: float
) -> tuple[FloatArray, FloatArray]:
    """Return characteristic wind force and moment about every floor, pressure and friction, (n_case, n_level)."""
    h, z = np.asarray(cases.height_m)[:, None], levels - block.ground_m
    speed, terrain = site.speed_m_s, wind.TERRAINS[site.terrain]
    pressed = wind.wind_above(level_m=z, height_m=h, width_m=width, depth_m=depth, wind_speed_m_s=speed, terrain=terrain)
    drag = wind.friction_on_block(
        level_m=z, height_m=h, width_m=width, depth_m=depth, wind_speed_m_s=speed, terrain=terrain, coefficient=rules.friction
    )
    factor = rules.probability * wind.structural_factor_cscd(height_m=h, depth_m=depth)
    return factor * (pressed.force_kn + drag.force_kn), factor * (pressed.base_moment_knm + drag.base_moment_knm)


def _system(panels: Panels, strength: PanelStrength, block: Block, cases: Cases, along: int) -> tuple[IntArray, FloatArray, FloatArray]:
    """Return the rows of the panels that resist in a direction, and the stiffness of all along and across it (n_case, n_panel)."""
    usable = np.asarray(panels.founded) & strength.known & (np.asarray(panels.length_m) >= SHORTEST_M)
    stiff = np.where(usable, panel_stiffness(panels, strength, height_m=np.maximum(cases.height_m, 1.0)), 0.0)
    azimuth = block.azimuth_deg + 90.0 * along
    along_k, cross_k = stiff * in_direction(panels, azimuth), stiff * in_direction(panels, azimuth + 90.0)
    return np.flatnonzero(along_k[0] > 0.0), along_k, cross_k


def _places(panels: Panels, block: Block, along: int) -> tuple[FloatArray, FloatArray]:
    """Return the place of each panel across and along a direction, in the axes of the block [m]."""
    turn = np.radians(block.azimuth_deg)
    u = panels.x_m * np.cos(turn) + panels.y_m * np.sin(turn)
    v = panels.y_m * np.cos(turn) - panels.x_m * np.sin(turn)
    return (v, u) if along == 0 else (u, v)


def _inclination(strength: PanelStrength, height_m: FloatArray) -> FloatArray:
    """Return the inclination of the building: EN 1992-1-1 5.2, and where masonry takes part EN 1996-1-1 5.3(2); the larger."""
    h = np.maximum(height_m, 1.0)
    found = en1992_column.imperfection_inclination(height_m=h, members=max(len(strength.fd_mpa), 1))
    return found if np.all(strength.concrete) else np.maximum(found, 1.0 / (100.0 * np.sqrt(h)))


def _above(weights: Weights, cases: Cases, level_m: float, gamma_g: float, gamma_q: float) -> tuple[FloatArray, FloatArray]:
    """Return the design load above a level [kN] and its sum of load times height above it [kNm], (n_case,)."""
    arm = np.maximum(np.asarray(weights.z_m) - level_m, 0.0)
    load = np.where(arm > SAME_LEVEL_M, gamma_g * np.asarray(weights.permanent_kn) + gamma_q * np.asarray(weights.imposed_kn), 0.0)
    top = gamma_g * cases.top_permanent_kn + gamma_q * cases.top_imposed_kn
    return load.sum() + top, (load * arm).sum() + top * np.maximum(cases.top_z_m - level_m, 0.0)


def _tipping(
    block: Block, cases: Cases, weights: Weights, rules: Rules, moment_knm: FloatArray, lean: FloatArray, depth_m: float
) -> FloatArray:
    """Return the utilisation of the block as one stiff body about its leeward edge: what no panel can make good."""
    weight, arm = _above(weights, cases, block.ground_m, rules.gamma_g_inf, 0.0)
    holds = np.maximum(weight, 1e-9) * 0.5 * depth_m
    result: FloatArray = (rules.gamma_wind * moment_knm + lean * arm) / holds
    return result


def _sway(
    panels: Panels,
    strength: PanelStrength,
    block: Block,
    cases: Cases,
    weights: Weights,
    rules: Rules,
    system: IntArray,
    along: int,
    storeys: int,
) -> FloatArray:
    """Return the slenderness of the block in sway over its limit, on the panels of the lowest storey."""
    lowest = system[panels.storey[system] == 0]
    e = np.asarray(strength.e_mpa)[lowest] * 1000.0
    inertia = np.asarray(panels.thickness_m)[lowest] * np.asarray(panels.length_m)[lowest] ** 3 / 12.0
    turned = in_direction(panels, block.azimuth_deg + 90.0 * along)[lowest]
    stiffness = float((e * inertia * turned).sum())
    if not stiffness > 0.0:
        return np.full(len(cases), np.nan)
    load, _ = _above(weights, cases, block.ground_m, rules.gamma_g, rules.gamma_q * rules.psi0)
    slender = en1996.sway_slenderness(height_m=cases.height_m, n_ed_kn=load, sum_ei_knm2=stiffness)
    result: FloatArray = slender / en1996.sway_limit(max(storeys, 1))
    return result
