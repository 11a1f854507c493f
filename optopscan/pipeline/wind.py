"""Wind on one building: its block and shear panels, the states to check, and the rows of the record."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import shapely

from optopscan.checks.resistance import FOOT
from optopscan.checks.shear_panels import Panels, shear_panels
from optopscan.checks.stability import Block, Cases, Rules, Site, Weights
from optopscan.checks.utilisation import Effects, Utilisation
from optopscan.codes import en1991_1_4
from optopscan.codes.en1990 import wind_leading_axial_force
from optopscan.geometry import plane
from optopscan.model.arrays import FloatArray
from optopscan.model.loads import Assumption
from optopscan.model.sides import EXISTING
from optopscan.pipeline.side_case import SideCase
from optopscan.settings import Settings
from optopscan.structure.fields import acts_continuously, is_gallery

DIRECTIONS = ("x", "y")
DIRECTION_NL = {"x": "langsrichting", "y": "dwarsrichting"}
OPEN_SITE = Site(region="I", terrain="onbebouwd")
CENTRAL_SITE = Site(region="II", terrain="bebouwd")
MILD_SITE = Site(region="III", terrain="bebouwd")
"""What counts where nobody told: the most for ok, the middle to show, the least for over. The coast must be told."""
STIFF_SHARE = 0.95
"""Least share of the area of a floor level that must be cast concrete to make it a disc."""


@dataclass(frozen=True, kw_only=True, eq=False)
class WindFrame:
    """What of the building wind acts on; the same for every set of factors."""

    block: Block
    panels: Panels
    weights: Weights
    levels_m: tuple[float, ...]
    stiff_floors: str


def sites(settings: Settings) -> tuple[Site, Site, Site]:
    """Return the wind climate for ok, to show and for over; alike where region and terrain are told."""
    rows = []
    for site in (OPEN_SITE, CENTRAL_SITE, MILD_SITE):
        rows.append(Site(region=settings.wind_region or site.region, terrain=settings.terrain or site.terrain))
    return rows[0], rows[1], rows[2]


def wind_assumptions(settings: Settings) -> tuple[Assumption, ...]:
    """Return what was taken for the wind climate."""
    safe, central, _ = sites(settings)
    told = safe == central
    return (
        Assumption(
            what="windgebied en terrein",
            value=str(safe) if told else f"niet opgegeven: 'ok' alleen bij {safe}",
            source="NEN-EN 1991-1-4 NB, tabel NB.5",
            confidence="instelling" if told else "aanname",
            alternative="" if told else f"{central}; geef --wind-region en --terrain",
        ),
        Assumption(
            what="stabiliteit",
            value="elke wandschijf als losse uitkraging, e hoogstens L/3; 5 % toevallige excentriciteit; wrijving 0,02",
            source="NEN-EN 1996-1-1 6.1.2 en 6.2, NEN-EN 1992-1-1 12.6, NEN-EN 1991-1-4 7.5",
            confidence="rekenwijze, veilige kant",
            alternative="flenzen, koppeling door lateien en wapening meerekenen",
        ),
    )


def wind_frame(case: SideCase) -> WindFrame | None:
    """Return block, panels and weights of a building, None where it has no walls or no floors."""
    structure = case.structure
    parts, fields = structure.parts, structure.fields
    plans = [p for p, kind in zip(fields.polygon, fields.kind, strict=True) if kind != "ground" and not p.is_empty]
    shares = structure.shares.get("simple") or next(iter(structure.shares.values()))
    panels = shear_panels(parts, shares, not_founded=(*structure.through_floor, *structure.unsettled))
    if not plans or not len(panels):
        return None
    block = _block(_azimuth(panels), shapely.get_coordinates(plane.union(plans)), float(structure.level_z_m[0]))
    return WindFrame(
        block=block, panels=panels, weights=_weights(case), levels_m=tuple(structure.level_z_m), stiff_floors=_loose_floors(case)
    )


def _block(azimuth_deg: float, points: FloatArray, ground_m: float) -> Block:
    """Return the block around some points, its x axis along the longer side."""

    def ranges(deg: float) -> tuple[FloatArray, FloatArray]:
        turn = np.radians(deg)
        return points @ np.array([np.cos(turn), np.sin(turn)]), points @ np.array([-np.sin(turn), np.cos(turn)])

    u, v = ranges(azimuth_deg)
    if np.ptp(v) > np.ptp(u):
        azimuth_deg += 90.0
        u, v = ranges(azimuth_deg)
    return Block(
        azimuth_deg=azimuth_deg,
        extent_m=(float(np.ptp(u)), float(np.ptp(v))),
        middle_m=(float(u.max() + u.min()) / 2.0, float(v.max() + v.min()) / 2.0),
        ground_m=ground_m,
    )


def _azimuth(panels: Panels) -> float:
    """Return the direction of most wall length, folded to [0, 90) degrees."""
    deg = np.round(np.asarray(panels.deg) % 90.0, 3) % 90.0
    four = np.radians(4.0 * deg)
    x, y = (np.asarray(panels.length_m) * np.cos(four)).sum(), (np.asarray(panels.length_m) * np.sin(four)).sum()
    return float(np.round(np.degrees(np.arctan2(y, x)) / 4.0, 6) % 90.0)


def _weights(case: SideCase) -> Weights:
    structure, actions = case.structure, case.loads.actions
    parts, field_of = structure.parts, np.asarray(structure.cells.field)
    loose_z = np.asarray(case.building.elements.z0_m)[np.asarray(structure.loose.element, dtype=np.int64)]
    cells_z = np.asarray(structure.fields.z1_m)[field_of] if len(field_of) else np.zeros(0)
    zero = np.zeros(len(parts))
    return Weights(
        z_m=np.concatenate([cells_z, loose_z, 0.5 * (parts.z0_m + parts.z1_m)]),
        permanent_kn=np.nan_to_num(np.concatenate([actions.cells.permanent_kn, actions.loose.permanent_kn, parts.self_weight_kn])),
        imposed_kn=np.nan_to_num(np.concatenate([actions.cells.imposed_kn, actions.loose.imposed_kn, zero])),
    )


def _loose_floors(case: SideCase) -> str:
    """Return why the floors may not act as discs, empty where they do: cast concrete on every level."""
    fields, elements = case.structure.fields, case.building.elements
    area: dict[int, list[float]] = {}
    for f, members in enumerate(fields.elements):
        if fields.kind[f] == "ground" or is_gallery(elements, members):
            continue
        row = area.setdefault(int(fields.storey[f]), [0.0, 0.0])
        row[0] += fields.polygon[f].area
        row[1] += fields.polygon[f].area if acts_continuously(elements, case.materials, members) else 0.0
    bad = [level for level, (whole, cast) in sorted(area.items()) if cast < STIFF_SHARE * whole]
    return f"schijfwerking van de vloer boven bouwlaag {bad[0]} niet aangetoond (losse platen, hout of onbekend)" if bad else ""


def states_of(case: SideCase) -> list[tuple[str, Utilisation, FloatArray, FloatArray]]:
    """Return id, result and loads on the heads of every state: the building as it stands, then each scenario with storeys."""
    none = np.zeros(len(case.structure.heads))
    rows = [(EXISTING, case.vertical.existing_verbouw, none, none)]
    for state in case.vertical.states:
        if state.scenario.storeys:
            own = state.scenario
            imposed = own.head_imposed_kn.sum(axis=1) if own.head_imposed_kn.size else none
            rows.append((own.id, state.result, np.asarray(own.head_permanent_kn), np.asarray(imposed)))
    return rows


def lean_effects(case: SideCase, result: Utilisation) -> tuple[Effects, ...]:
    """Return the effects without ballast that nobody showed: what may not be there holds nothing down."""
    found = []
    for name, effects in zip(result.distributions, result.effects, strict=True):
        unproven = np.asarray(case.loads.take_downs[name].permanent_foot_kn) - np.asarray(case.loads.lean[name].permanent_foot_kn)
        found.append(replace(effects, permanent_kn=effects.permanent_kn - unproven[:, None]))
    return tuple(found)


def cases_of(case: SideCase, frame: WindFrame) -> tuple[tuple[str, ...], Cases]:
    """Return the ids of all states and their heights, panel forces and loads on top."""
    height = {row.id: row.height_m for row in case.scenarios}
    rows = states_of(case)
    old = height[EXISTING]
    ids = tuple(row[0] for row in rows)
    n_min, n_max = [], []
    for _, result, _, _ in rows:
        n_min.append(np.min([_foot_forces(effects, frame.panels)[0] for effects in lean_effects(case, result)], axis=0))
        n_max.append(np.max([_foot_forces(effects, frame.panels)[1] for effects in result.effects], axis=0))
    tall = np.array([height[name] for name in ids])
    return ids, Cases(
        height_m=tall,
        n_min_kn=np.array(n_min),
        n_max_kn=np.array(n_max),
        top_z_m=frame.block.ground_m + 0.5 * (old + tall),
        top_permanent_kn=np.array([float(np.nansum(row[2])) for row in rows]),
        top_imposed_kn=np.array([float(np.nansum(row[3])) for row in rows]),
    )


def _foot_forces(effects: Effects, panels: Panels) -> tuple[FloatArray, FloatArray]:
    pair = wind_leading_axial_force(
        effects.permanent_kn[:, FOOT], effects.imposed_kn, psi0=effects.psi0, factors=effects.factors, relief_kn=effects.relief_kn
    )
    return panels.summed(pair.n_min_kn), panels.summed(pair.n_max_kn)


def rules_of(case: SideCase) -> Rules:
    """Return the factors of leading wind."""
    factors = case.factors
    return Rules(
        gamma_wind=factors.gamma_q_wind,
        gamma_g=factors.gamma_gb,
        gamma_g_inf=factors.gamma_g_inf,
        gamma_q=factors.gamma_q,
        psi0=max(case.loads.use.psi0, case.loads.psi0_new),
        probability=float(en1991_1_4.probability_factor(case.settings.reference_period_years) ** 2),
    )


def number(uc: float) -> str:
    """Return a utilisation in Dutch; where nothing is left of the resistance it has no number."""
    return f"{uc:.2f}".replace(".", ",") if uc < 100.0 else "> 100"
